/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* declared.h - what bytes themselves say of their encoding. Knows no tables:
 * only byte patterns. */
#ifndef ZUB_CORPUS_DECLARED_H
#define ZUB_CORPUS_DECLARED_H

#include "zubda.h"

/* "UTF-8", "UTF-16LE" ... and the size of the mark; NULL: there is none. */
const char *zub_bom_encoding(zub_slice sample, size_t *size);

/* "UTF-16LE" or "UTF-16BE" by where the zero bytes of ASCII characters and
 * spaces stand; NULL: it is neither, but perhaps a text with NULs in it. */
const char *zub_wide_encoding(zub_slice sample);

/* No text in any encoding, by the first bytes of known forms or by too many
 * control characters. A few NULs are text. */
bool zub_is_binary(zub_slice sample);

/* The name in <?xml encoding="..."> or <meta charset>, in the first 4 KiB. */
zub_slice zub_declared_encoding(zub_slice sample);

/* UTF-8, perhaps with a few bad bytes, rather than another encoding: at most
 * a few sequences are invalid, or no more than are valid, or senseless ones
 * among ASCII. */
bool zub_is_mostly_utf8(zub_slice sample, bool is_all);

#endif
