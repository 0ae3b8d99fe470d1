/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* frequencies.h - how often words occur, in a .zub file that is read where it
 * lies.
 *
 * A word is there by some 50 bits of its hash and 24 bits of its count: 8
 * bytes a word and one place to look. Words that are not there are taken for
 * one that is about once in 2^50 / words times.
 */
#ifndef ZUB_TERMS_FREQUENCIES_H
#define ZUB_TERMS_FREQUENCIES_H

#include "zubda.h"

#define ZUB_MOST_FREQUENT 0xFFFFFFu /* larger counts are written as this */

/* An open file: a view, nothing to release. Constant: any number of threads.
 * Zeroed it is empty. */
typedef struct zub_frequencies {
    const uint32_t *starts; /* [2^bits + 1], into rows */
    const uint64_t *rows;   /* [count], by hash */
    size_t count;
    unsigned bits;         /* of a hash that choose its bucket */
    uint64_t total;        /* of what, the kind of file says */
    zub_slice fingerprint; /* of the analyzer that counted */
    uint32_t identity;     /* differs when any byte of the file does */
} zub_frequencies;

/* `bytes` and `path` are as zub_container_open takes them. Every byte is
 * checked (1 GB/s). ZUB_EFORMAT, ZUB_EVERSION. */
zub_status zub_frequencies_open(zub_frequencies *out, zub_slice bytes,
                                const char *path, const char *kind,
                                zub_error *error);

/* 0: not there. */
uint32_t zub_frequency_of(const zub_frequencies *counts, zub_slice word);

/* The same of a word whose zub_hash is known. */
uint32_t zub_frequency_of_hash(const zub_frequencies *counts, uint64_t hash);

/* It will be asked for: fetch its place from memory meanwhile. */
void zub_frequency_prefetch(const zub_frequencies *counts, uint64_t hash);

/* Bits that stay in the cache and tell most words which are not there, for
 * who asks so often that the look-up itself is too slow. Zeroed it stops
 * nothing. */
typedef struct zub_sieve {
    uint64_t *words; /* [mask + 1] */
    size_t mask;
} zub_sieve;

/* 1 to 2 bytes a word, at most 2 MB; 2 ns a word. On ZUB_ENOMEM it stops
 * nothing. */
zub_status zub_sieve_make(zub_sieve *sieve, const zub_frequencies *counts);
void zub_sieve_release(zub_sieve *sieve);

/* The two bits of a word. */
static inline uint64_t zub_sieve_bits(uint64_t hash)
{
    return (uint64_t)1 << (hash >> 12 & 63) | (uint64_t)1 << (hash >> 18 & 63);
}

/* Whether a word is certainly not there; some 19 of 20 that are not. */
static inline bool zub_sieve_stops(const zub_sieve *sieve, uint64_t hash)
{
    uint64_t bits = zub_sieve_bits(hash);

    return sieve->words &&
           (sieve->words[hash >> 24 & sieve->mask] & bits) != bits;
}

typedef struct zub_frequency_row {
    zub_slice word; /* no word twice */
    uint32_t count;
} zub_frequency_row;

/* What a file says beside its rows. */
typedef struct zub_frequencies_about {
    const char *kind;
    zub_slice fingerprint;
    uint64_t total;
} zub_frequencies_about;

/* The same rows give the same bytes, whatever their order. ZUB_ENOMEM, else
 * what the sink returned. */
zub_status zub_frequencies_write(zub_sink sink,
                                 const zub_frequencies_about *about,
                                 const zub_frequency_row *rows, size_t count,
                                 zub_error *error);

#endif
