/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* vocabulary.h - words of texts to numbers, by the rules of a protocol. Each
 * type is folded and stemmed once. */
#ifndef ZUB_EVAL_VOCABULARY_H
#define ZUB_EVAL_VOCABULARY_H

#include "base/map.h"
#include "eval/pairs.h"
#include "eval/protocol.h"
#include "terms/lexicon.h"
#include "terms/stemmer.h"

#define ZUB_NO_WORD UINT32_MAX

/* One thread. */
typedef struct zub_vocabulary {
    const zub_protocol *protocol;
    zub_folder *folder;
    zub_analyzer *analyzer; /* of ZUB_FOLD_STEM; else NULL */
    zub_lexicon *lexicon;   /* its own, of the texts at hand */
    char lang[12];          /* of it */
    zub_stemmer *porter;    /* or NULL */
    zub_map stop, exceptions;
    char **stems; /* [exceptions.count] */
    size_t stem_capacity;
    zub_map raw;       /* words as they stand */
    uint32_t *word_of; /* [raw.count]: id in `words`, or ZUB_NO_WORD */
    size_t word_capacity;
    zub_map words;     /* as they count */
    zub_pairs runs[3]; /* of 2 words, 3, 4 */
    zub_buffer folded;
} zub_vocabulary;

/* On failure there is nothing to release. */
zub_status zub_vocabulary_init(zub_vocabulary *vocabulary,
                               const zub_models *models,
                               const zub_scorer_options *options,
                               zub_error *error);
void zub_vocabulary_release(zub_vocabulary *vocabulary);

/* What comes is in the language of `text`; forgets words when there are many,
 * so ids are good until the next call. */
zub_status zub_vocabulary_begin(zub_vocabulary *vocabulary, zub_slice text,
                                zub_error *error);

/* Id of a word; ZUB_NO_WORD: a stop word, or nothing is left. ZUB_ENOMEM. */
zub_status zub_vocabulary_find(zub_vocabulary *vocabulary, zub_slice word,
                               uint32_t *id);

#endif
