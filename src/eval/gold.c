/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gold.c - see gold.h. */
#include "eval/gold.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"

#define DEPTH 5u /* of nDCG */

void zub_gold_release(zub_gold *gold)
{
    zub_free(gold->votes);
    zub_free(gold->is_chosen);
    for (size_t n = 0; n < 2; n++) {
        zub_free(gold->units[n].ids);
        zub_free(gold->units[n].ends);
    }
    *gold = (zub_gold){0};
}

/* ---- Units of sentences ---- */

static size_t start_of(const zub_gold *gold, size_t n, size_t s)
{
    return s ? gold->units[n].ends[s - 1] : 0;
}

static int ascending(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

    return (left > right) - (left < right);
}

static bool add_units(zub_gold *gold, size_t n, size_t s,
                      const struct zub_unit_list *list)
{
    struct zub_sentence_units *units = &gold->units[n];
    size_t start = start_of(gold, n, s);

    if (!zub_grow(&units->ids, &units->capacity, start + list->count,
                  sizeof *units->ids))
        return false;
    if (list->count) {
        memcpy(units->ids + start, list->ids,
               list->count * sizeof *units->ids);
        qsort(units->ids + start, list->count, sizeof *units->ids, ascending);
    }
    units->ends[s] = start + list->count;
    return true;
}

static zub_status read_sentences(zub_gold *gold, zub_scorer *scorer,
                                 zub_error *error)
{
    static const zub_reading_rules all;
    const zub_document *document = gold->document;

    for (size_t s = 0; s < document->sentence_count; s++) {
        zub_span span = document->sentences[s].span;
        zub_slice text = {document->text.data + span.start,
                          span.end - span.start};
        zub_reading *reading = &scorer->summary;
        zub_status status =
            zub_reading_fill(reading, &scorer->vocabulary, text, &all, error);
        if (status != ZUB_OK)
            return status;
        if (!add_units(gold, 0, s, &reading->units[ZUB_UNITS_1]) ||
            !add_units(gold, 1, s, &reading->units[ZUB_UNITS_2]))
            return zub_fail_memory(error);
    }
    return ZUB_OK;
}

/* ---- Votes ---- */

static void mark(bool *is_there, const uint32_t *ids, size_t count, bool value)
{
    for (size_t i = 0; i < count; i++)
        is_there[ids[i]] = value;
}

static size_t count_there(const bool *is_there, const uint32_t *ids,
                          size_t count)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        found += is_there[ids[i]];
    return found;
}

/* A sentence of one word has no run: nobody votes for it. */
static void vote(zub_gold *gold, const bool *is_there)
{
    for (size_t s = 0; s < gold->document->sentence_count; s++) {
        size_t start = start_of(gold, 1, s);
        size_t count = gold->units[1].ends[s] - start;
        size_t found =
            count_there(is_there, gold->units[1].ids + start, count);
        gold->votes[s] += count > 0 && 2 * found >= count;
    }
}

static bool is_extract(zub_gold *gold, bool *is_there,
                       const struct zub_unit_list *runs)
{
    size_t last = gold->document->sentence_count;
    size_t count = last ? gold->units[1].ends[last - 1] : 0;

    mark(is_there, gold->units[1].ids, count, true);
    size_t found = count_there(is_there, runs->ids, runs->count);
    mark(is_there, gold->units[1].ids, count, false);
    return 10 * found >= 9 * runs->count;
}

static zub_status count_votes(zub_gold *gold, const zub_scorer *scorer)
{
    bool *is_there =
        zub_alloc_zero(scorer->vocabulary.runs[0].count, sizeof *is_there);
    size_t extracts = 0;

    if (!is_there)
        return ZUB_ENOMEM;
    for (size_t r = 0; r < scorer->reference_count; r++) {
        const struct zub_unit_list *runs =
            &scorer->references[r].units[ZUB_UNITS_2];
        extracts += is_extract(gold, is_there, runs);
        mark(is_there, runs->ids, runs->count, true);
        vote(gold, is_there);
        mark(is_there, runs->ids, runs->count, false);
    }
    gold->has_votes = extracts > 0 && 2 * extracts >= scorer->reference_count;
    zub_free(is_there);
    return ZUB_OK;
}

