/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* merge_articles.c - rows of counts, k lists into one.
 *
 * First the columns of each state are written in merged ids. Where articles
 * leave the order of input for that of their ids, a state is cut into pieces
 * that may be resident, each is sorted into a run of its own, and runs are
 * merged, at most `fan` at a time, until one is left. A run is a state that has
 * nothing but articles.
 */
#include "base/mem.h"
#include "base/tournament.h"
#include "terms/list_walk.h"
#include "terms/merging.h"

/* ---- Runs ---- */

typedef struct run {
    zub_state *state;
    bool is_ours;
} run;

typedef struct runs {
    run *items;
    size_t count, capacity;
} runs;

typedef struct articles_merge {
    zub_merging *merging;
    runs runs;
    zub_state *views; /* [merging->count]: the states with merged columns */
    zub_file (*columns)[ZUB_MOST_ORDER]; /* [merging->count][order - 1] */
} articles_merge;

static void out_of_memory(articles_merge *m)
{
    if (m->merging->spooler.status == ZUB_OK)
        m->merging->spooler.status = ZUB_ENOMEM;
}

static void add_run(articles_merge *m, zub_state *state, bool is_ours)
{
    runs *to = &m->runs;

    if (zub_grow(&to->items, &to->capacity, to->count + 1,
                 sizeof *to->items)) {
        to->items[to->count++] = (run){state, is_ours};
        return;
    }
    out_of_memory(m);
    if (is_ours)
        zub_state_free(state);
}

static void free_runs(run *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (items[i].is_ours)
            zub_state_free(items[i].state);
}

/* ---- Writing articles ---- */

typedef struct writer {
    zub_state *out;
    zub_spool id_ends, ids, ordinals, lengths;
    bool has_ordinals;
    struct {
        zub_spool ends, cols, counts;
    } rows[ZUB_MOST_ORDER];
} writer;

static void begin_writer(writer *w, zub_merging *merging, zub_state *out)
{
    zub_spooler *owner = &merging->spooler;

    *w = (writer){.out = out, .has_ordinals = merging->by_input};
    out->has_articles = true;
    out->articles = 0;
    out->low = merging->out->low;
    out->high = merging->out->high;
    zub_spool_init(&w->id_ends, owner, 0);
    zub_spool_init(&w->ids, owner, 0);
    zub_spool_init(&w->lengths, owner, 0);
    if (w->has_ordinals)
        zub_spool_init(&w->ordinals, owner, 0);
    for (unsigned n = out->low; n <= out->high; n++) {
        zub_spool_init(&w->rows[n - 1].ends, owner, 0);
        zub_spool_init(&w->rows[n - 1].cols, owner, 0);
        zub_spool_init(&w->rows[n - 1].counts, owner, 0);
    }
}

static void write_row(writer *w, const zub_state *from, size_t i, unsigned n)
{
    const zub_count_rows *rows = &from->list.rows[n - 1];
    uint64_t start = i ? rows->ends[i - 1] : 0;
    size_t bytes = (size_t)(rows->ends[i] - start) * sizeof *rows->cols;

    if (bytes > 0) {
        zub_spool_add(&w->rows[n - 1].cols, rows->cols + start, bytes);
        zub_spool_add(&w->rows[n - 1].counts, rows->counts + start, bytes);
    }
    zub_spool_add_u64(&w->rows[n - 1].ends,
                      zub_spool_size(&w->rows[n - 1].cols) /
                          sizeof *rows->cols);
}

static void write_article(writer *w, const zub_state *from, size_t i)
{
    zub_slice id = zub_state_article_id(from, i);

    zub_spool_add(&w->ids, id.data, id.size);
    zub_spool_add_u64(&w->id_ends, zub_spool_size(&w->ids));
    zub_spool_add_u64(&w->lengths, from->list.lengths[i]);
    if (w->has_ordinals)
        zub_spool_add_u64(&w->ordinals, from->list.ordinals[i]);
    for (unsigned n = w->out->low; n <= w->out->high; n++)
        write_row(w, from, i, n);
    w->out->articles++;
}

static void end_writer(writer *w)
{
    zub_articles *list = &w->out->list;

    zub_state_keep(w->out, &w->id_ends, &list->id_ends);
    zub_state_keep(w->out, &w->ids, &list->ids);
    zub_state_keep(w->out, &w->lengths, &list->lengths);
    if (w->has_ordinals)
        zub_state_keep(w->out, &w->ordinals, &list->ordinals);
    for (unsigned n = w->out->low; n <= w->out->high; n++) {
        zub_count_rows *rows = &list->rows[n - 1];
        zub_state_keep(w->out, &w->rows[n - 1].ends, &rows->ends);
        zub_state_keep(w->out, &w->rows[n - 1].cols, &rows->cols);
        zub_state_keep(w->out, &w->rows[n - 1].counts, &rows->counts);
    }
}

