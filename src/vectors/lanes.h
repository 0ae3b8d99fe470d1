/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* lanes.h - what is done to the sums of a block of rows, all of them: in loops
 * that a compiler takes several rows at a time through, on any machine. */
#ifndef ZUB_VECTORS_LANES_H
#define ZUB_VECTORS_LANES_H

#include <stddef.h>
#include <stdint.h>

#define ZUB_LANE_ROWS 8192u /* of a block: their sums are 32 KiB */

/* sums[i] = factor * values[i]; [rows], the others 0. */
void zub_lanes_fill(float *sums, const float *values, size_t rows,
                    float factor);

/* The places, below `rows`, of sums from `cut` on, which is above 0; returns
 * how many. */
size_t zub_lanes_collect(uint16_t *places, const float *sums, size_t rows,
                         float cut);

#endif
