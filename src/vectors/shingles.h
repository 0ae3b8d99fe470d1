/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* shingles.h - an article as the set of its runs of words, a number each. */
#ifndef ZUB_VECTORS_SHINGLES_H
#define ZUB_VECTORS_SHINGLES_H

#include "zubda.h"
#include "terms/analyzer.h"

#define ZUB_MOST_SHINGLE 64u /* words in a row */

/* Every `width` words in a row of an article, as they fold; of an article of
 * fewer words all of them are the one shingle, and without a word there is
 * none. Shingles are 64-bit hashes that never change: two that differ are the
 * same number once in 2^64, and whoever chooses the words can make them so. */
typedef struct zub_shingles {
    const uint64_t *items; /* [count], ascending, each once */
    size_t count;
    size_t words;
    uint64_t text; /* hash of the folded words in their order */
} zub_shingles;

/* One thread. */
typedef struct zub_shingler zub_shingler;

/* The analyzer is borrowed; `width` is 1 to ZUB_MOST_SHINGLE. ZUB_ENOMEM. */
zub_status zub_shingler_new(zub_shingler **out, zub_analyzer *analyzer,
                            unsigned width, zub_error *error);
void zub_shingler_free(zub_shingler *shingler);

/* Those of a record, the shingler's until the next call. Cost: a word is
 * folded once a type; the rest is some 10 ns a word. ZUB_ELIMIT: more than
 * 2^31 - 1 bytes. ZUB_ENOMEM. */
zub_status zub_shingler_read(zub_shingles *out, zub_shingler *shingler,
                             const zub_record *record, zub_error *error);

/* How many numbers two ascending sets have in common; 0 when it is fewer than
 * `least`, which may be seen early. */
size_t zub_shingles_overlap(const uint64_t *a, size_t a_count,
                            const uint64_t *b, size_t b_count, size_t least);

/* The least overlap of sets of these sizes whose Jaccard index is `threshold`
 * or more: overlap / (a + b - overlap), as doubles divide. */
size_t zub_shingles_least(size_t a_count, size_t b_count, double threshold);

/* That index; 0 of two empty sets. */
double zub_jaccard(size_t a_count, size_t b_count, size_t overlap);

#endif
