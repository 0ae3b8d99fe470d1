/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* wording.h - a text into the words that an index knows: folded, for
 * character grams and phrases, and stemmed, for terms.
 *
 * Words are those of the scanner (text/scan.h), but one that a ZWNJ joins is
 * several, and where a language sets its endings or articles apart by an
 * apostrophe, they are cut off or are words of their own. Stop words are words
 * too; whoever asks weighs them.
 */
#ifndef ZUB_INDEX_WORDING_H
#define ZUB_INDEX_WORDING_H

#include "zubda.h"
#include "terms/analyzer.h"

/* Where a word stands in the text, and which it is. */
typedef struct zub_worded {
    uint32_t start, size;
    uint32_t word;
} zub_worded;

typedef struct zub_wording_word {
    zub_slice folded; /* never empty */
    zub_slice term;
    bool is_stop;
} zub_wording_word;

/* Remembers the words it has met. One thread. */
typedef struct zub_wording zub_wording;

/* The analyzer is borrowed. ZUB_ENOMEM. */
zub_status zub_wording_new(zub_wording **out, zub_analyzer *analyzer,
                           zub_error *error);
void zub_wording_free(zub_wording *wording);

/* All words of a text in a language, in order; good until the next call.
 * ZUB_ELIMIT: 2^31 bytes or more. ZUB_ENOMEM, errors of models. */
zub_status zub_wording_read(zub_wording *wording, zub_slice text,
                            const char *lang, const zub_worded **out,
                            size_t *count, zub_error *error);

/* Words by number, and how many; good until zub_wording_trim. */
const zub_wording_word *zub_wording_words(const zub_wording *wording);
size_t zub_wording_count(const zub_wording *wording);

/* The bytes of all words it knows stay until it forgets them and nobody holds
 * them any more: what was held is let go, on any thread. NULL: no words. */
typedef struct zub_wording_bytes zub_wording_bytes;
zub_wording_bytes *zub_wording_hold(zub_wording *wording);
void zub_wording_let_go(zub_wording_bytes *bytes); /* NULL is fine */

/* What it may remember, in bytes, about; 0: as if it were never called, which
 * is 2^19 words. */
#define ZUB_WORDING_BYTES 200u /* of a word */
void zub_wording_limit(zub_wording *wording, uint64_t memory);
/* Call between texts: forgets, when it knows too many. Numbers are only good
 * until then. True: it forgot. */
bool zub_wording_trim(zub_wording *wording);

#endif
