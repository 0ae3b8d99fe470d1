/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* surfaces.c - see surfaces.h. A table with one place for each term, which
 * the latest of those that share it has: no list, no order, and memory that
 * does not grow with the state. */
#include "stats/surfaces.h"

#include "base/mem.h"

#define BOUND ((uint32_t)1 << 16)
#define MOST_SLOTS ((uint32_t)1 << 31)

bool zub_surfaces_init(zub_surfaces *surfaces, const zub_state *state,
                       bool is_bounded)
{
    uint32_t slots = 1, most = is_bounded ? BOUND : MOST_SLOTS;

    while (slots < most && slots < state->term_count)
        slots *= 2;
    *surfaces = (zub_surfaces){.state = state, .mask = slots - 1};
    surfaces->slots = zub_alloc_zero(slots, sizeof *surfaces->slots);
    return surfaces->slots != NULL;
}

void zub_surfaces_release(zub_surfaces *surfaces)
{
    zub_free(surfaces->slots);
    *surfaces = (zub_surfaces){0};
}

zub_slice zub_surface_find(zub_surfaces *surfaces, uint32_t term)
{
    zub_slice text = zub_state_surface(surfaces->state, term);

    if (text.size <= UINT32_MAX)
        surfaces->slots[term & surfaces->mask] =
            (zub_surface){text.data, (uint32_t)text.size, term + 1};
    return text;
}
