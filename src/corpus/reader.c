/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* reader.c - see reader.h. Forms are rows of two tables: by suffix, and by
 * what reads them. */
#include "corpus/reader.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/utf8.h"

static const struct {
    const char *suffix;
    zub_form form;
} suffixes[] = {
    {".txt", ZUB_FORM_TEXT},     {".text", ZUB_FORM_TEXT},
    {".md", ZUB_FORM_TEXT},      {".jsonl", ZUB_FORM_JSONL},
    {".ndjson", ZUB_FORM_JSONL}, {".tsv", ZUB_FORM_TSV},
    {".tab", ZUB_FORM_TSV},      {".csv", ZUB_FORM_CSV},
    {".html", ZUB_FORM_HTML},    {".htm", ZUB_FORM_HTML},
    {".xhtml", ZUB_FORM_HTML},
};

static zub_next_record *const readers[] = {
    [ZUB_FORM_TEXT] = zub_text_next,   [ZUB_FORM_LINES] = zub_lines_next,
    [ZUB_FORM_JSONL] = zub_jsonl_next, [ZUB_FORM_TSV] = zub_table_next,
    [ZUB_FORM_CSV] = zub_table_next,   [ZUB_FORM_HTML] = zub_html_next,
};

static bool ends_in(const char *path, size_t size, const char *suffix)
{
    size_t length = strlen(suffix);

    return size > length &&
           strncasecmp(path + size - length, suffix, length) == 0;
}

zub_form zub_form_of_name(const char *path)
{
    size_t size = strlen(path);

    if (ends_in(path, size, ".gz"))
        size -= 3;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (ends_in(path, size, suffixes[i].suffix))
            return suffixes[i].form;
    return ZUB_FORM_AUTO;
}

const char *zub_text_field_name(const zub_reader_options *options, size_t i)
{
    static const char *const names[] = {"text", "content", "body",
                                        "raw_content", "article"};

    if (options->text_field)
        return i == 0 ? options->text_field : NULL;
    return i < sizeof names / sizeof *names ? names[i] : NULL;
}

static zub_slice without_space(zub_slice text)
{
    size_t bom = zub_utf8_bom(text);

    text.data += bom;
    text.size -= bom;
    while (text.size > 0 && strchr(" \t\r\n", *text.data) && *text.data) {
        text.data++;
        text.size--;
    }
    return text;
}

static bool starts_with(zub_slice text, const char *start)
{
    size_t size = strlen(start);

    return text.size >= size && strncasecmp(text.data, start, size) == 0;
}

/* Is the first line a JSON object, or the start of one that is longer than
 * what can be seen? */
static bool looks_like_jsonl(zub_reader *reader, zub_slice text, bool is_all)
{
    zub_object_fault fault;
    const char *end = memchr(text.data, '\n', text.size);
    bool is_whole = end || is_all;

    if (!starts_with(text, "{"))
        return false;
    if (end)
        text.size = (size_t)(end - text.data);
    zub_status status = zub_object_scan(&reader->object, text, &fault);
    return status == ZUB_OK || (!is_whole && reader->object.capacity > 0);
}

static zub_form look_inside(zub_reader *reader)
{
    bool is_all;
    zub_slice text = without_space(zub_input_peek(&reader->input, &is_all));

    if (looks_like_jsonl(reader, text, is_all))
        return ZUB_FORM_JSONL;
    if (starts_with(text, "<!doctype html") || starts_with(text, "<html"))
        return ZUB_FORM_HTML;
    return ZUB_FORM_TEXT;
}

zub_status zub_reader_open(zub_reader *reader,
                           const zub_reader_options *options, const char *path,
                           int fd, zub_error *error)
{
    *reader = (zub_reader){.options = options,
                           .path = path,
                           .source = {path, strlen(path)},
                           .form = options->form};
    zub_buffer_init(&reader->scratch, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&reader->quoted, ZUB_BUFFER_UNLIMITED);
    zub_map_init(&reader->met);
    if (reader->form == ZUB_FORM_AUTO)
        reader->form = zub_form_of_name(path);
    zub_input_options input = {
        .encoding = options->encoding,
        .limit = options->limit,
        .step = options->step,
        .total = options->total,
        .is_html = reader->form == ZUB_FORM_HTML,
        .takes_binary =
            options->form != ZUB_FORM_AUTO ||
            (options->encoding && strcmp(options->encoding, "auto") != 0),
    };

    zub_status status =
        zub_input_open(&reader->input, path, fd, &input, error);
    if (status != ZUB_OK)
        return status;
    if (reader->form == ZUB_FORM_AUTO)
        reader->form = look_inside(reader);
    reader->next = readers[reader->form];
    return ZUB_OK;
}

void zub_reader_close(zub_reader *reader)
{
    zub_input_close(&reader->input);
    zub_object_release(&reader->object);
    zub_map_release(&reader->met);
    zub_arena_release(&reader->columns);
    zub_buffer_release(&reader->scratch);
    zub_buffer_release(&reader->quoted);
    zub_free(reader->ends);
}

/* A row of CSV may be many lines. */
bool zub_reader_is_ready(zub_reader *reader)
{
    return reader->form != ZUB_FORM_CSV && zub_input_has_line(&reader->input);
}
