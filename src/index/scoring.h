/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* scoring.h - what the words of a passage are worth: BM25, or the likelihood of
 * the question with Dirichlet smoothing. Both are sums over terms, and the
 * latter of one more part that only knows the length. */
#ifndef ZUB_INDEX_SCORING_H
#define ZUB_INDEX_SCORING_H

#include <math.h>

#include "index/cursor.h"
#include "index/searcher.h"

#define ZUB_DEFAULT_MU 200.0 /* the best of those tried on passages */

static inline bool zub_asks_likelihood(const zub_asking *asking)
{
    return asking->options->measure == ZUB_SEARCH_LIKELIHOOD;
}

static inline double zub_mu_of(const zub_asking *asking)
{
    return asking->options->mu > 0 ? asking->options->mu : ZUB_DEFAULT_MU;
}

/* What saturates the counts of a passage of `length` words. */
static inline double zub_score_norm(const zub_asking *asking, double length)
{
    const zub_index *index = asking->searcher->index;
    double average = (double)index->length / (double)index->passages;

    return ZUB_BM25_K1 * (1 - ZUB_BM25_B + ZUB_BM25_B * length / average);
}

/* Of a term that is there `count` times. */
static inline double zub_score_term(const zub_asking *asking,
                                    const zub_reading_term *term, double count,
                                    double norm)
{
    return zub_asks_likelihood(asking)
               ? term->weight *
                     log(1 + count / asking->terms[term->wanted].expected)
               : term->weight * count / (count + norm);
}

static inline double zub_score_length(const zub_asking *asking,
                                      const zub_reading *reading,
                                      double length)
{
    double mu = zub_mu_of(asking);

    return zub_asks_likelihood(asking)
               ? reading->weight * log(mu / (mu + length))
               : 0;
}

#endif
