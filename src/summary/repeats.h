/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* repeats.h - is a sentence nearly the same as one already chosen? */
#ifndef ZUB_SUMMARY_REPEATS_H
#define ZUB_SUMMARY_REPEATS_H

#include "zubda.h"
#include "base/csr.h"

typedef struct zub_repeats zub_repeats;

/* Rows of `matrix` have length 1; it is borrowed. ZUB_ENOMEM. */
zub_status zub_repeats_new(zub_repeats **out, const zub_csr *matrix);
void zub_repeats_free(zub_repeats *repeats);

/* Remember a row. ZUB_ENOMEM. */
zub_status zub_repeats_add(zub_repeats *repeats, int32_t row);

/* Whether a remembered row has a cosine of 0.9 or more with this one. */
bool zub_repeats_has(const zub_repeats *repeats, int32_t row);

#endif
