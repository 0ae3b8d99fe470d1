/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* postings.c - see postings.h. Two walks over the rows: one counts the entries
 * and runs of each term, one writes them where they belong. */
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
    zub_free(postings->df);
    zub_free(postings->lists);
    zub_free(postings->runs);
    zub_free(postings->entries);
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
static uint64_t place(zub_postings *out, growing_list *lists)
{
    uint64_t entries = 0, runs = 0;

    for (size_t c = 0; c < out->columns; c++) {
        growing_list *list = &lists[c];
        uint64_t more_entries = list->entries, more_runs = list->run;
        out->df[c] = (uint32_t)more_entries;
        out->lists[c] = runs;
        *list = (growing_list){entries, runs, NO_BLOCK};
        entries += more_entries;
        runs += more_runs;
    }
    out->lists[out->columns] = runs;
    return runs;
}

/* Until a run is whole its values are floats: its largest is not known. */
static void put(zub_postings *out, float *values, growing_list *list,
                size_t row, float value)
{
    uint32_t block = (uint32_t)(row / ZUB_BLOCK_ROWS);

    if (block != list->block) {
        list->run += list->block != NO_BLOCK;
        list->block = block;
        out->runs[list->run] = (zub_run){list->entries, block, 0};
    }
    zub_run *run = &out->runs[list->run];
    run->largest = fmaxf(run->largest, fabsf(value));
    out->entries[list->entries] = (uint32_t)(row % ZUB_BLOCK_ROWS) << 16;
    values[list->entries++] = value;
}

static void round_run(zub_postings *out, const float *values,
                      const zub_run *run)
{
    float steps = run->largest > 0 ? ZUB_POSTING_STEPS / run->largest : 0;

    for (uint64_t i = run->start; i < run[1].start; i++)
        out->entries[i] |= (uint16_t)(int16_t)lrintf(values[i] * steps);
}

static void write_lists(zub_postings *out, float *values, growing_list *lists,
                        const zub_rows_view *rows,
                        float (*value)(void *context, size_t row, size_t i),
                        void *context)
{
    for (size_t r = 0; r < rows->rows; r++)
        for (uint64_t i = rows->starts[r]; i < rows->starts[r + 1]; i++)
            put(out, values, &lists[rows->cols[i]], r,
                value(context, r, (size_t)i));
    for (uint64_t i = 0; i < out->lists[rows->columns]; i++)
        round_run(out, values, &out->runs[i]);
}

zub_status zub_postings_make(zub_postings *out, const zub_rows_view *rows,
                             float (*value)(void *context, size_t row,
                                            size_t i),
                             void *context)
{
    size_t entries = (size_t)rows->starts[rows->rows];
    growing_list *lists = zub_alloc(rows->columns, sizeof *lists);
    float *values = zub_alloc(entries, sizeof *values);
    uint64_t runs = 0;

    *out = (zub_postings){
        .rows = rows->rows,
        .columns = rows->columns,
        .blocks = (rows->rows + ZUB_BLOCK_ROWS - 1) / ZUB_BLOCK_ROWS,
        .df = zub_alloc(rows->columns, sizeof *out->df),
        .lists = zub_alloc(rows->columns + 1, sizeof *out->lists),
        .entries = zub_alloc(entries, sizeof *out->entries)};
    bool is_whole = lists && values && out->df && out->lists && out->entries;
    if (is_whole) {
        count(lists, rows);
        runs = place(out, lists);
        out->runs = zub_alloc((size_t)runs + 1, sizeof *out->runs);
        is_whole = out->runs != NULL;
    }
    if (is_whole) {
        out->runs[runs] = (zub_run){entries, NO_BLOCK, 0};
        write_lists(out, values, lists, rows, value, context);
    } else
        zub_postings_release(out);
    zub_free(lists);
    zub_free(values);
    return is_whole ? ZUB_OK : ZUB_ENOMEM;
}
