/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* quotes.h - quotations that a sentence goes on around. */
#ifndef ZUB_TEXT_QUOTES_H
#define ZUB_TEXT_QUOTES_H

#include "text/place.h"

/* Where a quotation is open at text[at], at included, when `open` is where
 * one was before; `start`, that of the sentence, stands for none. */
size_t zub_quote_open(const UChar *text, size_t start, size_t at, size_t open);

/* Does a stop stand in a short quotation that opened at text[open] and closes
 * further on? */
bool zub_quote_holds(const zub_place *place, size_t open);

#endif
