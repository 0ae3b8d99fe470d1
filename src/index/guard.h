/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* guard.h - bytes of a mapped file that are held against their checksums when
 * they are first touched.
 *
 * Opening costs nothing for what is never read, and nothing is answered from a
 * byte that was not checked. A block is checked once; two threads that meet at
 * one both check it, which does no harm.
 */
#ifndef ZUB_INDEX_GUARD_H
#define ZUB_INDEX_GUARD_H

#include <stdatomic.h>

#include "zubda.h"

#define ZUB_GUARD_SHIFT 12u
#define ZUB_GUARD_BLOCK ((size_t)1 << ZUB_GUARD_SHIFT) /* bytes */

/* Any number of threads. */
typedef struct zub_guarded {
    const char *data;
    size_t size;
    const uint32_t *sums; /* [zub_guard_blocks(size)], CRC-32 */
    atomic_uchar *seen;   /* the same: found sound */
} zub_guarded;

static inline size_t zub_guard_blocks(size_t size)
{
    return (size >> ZUB_GUARD_SHIFT) + ((size & (ZUB_GUARD_BLOCK - 1)) != 0);
}

/* The checksums of some bytes, one a block, into sums[]. */
void zub_guard_sum(uint32_t *sums, const char *data, size_t size);

/* Looks at blocks `first` to `last`. */
bool zub_guard_look(const zub_guarded *bytes, size_t first, size_t last);

/* Bytes [at, at + size) are there and as they were written. Costs 4 us for a
 * block that is touched first, then a few instructions. */
static inline bool zub_guard_touch(const zub_guarded *bytes, size_t at,
                                   size_t size)
{
    if (size == 0)
        return at <= bytes->size;
    if (at > bytes->size || size > bytes->size - at)
        return false;
    size_t first = at >> ZUB_GUARD_SHIFT;
    size_t last = (at + size - 1) >> ZUB_GUARD_SHIFT;
    if (first == last &&
        atomic_load_explicit(&bytes->seen[first], memory_order_relaxed))
        return true;
    return zub_guard_look(bytes, first, last);
}

#endif
