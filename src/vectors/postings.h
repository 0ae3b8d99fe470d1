/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* postings.h - for each term the rows that have it: lists in runs of blocks
 * of rows, so that what is summed up over a block stays in the first cache. */
#ifndef ZUB_VECTORS_POSTINGS_H
#define ZUB_VECTORS_POSTINGS_H

#include "zubda.h"
#include "vectors/lanes.h"

#define ZUB_BLOCK_ROWS ZUB_LANE_ROWS /* their sums are 32 KiB */
#define ZUB_DENSE_ROWS                                                        \
    (ZUB_LANE_ROWS / 8) /* from here on a run is dense, too:
                                           adding up all rows of a block costs
                                           less than finding so many */
#define ZUB_NOT_DENSE UINT32_MAX
#define ZUB_DENSE_STEPS 127 /* of a run's largest, in which values are kept */

/* Postings of a term in a block: [start, start of the next run). */
typedef struct zub_run {
    uint64_t start;
    uint32_t block;
    float largest;  /* |value| in it */
    uint32_t dense; /* which of the dense ones, or none */
} zub_run;

/* Constant once made. */
typedef struct zub_postings {
    size_t rows, columns, blocks;
    uint64_t *lists;  /* [columns + 1], where a term's runs begin */
    zub_run *runs;    /* [lists[columns] + 1], blocks ascend in a list; behind
                         the last one more, for its end */
    uint16_t *places; /* [entries], row in its block, ascending in a run */
    float *values;    /* [entries] */
    int8_t *dense;    /* [runs that are][ZUB_BLOCK_ROWS], 127ths of their run's
                         largest, rounded; 0 where no entry is */
} zub_postings;

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
