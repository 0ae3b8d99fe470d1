/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gram_count.h - in how many passages each character gram is. */
#ifndef ZUB_INDEX_GRAM_COUNT_H
#define ZUB_INDEX_GRAM_COUNT_H

#include "index/dictionary.h"
#include "index/grams.h"

typedef struct zub_gram_slot {
    uint32_t hash;
    uint32_t df;   /* 0: free */
    uint32_t mark; /* passage that had it last */
} zub_gram_slot;

/* Zeroed is empty. */
typedef struct zub_gram_count {
    zub_gram_maker maker;
    zub_gram_slot *slots; /* [mask + 1], at most half full */
    size_t mask, count;
    uint64_t secret;  /* of the table: texts come from strangers */
    uint32_t passage; /* from 1 */
    uint64_t total;   /* grams of all passages, repeats too */
} zub_gram_count;

void zub_gram_count_release(zub_gram_count *count);

/* A passage: begin, its words, end. ZUB_ENOMEM. */
void zub_gram_count_begin(zub_gram_count *count, const char *lang);
zub_status zub_gram_count_add(zub_gram_count *count, zub_slice folded);
zub_status zub_gram_count_end(zub_gram_count *count);

/* All of them by ascending hash. ZUB_ENOMEM. */
zub_status zub_gram_count_write(const zub_gram_count *count,
                                zub_gram_writer *writer);

#endif
