/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* preferred.h - the documents of one query that judges compared, each at the
 * place where a ranking has it. */
#ifndef ZUB_EVAL_PREFERRED_H
#define ZUB_EVAL_PREFERRED_H

#include "eval/trec_lines.h"

/* A line of judgements. */
typedef struct zub_preferred {
    zub_slice document;
    double level;
    size_t judge, group; /* numbered from 0 in byte order, groups through all
                            judges */
    size_t place;        /* from 0 among the documents that were judged: those
                            retrieved, best first, then the others by name */
} zub_preferred;

typedef struct zub_preferred_list {
    zub_preferred
        *items; /* [count] by judge, group, level descending, place */
    size_t count, judge_count;
    size_t documents, retrieved; /* different ones, and how many of them */
} zub_preferred_list;

/* See zub_preferences_count. Cost: n log n. ZUB_ENOMEM. */
zub_status zub_preferred_place(zub_preferred_list *out,
                               const zub_trec_line *judged,
                               size_t judged_count,
                               const zub_trec_line *retrieved,
                               size_t retrieved_count);
void zub_preferred_release(zub_preferred_list *list);

#endif
