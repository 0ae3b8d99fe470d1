/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* spool.c - see spool.h.
 *
 * O_TMPFILE makes a file that never had a name; where a file system has none,
 * a name is made and taken away at once. Invariant: after a failure of its
 * spooler a spool takes nothing more, and finishing it gives nothing.
 */
#define _GNU_SOURCE /* O_TMPFILE, madvise */
#include "base/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"

#define GATHER ((size_t)64 << 10)
#define HUGE_PAGE ((uintptr_t)2 << 20)

zub_status zub_spooler_report(const zub_spooler *spooler, zub_error *error)
{
    if (spooler->status == ZUB_OK)
        return ZUB_OK;
    if (spooler->status == ZUB_ENOMEM)
        return zub_fail_memory(error);
    return zub_fail(error, spooler->status,
                    "cannot %s a temporary file in '%s': %s (free space "
                    "there, or name another folder)",
                    spooler->status == ZUB_EWRITE ? "write" : "map",
                    spooler->folder, strerror(spooler->failure));
}

static void fail(zub_spooler *spooler, zub_status status, int failure)
{
    if (spooler->status != ZUB_OK)
        return;
    spooler->status = status;
    spooler->failure = failure;
}

/* A file with a name for a moment; -1 and errno. */
static int open_named(const char *folder)
{
    static const char name[] = "/.zubda-XXXXXX";
    size_t size = strlen(folder);
    char *path = zub_alloc(size + sizeof name, 1);

    if (!path) {
        errno = ENOMEM;
        return -1;
    }
    memcpy(path, folder, size);
    memcpy(path + size, name, sizeof name);
    int fd = mkstemp(path), failure = errno;
    if (fd >= 0) {
        unlink(path);
        fcntl(fd, F_SETFD, FD_CLOEXEC);
    }
    zub_free(path);
    errno = failure;
    return fd;
}

static int open_nameless(const char *folder)
{
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
    bool is_unknown = errno == EOPNOTSUPP || errno == EISDIR ||
                      errno == EINVAL || errno == ENOENT;

    return fd < 0 && is_unknown ? open_named(folder) : fd;
}

/* In pieces: what is written at once the cache of files may keep, and map at
 * a fault, at once. */
static void put(zub_spool *spool, const char *data, size_t size)
{
    if (spool->fd < 0 && spool->owner->status == ZUB_OK) {
        spool->fd = open_nameless(spool->owner->folder);
        if (spool->fd < 0)
            fail(spool->owner, errno == ENOMEM ? ZUB_ENOMEM : ZUB_EWRITE,
                 errno);
    }
    if (spool->owner->status != ZUB_OK)
        return;
    for (size_t at = 0; at < size && spool->owner->status == ZUB_OK;) {
        size_t piece = size - at < GATHER ? size - at : GATHER;
        int failure = zub_file_write(spool->fd, data + at, piece);
        if (failure != 0)
            fail(spool->owner, ZUB_EWRITE, failure);
        at += piece;
    }
    spool->written += size;
}

static void flush(zub_spool *spool)
{
    if (spool->size > 0)
        put(spool, spool->data, spool->size);
    spool->size = 0;
}

