/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* isolate.h - a text on a line for reading, whichever way it runs. */
#ifndef ZUB_RENDER_ISOLATE_H
#define ZUB_RENDER_ISOLATE_H

#include "render/writer.h"

/* Whether a letter in it runs from right to left. */
bool zub_has_right_to_left(zub_slice text);

/* The text through zub_escape_plain; with `isolate`, and if a letter in it
 * runs from right to left, between U+2068 and U+2069, so that it pulls
 * nothing beside it to the wrong side. */
void zub_write_isolated(zub_writer *writer, zub_slice text, bool isolate);

#endif
