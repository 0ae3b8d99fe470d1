/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* alignment.c - zub_render_alignment of zubda.h: a table, or for people both
 * sides of a passage below each other. */
#include <string.h>

#include "zubda.h"
#include "base/error.h"
#include "render/decimal.h"
#include "render/isolate.h"

#define PLACES 2 /* of a similarity, for people */

/* ---- The table ---- */

static const zub_column columns[] = {
    {"matched", ZUB_CELL_COUNT, 0}, {"similarity", ZUB_CELL_REAL, 0},
    {"a", ZUB_CELL_TEXT, 0},        {"a_start", ZUB_CELL_COUNT, 0},
    {"a_end", ZUB_CELL_COUNT, 0},   {"a_words", ZUB_CELL_COUNT, 0},
    {"b", ZUB_CELL_TEXT, 0},        {"b_start", ZUB_CELL_COUNT, 0},
    {"b_end", ZUB_CELL_COUNT, 0},   {"b_words", ZUB_CELL_COUNT, 0},
    {"a_text", ZUB_CELL_TEXT, 0},   {"b_text", ZUB_CELL_TEXT, 0},
};

static zub_status add_row(zub_table *table, const zub_shared *shared)
{
    const zub_shared_side *a = &shared->a, *b = &shared->b;
    const zub_cell cells[] = {
        {.count = shared->matched},
        {.real = shared->similarity},
        {.text = a->id},
        {.count = a->start},
        {.count = a->end},
        {.count = a->words},
        {.text = b->id},
        {.count = b->start},
        {.count = b->end},
        {.count = b->words},
        {.text = a->text},
        {.text = b->text},
    };

    return zub_table_add(table, cells, 0);
}

static zub_status write_table(const zub_alignment *alignment,
                              zub_format format, zub_sink sink,
                              zub_error *error)
{
    size_t count = zub_alignment_about(alignment).passages;
    zub_table *table;
    zub_status status =
        zub_table_open(&table, columns, sizeof columns / sizeof *columns,
                       format, false, sink, error);

    for (size_t i = 0; status == ZUB_OK && i < count; i++) {
        zub_shared shared = zub_alignment_at(alignment, i);
        status = add_row(table, &shared);
    }
    if (status == ZUB_OK)
        status = zub_table_close(table);
    zub_table_free(table);
    return status;
}

/* ---- Text ---- */

/* Bytes [from, to) of the article. */
static void write_piece(zub_writer *out, const zub_shared_side *side,
                        size_t from, size_t to)
{
    zub_write_escaped(
        out, (zub_slice){side->text.data + (from - side->start), to - from},
        zub_escape_plain);
}

static void write_marked(zub_writer *out, const zub_shared_side *side,
                         const zub_alignment_look *look)
{
    bool turns = look->isolate && zub_has_right_to_left(side->text);
    size_t at = side->start;

    if (turns)
        zub_write_string(out, "\xE2\x81\xA8");
    for (size_t i = 0; i < side->differing_count; i++) {
        const zub_stretch *mark = &side->differing[i];
        write_piece(out, side, at, mark->start);
        zub_write_string(out, look->color ? "\033[1m" : "[");
        write_piece(out, side, mark->start, mark->end);
        zub_write_string(out, look->color ? "\033[0m" : "]");
        at = mark->end;
    }
    write_piece(out, side, at, side->end);
    if (turns)
        zub_write_string(out, "\xE2\x81\xA9");
}

static void write_side(zub_writer *out, const zub_shared_side *side,
                       const zub_alignment_look *look)
{
    zub_write_string(out, "  ");
    zub_write_count(out, side->start);
    zub_write_char(out, '-');
    zub_write_count(out, side->end);
    zub_write_string(out, "  ");
    zub_write_isolated(out, side->id, look->isolate);
    zub_write_string(out, "\n    ");
    write_marked(out, side, look);
    zub_write_char(out, '\n');
}

/* Numbers first, so that right-to-left text cannot pull one to its side. */
static zub_status write_text(const zub_alignment *alignment,
                             const zub_alignment_look *look, zub_sink sink)
{
    size_t count = zub_alignment_about(alignment).passages;
    char digits[ZUB_DECIMAL_ROOM];
    zub_writer out;

    zub_writer_init(&out, sink);
    for (size_t i = 0; i < count && out.status == ZUB_OK; i++) {
        zub_shared shared = zub_alignment_at(alignment, i);
        if (i > 0)
            zub_write_char(&out, '\n');
        zub_decimal_padded(digits, shared.similarity, PLACES);
        zub_write_string(&out, digits);
        zub_write_string(&out, "  ");
        zub_write_count(&out, shared.matched);
        zub_write_string(&out, shared.matched == 1 ? " word\n" : " words\n");
        write_side(&out, &shared.a, look);
        write_side(&out, &shared.b, look);
    }
    return zub_writer_finish(&out);
}

zub_status zub_render_alignment(const zub_alignment *alignment,
                                const zub_alignment_look *look, zub_sink sink,
                                zub_error *error)
{
    zub_error_clear(error);
    zub_status status =
        look->format == ZUB_FORMAT_TEXT
            ? write_text(alignment, look, sink)
            : write_table(alignment, look->format, sink, error);
    if (status == ZUB_OK || (error && error->message[0] != '\0'))
        return status;
    return zub_fail(error, status, "%s", zub_status_text(status));
}
