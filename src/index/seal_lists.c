/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* seal_lists.c - the passages of each term. A room is made for each list, and one
 * walk over the passages fills them all (a counting sort), so that nothing is
 * sorted that is as many as the words. */
#include <string.h>

#include "base/mem.h"
#include "index/dictionary.h"
#include "index/sealing.h"

#define AHEAD 8u /* words whose terms are on their way */

/* Where a term is in the bag that had it last. */
typedef struct mark {
    uint32_t passage; /* and 1 */
    uint32_t place;   /* in `items` */
} bag_mark;

/* The terms of one passage, each with its count. */
typedef struct bag {
    bag_mark *marks;    /* [terms] */
    zub_posting *items; /* [size]: {term, count} */
    size_t size, capacity;
} term_bag;

static void release_bag(term_bag *bag)
{
    zub_free(bag->marks);
    zub_free(bag->items);
}

static zub_status open_bag(term_bag *bag, size_t terms)
{
    bag->marks = zub_alloc_zero(terms + 1, sizeof *bag->marks);
    return bag->marks ? ZUB_OK : ZUB_ENOMEM;
}

static void put_words(term_bag *bag, const uint32_t *terms,
                      zub_word_slice words, uint32_t passage)
{
    for (size_t i = 0; i < words.count; i++) {
        if (i + AHEAD < words.count)
            __builtin_prefetch(&bag->marks[terms[words.words[i + AHEAD]]]);
        uint32_t term = terms[words.words[i]];
        bag_mark *mark = &bag->marks[term];
        if (mark->passage != passage + 1) {
            *mark = (bag_mark){passage + 1, (uint32_t)bag->size};
            bag->items[bag->size++] = (zub_posting){term, 0};
        }
        bag->items[mark->place].count++;
    }
}

static zub_status fill_bag(term_bag *bag, const zub_sealing *run, size_t at)
{
    const uint32_t *terms = zub_sealing_numbers(run, ZUB_PART_WORD_TERM);
    zub_word_slice both[2];

    bag->size = 0;
    if (!zub_grow(&bag->items, &bag->capacity, (size_t)run->lengths[at] + 1,
                  sizeof *bag->items))
        return ZUB_ENOMEM;
    zub_sealing_stretches(run, at, both);
    for (size_t s = 0; s < 2; s++)
        put_words(bag, terms, both[s], (uint32_t)at);
    return ZUB_OK;
}

/* Room for each list: a term is in no more passages than it is said. */
static zub_status make_rooms(zub_sealing *run)
{
    const uint32_t *term_of = zub_sealing_numbers(run, ZUB_PART_WORD_TERM);
    size_t terms = run->about.terms;

    run->starts = zub_alloc_zero(terms + 1, sizeof *run->starts);
    run->ends = zub_alloc(terms + 1, sizeof *run->ends);
    if (!run->starts || !run->ends)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < run->about.words; i++)
        run->starts[term_of[i] + 1] += run->counts[run->ranked[i]];
    for (size_t i = 0; i < terms; i++)
        run->starts[i + 1] += run->starts[i];
    memcpy(run->ends, run->starts, (terms + 1) * sizeof *run->ends);
    run->postings =
        zub_alloc((size_t)run->starts[terms] + 1, sizeof *run->postings);
    return run->postings ? ZUB_OK : ZUB_ENOMEM;
}

static zub_status fill_lists(zub_sealing *run, term_bag *bag)
{
    zub_status status = ZUB_OK;

    for (size_t at = 0; at < run->about.passages && status == ZUB_OK; at++) {
        status = fill_bag(bag, run, at);
        for (size_t i = 0; status == ZUB_OK && i < bag->size; i++)
            run->postings[run->ends[bag->items[i].passage]++] =
                (zub_posting){(uint32_t)at, bag->items[i].count};
    }
    return status;
}

static zub_status write_lists(zub_sealing *run)
{
    zub_buffer *out = &run->parts[ZUB_PART_POSTINGS];
    zub_term_writer terms;

    zub_term_writer_init(&terms);
    for (size_t i = 0; i < run->about.terms; i++) {
        size_t start = out->size;
        size_t df = (size_t)(run->ends[i] - run->starts[i]);
        zub_postings_add(out, run->postings + run->starts[i], df,
                         run->lengths);
        zub_term_writer_add(&terms,
                            run->builder->terms.names[run->ranked_terms[i]],
                            (uint32_t)df, start, out->size - start);
    }
    zub_buffer_add(out, "\0\0\0\0\0\0\0", ZUB_POSTINGS_PAD);
    run->parts[ZUB_PART_TERM_AT] = terms.blocks;
    run->parts[ZUB_PART_TERMS] = terms.terms;
    zub_free(run->postings);
    run->postings = NULL;
    return out->status;
}

zub_status zub_seal_lists(zub_sealing *run)
{
    term_bag bag = {0};
    zub_status status = open_bag(&bag, run->about.terms);

    if (status == ZUB_OK)
        status = make_rooms(run);
    if (status == ZUB_OK)
        status = fill_lists(run, &bag);
    release_bag(&bag);
    if (status == ZUB_OK && !run->about.has_positions)
        status = zub_seal_vectors(run);
    return status == ZUB_OK ? write_lists(run) : status;
}
