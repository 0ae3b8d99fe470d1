/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* ascending.h - numbers as integers that stand in the same order, for sorting
 * by their bytes. */
#ifndef ZUB_STATS_ASCENDING_H
#define ZUB_STATS_ASCENDING_H

#include <string.h>

#include "zubda.h"

static inline uint64_t zub_ascending(double value)
{
    uint64_t bits;

    value += 0.0; /* zero has no sign */
    memcpy(&bits, &value, sizeof bits);
    return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

#endif
