/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* languages.h - the languages of articles that were counted, by their words:
 * a background is of one of them. */
#ifndef ZUB_CLI_LANGUAGES_H
#define ZUB_CLI_LANGUAGES_H

#include <pthread.h>

#include "zubda.h"

#define ZUB_MOST_LANGUAGES 128u /* the model tells 109 apart */

typedef struct zub_language {
    char code[12];
    uint64_t articles, words;
} zub_language;

/* Articles without a word are of none. */
typedef struct zub_languages {
    pthread_mutex_t lock;
    zub_language items[ZUB_MOST_LANGUAGES]; /* [count] */
    size_t count;
    uint64_t articles, words; /* of all, those beyond the most too */
} zub_languages;

/* ZUB_ENOMEM. */
zub_status zub_languages_init(zub_languages *languages);
void zub_languages_release(zub_languages *languages);

/* The shape of zub_count_options.counted: `context` is a zub_languages. */
void zub_languages_add(void *context, const zub_record *record,
                       const char *lang, uint64_t words);

/* The language of most words, of equals the first by its code; the rest are
 * put in that order too. NULL: there was no word. */
const zub_language *zub_languages_sort(zub_languages *languages);

/* Once sorted: "52% 'en', 48% 'ar' and others" into `out`, cut at `room`. */
void zub_languages_list(char *out, size_t room,
                        const zub_languages *languages);

#endif
