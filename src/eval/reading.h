/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* reading.h - a text as the measures see it: its words, runs of words and
 * sentences, all of them numbers. */
#ifndef ZUB_EVAL_READING_H
#define ZUB_EVAL_READING_H

#include "eval/vocabulary.h"
#include "text/segments.h"

#define ZUB_READING_MOST_WORDS 32768u

/* Units that are counted: single words, runs of 2, 3 and 4, and pairs with at
 * most 4 words between them. Runs of 2 and pairs share their ids. */
typedef enum zub_unit_kind {
    ZUB_UNITS_1,
    ZUB_UNITS_2,
    ZUB_UNITS_3,
    ZUB_UNITS_4,
    ZUB_UNITS_SKIP,
    ZUB_UNIT_KINDS
} zub_unit_kind;

/* Reused from text to text. Zeroed is empty. */
typedef struct zub_reading {
    struct zub_unit_list {
        uint32_t *ids;
        size_t count, capacity;
    } units[ZUB_UNIT_KINDS]; /* in text order; [ZUB_UNITS_1] are the words */
    size_t *ends;            /* [sentence_count], words up to there */
    size_t sentence_count, end_capacity;
} zub_reading;

void zub_reading_release(zub_reading *reading);

/* How a text is read. */
typedef struct zub_reading_rules {
    size_t limit_words, limit_bytes; /* 0: none */
    zub_segmenter *segmenter; /* for a text of one line; NULL: lines alone */
} zub_reading_rules;

/* ZUB_ELIMIT: more than 32,768 words. ZUB_ENOMEM. */
zub_status zub_reading_fill(zub_reading *reading, zub_vocabulary *vocabulary,
                            zub_slice text, const zub_reading_rules *rules,
                            zub_error *error);

#endif
