/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gram_count.h - in how many passages each character gram is.
 *
 * Words are made known first, once each, and then passages name them by number:
 * a word is taken apart as often as it is known, not as often as it is said. */
#ifndef ZUB_INDEX_GRAM_COUNT_H
#define ZUB_INDEX_GRAM_COUNT_H

#include "index/dictionary.h"

typedef struct zub_gram_slot {
    uint32_t hash;
    uint32_t df;   /* 0: free */
    uint32_t mark; /* passage that had it last */
} zub_gram_slot;

/* Zeroed is empty. */
typedef struct zub_gram_count {
    uint16_t *units; /* of all words, one after another, each behind a joint */
    size_t unit_count, unit_capacity;
    uint32_t
        *ends; /* [word_count]: a volume has 2^32 bytes of words at most */
    size_t word_count, word_capacity;

    uint32_t *hashes; /* [size]: of the passage at hand */
    size_t size, capacity;
    size_t length; /* its units so far */
    uint64_t last; /* the latest of them */
    unsigned width;

    zub_gram_slot *slots; /* [mask + 1], at most half full */
    size_t mask, count;
    uint64_t secret;  /* of the table: texts come from strangers */
    uint32_t passage; /* from 1 */
    uint64_t total;   /* grams of all passages, repeats too */
} zub_gram_count;

void zub_gram_count_release(zub_gram_count *count);

/* The next word is known by how many were known before it. ZUB_ENOMEM. */
zub_status zub_gram_count_know(zub_gram_count *count, zub_slice folded);

/* A passage: begin, its words, end. ZUB_ENOMEM. */
void zub_gram_count_begin(zub_gram_count *count, const char *lang);
zub_status zub_gram_count_add(zub_gram_count *count, const uint32_t *words,
                              size_t size);
zub_status zub_gram_count_end(zub_gram_count *count);

/* All of them by ascending hash. ZUB_ENOMEM. */
zub_status zub_gram_count_write(const zub_gram_count *count,
                                zub_gram_writer *writer);

#endif
