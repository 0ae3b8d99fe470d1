/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* context.c - see context.h. Invariant: what is returned is the place asked
 * about or a border between two code points that do not belong together. */
#include "text/context.h"

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "text/space.h"

#define CHARACTER_MOST 64u /* bytes, on the average of what is shown */
#define SLACK 256u
#define FLAGS_MOST 64u /* regional indicators that are looked back at */
#define VIRAMA 9       /* its combining class */
#define MARKS_MOST 16u /* behind one */

/* Where the code point that ends at text[at] begins; an invalid byte is one
 * for itself. */
static size_t step_back(zub_slice text, size_t from, size_t at)
{
    size_t start = at;

    while (start > from && at - start < 4) {
        start--;
        if (((unsigned char)text.data[start] & 0xC0) != 0x80) {
            size_t end = start;
            zub_utf8_next(text.data, at, &end, NULL);
            return end == at ? start : at - 1;
        }
    }
    return at - 1;
}

static uint32_t code_at(zub_slice text, size_t at)
{
    return zub_utf8_next(text.data, text.size, &at, NULL);
}

static bool is_control(int class)
{
    return class == U_GCB_CONTROL || class == U_GCB_CR || class == U_GCB_LF;
}

static int break_class(uint32_t c)
{
    return u_getIntPropertyValue((UChar32)c, UCHAR_GRAPHEME_CLUSTER_BREAK);
}

/* Two letters of flags before text[at] make one flag, so whether the next one
 * begins a flag is a question of how many there are. */
static bool is_second_of_flag(zub_slice text, size_t at)
{
    size_t count = 0;

    while (at > 0 && count < FLAGS_MOST) {
        at = step_back(text, 0, at);
        if (break_class(code_at(text, at)) != U_GCB_REGIONAL_INDICATOR)
            break;
        count++;
    }
    return count % 2 == 1;
}

/* Whether a sign that joins syllables stands before text[at], marks between
 * them aside. */
static bool is_behind_virama(zub_slice text, size_t at)
{
    for (unsigned i = 0; at > 0 && i < MARKS_MOST; i++) {
        at = step_back(text, 0, at);
        uint32_t c = code_at(text, at);
        if (u_getCombiningClass((UChar32)c) == VIRAMA)
            return true;
        if (break_class(c) != U_GCB_EXTEND)
            return false;
    }
    return false;
}

/* Whether text[at], `next`, belongs to what stands before it, `last`. */
static bool is_joined(zub_slice text, size_t at, uint32_t last, uint32_t next)
{
    if (last < 0x300 && next < 0x300)
        return last == '\r' && next == '\n';
    int before = break_class(last), after = break_class(next);
    bool joins = false;

    if (is_control(before) || is_control(after))
        return last == '\r' && next == '\n';
    switch (after) {
    case U_GCB_EXTEND:
    case U_GCB_SPACING_MARK:
    case U_GCB_ZWJ:
    case U_GCB_V:
    case U_GCB_T: return true;
    case U_GCB_L: joins = before == U_GCB_L; break;
    case U_GCB_REGIONAL_INDICATOR: joins = is_second_of_flag(text, at); break;
    default: break;
    }
    return joins || before == U_GCB_PREPEND || before == U_GCB_ZWJ ||
           (before == U_GCB_EXTEND && is_behind_virama(text, at));
}

/* ---- Between words ---- */

/* White space that no mark stands on. */
static bool is_space_at(zub_slice text, size_t at)
{
    uint32_t space = code_at(text, at), last, next;
    size_t behind = at;

    if (!zub_is_space((UChar32)space))
        return false;
    zub_utf8_next(text.data, text.size, &behind, NULL);
    if (at > 0) {
        last = code_at(text, step_back(text, 0, at));
        if (!zub_is_space((UChar32)last) && is_joined(text, at, last, space))
            return false;
    }
    if (behind == text.size)
        return true;
    next = code_at(text, behind);
    return zub_is_space((UChar32)next) ||
           !is_joined(text, behind, space, next);
}

/* Where the first white space from text[at] on begins, or `end`. */
static size_t find_space(zub_slice text, size_t at, size_t end)
{
    while (at < end && !is_space_at(text, at))
        zub_utf8_next(text.data, end, &at, NULL);
    return at;
}

static size_t skip_spaces(zub_slice text, size_t at, size_t end)
{
    while (at < end && is_space_at(text, at))
        zub_utf8_next(text.data, end, &at, NULL);
    return at;
}

/* The same two from the other side, down to `from`. */
static size_t find_space_back(zub_slice text, size_t at, size_t from)
{
    while (at > from) {
        size_t start = step_back(text, from, at);
        if (is_space_at(text, start))
            break;
        at = start;
    }
    return at;
}

static size_t skip_spaces_back(zub_slice text, size_t at, size_t from)
{
    while (at > from) {
        size_t start = step_back(text, from, at);
        if (!is_space_at(text, start))
            break;
        at = start;
    }
    return at;
}

/* A word that was cut in two is left out, unless that is half of all there
 * is: then the writing has no spaces, or what it cuts is no word. */
static size_t begin_word(zub_slice text, size_t from, size_t edge, size_t at)
{
    size_t last = edge > from ? step_back(text, from, edge) : edge;
    size_t whole = edge;

    if (edge > from && !is_space_at(text, last))
        whole = find_space(text, edge, at);
    if (whole - edge > (at - edge) / 2)
        whole = edge;
    return skip_spaces(text, whole, at);
}

static size_t end_word(zub_slice text, size_t at, size_t edge)
{
    size_t whole = edge;

    if (edge < text.size && !is_space_at(text, edge))
        whole = find_space_back(text, edge, at);
    if (edge - whole > (edge - at) / 2)
        whole = edge;
    return skip_spaces_back(text, whole, at);
}

/* ---- Both ways ---- */

static size_t most_bytes(size_t width, size_t there)
{
    size_t most;

    if (__builtin_mul_overflow(width, (size_t)CHARACTER_MOST, &most) ||
        __builtin_add_overflow(most, (size_t)SLACK, &most))
        return there;
    return most < there ? most : there;
}

size_t zub_context_start(zub_slice text, size_t from, size_t at, size_t width)
{
    size_t limit = at - most_bytes(width, at - from);
    size_t edge = at, here = at, count = 0;

    while (count < width && here > limit) {
        size_t start = step_back(text, from, here);
        uint32_t next = code_at(text, start);
        bool is_border =
            start == from ||
            !is_joined(text, start,
                       code_at(text, step_back(text, from, start)), next);
        here = start;
        edge = is_border ? start : edge;
        count += is_border;
    }
    return begin_word(text, from, edge, at);
}

size_t zub_context_end(zub_slice text, size_t at, size_t width)
{
    size_t limit = at + most_bytes(width, text.size - at);
    size_t edge = at, here = at, count = 0;
    uint32_t last = 0;

    while (count <= width && here < limit) {
        size_t start = here;
        uint32_t next = zub_utf8_next(text.data, text.size, &here, NULL);
        if (start == at || !is_joined(text, start, last, next)) {
            edge = start;
            count++;
        }
        last = next;
    }
    if (count <= width && here == text.size)
        edge = here;
    return end_word(text, at, edge);
}
