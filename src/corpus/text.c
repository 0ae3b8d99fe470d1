/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* text.c - plain text: one article a file, or one a line. */
#include <string.h>

#include "base/utf8.h"
#include "corpus/reader.h"
#include "corpus/record.h"

#define TITLE_CHARS 200 /* a longer first line is not a title */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

/* Where the line at `at` ends: at its '\n', or at the end of the text. */
static size_t line_end(zub_slice text, size_t at)
{
    const char *end = memchr(text.data + at, '\n', text.size - at);

    return end ? (size_t)(end - text.data) : text.size;
}

/* The first byte at or behind `at` that is neither blank nor a line end. */
static size_t skip_space(zub_slice text, size_t at)
{
    while (at < text.size &&
           (is_blank(text.data[at]) || text.data[at] == '\n'))
        at++;
    return at;
}

static zub_slice trim(zub_slice text, size_t start, size_t end)
{
    while (start < end && is_blank(text.data[start]))
        start++;
    while (end > start && is_blank(text.data[end - 1]))
        end--;
    return (zub_slice){text.data + start, end - start};
}

/* A first line, an empty line, then something: the first line is a title. */
static void find_title(zub_record *record, size_t start)
{
    zub_slice text = record->text;
    size_t end = line_end(text, start);
    zub_slice title = trim(text, start, end);

    record->body = start;
    if (title.size == 0 || end == text.size ||
        trim(text, end + 1, line_end(text, end + 1)).size > 0)
        return;
    size_t body = skip_space(text, end);
    if (body == text.size || title.size > 4 * TITLE_CHARS ||
        zub_utf8_count(title, NULL) > TITLE_CHARS)
        return;
    record->title = zub_record_copy(record, title);
    record->body = body;
}

zub_status zub_text_next(zub_reader *reader, zub_record **out,
                         zub_error *error)
{
    zub_buffer text;

    *out = NULL;
    if (reader->is_done)
        return ZUB_OK;
    reader->is_done = true;
    zub_status status = zub_input_all(&reader->input, &text, error);
    if (status != ZUB_OK)
        return status;

    zub_record *record =
        zub_record_new(&reader->spare, zub_record_place_room(reader->source) +
                                           4 * TITLE_CHARS + 1);
    if (record) {
        zub_record_place(record, reader->source, 0);
        zub_record_adopt_text(record, &text);
        record->is_decoded = reader->input.decoder != NULL;
        record->repaired = zub_input_repaired(&reader->input);
        find_title(record, zub_utf8_bom(record->text));
    }
    zub_buffer_release(&text);
    return zub_record_finish(out, record, error);
}

static zub_record *record_of_line(zub_reader *reader, const zub_line *line)
{
    zub_record *record =
        zub_record_new(&reader->spare, zub_record_place_room(reader->source) +
                                           line->text.size + 1);

    if (!record)
        return NULL;
    zub_record_place(record, reader->source, line->number);
    record->text = zub_record_copy(record, line->text);
    record->is_decoded = reader->input.decoder != NULL;
    record->repaired = zub_input_repaired(&reader->input);
    return record;
}

zub_status zub_lines_next(zub_reader *reader, zub_record **out,
                          zub_error *error)
{
    zub_line line;

    *out = NULL;
    zub_input_skip_bom(&reader->input);
    for (;;) {
        zub_status status = zub_input_line(&reader->input, &line, error);
        if (status != ZUB_OK || !line.text.data)
            return status;
        if (skip_space(line.text, 0) < line.text.size)
            break;
    }
    return zub_record_finish(out, record_of_line(reader, &line), error);
}
