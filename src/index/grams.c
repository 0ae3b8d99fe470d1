/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* grams.c - see grams.h. */
#include "index/grams.h"

#include <string.h>

#include "base/mem.h"
#include "index/gram_hash.h"

void zub_gram_maker_release(zub_gram_maker *maker)
{
    zub_free(maker->hashes);
    *maker = (zub_gram_maker){0};
}

void zub_gram_maker_begin(zub_gram_maker *maker, const char *lang)
{
    maker->width = zub_gram_width(lang);
    maker->count = maker->length = 0;
    maker->last = 0;
}

static inline void add_code_point(zub_gram_maker *maker, uint32_t c)
{
    maker->last = maker->last << 16 | zub_gram_unit(c);
    if (++maker->length >= maker->width)
        maker->hashes[maker->count++] =
            zub_gram_hash(maker->last, maker->width);
}

zub_status zub_gram_maker_add(zub_gram_maker *maker, zub_slice folded)
{
    if (maker->count + folded.size + 2 > maker->capacity &&
        !zub_grow(&maker->hashes, &maker->capacity,
                  maker->count + folded.size + 2, sizeof *maker->hashes))
        return ZUB_ENOMEM;
    if (maker->length > 0 && maker->width == ZUB_GRAM_WIDTH)
        add_code_point(maker, ZUB_GRAM_JOINT);
    for (size_t at = 0; at < folded.size;)
        add_code_point(maker, zub_gram_next(folded.data, folded.size, &at));
    return ZUB_OK;
}

bool zub_gram_word_make(zub_gram_word *out, zub_slice folded)
{
    uint64_t last = ZUB_GRAM_JOINT;
    unsigned count = 0;

    *out = (zub_gram_word){0};
    for (size_t at = 0; at < folded.size; count++) {
        uint32_t c = zub_gram_next(folded.data, folded.size, &at);
        if (count == ZUB_GRAM_KNOWN + 2)
            return false;
        last = last << 16 | zub_gram_unit(c);
        if (count < 2)
            out->first |= (uint32_t)zub_gram_unit(c) << (count == 0 ? 16 : 0);
        else
            out->hashes[count - 2] = zub_gram_hash(last, ZUB_GRAM_WIDTH);
    }
    out->tail = last;
    out->count = (uint16_t)(count + 1);
    out->half = (uint16_t)(count < ZUB_GRAM_WIDTH - 1 ? 8 * (count + 1) : 32);
    return count > 0;
}

/* Three grams are begun by the word before, at most; those that a word of one
 * code point has not, and what is behind a word's own, are written over. */
zub_status zub_gram_maker_add_word(zub_gram_maker *maker,
                                   const zub_gram_word *word)
{
    const size_t most = 3 + ZUB_GRAM_KNOWN;

    if (maker->count + most > maker->capacity &&
        !zub_grow(&maker->hashes, &maker->capacity, maker->count + most,
                  sizeof *maker->hashes))
        return ZUB_ENOMEM;
    uint32_t *out = maker->hashes + maker->count;
    uint64_t last = maker->last << 16 | ZUB_GRAM_JOINT;
    out[0] = zub_gram_hash(last, ZUB_GRAM_WIDTH);
    out[1] = zub_gram_hash(last << 16 | word->first >> 16, ZUB_GRAM_WIDTH);
    out[2] = zub_gram_hash(last << 32 | word->first, ZUB_GRAM_WIDTH);
    memcpy(out + 3, word->hashes, sizeof word->hashes);
    maker->last = maker->last << word->half << word->half | word->tail;
    maker->count += word->count;
    maker->length += word->count;
    return ZUB_OK;
}

zub_status zub_gram_maker_end(zub_gram_maker *maker)
{
    if (maker->length == 0 || maker->count > 0)
        return ZUB_OK;
    maker->hashes[maker->count++] = zub_gram_hash(maker->last, maker->width);
    return ZUB_OK;
}
