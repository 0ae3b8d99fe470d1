/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* entry.h - an article as an index holds it: its text, its words in a row,
 * and the passages they lie in. Made of a record (index/cutter.h), or read
 * back from a volume (index/volume.h); a volume is built of nothing else. */
#ifndef ZUB_INDEX_ENTRY_H
#define ZUB_INDEX_ENTRY_H

#include "zubda.h"

/* A word as the index knows it. */
typedef struct zub_entry_word {
    zub_slice folded; /* never empty */
    zub_slice term;   /* its stem */
} zub_entry_word;

/* Bytes [start, end) of the text, and its words of the sequence, which end
 * where those of the next one begin. */
typedef struct zub_entry_passage {
    uint32_t start, end;
    size_t first;
} zub_entry_passage;

/* Borrows everything from whoever made it. */
typedef struct zub_entry {
    zub_slice id, title, text;
    char lang[12];
    const zub_entry_word *words; /* [word_count], each once or more; NULL: the
                                    sequence has a builder's own numbers */
    size_t word_count;
    /* Numbers of the same words that mean the same in every entry of one
     * source, so that a builder asks once for each; or NULL. */
    const uint32_t *names; /* [word_count] */
    uint64_t source;
    const uint32_t *sequence; /* [length]: words of the title, of the text */
    size_t length, title_words;
    const zub_entry_passage *passages; /* [passage_count], in text order */
    size_t passage_count;
} zub_entry;

#endif
