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
