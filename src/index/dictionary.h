/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* dictionary.h - the terms of a volume in byte order, each with where its
 * postings lie; and the character grams, each with how many passages have it.
 *
 * Terms stand in blocks of 32, of each of which a list of offsets says where it
 * begins. A block begins with the place of its first list of postings; a term
 * is how many bytes it shares with the one before (0 for the first), how many
 * more it has, those, its passages, and the bytes of its postings, all numbers
 * being varints.
 *
 * Grams stand in blocks of 64 by ascending hash. A list of {first hash, offset}
 * says where each begins; a gram is its distance to the one before (0 for the
 * first) and its passages.
 */
#ifndef ZUB_INDEX_DICTIONARY_H
#define ZUB_INDEX_DICTIONARY_H

#include "zubda.h"
#include "base/buffer.h"
#include "index/guard.h"

#define ZUB_TERM_BLOCK 32u
#define ZUB_GRAM_BLOCK 64u

typedef struct zub_term_place {
    uint32_t number, df;
    uint64_t offset, size; /* of its postings */
} zub_term_place;

/* ---- Writing ---- */

typedef struct zub_term_writer {
    zub_buffer blocks, terms;
    zub_slice last;
    size_t count;
} zub_term_writer;

void zub_term_writer_init(zub_term_writer *writer);
void zub_term_writer_release(zub_term_writer *writer);
/* The next one in byte order, which must stay until the one behind it is
 * added. Failure is sticky in the buffers. */
void zub_term_writer_add(zub_term_writer *writer, zub_slice term, uint32_t df,
                         uint64_t offset, uint64_t size);

typedef struct zub_gram_writer {
    zub_buffer blocks, grams;
    uint32_t last;
    size_t count;
} zub_gram_writer;

void zub_gram_writer_init(zub_gram_writer *writer);
void zub_gram_writer_release(zub_gram_writer *writer);
/* The next one by ascending hash. */
void zub_gram_writer_add(zub_gram_writer *writer, uint32_t hash, uint32_t df);

/* ---- Reading: ZUB_ENOTFOUND, ZUB_EFORMAT: damaged ---- */

/* `blocks` are u32, `terms` what they point into. */
zub_status zub_term_find(const zub_guarded *blocks, const zub_guarded *terms,
                         uint32_t term_count, zub_slice term,
                         zub_term_place *out);

/* All terms in order. ZUB_ENOMEM comes out of zub_term_walk_next too. */
typedef struct zub_term_walk {
    const zub_guarded *blocks, *terms;
    uint32_t count, next;
    size_t at;
    uint64_t offset;
    zub_buffer term; /* the latest */
    zub_term_place place;
} zub_term_walk;

void zub_term_walk_init(zub_term_walk *walk, const zub_guarded *blocks,
                        const zub_guarded *terms, uint32_t term_count);
void zub_term_walk_release(zub_term_walk *walk);
/* ZUB_ENOTFOUND: that was the last. */
zub_status zub_term_walk_next(zub_term_walk *walk);

zub_status zub_gram_find(const zub_guarded *blocks, const zub_guarded *grams,
                         uint32_t gram_count, uint32_t hash, uint32_t *df);

#endif
