/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* ranked.h - what one query retrieved, and the measures of it: a row each,
 * under the names of trec_eval. Which can be had hangs on what was judged. */
#ifndef ZUB_EVAL_RANKED_H
#define ZUB_EVAL_RANKED_H

#include "eval/preferences.h"

#define ZUB_UNPOOLED (-1000000) /* level of a document nobody judged */

typedef struct zub_ranked {
    const int *levels; /* [count] best first; below 0: not judged */
    size_t count;
    int level;          /* from it on they are relevant */
    size_t relevant;    /* of all that were judged */
    size_t nonrelevant; /* the same */
    const int *ideal;   /* [ideal_count] judged levels above 0, descending */
    size_t ideal_count;
    const uint32_t *hits;    /* [count + 1] relevant among the first i */
    const double *dcg;       /* [count + 1] gained by the first i */
    const double *ideal_dcg; /* [ideal_count + 1] */
} zub_ranked;

typedef enum zub_over_queries {
    ZUB_OVER_MEAN,
    ZUB_OVER_SUM,       /* of counts */
    ZUB_OVER_GEOMETRIC, /* mean, of values of 1e-5 at least; of no one query */
    ZUB_OVER_NOTHING /* levels in a row: of each query alone, and no number */
} zub_over_queries;

/* What measures are of. */
typedef enum zub_measured {
    ZUB_OF_LEVELS, /* of one judge */
    ZUB_OF_JUDGES, /* the mean over several of what `value` is of each */
    ZUB_OF_PREFERENCES
} zub_measured;

typedef struct zub_ranked_measure {
    const char *name, *about;
    double (*value)(const zub_ranked *ranked, double parameter);
    double (*preferred)(const zub_preferences *preferences);
    zub_over_queries over;
    const double *parameters; /* [parameter_count] by default, or NULL: none */
    size_t parameter_count;
    unsigned places;  /* of a parameter in a name */
    bool is_official; /* what trec_eval prints when nothing is asked */
    zub_measured of;
    /* With numbers of one's own, for the three that take such; or NULL. Of
     * pairs each is a level and what it gains. */
    double (*of_list)(const zub_ranked *ranked, const double *list,
                      size_t count);
    bool has_pairs;
} zub_ranked_measure;

/* i from 0, in the order in which they are printed, by what they are of; NULL
 * after the last. */
const zub_ranked_measure *zub_ranked_measure_at(size_t i);

#endif
