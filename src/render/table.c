/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* table.c - zub_table_* of zubda.h: rows in one of four formats, a pair of
 * functions each. Nothing is known of the rows to come, so the columns of TEXT
 * are as wide as numbers mostly are, and a wider one pushes its line. */
#include <string.h>

#include "zubda.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/mem.h"
#include "render/decimal.h"
#include "render/isolate.h"
#include "render/json.h"

#define COLUMNS_MOST 64 /* a bit each in `nulls` */

typedef struct table_row {
    const zub_cell *cells; /* [column_count] */
    uint64_t nulls;
} table_row;

/* How a format begins, writes a row, and ends. */
typedef struct table_format {
    void (*head)(zub_table *table);
    void (*row)(zub_table *table, const table_row *row);
    void (*tail)(zub_table *table);
    bool is_prompt; /* somebody waits for the lines */
} table_format;

struct zub_table {
    zub_writer out;
    zub_json json;
    zub_buffer names; /* JSON: all that stands before each column's value */
    size_t name_ends[COLUMNS_MOST];
    const table_format *format;
    bool isolate;
    size_t column_count;
    zub_column columns[];
};

static bool is_null(const table_row *row, size_t column)
{
    return row->nulls >> column & 1;
}

/* A number that is not JSON; its length. */
static size_t number_digits(char digits[ZUB_DECIMAL_ROOM],
                            const zub_column *column, zub_cell cell)
{
    if (column->kind == ZUB_CELL_COUNT)
        return zub_decimal_count(digits, cell.count);
    return zub_decimal_significant(digits, cell.real, (int)column->digits);
}

static void nothing(zub_table *table)
{
    (void)table;
}

/* ---- TSV ---- */

static void between_cells(zub_table *table, size_t column)
{
    if (column > 0)
        zub_write_char(&table->out, '\t');
}

static void tsv_head(zub_table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const char *name = table->columns[i].name;
        between_cells(table, i);
        zub_write_escaped(&table->out, (zub_slice){name, strlen(name)},
                          zub_escape_cell);
    }
    zub_write_char(&table->out, '\n');
}

static void tsv_cell(zub_table *table, const zub_column *column, zub_cell cell)
{
    zub_writer *out = &table->out;

    if (column->kind == ZUB_CELL_TEXT)
        zub_write_escaped(out, cell.text, zub_escape_cell);
    else
        out->used += number_digits(zub_writer_room(out, ZUB_DECIMAL_ROOM),
                                   column, cell);
}

static void tsv_row(zub_table *table, const table_row *row)
{
    for (size_t i = 0; i < table->column_count; i++) {
        between_cells(table, i);
        if (!is_null(row, i))
            tsv_cell(table, &table->columns[i], row->cells[i]);
    }
    zub_write_char(&table->out, '\n');
}

/* ---- JSON and JSONL ---- */

static void json_value(zub_json *json, const zub_column *column, zub_cell cell)
{
    char digits[ZUB_DECIMAL_ROOM];

    switch (column->kind) {
    case ZUB_CELL_TEXT: zub_json_string(json, cell.text); return;
    case ZUB_CELL_COUNT: zub_json_count(json, cell.count); return;
    case ZUB_CELL_REAL: break;
    }
    zub_decimal_shortest(digits, cell.real);
    zub_json_digits(json, digits);
}

/* What stands between values is the same in each row, so it is made once: to
 * place and escape a name was as much as to write its value. */
static void name_columns(zub_table *table)
{
    zub_writer out;
    zub_json json;

    zub_writer_init(&out, zub_buffer_sink(&table->names));
    zub_json_init(&json, &out, true, 0);
    zub_json_object(&json, ZUB_JSON_INLINE);
    for (size_t i = 0; i < table->column_count; i++) {
        zub_json_name(&json, table->columns[i].name);
        zub_writer_fail(&table->out, zub_writer_finish(&out));
        table->name_ends[i] = table->names.size;
        json.is_named = false; /* the value */
    }
}

static void json_head(zub_table *table)
{
    name_columns(table);
    zub_json_init(&table->json, &table->out, false, 0);
    zub_json_array(&table->json, ZUB_JSON_LINES);
}

static void json_name(zub_table *table, size_t column)
{
    size_t start = column > 0 ? table->name_ends[column - 1] : 0;

    zub_write(&table->out, table->names.data + start,
              table->name_ends[column] - start);
}

static void json_values(zub_table *table, const table_row *row)
{
    zub_json value;

    zub_json_init(&value, &table->out, true, 0);
    for (size_t i = 0; i < table->column_count; i++) {
        json_name(table, i);
        if (is_null(row, i))
            zub_json_null(&value);
        else
            json_value(&value, &table->columns[i], row->cells[i]);
    }
    zub_write_char(&table->out, '}');
}

static void json_row(zub_table *table, const table_row *row)
{
    zub_json_place(&table->json);
    json_values(table, row);
}

static void json_tail(zub_table *table)
{
    zub_json_end(&table->json);
    zub_write_char(&table->out, '\n');
}

static void jsonl_row(zub_table *table, const table_row *row)
{
    json_values(table, row);
    zub_write_char(&table->out, '\n');
}

