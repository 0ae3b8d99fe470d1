/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* fault.c - see fault.h. The linker sends a call of NAME to __wrap_NAME and
 * makes the real one __real_NAME (ld, --wrap). */
#include "fault.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cjson/cJSON.h>
#include <unicode/uclean.h>

#define MOST_CALLS 1000000u

static atomic_bool is_on, is_short;
static atomic_uint kind_now;       /* what fails in this run */
static atomic_bool all_from_there; /* or the nth alone */
static atomic_size_t nth, calls, struck;
static atomic_long live; /* blocks; ICU keeps caches and is not counted */
static bool was_struck;  /* between the last on and off */
static bool run_was_struck, is_wrong;
static size_t total; /* runs that were struck */

static bool strikes(unsigned kind)
{
    if (!atomic_load(&is_on) || !(kind & atomic_load(&kind_now)))
        return false;
    size_t call = atomic_fetch_add(&calls, 1) + 1;
    size_t n = atomic_load(&nth);
    bool hit = all_from_there ? call >= n : call == n;
    if (hit)
        atomic_fetch_add(&struck, 1);
    return hit;
}

static int fail_with(int number)
{
    errno = number;
    return -1;
}

/* ---- Memory ---- */

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *block, size_t size);
void __real_free(void *block);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *block, size_t size);
void __wrap_free(void *block);

static void *count_block(void *block)
{
    if (block)
        atomic_fetch_add(&live, 1);
    return block;
}

void *__wrap_malloc(size_t size)
{
    return strikes(FAULT_ALLOC) ? NULL : count_block(__real_malloc(size));
}

void *__wrap_calloc(size_t count, size_t size)
{
    return strikes(FAULT_ALLOC) ? NULL
                                : count_block(__real_calloc(count, size));
}

void *__wrap_realloc(void *block, size_t size)
{
    if (strikes(FAULT_ALLOC))
        return NULL;
    void *moved = __real_realloc(block, size);
    return block ? moved : count_block(moved);
}

void __wrap_free(void *block)
{
    if (block)
        atomic_fetch_sub(&live, 1);
    __real_free(block);
}

/* What ICU loses when it fails is no leak of ours. */
void __lsan_ignore_object(const void *block) __attribute__((weak));

static void *forgive(void *block)
{
    if (block && __lsan_ignore_object && atomic_load(&kind_now) == FAULT_ICU)
        __lsan_ignore_object(block);
    return block;
}

static void *icu_alloc(const void *context, size_t size)
{
    (void)context;
    return strikes(FAULT_ICU) ? NULL : forgive(__real_malloc(size));
}

static void *icu_realloc(const void *context, void *block, size_t size)
{
    (void)context;
    return strikes(FAULT_ICU) ? NULL : forgive(__real_realloc(block, size));
}

static void icu_free(const void *context, void *block)
{
    (void)context;
    __real_free(block);
}

void fault_hook_libraries(void)
{
    UErrorCode status = U_ZERO_ERROR;
    cJSON_Hooks hooks = {__wrap_malloc, __wrap_free};

    u_setMemoryFunctions(NULL, icu_alloc, icu_realloc, icu_free, &status);
    cJSON_InitHooks(&hooks);
}

/* ---- The system ---- */

int __real_open(const char *path, int flags, ...);
DIR *__real_opendir(const char *path);
struct dirent *__real_readdir(DIR *folder);
ssize_t __real_read(int fd, void *out, size_t size);
ssize_t __real_write(int fd, const void *data, size_t size);
int __real_stat(const char *path, struct stat *out);
int __real_fstat(int fd, struct stat *out);
int __real_fstatat(int fd, const char *path, struct stat *out, int flags);
int __real_fchmod(int fd, mode_t mode);
int __real_fsync(int fd);
int __real_close(int fd);
int __real_linkat(int from_folder, const char *from, int to_folder,
                  const char *to, int flags);
