/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gram_batch.h - what a state says of n-grams that are asked for in any
 * order, read for many at once in the order in which it lies there.
 *
 * Rows of a listing jump about in arrays larger than any cache, which in a
 * file are pages as well: one by one they were half of what a listing of
 * n-grams cost, and of a state in a file nearly all of it. */
#ifndef ZUB_STATS_GRAM_BATCH_H
#define ZUB_STATS_GRAM_BATCH_H

#include "base/order.h"
#include "terms/state.h"

#define ZUB_GRAM_BATCH ((size_t)1 << 16) /* n-grams at most */

typedef struct zub_gram_facts {
    uint64_t count, prefix_count; /* prefix: its words but the last */
    uint32_t df;
    uint32_t terms[ZUB_MOST_ORDER]; /* [order] */
} zub_gram_facts;

/* Zeroed is closed. One thread. */
typedef struct zub_gram_batch {
    const zub_state *state;
    unsigned order;
    size_t start, end;           /* of the ids at hand */
    zub_gram_facts *facts;       /* [end - start] */
    zub_keyed *visits, *scratch; /* the same, by id */
} zub_gram_batch;

/* For `count` n-grams of an order from 2 on; 88 bytes for each of a batch.
 * False without memory. */
bool zub_gram_batch_init(zub_gram_batch *batch, const zub_state *state,
                         unsigned order, size_t count);
void zub_gram_batch_release(zub_gram_batch *batch);

/* The one at `i` of ids[count], good until the next call. Cheap where `i` goes
 * up; `ids` must be the same each time. */
const zub_gram_facts *zub_gram_batch_at(zub_gram_batch *batch,
                                        const uint32_t *ids, size_t count,
                                        size_t i);

#endif
