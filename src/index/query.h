/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* query.h - what is asked for: the terms that score, in the query's language,
 * and what a passage must have or must not.
 *
 * Nothing is a wrong query. "..." holds words that stand in a row as they are
 * written; a + or - right before a word or a quote, behind white space, says
 * that it must be there or must not; title: there says that it is in the title.
 * A - at the very start is text, and so is whatever is not followed by a word.
 */
#ifndef ZUB_INDEX_QUERY_H
#define ZUB_INDEX_QUERY_H

#include "index/wording.h"

/* A term, once, however often it was asked for. */
typedef struct zub_query_term {
    zub_slice term, folded; /* folded: as it was asked for first */
    double count;           /* how often, a stop word counting half */
} zub_query_term;

/* Words [first, first + count) of the query in a row: folded alike if they
 * were quoted, else one word of the same term. */
typedef struct zub_query_condition {
    size_t first, count;
    bool is_phrase, is_not, in_title;
} zub_query_condition;

/* Zeroed is empty. Slices are those of the wording that made it. */
typedef struct zub_query {
    char lang[12];
    zub_query_term *terms; /* [term_count], in order of first occurrence */
    size_t term_count, term_capacity;
    zub_wording_word *words; /* [word_count], in order, those that must not be
                                there too */
    size_t word_count, word_capacity;
    bool *is_asked; /* [word_count]: it counts for grams */
    size_t asked_capacity;
    zub_query_condition *conditions; /* [condition_count] */
    size_t condition_count, condition_capacity;
} zub_query;

void zub_query_release(zub_query *query);

/* ZUB_ENOMEM, errors of models. */
zub_status zub_query_read(zub_query *out, zub_wording *wording, zub_slice text,
                          const char *lang, bool is_plain, zub_error *error);
/* The same of a text that nothing is syntax in, and stop words are words. */
zub_status zub_query_read_text(zub_query *out, zub_wording *wording,
                               zub_slice text, const char *lang,
                               zub_error *error);

/* Or word by word: begin, add, end. ZUB_ENOMEM. */
void zub_query_begin(zub_query *out, const char *lang);
zub_status zub_query_add(zub_query *query, const zub_wording_word *word,
                         bool is_asked);
zub_status zub_query_end(zub_query *query, bool is_text);

#endif
