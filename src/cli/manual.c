/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* manual.c - see manual.h. What the commands have in common stands here;
 * the rest comes from their rows. */
#include "cli/manual.h"

#include <stdio.h>
#include <string.h>

#include "cli/common.h"

/* What an exit code or a variable means. */
typedef struct meaning {
    const char *name, *text;
} meaning;

static const meaning exits[] = {
    {"0", "Done."},
    {"1", "Nothing found (no article holds a word), or some of several inputs "
          "failed, each named on standard error."},
    {"2", "Wrong usage."},
    {"3", "No input could be read: the only one, or all of them, unreadable "
          "or malformed."},
    {"4", "A model or state is damaged, of another version or of another "
          "analyzer."},
    {"5", "Memory, disk or a limit did not suffice."},
    {NULL, NULL},
};

static const meaning variables[] = {
    {"ZUBDA_MODELS", "Folder of trained models when --models is not given. "
                     "Without either: ../share/zubda/models and ../models "
                     "beside the folder of the program. What is missing is "
                     "done without."},
    {"LC_ALL, LC_MESSAGES, LANG",
     "The first that is set says in which language the overview and -h are: "
     "Arabic where it is such as ar_EG.UTF-8, else English. Nothing else "
     "depends on it."},
    {"NO_COLOR", "When set and not empty: no colours, unless --color always."},
    {NULL, NULL},
};

static const char *const input_text[] = {
    "Files, folders (all that is in them, in byte order of their paths) and - "
    "for standard input, which is also read when there is no file and it is "
    "not a terminal.",
    "Plain text is one article a file; .jsonl and .ndjson one a line; .tsv "
    "and .csv have a header line; .html is read for its main text; each of "
    "them may be .gz. --from overrides. In plain text a first line that an "
    "empty line follows is the title.",
    "A bad file or record is named on standard error and the rest goes on, "
    "unless --strict.",
    NULL,
};

static const char *const option_text[] = {
    "Options may stand before or after files; -- ends them. A value follows "
    "as --name=VALUE, --name VALUE or -nVALUE. What is on or off has its "
    "opposite: --quiet and --no-quiet. Of a repeated option the last counts.",
    NULL,
};

static const zub_example overview_examples[] = {
    {"zubda summarize article.txt", "three key sentences"},
    {"zubda kwic WORD news/", "where a word stands"},
    {NULL, NULL},
};

/* ---- Pieces of an option ---- */

/* "-n, --sentences N" */
static void option_tag(char *out, size_t room, const zub_option *option)
{
    char letter[8] = "";
    bool is_both = option->letter != 0 && option->name != NULL;

    if (option->letter != 0)
        snprintf(letter, sizeof letter, "-%c%s", option->letter,
                 is_both ? ", " : "");
    snprintf(out, room, "%s%s%s%s%s%s%s%s", letter, option->name ? "--" : "",
             option->name ? option->name : "",
             option->kind == ZUB_OPTION_SWITCH ? ", --no-" : "",
             option->kind == ZUB_OPTION_SWITCH ? option->name : "",
             option->bare      ? " [="
             : option->metavar ? " "
                               : "",
             option->metavar ? option->metavar : "", option->bare ? "]" : "");
}

static void add_values(zub_bytes *out, const zub_option *option)
{
    const char *name;

    for (size_t i = 0; (name = zub_option_value(option, i)) != NULL; i++)
        zub_bytes_format(out, "%s%s", i == 0 ? ": " : ", ", name);
}

/* " (default 3)"; `word` is that for default. */
static void add_fallback(zub_bytes *out, const zub_option *option,
                         const char *word)
{
    if (option->fallback != NULL && option->kind != ZUB_OPTION_ALIAS)
        zub_bytes_format(out, " (%s %s)", word, option->fallback);
}

/* " lead: the first sentences; ..." */
static void add_meanings_of_values(zub_bytes *out, const zub_option *option)
{
    const char *name;

    if (option->about_at == NULL)
        return;
    for (size_t i = 0; (name = option->name_at(i)) != NULL; i++)
        zub_bytes_format(out, "%s %s%s %s", i == 0 ? "" : ";", name,
                         name[strlen(name) - 1] == ':' ? "" : ":",
                         option->about_at(i));
    zub_bytes_add(out, ".");
}

static void add_needs(zub_bytes *out, const zub_option *option)
{
    char needs[200];

    if (option->needs == NULL)
        return;
    zub_option_list_needs(needs, sizeof needs, option);
    zub_bytes_format(out, " Only with %s.", needs);
}

static char capital(char letter)
{
    return letter >= 'a' && letter <= 'z' ? (char)(letter - 'a' + 'A')
                                          : letter;
}

static void close_text(zub_bytes *text)
{
    zub_bytes_write(text, "", 1);
}

