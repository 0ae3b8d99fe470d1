/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* arena.c - see arena.h. Invariant: free <= end, both in the newest common
 * block, and free is aligned. */
#include "base/arena.h"

#include <string.h>

#include "base/mem.h"

#define ALIGNMENT _Alignof(max_align_t)
#define FIRST_BLOCK 4096u
#define LARGEST_BLOCK (1u << 20)

struct zub_arena_block {
    zub_arena_block *next;
    size_t size;
    _Alignas(max_align_t) char bytes[];
};

void zub_arena_init(zub_arena *arena)
{
    *arena = (zub_arena){0};
}

void zub_arena_release(zub_arena *arena)
{
    zub_arena_block *block = arena->blocks;

    while (block) {
        zub_arena_block *next = block->next;
        zub_free(block);
        block = next;
    }
    zub_arena_init(arena);
}

static zub_arena_block *add_block(zub_arena *arena, size_t size)
{
    zub_arena_block *block = zub_alloc_tail(sizeof *block, size, 1);

    if (!block)
        return NULL;
    block->size = size;
    block->next = arena->blocks;
    arena->blocks = block;
    return block;
}

static size_t next_block_size(const zub_arena *arena)
{
    if (!arena->blocks)
        return FIRST_BLOCK;
    size_t twice = arena->blocks->size * 2;
    return twice > LARGEST_BLOCK ? LARGEST_BLOCK : twice;
}

void *zub_arena_alloc(zub_arena *arena, size_t count, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes) ||
        __builtin_add_overflow(bytes, ALIGNMENT - 1, &bytes))
        return NULL;
    bytes &= ~(ALIGNMENT - 1);
    if (bytes == 0)
        bytes = ALIGNMENT; /* nothing has an address too */

    if (bytes > (size_t)(arena->end - arena->free)) {
        size_t common = next_block_size(arena);
        zub_arena_block *block =
            add_block(arena, bytes > common ? bytes : common);
        if (!block)
            return NULL;
        if (bytes > common)
            return block->bytes;
        arena->free = block->bytes;
        arena->end = block->bytes + block->size;
    }
    void *piece = arena->free;
    arena->free += bytes;
    return piece;
}

zub_slice zub_arena_copy(zub_arena *arena, zub_slice slice)
{
    char *copy = NULL;

    if (slice.size < SIZE_MAX)
        copy = zub_arena_alloc(arena, slice.size + 1, 1);
    if (!copy)
        return (zub_slice){NULL, 0};
    if (slice.size)
        memcpy(copy, slice.data, slice.size);
    return (zub_slice){copy, slice.size};
}
