/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* rankings.c - zub_render_rankings of zubda.h. Text is what trec_eval writes,
 * byte for byte, so that whoever reads that can read this. */
#include <string.h>

#include "zubda.h"
#include "base/error.h"
#include "base/mem.h"
#include "render/decimal.h"
#include "render/json.h"

#define NAME_WIDTH 22
#define PLACES 4

/* A run with the intervals of its columns; NULL: not asked for. */
typedef struct ranking_view {
    const char *name;
    const zub_ranking *ranking;
    zub_ranking_facts facts;
    const zub_ranking_interval *means;       /* [facts.columns] */
    const zub_ranking_interval *differences; /* of the first run: NULL */
} ranking_view;

static zub_slice slice_of(const char *string)
{
    return (zub_slice){string, strlen(string)};
}

/* ---- Text ---- */

/* The Z before a name stands before its column, too. */
static void begin_line(zub_writer *out, const char *name, bool is_zscore,
                       zub_slice query)
{
    size_t size = strlen(name), width = NAME_WIDTH + is_zscore;

    zub_write(out, name, size);
    if (size < width)
        zub_write_repeat(out, ' ', width - size);
    zub_write_char(out, '\t');
    zub_write_escaped(out, query, zub_escape_cell);
    zub_write_char(out, '\t');
}

static void add_value(zub_writer *out, double value, bool is_count)
{
    char digits[ZUB_DECIMAL_ROOM];

    zub_decimal_padded(digits, value, is_count ? 0 : PLACES);
    zub_write_string(out, digits);
}

static void add_cell(zub_writer *out, double value)
{
    zub_write_char(out, '\t');
    add_value(out, value, false);
}

static void add_intervals(zub_writer *out, const ranking_view *view, size_t i)
{
    if (!view->means)
        return;
    add_cell(out, view->means[i].low);
    add_cell(out, view->means[i].high);
    if (!view->differences)
        return;
    add_cell(out, view->differences[i].mean);
    add_cell(out, view->differences[i].low);
    add_cell(out, view->differences[i].high);
    add_cell(out, view->differences[i].chance);
}

static void add_text(zub_writer *out, const ranking_view *view, size_t q,
                     size_t column)
{
    begin_line(out, zub_ranking_column_at(view->ranking, column).name, false,
               zub_ranking_query(view->ranking, q));
    zub_write_char(out, '\'');
    zub_slice text = zub_ranking_text(view->ranking, q, column);
    zub_write(out, text.data, text.size);
    zub_write(out, "'\n", 2);
}

static void write_query(zub_writer *out, const ranking_view *view, size_t q)
{
    zub_slice query = zub_ranking_query(view->ranking, q);

    for (size_t i = 0; i < view->facts.columns; i++) {
        zub_ranking_column column = zub_ranking_column_at(view->ranking, i);
        if (column.is_of_all)
            continue;
        if (column.is_text) {
            add_text(out, view, q, i);
            continue;
        }
        begin_line(out, column.name, view->facts.is_zscores, query);
        add_value(out, zub_ranking_value(view->ranking, q, i),
                  column.is_count);
        zub_write_char(out, '\n');
    }
}

static void write_facts(zub_writer *out, const ranking_view *view)
{
    bool is_zscore = view->facts.is_zscores;
    zub_slice all = slice_of("all");

    begin_line(out, "runid", false, all);
    zub_write_escaped(out, view->facts.tag, zub_escape_cell);
    zub_write_char(out, '\n');
    begin_line(out, is_zscore ? "Znum_q" : "num_q", is_zscore, all);
    add_value(out, (double)view->facts.queries, !is_zscore);
    zub_write_char(out, '\n');
}

static void write_all(zub_writer *out, const ranking_view *view)
{
    write_facts(out, view);
    for (size_t i = 0; i < view->facts.columns; i++) {
        zub_ranking_column column = zub_ranking_column_at(view->ranking, i);
        if (column.is_text)
            continue;
        begin_line(out, column.name, view->facts.is_zscores, slice_of("all"));
        add_value(out, column.all, column.is_count);
        if (!column.is_sum)
            add_intervals(out, view, i);
        zub_write_char(out, '\n');
    }
}

static zub_status write_text(const ranking_view *views, size_t count,
                             bool by_query, zub_sink sink)
{
    zub_writer out;

    zub_writer_init(&out, sink);
    for (size_t v = 0; v < count; v++) {
        if (v > 0)
            zub_write_char(&out, '\n');
        for (size_t q = 0; by_query && q < views[v].facts.queries; q++)
            write_query(&out, &views[v], q);
        write_all(&out, &views[v]);
    }
    return zub_writer_finish(&out);
}

/* ---- TSV ---- */

