/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* plain.h - text that stands as it is wherever it is written: nearly every
 * term, and most of what is between them. */
#ifndef ZUB_RENDER_PLAIN_H
#define ZUB_RENDER_PLAIN_H

#include "zubda.h"

#define ZUB_PLAIN_SLACK 8u /* bytes that may be written beyond the text */

/* Copies `text` to `out`, which has room for its size and the slack, and
 * returns whether it is made of nothing but ASCII letters and digits, space,
 * *+,-./:; and valid letters of two bytes from U+00C0 on, which no escape
 * changes. If not, what `out` holds means nothing. A nanosecond for two or
 * three bytes. */
bool zub_copy_plain(char *out, zub_slice text);

#endif
