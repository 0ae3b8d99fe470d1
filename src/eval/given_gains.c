/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* given_gains.c - zub_given_ndcg of ranked.h: other gains than the levels. */
#include "eval/ranked.h"

#include <math.h>

/* Where the level stands among them, or their number. */
static size_t find_given(const zub_given *given, int level)
{
    size_t i = 0;

    while (i < given->count && given->levels[i] != level)
        i++;
    return i;
}

static double gain_of(const zub_given *given, int level)
{
    size_t i = find_given(given, level);

    return level < 0 ? 0 : i < given->count ? given->numbers[i] : level;
}

/* Judged documents of a level. */
static size_t count_level(const zub_ranked *r, int level)
{
    size_t count = 0;

    for (size_t i = 0; i < r->ideal_count; i++)
        count += r->ideal[i] == level;
    return level == 0 ? r->relevant + r->nonrelevant - r->ideal_count : count;
}

/* The discounts of `count` ranks after the first `start`. */
static double discounts(size_t start, size_t count)
{
    double sum = 0;

    for (size_t i = start; i < start + count; i++)
        sum += 1 / log2((double)i + 2);
    return sum;
}

/* Two rows of gains are merged, the highest first: levels as they are, in
 * descending order, and those that were given. */
static double ideal(const zub_ranked *r)
{
    const zub_given *given = r->given;
    bool is_taken[ZUB_GIVEN_MOST] = {false};
    size_t at = 0, rank = 0;
    double sum = 0;

    for (;;) {
        while (at < r->ideal_count &&
               find_given(given, r->ideal[at]) < given->count)
            at++;
        double most = at < r->ideal_count ? r->ideal[at] : 0;
        size_t best = given->count, count = 1;
        for (size_t i = 0; i < given->count; i++)
            if (!is_taken[i] && given->numbers[i] > most) {
                best = i;
                most = given->numbers[i];
            }
        if (most <= 0)
            return sum;
        if (best < given->count) {
            count = count_level(r, given->levels[best]);
            is_taken[best] = true;
        } else {
            at++;
        }
        sum += most * discounts(rank, count);
        rank += count;
    }
}

double zub_given_ndcg(const zub_ranked *ranked)
{
    double sum = 0, most = ideal(ranked);

    for (size_t i = 0; i < ranked->count; i++)
        sum += gain_of(ranked->given, ranked->levels[i]) * discounts(i, 1);
    return most > 0 ? sum / most : 0;
}