zub_status zub_gold_init(zub_gold *gold, zub_scorer *scorer,
                         const zub_document *document, zub_error *error)
{
    size_t sentences = document->sentence_count;

    *gold = (zub_gold){.document = document};
    gold->votes = zub_alloc_zero(sentences, sizeof *gold->votes);
    gold->is_chosen = zub_alloc_zero(sentences, sizeof *gold->is_chosen);
    bool is_there = gold->votes && gold->is_chosen;
    for (size_t n = 0; n < 2; n++) {
        gold->units[n].ends = zub_alloc(sentences, sizeof(size_t));
        is_there = is_there && gold->units[n].ends;
    }
    if (!is_there) {
        zub_gold_release(gold);
        return zub_fail_memory(error);
    }
    zub_status status = read_sentences(gold, scorer, error);
    if (status == ZUB_OK && count_votes(gold, scorer) != ZUB_OK)
        status = zub_fail_memory(error);
    if (status != ZUB_OK)
        zub_gold_release(gold);
    return status;
}

/* ---- The oracle ---- */

/* What is not yet covered of the references, and what is chosen so far. */
typedef struct oracle {
    zub_gold *gold;
    const zub_scorer *scorer;
    uint32_t *left[2]; /* [references][width] */
    size_t width[2];
    size_t *hits;     /* [references][2] */
    size_t chosen[2]; /* units chosen */
    size_t words;     /* chosen, as the document counts them */
    size_t limit;
} oracle;

static uint32_t *left_of(oracle *o, size_t n, size_t r)
{
    return o->left[n] + r * o->width[n];
}

/* Units of a sentence that a reference still has; it keeps them. */
static size_t new_hits(oracle *o, size_t n, size_t r, size_t s)
{
    size_t i = start_of(o->gold, n, s), end = o->gold->units[n].ends[s];
    const uint32_t *ids = o->gold->units[n].ids;
    const uint32_t *left = left_of(o, n, r);
    size_t hits = 0;

    while (i < end) {
        uint32_t id = ids[i];
        size_t same = 0;
        for (; i < end && ids[i] == id; i++)
            same++;
        hits += same < left[id] ? same : left[id];
    }
    return hits;
}

static double f_of(double hits, double reference, double summary)
{
    double both = reference + summary;

    return both > 0 ? 2 * hits / both : 0;
}

/* Sum over references of both F, were sentence s taken (or none). */
static double value_with(oracle *o, size_t s, bool takes)
{
    double value = 0;

    for (size_t r = 0; r < o->scorer->reference_count; r++)
        for (size_t n = 0; n < 2; n++) {
            size_t units = o->scorer->references[r].units[n].count;
            size_t size = o->gold->units[n].ends[s] - start_of(o->gold, n, s);
            size_t hits =
                o->hits[2 * r + n] + (takes ? new_hits(o, n, r, s) : 0);
            value += f_of((double)hits, (double)units,
                          (double)(o->chosen[n] + (takes ? size : 0)));
        }
    return value;
}

static size_t words_of(const zub_gold *gold, size_t s)
{
    const zub_sentence *sentence = &gold->document->sentences[s];

    return sentence->word_end - sentence->word_start;
}

static void take(oracle *o, size_t s)
{
    for (size_t n = 0; n < 2; n++) {
        size_t start = start_of(o->gold, n, s);
        size_t end = o->gold->units[n].ends[s];
        for (size_t r = 0; r < o->scorer->reference_count; r++) {
            uint32_t *left = left_of(o, n, r);
            for (size_t i = start; i < end; i++) {
                uint32_t *unit = &left[o->gold->units[n].ids[i]];
                o->hits[2 * r + n] += *unit > 0;
                *unit -= *unit > 0;
            }
        }
        o->chosen[n] += end - start;
    }
    o->words += words_of(o->gold, s);
    o->gold->is_chosen[s] = true;
}

