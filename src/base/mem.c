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

/* Asks for large pages where a block has many: finding its memory costs less,
 * and so does touching it first. A wish: without them it is the same. */
static void *with_large_pages(char *block, size_t bytes)
{
    uintptr_t at = (uintptr_t)block;
    uintptr_t start = (at + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);
    uintptr_t end = (at + bytes) & ~(LARGE_PAGE - 1);

    if (block && start < end && end - start >= LARGE_PAGE)
        madvise(block + (start - at), end - start, MADV_HUGEPAGE);
    return block;
}

void *zub_alloc(size_t count, size_t size)
{
    size_t bytes;

    if (!multiply(count, size, &bytes))
        return NULL;
    return with_large_pages(malloc(bytes ? bytes : 1), bytes);
}

void *zub_alloc_zero(size_t count, size_t size)
{
    size_t bytes;

    if (!multiply(count, size, &bytes))
        return NULL;
    return with_large_pages(calloc(bytes ? bytes : 1, 1), bytes);
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

    if (!multiply(count, size, &bytes))
        return NULL;
    return with_large_pages(realloc(block, bytes ? bytes : 1), bytes);
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
