/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* python_words.c - a word is a maximal run of the rule's characters. Which
 * those are is looked up: below U+0800, where nearly all text is, by a row of
 * 64 bits for each first byte, above by a bit for each code point of the BMP,
 * and beyond that by ICU's properties.
 *
 * A word is short and where it ends cannot be foretold: asking each character
 * costs two mispredicted branches a word, more than all else. So a block of 64
 * bytes becomes a mask first, a bit for each byte of a character that belongs,
 * without a branch where the block is ASCII or characters of two bytes; then
 * the words are the runs of ones, found by their edges.
 *
 * Invariant: blocks begin and end between code points; what is before `block`
 * was given, but for the word that is open; `edges` are those of the block at
 * hand that were not met yet.
 */
#include "text/python_words.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { BMP = 0x10000, BLOCK = 64, LONGEST = 4 };

#define EACH_BYTE 0x0101010101010101u

typedef bool class(uint32_t code_point);

struct zub_python_words {
    zub_python_rule rule;
    bool is_lowered;
    bool is_open; /* a word began at `start` */
    zub_slice base;
    size_t start, block; /* in base */
    size_t behind;       /* the block: where the next one begins */
    uint64_t edges;      /* of words, by byte of the block */
    zub_buffer lowered;  /* base, where it is a copy */
    zub_buffer scratch;  /* terms; the way from lowered to squeezed */
    /* By first byte: bit n says whether it makes a character of the class with
     * a second byte whose low six bits are n. ASCII, which has none: all of
     * them. Bytes that begin nothing of one or two bytes: none. */
    uint64_t rows[256];
    uint64_t bits[BMP / 64]; /* by code point */
};

static bool is_alphabetic(uint32_t c)
{
    return zub_python_is_word(c) && !zub_python_is_decimal(c);
}

static bool is_no_space(uint32_t c)
{
    return !zub_python_is_space(c);
}

/* The rules: what a word is made of and whether one character makes one. */
static const struct rule {
    class *belongs; /* NULL: words are not cut */
    bool needs_two;
    bool is_lowered_first; /* where it matters */
} rules[] = {
    [ZUB_PYTHON_WORD] = {zub_python_is_word, true, true},
    [ZUB_PYTHON_ALPHABETIC] = {is_alphabetic, false, true},
    /* No context of a sigma reaches across white space. */
    [ZUB_PYTHON_SPLIT] = {is_no_space, false, false},
    [ZUB_PYTHON_CHAR] = {NULL, false, true},
};

static void fill(zub_python_words *words, class *belongs)
{
    for (uint32_t c = 0; c < BMP; c++)
        words->bits[c / 64] |= (uint64_t)belongs(c) << c % 64;
    for (uint32_t c = 0; c < 0x80; c++)
        words->rows[c] = belongs(c) ? UINT64_MAX : 0;
    for (uint32_t lead = 0xC2; lead < 0xE0; lead++)
        words->rows[lead] = words->bits[lead & 0x1F];
    /* With any second byte these are two characters, both invalid. */
    words->rows[0xC0] = words->rows[0xC1] =
        belongs(ZUB_REPLACEMENT) ? UINT64_MAX : 0;
}

zub_status zub_python_words_new(zub_python_words **out, zub_python_rule rule,
                                zub_error *error)
{
    zub_python_words *words = *out = zub_alloc_zero(1, sizeof *words);

    if (!words)
        return zub_fail_memory(error);
    words->rule = rule;
    zub_buffer_init(&words->lowered, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&words->scratch, ZUB_BUFFER_UNLIMITED);
    if (rules[rule].belongs)
        fill(words, rules[rule].belongs);
    return ZUB_OK;
}

void zub_python_words_free(zub_python_words *words)
{
    if (!words)
        return;
    zub_buffer_release(&words->lowered);
    zub_buffer_release(&words->scratch);
    zub_free(words);
}

/* The text, lowered, into words->lowered; with CHAR squeezed too. */
static zub_status lower_all(zub_python_words *words, zub_slice text)
{
    bool is_squeezed = words->rule == ZUB_PYTHON_CHAR;
    zub_buffer *first = is_squeezed ? &words->scratch : &words->lowered;
    zub_status status;

    zub_buffer_clear(&words->scratch);
    zub_buffer_clear(&words->lowered);
    status = zub_python_lower(first, text);
    if (status == ZUB_OK && is_squeezed)
        status = zub_python_squeeze(&words->lowered, zub_buffer_slice(first));
    return status;
}

static bool must_lower(const zub_python_words *words, zub_slice text)
{
    return words->rule == ZUB_PYTHON_CHAR ||
           (rules[words->rule].is_lowered_first &&
            zub_python_lowers_as_a_whole(text));
}

