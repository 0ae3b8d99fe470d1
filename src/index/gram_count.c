/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gram_count.c - see gram_count.h. Open addressing by the hash times a secret,
 * for the hashes that files hold are known to everybody. A corpus has some
 * hundred thousand grams, so most of the time goes into waiting for memory: the
 * slots of a passage are asked for together before they are looked at. */
#include "index/gram_count.h"

#include "base/hash.h"
#include "base/mem.h"
#include "base/order.h"
#include "index/gram_hash.h"

#define FIRST_SLOTS ((size_t)1 << 12)
#define AHEAD 32u /* grams whose slots are on their way */
#define WORDS_AHEAD 8u

void zub_gram_count_release(zub_gram_count *count)
{
    zub_free(count->units);
    zub_free(count->ends);
    zub_free(count->hashes);
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

/* ---- Words ---- */

zub_status zub_gram_count_know(zub_gram_count *count, zub_slice folded)
{
    size_t most = count->unit_count + folded.size + 1;

    if (!zub_grow(&count->units, &count->unit_capacity, most,
                  sizeof *count->units) ||
        !zub_grow(&count->ends, &count->word_capacity, count->word_count + 1,
                  sizeof *count->ends))
        return ZUB_ENOMEM;
    count->units[count->unit_count++] = ZUB_GRAM_JOINT;
    for (size_t at = 0; at < folded.size;)
        count->units[count->unit_count++] =
            zub_gram_unit(zub_gram_next(folded.data, folded.size, &at));
    count->ends[count->word_count++] = (uint32_t)count->unit_count;
    return ZUB_OK;
}

/* ---- Passages ---- */

void zub_gram_count_begin(zub_gram_count *count, const char *lang)
{
    count->width = zub_gram_width(lang);
    count->size = count->length = 0;
    count->last = 0;
    count->passage++;
}

static void add_units(zub_gram_count *count, const uint16_t *units,
                      size_t size)
{
    uint32_t *to = count->hashes + count->size;
    uint64_t last = count->last;
    size_t i = 0;

    for (; i < size && count->length + 1 < count->width; i++) {
        last = last << 16 | units[i];
        count->length++;
    }
    for (; i < size; i++) {
        last = last << 16 | units[i];
        *to++ = zub_gram_hash(last, count->width);
    }
    count->last = last;
    count->size = (size_t)(to - count->hashes);
}

static inline size_t start_of(const zub_gram_count *count, uint32_t word)
{
    return word ? count->ends[word - 1] : 0;
}

static zub_status add_word(zub_gram_count *count, uint32_t word)
{
    size_t start = start_of(count, word), size = count->ends[word] - start;
    bool is_joined = count->length > 0 && count->width == ZUB_GRAM_WIDTH;

    if (count->size + size > count->capacity &&
        !zub_grow(&count->hashes, &count->capacity, count->size + size,
                  sizeof *count->hashes))
        return ZUB_ENOMEM;
    add_units(count, count->units + start + !is_joined, size - !is_joined);
    return ZUB_OK;
}

/* Where a word lies is asked for in time, and then what lies there. */
zub_status zub_gram_count_add(zub_gram_count *count, const uint32_t *words,
                              size_t size)
{
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < size && status == ZUB_OK; i++) {
        if (i + 2 * WORDS_AHEAD < size)
            __builtin_prefetch(&count->ends[words[i + 2 * WORDS_AHEAD]]);
        if (i + WORDS_AHEAD < size)
            __builtin_prefetch(count->units +
                               start_of(count, words[i + WORDS_AHEAD]));
        status = add_word(count, words[i]);
    }
    return status;
}

/* A text that is shorter than a gram is one. */
static zub_status end_short(zub_gram_count *count)
{
    if (count->length == 0 || count->size > 0)
        return ZUB_OK;
    if (!zub_grow(&count->hashes, &count->capacity, 1, sizeof *count->hashes))
        return ZUB_ENOMEM;
    count->hashes[count->size++] = zub_gram_hash(count->last, count->width);
    return ZUB_OK;
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
    zub_status status = end_short(count);
    size_t size = count->size;
    const uint32_t *hashes = count->hashes;

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
