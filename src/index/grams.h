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
    uint64_t last;  /* the code points before, 21 bits each */
    unsigned width; /* of a gram */
    size_t length;  /* code points so far */
} zub_gram_maker;

/* A zeroed one is fine. */
void zub_gram_maker_release(zub_gram_maker *maker);

/* Code points of a gram in a language. */
unsigned zub_gram_width(const char *lang);

/* Begin a text in a language. */
void zub_gram_maker_begin(zub_gram_maker *maker, const char *lang);
/* The next folded word of it. ZUB_ENOMEM. */
zub_status zub_gram_maker_add(zub_gram_maker *maker, zub_slice folded);
/* After the last: maker->hashes[0 .. count). ZUB_ENOMEM. */
zub_status zub_gram_maker_end(zub_gram_maker *maker);

#endif
