/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* parts.h - what a volume is made of: a row a section (docs/index-format.md). */
#ifndef ZUB_INDEX_PARTS_H
#define ZUB_INDEX_PARTS_H

#include "zubda.h"
#include "index/code.h"

#define ZUB_VOLUME_KIND "volume"
#define ZUB_VOLUME_VERSION 2u

/* Articles a, in byte order of their ids; passages p, those of article 0
 * first; words w, the commonest first; terms t, in byte order. An element's
 * size; 1: bytes. */
/* clang-format off */
#define ZUB_PART_MAP(X)                                                     \
    X(ID_ENDS,   "ids.ends",       4) /* [a] */                             \
    X(IDS,       "ids",            1)                                       \
    X(FIRSTS,    "firsts",         4) /* [a + 1] first passage */           \
    X(LANGUAGE,  "language",       1) /* [a] number in `languages` */       \
    X(TITLES,    "titles",         4) /* [a] words of the title */          \
    X(TEXT_ENDS, "text.ends",      8) /* [2a] of title and text */          \
    X(STARTS,    "starts",         4) /* [p] bytes in the text */           \
    X(ENDS,      "ends",           4) /* [p] */                             \
    X(LENGTHS,   "lengths",        4) /* [p] words */                       \
    X(SEQ_ENDS,  "sequence.ends",  4) /* [p] */                             \
    X(SEQUENCE,  "sequence",       1)                                       \
    X(WORD_ENDS, "words.ends",     4) /* [w] */                             \
    X(WORDS,     "words",          1)                                       \
    X(WORD_TERM, "words.terms",    4) /* [w] */                             \
    X(TERM_AT,   "terms.blocks",   4)                                       \
    X(TERMS,     "terms",          1)                                       \
    X(POSTINGS,  "postings",       1)                                       \
    X(GRAM_AT,   "grams.blocks",   4)                                       \
    X(GRAMS,     "grams",          1)                                       \
    X(TEXT_AT,   "text.blocks",    8) /* {ends: raw, packed} a block */     \
    X(TEXT,      "text",           1)
/* clang-format on */

typedef enum zub_part_kind {
#define X(name, text, size) ZUB_PART_##name,
    ZUB_PART_MAP(X)
#undef X
        ZUB_PARTS
} zub_part_kind;

/* The section "about". */
typedef struct zub_volume_about {
    uint64_t articles, passages;
    uint64_t length;     /* words of all passages, with titles */
    uint64_t words;      /* each once */
    uint64_t terms;      /* each once */
    uint64_t grams;      /* each once */
    uint64_t gram_total; /* grams of all passages */
    uint64_t text_bytes; /* titles and texts */
    uint64_t text_blocks;
    uint64_t has_texts;     /* 0, 1 */
    uint64_t has_positions; /* 0: words are terms, without an order */
    uint8_t widths[ZUB_CODES][ZUB_CODE_CLASSES]; /* of those of `sequence` */
} zub_volume_about;

#define ZUB_TEXT_BLOCK ((size_t)64 << 10) /* bytes before packing, but one */

#endif