zub_status zub_python_words_begin(zub_python_words *words, zub_slice text,
                                  zub_slice *base)
{
    zub_status status = text.size > UINT32_MAX ? ZUB_ELIMIT : ZUB_OK;

    words->is_open = false;
    words->block = words->behind = 0;
    words->edges = 0;
    words->base = *base = (zub_slice){"", 0};
    words->is_lowered = status == ZUB_OK && must_lower(words, text);
    if (words->is_lowered) {
        status = lower_all(words, text);
        text = zub_buffer_slice(&words->lowered);
        if (status == ZUB_OK && text.size > UINT32_MAX)
            status = ZUB_ELIMIT;
    }
    if (status == ZUB_OK && text.size > 0)
        words->base = *base = text;
    return status;
}

bool zub_python_words_is_lowered(const zub_python_words *words)
{
    return words->is_lowered;
}

/* ---- Masks ---- */

/* Eight bytes, the first one lowest, in what compilers know to be one load. */
static uint64_t load(const unsigned char *d)
{
    return (uint64_t)d[0] | (uint64_t)d[1] << 8 | (uint64_t)d[2] << 16 |
           (uint64_t)d[3] << 24 | (uint64_t)d[4] << 32 | (uint64_t)d[5] << 40 |
           (uint64_t)d[6] << 48 | (uint64_t)d[7] << 56;
}

/* The top bit of each byte, the first one lowest. */
static uint64_t top_bits(uint64_t word)
{
    return (word >> 7 & EACH_BYTE) * 0x0102040810204080u >> 56;
}

static bool is_ascii(const unsigned char *data)
{
    uint64_t any = 0;

    for (unsigned i = 0; i < BLOCK; i += 8)
        any |= load(data + i);
    return !(any & EACH_BYTE * 0x80);
}

/* Whether a block that begins with a character is ASCII and characters of two
 * bytes, the last of which may be cut; *leads is a mask of their first
 * bytes. */
static bool is_short(const unsigned char *data, uint64_t *leads)
{
    uint64_t bad = 0, last = 0;

    *leads = 0;
    for (unsigned i = 0; i < BLOCK; i += 8) {
        uint64_t word = load(data + i), lead = word & word << 1;
        uint64_t trail = word & ~(word << 1);
        lead &= EACH_BYTE * 0x80;
        trail &= EACH_BYTE * 0x80;
        bad |= (lead & word << 2) | (trail ^ (lead << 8 | last));
        last = lead >> 56;
        *leads |= top_bits(lead) << i;
    }
    return bad == 0;
}

/* Bit i: the ASCII character data[i] belongs. */
static uint64_t ascii_bit(const uint64_t *rows, const unsigned char *data,
                          unsigned i)
{
    return rows[data[i]] & (uint64_t)1 << i;
}

static uint64_t mask_ascii(const uint64_t *rows, const unsigned char *data)
{
    uint64_t mask = 0;

    for (unsigned i = 0; i < BLOCK; i += 8, data += 8) {
        uint64_t low = ascii_bit(rows, data, 0) | ascii_bit(rows, data, 1);
        low |= ascii_bit(rows, data, 2) | ascii_bit(rows, data, 3);
        low |= ascii_bit(rows, data, 4) | ascii_bit(rows, data, 5);
        low |= ascii_bit(rows, data, 6) | ascii_bit(rows, data, 7);
        mask |= low << i;
    }
    return mask;
}

/* Bit i: the character that begins at data[i], of one byte or two, belongs. */
static uint64_t short_bit(const uint64_t *rows, const unsigned char *data,
                          unsigned i)
{
    return (rows[data[i]] >> (data[i + 1] & 0x3F) & 1) << i;
}

static uint64_t mask_firsts(const uint64_t *rows, const unsigned char *data)
{
    uint64_t mask = 0;

    for (unsigned i = 0; i < BLOCK; i += 8, data += 8) {
        uint64_t low = short_bit(rows, data, 0) | short_bit(rows, data, 1);
        low |= short_bit(rows, data, 2) | short_bit(rows, data, 3);
        low |= short_bit(rows, data, 4) | short_bit(rows, data, 5);
        low |= short_bit(rows, data, 6) | short_bit(rows, data, 7);
        mask |= low << i;
    }
    return mask;
}

/* Of a code point that takes no short way; moves *at behind it. */
static bool belongs_long(const zub_python_words *words, zub_slice text,
                         size_t *at)
{
    uint32_t c = zub_utf8_next(text.data, text.size, at, NULL);

    if (c < BMP)
        return words->bits[c / 64] >> c % 64 & 1;
    return rules[words->rule].belongs(c);
}

/* The mask of what begins at words->behind, whatever it is; *size is how many
 * bytes it covers. */
