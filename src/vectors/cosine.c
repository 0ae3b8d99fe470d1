/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* cosine.c - see cosine.h. Sums run in double and in column order. */
#include "vectors/cosine.h"

#include <math.h>
#include <string.h>

double zub_row_dot_row(const zub_csr *matrix, int32_t a, int32_t b)
{
    int32_t i = matrix->starts[a], i_end = matrix->starts[a + 1];
    int32_t j = matrix->starts[b], j_end = matrix->starts[b + 1];
    double sum = 0;

    while (i < i_end && j < j_end) {
        int32_t left = matrix->cols[i], right = matrix->cols[j];
        if (left == right)
            sum += (double)matrix->values[i] * matrix->values[j];
        i += left <= right;
        j += right <= left;
    }
    return sum;
}

double zub_row_dot_dense(const zub_csr *matrix, int32_t row,
                         const float *vector)
{
    double sum = 0;

    for (int32_t i = matrix->starts[row]; i < matrix->starts[row + 1]; i++)
        sum += (double)matrix->values[i] * vector[matrix->cols[i]];
    return sum;
}

void zub_normalise(float *vector, size_t size)
{
    double square = 0;

    for (size_t i = 0; i < size; i++)
        square += (double)vector[i] * vector[i];
    if (square <= 0)
        return;
    double scale = 1 / sqrt(square);
    for (size_t i = 0; i < size; i++)
        vector[i] = (float)(vector[i] * scale);
}

void zub_centroid(float *vector, const zub_csr *matrix)
{
    size_t terms = (size_t)matrix->columns;

    memset(vector, 0, terms * sizeof *vector);
    for (int32_t i = 0; i < matrix->starts[matrix->rows]; i++)
        vector[matrix->cols[i]] += matrix->values[i];
    zub_normalise(vector, terms);
}
