/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* topic_rows.c - see topic_rows.h. Sums run in column order and rows in id order, so what
 * is made of them has the same bits whatever came first. */
#include "topics/topic_rows.h"

#include "base/error.h"
#include "base/mem.h"
#include "topics/words.h"
#include "vectors/weighting.h"

#define FEW_ARTICLES 20u   /* below: every word counts */
#define ARTICLES_A_DF 500u /* min_df grows by one for so many */
#define MIN_DF_LOW 2.0
#define MIN_DF_HIGH 5.0

/* ---- Order ---- */

/* Merges [low, middle) and [middle, high) of `from` into `to`. */
static void merge_halves(uint32_t *to, const uint32_t *from, size_t low,
                         size_t middle, size_t high, const zub_state *state)
{
    size_t a = low, b = middle;

    for (size_t i = low; i < high; i++) {
        bool takes_first =
            b == high ||
            (a < middle &&
             zub_state_compare_articles(state, from[a], state, from[b]) <= 0);
        to[i] = takes_first ? from[a++] : from[b++];
    }
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The articles by id, then by what was counted; `order` is [articles]. */
static zub_status order_articles(uint32_t *order, const zub_state *state)
{
    size_t count = (size_t)state->articles;
    uint32_t *other = zub_alloc(count, sizeof *other);
    uint32_t *from = order, *to = other;

    if (!other)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < count; i++)
        order[i] = (uint32_t)i;
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t low = 0; low < count; low += 2 * width)
            merge_halves(to, from, low, least(low + width, count),
                         least(low + 2 * width, count), state);
        uint32_t *swapped = from;
        from = to;
        to = swapped;
    }
    for (size_t i = 0; from != order && i < count; i++)
        order[i] = from[i];
    zub_free(other);
    return ZUB_OK;
}

/* ---- Columns ---- */

static double amount_of(zub_amount amount, double articles)
{
    return amount.is_share ? amount.value * articles : amount.value;
}

static double min_df_of(const zub_topics_options *options, double articles)
{
    if (options->min_df.value > 0)
        return amount_of(options->min_df, articles);
    if (articles < FEW_ARTICLES)
        return 1;
    double df = articles / ARTICLES_A_DF;
    return df < MIN_DF_LOW ? MIN_DF_LOW : df > MIN_DF_HIGH ? MIN_DF_HIGH : df;
}

static double max_df_of(const zub_topics_options *options, double articles)
{
    if (options->max_df.value > 0)
        return amount_of(options->max_df, articles);
    return articles < FEW_ARTICLES ? articles : articles / 2;
}

/* Which words have a column; returns how many. */
static size_t take_columns(zub_topic_rows *rows, double low, double high)
{
    const zub_state *state = rows->state;
    size_t count = 0;

    for (size_t t = 0; t < state->term_count; t++) {
        bool is_column = state->df[t] >= low && state->df[t] <= high &&
                         count < INT32_MAX &&
                         zub_is_subject_word(zub_state_surface(state, t));
        rows->columns[t] = is_column ? (uint32_t)count : ZUB_NO_COLUMN_OF;
        if (is_column)
            rows->terms[count++] = (uint32_t)t;
    }
    return count;
}

/* Where the articles are so alike that no word tells one from another, or so
 * short that none is in two, the limits that nobody asked for go. */
static size_t choose_columns(zub_topic_rows *rows,
                             const zub_topics_options *options)
{
    double articles = (double)rows->state->articles;
    double low = min_df_of(options, articles);
    double high = max_df_of(options, articles);
    size_t count = take_columns(rows, low, high);

    if (count == 0 && options->max_df.value == 0)
        count = take_columns(rows, low, high = articles);
    if (count == 0 && options->min_df.value == 0)
        count = take_columns(rows, 1, high);
    return count;
}

/* ---- Weights ---- */

static zub_status open_weighting(zub_weighting **out,
                                 const zub_topic_rows *rows, uint32_t *df,
                                 zub_error *error)
{
    size_t columns = (size_t)rows->matrix.columns;
    zub_collection collection = {.articles = rows->state->articles,
                                 .tokens = rows->state->tokens,
                                 .terms = columns,
                                 .df = df};

    for (size_t c = 0; c < columns; c++) {
        df[c] = rows->state->df[rows->terms[c]];
        collection.entries += df[c];
    }
    return zub_weighting_new(out, "tfidf", &collection, error);
}

static void fill_row(zub_topic_rows *rows, size_t row,
                     const zub_weighting *weighting, uint32_t *counts)
{
    const zub_count_rows *list = &rows->state->list.rows[0];
    size_t article = rows->articles[row];
    uint64_t from = article ? list->ends[article - 1] : 0;
    size_t start = (size_t)rows->matrix.starts[row], size = 0;
    int32_t *cols = rows->matrix.cols + start;

    for (uint64_t i = from; i < list->ends[article]; i++) {
        uint32_t column = rows->columns[list->cols[i]];
        if (column == ZUB_NO_COLUMN_OF)
            continue;
        cols[size] = (int32_t)column;
        counts[size++] = list->counts[i];
    }
    rows->matrix.starts[row + 1] = (int32_t)(start + size);
    zub_count_row counted = {cols, counts, size,
                             rows->state->list.lengths[article]};
    zub_weigh(rows->matrix.values + start, weighting, &counted);
}

