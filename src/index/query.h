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
    size_t start;           /* where that is in the text */
    double count;           /* how often, a stop word counting half */
} zub_query_term;

/* A word of it, and where it begins in the text. */
typedef struct zub_query_word {
    zub_slice folded, term;
    size_t start;
    uint32_t number; /* of its term, if it scores */
    bool is_stop;
    bool is_asked; /* it scores: not one that must not be there */
} zub_query_word;

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
    zub_query_word *words; /* [word_count], in order, those that must not be
                              there too */
    size_t word_count, word_capacity;
    zub_query_condition *conditions; /* [condition_count] */
    size_t condition_count, condition_capacity;
} zub_query;

void zub_query_release(zub_query *query);

/* A condition asks for words in a row, or for the title's. */
bool zub_query_needs_positions(const zub_query *query);

/* How a text is read. */
typedef struct zub_query_rules {
    bool is_plain;         /* nothing is syntax in it */
    bool is_text;          /* nor in this, and stop words are words */
    const zub_query *like; /* the same text in the language it is in, which
                              says what is a stop word; or NULL */
} zub_query_rules;

/* The wording is not to be trimmed while the query lives. ZUB_ENOMEM, errors of
 * models. */
zub_status zub_query_read(zub_query *out, zub_wording *wording, zub_slice text,
                          const char *lang, const zub_query_rules *rules,
                          zub_error *error);

/* Or word by word: begin, add, end. ZUB_ENOMEM. */
void zub_query_begin(zub_query *out, const char *lang);
zub_status zub_query_add(zub_query *query, const zub_query_word *word);
zub_status zub_query_end(zub_query *query, bool is_text);

#endif
