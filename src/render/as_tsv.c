/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* as_tsv.c - results as tables: a header line, then a row a line.
 * Cells are escaped (zub_escape_cell). */
#include <string.h>

#include "render/decimal.h"
#include "render/render.h"
#include "render/rows.h"

/* Each cell but the first of a row has its tab in front. */

static void tab(const zub_view *view)
{
    zub_write_char(view->out, '\t');
}

static void add_text(const zub_view *view, zub_slice text)
{
    tab(view);
    zub_write_escaped(view->out, text, zub_escape_cell);
}

static void add_string(const zub_view *view, const char *string)
{
    add_text(view, (zub_slice){string, strlen(string)});
}

static void add_count(const zub_view *view, uint64_t count)
{
    tab(view);
    zub_write_count(view->out, count);
}

static void add_number(const zub_view *view, double value)
{
    char digits[ZUB_DECIMAL_ROOM];

    tab(view);
    zub_write(view->out, digits, zub_decimal_significant(digits, value, 6));
}

static void begin_row(const zub_view *view, zub_slice id, const char *lang)
{
    zub_write_escaped(view->out, id, zub_escape_cell);
    add_string(view, lang);
}

static void end_row(const zub_view *view)
{
    zub_write_char(view->out, '\n');
}

static void write_keywords(const zub_view *view, const zub_summary *summary)
{
    size_t count = zub_view_keywords(view, summary);

    for (size_t i = 0; i < count; i++) {
        const zub_keyword *keyword = &summary->keywords[i];
        begin_row(view, summary->id, summary->lang);
        add_text(view, keyword->term);
        add_number(view, keyword->score);
        add_count(view, keyword->count);
        add_count(view, keyword->start);
        end_row(view);
    }
}

static void add_unit(const zub_view *view, const zub_document *document,
                     const zub_row *row)
{
    begin_row(view, view->record->id, document->lang);
    add_count(view, row->span.start);
    add_count(view, row->span.end);
    add_count(view, row->span.cp_start);
    add_count(view, row->span.cp_end);
    add_text(view, row->text);
    if (view->options->unit == ZUB_UNIT_TERM)
        add_text(view, row->key);
    if (view->options->fold)
        add_text(view, row->folded);
    end_row(view);
}

static void write_units(const zub_view *view, const zub_document *document)
{
    zub_row row;
    zub_rows rows;

    zub_rows_init(&rows, view, document);
    while (zub_rows_next(&rows, &row))
        add_unit(view, document, &row);
    zub_rows_release(&rows);
}

static void write_guess(const zub_view *view, const zub_guess *guess)
{
    begin_row(view, view->record->id, guess->lang);
    add_number(view, guess->confidence);
    add_string(view, guess->next_lang);
    add_number(view, guess->next_confidence);
    end_row(view);
}

static void write_part(const zub_view *view, zub_part part, zub_kind kind)
{
    static const char *const heads[] = {
        [ZUB_KIND_KEYWORDS] = "id\tlang\tterm\tscore\tcount\tstart",
        [ZUB_KIND_UNITS] = "id\tlang\tstart\tend\tcp_start\tcp_end\ttext",
        [ZUB_KIND_GUESS] = "id\tlang\tconfidence\tnext_lang\tnext_confidence",
    };
    bool is_units = kind == ZUB_KIND_UNITS;

    if (part != ZUB_PART_HEAD)
        return;
    zub_write_string(view->out, heads[kind]);
    if (is_units && view->options->unit == ZUB_UNIT_TERM)
        zub_write_string(view->out, "\tterm");
    if (is_units && view->options->fold)
        zub_write_string(view->out, "\tfolded");
    end_row(view);
}

const zub_renderer zub_tsv_renderer = {
    write_part, NULL, write_keywords, write_units, write_guess,
};