/* ---- Sorting ---- */

/* Which of two runs' articles is less; by_input never meets other orders. */
static int compare(const zub_state *a, size_t i, const zub_state *b, size_t j,
                   bool by_input)
{
    uint64_t one = by_input ? a->list.ordinals[i] : 0;
    uint64_t other = by_input ? b->list.ordinals[j] : 0;

    return one != other ? (one < other ? -1 : 1)
                        : zub_state_compare_articles(a, i, b, j);
}

/* Merges [low, middle) and [middle, high) of `from` into `to`. */
static void merge_halves(size_t *to, const size_t *from, size_t low,
                         size_t middle, size_t high, const zub_state *state)
{
    size_t a = low, b = middle;

    for (size_t k = low; k < high; k++)
        if (b == high ||
            (a < middle &&
             zub_state_compare_articles(state, from[a], state, from[b]) <= 0))
            to[k] = from[a++];
        else
            to[k] = from[b++];
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Sorts `order`, by merging from the bottom up; returns where the result lies:
 * there or in `other`. */
static const size_t *sort_articles(size_t *order, size_t *other, size_t count,
                                   const zub_state *state)
{
    size_t *from = order, *to = other;

    for (size_t width = 1; width < count; width *= 2) {
        for (size_t low = 0; low < count; low += 2 * width)
            merge_halves(to, from, low, least(low + width, count),
                         least(low + 2 * width, count), state);
        size_t *swapped = from;
        from = to;
        to = swapped;
    }
    return from;
}

/* Articles [first, end) of a state, by id, as a run. */
static void sort_piece(articles_merge *m, const zub_state *state, size_t first,
                       size_t end)
{
    size_t count = end - first;
    size_t *order = zub_alloc(count, 2 * sizeof *order);
    zub_state *out = NULL;
    writer w;

    if (!order || zub_state_new(&out, (zub_slice){NULL, 0}) != ZUB_OK) {
        zub_free(order);
        out_of_memory(m);
        return;
    }
    for (size_t i = 0; i < count; i++)
        order[i] = first + i;
    const size_t *sorted = sort_articles(order, order + count, count, state);
    begin_writer(&w, m->merging, out);
    for (size_t i = 0; i < count; i++)
        write_article(&w, state, sorted[i]);
    end_writer(&w);
    zub_free(order);
    add_run(m, out, true);
}

/* Bytes of an article in all arrays, and of its place in the order. */
static size_t size_of(const zub_state *state, size_t i)
{
    size_t size = zub_state_article_id(state, i).size + 32;

    for (unsigned n = state->low; n <= state->high; n++) {
        const uint64_t *ends = state->list.rows[n - 1].ends;
        size += 8 + 8 * (size_t)(ends[i] - (i ? ends[i - 1] : 0));
    }
    return size;
}

static void sort_state(articles_merge *m, const zub_state *state)
{
    zub_list_walk walk;

    zub_list_walk_init(&walk, state);
    for (size_t first = 0, end; first < state->articles; first = end) {
        size_t size = 0;
        for (end = first; end < state->articles &&
                          (end == first || size < m->merging->most_bytes);
             end++)
            size += size_of(state, end);
        sort_piece(m, state, first, end);
        zub_list_walk_pass(&walk, state, end);
        if (!zub_merging_is_sound(m->merging))
            return;
    }
}

/* ---- Merging ---- */

typedef struct cursor {
    const zub_state *state;
    size_t i;
    zub_list_walk walk;
} cursor;

static bool has_ended(const cursor *at)
{
    return at->i == at->state->articles;
}

static bool is_less_by(const void *context, uint32_t i, uint32_t j,
                       bool by_input)
{
    const cursor *a = (const cursor *)context + i;
    const cursor *b = (const cursor *)context + j;

    if (has_ended(a) || has_ended(b))
        return !has_ended(a);
    return compare(a->state, a->i, b->state, b->i, by_input) < 0;
}

static bool is_less_by_input(const void *context, uint32_t i, uint32_t j)
{
    return is_less_by(context, i, j, true);
}

static bool is_less_by_id(const void *context, uint32_t i, uint32_t j)
{
    return is_less_by(context, i, j, false);
}

static void play(zub_tournament *tree, cursor *cursors, writer *w,
                 zub_merging *merging)
{
    zub_less *is_less = merging->by_input ? is_less_by_input : is_less_by_id;

    zub_tournament_start(tree, is_less, cursors);
    for (cursor *at; at = &cursors[zub_tournament_winner(tree)],
                     !has_ended(at) && zub_merging_is_sound(merging);) {
        write_article(w, at->state, at->i++);
        zub_list_walk_pass(&at->walk, at->state, at->i);
        zub_tournament_replay(tree, is_less, cursors);
    }
}

/* Runs, one or more, into the articles of `out`. */
static void merge_runs(articles_merge *m, const run *items, size_t count,
                       zub_state *out)
{
    cursor *cursors = zub_alloc(count, sizeof *cursors);
    zub_tournament tree = {0};
    writer w;

    if (cursors && zub_tournament_init(&tree, count)) {
        for (size_t i = 0; i < count; i++) {
            cursors[i].state = items[i].state;
            cursors[i].i = 0;
            zub_list_walk_init(&cursors[i].walk, items[i].state);
        }
        begin_writer(&w, m->merging, out);
        play(&tree, cursors, &w, m->merging);
        end_writer(&w);
    } else {
        out_of_memory(m);
    }
    zub_tournament_release(&tree);
    zub_free(cursors);
}

/* A level: `fan` runs become one. */
static void merge_level(articles_merge *m)
{
    runs old = m->runs;
    size_t fan = m->merging->fan;

    m->runs = (runs){0};
    for (size_t i = 0; i < old.count; i += fan) {
        size_t count = least(fan, old.count - i);
        zub_state *out;
        if (zub_merging_is_sound(m->merging) &&
            zub_state_new(&out, (zub_slice){NULL, 0}) == ZUB_OK) {
            merge_runs(m, old.items + i, count, out);
            add_run(m, out, true);
        } else {
            out_of_memory(m);
        }
        free_runs(old.items + i, count);
    }
    zub_free(old.items);
}

/* The state with its columns in merged ids. Mapped only if all of it is. */
static void view(articles_merge *m, size_t i)
{
    zub_merging *merging = m->merging;
    const zub_state *state = merging->states[i];

    m->views[i] = *state;
    m->views[i].is_mapped = state->is_mapped && merging->spooler.folder;
    for (unsigned n = state->low; n <= state->high && state->articles; n++) {
        const zub_count_rows *rows = &state->list.rows[n - 1];
        size_t count = (size_t)rows->ends[state->articles - 1];
        zub_remap(&m->columns[i][n - 1], &merging->spooler, rows->cols, count,
                  state->is_mapped, &merging->maps[i][n - 1],
                  merging->most_ids);
        m->views[i].list.rows[n - 1].cols =
            (const void *)m->columns[i][n - 1].bytes.data;
    }
}

static void make_runs(articles_merge *m)
{
    for (size_t i = 0; i < m->merging->count; i++) {
        view(m, i);
        if (!zub_merging_is_sound(m->merging))
            return;
        if (!m->merging->by_input && m->views[i].list.ordinals)
            sort_state(m, &m->views[i]);
        else if (m->views[i].articles > 0)
            add_run(m, &m->views[i], false);
    }
}

static void release(articles_merge *m)
{
    free_runs(m->runs.items, m->runs.count);
    zub_free(m->runs.items);
    for (size_t i = 0; i < m->merging->count && m->columns; i++)
        for (size_t n = 0; n < ZUB_MOST_ORDER; n++)
            zub_file_close(&m->columns[i][n]);
    zub_free(m->columns);
    zub_free(m->views);
}

void zub_merge_articles(zub_merging *merging)
{
    uint64_t articles = merging->out->articles;
    articles_merge m = {
        .merging = merging,
        .views = zub_alloc_zero(merging->count, sizeof(zub_state)),
        .columns = zub_alloc_zero(merging->count, sizeof *m.columns)};

    if (m.views && m.columns)
        make_runs(&m);
    else
        out_of_memory(&m);
    while (m.runs.count > merging->fan && zub_merging_is_sound(merging))
        merge_level(&m);
    if (m.runs.count > 0 && zub_merging_is_sound(merging))
        merge_runs(&m, m.runs.items, m.runs.count, merging->out);
    merging->out->has_articles = true;
    merging->out->articles = articles;
    release(&m);
}
