/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* tiers.h - which volumes become one, so that there are never many and none is
 * written again often: an article is written once for each eightfold growth of
 * the index. */
#ifndef ZUB_INDEX_TIERS_H
#define ZUB_INDEX_TIERS_H

#include "index/shelf.h"

/* Volumes [first, end) that stand next to each other and should become one, as
 * far as `memory` allows; false: none. */
bool zub_tiers_choose(const zub_shelf *shelf, uint64_t memory, size_t *first,
                      size_t *end);

/* Nothing of it is gone, and nearly `memory` is what it takes: hardly another
 * would become one with it. */
bool zub_tiers_is_full(const zub_shelved *shelved, uint64_t memory);
/* `memory` is enough for all of them to become one. */
bool zub_tiers_fit(const zub_shelf *shelf, uint64_t memory);

#endif
