/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* nmf.h - nonnegative matrix factorisation: A is nearly W H, both without
 * negative entries, so that a row is a mixture of topics and a topic a mixture
 * of terms.
 *
 * Least squares by coordinate descent on Gram matrices (HALS: Cichocki & Phan
 * 2009; Gillis & Glineur 2012), from the singular vectors (NNDSVD: Boutsidis &
 * Gallopoulos 2008). */
#ifndef ZUB_VECTORS_NMF_H
#define ZUB_VECTORS_NMF_H

#include "zubda.h"
#include "base/csr.h"

typedef struct zub_nmf_options {
    size_t k;            /* topics, at least 1 */
    unsigned iterations; /* at most; 0: 200 */
    unsigned threads;    /* 0: the processors available */
    uint64_t seed;
    double tolerance; /* ends when the projected gradient is this share of the
                         first one; 0: 1e-4 */
} zub_nmf_options;

/* Owns its arrays. */
typedef struct zub_nmf {
    size_t rows, columns;
    size_t k;            /* at most what was asked for: the rank found */
    float *w;            /* [rows][k] */
    float *h;            /* [k][columns] */
    double loss;         /* ||A - WH||^2, Frobenius */
    unsigned iterations; /* that were run */
} zub_nmf;

/* An iteration is two products with A, 2 * k operations an entry each, and
 * 2 * k^2 a row and a column. Memory 8 bytes an entry and 8 * k a row and a
 * column, beside what zub_svd_make takes before. A matrix of zeros has k 0.
 * ZUB_EINVAL: k is 0, an entry is below 0 or not finite. ZUB_ENOMEM. On
 * failure *out is empty. */
zub_status zub_nmf_make(zub_nmf *out, const zub_csr *a,
                        const zub_nmf_options *options, zub_error *error);
void zub_nmf_release(zub_nmf *nmf);

#endif
