/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* ranking_intervals.c - zub_ranking_intervals of zubda.h. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/slice.h"
#include "eval/bootstrap.h"
#include "eval/ranking.h"

/* Where a query of the one is in the other, or SIZE_MAX. */
static size_t find_row(const zub_ranking *ranking, zub_slice name)
{
    size_t low = 0, high = ranking->query_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = zub_slice_compare(name, ranking->names[middle]);
        if (order == 0)
            return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return SIZE_MAX;
}

/* Values, or with another run the differences from it, NaN where that one has
 * no such query. */
static void lay_out(double *values, const zub_ranking *ranking,
                    const zub_ranking *other)
{
    for (size_t q = 0; q < ranking->query_count; q++) {
        size_t row = other ? find_row(other, ranking->names[q]) : q;
        for (size_t c = 0; c < ranking->column_count; c++, values++) {
            *values =
                row == SIZE_MAX ? NAN : zub_ranking_mapped(ranking, q, c);
            if (other && row != SIZE_MAX)
                *values -= zub_ranking_mapped(other, row, c);
        }
    }
}

static void take(zub_ranking_interval *out, const zub_interval *interval,
                 bool is_geometric)
{
    *out = (zub_ranking_interval){.mean = interval->mean,
                                  .low = interval->low,
                                  .high = interval->high,
                                  .chance = interval->chance,
                                  .queries = interval->count};
    if (!is_geometric)
        return;
    out->mean = exp(interval->mean);
    out->low = exp(interval->low);
    out->high = exp(interval->high);
}

static bool have_same_columns(const zub_ranking *a, const zub_ranking *b)
{
    bool is_same = a->column_count == b->column_count;

    for (size_t i = 0; is_same && i < a->column_count; i++)
        is_same = strcmp(a->columns[i].name, b->columns[i].name) == 0;
    return is_same;
}

zub_status zub_ranking_intervals(zub_ranking_interval *out,
                                 const zub_ranking *ranking,
                                 const zub_ranking *other, zub_error *error)
{
    size_t rows = ranking->query_count, columns = ranking->column_count;

    zub_error_clear(error);
    if (other && !have_same_columns(ranking, other))
        return zub_fail(error, ZUB_EINVAL,
                        "the runs were evaluated by different measures");
    double *values = zub_alloc(rows + 1, columns * sizeof *values);
    zub_interval *intervals = zub_alloc(columns, sizeof *intervals);
    zub_status status = values && intervals ? ZUB_OK : ZUB_ENOMEM;
    if (status == ZUB_OK) {
        lay_out(values, ranking, other);
        status = zub_bootstrap(intervals, values, rows, columns);
    }
    for (size_t c = 0; c < columns && status == ZUB_OK; c++)
        take(&out[c], &intervals[c],
             zub_column_is_geometric(&ranking->columns[c]));
    zub_free(values);
    zub_free(intervals);
    return status == ZUB_OK ? ZUB_OK : zub_fail_memory(error);
}
