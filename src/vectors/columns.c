/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* columns.c - see columns.h. */
#include "vectors/columns.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/order.h"

#define MOST_COLUMNS ((size_t)INT32_MAX)

/* Bounds of df, as numbers of articles. */
typedef struct bounds {
    double least, most;
} bounds;

static double amount_of(zub_amount amount, double articles, double otherwise)
{
    if (amount.value <= 0)
        return otherwise;
    return amount.is_share ? amount.value * articles : amount.value;
}

static bounds bounds_of(const zub_matrix_options *options, double articles)
{
    return (bounds){amount_of(options->min_df, articles, 0),
                    amount_of(options->max_df, articles, INFINITY)};
}

static const uint32_t *df_of(const zub_state *state, unsigned order)
{
    return order == 1 ? state->df : state->ngrams[order - 1].df;
}

static const uint64_t *counts_of(const zub_state *state, unsigned order)
{
    return order == 1 ? state->counts : state->ngrams[order - 1].counts;
}

static size_t size_of(const zub_state *state, unsigned order)
{
    return order == 1 ? state->term_count : state->ngrams[order - 1].count;
}

/* ---- Numbering ---- */

typedef struct numbering {
    zub_columns *columns;
    bounds bounds;
    size_t next[ZUB_MOST_ORDER]; /* n-gram of each order that comes next */
    uint32_t path[ZUB_MOST_ORDER]; /* ids of the n-gram at hand */
} numbering;

static void number(numbering *at, unsigned order, uint32_t id)
{
    zub_columns *columns = at->columns;
    double df = df_of(columns->state, order)[id];
    uint32_t *column = &columns->of[order - 1][id];

    *column = ZUB_NO_COLUMN;
    if (order < columns->state->low || df < at->bounds.least ||
        df > at->bounds.most)
        return;
    columns->ids[columns->count] = id;
    columns->orders[columns->count] = (uint8_t)order;
    *column = (uint32_t)columns->count++;
}

/* The next n-gram of order + 1 that begins with the one at hand. */
static bool has_longer(const numbering *at, unsigned order)
{
    const zub_state *state = at->columns->state;

    if (order >= state->high)
        return false;
    const zub_ngrams *longer = &state->ngrams[order];
    return at->next[order] < longer->count &&
           longer->prefix[at->next[order]] == at->path[order - 1];
}

/* A term and all n-grams that begin with it. */
static void number_tree(numbering *at, uint32_t term)
{
    unsigned order = 1;

    at->path[0] = term;
    number(at, 1, term);
    while (order > 0) {
        if (!has_longer(at, order)) {
            order--;
            continue;
        }
        uint32_t id = (uint32_t)at->next[order]++;
        at->path[order++] = id;
        number(at, order, id);
    }
}

static zub_status take_arrays(zub_columns *columns)
{
    const zub_state *state = columns->state;
    size_t all = 0;

    for (unsigned order = 1; order <= state->high; order++) {
        size_t size = size_of(state, order);
        all += order >= state->low ? size : 0;
        columns->of[order - 1] = zub_alloc(size, sizeof *columns->of[0]);
        if (!columns->of[order - 1])
            return ZUB_ENOMEM;
    }
    columns->ids = zub_alloc(all, sizeof *columns->ids);
    columns->orders = zub_alloc(all, sizeof *columns->orders);
    return columns->ids && columns->orders ? ZUB_OK : ZUB_ENOMEM;
}

static zub_status number_all(zub_columns *columns,
                             const zub_matrix_options *options)
{
    numbering at = {columns, {0}, {0}, {0}};
    zub_status status = take_arrays(columns);

    if (status != ZUB_OK)
        return status;
    at.bounds = bounds_of(options, (double)columns->state->articles);
    for (size_t t = 0; t < columns->state->term_count; t++)
        number_tree(&at, (uint32_t)t);
    return ZUB_OK;
}

/* ---- The commonest ---- */

static uint64_t count_of(const zub_columns *columns, size_t column)
{
    return counts_of(columns->state,
                     columns->orders[column])[columns->ids[column]];
}

/* Keep the columns whose ids have a mark. */
static void keep_marked(zub_columns *columns, const bool *marked)
{
    size_t kept = 0;

    for (size_t c = 0; c < columns->count; c++) {
        uint32_t id = columns->ids[c];
        uint8_t order = columns->orders[c];
        uint32_t *column = &columns->of[order - 1][id];
        if (!marked[c]) {
            *column = ZUB_NO_COLUMN;
            continue;
        }
        columns->ids[kept] = id;
        columns->orders[kept] = order;
        *column = (uint32_t)kept++;
    }
    columns->count = kept;
}

static zub_status keep_commonest(zub_columns *columns, size_t most)
{
    size_t size = columns->count;

    if (most == 0 || size <= most)
        return ZUB_OK;
    zub_keyed *items = zub_alloc(size, sizeof *items);
    zub_keyed *scratch = zub_alloc(size, sizeof *scratch);
    bool *marked = zub_alloc_zero(size, sizeof *marked);
    zub_status status = items && scratch && marked ? ZUB_OK : ZUB_ENOMEM;
    for (size_t c = 0; status == ZUB_OK && c < size; c++)
        items[c] = (zub_keyed){~count_of(columns, c), (uint32_t)c};
    if (status == ZUB_OK)
        zub_order_keys(items, scratch, size);
    for (size_t i = 0; status == ZUB_OK && i < most; i++)
        marked[items[i].id] = true;
    if (status == ZUB_OK)
        keep_marked(columns, marked);
    zub_free(items);
    zub_free(scratch);
    zub_free(marked);
    return status;
}

/* ---- The whole ---- */

