/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* csr.c - see csr.h. Invariant of the builder: `matrix` is sound but for
 * starts, which is NULL until the first row ends. */
#include "base/csr.h"

#include <stdlib.h>

#include "base/mem.h"

void zub_csr_release(zub_csr *matrix)
{
    zub_free(matrix->starts);
    zub_free(matrix->cols);
    zub_free(matrix->values);
    *matrix = (zub_csr){0};
}

static const char *row_flaw(const zub_csr *matrix, int32_t start, int32_t end)
{
    for (int32_t i = start; i < end; i++) {
        if (matrix->cols[i] < 0 || matrix->cols[i] >= matrix->columns)
            return "a column is out of range";
        if (i > start && matrix->cols[i - 1] >= matrix->cols[i])
            return "the columns of a row do not ascend";
    }
    return NULL;
}

const char *zub_csr_flaw(const zub_csr *matrix, size_t entries)
{
    const char *flaw = NULL;

    if (matrix->rows < 0 || matrix->columns < 0)
        return "a size is negative";
    if (matrix->starts[0] != 0)
        return "the first row does not start at 0";
    for (int32_t r = 0; r < matrix->rows && !flaw; r++) {
        int32_t start = matrix->starts[r], end = matrix->starts[r + 1];
        if (end < start || (size_t)end > entries)
            return "a row ends before it starts or beyond the entries";
        flaw = row_flaw(matrix, start, end);
    }
    if (!flaw && (size_t)matrix->starts[matrix->rows] != entries)
        return "the last row does not end with the entries";
    return flaw;
}

static bool allocate(zub_csr *out, int32_t rows, int32_t columns,
                     size_t entries)
{
    *out = (zub_csr){.rows = rows, .columns = columns};
    out->starts = zub_alloc_zero((size_t)rows + 1, sizeof *out->starts);
    out->cols = zub_alloc(entries, sizeof *out->cols);
    out->values = zub_alloc(entries, sizeof *out->values);
    return out->starts && out->cols && out->values;
}

zub_status zub_csr_transpose(zub_csr *out, const zub_csr *matrix)
{
    int32_t entries = matrix->starts[matrix->rows];

    if (!allocate(out, matrix->columns, matrix->rows, (size_t)entries)) {
        zub_csr_release(out);
        return ZUB_ENOMEM;
    }
    for (int32_t i = 0; i < entries; i++)
        out->starts[matrix->cols[i] + 1]++;
    for (int32_t c = 0; c < out->rows; c++)
        out->starts[c + 1] += out->starts[c];
    /* starts[c] walks to the end of its row, which is the next one's start. */
    for (int32_t r = 0; r < matrix->rows; r++)
        for (int32_t i = matrix->starts[r]; i < matrix->starts[r + 1]; i++) {
            int32_t place = out->starts[matrix->cols[i]]++;
            out->cols[place] = r;
            out->values[place] = matrix->values[i];
        }
    for (int32_t c = out->rows; c > 0; c--)
        out->starts[c] = out->starts[c - 1];
    out->starts[0] = 0;
    return ZUB_OK;
}

void zub_csr_builder_init(zub_csr_builder *builder, int32_t columns)
{
    *builder = (zub_csr_builder){.matrix.columns = columns};
}

void zub_csr_builder_release(zub_csr_builder *builder)
{
    int32_t columns = builder->matrix.columns;

    zub_csr_release(&builder->matrix);
    zub_free(builder->row);
    zub_csr_builder_init(builder, columns);
}

static bool fail(zub_csr_builder *builder, zub_status status)
{
    if (builder->status == ZUB_OK)
        builder->status = status;
    return false;
}

void zub_csr_builder_add(zub_csr_builder *builder, int32_t col, float value)
{
    if (builder->status != ZUB_OK)
        return;
    if (col < 0 || col >= builder->matrix.columns)
        fail(builder, ZUB_EINVAL);
    else if (builder->row_size >= INT32_MAX)
        fail(builder, ZUB_ELIMIT);
    else if (!zub_grow(&builder->row, &builder->row_capacity,
                       builder->row_size + 1, sizeof *builder->row))
        fail(builder, ZUB_ENOMEM);
    else {
        builder->row[builder->row_size] =
            (zub_csr_entry){col, (uint32_t)builder->row_size, value};
        builder->row_size++;
    }
}

static int compare_entries(const void *a, const void *b)
{
    const zub_csr_entry *x = a, *y = b;

    if (x->col != y->col)
        return x->col < y->col ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static bool is_sorted(const zub_csr_entry *row, size_t size)
{
    for (size_t i = 1; i < size; i++)
        if (row[i - 1].col > row[i].col)
            return false;
    return true;
}

/* Sorts the row and sums equal columns; returns how many are left. */
static size_t tidy_row(zub_csr_entry *row, size_t size)
{
    size_t kept = 0;

    if (!is_sorted(row, size))
        qsort(row, size, sizeof *row, compare_entries);
    for (size_t i = 0; i < size; kept++) {
        zub_csr_entry entry = row[i++];
        double sum = (double)entry.value;
        for (; i < size && row[i].col == entry.col; i++)
            sum += (double)row[i].value;
        entry.value = (float)sum;
        row[kept] = entry;
    }
    return kept;
}

static bool make_room(zub_csr_builder *builder, size_t entries)
{
    zub_csr *matrix = &builder->matrix;
    size_t rows = (size_t)matrix->rows;

    if (rows >= INT32_MAX - 1 || entries > INT32_MAX)
        return fail(builder, ZUB_ELIMIT);
    if (!zub_grow(&matrix->starts, &builder->starts_capacity, rows + 2,
                  sizeof *matrix->starts) ||
        !zub_grow(&matrix->cols, &builder->cols_capacity, entries,
                  sizeof *matrix->cols) ||
        !zub_grow(&matrix->values, &builder->values_capacity, entries,
                  sizeof *matrix->values))
        return fail(builder, ZUB_ENOMEM);
    if (rows == 0)
        matrix->starts[0] = 0;
    return true;
}

void zub_csr_builder_end_row(zub_csr_builder *builder)
{
    zub_csr *matrix = &builder->matrix;

    if (builder->status != ZUB_OK)
        return;
    size_t size = tidy_row(builder->row, builder->row_size);
    size_t end = matrix->rows ? (size_t)matrix->starts[matrix->rows] : 0;
    if (!make_room(builder, end + size))
        return;
    for (size_t i = 0; i < size; i++, end++) {
        matrix->cols[end] = builder->row[i].col;
        matrix->values[end] = builder->row[i].value;
    }
    matrix->starts[++matrix->rows] = (int32_t)end;
    builder->row_size = 0;
}

zub_status zub_csr_builder_finish(zub_csr_builder *builder, zub_csr *out)
{
    zub_status status = builder->status;

    *out = (zub_csr){0};
    if (status == ZUB_OK && builder->matrix.rows == 0) {
        /* A matrix without rows has starts too: {0}. */
        builder->matrix.starts = zub_alloc_zero(1, sizeof(int32_t));
        status = builder->matrix.starts ? ZUB_OK : ZUB_ENOMEM;
    }
    if (status == ZUB_OK) {
        *out = builder->matrix;
        builder->matrix = (zub_csr){.columns = out->columns};
    }
    zub_csr_builder_release(builder);
    return status;
}
