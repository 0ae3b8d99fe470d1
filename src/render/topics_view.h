/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* topics_view.h - topics in each format. */
#ifndef ZUB_RENDER_TOPICS_VIEW_H
#define ZUB_RENDER_TOPICS_VIEW_H

#include "zubda.h"
#include "render/writer.h"

typedef struct zub_topics_view {
    zub_writer *out;
    const zub_topics_report *report;
    bool isolate;
} zub_topics_view;

/* Each writes all of it; what fails is in the writer. */
void zub_topics_write_text(const zub_topics_view *view);
void zub_topics_write_tsv(const zub_topics_view *view);
void zub_topics_write_json(const zub_topics_view *view);
void zub_topics_write_jsonl(const zub_topics_view *view);
void zub_topics_write_page(const zub_topics_view *view);

#endif
