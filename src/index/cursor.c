/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* cursor.c - see cursor.h. */
#include "index/cursor.h"

#define BLOCK ZUB_POSTINGS_BLOCK
#define STRIDE 8u    /* postings that are passed over together */
#define ENDLESS 255u /* a head's highest count, when it says no more */

void zub_norms_init(zub_norms *norms, double average)
{
    norms->per_word = average > 0 ? ZUB_BM25_K1 * ZUB_BM25_B / average : 0;
    for (uint32_t i = 0; i < ZUB_NORMS; i++)
        norms->table[i] = ZUB_BM25_K1 * (1 - ZUB_BM25_B) + norms->per_word * i;
}

static size_t block_size(const zub_cursor *cursor, size_t block)
{
    size_t left = cursor->df - block * BLOCK;

    return left < BLOCK ? left : BLOCK;
}

static bool length_of(const zub_cursor *cursor, uint32_t passage,
                      uint32_t *length)
{
    return zub_volume_u32(cursor->volume, ZUB_PART_LENGTHS, passage, length);
}

/* A short list has no heads: it is read at once, and is its own head. */
static uint32_t last_of(const zub_cursor *cursor, size_t block)
{
    return cursor->df >= BLOCK ? zub_postings_last_at(cursor->list, block)
                               : cursor->passages[cursor->size - 1];
}

static bool load(zub_cursor *cursor)
{
    size_t block = cursor->block;
    bool has_heads = cursor->df >= BLOCK;
    size_t from = 0, to = cursor->list_size;
    int64_t before = -1;

    if (cursor->loaded == block)
        return true;
    if (has_heads) {
        from = zub_postings_head_at(cursor->list, block).offset;
        if (block + 1 < cursor->block_count)
            to = zub_postings_head_at(cursor->list, block + 1).offset;
        if (block > 0)
            before = zub_postings_last_at(cursor->list, block - 1);
    }
    const zub_guarded *part = &cursor->volume->parts[ZUB_PART_POSTINGS];
    size_t pad = part->size - cursor->list_at - cursor->list_size;
    if (from > to || to > cursor->list_size || pad < ZUB_POSTINGS_PAD ||
        !zub_guard_touch(part, cursor->list_at + from,
                         to - from + ZUB_POSTINGS_PAD))
        return false;
    cursor->size = block_size(cursor, block);
    cursor->at = 0;
    cursor->loaded = block;
    cursor->uncounted = cursor->size == BLOCK ? cursor->list + from : NULL;
    uint32_t end = (uint32_t)cursor->volume->about.passages;
    if (cursor->size == BLOCK
            ? !zub_postings_read_full(cursor->passages, cursor->list + from,
                                      to - from, before, end)
            : !zub_postings_read(cursor->passages, cursor->counts,
                                 cursor->size, cursor->list + from, to - from,
                                 before, end))
        return false;
    return !has_heads || cursor->passages[cursor->size - 1] ==
                             zub_postings_last_at(cursor->list, block);
}

bool zub_cursor_open(zub_cursor *cursor, const zub_volume *volume,
                     const zub_term_place *place, const zub_norms *norms,
                     double weight)
{
    const zub_guarded *part = &volume->parts[ZUB_PART_POSTINGS];
    size_t heads = zub_postings_heads(place->df);

    if (place->df == 0 || place->df > volume->about.passages ||
        place->offset > part->size ||
        place->size > part->size - place->offset || heads > place->size ||
        !zub_guard_touch(part, (size_t)place->offset, heads))
        return false;
    cursor->volume = volume;
    cursor->norms = norms;
    cursor->list_at = (size_t)place->offset;
    cursor->list_size = (size_t)place->size;
    cursor->list = part->data + cursor->list_at;
    cursor->df = place->df;
    cursor->weight = weight;
    cursor->block = 0;
    cursor->block_count = zub_postings_blocks(place->df);
    cursor->loaded = cursor->bounded = SIZE_MAX;
    return place->df >= BLOCK || load(cursor);
}

/* The most that a block adds. Half a unit more, for what rounding does. */
static uint32_t block_bound(const zub_cursor *cursor, zub_postings_head head)
{
    if (head.most == ENDLESS)
        return (uint32_t)cursor->weight + 1;
    return zub_cursor_part(cursor, head.most, head.shortest) + 1;
}

/* Of a short list its real parts are known. */
static uint32_t short_bound(const zub_cursor *cursor, uint32_t low,
                            uint32_t high)
{
    uint32_t bound = 0;

    for (size_t i = cursor->at; i < cursor->size; i++) {
        uint32_t passage = cursor->passages[i], length, part;
        if (passage < low)
            continue;
        if (passage >= high)
            break;
        if (!length_of(cursor, passage, &length))
            length = 0; /* whoever adds it up will say so */
        part = zub_cursor_part(cursor, cursor->counts[i], length);
        bound = part > bound ? part : bound;
    }
    return bound;
}

static void pass_blocks(zub_cursor *cursor, uint32_t passage)
{
    while (cursor->block < cursor->block_count &&
           last_of(cursor, cursor->block) < passage)
        cursor->block++;
}

void zub_cursor_bound(zub_cursor *cursor, uint32_t low, uint32_t high)
{
    cursor->bound = 0;
    cursor->near = 0;
    pass_blocks(cursor, low);
    if (cursor->block == cursor->block_count)
        return;
    if (cursor->df < BLOCK) {
        cursor->bound = short_bound(cursor, low, high);
        cursor->near = cursor->df;
        return;
    }
    for (size_t i = cursor->block; i < cursor->block_count; i++) {
        if (i > cursor->block && last_of(cursor, i - 1) >= high - 1)
            break;
        uint32_t bound =
            block_bound(cursor, zub_postings_head_at(cursor->list, i));
        cursor->bound = bound > cursor->bound ? bound : cursor->bound;
        cursor->near += BLOCK;
    }
}

uint32_t zub_cursor_most(zub_cursor *cursor, uint32_t passage)
{
    pass_blocks(cursor, passage);
    if (cursor->block == cursor->block_count)
        return 0;
    if (cursor->df < BLOCK)
        return cursor->bound;
    if (cursor->bounded != cursor->block) {
        cursor->bounded = cursor->block;
        cursor->most_here = block_bound(
            cursor, zub_postings_head_at(cursor->list, cursor->block));
    }
    return cursor->most_here;
}

/* The first place at cursor->at or behind it whose passage is not before this
 * one. It is near, as a rule. */
static size_t place_of(const zub_cursor *cursor, uint32_t passage)
{
    size_t at = cursor->at, size = cursor->size;

    while (at + STRIDE <= size && cursor->passages[at + STRIDE - 1] < passage)
        at += STRIDE;
    while (at < size && cursor->passages[at] < passage)
        at++;
    return at;
}

bool zub_cursor_seek(zub_cursor *cursor, uint32_t passage, bool *found)
{
    *found = false;
    pass_blocks(cursor, passage);
    if (cursor->block == cursor->block_count)
        return true;
    if (!load(cursor))
        return false;
    cursor->at = place_of(cursor, passage);
    if (cursor->at == cursor->size)
        return false; /* its head said that there is one */
    *found = cursor->passages[cursor->at] == passage;
    return true;
}
