/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* graphemes.h - the characters of a short text as a reader counts them: a
 * letter with its marks, a syllable of Devanagari or Hangul (ICU's grapheme
 * clusters). */
#ifndef ZUB_TEXT_GRAPHEMES_H
#define ZUB_TEXT_GRAPHEMES_H

#include "zubda.h"

/* One thread. */
typedef struct zub_graphemes zub_graphemes;

zub_status zub_graphemes_new(zub_graphemes **out, zub_error *error);
void zub_graphemes_free(zub_graphemes *graphemes);

/* Find those of a text of valid UTF-8, which is borrowed until the next one.
 * ZUB_ENOMEM. ZUB_ELIMIT: 2^30 bytes or more. */
zub_status zub_graphemes_begin(zub_graphemes *graphemes, zub_slice text);

/* How many there are. */
size_t zub_graphemes_count(const zub_graphemes *graphemes);

/* `n` of them in a row, from number `at` on; false: there are not so many. */
bool zub_graphemes_run(const zub_graphemes *graphemes, size_t at, size_t n,
                       zub_slice *run);

#endif
