/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* division.h - the articles of a state divided into parts, and how often some
 * of its terms stand in each. */
#ifndef ZUB_STATS_DIVISION_H
#define ZUB_STATS_DIVISION_H

#include "terms/state.h"

/* Parts are runs of articles. Constant once made: 16 bytes a part. */
typedef struct zub_division {
    const zub_state *state; /* borrowed */
    size_t count;
    uint64_t *starts;  /* [count + 1], first article of each */
    double *sizes;     /* [count], in words */
    double size;       /* of all */
    double smallest;   /* of those with a word */
    size_t filled;     /* parts with a word */
    uint64_t nameless; /* articles in parts without a name */
} zub_division;

/* With `is_grouped` articles of one id in a row are a part, else each is one.
 * ZUB_ENOMEM. ZUB_ELIMIT: more than 2^32 - 1 parts. */
zub_status zub_division_init(zub_division *division, const zub_state *state,
                             bool is_grouped);
void zub_division_release(zub_division *division);

zub_slice zub_division_name(const zub_division *division, size_t part);
uint64_t zub_division_articles(const zub_division *division, size_t part);

/* A term in a part. */
typedef struct zub_share {
    uint64_t count;
    uint32_t part;
    uint32_t df; /* articles of the part that have it */
} zub_share;

/* Shares of some terms at a time. */
typedef struct zub_shares {
    const zub_division *division;
    uint32_t *slots;  /* [terms], which of those asked for, or none */
    uint64_t *starts; /* [count + 1] */
    uint64_t *ends;   /* [count], while it is filled and after */
    zub_share *items; /* those of term i from starts[i] to ends[i] */
    size_t count, start_capacity, end_capacity, item_capacity;
    bool is_sound;
} zub_shares;

/* The state must have rows of order 1. ZUB_ENOMEM: 4 bytes a term. */
zub_status zub_shares_init(zub_shares *shares, const zub_division *division);
void zub_shares_release(zub_shares *shares);

/* Of the terms ids[count], none twice, in place of those before: one walk over
 * all rows and 16 bytes for each article of each term. ZUB_EFORMAT: a state of
 * a file whose rows and df contradict each other. ZUB_ENOMEM. */
zub_status zub_shares_find(zub_shares *shares, const uint32_t *ids,
                           size_t count);

#endif
