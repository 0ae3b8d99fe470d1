/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* bootstrap.h - how far a mean over articles may be trusted. */
#ifndef ZUB_EVAL_BOOTSTRAP_H
#define ZUB_EVAL_BOOTSTRAP_H

#include "zubda.h"

#define ZUB_RESAMPLES 2000u

typedef struct zub_interval {
    double mean, low, high; /* low and high hold 95 % of the resamples */
    double chance; /* twice the share of resamples on the other side of 0 */
    size_t count;  /* rows that have a value */
} zub_interval;

/* Means of columns of `values` [rows][columns], NaN where there is none, and
 * their percentile intervals (Efron 1979). All columns see the same resamples,
 * so that differences of rows are paired. The seed is fixed: same values, same
 * intervals. Cost: 2000 * rows * columns additions. ZUB_ENOMEM. */
zub_status zub_bootstrap(zub_interval *out, const double *values, size_t rows,
                         size_t columns);

#endif
