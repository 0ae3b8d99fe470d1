/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* page.h - an HTML page and the article in it. */
#ifndef ZUB_CORPUS_PAGE_H
#define ZUB_CORPUS_PAGE_H

#include "zubda.h"
#include "base/buffer.h"

#define ZUB_PAGE_BYTES                                                        \
    ((size_t)64 << 20) /* its tree takes some 20 times as much */

/* What was found; release it in the end. */
typedef struct zub_page {
    zub_buffer text;  /* paragraphs, an empty line between two */
    zub_buffer title; /* empty: none */
    zub_buffer lang;  /* as the page says; empty: it does not */
} zub_page;

/* Valid UTF-8 without NUL in, at most ZUB_PAGE_BYTES. Any text is a page of
 * some sort. Linear but for tags that cross: an end tag without its element
 * costs as many steps as elements are open, and beyond 2^28 of them it is
 * ZUB_ELIMIT. Of names of elements and attributes the first 16 KiB are read.
 * ZUB_ENOMEM. On failure *out is empty, and the message a clause to put behind
 * "cannot read 'x.html': ". */
zub_status zub_page_read(zub_page *out, zub_slice html, zub_error *error);
void zub_page_release(zub_page *page);

#endif
