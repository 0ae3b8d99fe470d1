/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* ranked.h - what one query retrieved, and the measures of it: a row each,
 * under the names of trec_eval. */
#ifndef ZUB_EVAL_RANKED_H
#define ZUB_EVAL_RANKED_H

#include "eval/preferences.h"

#define ZUB_UNPOOLED (-1000000) /* level of a document nobody judged */

/* Numbers, or gains of levels, that a measure was given by name. */
#define ZUB_GIVEN_MOST 16u
typedef struct zub_given {
    int levels[ZUB_GIVEN_MOST]; /* [count] of gains */
    double numbers[ZUB_GIVEN_MOST];
    size_t count; /* 0: nothing, then it is as by default */
} zub_given;

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
    const zub_preferences *preferences; /* for measures of them, which read
                                           nothing else; else NULL */
    const zub_given *given;             /* of the measure that is asked */
} zub_ranked;

typedef enum zub_over_queries {
    ZUB_OVER_MEAN,
    ZUB_OVER_SUM,      /* of counts */
    ZUB_OVER_GEOMETRIC /* mean, of values of 1e-5 at least; of no one query */
} zub_over_queries;

typedef enum zub_measure_list {
    ZUB_LIST_NONE,
    ZUB_LIST_NUMBERS, /* "utility.2,-1" is one measure */
    ZUB_LIST_GAINS    /* "ndcg.1=3,2=9", too */
} zub_measure_list;

typedef struct zub_ranked_measure {
    const char *name, *about;
    /* NULL: it is a text, see zub_ranking_text. */
    double (*value)(const zub_ranked *ranked, double parameter);
    zub_over_queries over;
    const double *parameters; /* [parameter_count] by default, or NULL: none */
    size_t parameter_count;
    unsigned places;          /* of a parameter in a name */
    bool is_official;         /* what trec_eval prints when nothing is asked */
    zub_judgements_kind kind; /* that it is of; ZUB_PREFERENCES: of both kinds
                                 of them; of ZUB_QRELS_JUDGES it is a mean */
    zub_measure_list list;
} zub_ranked_measure;

/* ndcg by the gains that were given, at least one. Cost: the ranks, times those
 * gains. */
double zub_given_ndcg(const zub_ranked *ranked);

/* i from 0, in the order in which they are printed; NULL after the last. */
const zub_ranked_measure *zub_ranked_measure_at(size_t i);
/* The same of preferences alone. */
const zub_ranked_measure *zub_preference_measure_at(size_t i);

#endif
