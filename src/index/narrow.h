/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* narrow.h - text of nearly any alphabet in a byte a letter, before it is
 * packed: half the bytes to pack, and what comes out is a quarter smaller.
 *
 * A page is 128 code points in a row. The first byte of narrowed text is the
 * number of its page, code point / 128; bytes from 0x80 on are the code points of
 * that page, byte 0x10 says that the next one is a byte as it is, and other bytes
 * are themselves. Page 0: all that follows is as it is. So any bytes can be
 * narrowed, and come back. */
#ifndef ZUB_INDEX_NARROW_H
#define ZUB_INDEX_NARROW_H

#include "zubda.h"

/* Bytes that zub_narrow may write for `size`. */
#define ZUB_NARROW_MOST(size) (2 * (size) + 1)

/* Text into out[ZUB_NARROW_MOST(text.size)]; what it wrote, which is
 * text.size + 1 at most. The page is the one that most of a sample is in. */
size_t zub_narrow(char *out, zub_slice text);

/* The way back, into out[0 .. size). False: that is not what comes out. */
bool zub_widen(char *out, size_t size, zub_slice narrowed);

#endif
