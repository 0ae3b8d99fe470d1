/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* state_check.c - every invariant of state.h, before anything is followed.
 *
 * Ends are checked before the bytes they cut, and the bytes before what points
 * at them. Each array is walked once, its trail let go.
 */
#include "base/error.h"
#include "base/slice.h"
#include "terms/list_walk.h"
#include "terms/state.h"

/* Whose file, and where its positions count from. */
typedef struct check {
    const zub_state *state;
    const char *path, *base;
    zub_error *error;
} check;

static zub_status damaged(const check *c, const void *at, const char *what)
{
    uint64_t position = c->base && at
                            ? (uint64_t)((uintptr_t)at - (uintptr_t)c->base)
                            : ZUB_NO_POSITION;

    return zub_fail_at(c->error, ZUB_EFORMAT, position,
                       "'%s' is damaged: %s, at byte %llu (get or build it "
                       "again)",
                       c->path, what,
                       (unsigned long long)(c->base ? position : 0));
}

/* Numbers that ascend, equal ones allowed, from `least` on. */
static zub_status check_ends(const check *c, const uint64_t *ends,
                             uint64_t count, const char *what)
{
    zub_window window = zub_window_at(ends, c->state->is_mapped);
    uint64_t last = 0;

    for (uint64_t i = 0; i < count; i++) {
        if (ends[i] < last)
            return damaged(c, &ends[i], what);
        last = ends[i];
        zub_window_pass(&window, &ends[i]);
    }
    return ZUB_OK;
}

static zub_status check_terms(const check *c)
{
    const zub_state *state = c->state;
    zub_window ends = zub_window_at(state->term_ends, state->is_mapped);
    zub_window bytes = zub_window_at(state->term_bytes, state->is_mapped);
    zub_slice last = {0};

    for (size_t i = 0; i < state->term_count; i++) {
        zub_slice term = zub_state_term_bytes(state, i);
        if (zub_slice_compare(last, term) >= 0)
            return damaged(c, term.data, "its terms do not ascend");
        zub_window_pass(&ends, &state->term_ends[i]);
        zub_window_pass(&bytes, last.data);
        last = term;
    }
    return ZUB_OK;
}

/* A count is that of more articles than there are, or of less than one each. */
static zub_status check_counts(const check *c, const uint64_t *counts,
                               const uint32_t *df, size_t count)
{
    zub_window one = zub_window_at(counts, c->state->is_mapped);
    zub_window other = zub_window_at(df, c->state->is_mapped);

    for (size_t i = 0; i < count; i++) {
        if (df[i] > c->state->articles || counts[i] < df[i])
            return damaged(c, &df[i], "its counts of articles make no sense");
        zub_window_pass(&one, &counts[i]);
        zub_window_pass(&other, &df[i]);
    }
    return ZUB_OK;
}

/* Forms of one term ascend; those of the next begin anew. */
static zub_status check_forms(const check *c)
{
    const zub_state *state = c->state;
    const uint64_t *start = state->form_starts;
    zub_window starts = zub_window_at(start, state->is_mapped);
    zub_window ends = zub_window_at(state->form_ends, state->is_mapped);
    zub_window bytes = zub_window_at(state->form_bytes, state->is_mapped);
    zub_slice last = {0};

    for (size_t i = 0; i < state->form_count; i++) {
        zub_slice form = zub_state_form_bytes(state, i);
        for (; *start <= i; start++)
            last.size = 0;
        if (zub_slice_compare(last, form) >= 0)
            return damaged(c, form.data, "its forms do not ascend");
        zub_window_pass(&starts, start);
        zub_window_pass(&ends, &state->form_ends[i]);
        zub_window_pass(&bytes, last.data);
        last = form;
    }
    return ZUB_OK;
}

static zub_status check_form_starts(const check *c)
{
    const zub_state *state = c->state;
    const uint64_t *starts = state->form_starts;

    if (state->form_count == 0)
        return ZUB_OK;
    if (starts[0] != 0 || starts[state->term_count] != state->form_count)
        return damaged(c, starts, "its forms belong to no term");
    return check_ends(c, starts, state->term_count + 1,
                      "its forms belong to no term");
}

static size_t count_of_order(const zub_state *state, unsigned order)
{
    return order == 1 ? state->term_count : state->ngrams[order - 1].count;
}

