/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* html_page.h - what stands around the articles of an HTML page. */
#ifndef ZUB_RENDER_HTML_PAGE_H
#define ZUB_RENDER_HTML_PAGE_H

/* From the doctype to the opening of <main>, with the whole style, and the
 * closing of all that. The policy in its head lets a browser run and fetch
 * nothing, whatever an article manages to say. */
extern const char zub_html_head[];
extern const char zub_html_tail[];

#endif
