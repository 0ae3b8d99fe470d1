/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* main.c - finds the command, reads its options, runs it. The locale is never
 * set: numbers are read and written the same everywhere. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/destination.h"
#include "cli/guard.h"
#include "cli/manual.h"
#include "cli/message.h"

/* Standard input, output and error are open, so that no file that we open
 * gets their number; what was closed fails when it is used. */
static void open_standard_files(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF &&
            open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) < 0)
            _exit(ZUB_EXIT_RESOURCE);
}

static int print_page(zub_bytes *page)
{
    int code = ZUB_EXIT_RESOURCE;

    if (page->failed)
        zub_message("out of memory");
    else
        code = zub_destination_print(page->data, page->size);
    zub_bytes_release(page);
    return code;
}

static int print_overview(void)
{
    zub_bytes page = {0};

    zub_manual_overview(&page, zub_voice_of_environment());
    return print_page(&page);
}

static int print_help(const zub_command *command, bool is_brief)
{
    zub_bytes page = {0};

    if (is_brief)
        zub_manual_brief(&page, command, zub_voice_of_environment());
    else
        zub_manual_whole(&page, &zub_page_plain, command);
    return print_page(&page);
}

/* A file's name where a command's should be is a mistake that can be helped. */
static int unknown_command(const char *name)
{
    struct stat about;
    const char *nearest = zub_command_nearest(name);

    if (nearest != NULL)
        zub_message("unknown command '%s' (did you mean '%s'?)", name,
                    nearest);
    else if (stat(name, &about) == 0)
        zub_message("'%s' is no command (try zubda summarize '%s')", name,
                    name);
    else if (name[0] == '-')
        zub_message("unknown option '%s' before a command (options come "
                    "behind it: zubda COMMAND [options])",
                    name);
    else
        zub_message("unknown command '%s' (zubda help lists them)", name);
    return ZUB_EXIT_USAGE;
}

static int run_parsed(const zub_command *command, const void *settings,
                      const char *const *operands, size_t count)
{
    zub_error error;

    if (count > 0 && command->operands[0] == '\0') {
        zub_message("%s takes no files (see zubda %s -h)", command->name,
                    command->name);
        return ZUB_EXIT_USAGE;
    }
    if (zub_guard_command(command, settings, operands, count, &error) !=
        ZUB_OK) {
        zub_message("%s", error.message);
        return ZUB_EXIT_USAGE;
    }
    return command->run(settings, operands, count);
}

/* `settings` and `operands` have room for what the arguments say. */
static int run_with(const zub_command *command, const char *const *arguments,
                    size_t count, void *settings, const char **operands)
{
    size_t operand_count;
    zub_error error = {0};

    switch (zub_options_parse(command, settings, arguments, count, operands,
                              &operand_count, &error)) {
    case ZUB_PARSED_RUN:
        return run_parsed(command, settings, operands, operand_count);
    case ZUB_PARSED_BRIEF: return print_help(command, true);
    case ZUB_PARSED_MANUAL: return print_help(command, false);
    case ZUB_PARSED_WRONG: zub_message("%s", error.message); break;
    }
    return ZUB_EXIT_USAGE;
}

static int run_command(const zub_command *command,
                       const char *const *arguments, size_t count)
{
    void *settings = calloc(1, command->settings_size + 1);
    const char **operands = calloc(count + 1, sizeof *operands);
    int code = ZUB_EXIT_RESOURCE;

    if (settings != NULL && operands != NULL)
        code = run_with(command, arguments, count, settings, operands);
    else
        zub_message("out of memory");
    free(settings);
    free(operands);
    return code;
}

/* What other programs understand in the place of a command. */
static const char *meaning_of(const char *name)
{
    static const char *const meanings[][2] = {
        {"-h", "help"},
        {"--help", "help"},
        {"--version", "version"},
        {"-V", "version"},
    };

    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (strcmp(name, meanings[i][0]) == 0)
            return meanings[i][1];
    return name;
}

int main(int argc, char **argv)
{
    const zub_command *command;

    open_standard_files();
    signal(SIGPIPE, SIG_DFL);
    if (argc < 2)
        return print_overview();
    command = zub_command_find(meaning_of(argv[1]));
    if (command == NULL)
        return unknown_command(argv[1]);
    return run_command(command, (const char *const *)argv + 2,
                       (size_t)argc - 2);
}
