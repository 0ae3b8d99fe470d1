/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* lanes.c - see lanes.h. */
#include "vectors/lanes.h"

#include <stdbool.h>
#include <string.h>

#define GROUP 32 /* sums looked at together: few groups have one */

void zub_lanes_fill(float *sums, const float *values, size_t rows,
                    float factor)
{
    size_t whole = rows / GROUP * GROUP;

    for (size_t at = 0; at < whole; at += GROUP)
        for (size_t i = 0; i < GROUP; i++)
            sums[at + i] = factor * values[at + i];
    for (size_t i = whole; i < rows; i++)
        sums[i] = factor * values[i];
    memset(sums + rows, 0, (ZUB_LANE_ROWS - rows) * sizeof *sums);
}

/* Four floats as the integers that their bits are: above 0 they stand in the
 * same order, and are compared at once. */
typedef int32_t four_ints
    __attribute__((vector_size(16), aligned(4), may_alias));

static bool has_one(const float *sums, four_ints cut)
{
    const four_ints *at = (const four_ints *)(const void *)sums;
    four_ints found = at[0] >= cut;
    int64_t halves[2];

    for (size_t i = 1; i < GROUP / 4; i++)
        found |= at[i] >= cut;
    memcpy(halves, &found, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

size_t zub_lanes_collect(uint16_t *places, const float *sums, size_t rows,
                         float cut)
{
    size_t count = 0;
    int32_t bits;

    memcpy(&bits, &cut, sizeof bits);
    four_ints least = {bits, bits, bits, bits};
    for (size_t at = 0; at < rows; at += GROUP) {
        if (!has_one(sums + at, least))
            continue;
        size_t end = at + GROUP < rows ? at + GROUP : rows;
        for (size_t i = at; i < end; i++) {
            places[count] = (uint16_t)i;
            count += sums[i] >= cut;
        }
    }
    return count;
}
