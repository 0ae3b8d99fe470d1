/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* align_extend.h - from a chain to the words that match, one by one. */
#ifndef ZUB_INDEX_ALIGN_EXTEND_H
#define ZUB_INDEX_ALIGN_EXTEND_H

#include "index/align_chains.h"

#define ZUB_EXTEND_DROP 6    /* below its best score an extension ends */
#define ZUB_EXTEND_WIDTH 48u /* alignments that are followed at a time */

/* Two texts, a hash a word. */
typedef struct zub_word_pair {
    const uint64_t *x, *y;
    size_t x_size, y_size;
} zub_word_pair;

typedef struct zub_match {
    uint32_t x, y;
} zub_match;

/* A row of the table of scores that is kept: cells [low, low + size) of it. */
typedef struct zub_extend_row {
    size_t moves; /* of its first cell */
    uint32_t low, size;
} zub_extend_row;

/* Scratch for one thread; zeroed is empty. */
typedef struct zub_extender {
    zub_match *matches; /* [count], ascending on both sides */
    size_t count, match_capacity;
    unsigned char *moves; /* a byte a cell */
    size_t move_capacity;
    zub_extend_row *rows;
    size_t row_capacity;
    int64_t *above, *below; /* scores of two rows */
    size_t above_capacity, below_capacity;
} zub_extender;

void zub_extender_release(zub_extender *extender);

/* extender->matches become the words that match along `chain`, of `size` of
 * the anchors: those of anchors, the most between two of them, and those of the
 * best extension at both ends, where a match scores 1, a word that has none or
 * another in its place -1, and what falls more than ZUB_EXTEND_DROP, or the
 * words that match so far, below its best is given up. Time and memory are
 * linear in the words covered: some 30 bytes a word, and never more than 24 and
 * ZUB_EXTEND_WIDTH. ZUB_ENOMEM. */
zub_status zub_extender_run(zub_extender *extender, const zub_word_pair *pair,
                            const zub_anchor *anchors, const uint32_t *chain,
                            size_t size);

#endif
