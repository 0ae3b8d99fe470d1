/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* rouge.c - see rouge.h. Where the paper is silent it does what
 * ROUGE-1.5.5 does, found out from its output: the words of the reference
 * that are marked by any sentence of the summary are hits as long as the
 * summary still has such a word, and a run of W goes on over a hit too many. */
#include "eval/rouge.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

void zub_rouge_release(zub_rouge *rouge)
{
    zub_lcs_release(&rouge->lcs);
    zub_free(rouge->left);
    zub_free(rouge->mask);
    *rouge = (zub_rouge){0};
}

/* ---- Units in common ---- */

static bool widen(zub_rouge *rouge, const zub_vocabulary *vocabulary,
                  size_t mask)
{
    size_t old = rouge->left_capacity, need = vocabulary->words.count;

    for (size_t n = 0; n < 3; n++)
        if (vocabulary->runs[n].count > need)
            need = vocabulary->runs[n].count;
    if (!zub_grow(&rouge->left, &rouge->left_capacity, need,
                  sizeof *rouge->left) ||
        !zub_grow(&rouge->mask, &rouge->mask_capacity, mask,
                  sizeof *rouge->mask))
        return false;
    if (rouge->left_capacity > old)
        memset(rouge->left + old, 0,
               (rouge->left_capacity - old) * sizeof *rouge->left);
    return true;
}

/* Units of both, each as often as in the text that has it less often. */
static size_t count_common(uint32_t *left, const uint32_t *a, size_t a_count,
                           const uint32_t *b, size_t b_count)
{
    size_t hits = 0;

    for (size_t i = 0; i < a_count; i++)
        left[a[i]]++;
    for (size_t i = 0; i < b_count; i++)
        if (left[b[i]] > 0) {
            left[b[i]]--;
            hits++;
        }
    for (size_t i = 0; i < a_count; i++)
        left[a[i]] = 0;
    return hits;
}

/* `short_by`: units at the end that do not count. */
static zub_counts count_units(zub_rouge *rouge, const zub_reading *reference,
                              const zub_reading *summary, zub_unit_kind kind,
                              size_t short_by)
{
    const struct zub_unit_list *a = &reference->units[kind];
    const struct zub_unit_list *b = &summary->units[kind];
    size_t a_count = a->count > short_by ? a->count - short_by : 0;
    size_t b_count = b->count > short_by ? b->count - short_by : 0;

    return (zub_counts){
        (double)count_common(rouge->left, a->ids, a_count, b->ids, b_count),
        (double)a_count, (double)b_count};
}

static zub_counts sum(zub_counts a, zub_counts b)
{
    return (zub_counts){a.hits + b.hits, a.reference + b.reference,
                        a.summary + b.summary};
}

/* ---- Subsequences ---- */

static zub_words_run words_of(const zub_reading *reading)
{
    return (zub_words_run){reading->units[ZUB_UNITS_1].ids,
                           reading->units[ZUB_UNITS_1].count};
}

static zub_words_run sentence_of(const zub_reading *reading, size_t s)
{
    size_t start = s ? reading->ends[s - 1] : 0;

    return (zub_words_run){reading->units[ZUB_UNITS_1].ids + start,
                           reading->ends[s] - start};
}

static zub_status count_sequence(zub_counts *out, zub_rouge *rouge,
                                 const zub_vocabulary *vocabulary,
                                 const zub_reading *reference,
                                 const zub_reading *summary)
{
    zub_words_run a = words_of(reference), b = words_of(summary);
    size_t length;
    zub_status status =
        zub_lcs_length(&rouge->lcs, &length, a, b, vocabulary->words.count);

    *out = (zub_counts){(double)length, (double)a.size, (double)b.size};
    return status;
}

/* The words of one sentence of the reference that any of the summary has. */
static zub_status mark_union(zub_rouge *rouge,
                             const zub_vocabulary *vocabulary, zub_words_run a,
                             const zub_reading *summary, bool is_weighted)
{
    zub_status status = ZUB_OK;

    memset(rouge->mask, 0, a.size * sizeof *rouge->mask);
    for (size_t s = 0; s < summary->sentence_count && status == ZUB_OK; s++) {
        zub_words_run b = sentence_of(summary, s);
        status = is_weighted
                     ? zub_lcs_mark_weighted(&rouge->lcs, rouge->mask, a, b)
                     : zub_lcs_mark(&rouge->lcs, rouge->mask, a, b,
                                    vocabulary->words.count);
    }
    return status;
}

/* Marked words that the summary still has, and the weight of their runs. */
static void take_hits(zub_rouge *rouge, zub_words_run a, double *hits,
                      double *weight)
{
    size_t run = 0;

    for (size_t i = 0; i < a.size; i++) {
        if (!rouge->mask[i] || rouge->left[a.ids[i]] == 0)
            continue;
        rouge->left[a.ids[i]]--;
        *hits += 1;
        run++;
        if (i + 1 < a.size && rouge->mask[i + 1])
            continue;
        *weight += zub_lcs_weight((double)run);
        run = 0;
    }
}

