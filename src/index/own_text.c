/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* own_text.c - what is in the index already, as a text that is asked about: its
 * words are read back, not cut again. */
#include "base/error.h"
#include "index/searcher.h"

/* Adds word `number` of a volume to the query. */
static zub_status add_own_word(zub_query *query, const zub_volume *volume,
                               uint32_t number, zub_arena *arena,
                               zub_buffer *term)
{
    zub_query_word word = {.is_asked = true};
    uint32_t own;
    zub_status status = zub_volume_term_of(volume, number, &own);

    if (status == ZUB_OK)
        status = zub_volume_term_name(volume, own, term);
    if (status != ZUB_OK)
        return status;
    word.folded = word.term = zub_arena_copy(arena, zub_buffer_slice(term));
    if (volume->about.has_positions)
        status = zub_volume_word(volume, number, &word.folded);
    if (status != ZUB_OK)
        return status;
    return word.term.data ? zub_query_add(query, &word) : ZUB_ENOMEM;
}

/* The words of some passages of an article, its title's once. */
static zub_status add_passages(zub_asking *asking, uint32_t article,
                               zub_error *error)
{
    const zub_exclusion *at = &asking->excluded;
    zub_searcher *searcher = asking->searcher;
    const zub_volume *volume = searcher->index->shelf.items[at->volume].volume;
    zub_status status = ZUB_OK;
    zub_query *query = &asking->readings[0].query;
    zub_buffer term;
    uint32_t title = 0;
    size_t count;

    if (!zub_volume_u32(volume, ZUB_PART_TITLES, article, &title))
        return zub_volume_damaged(volume, error);
    zub_buffer_init(&term, ZUB_BUFFER_UNLIMITED);
    for (uint32_t p = at->first; p < at->end && status == ZUB_OK; p++) {
        status = zub_volume_words(volume, p, &searcher->words,
                                  &searcher->word_capacity, &count);
        for (size_t i = p == at->first ? 0 : title;
             i < count && status == ZUB_OK; i++)
            status = add_own_word(query, volume, searcher->words[i],
                                  &asking->arena, &term);
    }
    zub_buffer_release(&term);
    if (status == ZUB_OK)
        status = zub_query_end(query, true);
    return status == ZUB_OK ? status
                            : zub_searcher_failed(volume, status, error);
}

/* The passages that are asked for are the ones that are left out. */
static zub_status find_own(zub_asking *asking, zub_slice id, uint32_t passage,
                           uint32_t *article, zub_error *error)
{
    const zub_shelf *shelf = &asking->searcher->index->shelf;
    zub_exclusion *at = &asking->excluded;
    int shown = (int)(id.size < 200 ? id.size : 200);
    size_t volume;
    zub_status status =
        zub_shelf_find(shelf, shelf->count, id, &volume, article, error);

    if (status == ZUB_ENOTFOUND)
        return zub_fail(error, status, "no article '%.*s' in the index", shown,
                        id.data);
    if (status != ZUB_OK)
        return status;
    *at = (zub_exclusion){.is_there = true, .volume = (uint32_t)volume};
    if (zub_volume_passages(shelf->items[volume].volume, *article, &at->first,
                            &at->end) != ZUB_OK)
        return zub_volume_damaged(shelf->items[volume].volume, error);
    if (passage == ZUB_NO_PASSAGE)
        return ZUB_OK;
    if (passage >= at->end - at->first)
        return zub_fail(error, ZUB_ENOTFOUND,
                        "'%.*s' has no passage %u (of %u, from 0)", shown,
                        id.data, passage, at->end - at->first);
    at->first += passage;
    at->end = at->first + 1;
    return ZUB_OK;
}

zub_status zub_asking_read_own(zub_asking *asking, zub_slice id,
                               uint32_t passage, zub_error *error)
{
    zub_searcher *searcher = asking->searcher;
    uint32_t article;
    zub_status status = find_own(asking, id, passage, &article, error);

    if (status != ZUB_OK)
        return status;
    zub_query_begin(
        &asking->readings[0].query,
        zub_volume_lang(
            searcher->index->shelf.items[asking->excluded.volume].volume,
            article));
    asking->reading_count = 1;
    return add_passages(asking, article, error);
}
