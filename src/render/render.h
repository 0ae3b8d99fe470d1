/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* render.h - what the formats have in common: one table of functions each. */
#ifndef ZUB_RENDER_RENDER_H
#define ZUB_RENDER_RENDER_H

#include "zubda.h"
#include "render/writer.h"

/* What every function of a format is handed. */
typedef struct zub_view {
    zub_writer *out;
    const zub_render_options *options; /* never NULL */
    const zub_record *record;          /* never NULL */
} zub_view;

/* One for a format; NULL where a kind has no such format. They write into
 * view->out, whose status alone says how it went. */
typedef struct zub_renderer {
    void (*part)(const zub_view *view, zub_part part, zub_kind kind);
    void (*summary)(const zub_view *view, const zub_summary *summary);
    void (*keywords)(const zub_view *view, const zub_summary *summary);
    void (*units)(const zub_view *view, const zub_document *document);
    void (*guess)(const zub_view *view, const zub_guess *guess);
} zub_renderer;

extern const zub_renderer zub_text_renderer, zub_json_renderer,
    zub_tsv_renderer, zub_html_renderer;

/* Of the options' `keywords` at most, of all if that is 0. */
size_t zub_view_keywords(const zub_view *view, const zub_summary *summary);

#endif
