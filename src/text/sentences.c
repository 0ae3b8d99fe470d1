/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* sentences.c - see sentences.h. At every stop the rules look at what stands
 * around it (place.h); they are listed in ends_here, from the bottom up. */
#include "text/sentences.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "text/block.h"
#include "text/classes.h"
#include "text/items.h"
#include "text/place.h"
#include "text/quotes.h"
#include "text/space.h"
#include "text/unstopped.h"

#define PAUSE_LEAST 40   /* units, where dots may be a mere pause */
#define GLUED_LEAST 3    /* letters of a word without case */
#define YEAR_LEAST 4     /* digits */
#define SPACELESS 0x2E80 /* most letters beyond are of Chinese or Japanese */

static bool is_dash(UChar c)
{
    return c == '-' || (c >= 0x2012 && c <= 0x2015);
}

/* Letters that have no case are as good as capitals, but for these. */
static bool is_cased_upper(UChar32 c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    return u_isupper(c) || u_istitle(c);
}

/* Is text[start .. end), in lower case, in the list? */
static bool is_listed(const char *list, const UChar *text, size_t start,
                      size_t end)
{
    char word[3 * ZUB_LISTED_MOST + 8] = " ";
    size_t length = 1;

    if (!list || end - start > ZUB_LISTED_MOST)
        return false;
    while (start < end) {
        UChar32 c = zub_next_code_point(text, end, &start);
        if (c == 0 || c == ' ')
            return false;
        c = zub_to_lower(c);
        if (c >= 0xD800 && c < 0xE000)
            return false;
        U8_APPEND_UNSAFE((uint8_t *)word, length, (uint32_t)c);
    }
    word[length] = ' ';
    word[length + 1] = '\0';
    return strstr(list, word) != NULL;
}

/* An initial such as the second of "A. I. Hill". */
static bool has_initial_next(const zub_place *p)
{
    size_t behind = p->next;

    zub_next_code_point(p->text, p->size, &behind);
    return zub_is_letter(p->head) && behind < p->size &&
           zub_is_full_stop(p->text[behind]);
}

/* Does the next sentence begin with a word that often begins one? */
static bool has_common_start(const zub_place *p)
{
    size_t end = p->next;

    if (has_initial_next(p))
        return false;

    while (end < p->size && end - p->next <= ZUB_WORD_MOST &&
           zub_is_letter(p->text[end]))
        end++;
    return is_listed(p->rules->starts, p->text, p->next, end);
}

/* How many letters, all but for marks; 0 when anything else is there. A letter
 * beyond U+1100 without case is a syllable or an ideograph: a word. */
static size_t count_letters(const zub_place *p, size_t start, size_t end)
{
    size_t count = 0;

    while (start < end) {
        UChar32 c = zub_next_code_point(p->text, end, &start);
        if (zub_is_letter(c) && (c < 0x1100 || u_tolower(c) != u_toupper(c)))
            count++;
        else if (!zub_is_combining(c))
            return 0;
    }
    return count;
}

/* An initial, or a row of short parts such as "z.B" or "U.S"; how many. */
static size_t count_initials(const zub_place *p)
{
    size_t most = p->rules->flags & ZUB_SHORT_INITIALS ? 2 : 1;
    size_t from = p->word;
    size_t parts = 0;

    if (p->stop - p->word > ZUB_WORD_MOST)
        return 0;
    for (size_t at = from; at <= p->stop; at++) {
        size_t count;
        if (at < p->stop && !zub_is_full_stop(p->text[at]))
            continue;
        count = count_letters(p, from, at);
        if (count < 1 || count > most)
            return 0;
        from = at + 1;
        parts++;
    }
    return parts;
}

static bool is_after_digit(const zub_place *p)
{
    return p->word >= p->start + 2 && zub_is_space(p->text[p->word - 1]) &&
           zub_is_digit(p->text[p->word - 2]);
}

static bool is_number_like(UChar32 c)
{
    return zub_is_digit(c) || c == 0x2116 || c == 0xA7; /* № § */
}

/* "12 m. The" and "6 A.M. The" may end what "m. The" would not. */
static bool is_unit(const zub_place *p, size_t parts)
{
    return is_after_digit(p) && !is_number_like(p->head) &&
           !has_initial_next(p) &&
           (parts > 1 ||
            !is_cased_upper(zub_code_point(p->text, p->size, p->word)));
}

