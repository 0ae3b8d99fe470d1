/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* units.c - see units.h. ICU reads UTF-8 through a UText at half the speed of
 * this copy and its iteration over UTF-16 together. */
#include "text/units.h"

#include <string.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "text/block.h"

#define MIXED 24 /* bytes read one by one before ASCII is hoped for again */

typedef uint8_t half_block __attribute__((vector_size(8)));

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

static half_block load(const uint8_t *data)
{
    half_block all;

    memcpy(&all, data, sizeof all);
    return all;
}

static bool is_ascii(const uint8_t *data)
{
    return !zub_block_any(zub_block_load(data) & 0x80);
}

/* Are these ZUB_BLOCK bytes, but for the tail of the last one, characters of
 * one or two bytes, none of C2? Looks at ZUB_BLOCK + 1 bytes. */
static bool is_short(const uint8_t *data)
{
    zub_block bytes = zub_block_load(data);
    zub_block next = zub_block_load(data + 1);
    zub_block is_lead = (zub_block)(bytes >= 0xC0);
    zub_block has_tail = (zub_block)((next & 0xC0) == 0x80);
    zub_block is_other =
        (zub_block)(bytes >= 0xE0) | (is_lead & (zub_block)(bytes < 0xC3));

    return (data[0] & 0xC0) != 0x80 &&
           !zub_block_any((is_lead ^ has_tail) | is_other);
}

/* Half a block, a space for each line break. */
static zub_unit_block widen(half_block bytes)
{
    zub_unit_block wide = __builtin_convertvector(bytes, zub_unit_block);
    zub_unit_block is_break =
        (zub_unit_block)(wide >= 0x0A) & (zub_unit_block)(wide <= 0x0D);

    return (wide & ~is_break) | (is_break & ' ');
}

/* The same of ZUB_BLOCK bytes of ASCII. */
static void put_ascii(zub_units *units, size_t size, const uint8_t *data,
                      uint32_t at)
{
    uint32_t *bytes = units->bytes + size;

    for (unsigned i = 0; i < ZUB_BLOCK; i += 8) {
        zub_unit_block wide = widen(load(data + i));
        memcpy(units->text + size + i, &wide, sizeof wide);
    }
    for (unsigned i = 0; i < ZUB_BLOCK; i++)
        bytes[i] = at + i;
}

/* What begins at each of eight bytes, if anything does. */
static zub_unit_block decode_short(const uint8_t *data)
{
    zub_unit_block bytes = __builtin_convertvector(load(data), zub_unit_block);
    zub_unit_block next =
        __builtin_convertvector(load(data + 1), zub_unit_block);
    zub_unit_block is_long = (zub_unit_block)(bytes >= 0x80);

    return (is_long & ((bytes & 0x1F) << 6 | (next & 0x3F))) |
           (~is_long & widen(load(data)));
}

/* The same of ZUB_BLOCK bytes that are short. What stands at a tail is written
 * too and then overwritten: where characters begin is no branch, as it could
 * not be foreseen. Returns the units. */
static size_t put_short(zub_units *units, size_t size, const uint8_t *data,
                        uint32_t at)
{
    for (unsigned half = 0; half < ZUB_BLOCK; half += 8) {
        UChar values[8];
        zub_unit_block all = decode_short(data + half);
        memcpy(values, &all, sizeof values);
        for (unsigned i = 0; i < 8; i++) {
            units->text[size] = values[i];
            units->bytes[size] = at + half + i;
            size += (data[half + i] & 0xC0) != 0x80;
        }
    }
    return size;
}

/* Reads to byte `stop` of the text or a little beyond, character by character;
 * returns the byte behind what was read. */
static size_t read_mixed(zub_units *units, const uint8_t *data, size_t size,
                         size_t at, size_t stop)
{
    size_t count = units->size;

    while (at < stop && count + 2 <= ZUB_UNITS_MOST) {
        uint32_t start = (uint32_t)at;
        uint8_t byte = data[at];
        if (byte >= 0x20 && byte < 0x80) {
            units->text[count] = byte;
            units->bytes[count++] = start;
            at++;
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
        bool is_block =
            rest > ZUB_BLOCK && units->size + ZUB_BLOCK < ZUB_UNITS_MOST;
        if (is_block && is_ascii(data + at)) {
            put_ascii(units, units->size, data + at, (uint32_t)at);
            units->size += ZUB_BLOCK;
            at += ZUB_BLOCK;
            continue;
        }
        if (is_block && is_short(data + at)) {
            units->size =
                put_short(units, units->size, data + at, (uint32_t)at);
            at += ZUB_BLOCK + (data[at + ZUB_BLOCK - 1] >= 0xC0);
            continue;
        }
        at = read_mixed(units, data, text.size, at,
                        at + (rest < MIXED ? rest : MIXED));
    }
    units->bytes[units->size] = (uint32_t)at;
    return at;
}
