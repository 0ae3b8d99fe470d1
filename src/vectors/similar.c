/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* similar.c - the rows of a matrix ready to be asked, and the way without:
 * one walk over all of them. */
#include "vectors/similar.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "vectors/answers.h"

#define NEIGHBOURS 10

/* ---- What both ways share ---- */

static zub_status no_measure(const char *name, zub_error *error)
{
    char names[200] = "";
    size_t size = 0;

    for (size_t i = 0; zub_similar_name(i); i++) {
        const char *one = zub_similar_name(i);
        if (size + strlen(one) + 3 > sizeof names)
            break;
        memcpy(names + size, i ? ", " : "", i ? 3 : 1);
        size += i ? 2 : 0;
        memcpy(names + size, one, strlen(one) + 1);
        size += strlen(one);
    }
    return zub_fail(error, ZUB_EINVAL,
                    "there is no measure '%.100s' (there are %s)", name,
                    names);
}

zub_status zub_similar_check(zub_similar_options *out,
                             const zub_resemblance **measure,
                             const zub_similar_options *options,
                             zub_error *error)
{
    *out = options ? *options : (zub_similar_options){0};
    *measure = zub_resemblance_find(out->measure);
    out->k = out->k ? out->k : NEIGHBOURS;
    if (!*measure)
        return no_measure(out->measure, error);
    if (!(out->min_score >= 0))
        return zub_fail(error, ZUB_EINVAL,
                        "the least score must be a number from 0 on");
    return ZUB_OK;
}

zub_status zub_similar_check_query(const zub_vector *query, size_t columns,
                                   zub_error *error)
{
    int64_t last = -1;

    for (size_t i = 0; i < query->size; i++) {
        int32_t column = query->cols[i];
        if (column <= last || (size_t)column >= columns)
            return zub_fail(error, ZUB_EINVAL,
                            "the query has a column %ld behind %ld, of %zu",
                            (long)column, (long)last, columns);
        last = column;
    }
    return ZUB_OK;
}

double zub_similar_score(const zub_resemblance *measure, const float *dense,
                         zub_row_size query, const zub_vector *row,
                         zub_row_size size)
{
    if (!(query.scale > 0 && size.scale > 0))
        return 0;
    double sum = measure->sum(dense, query.size, row, size.size, NULL);
    return sum != 0 ? measure->score(sum, query.size, size.size) : 0;
}

void zub_similar_spread(float *dense, const zub_vector *row, bool is_on)
{
    for (size_t i = 0; i < row->size; i++)
        dense[row->cols[i]] = is_on ? row->values[i] : 0;
}

/* ---- Without lists ---- */

typedef struct scan {
    zub_matrix *matrix;
    const zub_resemblance *measure;
    double min_score;
    uint64_t self;
    zub_row_size query;
    float *dense; /* [columns] */
    zub_heap best;
} scan;

static void scan_block(scan *all, const zub_matrix_block *block)
{
    for (size_t r = 0; r < block->rows; r++) {
        uint64_t start = block->starts[r];
        zub_vector row = {block->cols ? block->cols + start : NULL,
                          block->values ? block->values + start : NULL,
                          (size_t)(block->starts[r + 1] - start)};
        if (block->first + r == all->self || row.size == 0)
            continue;
        double score = zub_similar_score(all->measure, all->dense, all->query,
                                         &row, all->measure->size(&row));
        if (zub_similar_counts(score, all->min_score))
            zub_heap_add(&all->best, score, (uint32_t)(block->first + r));
    }
}

static zub_status scan_all(scan *all, zub_error *error)
{
    uint64_t rows = zub_matrix_measure(all->matrix).rows, row = 0;
    zub_status status = ZUB_OK;

    while (status == ZUB_OK && row < rows) {
        zub_matrix_block block;
        status = zub_matrix_read(&block, all->matrix, row, true, error);
        if (status == ZUB_OK)
            scan_block(all, &block);
        row += block.rows;
    }
    return status;
}

