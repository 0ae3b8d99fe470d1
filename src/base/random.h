/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* random.h - random numbers that depend on nothing but a seed and a counter,
 * so that threads may draw theirs in any order and get the same ones. */
#ifndef ZUB_BASE_RANDOM_H
#define ZUB_BASE_RANDOM_H

#include <stdint.h>

/* 64 random bits: number `counter` of the stream `seed`, the same on any
 * machine. Not for secrets. */
uint64_t zub_random_at(uint64_t seed, uint64_t counter);

/* A stream with its place in it: {seed, 0} is its beginning. */
typedef struct zub_random {
    uint64_t seed, counter;
} zub_random;

uint64_t zub_random_bits(zub_random *random);

/* 0 <= x < 1, a multiple of 2^-53. */
double zub_random_uniform(zub_random *random);

/* 0 <= x < bound, each as likely as any other; 0 when bound is 0. */
uint64_t zub_random_below(zub_random *random, uint64_t bound);

#endif
