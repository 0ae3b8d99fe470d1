/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* run.c - see run.h.
 *
 * Workers analyze and render; one thread at a time takes, in input order. In
 * text an article's id stands above it when there are several articles, which
 * nobody knows before the second: so the first results are rendered both ways
 * until it is known, and the first one taken waits for the second. */
#include "cli/run.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "cli/bytes.h"
#include "cli/command.h"
#include "cli/destination.h"
#include "cli/emit.h"
#include "cli/intake.h"
#include "cli/message.h"
#include "cli/repairs.h"
#include "cli/watch.h"

/* A rendered article. */
typedef struct run_page {
    zub_bytes alone;  /* without its id, when it may be the only one */
    zub_bytes one_of; /* with its id */
    bool may_be_alone, has_words;
    size_t repaired;
} run_page;

/* What happened, for the exit code and the last words. */
typedef struct run_tally {
    size_t articles, with_words;
} run_tally;

typedef struct run_state {
    const zub_task *task;
    zub_render_options render;
    zub_intake intake;
    zub_destination *destination;
    zub_emit emit;
    zub_watch watch;
    atomic_size_t begun; /* articles that were begun to be worked on */
    bool several;        /* inputs: every text result gets its id */
    run_page *first;     /* taken, not yet written */
    bool is_begun;       /* the head is written */
    run_tally tally;
    zub_repairs repairs;
    zub_error *error;
} run_state;

/* ---- Working: any thread ---- */

static void free_page(run_page *page)
{
    if (page == NULL)
        return;
    zub_bytes_release(&page->alone);
    zub_bytes_release(&page->one_of);
    free(page);
}

static zub_status open_worker(void *context, void **worker, zub_error *error)
{
    const run_state *run = context;
    zub_analyzer *analyzer;
    zub_status status = zub_common_analyzer(&analyzer, run->task->common,
                                            run->intake.models, error);

    *worker = analyzer;
    return status;
}

static void close_worker(void *context, void *worker)
{
    (void)context;
    zub_analyzer_free(worker);
}

static zub_status print(const run_state *run, zub_bytes *out, bool with_id,
                        const void *result, const zub_record *record)
{
    zub_render_options options = run->render;

    options.with_ids = with_id;
    return run->task->print(result, record, &options, zub_bytes_sink(out));
}

static zub_status print_page(run_state *run, run_page *page,
                             const void *result, const zub_record *record)
{
    bool is_first = atomic_fetch_add(&run->begun, 1) == 0;
    bool is_text = run->render.format == ZUB_FORMAT_TEXT;
    zub_status status = print(run, &page->one_of, true, result, record);

    page->may_be_alone = is_first && is_text && !run->several;
    if (status == ZUB_OK && page->may_be_alone)
        status = print(run, &page->alone, false, result, record);
    return status;
}

static zub_status map(void *context, void *worker, const zub_record *record,
                      void **result, zub_error *error)
{
    run_state *run = context;
    const zub_task *task = run->task;
    zub_answer answer = {0};
    run_page *page = calloc(1, sizeof *page);
    zub_status status;

    *result = page;
    if (page == NULL)
        return ZUB_ENOMEM;
    status = task->analyze(&answer, task->settings, worker, record, error);
    if (status != ZUB_OK)
        return status;
    page->has_words = answer.has_words;
    page->repaired = answer.repaired;
    status = print_page(run, page, answer.result, record);
    task->free(answer.result);
    return status;
}

/* ---- Taking: one at a time, in input order ---- */

static zub_status write_part(run_state *run, zub_part part)
{
    return zub_render_part(part, run->task->kind, &run->render,
                           zub_destination_sink(run->destination));
}

static zub_status begin(run_state *run)
{
    zub_part part = run->is_begun ? ZUB_PART_BETWEEN : ZUB_PART_HEAD;

    run->is_begun = true;
    return write_part(run, part);
}

/* Owns `page`. */
static zub_status write_page(run_state *run, run_page *page, bool is_alone)
{
    const zub_bytes *bytes = is_alone ? &page->alone : &page->one_of;
    zub_status status = begin(run);

    if (status == ZUB_OK)
        status =
            zub_destination_write(run->destination, bytes->data, bytes->size);
    if (status == ZUB_OK)
        status = zub_destination_hand_over(run->destination);
    free_page(page);
    return status;
}

static zub_status write_first(run_state *run, bool is_alone)
{
    run_page *first = run->first;

    run->first = NULL;
    return first == NULL ? ZUB_OK : write_page(run, first, is_alone);
}

static zub_status emit_text(run_state *run, const zub_record *record)
{
    zub_error error;
    zub_status status;

    if (run->task->emit_text == NULL)
        return ZUB_OK;
    status = zub_emit_record(&run->emit, record, &error);
    if (status == ZUB_OK)
        return ZUB_OK;
    if (status == ZUB_EMALFORMED)
        return zub_intake_fail(&run->intake, record, &error);
    zub_message("%s", error.message);
    return zub_intake_stop(&run->intake, ZUB_EXIT_RESOURCE);
}

