/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* python_text.c - see python_text.h. Full lower-casing without a language
 * (SpecialCasing.txt) is the simple one of each code point but for two, so
 * that ICU's table of those is all it takes.
 *
 * Invariant of a walk over n-grams: unless it is done, [start, end) is one
 * that was not given yet.
 */
#include "text/python_text.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/utf8.h"

enum {
    CAPITAL_DOTTED_I = 0x130,
    DOT_ABOVE = 0x307,
    CAPITAL_SIGMA = 0x3A3,
    FINAL_SIGMA = 0x3C2,
    SMALL_SIGMA = 0x3C3,
    CASELESS = 0xD7, /* lead byte from which two-byte letters have no case */
    CHUNK = 4096
};

/* ---- Classes ---- */

bool zub_python_is_word(uint32_t code_point)
{
    UChar32 c = (UChar32)code_point;

    return code_point == '_' || (U_GET_GC_MASK(c) & U_GC_L_MASK) ||
           u_getIntPropertyValue(c, UCHAR_NUMERIC_TYPE) != U_NT_NONE;
}

bool zub_python_is_decimal(uint32_t code_point)
{
    return u_charType((UChar32)code_point) == U_DECIMAL_DIGIT_NUMBER;
}

/* Python's rule: category Zs, or bidirectional class B, S or WS. */
static const struct range {
    uint16_t first, last;
} spaces[] = {
    {0x0009, 0x000D}, {0x001C, 0x0020}, {0x0085, 0x0085}, {0x00A0, 0x00A0},
    {0x1680, 0x1680}, {0x2000, 0x200A}, {0x2028, 0x2029}, {0x202F, 0x202F},
    {0x205F, 0x205F}, {0x3000, 0x3000},
};

bool zub_python_is_space(uint32_t code_point)
{
    size_t count = sizeof spaces / sizeof *spaces;

    for (size_t i = 0; i < count && spaces[i].first <= code_point; i++)
        if (code_point <= spaces[i].last)
            return true;
    return false;
}

/* ---- Rewriting ---- */

/* Rewrites the code points that begin in text[*at .. limit) to `to`, which
 * has room for three bytes each of theirs and four more; moves *at behind
 * them and returns the end of what it wrote. */
typedef char *piece(zub_slice text, size_t *at, size_t limit, char *to);

/* By chunks, so that a text is not given three times its room at once. */
static zub_status rewrite(zub_buffer *out, zub_slice text, piece *write)
{
    size_t before = out->size;

    for (size_t at = 0; at < text.size;) {
        size_t left = text.size - at < CHUNK ? text.size - at : CHUNK;
        char *to = zub_buffer_reserve(out, 3 * left + 4);
        if (!to) {
            out->size = before;
            if (out->data)
                out->data[before] = '\0';
            return out->status;
        }
        out->size += (size_t)(write(text, &at, at + left, to) - to);
        out->data[out->size] = '\0';
    }
    return out->status;
}

