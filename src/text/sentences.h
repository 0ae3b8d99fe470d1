/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* sentences.h - where a sentence ends. */
#ifndef ZUB_TEXT_SENTENCES_H
#define ZUB_TEXT_SENTENCES_H

#include <unicode/utypes.h>

#include "text/sentence_rules.h"

/* The end of the sentence that begins at text[start], start < size, with the
 * white space behind it: start < end <= size. Reads little beyond the end. */
size_t zub_sentence_end(const zub_sentence_rules *rules, const UChar *text,
                        size_t size, size_t start);

#endif
