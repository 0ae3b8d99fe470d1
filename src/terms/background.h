/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* background.h - in how many documents of a language a key occurs. */
#ifndef ZUB_TERMS_BACKGROUND_H
#define ZUB_TERMS_BACKGROUND_H

#include "zubda.h"
#include "terms/frequencies.h"

/* models/<lang>/background.zub: document frequencies of keys, stop words
 * among them, over stretches of about 200 words (scripts/count-terms.c). A
 * view, nothing to release; constant: any number of threads. */
typedef struct zub_background {
    zub_frequencies frequencies; /* total: documents */
} zub_background;

/* Without a file, or when it counts keys of an analyzer with another
 * `fingerprint`, it is empty. ZUB_EFORMAT, ZUB_EVERSION, ZUB_EIO. */
zub_status zub_background_open(zub_background *out, const zub_models *models,
                               const char *lang, const char *fingerprint,
                               zub_error *error);

static inline bool zub_background_is_empty(const zub_background *background)
{
    return background->frequencies.count == 0;
}

uint64_t zub_background_documents(const zub_background *background);

/* Documents with the key in them; 0: none, or too few to be listed. */
uint32_t zub_background_frequency(const zub_background *background,
                                  zub_slice key);

/* ln((N + 1) / (df + 1/2)); of N documents df have the key. */
double zub_background_idf(const zub_background *background, zub_slice key);
/* That of a key that is not there. */
double zub_background_most_idf(const zub_background *background);

#endif
