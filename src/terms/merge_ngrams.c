/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* merge_ngrams.c - n-grams of one order, k lists into one, as integers.
 *
 * The maps ascend, so n-grams written in merged ids are still sorted. A prefix
 * is mapped as it is met, for prefixes ascend and the map is walked; last
 * words jump about in theirs, so they are mapped before, state by state, and
 * one map alone is resident.
 */
#include "base/mem.h"
#include "base/tournament.h"
#include "terms/merging.h"

#define WALKED 5

typedef struct cursor {
    uint64_t key; /* prefix << 32 | last, merged; UINT64_MAX: it has ended */
    size_t i;
    const zub_ngrams *grams;
    const uint32_t *prefix_map;
    zub_file last; /* merged ids */
    const uint32_t *lasts;
    zub_spool map;
    zub_window windows[WALKED];
} cursor;

typedef struct ngrams_merge {
    zub_merging *merging;
    cursor *cursors; /* [merging->count] */
    zub_tournament tree;
    bool has_maps;
    size_t count;
    zub_spool prefix, last, counts, df;
} ngrams_merge;

static void look(cursor *at)
{
    const zub_ngrams *grams = at->grams;

    at->key = at->i == grams->count
                  ? UINT64_MAX
                  : (uint64_t)at->prefix_map[grams->prefix[at->i]] << 32 |
                        at->lasts[at->i];
}

static void advance(cursor *at)
{
    size_t i = at->i++;

    zub_window_pass(&at->windows[0], &at->grams->prefix[i]);
    zub_window_pass(&at->windows[1], &at->prefix_map[at->grams->prefix[i]]);
    zub_window_pass(&at->windows[2], &at->lasts[i]);
    zub_window_pass(&at->windows[3], &at->grams->counts[i]);
    zub_window_pass(&at->windows[4], &at->grams->df[i]);
    look(at);
}

static bool is_less(const void *context, uint32_t i, uint32_t j)
{
    const cursor *cursors = context;

    return cursors[i].key < cursors[j].key;
}

/* Remaps the last words and stands before the first n-gram. */
static void begin(cursor *at, zub_merging *merging, size_t i, unsigned order)
{
    const zub_state *state = merging->states[i];
    const zub_file *prefix_map = &merging->maps[i][order - 2];
    bool is_mapped = state->is_mapped;

    at->grams = &state->ngrams[order - 1];
    zub_remap(&at->last, &merging->spooler, at->grams->last, at->grams->count,
              is_mapped, &merging->maps[i][0], merging->most_ids);
    if (!zub_merging_is_sound(merging))
        return;
    at->prefix_map = (const void *)prefix_map->bytes.data;
    at->lasts = (const void *)at->last.bytes.data;
    at->windows[0] = zub_window_at(at->grams->prefix, is_mapped);
    at->windows[1] = zub_window_at(at->prefix_map, prefix_map->is_mapped);
    at->windows[2] = zub_window_at(at->lasts, at->last.is_mapped);
    at->windows[3] = zub_window_at(at->grams->counts, is_mapped);
    at->windows[4] = zub_window_at(at->grams->df, is_mapped);
    look(at);
}

static void gather(ngrams_merge *m, uint64_t *count, uint32_t *df)
{
    cursor *at = &m->cursors[zub_tournament_winner(&m->tree)];

    if (!zub_add_u64(count, at->grams->counts[at->i]))
        zub_merging_limit(m->merging, "a count is beyond 2^64 - 1");
    if (!zub_add_u32(df, at->grams->df[at->i]))
        zub_merging_limit(m->merging, "an n-gram is in more than 4294967295 "
                                      "articles");
    if (m->has_maps)
        zub_spool_add_u32(&at->map, (uint32_t)m->count);
    advance(at);
    zub_tournament_replay(&m->tree, is_less, m->cursors);
}

static uint64_t key_of_winner(const ngrams_merge *m)
{
    return m->cursors[zub_tournament_winner(&m->tree)].key;
}

static void merge_ngram(ngrams_merge *m, uint64_t key)
{
    uint64_t count = 0;
    uint32_t df = 0;

    do
        gather(m, &count, &df);
    while (key_of_winner(m) == key);
    zub_spool_add_u32(&m->prefix, (uint32_t)(key >> 32));
    zub_spool_add_u32(&m->last, (uint32_t)key);
    zub_spool_add_u64(&m->counts, count);
    zub_spool_add_u32(&m->df, df);
    m->count++;
}

static void merge_all(ngrams_merge *m)
{
    zub_tournament_start(&m->tree, is_less, m->cursors);
    for (uint64_t key; (key = key_of_winner(m)) != UINT64_MAX &&
                       zub_merging_is_sound(m->merging);) {
        if (m->count == ZUB_MOST_TERMS)
            zub_merging_limit(m->merging, "there are more than 4294967294 "
                                          "n-grams");
        merge_ngram(m, key);
    }
}

static void init_spools(ngrams_merge *m, unsigned order)
{
    zub_merging *merging = m->merging;
    size_t count = 0;

    for (size_t i = 0; i < merging->count; i++) {
        size_t own = merging->states[i]->ngrams[order - 1].count;
        count += own;
        if (m->has_maps)
            zub_spool_init(&m->cursors[i].map, &merging->spooler, 4 * own);
    }
    zub_spool_init(&m->prefix, &merging->spooler, 4 * count);
    zub_spool_init(&m->last, &merging->spooler, 4 * count);
    zub_spool_init(&m->counts, &merging->spooler, 8 * count);
    zub_spool_init(&m->df, &merging->spooler, 4 * count);
}

static void keep(ngrams_merge *m, unsigned order)
{
    zub_merging *merging = m->merging;
    zub_ngrams *out = &merging->out->ngrams[order - 1];

    zub_state_keep(merging->out, &m->prefix, &out->prefix);
    zub_state_keep(merging->out, &m->last, &out->last);
    zub_state_keep(merging->out, &m->counts, &out->counts);
    zub_state_keep(merging->out, &m->df, &out->df);
    out->count = m->count;
    for (size_t i = 0; i < merging->count; i++) {
        zub_file_close(&m->cursors[i].last);
        if (m->has_maps)
            zub_spool_finish(&m->cursors[i].map, &merging->maps[i][order - 1]);
    }
}

void zub_merge_ngrams(zub_merging *merging, unsigned order)
{
    size_t count = merging->count;
    ngrams_merge m = {.merging = merging,
                      .cursors = zub_alloc_zero(count, sizeof(cursor)),
                      .has_maps = merging->mapped_orders >= order};

    if (m.cursors && zub_tournament_init(&m.tree, count)) {
        for (size_t i = 0; i < count && zub_merging_is_sound(merging); i++)
            begin(&m.cursors[i], merging, i, order);
        init_spools(&m, order);
        if (zub_merging_is_sound(merging))
            merge_all(&m);
        keep(&m, order);
        zub_tournament_release(&m.tree);
    } else {
        merging->spooler.status = ZUB_ENOMEM;
    }
    zub_free(m.cursors);
}
