/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* align_seeds.h - where two texts have a few words in a row in common. */
#ifndef ZUB_INDEX_ALIGN_SEEDS_H
#define ZUB_INDEX_ALIGN_SEEDS_H

#include "base/order.h"
#include "index/align_articles.h"

#define ZUB_SEED_MOST 16u        /* words of a seed */
#define ZUB_SEED_REPEATS 16u     /* places in one article that are followed */
#define ZUB_SEED_PLACES 256u     /* and in all */
#define ZUB_SEED_PAIRS 16384u    /* pairs of places that an article may have */
#define ZUB_SEED_PAIRS_A_WORD 8u /* and so many more for each of its words */

/* Every `width` words in a row of some articles: distinct ones in the order of
 * their keys, each with its places, ascending. Constant once made. */
typedef struct zub_seed_index {
    const zub_articles *articles;
    unsigned width, shift;
    uint64_t *keys;   /* [count] ascending */
    uint32_t *starts; /* [count + 1], in `places` */
    uint32_t *places;
    uint32_t *heads; /* where keys of like upper bits begin; the last: count */
    size_t count;
    uint64_t left_out; /* places beyond what is followed */
} zub_seed_index;

/* ZUB_ENOMEM. Time n log n, in passes over 16 bytes a word; 32 bytes a word
 * while it is made. */
zub_status zub_seed_index_init(zub_seed_index *out,
                               const zub_articles *articles, unsigned width);
void zub_seed_index_release(zub_seed_index *index);

/* Scratch for one thread. */
typedef struct zub_seeder {
    zub_keyed *grams, *pairs, *scratch;
    size_t gram_capacity, pair_capacity, scratch_capacity;
    size_t count;      /* stretches found, in `pairs` */
    uint64_t left_out; /* pairs that were not followed, of all articles */
} zub_seeder;

void zub_seeder_release(zub_seeder *seeder);

/* A stretch of words that both have: where it begins in the articles of the
 * index and in the one that was looked for, and how long it is. */
static inline uint32_t zub_stretch_x(const zub_keyed *stretch)
{
    return (uint32_t)(stretch->key >> 32);
}

static inline uint32_t zub_stretch_y(const zub_keyed *stretch)
{
    return (uint32_t)stretch->key;
}

static inline uint32_t zub_stretch_size(const zub_keyed *stretch)
{
    return stretch->id;
}

/* Stretches of seeds that `words` (of one article) has in common with words of
 * the index before place `limit`: seeder->pairs[0 .. count), by x, then by y.
 * Seeds that follow one another are one stretch. ZUB_ENOMEM. */
zub_status zub_seeder_find(zub_seeder *seeder, const zub_seed_index *index,
                           const uint64_t *words, size_t size, size_t limit);

#endif
