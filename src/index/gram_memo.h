/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gram_memo.h - the character grams of words of volumes, remembered, so that a
 * word that passages share is decoded and hashed once.
 *
 * Direct-mapped by number: the numbers of a volume go by how common its words
 * are, so those that are met most seldom put each other out. 2 MiB, of which a
 * page is there once a word of it was met.
 */
#ifndef ZUB_INDEX_GRAM_MEMO_H
#define ZUB_INDEX_GRAM_MEMO_H

#include "index/grams.h"
#include "index/volume.h"

typedef struct zub_gram_known {
    zub_gram_word word;
    uint64_t key; /* volume + 1 and the word's number; 0: the place is free */
} zub_gram_known;

/* Zeroed is empty. Of one index; one thread. */
typedef struct zub_gram_memo {
    void *block;           /* what is freed */
    zub_gram_known *known; /* in it, on the border of a line of the cache */
} zub_gram_memo;

void zub_gram_memo_release(zub_gram_memo *memo);

/* Some words of volume `number` of the index behind those that the maker has.
 * ZUB_EFORMAT, without words: the volume is damaged; ZUB_ENOMEM. */
zub_status zub_gram_memo_add(zub_gram_memo *memo, zub_gram_maker *maker,
                             const zub_volume *volume, uint32_t number,
                             const uint32_t *words, size_t count);

#endif
