/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* comparison.c - the words of two states side by side, judged and sorted. Both
 * have their terms in byte order, so one walk finds what they share. A row is
 * kept as the number of its pair of terms. */
#include "stats/comparison.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/heap.h"
#include "base/mem.h"
#include "base/order.h"
#include "terms/fingerprint.h"

#define MOST_MEASURES 64u
#define LEAST_COUNT 5u

struct zub_comparison {
    const zub_state *target, *reference; /* of a background NULL */
    zub_stretches stretches;             /* of a background */
    zub_comparison_options asked;        /* with its defaults */
    const zub_keyness *columns[MOST_MEASURES], *sort;
    size_t column_count;
    zub_word_pair *judged; /* [judged_count], in byte order */
    size_t judged_count, judged_capacity;
    double *adjusted; /* [judged_count]: q */
    uint32_t *rows;   /* [row_count], into judged */
    size_t row_count;
    double *dpnorm; /* [row_count], or NULL */
    uint64_t overlap;
    double values[MOST_MEASURES], df_values[MOST_MEASURES];
};

/* ---- Counts of a word ---- */

static double count_of(const zub_state *state, uint32_t term)
{
    return state && term != ZUB_NO_WORD ? (double)state->counts[term] : 0;
}

static double df_of(const zub_state *state, uint32_t term)
{
    return state && term != ZUB_NO_WORD ? (double)state->df[term] : 0;
}

static zub_contrast tokens_of(const zub_comparison *c, zub_word_pair word)
{
    const zub_state *reference = c->reference;

    return (zub_contrast){
        count_of(c->target, word.target), count_of(reference, word.reference),
        (double)c->target->tokens, reference ? (double)reference->tokens : 0};
}

static zub_contrast documents_of(const zub_comparison *c, zub_word_pair word)
{
    const zub_state *reference = c->reference;

    if (!reference)
        return (zub_contrast){c->stretches.with[word.target],
                              c->stretches.listed[word.target],
                              c->stretches.total, c->stretches.documents};
    return (zub_contrast){
        df_of(c->target, word.target), df_of(reference, word.reference),
        (double)c->target->articles, (double)reference->articles};
}

/* What decides: tokens, but the background has none. */
static zub_contrast judged_of(const zub_comparison *c, zub_word_pair word)
{
    return c->reference ? tokens_of(c, word) : documents_of(c, word);
}

static zub_side side_of(const zub_contrast *counts)
{
    double here = counts->a * counts->n2, there = counts->b * counts->n1;

    if (!(here > there) && !(here < there))
        return ZUB_SIDE_BOTH;
    return here > there ? ZUB_SIDE_TARGET : ZUB_SIDE_REFERENCE;
}

/* ---- Words that are judged ---- */

static bool is_seen(const zub_comparison *c, zub_word_pair word)
{
    zub_contrast tokens = tokens_of(c, word);
    double df = fmax(df_of(c->target, word.target),
                     df_of(c->reference, word.reference));

    return tokens.a + tokens.b >= (double)c->asked.min_count &&
           df >= (double)c->asked.min_df;
}

static bool judge(zub_comparison *c, zub_word_pair word)
{
    if (!is_seen(c, word))
        return true;
    if (!zub_grow(&c->judged, &c->judged_capacity, c->judged_count + 1,
                  sizeof *c->judged))
        return false;
    c->judged[c->judged_count++] = word;
    return true;
}

/* Which of two terms comes first; one that is not there is the last. */
static int compare(const zub_state *a, size_t i, const zub_state *b, size_t j)
{
    size_t left = a->term_count - i, right = b ? b->term_count - j : 0;

    if (left == 0 || right == 0)
        return left > 0 ? -1 : 1;
    zub_slice one = zub_state_term_bytes(a, i);
    zub_slice two = zub_state_term_bytes(b, j);
    size_t size = one.size < two.size ? one.size : two.size;
    int order = memcmp(one.data, two.data, size);
    return order ? order : (one.size > two.size) - (one.size < two.size);
}