static char *put(char *to, uint32_t code_point)
{
    uint8_t *bytes = (uint8_t *)to;
    size_t at = 0;

    U8_APPEND_UNSAFE(bytes, at, code_point);
    return to + at;
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

/* The code point that ends at *at > 0; moves *at to its start. */
static uint32_t previous(zub_slice text, size_t *at)
{
    size_t start = *at - 1, end;

    while (start > 0 && *at - start < 4 && is_continuation(text.data[start]))
        start--;
    end = start;
    uint32_t c = zub_utf8_next(text.data, text.size, &end, NULL);
    if (end != *at) {
        --*at;
        return ZUB_REPLACEMENT;
    }
    *at = start;
    return c;
}

static bool is_ignorable(uint32_t c)
{
    return u_hasBinaryProperty((UChar32)c, UCHAR_CASE_IGNORABLE);
}

static bool is_cased(uint32_t c)
{
    return u_hasBinaryProperty((UChar32)c, UCHAR_CASED);
}

static bool is_cased_before(zub_slice text, size_t at)
{
    while (at > 0) {
        uint32_t c = previous(text, &at);
        if (!is_ignorable(c))
            return is_cased(c);
    }
    return false;
}

static bool is_cased_behind(zub_slice text, size_t at)
{
    while (at < text.size) {
        uint32_t c = zub_utf8_next(text.data, text.size, &at, NULL);
        if (!is_ignorable(c))
            return is_cased(c);
    }
    return false;
}

/* Unicode's Final_Sigma. Linear in the text, for what is skipped between two
 * sigmas is skipped once from each. */
static char *put_sigma(char *to, zub_slice text, size_t start, size_t end)
{
    bool is_final =
        is_cased_before(text, start) && !is_cased_behind(text, end);

    return put(to, is_final ? FINAL_SIGMA : SMALL_SIGMA);
}

static char *put_lower(char *to, uint32_t c)
{
    if (c == CAPITAL_DOTTED_I)
        return put(put(to, 'i'), DOT_ABOVE);
    return put(to, (uint32_t)u_tolower((UChar32)c));
}

static bool is_caseless_pair(zub_slice text, size_t at)
{
    unsigned char lead = (unsigned char)text.data[at];

    return lead >= CASELESS && lead < 0xE0 && text.size - at > 1 &&
           is_continuation(text.data[at + 1]);
}

static char *lower_piece(zub_slice text, size_t *place, size_t limit, char *to)
{
    size_t at = *place;

    while (at < limit) {
        unsigned char byte = (unsigned char)text.data[at];
        if (byte < 0x80) {
            *to++ = (char)(byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte);
            at++;
        } else if (is_caseless_pair(text, at)) {
            memcpy(to, text.data + at, 2);
            to += 2;
            at += 2;
        } else {
            size_t start = at;
            uint32_t c = zub_utf8_next(text.data, text.size, &at, NULL);
            to = c == CAPITAL_SIGMA ? put_sigma(to, text, start, at)
                                    : put_lower(to, c);
        }
    }
    *place = at;
    return to;
}

zub_status zub_python_lower(zub_buffer *out, zub_slice text)
{
    return rewrite(out, text, lower_piece);
}

static bool has_pair(zub_slice text, int lead, char trail)
{
    const char *at = text.data, *end = at + text.size;

    while (at < end && (at = memchr(at, lead, (size_t)(end - at))))
        if (++at < end && *at == trail)
            return true;
    return false;
}

bool zub_python_lowers_as_a_whole(zub_slice text)
{
    return has_pair(text, 0xC4, '\xB0') || has_pair(text, 0xCE, '\xA3');
}

/* Behind the white space that begins at `at`, if any does. */
static size_t skip_spaces(zub_slice text, size_t at)
{
    while (at < text.size) {
        size_t next = at;
        uint32_t c = zub_utf8_next(text.data, text.size, &next, NULL);
        if (!zub_python_is_space(c))
            break;
        at = next;
    }
    return at;
}

static char *squeeze_piece(zub_slice text, size_t *at, size_t limit, char *to)
{
    while (*at < limit) {
        unsigned char byte = (unsigned char)text.data[*at];
        if (byte > ' ' && byte < 0x80) {
            *to++ = (char)byte;
            ++*at;
            continue;
        }
        uint32_t c = zub_utf8_next(text.data, text.size, at, NULL);
        if (zub_python_is_space(c)) {
            size_t end = skip_spaces(text, *at);
            c = end == *at ? c : ' ';
            *at = end;
        }
        to = put(to, c);
    }
    return to;
}

zub_status zub_python_squeeze(zub_buffer *out, zub_slice text)
{
    return rewrite(out, text, squeeze_piece);
}

/* ---- N-grams of characters ---- */

/* Behind the code point at `at`; trusts the lead byte, but not the end. */
static size_t step(zub_slice text, size_t at)
{
    unsigned char lead = (unsigned char)text.data[at];
    size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;

    return size < text.size - at ? at + size : text.size;
}

/* Stand on the first n-gram of `order`; false when the text is too short. */
static bool stand_first(zub_python_grams *grams)
{
    size_t left = grams->order;

    grams->start = grams->end = 0;
    for (; left > 0 && grams->end < grams->text.size; left--)
        grams->end = step(grams->text, grams->end);
    return left == 0;
}

void zub_python_grams_init(zub_python_grams *grams, zub_slice text, size_t low,
                           size_t high, bool is_word)
{
    *grams = (zub_python_grams){.text = text, .order = low, .high = high};
    if (low > high || text.size == 0)
        grams->is_done = true;
    else if (!stand_first(grams))
        grams->is_done = !(grams->is_whole = is_word);
}

/* The last n-gram of an order was given. */
static void next_order(zub_python_grams *grams)
{
    grams->is_done = grams->is_whole || grams->order++ == grams->high ||
                     !stand_first(grams);
}

size_t zub_python_grams_next(zub_python_grams *grams, zub_python_span *out,
                             size_t room)
{
    zub_slice text = grams->text;
    size_t count = 0;

    while (count < room && !grams->is_done) {
        size_t start = grams->start, end = grams->end;
        out[count++] =
            (zub_python_span){(uint32_t)start, (uint32_t)(end - start)};
        if (end == text.size) {
            next_order(grams);
        } else {
            grams->start = step(text, start);
            grams->end = step(text, end);
        }
    }
    return count;
}
