/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* counter.h - a thread's counts while they grow. */
#ifndef ZUB_TERMS_COUNTER_H
#define ZUB_TERMS_COUNTER_H

#include "base/buffer.h"
#include "terms/grams.h"
#include "terms/names.h"
#include "terms/nearby.h"
#include "terms/state.h"
#include "terms/tokenizer.h"
#include "terms/types.h"

/* The value of a type that counts as nothing, and what ends no n-gram. */
#define ZUB_DROPPED ZUB_NO_GRAM_ID
/* Of one whose term is about to be found: never between two batches. */
#define ZUB_WAITING (UINT32_MAX - 2)

/* What a term needs while articles pass: which had it last, where in that
 * one's row, and how many had it. */
typedef struct zub_term_mark {
    uint32_t article, place, df;
} zub_term_mark;

/* The same of an n-gram, where no rows of it are kept. */
typedef struct zub_gram_sum {
    uint32_t article, count, df;
} zub_gram_sum;

typedef struct zub_growing_sums {
    zub_gram_sum *items; /* [size] by id */
    size_t size, capacity;
} zub_growing_sums;

/* Rows of one order: ids by arrival, until they are sealed. Terms stand there
 * once an article, with their counts; n-grams, which are seldom met again, as
 * often as they are met: that takes no memory of where they stand. */
typedef struct zub_growing_rows {
    uint32_t *cols, *counts; /* [size]; counts of terms alone */
    size_t size, cols_capacity, counts_capacity;
    uint64_t *ends; /* [articles] */
    size_t ends_capacity;
} zub_growing_rows;

/* What a type counts as where it may be several terms: a head, then the terms.
 * The head says how many, and how often an article has had the type so far. */
enum {
    ZUB_LIST_ARTICLE,
    ZUB_LIST_TIMES,
    ZUB_LIST_COUNT,
    ZUB_LIST_HEAD /* size of it */
};

/* One thread. The value of a type is a term, or where it may count as several
 * (`is_plural`) the start of its list in `lists`. */
typedef struct zub_counter {
    zub_tokenizer *tokenizer;
    zub_buffer fingerprint;
    unsigned low, high;
    unsigned window; /* pairs of words so near; 0: words in a row */
    bool is_plural, has_articles;
    void (*nameless)(void *context, const zub_record *record);
    void *nameless_context;
    void (*counted)(void *context, const zub_record *record, const char *lang,
                    uint64_t words);
    void *counted_context;
    const char *group_field; /* NULL: articles have their own ids */
    zub_period period;
    bool is_lost; /* failed within an article: of no more use */

    zub_types *vocabularies; /* [vocabulary_count], by language */
    size_t vocabulary_count, vocabulary_capacity;
    uint32_t *lists;
    size_t list_size, list_capacity;

    zub_names terms;
    zub_term_mark *marks; /* [term_count] */
    size_t term_count, mark_capacity;
    zub_grams grams[ZUB_MOST_ORDER];       /* [order - 1], from 2 on */
    zub_growing_sums sums[ZUB_MOST_ORDER]; /* likewise */
    zub_nearby nearby; /* of a window, where no rows are kept */

    uint32_t articles;
    uint64_t tokens, last_words;
    zub_growing_rows rows[ZUB_MOST_ORDER]; /* [order - 1] */
    zub_buffer ids;
    uint64_t *id_ends, *ordinals, *lengths; /* [articles] */
    size_t id_capacity, ordinal_capacity, length_capacity;

    struct zub_counter_batch *batch; /* scratch */
    zub_buffer keys;                 /* terms that wait for their ids */
    uint32_t *flat;                  /* terms of a batch */
    size_t flat_size, flat_capacity;
} zub_counter;

/* `analyzer` and what `options` point at are borrowed. Errors of
 * zub_tokenizer_new. */
zub_status zub_counter_new(zub_counter **out, zub_analyzer *analyzer,
                           const zub_count_options *options, zub_error *error);
void zub_counter_free(zub_counter *counter);

/* Count an article. A failure before its first word leaves no trace of it;
 * after it the counter is lost. ZUB_ELIMIT: too much for one state: 2^32
 * articles, 2^31 types. ZUB_ENOMEM. */
zub_status zub_counter_add(zub_counter *counter, const zub_record *record,
                           zub_error *error);

/* So many words and the next article do not make a count of 2^32. */
uint64_t zub_counter_most_tokens(const zub_counter *counter);

/* Let it keep within `share` bytes where it can choose; 0: as it likes. */
void zub_counter_bound(zub_counter *counter, uint64_t share);

/* Bytes of memory held, roughly; sealing takes as much again for a while. */
size_t zub_counter_memory(const zub_counter *counter);

/* Whether every article keeps a row of n-grams of so many words. */
static inline bool zub_counter_has_rows(const zub_counter *counter,
                                        unsigned order)
{
    return counter->has_articles && order >= counter->low;
}

/* Names and marks of terms are not needed any more, their number is. */
void zub_counter_forget_terms(zub_counter *counter);

/* Empty again, for another state. */
void zub_counter_clear(zub_counter *counter);

/* What was counted, sorted, with articles by ordinal as they came; the counter
 * is empty again. ZUB_ENOMEM. (seal.c) */
zub_status zub_counter_seal(zub_state **out, zub_counter *counter,
                            zub_error *error);

#endif
