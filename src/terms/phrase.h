/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* phrase.h - words in a row, to be found in texts of any language.
 *
 * Words are those that are counted (text/scan.h), and two are the same when
 * they fold, or stem, to the same key. A word of the phrase that ends in * is
 * the beginning of one, folded but not stemmed; * alone is any word. */
#ifndef ZUB_TERMS_PHRASE_H
#define ZUB_TERMS_PHRASE_H

#include "zubda.h"
#include "terms/analyzer.h"
#include "text/scan.h"

#define ZUB_PHRASE_MOST 64u /* words */

/* How words are compared. */
typedef enum zub_likeness {
    ZUB_ALIKE_FOLDED,
    ZUB_ALIKE_STEMMED,
    ZUB_ALIKE_EXACT /* byte for byte */
} zub_likeness;

/* One thread. */
typedef struct zub_phrase zub_phrase;

/* The text is copied, the analyzer borrowed. ZUB_EINVAL: it holds no word, or
 * a * that no word ends in. ZUB_ELIMIT: more than ZUB_PHRASE_MOST words.
 * ZUB_ENOMEM, and errors of zub_analyzer_lexicon. */
zub_status zub_phrase_new(zub_phrase **out, zub_analyzer *analyzer,
                          zub_slice text, zub_likeness likeness,
                          zub_error *error);
void zub_phrase_free(zub_phrase *phrase);

/* Whether the phrase may stand in a text of whatever language, which costs a
 * fraction of identifying that. ZUB_ELIMIT, ZUB_ENOMEM. */
zub_status zub_phrase_may_occur(zub_phrase *phrase, zub_slice text, bool *may,
                                zub_error *error);

/* Begin with a text, borrowed until the next one, in a language. */
zub_status zub_phrase_begin(zub_phrase *phrase, zub_slice text,
                            const char *lang, zub_error *error);

/* The next place of it, bytes [*start, *end) of the text; *start == *end:
 * there is none. Places may overlap, if the phrase does. ZUB_ENOMEM. */
zub_status zub_phrase_next(zub_phrase *phrase, size_t *start, size_t *end,
                           zub_error *error);

/* How many words it has in the language that was begun with. */
size_t zub_phrase_size(const zub_phrase *phrase);

#endif
