/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* headings.h - which sentences are headings. */
#ifndef ZUB_TEXT_HEADINGS_H
#define ZUB_TEXT_HEADINGS_H

#include "text/segments.h"

/* Sets is_heading: a short sentence without a stop that is a paragraph of its
 * own, with text below it. */
void zub_headings_mark(zub_segments *segments, zub_slice text);

#endif
