/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_corpus_group.c - groups of records, and dates in all the ways that
 * people write them. */
#include "corpus/group.h"
#include "test.h"

static const char *date(const char *text, zub_period period)
{
    static char name[20];
    zub_date_name read =
        zub_date_read((zub_slice){text, strlen(text)}, period);

    snprintf(name, sizeof name, "%.*s", (int)read.size, read.text);
    return name;
}

static void dates_are_cut_to_the_period(void)
{
    CHECK_STR(date("2024-03-05", ZUB_PERIOD_YEAR), "2024");
    CHECK_STR(date("2024-03-05", ZUB_PERIOD_MONTH), "2024-03");
    CHECK_STR(date("2024-03-05", ZUB_PERIOD_DAY), "2024-03-05");
    CHECK_STR(date("20240305", ZUB_PERIOD_DAY), "2024-03-05");
    CHECK_STR(date("20240305T101500Z", ZUB_PERIOD_MONTH), "2024-03");
    CHECK_STR(date("2024-02-29T10:15:00+03:00", ZUB_PERIOD_DAY), "2024-02-29");
    CHECK_STR(date("2024-03-05 10:15", ZUB_PERIOD_DAY), "2024-03-05");
    CHECK_STR(date("1066", ZUB_PERIOD_YEAR), "1066");
    CHECK_STR(date("٢٠٢٤-٠٣-٠٥", ZUB_PERIOD_DAY), "2024-03-05");
    CHECK_STR(date("۲۰۲۴-۰۳", ZUB_PERIOD_MONTH), "2024-03");
}

static void what_is_less_precise_has_no_period(void)
{
    CHECK_STR(date("2024", ZUB_PERIOD_MONTH), "");
    CHECK_STR(date("2024-03", ZUB_PERIOD_DAY), "");
    CHECK_STR(date("2024-03", ZUB_PERIOD_NONE), "");
}

static void what_is_no_date_has_no_period(void)
{
    static const char *const texts[] = {
        "",
        "x",
        "202",
        "20245",
        "2024-",
        "2024-3",
        "2024-3-05",
        "2024-13-01",
        "2024-00",
        "2024-02-30",
        "2023-02-29",
        "1900-02-29",
        "2024-03-05x",
        "2024/03/05",
        "05.03.2024",
        "1445/03/02",
        "1445 هـ",
        "2024-W05",
        "-2024-03-05",
        "2024 BC",
        "20240",
        "2024-03-055",
        "\xFF\xFE",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CHECK_STR(date(texts[i], ZUB_PERIOD_YEAR), "");
}

static const char *group(const char *name, const char *value,
                         zub_period period)
{
    static zub_buffer out;
    zub_field field = {{"f", 1}, {value, strlen(value)}};
    zub_record record = {.fields = &field,
                         .field_count = 1,
                         .id = {"7", 1},
                         .title = {"T", 1},
                         .source = {"a.txt", 5}};

    zub_buffer_release(&out);
    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    zub_record_group(&out, &record, name, period);
    CHECK_INT(out.status, ZUB_OK);
    return out.size ? zub_buffer_slice(&out).data : "";
}

static void groups_are_strings_or_values(void)
{
    CHECK_STR(group("f", "\"a\\u0062\"", ZUB_PERIOD_NONE), "ab");
    CHECK_STR(group("f", "12.50", ZUB_PERIOD_NONE), "12.50");
    CHECK_STR(group("f", "true", ZUB_PERIOD_NONE), "true");
    CHECK_STR(group("f", "[1, 2]", ZUB_PERIOD_NONE), "[1, 2]");
    CHECK_STR(group("f", "null", ZUB_PERIOD_NONE), "");
    CHECK_STR(group("f", "\"\"", ZUB_PERIOD_NONE), "");
    CHECK_STR(group("g", "1", ZUB_PERIOD_NONE), "");
    CHECK_STR(group("title", "1", ZUB_PERIOD_NONE), "T");
    CHECK_STR(group("source", "1", ZUB_PERIOD_NONE), "a.txt");
    CHECK_STR(group("id", "1", ZUB_PERIOD_NONE), "7");
    CHECK_STR(group("f", "2024", ZUB_PERIOD_YEAR), "2024");
    CHECK_STR(group("f", "\"2024-05\"", ZUB_PERIOD_MONTH), "2024-05");
    CHECK_STR(group("f", "\"soon\"", ZUB_PERIOD_YEAR), "");
    CHECK_STR(group("f", "null", ZUB_PERIOD_YEAR), "");
    group("none", "1", ZUB_PERIOD_NONE);
}

int main(void)
{
    RUN(dates_are_cut_to_the_period);
    RUN(what_is_less_precise_has_no_period);
    RUN(what_is_no_date_has_no_period);
    RUN(groups_are_strings_or_values);
    return DONE();
}