static bool take_best(oracle *o)
{
    size_t sentences = o->gold->document->sentence_count, best = sentences;
    double most = sentences ? value_with(o, 0, false) + 1e-12 : 0;

    for (size_t s = 0; s < sentences; s++) {
        bool is_too_long = o->words + words_of(o->gold, s) > o->limit;
        if (o->gold->is_chosen[s] || (o->words > 0 && is_too_long))
            continue;
        double value = value_with(o, s, true);
        if (value > most) {
            most = value;
            best = s;
        }
    }
    if (best == sentences)
        return false;
    take(o, best);
    return true;
}

static bool lay_out(oracle *o)
{
    const zub_vocabulary *vocabulary = &o->scorer->vocabulary;
    size_t references = o->scorer->reference_count;

    o->width[0] = vocabulary->words.count;
    o->width[1] = vocabulary->runs[0].count;
    o->hits = zub_alloc_zero(references, 2 * sizeof *o->hits);
    for (size_t n = 0; n < 2; n++) {
        o->left[n] =
            zub_alloc_zero(references, o->width[n] * sizeof *o->left[n]);
        if (!o->left[n])
            return false;
        for (size_t r = 0; r < references; r++) {
            const struct zub_unit_list *list =
                &o->scorer->references[r].units[n];
            for (size_t i = 0; i < list->count; i++)
                left_of(o, n, r)[list->ids[i]]++;
        }
    }
    return o->hits != NULL;
}

zub_status zub_gold_choose(zub_gold *gold, const zub_scorer *scorer,
                           size_t words)
{
    oracle o = {.gold = gold, .scorer = scorer, .limit = words};
    bool has_room = lay_out(&o);

    while (has_room && take_best(&o))
        continue;
    zub_free(o.left[0]);
    zub_free(o.left[1]);
    zub_free(o.hits);
    return has_room ? ZUB_OK : ZUB_ENOMEM;
}

/* ---- Scores ---- */

zub_score zub_gold_score(const zub_gold *gold, const zub_scorer *scorer,
                         const bool *is_chosen)
{
    uint32_t enough = scorer->reference_count > 1 ? 2 : 1;
    size_t wanted = 0, chosen = 0, hits = 0;

    for (size_t s = 0; s < gold->document->sentence_count; s++) {
        bool is_wanted = gold->votes[s] >= enough;
        wanted += is_wanted;
        chosen += is_chosen[s];
        hits += is_wanted && is_chosen[s];
    }
    return (zub_score){
        .p = chosen ? (double)hits / (double)chosen : 0,
        .r = wanted ? (double)hits / (double)wanted : 0,
        .f = f_of((double)hits, (double)wanted, (double)chosen),
    };
}

/* The most votes that the first sentences of any ranking can have, in order:
 * a small table is kept sorted while the sentences pass. */
static double best_gain(const zub_gold *gold)
{
    uint32_t top[DEPTH] = {0};
    double gain = 0;

    for (size_t s = 0; s < gold->document->sentence_count; s++) {
        uint32_t votes = gold->votes[s];
        for (size_t i = 0; i < DEPTH; i++)
            if (votes > top[i]) {
                uint32_t lower = top[i];
                top[i] = votes;
                votes = lower;
            }
    }
    for (size_t i = 0; i < DEPTH; i++)
        gain += top[i] / log2((double)i + 2);
    return gain;
}

double zub_gold_ndcg(const zub_gold *gold, const uint32_t *ranking,
                     size_t count)
{
    double gain = 0, best = best_gain(gold);

    for (size_t i = 0; i < count && i < DEPTH; i++)
        gain += gold->votes[ranking[i]] / log2((double)i + 2);
    return best > 0 ? gain / best : 0;
}
