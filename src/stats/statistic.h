/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* statistic.h - rows of the tables of zubda.h, made of its maps. */
#ifndef ZUB_STATS_STATISTIC_H
#define ZUB_STATS_STATISTIC_H

#include <stdbool.h>

/* A row {words, function} for a map X(function, ...). */
#define ZUB_STATISTIC_ROW(function, ...) {{__VA_ARGS__}, function},

/* Where a log wants more than an observed 0: half a count, or half of what
 * chance gives where that is less, so that never is always less than chance
 * and once is always more than never. */
double zub_low_count(double observed, double expected);

/* Whether `asked` is that name, with its dashes or without. */
bool zub_is_statistic(const char *name, const char *asked);

#endif
