/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* arena.h - many small pieces that are freed together. */
#ifndef ZUB_BASE_ARENA_H
#define ZUB_BASE_ARENA_H

#include "zubda.h"

typedef struct zub_arena_block zub_arena_block;

/* Pieces come from blocks that double up to 1 MiB; a piece of a block's size
 * or more has a block of its own. */
typedef struct zub_arena {
    zub_arena_block *blocks; /* newest first */
    char *free, *end;        /* the rest of the newest common block */
} zub_arena;

/* Nothing is allocated yet. */
void zub_arena_init(zub_arena *arena);
/* Frees every piece. */
void zub_arena_release(zub_arena *arena);

/* count * size bytes, zeroed, aligned for any type; NULL without memory. */
void *zub_arena_alloc(zub_arena *arena, size_t count, size_t size);

/* A copy, followed by a NUL byte; data is NULL without memory. */
zub_slice zub_arena_copy(zub_arena *arena, zub_slice slice);

#endif