static zub_status judge_all(zub_comparison *c)
{
    const zub_state *a = c->target, *b = c->reference;
    size_t i = 0, j = 0, end = b ? b->term_count : 0;

    while (i < a->term_count || j < end) {
        int order = compare(a, i, b, j);
        zub_word_pair word = {order <= 0 ? (uint32_t)i++ : ZUB_NO_WORD,
                              order >= 0 ? (uint32_t)j++ : ZUB_NO_WORD};
        if (!judge(c, word))
            return ZUB_ENOMEM;
    }
    if (c->judged_count > UINT32_MAX)
        return ZUB_ELIMIT;
    if (!(c->asked.keyness.family > 0))
        c->asked.keyness.family = (double)c->judged_count;
    return ZUB_OK;
}

static zub_status adjust_all(zub_comparison *c)
{
    c->adjusted = zub_alloc(c->judged_count, sizeof *c->adjusted);
    if (!c->adjusted)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < c->judged_count; i++) {
        zub_contrast counts = judged_of(c, c->judged[i]);
        c->adjusted[i] = zub_keyness_p(&counts);
    }
    return zub_adjust(c->adjusted, c->judged_count, c->judged_count,
                      ZUB_ADJUST_BH);
}

/* ---- Rows ---- */

static bool is_shown(const zub_comparison *c, const zub_contrast *counts)
{
    return c->asked.side == ZUB_SIDE_BOTH || c->asked.side == side_of(counts);
}

/* What is below even for words of the reference sorts the other way for them.
 * bic alone has no sides: more is stronger for both. */
static double score_of(const zub_comparison *c, const zub_contrast *counts)
{
    double value = c->sort->of(counts, &c->asked.keyness);
    bool is_turned = c->asked.side == ZUB_SIDE_REFERENCE &&
                     strcmp(c->sort->is.name, "bic") != 0;

    return is_turned ? -value : value;
}

static void score_all(const zub_comparison *c, zub_heap *heap)
{
    for (size_t i = 0; i < c->judged_count; i++) {
        zub_contrast counts = judged_of(c, c->judged[i]);
        if (is_shown(c, &counts))
            zub_heap_add(heap, score_of(c, &counts), (uint32_t)i);
    }
}

static zub_status keep_rows(zub_comparison *c, zub_heap *heap)
{
    const zub_scored *best = zub_heap_sort(heap);

    c->row_count = heap->size;
    c->rows = zub_alloc(heap->size, sizeof *c->rows);
    for (size_t i = 0; c->rows && i < heap->size; i++)
        c->rows[i] = best[i].id;
    return c->rows ? ZUB_OK : ZUB_ENOMEM;
}

static zub_status choose_rows(zub_comparison *c)
{
    uint64_t limit = c->asked.limit;
    size_t most =
        limit > 0 && limit < c->judged_count ? (size_t)limit : c->judged_count;
    zub_heap heap;
    zub_status status = zub_heap_init(&heap, most) ? ZUB_OK : ZUB_ENOMEM;

    if (status == ZUB_OK && most > 0)
        score_all(c, &heap);
    if (status == ZUB_OK)
        status = keep_rows(c, &heap);
    zub_heap_release(&heap);
    return status;
}

static zub_status spread_rows(zub_comparison *c)
{
    const zub_state *target = c->target;

    if (!target->has_articles || target->low > 1 || target->articles < 2)
        return ZUB_OK;
    uint32_t *terms = zub_alloc(c->row_count, sizeof *terms);
    c->dpnorm = zub_alloc(c->row_count, sizeof *c->dpnorm);
    zub_status status = terms && c->dpnorm ? ZUB_OK : ZUB_ENOMEM;
    for (size_t i = 0; status == ZUB_OK && i < c->row_count; i++)
        terms[i] = c->judged[c->rows[i]].target;
    if (status == ZUB_OK)
        status = zub_spread_measure(c->dpnorm, target, terms, c->row_count);
    zub_free(terms);
    return status;
}

/* ---- Articles of both ---- */

