/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* division.c - see division.h. */
#include "stats/division.h"

#include <string.h>

#include "base/mem.h"
#include "terms/list_walk.h"

#define NO_SLOT UINT32_MAX

/* ---- Parts ---- */

static bool is_same(zub_slice a, zub_slice b)
{
    return a.size == b.size &&
           (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* Whether article i begins a part. */
static bool begins(const zub_state *state, size_t i, bool is_grouped)
{
    return i == 0 || !is_grouped ||
           !is_same(zub_state_article_id(state, i - 1),
                    zub_state_article_id(state, i));
}

static size_t count_parts(const zub_state *state, bool is_grouped)
{
    zub_list_walk walk;
    size_t count = 0;

    if (!is_grouped)
        return (size_t)state->articles;
    zub_list_walk_init(&walk, state);
    for (size_t i = 0; i < state->articles; i++) {
        count += begins(state, i, true);
        zub_list_walk_pass(&walk, state, i);
    }
    return count;
}

static void fill_parts(zub_division *division, bool is_grouped)
{
    const zub_state *state = division->state;
    zub_list_walk walk;
    size_t part = 0;

    zub_list_walk_init(&walk, state);
    for (size_t i = 0; i < state->articles; i++) {
        if (begins(state, i, is_grouped))
            division->starts[part++] = i;
        division->sizes[part - 1] += (double)state->list.lengths[i];
        division->nameless += zub_state_article_id(state, i).size == 0;
        zub_list_walk_pass(&walk, state, i);
    }
    division->starts[part] = state->articles;
}

static void sum_up(zub_division *division)
{
    for (size_t p = 0; p < division->count; p++) {
        double size = division->sizes[p];
        if (size <= 0)
            continue;
        if (division->filled++ == 0 || size < division->smallest)
            division->smallest = size;
        division->size += size;
    }
}

zub_status zub_division_init(zub_division *division, const zub_state *state,
                             bool is_grouped)
{
    size_t count = count_parts(state, is_grouped);

    *division = (zub_division){.state = state, .count = count};
    if (count > UINT32_MAX)
        return ZUB_ELIMIT;
    division->starts = zub_alloc(count + 1, sizeof *division->starts);
    division->sizes = zub_alloc_zero(count, sizeof *division->sizes);
    if (!division->starts || !division->sizes) {
        zub_division_release(division);
        return ZUB_ENOMEM;
    }
    fill_parts(division, is_grouped);
    sum_up(division);
    return ZUB_OK;
}

void zub_division_release(zub_division *division)
{
    zub_free(division->starts);
    zub_free(division->sizes);
    *division = (zub_division){0};
}

zub_slice zub_division_name(const zub_division *division, size_t part)
{
    return zub_state_article_id(division->state,
                                (size_t)division->starts[part]);
}

uint64_t zub_division_articles(const zub_division *division, size_t part)
{
    return division->starts[part + 1] - division->starts[part];
}

/* ---- Shares ---- */

zub_status zub_shares_init(zub_shares *shares, const zub_division *division)
{
    size_t terms = division->state->term_count;

    *shares = (zub_shares){.division = division};
    shares->slots = zub_alloc(terms, sizeof *shares->slots);
    if (!shares->slots)
        return ZUB_ENOMEM;
    memset(shares->slots, 0xFF, terms * sizeof *shares->slots);
    return ZUB_OK;
}

void zub_shares_release(zub_shares *shares)
{
    zub_free(shares->slots);
    zub_free(shares->starts);
    zub_free(shares->ends);
    zub_free(shares->items);
    *shares = (zub_shares){0};
}

/* Room for a share of each article that has a term. */
static zub_status make_room(zub_shares *shares, const uint32_t *ids,
                            size_t count)
{
    const uint32_t *df = shares->division->state->df;
    uint64_t size = 0;

    if (!zub_grow(&shares->starts, &shares->start_capacity, count + 1,
                  sizeof *shares->starts) ||
        !zub_grow(&shares->ends, &shares->end_capacity, count,
                  sizeof *shares->ends))
        return ZUB_ENOMEM;
    for (size_t i = 0; i < count; i++) {
        shares->starts[i] = shares->ends[i] = size;
        size += df[ids[i]];
    }
    shares->starts[count] = size;
    shares->count = count;
    return zub_grow(&shares->items, &shares->item_capacity, (size_t)size,
                    sizeof *shares->items)
               ? ZUB_OK
               : ZUB_ENOMEM;
}

/* An entry of a row of this part. */
static inline void add(zub_shares *shares, uint32_t slot, uint32_t part,
                       uint32_t count)
{
    uint64_t end = shares->ends[slot];

    if (end > shares->starts[slot] && shares->items[end - 1].part == part) {
        shares->items[end - 1].count += count;
        shares->items[end - 1].df++;
    } else if (end < shares->starts[slot + 1]) {
        shares->items[end] = (zub_share){count, part, 1};
        shares->ends[slot] = end + 1;
    } else {
        shares->is_sound = false;
    }
}

static void add_article(zub_shares *shares, size_t article, uint32_t part)
{
    const zub_count_rows *rows = &shares->division->state->list.rows[0];
    uint64_t start = article ? rows->ends[article - 1] : 0;

    for (uint64_t e = start; e < rows->ends[article]; e++) {
        uint32_t slot = shares->slots[rows->cols[e]];
        if (slot != NO_SLOT)
            add(shares, slot, part, rows->counts[e]);
    }
}

static void walk_rows(zub_shares *shares)
{
    const zub_division *division = shares->division;
    zub_list_walk walk;

    zub_list_walk_init(&walk, division->state);
    for (size_t p = 0; p < division->count; p++)
        for (uint64_t i = division->starts[p]; i < division->starts[p + 1];
             i++) {
            add_article(shares, (size_t)i, (uint32_t)p);
            zub_list_walk_pass(&walk, division->state, (size_t)i);
        }
}

/* Rows that have a term are as many as its df says. */
static bool is_sound(const zub_shares *shares, const uint32_t *ids)
{
    const uint32_t *df = shares->division->state->df;

    for (size_t i = 0; i < shares->count; i++) {
        uint64_t sum = 0;
        for (uint64_t s = shares->starts[i]; s < shares->ends[i]; s++)
            sum += shares->items[s].df;
        if (sum != df[ids[i]])
            return false;
    }
    return shares->is_sound;
}

zub_status zub_shares_find(zub_shares *shares, const uint32_t *ids,
                           size_t count)
{
    zub_status status = make_room(shares, ids, count);

    if (status != ZUB_OK)
        return status;
    shares->is_sound = true;
    for (size_t i = 0; i < count; i++)
        shares->slots[ids[i]] = (uint32_t)i;
    walk_rows(shares);
    for (size_t i = 0; i < count; i++)
        shares->slots[ids[i]] = NO_SLOT;
    return is_sound(shares, ids) ? ZUB_OK : ZUB_EFORMAT;
}
