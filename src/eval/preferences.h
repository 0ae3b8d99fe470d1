/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* preferences.h - how many preferences of judges a ranking fulfils, counted for
 * one query. A preference of document a to b is fulfilled where a stands above
 * b, or a was retrieved and b not. */
#ifndef ZUB_EVAL_PREFERENCES_H
#define ZUB_EVAL_PREFERENCES_H

#include "eval/trec_lines.h"

/* `possible` holds what is fulfilled, too. */
typedef struct zub_preference_count {
    uint64_t fulfilled, possible;
} zub_preference_count;

/* Which of the documents of a preference were retrieved. */
typedef enum zub_retrieved {
    ZUB_BOTH_RETRIEVED,
    ZUB_ONE_RETRIEVED,
    ZUB_NONE_RETRIEVED, /* nothing is fulfilled */
    ZUB_RETRIEVED_KINDS
} zub_retrieved;

/* Of one judge. */
typedef struct zub_preference_judge {
    zub_preference_count of[ZUB_RETRIEVED_KINDS];
    /* The same with as many nonrelevant documents as there are relevant ones
     * (level above 0): those at the bottom left out, or fulfilled ones added.
     * Of all, and of those that were retrieved. */
    zub_preference_count balanced, balanced_retrieved;
} zub_preference_judge;

/* Pairs of documents about which a judge has a preference; a pair counts as
 * fulfilled by the share of its judges. */
typedef struct zub_preference_pairs {
    double fulfilled;
    uint64_t possible;
} zub_preference_pairs;

typedef struct zub_preferences {
    zub_preference_judge *judges; /* [judge_count] */
    size_t judge_count;
    zub_preference_pairs pairs[ZUB_RETRIEVED_KINDS];
} zub_preferences;

/* `judged` [judged_count] are the lines of one query as they were read,
 * `retrieved` those of a run, best first. Cost: n log n of both, but d^2 / 2 of
 * the documents of each judge where there are several, and where a judge has
 * several groups a table of d^2 bits and rows for levels. ZUB_ELIMIT: more than
 * ZUB_PREFERENCE_PAIRS of the one or ZUB_PREFERENCE_BITS of the other.
 * ZUB_EMALFORMED: groups of one judge contradict each other. ZUB_ENOMEM. */
#define ZUB_PREFERENCE_PAIRS ((uint64_t)1 << 32)
#define ZUB_PREFERENCE_BITS ((uint64_t)1 << 31)

zub_status zub_preferences_count(zub_preferences *out,
                                 const zub_trec_line *judged,
                                 size_t judged_count,
                                 const zub_trec_line *retrieved,
                                 size_t retrieved_count, zub_error *error);
void zub_preferences_release(zub_preferences *preferences);

#endif