static const zub_column table_columns[] = {
    {"run", ZUB_CELL_TEXT, 0},
    {"measure", ZUB_CELL_TEXT, 0},
    {"query", ZUB_CELL_TEXT, 0},
    {"value", ZUB_CELL_REAL, 0},
    {"low", ZUB_CELL_REAL, 0},
    {"high", ZUB_CELL_REAL, 0},
    {"difference", ZUB_CELL_REAL, 0},
    {"difference_low", ZUB_CELL_REAL, 0},
    {"difference_high", ZUB_CELL_REAL, 0},
    {"chance", ZUB_CELL_REAL, 0},
};
#define TABLE_COLUMNS (sizeof table_columns / sizeof *table_columns)
#define NO_INTERVAL ((uint64_t)0x3F << 4)
#define NO_DIFFERENCE ((uint64_t)0xF << 6)

static zub_status add_row(zub_table *table, const ranking_view *view, size_t i,
                          zub_slice query, double value, bool is_of_all)
{
    zub_ranking_column column = zub_ranking_column_at(view->ranking, i);
    zub_cell cells[TABLE_COLUMNS] = {{.text = slice_of(view->name)},
                                     {.text = slice_of(column.name)},
                                     {.text = query},
                                     {.real = value}};
    uint64_t nulls = NO_INTERVAL;

    if (is_of_all && view->means && !column.is_sum) {
        nulls = NO_DIFFERENCE;
        cells[4].real = view->means[i].low;
        cells[5].real = view->means[i].high;
    }
    if (nulls == NO_DIFFERENCE && view->differences) {
        nulls = 0;
        cells[6].real = view->differences[i].mean;
        cells[7].real = view->differences[i].low;
        cells[8].real = view->differences[i].high;
        cells[9].real = view->differences[i].chance;
    }
    return zub_table_add(table, cells, nulls);
}

static zub_status add_rows(zub_table *table, const ranking_view *view,
                           bool by_query)
{
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < view->facts.columns && status == ZUB_OK; i++) {
        zub_ranking_column column = zub_ranking_column_at(view->ranking, i);
        size_t queries =
            by_query && !column.is_of_all ? view->facts.queries : 0;
        if (column.is_text) /* the table is of numbers */
            continue;
        status = add_row(table, view, i, slice_of("all"), column.all, true);
        for (size_t q = 0; q < queries && status == ZUB_OK; q++)
            status =
                add_row(table, view, i, zub_ranking_query(view->ranking, q),
                        zub_ranking_value(view->ranking, q, i), false);
    }
    return status;
}

static zub_status write_table(const ranking_view *views, size_t count,
                              bool by_query, zub_sink sink, zub_error *error)
{
    zub_table *table;
    zub_status status = zub_table_open(&table, table_columns, TABLE_COLUMNS,
                                       ZUB_FORMAT_TSV, false, sink, error);

    for (size_t v = 0; v < count && status == ZUB_OK; v++)
        status = add_rows(table, &views[v], by_query);
    if (status == ZUB_OK)
        status = zub_table_close(table);
    zub_table_free(table);
    return status;
}

/* ---- JSON ---- */

static void add_real(zub_json *json, const char *name, double value)
{
    char digits[ZUB_DECIMAL_ROOM];

    zub_decimal_shortest(digits, value);
    zub_json_name(json, name);
    zub_json_digits(json, digits);
}

static void add_count(zub_json *json, const char *name, uint64_t value)
{
    zub_json_name(json, name);
    zub_json_count(json, value);
}

static void add_difference(zub_json *json, const zub_ranking_interval *one)
{
    zub_json_name(json, "difference");
    zub_json_object(json, ZUB_JSON_INLINE);
    add_real(json, "mean", one->mean);
    add_real(json, "low", one->low);
    add_real(json, "high", one->high);
    add_real(json, "chance", one->chance);
    add_count(json, "queries", one->queries);
    zub_json_end(json);
}

static void add_measures(zub_json *json, const ranking_view *view)
{
    zub_json_name(json, "measures");
    zub_json_object(json, ZUB_JSON_LINES);
    for (size_t i = 0; i < view->facts.columns; i++) {
        zub_ranking_column column = zub_ranking_column_at(view->ranking, i);
        if (column.is_text)
            continue;
        zub_json_name(json, column.name);
        zub_json_object(json, ZUB_JSON_INLINE);
        add_real(json, "all", column.all);
        if (view->means && !column.is_sum) {
            add_real(json, "low", view->means[i].low);
            add_real(json, "high", view->means[i].high);
        }
        if (view->differences && !column.is_sum)
            add_difference(json, &view->differences[i]);
        zub_json_end(json);
    }
    zub_json_end(json);
}

static void add_cell_of(zub_json *json, const ranking_view *view, size_t q,
                        size_t i)
{
    zub_ranking_column column = zub_ranking_column_at(view->ranking, i);

    if (!column.is_text) {
        add_real(json, column.name, zub_ranking_value(view->ranking, q, i));
        return;
    }
    zub_json_name(json, column.name);
    zub_json_string(json, zub_ranking_text(view->ranking, q, i));
}

