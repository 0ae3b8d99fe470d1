/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Options: every kind of value, every way to write one, every mistake. */
#include "test.h"

#include <stdlib.h>

#include "cli/command.h"
#include "cli/common.h"
#include "cli/nearest.h"

typedef struct settings {
    zub_common common;
    size_t count;
    uint64_t bytes;
    double real;
    int choice, both;
    const char *string;
    bool flag, no_flag;
} settings;

static const zub_choice choices[] = {{"one", 1}, {"two", 2}, {NULL, 0}};

#define AT(member) .offset = offsetof(settings, member)

static const zub_option options[] = {
    {.kind = ZUB_OPTION_COUNT,
     .name = "count",
     .letter = 'c',
     AT(count),
     .metavar = "N",
     .low = 1,
     .high = 100,
     .fallback = "7"},
    {.kind = ZUB_OPTION_BYTES, .name = "bytes", AT(bytes), .metavar = "SIZE"},
    {.kind = ZUB_OPTION_REAL,
     .name = "real",
     AT(real),
     .metavar = "R",
     .high = 1},
    {.kind = ZUB_OPTION_CHOICE,
     .name = "choice",
     AT(choice),
     .metavar = "WHICH",
     .choices = choices,
     .fallback = "one"},
    {.kind = ZUB_OPTION_STRING,
     .name = "string",
     .letter = 's',
     AT(string),
     .metavar = "TEXT"},
    {.kind = ZUB_OPTION_FLAG, .name = "flag", .letter = 'F', AT(flag)},
    {.kind = ZUB_OPTION_FLAG, .name = "no-other", AT(no_flag)},
    {.kind = ZUB_OPTION_SWITCH, .name = "both", AT(both)},
    {.kind = ZUB_OPTION_FLAG, .name = "only", .needs = "flag both choice=two"},
    {.kind = ZUB_OPTION_ALIAS, .name = "two", .fallback = "choice=two"},
    {.kind = ZUB_OPTION_END},
};

static const zub_command command = {
    .name = "test",
    .options = options,
    .reads_articles = true,
    .settings_size = sizeof(settings),
};

#define MOST 16

/* One parse and what came of it. */
static settings got;
static const char *operands[MOST];
static size_t operand_count;
static zub_error error;

static zub_parsed parse(const char *const *arguments)
{
    size_t count = 0;

    while (arguments[count] != NULL)
        count++;
    got = (settings){0};
    error = (zub_error){0};
    return zub_options_parse(&command, &got, arguments, count, operands,
                             &operand_count, &error);
}

#define PARSE(...) parse((const char *const[]){__VA_ARGS__, NULL})
#define CHECK_RUNS(...) CHECK_INT(PARSE(__VA_ARGS__), ZUB_PARSED_RUN)
#define CHECK_WRONG(message_, ...)                                            \
    do {                                                                      \
        CHECK_INT(PARSE(__VA_ARGS__), ZUB_PARSED_WRONG);                      \
        CHECK_STR(error.message, message_);                                   \
    } while (0)

static void without_options_the_fallbacks_hold(void)
{
    CHECK_RUNS("file");
    CHECK_INT(got.count, 7);
    CHECK_INT(got.choice, 1);
    CHECK_INT(got.common.limit_bytes, 1 << 30);
    CHECK(!got.flag && got.both == 0 && got.string == NULL);
}

static void a_value_may_stand_in_three_places(void)
{
    CHECK_RUNS("--count=3");
    CHECK_INT(got.count, 3);
    CHECK_RUNS("--count", "4");
    CHECK_INT(got.count, 4);
    CHECK_RUNS("-c5");
    CHECK_INT(got.count, 5);
    CHECK_RUNS("-Fc", "6");
    CHECK_INT(got.count, 6);
    CHECK(got.flag);
}

static void options_may_follow_files(void)
{
    CHECK_RUNS("a", "--flag", "-", "b", "-s", "-x");
    CHECK_INT(operand_count, 3);
    CHECK_STR(operands[0], "a");
    CHECK_STR(operands[1], "-");
    CHECK_STR(operands[2], "b");
    CHECK_STR(got.string, "-x");
}

static void two_dashes_end_options(void)
{
    CHECK_RUNS("--flag", "--", "--nonsense", "--", "-z");
    CHECK_INT(operand_count, 3);
    CHECK_STR(operands[0], "--nonsense");
    CHECK_STR(operands[1], "--");
    CHECK_STR(operands[2], "-z");
}

static void two_dashes_can_be_a_value(void)
{
    CHECK_RUNS("--string", "--", "--flag");
    CHECK_STR(got.string, "--");
    CHECK(got.flag);
}

