/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* completion.c - see completion.h. Texts stand in single quotes in all three
 * shells; what a shell would read in them is escaped by its own rule. */
#include "cli/completion.h"

#include <string.h>

#include "cli/command.h"

/* ---- Pieces ---- */

/* `text` with a backslash before each byte of `special`; a single quote becomes
 * `quote`. */
static void add_quoted(zub_bytes *out, const char *text, const char *special,
                       const char *quote)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            zub_bytes_add(out, quote);
            continue;
        }
        if (strchr(special, *text) != NULL)
            zub_bytes_add(out, "\\");
        zub_bytes_write(out, text, 1);
    }
}

static void add_command_names(zub_bytes *out)
{
    for (size_t i = 0; zub_commands[i] != NULL; i++)
        zub_bytes_format(out, "%s%s", i == 0 ? "" : " ",
                         zub_commands[i]->name);
}

static void add_values(zub_bytes *out, const zub_option *option)
{
    const char *name;

    for (size_t i = 0; (name = zub_option_value(option, i)) != NULL; i++)
        zub_bytes_format(out, "%s%s", i == 0 ? "" : " ", name);
}

/* `zubda help` completes the commands, the others files. */
static bool is_help(const zub_command *command)
{
    return strcmp(command->name, "help") == 0;
}

/* ---- bash ---- */

static void bash_names(zub_bytes *out, const zub_command *command)
{
    const zub_option *option;

    for (size_t i = 0; (option = zub_option_at(command, i)) != NULL; i++) {
        if (option->letter != 0)
            zub_bytes_format(out, "-%c ", option->letter);
        if (option->name != NULL)
            zub_bytes_format(out, "--%s ", option->name);
        if (option->kind == ZUB_OPTION_SWITCH)
            zub_bytes_format(out, "--no-%s ", option->name);
    }
}

/* A branch on the word before: what the option takes. */
static void bash_value(zub_bytes *out, const zub_command *command,
                       const zub_option *option)
{
    if (!zub_option_takes_value(option))
        return;
    zub_bytes_add(out, "    ");
    if (option->letter != 0)
        zub_bytes_format(out, "%s,-%c|", command->name, option->letter);
    zub_bytes_format(out, "%s,--%s) ", command->name, option->name);
    if (zub_option_value(option, 0) != NULL) {
        zub_bytes_add(out, "values='");
        add_values(out, option);
        zub_bytes_add(out, "' ;;\n");
    } else if (option->offer == ZUB_OFFER_FOLDER) {
        zub_bytes_add(out, "compopt -o dirnames; return ;;\n");
    } else if (option->offer == ZUB_OFFER_FILE) {
        zub_bytes_add(out, "compopt -o default; return ;;\n");
    } else {
        zub_bytes_add(out, "return ;;\n");
    }
}

static void bash_command(zub_bytes *out, const zub_command *command)
{
    zub_bytes_format(out, "    %s) names='", command->name);
    bash_names(out, command);
    zub_bytes_add(out, "'");
    if (is_help(command)) {
        zub_bytes_add(out, "; values='");
        add_command_names(out);
        zub_bytes_add(out, "'");
    }
    if (command->first != NULL)
        zub_bytes_format(out, "; [ \"$COMP_CWORD\" -eq 2 ] && values='%s'",
                         command->first);
    zub_bytes_add(out, " ;;\n");
}

void zub_completion_bash(zub_bytes *out)
{
    const zub_option *option;

    zub_bytes_add(
        out,
        "# bash completion of zubda\n"
        "_zubda() {\n"
        "    local word=${COMP_WORDS[COMP_CWORD]} names= values=\n"
        "    local command=${COMP_WORDS[1]} "
        "before=${COMP_WORDS[COMP_CWORD-1]}\n"
        "    COMPREPLY=()\n"
        "    [ \"$before\" = = ] && before=${COMP_WORDS[COMP_CWORD-2]}\n"
        "    [ \"$word\" = = ] && before=${COMP_WORDS[COMP_CWORD-1]} word=\n"
        "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
        "        COMPREPLY=($(compgen -W '");
    add_command_names(out);
    zub_bytes_add(out, "' -- \"$word\"))\n        return\n    fi\n"
                       "    case $command,$before in\n");
    for (size_t i = 0; zub_commands[i] != NULL; i++)
        for (size_t j = 0; (option = zub_option_at(zub_commands[i], j)); j++)
            bash_value(out, zub_commands[i], option);
    zub_bytes_add(out, "    esac\n    if [ -z \"$values\" ]; then\n"
                       "    case $command in\n");
    for (size_t i = 0; zub_commands[i] != NULL; i++)
        bash_command(out, zub_commands[i]);
    zub_bytes_add(
        out, "    esac\n"
             "    fi\n"
             "    case $word in\n"
             "    -*) COMPREPLY=($(compgen -W \"$names\" -- \"$word\")) ;;\n"
             "    *) [ -n \"$values\" ] || { compopt -o default; return; }\n"
             "       COMPREPLY=($(compgen -W \"$values\" -- \"$word\")) ;;\n"
             "    esac\n"
             "}\n"
             "complete -F _zubda zubda\n");
}

/* ---- zsh ---- */

static void zsh_argument(zub_bytes *out, const zub_option *option)
{
    if (!zub_option_takes_value(option))
        return;
    zub_bytes_format(out, ":%s:", option->metavar);
    if (zub_option_value(option, 0) != NULL) {
        zub_bytes_add(out, "(");
        add_values(out, option);
        zub_bytes_add(out, ")");
    } else if (option->offer == ZUB_OFFER_FOLDER) {
        zub_bytes_add(out, "_files -/");
    } else if (option->offer == ZUB_OFFER_FILE) {
        zub_bytes_add(out, "_files");
    }
}

