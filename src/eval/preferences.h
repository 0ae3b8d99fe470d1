/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* preferences.h - what one query retrieved against which document its judges
 * prefer to which.
 *
 * Of the lines of a judge the document with the higher level is preferred; where
 * a judge has several parts, within each, and what follows from them: a over b
 * and b over c is a over c. A preference is fulfilled when the better document
 * stands above the other, or was retrieved and the other was not. Definitions and
 * conventions are those of trec_eval 9 (form_prefs_counts and the measures named
 * prefs_*), its odd ones too: see preferences.c.
 */
#ifndef ZUB_EVAL_PREFERENCES_H
#define ZUB_EVAL_PREFERENCES_H

#include "eval/trec_lines.h"

/* Of how many a pair was retrieved. */
typedef enum zub_pair_area {
    ZUB_BOTH,
    ZUB_ONE,
    ZUB_NEITHER,
    ZUB_PAIR_AREAS
} zub_pair_area;

/* Sums over the judges of a query. */
typedef struct zub_preferences {
    double fulfilled[ZUB_PAIR_AREAS], possible[ZUB_PAIR_AREAS];
    /* of pairs of documents: the share of judges who are content with their
     * order, among those who care; and how many pairs */
    double content[ZUB_PAIR_AREAS], pairs[ZUB_PAIR_AREAS];
    /* of judges: fulfilled over possible, of all pairs, without ZUB_NEITHER, and
     * of ZUB_BOTH */
    double shares[3];
    /* the same with as many nonrelevant documents as relevant ones: of all that
     * were judged, of those that were retrieved. May be NaN */
    double levelled, levelled_retrieved;
    double judges;
} zub_preferences;

/* Lines of `query`, of judgements by preference, against those of a run, `most`
 * at most (0: all). Cost: a look at every pair of documents of each judge;
 * memory two bytes a pair where there are several judges, two bits a pair and a
 * part. ZUB_ELIMIT: more documents than that should cost. ZUB_EMALFORMED: a
 * judge who contradicts himself, with the names. ZUB_ENOMEM. */
zub_status zub_preferences_count(zub_preferences *out,
                                 const zub_trec_lines *judged,
                                 const zub_trec_query *query,
                                 const zub_trec_lines *run,
                                 const zub_trec_query *asked, size_t most,
                                 zub_error *error);

#endif
