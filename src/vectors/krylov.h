/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* krylov.h - the dominant eigenvectors of a large symmetric product of two
 * sparse matrices.
 *
 * Power iterations from a random block, all of which are kept: the space that
 * they span holds more than the last one, so it takes a third of the products
 * to come a hundred times nearer (Halko, Martinsson, Shkolnisky & Tygert 2011;
 * Musco & Musco 2015). Narrow blocks are the best use of a dimension. */
#ifndef ZUB_VECTORS_KRYLOV_H
#define ZUB_VECTORS_KRYLOV_H

#include "vectors/tall.h"

#define ZUB_KRYLOV_WIDTH ((size_t)16) /* dimensions that a step adds */

/* x -> scale^2 * back * (there * x), positive semidefinite. */
typedef struct zub_operator {
    const zub_csr *there; /* [middle][size] */
    const zub_csr *back;  /* [size][middle] */
    float scale;
} zub_operator;

typedef struct zub_krylov_options {
    size_t most_steps; /* at least 1; most_steps * 16 is at most the size */
    double tolerance;  /* ends when no eigenvalue that is wanted has changed
                          by more, as a share of itself, in two steps */
    uint64_t seed;
} zub_krylov_options;

/* out[size][wanted] becomes nearly the eigenvectors of the `wanted` largest
 * eigenvalues, nearly orthonormal; wanted at most 16 * most_steps. Memory: 4
 * bytes for each dimension of a step and element of the size. ZUB_ENOMEM;
 * ZUB_EINVAL: the operator is not finite. */
zub_status zub_krylov_find(zub_tall *out, const zub_operator *operation,
                           const zub_krylov_options *options,
                           const zub_crew *crew);

/* The same with all dimensions at once, which is exact: time is the cube of
 * the size, memory 20 bytes its square. */
zub_status zub_krylov_solve(zub_tall *out, const zub_operator *operation,
                            const zub_crew *crew);

#endif
