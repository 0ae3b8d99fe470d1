/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gram_walk.h - terms and n-grams of a state one after another, in byte order
 * of their words joined by a space: an n-gram comes right behind the one that
 * it begins with. */
#ifndef ZUB_TERMS_GRAM_WALK_H
#define ZUB_TERMS_GRAM_WALK_H

#include "terms/state.h"

/* A term, or an n-gram of `order` words. */
typedef struct zub_gram_id {
    unsigned order;
    uint32_t id;
} zub_gram_id;

/* Those of low to high words. */
typedef struct zub_gram_walk {
    const zub_state *state;
    unsigned low, high;
    unsigned order;                /* of the one seen last; 0: none */
    uint32_t path[ZUB_MOST_ORDER]; /* [order], what that begins with */
    size_t next[ZUB_MOST_ORDER];   /* [order - 1], the one that comes next */
} zub_gram_walk;

void zub_gram_walk_init(zub_gram_walk *walk, const zub_state *state,
                        unsigned low, unsigned high);
/* False after the last. */
bool zub_gram_walk_next(zub_gram_walk *walk, zub_gram_id *out);

/* Its words, first to last, as terms. */
void zub_gram_words(const zub_state *state, zub_gram_id gram,
                    uint32_t words[ZUB_MOST_ORDER]);

/* How often it stands, in how many articles, and how many there are. */
uint64_t zub_gram_count(const zub_state *state, zub_gram_id gram);
uint32_t zub_gram_df(const zub_state *state, zub_gram_id gram);
size_t zub_grams_of(const zub_state *state, unsigned order);

#endif