static zub_status take_union(zub_rouge *rouge,
                             const zub_vocabulary *vocabulary,
                             const zub_reading *reference,
                             const zub_reading *summary, bool is_weighted,
                             double *hits, double *weight)
{
    zub_words_run b = words_of(summary);
    zub_status status = ZUB_OK;

    *hits = *weight = 0;
    for (size_t i = 0; i < b.size; i++)
        rouge->left[b.ids[i]]++;
    for (size_t s = 0; s < reference->sentence_count; s++) {
        zub_words_run a = sentence_of(reference, s);
        status = mark_union(rouge, vocabulary, a, summary, is_weighted);
        if (status != ZUB_OK)
            break;
        take_hits(rouge, a, hits, weight);
    }
    for (size_t i = 0; i < b.size; i++)
        rouge->left[b.ids[i]] = 0;
    return status;
}

static double weight_of_sentences(const zub_reading *reading)
{
    double weight = 0;

    for (size_t s = 0; s < reading->sentence_count; s++)
        weight += zub_lcs_weight((double)sentence_of(reading, s).size);
    return weight;
}

static zub_counts count_weighted(double weight, const zub_reading *reference,
                                 const zub_reading *summary, bool is_155)
{
    double a = weight_of_sentences(reference);

    if (!is_155)
        return (zub_counts){weight, a, weight_of_sentences(summary)};
    return (zub_counts){weight, zub_lcs_weight(a),
                        zub_lcs_weight((double)words_of(summary).size)};
}

static zub_status count_unions(zub_counts *counts, zub_rouge *rouge,
                               const zub_vocabulary *vocabulary,
                               const zub_reading *reference,
                               const zub_reading *summary)
{
    double hits, weight;
    zub_counts *lsum = &counts[ZUB_MEASURE_ROUGE_LSUM];
    zub_status status = take_union(rouge, vocabulary, reference, summary,
                                   false, &hits, &weight);

    *lsum = (zub_counts){hits, (double)words_of(reference).size,
                         (double)words_of(summary).size};
    if (status == ZUB_OK)
        status = take_union(rouge, vocabulary, reference, summary, true, &hits,
                            &weight);
    counts[ZUB_MEASURE_ROUGE_W] = count_weighted(weight, reference, summary,
                                                 vocabulary->protocol->is_155);
    return status;
}

/* ---- */

zub_status zub_rouge_count(zub_counts counts[ZUB_ROUGE_MEASURES],
                           zub_rouge *rouge, const zub_vocabulary *vocabulary,
                           const zub_reading *reference,
                           const zub_reading *summary)
{
    zub_counts skips;

    if (!widen(rouge, vocabulary, reference->units[ZUB_UNITS_1].count))
        return ZUB_ENOMEM;
    for (int n = 0; n < 4; n++)
        counts[ZUB_MEASURE_ROUGE_1 + n] = count_units(
            rouge, reference, summary, (zub_unit_kind)(ZUB_UNITS_1 + n), 0);
    skips = count_units(rouge, reference, summary, ZUB_UNITS_SKIP, 0);
    counts[ZUB_MEASURE_ROUGE_S4] = skips;
    counts[ZUB_MEASURE_ROUGE_SU4] =
        sum(skips, count_units(rouge, reference, summary, ZUB_UNITS_1,
                               vocabulary->protocol->is_155));
    zub_status status = count_sequence(&counts[ZUB_MEASURE_ROUGE_L], rouge,
                                       vocabulary, reference, summary);
    if (status == ZUB_OK)
        status = count_unions(counts, rouge, vocabulary, reference, summary);
    return status;
}

static double share(double part, double whole, bool is_weighted)
{
    double value = whole > 0 ? part / whole : 0;

    return is_weighted ? zub_lcs_unweight(value) : value;
}

static double five_places(double value)
{
    return round(value * 1e5) / 1e5;
}

zub_score zub_rouge_score(zub_counts counts, zub_measure measure,
                          const zub_protocol *protocol, double beta)
{
    bool is_weighted = measure == ZUB_MEASURE_ROUGE_W;
    zub_score score = {share(counts.hits, counts.summary, is_weighted),
                       share(counts.hits, counts.reference, is_weighted), 0};
    double square = beta * beta;

    if (protocol->is_155) {
        score.p = five_places(score.p);
        score.r = five_places(score.r);
    }
    double below = score.r + square * score.p;
    if (below > 0)
        score.f = (1 + square) * score.p * score.r / below;
    if (protocol->is_155)
        score.f = five_places(score.f);
    return score;
}
