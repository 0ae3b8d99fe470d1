/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* utf8.c - see utf8.h. What the lead byte says is a table: how many bytes
 * follow and in which range the first of them lies (Unicode 15, table 3-7);
 * the others are 80..BF. A sequence that breaks off ends where it broke. */
#include "base/utf8.h"

#include <string.h>

typedef struct lead {
    unsigned char first, last; /* lead bytes of this kind */
    unsigned char follow;      /* bytes behind it */
    unsigned char low, high;   /* range of the first of those */
} lead;

static const lead leads[] = {
    {0xC2, 0xDF, 1, 0x80, 0xBF}, {0xE0, 0xE0, 2, 0xA0, 0xBF},
    {0xE1, 0xEC, 2, 0x80, 0xBF}, {0xED, 0xED, 2, 0x80, 0x9F},
    {0xEE, 0xEF, 2, 0x80, 0xBF}, {0xF0, 0xF0, 3, 0x90, 0xBF},
    {0xF1, 0xF3, 3, 0x80, 0xBF}, {0xF4, 0xF4, 3, 0x80, 0x8F},
};

static const lead *find_lead(unsigned char byte)
{
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
        if (byte >= leads[i].first && byte <= leads[i].last)
            return &leads[i];
    return NULL;
}

static uint32_t invalid_sequence(bool *is_valid)
{
    if (is_valid)
        *is_valid = false;
    return ZUB_REPLACEMENT;
}

/* The sequence behind a lead byte that is not ASCII; *at is that byte's. */
static uint32_t next_long(const char *text, size_t size, size_t *at,
                          bool *is_valid)
{
    unsigned char byte = (unsigned char)text[(*at)++];
    const lead *kind = find_lead(byte);

    if (!kind)
        return invalid_sequence(is_valid);
    unsigned char low = kind->low, high = kind->high;
    uint32_t code_point = byte & (0x3Fu >> kind->follow);
    for (unsigned left = kind->follow; left > 0; left--, (*at)++) {
        unsigned char next = *at < size ? (unsigned char)text[*at] : 0;
        if (next < low || next > high)
            return invalid_sequence(is_valid);
        code_point = code_point << 6 | (next & 0x3Fu);
        low = 0x80;
        high = 0xBF;
    }
    return code_point;
}

uint32_t zub_utf8_next(const char *text, size_t size, size_t *at,
                       bool *is_valid)
{
    unsigned char byte = (unsigned char)text[*at];

    if (is_valid)
        *is_valid = true;
    if (byte < 0x80) {
        ++*at;
        return byte;
    }
    return next_long(text, size, at, is_valid);
}

/* A mark for each byte of eight: its highest bit. */
#define MARKS 0x8080808080808080u
#define LOWEST 0x0101010101010101u

/* The first byte lowest. */
static uint64_t load(const char *data)
{
    uint64_t word;

    memcpy(&word, data, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* Sequences of one or two bytes at `at` and behind it, eight bytes a step; adds
 * the code points. What Arabic, Cyrillic, Greek, Hebrew and Latin are made of
 * goes by without a branch. */
static size_t skip_short(zub_slice text, size_t at, size_t *count)
{
    size_t start = at, followers = 0;
    uint64_t open = 0; /* the last byte begins a sequence */

    for (; text.size - at >= sizeof(uint64_t); at += sizeof(uint64_t)) {
        uint64_t word = load(text.data + at), high = word & MARKS;
        uint64_t begins = high & word << 1, follows = high & ~begins;
        uint64_t is_longer = begins & word << 2;
        /* of C0 and C1 these bits are 0 */
        uint64_t is_sound = (word & 0x1E * LOWEST) + 0x7E * LOWEST;

        if (is_longer | (begins & ~is_sound) |
            (follows ^ (begins << 8 | open)))
            break;
        open = begins >> 56;
        followers += ((follows >> 7) * LOWEST) >> 56;
    }
    at -= open != 0;
    *count += at - start - followers;
    return at;
}

static bool is_behind(zub_slice text, size_t at)
{
    return ((unsigned char)text.data[at] & 0xC0) == 0x80;
}

/* Three bytes that need no look at the range of the second. */
static bool is_three_bytes(zub_slice text, size_t at)
{
    unsigned char byte = (unsigned char)text.data[at];

    return byte >= 0xE1 && byte <= 0xEF && byte != 0xED &&
           text.size - at > 2 && is_behind(text, at + 1) &&
           is_behind(text, at + 2);
}

/* The first invalid byte at or behind `at`, or text.size; adds the code points
 * before it to *count. */
static size_t skip_valid(zub_slice text, size_t at, size_t *count)
{
    while ((at = skip_short(text, at, count)) < text.size) {
        size_t start = at;
        bool is_valid = true;

        if (is_three_bytes(text, at))
            at += 3;
        else
            zub_utf8_next(text.data, text.size, &at, &is_valid);
        if (!is_valid)
            return start;
        ++*count;
    }
    return at;
}

size_t zub_utf8_count(zub_slice text, size_t *invalid)
{
    size_t count = 0, bad = 0;

    for (size_t at = 0; at < text.size;) {
        size_t start = at = skip_valid(text, at, &count);

        if (at == text.size)
            break;
        zub_utf8_next(text.data, text.size, &at, NULL);
        count++;
        bad += at - start;
    }
    if (invalid)
        *invalid = bad;
    return count;
}

size_t zub_utf8_bom(zub_slice text)
{
    return text.size >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

size_t zub_utf8_first_invalid(zub_slice text)
{
    size_t ignored = 0;

    return skip_valid(text, 0, &ignored);
}

size_t zub_utf8_repair(zub_buffer *out, zub_slice text)
{
    size_t bad = 0, ignored = 0;

    for (size_t at = 0; at < text.size;) {
        size_t start = at;

        at = skip_valid(text, at, &ignored);
        zub_buffer_add(out, text.data + start, at - start);
        if (at == text.size)
            break;
        start = at;
        zub_utf8_add(out, zub_utf8_next(text.data, text.size, &at, NULL));
        bad += at - start;
    }
    return bad;
}

void zub_utf8_add(zub_buffer *out, uint32_t code_point)
{
    static const unsigned char marks[] = {0, 0x00, 0xC0, 0xE0, 0xF0};
    char bytes[4];

    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point < 0xE000))
        code_point = ZUB_REPLACEMENT;
    size_t size = code_point < 0x80      ? 1
                  : code_point < 0x800   ? 2
                  : code_point < 0x10000 ? 3
                                         : 4;
    for (size_t i = size - 1; i > 0; i--, code_point >>= 6)
        bytes[i] = (char)(0x80 | (code_point & 0x3F));
    bytes[0] = (char)(marks[size] | code_point);
    zub_buffer_add(out, bytes, size);
}
