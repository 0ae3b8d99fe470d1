/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* merging.h - what the files that make up a merge ask of each other. */
#ifndef ZUB_TERMS_MERGING_H
#define ZUB_TERMS_MERGING_H

#include "terms/merge.h"

/* One merge of some states into one: no levels. */
typedef struct zub_merging {
    zub_state *const *states; /* [count] */
    size_t count;
    zub_spooler spooler;    /* where outputs go, and what failed */
    zub_status status;      /* what failed but spools; ZUB_ELIMIT, say */
    size_t most_ids;        /* of a map that may be resident */
    size_t most_bytes;      /* of articles that may be resident */
    size_t fan;             /* runs merged at a time */
    unsigned mapped_orders; /* maps are made for these, from 1 on */
    bool by_input;          /* articles */
    zub_state *out;
    zub_file (*maps)[ZUB_MOST_ORDER]; /* [count][order - 1] */
    zub_error *error;
} zub_merging;

/* Each fills in its part of out, and the maps of what it merged. Failures are
 * in status or in the spooler. Articles need all maps of the orders they have,
 * n-grams those of the order below and of the terms. */
void zub_merge_terms(zub_merging *merging);
void zub_merge_ngrams(zub_merging *merging, unsigned order);
void zub_merge_articles(zub_merging *merging);

/* A limit was reached; the first failure stays. */
void zub_merging_limit(zub_merging *merging, const char *what);
bool zub_merging_is_sound(const zub_merging *merging);

/* out[i] = map[in[i]]; walks `in` once for each `most_ids` of the map, which
 * alone are resident. */
void zub_remap(zub_file *out, zub_spooler *spooler, const uint32_t *in,
               size_t count, bool is_mapped, const zub_file *map,
               size_t most_ids);

/* Adds with a check: false when the sum overflows. */
static inline bool zub_add_u64(uint64_t *sum, uint64_t more)
{
    return !__builtin_add_overflow(*sum, more, sum);
}

static inline bool zub_add_u32(uint32_t *sum, uint32_t more)
{
    return !__builtin_add_overflow(*sum, more, sum);
}

#endif
