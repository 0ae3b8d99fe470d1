/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* width.c - columns on a terminal, see zubda.h. A character joined to the one
 * before it (a variation selector, a skin tone, what follows a zero width
 * joiner, the second of a pair of flag letters) takes none of its own. */
#include <unicode/uchar.h>

#include "zubda.h"
#include "base/utf8.h"

#define JOINER 0x200D
#define EMOJI_STYLE 0xFE0F

static bool is_flag_letter(UChar32 c)
{
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}

static bool is_skin_tone(UChar32 c)
{
    return c >= 0x1F3FB && c <= 0x1F3FF;
}

/* Without its neighbours. */
static size_t width_of(UChar32 c)
{
    int wide;

    if (c < 0x300)
        return c >= 0x20 && !(c >= 0x7F && c < 0xA0) && c != 0xAD;
    if (U_GET_GC_MASK(c) & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK |
                            U_GC_CC_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK))
        return 0;
    if ((c >= 0x1160 && c <= 0x11FF) || (c >= 0xD7B0 && c <= 0xD7FF))
        return 0; /* vowels and finals of a Hangul syllable */
    wide = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return wide == U_EA_WIDE || wide == U_EA_FULLWIDTH ? 2 : 1;
}

size_t zub_display_width(zub_slice text)
{
    size_t total = 0, last_width = 0;
    UChar32 last = 0;

    for (size_t at = 0; at < text.size;) {
        UChar32 c = (UChar32)zub_utf8_next(text.data, text.size, &at, NULL);
        size_t width = width_of(c);

        if (c == EMOJI_STYLE && last_width == 1 &&
            u_hasBinaryProperty(last, UCHAR_EMOJI))
            width = 1; /* shown as a picture, which is wide */
        else if (last == JOINER && u_hasBinaryProperty(c, UCHAR_EMOJI))
            width = 0;
        else if (is_skin_tone(c) && last_width == 2)
            width = 0;
        else if (is_flag_letter(c))
            width = 1; /* two of them are one flag */
        total += width;
        last_width = width;
        last = c;
    }
    return total;
}
