/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* bootstrap.c - see bootstrap.h. A row is laid out as its values and, behind
 * them, 1 for each that is there, so that one pass of additions makes sums
 * and counts. */
#include "eval/bootstrap.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/random.h"

#define SEED 20040725u /* any number: it is what makes runs repeatable */

typedef struct bootstrap {
    size_t rows, columns;
    double *table; /* [rows][2 * columns] */
    double *sums;  /* [2 * columns] */
    double *means; /* [columns][ZUB_RESAMPLES] */
} bootstrap;

static void lay_out(bootstrap *b, const double *values)
{
    for (size_t i = 0; i < b->rows; i++)
        for (size_t c = 0; c < b->columns; c++) {
            double value = values[i * b->columns + c];
            double *row = b->table + i * 2 * b->columns;
            bool is_there = !isnan(value);
            row[c] = is_there ? value : 0;
            row[b->columns + c] = is_there;
        }
}

static void add_row(bootstrap *b, size_t i)
{
    const double *row = b->table + i * 2 * b->columns;

    for (size_t c = 0; c < 2 * b->columns; c++)
        b->sums[c] += row[c];
}

static double mean_at(const bootstrap *b, size_t c)
{
    double count = b->sums[b->columns + c];

    return count > 0 ? b->sums[c] / count : 0;
}

static void resample(bootstrap *b)
{
    zub_random random = {SEED, 0};

    for (size_t r = 0; r < ZUB_RESAMPLES; r++) {
        memset(b->sums, 0, 2 * b->columns * sizeof *b->sums);
        for (size_t i = 0; i < b->rows; i++)
            add_row(b, (size_t)zub_random_below(&random, b->rows));
        for (size_t c = 0; c < b->columns; c++)
            b->means[c * ZUB_RESAMPLES + r] = mean_at(b, c);
    }
}

static int ascending(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

static void read_off(const bootstrap *b, zub_interval *out, size_t c)
{
    double *means = b->means + c * ZUB_RESAMPLES;
    size_t below = 0, above = 0, tail = ZUB_RESAMPLES / 40;

    qsort(means, ZUB_RESAMPLES, sizeof *means, ascending);
    for (size_t r = 0; r < ZUB_RESAMPLES; r++) {
        below += means[r] <= 0;
        above += means[r] >= 0;
    }
    double chance =
        2.0 * (double)(below < above ? below : above) / ZUB_RESAMPLES;
    *out = (zub_interval){
        .mean = mean_at(b, c),
        .low = means[tail - 1],
        .high = means[ZUB_RESAMPLES - tail],
        .chance = chance < 1 ? chance : 1,
        .count = (size_t)b->sums[b->columns + c],
    };
}

zub_status zub_bootstrap(zub_interval *out, const double *values, size_t rows,
                         size_t columns)
{
    bootstrap b = {.rows = rows, .columns = columns};
    zub_status status = ZUB_ENOMEM;

    b.table = columns > SIZE_MAX / 16 / (rows + 1)
                  ? NULL
                  : zub_alloc(rows, 2 * columns * sizeof *b.table);
    b.sums = zub_alloc_zero(columns, 2 * sizeof *b.sums);
    b.means = zub_alloc(columns, ZUB_RESAMPLES * sizeof *b.means);
    if (b.table && b.sums && b.means) {
        lay_out(&b, values);
        resample(&b);
        memset(b.sums, 0, 2 * columns * sizeof *b.sums);
        for (size_t i = 0; i < rows; i++)
            add_row(&b, i);
        for (size_t c = 0; c < columns; c++)
            read_off(&b, &out[c], c);
        status = ZUB_OK;
    }
    zub_free(b.table);
    zub_free(b.sums);
    zub_free(b.means);
    return status;
}
