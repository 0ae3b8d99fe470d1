/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* lexicon.h - every word of one language met so far, with the key it counts
 * under.
 *
 * Folding and stemming are pure functions of the word, and an article's words
 * are mostly words of the last one: the lexicon remembers, so each type is
 * folded and stemmed once and not once a token. It forgets when it has grown
 * too large.
 */
#ifndef ZUB_TERMS_LEXICON_H
#define ZUB_TERMS_LEXICON_H

#include "zubda.h"
#include "terms/background.h"
#include "terms/frequencies.h"
#include "terms/stemmer.h"
#include "text/fold.h"

#define ZUB_NO_KEY UINT32_MAX

typedef struct zub_lexicon zub_lexicon; /* one thread */

/* How words become keys, whatever the language. */
typedef struct zub_term_rules {
    bool keep_stop_words; /* as keys of zub_lexicon_look_up() */
    zub_stemmer_kind stemmer;
    const zub_frequencies *attested; /* the user's words; NULL: the models' */
} zub_term_rules;

/* ZUB_EFORMAT: a file of the language is damaged. `models`, `folder` and the
 * attested words are borrowed and must live longer. */
zub_status zub_lexicon_new(zub_lexicon **out, const zub_models *models,
                           zub_folder *folder, const char *lang,
                           const zub_term_rules *rules, zub_error *error);
void zub_lexicon_free(zub_lexicon *lexicon);

const char *zub_lexicon_lang(const zub_lexicon *lexicon);

/* How often keys occur in the language at large; empty when the models do not
 * know, or counted other keys than these. */
const zub_background *zub_lexicon_background(const zub_lexicon *lexicon);

/* What decides how a word becomes a key, for files that hold keys: language,
 * stemmer and the words it knows. Stop words are not in it. */
const char *zub_lexicon_fingerprint(const zub_lexicon *lexicon);

/* The same and the file that says what a stop word is, for files that hold
 * keys without stop words: " stop=" and its checksum, 0 if there is none. */
const char *zub_lexicon_files(const zub_lexicon *lexicon);

/* The key of a word as it stands in a text, without remembering it; empty:
 * nothing is left of it. *is_stop: it is a stop word, whatever the rules say
 * of those, and the key is given all the same. Borrowed until the next call.
 * ZUB_ENOMEM. */
zub_status zub_lexicon_key_of(zub_lexicon *lexicon, zub_slice word,
                              zub_slice *key, bool *is_stop);

/* The word folded as its key is, but not stemmed. Borrowed until the next call
 * of this or of zub_lexicon_key_of. ZUB_ENOMEM. */
zub_status zub_lexicon_fold(zub_lexicon *lexicon, zub_slice word,
                            zub_slice *folded);

/* Ids of a word as it stands in a text and of its key. */
typedef struct zub_lexeme {
    uint32_t word;
    uint32_t key; /* ZUB_NO_KEY: a stop word, or nothing is left of it */
} zub_lexeme;

/* Look a word up, learning it when it is new. ZUB_ENOMEM. */
zub_status zub_lexicon_look_up(zub_lexicon *lexicon, zub_slice word,
                               zub_lexeme *out);

zub_slice zub_lexicon_key(const zub_lexicon *lexicon, uint32_t key);

/* Call between articles: forgets everything beyond 2^16 words. Ids are only
 * good until then. */
void zub_lexicon_trim(zub_lexicon *lexicon);

#endif
