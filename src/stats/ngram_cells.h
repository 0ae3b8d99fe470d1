/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* ngram_cells.h - how often parts of an n-gram's words stand in their places,
 * whatever stands in the others: what lambda is made of. */
#ifndef ZUB_STATS_NGRAM_CELLS_H
#define ZUB_STATS_NGRAM_CELLS_H

#include "terms/state.h"

/* The terms of n-gram `id` of an order from 2 on. */
void zub_ngram_terms(uint32_t terms[ZUB_MOST_ORDER], const zub_state *state,
                     unsigned order, size_t id);

/* cells[count << order]: of each n-gram of ids[count] 2^order counts, as
 * zub_lambda_cells takes them. A walk over all n-grams of that order for each
 * of them; memory for the different parts of one walk. ZUB_ENOMEM. */
zub_status zub_ngram_cells(double *cells, const zub_state *state,
                           unsigned order, const uint32_t *ids, size_t count);

#endif
