/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* items.c - see items.h. Only a mark that counts on from the last one is the
 * next item: a number or a bracket in a sentence seldom does. */
#include "text/items.h"

zub_item zub_item_read(const UChar *text, size_t size, size_t at)
{
    zub_item item = {0, ZUB_ITEM_NONE, false};
    bool is_open = at < size && text[at] == '(';
    bool has_stop;

    at += is_open;
    if (at < size && text[at] >= 'a' && text[at] <= 'z') {
        item.is_letter = true;
        item.value = text[at++];
    }
    for (int digits = 0; !item.is_letter && digits < 3 && at < size &&
                         text[at] >= '0' && text[at] <= '9';
         digits++)
        item.value = item.value * 10 + (text[at++] - (unsigned)'0');
    if (item.value == 0)
        return item;
    has_stop = at < size && text[at] == '.';
    at += has_stop;
    if (at < size && text[at] == ')')
        item.form = is_open    ? ZUB_ITEM_BRACKETS
                    : has_stop ? ZUB_ITEM_STOP_BRACKET
                               : ZUB_ITEM_BRACKET;
    else if (has_stop && !is_open && at < size && text[at] == ' ')
        item.form = ZUB_ITEM_STOP;
    return item;
}

bool zub_is_bullet(UChar c)
{
    return c == 0x2022 || c == 0x2023 || c == 0x2043 || c == 0x25AA ||
           c == 0x25CF || c == 0x25E6;
}

bool zub_item_follows(const UChar *text, size_t size, size_t at, zub_item last)
{
    zub_item item;

    if (++at >= size)
        return false;
    if (zub_is_bullet(text[at]))
        return true;
    if (last.form == ZUB_ITEM_NONE)
        return false;
    item = zub_item_read(text, size, at);
    return item.form == last.form && item.is_letter == last.is_letter &&
           item.value == last.value + 1;
}
