/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* places.c - frequencies reduced by how a word clumps, from where it stands.
 * The corpus is a ring, so that as many distances as places sum to its size,
 * wherever it begins. */
#include "zubda.h"

#include <math.h>

typedef struct ring {
    double size; /* words */
    double even; /* the distance, were all alike */
    double sum;
} ring;

static void add_clipped(ring *r, double distance)
{
    r->sum += fmin(distance, r->even) / r->even;
}

static void add_entropy(ring *r, double distance)
{
    double share = distance / r->size;

    if (share > 0)
        r->sum -= share * log(share);
}

static void add_square(ring *r, double distance)
{
    double share = distance / r->size;

    r->sum += share * share;
}

/* Each distance to `add`; returns what it summed. */
static double go_round(void (*add)(ring *, double), const uint64_t *places,
                       size_t count, uint64_t size)
{
    uint64_t last = places[0];

    for (size_t i = 1; i < count; i++)
        last = places[i] > last ? places[i] : last;
    double words = last < size ? (double)size : (double)last + 1;
    ring r = {words, words / (double)count, 0};
    add(&r, words - (double)last + (double)places[0]);
    last = places[0];
    for (size_t i = 1; i < count; i++) {
        uint64_t here = places[i] > last ? places[i] : last;
        add(&r, (double)(here - last));
        last = here;
    }
    return r.sum;
}

double zub_arf(const uint64_t *places, size_t count, uint64_t size)
{
    return count > 0 ? go_round(add_clipped, places, count, size) : 0;
}

double zub_aldf(const uint64_t *places, size_t count, uint64_t size)
{
    return count > 0 ? exp(go_round(add_entropy, places, count, size)) : 0;
}

double zub_awtf(const uint64_t *places, size_t count, uint64_t size)
{
    return count > 0 ? 1 / go_round(add_square, places, count, size) : 0;
}
