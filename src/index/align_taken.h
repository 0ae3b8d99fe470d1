/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* align_taken.h - what of two texts passages have taken already. */
#ifndef ZUB_INDEX_ALIGN_TAKEN_H
#define ZUB_INDEX_ALIGN_TAKEN_H

#include "zubda.h"

/* Words of both texts, half open. */
typedef struct zub_rectangle {
    uint32_t x_start, x_end, y_start, y_end;
} zub_rectangle;

/* Rectangles, none of which overlaps another on both sides, listed by blocks
 * of x; so a question looks at those near it. Zeroed is empty. One thread. */
typedef struct zub_taken {
    zub_rectangle *items; /* [count] */
    size_t count, item_capacity;
    struct zub_taken_entry {
        uint32_t item, next; /* next entry of the block and 1; 0: none */
    } * entries;             /* [entry_count] */
    size_t entry_count, entry_capacity;
    uint32_t *blocks; /* [block_count], first entry of each and 1; 0: none */
    size_t block_count, block_capacity;
} zub_taken;

void zub_taken_release(zub_taken *taken);

/* Nothing is taken of `x_size` words of x. ZUB_ENOMEM. */
zub_status zub_taken_begin(zub_taken *taken, size_t x_size);

/* Whether one that is taken overlaps this one on both sides. */
bool zub_taken_overlaps(const zub_taken *taken, const zub_rectangle *one);

/* ZUB_ENOMEM: the rest of what was begun is lost. */
zub_status zub_taken_add(zub_taken *taken, const zub_rectangle *one);

#endif
