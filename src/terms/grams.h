/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* grams.h - n-grams while they are counted: pairs of an n-gram of one word
 * less and a last term, by their ids in order of arrival. */
#ifndef ZUB_TERMS_GRAMS_H
#define ZUB_TERMS_GRAMS_H

#include "zubda.h"

#define ZUB_NO_GRAM UINT64_MAX          /* no key of an n-gram */
#define ZUB_NO_GRAM_ID (UINT32_MAX - 1) /* and its id */

/* What an article has of it is counted elsewhere: there are millions, and the
 * table is the smaller for it. */
typedef struct zub_gram {
    uint32_t prefix, last;
    uint32_t id; /* by arrival, plus 1; 0: free */
} zub_gram;

/* Open addressing, at most 3/4 full. */
typedef struct zub_grams {
    zub_gram *slots; /* [mask + 1] */
    size_t mask, count;
    unsigned shift; /* of a hash, to the bits that choose a slot */
    uint64_t secret;
} zub_grams;

void zub_grams_init(zub_grams *grams);
void zub_grams_release(zub_grams *grams);

/* Ids of a batch of n-grams, prefix << 32 | last, added when they are new;
 * ZUB_NO_GRAM has ZUB_NO_GRAM_ID. ZUB_ENOMEM. ZUB_ELIMIT: 2^31. */
zub_status zub_grams_find(zub_grams *grams, const uint64_t *keys, size_t size,
                          uint32_t *ids);

size_t zub_grams_memory(const zub_grams *grams);

#endif
