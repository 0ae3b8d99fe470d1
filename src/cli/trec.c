/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* trec.c - see trec.h. */
#include "cli/trec.h"

#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/destination.h"
#include "cli/message.h"
#include "cli/watch.h"

#define MOST_MEASURES 64u

typedef struct trec_run {
    const zub_trec_task *task;
    char *names; /* of measures, cut at their commas */
    const char *measures[MOST_MEASURES];
    zub_ranking_options options;
    zub_judgements *judgements;
    zub_named_ranking *rankings; /* [count] */
    size_t count;
    zub_destination *destination;
    size_t queries; /* that were evaluated */
    int worst;      /* exit code of a file that could not be read, or 0 */
    zub_error error;
} trec_run;

static zub_status read_measures(trec_run *run)
{
    if (run->task->measures == NULL)
        return ZUB_OK;
    run->names = strdup(run->task->measures);
    if (run->names == NULL)
        return ZUB_ENOMEM;
    for (char *at = run->names; at != NULL;) {
        char *comma = strchr(at, ',');
        if (comma != NULL)
            *comma = '\0';
        if (run->options.measure_count == MOST_MEASURES)
            return zub_message_into(&run->error, ZUB_EINVAL,
                                    "more than %u measures", MOST_MEASURES);
        if (*at != '\0')
            run->measures[run->options.measure_count++] = at;
        at = comma != NULL ? comma + 1 : NULL;
    }
    run->options.measures = run->measures;
    return ZUB_OK;
}

/* A level of 0 would be the default. */
static zub_status read_options(trec_run *run)
{
    const zub_trec_task *task = run->task;

    run->options = (zub_ranking_options){.level = (int)task->level,
                                         .most = task->most,
                                         .is_complete = task->is_complete,
                                         .zscores = task->zscores};
    return read_measures(run);
}

static zub_status check_files(trec_run *run, size_t count)
{
    if (run->task->judgements == NULL && count == 0)
        return zub_message_into(&run->error, ZUB_EINVAL,
                                "no judgements (zubda evaluate trec qrels "
                                "run..., or name them with --refs)");
    if (count == (run->task->judgements == NULL ? 1u : 0u))
        return zub_message_into(&run->error, ZUB_EINVAL,
                                "nothing to evaluate (name a run)");
    return ZUB_OK;
}

/* What is not there is not to be read. */
static zub_status unread(zub_status status)
{
    return status == ZUB_ENOTFOUND ? ZUB_EIO : status;
}

/* - is standard input, as everywhere. */
static const char *real_path(const char *path)
{
    return strcmp(path, "-") == 0 ? "/dev/stdin" : path;
}

/* A run that cannot be read is named; the others are evaluated. */
static zub_status open_run(trec_run *run, const char *path)
{
    zub_ranking *ranking;
    zub_status status =
        unread(zub_ranking_open(&ranking, run->judgements, real_path(path),
                                &run->options, &run->error));

    if (status == ZUB_EIO || status == ZUB_EMALFORMED) {
        zub_message("%s", run->error.message);
        run->worst = run->worst ? run->worst : zub_exit_of(status);
        return run->task->common->strict ? ZUB_ECANCELED : ZUB_OK;
    }
    if (status != ZUB_OK)
        return status;
    zub_ranking_facts facts = zub_ranking_about(ranking);
    run->rankings[run->count++] = (zub_named_ranking){path, ranking};
    run->queries += facts.queries;
    if (facts.queries == 0)
        zub_message("'%.300s' has no query that was judged", path);
    else if (facts.unjudged > 0 && !run->task->common->quiet)
        zub_message("%zu quer%s of '%.300s' %s not judged and left out",
                    facts.unjudged, facts.unjudged == 1 ? "y" : "ies", path,
                    facts.unjudged == 1 ? "is" : "are");
    return ZUB_OK;
}

static zub_status open_all(trec_run *run, const char *const *files,
                           size_t count)
{
    const char *path = run->task->judgements;

    if (path == NULL) {
        path = *files++;
        count--;
    }
    zub_status status = unread(zub_judgements_open(
        &run->judgements, real_path(path), run->task->kind, &run->error));
    if (status != ZUB_OK)
        return status;
    run->rankings = calloc(count > 0 ? count : 1, sizeof *run->rankings);
    if (run->rankings == NULL)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < count && status == ZUB_OK; i++)
        status = open_run(run, files[i]);
    return status == ZUB_ECANCELED ? ZUB_OK : status;
}

static zub_status write_all(trec_run *run)
{
    zub_watch watch;
    zub_status status = zub_destination_open(
        run->destination, run->task->common->output, &run->error);

    if (status != ZUB_OK)
        return status;
    zub_watch_start(&watch, NULL, run->destination, -1, true);
    status = zub_render_rankings(
        run->rankings, run->count, run->task->by_query, run->task->intervals,
        (zub_format)run->task->common->format,
        zub_destination_sink(run->destination), &run->error);
    if (status == ZUB_OK || run->destination->error)
        status = zub_destination_commit(run->destination, &run->error);
    zub_watch_stop(&watch);
    return status;
}

static zub_status run_all(trec_run *run, const char *const *files,
                          size_t count)
{
    zub_status status = check_files(run, count);

    if (status == ZUB_OK)
        status = read_options(run);
    if (status == ZUB_OK)
        status = open_all(run, files, count);
    return status == ZUB_OK && run->count > 0 ? write_all(run) : status;
}

static int exit_code(const trec_run *run, zub_status status)
{
    if (status != ZUB_OK) {
        zub_message("%s", run->error.message[0] ? run->error.message
                                                : zub_status_text(status));
        return zub_exit_of(status);
    }
    if (run->worst != 0)
        return run->count > 0 ? ZUB_EXIT_NOTHING : run->worst;
    return run->queries > 0 ? ZUB_EXIT_DONE : ZUB_EXIT_NOTHING;
}

static void release(trec_run *run)
{
    for (size_t i = 0; i < run->count; i++) {
        const zub_ranking *ranking = run->rankings[i].ranking;
        zub_ranking_free((zub_ranking *)(uintptr_t)ranking);
    }
    free(run->rankings);
    zub_judgements_free(run->judgements);
    if (run->destination != NULL)
        zub_destination_close(run->destination);
    free(run->destination);
    free(run->names);
}

int zub_trec_run(const zub_trec_task *task, const char *const *files,
                 size_t count)
{
    trec_run run = {.task = task,
                    .destination = calloc(1, sizeof *run.destination)};
    zub_status status =
        run.destination != NULL ? run_all(&run, files, count) : ZUB_ENOMEM;
    int code = exit_code(&run, status);

    release(&run);
    return code;
}
