/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* spread.c - how evenly chosen terms lie over the articles of a state. Rows
 * are articles, so what a term has in each is gathered first, for as many terms
 * at a time as have 2^20 entries together. */
#include "base/mem.h"
#include "base/spool.h"
#include "stats/comparison.h"

#define MOST_ENTRIES ((size_t)1 << 20)

typedef struct gathering {
    const zub_state *state;
    uint32_t *place_of;     /* [terms of the state], of those chosen, plus 1 */
    double *counts, *sizes; /* [capacity] */
    size_t *starts, *ends;  /* [count], entries of a term */
    size_t capacity, entries;
} gathering;

/* The terms from `first` on whose entries fit, at least one; returns where the
 * next begin. */
static size_t lay_out(gathering *g, const uint32_t *terms, size_t first,
                      size_t count)
{
    size_t i = first;

    g->entries = 0;
    for (; i < count; i++) {
        size_t own = terms[i] == ZUB_NO_WORD ? 0 : g->state->df[terms[i]];
        if (i > first && g->entries + own > MOST_ENTRIES)
            break;
        g->starts[i] = g->ends[i] = g->entries;
        g->entries += own;
        if (terms[i] != ZUB_NO_WORD)
            g->place_of[terms[i]] = (uint32_t)i + 1;
    }
    return i;
}

static bool has_room(gathering *g)
{
    if (g->entries <= g->capacity)
        return true;
    zub_free(g->counts);
    zub_free(g->sizes);
    g->counts = zub_alloc(g->entries, sizeof *g->counts);
    g->sizes = zub_alloc(g->entries, sizeof *g->sizes);
    g->capacity = g->counts && g->sizes ? g->entries : 0;
    return g->capacity > 0;
}

static void add_entry(gathering *g, const uint32_t *terms, uint32_t place,
                      uint32_t count, double size)
{
    uint32_t i = place - 1;

    if (g->ends[i] - g->starts[i] == g->state->df[terms[i]])
        return; /* a state of another hand has more entries than its df */
    g->counts[g->ends[i]] = count;
    g->sizes[g->ends[i]++] = size;
}

static void gather(gathering *g, const uint32_t *terms)
{
    const zub_count_rows *rows = &g->state->list.rows[0];
    zub_window cols = zub_window_at(rows->cols, g->state->is_mapped);
    zub_window counts = zub_window_at(rows->counts, g->state->is_mapped);
    uint64_t at = 0;

    for (size_t r = 0; r < g->state->articles; r++) {
        double size = (double)g->state->list.lengths[r];
        for (; at < rows->ends[r]; at++) {
            uint32_t place = g->place_of[rows->cols[at]];
            if (place > 0)
                add_entry(g, terms, place, rows->counts[at], size);
        }
        zub_window_pass(&cols, &rows->cols[at]);
        zub_window_pass(&counts, &rows->counts[at]);
    }
}

static double smallest_article(const zub_state *state)
{
    uint64_t least = UINT64_MAX;

    for (size_t r = 0; r < state->articles; r++)
        if (state->list.lengths[r] < least)
            least = state->list.lengths[r];
    return least == UINT64_MAX ? 0 : (double)least;
}

static void measure(double *out, gathering *g, const uint32_t *terms,
                    size_t first, size_t end)
{
    const zub_dispersion *dpnorm = zub_dispersion_find("dpnorm");
    zub_parts parts = {.parts = (double)g->state->articles,
                       .size = (double)g->state->tokens,
                       .smallest = smallest_article(g->state)};

    for (size_t i = first; i < end; i++) {
        out[i] = 1;
        if (terms[i] == ZUB_NO_WORD)
            continue;
        g->place_of[terms[i]] = 0;
        parts.counts = g->counts + g->starts[i];
        parts.sizes = g->sizes + g->starts[i];
        parts.listed = g->ends[i] - g->starts[i];
        out[i] = dpnorm->of(&parts);
    }
}

static zub_status measure_all(double *out, gathering *g, const uint32_t *terms,
                              size_t count)
{
    if (!g->place_of || !g->starts || !g->ends)
        return ZUB_ENOMEM;
    for (size_t first = 0, end; first < count; first = end) {
        end = lay_out(g, terms, first, count);
        if (!has_room(g))
            return ZUB_ENOMEM;
        gather(g, terms);
        measure(out, g, terms, first, end);
    }
    return ZUB_OK;
}

zub_status zub_spread_measure(double *out, const zub_state *state,
                              const uint32_t *terms, size_t count)
{
    gathering g = {.state = state,
                   .place_of =
                       zub_alloc_zero(state->term_count, sizeof *g.place_of),
                   .starts = zub_alloc(count, sizeof *g.starts),
                   .ends = zub_alloc(count, sizeof *g.ends)};
    zub_status status = measure_all(out, &g, terms, count);

    zub_free(g.place_of);
    zub_free(g.starts);
    zub_free(g.ends);
    zub_free(g.counts);
    zub_free(g.sizes);
    return status;
}
