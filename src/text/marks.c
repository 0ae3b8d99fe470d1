/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* marks.c - see marks.h. Stops are the characters with Unicode's property
 * Sentence_Terminal (UAX #29), and some more. */
#include "text/marks.h"

#include <unicode/uchar.h>

#include "text/items.h"

const uint16_t zub_marks[ZUB_MARKS] = {
    [' '] = ZUB_MARK_SPACE,
    ['!'] = ZUB_MARK_STOP,
    ['"'] = ZUB_MARK_QUOTE | ZUB_KEEPS_QUOTES,
    ['.'] = ZUB_MARK_STOP,
    [':'] = ZUB_COLON_ENDS,
    [';'] = ZUB_SEMICOLON_ASKS,
    ['?'] = ZUB_MARK_STOP,
    [0xAB] = ZUB_KEEPS_QUOTES,
    [0xBB] = ZUB_KEEPS_QUOTES,
    [0x37E] = ZUB_MARK_STOP,
    [0x589] = ZUB_MARK_STOP,
    [0x61B] = ZUB_LONG_PAUSES,
    [0x61D] = ZUB_MARK_STOP,
    [0x61E] = ZUB_MARK_STOP,
    [0x61F] = ZUB_MARK_STOP,
    [0x6D4] = ZUB_MARK_STOP,
    [0x700] = ZUB_MARK_STOP,
    [0x701] = ZUB_MARK_STOP,
    [0x702] = ZUB_MARK_STOP,
    [0x7F9] = ZUB_MARK_STOP,
};

/* Is there a stop among the 256 characters that share the upper byte? */
static bool may_be_stop(unsigned upper)
{
    static const uint32_t pages[8] = {
        0x1FC90300, 0x00014001, 0, 0, 0, 0x00000F50, 0, 0xC0000000,
    };

    return pages[upper / 32] >> upper % 32 & 1;
}

bool zub_is_stop_beyond(UChar c)
{
    switch (c >> 8) {
    case 0x09: return (c | 1) == 0x965; /* the two dandas */
    case 0x20:
        return c == 0x2026 || c == 0x203C || c == 0x203D ||
               (c >= 0x2047 && c <= 0x2049);
    default:
        return may_be_stop(c >> 8) && u_hasBinaryProperty(c, UCHAR_S_TERM);
    }
}

bool zub_is_mark_beyond(UChar c)
{
    return zub_is_stop_beyond(c) || c == 0x201C || c == 0x201D ||
           zub_is_bullet(c);
}
