/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* align_chains.h - stretches of two texts that follow one another in both. */
#ifndef ZUB_INDEX_ALIGN_CHAINS_H
#define ZUB_INDEX_ALIGN_CHAINS_H

#include "base/order.h"

#define ZUB_CHAIN_GAP 16u /* words between two stretches, on either side */

/* `size` words that are the same from x in one text and from y in another. */
typedef struct zub_anchor {
    uint32_t x, y, size;
} zub_anchor;

/* The best chains of some anchors. A chain's anchors stand in order and apart
 * in both texts, with at most ZUB_CHAIN_GAP words between; its score is two
 * for each word of an anchor and -1 for each word between, on either side, so
 * that it is never linked to what costs more than it brings. Scratch for one
 * thread; zeroed is empty. */
typedef struct zub_chainer {
    uint64_t *scores; /* [count], of the best chain that ends in an anchor */
    uint32_t *before; /* [count], its anchor before, or ZUB_CHAIN_NONE */
    uint64_t *worth;  /* [count] of a link, as later anchors see it */
    uint32_t *leaf;   /* [count], place of an anchor among ends in y */
    uint32_t *tree;   /* [2 * leaves], the anchor of most worth below */
    uint32_t *ends;   /* [count], ends in y, ascending */
    zub_keyed *by_x, *by_y, *ranks, *scratch; /* [count] each */
    bool *is_used;
    uint32_t *chain; /* the one taken last */
    size_t count, capacity, leaves, rank;
} zub_chainer;

#define ZUB_CHAIN_NONE UINT32_MAX

void zub_chainer_release(zub_chainer *chainer);

/* Links `count` anchors, by x, then by y. O(n log n). ZUB_ENOMEM. */
zub_status zub_chainer_link(zub_chainer *chainer, const zub_anchor *anchors,
                            size_t count);

/* The next chain, from the best: its anchors, which no chain before had, in
 * order; of equal ones that which ends first. 0: there are no more. */
size_t zub_chainer_next(zub_chainer *chainer, const uint32_t **chain);

#endif
