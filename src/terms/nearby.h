/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* nearby.h - pairs of words that stand near each other, while they are
 * counted and nobody asks how many each article has.
 *
 * A window makes so many pairs that a table of them would wait for memory at
 * each. So they are only written down, and every 2^20 or so (fewer where memory
 * is bounded) sorted and counted: a lot. A pair may be in many lots until the counter is sealed. */
#ifndef ZUB_TERMS_NEARBY_H
#define ZUB_TERMS_NEARBY_H

#include "base/order.h"

/* A pair in one lot, and the articles that had it first and last there. */
typedef struct zub_near_pair {
    uint64_t key; /* first << 32 | second */
    uint32_t count, df;
    uint32_t from, to;
} zub_near_pair;

/* Zeroed is empty. */
typedef struct zub_nearby {
    zub_keyed *fresh, *scratch; /* [fresh_size], with their article */
    size_t fresh_size, fresh_capacity, scratch_capacity;
    zub_near_pair *pairs; /* [count], of all lots, one after another */
    size_t count, capacity;
    size_t lot; /* pairs of a lot; 0: 2^20. Releasing keeps it */
} zub_nearby;

/* Lots that take at most `bytes` while they are sorted; 0: no bound. */
void zub_nearby_bound(zub_nearby *nearby, uint64_t bytes);

/* Room for `more` fresh pairs. ZUB_ENOMEM, ZUB_ELIMIT: 2^31 pairs. */
zub_status zub_nearby_reserve(zub_nearby *nearby, size_t more);

/* Makes a lot of the fresh pairs. Errors as above. */
zub_status zub_nearby_settle(zub_nearby *nearby);

/* There will be no more pairs: their room is given back. */
void zub_nearby_close(zub_nearby *nearby);

/* One lot of all: items[0 .. count) are the pairs in the order wanted, equal
 * ones beside each other and in the order of their lots; id is that in
 * `pairs`. Calls step(context, pair) with the sum of each. */
void zub_nearby_unite(const zub_nearby *nearby, const zub_keyed *items,
                      void (*step)(void *context, const zub_near_pair *pair),
                      void *context);

size_t zub_nearby_memory(const zub_nearby *nearby);
void zub_nearby_release(zub_nearby *nearby);

#endif
