/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* light.h - zubda's own stemmer of Arabic: it takes a clitic or an ending off
 * a word only if what is left is a word that is known to be one. */
#ifndef ZUB_TERMS_LIGHT_H
#define ZUB_TERMS_LIGHT_H

#include "zubda.h"
#include "terms/frequencies.h"

/* Words longer than this many bytes are left alone. */
#define ZUB_LIGHT_BYTES 64u

typedef struct zub_light zub_light; /* one thread */

/* `lexicon` is borrowed: how often each folded form occurs in some large text.
 * ZUB_ENOMEM. */
zub_status zub_light_new(zub_light **out, const zub_frequencies *lexicon);
void zub_light_free(zub_light *light);

/* The stem of a folded word, borrowed until the next call; `word` itself when
 * it is not Arabic, or too long. A pure function of the word and the lexicon.
 * With an empty lexicon nothing is stripped. */
zub_slice zub_light_stem(zub_light *light, zub_slice word);

#endif
