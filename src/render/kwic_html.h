/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* kwic_html.h - a concordance as one page: no script, nothing fetched. */
#ifndef ZUB_RENDER_KWIC_HTML_H
#define ZUB_RENDER_KWIC_HTML_H

#include "render/writer.h"

/* Which way the lines of the open table run. */
typedef enum zub_kwic_way {
    ZUB_KWIC_NO_TABLE,
    ZUB_KWIC_LEFT_TO_RIGHT,
    ZUB_KWIC_RIGHT_TO_LEFT
} zub_kwic_way;

void zub_kwic_html_head(zub_writer *out);
/* A line that runs another way than those above begins a table. */
void zub_kwic_html_line(zub_writer *out, zub_kwic_way *way,
                        const zub_kwic_line *line);
void zub_kwic_html_tail(zub_writer *out, zub_kwic_way way);

#endif
