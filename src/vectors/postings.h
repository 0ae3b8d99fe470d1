/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* postings.h - for each term the rows that have it: lists in runs of blocks
 * of rows, so that what is summed up over a block stays in the first cache. */
#ifndef ZUB_VECTORS_POSTINGS_H
#define ZUB_VECTORS_POSTINGS_H

#include "zubda.h"
#include "vectors/lanes.h"

#define ZUB_BLOCK_ROWS ZUB_LANE_ROWS

/* Postings of a term in a block: [start, start of the next run). */
#define ZUB_POSTING_STEPS 32767
typedef struct zub_run {
    uint64_t start;
    uint32_t block;
    float largest; /* |value| in it */
} zub_run;

/* Constant once made. */
typedef struct zub_postings {
    size_t rows, columns, blocks;
    uint32_t *df;      /* [columns], rows that have it */
    uint64_t *lists;   /* [columns + 1], where a term's runs begin */
    zub_run *runs;     /* [lists[columns] + 1], blocks ascend in a list; behind
                         the last one more, for its end */
    uint32_t *entries; /* [entries]: row in its block, ascending in a run, in
                          the high half; in the low one the value, in 32,767ths
                          of its run's largest, rounded */
} zub_postings;

static inline uint32_t zub_posting_place(uint32_t entry)
{
    return entry >> 16;
}

static inline float zub_posting_steps(uint32_t entry)
{
    return (float)(int16_t)(entry & 0xFFFF);
}

/* Rows as they lie in memory. */
typedef struct zub_rows_view {
    size_t rows, columns;
    const uint64_t *starts; /* [rows + 1] */
    const int32_t *cols;    /* below columns */
    const float *values;
} zub_rows_view;

/* value(context, row, i) is what entry i, of that row, weighs in its list; it
 * is asked for in order. ZUB_ENOMEM; on failure *out is empty. Linear. */
zub_status zub_postings_make(zub_postings *out, const zub_rows_view *rows,
                             float (*value)(void *context, size_t row,
                                            size_t i),
                             void *context);
void zub_postings_release(zub_postings *postings);

#endif
