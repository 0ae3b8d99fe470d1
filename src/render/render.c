/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* render.c - see render.h and the section Rendering of zubda.h: finds the
 * function of a format and gives it a writer. */
#include "render/render.h"

static const zub_renderer *const renderers[] = {
    [ZUB_FORMAT_TEXT] = &zub_text_renderer,
    [ZUB_FORMAT_JSON] = &zub_json_renderer,
    [ZUB_FORMAT_JSONL] = &zub_json_renderer,
    [ZUB_FORMAT_TSV] = &zub_tsv_renderer,
    [ZUB_FORMAT_HTML] = &zub_html_renderer,
};

static const zub_render_options no_options;
static const zub_record no_record;

static const zub_renderer *open_view(zub_view *view, zub_writer *writer,
                                     const zub_record *record,
                                     const zub_render_options *options,
                                     zub_sink sink)
{
    zub_writer_init(writer, sink);
    view->out = writer;
    view->options = options ? options : &no_options;
    view->record = record ? record : &no_record;

    size_t format = (size_t)view->options->format;
    size_t formats = sizeof renderers / sizeof *renderers;
    return format < formats ? renderers[format] : NULL;
}

static bool has_kind(const zub_renderer *renderer, zub_kind kind)
{
    switch (kind) {
    case ZUB_KIND_SUMMARY: return renderer->summary;
    case ZUB_KIND_KEYWORDS: return renderer->keywords;
    case ZUB_KIND_UNITS: return renderer->units;
    case ZUB_KIND_GUESS: return renderer->guess;
    }
    return false;
}

zub_status zub_render_part(zub_part part, zub_kind kind,
                           const zub_render_options *options, zub_sink sink)
{
    zub_writer writer;
    zub_view view;
    const zub_renderer *renderer =
        open_view(&view, &writer, NULL, options, sink);

    if (!renderer || !has_kind(renderer, kind))
        return ZUB_EINVAL;
    renderer->part(&view, part, kind);
    return zub_writer_finish(&writer);
}

zub_status zub_render_summary(const zub_summary *summary,
                              const zub_record *record,
                              const zub_render_options *options, zub_sink sink)
{
    zub_writer writer;
    zub_view view;
    const zub_renderer *renderer =
        open_view(&view, &writer, record, options, sink);

    if (!renderer || !renderer->summary)
        return ZUB_EINVAL;
    renderer->summary(&view, summary);
    return zub_writer_finish(&writer);
}

zub_status zub_render_keywords(const zub_summary *summary,
                               const zub_record *record,
                               const zub_render_options *options,
                               zub_sink sink)
{
    zub_writer writer;
    zub_view view;
    const zub_renderer *renderer =
        open_view(&view, &writer, record, options, sink);

    if (!renderer || !renderer->keywords)
        return ZUB_EINVAL;
    renderer->keywords(&view, summary);
    return zub_writer_finish(&writer);
}

zub_status zub_render_units(const zub_document *document,
                            const zub_record *record,
                            const zub_render_options *options, zub_sink sink)
{
    zub_writer writer;
    zub_view view;
    const zub_renderer *renderer =
        open_view(&view, &writer, record, options, sink);

    if (!renderer || !renderer->units)
        return ZUB_EINVAL;
    renderer->units(&view, document);
    return zub_writer_finish(&writer);
}

zub_status zub_render_guess(const zub_guess *guess, const zub_record *record,
                            const zub_render_options *options, zub_sink sink)
{
    zub_writer writer;
    zub_view view;
    const zub_renderer *renderer =
        open_view(&view, &writer, record, options, sink);

    if (!renderer || !renderer->guess)
        return ZUB_EINVAL;
    renderer->guess(&view, guess);
    return zub_writer_finish(&writer);
}

size_t zub_view_keywords(const zub_view *view, const zub_summary *summary)
{
    size_t most = view->options->keywords;

    return most > 0 && most < summary->keyword_count ? most
                                                     : summary->keyword_count;
}