static zub_status check_ngrams(const check *c, unsigned order)
{
    const zub_ngrams *grams = &c->state->ngrams[order - 1];
    size_t prefixes = count_of_order(c->state, order - 1);
    zub_window one = zub_window_at(grams->prefix, c->state->is_mapped);
    zub_window other = zub_window_at(grams->last, c->state->is_mapped);
    uint64_t before = 0;

    for (size_t i = 0; i < grams->count; i++) {
        uint64_t key = (uint64_t)grams->prefix[i] << 32 | grams->last[i];
        if (grams->prefix[i] >= prefixes ||
            grams->last[i] >= c->state->term_count)
            return damaged(c, &grams->last[i], "an n-gram is of no words");
        if (i > 0 && key <= before)
            return damaged(c, &grams->last[i], "its n-grams do not ascend");
        before = key;
        zub_window_pass(&one, &grams->prefix[i]);
        zub_window_pass(&other, &grams->last[i]);
    }
    return check_counts(c, grams->counts, grams->df, grams->count);
}

static zub_status check_rows(const check *c, unsigned order)
{
    const zub_count_rows *rows = &c->state->list.rows[order - 1];
    size_t columns = count_of_order(c->state, order);
    zub_window ends = zub_window_at(rows->ends, c->state->is_mapped);
    zub_window cols = zub_window_at(rows->cols, c->state->is_mapped);
    zub_window counts = zub_window_at(rows->counts, c->state->is_mapped);
    uint64_t at = 0;

    for (size_t i = 0; i < c->state->articles; i++) {
        for (uint64_t start = at; at < rows->ends[i]; at++) {
            if (rows->cols[at] >= columns || rows->counts[at] == 0 ||
                (at > start && rows->cols[at] <= rows->cols[at - 1]))
                return damaged(c, &rows->cols[at], "a row makes no sense");
            zub_window_pass(&cols, &rows->cols[at]);
            zub_window_pass(&counts, &rows->counts[at]);
        }
        zub_window_pass(&ends, &rows->ends[i]);
    }
    return ZUB_OK;
}

static zub_status check_order(const check *c)
{
    const zub_state *state = c->state;
    const uint64_t *ordinals = state->list.ordinals;
    zub_list_walk walk;

    zub_list_walk_init(&walk, state);
    for (size_t i = 1; i < state->articles; i++) {
        bool is_behind =
            ordinals && ordinals[i] != ordinals[i - 1]
                ? ordinals[i] < ordinals[i - 1]
                : zub_state_compare_articles(state, i - 1, state, i) > 0;
        if (is_behind)
            return damaged(c, &state->list.id_ends[i],
                           "its articles stand in the wrong order");
        zub_list_walk_pass(&walk, state, i);
    }
    return ZUB_OK;
}

static zub_status check_list(const check *c)
{
    const zub_articles *list = &c->state->list;
    zub_status status = check_ends(c, list->id_ends, c->state->articles,
                                   "the ends of its ids do not ascend");

    for (unsigned n = c->state->low; n <= c->state->high && status == ZUB_OK;
         n++) {
        status = check_ends(c, list->rows[n - 1].ends, c->state->articles,
                            "the ends of its rows do not ascend");
        if (status == ZUB_OK)
            status = check_rows(c, n);
    }
    return status == ZUB_OK ? check_order(c) : status;
}

zub_status zub_state_check(const zub_state *state, const char *path,
                           const char *base, zub_error *error)
{
    check c = {state, path, base, error};
    zub_status status = check_ends(&c, state->term_ends, state->term_count,
                                   "the ends of its terms do not ascend");

    if (status == ZUB_OK)
        status = check_terms(&c);
    if (status == ZUB_OK)
        status = check_counts(&c, state->counts, state->df, state->term_count);
    if (status == ZUB_OK)
        status = check_form_starts(&c);
    if (status == ZUB_OK)
        status = check_ends(&c, state->form_ends, state->form_count,
                            "the ends of its forms do not ascend");
    if (status == ZUB_OK)
        status = check_forms(&c);
    for (unsigned n = 2; n <= state->high && status == ZUB_OK; n++)
        status = check_ngrams(&c, n);
    if (status == ZUB_OK && state->has_articles)
        status = check_list(&c);
    return status;
}