zub_status zub_similar_check_rows(uint64_t rows, zub_error *error)
{
    return rows < UINT32_MAX ? ZUB_OK
                             : zub_fail(error, ZUB_ELIMIT,
                                        "%llu articles are more than 2^32 - 2",
                                        (unsigned long long)rows);
}

static size_t fewer(size_t k, uint64_t rows)
{
    return k < rows ? k : (size_t)rows;
}

zub_status zub_similar_scan(zub_alikes **out, zub_matrix *matrix,
                            const zub_vector *query, uint64_t self,
                            const zub_similar_options *options,
                            zub_error *error)
{
    zub_matrix_size size = zub_matrix_measure(matrix);
    zub_similar_options asked;
    scan all = {.matrix = matrix, .self = self};

    *out = NULL;
    zub_error_clear(error);
    zub_status status =
        zub_similar_check(&asked, &all.measure, options, error);
    if (status == ZUB_OK)
        status = zub_similar_check_rows(size.rows, error);
    if (status == ZUB_OK)
        status = zub_similar_check_query(query, (size_t)size.columns, error);
    if (status != ZUB_OK)
        return status;
    all.min_score = asked.min_score;
    all.query = all.measure->size(query);
    all.dense = zub_alloc_zero((size_t)size.columns, sizeof *all.dense);
    if (!all.dense || !zub_heap_init(&all.best, fewer(asked.k, size.rows)))
        status = zub_fail_memory(error);
    else {
        zub_similar_spread(all.dense, query, true);
        status = scan_all(&all, error);
    }
    if (status == ZUB_OK)
        status = zub_answer_give(out, &all.best, error);
    zub_free(all.dense);
    zub_heap_release(&all.best);
    return status;
}

/* ---- With lists ---- */

uint64_t zub_similar_memory(const zub_matrix_size *size)
{
    uint64_t blocks = size->rows / ZUB_BLOCK_ROWS + 1;
    uint64_t most = size->columns * blocks;

    return size->entries *
               (sizeof(int32_t) + 2 * sizeof(float) + sizeof(uint16_t)) +
           size->rows *
               (sizeof(uint64_t) + sizeof(zub_row_size) + sizeof(float)) +
           size->columns * (4 * sizeof(uint64_t) + sizeof(uint32_t)) +
           (most < size->entries ? most : size->entries) * sizeof(zub_run);
}

static zub_status take_memory(zub_similar *similar,
                              const zub_matrix_size *size)
{
    size_t rows = (size_t)size->rows, entries = (size_t)size->entries;

    similar->starts = zub_alloc_zero(rows + 1, sizeof *similar->starts);
    similar->cols = zub_alloc(entries, sizeof *similar->cols);
    similar->values = zub_alloc(entries, sizeof *similar->values);
    similar->sizes = zub_alloc(rows, sizeof *similar->sizes);
    similar->rests = zub_alloc(rows, sizeof *similar->rests);
    similar->rows =
        (zub_rows_view){rows, (size_t)size->columns, similar->starts,
                        similar->cols, similar->values};
    return similar->starts && similar->cols && similar->values &&
                   similar->sizes && similar->rests
               ? ZUB_OK
               : ZUB_ENOMEM;
}

/* False: the matrix has more entries than it said. */
static bool copy_block(zub_similar *similar, const zub_matrix_block *block,
                       uint64_t entries)
{
    uint64_t at = similar->starts[block->first];
    uint64_t more = block->starts[block->rows];

    if (more > entries - at)
        return false;
    for (size_t r = 0; r < block->rows; r++)
        similar->starts[block->first + r + 1] = at + block->starts[r + 1];
    if (more == 0)
        return true;
    memcpy(similar->cols + at, block->cols, more * sizeof *block->cols);
    memcpy(similar->values + at, block->values, more * sizeof *block->values);
    return true;
}

