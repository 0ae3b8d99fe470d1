/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* align_articles.h - articles as rows of words that can be compared. */
#ifndef ZUB_INDEX_ALIGN_ARTICLES_H
#define ZUB_INDEX_ALIGN_ARTICLES_H

#include "zubda.h"
#include "base/arena.h"
#include "text/scan.h"

#define ZUB_ALIGN_MOST_WORDS ((size_t)1 << 31) /* of all articles */

typedef struct zub_article {
    zub_slice id, text;  /* in the arena */
    size_t first, count; /* its words */
} zub_article;

/* Words of all articles in a row. Behind each article stands one of hash 0,
 * which no word has, so that nothing in a row reaches over the border. */
struct zub_articles {
    zub_article *items; /* [count] */
    size_t count, capacity;
    uint64_t *words;     /* [size], hashes of words as they fold */
    zub_scanned *places; /* [size], in the text of the article */
    size_t size, words_capacity, places_capacity;
    zub_arena arena;
    uint64_t empty;            /* articles without a word */
    uint64_t repaired, broken; /* bytes that were no text, articles with any */
};

/* The article that has the word at `place`, which is no border. */
size_t zub_articles_find(const zub_articles *articles, size_t place);

#endif
