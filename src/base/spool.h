/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* spool.h - an array that grows, in memory or in a temporary file, and windows
 * that walk mapped arrays without keeping them resident.
 *
 * Many spools of one piece of work share a spooler, which remembers the first
 * failure: a writer adds and adds, and asks once, at the end.
 *
 *     zub_spooler spooler = {.folder = "/tmp"};
 *     zub_spool_init(&spool, &spooler, 0);
 *     zub_spool_add(&spool, data, size);
 *     zub_spool_finish(&spool, &file);
 *     if (spooler.status != ZUB_OK)
 *         return zub_spooler_report(&spooler, error);
 *
 * One thread uses a spooler and its spools at a time.
 */
#ifndef ZUB_BASE_SPOOL_H
#define ZUB_BASE_SPOOL_H

#include <string.h>

#include "zubda.h"
#include "base/file.h"

/* Where spools lie, and what went wrong first. Zeroed: in memory. */
typedef struct zub_spooler {
    const char *folder; /* for temporary files; NULL: memory */
    zub_status status;  /* ZUB_ENOMEM, ZUB_EWRITE, ZUB_EIO */
    int failure;        /* the errno value behind it, or 0 */
} zub_spooler;

/* What went wrong, in words: the folder, and what to do. */
zub_status zub_spooler_report(const zub_spooler *spooler, zub_error *error);

/* In a file, `data` is a buffer of 64 KiB before it; the file has no name, so
 * nothing is left behind whatever ends the process. */
typedef struct zub_spool {
    zub_spooler *owner;
    char *data;
    size_t size, capacity; /* of data */
    size_t written;        /* bytes of the file */
    int fd;                /* -1: none */
} zub_spool;

/* An empty spool. `expected` bytes are made room for at once in memory: pages
 * that are not written cost nothing, and finishing gives them back. */
void zub_spool_init(zub_spool *spool, zub_spooler *owner, size_t expected);

/* A zeroed or a finished spool is fine. */
void zub_spool_release(zub_spool *spool);

/* Room for `size` bytes, 64 KiB at most, which count as written; NULL after a
 * failure. */
char *zub_spool_make_room(zub_spool *spool, size_t size);
static inline char *zub_spool_take(zub_spool *spool, size_t size)
{
    if (size > spool->capacity - spool->size)
        return zub_spool_make_room(spool, size);
    spool->size += size;
    return spool->data + spool->size - size;
}

static inline void zub_spool_add_u32(zub_spool *spool, uint32_t value)
{
    char *at = zub_spool_take(spool, sizeof value);

    if (at)
        memcpy(at, &value, sizeof value);
}

static inline void zub_spool_add_u64(zub_spool *spool, uint64_t value)
{
    char *at = zub_spool_take(spool, sizeof value);

    if (at)
        memcpy(at, &value, sizeof value);
}

/* Any size. */
void zub_spool_add_large(zub_spool *spool, const void *data, size_t size);
static inline void zub_spool_add(zub_spool *spool, const void *data,
                                 size_t size)
{
    if (size > spool->capacity - spool->size) {
        zub_spool_add_large(spool, data, size);
    } else if (size > 0) {
        memcpy(spool->data + spool->size, data, size);
        spool->size += size;
    }
}

/* A few bytes out of an array that ends at `end`: where both sides have 32,
 * all are copied at once, for the size of a word cannot be foreseen. */
static inline void zub_spool_add_few(zub_spool *spool, const void *data,
                                     size_t size, const void *end)
{
    size_t left = (size_t)((const char *)end - (const char *)data);

    if (size > 32 || left < 32 || spool->capacity - spool->size < 32) {
        zub_spool_add(spool, data, size);
        return;
    }
    memcpy(spool->data + spool->size, data, 32);
    spool->size += size;
}

/* Bytes added so far. */
static inline size_t zub_spool_size(const zub_spool *spool)
{
    return spool->written + spool->size;
}

/* What was added, as a file: close it with zub_file_close. In a folder it is
 * mapped, in memory it is not; of no bytes it is neither. Empty after any
 * failure of the spooler. The spool is done with. */
void zub_spool_finish(zub_spool *spool, zub_file *out);

/* ---- Windows ---- */

#define ZUB_WINDOW ((size_t)64 << 10) /* bytes behind a cursor that may stay */

/* A cursor's trail in a mapped array: pages behind it are let go, so that
 * walking an array of any size keeps some 128 KiB resident (the system maps
 * 64 KiB at a fault). They may be read again; they lie in the file. */
typedef struct zub_window {
    uintptr_t from; /* the first byte not let go */
    uintptr_t next; /* where to let go again; UINTPTR_MAX: never */
} zub_window;

/* `is_mapped` must be false for memory that is no mapped file: its content
 * would be lost. */
static inline zub_window zub_window_at(const void *start, bool is_mapped)
{
    uintptr_t from = (uintptr_t)start;

    return (zub_window){from, is_mapped ? from + ZUB_WINDOW : UINTPTR_MAX};
}

/* Nothing before `at` is needed now. */
void zub_window_let_go(zub_window *window, uintptr_t at);
static inline void zub_window_pass(zub_window *window, const void *at)
{
    if ((uintptr_t)at >= window->next)
        zub_window_let_go(window, (uintptr_t)at);
}

/* An array will be asked here and there: a fault maps a page and no more. */
void zub_expect_random(const void *data, size_t size, bool is_mapped);

/* The whole of an array is not needed now. */
void zub_let_go(const void *data, size_t size, bool is_mapped);

#endif