static zub_status copy_rows(zub_similar *similar, zub_matrix *matrix,
                            zub_error *error)
{
    zub_matrix_size size = zub_matrix_measure(matrix);
    uint64_t row = 0;

    while (row < size.rows) {
        zub_matrix_block block;
        zub_status status = zub_matrix_read(&block, matrix, row, true, error);
        if (status != ZUB_OK)
            return status;
        if (!copy_block(similar, &block, size.entries))
            return zub_fail(error, ZUB_EINVAL,
                            "the matrix has more entries than it says");
        row += block.rows;
    }
    return ZUB_OK;
}

static void measure_rows(zub_similar *similar)
{
    for (size_t r = 0; r < similar->rows.rows; r++) {
        zub_vector row = zub_rows_at(&similar->rows, r);
        similar->sizes[r] = similar->measure->size(&row);
    }
}

static float shadow_of(void *context, size_t row, size_t i)
{
    zub_similar *similar = context;
    float value = similar->measure->shadow(similar->values[i],
                                           similar->sizes[row].scale);

    similar->has_negatives |= value < 0;
    return value;
}

/* Frequent terms are seldom what makes rows alike, but have most postings: to
 * know how much of a row they are is nearly always enough. */
static void measure_rests(zub_similar *similar)
{
    const zub_rows_view *rows = &similar->rows;

    for (size_t r = 0; r < rows->rows; r++) {
        double squares = 0;
        for (uint64_t i = rows->starts[r]; i < rows->starts[r + 1]; i++) {
            double value = (double)similar->measure->shadow(
                rows->values[i], similar->sizes[r].scale);
            if (zub_similar_is_frequent(similar, (size_t)rows->cols[i]))
                squares += value * value;
        }
        similar->rests[r] = (float)sqrt(squares);
    }
}

static zub_status fill(zub_similar *similar, zub_matrix *matrix,
                       zub_error *error)
{
    zub_matrix_size size = zub_matrix_measure(matrix);

    if (take_memory(similar, &size) != ZUB_OK)
        return zub_fail_memory(error);
    zub_status status = copy_rows(similar, matrix, error);
    if (status != ZUB_OK)
        return status;
    measure_rows(similar);
    status = zub_postings_make(&similar->shadows, &similar->rows, shadow_of,
                               similar);
    if (status != ZUB_OK)
        return zub_fail_memory(error);
    measure_rests(similar);
    return ZUB_OK;
}

zub_status zub_similar_new(zub_similar **out, zub_matrix *matrix,
                           const zub_similar_options *options,
                           zub_error *error)
{
    uint64_t rows = zub_matrix_measure(matrix).rows;
    zub_similar_options asked;
    const zub_resemblance *measure;

    *out = NULL;
    zub_error_clear(error);
    zub_status status = zub_similar_check(&asked, &measure, options, error);
    if (status == ZUB_OK)
        status = zub_similar_check_rows(rows, error);
    if (status != ZUB_OK)
        return status;
    zub_similar *similar = zub_alloc_zero(1, sizeof *similar);
    if (!similar)
        return zub_fail_memory(error);
    similar->measure = measure;
    similar->k = fewer(asked.k, rows);
    similar->min_score = asked.min_score;
    similar->threads = asked.threads;
    status = fill(similar, matrix, error);
    if (status == ZUB_OK)
        *out = similar;
    else
        zub_similar_free(similar);
    return status;
}

void zub_similar_free(zub_similar *similar)
{
    if (!similar)
        return;
    zub_postings_release(&similar->shadows);
    zub_free(similar->starts);
    zub_free(similar->cols);
    zub_free(similar->values);
    zub_free(similar->sizes);
    zub_free(similar->rests);
    zub_free(similar);
}

zub_vector zub_similar_row(const zub_similar *similar, uint64_t row)
{
    return row < similar->rows.rows ? zub_rows_at(&similar->rows, (size_t)row)
                                    : (zub_vector){0};
}