static uint64_t mask_any(const zub_python_words *words, size_t *size)
{
    size_t start = words->behind, at = start;
    zub_slice text = words->base;
    uint64_t mask = 0;

    while (at < text.size && at - start <= BLOCK - LONGEST) {
        size_t from = at - start;
        unsigned char byte = (unsigned char)text.data[at];
        if (byte < 0x80) {
            mask |= (words->rows[byte] & 1) << from;
            at++;
            continue;
        }
        bool is_in = belongs_long(words, text, &at);
        uint64_t bytes = ((uint64_t)1 << (at - start - from)) - 1;
        mask |= (is_in ? bytes : 0) << from;
    }
    *size = at - start;
    return mask;
}

/* The same for a whole block at data, with a byte behind it. */
static uint64_t mask_block(const zub_python_words *words,
                           const unsigned char *data, size_t *size)
{
    uint64_t leads, mask;

    *size = BLOCK;
    if (is_ascii(data))
        return mask_ascii(words->rows, data);
    if (!is_short(data, &leads))
        return mask_any(words, size);
    *size -= leads >> (BLOCK - 1); /* its second byte is in the next */
    mask = mask_firsts(words->rows, data);
    return mask | (mask & leads) << 1;
}

/* ---- Words ---- */

/* Mask the next block; false at the end of the text. */
static bool next_block(zub_python_words *words)
{
    unsigned char copy[BLOCK + 1] = {0};
    zub_slice text = words->base;
    size_t left = text.size - words->behind, size = left;
    const unsigned char *data =
        (const unsigned char *)text.data + words->behind;
    uint64_t mask;

    words->block = words->behind;
    if (left == 0) {
        words->edges = words->is_open;
        return words->is_open;
    }
    if (left <= BLOCK)
        data = memcpy(copy, data, left);
    mask = mask_block(words, data, &size);
    if (size > left)
        size = left;
    words->behind += size;
    words->edges = mask ^ (mask << 1 | words->is_open);
    if (size < BLOCK)
        words->edges &= ((uint64_t)1 << size) - 1;
    return true;
}

/* All of the base as one word. */
static size_t give_all(zub_python_words *words, zub_python_span *out)
{
    if (words->behind == words->base.size)
        return 0;
    words->behind = words->base.size;
    *out = (zub_python_span){0, (uint32_t)words->behind};
    return 1;
}

/* By the upper half of a word's first byte: bytes of its first character,
 * which a word that needs two has to exceed. */
static const uint8_t one_character[16] = {1, 1, 1, 1, 1, 1, 1, 1,
                                          1, 1, 1, 1, 2, 2, 3, 4};
static const uint8_t nothing[16] = {0};

/* The lowest bit that is set, which is taken out. */
static size_t take_lowest(uint64_t *mask)
{
    size_t bit = (size_t)__builtin_ctzll(*mask);

    *mask &= *mask - 1;
    return bit;
}

/* Up to `room` > 0 words that end in the block at hand; returns how many. */
static size_t give_block(zub_python_words *words, zub_python_span *out,
                         size_t room)
{
    const unsigned char *data = (const unsigned char *)words->base.data;
    bool needs_two = rules[words->rule].needs_two;
    const uint8_t *most = needs_two ? one_character : nothing;
    uint64_t edges = words->edges;
    size_t count = 0, start = words->start;
    bool is_open = words->is_open;

    while (edges && count < room) {
        if (!is_open)
            start = words->block + take_lowest(&edges);
        is_open = edges == 0;
        if (is_open)
            break;
        size_t size = words->block + take_lowest(&edges) - start;
        out[count] = (zub_python_span){(uint32_t)start, (uint32_t)size};
        count += size > most[data[start] >> 4];
    }
    words->edges = edges;
    words->start = start;
    words->is_open = is_open;
    return count;
}

size_t zub_python_words_next(zub_python_words *words, zub_python_span *out,
                             size_t room)
{
    size_t count = 0;

    if (!rules[words->rule].belongs)
        return room > 0 ? give_all(words, out) : 0;
    while (count < room) {
        if (words->edges == 0 && !next_block(words))
            break;
        count += give_block(words, out + count, room - count);
    }
    return count;
}

zub_status zub_python_words_term(zub_python_words *words, zub_slice word,
                                 zub_slice *term)
{
    zub_buffer *scratch = &words->scratch;
    bool is_padded = words->rule == ZUB_PYTHON_SPLIT;

    *term = word;
    if (words->is_lowered)
        return ZUB_OK;
    zub_buffer_clear(scratch);
    if (is_padded)
        zub_buffer_add_char(scratch, ' ');
    zub_python_lower(scratch, word);
    if (is_padded)
        zub_buffer_add_char(scratch, ' ');
    *term = scratch->status ? (zub_slice){"", 0} : zub_buffer_slice(scratch);
    return scratch->status;
}
