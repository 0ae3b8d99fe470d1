/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* marks.h - the characters at which sentences look up: those that may end one,
 * quotes and bullets. Asked for every character, so by a table and without a
 * call. tests/test_text_segments.c holds it against ICU. */
#ifndef ZUB_TEXT_MARKS_H
#define ZUB_TEXT_MARKS_H

#include <unicode/utypes.h>

#include "text/sentence_rules.h"

/* What a mark is: one of these, or a flag of the rules that make it one. */
enum {
    ZUB_MARK_STOP = 1 << 12,  /* in every language */
    ZUB_MARK_QUOTE = 1 << 13, /* the straight one */
    ZUB_MARK_SPACE = 1 << 14,
    ZUB_MARK_STOPS =
        ZUB_MARK_STOP | ZUB_COLON_ENDS | ZUB_SEMICOLON_ASKS | ZUB_LONG_PAUSES
};

#define ZUB_MARKS 0x800 /* the table ends */

extern const uint16_t zub_marks[ZUB_MARKS];

/* Of the characters beyond the table. */
bool zub_is_stop_beyond(UChar c);
bool zub_is_mark_beyond(UChar c);

static inline unsigned zub_stop_marks(const zub_sentence_rules *rules)
{
    return (rules->flags & ZUB_MARK_STOPS) | ZUB_MARK_STOP;
}

/* Is it one of the marks that are wanted, or any beyond the table? */
static inline bool zub_is_mark(UChar c, unsigned wanted)
{
    return c < ZUB_MARKS ? (zub_marks[c] & wanted) != 0
                         : zub_is_mark_beyond(c);
}

#endif
