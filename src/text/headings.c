/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* headings.c - see headings.h. A heading may have one more below it; a longer
 * row of such lines is a list or a poem. */
#include "text/headings.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/utf8.h"

#define MOST_WORDS 12
#define MOST_CODE_POINTS 100
#define MOST_IN_A_ROW 2

static bool is_alone(const zub_segments *segments, size_t i)
{
    const zub_sentence *s = segments->sentences;

    return (i == 0 || s[i - 1].paragraph != s[i].paragraph) &&
           (i + 1 == segments->sentence_count ||
            s[i + 1].paragraph != s[i].paragraph);
}

/* The last code point but for closing quotes and brackets; 0: none. */
static UChar32 last_of(const zub_sentence *sentence, zub_slice text)
{
    const uint8_t *data = (const uint8_t *)text.data + sentence->span.start;
    int32_t at = (int32_t)(sentence->span.end - sentence->span.start);

    while (at > 0) {
        UChar32 c;
        U8_PREV_OR_FFFD(data, 0, at, c);
        if (u_charType(c) != U_END_PUNCTUATION &&
            u_charType(c) != U_FINAL_PUNCTUATION && c != '"' && c != '\'')
            return c;
    }
    return 0;
}

static UChar32 first_of(const zub_sentence *sentence, zub_slice text)
{
    size_t at = sentence->span.start;

    return (UChar32)zub_utf8_next(text.data, sentence->span.end, &at, NULL);
}

static bool could_be(const zub_segments *segments, zub_slice text, size_t i)
{
    const zub_sentence *s = &segments->sentences[i];
    uint32_t words = s->word_end - s->word_start;
    UChar32 last;

    if (words < 1 || words > MOST_WORDS || !is_alone(segments, i) ||
        s->span.cp_end - s->span.cp_start > MOST_CODE_POINTS)
        return false;
    last = last_of(s, text);
    return last != ',' && last != ';' && last != ':' && last != 0x060C &&
           last != 0x061B && last != 0x2026 && last != 0x3001 &&
           !u_hasBinaryProperty(last, UCHAR_S_TERM) &&
           (u_isalnum(first_of(s, text)) ||
            u_charType(first_of(s, text)) != U_DASH_PUNCTUATION);
}

void zub_headings_mark(zub_segments *segments, zub_slice text)
{
    size_t row = 0; /* sentences before this one that could be headings */

    for (size_t i = 0; i < segments->sentence_count; i++) {
        if (could_be(segments, text, i)) {
            row++;
            continue;
        }
        for (size_t j = i - row; row <= MOST_IN_A_ROW && j < i; j++)
            segments->sentences[j].is_heading = true;
        row = 0;
    }
}
