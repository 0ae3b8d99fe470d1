/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* matrix_text.h - a matrix as lines of text: what its forms share. */
#ifndef ZUB_RENDER_MATRIX_TEXT_H
#define ZUB_RENDER_MATRIX_TEXT_H

#include "render/matrix_walk.h"
#include "render/writer.h"

/* A row of the matrix, as its block has it. */
typedef struct zub_matrix_row {
    uint64_t number; /* from 0 */
    const int32_t *cols;
    const float *values;
    size_t size;
} zub_matrix_row;

/* Writes a row; what fails but `out` comes back. */
typedef zub_status zub_row_writer(zub_writer *out, const zub_matrix_row *row,
                                  void *context, zub_error *error);

/* All rows through `write`, in one pass that ends when `out` fails; then
 * finishes `out`. The status is the first failure of any. */
zub_status zub_write_matrix_rows(zub_writer *out,
                                 const zub_matrix_source *source,
                                 zub_row_writer *write, void *context,
                                 zub_error *error);

/* The status of a finished writer, in words. */
zub_status zub_writer_verdict(zub_writer *out, zub_error *error);

#endif
