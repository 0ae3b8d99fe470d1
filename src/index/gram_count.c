/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gram_count.c - see gram_count.h. Open addressing by the hash times a secret,
 * for the hashes that files hold are known to everybody. A corpus has some hundred thousand grams, so most of the
 * time goes into waiting for memory: the slots of a passage are asked for
 * together before they are looked at. */
#include "index/gram_count.h"

#include "base/hash.h"
#include "base/mem.h"
#include "base/order.h"

#define FIRST_SLOTS ((size_t)1 << 12)
#define AHEAD 12u /* grams whose slots are on their way */

void zub_gram_count_release(zub_gram_count *count)
{
    zub_gram_maker_release(&count->maker);
    zub_free(count->slots);
    *count = (zub_gram_count){0};
}

static size_t first_slot(const zub_gram_count *count, size_t mask,
                         uint32_t hash)
{
    return (size_t)((hash * count->secret) >> 32) & mask;
}

static size_t find_slot(const zub_gram_count *count,
                        const zub_gram_slot *slots, size_t mask, uint32_t hash)
{
    size_t at = first_slot(count, mask, hash);

    while (slots[at].df > 0 && slots[at].hash != hash)
        at = (at + 1) & mask;
    return at;
}

static zub_status make_room(zub_gram_count *count, size_t more)
{
    size_t size = count->slots ? count->mask + 1 : FIRST_SLOTS;

    while ((count->count + more) * 2 > size)
        size *= 2;
    if (count->slots && size == count->mask + 1)
        return ZUB_OK;
    zub_gram_slot *slots = zub_alloc_zero(size, sizeof *slots);
    if (!slots)
        return ZUB_ENOMEM;
    if (!count->slots)
        count->secret = zub_draw_secret(slots) | 1;
    for (size_t i = 0; count->slots && i <= count->mask; i++)
        if (count->slots[i].df > 0)
            slots[find_slot(count, slots, size - 1, count->slots[i].hash)] =
                count->slots[i];
    zub_free(count->slots);
    count->slots = slots;
    count->mask = size - 1;
    return ZUB_OK;
}

void zub_gram_count_begin(zub_gram_count *count, const char *lang)
{
    zub_gram_maker_begin(&count->maker, lang);
    count->passage++;
}

zub_status zub_gram_count_add(zub_gram_count *count, zub_slice folded)
{
    return zub_gram_maker_add(&count->maker, folded);
}

static void count_gram(zub_gram_count *count, uint32_t hash)
{
    zub_gram_slot *slot =
        &count->slots[find_slot(count, count->slots, count->mask, hash)];

    if (slot->df == 0) {
        slot->hash = hash;
        count->count++;
    } else if (slot->mark == count->passage) {
        return;
    }
    slot->mark = count->passage;
    slot->df++;
}

zub_status zub_gram_count_end(zub_gram_count *count)
{
    zub_status status = zub_gram_maker_end(&count->maker);
    size_t size = count->maker.count;
    const uint32_t *hashes = count->maker.hashes;

    count->total += size;
    if (status == ZUB_OK)
        status = make_room(count, size);
    for (size_t i = 0; status == ZUB_OK && i < size; i++) {
        if (i + AHEAD < size)
            __builtin_prefetch(&count->slots[first_slot(count, count->mask,
                                                        hashes[i + AHEAD])]);
        count_gram(count, hashes[i]);
    }
    return status;
}

zub_status zub_gram_count_write(const zub_gram_count *count,
                                zub_gram_writer *writer)
{
    zub_keyed *items = zub_alloc(count->count + 1, sizeof *items);
    zub_keyed *scratch = zub_alloc(count->count + 1, sizeof *scratch);
    zub_status status = items && scratch ? ZUB_OK : ZUB_ENOMEM;
    size_t size = 0;

    for (size_t i = 0; status == ZUB_OK && count->slots && i <= count->mask;
         i++)
        if (count->slots[i].df > 0)
            items[size++] =
                (zub_keyed){count->slots[i].hash, count->slots[i].df};
    if (status == ZUB_OK)
        zub_order_keys(items, scratch, size);
    for (size_t i = 0; i < size; i++)
        zub_gram_writer_add(writer, (uint32_t)items[i].key, items[i].id);
    zub_free(items);
    zub_free(scratch);
    return status;
}
