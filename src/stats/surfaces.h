/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* surfaces.h - the commonest forms of terms, for listings, where a few terms
 * stand in most rows: each is sought once while it is remembered. */
#ifndef ZUB_STATS_SURFACES_H
#define ZUB_STATS_SURFACES_H

#include "terms/state.h"

typedef struct zub_surface {
    const char *data;
    uint32_t size, term; /* term: its number and one; 0: nothing */
} zub_surface;

/* Zeroed is closed. One thread. */
typedef struct zub_surfaces {
    const zub_state *state;
    zub_surface *slots; /* [mask + 1] */
    uint32_t mask;
} zub_surfaces;

/* 16 to 32 bytes a term, where memory is bounded 1 MiB at most. The state must
 * live longer. False without memory. */
bool zub_surfaces_init(zub_surfaces *surfaces, const zub_state *state,
                       bool is_bounded);
void zub_surfaces_release(zub_surfaces *surfaces);

/* What zub_state_surface gives. */
zub_slice zub_surface_find(zub_surfaces *surfaces, uint32_t term);
static inline zub_slice zub_surface_of(zub_surfaces *surfaces, uint32_t term)
{
    const zub_surface *slot = &surfaces->slots[term & surfaces->mask];

    return slot->term == term + 1 ? (zub_slice){slot->data, slot->size}
                                  : zub_surface_find(surfaces, term);
}

/* Of a term that will be asked for: first its place, later the form. */
static inline void zub_surface_ask(const zub_surfaces *surfaces, uint32_t term)
{
    __builtin_prefetch(&surfaces->slots[term & surfaces->mask]);
}

static inline void zub_surface_fetch(const zub_surfaces *surfaces,
                                     uint32_t term)
{
    const zub_surface *slot = &surfaces->slots[term & surfaces->mask];

    if (slot->term == term + 1)
        __builtin_prefetch(slot->data);
}

#endif
