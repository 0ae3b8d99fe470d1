/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* cutter.h - an article into passages of about as many words each, on the
 * borders of sentences. */
#ifndef ZUB_INDEX_CUTTER_H
#define ZUB_INDEX_CUTTER_H

#include "index/entry.h"
#include "index/wording.h"

typedef struct zub_cutter_options {
    size_t passage_words; /* 0: an article is one passage */
    bool without_titles;
    uint64_t memory; /* for words that it remembers; 0: no matter */
} zub_cutter_options;

/* One thread. */
typedef struct zub_cutter zub_cutter;

/* The analyzer is borrowed. ZUB_ENOMEM. */
zub_status zub_cutter_new(zub_cutter **out, zub_analyzer *analyzer,
                          const zub_cutter_options *options, zub_error *error);
void zub_cutter_free(zub_cutter *cutter);

/* An article of fewer words than two passages is one; of n words it is
 * round(n / passage_words), as equal as its sentences allow; a sentence of more
 * than twice as many words is cut between words. Passages hold every word of the body once.
 * Words of the title stand before those of the first passage if one of them, no
 * stop word, is in the text too: a title in another language says nothing.
 * The entry borrows the record's id, title and text, and owns the rest. Linear.
 * ZUB_ELIMIT: more than 2^31 bytes of text. ZUB_ENOMEM, errors of models. */
zub_status zub_cutter_cut(zub_entry **out, zub_cutter *cutter,
                          const zub_record *record, zub_error *error);
/* NULL is fine. */
void zub_entry_free(zub_entry *entry);

#endif
