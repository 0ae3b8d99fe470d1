/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* duplicates.h - the inside of a zub_duplicates, and how it is found out. */
#ifndef ZUB_VECTORS_DUPLICATES_H
#define ZUB_VECTORS_DUPLICATES_H

#include "vectors/entries.h"
#include "vectors/gathered.h"
#include "vectors/minhash.h"
#include "vectors/unions.h"

/* Articles are ranks here: places in the order of ids. */
struct zub_duplicates {
    double threshold;
    bool has_pairs;
    zub_gathered articles;
    uint32_t *order;   /* [count] the article at each rank */
    uint32_t *twins;   /* [count] the first of the same text, or itself */
    zub_unions unions; /* of ranks */
    uint32_t *members; /* [member_count] of all clusters, one after another */
    size_t member_count;
    zub_entries pairs; /* keys: two ranks; ids: what they have in common */
    zub_duplicates_facts facts;

    size_t next; /* member to be told */
    size_t empty_next;
    uint64_t cluster;     /* that it is in, from 1 */
    uint32_t first, size; /* of that cluster */
    uint64_t last_pair;
    bool is_reading_pairs;
};

/* Everything is gathered and `entries` have the keys of each article, by its
 * number: order the articles, find those of one text, compare those that share
 * a key, and list the clusters. ZUB_ENOMEM, ZUB_EWRITE. (buckets.c) */
zub_status zub_duplicates_join(zub_duplicates *duplicates,
                               zub_entries *entries, zub_error *error);

/* What the articles of two ranks have in common. */
size_t zub_duplicates_overlap(zub_duplicates *duplicates, uint32_t a,
                              uint32_t b, size_t least);

#endif
