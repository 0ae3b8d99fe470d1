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

unsigned zub_gram_width(const char *lang)
{
    return has_no_spaces(lang) ? WIDTH_WITHOUT_SPACES : WIDTH;
}

void zub_gram_maker_begin(zub_gram_maker *maker, const char *lang)
{
    maker->width = zub_gram_width(lang);
    maker->count = maker->length = 0;
    maker->last = 0;
}

static inline uint32_t hash_of(uint64_t last, unsigned width)
{
    uint64_t kept = last & (width == WIDTH ? UINT64_MAX : 0xFFFFFFFFu);

    kept = (kept ^ width) * ZUB_GOLDEN;
    return (uint32_t)((kept ^ kept >> 29) * 0xBF58476D1CE4E5B9u >> 32);
}

static inline void add_code_point(zub_gram_maker *maker, uint32_t c)
{
    if (c > 0xFFFF)
        c = (c * 0x9E3779B1u >> 16) | 1;
    maker->last = maker->last << 16 | c;
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

zub_status zub_gram_maker_end(zub_gram_maker *maker)
{
    if (maker->length == 0 || maker->count > 0)
        return ZUB_OK;
    maker->hashes[maker->count++] = hash_of(maker->last, maker->width);
    return ZUB_OK;
}
