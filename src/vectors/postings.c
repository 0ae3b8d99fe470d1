/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* postings.c - see postings.h. Two walks over the rows: one counts the entries
 * and runs of each term, one writes them where they belong. Long runs are then
 * spread over all rows of their block. */
#include "vectors/postings.h"

#include <math.h>

#include "base/mem.h"

#define NO_BLOCK UINT32_MAX

/* What is known of a term while rows pass. */
typedef struct growing_list {
    uint64_t entries; /* counted; then the next one's place */
    uint64_t run;     /* runs counted; then the one at hand */
    uint32_t block;   /* of the run at hand */
} growing_list;

void zub_postings_release(zub_postings *postings)
{
    zub_free(postings->lists);
    zub_free(postings->runs);
    zub_free(postings->places);
    zub_free(postings->values);
    zub_free(postings->dense);
    *postings = (zub_postings){0};
}

static void count(growing_list *lists, const zub_rows_view *rows)
{
    for (size_t c = 0; c < rows->columns; c++)
        lists[c] = (growing_list){0, 0, NO_BLOCK};
    for (size_t r = 0; r < rows->rows; r++)
        for (uint64_t i = rows->starts[r]; i < rows->starts[r + 1]; i++) {
            growing_list *list = &lists[rows->cols[i]];
            uint32_t block = (uint32_t)(r / ZUB_BLOCK_ROWS);
            list->entries++;
            list->run += block != list->block;
            list->block = block;
        }
}

/* Counts become places; returns how many runs there are. */
static uint64_t place(uint64_t *starts, growing_list *lists, size_t columns)
{
    uint64_t entries = 0, runs = 0;

    for (size_t c = 0; c < columns; c++) {
        growing_list *list = &lists[c];
        uint64_t more_entries = list->entries, more_runs = list->run;
        starts[c] = runs;
        *list = (growing_list){entries, runs, NO_BLOCK};
        entries += more_entries;
        runs += more_runs;
    }
    starts[columns] = runs;
    return runs;
}

static void put(zub_postings *out, growing_list *list, size_t row, float value)
{
    uint32_t block = (uint32_t)(row / ZUB_BLOCK_ROWS);

    if (block != list->block) {
        list->run += list->block != NO_BLOCK;
        list->block = block;
        out->runs[list->run] =
            (zub_run){list->entries, block, 0, ZUB_NOT_DENSE};
    }
    zub_run *run = &out->runs[list->run];
    run->largest = fmaxf(run->largest, fabsf(value));
    out->places[list->entries] = (uint16_t)(row % ZUB_BLOCK_ROWS);
    out->values[list->entries++] = value;
}

static void write_lists(zub_postings *out, growing_list *lists,
                        const zub_rows_view *rows,
                        float (*value)(void *context, size_t row, size_t i),
                        void *context)
{
    for (size_t r = 0; r < rows->rows; r++)
        for (uint64_t i = rows->starts[r]; i < rows->starts[r + 1]; i++)
            put(out, &lists[rows->cols[i]], r, value(context, r, (size_t)i));
}

/* ---- Dense runs ---- */

static size_t number_dense(zub_run *runs, uint64_t count)
{
    uint32_t dense = 0;

    for (uint64_t i = 0; i < count; i++)
        if (runs[i + 1].start - runs[i].start >= ZUB_DENSE_ROWS)
            runs[i].dense = dense++;
    return dense;
}

static void spread(zub_postings *out, const zub_run *run)
{
    int8_t *dense = out->dense + (size_t)run->dense * ZUB_BLOCK_ROWS;
    float steps = run->largest > 0 ? ZUB_DENSE_STEPS / run->largest : 0;

    for (uint64_t i = run->start; i < run[1].start; i++)
        dense[out->places[i]] = (int8_t)lrintf(out->values[i] * steps);
}

static zub_status make_dense(zub_postings *out, uint64_t runs)
{
    size_t count = number_dense(out->runs, runs);

    out->dense = zub_alloc_zero(count, ZUB_BLOCK_ROWS);
    for (uint64_t i = 0; out->dense && i < runs; i++)
        if (out->runs[i].dense != ZUB_NOT_DENSE)
            spread(out, &out->runs[i]);
    return out->dense ? ZUB_OK : ZUB_ENOMEM;
}

/* ---- All ---- */

zub_status zub_postings_make(zub_postings *out, const zub_rows_view *rows,
                             float (*value)(void *context, size_t row,
                                            size_t i),
                             void *context)
{
    size_t entries = (size_t)rows->starts[rows->rows];
    growing_list *lists = zub_alloc(rows->columns, sizeof *lists);
    uint64_t runs = 0;

    *out = (zub_postings){
        .rows = rows->rows,
        .columns = rows->columns,
        .blocks = (rows->rows + ZUB_BLOCK_ROWS - 1) / ZUB_BLOCK_ROWS,
        .lists = zub_alloc(rows->columns + 1, sizeof *out->lists),
        .places = zub_alloc(entries, sizeof *out->places),
        .values = zub_alloc(entries, sizeof *out->values)};
    if (lists && out->lists && out->places && out->values) {
        count(lists, rows);
        runs = place(out->lists, lists, rows->columns);
        out->runs = zub_alloc((size_t)runs + 1, sizeof *out->runs);
    }
    if (!out->runs) {
        zub_free(lists);
        zub_postings_release(out);
        return ZUB_ENOMEM;
    }
    write_lists(out, lists, rows, value, context);
    zub_free(lists);
    out->runs[runs] = (zub_run){entries, NO_BLOCK, 0, ZUB_NOT_DENSE};
    zub_status status = make_dense(out, runs);
    if (status != ZUB_OK)
        zub_postings_release(out);
    return status;
}
