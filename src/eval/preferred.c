/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* preferred.c - see preferred.h. Lines and ranking are sorted by document and
 * walked side by side. */
#include "eval/preferred.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/slice.h"

#define NOWHERE SIZE_MAX

/* A document of the ranking. */
typedef struct standing {
    zub_slice document;
    size_t rank; /* from 0 */
} standing;

static void number(zub_preferred_list *list, const zub_trec_line *judged)
{
    size_t judge = 0, group = 0;

    for (size_t i = 0; i < list->count; i++) {
        const zub_trec_line *line = &judged[i], *last = line - 1;
        bool is_judge =
            i > 0 && zub_slice_compare(line->judge, last->judge) != 0;
        judge += is_judge;
        group += is_judge ||
                 (i > 0 && zub_slice_compare(line->group, last->group) != 0);
        list->items[i] = (zub_preferred){.document = line->document,
                                         .level = line->value,
                                         .judge = judge,
                                         .group = group};
    }
    list->judge_count = list->count > 0 ? judge + 1 : 0;
}

static int by_document(const void *a, const void *b)
{
    const zub_preferred *x = a, *y = b;

    return zub_slice_compare(x->document, y->document);
}

static int by_name(const void *a, const void *b)
{
    const standing *x = a, *y = b;

    return zub_slice_compare(x->document, y->document);
}

static int by_order(const void *a, const void *b)
{
    const zub_preferred *x = a, *y = b;

    if (x->judge != y->judge)
        return x->judge < y->judge ? -1 : 1;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->level != y->level)
        return x->level > y->level ? -1 : 1;
    return (x->place > y->place) - (x->place < y->place);
}

/* Ranks as places, and which ranks are judged. */
static void find_ranks(zub_preferred_list *list, const standing *standings,
                       size_t count, size_t *is_judged)
{
    size_t at = 0;

    for (size_t i = 0; i < list->count; i++) {
        zub_preferred *item = &list->items[i];
        int order = 1;
        while (at < count && (order = zub_slice_compare(standings[at].document,
                                                        item->document)) < 0)
            at++;
        bool is_found = at < count && order == 0;
        item->place = is_found ? standings[at].rank : NOWHERE;
        if (is_found)
            is_judged[item->place] = 1;
    }
}

/* `places` says which ranks are judged; it becomes their places. */
static void close_ranks(zub_preferred_list *list, size_t *places, size_t count)
{
    size_t next = 0;

    for (size_t rank = 0; rank < count; rank++)
        places[rank] = places[rank] ? next++ : NOWHERE;
    list->retrieved = next;
    for (size_t i = 0; i < list->count; i++) {
        zub_preferred *item = &list->items[i];
        if (item->place != NOWHERE)
            item->place = places[item->place];
        else if (i > 0 && by_document(item - 1, item) == 0)
            item->place = item[-1].place;
        else
            item->place = next++;
    }
    list->documents = next;
}

static void place_all(zub_preferred_list *list, standing *standings,
                      size_t *places, const zub_trec_line *retrieved,
                      size_t count)
{
    for (size_t i = 0; i < count; i++)
        standings[i] = (standing){retrieved[i].document, i};
    if (count > 0)
        qsort(standings, count, sizeof *standings, by_name);
    if (list->count > 0)
        qsort(list->items, list->count, sizeof *list->items, by_document);
    find_ranks(list, standings, count, places);
    close_ranks(list, places, count);
    if (list->count > 0)
        qsort(list->items, list->count, sizeof *list->items, by_order);
}

zub_status zub_preferred_place(zub_preferred_list *out,
                               const zub_trec_line *judged,
                               size_t judged_count,
                               const zub_trec_line *retrieved,
                               size_t retrieved_count)
{
    standing *standings = zub_alloc(retrieved_count, sizeof *standings);
    size_t *places = zub_alloc_zero(retrieved_count, sizeof *places);

    *out = (zub_preferred_list){
        .items = zub_alloc(judged_count, sizeof *out->items),
        .count = judged_count};
    bool is_room = standings && places && out->items;
    if (is_room) {
        number(out, judged);
        place_all(out, standings, places, retrieved, retrieved_count);
    } else {
        zub_preferred_release(out);
    }
    zub_free(standings);
    zub_free(places);
    return is_room ? ZUB_OK : ZUB_ENOMEM;
}

void zub_preferred_release(zub_preferred_list *list)
{
    zub_free(list->items);
    *list = (zub_preferred_list){0};
}
