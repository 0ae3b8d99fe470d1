/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* list_walk.c - see list_walk.h. */
#include "terms/list_walk.h"

void zub_list_walk_init(zub_list_walk *walk, const zub_state *state)
{
    const zub_articles *list = &state->list;
    zub_window *window = walk->windows;
    bool is_mapped = state->is_mapped;

    *window++ = zub_window_at(list->id_ends, is_mapped);
    *window++ = zub_window_at(list->ids, is_mapped);
    *window++ = zub_window_at(list->lengths, is_mapped);
    *window++ = zub_window_at(list->ordinals, is_mapped && list->ordinals);
    for (unsigned n = state->low; n <= state->high; n++) {
        const zub_count_rows *rows = &list->rows[n - 1];
        *window++ = zub_window_at(rows->ends, is_mapped);
        *window++ = zub_window_at(rows->cols, is_mapped);
        *window++ = zub_window_at(rows->counts, is_mapped);
    }
}

/* An array of nothing may be NULL, to which nothing can be added. */
static void pass(zub_window *window, const void *array, uint64_t bytes)
{
    zub_window_pass(window, (const void *)((uintptr_t)array + bytes));
}

void zub_list_walk_pass(zub_list_walk *walk, const zub_state *state, size_t i)
{
    const zub_articles *list = &state->list;
    zub_window *window = walk->windows;

    if (!state->is_mapped || i == 0)
        return;
    pass(window++, list->id_ends, 8 * (i - 1));
    pass(window++, list->ids, list->id_ends[i - 1]);
    pass(window++, list->lengths, 8 * (i - 1));
    pass(window++, list->ordinals, 8 * (i - 1));
    for (unsigned n = state->low; n <= state->high; n++) {
        const zub_count_rows *rows = &list->rows[n - 1];
        uint64_t end = rows->ends[i - 1];
        pass(window++, rows->ends, 8 * (i - 1));
        pass(window++, rows->cols, 4 * end);
        pass(window++, rows->counts, 4 * end);
    }
}
