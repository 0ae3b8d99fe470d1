/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* place.h - what stands around a stop in a text. */
#ifndef ZUB_TEXT_PLACE_H
#define ZUB_TEXT_PLACE_H

#include <unicode/utf16.h>

#include "text/marks.h"
#include "text/sentence_rules.h"

#define ZUB_WORD_MOST 24 /* units; a longer word is no abbreviation */

/* Indices into the text:
 *
 *     word . " [1]   ( N
 *     |    | |   |   | |
 *     |    | |   |   | head: the first letter or digit behind
 *     |    | |   |   next
 *     |    | |   close: what belongs to this sentence ends
 *     |    | after
 *     |    stop
 *     word: letters, digits and full stops before
 */
typedef struct zub_place {
    const zub_sentence_rules *rules;
    const UChar *text;
    size_t size, start; /* of the text, and of the sentence */
    size_t word, stop, after, close, next;
    UChar32 head;   /* 0: none */
    bool is_strong; /* a stop that is no full stop or pause */
    bool is_exotic; /* one that needs no space behind */
    bool is_inside; /* an odd number of straight quotes before */
} zub_place;

/* Around the stop text[stop]; rules, text, size, start and is_inside are
 * set. */
void zub_place_read(zub_place *place, size_t stop);

/* Behind the white space at text[at]. */
size_t zub_place_skip_spaces(const zub_place *place, size_t at);

/* Can the character end a sentence of the language? */
static inline bool zub_is_stop(const zub_sentence_rules *rules, UChar c)
{
    return c < ZUB_MARKS ? (zub_marks[c] & zub_stop_marks(rules)) != 0
                         : zub_is_stop_beyond(c);
}

static inline bool zub_is_full_stop(UChar c)
{
    return c == '.' || c == 0xFF0E || c == 0x2024;
}

/* A closing bracket or quote, straight ones among them. */
bool zub_is_closing(UChar c);

/* The code point at text[*at], *at < size; moves *at behind it. */
static inline UChar32 zub_next_code_point(const UChar *text, size_t size,
                                          size_t *at)
{
    UChar c = text[(*at)++];

    if (U16_IS_LEAD(c) && *at < size && U16_IS_TRAIL(text[*at]))
        return U16_GET_SUPPLEMENTARY(c, text[(*at)++]);
    return c;
}

static inline UChar32 zub_code_point(const UChar *text, size_t size, size_t at)
{
    return zub_next_code_point(text, size, &at);
}

#endif
