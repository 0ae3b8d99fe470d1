/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_table.c - rows as TSV, JSON, JSONL and text: what stands there byte for
 * byte, and what no cell can make of it. */
#include "render/writer.h"
#include "render_samples.h"
#include "test.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>

static const zub_column columns[] = {
    {"term", ZUB_CELL_TEXT, 0},
    {"count", ZUB_CELL_COUNT, 0},
    {"dp", ZUB_CELL_REAL, 3},
};

static zub_buffer out;
static zub_table *table;

static void start(zub_format format, bool isolate)
{
    zub_buffer_clear(&out);
    CHECK_INT(zub_table_open(&table, columns, COUNT(columns), format, isolate,
                             zub_buffer_sink(&out), NULL),
              ZUB_OK);
}

static void add(zub_slice term, uint64_t count, double dp, uint64_t nulls)
{
    zub_cell cells[] = {{.text = term}, {.count = count}, {.real = dp}};

    CHECK_INT(zub_table_add(table, cells, nulls), ZUB_OK);
}

static const char *finish(void)
{
    CHECK_INT(zub_table_close(table), ZUB_OK);
    zub_table_free(table);
    return zub_buffer_slice(&out).data;
}

static void add_samples(void)
{
    add(SLICE("bee"), 12, 1 / 3.0, 0);
    add(SLICE("زبدة"), 7, 1e-7, 0);
    add(SLICE("none"), 0, 0, 6);
}

static void tsv_has_a_header_and_empty_cells(void)
{
    start(ZUB_FORMAT_TSV, false);
    add_samples();
    CHECK_STR(finish(), "term\tcount\tdp\n"
                        "bee\t12\t0.333\n"
                        "زبدة\t7\t1e-7\n"
                        "none\t\t\n");
}

static void json_has_numbers_that_read_back_and_nulls(void)
{
    start(ZUB_FORMAT_JSON, false);
    add_samples();
    CHECK_STR(finish(),
              "[\n"
              "  {\"term\": \"bee\", \"count\": 12, "
              "\"dp\": 0.3333333333333333},\n"
              "  {\"term\": \"زبدة\", \"count\": 7, \"dp\": 1e-7},\n"
              "  {\"term\": \"none\", \"count\": null, \"dp\": null}\n"
              "]\n");
}

static void jsonl_has_an_object_a_line(void)
{
    start(ZUB_FORMAT_JSONL, false);
    add_samples();
    CHECK_STR(finish(),
              "{\"term\": \"bee\", \"count\": 12, "
              "\"dp\": 0.3333333333333333}\n"
              "{\"term\": \"زبدة\", \"count\": 7, \"dp\": 1e-7}\n"
              "{\"term\": \"none\", \"count\": null, \"dp\": null}\n");
}

static void text_has_its_numbers_first(void)
{
    start(ZUB_FORMAT_TEXT, false);
    add_samples();
    CHECK_STR(finish(), "   count       dp  term\n"
                        "      12    0.333  bee\n"
                        "       7     1e-7  زبدة\n"
                        "       -        -  none\n");
}

static void right_to_left_text_is_isolated_when_asked(void)
{
    start(ZUB_FORMAT_TEXT, true);
    add(SLICE("bee"), 1, 0.5, 0);
    add(SLICE("زبدة"), 1, 0.5, 0);
    CHECK_STR(finish(), "   count       dp  term\n"
                        "       1      0.5  bee\n"
                        "       1      0.5  \xE2\x81\xA8زبدة\xE2\x81\xA9\n");
}

static void an_empty_table_is_well_formed(void)
{
    start(ZUB_FORMAT_TSV, false);
    CHECK_STR(finish(), "term\tcount\tdp\n");
    start(ZUB_FORMAT_JSON, false);
    CHECK_STR(finish(), "[]\n");
    start(ZUB_FORMAT_JSONL, false);
    CHECK(!out.data || out.size == 0);
    CHECK_INT(zub_table_close(table), ZUB_OK);
    zub_table_free(table);
}

static void no_cell_breaks_its_row(void)
{
    start(ZUB_FORMAT_TSV, false);
    add(SLICE("a\tb\nc\\\xFF\0"), 1, 0, 0);
    CHECK_STR(finish(), "term\tcount\tdp\n"
                        "a\\tb\\nc\\\\\xEF\xBF\xBD\\u0000\t1\t0\n");
    start(ZUB_FORMAT_TEXT, false);
    add(SLICE("a\tb\n\x1b"), 1, 0, 0);
    CHECK_STR(finish(), "   count       dp  term\n"
                        "       1        0  a b  \n");
}

