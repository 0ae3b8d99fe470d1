/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* statistic.c - see statistic.h. */
#include "stats/statistic.h"

double zub_low_count(double observed, double expected)
{
    if (observed > 0)
        return observed;
    return expected < 1 ? expected / 2 : .5;
}

bool zub_is_statistic(const char *name, const char *asked)
{
    while (*name && *asked)
        if (*name == *asked) {
            name++;
            asked++;
        } else if (*name++ != '-') {
            return false;
        }
    return *name == *asked;
}
