/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* classes.h - what ICU says of characters, without a call for ASCII and for
 * the letters of Arabic. tests/test_text_segments.c holds it against ICU. */
#ifndef ZUB_TEXT_CLASSES_H
#define ZUB_TEXT_CLASSES_H

#include <stdbool.h>
#include <unicode/uchar.h>

static inline bool zub_is_ascii_letter(UChar32 c)
{
    return (uint32_t)((c | 0x20) - 'a') < 26;
}

/* Letters without case, none of them a mark. */
static inline bool zub_is_arabic_letter(UChar32 c)
{
    return c >= 0x620 && c <= 0x64A;
}

static inline bool zub_is_letter(UChar32 c)
{
    return c < 0x80 ? zub_is_ascii_letter(c)
                    : zub_is_arabic_letter(c) || u_isalpha(c);
}

/* A decimal one, of any script. */
static inline bool zub_is_digit(UChar32 c)
{
    return c < 0x80 ? c >= '0' && c <= '9'
                    : !zub_is_arabic_letter(c) && u_isdigit(c);
}

static inline bool zub_is_letter_or_digit(UChar32 c)
{
    return c < 0x80 ? zub_is_ascii_letter(c) || (c >= '0' && c <= '9')
                    : zub_is_arabic_letter(c) || u_isalnum(c);
}

static inline bool zub_is_combining(UChar32 c)
{
    return c >= 0x300 && !zub_is_arabic_letter(c) &&
           (U_MASK(u_charType(c)) & U_GC_M_MASK) != 0;
}

/* Of the category Ll: a letter of lower case. */
static inline bool zub_is_small(UChar32 c)
{
    return c < 0x80 ? c >= 'a' && c <= 'z'
                    : !zub_is_arabic_letter(c) && u_islower(c);
}

/* Of the property Lowercase: also what is used like one. */
static inline bool zub_is_lower(UChar32 c)
{
    return c < 0x80 ? c >= 'a' && c <= 'z'
                    : !zub_is_arabic_letter(c) &&
                          u_hasBinaryProperty(c, UCHAR_LOWERCASE);
}

static inline UChar32 zub_to_lower(UChar32 c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
    return zub_is_arabic_letter(c) ? c : u_tolower(c);
}

#endif
