/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* space.h - white space, as Unicode's property White_Space has it: asked for
 * nearly every character, so without a call. tests/test_text_segments.c holds
 * it against ICU. */
#ifndef ZUB_TEXT_SPACE_H
#define ZUB_TEXT_SPACE_H

#include <stdbool.h>
#include <unicode/utypes.h>

static inline bool zub_is_space(UChar32 c)
{
    if (c < 0x80)
        return c == ' ' || (c >= 0x09 && c <= 0x0D);
    if (c < 0x2000)
        return c == 0x85 || c == 0xA0 || c == 0x1680;
    return c <= 0x200A || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x205F || c == 0x3000;
}

#endif
