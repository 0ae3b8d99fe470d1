/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* utf8.h - UTF-8 in, code points out; bytes that are not UTF-8 become U+FFFD
 * and are counted, never dropped. */
#ifndef ZUB_BASE_UTF8_H
#define ZUB_BASE_UTF8_H

#include "zubda.h"
#include "base/buffer.h"

#define ZUB_REPLACEMENT 0xFFFDu

/* The code point at text[*at], *at < size; moves *at behind it. Invalid bytes
 * give ZUB_REPLACEMENT for each maximal subpart (Unicode 15, 3.9, U+FFFD
 * substitution of maximal subparts), which is what ICU's UTF-8 iteration and
 * the WHATWG decoder do. *is_valid, unless NULL, says which it was. */
uint32_t zub_utf8_next(const char *text, size_t size, size_t *at,
                       bool *is_valid);

/* How many code points, one for each replacement, and how many bytes are
 * invalid; `invalid` may be NULL. */
size_t zub_utf8_count(zub_slice text, size_t *invalid);

/* Bytes of the byte order mark at the start: 3, or 0. */
size_t zub_utf8_bom(zub_slice text);

/* Byte of the first invalid sequence, or text.size. */
size_t zub_utf8_first_invalid(zub_slice text);

/* The text with U+FFFD for what is invalid; returns the invalid bytes. */
size_t zub_utf8_repair(zub_buffer *out, zub_slice text);

/* Append one code point (a surrogate or beyond U+10FFFF: U+FFFD). */
void zub_utf8_add(zub_buffer *out, uint32_t code_point);

#endif
