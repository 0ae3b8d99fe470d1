/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* paragraphs.h - where paragraphs begin and end. */
#ifndef ZUB_TEXT_PARAGRAPHS_H
#define ZUB_TEXT_PARAGRAPHS_H

#include "zubda.h"

typedef struct zub_paragraphs {
    zub_slice text;
    size_t at; /* byte behind the paragraph given last */
} zub_paragraphs;

/* Begin at text[body]. */
void zub_paragraphs_init(zub_paragraphs *paragraphs, zub_slice text,
                         size_t body);

/* The next paragraph that is not empty, [*start, *end) in bytes without its
 * line break; false after the last. */
bool zub_paragraphs_next(zub_paragraphs *paragraphs, size_t *start,
                         size_t *end);

#endif
