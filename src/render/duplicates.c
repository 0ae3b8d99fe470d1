/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* duplicates.c - zub_render_duplicates and zub_render_record of zubda.h.
 *
 * Pairs are a table. Clusters are one in TSV; as text they stand apart, and as
 * JSON each is an object with its members in it. */
#include <string.h>

#include "zubda.h"
#include "base/error.h"
#include "render/decimal.h"
#include "render/fields.h"
#include "render/isolate.h"
#include "render/json.h"

#define PLACES 4 /* of an index, for people */
#define WIDTH 6  /* that it takes */

static zub_slice slice_of(const char *string)
{
    return (zub_slice){string, strlen(string)};
}

/* ---- Tables ---- */

static zub_status add_members(zub_table *table, zub_duplicates *duplicates)
{
    zub_duplicate member;
    zub_status status = ZUB_OK;

    while (status == ZUB_OK && zub_duplicates_next(&member, duplicates))
        status = zub_table_add(
            table,
            (zub_cell[]){
                {.count = member.cluster},
                {.count = member.size},
                {.text = member.id},
                {.real = member.jaccard},
                {.text = slice_of(zub_duplicate_kind_name(member.kind))}},
            0);
    return status;
}

static zub_status add_pairs(zub_table *table, zub_duplicates *duplicates)
{
    zub_duplicate_pair pair;
    zub_status status = ZUB_OK;

    while (status == ZUB_OK && zub_duplicates_next_pair(&pair, duplicates))
        status = zub_table_add(
            table,
            (zub_cell[]){
                {.real = pair.jaccard},
                {.text = slice_of(zub_duplicate_kind_name(pair.kind))},
                {.text = pair.a},
                {.text = pair.b}},
            0);
    return status;
}

static const zub_column member_columns[] = {
    {"cluster", ZUB_CELL_COUNT, 0}, {"size", ZUB_CELL_COUNT, 0},
    {"id", ZUB_CELL_TEXT, 0},       {"jaccard", ZUB_CELL_REAL, 0},
    {"kind", ZUB_CELL_TEXT, 0},
};

static const zub_column pair_columns[] = {
    {"jaccard", ZUB_CELL_REAL, 0},
    {"kind", ZUB_CELL_TEXT, 0},
    {"a", ZUB_CELL_TEXT, 0},
    {"b", ZUB_CELL_TEXT, 0},
};

static zub_status write_table(zub_duplicates *duplicates, bool pairs,
                              zub_format format, bool isolate, zub_sink sink,
                              zub_error *error)
{
    zub_table *table;
    zub_status status =
        zub_table_open(&table, pairs ? pair_columns : member_columns,
                       pairs ? sizeof pair_columns / sizeof *pair_columns
                             : sizeof member_columns / sizeof *member_columns,
                       format, isolate, sink, error);

    if (status == ZUB_OK)
        status = pairs ? add_pairs(table, duplicates)
                       : add_members(table, duplicates);
    if (status == ZUB_OK)
        status = zub_table_close(table);
    zub_table_free(table);
    return status;
}

/* ---- Text ---- */

static zub_status write_text(zub_duplicates *duplicates, bool isolate,
                             zub_sink sink)
{
    char digits[ZUB_DECIMAL_ROOM];
    zub_duplicate member;
    zub_writer out;

    zub_writer_init(&out, sink);
    while (out.status == ZUB_OK && zub_duplicates_next(&member, duplicates)) {
        if (member.kind == ZUB_DUPLICATE_FIRST && member.cluster > 1)
            zub_write_char(&out, '\n');
        const char *kind = zub_duplicate_kind_name(member.kind);
        zub_decimal_places(digits, member.jaccard, PLACES);
        zub_write_string(&out, digits);
        zub_write_repeat(&out, ' ', WIDTH - strlen(digits) + 2);
        zub_write_string(&out, kind);
        zub_write_repeat(&out, ' ', 7 - strlen(kind));
        zub_write_isolated(&out, member.id, isolate);
        zub_write_char(&out, '\n');
    }
    return zub_writer_finish(&out);
}

/* ---- JSON ---- */

