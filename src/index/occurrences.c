/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* occurrences.c - see occurrences.h. */
#include "index/occurrences.h"

#include "index/cursor.h"

static zub_status walk(const zub_volume *volume, size_t number,
                       const zub_term_place *place, zub_occurrence_taker *take,
                       void *context)
{
    zub_cursor cursor;
    uint32_t next = 0;
    bool found;

    if (!zub_cursor_open(&cursor, volume, place, NULL, 0))
        return ZUB_EFORMAT;
    for (;;) {
        if (!zub_cursor_seek(&cursor, next, &found))
            return ZUB_EFORMAT;
        if (cursor.block == cursor.block_count)
            return ZUB_OK;
        take(context, number, cursor.passages, zub_cursor_counts(&cursor),
             cursor.size);
        next = cursor.passages[cursor.size - 1] + 1;
    }
}

zub_status zub_occurrences_each(const zub_index *index, zub_slice term,
                                zub_occurrence_taker *take, void *context,
                                zub_error *error)
{
    for (size_t i = 0; i < index->shelf.count; i++) {
        const zub_volume *volume = index->shelf.items[i].volume;
        zub_term_place place;
        zub_status status = zub_term_find(
            &volume->parts[ZUB_PART_TERM_AT], &volume->parts[ZUB_PART_TERMS],
            (uint32_t)volume->about.terms, term, &place);
        if (status == ZUB_ENOTFOUND)
            continue;
        if (status == ZUB_OK)
            status = walk(volume, i, &place, take, context);
        if (status != ZUB_OK)
            return zub_volume_damaged(volume, error);
    }
    return ZUB_OK;
}
