/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* row_sort.h - the entries of one row after another by column.
 *
 * A row is sorted by setting bits: one for each column, one for each word of
 * bits that is not 0; then they are read off in order. So it costs its entries,
 * and for each row a look at one bit in 4096 of the columns.
 */
#ifndef ZUB_TERMS_ROW_SORT_H
#define ZUB_TERMS_ROW_SORT_H

#include "zubda.h"

/* Between two rows all bits are 0. */
typedef struct zub_row_sort {
    uint64_t *bits, *summary;
    uint32_t *values; /* [columns] */
    size_t summaries;
} zub_row_sort;

/* Of rows of so many columns. ZUB_ENOMEM: release it all the same. */
zub_status zub_row_sort_init(zub_row_sort *sort, size_t columns);
void zub_row_sort_release(zub_row_sort *sort);

/* cols[size] ascend, each with its count; no column stands there twice. */
void zub_row_sort_entries(zub_row_sort *sort, uint32_t *cols, uint32_t *counts,
                          size_t size);

/* Columns that stand there as often as they were met: out[] becomes each
 * once, ascending, and counts[] how often; `out` may be `cols` or lie before
 * it. Returns how many. */
size_t zub_row_sort_repeated(zub_row_sort *sort, uint32_t *out,
                             uint32_t *counts, uint32_t *cols, size_t size);

#endif
