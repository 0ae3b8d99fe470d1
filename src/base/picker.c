/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* picker.c - see picker.h. When the room is full it is sorted and the better
 * part stays, so an item costs a few passes of a sort by bytes, whatever their
 * order. Sorting is stable and later items stand behind, so that equal keys
 * stay as they were offered. */
#include "base/picker.h"

#include "base/mem.h"

bool zub_picker_init(zub_picker *picker, size_t most, size_t expected)
{
    size_t room = most < expected / 2 ? 2 * most : expected;

    if (room == 0)
        room = 1;
    *picker = (zub_picker){.room = room, .most = most};
    picker->items = zub_alloc(room, sizeof *picker->items);
    picker->scratch = zub_alloc(room, sizeof *picker->scratch);
    if (picker->items && picker->scratch)
        return true;
    zub_picker_release(picker);
    return false;
}

void zub_picker_release(zub_picker *picker)
{
    zub_free(picker->items);
    zub_free(picker->scratch);
    *picker = (zub_picker){0};
}

void zub_picker_clear(zub_picker *picker)
{
    picker->is_begun = picker->is_over = picker->is_cut = false;
    picker->size = 0;
    picker->equals = 0;
}

/* What this round picked is done with in the next. */
static void pass(zub_picker *picker)
{
    size_t same = 0;

    if (picker->size == 0)
        return;
    uint64_t key = picker->items[picker->size - 1].key;
    while (same < picker->size &&
           picker->items[picker->size - 1 - same].key == key)
        same++;
    if (picker->is_begun && picker->last == key)
        same += picker->equals;
    picker->last = key;
    picker->equals = same;
    picker->is_begun = true;
}

bool zub_picker_begin(zub_picker *picker)
{
    if (picker->is_over)
        return false;
    pass(picker);
    picker->size = 0;
    picker->seen = 0;
    picker->is_cut = false;
    return true;
}

void zub_picker_cut(zub_picker *picker)
{
    zub_order_keys(picker->items, picker->scratch, picker->size);
    if (picker->size <= picker->most)
        return;
    picker->size = picker->most;
    picker->bound = picker->items[picker->size - 1].key;
    picker->is_cut = true;
}

void zub_picker_end(zub_picker *picker)
{
    zub_picker_cut(picker);
    picker->is_over = !picker->is_cut;
}