/* In a list of every language, whose words are shorter. */
static bool is_common(const char *list, const zub_place *p)
{
    return p->stop - p->word <= ZUB_COMMON_MOST &&
           is_listed(list, p->text, p->word, p->stop);
}

static bool is_abbreviation(const zub_place *p)
{
    const zub_sentence_rules *common = zub_sentence_rules_find("und");
    size_t parts;

    if (p->word == p->stop || p->after != p->stop + 1)
        return false;
    if (is_number_like(p->head) &&
        (is_listed(p->rules->counts, p->text, p->word, p->stop) ||
         is_common(common->counts, p)))
        return true;
    parts = count_initials(p);
    if (is_unit(p, parts))
        return false;
    if (is_listed(p->rules->titles, p->text, p->word, p->stop) ||
        is_common(common->titles, p))
        return true;
    return parts > 0 && !has_common_start(p);
}

/* The number or letter of a list, and nothing else but a bullet, before. Read
 * from the word back, so that all stops of a sentence read it once. */
static bool is_list_mark(const zub_place *p)
{
    size_t at = p->word;

    while (at > p->start && !zub_is_letter_or_digit(p->text[at - 1]))
        at--;
    return at == p->start && p->word < p->stop && p->stop - p->word <= 6 &&
           (zub_is_digit(p->text[p->word]) || p->stop - p->word == 1);
}

/* "[...]": something was left out. */
static bool is_omission(const zub_place *p)
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
static bool is_ordinal(const zub_place *p)
{
    size_t size = p->stop - p->word;
    size_t digits = 0, romans = 0;

    if (!(p->rules->flags & ZUB_ORDINALS) || size < 1 || size > 6)
        return false;
    for (size_t at = p->word; at < p->stop; at++) {
        digits += zub_is_digit(p->text[at]);
        romans += is_roman(p->text[at]);
    }
    return (digits == size && size <= 2) || romans == size;
}

/* Letters from `at` that could be a word of a text, not of an address. */
static bool is_plain_word(const zub_place *p, size_t at)
{
    while (at < p->size &&
           (zub_is_letter(p->text[at]) || zub_is_combining(p->text[at])))
        at++;
    if (at == p->size || zub_is_space(p->text[at]))
        return true;
    if (zub_is_stop(p->rules, p->text[at]))
        return at + 1 == p->size || !zub_is_letter(p->text[at + 1]);
    return u_ispunct(p->text[at]) && p->text[at] != '@' &&
           p->text[at] != '/' && p->text[at] != '_';
}

/* Where there is no case to tell by: a closed bracket or quote, a year, a word
 * of some length, or one that a stray space parts from the stop. */
static bool could_end_word(const zub_place *p, UChar before)
{
    if (zub_is_closing(before))
        return true;
    if (zub_is_digit(before))
        return p->stop - p->word >= YEAR_LEAST;
    if (before == ' ')
        return p->stop > p->start + 1 && zub_is_letter(p->text[p->stop - 2]);
    return count_letters(p, p->word, p->stop) >= GLUED_LEAST;
}

/* A letter alone is rather part of an abbreviation. */
static bool could_begin_word(const zub_place *p)
{
    size_t end = p->next;

    while (end < p->size && end < p->next + GLUED_LEAST &&
           (zub_is_letter(p->text[end]) || zub_is_combining(p->text[end])))
        end++;
    return count_letters(p, p->next, end) > 1;
}

/* Glued to what follows: "end.Next". A question mark before a letter that is
 * no capital is rather a letter that was lost, where words are set apart. */
static bool ends_glued(const zub_place *p)
{
    UChar before = p->stop > p->start ? p->text[p->stop - 1] : 0;
    size_t at = p->word;

    if (p->is_exotic)
        return true;
    if (p->close > p->after || p->after != p->stop + 1 ||
        !zub_is_letter(p->head))
        return false;
    if (p->is_strong && !u_isupper(p->head))
        return p->head > SPACELESS && zub_is_letter(before);
    if (!is_plain_word(p, p->next))
        return false;
    while (at < p->stop && !zub_is_full_stop(p->text[at]))
        at++;
    if (at < p->stop || p->stop - p->word > ZUB_WORD_MOST)
        return false;
    if (u_charType(p->head) == U_OTHER_LETTER)
        return could_end_word(p, before) && could_begin_word(p);
    return p->stop - p->word >= 2 &&
           (zub_is_small(before) || zub_is_digit(before)) &&
           is_cased_upper(p->head) && p->next + 1 < p->size &&
           (zub_is_small(p->text[p->next + 1]) || p->text[p->next + 1] == ' ');
}

