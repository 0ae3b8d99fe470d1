/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* english.h - the English stemmer of the Snowball project, "Porter 2".
 *
 * M. F. Porter: Snowball: A language for stemming algorithms, 2001, with the
 * revisions since; the rules are those of version 2.2, and the stems are equal
 * to its libstemmer's byte for byte. Version 3 has other rules.
 */
#ifndef ZUB_TERMS_ENGLISH_H
#define ZUB_TERMS_ENGLISH_H

#include "zubda.h"

/* What zub_english_stem() needs to write a word of so many bytes. */
static inline size_t zub_english_room(size_t size)
{
    return size < 8 ? 8 : size;
}

/* The stem of a folded word, a pure function of it; `out` has room for it and
 * does not overlap the word. What is returned, perhaps nothing (of "''s"), lies
 * in `out`, in the word or in a constant. Some 40 ns for a word that is ASCII,
 * 100 for another; linear in its size. */
zub_slice zub_english_stem(char *out, zub_slice word);

#endif
