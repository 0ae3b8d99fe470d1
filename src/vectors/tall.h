/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* tall.h - dense matrices of many rows and few columns, and their products
 * with sparse ones.
 *
 * Everything gives the same bytes for any number of threads: rows are cut
 * where their number says, and what is summed over cuts is summed in order.
 */
#ifndef ZUB_VECTORS_TALL_H
#define ZUB_VECTORS_TALL_H

#include "base/csr.h"
#include "vectors/blas.h"

/* Element (r, c) is values[r * stride + c]. */
typedef struct zub_tall {
    size_t rows, columns;
    size_t stride; /* a multiple of 16; columns from `columns` on are 0 */
    float *values; /* [rows][stride], aligned to 64 bytes */
    void *block;   /* what it lies in */
} zub_tall;

/* Who works. */
typedef struct zub_crew {
    const zub_blas *blas; /* opened for as many callers */
    unsigned threads;     /* 1 to ZUB_BLAS_CALLERS */
} zub_crew;

/* `threads` as options say it: 0 are the processors. */
unsigned zub_crew_threads(unsigned threads);

/* Zeros. ZUB_ENOMEM. */
zub_status zub_tall_init(zub_tall *out, size_t rows, size_t columns);
void zub_tall_release(zub_tall *tall);

/* Only the first columns stay. */
void zub_tall_narrow(zub_tall *tall, size_t columns);

/* Bytes that zub_tall_init takes; SIZE_MAX when they cannot be counted. */
size_t zub_tall_bytes(size_t rows, size_t columns);

/* A number of mean 0 and variance 1, near enough to a normal one: the sum of
 * four uniform ones. */
float zub_tall_random(uint64_t seed, uint64_t counter);
void zub_tall_randomise(zub_tall *tall, uint64_t seed);

/* out = scale * a * b: out has the rows of a, b its columns as rows. 2 *
 * stride operations an entry of a. */
void zub_tall_multiply(zub_tall *out, const zub_csr *a, float scale,
                       const zub_tall *b, unsigned threads);

/* tall = scale * a, of the same size; tall was zeros. */
void zub_tall_spread(zub_tall *tall, const zub_csr *a, float scale);

/* gram[columns][columns] = tall' * tall, both triangles, in double.
 * ZUB_ENOMEM. */
zub_status zub_tall_gram(double *gram, const zub_tall *tall,
                         const zub_crew *crew);

/* out[rows][stride], of which `columns` are written, = tall * small;
 * small[tall->columns][columns]. `out` may be the values of `tall`.
 * ZUB_ENOMEM. */
zub_status zub_tall_apply(float *out, size_t stride, const zub_tall *tall,
                          const float *small, size_t columns,
                          const zub_crew *crew);

/* out[a->columns][b->columns] = a' * b. ZUB_ENOMEM. */
zub_status zub_tall_cross(float *out, const zub_tall *a, const zub_tall *b,
                          const zub_crew *crew);

/* out += factor * a * small; small[a->columns][out->columns], out not a. */
void zub_tall_add(zub_tall *out, float factor, const zub_tall *a,
                  const float *small, const zub_crew *crew);

/* The columns, at most as many as rows, become orthonormal, to some 1e-6, and
 * span what they spanned, and more where they were dependent. By Cholesky's
 * factor of the Gram matrix in double, twice unless the columns were nearly
 * orthogonal (CholeskyQR2: Yamamoto, Nakatsukasa, Yanagisawa & Fukaya 2015; in
 * two precisions: Yamazaki, Tomov & Dongarra 2015). By Householder's
 * reflections where they are nearly dependent. ZUB_ENOMEM. */
zub_status zub_tall_orthonormalise(zub_tall *tall, const zub_crew *crew);

#endif
