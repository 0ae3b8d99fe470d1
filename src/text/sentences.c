/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* sentences.c - see sentences.h. */
#include "text/sentences.h"

#include <unicode/uchar.h>
#include <unicode/utf16.h>

struct zub_sentence_rules {
    const char *lang;
};

static const zub_sentence_rules common = {"und"};

const zub_sentence_rules *zub_sentence_rules_find(const char *lang)
{
    (void)lang;
    return &common;
}

/* Ends a sentence, in some language. */
static bool is_stop(UChar c)
{
    if (c < 0x589)
        return c == '.' || c == '?' || c == '!';
    return c == 0x2026 || u_hasBinaryProperty(c, UCHAR_S_TERM);
}

static bool is_closing(UChar c)
{
    return u_getIntPropertyValue(c, UCHAR_SENTENCE_BREAK) == U_SB_CLOSE;
}

size_t zub_sentence_end(const zub_sentence_rules *rules, const UChar *text,
                        size_t size, size_t start)
{
    size_t at = start;

    (void)rules;
    while (at < size) {
        bool is_spaced;
        if (!is_stop(text[at++]))
            continue;
        while (at < size && is_stop(text[at]))
            at++;
        is_spaced = text[at - 1] >= 0x3000;
        while (at < size && is_closing(text[at]))
            at++;
        while (at < size && u_isUWhiteSpace(text[at])) {
            is_spaced = true;
            at++;
        }
        if (at < size && is_spaced && !u_islower(text[at]))
            return at;
    }
    return size;
}
