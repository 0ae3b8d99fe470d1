/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* occurrences.h - every passage that has a term: for what has to see all of
 * them, where the ranker passes over what cannot be among the best. */
#ifndef ZUB_INDEX_OCCURRENCES_H
#define ZUB_INDEX_OCCURRENCES_H

#include "index/index.h"

/* [size] passages of volume `number`, ascending, and how often each has it. */
typedef void zub_occurrence_taker(void *context, size_t number,
                                  const uint32_t *passages,
                                  const uint32_t *counts, size_t size);

/* Hands over all of a term, block by block, volume after volume. ZUB_EFORMAT,
 * in words. */
zub_status zub_occurrences_each(const zub_index *index, zub_slice term,
                                zub_occurrence_taker *take, void *context,
                                zub_error *error);

#endif