int __real_rename(const char *from, const char *to);
void *__real_mmap(void *at, size_t size, int protection, int flags, int fd,
                  off_t offset);
int __real_pthread_create(pthread_t *out, const pthread_attr_t *attributes,
                          void *(*run)(void *), void *argument);

int __wrap_open(const char *path, int flags, ...);
DIR *__wrap_opendir(const char *path);
struct dirent *__wrap_readdir(DIR *folder);
ssize_t __wrap_read(int fd, void *out, size_t size);
ssize_t __wrap_write(int fd, const void *data, size_t size);
int __wrap_stat(const char *path, struct stat *out);
int __wrap_fstat(int fd, struct stat *out);
int __wrap_fstatat(int fd, const char *path, struct stat *out, int flags);
int __wrap_fchmod(int fd, mode_t mode);
int __wrap_fsync(int fd);
int __wrap_close(int fd);
int __wrap_linkat(int from_folder, const char *from, int to_folder,
                  const char *to, int flags);
int __wrap_rename(const char *from, const char *to);
void *__wrap_mmap(void *at, size_t size, int protection, int flags, int fd,
                  off_t offset);
int __wrap_pthread_create(pthread_t *out, const pthread_attr_t *attributes,
                          void *(*run)(void *), void *argument);

int __wrap_open(const char *path, int flags, ...)
{
    va_list args;

    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    return strikes(FAULT_OPEN) ? fail_with(EMFILE)
                               : __real_open(path, flags, mode);
}

DIR *__wrap_opendir(const char *path)
{
    return strikes(FAULT_OPEN) ? (fail_with(EMFILE), NULL)
                               : __real_opendir(path);
}

struct dirent *__wrap_readdir(DIR *folder)
{
    return strikes(FAULT_READ) ? (fail_with(EIO), NULL)
                               : __real_readdir(folder);
}

static bool is_interrupted(void)
{
    static atomic_uint turn;

    return is_short && atomic_fetch_add(&turn, 1) % 2 == 0;
}

ssize_t __wrap_read(int fd, void *out, size_t size)
{
    if (is_interrupted())
        return fail_with(EINTR);
    return strikes(FAULT_READ)
               ? fail_with(EIO)
               : __real_read(fd, out, is_short && size ? 1 : size);
}

ssize_t __wrap_write(int fd, const void *data, size_t size)
{
    if (is_interrupted())
        return fail_with(EINTR);
    return strikes(FAULT_WRITE)
               ? fail_with(ENOSPC)
               : __real_write(fd, data, is_short && size ? 1 : size);
}

int __wrap_stat(const char *path, struct stat *out)
{
    return strikes(FAULT_READ) ? fail_with(EIO) : __real_stat(path, out);
}

int __wrap_fstat(int fd, struct stat *out)
{
    return strikes(FAULT_READ) ? fail_with(EIO) : __real_fstat(fd, out);
}

int __wrap_fstatat(int fd, const char *path, struct stat *out, int flags)
{
    return strikes(FAULT_READ) ? fail_with(EIO)
                               : __real_fstatat(fd, path, out, flags);
}

int __wrap_fchmod(int fd, mode_t mode)
{
    return strikes(FAULT_WRITE) ? fail_with(EIO) : __real_fchmod(fd, mode);
}

int __wrap_fsync(int fd)
{
    return strikes(FAULT_SYNC) ? fail_with(EIO) : __real_fsync(fd);
}

/* As on Linux: the descriptor is gone, whatever close says. */
int __wrap_close(int fd)
{
    int result = __real_close(fd);

    return strikes(FAULT_SYNC) ? fail_with(EIO) : result;
}

int __wrap_linkat(int from_folder, const char *from, int to_folder,
                  const char *to, int flags)
{
    return strikes(FAULT_SYNC)
               ? fail_with(EIO)
               : __real_linkat(from_folder, from, to_folder, to, flags);
}

