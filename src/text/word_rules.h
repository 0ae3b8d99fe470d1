/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* word_rules.h - ICU's word rules for a language, as tables to run over UTF-8.
 *
 * ICU compiles its rules (UAX #29 with its own additions, and tailored for a
 * few locales: in ICU 72 fi, sv and en_US_POSIX) to a table of states and a
 * trie of character classes, and gives both away (ubrk_getBinaryRules). What
 * is here is read from them, so the words are those of whichever ICU and
 * locale is at hand, by construction and not by a copy of the rules.
 *
 * A segment is the longest run that the states accept. If a character of a
 * dictionary class is in it (Thai, Lao, Khmer, Myanmar, Han, kana), ICU cuts
 * it further, looking at nothing outside of it.
 */
#ifndef ZUB_TEXT_WORD_RULES_H
#define ZUB_TEXT_WORD_RULES_H

#include <unicode/ubrk.h>
#include <unicode/ucptrie.h>

#include "zubda.h"

#define ZUB_WORD_STATES 128u
#define ZUB_WORD_CLASSES 64u

/* What a segment is that ends in a state; 0: none ends there. */
#define ZUB_SEGMENT_ENDS 1u
#define ZUB_SEGMENT_IS_WORD 2u /* its rule status is 100 or more */

/* Read-only once opened, but for the iterator. */
typedef struct zub_word_rules {
    UBreakIterator *iterator; /* the same rules in ICU; one thread */
    UCPTrie *classes;         /* NULL: these rules cannot be read */
    void *binary;             /* what `classes` points into */
    size_t binary_size;
    uint64_t dictionary; /* bit c: class c is one; none is below U+0800 */
    uint8_t start;       /* state before the first character */
    uint8_t hangul;      /* class of the syllables U+AC00 .. U+D7A3 */
    uint8_t kinds[ZUB_WORD_STATES];
    uint64_t
        loops[ZUB_WORD_STATES]; /* bit c: class c leaves the state as is */
    uint8_t low[0x800];         /* class of a code point below U+0800 */
    uint8_t next[ZUB_WORD_STATES * ZUB_WORD_CLASSES]; /* [state][class]; 0:
                                                         the segment is over */
} zub_word_rules;

/* Class of the end of the text. */
#define ZUB_WORD_CLASS_END 1u

/* The rules of a BCP 47 language, not read yet. Costs a millisecond at most
 * the first time in a process, when ICU maps its data, then 20 us.
 * ZUB_ENOMEM. */
zub_status zub_word_rules_open(zub_word_rules **out, const char *lang,
                               zub_error *error);
void zub_word_rules_close(zub_word_rules *rules);

/* Are they the same, letter for letter? */
bool zub_word_rules_equal(const zub_word_rules *a, const zub_word_rules *b);

/* Fill in the tables; 50 us. Where the ICU at hand compiles rules in another
 * form than that of its version 72, `classes` stays NULL and only the iterator
 * is of use. */
void zub_word_rules_read(zub_word_rules *rules);

#endif
