/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gram_hash.h - what a gram is, as a number (index/grams.h says of what). The
 * latest four code points of 16 bits each lie in one number, from which it is
 * hashed; those beyond U+FFFF are mixed into 16 bits. */
#ifndef ZUB_INDEX_GRAM_HASH_H
#define ZUB_INDEX_GRAM_HASH_H

#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"

#define ZUB_GRAM_WIDTH 4u /* code points; the most there are */
#define ZUB_GRAM_WIDTH_WITHOUT_SPACES 2u
#define ZUB_GRAM_JOINT '_' /* between words that have spaces */

static inline unsigned zub_gram_width(const char *lang)
{
    return strncmp(lang, "zh", 2) == 0 || strncmp(lang, "ja", 2) == 0
               ? ZUB_GRAM_WIDTH_WITHOUT_SPACES
               : ZUB_GRAM_WIDTH;
}

static inline uint16_t zub_gram_unit(uint32_t code_point)
{
    return (uint16_t)(code_point > 0xFFFF
                          ? (code_point * 0x9E3779B1u >> 16) | 1
                          : code_point);
}

/* Folded words are sound UTF-8; damaged ones would only give other grams. */
static inline uint32_t zub_gram_next(const char *data, size_t size, size_t *at)
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

/* The latest unit lies lowest. */
static inline uint32_t zub_gram_hash(uint64_t last, unsigned width)
{
    uint64_t kept =
        last & (width == ZUB_GRAM_WIDTH ? UINT64_MAX : 0xFFFFFFFFu);

    kept = (kept ^ width) * ZUB_GOLDEN;
    return (uint32_t)((kept ^ kept >> 29) * 0xBF58476D1CE4E5B9u >> 32);
}

#endif
