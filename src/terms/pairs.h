/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* pairs.h - n-grams while they are counted: pairs of an n-gram of one word
 * less and a last term, by their ids in order of arrival. */
#ifndef ZUB_TERMS_PAIRS_H
#define ZUB_TERMS_PAIRS_H

#include "zubda.h"

#define ZUB_NO_PAIR UINT64_MAX /* no key of a pair */
#define ZUB_NO_SLOT UINT32_MAX

typedef struct zub_pair {
    uint64_t key; /* prefix << 32 | last */
    uint32_t id;  /* by arrival, plus 1; 0: free */
    uint32_t count, df;
    uint32_t article, place; /* that had it last, and where in its row */
    uint32_t reserved;
} zub_pair;

/* Open addressing, at most 3/4 full. */
typedef struct zub_pairs {
    zub_pair *slots; /* [mask + 1] */
    size_t mask, count;
    uint64_t secret;
} zub_pairs;

void zub_pairs_init(zub_pairs *pairs);
void zub_pairs_release(zub_pairs *pairs);

/* Slots of a batch of pairs, added when they are new, good until the next
 * call; ZUB_NO_PAIR has ZUB_NO_SLOT. ZUB_ENOMEM. ZUB_ELIMIT: 2^31. */
zub_status zub_pairs_find(zub_pairs *pairs, const uint64_t *keys, size_t size,
                          uint32_t *found);

size_t zub_pairs_memory(const zub_pairs *pairs);

#endif