static void add_real(zub_json *json, const char *name, double value)
{
    char digits[ZUB_DECIMAL_ROOM];

    zub_decimal_shortest(digits, value);
    zub_json_name(json, name);
    zub_json_digits(json, digits);
}

static void add_member(zub_json *json, const zub_duplicate *member)
{
    zub_json_object(json, ZUB_JSON_INLINE);
    zub_json_name(json, "id");
    zub_json_string(json, member->id);
    add_real(json, "jaccard", member->jaccard);
    zub_json_name(json, "kind");
    zub_json_string(json, slice_of(zub_duplicate_kind_name(member->kind)));
    zub_json_end(json);
}

static void begin_cluster(zub_json *json, const zub_duplicate *first)
{
    zub_json_object(json, ZUB_JSON_LINES);
    zub_json_name(json, "cluster");
    zub_json_count(json, first->cluster);
    zub_json_name(json, "id");
    zub_json_string(json, first->id);
    zub_json_name(json, "size");
    zub_json_count(json, first->size);
    zub_json_name(json, "members");
    zub_json_array(json, ZUB_JSON_LINES);
}

static void end_cluster(zub_json *json)
{
    zub_json_end(json);
    zub_json_end(json);
}

static zub_status write_json(zub_duplicates *duplicates, bool is_lines,
                             zub_sink sink)
{
    zub_writer out;
    zub_json json;
    zub_duplicate member;
    uint64_t left = 0; /* members of the cluster that is open */

    zub_writer_init(&out, sink);
    zub_json_init(&json, &out, is_lines, 0);
    if (!is_lines)
        zub_json_array(&json, ZUB_JSON_LINES);
    while (out.status == ZUB_OK && zub_duplicates_next(&member, duplicates)) {
        if (left == 0) {
            begin_cluster(&json, &member);
            left = member.size;
        }
        add_member(&json, &member);
        if (--left > 0)
            continue;
        end_cluster(&json);
        if (is_lines) {
            zub_write_char(&out, '\n');
            zub_json_init(&json, &out, true, 0);
        }
    }
    if (!is_lines) {
        zub_json_end(&json);
        zub_write_char(&out, '\n');
    }
    return zub_writer_finish(&out);
}

zub_status zub_render_duplicates(zub_duplicates *duplicates, bool pairs,
                                 zub_format format, bool isolate,
                                 zub_sink sink, zub_error *error)
{
    zub_status status;

    zub_error_clear(error);
    if (pairs || format == ZUB_FORMAT_TSV || format == ZUB_FORMAT_HTML)
        status = write_table(duplicates, pairs, format, isolate, sink, error);
    else if (format == ZUB_FORMAT_TEXT)
        status = write_text(duplicates, isolate, sink);
    else
        status = write_json(duplicates, format == ZUB_FORMAT_JSONL, sink);
    if (status != ZUB_OK && error && error->status != status)
        zub_fail(error, status, "%s", zub_status_text(status));
    return status;
}

/* ---- Records ---- */

static bool has_field(const zub_record *record, const char *name)
{
    for (size_t i = 0; i < record->field_count; i++) {
        zub_slice field = record->fields[i].name;
        if (field.size == strlen(name) &&
            memcmp(field.data, name, field.size) == 0)
            return true;
    }
    return false;
}

/* What stands in no field and not in the text: of HTML, say. */
static void add_own(zub_json *json, const zub_record *record, const char *name,
                    zub_slice value)
{
    if (value.size == 0 || has_field(record, name))
        return;
    zub_json_name(json, name);
    zub_json_string(json, value);
}

zub_status zub_render_record(const zub_record *record, zub_sink sink)
{
    static const char *const names[] = {"id", NULL};
    zub_said said = {.names = names};
    zub_writer out;
    zub_json json;

    zub_writer_init(&out, sink);
    zub_json_init(&json, &out, true, 0);
    zub_json_object(&json, ZUB_JSON_INLINE);
    zub_json_name(&json, "id");
    zub_json_string(&json, record->id);
    if (record->body == 0)
        add_own(&json, record, "title", record->title);
    add_own(&json, record, "lang", record->lang);
    zub_json_fields(&json, record, &said, true);
    zub_json_end(&json);
    zub_write_char(&out, '\n');
    return zub_writer_finish(&out);
}
