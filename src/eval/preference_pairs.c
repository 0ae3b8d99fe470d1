/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* preference_pairs.c - see preference_pairs.h. Documents are looked at from the
 * top: judges vote on each against all below it. */
#include "eval/preference_pairs.h"

#include <stdlib.h>

#include "base/mem.h"

/* A document of a judge. */
typedef struct entry {
    size_t place, judge, index; /* index: in the order of the judge */
} entry;

/* Of a document, how many judges prefer it to the one being looked at. */
typedef struct votes {
    uint32_t lost, won; /* won: the other is preferred */
} votes;

typedef struct pairing {
    const zub_preference_order *orders; /* [judges] */
    size_t judges;
    size_t places, retrieved;
    entry *entries; /* [count] by place */
    size_t count;
    votes *votes;    /* [places] zeros */
    size_t *touched; /* [places] places with votes */
    size_t touched_count;
} pairing;

static int by_place(const void *a, const void *b)
{
    const entry *x = a, *y = b;

    return (x->place > y->place) - (x->place < y->place);
}

static void list_entries(pairing *p)
{
    size_t at = 0;

    for (size_t judge = 0; judge < p->judges; judge++)
        for (size_t i = 0; i < p->orders[judge].count; i++)
            p->entries[at++] =
                (entry){p->orders[judge].documents[i].place, judge, i};
    qsort(p->entries, p->count, sizeof *p->entries, by_place);
}

/* The votes of one judge for one document against all at later places. */
static void vote(pairing *p, const entry *one)
{
    const zub_preference_order *order = &p->orders[one->judge];

    for (size_t i = one->index + 1; i < order->count; i++) {
        int sign = zub_preference_order_compare(order, one->index, i);
        votes *to = &p->votes[order->documents[i].place];
        if (sign == 0)
            continue;
        if (to->lost + to->won == 0)
            p->touched[p->touched_count++] = order->documents[i].place;
        to->won += sign > 0;
        to->lost += sign < 0;
    }
}

static void tally(zub_preference_pairs *pairs, pairing *p, size_t place)
{
    for (size_t i = 0; i < p->touched_count; i++) {
        size_t other = p->touched[i];
        votes *those = &p->votes[other];
        zub_preference_pairs *to =
            &pairs[other < p->retrieved   ? ZUB_BOTH_RETRIEVED
                   : place < p->retrieved ? ZUB_ONE_RETRIEVED
                                          : ZUB_NONE_RETRIEVED];
        to->possible++;
        if (place < p->retrieved)
            to->fulfilled += those->won / ((double)those->won + those->lost);
        *those = (votes){0};
    }
    p->touched_count = 0;
}

static void pair_all(zub_preference_pairs *pairs, pairing *p)
{
    list_entries(p);
    for (size_t i = 0; i < p->count; i++) {
        vote(p, &p->entries[i]);
        if (i + 1 == p->count ||
            p->entries[i + 1].place != p->entries[i].place)
            tally(pairs, p, p->entries[i].place);
    }
}

zub_status zub_preference_pairs_find(zub_preference_pairs *out,
                                     const zub_preference_order *orders,
                                     const zub_preferred_list *list)
{
    pairing p = {
        .orders = orders,
        .judges = list->judge_count,
        .places = list->documents,
        .retrieved = list->retrieved,
        .votes = zub_alloc_zero(list->documents, sizeof *p.votes),
        .touched = zub_alloc(list->documents, sizeof *p.touched),
    };
    for (size_t i = 0; i < p.judges; i++)
        p.count += orders[i].count;
    p.entries = zub_alloc(p.count, sizeof *p.entries);
    bool is_room = p.votes && p.touched && p.entries;
    if (is_room)
        pair_all(out, &p);
    zub_free(p.votes);
    zub_free(p.touched);
    zub_free(p.entries);
    return is_room ? ZUB_OK : ZUB_ENOMEM;
}