static void flags_have_opposites(void)
{
    CHECK_RUNS("--flag", "--no-flag");
    CHECK(!got.flag);
    CHECK_RUNS("--no-other");
    CHECK(got.no_flag);
    CHECK_RUNS("--no-other", "--other");
    CHECK(!got.no_flag);
    CHECK_RUNS("--both");
    CHECK_INT(got.both, 1);
    CHECK_RUNS("--no-both");
    CHECK_INT(got.both, -1);
}

static void the_last_of_a_repeated_option_counts(void)
{
    CHECK_RUNS("--count=3", "-c4", "--choice=one", "--two");
    CHECK_INT(got.count, 4);
    CHECK_INT(got.choice, 2);
    CHECK_RUNS("--two", "--choice", "one");
    CHECK_INT(got.choice, 1);
}

static void sizes_have_units_of_1024(void)
{
    CHECK_RUNS("--bytes=10");
    CHECK_INT(got.bytes, 10);
    CHECK_RUNS("--bytes=10k");
    CHECK_INT(got.bytes, 10240);
    CHECK_RUNS("--bytes=3MB");
    CHECK_INT(got.bytes, 3 << 20);
    CHECK_RUNS("--bytes=2GiB");
    CHECK_INT(got.bytes, 2LL << 30);
    CHECK_RUNS("--bytes=16777215T");
    CHECK(got.bytes == UINT64_C(16777215) << 40);
}

