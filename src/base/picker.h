/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* picker.h - items in ascending order of their keys, some at a time, so that
 * sorting any number of them takes memory for `most`.
 *
 * The items are offered in an order of their own, which must be the same in
 * every round and is that of equal keys. Each round picks those that come next:
 *
 *     zub_picker_init(&picker, most, items);
 *     while (zub_picker_begin(&picker)) {
 *         for (...)
 *             zub_picker_offer(&picker, key, id);
 *         zub_picker_end(&picker);
 *         // picker.items[0 .. picker.size)
 *     }
 */
#ifndef ZUB_BASE_PICKER_H
#define ZUB_BASE_PICKER_H

#include "base/order.h"

typedef struct zub_picker {
    zub_keyed *items;   /* [size], picked in this round */
    zub_keyed *scratch; /* [room] */
    size_t size, room, most;
    bool is_begun, is_over, is_cut; /* cut: there are more */
    uint64_t bound;        /* if cut: a key of this or above comes later */
    uint64_t last;         /* key of the one picked last in earlier rounds */
    uint64_t equals, seen; /* of that key: picked, and offered in this round */
} zub_picker;

/* `most` a round, at least 1, of `expected` in all, which are never more.
 * Memory: 32 bytes for each of `expected`, or 64 for each of `most` if that is
 * less. False without memory. */
bool zub_picker_init(zub_picker *picker, size_t most, size_t expected);
/* A zeroed one is fine. */
void zub_picker_release(zub_picker *picker);

/* For other items, in the same memory. */
void zub_picker_clear(zub_picker *picker);

/* A round; false: everything was picked. */
bool zub_picker_begin(zub_picker *picker);

void zub_picker_cut(zub_picker *picker);
static inline void zub_picker_offer(zub_picker *picker, uint64_t key,
                                    uint32_t id)
{
    if (picker->is_begun && key <= picker->last &&
        (key < picker->last || picker->seen++ < picker->equals))
        return;
    if (picker->is_cut && key >= picker->bound)
        return;
    if (picker->size == picker->room)
        zub_picker_cut(picker);
    if (picker->is_cut && key >= picker->bound)
        return;
    picker->items[picker->size++] = (zub_keyed){key, id};
}

void zub_picker_end(zub_picker *picker);

#endif
