/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* align_reader.h - the words of one article, a hash and a place each. */
#ifndef ZUB_INDEX_ALIGN_READER_H
#define ZUB_INDEX_ALIGN_READER_H

#include "zubda.h"
#include "terms/analyzer.h"
#include "text/scan.h"

/* One thread. */
typedef struct zub_align_reader zub_align_reader;

/* What an article's words are; the reader's until the next one. */
typedef struct zub_read_words {
    const uint64_t *hashes;    /* [count], never 0 */
    const zub_scanned *places; /* [count] */
    size_t count;
} zub_read_words;

/* The analyzer is borrowed. ZUB_ENOMEM. */
zub_status zub_align_reader_new(zub_align_reader **out, zub_analyzer *analyzer,
                                zub_error *error);
void zub_align_reader_free(zub_align_reader *reader);

/* Words of which folding leaves nothing are left out. Cost: a word is folded
 * once a type; the rest is some 10 ns a word. ZUB_ELIMIT: more than 2^31 - 1
 * bytes. ZUB_ENOMEM. */
zub_status zub_align_reader_read(zub_read_words *out, zub_align_reader *reader,
                                 const zub_record *record, zub_error *error);

#endif
