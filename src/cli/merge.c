/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* merge.c - `zubda merge`: several states into one. */
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/counting.h"
#include "cli/guard.h"
#include "cli/message.h"
#include "cli/watch.h"

typedef struct settings {
    zub_common common; /* output and quiet */
    zub_spill spill;
    bool without_rows;
} settings;

typedef struct merge_run {
    const settings *asked;
    zub_state **states; /* [count], the operands */
    size_t count;
    zub_state *merged;
    zub_destination *destination;
    zub_error error;
} merge_run;

static zub_status open_states(merge_run *run, const char *const *paths)
{
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < run->count && status == ZUB_OK; i++)
        status = zub_counting_open(&run->states[i], paths[i], &run->error);
    return status;
}

static zub_status merge_states(merge_run *run)
{
    const settings *asked = run->asked;
    zub_merge_options options = {.memory = asked->spill.memory,
                                 .folder = zub_spill_folder(&asked->spill),
                                 .without_articles = asked->without_rows};

    return zub_merge(&run->merged, run->states, run->count, &options,
                     &run->error);
}

static bool is_alike(const merge_run *run, const zub_state *state)
{
    zub_state_facts a = zub_state_about(run->states[0]);
    zub_state_facts b = zub_state_about(state);

    return a.low == b.low && a.high == b.high &&
           (run->asked->without_rows || a.has_articles == b.has_articles) &&
           a.fingerprint.size == b.fingerprint.size &&
           (a.fingerprint.size == 0 ||
            memcmp(a.fingerprint.data, b.fingerprint.data,
                   a.fingerprint.size) == 0);
}

/* The library sees states, not files: which of many it was is said here. */
static void complain(const merge_run *run, zub_status status,
                     const char *const *paths)
{
    const char *text =
        run->error.message[0] ? run->error.message : zub_status_text(status);
    size_t i = 0;

    while (status == ZUB_EMISMATCH && i < run->count &&
           is_alike(run, run->states[i]))
        i++;
    if (status == ZUB_EMISMATCH && i < run->count)
        zub_message("cannot merge '%s' and '%s': %s", paths[0], paths[i],
                    text);
    else
        zub_message("%s", text);
}

static zub_status write_state(merge_run *run)
{
    const zub_common *common = &run->asked->common;
    zub_status status = zub_state_write(
        run->merged, zub_destination_sink(run->destination), &run->error);

    if (status == ZUB_OK || run->destination->error != 0)
        status = zub_destination_commit(run->destination, &run->error);
    if (status == ZUB_OK && !common->quiet)
        zub_counting_say(run->merged, common->output);
    return status;
}

static zub_status merge_all(merge_run *run, const char *const *paths)
{
    zub_watch watch;
    zub_status status =
        zub_guard_state(run->asked->common.output, &run->error);

    if (status == ZUB_OK)
        status = zub_spill_check(&run->asked->spill, &run->error);
    if (status == ZUB_OK)
        status = zub_guard_twice(paths, run->count, &run->error);
    if (status == ZUB_OK)
        status = open_states(run, paths);
    if (status == ZUB_OK)
        status = zub_destination_open(run->destination,
                                      run->asked->common.output, &run->error);
    if (status != ZUB_OK)
        return status;
    zub_watch_start(&watch, NULL, run->destination, -1, true);
    status = merge_states(run);
    if (status == ZUB_OK)
        status = write_state(run);
    zub_watch_stop(&watch);
    return status;
}

static void release(merge_run *run)
{
    zub_state_free(run->merged);
    for (size_t i = 0; run->states != NULL && i < run->count; i++)
        zub_state_free(run->states[i]);
    free(run->states);
    if (run->destination != NULL)
        zub_destination_close(run->destination);
    free(run->destination);
}

static int refuse(const char *text)
{
    zub_message("%s", text);
    return ZUB_EXIT_USAGE;
}

static int run(const void *context, const char *const *operands, size_t count)
{
    const settings *asked = context;
    merge_run run = {.asked = asked, .count = count};
    zub_status status = ZUB_ENOMEM;

    if (count == 0)
        return refuse("no state to merge (name files that zubda count wrote)");
    if (asked->common.output == NULL)
        return refuse("no file to write the state to (name it with -o)");
    run.states = calloc(count, sizeof(zub_state *));
    run.destination = calloc(1, sizeof *run.destination);
    if (run.states != NULL && run.destination != NULL)
        status = merge_all(&run, operands);
    if (status != ZUB_OK)
        complain(&run, status, operands);
    release(&run);
    return zub_exit_of(status);
}

static const char *const description[] = {
    "Makes one state of several: of shards, of machines, of yesterday and "
    "today. The order of the states does not matter: the result is, byte for "
    "byte, what zubda count makes of all their articles at once.",
    "States must have been counted alike. When they were not, the message "
    "says in what: language, stemmer, lexicon, stop words, n-grams or the "
    "version of ICU.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda merge -o all.zub 1.zub 2.zub 3.zub", "three shards"},
    {"zubda merge -o sums.zub --without-rows all.zub", "without articles"},
    {NULL, NULL},
};

static const zub_option options[] = {
    ZUB_OUTPUT_OPTION("STATE", "write the state to STATE"),
    {.kind = ZUB_OPTION_FLAG,
     .name = "without-rows",
     .is_main = true,
     .offset = offsetof(settings, without_rows),
     .about = "drop the counts of each article"},
    ZUB_SPILL_OPTIONS(settings),
    {.kind = ZUB_OPTION_FLAG,
     .name = "quiet",
     .letter = 'q',
     .offset = offsetof(settings, common.quiet),
     .about = "no line that says what was written; errors stay"},
    {.kind = ZUB_OPTION_END},
};

const zub_command zub_command_merge = {
    .name = "merge",
    .about = "one state of several",
    .is_minor = true,
    .operands = "state...",
    .description = description,
    .examples = examples,
    .options = options,
    .settings_size = sizeof(settings),
    .run = run,
};
