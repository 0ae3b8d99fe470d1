/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* cells.h - a table of two rows and two columns, made sound, and what tests
 * of independence say of it. */
#ifndef ZUB_STATS_CELLS_H
#define ZUB_STATS_CELLS_H

#include "zubda.h"

/* Cells (Evert's letters), their margins and total, the expectation of each
 * cell, and by how much o11 is above e11: o22 is above e22 by as much, o12 and
 * o21 are below. */
typedef struct zub_cells {
    double o11, o12, o21, o22;
    double r1, r2, c1, c2, n;
    double e11, e12, e21, e22;
    double d; /* exactly 0 when the table is that of chance */
} zub_cells;

/* A count as 0 or a number from 2^-20 to 2^53: NaN and what is less is 0. */
static inline double zub_count_sound(double count)
{
    if (!(count >= 0x1p-20))
        return 0;
    return count < 0x1p53 ? count : 0x1p53;
}

/* From counts: a cell that they would leave negative is 0. */
zub_cells zub_cells_of(double n11, double n1, double n2, double n);

/* G2 (Dunning 1993), chi-squared (Pearson 1900), and that with a correction
 * for continuity (Yates 1934): below 0 when o11 is below e11; 0 when a margin
 * is 0. */
double zub_cells_g2(const zub_cells *t);
double zub_cells_chi2(const zub_cells *t);
double zub_cells_yates(const zub_cells *t);

/* ln of the odds ratio with 1/2 added to each cell (Haldane 1956, Anscombe
 * 1956), and that over its standard error. */
double zub_cells_log_odds(const zub_cells *t);
double zub_cells_log_odds_z(const zub_cells *t);

/* ln P of Fisher's exact test, one-sided towards where o11 deviates. Up to
 * about 2000 terms of the sum, an integral where that is not enough: 0.2 us
 * for what is rare, 40 us at most. */
double zub_cells_log_fisher(const zub_cells *table);

#endif
