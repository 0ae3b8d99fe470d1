/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_corpus_object.c - cutting a JSON object into raw members, against cJSON
 * as the second opinion. */
#include "test.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <time.h>

#include "corpus/object.h"

static zub_slice slice(const char *text)
{
    return (zub_slice){text, strlen(text)};
}

static zub_status scan(zub_object *out, const char *text,
                       zub_object_fault *fault)
{
    return zub_object_scan(out, slice(text), fault);
}

static void members_are_slices_of_the_line(void)
{
    const char *line =
        " { \"a\" : [1,{\"b\":2}] ,\"c\\\"d\":\"e\" , \"f\":-1.5E+3} ";
    zub_object m = {NULL, 0, 0};
    zub_object_fault fault;

    CHECK_INT(scan(&m, line, &fault), ZUB_OK);
    CHECK_INT(m.count, 3);
    CHECK(m.members[0].value.size == 11 &&
          memcmp(m.members[0].value.data, "[1,{\"b\":2}]", 11) == 0);
    CHECK(m.members[1].name.size == 6);
    CHECK(m.members[2].value.size == 7);
    CHECK(m.members[0].name.data > line && m.members[0].name.data < line + 9);
    zub_object_release(&m);
}

static void faults_say_where_and_what(void)
{
    static const struct {
        const char *text, *what;
        size_t at;
    } cases[] = {
        {"", "expected an object", 0},
        {"[]", "expected an object", 0},
        {"{", "expected a string", 1},
        {"{\"a\"", "expected a colon", 4},
        {"{\"a\":", "expected a value", 5},
        {"{\"a\":1", "expected a comma or '}'", 6},
        {"{\"a\":1,}", "expected a string", 7},
        {"{\"a\":01}", "expected a comma or '}'", 6},
        {"{\"a\":1.}", "malformed number", 7},
        {"{\"a\":-}", "malformed number", 6},
        {"{\"a\":1e}", "malformed number", 7},
        {"{\"a\":tru}", "expected a value", 5},
        {"{\"a\":[1 2]}", "expected a comma or ']'", 8},
        {"{\"a\":[1}", "expected a comma or ']'", 7},
        {"{\"a\":\"x}", "a string has no end", 5},
        {"{\"a\":\"\\x\"}", "unknown escape in a string", 6},
        {"{\"a\":\"\\u12g4\"}", "unknown escape in a string", 6},
        {"{\"a\":{\"b\"}}", "expected a colon", 9},
        {"{} x", "more than one value on a line", 3},
        {"{\"a\":NaN}", "expected a value", 5},
    };
    zub_object m = {NULL, 0, 0};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        zub_object_fault fault;
        CHECK_INT(scan(&m, cases[i].text, &fault), ZUB_EMALFORMED);
        CHECK_STR(fault.what, cases[i].what);
        CHECK_INT(fault.at, cases[i].at);
    }
    zub_object_release(&m);
}

static char *repeat(const char *head, const char *unit, size_t times,
                    const char *tail)
{
    size_t size = strlen(unit);
    char *out = malloc(strlen(head) + size * times + strlen(tail) + 1);
    char *at = out + sprintf(out, "%s", head);

    for (size_t i = 0; i < times; i++, at += size)
        memcpy(at, unit, size);
    strcpy(at, tail);
    return out;
}

static void depth_ends_at_512(void)
{
    zub_object m = {NULL, 0, 0};
    zub_object_fault fault;
    char *deepest = repeat("{\"a\":", "[", 512, "");
    char *closed = repeat(deepest, "]", 512, "}");
    char *deeper = repeat("{\"a\":", "[", 513, "");
    char *far = repeat("{\"a\":", "{\"a\":", 1000000, "");

    CHECK_INT(scan(&m, closed, &fault), ZUB_OK);
    CHECK_INT(scan(&m, deeper, &fault), ZUB_EMALFORMED);
    CHECK_STR(fault.what, "nested deeper than 512 levels");
    CHECK_INT(scan(&m, far, &fault), ZUB_EMALFORMED);
    free(deepest);
    free(closed);
    free(deeper);
    free(far);
    zub_object_release(&m);
}

static void members_end_at_65536(void)
{
    zub_object m = {NULL, 0, 0};
    zub_object_fault fault;
    char *most = repeat("{", "\"\":0,", 65535, "\"\":0}");
    char *more = repeat("{", "\"\":0,", 65536, "\"\":0}");

    CHECK_INT(scan(&m, most, &fault), ZUB_OK);
    CHECK_INT(m.count, 65536);
    CHECK_INT(scan(&m, more, &fault), ZUB_EMALFORMED);
    free(most);
    free(more);
    zub_object_release(&m);
}

