/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* preferences.c - see preferences.h. Where the level decides, pairs are counted
 * and never visited: by a sum over levels, and those whose order the ranking
 * keeps by a tree of partial sums over places (Fenwick 1994). */
#include "eval/preferences.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "eval/preference_pairs.h"

/* Lines of a judge. */
typedef struct judge_lines {
    const zub_preferred *items; /* [count] by group, level descending, place */
    size_t count;
    size_t retrieved; /* places below it were */
    uint32_t *tree;   /* [retrieved + 1] zeros */
} judge_lines;

static zub_preference_count plus(zub_preference_count a,
                                 zub_preference_count b)
{
    return (zub_preference_count){a.fulfilled + b.fulfilled,
                                  a.possible + b.possible};
}

static zub_preference_count sum_of(const zub_preference_count *of)
{
    zub_preference_count sum = {0};

    for (size_t i = 0; i < ZUB_RETRIEVED_KINDS; i++)
        sum = plus(sum, of[i]);
    return sum;
}

/* ---- One group: levels ---- */

static void add(const judge_lines *lines, size_t place, uint32_t value)
{
    for (size_t i = place + 1; i <= lines->retrieved; i += i & -i)
        lines->tree[i] += value;
}

/* How many were added at lesser places. */
static size_t count_before(const judge_lines *lines, size_t place)
{
    size_t count = 0;

    for (size_t i = place; i > 0; i -= i & -i)
        count += lines->tree[i];
    return count;
}

static size_t level_end(const zub_preferred *items, size_t start, size_t count)
{
    size_t end = start + 1;

    while (end < count && items[end].level == items[start].level)
        end++;
    return end;
}

/* Those of the level [start, end) that were retrieved are its first. */
static size_t count_retrieved(const judge_lines *lines, size_t start,
                              size_t end)
{
    size_t at = start;

    while (at < end && lines->items[at].place < lines->retrieved)
        at++;
    return at - start;
}

/* Preferences of the first `count` lines. */
static void count_levels(zub_preference_count *of, const judge_lines *lines,
                         size_t count)
{
    zub_preference_count *both = &of[ZUB_BOTH_RETRIEVED];
    zub_preference_count *one = &of[ZUB_ONE_RETRIEVED];
    uint64_t found_above = 0, missed_above = 0;

    for (size_t start = 0, end; start < count; start = end) {
        end = level_end(lines->items, start, count);
        uint64_t found = count_retrieved(lines, start, end);
        uint64_t missed = end - start - found;
        for (size_t i = start; i < start + found; i++)
            both->fulfilled += count_before(lines, lines->items[i].place);
        for (size_t i = start; i < start + found; i++)
            add(lines, lines->items[i].place, 1);
        both->possible += found_above * found;
        one->fulfilled += found_above * missed;
        one->possible += found_above * missed + missed_above * found;
        of[ZUB_NONE_RETRIEVED].possible += missed_above * missed;
        found_above += found;
        missed_above += missed;
    }
    for (size_t i = 0; i < count; i++)
        if (lines->items[i].place < lines->retrieved)
            add(lines, lines->items[i].place, (uint32_t)-1);
}

/* Of fewer nonrelevant documents than relevant ones: what is missing is
 * fulfilled by those that were retrieved. */
static zub_preference_count pad(zub_preference_count count, uint64_t found,
                                uint64_t relevant, uint64_t missing)
{
    return plus(count,
                (zub_preference_count){found * missing, relevant * missing});
}

