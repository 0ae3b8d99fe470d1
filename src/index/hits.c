/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* hits.c - what was found, as results that own themselves. */
#include <string.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "index/scoring.h"
#include "index/snippet.h"

/* The public struct is the head of what is allocated. */
typedef struct owned_hits {
    zub_hits hits;
    zub_arena arena;
} owned_hits;

void zub_hits_free(zub_hits *hits)
{
    owned_hits *owned = (owned_hits *)hits;

    if (!owned)
        return;
    zub_arena_release(&owned->arena);
    zub_free(owned);
}

static zub_status copy_repaired(zub_arena *arena, zub_slice text,
                                zub_slice *out)
{
    zub_buffer repaired;

    zub_buffer_init(&repaired, ZUB_BUFFER_UNLIMITED);
    zub_utf8_repair(&repaired, text);
    if (repaired.status == ZUB_OK)
        *out = zub_arena_copy(arena, zub_buffer_slice(&repaired));
    zub_status status =
        repaired.status == ZUB_OK && out->data ? ZUB_OK : ZUB_ENOMEM;
    zub_buffer_release(&repaired);
    return status;
}

static zub_status fill_title(zub_hit *hit, zub_arena *arena,
                             const zub_volume *volume, uint32_t article)
{
    zub_buffer text;
    size_t size;
    zub_status status = zub_volume_text_size(volume, article, true, &size);

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    if (status == ZUB_OK)
        status = zub_volume_text(volume, article, true, 0, size, &text);
    if (status == ZUB_OK)
        status = copy_repaired(arena, zub_buffer_slice(&text), &hit->title);
    zub_buffer_release(&text);
    return status;
}

static zub_status fill_place(zub_hit *hit, zub_arena *arena,
                             const zub_volume *volume,
                             const zub_candidate *from)
{
    uint32_t first, end, start, stop;
    zub_slice id;
    zub_status status = zub_volume_id(volume, from->article, &id);

    if (status == ZUB_OK)
        status = zub_volume_passages(volume, from->article, &first, &end);
    if (status == ZUB_OK &&
        (!zub_volume_u32(volume, ZUB_PART_STARTS, from->passage, &start) ||
         !zub_volume_u32(volume, ZUB_PART_ENDS, from->passage, &stop) ||
         start > stop))
        status = ZUB_EFORMAT;
    if (status != ZUB_OK)
        return status;
    hit->id = zub_arena_copy(arena, id);
    hit->passage = from->passage - first;
    hit->start = start;
    hit->end = stop;
    hit->score = from->score;
    hit->words = from->words;
    hit->grams = from->grams;
    hit->latent = from->latent;
    return hit->id.data ? ZUB_OK : ZUB_ENOMEM;
}

/* ---- Reasons ---- */

/* How often a term is in the stretch that the searcher has. */
static zub_status count_term(const zub_searcher *searcher,
                             const zub_volume *volume, zub_slice term,
                             uint32_t *count)
{
    zub_term_place place;
    zub_status status = zub_term_find(
        &volume->parts[ZUB_PART_TERM_AT], &volume->parts[ZUB_PART_TERMS],
        (uint32_t)volume->about.terms, term, &place);

    *count = 0;
    if (status == ZUB_ENOTFOUND)
        return ZUB_OK;
    for (size_t i = 0; i < searcher->stretch_size && status == ZUB_OK; i++) {
        uint32_t number;
        status = zub_volume_term_of(volume, searcher->stretch[i], &number);
        *count += status == ZUB_OK && number == place.number;
    }
    return status;
}

static zub_hit_reason reason_of(const zub_asking *asking,
                                const zub_reading_term *term, uint32_t count)
{
    const zub_asked_term *about = &asking->terms[term->wanted];
    double length = (double)asking->searcher->stretch_size;
    zub_hit_reason reason = {
        .term = about->folded,
        .count = count,
        .df = about->df,
        .score = zub_score_term(asking, term, count,
                                zub_score_norm(asking, length)),
        .is_added = about->is_added};

    return reason;
}

