/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* tokens.h - a text as scorers count it: by rules short enough to be stated
 * beside a figure, the same with every version of ICU's word lists.
 *
 * A token is a run of letters, marks, digits and connectors, so that
 * combining marks stay in their word. Scripts written without spaces (Han,
 * kana, Thai, Lao, Khmer, Myanmar) count by character: a base with its marks.
 */
#ifndef ZUB_TEXT_TOKENS_H
#define ZUB_TEXT_TOKENS_H

#include "zubda.h"

/* The next token at or after *at, which moves behind it; false: none. */
bool zub_token_next(zub_slice text, size_t *at, zub_slice *token);

/* The same for ASCII alone: runs of letters and digits, all else is space. */
bool zub_token_next_ascii(zub_slice text, size_t *at, zub_slice *token);

#endif
