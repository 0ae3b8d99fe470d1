/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* table.c - TSV and CSV: a header line that names the columns, then a record
 * a row. CSV quotes as RFC 4180 says; in TSV a tab is always a border. Cells
 * but for the text become fields, as JSON strings. Of a name that stands
 * twice the last column counts, and it alone is passed on. */
#include <inttypes.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "corpus/reader.h"
#include "corpus/record.h"

static zub_status fail_row(zub_reader *reader, const zub_line *row,
                           const char *what, zub_error *error)
{
    return zub_fail_at(error, ZUB_EMALFORMED, row->offset,
                       "cannot read '%s' line %" PRIu64 ": %s", reader->path,
                       row->number, what);
}

static bool is_quoted(const zub_reader *reader)
{
    return reader->form == ZUB_FORM_CSV;
}

/* ---- Cells ---- */

/* Move a quoted cell's characters to out; returns the byte behind its closing
 * quote, or 0: there is none. */
static size_t unquote(const char *row, size_t size, size_t at, zub_buffer *out)
{
    for (at++; at < size;) {
        const char *quote = memchr(row + at, '"', size - at);
        if (!quote)
            return 0;
        size_t end = (size_t)(quote - row);
        zub_buffer_add(out, row + at, end - at);
        at = end + 1;
        if (at == size || row[at] != '"')
            return at;
        zub_buffer_add_char(out, '"');
        at++;
    }
    return 0;
}

/* The next cell's characters, into out; *at moves onto the border behind it
 * or to the end. Returns what is wrong, or NULL. */
static const char *read_cell(const zub_reader *reader, zub_slice row,
                             size_t *at, zub_buffer *out)
{
    char border = is_quoted(reader) ? ',' : '\t';

    if (is_quoted(reader) && *at < row.size && row.data[*at] == '"') {
        *at = unquote(row.data, row.size, *at, out);
        if (*at == 0)
            return "a quote has no end";
        if (*at < row.size && row.data[*at] != border)
            return "something stands between a closing quote and the comma";
        return NULL;
    }
    const char *end =
        *at < row.size ? memchr(row.data + *at, border, row.size - *at) : NULL;
    size_t stop = end ? (size_t)(end - row.data) : row.size;
    zub_buffer_add(out, row.data + *at, stop - *at);
    *at = stop;
    return NULL;
}

/* Cut a row into cells: their characters one after the other in scratch, and
 * where each ends in reader->ends. */
static const char *cut_row(zub_reader *reader, zub_slice row)
{
    size_t at = 0;

    zub_buffer_clear(&reader->scratch);
    for (reader->cell_count = 0;; at++) {
        const char *what = read_cell(reader, row, &at, &reader->scratch);
        if (what)
            return what;
        if (!zub_grow(&reader->ends, &reader->end_capacity,
                      reader->cell_count + 1, sizeof *reader->ends))
            reader->scratch.status = ZUB_ENOMEM;
        if (reader->scratch.status != ZUB_OK)
            return NULL;
        reader->ends[reader->cell_count++] = reader->scratch.size;
        if (at == row.size)
            return NULL;
    }
}

static zub_slice cell(const zub_reader *reader, size_t i)
{
    size_t start = i == 0 ? 0 : reader->ends[i - 1];

    return (zub_slice){reader->scratch.data + start, reader->ends[i] - start};
}

/* ---- The header line ---- */

static size_t find_column(const zub_reader *reader, const char *name)
{
    size_t size = strlen(name);

    for (size_t i = reader->name_count; i-- > 0;)
        if (reader->names[i].data && reader->names[i].size == size &&
            memcmp(reader->names[i].data, name, size) == 0)
            return i;
    return ZUB_NO_COLUMN;
}

static size_t find_text_column(const zub_reader *reader)
{
    const char *name;

    for (size_t i = 0; (name = zub_text_field_name(reader->options, i)); i++) {
        size_t found = find_column(reader, name);
        if (found != ZUB_NO_COLUMN)
            return found;
    }
    return ZUB_NO_COLUMN;
}

static zub_status copy_names(zub_reader *reader, zub_error *error)
{
    reader->name_count = reader->cell_count;
    reader->names = zub_arena_alloc(&reader->columns, reader->name_count,
                                    sizeof *reader->names);
    if (!reader->names)
        return zub_fail_memory(error);
    memset(reader->names, 0, reader->name_count * sizeof *reader->names);
    for (size_t i = reader->name_count; i-- > 0;) {
        uint32_t before = reader->met.count;
        if (zub_map_add(&reader->met, cell(reader, i)) == ZUB_MAP_NONE)
            return zub_fail_memory(error);
        if (reader->met.count == before)
            continue;
        reader->names[i] = zub_arena_copy(&reader->columns, cell(reader, i));
        if (!reader->names[i].data)
            return zub_fail_memory(error);
    }
    return ZUB_OK;
}

/* What to do when no column is the text: a header line of one cell has
 * another border than we looked for. */
static const char *hint_at_border(const zub_reader *reader)
{
    zub_slice header = cell(reader, 0);

    if (reader->name_count == 1 && memchr(header.data, ';', header.size))
        return " (cells are to be parted by a comma or a tab, not by ';')";
    if (reader->name_count == 1 && memchr(header.data, '\t', header.size))
        return " (its cells are parted by tabs: name it with --from tsv)";
    if (reader->name_count == 1 && memchr(header.data, ',', header.size))
        return " (its cells are parted by commas: name it with --from csv)";
    return reader->options->text_field ? "" : " (name it with --field)";
}

