/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* listing_parts.c - how often each term stands in one part. What the part
 * before had is set back term by term, so that a part costs what it has; only
 * one that has a large share of all terms looks at each of them. */
#include <string.h>

#include "base/mem.h"
#include "stats/listing.h"

#define LARGE 16u /* one in so many terms */

zub_status zub_part_counts_init(zub_part_counts *counts,
                                const zub_state *state)
{
    size_t terms = state->term_count;

    *counts = (zub_part_counts){
        .counts = zub_alloc_zero(terms, sizeof *counts->counts),
        .df = zub_alloc_zero(terms, sizeof *counts->df),
        .met = zub_alloc(terms, sizeof *counts->met)};
    return counts->counts && counts->df && counts->met ? ZUB_OK : ZUB_ENOMEM;
}

void zub_part_counts_release(zub_part_counts *counts)
{
    zub_free(counts->counts);
    zub_free(counts->df);
    zub_free(counts->met);
    *counts = (zub_part_counts){0};
}

static void clear(zub_part_counts *counts)
{
    for (size_t i = 0; i < counts->met_count; i++) {
        counts->counts[counts->met[i]] = 0;
        counts->df[counts->met[i]] = 0;
    }
    counts->met_count = 0;
}

static void add_article(zub_part_counts *counts, const zub_state *state,
                        size_t article)
{
    const zub_count_rows *rows = &state->list.rows[0];
    uint64_t start = article ? rows->ends[article - 1] : 0;

    for (uint64_t e = start; e < rows->ends[article]; e++) {
        uint32_t term = rows->cols[e];
        if (counts->df[term]++ == 0)
            counts->met[counts->met_count++] = term;
        counts->counts[term] += rows->counts[e];
    }
}

static void look_at_all(zub_part_counts *counts, size_t terms)
{
    counts->met_count = 0;
    for (size_t t = 0; t < terms; t++)
        if (counts->df[t] > 0)
            counts->met[counts->met_count++] = (uint32_t)t;
}

static zub_status sort_met(zub_part_counts *counts)
{
    size_t size = counts->met_count;
    zub_keyed *items = zub_alloc(size, sizeof *items);
    zub_keyed *scratch = zub_alloc(size, sizeof *scratch);
    zub_status status = items && scratch ? ZUB_OK : ZUB_ENOMEM;

    for (size_t i = 0; status == ZUB_OK && i < size; i++)
        items[i] = (zub_keyed){counts->met[i], counts->met[i]};
    if (status == ZUB_OK)
        zub_order_keys(items, scratch, size);
    for (size_t i = 0; status == ZUB_OK && i < size; i++)
        counts->met[i] = items[i].id;
    zub_free(items);
    zub_free(scratch);
    return status;
}

zub_status zub_part_counts_fill(zub_part_counts *counts,
                                const zub_division *division, size_t part)
{
    const zub_state *state = division->state;
    uint64_t end = division->starts[part + 1];

    clear(counts);
    for (uint64_t i = division->starts[part]; i < end; i++)
        add_article(counts, state, (size_t)i);
    if (end - division->starts[part] < 2) /* a row ascends */
        return ZUB_OK;
    if (counts->met_count < state->term_count / LARGE)
        return sort_met(counts);
    look_at_all(counts, state->term_count);
    return ZUB_OK;
}
