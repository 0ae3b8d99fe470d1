/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* guard.c - see guard.h. */
#include "index/guard.h"

#include <zlib.h>

static uint32_t sum_block(const char *data, size_t size, size_t block)
{
    size_t at = block << ZUB_GUARD_SHIFT;
    size_t left = size - at;

    if (left > ZUB_GUARD_BLOCK)
        left = ZUB_GUARD_BLOCK;
    return (uint32_t)crc32_z(0, (const Bytef *)data + at, left);
}

void zub_guard_sum(uint32_t *sums, const char *data, size_t size)
{
    for (size_t i = 0; i < zub_guard_blocks(size); i++)
        sums[i] = sum_block(data, size, i);
}

bool zub_guard_look(const zub_guarded *bytes, size_t first, size_t last)
{
    for (size_t i = first; i <= last; i++) {
        if (atomic_load_explicit(&bytes->seen[i], memory_order_relaxed))
            continue;
        if (sum_block(bytes->data, bytes->size, i) != bytes->sums[i])
            return false;
        atomic_store_explicit(&bytes->seen[i], 1, memory_order_relaxed);
    }
    return true;
}
