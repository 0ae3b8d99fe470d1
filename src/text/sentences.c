/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* sentences.c - see sentences.h. The stops and classes of characters are those
 * of Unicode (UAX #29, from ICU); what follows a stop is read as a place with
 * several parts, and rules look at the parts:
 *
 *     word . " [1]   ( N
 *     |    | |   |   | |
 *     |    | |   |   | head: the first letter or digit behind
 *     |    | |   |   next
 *     |    | |   close: what belongs to this sentence ends
 *     |    | after
 *     |    stop
 *     word: letters and full stops before
 */
#include "text/sentences.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

#define WORD_MOST 24 /* units; a longer one is no abbreviation */
#define ELLIPSIS 0x2026
#define SEMICOLON 0x61B /* the Arabic one */
#define SENTENCE_LEAST 20 /* units, where only spaces part sentences */
#define PAUSE_LEAST 40    /* units, where dots may be a mere pause */
#define GLUED_LEAST 3     /* letters of a word without case */

typedef struct {
    const zub_sentence_rules *rules;
    const UChar *text;
    size_t size, start;
    size_t word, stop, after, close, next;
    UChar32 head;   /* 0: none */
    bool is_strong; /* a stop that is no full stop */
    bool is_exotic; /* one that needs no space behind */
    bool is_inside; /* an odd number of straight quotes before */
} place;

/* The code point at text[*at], *at < size; moves *at behind it. */
static UChar32 next_code_point(const UChar *text, size_t size, size_t *at)
{
    UChar c = text[(*at)++];

    if (U16_IS_LEAD(c) && *at < size && U16_IS_TRAIL(text[*at]))
        return U16_GET_SUPPLEMENTARY(c, text[(*at)++]);
    return c;
}

static UChar32 code_point(const UChar *text, size_t size, size_t at)
{
    return next_code_point(text, size, &at);
}

static bool is_space(UChar c)
{
    return c == ' ' || u_isUWhiteSpace(c);
}

static bool is_dash(UChar c)
{
    return c == '-' || (c >= 0x2012 && c <= 0x2015);
}

static bool is_digit(UChar32 c)
{
    return u_charType(c) == U_DECIMAL_DIGIT_NUMBER;
}

/* Letters that have no case are as good as capitals. */
static bool is_lower(UChar32 c)
{
    return u_hasBinaryProperty(c, UCHAR_LOWERCASE);
}

static bool is_cased_upper(UChar32 c)
{
    return u_isupper(c) || u_istitle(c);
}

static bool is_full_stop(UChar c)
{
    return c == '.' || c == 0xFF0E || c == 0x2024;
}

/* A stop of some language. */
static bool is_stop(const zub_sentence_rules *rules, UChar c)
{
    if (c < 0x80)
        return c == '.' || c == '?' || c == '!' ||
               (c == ':' && (rules->flags & ZUB_COLON_ENDS)) ||
               (c == ';' && (rules->flags & ZUB_SEMICOLON_ASKS));
    if (c < 0x589)
        return c == 0x37E;
    if (c >= 0x600 && c < 0x700)
        return (c >= 0x61D && c <= 0x61F) || c == 0x6D4 ||
               (c == SEMICOLON && (rules->flags & ZUB_LONG_PAUSES));
    if (c == ELLIPSIS)
        return true;
    if ((c >= 0x3400 && c < 0xA000) || (c >= 0xAC00 && c < 0xD800))
        return false;
    return u_hasBinaryProperty(c, UCHAR_S_TERM);
}

static bool is_closing(UChar c)
{
    switch (u_charType(c)) {
    case U_END_PUNCTUATION:
    case U_FINAL_PUNCTUATION:
        return true;
    default:
        return c == '"' || c == '\'';
    }
}

/* Quotes that open in one language and close in another. */
static bool is_either_quote(UChar c)
{
    return u_charType(c) == U_INITIAL_PUNCTUATION || c == '"' || c == '\'';
}

static bool is_opening(UChar c)
{
    return u_charType(c) == U_START_PUNCTUATION || is_either_quote(c) ||
           c == 0xA1 || c == 0xBF;
}

static size_t skip_spaces(const place *p, size_t at)
{
    while (at < p->size && is_space(p->text[at]))
        at++;
    return at;
}

/* Behind the stops at text[at], with those set apart: ". . ." */
static size_t skip_stops(place *p, size_t at)
{
    for (;;) {
        size_t next;
        while (at < p->size && is_stop(p->rules, p->text[at])) {
            UChar c = p->text[at++];
            bool is_weak = is_full_stop(c) || c == ELLIPSIS || c == SEMICOLON;
            p->is_strong |= !is_weak;
            p->is_exotic |= !is_weak && c >= 0x300;
        }
        next = skip_spaces(p, at);
        if (next == at || next > at + 1 || next == p->size ||
            !is_full_stop(p->text[next]) || !is_full_stop(p->text[at - 1]))
            return at;
        at = next;
    }
}

/* Behind closing quotes and brackets. A quote that could open closes when it
 * stands at a space. */
static size_t skip_closing(const place *p, size_t at)
{
    size_t end = at;

    while (end < p->size && (is_closing(p->text[end]) ||
                             is_either_quote(p->text[end])))
        end++;
    if (end < p->size && !is_space(p->text[end]) &&
        !is_stop(p->rules, p->text[end]))
        while (end > at && is_either_quote(p->text[end - 1]))
            end--;
    return end;
}

static size_t skip_digits(const place *p, size_t at)
{
    while (at < p->size && p->text[at] >= '0' && p->text[at] <= '9')
        at++;
    return at;
}

/* Behind notes such as "[1][2]", set apart or not. */
static size_t skip_bracket_notes(const place *p, size_t at)
{
    size_t from = skip_spaces(p, at);

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
static size_t skip_raised_notes(const place *p, size_t at)
{
    size_t from = at;

    if (p->stop == p->start || !(u_islower(p->text[p->stop - 1]) ||
                                 p->text[p->stop - 1] == ')'))
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
static size_t skip_stray(const place *p, size_t at)
{
    size_t from = skip_spaces(p, at);
    size_t end = from;

    while (end < p->size && is_closing(p->text[end]))
        end++;
    if (end == from || (end < p->size && !is_space(p->text[end])))
        return at;
    if (end == from + 1 && is_either_quote(p->text[from]) && !p->is_inside)
        return at;
    return end;
}

/* Behind a face such as ":-)". */
static size_t skip_face(const place *p, size_t at)
{
    size_t from = skip_spaces(p, at);
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
    return u_isalnum(c) || (U_MASK(u_charType(c)) & U_GC_M_MASK) ||
           is_full_stop((UChar)c) || c == 0xB0;
}

/* The quote within a Hebrew acronym. */
static bool is_hebrew_mark(const place *p, size_t at)
{
    UChar c = p->text[at];

    return (c == '"' || c == '\'') && at + 1 < p->stop && at > p->start &&
           p->text[at + 1] >> 8 == 0x05 && p->text[at - 1] >> 8 == 0x05;
}

/* Where the word before a stop starts: letters, digits, full stops. */
static size_t word_start(const place *p)
{
    size_t at = p->stop;

    while (at > p->start && p->stop - at <= WORD_MOST) {
        size_t before = at - 1;
        if (U16_IS_TRAIL(p->text[before]) && before > p->start)
            before--;
        if (!is_word_unit(code_point(p->text, p->size, before)) &&
            !is_hebrew_mark(p, before))
            break;
        at = before;
    }
    return at;
}

static UChar32 find_head(const place *p)
{
    size_t at = p->next;

    while (at < p->size && (is_opening(p->text[at]) || p->text[at] == '*'))
        at++;
    return at < p->size ? code_point(p->text, p->size, at) : 0;
}

static place read_place(const zub_sentence_rules *rules, const UChar *text,
                        size_t size, size_t start, size_t stop, bool is_inside)
{
    place p = {.rules = rules, .text = text, .size = size, .start = start,
               .stop = stop, .is_inside = is_inside};

    p.after = skip_stops(&p, stop);
    p.close = skip_closing(&p, p.after);
    if (p.close == p.after)
        p.close = skip_raised_notes(&p, p.close);
    p.close = skip_stray(&p, p.close);
    p.close = skip_bracket_notes(&p, p.close);
    p.close = skip_face(&p, p.close);
    p.next = skip_spaces(&p, p.close);
    p.word = word_start(&p);
    p.head = find_head(&p);
    return p;
}

/* Is text[start .. end), in lower case, in the list? */
static bool is_listed(const char *list, const UChar *text, size_t start,
                      size_t end)
{
    char word[3 * WORD_MOST + 8] = " ";
    size_t length = 1;

    if (!list || end - start > WORD_MOST)
        return false;
    while (start < end) {
        UChar32 c = next_code_point(text, end, &start);
        if (c == 0 || c == ' ')
            return false;
        c = u_tolower(c);
        if (u_charType(c) == U_SURROGATE)
            return false;
        U8_APPEND_UNSAFE((uint8_t *)word, length, (uint32_t)c);
    }
    word[length] = ' ';
    word[length + 1] = '\0';
    return strstr(list, word) != NULL;
}

/* An initial such as the second of "A. I. Hill". */
static bool has_initial_next(const place *p)
{
    size_t behind = p->next;

    next_code_point(p->text, p->size, &behind);
    return u_isalpha(p->head) && behind < p->size &&
           is_full_stop(p->text[behind]);
}

/* Does the next sentence begin with a word that often begins one? */
static bool has_common_start(const place *p)
{
    size_t end = p->next;

    if (has_initial_next(p))
        return false;

    while (end < p->size && end - p->next <= WORD_MOST &&
           u_isalpha(p->text[end]))
        end++;
    return is_listed(p->rules->starts, p->text, p->next, end);
}

/* How many letters, all but for marks; 0 when anything else is there. A letter
 * beyond U+1100 without case is a syllable or an ideograph: a word. */
static size_t count_letters(const place *p, size_t start, size_t end)
{
    size_t count = 0;

    while (start < end) {
        UChar32 c = next_code_point(p->text, end, &start);
        if (u_isalpha(c) && (c < 0x1100 || u_tolower(c) != u_toupper(c)))
            count++;
        else if (!(U_MASK(u_charType(c)) & U_GC_M_MASK))
            return 0;
    }
    return count;
}

/* An initial, or a row of short parts such as "z.B" or "U.S"; how many. */
static size_t count_initials(const place *p)
{
    size_t most = p->rules->flags & ZUB_SHORT_INITIALS ? 2 : 1;
    size_t from = p->word;
    size_t parts = 0;

    if (p->stop - p->word > WORD_MOST)
        return 0;
    for (size_t at = from; at <= p->stop; at++) {
        size_t count;
        if (at < p->stop && !is_full_stop(p->text[at]))
            continue;
        count = count_letters(p, from, at);
        if (count < 1 || count > most)
            return 0;
        from = at + 1;
        parts++;
    }
    return parts;
}

static bool is_after_digit(const place *p)
{
    return p->word >= p->start + 2 && is_space(p->text[p->word - 1]) &&
           is_digit(p->text[p->word - 2]);
}

static bool is_number_like(UChar32 c)
{
    return is_digit(c) || c == 0x2116 || c == 0xA7; /* № § */
}

/* "12 m. The" and "6 A.M. The" may end what "m. The" would not. */
static bool is_unit(const place *p, size_t parts)
{
    return is_after_digit(p) && !is_number_like(p->head) &&
           !has_initial_next(p) &&
           (parts > 1 || is_lower(code_point(p->text, p->size, p->word)));
}

static bool is_abbreviation(const place *p)
{
    const zub_sentence_rules *common = zub_sentence_rules_find("und");
    size_t parts;

    if (p->word == p->stop || p->after != p->stop + 1)
        return false;
    if (is_number_like(p->head) &&
        (is_listed(p->rules->counts, p->text, p->word, p->stop) ||
         is_listed(common->counts, p->text, p->word, p->stop)))
        return true;
    parts = count_initials(p);
    if (is_unit(p, parts))
        return false;
    if (is_listed(p->rules->titles, p->text, p->word, p->stop) ||
        is_listed(common->titles, p->text, p->word, p->stop))
        return true;
    return parts > 0 && !has_common_start(p);
}

/* The number or letter of a list, and nothing else but a bullet, before. */
static bool is_list_mark(const place *p)
{
    size_t at = p->start;

    while (at < p->word && !u_isalnum(p->text[at]))
        at++;
    return at == p->word && p->word < p->stop && p->stop - p->word <= 6 &&
           (is_digit(p->text[p->word]) || p->stop - p->word == 1);
}

/* "[...]": something was left out. */
static bool is_omission(const place *p)
{
    return p->stop > p->start && p->close > p->after && !p->is_strong &&
           (p->text[p->stop - 1] == '[' || p->text[p->stop - 1] == '(') &&
           (p->text[p->after] == ']' || p->text[p->after] == ')');
}

static bool is_roman(UChar c)
{
    return c == 'I' || c == 'V' || c == 'X' || c == 'L' || c == 'C';
}

/* A number of one or two digits, or a Roman one. */
static bool is_ordinal(const place *p)
{
    size_t size = p->stop - p->word;
    size_t digits = 0, romans = 0;

    if (!(p->rules->flags & ZUB_ORDINALS) || size < 1 || size > 6)
        return false;
    for (size_t at = p->word; at < p->stop; at++) {
        digits += is_digit(p->text[at]);
        romans += is_roman(p->text[at]);
    }
    return (digits == size && size <= 2) || romans == size;
}

/* Letters from `at` that could be a word of a text, not of an address. */
static bool is_plain_word(const place *p, size_t at)
{
    while (at < p->size && u_isalpha(p->text[at]))
        at++;
    if (at == p->size || is_space(p->text[at]))
        return true;
    if (is_stop(p->rules, p->text[at]))
        return at + 1 == p->size || !u_isalpha(p->text[at + 1]);
    return u_ispunct(p->text[at]) && p->text[at] != '@' &&
           p->text[at] != '/' && p->text[at] != '_';
}

/* Glued to what follows: "end.Next". */
static bool ends_glued(const place *p)
{
    UChar before = p->stop > p->start ? p->text[p->stop - 1] : 0;
    size_t at = p->word;

    if (p->is_exotic)
        return true;
    if (p->close > p->after || p->after != p->stop + 1 ||
        !u_isalpha(p->head) || !is_plain_word(p, p->next))
        return false;
    while (at < p->stop && !is_full_stop(p->text[at]))
        at++;
    if (at < p->stop || p->stop - p->word > WORD_MOST)
        return false;
    if (p->is_strong)
        return u_isalpha(before);
    if (u_charType(p->head) == U_OTHER_LETTER) /* no case to tell by */
        return count_letters(p, p->word, p->stop) >= GLUED_LEAST &&
               p->next + GLUED_LEAST <= p->size &&
               count_letters(p, p->next, p->next + GLUED_LEAST) > 1;
    return p->stop - p->word >= 2 && (u_islower(before) || is_digit(before)) &&
           is_cased_upper(p->head) && p->next + 1 < p->size &&
           (u_islower(p->text[p->next + 1]) || p->text[p->next + 1] == ' ');
}

static bool is_continued(const place *p)
{
    UChar c = p->text[p->next];

    if (c == ',' || c == ';' || c == ':' || c == 0x60C || c == 0x3001 ||
        c == 0xFF0C || c == '/' || is_stop(p->rules, c))
        return true;
    if (is_dash(c)) {
        size_t at = p->next;
        while (at < p->size && is_dash(p->text[at]))
            at++;
        at = skip_spaces(p, at);
        return at == p->size || is_lower(code_point(p->text, p->size, at));
    }
    return false;
}

/* The mark of an item in a list within a line. */
typedef struct {
    unsigned value, form; /* form 0: none; 1: "1." 2: "1)" 3: "1.)" 4: "(1)"; */
    bool is_letter;
} mark;

static mark read_mark(const UChar *text, size_t size, size_t at)
{
    mark item = {0, 0, false};
    bool is_open = at < size && text[at] == '(';
    bool has_stop;

    at += is_open;
    if (at < size && text[at] >= 'a' && text[at] <= 'z') {
        item.is_letter = true;
        item.value = text[at++];
    }
    for (int digits = 0; !item.is_letter && digits < 3 && at < size &&
                         text[at] >= '0' && text[at] <= '9'; digits++)
        item.value = item.value * 10 + (text[at++] - (unsigned)'0');
    if (item.value == 0)
        return item;
    has_stop = at < size && text[at] == '.';
    at += has_stop;
    if (at < size && text[at] == ')')
        item.form = is_open ? 4 : has_stop ? 3 : 2;
    else if (has_stop && !is_open && at < size && text[at] == ' ')
        item.form = 1;
    return item;
}

/* ".." or "..." or "…", or the Arabic semicolon. */
static bool is_pause(const place *p)
{
    return p->after > p->stop + 1 || p->text[p->stop] != '.';
}

static bool ends_at_full_stop(const place *p)
{
    if (is_lower(p->head))
        return read_mark(p->text, p->size, p->next).form > 1;
    if (is_omission(p))
        return false;
    if ((p->rules->flags & ZUB_COLON_ENDS) && p->after == p->stop + 1)
        return false;
    if ((p->rules->flags & ZUB_PAUSES) && is_pause(p))
        return false;
    if ((p->rules->flags & ZUB_LONG_PAUSES) && is_pause(p))
        return p->stop >= p->start + PAUSE_LEAST;
    return !is_list_mark(p) && !is_abbreviation(p) && !is_ordinal(p);
}

static bool ends_here(const place *p)
{
    if (p->next == p->size)
        return true;
    if (is_continued(p))
        return false;
    if (p->next == p->close)
        return ends_glued(p);
    if (p->is_exotic)
        return true;
    if (p->is_strong)
        return !is_lower(p->head);
    return ends_at_full_stop(p);
}

static bool is_bullet(UChar c)
{
    return c == 0x2022 || c == 0x2023 || c == 0x2043 || c == 0x25AA ||
           c == 0x25CF || c == 0x25E6;
}

/* Does the next item of the same list, or a bullet, follow the space? */
static bool is_item(const UChar *text, size_t size, size_t at, mark last)
{
    mark item;

    if (++at >= size)
        return false;
    if (is_bullet(text[at]))
        return true;
    if (last.form == 0)
        return false;
    item = read_mark(text, size, at);
    return item.form == last.form && item.is_letter == last.is_letter &&
           item.value == last.value + 1;
}

/* Is one of the words in the list where the text is, from text[at] on or,
 * when `is_end`, up to there? */
static bool is_any_at(const char *list, const UChar *text, size_t from,
                      size_t to, bool is_end)
{
    UChar word[WORD_MOST];
    size_t size = 0;

    for (size_t i = 0, end = list ? strlen(list) : 0; i < end;) {
        UChar32 c;
        U8_NEXT_UNSAFE(list, i, c);
        if (c != ' ') {
            word[size++] = (UChar)c;
            continue;
        }
        if (size > 0 && size <= to - from &&
            u_memcmp(text + (is_end ? to - size : from), word,
                     (int32_t)size) == 0)
            return true;
        size = 0;
    }
    return false;
}

static bool is_thai(UChar c)
{
    return c >= 0xE00 && c < 0xF00; /* and Lao */
}

/* Does the space at text[at] end a sentence that has no stop? It does so
 * between words of the script, when there was room for a sentence. */
static bool ends_at_space(const zub_sentence_rules *rules, const UChar *text,
                          size_t size, size_t start, size_t at)
{
    return at >= start + SENTENCE_LEAST && at + 1 < size &&
           (is_thai(text[at - 1]) || is_closing(text[at - 1])) &&
           (is_thai(text[at + 1]) || text[at + 1] == 0x201C) &&
           !is_any_at(rules->joins, text, at + 1, size, false) &&
           !is_any_at(rules->opens, text, start, at, true);
}

/* The parts of a Hangul syllable, as the standard counts them. */
static int hangul_vowel(UChar c)
{
    return c >= 0xAC00 && c <= 0xD7A3 ? (c - 0xAC00) / 28 % 21 : -1;
}

static int hangul_final(UChar c)
{
    return c >= 0xAC00 && c <= 0xD7A3 ? (c - 0xAC00) % 28 : -1;
}

/* Does the Korean word before the space at text[at] end as the last verb of a
 * polite sentence does: -어요 and its like, -ㅂ니다, -ㅂ니까, -ㄹ까, -죠? */
static bool ends_at_verb(const UChar *text, size_t size, size_t start,
                         size_t at)
{
    static const uint32_t open_vowels = /* ㅏ ㅐ ㅑ ㅓ ㅔ ㅕ ㅖ ㅘ ㅙ ㅝ */
        1u << 0 | 1u << 1 | 1u << 2 | 1u << 4 | 1u << 5 | 1u << 6 | 1u << 7 |
        1u << 9 | 1u << 10 | 1u << 14;
    UChar last, before;

    if (at < start + 3 || at + 1 >= size || !u_isalnum(text[at + 1]))
        return false;
    last = text[at - 1];
    before = text[at - 2];
    if (last == 0xC694) /* 요 */
        return hangul_final(before) == 0 &&
               open_vowels >> hangul_vowel(before) & 1;
    if ((last == 0xB2E4 || last == 0xAE4C) && before == 0xB2C8) /* 니다 니까 */
        return hangul_final(text[at - 3]) == 17;
    return (last == 0xAE4C && hangul_final(before) == 8) || last == 0xC8E0;
}

/* Does the sentence end at the space text[at] without any stop? */
static bool ends_without_stop(const zub_sentence_rules *rules,
                              const UChar *text, size_t size, size_t start,
                              size_t at)
{
    if (rules->flags & ZUB_SPACE_ENDS)
        return ends_at_space(rules, text, size, start, at);
    if (rules->flags & ZUB_VERB_ENDS)
        return ends_at_verb(text, size, start, at);
    return false;
}

/* Nothing to look at: most letters of most texts. */
static bool is_plain(UChar c)
{
    return (c > '?' && c < 0x37E) || (c > 0x61F && c < 0x6D4);
}

size_t zub_sentence_end(const zub_sentence_rules *rules, const UChar *text,
                        size_t size, size_t start)
{
    bool is_inside = false;
    size_t at = start;
    mark item;

    while (at < size && (is_space(text[at]) || is_bullet(text[at])))
        at++;
    item = read_mark(text, size, at);
    while (at < size) {
        place p;
        if (is_plain(text[at])) {
            at++;
            continue;
        }
        is_inside ^= text[at] == '"';
        if (text[at] == ' ' && (is_item(text, size, at, item) ||
                                ends_without_stop(rules, text, size, start,
                                                  at)))
            return at + 1;
        if (!is_stop(rules, text[at])) {
            at++;
            continue;
        }
        p = read_place(rules, text, size, start, at, is_inside);
        if (ends_here(&p))
            return p.next;
        at = p.after;
    }
    return size;
}