/* Entries of all rows, and the most of one. */
static uint64_t count_entries(const zub_topic_rows *rows, size_t *longest)
{
    const zub_state *state = rows->state;
    const uint64_t *ends = state->list.rows[0].ends;
    uint64_t entries = 0;

    *longest = 0;
    for (size_t i = 0; i < state->articles; i++) {
        size_t size = (size_t)(ends[i] - (i ? ends[i - 1] : 0));
        *longest = size > *longest ? size : *longest;
    }
    for (int32_t c = 0; c < rows->matrix.columns; c++)
        entries += state->df[rows->terms[c]];
    return entries;
}

/* What filling takes for a while. */
typedef struct filling {
    uint32_t *df;     /* [columns] */
    uint32_t *counts; /* [entries of the longest row] */
    zub_weighting *weighting;
} filling;

static zub_status open_filling(filling *out, zub_topic_rows *rows,
                               size_t entries, size_t longest,
                               zub_error *error)
{
    out->df = zub_alloc((size_t)rows->matrix.columns, sizeof *out->df);
    out->counts = zub_alloc(longest, sizeof *out->counts);
    rows->matrix.cols = zub_alloc(entries, sizeof *rows->matrix.cols);
    rows->matrix.values = zub_alloc(entries, sizeof *rows->matrix.values);
    if (!out->df || !out->counts || !rows->matrix.cols || !rows->matrix.values)
        return zub_fail_memory(error);
    return open_weighting(&out->weighting, rows, out->df, error);
}

static zub_status fill(zub_topic_rows *rows, zub_error *error)
{
    size_t longest;
    uint64_t entries = count_entries(rows, &longest);
    filling with = {.df = NULL};

    if (entries >= INT32_MAX)
        return zub_fail(error, ZUB_ELIMIT,
                        "%llu weights are too many for topics (at most "
                        "2147483646: raise the least document frequency)",
                        (unsigned long long)entries);
    zub_status status =
        open_filling(&with, rows, (size_t)entries, longest, error);
    if (status == ZUB_OK) {
        for (size_t r = 0; r < (size_t)rows->matrix.rows; r++)
            fill_row(rows, r, with.weighting, with.counts);
        for (size_t c = 0; c < (size_t)rows->matrix.columns; c++)
            rows->idf[c] = (float)zub_weighting_idf(with.weighting, c);
    }
    zub_weighting_free(with.weighting);
    zub_free(with.df);
    zub_free(with.counts);
    return status;
}

/* ---- The whole ---- */

static zub_status check_state(const zub_state *state, zub_error *error)
{
    if (!state->has_articles || state->low != 1 || !state->list.ordinals)
        return zub_fail(error, ZUB_EINVAL,
                        "topics need the counts of the words of each article "
                        "in the order of the input");
    if (state->articles >= INT32_MAX)
        return zub_fail(error, ZUB_ELIMIT,
                        "%llu articles are too many for topics",
                        (unsigned long long)state->articles);
    return ZUB_OK;
}

zub_status zub_topic_rows_make(zub_topic_rows *out, const zub_state *state,
                               const zub_topics_options *options,
                               zub_error *error)
{
    *out = (zub_topic_rows){.state = state};
    zub_status status = check_state(state, error);
    if (status != ZUB_OK)
        return status;

    size_t articles = (size_t)state->articles, terms = state->term_count;
    out->articles = zub_alloc(articles, sizeof *out->articles);
    out->terms = zub_alloc(terms, sizeof *out->terms);
    out->columns = zub_alloc(terms, sizeof *out->columns);
    out->idf = zub_alloc(terms, sizeof *out->idf);
    out->matrix.rows = (int32_t)articles;
    out->matrix.starts = zub_alloc_zero(articles + 1, sizeof(int32_t));
    if (!out->articles || !out->terms || !out->columns || !out->idf ||
        !out->matrix.starts || order_articles(out->articles, state) != ZUB_OK)
        status = zub_fail_memory(error);
    if (status == ZUB_OK) {
        out->matrix.columns = (int32_t)choose_columns(out, options);
        status = fill(out, error);
    }
    if (status != ZUB_OK)
        zub_topic_rows_release(out);
    return status;
}

void zub_topic_rows_release(zub_topic_rows *rows)
{
    zub_csr_release(&rows->matrix);
    zub_free(rows->articles);
    zub_free(rows->terms);
    zub_free(rows->columns);
    zub_free(rows->idf);
    *rows = (zub_topic_rows){0};
}

zub_slice zub_topic_surface(const zub_topic_rows *rows, size_t column)
{
    return zub_state_surface(rows->state, rows->terms[column]);
}

zub_slice zub_topic_id(const zub_topic_rows *rows, size_t row)
{
    return zub_state_article_id(rows->state, rows->articles[row]);
}
