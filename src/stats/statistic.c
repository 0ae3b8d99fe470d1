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
