/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* rouge.h - what one summary and one reference have in common, counted (Lin,
 * ROUGE: A package for automatic evaluation of summaries, 2004). */
#ifndef ZUB_EVAL_ROUGE_H
#define ZUB_EVAL_ROUGE_H

#include "eval/lcs.h"
#include "eval/reading.h"

#define ZUB_ROUGE_MEASURES (ZUB_MEASURE_ROUGE_SU4 + 1)

/* Recall is hits / reference, precision hits / summary; of W both still
 * weighted. Counts of several references add up. */
typedef struct zub_counts {
    double hits, reference, summary;
} zub_counts;

/* Scratch, grown as needed. Zeroed is empty. */
typedef struct zub_rouge {
    zub_lcs lcs;
    uint32_t *left; /* [unit id], all 0 between calls */
    size_t left_capacity;
    bool *mask; /* words of a sentence of the reference */
    size_t mask_capacity;
} zub_rouge;

void zub_rouge_release(zub_rouge *rouge);

/* Both were read with `vocabulary`. ZUB_ENOMEM. */
zub_status zub_rouge_count(zub_counts counts[ZUB_ROUGE_MEASURES],
                           zub_rouge *rouge, const zub_vocabulary *vocabulary,
                           const zub_reading *reference,
                           const zub_reading *summary);

/* P, R and F of counts. */
zub_score zub_rouge_score(zub_counts counts, zub_measure measure,
                          const zub_protocol *protocol, double beta);

#endif
