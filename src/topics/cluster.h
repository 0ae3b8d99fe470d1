/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* cluster.h - rows of length 1 into groups that point the same way: spherical
 * k-means (Dhillon & Modha 2001). */
#ifndef ZUB_TOPICS_CLUSTER_H
#define ZUB_TOPICS_CLUSTER_H

#include "zubda.h"
#include "base/csr.h"

typedef struct zub_cluster_options {
    size_t k; /* at most the rows that have an entry */
    unsigned restarts, iterations;
    uint64_t seed;
    unsigned threads; /* 0: the processors available */
} zub_cluster_options;

/* cosines[rows][k], yours to free: of each row with each centroid, those of the
 * restart whose rows are nearest to theirs. The same for any number of
 * threads. Time: restarts * iterations * entries * k, at most. Memory: 8 bytes
 * for each of columns * k, 4 for each of rows * k. ZUB_ENOMEM. */
zub_status zub_clusters_make(float **cosines, const zub_csr *matrix,
                             const zub_cluster_options *options);

#endif
