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

/* Memory that what is left of a volume takes in a builder, about, and that as
 * much again which writing it takes. */
static uint64_t memory_of(const zub_shelved *shelved)
{
    const zub_volume *volume = shelved->volume;
    const zub_volume_about *about = &volume->about;
    uint64_t bytes = about->text_bytes + volume->parts[ZUB_PART_IDS].size +
                     4 * volume->parts[ZUB_PART_WORDS].size;
    uint64_t whole =
        2 * (bytes + about->length * 12 + about->passages * 24 +
             about->articles * 140 + (about->words + about->terms) * 40);
    double left = (double)zub_shelved_articles(shelved);

    return (uint64_t)((double)whole * left / (double)(about->articles + 1));
}

static bool is_half_gone(const zub_shelved *shelved)
{
    return shelved->gone_count > zub_shelved_articles(shelved);
}

bool zub_tiers_is_full(const zub_shelved *shelved, uint64_t memory)
{
    return shelved->gone_count == 0 && memory_of(shelved) > memory / 4 * 3;
}

bool zub_tiers_fit(const zub_shelf *shelf, uint64_t memory)
{
    uint64_t needed = 0;

    for (size_t i = 0; i < shelf->count; i++)
        needed += memory_of(&shelf->items[i]);
    return needed <= memory;
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
