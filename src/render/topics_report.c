/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* topics_report.c - zub_render_topics: which format is written by whom. */
#include "render/topics_view.h"

zub_status zub_render_topics(const zub_topics_report *report,
                             const zub_render_options *options, zub_sink sink)
{
    static void (*const formats[])(const zub_topics_view *view) = {
        [ZUB_FORMAT_TEXT] = zub_topics_write_text,
        [ZUB_FORMAT_JSON] = zub_topics_write_json,
        [ZUB_FORMAT_JSONL] = zub_topics_write_jsonl,
        [ZUB_FORMAT_TSV] = zub_topics_write_tsv,
        [ZUB_FORMAT_HTML] = zub_topics_write_page,
    };
    zub_writer writer;

    if ((unsigned)options->format >= sizeof formats / sizeof *formats)
        return ZUB_EINVAL;
    zub_writer_init(&writer, sink);
    formats[options->format](
        &(zub_topics_view){&writer, report, options->isolate});
    return zub_writer_finish(&writer);
}
