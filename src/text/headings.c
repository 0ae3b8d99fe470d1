/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* headings.c - see headings.h. A heading may have one more below it; a longer
 * row of such lines is a list, of which only short items are no sentences. */
#include "text/headings.h"

#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "base/utf8.h"
#include "text/space.h"

#define LINE_WORDS 12
#define LINE_CODE_POINTS 100
#define MOST_IN_A_ROW 2
#define ITEM_WORDS 8    /* of a list */
#define FEW_WORDS 5     /* no sentence even with nothing below */
#define STOPPED_WORDS 4 /* with a full stop */
#define BODY_WORDS 15   /* below that */
#define COPYRIGHT_WORDS 20

static bool is_alone(const zub_segments *segments, size_t i)
{
    const zub_sentence *s = segments->sentences;

    return (i == 0 || s[i - 1].paragraph != s[i].paragraph) &&
           (i + 1 == segments->sentence_count ||
            s[i + 1].paragraph != s[i].paragraph);
}

/* Before the note that ends at data[at], such as "[5]", if there is one. */
static int32_t skip_note(const uint8_t *data, int32_t at)
{
    int32_t before = at - 1;

    if (at == 0 || data[before] != ']')
        return at;
    while (before > 0 && data[before - 1] >= '0' && data[before - 1] <= '9')
        before--;
    return before > 0 && data[before - 1] == '[' ? before - 1 : at;
}

/* The last code point but for notes, closing quotes and brackets; 0: none. */
static UChar32 last_of(const zub_sentence *sentence, zub_slice text)
{
    const uint8_t *data = (const uint8_t *)text.data + sentence->span.start;
    int32_t at = (int32_t)(sentence->span.end - sentence->span.start);

    while ((at = skip_note(data, at)) > 0) {
        UChar32 c;
        U8_PREV_OR_FFFD(data, 0, at, c);
        if (!zub_is_space(c) && u_charType(c) != U_END_PUNCTUATION &&
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

static uint32_t words_of(const zub_sentence *sentence)
{
    return sentence->word_end - sentence->word_start;
}

/* A line of its own that ends in no stop; a colon may announce what follows.
 * A dash begins what somebody says. */
static bool is_line(const zub_segments *segments, zub_slice text, size_t i)
{
    const zub_sentence *s = &segments->sentences[i];
    UChar32 last;

    if (words_of(s) < 1 || words_of(s) > LINE_WORDS ||
        !is_alone(segments, i) ||
        s->span.cp_end - s->span.cp_start > LINE_CODE_POINTS)
        return false;
    last = last_of(s, text);
    return last != ',' && last != ';' && last != 0x060C && last != 0x061B &&
           last != 0x2026 && last != 0x3001 &&
           !u_hasBinaryProperty(last, UCHAR_S_TERM) &&
           u_charType(first_of(s, text)) != U_DASH_PUNCTUATION;
}

/* Lines start .. end; is_followed: by text. */
static void mark_lines(zub_segments *segments, size_t start, size_t end,
                       bool is_followed)
{
    bool is_list = end - start > MOST_IN_A_ROW;
    uint32_t most = is_list       ? ITEM_WORDS
                    : is_followed ? LINE_WORDS
                                  : FEW_WORDS;

    for (size_t i = start; i < end; i++)
        segments->sentences[i].is_heading =
            words_of(&segments->sentences[i]) <= most;
}

static uint32_t words_of_next_paragraph(const zub_segments *segments, size_t i)
{
    uint32_t paragraph = segments->sentences[i].paragraph + 1;
    uint32_t words = 0;

    while (++i < segments->sentence_count && words < BODY_WORDS &&
           segments->sentences[i].paragraph == paragraph)
        words += words_of(&segments->sentences[i]);
    return words;
}

/* A heading with a full stop: few words above many. */
static bool is_stopped_heading(const zub_segments *segments, zub_slice text,
                               size_t i)
{
    const zub_sentence *s = &segments->sentences[i];

    return words_of(s) >= 1 && words_of(s) <= STOPPED_WORDS &&
           is_alone(segments, i) && last_of(s, text) == '.' &&
           u_charType(first_of(s, text)) != U_DASH_PUNCTUATION &&
           words_of_next_paragraph(segments, i) >= BODY_WORDS;
}

/* Bytes of text that begin the slice, whatever the case of ASCII letters. */
static bool begins_with(const char *data, size_t size, const char *phrase)
{
    size_t i = 0;

    while (phrase[i] && i < size &&
           (data[i] | (data[i] >= 'A' && data[i] <= 'Z' ? 0x20 : 0)) ==
               phrase[i])
        i++;
    return phrase[i] == '\0';
}

/* "All rights reserved" and its like. */
static bool begins_copyright(const char *data, size_t size)
{
    static const char *const phrases[] = {
        "\xC2\xA9", /* © */
        "all rights reserved",
        "copyright (c)",
        "الحقوق محفوظة",
        "حقوق النشر محفوظة",
        "حقوق الطبع محفوظة",
        "حقوق محفوظ",
        "alle rechte vorbehalten",
        "alle rechten voorbehouden",
        "derechos reservados",
        "direitos reservados",
        "diritti riservati",
        "droits réservés",
        "права защищены",
        "hakları saklıdır",
        "版权所有",
    };

    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (begins_with(data, size, phrases[i]))
            return true;
    return false;
}

/* Does such a notice begin at the start or behind a space of a short
 * sentence? To look at every byte took a fifth of the time of zub_segment. */
static bool is_copyright(const zub_sentence *sentence, zub_slice text)
{
    const char *at = text.data + sentence->span.start;
    const char *end = text.data + sentence->span.end;

    if (words_of(sentence) > COPYRIGHT_WORDS)
        return false;
    while (at && at < end) {
        if (begins_copyright(at, (size_t)(end - at)))
            return true;
        at = memchr(at, ' ', (size_t)(end - at));
        at += at != NULL;
    }
    return false;
}

static void mark_all_lines(zub_segments *segments, zub_slice text)
{
    size_t count = segments->sentence_count;
    size_t row = 0; /* lines before this sentence */

    for (size_t i = 0; i < count; i++) {
        if (is_line(segments, text, i)) {
            row++;
            continue;
        }
        mark_lines(segments, i - row, i, true);
        row = 0;
    }
    mark_lines(segments, count - row, count, false);
}

/* Where everything is a heading, nothing is. */
static void unmark_lone(zub_segments *segments)
{
    for (size_t i = 0; i < segments->sentence_count; i++)
        if (!segments->sentences[i].is_heading &&
            words_of(&segments->sentences[i]) > 0)
            return;
    for (size_t i = 0; i < segments->sentence_count; i++)
        segments->sentences[i].is_heading = false;
}

void zub_headings_mark(zub_segments *segments, zub_slice text)
{
    mark_all_lines(segments, text);
    for (size_t i = 0; i < segments->sentence_count; i++)
        segments->sentences[i].is_heading |=
            is_stopped_heading(segments, text, i) ||
            is_copyright(&segments->sentences[i], text);
    unmark_lone(segments);
}
