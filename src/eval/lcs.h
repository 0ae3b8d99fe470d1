/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* lcs.h - longest common subsequences of two runs of words.
 *
 * One is the reference, a, the other the summary's, b. Which of several
 * longest ones is marked is part of ROUGE, whose union depends on it: walking
 * back from the ends, a match is taken, else a's last word dropped where that
 * costs nothing, else b's.
 */
#ifndef ZUB_EVAL_LCS_H
#define ZUB_EVAL_LCS_H

#include <stdbool.h>

#include "zubda.h"

typedef struct zub_words_run {
    const uint32_t *ids; /* [size] */
    size_t size;
} zub_words_run;

/* Scratch, grown as needed. Zeroed is empty. */
typedef struct zub_lcs {
    uint32_t *row_of; /* by word: its row in `matches` + 1, or 0 */
    size_t word_capacity;
    uint64_t *matches; /* [distinct words of a][blocks] */
    size_t match_capacity;
    uint64_t *columns; /* [b.size][blocks]: what is marked needs them all */
    size_t column_capacity;
    double *costs; /* of the weighted form: [3][b.size + 1] */
    size_t cost_capacity;
    double *gains; /* [gain_count]: f(k + 1) - f(k) */
    size_t gain_count, gain_capacity;
    size_t blocks; /* of 64 words of a */
} zub_lcs;

void zub_lcs_release(zub_lcs *lcs);

/* Length of the longest one. O(a b / 64) by bits (Hyyro 2004). Every id is
 * below `words`. ZUB_ENOMEM. */
zub_status zub_lcs_length(zub_lcs *lcs, size_t *out, zub_words_run a,
                          zub_words_run b, size_t words);

/* Set mask[i] for each word of a in it; others stay. */
zub_status zub_lcs_mark(zub_lcs *lcs, bool *mask, zub_words_run a,
                        zub_words_run b, size_t words);

/* The same for the one that weighs most, where a run of k words of both weighs
 * k^1.2 (Lin 2004, WLCS). O(a b). */
zub_status zub_lcs_mark_weighted(zub_lcs *lcs, bool *mask, zub_words_run a,
                                 zub_words_run b);

/* f(k) = k^1.2, and back. */
double zub_lcs_weight(double k);
double zub_lcs_unweight(double weight);

#endif