static zub_status take_page(run_state *run, run_page *page)
{
    zub_status status;

    if (page->may_be_alone && !run->is_begun) {
        run->first = page;
        return ZUB_OK;
    }
    status = write_first(run, false);
    if (status == ZUB_OK)
        return write_page(run, page, false);
    free_page(page);
    return status;
}

static zub_status take(void *context, const zub_record *record, void *result,
                       const zub_error *failure)
{
    run_state *run = context;
    run_page *page = result;
    zub_status status;

    if (failure->status != ZUB_OK)
        return zub_intake_fail(&run->intake, record, failure);
    run->tally.articles++;
    run->tally.with_words += page->has_words;
    zub_repairs_add(&run->repairs, record, page->repaired);
    status = emit_text(run, record);
    if (status == ZUB_OK)
        return take_page(run, page);
    free_page(page);
    return status;
}

static void drop(void *context, void *result)
{
    (void)context;
    free_page(result);
}

/* ---- The whole ---- */

bool zub_run_wants_color(int when, const zub_destination *destination)
{
    const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");

    if (when != ZUB_WHEN_AUTO)
        return when == ZUB_WHEN_ALWAYS;
    return destination->is_terminal &&
           (no_color == NULL || *no_color == '\0') && terminal != NULL &&
           strcmp(terminal, "dumb") != 0;
}

static zub_status open_all(run_state *run, const char *const *operands,
                           size_t count)
{
    const zub_task *task = run->task;
    const zub_common *common = task->common;
    zub_status status =
        zub_intake_open(&run->intake, common, operands, count, run->error);

    if (status == ZUB_OK)
        status =
            zub_destination_open(run->destination, common->output, run->error);
    if (status == ZUB_OK && task->emit_text != NULL)
        status = zub_emit_open(&run->emit, task->emit_text, run->error);
    run->several = count > 1;
    run->render = task->render;
    run->render.format = (zub_format)common->format;
    run->render.keep_text = common->keep_text;
    run->render.isolate = run->destination->is_terminal;
    run->render.color = zub_run_wants_color(common->color, run->destination);
    return status;
}

static zub_status write_end(run_state *run)
{
    bool is_alone = run->intake.failures == 0 && !run->several;
    zub_status status = write_first(run, is_alone);

    if (status == ZUB_OK && !run->is_begun)
        status = begin(run);
    return status == ZUB_OK ? write_part(run, ZUB_PART_TAIL) : status;
}

/* Wrong usage has no result, and failures alone are not worth a file. */
static bool has_no_result(const run_state *run)
{
    if (run->is_begun || run->first != NULL)
        return false;
    return run->intake.fatal != 0 ||
           (run->destination->path != NULL && run->intake.failures > 0);
}

/* What is complete stays complete, even when the run was stopped; a file
 * takes nothing but a whole run. */
static zub_status finish_output(run_state *run)
{
    zub_status status;

    if (has_no_result(run))
        return ZUB_OK;
    status = write_end(run);
    if (status != ZUB_OK && run->destination->error == 0)
        return zub_message_into(run->error, status, "%s",
                                zub_status_text(status));
    if (run->intake.is_stopped && run->destination->path != NULL)
        return ZUB_OK;
    return zub_destination_commit(run->destination, run->error);
}

static zub_status work(run_state *run)
{
    static const zub_work parts = {
        .open = open_worker,
        .close = close_worker,
        .map = map,
        .take = take,
        .drop = drop,
    };
    const zub_common *common = run->task->common;
    zub_work each = parts;
    zub_status status;

    each.context = run;
    zub_watch_start(&run->watch, run->intake.corpus, run->destination,
                    common->progress, common->quiet);
    status = zub_corpus_each(run->intake.corpus, (unsigned)common->threads,
                             &each, run->error);
    if (status == ZUB_OK || run->intake.is_stopped)
        status = finish_output(run);
    else if (run->destination->error != 0)
        status = zub_destination_commit(run->destination, run->error);
    zub_watch_stop(&run->watch);
    return status;
}

int zub_run(const zub_task *task, const char *const *operands, size_t count)
{
    zub_error error = {0};
    zub_destination *destination = calloc(1, sizeof *destination);
    run_state run = {.task = task,
                     .error = &error,
                     .destination = destination,
                     .emit = {.folder = -1}};
    zub_status status = zub_repairs_init(&run.repairs);
    int code;

    if (status == ZUB_OK && destination == NULL)
        status = ZUB_ENOMEM;
    if (status == ZUB_OK)
        status = open_all(&run, operands, count);
    if (status == ZUB_OK)
        status = work(&run);
    if (status != ZUB_OK)
        zub_message_failure(&error, status);
    else if (!task->common->quiet)
        zub_repairs_say(&run.repairs, "shown as");
    code = status != ZUB_OK ? zub_exit_of(status)
                            : zub_intake_exit(&run.intake, run.tally.articles,
                                              run.tally.with_words);
    free_page(run.first);
    zub_repairs_release(&run.repairs);
    zub_emit_close(&run.emit);
    if (destination != NULL)
        zub_destination_close(destination);
    free(destination);
    zub_intake_close(&run.intake);
    return code;
}
