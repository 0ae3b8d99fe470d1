/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* version.c - `zubda version`. */
#include <stdio.h>

#include "cli/algebra.h"
#include "cli/command.h"
#include "cli/destination.h"

static int run(const void *settings, const char *const *operands, size_t count)
{
    char text[300];
    int size = snprintf(text, sizeof text, "zubda %s\n", zub_version());

    (void)settings, (void)operands, (void)count;
    zub_algebra_expect();
    zub_version_details(text + size, sizeof text - (size_t)size - 1);
    for (; text[size] != '\0'; size++)
        ;
    text[size++] = '\n';
    return zub_destination_print(text, (size_t)size);
}

static const char *const description[] = {
    "Prints the version of zubda on the first line and the libraries it runs "
    "on, with theirs, on the second.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda version", "zubda " ZUB_VERSION " and its libraries"},
    {NULL, NULL},
};

static const zub_option options[] = {{.kind = ZUB_OPTION_END}};

const zub_command zub_command_version = {
    .name = "version",
    .about = "the version, and those of its libraries",
    .is_minor = true,
    .operands = "",
    .description = description,
    .examples = examples,
    .options = options,
    .run = run,
};
