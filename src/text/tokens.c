/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* tokens.c - see tokens.h. One look at each code point: it opens or continues
 * a word, is a word by itself, hangs on what stands before it, or is none. */
#include "text/tokens.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/utf8.h"

typedef enum token_class {
    SPACE, /* no part of a token */
    WORD,  /* makes a token with its neighbours */
    ALONE, /* a token with the marks behind it */
    MARK   /* belongs to what stands before it */
} token_class;

static bool is_unspaced(UChar32 c)
{
    UErrorCode code = U_ZERO_ERROR;

    switch (uscript_getScript(c, &code)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR: return true;
    default: return false;
    }
}

/* The length mark of kana, and the marks of its half-width form, which
 * Unicode counts as letters. */
static bool is_kana_mark(UChar32 c)
{
    return c == 0x30FC || (c >= 0xFF9E && c <= 0xFF9F) || c == 0xFF70;
}

static token_class class_of(UChar32 c)
{
    uint32_t mask = U_MASK(u_charType(c));

    if (is_kana_mark(c) || (mask & U_GC_M_MASK) || c == 0x200D || c == 0x200C)
        return MARK;
    if (!(mask & (U_GC_L_MASK | U_GC_N_MASK | U_GC_PC_MASK)))
        return SPACE;
    return c >= 0x0E00 && is_unspaced(c) ? ALONE : WORD;
}

static bool is_ascii_word(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
           (c >= 'A' && c <= 'Z');
}

static token_class next_class(zub_slice text, size_t *at)
{
    unsigned char c = (unsigned char)text.data[*at];

    if (c >= 0x80)
        return class_of(
            (UChar32)zub_utf8_next(text.data, text.size, at, NULL));
    (*at)++;
    return is_ascii_word(c) || c == '_' ? WORD : SPACE;
}

bool zub_token_next(zub_slice text, size_t *at, zub_slice *token)
{
    token_class first = SPACE;
    size_t start = *at;

    while (*at < text.size && first == SPACE) {
        start = *at;
        first = next_class(text, at);
    }
    if (first == SPACE)
        return false;
    size_t end = *at;
    while (*at < text.size) {
        token_class next = next_class(text, at);
        if (next != MARK && (next != WORD || first == ALONE))
            break;
        end = *at;
    }
    *at = end;
    *token = (zub_slice){text.data + start, end - start};
    return true;
}

bool zub_token_next_ascii(zub_slice text, size_t *at, zub_slice *token)
{
    size_t start = *at;

    while (start < text.size &&
           !is_ascii_word((unsigned char)text.data[start]))
        start++;
    size_t end = start;
    while (end < text.size && is_ascii_word((unsigned char)text.data[end]))
        end++;
    *at = end;
    *token = (zub_slice){text.data + start, end - start};
    return end > start;
}
