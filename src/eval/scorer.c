/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* scorer.c - several references into one score. */
#include "eval/scorer.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"

/* ---- Several references ---- */

/* Scores of one measure, by reference, as they are made. */
typedef struct score_list {
    const zub_scorer *scorer;
    zub_measure measure;
    size_t count, left_out;
} score_list;

static zub_score score_at(const score_list *list, size_t i)
{
    const zub_scorer *scorer = list->scorer;

    return zub_rouge_score(scorer->counts[i][list->measure], list->measure,
                           scorer->vocabulary.protocol, scorer->beta);
}

static void add_score(zub_score *sum, zub_score score, double times)
{
    sum->p += score.p * times;
    sum->r += score.r * times;
    sum->f += score.f * times;
}

/* What makes a reference the best: F, but for ROUGE-1.5.5 recall, of W from
 * weights that were raised once. */
static double merit(const score_list *list, size_t i)
{
    zub_counts counts = list->scorer->counts[i][list->measure];

    if (!list->scorer->vocabulary.protocol->is_155)
        return score_at(list, i).f;
    if (list->measure == ZUB_MEASURE_ROUGE_W)
        counts.reference = zub_lcs_unweight(counts.reference);
    return counts.reference > 0 ? counts.hits / counts.reference : 0;
}

/* The first best but for two of them, or ZUB_NOBODY. */
static size_t best_but(const score_list *list, size_t skipped)
{
    size_t best = ZUB_NOBODY;
    double most = -1;

    for (size_t i = 0; i < list->count; i++) {
        if (i == list->left_out || i == skipped)
            continue;
        double value = merit(list, i);
        if (value > most) {
            most = value;
            best = i;
        }
    }
    return best;
}

static zub_score best_of(const score_list *list)
{
    return score_at(list, best_but(list, ZUB_NOBODY));
}

static zub_score mean_of(const score_list *list)
{
    size_t count = list->count - (list->left_out != ZUB_NOBODY);
    zub_score mean = {0};

    for (size_t i = 0; i < list->count; i++)
        if (i != list->left_out)
            add_score(&mean, score_at(list, i), 1.0 / (double)count);
    return mean;
}

/* Mean over the references of the best of the others: the best of all, but
 * the second best when it is the best that is left out. */
static zub_score jackknife_of(const score_list *list)
{
    size_t count = list->count - (list->left_out != ZUB_NOBODY);
    size_t best = best_but(list, ZUB_NOBODY);
    size_t second = best_but(list, best);
    zub_score mean = {0};

    if (second == ZUB_NOBODY)
        return score_at(list, best);
    add_score(&mean, score_at(list, best),
              (double)(count - 1) / (double)count);
    add_score(&mean, score_at(list, second), 1.0 / (double)count);
    return mean;
}

static zub_score pooled_of(const score_list *list)
{
    zub_counts sum = {0};

    for (size_t i = 0; i < list->count; i++) {
        if (i == list->left_out)
            continue;
        zub_counts counts = list->scorer->counts[i][list->measure];
        sum.hits += counts.hits;
        sum.reference += counts.reference;
        sum.summary += counts.summary;
    }
    return zub_rouge_score(sum, list->measure,
                           list->scorer->vocabulary.protocol,
                           list->scorer->beta);
}

static zub_score (*const several[])(const score_list *) = {
    [ZUB_SEVERAL_MEAN] = mean_of,
    [ZUB_SEVERAL_BEST] = best_of,
    [ZUB_SEVERAL_JACKKNIFE] = jackknife_of,
    [ZUB_SEVERAL_POOLED] = pooled_of,
};

#define SEVERALS (sizeof several / sizeof *several)

/* ---- Scoring ---- */

zub_status zub_scorer_refer(zub_scorer *scorer, const zub_slice *references,
                            size_t count, zub_error *error)
{
    size_t old = scorer->reference_capacity;
    zub_slice first = count ? references[0] : (zub_slice){0};
    zub_status status =
        zub_vocabulary_begin(&scorer->vocabulary, first, error);

    scorer->reference_count = 0;
    if (status != ZUB_OK)
        return status;
    if (!zub_grow(&scorer->references, &scorer->reference_capacity, count,
                  sizeof *scorer->references))
        return zub_fail_memory(error);
    if (scorer->reference_capacity > old)
        memset(scorer->references + old, 0,
               (scorer->reference_capacity - old) *
                   sizeof *scorer->references);
    for (size_t i = 0; i < count && status == ZUB_OK; i++) {
        zub_reading *reading = &scorer->references[scorer->reference_count];
        status = zub_reading_fill(reading, &scorer->vocabulary, references[i],
                                  &scorer->rules, error);
        scorer->reference_count += reading->units[ZUB_UNITS_1].count > 0;
    }
    if (!zub_grow(&scorer->counts, &scorer->count_capacity, count,
                  sizeof *scorer->counts))
        return zub_fail_memory(error);
    return status;
}

