/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* list_walk.h - the trail of a walk over a state's articles, let go behind it
 * where the arrays are mapped (base/spool.h). */
#ifndef ZUB_TERMS_LIST_WALK_H
#define ZUB_TERMS_LIST_WALK_H

#include "terms/state.h"

typedef struct zub_list_walk {
    zub_window windows[4 + 3 * ZUB_MOST_ORDER]; /* one an array */
} zub_list_walk;

void zub_list_walk_init(zub_list_walk *walk, const zub_state *state);

/* Articles before `i` are done with, or nearly so: what is asked for again is
 * read again. */
void zub_list_walk_pass(zub_list_walk *walk, const zub_state *state, size_t i);

#endif
