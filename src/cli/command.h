/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* command.h - the commands, a row each. A new one is a file with its row and
 * its function, and a line in command.c. */
#ifndef ZUB_CLI_COMMAND_H
#define ZUB_CLI_COMMAND_H

#include "cli/option.h"

/* As the shell is given it, and what it shows. */
typedef struct zub_example {
    const char *line; /* NULL closes the list */
    const char *about;
} zub_example;

typedef struct zub_command {
    const char *name;
    const char *about;    /* half a line; no full stop */
    const char *operands; /* as help shows them */
    const char *first;    /* what the first of them must be, or NULL */
    const char *const *description; /* paragraphs, NULL-ended */
    const zub_example *examples;
    const zub_option *options;
    bool is_minor;       /* the overview has its name and no more */
    bool reads_articles; /* its settings begin with a zub_common */
    bool asks_in_words;  /* behind its first operand a leading - may be text */
    /* Tables of options that it has in common with others, NULL-ended; NULL:
     * zub_page_tables where it reads articles, else zub_help_tables. */
    const zub_option *const *shared;
    size_t settings_size;
    /* Returns the exit code. */
    int (*run)(const void *settings, const char *const *operands,
               size_t count);
} zub_command;

/* In the order of the overview; NULL-ended. */
extern const zub_command *const zub_commands[];

/* NULL: no such command. */
const zub_command *zub_command_find(const char *name);
/* The name that was probably meant, or NULL. */
const char *zub_command_nearest(const char *name);

typedef enum zub_exit {
    ZUB_EXIT_DONE = 0,
    ZUB_EXIT_NOTHING = 1, /* nothing found, or some of several failed */
    ZUB_EXIT_USAGE = 2,
    ZUB_EXIT_INPUT = 3, /* no input could be read */
    ZUB_EXIT_MODEL = 4,
    ZUB_EXIT_RESOURCE = 5 /* memory, disk or limit */
} zub_exit;

/* What a status of the library means as an exit code. */
int zub_exit_of(zub_status status);
/* The same of work on one record, when every other would meet it too, for it
 * lies in the settings or the models; 0: it lies in the record. */
int zub_exit_of_settings(zub_status status);

#endif
