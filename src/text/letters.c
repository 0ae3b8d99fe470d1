/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* letters.c - one pass over the text, a code point at a time.
 *
 * Invariant: between calls *at stands on a code point's first byte, and every
 * code point before it is in a run or was skipped.
 */
#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/utf8.h"
#include "text/letters.h"

#define BOUNDARY ' '

enum {
    APOSTROPHE = 0x27,
    SOFT_HYPHEN = 0xAD,
    MIDDLE_DOT = 0xB7,
    MODIFIER_APOSTROPHE = 0x2BC,
    MODIFIER_TURNED_COMMA = 0x2BB,
    TATWEEL = 0x640,
    NON_JOINER = 0x200C,
    LEFT_QUOTE = 0x2018,
    RIGHT_QUOTE = 0x2019
};

/* What one code point is to a run. */
typedef enum role { BREAKS, JOINS, SKIPPED, MARKS, LETTER } role;

static bool is_apostrophe(uint32_t c)
{
    return c == APOSTROPHE || c == RIGHT_QUOTE || c == LEFT_QUOTE ||
           c == MODIFIER_APOSTROPHE || c == MODIFIER_TURNED_COMMA;
}

static role role_of(uint32_t c, zub_script script)
{
    if (is_apostrophe(c) || c == MIDDLE_DOT)
        return JOINS;
    if (script != ZUB_SCRIPT_NONE)
        return LETTER;
    if (c < SOFT_HYPHEN)
        return BREAKS;
    if (c == TATWEEL)
        return SKIPPED;
    uint32_t category = U_GET_GC_MASK((UChar32)c);
    if (category & U_GC_M_MASK)
        return MARKS;
    return category & U_GC_CF_MASK && c != NON_JOINER ? SKIPPED : BREAKS;
}

/* Put an accent onto the letter before it, as one letter where Unicode has
 * one. Arabic vowel marks go: bare and vowelled text must look alike. */
static void add_mark(zub_run *run, uint32_t mark)
{
    UErrorCode failure = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&failure);
    uint32_t *last = &run->letters[run->count];

    if (run->count == 0 || U_FAILURE(failure))
        return;
    UChar32 whole = unorm2_composePair(nfc, (UChar32)*last, (UChar32)mark);
    if (whole > 0)
        *last = (uint32_t)whole;
    else if (run->script != ZUB_SCRIPT_ARABIC && run->count < ZUB_RUN_MOST)
        run->letters[++run->count] = mark;
}

static bool is_east_asian(zub_script script)
{
    return script == ZUB_SCRIPT_HAN || script == ZUB_SCRIPT_KANA;
}

/* Whether a letter of `script` goes on with the run; Han and kana do with
 * each other. */
static bool belongs(zub_run *run, zub_script script)
{
    if (run->count == 0 || run->script == script) {
        run->script = script;
        return true;
    }
    if (!is_east_asian(run->script) || !is_east_asian(script))
        return false;
    run->script = ZUB_SCRIPT_KANA;
    return true;
}

static uint32_t lower(uint32_t c)
{
    if (c < 0x80)
        return c | 0x20;
    return (uint32_t)u_tolower((UChar32)c);
}

/* Adds c to the run; false when the run ends before it. */
static bool take(zub_run *run, uint32_t c)
{
    zub_script script = zub_script_of(c);

    switch (role_of(c, script)) {
    case BREAKS: return run->count == 0;
    case JOINS:
        if (run->count > 0 && run->letters[run->count] != APOSTROPHE)
            run->letters[++run->count] = APOSTROPHE;
        return true;
    case SKIPPED: return true;
    case MARKS: add_mark(run, c); return true;
    case LETTER:
        if (!belongs(run, script))
            return false;
        run->letters[++run->count] = lower(c);
    }
    return true;
}

bool zub_run_next(zub_run *run, zub_slice text, size_t *at)
{
    run->count = 0;
    run->script = ZUB_SCRIPT_NONE;
    run->letters[0] = BOUNDARY;
    while (*at < text.size && run->count < ZUB_RUN_MOST) {
        size_t next = *at;
        uint32_t c = zub_utf8_next(text.data, text.size, &next, NULL);
        if (!take(run, c))
            break;
        *at = next;
    }
    while (run->count > 0 && run->letters[run->count] == APOSTROPHE)
        run->count--;
    run->letters[run->count + 1] = BOUNDARY;
    return run->count > 0;
}

/* Hash of a letter string, from its last letter to its first. */
static uint64_t extend(uint64_t hash, uint32_t letter)
{
    hash = (hash ^ letter) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

/* So that the first and the last bits depend on every letter. */
static uint64_t finish(uint64_t hash)
{
    hash = (hash ^ hash >> 32) * 0xD6E8FEB86659FD93u;
    return hash ^ hash >> 32;
}

/* The n-grams that end at letters[end], shortest first, to hashes[count] and
 * on; returns the new count. */
static size_t add_ending_at(const zub_run *run, size_t end, uint64_t *hashes,
                            uint8_t *orders, size_t count)
{
    size_t most = end + 1 < ZUB_GRAM_MOST ? end + 1 : ZUB_GRAM_MOST;
    uint64_t hash = 1;

    for (size_t n = 1; n <= most; n++) {
        hash = extend(hash, run->letters[end + 1 - n]);
        if (n == 1 && run->letters[end] < 0x80)
            continue;
        if (orders)
            orders[count] = (uint8_t)n;
        hashes[count++] = finish(hash);
    }
    return count;
}

size_t zub_run_grams(const zub_run *run, uint64_t hashes[ZUB_GRAMS_MOST],
                     uint8_t orders[ZUB_GRAMS_MOST])
{
    size_t count = 0;
    uint64_t hash = 2;

    for (size_t end = 1; end <= run->count + 1; end++)
        count = add_ending_at(run, end, hashes, orders, count);
    if (run->count + 2 <= ZUB_GRAM_MOST)
        return count;
    for (size_t i = 1; i <= run->count; i++)
        hash = extend(hash, run->letters[i]);
    if (orders)
        orders[count] = ZUB_GRAM_WORD;
    hashes[count++] = finish(hash);
    return count;
}