static void sizes_that_are_none_are_refused(void)
{
    static const char *const bad[] = {
        "--bytes=",          "--bytes=0",
        "--bytes=K",         "--bytes=-1",
        "--bytes=+1",        "--bytes=1X",
        "--bytes=1KK",       "--bytes=1iB",
        "--bytes=16777216T", "--bytes=99999999999999999999",
        "--bytes=1.5G",      "--bytes= 1",
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_INT(PARSE(bad[i]), ZUB_PARSED_WRONG);
}

static void counts_keep_their_range(void)
{
    static const char *const bad[] = {
        "--count=",         "--count=0",   "--count=101",
        "--count=-5",       "--count=1e2", "--count=0x10",
        "--count= 3",       "--count=3 ",  "--count=18446744073709551617",
        "--count=\xd9\xa3",
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_INT(PARSE(bad[i]), ZUB_PARSED_WRONG);
    CHECK_RUNS("--count=100");
    CHECK_WRONG("--count takes a whole number from 1 to 100, not '101'",
                "--count=101");
}

static void reals_keep_their_range(void)
{
    static const char *const bad[] = {
        "--real=",       "--real=0",   "--real=1.01",   "--real=-1",
        "--real=nan",    "--real=inf", "--real=0x1p-2", "--real=0,5",
        "--real=1e-999", "--real=.",   "--real=1e",
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK_INT(PARSE(bad[i]), ZUB_PARSED_WRONG);
    CHECK_RUNS("--real", ".5");
    CHECK_NEAR(got.real, 0.5, 0);
    CHECK_WRONG("--real takes a number above 0, to 1, not '2'", "--real=2");
}

static void mistakes_are_named_with_a_way_out(void)
{
    CHECK_WRONG("unknown option '--cuont' (did you mean '--count'?)",
                "--cuont=1");
    CHECK_WRONG("unknown option '--zzzzz' (see zubda test -h)", "--zzzzz");
    CHECK_WRONG("unknown option '-Z' (see zubda test -h)", "-FZ");
    CHECK_WRONG("--count needs a value (N)", "--count");
    CHECK_WRONG("--flag takes no value", "--flag=yes");
    CHECK_WRONG("--choice takes one or two, not 'three'", "--choice=three");
    CHECK_WRONG("--choice takes one or two (did you mean two?), not 'tow'",
                "--choice=tow");
    CHECK_WRONG("the value of --lang is empty", "--lang=");
}

static void what_does_nothing_alone_is_refused(void)
{
    CHECK_WRONG("--only does nothing without --flag, --both or --choice two",
                "--only");
    CHECK_WRONG("--only does nothing without --flag, --both or --choice two",
                "--flag", "--only", "--no-flag");
    CHECK_RUNS("--only", "--flag");
    CHECK_RUNS("--both", "--only");
    CHECK_RUNS("--only", "--two");
    CHECK_RUNS("--only", "--no-only");
}

/* What an option needs is an option, and a value that it takes. */
static void check_need(const zub_command *of, const char *need, size_t size)
{
    size_t name = strcspn(need, "= ");
    const zub_option *option = NULL;
    const char *value = NULL;

    for (size_t i = 0; (option = zub_option_at(of, i)) != NULL; i++)
        if (option->name != NULL && strlen(option->name) == name &&
            memcmp(option->name, need, name) == 0)
            break;
    CHECK(option != NULL);
    if (option == NULL || name == size)
        return;
    for (size_t i = 0; (value = zub_option_value(option, i)) != NULL; i++)
        if (strlen(value) == size - name - 1 &&
            memcmp(value, need + name + 1, size - name - 1) == 0)
            break;
    CHECK(value != NULL);
}

static void what_an_option_needs_is_there(void)
{
    const zub_option *option;

    for (size_t c = 0; zub_commands[c] != NULL; c++)
        for (size_t i = 0; (option = zub_option_at(zub_commands[c], i)); i++)
            for (const char *at = option->needs; at && *at;) {
                size_t size = strcspn(at, " ");
                check_need(zub_commands[c], at, size);
                at += size + (at[size] == ' ');
            }
}

static void help_is_seen_before_later_mistakes(void)
{
    CHECK_INT(PARSE("-h", "--nonsense"), ZUB_PARSED_BRIEF);
    CHECK_INT(PARSE("--help", "--nonsense"), ZUB_PARSED_MANUAL);
    CHECK_INT(PARSE("-Fh"), ZUB_PARSED_BRIEF);
    CHECK_INT(PARSE("--nonsense", "-h"), ZUB_PARSED_WRONG);
}

/* A name or letter twice would never be reached. */
static void no_command_has_an_option_twice(void)
{
    const zub_option *a, *b;

    for (size_t c = 0; zub_commands[c] != NULL; c++)
        for (size_t i = 0; (a = zub_option_at(zub_commands[c], i)); i++)
            for (size_t j = 0; j < i; j++) {
                b = zub_option_at(zub_commands[c], j);
                CHECK(a->letter == 0 || a->letter != b->letter);
                CHECK(a->name == NULL || b->name == NULL ||
                      strcmp(a->name, b->name) != 0);
            }
}

static void every_option_has_what_its_kind_needs(void)
{
    const zub_option *option;

    for (size_t c = 0; zub_commands[c] != NULL; c++)
        for (size_t i = 0; (option = zub_option_at(zub_commands[c], i)); i++) {
            CHECK(option->about != NULL);
            CHECK(option->name != NULL || option->letter != 0);
            CHECK((option->bare != NULL || zub_option_takes_value(option)) ==
                  (option->metavar != NULL));
            CHECK((option->kind == ZUB_OPTION_CHOICE) ==
                  (option->choices != NULL));
            CHECK((option->kind != ZUB_OPTION_ALIAS) ||
                  strchr(option->fallback, '=') != NULL);
            CHECK(option->offset < zub_commands[c]->settings_size ||
                  option->kind >= ZUB_OPTION_ALIAS);
        }
}

static void every_fallback_is_a_good_value(void)
{
    for (size_t c = 0; zub_commands[c] != NULL; c++) {
        void *room = calloc(1, zub_commands[c]->settings_size + 1);

        error = (zub_error){0};
        CHECK_INT(zub_options_parse(zub_commands[c], room, NULL, 0, operands,
                                    &operand_count, &error),
                  ZUB_PARSED_RUN);
        CHECK_STR(error.message, "");
        free(room);
    }
}

static void distance_counts_the_four_errors_of_typing(void)
{
    CHECK_INT(zub_edit_distance("summarize", "summarize"), 0);
    CHECK_INT(zub_edit_distance("sumarize", "summarize"), 1);
    CHECK_INT(zub_edit_distance("summarizee", "summarize"), 1);
    CHECK_INT(zub_edit_distance("sumnarize", "summarize"), 1);
    CHECK_INT(zub_edit_distance("sumamrize", "summarize"), 1);
    CHECK_INT(zub_edit_distance("ca", "abc"), 3); /* not Damerau's 2 */
    CHECK_INT(zub_edit_distance("", "abc"), 3);
    CHECK_INT(zub_edit_distance("kitten", "sitting"), 3);
}

static void nothing_is_suggested_for_nonsense(void)
{
    CHECK_STR(zub_command_nearest("sumarise"), "summarize");
    CHECK_STR(zub_command_nearest("key"), "keywords");
    CHECK(zub_command_nearest("xyzzy") == NULL);
    CHECK(zub_command_nearest("") == NULL);
}

int main(void)
{
    RUN(without_options_the_fallbacks_hold);
    RUN(a_value_may_stand_in_three_places);
    RUN(options_may_follow_files);
    RUN(two_dashes_end_options);
    RUN(two_dashes_can_be_a_value);
    RUN(flags_have_opposites);
    RUN(the_last_of_a_repeated_option_counts);
    RUN(sizes_have_units_of_1024);
    RUN(sizes_that_are_none_are_refused);
    RUN(counts_keep_their_range);
    RUN(reals_keep_their_range);
    RUN(mistakes_are_named_with_a_way_out);
    RUN(what_does_nothing_alone_is_refused);
    RUN(what_an_option_needs_is_there);
    RUN(help_is_seen_before_later_mistakes);
    RUN(no_command_has_an_option_twice);
    RUN(every_option_has_what_its_kind_needs);
    RUN(every_fallback_is_a_good_value);
    RUN(distance_counts_the_four_errors_of_typing);
    RUN(nothing_is_suggested_for_nonsense);
    return DONE();
}
