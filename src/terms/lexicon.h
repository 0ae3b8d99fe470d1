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
#include "text/fold.h"

#define ZUB_NO_KEY UINT32_MAX

typedef struct zub_lexicon zub_lexicon; /* one thread */

/* How words of a language become keys. ZUB_EFORMAT: its stop list is damaged.
 * `folder` and `models` are borrowed and must live longer. */
zub_status zub_lexicon_new(zub_lexicon **out, const zub_models *models,
                           zub_folder *folder, const char *lang,
                           const zub_analyzer_options *options,
                           zub_error *error);
void zub_lexicon_free(zub_lexicon *lexicon);

const char *zub_lexicon_lang(const zub_lexicon *lexicon);

/* Ids of a word as it stands in a text and of its key. */
typedef struct zub_lexeme {
    uint32_t word;
    uint32_t key; /* ZUB_NO_KEY: a stop word, or nothing is left of it */
} zub_lexeme;

/* Look a word up, learning it when it is new. ZUB_ENOMEM. */
zub_status zub_lexicon_look_up(zub_lexicon *lexicon, zub_slice word,
                               zub_lexeme *out);

zub_slice zub_lexicon_key(const zub_lexicon *lexicon, uint32_t key);
uint32_t zub_lexicon_words(const zub_lexicon *lexicon);
uint32_t zub_lexicon_keys(const zub_lexicon *lexicon);

/* Call between articles: forgets everything beyond 2^18 words. Ids are only
 * good until then. */
void zub_lexicon_trim(zub_lexicon *lexicon);

#endif
