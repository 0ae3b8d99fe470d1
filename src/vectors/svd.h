/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* svd.h - the truncated singular value decomposition of sparse rows: A is
 * nearly U diag(values) components, U and components' orthonormal.
 *
 * By a randomized range finder that keeps its power iterations (krylov.h).
 * Where k is a quarter of the smaller side of A or that side is at most 256 it
 * is exact, to float's rounding. */
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

/* Where a singular value is below some 2^-18 of the largest, float cannot tell
 * it from 0: k ends before it. A matrix of zeros has k 0. Memory 8 bytes an
 * entry, 4 * k a row and a column, and some 20 * k the lesser of both, beside
 * the result. ZUB_EINVAL: k is 0, or a value is not finite. ZUB_ENOMEM, with
 * how much it takes. On failure *out is empty. */
zub_status zub_svd_make(zub_svd *out, const zub_csr *a,
                        const zub_svd_options *options, zub_error *error);
void zub_svd_release(zub_svd *svd);

/* out[rows->rows][k] = rows * components': what u has for the same rows, to
 * float's rounding. ZUB_EINVAL: other columns. ZUB_ENOMEM. */
zub_status zub_svd_fold(float *out, const zub_svd *svd, const zub_csr *rows,
                        unsigned threads, zub_error *error);

#endif
