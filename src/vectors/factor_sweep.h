/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* factor_sweep.h - the least squares of each row under x >= 0, coordinate by
 * coordinate. */
#ifndef ZUB_VECTORS_FACTOR_SWEEP_H
#define ZUB_VECTORS_FACTOR_SWEEP_H

#include "vectors/tall.h"

/* Each row x of `factor` comes nearer to the least of x G x' / 2 - target x',
 * G = gram[columns][columns], positive semidefinite: a sweep over its
 * coordinates. A coordinate whose G is 0 stays. *change: the sum over all rows
 * of the magnitudes of the projected gradient as the sweep met it. The
 * same bytes for any number of threads and any width of vector. 2 * columns^2
 * operations a row. ZUB_ENOMEM. */
zub_status zub_factor_sweep(double *change, zub_tall *factor,
                            const zub_tall *target, const double *gram,
                            unsigned threads);

#endif
