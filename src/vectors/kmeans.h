/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* kmeans.h - rows that point the same way: spherical k-means (Dhillon & Modha
 * 2001), from seeds far from one another (greedy k-means++: Arthur &
 * Vassilvitskii 2007). */
#ifndef ZUB_VECTORS_KMEANS_H
#define ZUB_VECTORS_KMEANS_H

#include "zubda.h"
#include "base/csr.h"

typedef struct zub_kmeans_options {
    size_t k;            /* topics, at least 1 */
    unsigned iterations; /* of a start at most; 0: 100 */
    unsigned restarts;   /* starts, of which the best is kept; 0: 4 */
    uint64_t seed;
    unsigned threads; /* 0: the processors available */
} zub_kmeans_options;

/* Owns its arrays. No topic is empty. */
typedef struct zub_kmeans {
    size_t rows, columns;
    size_t k; /* at most what was asked for, and the rows that differ in
                         direction; 0: no row has an entry */
    uint32_t *topics; /* [rows]; of a row without entries 0 */
    float *scores;    /* [rows] cosine with its own centroid; without entries
                         0 */
    float *centroids; /* [k][columns], of length 1 */
    double score;     /* the sum of scores, which is made large */
} zub_kmeans;

/* Rows of any length: their direction counts. Ties go to the earlier topic,
 * row and start, so the same bytes come from any number of threads. An
 * iteration is a product, 2 * k operations an entry, and a walk over the
 * entries. Memory 8 bytes an entry and 4 * k a row and a column, beside the
 * result. ZUB_EINVAL: k is 0, a value is not finite. ZUB_ENOMEM. On failure
 * *out is empty. */
zub_status zub_kmeans_make(zub_kmeans *out, const zub_csr *rows,
                           const zub_kmeans_options *options,
                           zub_error *error);
void zub_kmeans_release(zub_kmeans *kmeans);

#endif