int __wrap_rename(const char *from, const char *to)
{
    return strikes(FAULT_SYNC) ? fail_with(EIO) : __real_rename(from, to);
}

void *__wrap_mmap(void *at, size_t size, int protection, int flags, int fd,
                  off_t offset)
{
    if (strikes(FAULT_MAP)) {
        errno = ENODEV;
        return MAP_FAILED;
    }
    return __real_mmap(at, size, protection, flags, fd, offset);
}

int __wrap_pthread_create(pthread_t *out, const pthread_attr_t *attributes,
                          void *(*run)(void *), void *argument)
{
    return strikes(FAULT_THREAD)
               ? EAGAIN
               : __real_pthread_create(out, attributes, run, argument);
}

/* ---- Scenarios ---- */

void fault_make_short(bool wanted)
{
    is_short = wanted;
}

void fault_on(void)
{
    atomic_store(&calls, 0);
    atomic_store(&struck, 0);
    atomic_store(&is_on, true);
}

bool fault_off(void)
{
    atomic_store(&is_on, false);
    was_struck = atomic_load(&struck) > 0;
    run_was_struck |= was_struck;
    return was_struck;
}

bool fault_struck(void)
{
    return was_struck;
}

size_t fault_total(void)
{
    return total;
}

static void wrong(const char *what)
{
    is_wrong = true;
    printf("# %s, call %zu of kind %u%s\n", what, (size_t)nth,
           (unsigned)kind_now, all_from_there ? " and all behind it" : "");
}

bool fault_expect(zub_status status, const void *out, const zub_error *error)
{
    bool is_memory = kind_now & FAULT_ALLOC; /* ICU calls it a missing file */

    if (status == ZUB_OK)
        return true;
    if (!was_struck) {
        wrong("it failed by itself");
        printf("# %s\n", error ? error->message : zub_status_text(status));
    }
    if (is_memory && status != ZUB_ENOMEM)
        wrong(error ? error->message : "the status is not that of memory");
    if (out)
        wrong("something came out of a failure");
    if (error && (error->status != status || error->message[0] == '\0'))
        wrong("a failure has no words");
    return false;
}

static int open_files(void)
{
    int count = 0;

    for (int fd = 0; fd < 256; fd++)
        count += fcntl(fd, F_GETFD) != -1;
    return count;
}

/* False when no call was left to fail. */
static bool run_once(size_t n, void (*scenario)(void))
{
    long blocks = atomic_load(&live);
    int files = open_files();

    atomic_store(&nth, n);
    was_struck = run_was_struck = false;
    scenario();
    atomic_store(&is_on, false);
    if (atomic_load(&live) != blocks)
        wrong("memory leaked");
    if (open_files() != files)
        wrong("a file stayed open");
    total += run_was_struck;
    return run_was_struck;
}

/* The number of calls there were, about. */
static size_t run_all(unsigned kind, bool is_all, void (*scenario)(void))
{
    size_t n = 1;

    atomic_store(&kind_now, kind);
    atomic_store(&all_from_there, is_all);
    while (n < MOST_CALLS && !is_wrong && run_once(n, scenario))
        /* Long runs repeat themselves: steps grow slowly with n. */
        n += 1 + n / 64;
    return n - 1;
}

bool fault_each(const char *name, unsigned kinds, void (*scenario)(void))
{
    is_wrong = false;
    atomic_store(&kind_now, 0);
    run_once(0, scenario); /* as it is, and caches are warm from here on */
    is_wrong = false;
    run_once(0, scenario);
    for (unsigned kind = 1; kind < 256; kind <<= 1)
        if (kinds & kind) {
            size_t count = run_all(kind, false, scenario);
            run_all(kind, true, scenario);
            printf("# %s: %zu calls of kind %u\n", name, count, kind);
        }
    if (is_wrong)
        printf("# in the scenario of %s\n", name);
    return !is_wrong;
}