static void add_queries(zub_json *json, const ranking_view *view)
{
    zub_json_name(json, "by_query");
    zub_json_array(json, ZUB_JSON_LINES);
    for (size_t q = 0; q < view->facts.queries; q++) {
        zub_json_object(json, ZUB_JSON_INLINE);
        zub_json_name(json, "query");
        zub_json_string(json, zub_ranking_query(view->ranking, q));
        for (size_t i = 0; i < view->facts.columns; i++) {
            zub_ranking_column column =
                zub_ranking_column_at(view->ranking, i);
            if (!column.is_of_all)
                add_cell_of(json, view, q, i);
        }
        zub_json_end(json);
    }
    zub_json_end(json);
}

static zub_status write_json(const ranking_view *views, size_t count,
                             bool by_query, zub_sink sink)
{
    zub_writer out;
    zub_json json;

    zub_writer_init(&out, sink);
    zub_json_init(&json, &out, false, 0);
    zub_json_object(&json, ZUB_JSON_LINES);
    zub_json_name(&json, "runs");
    zub_json_array(&json, ZUB_JSON_LINES);
    for (size_t v = 0; v < count; v++) {
        const ranking_view *view = &views[v];
        zub_json_object(&json, ZUB_JSON_LINES);
        zub_json_name(&json, "run");
        zub_json_string(&json, slice_of(view->name));
        zub_json_name(&json, "tag");
        zub_json_string(&json, view->facts.tag);
        add_count(&json, "queries", view->facts.queries);
        add_count(&json, "unjudged", view->facts.unjudged);
        add_count(&json, "missing", view->facts.missing);
        add_measures(&json, view);
        if (by_query)
            add_queries(&json, view);
        zub_json_end(&json);
    }
    zub_json_end(&json);
    zub_json_end(&json);
    zub_write_char(&out, '\n');
    return zub_writer_finish(&out);
}

/* ---- The whole ---- */

static zub_status write_views(const ranking_view *views, size_t count,
                              bool by_query, zub_format format, zub_sink sink,
                              zub_error *error)
{
    switch (format) {
    case ZUB_FORMAT_TEXT: return write_text(views, count, by_query, sink);
    case ZUB_FORMAT_TSV:
        return write_table(views, count, by_query, sink, error);
    case ZUB_FORMAT_JSON: return write_json(views, count, by_query, sink);
    default:
        return zub_fail(error, ZUB_EINVAL,
                        "rankings are text, TSV or JSON, nothing else");
    }
}

/* Two rows of intervals for each run; the first has no difference. */
static zub_status find_intervals(ranking_view *views, size_t count,
                                 zub_ranking_interval *rows, zub_error *error)
{
    zub_status status = ZUB_OK;

    for (size_t v = 0; v < count && status == ZUB_OK; v++) {
        zub_ranking_interval *means = rows;
        rows += views[v].facts.columns;
        status = zub_ranking_intervals(means, views[v].ranking, NULL, error);
        views[v].means = means;
        if (v == 0 || status != ZUB_OK)
            continue;
        status = zub_ranking_intervals(rows, views[v].ranking,
                                       views[0].ranking, error);
        views[v].differences = rows;
        rows += views[v].facts.columns;
    }
    return status;
}

static size_t view_all(ranking_view *views, const zub_named_ranking *rankings,
                       size_t count)
{
    size_t columns = 0;

    for (size_t v = 0; v < count; v++) {
        views[v] =
            (ranking_view){.name = rankings[v].name,
                           .ranking = rankings[v].ranking,
                           .facts = zub_ranking_about(rankings[v].ranking)};
        columns += views[v].facts.columns;
    }
    return columns;
}

zub_status zub_render_rankings(const zub_named_ranking *rankings, size_t count,
                               bool by_query, bool intervals,
                               zub_format format, zub_sink sink,
                               zub_error *error)
{
    ranking_view *views = zub_alloc(count, sizeof *views);
    zub_ranking_interval *rows = NULL;
    zub_status status = ZUB_OK;

    zub_error_clear(error);
    if (!views)
        return zub_fail_memory(error);
    size_t columns = view_all(views, rankings, count);
    if (intervals) {
        rows = zub_alloc(columns, 2 * sizeof *rows);
        status = rows ? find_intervals(views, count, rows, error)
                      : zub_fail_memory(error);
    }
    if (status == ZUB_OK)
        status = write_views(views, count, by_query, format, sink, error);
    zub_free(rows);
    zub_free(views);
    if (status != ZUB_OK && error && error->status != status)
        zub_fail(error, status, "%s", zub_status_text(status));
    return status;
}
