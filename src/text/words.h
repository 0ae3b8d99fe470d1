/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* words.h - the words of a sentence, in every language.
 *
 * A word is an ICU word segment whose rule status is 100 or more: it holds a
 * letter, a digit, kana or an ideograph. This is the whole interface, so that
 * a faster way that finds the same words can take its place.
 */
#ifndef ZUB_TEXT_WORDS_H
#define ZUB_TEXT_WORDS_H

#include <unicode/ubrk.h>

#include "zubda.h"

#define ZUB_WORD_ITERATORS 8

/* The iterators opened so far; the oldest makes room for a ninth language. */
typedef struct zub_words {
    struct {
        char lang[12];
        UBreakIterator *iterator; /* NULL: free */
    } slots[ZUB_WORD_ITERATORS];
    unsigned next;
    UBreakIterator *current; /* borrowed from its slot */
    const UChar *text;       /* of the sentence begun */
    size_t size, at;         /* of it; how far it was read */
} zub_words;

void zub_words_init(zub_words *words);
void zub_words_release(zub_words *words);

/* What follows is in this language. ZUB_ENOMEM. */
zub_status zub_words_choose(zub_words *words, const char *lang,
                            zub_error *error);

/* Begin with a sentence, which must stay until the next one. ZUB_ENOMEM. */
zub_status zub_words_begin(zub_words *words, const UChar *text, size_t size);

/* The next word of it, half open in units; false after the last. */
bool zub_words_next(zub_words *words, size_t *start, size_t *end);

/* Was zub_words_next false because ICU ran out of memory? It cannot say. */
bool zub_words_failed(const zub_words *words);

#endif
