/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* svd.h - the truncated singular value decomposition of sparse rows: A is
 * nearly U diag(values) components, U and components' orthonormal.
 *
 * By a randomized range finder with power iterations (Halko, Martinsson &
 * Tropp 2011, algorithms 4.4 and 5.1). Where k + oversampling reaches the
 * smaller side of A it is exact, to float's rounding. */
#ifndef ZUB_VECTORS_SVD_H
#define ZUB_VECTORS_SVD_H

#include "zubda.h"
#include "base/csr.h"

/* Owns its arrays. Each component's entry that is furthest from 0 is above 0,
 * of equals the first, as scikit-learn's TruncatedSVD has it. */
struct zub_svd {
    size_t rows, columns;
    size_t k;          /* at most what was asked for: the rank found */
    float *u;          /* [rows][k], U times values: A * components' */
    double *values;    /* [k], falling, above 0 */
    float *components; /* [k][columns] */
    double *explained; /* [k] variance over the rows of a column of u */
    double *ratios;    /* [k] their share of `variance`, or 0 */
    double variance;   /* of all columns of A, summed */
};

/* `a` has finite values. Where a singular value is below some 2^-18 of the
 * largest, float cannot tell it from 0: k ends before it. A matrix of zeros has
 * k 0.
 * 2 * iterations + 2 products with A, each 2 * (k + oversampling) operations
 * an entry; memory 8 bytes an entry and 4 * (k + oversampling) a row and a
 * column, beside the result. ZUB_EINVAL: k is 0, or a value is not finite.
 * ZUB_ENOMEM, with how much it takes. On failure *out is empty. */
zub_status zub_svd_make(zub_svd *out, const zub_csr *a,
                        const zub_svd_options *options, zub_error *error);
void zub_svd_release(zub_svd *svd);

/* out[rows->rows][k] = rows * components': what u has for the same rows, to
 * float's rounding. ZUB_EINVAL: other columns. ZUB_ENOMEM. */
zub_status zub_svd_fold(float *out, const zub_svd *svd, const zub_csr *rows,
                        unsigned threads, zub_error *error);

#endif
