/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gram_query.c - see gram_query.h. Nine in ten grams of a passage are none of
 * the text's: a bit says so, without a branch, before the table is asked. */
#include "index/gram_query.h"

#include <math.h>

#include "base/error.h"
#include "base/hash.h"
#include "base/mem.h"
#include "index/cursor.h"

#define CHUNK 256u /* grams that are looked at together */

void zub_gram_query_release(zub_gram_query *query)
{
    zub_free(query->grams);
    zub_free(query->slots);
    zub_free(query->touched);
    zub_free(query->filter);
    *query = (zub_gram_query){0};
}

double zub_text_weight(double count, double idf, bool is_text)
{
    return is_text ? (1 + log(count < 1 ? 1 : count)) * idf * idf
                   : count * idf;
}

/* The slot of a gram, or the free one where it would be. */
static size_t find_slot(const zub_gram_query *query, uint32_t hash)
{
    size_t at = (size_t)(hash * query->secret >> 32) & query->mask;

    while (query->slots[at] > 0 &&
           query->grams[query->slots[at] - 1].hash != hash)
        at = (at + 1) & query->mask;
    return at;
}

static zub_status open_table(zub_gram_query *query, size_t most)
{
    size_t size = 64;

    while (size < 4 * most)
        size *= 2;
    query->mask = size - 1;
    query->filter_mask = size / 8 - 1; /* 32 bits a gram */
    query->filter = zub_alloc_zero(size / 8, sizeof *query->filter);
    query->slots = zub_alloc_zero(size, sizeof *query->slots);
    query->grams = zub_alloc(most + 1, sizeof *query->grams);
    query->touched = zub_alloc(most + 1, sizeof *query->touched);
    if (!query->filter || !query->slots || !query->grams || !query->touched)
        return ZUB_ENOMEM;
    query->secret = zub_draw_secret(query->slots) | 1;
    return ZUB_OK;
}

static void gather(zub_gram_query *query, const zub_gram_maker *maker)
{
    for (size_t i = 0; i < maker->count; i++) {
        size_t slot = find_slot(query, maker->hashes[i]);
        if (query->slots[slot] == 0) {
            query->grams[query->count] =
                (zub_gram_weight){.hash = maker->hashes[i]};
            query->slots[slot] = (uint32_t)++query->count;
            query->filter[maker->hashes[i] / 64 & query->filter_mask] |=
                (uint64_t)1 << maker->hashes[i] % 64;
        }
        query->grams[query->slots[slot] - 1].count++;
    }
}

zub_status zub_gram_query_make(zub_gram_query *out, const zub_index *index,
                               uint64_t passages, const zub_gram_maker *maker,
                               bool is_text, zub_error *error)
{
    zub_status status;

    *out = (zub_gram_query){0};
    if (open_table(out, maker->count) != ZUB_OK) {
        zub_gram_query_release(out);
        return zub_fail_memory(error);
    }
    gather(out, maker);
    out->average = index->passages
                       ? (double)index->gram_total / (double)index->passages
                       : 1;
    for (size_t i = 0; i < out->count; i++) {
        zub_gram_weight *gram = &out->grams[i];
        uint64_t df;
        status = zub_index_gram_df(index, gram->hash, &df, error);
        if (status != ZUB_OK) {
            zub_gram_query_release(out);
            return status;
        }
        gram->weight = zub_text_weight(gram->count,
                                       zub_lucene_idf(passages, df), is_text);
        gram->count = 0;
    }
    return ZUB_OK;
}

/* Those of hashes[0 .. count) that the filter lets pass, in order; CHUNK at
 * most. */
static size_t sift(const zub_gram_query *query, const uint32_t *hashes,
                   size_t count, uint32_t *passed)
{
    size_t size = 0;

    for (size_t i = 0; i < count; i++) {
        uint64_t bits = query->filter[hashes[i] / 64 & query->filter_mask];
        passed[size] = hashes[i];
        size += bits >> hashes[i] % 64 & 1;
    }
    return size;
}

/* Counts the grams of a passage that the text has; `size` of query->touched are
 * those that were counted. How many there are. */
static size_t count_matches(zub_gram_query *query, const zub_gram_maker *maker,
                            size_t *size)
{
    uint32_t passed[CHUNK];
    size_t matched = 0;

    *size = 0;
    for (size_t at = 0; at < maker->count; at += CHUNK) {
        size_t left = maker->count - at;
        size_t count = sift(query, maker->hashes + at,
                            left < CHUNK ? left : CHUNK, passed);
        for (size_t i = 0; i < count; i++) {
            uint32_t number = query->slots[find_slot(query, passed[i])];
            if (number == 0)
                continue;
            matched++;
            if (query->grams[number - 1].count++ == 0)
                query->touched[(*size)++] = number - 1;
        }
    }
    return matched;
}

double zub_gram_query_score(zub_gram_query *query, const zub_gram_maker *maker,
                            double *share)
{
    size_t size, matched = count_matches(query, maker, &size);
    double score = 0;
    double norm = ZUB_BM25_K1 * (1 - ZUB_BM25_B) +
                  ZUB_BM25_K1 * ZUB_BM25_B * (double)maker->count /
                      (query->average > 0 ? query->average : 1);

    for (size_t i = 0; i < size; i++) {
        zub_gram_weight *gram = &query->grams[query->touched[i]];
        score += gram->weight * gram->count / (gram->count + norm);
        gram->count = 0;
    }
    *share = maker->count ? (double)matched / (double)maker->count : 0;
    return score;
}
