/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* units.c - see units.h. ICU reads UTF-8 through a UText at half the speed of
 * this copy and its iteration over UTF-16 together. */
#include "text/units.h"

#include <string.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#define BLOCK 16 /* bytes of ASCII */
#define MIXED 24 /* bytes read one by one before ASCII is hoped for again */

static bool is_line_break(UChar32 c)
{
    return (c >= 0x0A && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* The code point at text[*at], *at < size; moves *at behind it. */
static UChar32 decode(zub_units *units, const uint8_t *text, size_t size,
                      size_t *at)
{
    size_t rest = size - *at < 4 ? size - *at : 4;
    const uint8_t *head = text + *at;
    int32_t used = 0;
    UChar32 c;

    U8_NEXT(head, used, (int32_t)rest, c);
    *at += (size_t)used;
    if (c < 0) {
        units->is_repaired = true;
        return 0xFFFD;
    }
    return is_line_break(c) ? ' ' : c;
}

static size_t put(zub_units *units, size_t size, UChar32 c, uint32_t at)
{
    if (U_IS_BMP(c)) {
        units->text[size] = (UChar)c;
        units->bytes[size] = at;
        return size + 1;
    }
    units->has_pairs = true;
    units->text[size] = U16_LEAD(c);
    units->text[size + 1] = U16_TRAIL(c);
    units->bytes[size] = units->bytes[size + 1] = at;
    return size + 2;
}

static bool is_ascii(const uint8_t *data)
{
    uint64_t low, high;

    memcpy(&low, data, sizeof low);
    memcpy(&high, data + sizeof low, sizeof high);
    return ((low | high) & 0x8080808080808080u) == 0;
}

/* The same of BLOCK bytes of ASCII; loops that compilers turn into vectors. */
static void put_block(zub_units *units, size_t size, const uint8_t *data,
                      uint32_t at)
{
    UChar *text = units->text + size;
    uint32_t *bytes = units->bytes + size;

    for (unsigned i = 0; i < BLOCK; i++) {
        UChar c = data[i];
        text[i] = (UChar)(c - 0x0A) < 4 ? ' ' : c;
    }
    for (unsigned i = 0; i < BLOCK; i++)
        bytes[i] = at + i;
}

/* Is a character of one or two bytes, and no control? */
static bool is_short(uint8_t byte, uint8_t next)
{
    return byte < 0x80 ? byte >= 0x20
                       : (uint8_t)(byte - 0xC3) < 0x1D && next >> 6 == 2;
}

/* Reads to byte `stop` of the text or a little beyond; returns the byte behind
 * what was read. Whether a character is of one byte or two is no branch: in
 * Arabic it could not be foreseen. */
static size_t read_mixed(zub_units *units, const uint8_t *data, size_t size,
                         size_t at, size_t stop)
{
    size_t count = units->size;

    while (at < stop && count + 2 <= ZUB_UNITS_MOST) {
        uint32_t start = (uint32_t)at;
        uint8_t byte = data[at];
        uint8_t next = at + 1 < size ? data[at + 1] : 0;
        unsigned is_long = byte >> 7;
        unsigned both = (byte & 0x1Fu) << 6 | (next & 0x3Fu);
        if (is_short(byte, next)) {
            units->text[count] = (UChar)(is_long ? both : byte);
            units->bytes[count++] = start;
            at += 1 + is_long;
        } else {
            count = put(units, count, decode(units, data, size, &at), start);
        }
    }
    units->size = count;
    return at;
}

size_t zub_units_read(zub_units *units, zub_slice text)
{
    const uint8_t *data = (const uint8_t *)text.data;
    size_t at = 0;

    units->is_repaired = units->has_pairs = false;
    units->size = 0;
    while (at < text.size && units->size + 2 <= ZUB_UNITS_MOST) {
        size_t rest = text.size - at;
        if (rest >= BLOCK && units->size + BLOCK < ZUB_UNITS_MOST &&
            is_ascii(data + at)) {
            put_block(units, units->size, data + at, (uint32_t)at);
            units->size += BLOCK;
            at += BLOCK;
            continue;
        }
        at = read_mixed(units, data, text.size, at,
                        at + (rest < MIXED ? rest : MIXED));
    }
    units->bytes[units->size] = (uint32_t)at;
    return at;
}
