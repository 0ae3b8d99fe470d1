/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* proclitic.h - small words written onto the front of the next: "and", "in"
 * and "to" in Arabic. They are not shown with a term. */
#ifndef ZUB_TERMS_PROCLITIC_H
#define ZUB_TERMS_PROCLITIC_H

#include "terms/lexicon.h"

/* Bytes at the front of a word, as it stands in a text, that may go when it is
 * shown by itself: those without which it counts under the same key. 0 for
 * languages that write such words apart. ZUB_ENOMEM. */
zub_status zub_proclitic_size(size_t *out, zub_lexicon *lexicon,
                              zub_slice word);

#endif