static zub_status fill_reasons(zub_hit *hit, zub_arena *arena,
                               zub_asking *asking, const zub_volume *volume,
                               const zub_reading *reading)
{
    zub_hit_reason *reasons =
        zub_arena_alloc(arena, reading->term_count + 1, sizeof *reasons);
    zub_status status = reasons ? ZUB_OK : ZUB_ENOMEM;
    size_t size = 0;

    for (size_t t = 0; t < reading->term_count && status == ZUB_OK; t++) {
        const zub_reading_term *term = &reading->terms[t];
        uint32_t count;
        status = count_term(asking->searcher, volume,
                            asking->wanted[term->wanted].term, &count);
        if (status != ZUB_OK || count == 0)
            continue;
        zub_hit_reason *made = &reasons[size++];
        *made = reason_of(asking, term, count);
        made->term = zub_arena_copy(arena, made->term);
        status = made->term.data ? ZUB_OK : ZUB_ENOMEM;
    }
    hit->reasons = reasons;
    hit->reason_count = size;
    return status;
}

static zub_status explain(zub_hit *hit, zub_arena *arena, zub_asking *asking,
                          const zub_candidate *from)
{
    zub_searcher *searcher = asking->searcher;
    const zub_volume *volume =
        searcher->index->shelf.items[from->volume].volume;
    const zub_reading *reading = &asking->readings[from->reading];
    uint32_t first, end;
    zub_status status = zub_asking_stretch(asking, from, &first, &end, NULL);

    if (status == ZUB_OK)
        status = zub_searcher_stretch(searcher, from->volume, first, end,
                                      from->article, NULL);
    if (status != ZUB_OK)
        return status;
    hit->length =
        zub_score_length(asking, reading, (double)searcher->stretch_size);
    return fill_reasons(hit, arena, asking, volume, reading);
}

/* ---- All ---- */

static zub_status fill_hit(zub_hit *hit, zub_arena *arena, zub_asking *asking,
                           const zub_candidate *from)
{
    const zub_search_options *options = asking->options;
    const zub_volume *volume =
        asking->searcher->index->shelf.items[from->volume].volume;
    zub_status status = fill_place(hit, arena, volume, from);

    if (status == ZUB_OK && options->with_snippets)
        status = fill_title(hit, arena, volume, from->article);
    if (status == ZUB_OK && options->with_reasons)
        status = explain(hit, arena, asking, from);
    if (status == ZUB_OK && options->with_snippets)
        status = zub_snippet_make(hit, arena, asking, from);
    return status;
}

zub_status zub_hits_make(zub_hits **out, zub_asking *asking, zub_error *error)
{
    const zub_shelf *shelf = &asking->searcher->index->shelf;
    owned_hits *owned = zub_alloc_zero(1, sizeof *owned);
    zub_status status = ZUB_OK;
    size_t i = 0;

    *out = NULL;
    if (!owned)
        return zub_fail_memory(error);
    zub_hit *items =
        zub_arena_alloc(&owned->arena, asking->found_count + 1, sizeof *items);
    if (!items)
        status = ZUB_ENOMEM;
    while (status == ZUB_OK && i < asking->found_count) {
        status = fill_hit(&items[i], &owned->arena, asking, &asking->found[i]);
        i += status == ZUB_OK;
    }
    if (status != ZUB_OK) {
        zub_hits_free(&owned->hits);
        return status == ZUB_EFORMAT && i < asking->found_count
                   ? zub_volume_damaged(
                         shelf->items[asking->found[i].volume].volume, error)
                   : zub_fail_memory(error);
    }
    owned->hits.items = items;
    owned->hits.count = asking->found_count;
    memcpy(owned->hits.lang, asking->readings[0].query.lang,
           sizeof owned->hits.lang);
    *out = &owned->hits;
    return ZUB_OK;
}
