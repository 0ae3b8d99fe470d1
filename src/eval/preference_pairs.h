/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* preference_pairs.h - pairs of documents on which several judges may differ. */
#ifndef ZUB_EVAL_PREFERENCE_PAIRS_H
#define ZUB_EVAL_PREFERENCE_PAIRS_H

#include "eval/preference_order.h"
#include "eval/preferences.h"

/* out[ZUB_RETRIEVED_KINDS] zeros, `orders` [list->judge_count]. Cost: half the
 * square of the documents of each judge. ZUB_ENOMEM. */
zub_status zub_preference_pairs_find(zub_preference_pairs *out,
                                     const zub_preference_order *orders,
                                     const zub_preferred_list *list);

#endif