static zub_status fail_columns(zub_reader *reader, const zub_line *header,
                               zub_error *error)
{
    const char *asked = reader->options->text_field;

    return zub_fail_at(
        error, ZUB_EMALFORMED, header->offset,
        "cannot read '%s' line %" PRIu64 ": no column %s%s%s in the header "
        "line%s",
        reader->path, header->number, asked ? "'" : "",
        asked ? asked : "text, content, body, raw_content or article",
        asked ? "'" : "", hint_at_border(reader));
}

static zub_status choose_columns(zub_reader *reader, const zub_line *header,
                                 zub_error *error)
{
    const zub_reader_options *options = reader->options;
    zub_columns *own = &reader->own;

    own->text = find_text_column(reader);
    own->id = find_column(reader, options->id_field);
    own->title = find_column(reader, "title");
    own->lang = find_column(reader, "lang");
    return own->text == ZUB_NO_COLUMN ? fail_columns(reader, header, error)
                                      : ZUB_OK;
}

/* The next row that is not empty, its cells cut. Without one `row` is. */
static zub_status next_row(zub_reader *reader, zub_line *row, zub_error *error)
{
    bool is_open = false;
    zub_status status;

    do {
        status = is_quoted(reader)
                     ? zub_input_row(&reader->input, ',', row, &is_open, error)
                     : zub_input_line(&reader->input, row, error);
        if (status != ZUB_OK || !row->text.data)
            return status;
    } while (row->text.size == 0);

    const char *what = cut_row(reader, row->text);
    if (is_open)
        what = "a quote that begins in this row has no end";
    if (what)
        return fail_row(reader, row, what, error);
    return reader->scratch.status == ZUB_OK ? ZUB_OK : zub_fail_memory(error);
}

static zub_status read_header(zub_reader *reader, zub_error *error)
{
    zub_line header;

    zub_input_skip_bom(&reader->input);
    zub_status status = next_row(reader, &header, error);
    reader->is_done = status == ZUB_OK && !header.text.data;
    if (status != ZUB_OK || reader->is_done)
        return status;
    status = copy_names(reader, error);
    return status == ZUB_OK ? choose_columns(reader, &header, error) : status;
}

/* ---- Rows ---- */

static void add_field(zub_reader *reader, zub_record *record, size_t i)
{
    size_t invalid;

    zub_utf8_count(cell(reader, i), &invalid);
    record->repaired += invalid;
    zub_buffer_clear(&reader->quoted);
    zub_value_quote(&reader->quoted, cell(reader, i));
    zub_record_add_field(record, zub_record_copy(record, reader->names[i]),
                         zub_record_copy_buffer(record, &reader->quoted));
}

/* All that is neither the text nor, under our own name for it, the id. */
static void add_fields(zub_reader *reader, zub_record *record)
{
    const zub_columns *own = &reader->own;
    bool has_own_id = strcmp(reader->options->id_field, "id") == 0;

    zub_record_reserve_fields(record, reader->name_count);
    for (size_t i = 0; i < reader->name_count; i++)
        if (reader->names[i].data && i != own->text &&
            !(i == own->id && has_own_id))
            add_field(reader, record, i);
}

static zub_slice copy_cell(zub_reader *reader, zub_record *record, size_t i)
{
    if (i == ZUB_NO_COLUMN)
        return (zub_slice){NULL, 0};
    return zub_record_copy(record, cell(reader, i));
}

/* Enough unless a cell is full of what JSON escapes: names, and each cell
 * once, ours once more. */
static size_t room_of(const zub_reader *reader)
{
    size_t room = zub_record_place_room(reader->source) +
                  zub_record_fields_room(reader->name_count) +
                  2 * reader->scratch.size;

    for (size_t i = 0; i < reader->name_count; i++)
        room += reader->names[i].size + 4;
    return room;
}

static zub_record *record_of_row(zub_reader *reader, const zub_line *row)
{
    const zub_columns *own = &reader->own;
    zub_record *record = zub_record_new(&reader->spare, room_of(reader));

    if (!record)
        return NULL;
    zub_record_place(record, reader->source, row->number);
    record->is_decoded = true;
    record->repaired = zub_input_repaired(&reader->input);
    record->text = copy_cell(reader, record, own->text);
    record->title = copy_cell(reader, record, own->title);
    record->lang = copy_cell(reader, record, own->lang);
    if (own->id != ZUB_NO_COLUMN && cell(reader, own->id).size > 0)
        record->id = copy_cell(reader, record, own->id);
    record->text_field =
        zub_record_copy(record, reader->names[own->text]).data;
    add_fields(reader, record);
    return record;
}

static zub_status fail_count(zub_reader *reader, const zub_line *row,
                             zub_error *error)
{
    return zub_fail_at(error, ZUB_EMALFORMED, row->offset,
                       "cannot read '%s' line %" PRIu64
                       ": %zu cell%s, but the header line has %zu",
                       reader->path, row->number, reader->cell_count,
                       reader->cell_count == 1 ? "" : "s", reader->name_count);
}

zub_status zub_table_next(zub_reader *reader, zub_record **out,
                          zub_error *error)
{
    zub_line row;

    *out = NULL;
    if (!reader->is_started) {
        reader->is_started = true;
        zub_status status = read_header(reader, error);
        reader->is_done = reader->is_done || status != ZUB_OK;
        if (reader->is_done)
            return status;
    }
    if (reader->is_done)
        return ZUB_OK;
    zub_status status = next_row(reader, &row, error);
    if (status != ZUB_OK || !row.text.data)
        return status;
    if (reader->cell_count != reader->name_count)
        return fail_count(reader, &row, error);
    return zub_record_finish(out, record_of_row(reader, &row), error);
}
