/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* shown.h - the commonest forms of terms, for listings, where a few terms
 * stand in most rows: each is sought once while it is remembered. */
#ifndef ZUB_STATS_SHOWN_H
#define ZUB_STATS_SHOWN_H

#include "terms/state.h"

typedef struct zub_shown_form {
    const char *data;
    uint32_t size, term; /* term: its number and one; 0: nothing */
} zub_shown_form;

/* Zeroed is closed. One thread. */
typedef struct zub_shown {
    const zub_state *state;
    zub_shown_form *slots; /* [mask + 1] */
    uint32_t mask;
} zub_shown;

/* 16 to 32 bytes a term, where memory is bounded 1 MiB at most. The state must
 * live longer. False without memory. */
bool zub_shown_init(zub_shown *shown, const zub_state *state, bool is_bounded);
void zub_shown_release(zub_shown *shown);

/* What zub_state_surface gives. */
zub_slice zub_shown_find(zub_shown *shown, uint32_t term);
static inline zub_slice zub_shown_of(zub_shown *shown, uint32_t term)
{
    const zub_shown_form *slot = &shown->slots[term & shown->mask];

    return slot->term == term + 1 ? (zub_slice){slot->data, slot->size}
                                  : zub_shown_find(shown, term);
}

/* Of a term that will be asked for: first its place, later the form. */
static inline void zub_shown_ask(const zub_shown *shown, uint32_t term)
{
    __builtin_prefetch(&shown->slots[term & shown->mask]);
}

static inline void zub_shown_fetch(const zub_shown *shown, uint32_t term)
{
    const zub_shown_form *slot = &shown->slots[term & shown->mask];

    if (slot->term == term + 1)
        __builtin_prefetch(slot->data);
}

#endif