/* '--name[about]:METAVAR:values' */
static void zsh_spec(zub_bytes *out, const zub_option *option,
                     const char *dashes, const char *name)
{
    zub_bytes_format(out, "            '%s%s", dashes, name);
    if (zub_option_takes_value(option))
        zub_bytes_add(out, *dashes != '\0' && dashes[1] == '-' ? "=" : "+");
    zub_bytes_add(out, "[");
    add_quoted(out, option->about, "[]:\\", "'\\''");
    zub_bytes_add(out, "]");
    zsh_argument(out, option);
    zub_bytes_add(out, "' \\\n");
}

static void zsh_option(zub_bytes *out, const zub_option *option)
{
    char letter[2] = {option->letter, '\0'};

    if (option->letter != 0)
        zsh_spec(out, option, "-", letter);
    if (option->name != NULL)
        zsh_spec(out, option, "--", option->name);
    if (option->kind == ZUB_OPTION_SWITCH)
        zsh_spec(out, option, "--no-", option->name);
}

static void zsh_command(zub_bytes *out, const zub_command *command)
{
    const zub_option *option;

    zub_bytes_format(out, "    %s)\n        _arguments -s -S \\\n",
                     command->name);
    for (size_t i = 0; (option = zub_option_at(command, i)) != NULL; i++)
        zsh_option(out, option);
    if (is_help(command)) {
        zub_bytes_add(out, "            '*:command:(");
        add_command_names(out);
        zub_bytes_add(out, ")'\n        ;;\n");
    } else {
        if (command->first != NULL)
            zub_bytes_format(out, "            '1:%s:(%s)' \\\n",
                             command->first, command->first);
        zub_bytes_add(out, "            '*:file:_files'\n        ;;\n");
    }
}

void zub_completion_zsh(zub_bytes *out)
{
    zub_bytes_add(out, "#compdef zubda\n"
                       "# zsh completion of zubda\n"
                       "_zubda() {\n"
                       "    local -a commands\n"
                       "    commands=(\n");
    for (size_t i = 0; zub_commands[i] != NULL; i++) {
        zub_bytes_format(out, "        '%s:", zub_commands[i]->name);
        add_quoted(out, zub_commands[i]->about, ":\\", "'\\''");
        zub_bytes_add(out, "'\n");
    }
    zub_bytes_add(out, "    )\n"
                       "    if (( CURRENT == 2 )); then\n"
                       "        _describe command commands\n"
                       "        return\n"
                       "    fi\n"
                       "    shift words\n"
                       "    (( CURRENT-- ))\n"
                       "    case $words[1] in\n");
    for (size_t i = 0; zub_commands[i] != NULL; i++)
        zsh_command(out, zub_commands[i]);
    zub_bytes_add(out, "    esac\n"
                       "}\n"
                       "if [ \"$funcstack[1]\" = _zubda ]; then\n"
                       "    _zubda \"$@\"\n"
                       "else\n"
                       "    compdef _zubda zubda\n"
                       "fi\n");
}

/* ---- fish ---- */

static void fish_about(zub_bytes *out, const char *about)
{
    zub_bytes_add(out, " -d '");
    add_quoted(out, about, "\\", "\\'");
    zub_bytes_add(out, "'\n");
}

static void fish_value(zub_bytes *out, const zub_option *option)
{
    if (!zub_option_takes_value(option))
        return;
    if (zub_option_value(option, 0) != NULL) {
        zub_bytes_add(out, " -x -a '");
        add_values(out, option);
        zub_bytes_add(out, "'");
    } else if (option->offer == ZUB_OFFER_FOLDER) {
        zub_bytes_add(out, " -x -a '(__fish_complete_directories)'");
    } else {
        zub_bytes_add(out, option->offer == ZUB_OFFER_FILE ? " -r -F" : " -x");
    }
}

static void fish_option(zub_bytes *out, const zub_command *command,
                        const zub_option *option)
{
    zub_bytes_format(out,
                     "complete -c zubda -n '__fish_seen_subcommand_from "
                     "%s'",
                     command->name);
    if (option->letter != 0)
        zub_bytes_format(out, " -s %c", option->letter);
    if (option->name != NULL)
        zub_bytes_format(out, " -l %s", option->name);
    fish_value(out, option);
    fish_about(out, option->about);
    if (option->kind != ZUB_OPTION_SWITCH)
        return;
    zub_bytes_format(out,
                     "complete -c zubda -n '__fish_seen_subcommand_from "
                     "%s' -l no-%s -d 'the opposite of --%s'\n",
                     command->name, option->name, option->name);
}

static void fish_first(zub_bytes *out, const zub_command *command)
{
    zub_bytes_format(out,
                     "complete -c zubda -f -n '__fish_seen_subcommand_from "
                     "%s; and not __fish_seen_subcommand_from %s' -a %s\n",
                     command->name, command->first, command->first);
}

void zub_completion_fish(zub_bytes *out)
{
    const zub_option *option;

    zub_bytes_add(out, "# fish completion of zubda\n");
    for (size_t i = 0; zub_commands[i] != NULL; i++) {
        zub_bytes_format(out,
                         "complete -c zubda -f -n __fish_use_subcommand "
                         "-a %s",
                         zub_commands[i]->name);
        fish_about(out, zub_commands[i]->about);
        if (zub_commands[i]->first != NULL)
            fish_first(out, zub_commands[i]);
        for (size_t j = 0; (option = zub_option_at(zub_commands[i], j)); j++)
            fish_option(out, zub_commands[i], option);
    }
    zub_bytes_add(out, "complete -c zubda -f -n '__fish_seen_subcommand_from "
                       "help' -a '");
    add_command_names(out);
    zub_bytes_add(out, "'\n");
}
