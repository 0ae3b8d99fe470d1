/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* help.c - `zubda help`: the manual of a command, and what is made from the
 * tables for man(1), for shells and for scripts. */
#include "cli/command.h"
#include "cli/completion.h"
#include "cli/destination.h"
#include "cli/manual.h"
#include "cli/message.h"

typedef struct settings {
    bool man, list;
    int lang;  /* help_lang */
    int shell; /* place in `shells` + 1, or 0 */
} settings;

static void (*const shells[])(zub_bytes *out) = {
    zub_completion_bash,
    zub_completion_zsh,
    zub_completion_fish,
};

typedef enum help_lang { LANG_AUTO, LANG_ENGLISH, LANG_ARABIC } help_lang;

static const zub_choice langs[] = {
    {"auto", LANG_AUTO},
    {"en", LANG_ENGLISH},
    {"ar", LANG_ARABIC},
    {NULL, 0},
};

static const zub_choice shell_names[] = {
    {"bash", 1},
    {"zsh", 2},
    {"fish", 3},
    {NULL, 0},
};

/* Names alone, one a line, for scripts: of the commands, or the options of
 * one as they are typed. */
static void list_names(zub_bytes *out, const zub_command *command)
{
    const zub_option *option;

    for (size_t i = 0; command == NULL && zub_commands[i] != NULL; i++)
        zub_bytes_format(out, "%s\n", zub_commands[i]->name);
    for (size_t i = 0; command != NULL && (option = zub_option_at(command, i));
         i++) {
        if (option->letter != 0)
            zub_bytes_format(out, "-%c\n", option->letter);
        if (option->name != NULL)
            zub_bytes_format(out, "--%s\n", option->name);
        if (option->kind == ZUB_OPTION_SWITCH)
            zub_bytes_format(out, "--no-%s\n", option->name);
    }
}

static zub_voice voice_of(const settings *asked)
{
    return asked->lang == LANG_AUTO ? zub_voice_of_environment()
                                    : zub_voice_of(asked->lang == LANG_ARABIC);
}

static void compose(zub_bytes *out, const settings *asked,
                    const zub_command *command)
{
    if (asked->shell > 0)
        shells[asked->shell - 1](out);
    else if (asked->list)
        list_names(out, command);
    else if (asked->man)
        zub_manual_whole(out, &zub_page_roff, command);
    else if (command != NULL && asked->lang == LANG_ARABIC)
        zub_manual_brief(out, command, voice_of(asked));
    else if (command != NULL)
        zub_manual_whole(out, &zub_page_plain, command);
    else
        zub_manual_overview(out, voice_of(asked));
}

static int refuse(const char *name)
{
    const char *nearest = zub_command_nearest(name);

    if (nearest != NULL)
        zub_message("no command '%s' (did you mean '%s'?)", name, nearest);
    else
        zub_message("no command '%s' (zubda help lists them)", name);
    return ZUB_EXIT_USAGE;
}

static int refuse_usage(const char *text)
{
    zub_message("%s", text);
    return ZUB_EXIT_USAGE;
}

static int run(const void *context, const char *const *operands, size_t count)
{
    const settings *asked = context;
    const zub_command *command = NULL;
    zub_bytes page = {0};
    int code = ZUB_EXIT_RESOURCE;

    if (asked->man + asked->list + (asked->shell > 0) > 1)
        return refuse_usage("--man, --list and --completions exclude each "
                            "other");
    if (asked->shell > 0 && count > 0)
        return refuse_usage("completions are of all commands at once (leave "
                            "the command out)");
    if (count > 1)
        return refuse_usage("help is given for one command at a time");
    if (count == 1) {
        command = zub_command_find(operands[0]);
        if (command == NULL)
            return refuse(operands[0]);
    }
    compose(&page, asked, command);
    if (page.failed)
        zub_message("out of memory");
    else
        code = zub_destination_print(page.data, page.size);
    zub_bytes_release(&page);
    return code;
}

static const char *const description[] = {
    "Without a command: the overview. With one: its whole manual, the same as "
    "zubda COMMAND --help.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda help summarize", "the manual of summarize"},
    {"zubda help --lang ar kwic", "in Arabic"},
    {"zubda help --man summarize | man -l -", "the same as a man page"},
    {"eval \"$(zubda help --completions bash)\"", "completion in this shell"},
    {NULL, NULL},
};

static const zub_option options[] = {
    {.kind = ZUB_OPTION_FLAG,
     .name = "man",
     .is_main = true,
     .offset = offsetof(settings, man),
     .about = "the man page, as man reads it",
     .more = "Without a command: of zubda itself."},
    {.kind = ZUB_OPTION_CHOICE,
     .name = "lang",
     .letter = 'l',
     .is_main = true,
     .offset = offsetof(settings, lang),
     .metavar = "CODE",
     .choices = langs,
     .fallback = "auto",
     .about = "short help in a language",
     .more = "In Arabic there are the overview and, with a command, what "
             "zubda COMMAND -h shows; the manual is in English. auto: for "
             "those, the language of the environment (LC_ALL, LC_MESSAGES or "
             "LANG), if its encoding is UTF-8."},
    {.kind = ZUB_OPTION_CHOICE,
     .name = "completions",
     .is_main = true,
     .offset = offsetof(settings, shell),
     .metavar = "SHELL",
     .choices = shell_names,
     .about = "completion script of a shell"},
    {.kind = ZUB_OPTION_FLAG,
     .name = "list",
     .is_main = true,
     .offset = offsetof(settings, list),
     .about = "names alone: of commands, or of COMMAND's options"},
    {.kind = ZUB_OPTION_END},
};

const zub_command zub_command_help = {
    .name = "help",
    .about = "the manual of a command, man pages, completions",
    .is_minor = true,
    .operands = "[command]",
    .description = description,
    .examples = examples,
    .options = options,
    .settings_size = sizeof(settings),
    .run = run,
};
