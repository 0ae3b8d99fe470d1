/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* page.h - a page of manual in one of its dresses. */
#ifndef ZUB_CLI_PAGE_H
#define ZUB_CLI_PAGE_H

#include "cli/bytes.h"

/* How a page looks: a row of functions for each dress. Texts are ASCII, but
 * for what zub_page_wrap_apart takes. */
typedef struct zub_page_style {
    void (*begin)(zub_bytes *out, const char *name, const char *about);
    void (*section)(zub_bytes *out, const char *title);
    void (*paragraph)(zub_bytes *out, const char *text);
    void (*entry)(zub_bytes *out, const char *tag, const char *text);
    void (*example)(zub_bytes *out, const char *line, const char *about);
} zub_page_style;

extern const zub_page_style zub_page_plain; /* for a terminal, 80 columns */
extern const zub_page_style zub_page_roff;  /* for man(1) */

/* Around text whose direction is its own: U+2068 and U+2069. */
#define ZUB_PAGE_APART "\xE2\x81\xA8"
#define ZUB_PAGE_TOGETHER "\xE2\x81\xA9"

/* Words of `text` in lines of 78 columns, from `column` (where the line is)
 * and then from `indent`; ends the line. */
void zub_page_wrap(zub_bytes *out, size_t column, size_t indent,
                   const char *text);
/* The same of UTF-8 in any script; in each line it is kept apart from what
 * stands before it, by U+2068 and U+2069, if `is_apart`. */
void zub_page_wrap_apart(zub_bytes *out, size_t column, size_t indent,
                         const char *text, bool is_apart);

#endif
