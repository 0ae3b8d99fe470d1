/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* words.c - see words.h. */
#include "topics/words.h"

#include <unicode/uchar.h>

#include "base/utf8.h"

static bool is_letter_or_mark(UChar32 c)
{
    return (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}

/* What stands between letters of one word. */
static bool is_joiner(UChar32 c)
{
    switch (c) {
    case '\'':
    case '-':
    case 0xB7:   /* middle dot */
    case 0x640:  /* tatweel */
    case 0x200C: /* zero width non-joiner */
    case 0x200D: /* zero width joiner */
    case 0x2010: /* hyphen */
    case 0x2019: /* apostrophe */ return true;
    }
    return false;
}

bool zub_is_subject_word(zub_slice word)
{
    size_t letters = 0;
    bool is_whole = false;

    for (size_t at = 0; at < word.size;) {
        UChar32 c = (UChar32)zub_utf8_next(word.data, word.size, &at, NULL);
        if (!is_joiner(c) && !is_letter_or_mark(c))
            return false;
        letters += u_isalpha(c) && !is_joiner(c);
        is_whole = is_whole || u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC);
    }
    return letters >= 2 || is_whole;
}

double zub_letter_share(zub_slice text)
{
    size_t letters = 0, others = 0;

    for (size_t at = 0; at < text.size;) {
        UChar32 c = (UChar32)zub_utf8_next(text.data, text.size, &at, NULL);
        if (is_letter_or_mark(c))
            letters++;
        else
            others += !u_isUWhiteSpace(c);
    }
    return letters ? (double)letters / (double)(letters + others) : 0;
}
