/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* sentences.h - where a sentence ends. */
#ifndef ZUB_TEXT_SENTENCES_H
#define ZUB_TEXT_SENTENCES_H

#include <unicode/utypes.h>

#include "zubda.h"

/* How a language ends its sentences; a constant. */
typedef struct zub_sentence_rules zub_sentence_rules;

/* Of a BCP 47 language; those of every language for one that is not known. */
const zub_sentence_rules *zub_sentence_rules_find(const char *lang);

/* The end of the sentence that begins at text[start], start < size, with the
 * white space behind it: start < end <= size. Linear in what it passes. */
size_t zub_sentence_end(const zub_sentence_rules *rules, const UChar *text,
                        size_t size, size_t start);

#endif
