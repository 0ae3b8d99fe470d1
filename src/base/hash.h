/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* hash.h - bytes to 64 bits: one hash that never changes, for files, and the
 * parts of those of tables, which have a secret each. */
#ifndef ZUB_BASE_HASH_H
#define ZUB_BASE_HASH_H

#include <string.h>

#include "zubda.h"

#define ZUB_GOLDEN 0x9E3779B97F4A7C15u /* 2^64 / golden ratio, odd */

/* 64 bits of a byte string, the same on any machine: for files and anchors.
 * Whoever chooses the strings can make hashes meet; those of a table with a
 * secret they cannot. */
uint64_t zub_hash(zub_slice key);

/* A number from the system that nobody outside can know, never 0; without
 * randomness a mix of the table's address, so that tables work all the same. */
uint64_t zub_draw_secret(const void *table);

__extension__ typedef unsigned __int128 zub_wide;

/* Both halves of a 128-bit product, one on the other: where a factor has a
 * secret in it, that decides how a difference in the other comes out. */
static inline uint64_t zub_fold_product(uint64_t a, uint64_t b)
{
    zub_wide product = (zub_wide)a * b;

    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* The last bytes of a key, at most 8, as a number of its own byte order. */
static inline uint64_t zub_hash_tail(const unsigned char *data, size_t size)
{
    uint64_t value = 0;

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (size == 8) { /* one load, where a loop would be eight */
        memcpy(&value, data, sizeof value);
        return value;
    }
#endif
    for (size_t i = 0; i < size; i++)
        value |= (uint64_t)data[i] << (8 * i);
    return value;
}

#endif
