/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* blas.h - dense algebra, by OpenBLAS; blas.c alone knows it.
 *
 * OpenBLAS is loaded when it is first asked for and then stays: loading takes
 * 3 ms and 129 MiB of address space a thread of its own, which whoever needs
 * no algebra should not pay. It neither fails nor returns when it finds no
 * memory, so zub_blas_open tries what it will take.
 *
 * Matrices are row-major: element (i, j) of one with `stride` stands at
 * i * stride + j. Sizes are below 2^31. Results are the same bytes for one
 * build, one core type and one number of OpenBLAS's threads (zub_blas_threads
 * of zubda.h). Any number of threads may use one zub_blas, at most
 * ZUB_BLAS_CALLERS of them at a time. No fork after the first call.
 */
#ifndef ZUB_VECTORS_BLAS_H
#define ZUB_VECTORS_BLAS_H

#include "zubda.h"

#define ZUB_BLAS_CALLERS 32u

typedef struct zub_blas zub_blas;

/* For `callers` threads that will call at the same time. ZUB_ENOMEM: OpenBLAS
 * would not find its memory; the message says how much it takes.
 * ZUB_ENOTFOUND: there is no OpenBLAS. A few microseconds once it is
 * loaded. */
zub_status zub_blas_open(zub_blas **out, unsigned callers, zub_error *error);
/* NULL is fine. OpenBLAS stays loaded. */
void zub_blas_close(zub_blas *blas);

/* Static storage, such as "0.3.21" (OpenBLAS's own) and "Haswell". */
const char *zub_blas_version(const zub_blas *blas, size_t *size);
const char *zub_blas_core(const zub_blas *blas);

/* c = alpha * a * b + beta * c. */
typedef struct zub_product {
    size_t rows, columns, inner;
    const float *a; /* [rows][inner], transposed [inner][rows] */
    const float *b; /* [inner][columns], transposed [columns][inner] */
    float *c;       /* [rows][columns] */
    size_t a_stride, b_stride, c_stride;
    bool a_is_transposed, b_is_transposed;
    float alpha, beta;
} zub_product;

void zub_blas_multiply(const zub_blas *blas, const zub_product *product);

/* The lower triangle of gram[n][n] += a' * a, a [rows][n] without gaps. */
void zub_blas_gram(const zub_blas *blas, double *gram, const double *a,
                   size_t rows, size_t n);

/* The same in float, for what needs no more: SYRK's. */
void zub_blas_gram_float(const zub_blas *blas, float *gram, const float *a,
                         size_t rows, size_t n, size_t stride);

/* a[n][n], of which the lower triangle counts, becomes L with a = L L'; what
 * is above the diagonal stays. False: not positive definite, a is spoilt. */
bool zub_blas_cholesky(const zub_blas *blas, double *a, size_t n);

/* The lower triangle L of a[n][n] becomes its inverse; false: a 0 on the
 * diagonal. */
bool zub_blas_invert_lower(const zub_blas *blas, double *a, size_t n);

/* b[rows][n] becomes the x of x * L' = b, L the lower triangle of l[n][n]. */
void zub_blas_solve_lower(const zub_blas *blas, float *b, size_t rows,
                          size_t n, size_t stride, const float *l,
                          size_t l_stride);

/* The symmetric a[n][n], by its lower triangle: values[n] ascend, row i of a
 * becomes the vector of values[i], of length 1. ZUB_ENOMEM; ZUB_EINVAL: it
 * does not converge (a is not finite). */
zub_status zub_blas_eigen(const zub_blas *blas, double *values, double *a,
                          size_t n);

/* Its values alone; a is spoilt. */
zub_status zub_blas_eigenvalues(const zub_blas *blas, double *values,
                                double *a, size_t n);

/* The columns of a[rows][n], rows >= n, become orthonormal and span what they
 * spanned, and more where they were dependent: Householder's QR. ZUB_ENOMEM. */
zub_status zub_blas_orthonormalise(const zub_blas *blas, float *a, size_t rows,
                                   size_t n, size_t stride);

#endif