static bool is_continued(const zub_place *p)
{
    UChar c = p->text[p->next];

    if (c == ',' || c == ';' || c == ':' || c == 0x60C || c == 0x3001 ||
        c == 0xFF0C || c == '/' || zub_is_stop(p->rules, c))
        return true;
    if (is_dash(c)) {
        size_t at = p->next;
        while (at < p->size && is_dash(p->text[at]))
            at++;
        at = zub_place_skip_spaces(p, at);
        return at == p->size ||
               zub_is_lower(zub_code_point(p->text, p->size, at));
    }
    return false;
}

/* ".." or "..." or "…", or the Arabic semicolon. */
static bool is_pause(const zub_place *p)
{
    return p->after > p->stop + 1 || p->text[p->stop] != '.';
}

static bool ends_at_full_stop(const zub_place *p)
{
    if (zub_is_lower(p->head))
        return zub_item_read(p->text, p->size, p->next).form > ZUB_ITEM_STOP;
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

static bool ends_here(const zub_place *p)
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
        return !zub_is_lower(p->head);
    return ends_at_full_stop(p);
}

/* What to look at: stops, straight quotes, bullets, and what else the rules
 * or the list that the sentence is in need. */
static unsigned wanted_marks(const zub_sentence_rules *rules, zub_item item)
{
    unsigned wanted = zub_stop_marks(rules) | ZUB_MARK_QUOTE |
                      (rules->flags & ZUB_KEEPS_QUOTES);

    if (item.form != ZUB_ITEM_NONE ||
        rules->flags & (ZUB_SPACE_ENDS | ZUB_VERB_ENDS))
        wanted |= ZUB_MARK_SPACE;
    return wanted;
}

/* Which of the units are marks but for spaces, or neither ASCII nor Latin nor
 * Arabic. */
static inline zub_block loud(zub_unit_block c)
{
    zub_block is_mark = (zub_block)(c - '!' < 2) | (zub_block)(c == '.') |
                        (zub_block)(c - ':' < 2) | (zub_block)(c == '?');
    zub_block is_far =
        (zub_block)(c >= 0x80) & (zub_block)(c - 0xC0 >= 0x2B0) &
        (zub_block)(c - 0x620 >= 0xB4) & (zub_block)(c != 0x60C);

    return is_mark | is_far;
}

/* Where the next of these marks stands, or the end: most letters of most texts
 * are passed here. */
static size_t find_mark(const UChar *text, size_t size, size_t at,
                        unsigned wanted)
{
    while (!(wanted & ZUB_MARK_SPACE) && size - at >= ZUB_UNIT_BLOCK) {
        size_t quiet = zub_block_first(loud(zub_unit_block_load(text + at)));
        at += quiet / sizeof *text;
        if (quiet == ZUB_BLOCK)
            continue;
        if (zub_is_mark(text[at], wanted))
            return at;
        at++;
    }
    while (at < size && !zub_is_mark(text[at], wanted))
        at++;
    return at;
}

size_t zub_sentence_end(const zub_sentence_rules *rules, const UChar *text,
                        size_t size, size_t start)
{
    bool is_inside = false;
    size_t at = start, quote = start;
    unsigned wanted;
    zub_item item;

    while (at < size && (zub_is_space(text[at]) || zub_is_bullet(text[at])))
        at++;
    item = zub_item_read(text, size, at);
    wanted = wanted_marks(rules, item);
    while ((at = find_mark(text, size, at, wanted)) < size) {
        zub_place p;
        is_inside ^= text[at] == '"';
        if (wanted & ZUB_KEEPS_QUOTES)
            quote = zub_quote_open(text, start, at, quote);
        if (text[at] == ' ' &&
            (zub_item_follows(text, size, at, item) ||
             zub_ends_without_stop(rules, text, size, start, at)))
            return at + 1;
        if (zub_is_bullet(text[at]) && text[at - 1] == ' ')
            return at;
        if (!zub_is_stop(rules, text[at])) {
            at++;
            continue;
        }
        p.rules = rules;
        p.text = text;
        p.size = size;
        p.start = start;
        p.is_inside = is_inside;
        zub_place_read(&p, at);
        if (ends_here(&p) && !zub_quote_holds(&p, quote))
            return p.next;
        at = p.after;
    }
    return size;
}
