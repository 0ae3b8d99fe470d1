/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* grams.c - see grams.h. As in vocabulary.c, a batch asks for all its cache
 * lines before it looks at the first. Ids go by arrival and sealing sorts, so
 * the secret of the hash, which keeps strangers from choosing n-grams that
 * meet, changes no output. */
#include "terms/grams.h"

#include <sys/random.h>

#include "base/mem.h"

#define FIRST_SLOTS 4096u
#define MOST_PAIRS (1u << 31)

void zub_grams_init(zub_grams *pairs)
{
    *pairs = (zub_grams){0};
}

void zub_grams_release(zub_grams *pairs)
{
    zub_free(pairs->slots);
    zub_grams_init(pairs);
}

size_t zub_grams_memory(const zub_grams *pairs)
{
    return pairs->slots ? (pairs->mask + 1) * sizeof *pairs->slots : 0;
}

static uint64_t draw_secret(const zub_grams *pairs)
{
    uint64_t secret = 0;

    if (getrandom(&secret, sizeof secret, GRND_NONBLOCK) != sizeof secret)
        secret = (uintptr_t)pairs * 0x9E3779B97F4A7C15u;
    return secret | 1;
}

__extension__ typedef unsigned __int128 wide;

static inline size_t slot_of(const zub_grams *pairs, uint64_t key)
{
    wide product = (wide)(key ^ pairs->secret) * 0x9E3779B97F4A7C15u;

    return (size_t)((uint64_t)product ^ (uint64_t)(product >> 64)) &
           pairs->mask;
}

static void move_pairs(zub_grams *to, const zub_grams *from)
{
    for (size_t i = 0; from->slots && i <= from->mask; i++) {
        if (from->slots[i].id == 0)
            continue;
        size_t at = slot_of(to, from->slots[i].key);
        while (to->slots[at].id != 0)
            at = (at + 1) & to->mask;
        to->slots[at] = from->slots[i];
    }
}

static zub_status make_room(zub_grams *pairs, size_t more)
{
    size_t size = pairs->slots ? pairs->mask + 1 : FIRST_SLOTS / 2;
    zub_grams larger = *pairs;

    if (pairs->slots && pairs->count + more <= size / 4 * 3)
        return ZUB_OK;
    if (pairs->count + more > MOST_PAIRS)
        return ZUB_ELIMIT;
    do
        size *= 2;
    while (pairs->count + more > size / 4 * 3);
    larger.slots = zub_alloc_table(size, sizeof *larger.slots);
    if (!larger.slots)
        return ZUB_ENOMEM;
    larger.mask = size - 1;
    if (larger.secret == 0)
        larger.secret = draw_secret(pairs);
    move_pairs(&larger, pairs);
    zub_free(pairs->slots);
    *pairs = larger;
    return ZUB_OK;
}

static uint32_t find(zub_grams *pairs, uint64_t key)
{
    size_t at = slot_of(pairs, key);

    while (pairs->slots[at].id != 0 && pairs->slots[at].key != key)
        at = (at + 1) & pairs->mask;
    if (pairs->slots[at].id == 0) {
        pairs->count++;
        pairs->slots[at].key = key;
        pairs->slots[at].id = (uint32_t)pairs->count;
    }
    return (uint32_t)at;
}

zub_status zub_grams_find(zub_grams *pairs, const uint64_t *keys, size_t size,
                          uint32_t *found)
{
    zub_status status = make_room(pairs, size);

    if (status != ZUB_OK)
        return status;
    for (size_t i = 0; i < size; i++)
        if (keys[i] != ZUB_NO_GRAM)
            __builtin_prefetch(&pairs->slots[slot_of(pairs, keys[i])], 1);
    for (size_t i = 0; i < size; i++)
        found[i] = keys[i] == ZUB_NO_GRAM ? ZUB_NO_SLOT : find(pairs, keys[i]);
    return ZUB_OK;
}
