/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* grams.c - see grams.h. The latest four code points of 16 bits lie in one
 * number, from which a gram is hashed; those beyond U+FFFF are mixed into 16
 * bits, so that a gram is one multiplication. */
#include "index/grams.h"

#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"

#define WIDTH 4u
#define WIDTH_WITHOUT_SPACES 2u
#define JOINT '_'

void zub_gram_maker_release(zub_gram_maker *maker)
{
    zub_free(maker->hashes);
    *maker = (zub_gram_maker){0};
}

static bool has_no_spaces(const char *lang)
{
    return strncmp(lang, "zh", 2) == 0 || strncmp(lang, "ja", 2) == 0;
}

void zub_gram_maker_begin(zub_gram_maker *maker, const char *lang)
{
    maker->width = has_no_spaces(lang) ? WIDTH_WITHOUT_SPACES : WIDTH;
    maker->count = maker->length = 0;
    maker->last = 0;
}

static inline uint32_t hash_of(uint64_t last, unsigned width)
{
    uint64_t kept = last & (width == WIDTH ? UINT64_MAX : 0xFFFFFFFFu);

    kept = (kept ^ width) * ZUB_GOLDEN;
    return (uint32_t)((kept ^ kept >> 29) * 0xBF58476D1CE4E5B9u >> 32);
}

/* In 16 bits. */
static inline uint32_t shortened(uint32_t c)
{
    return c > 0xFFFF ? (c * 0x9E3779B1u >> 16) | 1 : c;
}

static inline void add_code_point(zub_gram_maker *maker, uint32_t c)
{
    maker->last = maker->last << 16 | shortened(c);
    if (++maker->length >= maker->width)
        maker->hashes[maker->count++] = hash_of(maker->last, maker->width);
}

/* Folded words are sound UTF-8; damaged ones would only give other grams. */
static inline uint32_t next_code_point(const char *data, size_t size,
                                       size_t *at)
{
    const unsigned char *next = (const unsigned char *)data + *at;

    if (*next < 0x80) {
        *at += 1;
        return *next;
    }
    if (*next >> 5 == 6 && *at + 1 < size) {
        *at += 2;
        return (uint32_t)(*next & 0x1F) << 6 | (next[1] & 0x3F);
    }
    return zub_utf8_next(data, size, at, NULL);
}

zub_status zub_gram_maker_add(zub_gram_maker *maker, zub_slice folded)
{
    if (maker->count + folded.size + 2 > maker->capacity &&
        !zub_grow(&maker->hashes, &maker->capacity,
                  maker->count + folded.size + 2, sizeof *maker->hashes))
        return ZUB_ENOMEM;
    if (maker->length > 0 && maker->width == WIDTH)
        add_code_point(maker, JOINT);
    for (size_t at = 0; at < folded.size;)
        add_code_point(maker, next_code_point(folded.data, folded.size, &at));
    return ZUB_OK;
}

bool zub_gram_word_make(zub_gram_word *out, zub_slice folded)
{
    uint64_t last = JOINT;
    unsigned count = 0;

    *out = (zub_gram_word){0};
    for (size_t at = 0; at < folded.size; count++) {
        uint32_t c = next_code_point(folded.data, folded.size, &at);
        if (count == ZUB_GRAM_KNOWN + 2)
            return false;
        last = last << 16 | shortened(c);
        if (count < 2)
            out->first |= shortened(c) << (count == 0 ? 16 : 0);
        else
            out->hashes[count - 2] = hash_of(last, WIDTH);
    }
    out->tail = last;
    out->count = (uint16_t)(count + 1);
    out->half = (uint16_t)(count < WIDTH - 1 ? 8 * (count + 1) : 32);
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
    uint64_t last = maker->last << 16 | JOINT;
    out[0] = hash_of(last, WIDTH);
    out[1] = hash_of(last << 16 | word->first >> 16, WIDTH);
    out[2] = hash_of(last << 32 | word->first, WIDTH);
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
    maker->hashes[maker->count++] = hash_of(maker->last, maker->width);
    return ZUB_OK;
}
