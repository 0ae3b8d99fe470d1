/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* topics_page.h - what stands around the topics of an HTML page. */
#ifndef ZUB_RENDER_TOPICS_PAGE_H
#define ZUB_RENDER_TOPICS_PAGE_H

/* From the doctype to the opening of <main>, with the whole style, and the
 * closing of all that. */
extern const char zub_topics_page_head[];
extern const char zub_topics_page_tail[];

#endif
