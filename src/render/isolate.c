/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* isolate.c - see isolate.h. */
#include "render/isolate.h"

#include "base/utf8.h"

#define FIRST_STRONG_ISOLATE "\xE2\x81\xA8" /* U+2068 */
#define POP_ISOLATE "\xE2\x81\xA9"          /* U+2069 */

/* The blocks whose letters run from right to left (DerivedBidiClass.txt). */
static bool is_right_to_left(uint32_t code_point)
{
    static const uint32_t blocks[][2] = {
        {0x0590, 0x08FF},   {0xFB1D, 0xFDFF},   {0xFE70, 0xFEFE},
        {0x10800, 0x10FFF}, {0x1E800, 0x1EFFF},
    };

    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        if (code_point >= blocks[i][0] && code_point <= blocks[i][1])
            return true;
    return false;
}

bool zub_has_right_to_left(zub_slice text)
{
    for (size_t at = 0; at < text.size;)
        if (is_right_to_left(zub_utf8_next(text.data, text.size, &at, NULL)))
            return true;
    return false;
}

void zub_write_isolated(zub_writer *writer, zub_slice text, bool isolate)
{
    bool is_isolated = isolate && zub_has_right_to_left(text);

    if (is_isolated)
        zub_write_string(writer, FIRST_STRONG_ISOLATE);
    zub_write_escaped(writer, text, zub_escape_plain);
    if (is_isolated)
        zub_write_string(writer, POP_ISOLATE);
}
