/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* grams.h - characters in a row across words, as hashes of 32 bits.
 *
 * Folded words are joined by '_', and every 4 code points in a row are a gram;
 * where words have no spaces (Chinese, Japanese) nothing joins them, and a gram
 * is 2 code points. A text that is shorter than a gram is one. Two grams share
 * a hash once in 2^32 pairs, and then count as one.
 */
#ifndef ZUB_INDEX_GRAMS_H
#define ZUB_INDEX_GRAMS_H

#include "zubda.h"

/* Scratch that grows. One thread. */
typedef struct zub_gram_maker {
    uint32_t *hashes; /* [count], in order */
    size_t count, capacity;
    uint64_t last;  /* the code points before, 16 bits each */
    unsigned width; /* of a gram */
    size_t length;  /* code points so far */
} zub_gram_maker;

/* A zeroed one is fine. */
void zub_gram_maker_release(zub_gram_maker *maker);

/* Begin a text in a language. */
void zub_gram_maker_begin(zub_gram_maker *maker, const char *lang);
/* The next folded word of it. ZUB_ENOMEM. */
zub_status zub_gram_maker_add(zub_gram_maker *maker, zub_slice folded);

/* What a word of at most ZUB_GRAM_KNOWN + 2 code points adds to a text where
 * words are joined and which has three code points already: all but what its
 * neighbours have a part in. 56 bytes. */
#define ZUB_GRAM_KNOWN 9u
typedef struct zub_gram_word {
    uint64_t tail;  /* its latest code points behind a joint, as in `last` */
    uint32_t first; /* its first two, 16 bits each */
    uint16_t count; /* of grams it adds: of its code points, and 1 */
    uint16_t half;  /* half of the bits that `last` moves by */
    uint32_t hashes[ZUB_GRAM_KNOWN]; /* from its third code point on */
} zub_gram_word;

/* False: the word is too long, or empty. */
bool zub_gram_word_make(zub_gram_word *out, zub_slice folded);
/* The text at hand is one that zub_gram_maker_add_word may add to. */
static inline bool zub_gram_maker_is_joined(const zub_gram_maker *maker)
{
    return maker->width == 4 && maker->length >= 3;
}
/* The same as zub_gram_maker_add of that word. ZUB_ENOMEM. */
zub_status zub_gram_maker_add_word(zub_gram_maker *maker,
                                   const zub_gram_word *word);
/* After the last: maker->hashes[0 .. count). ZUB_ENOMEM. */
zub_status zub_gram_maker_end(zub_gram_maker *maker);

#endif