/* Faults of 4 KiB each were half of a merge's time. Advice: may be refused. */
static void ask_for_huge_pages(const void *data, size_t size)
{
    uintptr_t from = ((uintptr_t)data + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
    uintptr_t to = ((uintptr_t)data + size) / HUGE_PAGE * HUGE_PAGE;

    if (to > from)
        madvise((void *)from, to - from, MADV_HUGEPAGE);
}

void zub_spool_init(zub_spool *spool, zub_spooler *owner, size_t expected)
{
    *spool = (zub_spool){.owner = owner, .fd = -1};
    size_t capacity = owner->folder ? GATHER : expected;
    if (owner->status != ZUB_OK || capacity == 0)
        return;
    spool->data = zub_alloc(capacity, 1);
    if (spool->data)
        spool->capacity = capacity;
    else
        fail(owner, ZUB_ENOMEM, 0);
    if (spool->data)
        ask_for_huge_pages(spool->data, capacity);
}

void zub_spool_release(zub_spool *spool)
{
    if (spool->owner && spool->fd >= 0)
        close(spool->fd);
    zub_free(spool->data);
    *spool = (zub_spool){.fd = -1};
}

/* In memory: so much more behind what is there. */
static bool grow(zub_spool *spool, size_t more)
{
    size_t need;

    if (!__builtin_add_overflow(spool->size, more, &need) &&
        zub_grow(&spool->data, &spool->capacity, need, 1))
        return true;
    fail(spool->owner, ZUB_ENOMEM, 0);
    return false;
}

char *zub_spool_make_room(zub_spool *spool, size_t size)
{
    if (spool->owner->status != ZUB_OK)
        return NULL;
    if (spool->owner->folder)
        flush(spool);
    else
        grow(spool, size);
    if (spool->owner->status != ZUB_OK)
        return NULL;
    spool->size += size;
    return spool->data + spool->size - size;
}

void zub_spool_add_large(zub_spool *spool, const void *data, size_t size)
{
    if (spool->owner->status != ZUB_OK)
        return;
    if (spool->owner->folder)
        flush(spool);
    else if (!grow(spool, size))
        return;
    if (size > spool->capacity)
        put(spool, data, size);
    else
        zub_spool_add(spool, data, size);
}

/* A file system of large folios maps 2 MiB at a fault, in each array that is
 * walked: 16 runs of 8 arrays would fill any limit. */
static void map_file(zub_spool *spool, zub_file *out)
{
    void *bytes =
        mmap(NULL, spool->written, PROT_READ, MAP_SHARED, spool->fd, 0);

    if (bytes == MAP_FAILED)
        fail(spool->owner, errno == ENOMEM ? ZUB_ENOMEM : ZUB_EIO, errno);
    else
        *out = (zub_file){{bytes, spool->written}, true};
#ifdef MADV_NOHUGEPAGE
    if (bytes != MAP_FAILED)
        madvise(bytes, spool->written, MADV_NOHUGEPAGE);
#endif
}

/* What was not needed goes back; a block that cannot shrink stays. */
static void hand_over(zub_spool *spool, zub_file *out)
{
    char *less = spool->size < spool->capacity
                     ? zub_realloc(spool->data, spool->size, 1)
                     : NULL;

    *out = (zub_file){{less ? less : spool->data, spool->size}, false};
    spool->data = NULL;
}

void zub_spool_finish(zub_spool *spool, zub_file *out)
{
    *out = (zub_file){0};
    if (spool->owner->folder)
        flush(spool);
    if (spool->owner->status == ZUB_OK && zub_spool_size(spool) > 0) {
        if (spool->owner->folder)
            map_file(spool, out);
        else
            hand_over(spool, out);
    }
    zub_spool_release(spool);
}

/* ---- Windows ---- */

/* Whole pages alone: the page a border lies on may be in use. */
static void give_back(uintptr_t from, uintptr_t to)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);

    from = from / page * page;
    to = to / page * page;
    if (to > from)
        madvise((void *)from, to - from, MADV_DONTNEED);
}

/* The latest window stays: who looks a little behind itself would fault there,
 * and a fault maps 64 KiB around it, which nobody would let go again. */
void zub_window_let_go(zub_window *window, uintptr_t at)
{
    uintptr_t behind =
        at - window->from > ZUB_WINDOW ? at - ZUB_WINDOW : window->from;

    give_back(window->from, behind);
    window->from = behind;
    window->next = at + ZUB_WINDOW;
}

void zub_let_go(const void *data, size_t size, bool is_mapped)
{
    if (is_mapped && size > 0)
        give_back((uintptr_t)data, (uintptr_t)data + size);
}

void zub_expect_random(const void *data, size_t size, bool is_mapped)
{
    uintptr_t start =
        (uintptr_t)data & ~(uintptr_t)((uintptr_t)sysconf(_SC_PAGESIZE) - 1);

    if (is_mapped && size > 0)
        madvise((void *)start, (uintptr_t)data + size - start, MADV_RANDOM);
}
