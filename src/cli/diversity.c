/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* diversity.c - see diversity.h. Workers measure, one thread writes. */
#include "cli/diversity.h"

#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/guard.h"
#include "cli/listing.h"
#include "cli/message.h"
#include "cli/repairs.h"
#include "cli/watch.h"

#define FIRST 2 /* columns before the measures: id, lang */
#define COLUMNS (FIRST + ZUB_DIVERSITIES)

/* What was found out about an article. */
typedef struct diversity_answer {
    zub_diversity diversity;
    size_t repaired; /* bytes */
    char lang[12];
} diversity_answer;

typedef struct diversity_run {
    const zub_diversity_settings *settings;
    zub_intake intake;
    zub_destination *destination;
    zub_table *table;
    zub_column columns[COLUMNS];
    uint64_t articles, with_words;
    zub_repairs repairs;
    zub_error error;
} diversity_run;

/* ---- Working: any thread ---- */

static zub_status open_worker(void *context, void **worker, zub_error *error)
{
    const diversity_run *run = context;
    const zub_counting *counting = &run->settings->counting;
    zub_analyzer_options words = zub_counting_words(counting);
    zub_analyzer *analyzer;
    zub_status status =
        zub_analyzer_new(&analyzer, run->intake.models, &words, error);

    *worker = analyzer;
    return zub_common_blame(&counting->common, status, error);
}

static void close_worker(void *context, void *worker)
{
    (void)context;
    zub_analyzer_free(worker);
}

/* Terms in a row, stop words that are none left out. */
static zub_status measure(diversity_answer *out, const zub_document *document,
                          const zub_diversity_options *options)
{
    uint32_t *words = malloc((document->word_count + 1) * sizeof *words);
    size_t count = 0;

    if (words == NULL)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < document->word_count; i++)
        if (document->word_terms[i] != ZUB_NO_TERM)
            words[count++] = document->word_terms[i];
    memcpy(out->lang, document->lang, sizeof out->lang);
    zub_status status =
        zub_diversity_measure(&out->diversity, words, count, options);
    free(words);
    return status;
}

static zub_status map(void *context, void *worker, const zub_record *record,
                      void **result, zub_error *error)
{
    const diversity_run *run = context;
    diversity_answer *answer = calloc(1, sizeof *answer);
    zub_document *document;

    *result = answer;
    if (answer == NULL)
        return zub_message_into(error, ZUB_ENOMEM, "%s",
                                zub_status_text(ZUB_ENOMEM));
    zub_status status = zub_document_new(&document, worker, record, error);
    if (status != ZUB_OK)
        return status;
    answer->repaired = document->repaired + record->repaired;
    status = measure(answer, document, &run->settings->measure);
    zub_document_free(document);
    if (status != ZUB_OK)
        zub_message_into(error, status, "%s", zub_status_text(status));
    return status;
}

static void drop(void *context, void *result)
{
    (void)context;
    free(result);
}

/* ---- Writing: in input order ---- */

static bool is_whole(size_t i)
{
    return i == ZUB_DIVERSITY_WORDS || i == ZUB_DIVERSITY_TYPES ||
           i == ZUB_DIVERSITY_HAPAXES;
}

static zub_status add_row(diversity_run *run, const zub_record *record,
                          const diversity_answer *answer)
{
    zub_cell cells[COLUMNS];

    cells[0].text = record->id;
    cells[1].text = (zub_slice){answer->lang, strlen(answer->lang)};
    for (size_t i = 0; i < ZUB_DIVERSITIES; i++)
        if (is_whole(i))
            cells[FIRST + i].count = (uint64_t)answer->diversity.of[i];
        else
            cells[FIRST + i].real = answer->diversity.of[i];
    zub_status status = zub_table_add(run->table, cells, 0);
    return status == ZUB_OK ? zub_destination_hand_over(run->destination)
                            : status;
}

static zub_status take(void *context, const zub_record *record, void *result,
                       const zub_error *failure)
{
    diversity_run *run = context;
    const diversity_answer *answer = result;
    zub_status status;

    if (failure->status != ZUB_OK) {
        status = zub_intake_fail(&run->intake, record, failure);
    } else {
        run->articles++;
        zub_repairs_add(&run->repairs, record, answer->repaired);
        run->with_words += answer->diversity.of[ZUB_DIVERSITY_WORDS] > 0;
        status = add_row(run, record, answer);
    }
    free(result);
    return status;
}

