/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* lanes.h - sums over a block of rows, as many at once as the machine has
 * lanes for. What comes out may differ in the last bit from one machine to
 * another: it is for bounds, not for results. */
#ifndef ZUB_VECTORS_LANES_H
#define ZUB_VECTORS_LANES_H

#include <stddef.h>
#include <stdint.h>

#define ZUB_LANE_ROWS 8192u /* of a block */

typedef struct zub_lanes {
    /* sums[i] += factor * values[i], [ZUB_LANE_ROWS]. */
    void (*add)(float *sums, const int8_t *values, float factor);
    /* The places, below `rows`, of sums from `cut` on, which is above 0;
     * returns how many. */
    size_t (*collect)(uint16_t *places, const float *sums, size_t rows,
                      float cut);
} zub_lanes;

/* Those of this machine; static storage. */
const zub_lanes *zub_lanes_here(void);

#endif