/* All that is known about an option, as a line of text. */
static void option_entry(zub_bytes *out, const zub_page_style *style,
                         const zub_option *option)
{
    char tag[100];
    zub_bytes text = {0};

    option_tag(tag, sizeof tag, option);
    zub_bytes_format(&text, "%c%s", capital(option->about[0]),
                     option->about + 1);
    add_values(&text, option);
    add_fallback(&text, option, "default");
    zub_bytes_add(&text, ".");
    if (option->more != NULL)
        zub_bytes_format(&text, " %s", option->more);
    add_needs(&text, option);
    add_meanings_of_values(&text, option);
    close_text(&text);
    if (!text.failed)
        style->entry(out, tag, text.data);
    out->failed |= text.failed;
    zub_bytes_release(&text);
}

/* ---- The overview and -h ----
 *
 * What is typed stands first in a line and what is said of it behind it, in
 * Arabic too: so a line has one direction, whatever the terminal makes of it. */

/* Ends the line. */
static void add_saying(zub_bytes *out, zub_voice voice, const char *english)
{
    const char *open = voice.is_apart ? ZUB_PAGE_APART : "";
    const char *close = voice.is_apart ? ZUB_PAGE_TOGETHER : "";

    zub_bytes_format(out, "%s%s%s\n", open, zub_voice_say(voice, english),
                     close);
}

static void add_examples(zub_bytes *out, const zub_example *examples,
                         zub_voice voice)
{
    for (; examples->line != NULL; examples++) {
        zub_bytes_format(out, "  %-44s  ", examples->line);
        add_saying(out, voice, examples->about);
    }
}

/* What is typed, with a word before it that says what it is; in Arabic behind
 * it. `typed` is not empty. */
static void add_typed(zub_bytes *out, zub_voice voice, const char *label,
                      const char *typed)
{
    if (!voice.is_arabic) {
        zub_bytes_format(out, "%s %s\n", label, typed);
        return;
    }
    zub_bytes_format(out, "%-46s  ", typed);
    add_saying(out, voice, label);
}

/* One line of names. */
static void add_minor_commands(zub_bytes *out)
{
    const char *before = "  ";

    for (size_t i = 0; zub_commands[i] != NULL; i++)
        if (zub_commands[i]->is_minor) {
            zub_bytes_format(out, "%s%s", before, zub_commands[i]->name);
            before = ", ";
        }
    zub_bytes_add(out, "\n");
}

void zub_manual_overview(zub_bytes *out, zub_voice voice)
{
    zub_bytes_add(out, "zubda - ");
    add_saying(out, voice, "the gist of articles, in any language");
    zub_bytes_add(out, "\n");
    add_examples(out, overview_examples, voice);
    zub_bytes_add(out, "\n");
    add_saying(out, voice, "Commands:");
    for (size_t i = 0; zub_commands[i] != NULL; i++) {
        if (zub_commands[i]->is_minor)
            continue;
        zub_bytes_format(out, "  %-12s ", zub_commands[i]->name);
        add_saying(out, voice, zub_commands[i]->about);
    }
    add_minor_commands(out);
    zub_bytes_add(out, "\n");
    add_saying(out, voice,
               "Input: files, folders, - or a pipe; text, JSONL, TSV, CSV, "
               "HTML, each also .gz");
    add_typed(out, voice, voice.is_arabic ? "More:" : "More: ",
              "zubda COMMAND -h, zubda help COMMAND");
}

static void add_main_option(zub_bytes *out, const zub_option *option,
                            zub_voice voice)
{
    char tag[100];
    zub_bytes text = {0};

    option_tag(tag, sizeof tag, option);
    zub_bytes_format(out, "  %-24s ", tag);
    zub_bytes_add(&text, zub_voice_say(voice, option->about));
    if (option->bare == NULL) /* it can do without one: see the manual */
        add_values(&text, option);
    if (option->kind != ZUB_OPTION_CHOICE)
        add_fallback(&text, option, zub_voice_say(voice, "default"));
    close_text(&text);
    if (!text.failed)
        zub_page_wrap_apart(out, 27, 27, text.data, voice.is_apart);
    out->failed |= text.failed;
    zub_bytes_release(&text);
}

/* The options without a line of their own, in lines. */
static void add_other_options(zub_bytes *out, const zub_command *command,
                              zub_voice voice)
{
    zub_bytes names = {0};
    const zub_option *option;
    const char *label = voice.is_arabic ? "  " : "  also: ";

    for (size_t i = 0; (option = zub_option_at(command, i)) != NULL; i++) {
        if (option->is_main)
            continue;
        if (option->letter != 0)
            zub_bytes_format(&names, "-%c%s", option->letter,
                             option->name ? "," : " ");
        if (option->name != NULL)
            zub_bytes_format(&names, "--%s ", option->name);
    }
    if (voice.is_arabic)
        zub_bytes_format(&names, "(%s)", zub_voice_say(voice, "also:"));
    close_text(&names);
    zub_bytes_add(out, label);
    if (!names.failed)
        zub_page_wrap_apart(out, strlen(label), strlen(label), names.data,
                            false);
    out->failed |= names.failed;
    zub_bytes_release(&names);
}

