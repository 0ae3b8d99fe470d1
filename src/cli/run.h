/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* run.h - what every command on articles has in common: opens models, input
 * and output, works on all threads, writes in input order, counts what went
 * wrong and knows the exit code. */
#ifndef ZUB_CLI_RUN_H
#define ZUB_CLI_RUN_H

#include "cli/common.h"
#include "cli/destination.h"

/* What a command found out about one article. */
typedef struct zub_answer {
    void *result;    /* for render and free */
    bool has_words;  /* or letters: there was something to work on */
    size_t repaired; /* bytes shown as U+FFFD */
} zub_answer;

/* A command's own part. Its functions run on any thread at any time. */
typedef struct zub_task {
    zub_kind kind;
    const zub_common *common;
    const void *settings;
    zub_render_options render; /* format, colour and isolates are set here */
    const char *emit_text;     /* folder for the texts, or NULL */
    zub_status (*analyze)(zub_answer *out, const void *settings,
                          zub_analyzer *analyzer, const zub_record *record,
                          zub_error *error);
    zub_status (*print)(const void *result, const zub_record *record,
                        const zub_render_options *options, zub_sink sink);
    void (*free)(void *result);
} zub_task;

/* Whether text is coloured, for --color. */
bool zub_run_wants_color(int when, const zub_destination *destination);

/* Returns the exit code, having said on standard error why. */
int zub_run(const zub_task *task, const char *const *operands, size_t count);

#endif
