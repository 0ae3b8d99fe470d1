/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* unions.h - numbers that belong together, the least of them their name. */
#ifndef ZUB_VECTORS_UNIONS_H
#define ZUB_VECTORS_UNIONS_H

#include "zubda.h"

/* Union-find with halved paths (Tarjan & van Leeuwen 1984). The least of a set
 * stays its root, so that the order of joining decides nothing. */
typedef struct zub_unions {
    uint32_t *parents; /* [size]; never greater than the number itself */
    size_t size;
} zub_unions;

/* Each number is alone. ZUB_ENOMEM; releasing is fine then too. */
zub_status zub_unions_init(zub_unions *unions, size_t size);
void zub_unions_release(zub_unions *unions);

/* The least number of its set. Amortized O(log size). */
static inline uint32_t zub_unions_find(zub_unions *unions, uint32_t number)
{
    uint32_t *parents = unions->parents;

    while (parents[number] != number) {
        parents[number] = parents[parents[number]];
        number = parents[number];
    }
    return number;
}

static inline void zub_unions_join(zub_unions *unions, uint32_t a, uint32_t b)
{
    uint32_t x = zub_unions_find(unions, a), y = zub_unions_find(unions, b);

    if (x < y)
        unions->parents[y] = x;
    else
        unions->parents[x] = y;
}

#endif
