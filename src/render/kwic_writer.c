/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* kwic_writer.c - the lines of a concordance; see zub_kwic_writer in zubda.h.
 *
 * Text is for people: matches stand below each other, and fields keep their
 * logical order. Where fields are isolated, a line that runs from right to
 * left is one run of its own (U+2067), so that what comes before a match is on
 * its right; then what is after it is what has to be padded. */
#include <string.h>

#include "zubda.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/mem.h"
#include "render/isolate.h"
#include "render/kwic_html.h"
#include "text/context.h"

#define RIGHT_TO_LEFT_ISOLATE "\xE2\x81\xA7" /* U+2067 */
#define POP_ISOLATE "\xE2\x81\xA9"           /* U+2069 */
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

struct zub_kwic_writer {
    zub_kwic_look look;
    zub_writer out;      /* text and HTML */
    zub_kwic_way way;    /* HTML */
    zub_table *table;    /* the rest */
    zub_buffer cells[3]; /* before, match, after, in spaces */
};

static const zub_column columns[] = {
    {"id", ZUB_CELL_TEXT, 0},     {"before", ZUB_CELL_TEXT, 0},
    {"match", ZUB_CELL_TEXT, 0},  {"after", ZUB_CELL_TEXT, 0},
    {"start", ZUB_CELL_COUNT, 0}, {"end", ZUB_CELL_COUNT, 0},
};
#define COLUMNS (sizeof columns / sizeof *columns)

zub_status zub_kwic_writer_open(zub_kwic_writer **out,
                                const zub_kwic_look *look, zub_sink sink,
                                zub_error *error)
{
    zub_kwic_writer *writer = zub_alloc_zero(1, sizeof *writer);
    zub_status status = ZUB_OK;

    *out = NULL;
    if (!writer)
        return zub_fail_memory(error);
    zub_error_clear(error);
    writer->look = *look;
    zub_writer_init(&writer->out, sink);
    for (unsigned i = 0; i < 3; i++)
        zub_buffer_init(&writer->cells[i], ZUB_BUFFER_UNLIMITED);
    if (look->format == ZUB_FORMAT_HTML)
        zub_kwic_html_head(&writer->out);
    else if (look->format != ZUB_FORMAT_TEXT)
        status = zub_table_open(&writer->table, columns, COLUMNS, look->format,
                                look->isolate, sink, error);
    if (status == ZUB_OK && writer->out.status != ZUB_OK)
        status = zub_fail(error, writer->out.status, "%s",
                          zub_status_text(writer->out.status));
    if (status == ZUB_OK)
        *out = writer;
    else
        zub_kwic_writer_free(writer);
    return status;
}

void zub_kwic_writer_free(zub_kwic_writer *writer)
{
    if (!writer)
        return;
    zub_table_free(writer->table);
    for (unsigned i = 0; i < 3; i++)
        zub_buffer_release(&writer->cells[i]);
    zub_free(writer);
}

/* The text with spaces for line breaks, in `cell`. */
static zub_slice plain(zub_buffer *cell, zub_slice text)
{
    zub_writer out;

    zub_buffer_clear(cell);
    zub_writer_init(&out, zub_buffer_sink(cell));
    zub_write_escaped(&out, text, zub_escape_plain);
    zub_writer_finish(&out);
    return zub_buffer_slice(cell);
}

/* ---- Text ---- */

static void put_match(zub_kwic_writer *writer, zub_slice match)
{
    if (writer->look.color)
        zub_write_string(&writer->out, BOLD);
    zub_write_isolated(&writer->out, match, writer->look.isolate);
    if (writer->look.color)
        zub_write_string(&writer->out, PLAIN);
}

/* As much of what stands before a match as the columns hold: wide letters
 * take two. */
static zub_slice fit(zub_slice before, size_t width)
{
    size_t start = 0;

    for (size_t count = width; zub_display_width(before) > width; count--) {
        start = zub_context_start(before, 0, before.size, count);
        before = (zub_slice){before.data + start, before.size - start};
    }
    return before;
}

static void pad(zub_kwic_writer *writer, zub_slice text)
{
    size_t width = zub_display_width(text);

    if (width < writer->look.width)
        zub_write_repeat(&writer->out, ' ', writer->look.width - width);
}

static void put_text_line(zub_kwic_writer *writer, const zub_kwic_line *line)
{
    bool isolate = writer->look.isolate;
    bool turns = isolate && zub_has_right_to_left(line->match);
    zub_slice before = fit(line->before, writer->look.width);

    pad(writer, turns ? line->after : before);
    if (turns)
        zub_write_string(&writer->out, RIGHT_TO_LEFT_ISOLATE);
    zub_write_isolated(&writer->out, before, isolate);
    put_match(writer, line->match);
    zub_write_isolated(&writer->out, line->after, isolate);
    if (turns)
        zub_write_string(&writer->out, POP_ISOLATE);
    zub_write_string(&writer->out, "  ");
    zub_write_isolated(&writer->out, line->id, isolate);
    zub_write_char(&writer->out, '\n');
    zub_writer_finish(&writer->out);
}

/* ---- Tables ---- */

static zub_status put_row(zub_kwic_writer *writer, const zub_kwic_line *line)
{
    zub_cell row[COLUMNS] = {
        {.text = line->id},    {.text = line->before}, {.text = line->match},
        {.text = line->after}, {.count = line->start}, {.count = line->end},
    };

    return zub_table_add(writer->table, row, 0);
}

zub_status zub_kwic_writer_add(zub_kwic_writer *writer,
                               const zub_kwic_line *line)
{
    zub_buffer *cells = writer->cells;
    zub_kwic_line shown = *line;

    shown.before = plain(&cells[0], line->before);
    shown.match = plain(&cells[1], line->match);
    shown.after = plain(&cells[2], line->after);
    for (unsigned i = 0; i < 3; i++)
        if (cells[i].status != ZUB_OK)
            return cells[i].status;
    if (writer->table)
        return put_row(writer, &shown);
    if (writer->look.format == ZUB_FORMAT_HTML)
        zub_kwic_html_line(&writer->out, &writer->way, &shown);
    else
        put_text_line(writer, &shown);
    return writer->out.status;
}

zub_status zub_kwic_writer_close(zub_kwic_writer *writer)
{
    if (writer->table)
        return zub_table_close(writer->table);
    if (writer->look.format == ZUB_FORMAT_HTML)
        zub_kwic_html_tail(&writer->out, writer->way);
    return zub_writer_finish(&writer->out);
}