/* The ids of a state in byte order; NULL without memory. */
static zub_slice *ordered_ids(const zub_state *state)
{
    size_t size = (size_t)state->articles;
    zub_slice *ids = zub_alloc(size, sizeof *ids);
    zub_slice *sorted = zub_alloc(size, sizeof *sorted);
    uint32_t *order = zub_alloc(size, sizeof *order);
    bool is_done = ids && sorted && order;

    for (size_t i = 0; is_done && i < size; i++)
        ids[i] = zub_state_article_id(state, i);
    is_done = is_done && zub_order_names(order, ids, size) == ZUB_OK;
    for (size_t i = 0; is_done && i < size; i++)
        sorted[i] = ids[order[i]];
    zub_free(order);
    zub_free(ids);
    if (!is_done)
        zub_free(sorted);
    return is_done ? sorted : NULL;
}

static int compare_ids(zub_slice a, zub_slice b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    int order = size ? memcmp(a.data, b.data, size) : 0;

    return order ? order : (a.size > b.size) - (a.size < b.size);
}

static zub_status count_overlap(zub_comparison *c)
{
    const zub_state *a = c->target, *b = c->reference;

    if (!b || !a->has_articles || !b->has_articles)
        return ZUB_OK;
    zub_slice *here = ordered_ids(a), *there = ordered_ids(b);
    bool is_done = here && there;
    for (size_t i = 0, j = 0; is_done && i < a->articles && j < b->articles;) {
        int order = compare_ids(here[i], there[j]);
        c->overlap += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    zub_free(here);
    zub_free(there);
    return is_done ? ZUB_OK : ZUB_ENOMEM;
}

/* ---- What was asked ---- */

static zub_status find_measure(const zub_keyness **out, const char *name,
                               zub_error *error)
{
    *out = zub_keyness_find(name);
    return *out ? ZUB_OK
                : zub_fail(error, ZUB_EINVAL, "no measure '%.100s' of keyness",
                           name);
}

static zub_status take_options(zub_comparison *c,
                               const zub_comparison_options *options,
                               zub_error *error)
{
    zub_status status = ZUB_OK;

    c->asked = options ? *options : (zub_comparison_options){0};
    if (c->asked.measure_count > MOST_MEASURES)
        return zub_fail(error, ZUB_EINVAL, "more than %u measures",
                        MOST_MEASURES);
    if (c->asked.min_count == 0)
        c->asked.min_count = LEAST_COUNT;
    c->columns[0] = zub_keyness_find(NULL);
    c->column_count = c->asked.measure_count ? c->asked.measure_count : 1;
    for (size_t i = 0; status == ZUB_OK && i < c->asked.measure_count; i++)
        status = find_measure(&c->columns[i], c->asked.measures[i], error);
    c->sort = c->columns[0];
    if (status == ZUB_OK && c->asked.sort)
        status = find_measure(&c->sort, c->asked.sort, error);
    c->asked.measures = NULL; /* the caller's */
    c->asked.sort = NULL;
    return status;
}

static zub_status compare_all(zub_comparison *c, zub_error *error)
{
    zub_status status = judge_all(c);

    if (status == ZUB_OK)
        status = adjust_all(c);
    if (status == ZUB_OK)
        status = choose_rows(c);
    if (status == ZUB_OK)
        status = spread_rows(c);
    if (status == ZUB_OK)
        status = count_overlap(c);
    return status == ZUB_OK
               ? ZUB_OK
               : zub_fail(error, status, "%s", zub_status_text(status));
}

static zub_status begin(zub_comparison **out, const zub_state *target,
                        const zub_comparison_options *options,
                        zub_error *error)
{
    zub_comparison *c = zub_alloc_zero(1, sizeof *c);

    *out = NULL;
    zub_error_clear(error);
    if (!c)
        return zub_fail_memory(error);
    c->target = target;
    zub_status status = take_options(c, options, error);
    if (status == ZUB_OK)
        *out = c;
    else
        zub_comparison_free(c);
    return status;
}

/* Hands it over, or takes it away. */
static zub_status end(zub_comparison **out, zub_status status)
{
    if (status == ZUB_OK)
        return ZUB_OK;
    zub_comparison_free(*out);
    *out = NULL;
    return status;
}

zub_status zub_comparison_new(zub_comparison **out, const zub_state *target,
                              const zub_state *reference,
                              const zub_comparison_options *options,
                              zub_error *error)
{
    zub_status status = begin(out, target, options, error);

    if (!*out)
        return status;
    (*out)->reference = reference;
    status = zub_fingerprint_match(target->fingerprint, reference->fingerprint,
                                   error);
    if (status == ZUB_OK)
        status = compare_all(*out, error);
    return end(out, status);
}

zub_status zub_comparison_new_background(
    zub_comparison **out, const zub_state *target, const zub_models *models,
    const char *lang, const zub_comparison_options *options, zub_error *error)
{
    zub_status status = begin(out, target, options, error);

    if (!*out)
        return status;
    status =
        zub_stretches_open(&(*out)->stretches, target, models, lang, error);
    if (status == ZUB_OK)
        status = compare_all(*out, error);
    return end(out, status);
}

void zub_comparison_free(zub_comparison *comparison)
{
    if (!comparison)
        return;
    zub_stretches_release(&comparison->stretches);
    zub_free(comparison->judged);
    zub_free(comparison->adjusted);
    zub_free(comparison->rows);
    zub_free(comparison->dpnorm);
    zub_free(comparison);
}

/* ---- What there is ---- */

zub_comparison_facts zub_comparison_about(const zub_comparison *c)
{
    zub_word_pair none = {ZUB_NO_WORD, ZUB_NO_WORD};
    zub_comparison_facts facts = {.judged = c->judged_count,
                                  .rows = c->row_count,
                                  .overlap = c->overlap,
                                  .is_background = !c->reference,
                                  .has_dispersion = c->dpnorm != NULL};

    zub_contrast tokens = tokens_of(c, none);
    facts.tokens[0] = tokens.n1;
    facts.tokens[1] = tokens.n2;
    facts.documents[0] =
        c->reference ? (double)c->target->articles : c->stretches.total;
    facts.documents[1] =
        c->reference ? (double)c->reference->articles : c->stretches.documents;
    facts.listed = c->stretches.listed_tokens;
    memcpy(facts.lang, c->stretches.lang, sizeof facts.lang);
    return facts;
}

static double per_million(double count, double total)
{
    return total > 0 ? count / total * 1e6 : 0;
}

static void fill_words(zub_compared *row, const zub_comparison *c,
                       zub_word_pair word)
{
    bool is_target = word.target != ZUB_NO_WORD;
    const zub_state *state = is_target ? c->target : c->reference;
    uint32_t term = is_target ? word.target : word.reference;

    row->term = zub_state_term_bytes(state, term);
    row->surface = zub_state_surface(state, term);
}

static void fill_values(zub_compared *row, zub_comparison *c)
{
    const zub_keyness_options *options = &c->asked.keyness;

    for (size_t m = 0; m < c->column_count; m++) {
        c->values[m] = c->columns[m]->of(&row->tokens, options);
        c->df_values[m] = c->columns[m]->of(&row->documents, options);
    }
    row->values = c->reference ? c->values : NULL;
    row->df_values = c->df_values;
}

zub_compared zub_comparison_at(zub_comparison *comparison, size_t i)
{
    zub_comparison *c = comparison;
    zub_word_pair word = c->judged[c->rows[i]];
    zub_contrast counts = judged_of(c, word);
    zub_compared row = {.tokens = tokens_of(c, word),
                        .documents = documents_of(c, word),
                        .side = side_of(&counts),
                        .p = zub_keyness_p(&counts),
                        .q = c->adjusted[c->rows[i]],
                        .dpnorm = c->dpnorm ? c->dpnorm[i] : 0};

    row.per_million[0] = per_million(row.tokens.a, row.tokens.n1);
    row.per_million[1] = per_million(row.tokens.b, row.tokens.n2);
    zub_log_ratio_interval(&row.low, &row.high, &counts, &c->asked.keyness);
    fill_words(&row, c, word);
    fill_values(&row, c);
    return row;
}
