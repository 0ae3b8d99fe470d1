/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* unstopped.c - see unstopped.h. Thai marks sentences by spaces, but phrases
 * too; a space counts when there was room for a sentence before it and the
 * words beside it neither open nor join. Koreans leave the stop out in short
 * messages, whose last verb then tells. */
#include "text/unstopped.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>

#include "text/place.h"

#define SENTENCE_LEAST 20 /* units, where only spaces part sentences */

/* Is one of the words in the list where the text is, from text[at] on or,
 * when `is_end`, up to there? */
static bool is_any_at(const char *list, const UChar *text, size_t from,
                      size_t to, bool is_end)
{
    UChar word[ZUB_WORD_MOST];
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
           (is_thai(text[at - 1]) || zub_is_closing(text[at - 1])) &&
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

bool zub_ends_without_stop(const zub_sentence_rules *rules, const UChar *text,
                           size_t size, size_t start, size_t at)
{
    if (rules->flags & ZUB_SPACE_ENDS)
        return ends_at_space(rules, text, size, start, at);
    if (rules->flags & ZUB_VERB_ENDS)
        return ends_at_verb(text, size, start, at);
    return false;
}
