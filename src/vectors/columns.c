/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* columns.c - see columns.h. */
#include "vectors/columns.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/slice.h"
#include "base/spool.h"

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

/* ---- Walking ---- */

/* A term or n-gram that is frequent enough. */
typedef struct visit {
    unsigned order;
    uint32_t id, df;
    uint64_t count;
} visited;

typedef void seer(void *context, const visited *visit, bool is_in);

/* Goes through terms and n-grams like through a tree, in byte order. */
typedef struct walk {
    const zub_state *state;
    bounds bounds;
    size_t next[ZUB_MOST_ORDER];   /* n-gram of each order that comes next */
    uint32_t path[ZUB_MOST_ORDER]; /* ids of the one at hand */
    zub_window windows[ZUB_MOST_ORDER][3]; /* on prefix, df and counts */
    seer *see;
    void *context;
} walk;

static void pass_windows(walk *at, unsigned order, uint32_t id)
{
    zub_window *windows = at->windows[order - 1];

    if (order > 1)
        zub_window_pass(&windows[0], at->state->ngrams[order - 1].prefix + id);
    zub_window_pass(&windows[1], df_of(at->state, order) + id);
    zub_window_pass(&windows[2], counts_of(at->state, order) + id);
}

static void see(walk *at, unsigned order, uint32_t id)
{
    visited here = {order, id, df_of(at->state, order)[id],
                    counts_of(at->state, order)[id]};
    bool is_in = order >= at->state->low && here.df >= at->bounds.least &&
                 here.df <= at->bounds.most;

    at->see(at->context, &here, is_in);
    pass_windows(at, order, id);
}

/* Whether an n-gram of order + 1 begins with the one at hand. */
static bool has_longer(const walk *at, unsigned order)
{
    if (order >= at->state->high)
        return false;
    const zub_ngrams *longer = &at->state->ngrams[order];
    return at->next[order] < longer->count &&
           longer->prefix[at->next[order]] == at->path[order - 1];
}

/* A term and all n-grams that begin with it. */
static void walk_tree(walk *at, uint32_t term)
{
    unsigned order = 1;

    at->path[0] = term;
    see(at, 1, term);
    while (order > 0) {
        if (!has_longer(at, order)) {
            order--;
            continue;
        }
        uint32_t id = (uint32_t)at->next[order]++;
        at->path[order++] = id;
        see(at, order, id);
    }
}

static void walk_all(const zub_state *state, const zub_matrix_options *options,
                     seer *saw, void *context)
{
    walk at = {.state = state,
               .bounds = bounds_of(options, (double)state->articles),
               .see = saw,
               .context = context};

    for (unsigned n = 1; n <= state->high; n++) {
        const zub_ngrams *ngrams = &state->ngrams[n - 1];
        bool is_mapped = state->is_mapped;
        at.windows[n - 1][0] = zub_window_at(ngrams->prefix, is_mapped);
        at.windows[n - 1][1] = zub_window_at(df_of(state, n), is_mapped);
        at.windows[n - 1][2] = zub_window_at(counts_of(state, n), is_mapped);
    }
    for (size_t t = 0; t < state->term_count; t++)
        walk_tree(&at, (uint32_t)t);
}

/* ---- The commonest ---- */

/* What a count must reach, and how many of those that just reach it may stay:
 * found 16 bits at a time, so that nothing but a histogram is held. */
typedef struct cut {
    uint64_t least, ties;
    unsigned shift; /* of the bits at hand; above them all is decided */
    uint64_t rest;  /* how many columns these bits must still yield */
    uint64_t histogram[1 << 16];
} count_cut;

static void count_bits(void *context, const visited *visit, bool is_in)
{
    count_cut *cut = context;
    unsigned above = cut->shift + 16;

    if (is_in && (above > 63 || visit->count >> above == cut->least >> above))
        cut->histogram[visit->count >> cut->shift & 0xFFFF]++;
}

static void decide_bits(count_cut *cut)
{
    uint64_t bits = 0xFFFF;

    while (bits > 0 && cut->histogram[bits] < cut->rest)
        cut->rest -= cut->histogram[bits--];
    cut->least |= bits << cut->shift;
}

/* The `most` commonest of all. */
static void find_cut(count_cut *cut, const zub_state *state,
                     const zub_matrix_options *options)
{
    cut->rest = options->max_features;
    for (int shift = 48; shift >= 0; shift -= 16) {
        cut->shift = (unsigned)shift;
        memset(cut->histogram, 0, sizeof cut->histogram);
        walk_all(state, options, count_bits, cut);
        decide_bits(cut);
    }
    cut->ties = cut->rest;
}

/* ---- Numbering ---- */

enum { IDS, ORDERS, DF, CF, OF, SPOOLS = OF + ZUB_MOST_ORDER };

typedef struct numbering {
    zub_columns *columns;
    count_cut *cut; /* NULL: all of them */
    zub_spooler spooler;
    zub_spool spools[SPOOLS];
} numbering;

static bool reaches(count_cut *cut, uint64_t count)
{
    if (!cut || count > cut->least)
        return true;
    if (count < cut->least || cut->ties == 0)
        return false;
    cut->ties--;
    return true;
}