static uint64_t least(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* The first `kept` of the lowest level, `size` of it in all with `found` of them
 * retrieved: trec_eval compares the level with itself, too, by place. */
static zub_preference_count count_lowest(uint64_t kept, uint64_t found,
                                         uint64_t size)
{
    uint64_t rising = least(kept, found);

    return (zub_preference_count){
        (rising > 0 ? rising * (rising - 1) / 2 : 0) + (kept - rising) * found,
        kept * size};
}

static size_t lowest_start(const judge_lines *lines)
{
    size_t start = 0, end = 0;

    while (end < lines->count) {
        start = end;
        end = level_end(lines->items, start, lines->count);
    }
    return start;
}

/* With no more nonrelevant documents than `relevant`. */
static zub_preference_count cut(const judge_lines *lines, uint64_t relevant,
                                bool is_of_retrieved)
{
    zub_preference_count of[ZUB_RETRIEVED_KINDS] = {0};
    size_t start = lowest_start(lines);
    uint64_t found = count_retrieved(lines, start, lines->count);
    uint64_t size = is_of_retrieved ? found : lines->count - start;
    uint64_t kept = least(relevant, size);

    count_levels(of, lines, start + (size_t)kept);
    return plus(is_of_retrieved ? of[ZUB_BOTH_RETRIEVED] : sum_of(of),
                count_lowest(kept, found, size));
}

/* How many documents are relevant and not, of all and of those retrieved. */
typedef struct relevance_count {
    uint64_t relevant, nonrelevant, found, found_nonrelevant;
} relevance_count;

static void count_group(zub_preference_judge *out, const judge_lines *lines)
{
    relevance_count all = {0};

    for (size_t i = 0; i < lines->count; i++) {
        const zub_preferred *item = &lines->items[i];
        bool is_found = item->place < lines->retrieved;
        all.relevant += item->level > 0;
        all.nonrelevant += !(item->level > 0);
        all.found += is_found && item->level > 0;
        all.found_nonrelevant += is_found && !(item->level > 0);
    }
    count_levels(out->of, lines, lines->count);
    out->balanced = all.relevant < all.nonrelevant
                        ? cut(lines, all.relevant, false)
                        : pad(sum_of(out->of), all.found, all.relevant,
                              all.relevant - all.nonrelevant);
    out->balanced_retrieved =
        all.found < all.found_nonrelevant
            ? cut(lines, all.found, true)
            : pad(out->of[ZUB_BOTH_RETRIEVED], all.found, all.relevant,
                  all.found - all.found_nonrelevant);
}

/* ---- Several groups: rows of bits ---- */

/* Bits of both in [from, to). */
static uint64_t count_bits(const uint64_t *row, const uint64_t *mask,
                           size_t from, size_t to)
{
    uint64_t count = 0;

    for (size_t word = from / 64; from < to; word++) {
        size_t end = (word + 1) * 64 < to ? (word + 1) * 64 : to;
        uint64_t bits = row[word] & mask[word] & ~(uint64_t)0 << from % 64;
        if (end % 64 != 0)
            bits &= ((uint64_t)1 << end % 64) - 1;
        count += (uint64_t)__builtin_popcountll(bits);
        from = end;
    }
    return count;
}

/* Preferences between documents in the mask. */
static void count_rows(zub_preference_count *of,
                       const zub_preference_order *order, const uint64_t *mask,
                       size_t retrieved)
{
    zub_preference_count *both = &of[ZUB_BOTH_RETRIEVED];
    zub_preference_count *one = &of[ZUB_ONE_RETRIEVED];

    for (size_t a = 0; a < order->count; a++) {
        const uint64_t *row = order->rows + a * order->words;
        if (!(mask[a / 64] >> a % 64 & 1))
            continue;
        uint64_t found = count_bits(row, mask, 0, retrieved);
        uint64_t missed = count_bits(row, mask, retrieved, order->count);
        if (a < retrieved) {
            both->fulfilled += count_bits(row, mask, a, retrieved);
            both->possible += found;
            one->fulfilled += missed;
            one->possible += missed;
        } else {
            one->possible += found;
            of[ZUB_NONE_RETRIEVED].possible += missed;
        }
    }
}

/* Takes the nonrelevant ones behind the first `kept` out of the mask. */
static void cut_mask(uint64_t *mask, const zub_preference_order *order,
                     uint64_t kept)
{
    uint64_t seen = 0;

    for (size_t i = 0; i < order->count; i++)
        if (order->documents[i].level == 0 && ++seen > kept)
            mask[i / 64] &= ~((uint64_t)1 << i % 64);
}

static relevance_count count_documents(const zub_preference_order *order,
                                       size_t retrieved)
{
    relevance_count all = {0};

    for (size_t i = 0; i < order->count; i++) {
        double level = order->documents[i].level;
        all.relevant += level > 0;
        all.nonrelevant += level == 0;
        all.found += i < retrieved && level > 0;
        all.found_nonrelevant += i < retrieved && level == 0;
    }
    return all;
}

static zub_status count_groups(zub_preference_judge *out,
                               const zub_preference_order *order,
                               size_t places_retrieved)
{
    uint64_t *mask = zub_alloc(order->words, sizeof *mask);
    size_t retrieved = 0;

    if (!mask)
        return ZUB_ENOMEM;
    while (retrieved < order->count &&
           order->documents[retrieved].place < places_retrieved)
        retrieved++;
    memset(mask, 0xFF, order->words * sizeof *mask);
    count_rows(out->of, order, mask, retrieved);
    relevance_count all = count_documents(order, retrieved);
    zub_preference_count few[ZUB_RETRIEVED_KINDS] = {0};
    cut_mask(mask, order, all.relevant);
    count_rows(few, order, mask, retrieved);
    out->balanced = all.relevant < all.nonrelevant
                        ? sum_of(few)
                        : pad(sum_of(out->of), all.found, all.relevant,
                              all.relevant - all.nonrelevant);
    out->balanced_retrieved =
        all.found < all.found_nonrelevant
            ? few[ZUB_BOTH_RETRIEVED]
            : pad(out->of[ZUB_BOTH_RETRIEVED], all.found, all.relevant,
                  all.found - all.found_nonrelevant);
    zub_free(mask);
    return ZUB_OK;
}

/* ---- The whole ---- */

/* Of one judge each pair is one preference. */
static void take_pairs(zub_preferences *out)
{
    for (size_t i = 0; i < ZUB_RETRIEVED_KINDS; i++)
        out->pairs[i] =
            (zub_preference_pairs){(double)out->judges[0].of[i].fulfilled,
                                   out->judges[0].of[i].possible};
}

typedef struct counting {
    zub_preferences *out;
    zub_preferred_list list;
    zub_preference_order *orders; /* [judge_count] */
    uint32_t *tree;               /* see judge_lines */
    uint64_t bits, pairs;         /* that may still be spent */
    zub_error *error;
} counting;

static zub_status count_judge(counting *c, size_t judge, size_t start,
                              size_t end)
{
    const zub_preferred *items = c->list.items + start;
    zub_preference_judge *out = &c->out->judges[judge];
    zub_preference_order *order = &c->orders[judge];
    uint64_t pairs = (uint64_t)(end - start) * (end - start);
    zub_status status = zub_preference_order_init(order, items, end - start,
                                                  &c->bits, c->error);

    if (status != ZUB_OK)
        return status;
    if (c->list.judge_count > 1 && pairs > c->pairs)
        return zub_fail(c->error, ZUB_ELIMIT,
                        "several judges compare too many documents, %zu",
                        c->list.documents);
    c->pairs -= c->list.judge_count > 1 ? pairs : 0;
    if (order->rows)
        return count_groups(out, order, c->list.retrieved);
    count_group(out, &(judge_lines){.items = items,
                                    .count = end - start,
                                    .retrieved = c->list.retrieved,
                                    .tree = c->tree});
    return ZUB_OK;
}

static zub_status count_all(counting *c)
{
    const zub_preferred_list *list = &c->list;
    zub_status status = ZUB_OK;

    for (size_t start = 0, end; start < list->count && status == ZUB_OK;
         start = end) {
        size_t judge = list->items[start].judge;
        for (end = start;
             end < list->count && list->items[end].judge == judge;)
            end++;
        status = count_judge(c, judge, start, end);
    }
    if (status != ZUB_OK)
        return status;
    if (list->judge_count > 1)
        return zub_preference_pairs_find(c->out->pairs, c->orders, list);
    take_pairs(c->out);
    return ZUB_OK;
}

static zub_status make_room(counting *c)
{
    size_t judges = c->list.judge_count;

    c->out->judges = zub_alloc_zero(judges, sizeof *c->out->judges);
    c->out->judge_count = judges;
    c->orders = zub_alloc_zero(judges, sizeof *c->orders);
    c->tree = zub_alloc_zero(c->list.retrieved + 1, sizeof *c->tree);
    return c->out->judges && c->orders && c->tree ? ZUB_OK : ZUB_ENOMEM;
}

static void release(counting *c)
{
    for (size_t i = 0; c->orders && i < c->list.judge_count; i++)
        zub_preference_order_release(&c->orders[i]);
    zub_free(c->orders);
    zub_free(c->tree);
    zub_preferred_release(&c->list);
}

zub_status zub_preferences_count(zub_preferences *out,
                                 const zub_trec_line *judged,
                                 size_t judged_count,
                                 const zub_trec_line *retrieved,
                                 size_t retrieved_count, zub_error *error)
{
    counting c = {.out = out,
                  .bits = ZUB_PREFERENCE_BITS,
                  .pairs = ZUB_PREFERENCE_PAIRS,
                  .error = error};

    *out = (zub_preferences){0};
    zub_status status = zub_preferred_place(&c.list, judged, judged_count,
                                            retrieved, retrieved_count);
    if (status == ZUB_OK)
        status = make_room(&c);
    if (status == ZUB_OK)
        status = count_all(&c);
    release(&c);
    if (status != ZUB_OK)
        zub_preferences_release(out);
    return status == ZUB_ENOMEM ? zub_fail_memory(error) : status;
}

void zub_preferences_release(zub_preferences *preferences)
{
    zub_free(preferences->judges);
    *preferences = (zub_preferences){0};
}
