/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* language_memo.h - what the n-grams of words met before add up to.
 *
 * Articles begin with the same words: of their beginnings some two words in
 * three were met shortly before, and a sum that is remembered costs a
 * twentieth of asking the model for each n-gram. */
#ifndef ZUB_TEXT_LANGUAGE_MEMO_H
#define ZUB_TEXT_LANGUAGE_MEMO_H

#include "text/letters.h"

#define ZUB_MEMO_LETTERS 14u /* of a word that is remembered, at most */

/* One thread. */
typedef struct zub_language_memo zub_language_memo;

/* Some 1 MB for `width` sums a word. ZUB_ENOMEM. */
zub_status zub_language_memo_new(zub_language_memo **out, size_t width);
void zub_language_memo_free(zub_language_memo *memo);

/* What is remembered of a run. */
typedef struct zub_remembered {
    int32_t *sums;   /* [width] of the memo, zeros at first */
    uint32_t *known; /* n-grams that the model has */
} zub_remembered;

/* True: it was met, and *out is what was said of it. False: *out is where to
 * say it, or NULLs where it is not to be remembered. Good until the next
 * call. */
bool zub_language_memo_find(zub_language_memo *memo, const zub_run *run,
                            zub_remembered *out);

#endif
