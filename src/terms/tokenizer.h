/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* tokenizer.h - an article into words, and a word into what it counts as.
 *
 * Words are found as places in a text, every time. What a word counts as is
 * asked once a type: one term, none, or, where characters are counted, one
 * for each run of them. */
#ifndef ZUB_TERMS_TOKENIZER_H
#define ZUB_TERMS_TOKENIZER_H

#include "zubda.h"
#include "terms/analyzer.h"
#include "text/scan.h"

#define ZUB_MOST_WINDOW 100u /* words behind one that it is paired with */

/* Words in an n-gram: those asked for, or their defaults. */
typedef struct zub_counted_orders {
    unsigned low, high;
} zub_counted_orders;

static inline zub_counted_orders
zub_count_orders(const zub_count_options *options)
{
    unsigned low = options->low ? options->low : 1;
    unsigned high = options->high ? options->high : low;

    return (zub_counted_orders){low, options->window ? 2 : high};
}

/* One thread. */
typedef struct zub_tokenizer zub_tokenizer;

/* The analyzer is borrowed. ZUB_EINVAL: options that do not go together.
 * ZUB_ENOMEM. */
zub_status zub_tokenizer_new(zub_tokenizer **out, zub_analyzer *analyzer,
                             const zub_count_options *options,
                             zub_error *error);
void zub_tokenizer_free(zub_tokenizer *tokenizer);

/* Begin an article. Words will be places in *text, which is the record's or
 * the tokenizer's own, good until the next one. *vocabulary numbers from 0
 * the languages met: what a word counts as depends on nothing else. */
zub_status zub_tokenizer_begin(zub_tokenizer *tokenizer,
                               const zub_record *record, zub_slice *text,
                               size_t *vocabulary, zub_error *error);

/* The language of the article begun; "und": its words have none. */
const char *zub_tokenizer_lang(const zub_tokenizer *tokenizer);

/* The next words, `room` of them at most; breaks[i]: no n-gram reaches from
 * word i to the one before it. *size 0: there are no more. ZUB_ENOMEM. */
zub_status zub_tokenizer_next(zub_tokenizer *tokenizer, zub_scanned *words,
                              bool *breaks, size_t room, size_t *size);

/* What a word of the article begun counts as: none, one or several terms,
 * borrowed until the next call. ZUB_ENOMEM. */
zub_status zub_tokenizer_terms(zub_tokenizer *tokenizer, zub_slice word,
                               const zub_slice **terms, size_t *count);

/* Whether a word may count as several terms. */
bool zub_tokenizer_is_plural(const zub_tokenizer *tokenizer);

/* Everything that decides what is counted, as "key=value key=value ..." for
 * the fingerprint of a state, appended to `out`. */
zub_status zub_tokenizer_fingerprint(zub_tokenizer *tokenizer, zub_buffer *out,
                                     zub_error *error);

#endif
