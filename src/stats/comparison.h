/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* comparison.h - what the files that compare two sides ask of each other. */
#ifndef ZUB_STATS_COMPARISON_H
#define ZUB_STATS_COMPARISON_H

#include "terms/state.h"

#define ZUB_NO_WORD UINT32_MAX

/* A word by its terms, one of which may be ZUB_NO_WORD. */
typedef struct zub_word_pair {
    uint32_t target, reference;
} zub_word_pair;

/* out[count]: dpnorm of these terms over the articles of a state, which has
 * the counts of each; of ZUB_NO_WORD 1. A walk over them for each 2^20
 * entries. ZUB_ENOMEM: 4 bytes a term of the state and 20 MiB. */
zub_status zub_spread_measure(double *out, const zub_state *state,
                              const uint32_t *terms, size_t count);

/* A state as stretches of a background. */
typedef struct zub_stretches {
    double *with; /* [terms]: stretches that have each, estimated */
    double total;
    uint32_t *listed; /* [terms]: documents of the background that have it */
    double documents;
    double listed_tokens; /* words of the state that it has */
    char lang[12];
} zub_stretches;

/* Errors of zub_comparison_new_background. Releasing a failed one is fine. */
zub_status zub_stretches_open(zub_stretches *out, const zub_state *state,
                              const zub_models *models, const char *lang,
                              zub_error *error);
void zub_stretches_release(zub_stretches *stretches);

#endif
