/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* paragraphs.h - where paragraphs begin and end. */
#ifndef ZUB_TEXT_PARAGRAPHS_H
#define ZUB_TEXT_PARAGRAPHS_H

#include "zubda.h"

typedef struct zub_paragraphs {
    zub_slice text;
    size_t at;    /* byte behind the paragraph given last */
    size_t width; /* at which lines are wrapped, in code points; 0: they are
                     not, and a line is a paragraph */
} zub_paragraphs;

/* Begin at text[body]; reads all lines once. */
void zub_paragraphs_init(zub_paragraphs *paragraphs, zub_slice text,
                         size_t body);

/* The next paragraph that is not blank, [*start, *end) in bytes; lines within
 * it belong together. False after the last. */
bool zub_paragraphs_next(zub_paragraphs *paragraphs, size_t *start,
                         size_t *end);

#endif
