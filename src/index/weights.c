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
#include "base/map.h"
#include "base/mem.h"
#include "index/occurrences.h"
#include "index/searcher.h"

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

static zub_status find_idf(const zub_asking *asking, const char *lang,
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

typedef struct weighing {
    zub_asking *asking;
    zub_map seen;  /* terms; one that no passage has, too */
    uint32_t *ids; /* [seen.count], of asking->wanted, or UINT32_MAX */
    size_t id_capacity;
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

static zub_status add_wanted(zub_asking *asking, const zub_query_term *term,
                             uint64_t df, double weight)
{
    size_t at = asking->wanted_count;

    if (!zub_grow(&asking->wanted, &asking->wanted_capacity, at + 1,
                  sizeof *asking->wanted) ||
        !zub_grow(&asking->terms, &asking->term_capacity, at + 1,
                  sizeof *asking->terms))
        return ZUB_ENOMEM;
    asking->wanted[at] = (zub_wanted){term->term, weight};
    asking->terms[at] = (zub_asked_term){.folded = term->folded, .df = df};
    asking->wanted_count++;
    return ZUB_OK;
}

static zub_status add_term(term_weighing *run, size_t r, size_t i, uint64_t df,
                           double idf)
{
    zub_asking *asking = run->asking;
    zub_reading *reading = &asking->readings[r];
    const zub_query_term *term = &reading->query.terms[i];
    double weight = zub_text_weight(term->count, idf, asking->is_text);
    uint32_t known = run->seen.count;
    uint32_t id = zub_map_add(&run->seen, term->term);

    if (id == ZUB_MAP_NONE ||
        !zub_grow(&run->ids, &run->id_capacity, id + 1, sizeof *run->ids))
        return ZUB_ENOMEM;
    if (id == known) {
        run->ids[id] = (uint32_t)asking->wanted_count;
        if (add_wanted(asking, term, df, weight) != ZUB_OK)
            return ZUB_ENOMEM;
    }
    return zub_reading_add(reading, run->ids[id], weight);
}

static zub_status weigh_reading(term_weighing *run, size_t r, zub_error *error)
{
    const zub_index *index = run->asking->searcher->index;
    const zub_query *query = &run->asking->readings[r].query;
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < query->term_count && status == ZUB_OK; i++) {
        const zub_query_term *term = &query->terms[i];
        double idf = INFINITY;
        uint64_t df;
        status = zub_index_df(index, term->term, &df, error);
        if (status == ZUB_OK && df > 0)
            status = find_idf(run->asking, query->lang, term->term, df, &idf,
                              error);
        if (status != ZUB_OK)
            return status;
        if (r == 0)
            run->idfs[i] = idf;
        if (df == 0)
            continue;
        if (r > 0)
            idf = fmin(idf, first_idf(run, term));
        status = add_term(run, r, i, df, idf);
        if (status != ZUB_OK)
            return zub_fail_memory(error);
    }
    return status;
}

zub_status zub_reading_add(zub_reading *reading, uint32_t wanted,
                           double weight)
{
    if (!zub_grow(&reading->terms, &reading->term_capacity,
                  reading->term_count + 1, sizeof *reading->terms))
        return ZUB_ENOMEM;
    reading->terms[reading->term_count++] = (zub_reading_term){wanted, weight};
    return ZUB_OK;
}

zub_status zub_asking_weigh(zub_asking *asking, zub_error *error)
{
    term_weighing run = {.asking = asking};
    zub_status status = ZUB_OK;

    run.idfs =
        zub_alloc(asking->readings[0].query.term_count + 1, sizeof *run.idfs);
    if (!run.idfs)
        return zub_fail_memory(error);
    zub_map_init(&run.seen);
    for (size_t r = 0; r < asking->reading_count && status == ZUB_OK; r++)
        status = weigh_reading(&run, r, error);
    zub_map_release(&run.seen);
    zub_free(run.ids);
    zub_free(run.idfs);
    return status;
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
