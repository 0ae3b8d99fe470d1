/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* shown.c - see shown.h. A table with one place for each term, which
 * the latest of those that share it has: no list, no order, and memory that
 * does not grow with the state. */
#include "stats/shown.h"

#include "base/mem.h"

#define BOUND ((uint32_t)1 << 16)
#define MOST_SLOTS ((uint32_t)1 << 31)

bool zub_shown_init(zub_shown *shown, const zub_state *state, bool is_bounded)
{
    uint32_t slots = 1, most = is_bounded ? BOUND : MOST_SLOTS;

    while (slots < most && slots < state->term_count)
        slots *= 2;
    *shown = (zub_shown){.state = state, .mask = slots - 1};
    shown->slots = zub_alloc_zero(slots, sizeof *shown->slots);
    return shown->slots != NULL;
}

void zub_shown_release(zub_shown *shown)
{
    zub_free(shown->slots);
    *shown = (zub_shown){0};
}

zub_slice zub_shown_find(zub_shown *shown, uint32_t term)
{
    zub_slice text = zub_state_surface(shown->state, term);

    if (text.size <= UINT32_MAX)
        shown->slots[term & shown->mask] =
            (zub_shown_form){text.data, (uint32_t)text.size, term + 1};
    return text;
}
