/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* paragraphs.c - see paragraphs.h. */
#include "text/paragraphs.h"

#include <string.h>

void zub_paragraphs_init(zub_paragraphs *paragraphs, zub_slice text,
                         size_t body)
{
    paragraphs->text = text;
    paragraphs->at = body;
}

bool zub_paragraphs_next(zub_paragraphs *paragraphs, size_t *start,
                         size_t *end)
{
    zub_slice text = paragraphs->text;

    while (paragraphs->at < text.size) {
        const char *line = text.data + paragraphs->at;
        const char *stop = memchr(line, '\n', text.size - paragraphs->at);
        *start = paragraphs->at;
        *end = stop ? (size_t)(stop - text.data) : text.size;
        paragraphs->at = stop ? *end + 1 : *end;
        if (*end > *start)
            return true;
    }
    return false;
}