/* ---- Text: numbers first, text last, so that right-to-left text cannot pull
 * a number to the wrong side ---- */

static size_t text_width(const zub_column *column)
{
    size_t least = column->kind == ZUB_CELL_COUNT ? 8 : column->digits + 4;
    size_t name = strlen(column->name);

    return name > least ? name : least;
}

/* Columns stand two spaces apart. */
static void text_number(zub_table *table, const zub_column *column,
                        const char *digits, size_t size, bool is_first)
{
    size_t width = text_width(column);

    if (!is_first)
        zub_write_string(&table->out, "  ");
    if (size < width)
        zub_write_repeat(&table->out, ' ', width - size);
    zub_write(&table->out, digits, size);
}

static void text_text(zub_table *table, zub_slice text, bool is_first)
{
    if (!is_first)
        zub_write_string(&table->out, "  ");
    zub_write_isolated(&table->out, text, table->isolate);
}

/* A number that is missing is a hyphen; with no row, the column's name. */
static void text_cell(zub_table *table, size_t i, const table_row *row,
                      bool is_first)
{
    char digits[ZUB_DECIMAL_ROOM] = "-";
    const zub_column *column = &table->columns[i];
    const char *shown = row ? digits : column->name;
    size_t size = strlen(shown);

    if (row && !is_null(row, i) && column->kind == ZUB_CELL_TEXT) {
        text_text(table, row->cells[i].text, is_first);
        return;
    }
    if (column->kind == ZUB_CELL_TEXT) {
        text_text(table, (zub_slice){shown, size}, is_first);
        return;
    }
    if (row && !is_null(row, i))
        size = number_digits(digits, column, row->cells[i]);
    text_number(table, column, shown, size, is_first);
}

static void text_row(zub_table *table, const table_row *row)
{
    bool is_first = true;

    for (unsigned want_text = 0; want_text <= 1; want_text++)
        for (size_t i = 0; i < table->column_count; i++)
            if ((table->columns[i].kind == ZUB_CELL_TEXT) == want_text) {
                text_cell(table, i, row, is_first);
                is_first = false;
            }
    zub_write_char(&table->out, '\n');
}

static void text_head(zub_table *table)
{
    text_row(table, NULL);
}

/* ---- The table ---- */

static const table_format *format_of(zub_format format)
{
    static const table_format formats[] = {
        [ZUB_FORMAT_TEXT] = {text_head, text_row, nothing, true},
        [ZUB_FORMAT_JSON] = {json_head, json_row, json_tail, false},
        [ZUB_FORMAT_JSONL] = {name_columns, jsonl_row, nothing, false},
        [ZUB_FORMAT_TSV] = {tsv_head, tsv_row, nothing, false},
    };

    return (size_t)format < sizeof formats / sizeof *formats ? &formats[format]
                                                             : NULL;
}

static void copy_columns(zub_table *table, const zub_column *columns,
                         size_t count)
{
    table->column_count = count;
    for (size_t i = 0; i < count; i++) {
        table->columns[i] = columns[i];
        if (columns[i].digits == 0)
            table->columns[i].digits = 6;
        if (columns[i].digits > 17)
            table->columns[i].digits = 17;
    }
}

/* What was refused, if anything was. */
static zub_status begin(zub_table *table, zub_error *error)
{
    table->format->head(table);
    if (table->format->is_prompt)
        zub_writer_finish(&table->out);
    return table->out.status == ZUB_OK
               ? ZUB_OK
               : zub_fail(error, table->out.status, "%s",
                          zub_status_text(table->out.status));
}

zub_status zub_table_open(zub_table **out, const zub_column *columns,
                          size_t count, zub_format format, bool isolate,
                          zub_sink sink, zub_error *error)
{
    const table_format *how = format_of(format);
    zub_table *table;

    *out = NULL;
    zub_error_clear(error);
    if (!how)
        return zub_fail(error, ZUB_EINVAL, "tables have no such format");
    if (count == 0 || count > COLUMNS_MOST)
        return zub_fail(error, ZUB_EINVAL,
                        "a table has 1 to %d columns, not %zu", COLUMNS_MOST,
                        count);
    table = zub_alloc_tail(sizeof *table, count, sizeof *columns);
    if (!table)
        return zub_fail_memory(error);
    zub_writer_init(&table->out, sink);
    zub_buffer_init(&table->names, ZUB_BUFFER_UNLIMITED);
    table->format = how;
    table->isolate = isolate;
    copy_columns(table, columns, count);
    zub_status status = begin(table, error);
    if (status == ZUB_OK)
        *out = table;
    else
        zub_table_free(table);
    return status;
}

zub_status zub_table_add(zub_table *table, const zub_cell *cells,
                         uint64_t nulls)
{
    table->format->row(table, &(table_row){cells, nulls});
    if (table->format->is_prompt)
        zub_writer_finish(&table->out);
    return table->out.status;
}

zub_status zub_table_close(zub_table *table)
{
    table->format->tail(table);
    return zub_writer_finish(&table->out);
}

void zub_table_free(zub_table *table)
{
    if (table)
        zub_buffer_release(&table->names);
    zub_free(table);
}
