/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* weights.c - what the words of a question weigh.
 *
 * In an index of several languages a word is a term in each, and a passage is
 * scored by the terms of its own language. How common those are is asked among
 * the passages of that language: in an index of twelve, what all English
 * passages have is in one passage of twelve, and would weigh as much as a name.
 * Nor does a term weigh more in another language than the word does in that of
 * the question: an article is rare in English where the question is French. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/gram_hash.h"
#include "index/occurrences.h"
#include "index/scoring.h"

/* What the statistics of a language are mixed with: as many passages of the
 * whole index, so that those of a language that has few do not count much. */
#define MIXED 50.0

/* ---- How common a term is ---- */

typedef struct tally {
    const zub_census *census;
    size_t lang;  /* of the census */
    uint64_t own; /* passages in it */
} language_tally;

static void count_own(void *context, size_t number, const uint32_t *passages,
                      const uint32_t *counts, size_t size)
{
    language_tally *tally = context;
    const unsigned char *of = tally->census->of[number];

    (void)counts;
    for (size_t i = 0; i < size; i++)
        tally->own += of[passages[i]] == tally->lang;
}

/* As if the index were all of one language. */
static double idf_in(const language_tally *tally, uint64_t df,
                     uint64_t passages)
{
    double n = (double)passages;
    double all = (double)tally->census->langs[tally->lang].passages;
    double share =
        ((double)tally->own + MIXED * (double)df / n) / (all + MIXED);
    double d = share < 1 ? share * n : n;

    return log(1 + (n - d + 0.5) / (d + 0.5));
}

zub_status zub_asking_idf(const zub_asking *asking, const char *lang,
                          zub_slice term, uint64_t df, double *idf,
                          zub_error *error)
{
    const zub_index *index = asking->searcher->index;
    const zub_census *census = asking->searcher->census;
    language_tally tally = {census, zub_census_find(census, lang), 0};

    *idf = zub_lucene_idf(index->passages, df);
    if (!census->of || tally.lang == census->size)
        return ZUB_OK;
    zub_status status =
        zub_occurrences_each(index, term, count_own, &tally, error);
    if (status == ZUB_OK)
        *idf = idf_in(&tally, df, index->passages);
    return status;
}

/* ---- Terms ---- */

static void count_all(void *context, size_t number, const uint32_t *passages,
                      const uint32_t *counts, size_t size)
{
    uint64_t *all = context;

    (void)number;
    (void)passages;
    for (size_t i = 0; i < size; i++)
        *all += counts[i];
}

/* What a likelihood needs of a term. */
static zub_status expect(const zub_asking *asking, zub_slice term,
                         double *expected, zub_error *error)
{
    const zub_index *index = asking->searcher->index;
    uint64_t all = 0;

    *expected = 0;
    if (!zub_asks_likelihood(asking))
        return ZUB_OK;
    zub_status status =
        zub_occurrences_each(index, term, count_all, &all, error);
    *expected = zub_mu_of(asking) * (double)all / (double)index->length;
    return status;
}

/* A term is wanted, if it is not yet; its place is that of its name. */
static zub_status want(zub_asking *asking, zub_slice term,
                       const zub_asked_term *about, double weight,
                       uint32_t *place, zub_error *error)
{
    size_t at = asking->wanted_count;
    zub_status status;

    *place = zub_map_add(&asking->seen, term);
    if (*place == ZUB_MAP_NONE)
        return zub_fail_memory(error);
    if (*place < at)
        return ZUB_OK;
    if (!zub_grow(&asking->wanted, &asking->wanted_capacity, at + 1,
                  sizeof *asking->wanted) ||
        !zub_grow(&asking->terms, &asking->term_capacity, at + 1,
                  sizeof *asking->terms))
        return zub_fail_memory(error);
    asking->wanted[at] = (zub_wanted){term, weight};
    asking->terms[at] = *about;
    status = expect(asking, term, &asking->terms[at].expected, error);
    asking->wanted_count += status == ZUB_OK;
    return status;
}

static zub_status add_to_reading(zub_reading *reading, uint32_t wanted,
                                 double weight)
{
    if (!zub_grow(&reading->terms, &reading->term_capacity,
                  reading->term_count + 1, sizeof *reading->terms))
        return ZUB_ENOMEM;
    reading->terms[reading->term_count++] = (zub_reading_term){wanted, weight};
    reading->weight += weight;
    return ZUB_OK;
}

/* A likelihood knows by itself how common a term is. */
static double weigh(const zub_asking *asking, double count, double idf)
{
    return zub_asks_likelihood(asking)
               ? count
               : zub_text_weight(count, idf, asking->is_text);
}

typedef struct weighing {
    zub_asking *asking;
    double *idfs; /* [terms of the first reading]; of none: INFINITY */
} term_weighing;

/* Of the word that stands at the same place in the first reading. */
static double first_idf(const term_weighing *run, const zub_query_term *term)
{
    const zub_query *query = &run->asking->readings[0].query;
    size_t low = 0, high = query->word_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (query->words[middle].start < term->start)
            low = middle + 1;
        else
            high = middle;
    }
    return low < query->word_count && query->words[low].is_asked &&
                   query->words[low].start == term->start
               ? run->idfs[query->words[low].number]
               : INFINITY;
}

