/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gram_query.h - the character grams of a text, and how well those of a passage
 * match them. */
#ifndef ZUB_INDEX_GRAM_QUERY_H
#define ZUB_INDEX_GRAM_QUERY_H

#include "index/grams.h"
#include "index/ranker.h"

typedef struct zub_gram_weight {
    uint32_t hash;
    uint32_t count; /* in the text; then in a passage at hand */
    double weight;
} zub_gram_weight;

/* Zeroed is empty. One thread. */
typedef struct zub_gram_query {
    zub_gram_weight *grams; /* [count] */
    size_t count;
    uint32_t *slots; /* [mask + 1]: a gram's number, plus 1 */
    size_t mask;
    uint64_t secret;
    uint64_t *filter; /* [filter_mask + 1]: a bit for the low bits of a hash */
    size_t filter_mask;
    uint32_t *touched; /* [count] scratch */
    double average;    /* grams a passage */
} zub_gram_query;

/* How often a thing is in a text and its idf, as a weight of the text's side:
 * for a query count * idf, for a whole text (1 + ln count) * idf^2, with which
 * the order is that of the cosine of TF-IDF. */
double zub_text_weight(double count, double idf, bool is_text);

/* Of the grams that `maker` has made, where so many passages have grams of
 * their kind. ZUB_EFORMAT, in words; ZUB_ENOMEM. */
zub_status zub_gram_query_make(zub_gram_query *out, const zub_index *index,
                               uint64_t passages, const zub_gram_maker *maker,
                               bool is_text, zub_error *error);
void zub_gram_query_release(zub_gram_query *query);

/* BM25 of the grams of a passage; *share: that of them which the text has,
 * too. */
double zub_gram_query_score(zub_gram_query *query, const zub_gram_maker *maker,
                            double *share);

#endif
