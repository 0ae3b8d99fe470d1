/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_help.c - short help, in English and in Arabic: it fits a terminal, and
 * whatever the tables say has its Arabic. */
#include "test.h"

#include "cli/arabic.h"
#include "cli/manual.h"

static const zub_voice arabic = {.is_arabic = true};

/* What help says besides what stands in the tables. */
static const char *const frame[] = {
    "the gist of articles, in any language",
    "where a word stands",
    "Commands:",
    "Input: files, folders, - or a pipe; text, JSONL, TSV, CSV, HTML, each "
    "also .gz",
    "More:",
    "Usage:",
    "also:",
    "The whole manual:",
    "default",
};

static bool is_in_arabic(const char *english)
{
    const char *said = zub_arabic(english);

    if (said == NULL)
        printf("# no Arabic in src/cli/arabic.c for '%s'\n", english);
    return said != NULL && *said != '\0';
}

static void every_command_and_example_has_its_arabic(void)
{
    for (size_t c = 0; zub_commands[c] != NULL; c++) {
        const zub_example *example = zub_commands[c]->examples;
        CHECK(is_in_arabic(zub_commands[c]->about));
        for (; example->line != NULL; example++)
            CHECK(is_in_arabic(example->about));
    }
}

static void every_option_has_its_arabic(void)
{
    const zub_option *option;

    for (size_t c = 0; zub_commands[c] != NULL; c++)
        for (size_t i = 0; (option = zub_option_at(zub_commands[c], i)); i++)
            CHECK(is_in_arabic(option->about));
}

static void the_frame_has_its_arabic(void)
{
    for (size_t i = 0; i < sizeof frame / sizeof *frame; i++)
        CHECK(is_in_arabic(frame[i]));
}

static bool is_said(const char *english)
{
    const zub_option *option;

    for (size_t i = 0; i < sizeof frame / sizeof *frame; i++)
        if (strcmp(frame[i], english) == 0)
            return true;
    for (size_t c = 0; zub_commands[c] != NULL; c++) {
        const zub_example *example = zub_commands[c]->examples;
        if (strcmp(zub_commands[c]->about, english) == 0)
            return true;
        for (; example->line != NULL; example++)
            if (strcmp(example->about, english) == 0)
                return true;
        for (size_t i = 0; (option = zub_option_at(zub_commands[c], i)); i++)
            if (strcmp(option->about, english) == 0)
                return true;
    }
    return false;
}

static void nothing_in_arabic_is_said_no_more_or_twice(void)
{
    const char *english;

    for (size_t i = 0; (english = zub_arabic_english(i)) != NULL; i++) {
        if (!is_said(english))
            printf("# nobody says '%s'\n", english);
        CHECK(is_said(english));
        for (size_t j = 0; j < i; j++)
            CHECK(strcmp(zub_arabic_english(j), english) != 0);
    }
}

/* At most 25 lines, of 80 columns. */
static void check_page(zub_bytes *page)
{
    size_t lines = 0;

    CHECK(!page->failed);
    for (size_t at = 0; at < page->size; lines++) {
        const char *line = page->data + at;
        const char *end = memchr(line, '\n', page->size - at);
        size_t size = (size_t)(end - line);
        size_t width = zub_display_width((zub_slice){line, size});
        if (width > 80)
            printf("# %zu columns: %.*s\n", width, (int)size, line);
        CHECK(width <= 80);
        at += size + 1;
    }
    CHECK(lines <= 25);
    zub_bytes_release(page);
}

static void short_help_fits_a_terminal_in_either_language(void)
{
    static const zub_voice voices[] = {{.is_arabic = false},
                                       {.is_arabic = true}};

    for (size_t v = 0; v < 2; v++) {
        zub_bytes page = {0};
        zub_manual_overview(&page, voices[v]);
        check_page(&page);
        for (size_t c = 0; zub_commands[c] != NULL; c++) {
            page = (zub_bytes){0};
            zub_manual_brief(&page, zub_commands[c], voices[v]);
            check_page(&page);
        }
    }
}

static void what_has_no_arabic_is_said_in_english(void)
{
    CHECK_STR(zub_voice_say(arabic, "no such thing"), "no such thing");
    CHECK_STR(zub_voice_say((zub_voice){.is_arabic = false}, "Usage:"),
              "Usage:");
}

int main(void)
{
    RUN(every_command_and_example_has_its_arabic);
    RUN(every_option_has_its_arabic);
    RUN(the_frame_has_its_arabic);
    RUN(nothing_in_arabic_is_said_no_more_or_twice);
    RUN(short_help_fits_a_terminal_in_either_language);
    RUN(what_has_no_arabic_is_said_in_english);
    return DONE();
}
