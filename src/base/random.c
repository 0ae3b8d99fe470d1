/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* random.c - see random.h. The finaliser is SplitMix64's (Steele, Lea, Flood:
 * Fast splittable pseudorandom number generators, 2014), a bijection of 64
 * bits. Seed and counter go through it apart before they meet, so that
 * neighbouring seeds do not give shifted streams. */
#include "base/random.h"

#define GOLDEN 0x9E3779B97F4A7C15u /* 2^64 / golden ratio */

static uint64_t mix(uint64_t z)
{
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

uint64_t zub_random_at(uint64_t seed, uint64_t counter)
{
    uint64_t key = mix(seed + GOLDEN);

    return mix(key + mix((counter + 1) * GOLDEN));
}

uint64_t zub_random_bits(zub_random *random)
{
    return zub_random_at(random->seed, random->counter++);
}

double zub_random_uniform(zub_random *random)
{
    return (double)(zub_random_bits(random) >> 11) * 0x1p-53;
}

/* 2^64 mod bound values are too many for equal shares: they are drawn again. */
uint64_t zub_random_below(zub_random *random, uint64_t bound)
{
    uint64_t bits;

    if (bound == 0)
        return 0;
    do
        bits = zub_random_bits(random);
    while (bits < -bound % bound);
    return bits % bound;
}
