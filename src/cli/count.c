/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* count.c - `zubda count`: articles into a state. */
#include <stdlib.h>

#include "cli/command.h"
#include "cli/counting.h"
#include "cli/destination.h"
#include "cli/guard.h"
#include "cli/message.h"
#include "cli/watch.h"

typedef struct settings {
    zub_counting counting;
    size_t window;
    bool rows;
} settings;

typedef struct count_run {
    const settings *asked;
    zub_intake intake;
    zub_destination *destination;
    zub_state *state;
    zub_error error;
} count_run;

static zub_status write_state(count_run *run)
{
    const zub_common *common = &run->asked->counting.common;
    zub_status status = zub_state_write(
        run->state, zub_destination_sink(run->destination), &run->error);

    if (status == ZUB_OK || run->destination->error != 0)
        status = zub_destination_commit(run->destination, &run->error);
    if (status == ZUB_OK && !common->quiet)
        zub_counting_say(run->state, common->output);
    return status;
}

static zub_status work(count_run *run)
{
    const zub_counting *counting = &run->asked->counting;
    const zub_common *common = &counting->common;
    zub_count_options options = zub_counting_options(counting);
    zub_watch watch;

    options.keep_articles = run->asked->rows;
    options.window = (unsigned)run->asked->window;
    zub_watch_start(&watch, run->intake.corpus, run->destination,
                    common->progress, common->quiet);
    zub_status status = zub_counting_run(&run->state, counting, &run->intake,
                                         &options, &run->error);
    if (status == ZUB_OK && run->state != NULL)
        status = write_state(run);
    zub_watch_stop(&watch);
    return status;
}

static zub_status count_all(count_run *run, const char *const *operands,
                            size_t count)
{
    const zub_common *common = &run->asked->counting.common;
    zub_status status = zub_guard_state(common->output, &run->error);

    if (status == ZUB_OK)
        status = zub_spill_check(&run->asked->counting.spill, &run->error);
    if (status == ZUB_OK)
        status = zub_guard_twice(operands, count, &run->error);
    if (status == ZUB_OK)
        status = zub_intake_open(&run->intake, common, operands, count,
                                 &run->error);
    if (status == ZUB_OK)
        status = zub_destination_open(run->destination, common->output,
                                      &run->error);
    return status == ZUB_OK ? work(run) : status;
}

static int run(const void *context, const char *const *operands, size_t count)
{
    const settings *asked = context;
    count_run run = {.asked = asked,
                     .destination = calloc(1, sizeof *run.destination)};
    zub_status status = ZUB_ENOMEM;

    if (asked->counting.common.output == NULL) {
        free(run.destination);
        zub_message("no file to write the state to (name it with -o)");
        return ZUB_EXIT_USAGE;
    }
    if (run.destination != NULL)
        status = count_all(&run, operands, count);
    if (status != ZUB_OK)
        zub_message_failure(&run.error, status);
    int code = status != ZUB_OK ? zub_exit_of(status)
                                : zub_counting_exit(&asked->counting,
                                                    &run.intake, run.state);
    zub_state_free(run.state);
    if (run.destination != NULL)
        zub_destination_close(run.destination);
    free(run.destination);
    zub_intake_close(&run.intake);
    return code;
}

static const char *const description[] = {
    "Counts the terms of articles, the forms in which they stand and the "
    "articles that have them, into a file that is called a state. States "
    "merge: those of the parts of a corpus make the state of all of it, byte "
    "for byte (see zubda merge).",
    "A term is a word, folded and stemmed. Stop words are counted too, unless "
    "--drop-stop-words.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda count -o news.zub news/", "words of a folder"},
    {"zubda count --ngram 1-2 -o pairs.zub a.jsonl", "and pairs of words"},
    {"zubda count --shard 1/3 -o 1.zub all.jsonl", "every third article"},
    {NULL, NULL},
};

static const zub_option options[] = {
    ZUB_OUTPUT_OPTION("STATE", "write the state to STATE"),
    {.kind = ZUB_OPTION_FLAG,
     .name = "rows",
     .is_main = true,
     .offset = offsetof(settings, rows),
     .about = "keep the counts of each article too",
     .more = "A matrix can be made of such a state (see zubda vectorize)."},
    {.kind = ZUB_OPTION_COUNT,
     .name = "window",
     .offset = offsetof(settings, window),
     .metavar = "N",
     .low = 1,
     .high = 100,
     .about = "count words and pairs of them at most N apart",
     .more = "In place of words in a row; for zubda collocations."},
    {.kind = ZUB_OPTION_PART,
     .name = "shard",
     .is_main = true,
     .offset = offsetof(settings, counting.shard),
     .metavar = "I/N",
     .about = "count only part I of N of the articles",
     .more = "Article I, I + N, I + 2 N and so on of the whole input."},
    {.kind = ZUB_OPTION_END},
};

const zub_command zub_command_count = {
    .name = "count",
    .about = "term counts of a corpus, as a file that merges",
    .is_minor = true,
    .operands = "[file...]",
    .description = description,
    .examples = examples,
    .options = options,
    .reads_articles = true,
    .shared = zub_counting_tables,
    .settings_size = sizeof(settings),
    .run = run,
};
