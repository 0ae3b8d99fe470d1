/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* matrix_text.c - see matrix_text.h; and zub_write_mtx and zub_write_svmlight
 * of matrix.h, a row of which is a few numbers. An entry is put together on
 * the stack: four calls of the writer would cost as much as its digits. */
#include "render/matrix_text.h"

#include <string.h>

#include "base/error.h"
#include "render/decimal.h"

zub_status zub_writer_verdict(zub_writer *out, zub_error *error)
{
    zub_status status = zub_writer_finish(out);

    return status == ZUB_OK
               ? status
               : zub_fail(error, status, "%s", zub_status_text(status));
}

static zub_status write_block(zub_writer *out, const zub_matrix_walk *walk,
                              zub_row_writer *write, void *context,
                              zub_error *error)
{
    const zub_matrix_block *block = &walk->block;
    zub_status status = ZUB_OK;

    for (size_t r = 0; r < block->rows && status == ZUB_OK; r++) {
        uint64_t start = block->starts[r], end = block->starts[r + 1];
        zub_matrix_row row = {.number = block->first + r,
                              .size = (size_t)(end - start)};
        if (row.size > 0) {
            row.cols = block->cols + start;
            row.values = block->values + start;
        }
        status = write(out, &row, context, error);
        if (out->status != ZUB_OK)
            break;
    }
    return status;
}

zub_status zub_write_matrix_rows(zub_writer *out,
                                 const zub_matrix_source *source,
                                 zub_row_writer *write, void *context,
                                 zub_error *error)
{
    zub_matrix_walk walk;
    zub_status status = zub_matrix_walk_init(&walk, source, true, error);

    if (status == ZUB_OK)
        status = zub_matrix_walk_next(&walk, error);
    while (status == ZUB_OK && walk.block.rows > 0 && out->status == ZUB_OK) {
        status = write_block(out, &walk, write, context, error);
        if (status == ZUB_OK && out->status == ZUB_OK)
            status = zub_matrix_walk_next(&walk, error);
    }
    return status == ZUB_OK ? zub_writer_verdict(out, error) : status;
}

/* ---- MatrixMarket ---- */

#define LINE (2 * 20 + ZUB_DECIMAL_ROOM + 3) /* the longest entry */

static zub_status write_coordinates(zub_writer *out, const zub_matrix_row *row,
                                    void *context, zub_error *error)
{
    char line[LINE];
    size_t prefix = zub_decimal_count(line, row->number + 1);

    (void)context, (void)error;
    line[prefix++] = ' ';
    for (size_t i = 0; i < row->size; i++) {
        size_t at = prefix;
        at += zub_decimal_count(line + at, (uint64_t)row->cols[i] + 1);
        line[at++] = ' ';
        at += zub_decimal_float(line + at, row->values[i]);
        line[at++] = '\n';
        zub_write(out, line, at);
    }
    return ZUB_OK;
}

zub_status zub_write_mtx(const zub_matrix_source *source,
                         const zub_matrix_style *options, zub_sink sink,
                         zub_error *error)
{
    zub_writer out;

    (void)options;
    zub_writer_init(&out, sink);
    zub_write_string(&out, "%%MatrixMarket matrix coordinate real general\n");
    zub_write_count(&out, source->rows);
    zub_write_char(&out, ' ');
    zub_write_count(&out, source->columns);
    zub_write_char(&out, ' ');
    zub_write_count(&out, source->entries);
    zub_write_char(&out, '\n');
    return zub_write_matrix_rows(&out, source, write_coordinates, NULL, error);
}

/* ---- svmlight ---- */

static zub_status write_pairs(zub_writer *out, const zub_matrix_row *row,
                              void *context, zub_error *error)
{
    char pair[LINE];

    (void)context, (void)error;
    zub_write_char(out, '0');
    for (size_t i = 0; i < row->size; i++) {
        size_t at = 1;
        pair[0] = ' ';
        at += zub_decimal_count(pair + at, (uint64_t)row->cols[i] + 1);
        pair[at++] = ':';
        at += zub_decimal_float(pair + at, row->values[i]);
        zub_write(out, pair, at);
    }
    zub_write_char(out, '\n');
    return ZUB_OK;
}

zub_status zub_write_svmlight(const zub_matrix_source *source,
                              const zub_matrix_style *options, zub_sink sink,
                              zub_error *error)
{
    zub_writer out;

    (void)options;
    zub_writer_init(&out, sink);
    return zub_write_matrix_rows(&out, source, write_pairs, NULL, error);
}
