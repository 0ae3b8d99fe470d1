/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* place.c - see place.h. Stops and classes of characters are those of Unicode
 * (UAX #29), from ICU. What stands behind the stops is read once, forwards;
 * the word before them goes back no further than an abbreviation can. */
#include "text/place.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>

#include "text/classes.h"
#include "text/space.h"

#define ELLIPSIS 0x2026
#define SEMICOLON 0x61B /* the Arabic one */

static bool is_space(UChar c)
{
    return c == ' ' || zub_is_space(c);
}

bool zub_is_closing(UChar c)
{
    if (c < 0x80)
        return c == '"' || c == '\'' || c == ')' || c == ']' || c == '}';
    if (zub_is_arabic_letter(c))
        return false;
    switch (u_charType(c)) {
    case U_END_PUNCTUATION:
    case U_FINAL_PUNCTUATION: return true;
    default: return false;
    }
}

/* Quotes that open in one language and close in another. */
static bool is_either_quote(UChar c)
{
    return c < 0x80 ? c == '"' || c == '\''
                    : !zub_is_arabic_letter(c) &&
                          u_charType(c) == U_INITIAL_PUNCTUATION;
}

static bool is_opening(UChar c)
{
    if (c < 0x80)
        return c == '(' || c == '[' || c == '{' || is_either_quote(c);
    return !zub_is_arabic_letter(c) &&
           (u_charType(c) == U_START_PUNCTUATION || is_either_quote(c) ||
            c == 0xA1 || c == 0xBF);
}

size_t zub_place_skip_spaces(const zub_place *p, size_t at)
{
    while (at < p->size && is_space(p->text[at]))
        at++;
    return at;
}

/* Behind the stops at text[at], with those set apart: ". . ." */
static size_t skip_stops(zub_place *p, size_t at)
{
    for (;;) {
        size_t next;
        while (at < p->size && zub_is_stop(p->rules, p->text[at])) {
            UChar c = p->text[at++];
            bool is_weak =
                zub_is_full_stop(c) || c == ELLIPSIS || c == SEMICOLON;
            p->is_strong |= !is_weak;
            p->is_exotic |= !is_weak && c >= 0x300;
        }
        next = zub_place_skip_spaces(p, at);
        if (next == at || next > at + 1 || next == p->size ||
            !zub_is_full_stop(p->text[next]) ||
            !zub_is_full_stop(p->text[at - 1]))
            return at;
        at = next;
    }
}

/* Behind closing quotes and brackets. A quote that could open closes when it
 * stands at a space. */
static size_t skip_closing(const zub_place *p, size_t at)
{
    size_t end = at;

    while (end < p->size &&
           (zub_is_closing(p->text[end]) || is_either_quote(p->text[end])))
        end++;
    if (end < p->size && !is_space(p->text[end]) &&
        !zub_is_stop(p->rules, p->text[end]))
        while (end > at && is_either_quote(p->text[end - 1]))
            end--;
    return end;
}

static size_t skip_digits(const zub_place *p, size_t at)
{
    while (at < p->size && p->text[at] >= '0' && p->text[at] <= '9')
        at++;
    return at;
}

/* Behind notes such as "[1][2]", set apart or not. */
static size_t skip_bracket_notes(const zub_place *p, size_t at)
{
    size_t from = zub_place_skip_spaces(p, at);

    while (from < p->size && p->text[from] == '[') {
        size_t end = skip_digits(p, from + 1);
        if (end == from + 1 || end == p->size || p->text[end] != ']')
            break;
        at = from = end + 1;
    }
    return at;
}

/* Behind raised numbers of notes that have lost their height: "end.1 2 Next",
 * as they follow a word or a bracket. */
static size_t skip_raised_notes(const zub_place *p, size_t at)
{
    size_t from = at;

    if (p->stop == p->start ||
        !(zub_is_small(p->text[p->stop - 1]) || p->text[p->stop - 1] == ')'))
        return at;
    for (;;) {
        size_t end = skip_digits(p, from);
        if (end == from || end > from + 2 || end >= p->size ||
            p->text[end] != ' ')
            return at;
        at = end;
        from = end + 1;
    }
}

/* Behind a closing quote or bracket that was set apart by a space. */
static size_t skip_stray(const zub_place *p, size_t at)
{
    size_t from = zub_place_skip_spaces(p, at);
    size_t end = from;

    while (end < p->size && zub_is_closing(p->text[end]))
        end++;
    if (end == from || (end < p->size && !is_space(p->text[end])))
        return at;
    if (end == from + 1 && is_either_quote(p->text[from]) && !p->is_inside)
        return at;
    return end;
}

/* Behind a face such as ":-)". */
static size_t skip_face(const zub_place *p, size_t at)
{
    size_t from = zub_place_skip_spaces(p, at);
    size_t rest = p->size - from;
    const UChar *face = p->text + from;
    size_t eyes = 1;

    if (rest < 2 || (*face != ':' && *face != ';' && *face != '='))
        return at;
    eyes += rest > 2 && face[1] == '-';
    if (face[eyes] > 0x7F || !strchr("()DPpO/|3*", (char)face[eyes]))
        return at;
    while (eyes + 1 < rest && face[eyes + 1] == face[eyes])
        eyes++;
    if (eyes + 1 < rest && !is_space(face[eyes + 1]))
        return at;
    return from + eyes + 1;
}

static bool is_word_unit(UChar32 c)
{
    return zub_is_letter_or_digit(c) || zub_is_combining(c) ||
           zub_is_full_stop((UChar)c) || c == 0xB0;
}

/* The quote within a Hebrew acronym. */
static bool is_hebrew_mark(const zub_place *p, size_t at)
{
    UChar c = p->text[at];

    return (c == '"' || c == '\'') && at + 1 < p->stop && at > p->start &&
           p->text[at + 1] >> 8 == 0x05 && p->text[at - 1] >> 8 == 0x05;
}

/* Where the word before a stop starts: letters, digits, full stops. */
static size_t word_start(const zub_place *p)
{
    size_t at = p->stop;

    while (at > p->start && p->stop - at <= ZUB_WORD_MOST) {
        size_t before = at - 1;
        if (U16_IS_TRAIL(p->text[before]) && before > p->start)
            before--;
        if (!is_word_unit(zub_code_point(p->text, p->size, before)) &&
            !is_hebrew_mark(p, before))
            break;
        at = before;
    }
    return at;
}

static UChar32 find_head(const zub_place *p)
{
    size_t at = p->next;

    while (at < p->size && (is_opening(p->text[at]) || p->text[at] == '*'))
        at++;
    return at < p->size ? zub_code_point(p->text, p->size, at) : 0;
}

void zub_place_read(zub_place *p, size_t stop)
{
    p->stop = stop;
    p->is_strong = p->is_exotic = false;
    p->after = skip_stops(p, stop);
    p->close = skip_closing(p, p->after);
    if (p->close == p->after)
        p->close = skip_raised_notes(p, p->close);
    p->close = skip_stray(p, p->close);
    p->close = skip_bracket_notes(p, p->close);
    p->close = skip_face(p, p->close);
    p->next = zub_place_skip_spaces(p, p->close);
    p->word = word_start(p);
    p->head = find_head(p);
}
