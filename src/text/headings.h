/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* headings.h - which sentences are headings and the like. */
#ifndef ZUB_TEXT_HEADINGS_H
#define ZUB_TEXT_HEADINGS_H

#include "text/segments.h"

/* Sets is_heading of what is shown but says little by itself: a short line
 * without a stop that is a paragraph of its own, with text below it or with
 * few words; short items of a list; few words with a full stop above a longer
 * paragraph; a notice of copyright. */
void zub_headings_mark(zub_segments *segments, zub_slice text);

#endif
