/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* ranking.h - zub_ranking of zubda.h from inside: a value for each query and
 * column, which are measures at a parameter. */
#ifndef ZUB_EVAL_RANKING_H
#define ZUB_EVAL_RANKING_H

#include "eval/ranked.h"
#include "eval/zscores.h"

#define ZUB_COLUMN_NAME 80       /* bytes with the 0 */
#define ZUB_GEOMETRIC_LEAST 1e-5 /* of a value in a geometric mean */

/* A measure at a parameter. */
typedef struct zub_measured_column {
    const zub_ranked_measure *measure;
    double parameter;
    zub_given given;
    char name[ZUB_COLUMN_NAME + 1]; /* "P_10"; with z-scores a Z before it */
} zub_measured_column;

struct zub_ranking {
    zub_trec_lines run;
    zub_measured_column *columns; /* [column_count] */
    size_t column_count, column_capacity;
    size_t latest;    /* column that was named last */
    zub_slice *names; /* [query_count] */
    double *values;   /* [query_count][column_count] */
    size_t query_count;
    char *texts;         /* levels of first documents, query by query */
    size_t *text_starts; /* [query_count + 1] in texts */
    size_t text_capacity;
    zub_ranking_facts facts;
};

/* The columns that the options name, of judgements of this kind. ZUB_EINVAL:
 * there is no such measure, or none of this kind. ZUB_ENOMEM. */
zub_status zub_ranking_choose_columns(zub_ranking *ranking,
                                      zub_judgements_kind kind,
                                      const zub_ranking_options *options,
                                      zub_error *error);

bool zub_column_is_geometric(const zub_measured_column *column);
/* A value as it goes into a mean: of a geometric one its logarithm, which
 * z-scores are of already. */
double zub_ranking_mapped(const zub_ranking *ranking, size_t query,
                          size_t column);

#endif
