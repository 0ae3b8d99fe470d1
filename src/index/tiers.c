/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* tiers.c - see tiers.h. A volume's tier is the logarithm to the base 8 of its
 * words. Eight volumes in a row none of which is of a higher tier than the first
 * of them become one; so does one of which half is gone, alone. */
#include "index/tiers.h"

#define WIDTH 8u
#define FLOOR 4096u /* words: volumes of fewer are of one tier */

static unsigned tier_of(const zub_shelved *shelved)
{
    uint64_t words = shelved->volume->about.length / FLOOR;
    unsigned tier = 0;

    for (; words >= WIDTH; words /= WIDTH)
        tier++;
    return tier;
}

/* Memory that a volume takes in a builder, and that as much again which
 * writing it takes. */
static uint64_t memory_of(const zub_shelved *shelved)
{
    const zub_volume_about *about = &shelved->volume->about;

    return 2 * (about->text_bytes + about->length * 12 +
                about->articles * 100 + about->words * 120);
}

static bool is_half_gone(const zub_shelved *shelved)
{
    return shelved->gone_count > zub_shelved_articles(shelved);
}

/* Volumes from `first` on that are of its tier or lower, and their memory. */
static size_t run_from(const zub_shelf *shelf, size_t first, uint64_t *memory)
{
    unsigned tier = tier_of(&shelf->items[first]);
    size_t end = first;

    *memory = 0;
    while (end < shelf->count && tier_of(&shelf->items[end]) <= tier)
        *memory += memory_of(&shelf->items[end++]);
    return end;
}

bool zub_tiers_choose(const zub_shelf *shelf, uint64_t memory, size_t *first,
                      size_t *end)
{
    for (*first = 0; *first < shelf->count; ++*first) {
        uint64_t needed;
        *end = run_from(shelf, *first, &needed);
        if (*end - *first >= WIDTH && needed <= memory)
            return true;
        *end = *first + 1;
        if (is_half_gone(&shelf->items[*first]) &&
            memory_of(&shelf->items[*first]) <= memory)
            return true;
    }
    return false;
}
