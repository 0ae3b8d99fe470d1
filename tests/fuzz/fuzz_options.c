/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* fuzz_options.c - arguments separated by newlines, given to every command's
 * parser, which must answer each with settings or a message. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/common.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST 64

static size_t split(char *text, size_t size, const char **arguments)
{
    size_t count = 0;

    text[size] = '\0';
    for (size_t at = 0; at < size && count < MOST; count++) {
        arguments[count] = text + at;
        at += strcspn(text + at, "\n");
        text[at++] = '\0';
    }
    return count;
}

static void check(const zub_command *command, const zub_common *common,
                  zub_parsed parsed, size_t operand_count, size_t count,
                  const zub_error *error)
{
    assert(operand_count <= count);
    assert((parsed == ZUB_PARSED_WRONG) == (error->message[0] != '\0'));
    if (!command->reads_articles || parsed != ZUB_PARSED_RUN)
        return;
    assert(common->threads <= 1024);
    assert(common->limit_bytes > 0);
    assert(common->format >= 0 && common->format <= ZUB_FORMAT_HTML);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *arguments[MOST], *operands[MOST];
    char *text = malloc(size + 2);

    if (text == NULL)
        return 0;
    if (size > 0)
        memcpy(text, data, size);
    size_t count = split(text, size, arguments);
    for (size_t i = 0; zub_commands[i] != NULL; i++) {
        const zub_command *command = zub_commands[i];
        void *settings = calloc(1, command->settings_size + 1);
        size_t operand_count = 0;
        zub_error error = {0};

        zub_parsed parsed =
            zub_options_parse(command, settings, arguments, count, operands,
                              &operand_count, &error);
        check(command, settings, parsed, operand_count, count, &error);
        if (count > 0)
            zub_command_nearest(arguments[0]);
        free(settings);
    }
    free(text);
    return 0;
}
