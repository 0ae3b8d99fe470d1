/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* zscores.h - how far a value lies from the mean of other runs. */
#ifndef ZUB_EVAL_ZSCORES_H
#define ZUB_EVAL_ZSCORES_H

#include "base/file.h"

#define ZUB_NO_ZSCORE (-1000000.) /* where nobody knows a mean: trec_eval's */

typedef struct zub_zscore {
    zub_slice query, measure; /* slices of the file */
    double mean, deviation;
} zub_zscore;

typedef struct zub_zscores {
    zub_file file;
    zub_zscore *items; /* [count] by query and measure */
    size_t count, capacity;
} zub_zscores;

/* "query measure mean deviation" a line. ZUB_EMALFORMED: a line that is not so,
 * or a measure that stands twice. ZUB_ENOTFOUND, ZUB_EIO, ZUB_ENOMEM. */
zub_status zub_zscores_open(zub_zscores *out, const char *path,
                            zub_error *error);
void zub_zscores_close(zub_zscores *scores);

/* (value - mean) / deviation; where that is 0, 0 of the mean itself. */
double zub_zscores_of(const zub_zscores *scores, zub_slice query,
                      zub_slice measure, double value);

#endif
