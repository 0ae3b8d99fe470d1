/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* scorer.h - what the other files of this floor ask of a zub_scorer:
 * references are read once, then scored against many times. */
#ifndef ZUB_EVAL_SCORER_H
#define ZUB_EVAL_SCORER_H

#include "eval/reading.h"
#include "eval/rouge.h"

#define ZUB_NOBODY SIZE_MAX

struct zub_scorer {
    zub_vocabulary vocabulary;
    zub_several several;
    double beta;
    zub_reading_rules rules;
    zub_rouge rouge;
    zub_reading *references; /* [reference_count], those with a word */
    size_t reference_count, reference_capacity;
    zub_reading summary;
    zub_counts (*counts)[ZUB_ROUGE_MEASURES]; /* [reference_count] */
    size_t count_capacity;
};

/* Read the references of an article; empty ones are left out. */
zub_status zub_scorer_refer(zub_scorer *scorer, const zub_slice *references,
                            size_t count, zub_error *error);

/* Score a text against all of them. */
zub_status zub_scorer_judge(zub_scores *out, zub_scorer *scorer,
                            zub_slice text, zub_error *error);

/* Score what was read against all of them but `left_out` (or ZUB_NOBODY). */
zub_status zub_scorer_compare(zub_scores *out, zub_scorer *scorer,
                              const zub_reading *summary, size_t left_out,
                              zub_error *error);

#endif
