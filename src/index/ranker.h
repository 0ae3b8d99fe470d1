/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* ranker.h - the passages of an index with the best sums of their terms.
 *
 * Block-max MaxScore (Turtle and Flood 1995; Ding and Suel 2011) over windows of
 * 8192 passages: of each term the blocks say what it can add at most in the
 * window. Terms that together cannot bring a passage among the best are not
 * walked; they are only asked about passages that the others have brought near.
 * A window that can bring none is passed over. The result is that of adding up
 * everything.
 */
#ifndef ZUB_INDEX_RANKER_H
#define ZUB_INDEX_RANKER_H

#include "index/index.h"

/* What scores: a term and what it adds at most. */
typedef struct zub_wanted {
    zub_slice term;
    double weight; /* above 0 */
} zub_wanted;

typedef struct zub_ranked {
    uint32_t score;  /* divided by the ranker's scale: the sum */
    uint32_t volume; /* of the shelf */
    uint32_t passage;
} zub_ranked;

/* Whether a passage may be one of the best; ZUB_EFORMAT, ZUB_ENOMEM. */
typedef zub_status zub_ranker_filter(void *context, uint32_t volume,
                                     uint32_t passage, bool *is_fine);

typedef struct zub_ranking {
    zub_ranked *items; /* [size], best first */
    size_t size;
    double scale;
} zub_ranking;

/* The `most` best of at least one term. Equals stand by id, then by passage.
 * `filter` may be NULL. ZUB_EFORMAT, in words; ZUB_ENOMEM. On failure *out is
 * empty. */
zub_status zub_rank(zub_ranking *out, const zub_index *index,
                    const zub_wanted *terms, size_t count, size_t most,
                    zub_ranker_filter *filter, void *context,
                    zub_error *error);
void zub_ranking_release(zub_ranking *ranking);

/* Passages of the index that have a term. ZUB_EFORMAT, in words. */
zub_status zub_index_df(const zub_index *index, zub_slice term, uint64_t *df,
                        zub_error *error);
/* The same of a gram. */
zub_status zub_index_gram_df(const zub_index *index, uint32_t gram,
                             uint64_t *df, zub_error *error);

/* ln(1 + (N - df + 1/2) / (df + 1/2)). */
double zub_lucene_idf(uint64_t passages, uint64_t df);

#endif
