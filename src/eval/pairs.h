/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* pairs.h - pairs of numbers to small numbers: 0, 1, 2, ... in order of
 * arrival. A run of n words is the pair of a run of n - 1 and a word. */
#ifndef ZUB_EVAL_PAIRS_H
#define ZUB_EVAL_PAIRS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct zub_pair_slot {
    uint64_t key;
    uint32_t id, is_taken;
} zub_pair_slot;

/* Open addressing, at most half full. Zeroed is empty. */
typedef struct zub_pairs {
    zub_pair_slot *slots; /* [mask + 1] */
    size_t mask;
    uint32_t count;
} zub_pairs;

void zub_pairs_release(zub_pairs *pairs);

/* The id of (a, b), new or known; false when memory is out. */
bool zub_pairs_add(zub_pairs *pairs, uint32_t a, uint32_t b, uint32_t *id);

/* Empty again; the slots stay. */
void zub_pairs_clear(zub_pairs *pairs);

#endif
