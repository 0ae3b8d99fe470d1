/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* ranked_room.c - see ranked_room.h. */
#include "eval/ranked_room.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

static size_t longest(const zub_trec_lines *lines)
{
    size_t most = 0;

    for (size_t i = 0; i < lines->query_count; i++) {
        size_t size = lines->queries[i].end - lines->queries[i].start;
        most = size > most ? size : most;
    }
    return most + 1;
}

zub_status zub_ranked_room_init(zub_ranked_room *room,
                                const zub_trec_lines *run,
                                const zub_trec_lines *judged)
{
    size_t retrieved = longest(run), all = longest(judged);

    *room = (zub_ranked_room){
        .levels = zub_alloc(retrieved, sizeof *room->levels),
        .ideal = zub_alloc(all, sizeof *room->ideal),
        .hits = zub_alloc(retrieved, sizeof *room->hits),
        .dcg = zub_alloc(retrieved, sizeof *room->dcg),
        .ideal_dcg = zub_alloc(all, sizeof *room->ideal_dcg),
    };
    if (room->levels && room->ideal && room->hits && room->dcg &&
        room->ideal_dcg)
        return ZUB_OK;
    zub_ranked_room_release(room);
    return ZUB_ENOMEM;
}

void zub_ranked_room_release(zub_ranked_room *room)
{
    zub_free(room->levels);
    zub_free(room->ideal);
    zub_free(room->hits);
    zub_free(room->dcg);
    zub_free(room->ideal_dcg);
    *room = (zub_ranked_room){0};
}

static int descending(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;

    return (x < y) - (x > y);
}

static double discounted(int level, size_t place)
{
    return level > 0 ? level / log2((double)place + 2) : 0;
}

static void read_judged(zub_ranked *out, zub_ranked_room *room,
                        const zub_trec_lines *judged,
                        const zub_trec_query *query)
{
    for (size_t i = query->start; i < query->end; i++) {
        int level = (int)judged->items[i].value;
        out->relevant += level >= out->level;
        out->nonrelevant += level >= 0 && level < out->level;
        if (level > 0)
            room->ideal[out->ideal_count++] = level;
    }
    if (out->ideal_count > 0)
        qsort(room->ideal, out->ideal_count, sizeof *room->ideal, descending);
    room->ideal_dcg[0] = 0;
    for (size_t i = 0; i < out->ideal_count; i++)
        room->ideal_dcg[i + 1] =
            room->ideal_dcg[i] + discounted(room->ideal[i], i);
}

static void read_retrieved(zub_ranked *out, zub_ranked_room *room,
                           const zub_trec_line *retrieved,
                           const zub_trec_lines *judged,
                           const zub_trec_query *rows)
{
    room->hits[0] = 0;
    room->dcg[0] = 0;
    for (size_t i = 0; i < out->count; i++) {
        const zub_trec_line *line =
            zub_trec_find_document(judged, rows, retrieved[i].document);
        int level = line ? (int)line->value : ZUB_UNPOOLED;
        room->levels[i] = level;
        room->hits[i + 1] = room->hits[i] + (level >= out->level);
        room->dcg[i + 1] = room->dcg[i] + discounted(level, i);
    }
}

zub_ranked zub_ranked_read(zub_ranked_room *room, int level,
                           const zub_trec_line *retrieved, size_t count,
                           const zub_trec_lines *judged,
                           const zub_trec_query *rows)
{
    zub_ranked out = {.levels = room->levels,
                      .count = count,
                      .level = level,
                      .ideal = room->ideal,
                      .hits = room->hits,
                      .dcg = room->dcg,
                      .ideal_dcg = room->ideal_dcg};

    read_judged(&out, room, judged, rows);
    read_retrieved(&out, room, retrieved, judged, rows);
    return out;
}
