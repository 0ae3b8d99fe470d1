/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* align_pair.c - see align_pair.h.
 *
 * Which of equal chains is the best, and which of equal alignments, depends on
 * the side that is called x; so that is the article of fewer words, of as many
 * that of lesser hashes, whichever side it came from. */
#include "index/align_pair.h"

#include <string.h>

#include "base/mem.h"

/* Words that match and more, as many as both articles have, may be aligned for
 * nothing, for what they are in was told or is too unlike. Then the rest of the
 * chains, which are worse, is given up. */
#define IN_VAIN ((size_t)1 << 14)

void zub_pairer_release(zub_pairer *pairer)
{
    zub_chainer_release(&pairer->chainer);
    zub_extender_release(&pairer->extender);
    zub_taken_release(&pairer->taken);
    zub_free(pairer->anchors);
    zub_free(pairer->keyed);
    zub_free(pairer->scratch);
    zub_free(pairer->passages);
    zub_free(pairer->matches);
    *pairer = (zub_pairer){0};
}

zub_anchor *zub_pairer_anchors(zub_pairer *pairer, size_t count)
{
    return zub_grow(&pairer->anchors, &pairer->anchor_capacity, count,
                    sizeof *pairer->anchors)
               ? pairer->anchors
               : NULL;
}

double zub_passage_similarity(const zub_passage *passage)
{
    uint32_t x = passage->x_end - passage->x_start;
    uint32_t y = passage->y_end - passage->y_start;

    return (double)passage->matched / (x > y ? x : y);
}

/* ---- Sides ---- */

static bool is_turned(const zub_word_pair *pair)
{
    if (pair->x_size != pair->y_size)
        return pair->x_size > pair->y_size;
    for (size_t i = 0; i < pair->x_size; i++)
        if (pair->x[i] != pair->y[i])
            return pair->x[i] > pair->y[i];
    return false;
}

/* Anchors by y, then by x, and called x and y. */
static zub_status turn_anchors(zub_pairer *pairer, size_t count)
{
    if (!zub_grow(&pairer->keyed, &pairer->keyed_capacity, count,
                  sizeof *pairer->keyed) ||
        !zub_grow(&pairer->scratch, &pairer->scratch_capacity, count,
                  sizeof *pairer->scratch))
        return ZUB_ENOMEM;
    for (size_t i = 0; i < count; i++) {
        zub_anchor *anchor = &pairer->anchors[i];
        pairer->keyed[i] = (zub_keyed){
            .key = (uint64_t)anchor->y << 32 | anchor->x, .id = anchor->size};
    }
    zub_order_keys(pairer->keyed, pairer->scratch, count);
    for (size_t i = 0; i < count; i++)
        pairer->anchors[i] =
            (zub_anchor){.x = (uint32_t)(pairer->keyed[i].key >> 32),
                         .y = (uint32_t)pairer->keyed[i].key,
                         .size = pairer->keyed[i].id};
    return ZUB_OK;
}

static void turn_passages(zub_pairer *pairer)
{
    for (size_t i = 0; i < pairer->count; i++) {
        zub_passage p = pairer->passages[i];
        pairer->passages[i] = (zub_passage){.x_start = p.y_start,
                                            .x_end = p.y_end,
                                            .y_start = p.x_start,
                                            .y_end = p.x_end,
                                            .matched = p.matched,
                                            .matches = p.matches};
    }
    for (size_t i = 0; i < pairer->match_count; i++) {
        zub_match match = pairer->matches[i];
        pairer->matches[i] = (zub_match){match.y, match.x};
    }
}

/* ---- Passages ---- */

static zub_passage passage_of(const zub_extender *extender)
{
    zub_match first = extender->matches[0];
    zub_match last = extender->matches[extender->count - 1];

    return (zub_passage){.x_start = first.x,
                         .x_end = last.x + 1,
                         .y_start = first.y,
                         .y_end = last.y + 1,
                         .matched = (uint32_t)extender->count};
}

static zub_status add_passage(zub_pairer *pairer, zub_passage passage)
{
    const zub_extender *extender = &pairer->extender;

    if (!zub_grow(&pairer->passages, &pairer->passage_capacity,
                  pairer->count + 1, sizeof *pairer->passages) ||
        !zub_grow(&pairer->matches, &pairer->match_capacity,
                  pairer->match_count + extender->count,
                  sizeof *pairer->matches))
        return ZUB_ENOMEM;
    passage.matches = pairer->match_count;
    memcpy(pairer->matches + pairer->match_count, extender->matches,
           extender->count * sizeof *extender->matches);
    pairer->match_count += extender->count;
    pairer->passages[pairer->count++] = passage;
    return ZUB_OK;
}

static zub_status take_chain(zub_pairer *pairer, const zub_word_pair *pair,
                             const uint32_t *chain, size_t size,
                             const zub_passage_rules *rules)
{
    const zub_anchor *first = &pairer->anchors[chain[0]];
    zub_rectangle start = {first->x, first->x + 1, first->y, first->y + 1};

    if (zub_taken_overlaps(&pairer->taken, &start))
        return ZUB_OK;
    zub_status status = zub_extender_run(&pairer->extender, pair,
                                         pairer->anchors, chain, size);
    if (status != ZUB_OK)
        return status;
    zub_passage passage = passage_of(&pairer->extender);
    zub_rectangle whole = {passage.x_start, passage.x_end, passage.y_start,
                           passage.y_end};
    if (passage.matched < rules->min_words)
        return ZUB_OK;
    if (zub_passage_similarity(&passage) < rules->min_similarity ||
        zub_taken_overlaps(&pairer->taken, &whole)) {
        pairer->in_vain += passage.matched;
        return ZUB_OK;
    }
    status = zub_taken_add(&pairer->taken, &whole);
    return status == ZUB_OK ? add_passage(pairer, passage) : status;
}

static zub_status take_chains(zub_pairer *pairer, const zub_word_pair *pair,
                              size_t count, const zub_passage_rules *rules)
{
    const uint32_t *chain;
    size_t size, most = IN_VAIN + pair->x_size + pair->y_size;
    zub_status status =
        zub_chainer_link(&pairer->chainer, pairer->anchors, count);

    if (status == ZUB_OK)
        status = zub_taken_begin(&pairer->taken, pair->x_size);
    pairer->in_vain = 0;
    while (status == ZUB_OK && pairer->in_vain <= most &&
           (size = zub_chainer_next(&pairer->chainer, &chain)) > 0)
        status = take_chain(pairer, pair, chain, size, rules);
    return status;
}

zub_status zub_pairer_run(zub_pairer *pairer, const zub_word_pair *pair,
                          size_t count, const zub_passage_rules *rules)
{
    zub_word_pair turned = {pair->y, pair->x, pair->y_size, pair->x_size};
    bool turns = is_turned(pair);
    zub_status status = ZUB_OK;

    pairer->count = pairer->match_count = 0;
    if (turns)
        status = turn_anchors(pairer, count);
    if (status == ZUB_OK)
        status = take_chains(pairer, turns ? &turned : pair, count, rules);
    if (status == ZUB_OK && turns)
        turn_passages(pairer);
    return status;
}