zub_status zub_scorer_compare(zub_scores *out, zub_scorer *scorer,
                              const zub_reading *summary, size_t left_out,
                              zub_error *error)
{
    score_list list = {.scorer = scorer,
                       .count = scorer->reference_count,
                       .left_out = left_out};
    size_t count = list.count - (left_out != ZUB_NOBODY);

    *out = (zub_scores){.words = summary->units[ZUB_UNITS_1].count,
                        .references = count};
    if (count == 0)
        return zub_fail(error, ZUB_ENOTFOUND,
                        "no reference to score against holds a word");
    for (size_t i = 0; i < list.count; i++)
        if (i != left_out &&
            zub_rouge_count(scorer->counts[i], &scorer->rouge,
                            &scorer->vocabulary, &scorer->references[i],
                            summary) != ZUB_OK)
            return zub_fail_memory(error);
    for (int m = 0; m < ZUB_ROUGE_MEASURES; m++) {
        list.measure = (zub_measure)m;
        out->of[m] = several[scorer->several](&list);
        out->has |= 1u << m;
    }
    return ZUB_OK;
}

zub_status zub_scorer_judge(zub_scores *out, zub_scorer *scorer,
                            zub_slice text, zub_error *error)
{
    zub_status status = zub_reading_fill(&scorer->summary, &scorer->vocabulary,
                                         text, &scorer->rules, error);

    *out = (zub_scores){0};
    if (status != ZUB_OK)
        return status;
    return zub_scorer_compare(out, scorer, &scorer->summary, ZUB_NOBODY,
                              error);
}

zub_status zub_scorer_score(zub_scores *out, zub_scorer *scorer,
                            zub_slice summary, const zub_slice *references,
                            size_t count, zub_error *error)
{
    zub_status status = zub_scorer_refer(scorer, references, count, error);

    *out = (zub_scores){0};
    if (status != ZUB_OK)
        return status;
    return zub_scorer_judge(out, scorer, summary, error);
}

/* ---- Life ---- */

static zub_status check(const zub_scorer_options *options, zub_error *error)
{
    const zub_protocol *protocol = zub_protocol_find(options->protocol);

    if (!protocol)
        return zub_fail(error, ZUB_EINVAL,
                        "no protocol '%s' (try zubda-norm "
                        "or rouge-1.5.5)",
                        options->protocol);
    if (options->several >= SEVERALS || !(options->beta >= 0))
        return zub_fail(error, ZUB_EINVAL,
                        "no such way to take several references, or a beta "
                        "below 0");
    if (options->stem && !protocol->is_155)
        return zub_fail(error, ZUB_EINVAL,
                        "protocol '%s' has no Porter stems "
                        "(try zubda-light, or rouge-1.5.5)",
                        protocol->name);
    return ZUB_OK;
}

static zub_status open_parts(zub_scorer *scorer, const zub_models *models,
                             const zub_scorer_options *options,
                             zub_error *error)
{
    zub_status status =
        zub_vocabulary_init(&scorer->vocabulary, models, options, error);

    if (status != ZUB_OK)
        return status;
    if (!scorer->vocabulary.protocol->is_155)
        status = zub_segmenter_new(&scorer->rules.segmenter, error);
    if (status != ZUB_OK)
        zub_vocabulary_release(&scorer->vocabulary);
    return status;
}

zub_status zub_scorer_new(zub_scorer **out, const zub_models *models,
                          const zub_scorer_options *options, zub_error *error)
{
    static const zub_scorer_options defaults;

    *out = NULL;
    options = options ? options : &defaults;
    zub_status status = check(options, error);
    if (status != ZUB_OK)
        return status;
    zub_scorer *scorer = zub_alloc_zero(1, sizeof *scorer);
    if (!scorer)
        return zub_fail_memory(error);
    status = open_parts(scorer, models, options, error);
    if (status != ZUB_OK) {
        zub_free(scorer);
        return status;
    }
    scorer->several = options->several;
    if (options->several == ZUB_SEVERAL_DEFAULT)
        scorer->several = scorer->vocabulary.protocol->several;
    scorer->beta = options->beta > 0 ? options->beta : 1;
    scorer->rules.limit_words = options->limit_words;
    scorer->rules.limit_bytes = options->limit_bytes;
    *out = scorer;
    return ZUB_OK;
}

void zub_scorer_free(zub_scorer *scorer)
{
    if (!scorer)
        return;
    zub_vocabulary_release(&scorer->vocabulary);
    zub_segmenter_free(scorer->rules.segmenter);
    zub_rouge_release(&scorer->rouge);
    for (size_t i = 0; i < scorer->reference_capacity; i++)
        zub_reading_release(&scorer->references[i]);
    zub_free(scorer->references);
    zub_reading_release(&scorer->summary);
    zub_free(scorer->counts);
    zub_free(scorer);
}
