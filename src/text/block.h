/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* block.h - sixteen bytes, or eight UTF-16 units, that are looked at together:
 * in registers of their own, if the machine has such. Loops over single ones
 * would be left at another place each time, which no processor foresees. */
#ifndef ZUB_TEXT_BLOCK_H
#define ZUB_TEXT_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef uint8_t zub_block __attribute__((vector_size(16)));
typedef uint16_t zub_unit_block __attribute__((vector_size(16)));

#define ZUB_BLOCK sizeof(zub_block)
#define ZUB_UNIT_BLOCK (sizeof(zub_unit_block) / sizeof(uint16_t))

static inline zub_block zub_block_load(const void *data)
{
    zub_block block;

    memcpy(&block, data, sizeof block);
    return block;
}

static inline zub_unit_block zub_unit_block_load(const void *units)
{
    zub_unit_block block;

    memcpy(&block, units, sizeof block);
    return block;
}

static inline size_t zub_first_set(uint64_t bytes)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    return (size_t)__builtin_clzll(bytes) / 8;
#else
    return (size_t)__builtin_ctzll(bytes) / 8;
#endif
}

/* The first byte of a comparison that is true; ZUB_BLOCK: none. */
static inline size_t zub_block_first(zub_block hits)
{
    uint64_t halves[2];

    memcpy(halves, &hits, sizeof halves);
    if (halves[0])
        return zub_first_set(halves[0]);
    return halves[1] ? 8 + zub_first_set(halves[1]) : ZUB_BLOCK;
}

static inline bool zub_block_any(zub_block hits)
{
    uint64_t halves[2];

    memcpy(halves, &hits, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

#endif