static zub_status add_term(term_weighing *run, size_t r, size_t i, uint64_t df,
                           double idf, zub_error *error)
{
    zub_asking *asking = run->asking;
    zub_reading *reading = &asking->readings[r];
    const zub_query_term *term = &reading->query.terms[i];
    zub_asked_term about = {
        .folded = term->folded, .df = df, .count = term->count};
    double weight;
    uint32_t place;

    if (r > 0)
        idf = fmin(idf, first_idf(run, term));
    weight = weigh(asking, term->count, idf);
    zub_status status =
        want(asking, term->term, &about, weight, &place, error);
    if (status == ZUB_OK && add_to_reading(reading, place, weight) != ZUB_OK)
        status = zub_fail_memory(error);
    return status;
}

static zub_status weigh_reading(term_weighing *run, size_t r, zub_error *error)
{
    const zub_index *index = run->asking->searcher->index;
    const zub_query *query = &run->asking->readings[r].query;
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < query->term_count && status == ZUB_OK; i++) {
        zub_slice term = query->terms[i].term;
        double idf = INFINITY;
        uint64_t df;
        status = zub_index_df(index, term, &df, error);
        if (status == ZUB_OK && df > 0)
            status = zub_asking_idf(run->asking, query->lang, term, df, &idf,
                                    error);
        if (r == 0)
            run->idfs[i] = idf;
        if (status == ZUB_OK && df > 0)
            status = add_term(run, r, i, df, idf, error);
    }
    return status;
}

zub_status zub_asking_weigh(zub_asking *asking, zub_error *error)
{
    term_weighing run = {.asking = asking};
    zub_status status = ZUB_OK;

    run.idfs =
        zub_alloc(asking->readings[0].query.term_count + 1, sizeof *run.idfs);
    if (!run.idfs)
        return zub_fail_memory(error);
    for (size_t r = 0; r < asking->reading_count && status == ZUB_OK; r++)
        status = weigh_reading(&run, r, error);
    zub_free(run.idfs);
    return status;
}

/* ---- Terms that are added ---- */

/* The reading's term, at no weight if it is a new one. */
static zub_reading_term *term_of(zub_reading *reading, uint32_t place)
{
    for (size_t i = 0; i < reading->term_count; i++)
        if (reading->terms[i].wanted == place)
            return &reading->terms[i];
    return add_to_reading(reading, place, 0) == ZUB_OK
               ? &reading->terms[reading->term_count - 1]
               : NULL;
}

zub_status zub_asking_add(zub_asking *asking, zub_reading *reading,
                          zub_slice term, zub_slice folded, double count,
                          zub_error *error)
{
    const zub_index *index = asking->searcher->index;
    zub_asked_term about = {.folded = folded, .is_added = true};
    uint32_t place;
    double idf;
    zub_status status = zub_index_df(index, term, &about.df, error);

    if (status == ZUB_OK)
        status = zub_asking_idf(asking, reading->query.lang, term, about.df,
                                &idf, error);
    if (status == ZUB_OK)
        status = want(asking, term, &about, 0, &place, error);
    if (status != ZUB_OK)
        return status;
    zub_reading_term *own = term_of(reading, place);
    if (!own)
        return zub_fail_memory(error);
    double more = zub_asks_likelihood(asking) ? count
                  : asking->is_text           ? count * idf * idf
                                              : count * idf;
    own->weight += more;
    reading->weight += more;
    asking->wanted[place].weight =
        fmax(asking->wanted[place].weight, own->weight);
    return ZUB_OK;
}

/* ---- Grams ---- */

/* Passages whose grams are as long as those of a language. */
static uint64_t passages_like(const zub_searcher *searcher, const char *lang)
{
    const zub_census *census = searcher->census;
    uint64_t sum = 0;

    if (!census->of)
        return searcher->index->passages;
    for (size_t i = 0; i < census->size; i++)
        if (zub_gram_width(census->langs[i].name) == zub_gram_width(lang))
            sum += census->langs[i].passages;
    return sum;
}

static zub_status weigh_grams(zub_asking *asking, zub_reading *reading,
                              zub_error *error)
{
    zub_gram_maker *maker = &asking->searcher->maker;
    const zub_query *query = &reading->query;
    zub_status status = ZUB_OK;

    zub_gram_maker_begin(maker, query->lang);
    for (size_t i = 0; i < query->word_count && status == ZUB_OK; i++)
        if (query->words[i].is_asked)
            status = zub_gram_maker_add(maker, query->words[i].folded);
    if (status == ZUB_OK)
        status = zub_gram_maker_end(maker);
    return status == ZUB_OK ? zub_gram_query_make(
                                  &reading->grams, asking->searcher->index,
                                  passages_like(asking->searcher, query->lang),
                                  maker, asking->is_text, error)
                            : zub_fail_memory(error);
}

zub_status zub_asking_weigh_grams(zub_asking *asking, zub_error *error)
{
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < asking->reading_count && status == ZUB_OK; i++)
        status = weigh_grams(asking, &asking->readings[i], error);
    return status;
}
