/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* sealing.h - a volume in the making: what was gathered, by order and rank, and
 * the parts of the file as they come to be.
 *
 * Articles are ordered by id, terms by their bytes and words by how common they
 * are. Each file beside this one makes some parts, and asks for those that were
 * made before it. A sealing that failed can only be released. */
#ifndef ZUB_INDEX_SEALING_H
#define ZUB_INDEX_SEALING_H

#include "index/gathered.h"
#include "index/parts.h"
#include "index/postings.h"

/* One passage in the order of the volume. */
typedef struct zub_place {
    uint32_t article, passage; /* of the builder */
} zub_place;

typedef struct zub_sealing {
    zub_builder *builder;
    zub_volume_about about;
    uint32_t *order;        /* [about.articles]: articles of the builder */
    zub_place *places;      /* [about.passages] */
    uint32_t *lengths;      /* [about.passages], with titles */
    uint32_t *ranks;        /* [words]: by how common; UINT32_MAX: unused */
    uint32_t *ranked;       /* [about.words]: words by rank */
    uint64_t *counts;       /* [words]: how often each is said */
    uint32_t *term_ranks;   /* [terms]: the same in byte order */
    uint32_t *ranked_terms; /* [about.terms] */
    zub_posting *postings;  /* of all terms, one after another */
    uint64_t *starts;       /* [about.terms + 1] of each one's */
    uint64_t *ends;         /* [about.terms + 1] where they are full so far */
    zub_buffer parts[ZUB_PARTS];
    zub_buffer sums;
} zub_sealing;

static inline void zub_seal_u32(zub_sealing *run, zub_part_kind part,
                                size_t value)
{
    uint32_t number = (uint32_t)value;

    if (value > UINT32_MAX)
        run->parts[part].status = ZUB_ELIMIT;
    zub_buffer_add(&run->parts[part], (const char *)&number, sizeof number);
}

static inline void zub_seal_u64(zub_sealing *run, zub_part_kind part,
                                uint64_t value)
{
    zub_buffer_add(&run->parts[part], (const char *)&value, sizeof value);
}

/* A part of 32 bits that is there already. */
static inline const uint32_t *zub_sealing_numbers(const zub_sealing *run,
                                                  zub_part_kind part)
{
    return (const void *)run->parts[part].data;
}

/* What adding to these parts came to. */
zub_status zub_sealing_status(const zub_sealing *run, zub_part_kind first,
                              zub_part_kind last);

/* The words of a passage, title first, in two stretches. */
typedef struct zub_word_slice {
    const uint32_t *words;
    size_t count;
} zub_word_slice;

void zub_sealing_stretches(const zub_sealing *run, size_t at,
                           zub_word_slice out[2]);

/* Words and terms come first. The others do not touch what another makes, so
 * that each may have a thread. ZUB_ENOMEM. */
zub_status zub_seal_ranks(zub_sealing *run);
zub_status zub_seal_lists(zub_sealing *run);    /* postings */
zub_status zub_seal_passages(zub_sealing *run); /* with sequences */
zub_status zub_seal_grams(zub_sealing *run);
zub_status zub_seal_texts(zub_sealing *run);

/* In place of sequences, while the postings are there: for each passage the
 * terms that it has. */
zub_status zub_seal_vectors(zub_sealing *run);

#endif
