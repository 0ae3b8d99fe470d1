/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* stemmer.h - words of one language that mean the same under one key. */
#ifndef ZUB_TERMS_STEMMER_H
#define ZUB_TERMS_STEMMER_H

#include "zubda.h"
#include "terms/frequencies.h"

typedef enum zub_stemmer_kind {
    ZUB_STEMMER_AUTO, /* the language's own */
    ZUB_STEMMER_NONE,
    ZUB_STEMMER_SNOWBALL,
    ZUB_STEMMER_LIGHT10,
    ZUB_STEMMER_LIGHT
} zub_stemmer_kind;

/* By its name, NULL for auto; false: there is none of that name. */
bool zub_stemmer_find(zub_stemmer_kind *out, const char *name);

/* Arabic, or a language written like it, whose words the lexicon knows. */
bool zub_is_arabic(const char *lang);

/* One thread. */
typedef struct zub_stemmer zub_stemmer;

/* A kind that the language does not have is its own one. `lexicon`, the
 * attested words of light, is borrowed; without words in it, auto is light10.
 * *out is NULL with ZUB_OK where nothing is stemmed. ZUB_ENOMEM. */
zub_status zub_stemmer_new(zub_stemmer **out, const char *lang,
                           zub_stemmer_kind kind,
                           const zub_frequencies *lexicon);
/* English as Porter published it in 1980, which ROUGE-1.5.5 has. ZUB_ENOMEM. */
zub_status zub_stemmer_new_porter(zub_stemmer **out);
void zub_stemmer_free(zub_stemmer *stemmer);

/* What it is called in a fingerprint: "light", "none" when it is NULL. */
const char *zub_stemmer_kind_name(const zub_stemmer *stemmer);

/* The stem of a folded word; borrowed until the next call. Without memory,
 * or when nothing would be left, the word itself. A NULL stemmer is fine. */
zub_slice zub_stem(zub_stemmer *stemmer, zub_slice word);

#endif