/* ---- The whole ---- */

static void name_columns(diversity_run *run)
{
    run->columns[0] = (zub_column){"id", ZUB_CELL_TEXT, 0};
    run->columns[1] = (zub_column){"lang", ZUB_CELL_TEXT, 0};
    for (size_t i = 0; i < ZUB_DIVERSITIES; i++)
        run->columns[FIRST + i] =
            (zub_column){zub_diversity_at(i)->name,
                         is_whole(i) ? ZUB_CELL_COUNT : ZUB_CELL_REAL, 0};
}

static zub_status open_all(diversity_run *run, const char *const *operands,
                           size_t count)
{
    const zub_common *common = &run->settings->counting.common;
    zub_status status;

    if (count == 1 && zub_counting_is_state(operands[0]))
        return zub_message_into(&run->error, ZUB_EINVAL,
                                "--diversity needs articles, not a state");
    if (run->settings->counting.characters[0] > 0)
        return zub_message_into(&run->error, ZUB_EINVAL,
                                "--diversity is of words, not of characters");
    status = zub_guard_twice(operands, count, &run->error);
    if (status == ZUB_OK)
        status = zub_intake_open(&run->intake, common, operands, count,
                                 &run->error);
    if (status == ZUB_OK)
        status = zub_destination_open(run->destination, common->output,
                                      &run->error);
    if (status != ZUB_OK)
        return status;
    name_columns(run);
    return zub_listing_open_table(&run->table, run->columns, COLUMNS, common,
                                  run->destination, &run->error);
}

/* A file takes nothing but a whole run, and failures alone are no run. */
static zub_status finish(diversity_run *run)
{
    bool has_failed = run->articles == 0 && run->intake.failures > 0;
    bool is_whole_run = !run->intake.is_stopped && !has_failed;
    zub_status status;

    if (run->intake.fatal != 0 ||
        (run->destination->path != NULL && !is_whole_run))
        return ZUB_OK;
    status = zub_table_close(run->table);
    if (status != ZUB_OK && run->destination->error == 0)
        return status;
    return zub_destination_commit(run->destination, &run->error);
}

static zub_status work(diversity_run *run)
{
    const zub_common *common = &run->settings->counting.common;
    zub_work each = {.context = run,
                     .open = open_worker,
                     .close = close_worker,
                     .map = map,
                     .take = take,
                     .drop = drop};
    zub_watch watch;

    zub_watch_start(&watch, run->intake.corpus, run->destination,
                    common->progress, common->quiet);
    zub_status status = zub_corpus_each(
        run->intake.corpus, (unsigned)common->threads, &each, &run->error);
    if (status == ZUB_OK || run->intake.is_stopped)
        status = finish(run);
    else if (run->destination->error != 0)
        status = zub_destination_commit(run->destination, &run->error);
    zub_watch_stop(&watch);
    return status;
}

int zub_diversity_run(const zub_diversity_settings *settings,
                      const char *const *operands, size_t count)
{
    diversity_run run = {.settings = settings,
                         .destination = calloc(1, sizeof *run.destination)};
    zub_status status = zub_repairs_init(&run.repairs);

    if (status == ZUB_OK && run.destination == NULL)
        status = ZUB_ENOMEM;
    if (status == ZUB_OK)
        status = open_all(&run, operands, count);
    if (status == ZUB_OK)
        status = work(&run);
    if (status != ZUB_OK)
        zub_message_failure(&run.error, status);
    else if (!settings->counting.common.quiet)
        zub_repairs_say(&run.repairs, "taken for");
    zub_repairs_release(&run.repairs);
    int code = status != ZUB_OK ? zub_exit_of(status)
                                : zub_intake_exit(&run.intake, run.articles,
                                                  run.with_words);
    zub_table_free(run.table);
    if (run.destination != NULL)
        zub_destination_close(run.destination);
    free(run.destination);
    zub_intake_close(&run.intake);
    return code;
}
