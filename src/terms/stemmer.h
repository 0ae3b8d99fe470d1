/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* stemmer.h - words of one language that mean the same under one key. */
#ifndef ZUB_TERMS_STEMMER_H
#define ZUB_TERMS_STEMMER_H

#include "zubda.h"

/* One language's Snowball stemmer. One thread. */
typedef struct zub_stemmer zub_stemmer;

/* *out is NULL with ZUB_OK for a language without a stemmer. ZUB_ENOMEM. */
zub_status zub_stemmer_new(zub_stemmer **out, const char *lang);
/* English as Porter published it in 1980, which ROUGE-1.5.5 has. ZUB_ENOMEM. */
zub_status zub_stemmer_new_porter(zub_stemmer **out);
void zub_stemmer_free(zub_stemmer *stemmer);

/* The stem of a folded word; borrowed until the next call. Without memory,
 * or when nothing would be left, the word itself. A NULL stemmer is fine. */
zub_slice zub_stem(zub_stemmer *stemmer, zub_slice word);

#endif