static void numbers_that_are_none_are_named_or_null(void)
{
    start(ZUB_FORMAT_TSV, false);
    add(SLICE("a"), UINT64_MAX, NAN, 0);
    add(SLICE("a"), 0, INFINITY, 0);
    CHECK_STR(finish(), "term\tcount\tdp\n"
                        "a\t18446744073709551615\tnan\na\t0\tnan\n");
    start(ZUB_FORMAT_JSONL, false);
    add(SLICE("a"), 1, NAN, 0);
    CHECK_STR(finish(), "{\"term\": \"a\", \"count\": 1, \"dp\": null}\n");
}

static void any_text_reads_back_from_json(void)
{
    char bytes[64];
    uint64_t state = 5;
    zub_buffer repaired;
    int wrong = 0;

    zub_buffer_init(&repaired, ZUB_BUFFER_UNLIMITED);
    for (int i = 0; i < 5000; i++) {
        zub_slice text = {bytes, random_bytes(bytes, sizeof bytes, &state)};
        zub_buffer_clear(&repaired);
        zub_utf8_repair(&repaired, text);
        start(ZUB_FORMAT_JSON, false);
        add(text, 1, 0, 0);
        cJSON *rows = cJSON_Parse(finish());
        const char *got = cJSON_GetStringValue(
            cJSON_GetObjectItem(cJSON_GetArrayItem(rows, 0), "term"));
        wrong += !got || strcmp(got, zub_buffer_slice(&repaired).data) != 0;
        cJSON_Delete(rows);
    }
    CHECK_INT(wrong, 0);
    zub_buffer_release(&repaired);
}

static void a_table_needs_a_format_and_columns(void)
{
    zub_error error;
    zub_sink sink = zub_buffer_sink(&out);

    CHECK_INT(zub_table_open(&table, columns, COUNT(columns), ZUB_FORMAT_HTML,
                             false, sink, &error),
              ZUB_EINVAL);
    CHECK(!table);
    CHECK_INT(
        zub_table_open(&table, columns, 0, ZUB_FORMAT_TSV, false, sink, NULL),
        ZUB_EINVAL);
    CHECK_INT(zub_table_open(&table, columns, 65, ZUB_FORMAT_TSV, false, sink,
                             &error),
              ZUB_EINVAL);
    CHECK_STR(error.message, "a table has 1 to 64 columns, not 65");
}

static void a_refusal_ends_the_table(void)
{
    refusal at = {1, 0};
    zub_cell cells[3] = {{.text = SLICE("x")}};

    CHECK_INT(zub_table_open(&table, columns, COUNT(columns), ZUB_FORMAT_TEXT,
                             false, (zub_sink){refuse_nth, &at}, NULL),
              ZUB_EWRITE);
    CHECK(!table);
    at = (refusal){1, 0};
    CHECK_INT(zub_table_open(&table, columns, COUNT(columns), ZUB_FORMAT_TSV,
                             false, (zub_sink){refuse_nth, &at}, NULL),
              ZUB_OK);
    for (int i = 0; i < ZUB_WRITER_ROOM; i++)
        zub_table_add(table, cells, 0);
    CHECK_INT(zub_table_add(table, cells, 0), ZUB_EWRITE);
    CHECK_INT(zub_table_close(table), ZUB_EWRITE);
    CHECK_INT(at.after, 0);
    zub_table_free(table);
}

int main(void)
{
    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    RUN(tsv_has_a_header_and_empty_cells);
    RUN(json_has_numbers_that_read_back_and_nulls);
    RUN(jsonl_has_an_object_a_line);
    RUN(text_has_its_numbers_first);
    RUN(right_to_left_text_is_isolated_when_asked);
    RUN(an_empty_table_is_well_formed);
    RUN(no_cell_breaks_its_row);
    RUN(numbers_that_are_none_are_named_or_null);
    RUN(any_text_reads_back_from_json);
    RUN(a_table_needs_a_format_and_columns);
    RUN(a_refusal_ends_the_table);
    zub_buffer_release(&out);
    return DONE();
}
