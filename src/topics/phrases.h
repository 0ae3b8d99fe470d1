/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* phrases.h - words, and words in a row, that may name a topic; and which of
 * them do. */
#ifndef ZUB_TOPICS_PHRASES_H
#define ZUB_TOPICS_PHRASES_H

#include "topics/model.h"

#define ZUB_PHRASE_WORDS 3u /* at most */

/* A candidate: 1 to 3 terms in a row. */
typedef struct zub_phrase {
    uint32_t words[ZUB_PHRASE_WORDS]; /* terms of the state */
    unsigned size;
    uint32_t df;  /* articles of the topic that have it */
    double score; /* see phrases.c */
} zub_phrase;

/* Scratch for all topics of a model. */
typedef struct zub_phrase_finder zub_phrase_finder;

/* Both are borrowed. ZUB_ENOMEM: 4 bytes for each n-gram of the order that has
 * most. */
zub_status zub_phrase_finder_new(zub_phrase_finder **out,
                                 const zub_topic_rows *rows,
                                 const zub_topic_model *model);
void zub_phrase_finder_free(zub_phrase_finder *finder);

/* The `most` best of a topic, best first; `out` has room for them. Linear in
 * the n-grams of its articles. ZUB_ENOMEM. */
zub_status zub_phrases_find(zub_phrase *out, size_t *count,
                            zub_phrase_finder *finder, size_t topic,
                            size_t most);

/* Which of them make a label: indices of at most `most`, by maximal marginal
 * relevance, into chosen[most]. texts[count] are what would be shown, empty for
 * what cannot be. Returns how many. Linear in the candidates, times `most`
 * squared. */
size_t zub_phrases_choose(size_t *chosen, size_t most,
                          const zub_phrase *phrases, const zub_slice *texts,
                          size_t count);

#endif