static void number(void *context, const visited *visit, bool is_in)
{
    numbering *at = context;
    zub_spool *spools = at->spools;
    char order = (char)visit->order;
    bool has_column = is_in && reaches(at->cut, visit->count);

    zub_spool_add_u32(&spools[OF + visit->order - 1],
                      has_column ? (uint32_t)at->columns->count
                                 : ZUB_NO_COLUMN);
    if (!has_column)
        return;
    at->columns->count++;
    zub_spool_add_u32(&spools[IDS], visit->id);
    zub_spool_add(&spools[ORDERS], &order, 1);
    zub_spool_add_u32(&spools[DF], visit->df);
    zub_spool_add_u64(&spools[CF], visit->count);
}

static const void *keep(numbering *at, unsigned which)
{
    zub_columns *columns = at->columns;
    zub_file *file = &columns->files[columns->file_count++];

    zub_spool_finish(&at->spools[which], file);
    zub_expect_random(file->bytes.data, file->bytes.size, file->is_mapped);
    return file->bytes.data;
}

static zub_status number_all(numbering *at, const zub_matrix_options *options,
                             zub_error *error)
{
    zub_columns *columns = at->columns;

    for (unsigned i = 0; i < OF + columns->state->high; i++)
        zub_spool_init(&at->spools[i], &at->spooler, 0);
    walk_all(columns->state, options, number, at);
    columns->ids = keep(at, IDS);
    columns->orders = keep(at, ORDERS);
    columns->df = keep(at, DF);
    columns->cf = keep(at, CF);
    for (unsigned n = 0; n < columns->state->high; n++)
        columns->of[n] = keep(at, OF + n);
    for (unsigned i = 0; i < OF + columns->state->high; i++)
        zub_spool_release(&at->spools[i]);
    return zub_spooler_report(&at->spooler, error);
}

/* ---- The whole ---- */

static bool takes_all(const zub_state *state,
                      const zub_matrix_options *options)
{
    return state->high == 1 && options->min_df.value <= 0 &&
           options->max_df.value <= 0 &&
           (options->max_features == 0 ||
            options->max_features >= state->term_count);
}

static zub_status choose(zub_columns *columns,
                         const zub_matrix_options *options, zub_error *error)
{
    const zub_state *state = columns->state;
    numbering at = {.columns = columns,
                    .spooler = {.folder = options->folder}};

    columns->is_identity = takes_all(state, options);
    if (columns->is_identity) {
        columns->count = state->term_count;
        columns->df = state->df;
        columns->cf = state->counts;
        return ZUB_OK;
    }
    if (options->max_features > 0) {
        at.cut = zub_alloc_zero(1, sizeof *at.cut);
        if (!at.cut)
            return zub_fail_memory(error);
        find_cut(at.cut, state, options);
    }
    zub_status status = number_all(&at, options, error);
    zub_free(at.cut);
    return status;
}

zub_status zub_columns_choose(zub_columns *out, const zub_state *state,
                              const zub_matrix_options *options,
                              zub_error *error)
{
    *out = (zub_columns){.state = state};
    zub_status status = choose(out, options, error);
    if (status == ZUB_OK && out->count <= MOST_COLUMNS)
        return ZUB_OK;
    size_t count = out->count;
    zub_columns_release(out);
    if (status != ZUB_OK)
        return status;
    return zub_fail(error, ZUB_ELIMIT,
                    "a matrix has 2147483647 columns at most, not %zu (drop "
                    "rare terms, as with --min-df 2)",
                    count);
}

void zub_columns_release(zub_columns *columns)
{
    for (size_t i = 0; i < columns->file_count; i++)
        zub_file_close(&columns->files[i]);
    *columns = (zub_columns){0};
}

void zub_columns_let_go(const zub_columns *columns)
{
    for (size_t i = 0; i < columns->file_count; i++)
        zub_let_go(columns->files[i].bytes.data, columns->files[i].bytes.size,
                   columns->files[i].is_mapped);
    if (columns->is_identity) {
        zub_let_go(columns->df, columns->count * sizeof *columns->df,
                   columns->state->is_mapped);
        zub_let_go(columns->cf, columns->count * sizeof *columns->cf,
                   columns->state->is_mapped);
    }
}

unsigned zub_column_words(const zub_columns *columns, size_t column,
                          uint32_t words[ZUB_MOST_ORDER])
{
    unsigned order = columns->is_identity ? 1 : columns->orders[column];
    uint32_t id =
        columns->is_identity ? (uint32_t)column : columns->ids[column];

    for (unsigned n = order; n > 1; n--) {
        const zub_ngrams *ngrams = &columns->state->ngrams[n - 1];
        words[n - 1] = ngrams->last[id];
        id = ngrams->prefix[id];
    }
    words[0] = id;
    return order;
}

/* ---- Another state's terms ---- */

/* same[t]: the term of `to` that term t of `from` is, or none; both ascend. */
static void join_terms(uint32_t *same, const zub_state *from,
                       const zub_state *to)
{
    size_t at = 0;

    for (size_t t = 0; t < from->term_count; t++) {
        zub_slice term = zub_state_term_bytes(from, t);
        int order = -1;
        while (at < to->term_count &&
               (order =
                    zub_slice_compare(zub_state_term_bytes(to, at), term)) < 0)
            at++;
        same[t] =
            at < to->term_count && order == 0 ? (uint32_t)at : ZUB_NO_COLUMN;
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
                            const zub_columns *columns, const zub_state *state)
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
