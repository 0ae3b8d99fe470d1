/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* preference_order.h - which of two documents a judge prefers: the one of the
 * higher level, or where the judge has several groups what follows from all of
 * them. */
#ifndef ZUB_EVAL_PREFERENCE_ORDER_H
#define ZUB_EVAL_PREFERENCE_ORDER_H

#include "eval/preferred.h"

typedef struct zub_placed {
    double level; /* in the last of its groups */
    size_t place;
} zub_placed;

typedef struct zub_preference_order {
    zub_placed *documents; /* [count] by place */
    size_t count, words;
    uint64_t *rows; /* [count][words] bit b of row a: a is preferred to b, both
                       as they stand in `documents`; NULL: the level decides */
} zub_preference_order;

/* `items` are the lines of one judge, in the order of a preferred list. Of *bits
 * is taken what the rows need. Cost: n log n, with rows two of their lengths a
 * line. ZUB_ELIMIT: *bits is less, or cannot hold those of levels on the way. ZUB_EMALFORMED: the groups contradict each
 * other, or a document is at 0 and above it. ZUB_ENOMEM. */
zub_status zub_preference_order_init(zub_preference_order *out,
                                     const zub_preferred *items, size_t count,
                                     uint64_t *bits, zub_error *error);
void zub_preference_order_release(zub_preference_order *order);

/* 1: a is preferred to b; -1: b to a; 0: neither. */
int zub_preference_order_compare(const zub_preference_order *order, size_t a,
                                 size_t b);

#endif
