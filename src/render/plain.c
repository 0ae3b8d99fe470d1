/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* plain.c - see plain.h. Eight bytes at a time as one number, the first byte
 * lowest; what is true of a byte is said by its highest bit. A term ends
 * anywhere, so a loop over its bytes would guess its end wrongly each time:
 * that was half of what writing one cost. */
#include "render/plain.h"

#include <string.h>

#define EACH(byte) ((uint64_t)0x0101010101010101 * (byte))
#define HIGH EACH(0x80)

static uint64_t load(const char *at)
{
    uint64_t word;

    memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

static void store(char *at, uint64_t word)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    memcpy(at, &word, sizeof word);
}

/* The last `size` bytes before `end`, 1 to 7, zeros behind them; nothing
 * before `start` is read. */
static uint64_t load_rest(const char *start, const char *end, size_t size)
{
    uint64_t word = 0;

    if (end - start >= 8)
        return load(end - 8) >> (64 - 8 * size);
    for (size_t i = size; i-- > 0;)
        word = word << 8 | (unsigned char)end[(ptrdiff_t)i - (ptrdiff_t)size];
    return word;
}

/* Of bytes below 0x80. */
static uint64_t is_between(uint64_t word, unsigned low, unsigned high)
{
    return (word + EACH(0x80 - low)) & ~(word + EACH(0x7F - high)) & HIGH;
}

static uint64_t is_plain_ascii(uint64_t word)
{
    uint64_t low = word & ~HIGH;

    return ~word & (is_between(low | EACH(0x20), 'a', 'z') |
                    is_between(low, '*', ';') | is_between(low, ' ', ' '));
}

/* Bytes that two-byte characters begin with: 0xC0 to 0xDF. */
static uint64_t is_lead(uint64_t word)
{
    return word & word << 1 & ~(word << 2) & HIGH;
}

/* Of these, from 0xC3 on. */
static uint64_t is_letter_lead(uint64_t word)
{
    uint64_t above =
        word << 3 | word << 4 | word << 5 | (word << 6 & word << 7);

    return is_lead(word) & above;
}

/* Whether all eight are plain. `open`: 0x80 where a character has begun in the
 * word before, and then in this one. */
static bool is_plain(uint64_t word, uint64_t *open)
{
    uint64_t lead = is_lead(word);
    uint64_t follow = word & ~(word << 1) & HIGH;
    uint64_t good = is_plain_ascii(word) | is_letter_lead(word) | follow;
    bool is_whole = follow == (lead << 8 | *open);

    *open = lead >> 56;
    return is_whole && good == HIGH;
}

/* Plain bytes fill up the word, but where a character is to be ended. */
static bool is_rest_plain(uint64_t word, size_t size, uint64_t open)
{
    uint64_t filled = word | EACH(' ') << 8 * size;

    return is_plain(filled, &open) && open == 0;
}

bool zub_copy_plain(char *out, zub_slice text)
{
    const char *at = text.data, *end;
    uint64_t open = 0;

    if (text.size == 0) /* its data may be NULL */
        return true;
    end = at + text.size;
    for (; end - at >= 8; at += 8, out += 8) {
        uint64_t word = load(at);
        store(out, word);
        if (!is_plain(word, &open))
            return false;
    }
    size_t rest = (size_t)(end - at);
    if (rest == 0)
        return open == 0;
    uint64_t word = load_rest(text.data, end, rest);
    store(out, word);
    return is_rest_plain(word, rest, open);
}
