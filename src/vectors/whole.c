/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* whole.c - see whole.h. */
#include "vectors/whole.h"

#include "base/error.h"
#include "base/mem.h"

static zub_status make_room(zub_csr *out, zub_matrix_size size,
                            zub_error *error)
{
    if (size.rows >= INT32_MAX || size.columns > INT32_MAX ||
        size.entries > INT32_MAX)
        return zub_fail(error, ZUB_ELIMIT,
                        "the matrix has %llu entries in %llu rows, more than "
                        "2^31 - 1 (leave out rare terms: --min-df)",
                        (unsigned long long)size.entries,
                        (unsigned long long)size.rows);
    *out =
        (zub_csr){(int32_t)size.rows, (int32_t)size.columns, NULL, NULL, NULL};
    out->starts = zub_alloc_zero((size_t)size.rows + 1, sizeof *out->starts);
    out->cols = zub_alloc((size_t)size.entries, sizeof *out->cols);
    out->values = zub_alloc((size_t)size.entries, sizeof *out->values);
    if (!out->starts || !out->cols || !out->values)
        return zub_fail_memory(error);
    return ZUB_OK;
}

static void take_block(zub_csr *out, const zub_matrix_block *block)
{
    int32_t at = out->starts[block->first];

    for (size_t r = 0; r < block->rows; r++) {
        for (uint64_t i = block->starts[r]; i < block->starts[r + 1]; i++) {
            out->cols[at] = block->cols[i];
            out->values[at] = block->values[i];
            at += block->values[i] != 0;
        }
        out->starts[block->first + r + 1] = at;
    }
}

zub_status zub_matrix_whole(zub_csr *out, zub_matrix *matrix, zub_error *error)
{
    zub_matrix_size size = zub_matrix_measure(matrix);
    zub_matrix_block block;

    *out = (zub_csr){0};
    zub_error_clear(error);
    zub_status status = make_room(out, size, error);
    for (uint64_t row = 0; status == ZUB_OK && row < size.rows;
         row += block.rows) {
        status = zub_matrix_read(&block, matrix, row, true, error);
        if (status != ZUB_OK)
            break;
        take_block(out, &block);
    }
    if (status != ZUB_OK)
        zub_csr_release(out);
    return status;
}
