/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* context.h - how far the text around a place is shown.
 *
 * Both count characters as a reader does: a letter with its marks, a syllable,
 * a flag. They are ICU's grapheme clusters or some of these together, found
 * from either side without looking at the rest of the text. What is cut is cut
 * between words where words have spaces, and loses the white space at its far
 * end. Cost: linear in what is shown; 64 bytes a character and 256 more are
 * looked at, at most, so that a heap of marks is shown shorter.
 */
#ifndef ZUB_TEXT_CONTEXT_H
#define ZUB_TEXT_CONTEXT_H

#include "zubda.h"

/* Where at most `width` characters before text[at] begin; `from` or later. */
size_t zub_context_start(zub_slice text, size_t from, size_t at, size_t width);

/* Where at most `width` characters from text[at] on end. */
size_t zub_context_end(zub_slice text, size_t at, size_t width);

#endif
