/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* ranking.h - a zub_ranking while it is made: a run, the columns that were asked
 * for, and a value for each query and column. */
#ifndef ZUB_EVAL_RANKING_H
#define ZUB_EVAL_RANKING_H

#include "eval/ranked.h"
#include "eval/trec_lines.h"

#define ZUB_LEAST_MEAN 1e-5 /* of a value in a geometric mean */
#define ZUB_COLUMN_NAME 120
#define ZUB_LIST_MOST 16u

struct zub_judgements {
    zub_judgement_kind kind;
    zub_trec_lines lines;
};

/* A measure at a parameter, or with a list of numbers. */
typedef struct zub_ranking_slot {
    const zub_ranked_measure *measure;
    double parameter;
    double list[ZUB_LIST_MOST]; /* [list_size] */
    size_t list_size;
    char name[ZUB_COLUMN_NAME];
} zub_ranking_slot;

struct zub_ranking {
    zub_trec_lines run;
    zub_measured of;
    zub_ranking_slot *columns; /* [column_count] */
    size_t column_count, column_capacity;
    const zub_slice *names; /* [query_count] */
    zub_slice *own_names;
    double *values; /* [query_count][column_count] */
    char *texts;    /* [query_count][column_count][text_size] of columns that
                       are text, each ends in a NUL; or NULL */
    size_t text_size;
    size_t query_count;
    zub_ranking_facts facts;
};

/* Of a ranking that says what it is of. ZUB_EINVAL: no such measure; ZUB_ENOMEM.
 * On failure the columns so far are there to be freed. */
zub_status zub_ranking_choose(zub_ranking *ranking,
                              const zub_ranking_options *options,
                              zub_error *error);

static inline bool zub_slot_is_text(const zub_ranking_slot *slot)
{
    return slot->measure->over == ZUB_OVER_NOTHING;
}

#endif
