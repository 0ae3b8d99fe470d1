/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* align_pair.h - the passages that two articles share, from their seeds. */
#ifndef ZUB_INDEX_ALIGN_PAIR_H
#define ZUB_INDEX_ALIGN_PAIR_H

#include "index/align_chains.h"
#include "index/align_extend.h"
#include "index/align_taken.h"

/* What makes a passage. */
typedef struct zub_passage_rules {
    size_t min_words;
    double min_similarity;
} zub_passage_rules;

/* A shared passage: words of both articles, half open. */
typedef struct zub_passage {
    uint32_t x_start, x_end, y_start, y_end;
    uint32_t matched;
    size_t matches; /* where its own begin, among all */
} zub_passage;

/* Scratch for one thread, and what it found. Zeroed is empty. */
typedef struct zub_pairer {
    zub_chainer chainer;
    zub_extender extender;
    zub_taken taken;
    zub_anchor *anchors;
    size_t anchor_capacity;
    zub_keyed *keyed, *scratch;
    size_t keyed_capacity, scratch_capacity;
    zub_passage *passages; /* [count], of the pair at hand */
    size_t count, passage_capacity;
    zub_match *matches; /* of all of these */
    size_t match_count, match_capacity;
    size_t in_vain; /* words that matched, of what was no passage */
} zub_pairer;

void zub_pairer_release(zub_pairer *pairer);

/* Room for `count` anchors, to be filled in by the caller: by x, then by y.
 * NULL without memory. */
zub_anchor *zub_pairer_anchors(zub_pairer *pairer, size_t count);

/* pairer->passages become those of two articles with these `count` anchors; no
 * two overlap on both sides. Those of more words that match go first where
 * they would. The same, sides changed, when the articles change sides.
 * ZUB_ENOMEM. */
zub_status zub_pairer_run(zub_pairer *pairer, const zub_word_pair *pair,
                          size_t count, const zub_passage_rules *rules);

/* The similarity of a passage. */
double zub_passage_similarity(const zub_passage *passage);

#endif