static zub_status copy_counts(zub_columns *columns)
{
    uint32_t *df = zub_alloc(columns->count, sizeof *df);
    uint64_t *cf = zub_alloc(columns->count, sizeof *cf);

    columns->df = df;
    columns->cf = cf;
    if (!df || !cf)
        return ZUB_ENOMEM;
    for (size_t c = 0; c < columns->count; c++) {
        df[c] = df_of(columns->state, columns->orders[c])[columns->ids[c]];
        cf[c] = count_of(columns, c);
    }
    return ZUB_OK;
}

static bool takes_all(const zub_state *state,
                      const zub_matrix_options *options)
{
    return state->high == 1 && options->min_df.value <= 0 &&
           options->max_df.value <= 0 &&
           (options->max_features == 0 ||
            options->max_features >= state->term_count);
}

static zub_status choose(zub_columns *columns,
                         const zub_matrix_options *options)
{
    const zub_state *state = columns->state;

    columns->is_identity = takes_all(state, options);
    if (columns->is_identity) {
        columns->count = state->term_count;
        columns->df = state->df;
        columns->cf = state->counts;
        return ZUB_OK;
    }
    zub_status status = number_all(columns, options);
    if (status == ZUB_OK)
        status = keep_commonest(columns, options->max_features);
    return status == ZUB_OK ? copy_counts(columns) : status;
}

zub_status zub_columns_choose(zub_columns *out, const zub_state *state,
                              const zub_matrix_options *options,
                              zub_error *error)
{
    *out = (zub_columns){.state = state};
    zub_status status = choose(out, options);
    if (status == ZUB_OK && out->count <= MOST_COLUMNS)
        return ZUB_OK;
    size_t count = out->count;
    zub_columns_release(out);
    if (status != ZUB_OK)
        return zub_fail_memory(error);
    return zub_fail(error, ZUB_ELIMIT,
                    "a matrix has 2147483647 columns at most, not %zu (drop "
                    "rare terms, as with --min-df 2)",
                    count);
}

void zub_columns_release(zub_columns *columns)
{
    for (unsigned i = 0; i < ZUB_MOST_ORDER; i++)
        zub_free(columns->of[i]);
    zub_free(columns->ids);
    zub_free(columns->orders);
    if (!columns->is_identity) {
        zub_free((void *)(uintptr_t)columns->df);
        zub_free((void *)(uintptr_t)columns->cf);
    }
    *columns = (zub_columns){0};
}

unsigned zub_column_words(const zub_columns *columns, size_t column,
                          uint32_t words[ZUB_MOST_ORDER])
{
    unsigned order = columns->is_identity ? 1 : columns->orders[column];
    uint32_t id = columns->is_identity ? (uint32_t)column
                                       : columns->ids[column];

    for (unsigned n = order; n > 1; n--) {
        const zub_ngrams *ngrams = &columns->state->ngrams[n - 1];
        words[n - 1] = ngrams->last[id];
        id = ngrams->prefix[id];
    }
    words[0] = id;
    return order;
}

/* ---- Another state's terms ---- */

static int compare(zub_slice a, zub_slice b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    int order = size ? memcmp(a.data, b.data, size) : 0;

    return order ? order : (a.size > b.size) - (a.size < b.size);
}

/* same[t]: the term of `to` that term t of `from` is, or none; both ascend. */
static void join_terms(uint32_t *same, const zub_state *from,
                       const zub_state *to)
{
    size_t at = 0;

    for (size_t t = 0; t < from->term_count; t++) {
        zub_slice term = zub_state_term_bytes(from, t);
        int order = -1;
        while (at < to->term_count &&
               (order = compare(zub_state_term_bytes(to, at), term)) < 0)
            at++;
        same[t] = at < to->term_count && order == 0 ? (uint32_t)at
                                                    : ZUB_NO_COLUMN;
    }
}

static uint64_t pair_key(uint32_t prefix, uint32_t last)
{
    return (uint64_t)prefix << 32 | last;
}

/* The same for n-grams, whose parts have been joined. */
static void join_ngrams(uint32_t *same, const zub_ngrams *from,
                        const zub_ngrams *to, const uint32_t *prefixes,
                        const uint32_t *terms)
{
    size_t at = 0;

    for (size_t i = 0; i < from->count; i++) {
        uint32_t prefix = prefixes[from->prefix[i]];
        uint32_t last = terms[from->last[i]];
        uint64_t key = pair_key(prefix, last);
        same[i] = ZUB_NO_COLUMN;
        if (prefix == ZUB_NO_COLUMN || last == ZUB_NO_COLUMN)
            continue;
        while (at < to->count && pair_key(to->prefix[at], to->last[at]) < key)
            at++;
        if (at < to->count && pair_key(to->prefix[at], to->last[at]) == key)
            same[i] = (uint32_t)at;
    }
}

zub_status zub_columns_join(uint32_t *map[ZUB_MOST_ORDER],
                            const zub_columns *columns,
                            const zub_state *state)
{
    const zub_state *to = columns->state;

    memset(map, 0, ZUB_MOST_ORDER * sizeof *map);
    for (unsigned order = 1; order <= state->high; order++) {
        map[order - 1] = zub_alloc(size_of(state, order), sizeof **map);
        if (!map[order - 1])
            return ZUB_ENOMEM;
        if (order == 1)
            join_terms(map[0], state, to);
        else
            join_ngrams(map[order - 1], &state->ngrams[order - 1],
                        &to->ngrams[order - 1], map[order - 2], map[0]);
    }
    for (unsigned order = 1; order <= state->high; order++)
        for (size_t i = 0; i < size_of(state, order); i++)
            if (map[order - 1][i] != ZUB_NO_COLUMN)
                map[order - 1][i] =
                    zub_column_of(columns, order, map[order - 1][i]);
    return ZUB_OK;
}
