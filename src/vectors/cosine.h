/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* cosine.h - how alike rows are. Rows of length 1: the dot product is it. */
#ifndef ZUB_VECTORS_COSINE_H
#define ZUB_VECTORS_COSINE_H

#include "zubda.h"
#include "base/csr.h"

/* Dot product of rows a and b; linear in their entries. */
double zub_row_dot_row(const zub_csr *matrix, int32_t a, int32_t b);

/* Dot product of a row with a dense vector, [terms]. */
double zub_row_dot_dense(const zub_csr *matrix, int32_t row,
                         const float *vector);

/* vector[terms] = the sum of all rows, scaled to length 1 (or zeros): the
 * centroid of the document, in direction. */
void zub_centroid(float *vector, const zub_csr *matrix);

/* Scale a dense vector to length 1; zeros stay. */
void zub_normalise(float *vector, size_t size);

#endif
