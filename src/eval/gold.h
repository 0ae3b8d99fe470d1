/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gold.h - the sentences of an article and how its references voted. */
#ifndef ZUB_EVAL_GOLD_H
#define ZUB_EVAL_GOLD_H

#include "eval/scorer.h"

typedef struct zub_gold {
    const zub_document *document; /* borrowed */
    uint32_t *votes;              /* [sentences], references that hold it */
    bool *is_chosen;              /* [sentences], by the oracle */
    bool has_votes; /* at least half of the references are extracts */
    /* Units of the sentences, one after the other: words, and runs of 2,
     * of each sentence sorted, so that equal ones stand together. */
    struct zub_sentence_units {
        uint32_t *ids;
        size_t *ends; /* [sentences] */
        size_t capacity;
    } units[2];
} zub_gold;

/* After zub_scorer_refer, whose references count. A reference holds a sentence
 * when it has half of its runs of two words, and is an extract when the
 * article's sentences have nine tenths of its own. Errors of a reading. */
zub_status zub_gold_init(zub_gold *gold, zub_scorer *scorer,
                         const zub_document *document, zub_error *error);
void zub_gold_release(zub_gold *gold);

/* Chooses sentences by their gain in ROUGE-1 F + ROUGE-2 F, mean over the
 * references, as long as there is one, up to `words`; the first whatever its
 * length. Runs across sentences are not looked at. Cost: sentences chosen times
 * words times references. ZUB_ENOMEM. */
zub_status zub_gold_choose(zub_gold *gold, const zub_scorer *scorer,
                           size_t words);

/* Of sentences: those with 2 votes (1 where there is one reference). */
zub_score zub_gold_score(const zub_gold *gold, const zub_scorer *scorer,
                         const bool *is_chosen);

/* Discounted gain of the first sentences of a ranking, votes as gains, of the
 * best possible (Jarvelin and Kekalainen 2002), at 5. */
double zub_gold_ndcg(const zub_gold *gold, const uint32_t *ranking,
                     size_t count);

#endif
