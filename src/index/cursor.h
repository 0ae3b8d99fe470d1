/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* cursor.h - a walk over the postings of a term in a volume, forwards, with
 * what a block of them can add to a score at most.
 *
 * Scores are whole numbers: what a term adds to a passage is rounded down to
 * one, so that a sum is the same in whatever order it is made, and on any
 * machine.
 */
#ifndef ZUB_INDEX_CURSOR_H
#define ZUB_INDEX_CURSOR_H

#include "index/postings.h"
#include "index/volume.h"

/* BM25's saturation: tf / (tf + k1 (1 - b + b length / average)). */
#define ZUB_BM25_K1 1.2
#define ZUB_BM25_B 0.75
#define ZUB_NORMS 512u /* lengths that are looked up */

typedef struct zub_norms {
    double per_word; /* k1 b / average */
    double table[ZUB_NORMS];
} zub_norms;

void zub_norms_init(zub_norms *norms, double average);
static inline double zub_norm_of(const zub_norms *norms, uint32_t length)
{
    return length < ZUB_NORMS ? norms->table[length]
                              : norms->table[0] + norms->per_word * length;
}

typedef struct zub_cursor {
    const zub_volume *volume;
    const zub_norms *norms;
    const char *list; /* its heads were touched */
    size_t list_size, list_at;
    uint32_t df;
    double weight; /* what a count without end would add */
    size_t block;  /* at which it stands; block_count: at the end */
    size_t block_count;
    size_t loaded;   /* block in `passages`, or SIZE_MAX */
    size_t at, size; /* in it */
    uint32_t bound;  /* of the window at hand */
    size_t near;     /* postings of the blocks that reach into it */
    size_t bounded;  /* block that most_here is of, or SIZE_MAX */
    uint32_t most_here;
    const char *uncounted; /* of the block that is loaded, or NULL: its counts
                              are there */
    uint32_t passages[ZUB_POSTINGS_BLOCK], counts[ZUB_POSTINGS_BLOCK];
} zub_cursor;

/* What `count` in a passage of `length` words adds. */
static inline uint32_t zub_cursor_part(const zub_cursor *cursor,
                                       uint32_t count, uint32_t length)
{
    double norm = zub_norm_of(cursor->norms, length);

    return (uint32_t)(cursor->weight * count / (count + norm));
}

/* The functions below return false when something is damaged. */

/* At the start of the list. */
bool zub_cursor_open(zub_cursor *cursor, const zub_volume *volume,
                     const zub_term_place *place, const zub_norms *norms,
                     double weight);

/* Sets `bound`: no passage in [low, high) gets more; and `near`. Windows
 * ascend. */
void zub_cursor_bound(zub_cursor *cursor, uint32_t low, uint32_t high);

/* Moves to the first posting at `passage` or behind it; then *found, or there
 * is none (block == block_count). Passages ascend from call to call. */
bool zub_cursor_seek(zub_cursor *cursor, uint32_t passage, bool *found);

/* What it adds to `passage` at most: by the head of the block where that would
 * be, to which the cursor moves. Passages ascend, those of seek among them. */
uint32_t zub_cursor_most(zub_cursor *cursor, uint32_t passage);

/* counts[at .. size) of the block that seek has moved to. */
static inline const uint32_t *zub_cursor_counts(zub_cursor *cursor)
{
    if (cursor->uncounted)
        zub_postings_read_counts(cursor->counts, cursor->uncounted);
    cursor->uncounted = NULL;
    return cursor->counts;
}

#endif
