/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* mem.c - see mem.h. */
#define _DEFAULT_SOURCE 1 /* madvise */
#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define LARGE_PAGE ((uintptr_t)2 << 20)

/* No object is larger than PTRDIFF_MAX: pointers into it could not be
 * subtracted, and no malloc gives one. */
static bool multiply(size_t count, size_t size, size_t *bytes)
{
    return !__builtin_mul_overflow(count, size, bytes) &&
           *bytes <= PTRDIFF_MAX;
}

void *zub_alloc(size_t count, size_t size)
{
    size_t bytes;

    return multiply(count, size, &bytes) ? malloc(bytes ? bytes : 1) : NULL;
}

void *zub_alloc_zero(size_t count, size_t size)
{
    size_t bytes;

    return multiply(count, size, &bytes) ? calloc(bytes ? bytes : 1, 1) : NULL;
}

void *zub_alloc_table(size_t count, size_t size)
{
    char *table = zub_alloc_zero(count, size);
    uintptr_t start = ((uintptr_t)table + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);
    uintptr_t end = ((uintptr_t)table + count * size) & ~(LARGE_PAGE - 1);

    /* A wish: without large pages the table is the same. */
    if (table && start < end)
        madvise(table + (start - (uintptr_t)table), end - start,
                MADV_HUGEPAGE);
    return table;
}

void *zub_alloc_tail(size_t head, size_t count, size_t size)
{
    size_t tail, bytes;

    if (__builtin_mul_overflow(count, size, &tail) ||
        __builtin_add_overflow(head, tail, &bytes))
        return NULL;
    return zub_alloc_zero(1, bytes);
}

void *zub_realloc(void *block, size_t count, size_t size)
{
    size_t bytes;

    return multiply(count, size, &bytes) ? realloc(block, bytes ? bytes : 1)
                                         : NULL;
}

bool zub_grow(void *array, size_t *capacity, size_t need, size_t size)
{
    if (need <= *capacity)
        return true;

    size_t more = *capacity < 8 ? 8 : *capacity;
    while (more < need)
        if (__builtin_mul_overflow(more, 2, &more))
            return false;

    void *old, *moved;
    memcpy(&old, array, sizeof old); /* any T ** is at hand as void * only */
    moved = zub_realloc(old, more, size);
    if (!moved)
        return false;
    memcpy(array, &moved, sizeof moved);
    *capacity = more;
    return true;
}

void zub_free(void *block)
{
    free(block);
}
