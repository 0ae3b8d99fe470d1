/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* word_plain.h - the characters whose words can be found without the states.
 *
 * In plain text a word is a run of letters, digits and marks, joined by single
 * characters such as the apostrophe between two of a kind. Which characters
 * are plain, and what they do, is proved from the states of the rules: other
 * rules make fewer plain, not the words wrong.
 */
#ifndef ZUB_TEXT_WORD_PLAIN_H
#define ZUB_TEXT_WORD_PLAIN_H

#include "text/word_rules.h"

/* What a character may be, as bits; 0: not plain, the states must see it. */
#define ZUB_PLAIN_LETTER 1u
#define ZUB_PLAIN_DIGIT 2u
#define ZUB_PLAIN_MARK 4u          /* stays with what is before it */
#define ZUB_PLAIN_JOINS_LETTERS 8u /* one of it between two letters */
#define ZUB_PLAIN_JOINS_DIGITS 16u /* one of it between two digits */
#define ZUB_PLAIN_GAP 32u          /* alone never in a word; may join */

typedef struct zub_word_plain {
    uint8_t ascii[0x80];
    uint8_t two[0x800];  /* U+0000 .. U+07FF; used from U+0080 on */
    uint8_t general[64]; /* U+2000 .. U+203F, general punctuation */
} zub_word_plain;

/* False: these rules know no plain text. */
bool zub_word_plain_init(zub_word_plain *plain, const zub_word_rules *rules);

#endif