/* 10 MB of escapes, of quotes, of backslashes: seconds would mean that a part
 * is looked at again and again. */
static void long_lines_take_linear_time(void)
{
    static const char *const units[] = {"\\u0645", "\\\\", "x", "\\\""};
    zub_object m = {NULL, 0, 0};
    zub_object_fault fault;
    clock_t start = clock();

    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        char *line = repeat("{\"text\":\"", units[i],
                            10000000 / strlen(units[i]), "\"}");
        zub_buffer out;
        zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
        CHECK_INT(scan(&m, line, &fault), ZUB_OK);
        zub_value_unquote(&out, m.members[0].value);
        CHECK_INT(out.status, ZUB_OK);
        zub_buffer_release(&out);
        free(line);
    }
    CHECK((clock() - start) / CLOCKS_PER_SEC < 10);
    zub_object_release(&m);
}

static void quoting_and_unquoting_are_inverse(void)
{
    char text[256];
    zub_buffer quoted, back;

    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)(i == 0 ? 'a' : i);
    zub_buffer_init(&quoted, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&back, ZUB_BUFFER_UNLIMITED);
    zub_value_quote(&quoted, (zub_slice){text, sizeof text});
    CHECK_INT(zub_value_unquote(&back, zub_buffer_slice(&quoted)), 0);
    CHECK_INT(back.size, sizeof text);
    CHECK(memcmp(back.data, text, sizeof text) == 0);
    zub_buffer_release(&quoted);
    zub_buffer_release(&back);
}

/* ---- cJSON's opinion ---- */

static unsigned noise = 20240501;

static unsigned below(unsigned limit)
{
    noise = noise * 1664525u + 1013904223u;
    return (noise >> 8) % limit;
}

/* Lines that are JSON objects, or nearly. */
static size_t make_line(char *out)
{
    static const char *const parts[] = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"a\"",
        "\"text\"",
        "\"\\n\\u0041\"",
        "1",
        "-2.5e3",
        "true",
        "null",
        " ",
        "\"\"",
        "{\"k\":",
        "\"x\":1,",
        "\xD9\x85",
        "\"\xFF\"",
        "[1,2]",
        "{}",
        "\"\\ud83d\\ude00\"",
    };
    size_t size = (size_t)sprintf(out, "{\"k\":");
    unsigned count = below(8);

    for (unsigned i = 0; i < count; i++)
        size += (size_t)sprintf(out + size, "%s",
                                parts[below(sizeof parts / sizeof *parts)]);
    return size + (size_t)sprintf(out + size, "%s", below(4) ? "}" : "");
}

static void check_values(const zub_object *m, const cJSON *tree)
{
    const cJSON *item = tree->child;

    for (size_t i = 0; i < m->count && item; i++, item = item->next) {
        double number;
        zub_buffer out;
        zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
        zub_value_unquote(&out, m->members[i].name);
        CHECK_STR(zub_buffer_slice(&out).data, item->string);
        zub_buffer_clear(&out);
        if (cJSON_IsString(item)) {
            zub_value_unquote(&out, m->members[i].value);
            CHECK_STR(zub_buffer_slice(&out).data, item->valuestring);
        } else if (cJSON_IsNumber(item)) {
            CHECK_INT(zub_value_number(m->members[i].value, &number), ZUB_OK);
            CHECK_NEAR(number, item->valuedouble, 0);
        }
        zub_buffer_release(&out);
    }
    CHECK(!item);
}

static void what_we_accept_cjson_reads_alike(void)
{
    zub_object m = {NULL, 0, 0};
    size_t accepted = 0;

    for (int i = 0; i < 200000; i++) {
        char line[256];
        zub_object_fault fault;
        size_t size = make_line(line);
        bool is_ours =
            zub_object_scan(&m, (zub_slice){line, size}, &fault) == ZUB_OK;
        cJSON *tree = cJSON_ParseWithLengthOpts(line, size + 1, NULL, 1);
        accepted += is_ours;
        /* It lets 01 and +1 pass; those are not made here. */
        CHECK_INT(is_ours, tree != NULL && cJSON_IsObject(tree));
        if (is_ours && tree)
            check_values(&m, tree);
        cJSON_Delete(tree);
    }
    CHECK(accepted > 1000);
    zub_object_release(&m);
}

int main(void)
{
    RUN(members_are_slices_of_the_line);
    RUN(faults_say_where_and_what);
    RUN(depth_ends_at_512);
    RUN(members_end_at_65536);
    RUN(long_lines_take_linear_time);
    RUN(quoting_and_unquoting_are_inverse);
    RUN(what_we_accept_cjson_reads_alike);
    return DONE();
}
