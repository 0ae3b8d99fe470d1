/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* identify.c - `zubda identify`. */
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/message.h"
#include "cli/run.h"

typedef struct settings {
    zub_common common;
    bool explain;
} settings;

static zub_status analyze(zub_answer *out, const void *context,
                          zub_analyzer *analyzer, const zub_record *record,
                          zub_error *error)
{
    zub_guess *guess = calloc(1, sizeof *guess);
    zub_status status;

    (void)context;
    if (guess == NULL)
        return zub_message_into(error, ZUB_ENOMEM, "out of memory");
    status = zub_identify(guess, analyzer, record->text, error);
    if (status != ZUB_OK) {
        free(guess);
        return status;
    }
    *out = (zub_answer){.result = guess,
                        .has_words = strcmp(guess->lang, "und") != 0,
                        .repaired = record->repaired};
    return ZUB_OK;
}

static zub_status print(const void *result, const zub_record *record,
                        const zub_render_options *options, zub_sink sink)
{
    return zub_render_guess(result, record, options, sink);
}

static int run(const void *context, const char *const *operands, size_t count)
{
    const settings *asked = context;
    zub_task task = {
        .kind = ZUB_KIND_GUESS,
        .common = &asked->common,
        .settings = asked,
        .render = {.explain = asked->explain},
        .analyze = analyze,
        .print = print,
        .free = free,
    };

    return zub_run(&task, operands, count);
}

static const char *const description[] = {
    "Tells the language of each article, as a BCP 47 code, with a confidence "
    "from 0 to 1. Without a letter in it an article is und.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda identify article.txt", "its language"},
    {"zubda identify -f tsv news/", "of each article, as a table"},
    {"zubda identify --explain article.txt", "with the runner-up"},
    {NULL, NULL},
};

static const zub_option options[] = {
    {.kind = ZUB_OPTION_FLAG,
     .name = "explain",
     .letter = 'e',
     .is_main = true,
     .offset = offsetof(settings, explain),
     .about = "the second guess too"},
    ZUB_FORMAT_OPTION(zub_table_formats),
    {.kind = ZUB_OPTION_END},
};

const zub_command zub_command_identify = {
    .name = "identify",
    .about = "language of each article",
    .is_minor = true,
    .operands = "[file...]",
    .description = description,
    .examples = examples,
    .options = options,
    .reads_articles = true,
    .settings_size = sizeof(settings),
    .run = run,
};
