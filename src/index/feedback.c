/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* feedback.c - what the best passages are about, added to the question: RM3
 * (Abdul-Jaleel et al. 2004).
 *
 * p(w|R) is the mean of w's shares of the ten best, weighed by their scores;
 * its ten highest terms, scaled to add up to 1, get half the weight of the
 * whole: a question of n words has n of them more. As in Anserini a term of
 * more than a tenth of all passages (and of more than five) is none of them. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/scoring.h"

#define PASSAGES 10u
#define TERMS 10u
#define ORIGINAL 0.5 /* weight of what was asked for */
#define COMMON 10u   /* terms in more than one passage of so many are left, */
#define RARE 5u      /* but none in so few */

typedef struct pooled {
    zub_slice term, folded; /* the arena's */
    double share;           /* p(w|R), as yet unscaled */
    uint32_t readings;      /* bits: those whose passages have it */
} pooled_term;

typedef struct pool {
    zub_asking *asking;
    zub_map names;
    pooled_term *terms; /* [names.count] */
    size_t capacity;
    zub_buffer name; /* scratch */
} term_pool;

/* How much a passage counts: by its score, which of a likelihood is a
 * logarithm. */
static double weight_of(const zub_asking *asking, size_t i)
{
    const zub_candidate *found = asking->found;

    return zub_asks_likelihood(asking) ? exp(found[i].words - found[0].words)
                                       : found[i].words;
}

static zub_status add_word(term_pool *pool, const zub_volume *volume,
                           uint32_t word, double share, uint32_t reading)
{
    zub_slice folded;
    uint32_t number, known = pool->names.count;
    zub_status status = zub_volume_term_of(volume, word, &number);

    if (status == ZUB_OK)
        status = zub_volume_term_name(volume, number, &pool->name);
    folded = zub_buffer_slice(&pool->name);
    if (status == ZUB_OK && volume->about.has_positions)
        status = zub_volume_word(volume, word, &folded);
    if (status != ZUB_OK)
        return status;
    uint32_t id = zub_map_add(&pool->names, zub_buffer_slice(&pool->name));
    if (id == ZUB_MAP_NONE ||
        !zub_grow(&pool->terms, &pool->capacity, pool->names.count,
                  sizeof *pool->terms))
        return ZUB_ENOMEM;
    if (id == known) {
        zub_arena *arena = &pool->asking->arena;
        pool->terms[id] = (pooled_term){
            .term = zub_arena_copy(arena, zub_buffer_slice(&pool->name)),
            .folded = zub_arena_copy(arena, folded)};
        if (!pool->terms[id].term.data || !pool->terms[id].folded.data)
            return ZUB_ENOMEM;
    }
    pool->terms[id].share += share;
    pool->terms[id].readings |= reading;
    return ZUB_OK;
}

static zub_status add_passage(term_pool *pool, size_t i, zub_error *error)
{
    zub_asking *asking = pool->asking;
    zub_searcher *searcher = asking->searcher;
    const zub_candidate *at = &asking->found[i];
    const zub_volume *volume = searcher->index->shelf.items[at->volume].volume;
    size_t reading = (size_t)(zub_asking_reading(asking, volume, at->article) -
                              asking->readings);
    size_t count;
    zub_status status =
        zub_searcher_words(searcher, at->volume, at->passage, &count, error);

    if (status != ZUB_OK)
        return status;
    for (size_t w = 0; w < count && status == ZUB_OK; w++)
        status = add_word(pool, volume, searcher->words[w],
                          weight_of(asking, i) / (double)count, 1u << reading);
    return status == ZUB_OK ? status
                            : zub_searcher_failed(volume, status, error);
}

/* Takes a term from the readings in whose language it is common. */
static zub_status leave_common(const zub_asking *asking, pooled_term *term,
                               zub_error *error)
{
    const zub_index *index = asking->searcher->index;
    uint64_t tenth = index->passages / COMMON;
    double least =
        zub_lucene_idf(index->passages, tenth > RARE ? tenth : RARE);
    uint64_t df;
    zub_status status = zub_index_df(index, term->term, &df, error);

    for (size_t r = 0; r < asking->reading_count && status == ZUB_OK; r++) {
        double idf;
        if (!(term->readings >> r & 1))
            continue;
        status = zub_asking_idf(asking, asking->readings[r].query.lang,
                                term->term, df, &idf, error);
        if (status == ZUB_OK && idf < least)
            term->readings &= ~(1u << r);
    }
    return status;
}

/* Of those left the one with the most, the first of equals; NULL: none. */
static zub_status take_best(term_pool *pool, pooled_term **best,
                            zub_error *error)
{
    for (;;) {
        *best = NULL;
        for (uint32_t i = 0; i < pool->names.count; i++)
            if (pool->terms[i].share > (*best ? (*best)->share : 0))
                *best = &pool->terms[i];
        if (!*best)
            return ZUB_OK;
        zub_status status = leave_common(pool->asking, *best, error);
        if (status != ZUB_OK || (*best)->readings != 0)
            return status;
        (*best)->share = 0;
    }
}

static zub_status choose(term_pool *pool, pooled_term *out, size_t *count,
                         zub_error *error)
{
    zub_status status = ZUB_OK;

    for (*count = 0; *count < TERMS; ++*count) {
        pooled_term *best;
        status = take_best(pool, &best, error);
        if (status != ZUB_OK || !best)
            return status;
        out[*count] = *best;
        best->share = 0;
    }
    return status;
}

/* Words that were asked for and are anywhere. */
static double size_of(const zub_asking *asking)
{
    double size = 0;

    for (size_t i = 0; i < asking->wanted_count; i++) {
        double count = asking->terms[i].count;
        size += asking->is_text && !zub_asks_likelihood(asking) && count > 1
                    ? 1 + log(count)
                    : count;
    }
    return size;
}

static zub_status add_terms(zub_asking *asking, const pooled_term *terms,
                            size_t count, zub_error *error)
{
    double size = size_of(asking) * (1 - ORIGINAL) / ORIGINAL, sum = 0;
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < count; i++)
        sum += terms[i].share;
    for (size_t i = 0; i < count; i++)
        for (size_t r = 0; r < asking->reading_count && status == ZUB_OK; r++)
            if (terms[i].readings >> r & 1)
                status = zub_asking_add(asking, &asking->readings[r],
                                        terms[i].term, terms[i].folded,
                                        size * terms[i].share / sum, error);
    return status;
}

zub_status zub_asking_expand(zub_asking *asking, zub_error *error)
{
    size_t count =
        asking->found_count < PASSAGES ? asking->found_count : PASSAGES;
    term_pool pool = {.asking = asking};
    pooled_term best[TERMS];
    zub_status status = ZUB_OK;

    zub_map_init(&pool.names);
    zub_buffer_init(&pool.name, ZUB_BUFFER_UNLIMITED);
    for (size_t i = 0; i < count && status == ZUB_OK; i++)
        status = add_passage(&pool, i, error);
    if (status == ZUB_OK)
        status = choose(&pool, best, &count, error);
    if (status == ZUB_OK)
        status = add_terms(asking, best, count, error);
    zub_buffer_release(&pool.name);
    zub_map_release(&pool.names);
    zub_free(pool.terms);
    asking->is_expanded = true;
    return status;
}
