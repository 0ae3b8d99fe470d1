/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* hash.c - see hash.h. */
#include "base/hash.h"

#include <sys/random.h>

/* Multiply, fold the upper half onto the lower one: every input bit reaches
 * every output bit in two rounds. */
static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * ZUB_GOLDEN;
    return hash ^ (hash >> 32);
}

uint64_t zub_hash(zub_slice key)
{
    const unsigned char *data = (const unsigned char *)key.data;
    size_t left = key.size;
    uint64_t hash = mix(0x8F1BBCDCBFA53E0Bu, key.size);

    for (; left >= 8; left -= 8, data += 8)
        hash = mix(hash, zub_hash_tail(data, 8));
    return mix(mix(hash, zub_hash_tail(data, left)), left);
}

uint64_t zub_draw_secret(const void *table)
{
    uint64_t secret = 0;

    if (getrandom(&secret, sizeof secret, GRND_NONBLOCK) != sizeof secret)
        secret = mix((uintptr_t)table, 0);
    return secret | 1;
}
