/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_json.c - the JSON writer: layout, escapes, repair, refusing sinks; read
 * back with cJSON. */
#include "render/json.h"
#include "render_samples.h"
#include "test.h"

#include <cjson/cJSON.h>

static zub_buffer written;
static zub_writer writer;
static zub_json json;

static void start(bool is_flat, unsigned indent)
{
    zub_buffer_clear(&written);
    zub_writer_init(&writer, zub_buffer_sink(&written));
    zub_json_init(&json, &writer, is_flat, indent);
}

static const char *finish(void)
{
    CHECK_INT(zub_writer_finish(&writer), ZUB_OK);
    return zub_buffer_slice(&written).data;
}

static const char *string(zub_slice text)
{
    start(true, 0);
    zub_json_string(&json, text);
    return finish();
}

static void strings_are_escaped_where_they_must_be(void)
{
    CHECK_STR(string(SLICE("")), "\"\"");
    CHECK_STR(string(SLICE("زبدة/é 😀")), "\"زبدة/é 😀\"");
    CHECK_STR(string(SLICE("a\"b\\c")), "\"a\\\"b\\\\c\"");
    CHECK_STR(string(SLICE("\b\f\n\r\t")), "\"\\b\\f\\n\\r\\t\"");
    CHECK_STR(string(SLICE("a\0b")), "\"a\\u0000b\"");
    CHECK_STR(string(SLICE("\x1b[31m\x7f")), "\"\\u001b[31m\\u007f\"");
    CHECK_STR(string(SLICE("\xC2\x9B\xE2\x80\xA8\xE2\x80\xA9")),
              "\"\\u009b\\u2028\\u2029\"");
}

static void invalid_bytes_become_replacement_characters(void)
{
    CHECK_STR(string(SLICE("a\xFF"
                           "b")),
              "\"a\xEF\xBF\xBD"
              "b\"");
    CHECK_STR(string(SLICE("\x80\x80")), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
    CHECK_STR(string(SLICE("\xD8")), "\"\xEF\xBF\xBD\"");
    CHECK_STR(string(SLICE("\xF0\x9F\x98")), "\"\xEF\xBF\xBD\"");
}

static void add_shape(void)
{
    zub_json_object(&json, ZUB_JSON_LINES);
    zub_json_name(&json, "a");
    zub_json_array(&json, ZUB_JSON_LINES);
    zub_json_count(&json, 1);
    zub_json_object(&json, ZUB_JSON_INLINE);
    zub_json_name(&json, "b");
    zub_json_true(&json);
    zub_json_name_slice(&json, 2, SLICE("c\n"));
    zub_json_null(&json);
    zub_json_end(&json);
    zub_json_end(&json);
    zub_json_name(&json, "none");
    zub_json_array(&json, ZUB_JSON_LINES);
    zub_json_end(&json);
    zub_json_end(&json);
}

static void values_stand_on_lines_or_inline(void)
{
    start(false, 0);
    add_shape();
    CHECK_STR(finish(), "{\n  \"a\": [\n    1,\n"
                        "    {\"b\": true, \"__c\\n\": null}\n  ],\n"
                        "  \"none\": []\n}");
    start(false, 1);
    add_shape();
    CHECK_STR(finish(), "{\n    \"a\": [\n      1,\n"
                        "      {\"b\": true, \"__c\\n\": null}\n    ],\n"
                        "    \"none\": []\n  }");
}

static void a_flat_value_is_one_line(void)
{
    start(true, 0);
    add_shape();
    CHECK_STR(finish(), "{\"a\": [1, {\"b\": true, \"__c\\n\": null}], "
                        "\"none\": []}");
}

static void digits_that_are_no_number_are_null(void)
{
    start(true, 0);
    zub_json_array(&json, ZUB_JSON_INLINE);
    zub_json_digits(&json, "0.25");
    zub_json_digits(&json, "nan");
    zub_json_end(&json);
    CHECK_STR(finish(), "[0.25, null]");
}

static void raw_values_stay_on_their_line(void)
{
    start(true, 0);
    zub_json_array(&json, ZUB_JSON_INLINE);
    zub_json_raw(&json,
                 SLICE("{\"n\":9007199254740993,\r\n \"s\":\"\\u0000\"}"));
    zub_json_raw(&json, SLICE(""));
    zub_json_raw(&json, SLICE("\n"));
    zub_json_end(&json);
    CHECK_STR(finish(),
              "[{\"n\":9007199254740993,   \"s\":\"\\u0000\"}, null,  ]");
}

static void nesting_has_a_limit_and_a_floor(void)
{
    start(false, 0);
    for (int i = 0; i < ZUB_JSON_DEPTH; i++)
        zub_json_array(&json, ZUB_JSON_INLINE);
    CHECK_INT(writer.status, ZUB_OK);
    zub_json_array(&json, ZUB_JSON_INLINE);
    CHECK_INT(zub_writer_finish(&writer), ZUB_ELIMIT);

    start(false, 0);
    zub_json_end(&json);
    CHECK_INT(zub_writer_finish(&writer), ZUB_EINVAL);
}

static void any_bytes_read_back_as_their_repaired_text(void)
{
    char bytes[64];
    uint64_t state = 3;
    zub_buffer repaired;
    int wrong = 0;

    zub_buffer_init(&repaired, ZUB_BUFFER_UNLIMITED);
    for (int i = 0; i < 20000; i++) {
        zub_slice text = {bytes, random_bytes(bytes, sizeof bytes, &state)};
        zub_buffer_clear(&repaired);
        zub_utf8_repair(&repaired, text);
        cJSON *parsed = cJSON_Parse(string(text));
        const char *got = cJSON_GetStringValue(parsed);
        wrong += !got || strcmp(got, zub_buffer_slice(&repaired).data) != 0;
        cJSON_Delete(parsed);
    }
    CHECK_INT(wrong, 0);
    zub_buffer_release(&repaired);
}

static void a_refusal_is_kept_and_ends_the_writing(void)
{
    for (int n = 1; n <= 5; n++) {
        refusal at = {n, 0};
        zub_writer_init(&writer, (zub_sink){refuse_nth, &at});
        zub_json_init(&json, &writer, true, 0);
        for (int i = 0; i < 5 * ZUB_WRITER_ROOM; i++)
            zub_json_string(&json, SLICE("x"));
        CHECK_INT(zub_writer_finish(&writer), ZUB_EWRITE);
        CHECK_INT(at.after, 0);
    }
}

static void long_texts_pass_through_the_writer_whole(void)
{
    static char big[3 * ZUB_WRITER_ROOM];

    memset(big, 'x', sizeof big);
    start(true, 0);
    zub_json_string(&json, (zub_slice){big, sizeof big});
    CHECK_INT(strlen(finish()), sizeof big + 2);
    CHECK(strspn(written.data + 1, "x") == sizeof big);
}

int main(void)
{
    zub_buffer_init(&written, ZUB_BUFFER_UNLIMITED);
    RUN(strings_are_escaped_where_they_must_be);
    RUN(invalid_bytes_become_replacement_characters);
    RUN(values_stand_on_lines_or_inline);
    RUN(a_flat_value_is_one_line);
    RUN(digits_that_are_no_number_are_null);
    RUN(raw_values_stay_on_their_line);
    RUN(nesting_has_a_limit_and_a_floor);
    RUN(any_bytes_read_back_as_their_repaired_text);
    RUN(a_refusal_is_kept_and_ends_the_writing);
    RUN(long_texts_pass_through_the_writer_whole);
    zub_buffer_release(&written);
    return DONE();
}