void zub_manual_brief(zub_bytes *out, const zub_command *command,
                      zub_voice voice)
{
    char line[200];
    const zub_option *option;

    zub_bytes_format(out, "zubda %s - ", command->name);
    add_saying(out, voice, command->about);
    zub_bytes_add(out, "\n");
    add_examples(out, command->examples, voice);
    snprintf(line, sizeof line, "zubda %s [options] %s", command->name,
             command->operands);
    zub_bytes_add(out, "\n");
    add_typed(out, voice, "Usage:", line);
    for (size_t i = 0; (option = zub_option_at(command, i)) != NULL; i++)
        if (option->is_main)
            add_main_option(out, option, voice);
    add_other_options(out, command, voice);
    snprintf(line, sizeof line, "zubda %s --help", command->name);
    zub_bytes_add(out, "\n");
    add_typed(out, voice, "The whole manual:", line);
}

/* ---- The manual ---- */

static void add_paragraphs(zub_bytes *out, const zub_page_style *style,
                           const char *title, const char *const *texts)
{
    style->section(out, title);
    for (; *texts != NULL; texts++)
        style->paragraph(out, *texts);
}

static void add_meanings(zub_bytes *out, const zub_page_style *style,
                         const char *title, const meaning *meanings)
{
    style->section(out, title);
    for (; meanings->name != NULL; meanings++)
        style->entry(out, meanings->name, meanings->text);
}

static void add_example_entries(zub_bytes *out, const zub_page_style *style,
                                const zub_example *examples)
{
    style->section(out, "EXAMPLES");
    for (; examples->line != NULL; examples++)
        style->example(out, examples->line, examples->about);
}

static void whole_command(zub_bytes *out, const zub_page_style *style,
                          const zub_command *command)
{
    char line[200];
    const zub_option *option;

    snprintf(line, sizeof line, "zubda-%s", command->name);
    style->begin(out, line, command->about);
    style->section(out, "SYNOPSIS");
    snprintf(line, sizeof line, "zubda %s [options] %s", command->name,
             command->operands);
    style->paragraph(out, line);
    add_paragraphs(out, style, "DESCRIPTION", command->description);
    add_example_entries(out, style, command->examples);
    add_paragraphs(out, style, "OPTIONS", option_text);
    for (size_t i = 0; (option = zub_option_at(command, i)) != NULL; i++)
        option_entry(out, style, option);
    if (command->reads_articles)
        add_paragraphs(out, style, "INPUT", input_text);
}

static void whole_program(zub_bytes *out, const zub_page_style *style)
{
    static const char *const about[] = {
        "zubda reads articles and gives back what matters in them: key "
        "sentences, keywords, and the sentences and words they are made of, "
        "with offsets into the article. Arabic is its first language; every "
        "language that ICU can segment is a full citizen.",
        NULL,
    };

    style->begin(out, "zubda", "the gist of articles, in any language");
    style->section(out, "SYNOPSIS");
    style->paragraph(out, "zubda COMMAND [options] [file...]");
    add_paragraphs(out, style, "DESCRIPTION", about);
    add_example_entries(out, style, overview_examples);
    style->section(out, "COMMANDS");
    for (size_t i = 0; zub_commands[i] != NULL; i++)
        style->entry(out, zub_commands[i]->name, zub_commands[i]->about);
    add_paragraphs(out, style, "INPUT", input_text);
    add_paragraphs(out, style, "OPTIONS", option_text);
}

/* The pages around this one. */
static void add_neighbours(zub_bytes *out, const zub_page_style *style,
                           const zub_command *command)
{
    zub_bytes names = {0};

    if (command != NULL)
        zub_bytes_add(&names, "zubda(1)");
    for (size_t i = 0; zub_commands[i] != NULL; i++)
        if (zub_commands[i] != command)
            zub_bytes_format(&names, "%szubda-%s(1)",
                             names.size > 0 ? ", " : "",
                             zub_commands[i]->name);
    close_text(&names);
    style->section(out, "SEE ALSO");
    if (!names.failed)
        style->paragraph(out, names.data);
    out->failed |= names.failed;
    zub_bytes_release(&names);
}

void zub_manual_whole(zub_bytes *out, const zub_page_style *style,
                      const zub_command *command)
{
    if (command != NULL)
        whole_command(out, style, command);
    else
        whole_program(out, style);
    add_meanings(out, style, "EXIT STATUS", exits);
    add_meanings(out, style, "ENVIRONMENT", variables);
    add_neighbours(out, style, command);
}
