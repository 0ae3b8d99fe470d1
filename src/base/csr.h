/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* csr.h - a sparse matrix in compressed rows, laid out as SciPy lays it out. */
#ifndef ZUB_BASE_CSR_H
#define ZUB_BASE_CSR_H

#include "zubda.h"

/* Rows are documents or sentences, columns are terms. Row r owns
 * cols[starts[r]] .. cols[starts[r + 1] - 1], ascending, no duplicates. */
typedef struct zub_csr {
    int32_t rows, columns;
    int32_t *starts; /* [rows + 1] */
    int32_t *cols;   /* [starts[rows]] */
    float *values;   /* [starts[rows]] */
} zub_csr;

void zub_csr_release(zub_csr *matrix);

/* What is wrong with a matrix from elsewhere whose arrays have `entries`
 * elements, in words, or NULL. Nothing beyond the arrays is read. */
const char *zub_csr_flaw(const zub_csr *matrix, size_t entries);

/* Columns become rows: of a matrix of texts and terms the inverted lists.
 * Linear. ZUB_ENOMEM; on failure *out is empty. */
zub_status zub_csr_transpose(zub_csr *out, const zub_csr *matrix);

typedef struct zub_csr_entry {
    int32_t col;
    uint32_t order; /* of arrival in the row: sums are the same every time */
    float value;
} zub_csr_entry;

/* A matrix that grows row by row. Failure is sticky and comes out at the end:
 * ZUB_ENOMEM, ZUB_EINVAL (a column out of range), ZUB_ELIMIT (2^31 rows or
 * entries). */
typedef struct zub_csr_builder {
    zub_csr matrix;
    zub_csr_entry *row; /* [row_size], the row that is being filled */
    size_t row_size, row_capacity;
    size_t starts_capacity, cols_capacity, values_capacity;
    zub_status status;
} zub_csr_builder;

void zub_csr_builder_init(zub_csr_builder *builder, int32_t columns);
void zub_csr_builder_release(zub_csr_builder *builder);

/* An entry of the current row, in any order; equal columns are summed. */
void zub_csr_builder_add(zub_csr_builder *builder, int32_t col, float value);
void zub_csr_builder_end_row(zub_csr_builder *builder);

/* The matrix of all ended rows, yours to release; the builder is empty
 * again. On failure *out is empty. */
zub_status zub_csr_builder_finish(zub_csr_builder *builder, zub_csr *out);

#endif
