/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* varint.h - small numbers in few bytes: seven bits each, the low ones first,
 * and a bit that says that more follow (LEB128). */
#ifndef ZUB_INDEX_VARINT_H
#define ZUB_INDEX_VARINT_H

#include "zubda.h"
#include "base/buffer.h"

#define ZUB_VARINT_MOST 10u /* bytes */

static inline size_t zub_varint_put(char *out, uint64_t value)
{
    size_t size = 0;

    for (; value >= 0x80; value >>= 7)
        out[size++] = (char)(value | 0x80);
    out[size++] = (char)value;
    return size;
}

static inline void zub_varint_add(zub_buffer *out, uint64_t value)
{
    char *room = zub_buffer_reserve(out, ZUB_VARINT_MOST);

    if (room)
        out->size += zub_varint_put(room, value);
}

/* The number at data[*at]; moves *at behind it. False: it is cut off, or has
 * more than 64 bits. */
static inline bool zub_varint_get(const char *data, size_t size, size_t *at,
                                  uint64_t *value)
{
    uint64_t got = 0;

    for (unsigned shift = 0; *at < size && shift < 64; shift += 7) {
        unsigned char byte = (unsigned char)data[(*at)++];
        got |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80) {
            *value = got;
            return true;
        }
    }
    return false;
}

/* The same of one that must fit 32 bits. */
static inline bool zub_varint_get_u32(const char *data, size_t size,
                                      size_t *at, uint32_t *value)
{
    uint64_t got;

    if (*at < size && (unsigned char)data[*at] < 0x80) {
        *value = (unsigned char)data[(*at)++];
        return true;
    }
    if (!zub_varint_get(data, size, at, &got) || got > UINT32_MAX)
        return false;
    *value = (uint32_t)got;
    return true;
}

#endif
