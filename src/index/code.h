/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* code.h - numbers of which small ones are common, in few bits.
 *
 * Numbers from 0 on are parted into eight classes, one after another, of
 * 2^width numbers each. A number is its class, 3 bits, and its place in the
 * class, `width` bits, the lowest first. The widths are chosen for what is to be
 * written: words of Arabic by how common they are take 13.7 bits, where their
 * entropy is 13.4. Reading one is two looks at a small table and no branch.
 */
#ifndef ZUB_INDEX_CODE_H
#define ZUB_INDEX_CODE_H

#include <string.h>

#include "zubda.h"

#define ZUB_CODE_CLASSES 8u
#define ZUB_CODE_HEAD 3u       /* bits of a class */
#define ZUB_CODE_WIDEST 32u    /* bits of a place */
#define ZUB_CODE_PAD 8u        /* bytes behind the last that must be there */
#define ZUB_CODE_MOST_BYTES 5u /* of a number */

/* Codes of the words of passages. In a row they have one, the first. In a bag
 * the distance to the next word has that of the word before, for distances grow
 * with ranks, and how often a word is there has the last. */
#define ZUB_CODES 8u
#define ZUB_CODE_OF_COUNTS (ZUB_CODES - 1)

/* The code of a distance from word `before` on, the first word counting from
 * 0. */
static inline unsigned zub_code_behind(uint64_t before)
{
    unsigned bits = before < 4 ? 0 : 62 - (unsigned)__builtin_clzll(before);
    unsigned code = bits / 2;

    return code < ZUB_CODE_OF_COUNTS ? code : ZUB_CODE_OF_COUNTS - 1;
}

typedef struct zub_code {
    uint8_t widths[ZUB_CODE_CLASSES];
    uint64_t starts[ZUB_CODE_CLASSES + 1]; /* first number of each class */
} zub_code;

/* The code of these widths; false: one is too wide. */
bool zub_code_open(zub_code *out, const uint8_t widths[ZUB_CODE_CLASSES]);

/* A good code for numbers up to `most`, of which i occurs counts[i] times, the
 * last standing for all behind it too; size >= 1. The same counts give the same
 * code. Costs a walk over them. ZUB_ENOMEM. */
zub_status zub_code_choose(zub_code *out, const uint64_t *counts, size_t size,
                           uint32_t most);

static inline uint64_t zub_code_load(const char *bytes)
{
    uint64_t value = 0;

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    memcpy(&value, bytes, sizeof value);
#else
    for (unsigned i = 0; i < 8; i++)
        value |= (uint64_t)(unsigned char)bytes[i] << 8 * i;
#endif
    return value;
}

/* The number at bit *at, which moves behind it; reads 8 bytes. It may be more
 * than 32 bits hold, where bytes are forged. */
static inline uint64_t zub_code_get(const zub_code *code, const char *bytes,
                                    size_t *at)
{
    uint64_t held = zub_code_load(bytes + (*at >> 3)) >> (*at & 7);
    unsigned class = held & (ZUB_CODE_CLASSES - 1);
    unsigned width = code->widths[class];
    uint64_t place = held >> ZUB_CODE_HEAD & (((uint64_t)1 << width) - 1);

    *at += ZUB_CODE_HEAD + width;
    return code->starts[class] + place;
}

/* Bits on their way to bytes. */
typedef struct zub_code_writer {
    unsigned char *to; /* with ZUB_CODE_MOST_BYTES of room for each number */
    uint64_t held;
    unsigned bits; /* below 8 between numbers */
} zub_code_writer;

static inline void zub_code_put(zub_code_writer *writer, const zub_code *code,
                                uint32_t value)
{
    unsigned class = 0;

    while (value >= code->starts[class + 1])
        class ++;
    writer->held |= (class | (value - code->starts[class]) << ZUB_CODE_HEAD)
                    << writer->bits;
    writer->bits += ZUB_CODE_HEAD + code->widths[class];
    for (; writer->bits >= 8; writer->bits -= 8, writer->held >>= 8)
        *writer->to++ = (unsigned char)writer->held;
}

/* What follows begins in a byte of its own. */
static inline void zub_code_end(zub_code_writer *writer)
{
    if (writer->bits > 0)
        *writer->to++ = (unsigned char)writer->held;
    writer->held = writer->bits = 0;
}

#endif
