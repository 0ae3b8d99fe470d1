/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* grams.c - see grams.h. As in types.c, cache lines are asked for before they
 * are looked at, and the upper bits of a hash choose the slot, so that growing
 * goes through both tables from front to back: with the lower ones each move
 * waited for memory, and that was half of all counting of n-grams. Ids go by
 * arrival and sealing sorts, so the secret of the hash, which keeps strangers
 * from choosing n-grams that meet, changes no output. */
#include "terms/grams.h"

#include "base/hash.h"
#include "base/mem.h"

#define FIRST_SLOTS 4096u
#define MOST_GRAMS (1u << 31)
#define AHEAD 64u /* n-grams whose slots are on their way at once */

void zub_grams_init(zub_grams *grams)
{
    *grams = (zub_grams){0};
}

void zub_grams_release(zub_grams *grams)
{
    zub_free(grams->slots);
    zub_grams_init(grams);
}

size_t zub_grams_memory(const zub_grams *grams)
{
    return grams->slots ? (grams->mask + 1) * sizeof *grams->slots : 0;
}

static inline size_t slot_of(const zub_grams *grams, uint64_t key)
{
    return (size_t)(zub_fold_product(key ^ grams->secret, ZUB_GOLDEN) >>
                    grams->shift);
}

static inline uint64_t key_of(const zub_gram *gram)
{
    return (uint64_t)gram->prefix << 32 | gram->last;
}

static void move_grams(zub_grams *to, const zub_grams *from)
{
    for (size_t i = 0; from->slots && i <= from->mask; i++) {
        if (from->slots[i].id == 0)
            continue;
        size_t at = slot_of(to, key_of(&from->slots[i]));
        while (to->slots[at].id != 0)
            at = (at + 1) & to->mask;
        to->slots[at] = from->slots[i];
    }
}

static zub_status make_room(zub_grams *grams, size_t more)
{
    size_t size = grams->slots ? grams->mask + 1 : FIRST_SLOTS / 2;
    zub_grams larger = *grams;

    if (grams->slots && grams->count + more <= size / 4 * 3)
        return ZUB_OK;
    if (grams->count + more > MOST_GRAMS)
        return ZUB_ELIMIT;
    do
        size *= 2;
    while (grams->count + more > size / 4 * 3);
    larger.slots = zub_alloc_zero(size, sizeof *larger.slots);
    if (!larger.slots)
        return ZUB_ENOMEM;
    larger.mask = size - 1;
    larger.shift = 64 - (unsigned)__builtin_ctzll(size);
    if (larger.secret == 0)
        larger.secret = zub_draw_secret(grams);
    move_grams(&larger, grams);
    zub_free(grams->slots);
    *grams = larger;
    return ZUB_OK;
}

static inline uint32_t find(zub_grams *grams, uint64_t key)
{
    size_t at = slot_of(grams, key);

    while (grams->slots[at].id != 0 && key_of(&grams->slots[at]) != key)
        at = (at + 1) & grams->mask;
    if (grams->slots[at].id == 0)
        grams->slots[at] = (zub_gram){(uint32_t)(key >> 32), (uint32_t)key,
                                      (uint32_t)++grams->count};
    return grams->slots[at].id - 1;
}

static void ask(const zub_grams *grams, const uint64_t *keys, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (keys[i] != ZUB_NO_GRAM)
            __builtin_prefetch(&grams->slots[slot_of(grams, keys[i])], 1);
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

zub_status zub_grams_find(zub_grams *grams, const uint64_t *keys, size_t size,
                          uint32_t *ids)
{
    zub_status status = make_room(grams, size);

    if (status != ZUB_OK)
        return status;
    ask(grams, keys, least(size, AHEAD));
    for (size_t i = 0; i < size; i++) {
        if (i % AHEAD == 0 && i + AHEAD < size)
            ask(grams, keys + i + AHEAD, least(size - i - AHEAD, AHEAD));
        ids[i] =
            keys[i] == ZUB_NO_GRAM ? ZUB_NO_GRAM_ID : find(grams, keys[i]);
    }
    return ZUB_OK;
}
