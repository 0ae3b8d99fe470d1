/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* light10.h - the light10 stemmer of Arabic, as published.
 *
 * L. S. Larkey, L. Ballesteros, M. E. Connell: Light Stemming for Arabic
 * Information Retrieval. In: Arabic Computational Morphology, 2007. Equal to
 * the chain of Lucene's ArabicNormalizer and ArabicStemmer.
 */
#ifndef ZUB_TERMS_LIGHT10_H
#define ZUB_TERMS_LIGHT10_H

#include "zubda.h"

/* Normalise and stem a word of UTF-8 in place; returns what is left of it,
 * a part of `word`. */
zub_slice zub_light10(char *word, size_t size);

#endif
