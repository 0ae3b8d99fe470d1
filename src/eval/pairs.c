/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* pairs.c - see pairs.h. */
#include "eval/pairs.h"

#include <string.h>

#include "base/mem.h"

#define FIRST_SLOTS 1024u

void zub_pairs_release(zub_pairs *pairs)
{
    zub_free(pairs->slots);
    *pairs = (zub_pairs){0};
}

/* Fibonacci hashing: the high bits of the product are the mixed ones. */
static size_t place_of(uint64_t key, size_t mask)
{
    uint64_t mixed = (key ^ key >> 32) * 0x9E3779B97F4A7C15u;

    return (size_t)(mixed >> 20) & mask;
}

static zub_pair_slot *find(const zub_pairs *pairs, uint64_t key)
{
    size_t i = place_of(key, pairs->mask);

    while (pairs->slots[i].is_taken && pairs->slots[i].key != key)
        i = (i + 1) & pairs->mask;
    return &pairs->slots[i];
}

static bool make_room(zub_pairs *pairs)
{
    size_t slots = pairs->slots ? pairs->mask + 1 : 0;
    zub_pairs wider = *pairs;

    if ((size_t)pairs->count + 1 <= slots / 2)
        return true;
    if (pairs->count >= UINT32_MAX / 4)
        return false;
    wider.mask = slots ? slots * 2 - 1 : FIRST_SLOTS - 1;
    wider.slots = zub_alloc_zero(wider.mask + 1, sizeof *wider.slots);
    if (!wider.slots)
        return false;
    for (size_t i = 0; i < slots; i++)
        if (pairs->slots[i].is_taken)
            *find(&wider, pairs->slots[i].key) = pairs->slots[i];
    zub_free(pairs->slots);
    *pairs = wider;
    return true;
}

bool zub_pairs_add(zub_pairs *pairs, uint32_t a, uint32_t b, uint32_t *id)
{
    uint64_t key = (uint64_t)a << 32 | b;

    if (!make_room(pairs))
        return false;
    zub_pair_slot *slot = find(pairs, key);
    if (!slot->is_taken)
        *slot = (zub_pair_slot){key, pairs->count++, 1};
    *id = slot->id;
    return true;
}

void zub_pairs_clear(zub_pairs *pairs)
{
    if (pairs->slots)
        memset(pairs->slots, 0, (pairs->mask + 1) * sizeof *pairs->slots);
    pairs->count = 0;
}
