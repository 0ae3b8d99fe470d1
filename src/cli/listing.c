/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* listing.c - see listing.h. */
#include "cli/listing.h"

#include <stdlib.h>

#include "cli/command.h"
#include "cli/guard.h"
#include "cli/message.h"
#include "cli/nameless.h"
#include "cli/watch.h"

static const zub_option rows[] = {
    ZUB_ROWS_OPTIONS(zub_table_formats, "how results are written"),
    ZUB_DROP_STOP_WORDS_OPTION,
    ZUB_SPILL_OPTIONS(zub_counting),
    {.kind = ZUB_OPTION_END},
};

const zub_option *const zub_listing_tables[] = {rows, zub_input_options,
                                                zub_help_options, NULL};

typedef struct listing_run {
    const zub_listing_task *task;
    zub_intake intake;
    zub_destination *destination;
    zub_state *state;
    zub_listing *listing;
    zub_table *table;
    zub_nameless nameless;
    zub_error error;
} listing_run;

/* ---- From articles, or a state, to a listing ---- */

static zub_status open_all(listing_run *run, const char *const *operands,
                           size_t count)
{
    const zub_counting *counting = run->task->counting;
    bool has_state = false;
    zub_status status = zub_listing_check(&run->task->listing, &run->error);

    if (status == ZUB_OK)
        status = zub_spill_check(&counting->spill, &run->error);
    if (status == ZUB_OK)
        status =
            zub_counting_find_state(&has_state, operands, count, &run->error);
    if (status == ZUB_OK)
        status = zub_guard_twice(operands, count, &run->error);
    if (status == ZUB_OK && has_state)
        status = zub_counting_check_idle(counting, &run->error);
    if (status == ZUB_OK && has_state && run->task->field)
        status = zub_message_into(&run->error, ZUB_EINVAL,
                                  "a state was counted already: --by and "
                                  "--trend need the articles");
    if (status == ZUB_OK && has_state)
        status = zub_counting_open(&run->state, operands[0], &run->error);
    else if (status == ZUB_OK)
        status = zub_intake_open(&run->intake, &counting->common, operands,
                                 count, &run->error);
    if (status != ZUB_OK)
        return status;
    return zub_destination_open(run->destination, counting->common.output,
                                &run->error);
}

static zub_status count_articles(listing_run *run)
{
    const zub_listing_task *task = run->task;

    zub_count_options count = task->count;

    if (run->state != NULL)
        return ZUB_OK;
    count.nameless = task->field != NULL ? zub_nameless_add : NULL;
    count.nameless_context = &run->nameless;
    return zub_counting_run(&run->state, task->counting, &run->intake, &count,
                            &run->error);
}

static zub_status make_listing(listing_run *run)
{
    const zub_listing_task *task = run->task;
    zub_listing_options options = task->listing;
    zub_state_facts facts = zub_state_about(run->state);

    options.memory = task->counting->spill.memory;
    options.folder = zub_spill_folder(&task->counting->spill);
    if (task->is_of_ngrams && options.low == 0) {
        options.low = facts.low;
        options.high = facts.high;
    }
    return zub_listing_new(&run->listing, run->state, &options, &run->error);
}

/* ---- A listing into a table ---- */

zub_status zub_listing_open_table(zub_table **out, const zub_column *columns,
                                  size_t count, const zub_common *common,
                                  zub_destination *destination,
                                  zub_error *error)
{
    return zub_table_open(out, columns, count, (zub_format)common->format,
                          destination->is_terminal,
                          zub_destination_sink(destination), error);
}

static zub_status write_rows(listing_run *run)
{
    const zub_cell *cells;
    uint64_t nulls;
    zub_status status = ZUB_OK;

    while (status == ZUB_OK) {
        status = zub_listing_next(&cells, &nulls, run->listing, &run->error);
        if (status != ZUB_OK || cells == NULL)
            break;
        status = zub_table_add(run->table, cells, nulls);
    }
    return status == ZUB_OK ? zub_table_close(run->table) : status;
}

static zub_status write_table(listing_run *run)
{
    size_t count;
    const zub_column *columns = zub_listing_columns(&count, run->listing);
    zub_status status = zub_listing_open_table(&run->table, columns, count,
                                               &run->task->counting->common,
                                               run->destination, &run->error);

    if (status == ZUB_OK)
        status = write_rows(run);
    if (status == ZUB_OK || run->destination->error != 0)
        status = zub_destination_commit(run->destination, &run->error);
    return status;
}

/* Articles whose part has no name: once, with their number, the first named.
 */
static void say_nameless(const listing_run *run)
{
    const zub_listing_task *task = run->task;
    zub_listing_facts facts = zub_listing_about(run->listing);
    unsigned long long articles = zub_state_about(run->state).articles;
    char first[ZUB_NAMELESS_MOST * sizeof run->nameless.first->id + 32];

    if (task->field == NULL || facts.nameless == 0 ||
        task->counting->common.quiet)
        return;
    zub_nameless_list(first, sizeof first, &run->nameless);
    zub_message(
        "%llu of %llu article%s %s no %s'%s': they are one part, "
        "without a name (%s%s)",
        (unsigned long long)facts.nameless, articles, articles == 1 ? "" : "s",
        facts.nameless == 1 ? "has" : "have",
        task->is_dated ? "ISO 8601 date of that precision in the field "
                       : "field ",
        task->field,
        facts.nameless > run->nameless.count ? "the first are " : "", first);
}

/* ---- The whole ---- */

static zub_status work(listing_run *run)
{
    const zub_common *common = &run->task->counting->common;
    bool has_corpus = run->intake.corpus != NULL;
    zub_watch watch;

    zub_watch_start(&watch, run->intake.corpus, run->destination,
                    has_corpus ? common->progress : -1, common->quiet);
    zub_status status = count_articles(run);
    if (status == ZUB_OK && run->state != NULL)
        status = make_listing(run);
    if (status == ZUB_OK && run->state != NULL)
        status = write_table(run);
    zub_watch_stop(&watch);
    if (status == ZUB_OK && run->listing != NULL)
        say_nameless(run);
    return status;
}

static void release(listing_run *run)
{
    zub_table_free(run->table);
    zub_listing_free(run->listing);
    zub_state_free(run->state);
    if (run->destination != NULL)
        zub_destination_close(run->destination);
    free(run->destination);
    zub_intake_close(&run->intake);
}

int zub_listing_run(const zub_listing_task *task, const char *const *operands,
                    size_t count)
{
    listing_run run = {.task = task,
                       .destination = calloc(1, sizeof *run.destination)};
    zub_status status = zub_nameless_init(&run.nameless);

    if (status == ZUB_OK && run.destination == NULL)
        status = ZUB_ENOMEM;
    if (status == ZUB_OK)
        status = open_all(&run, operands, count);
    if (status == ZUB_OK)
        status = work(&run);
    if (status != ZUB_OK)
        zub_message_failure(&run.error, status);
    int code = status != ZUB_OK
                   ? zub_exit_of(status)
                   : zub_counting_exit(task->counting, &run.intake, run.state);
    release(&run);
    zub_nameless_release(&run.nameless);
    return code;
}
