/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* index.c - `zubda index`: articles into an index, or out of it. */
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/folder.h"
#include "cli/intake.h"
#include "cli/message.h"
#include "cli/repairs.h"
#include "cli/watch.h"

typedef enum index_titles { TITLES_COUNT, TITLES_NONE } index_titles;

typedef struct settings {
    zub_common common;
    const char *remove, *merge, *passage;
    uint64_t memory;
    int titles; /* index_titles */
    bool no_text, no_positions, compact;
} settings;

typedef struct index_run {
    const settings *asked;
    const char *folder;
    zub_intake intake;
    zub_repairs repairs;
    zub_destination *nowhere; /* for the watch: standard output, unused */
    zub_index_writer *writer;
    zub_error error;
} index_run;

static const char *unless_auto(const char *name)
{
    return name != NULL && strcmp(name, "auto") != 0 ? name : NULL;
}

/* "100", or "all". */
static zub_status take_passage(index_run *run, zub_index_options *options)
{
    const char *passage = run->asked->passage;
    size_t words = 0;

    if (passage == NULL)
        return ZUB_OK;
    options->whole_articles = strcmp(passage, "all") == 0;
    if (options->whole_articles)
        return ZUB_OK;
    for (const char *at = passage; *at >= '0' && *at <= '9' && words < 1000000;
         at++)
        words = words * 10 + (size_t)(*at - '0');
    if (words == 0 || passage[strspn(passage, "0123456789")] != '\0')
        return zub_message_into(&run->error, ZUB_EINVAL,
                                "--passage is a number of words, or all, not "
                                "'%s'",
                                passage);
    options->passage_words = words;
    return ZUB_OK;
}

static zub_status open_writer(index_run *run)
{
    const settings *asked = run->asked;
    zub_index_options options = {
        .lang = unless_auto(asked->common.lang),
        .stemmer = unless_auto(asked->common.stemmer),
        .without_titles = asked->titles == TITLES_NONE,
        .without_texts = asked->no_text,
        .without_positions = asked->no_positions,
        .memory = asked->memory,
        .added = asked->common.quiet ? NULL : zub_repairs_hear,
        .added_context = &run->repairs,
    };
    zub_status status = take_passage(run, &options);

    if (asked->common.lexicon != NULL)
        return zub_message_into(&run->error, ZUB_EINVAL,
                                "an index has the lexicon of the models: "
                                "--lexicon cannot be given");
    return status == ZUB_OK ? zub_index_writer_open(&run->writer, run->folder,
                                                    run->intake.models,
                                                    &options, &run->error)
                            : status;
}

static zub_status fail(void *context, const zub_record *record,
                       const zub_error *failure)
{
    return zub_intake_fail(context, record, failure);
}

static zub_status add_articles(index_run *run)
{
    const zub_common *common = &run->asked->common;
    zub_failures failures = {&run->intake, fail};
    zub_watch watch;

    if (run->intake.corpus == NULL)
        return ZUB_OK;
    zub_watch_start(&watch, run->intake.corpus, run->nowhere, common->progress,
                    common->quiet);
    zub_status status =
        zub_index_writer_add(run->writer, run->intake.corpus,
                             common->strict ? 1 : (unsigned)common->threads,
                             &failures, &run->error);
    zub_watch_stop(&watch);
    zub_repairs_say(&run->repairs, "taken for");
    return status;
}

/* An index that is not there is an input that cannot be read. */
static zub_status merge_other(index_run *run)
{
    zub_status status =
        zub_index_writer_merge(run->writer, run->asked->merge, &run->error);

    return status == ZUB_ENOTFOUND ? ZUB_EIO : status;
}

static zub_status change(index_run *run)
{
    const char *remove = run->asked->remove;
    zub_status status = ZUB_OK;

    if (remove != NULL)
        status = zub_index_writer_delete(
            run->writer, (zub_slice){remove, strlen(remove)}, &run->error);
    if (status == ZUB_OK && run->asked->merge != NULL)
        status = merge_other(run);
    if (status == ZUB_OK)
        status = add_articles(run);
    if (status == ZUB_OK && run->asked->compact)
        status = zub_index_writer_compact(run->writer, &run->error);
    return status == ZUB_OK ? zub_index_writer_commit(run->writer, &run->error)
                            : status;
}

/* What only changes an index makes none. An index that is not there is an
 * input that cannot be read. */
static zub_status demand_index(index_run *run)
{
    zub_index *index;
    zub_status status = zub_index_open(&index, run->folder, run->intake.models,
                                       true, &run->error);

    zub_index_free(index);
    return status == ZUB_ENOTFOUND ? ZUB_EIO : status;
}

/* Without articles to read an index may still be changed. */
static zub_status open_intake(index_run *run, const char *const *operands,
                              size_t count)
{
    const settings *asked = run->asked;
    bool changes = asked->remove != NULL || asked->compact;
    bool reads = count > 0 || (!changes && asked->merge == NULL);
    zub_status status;

    run->intake.common = &asked->common;
    if (reads)
        return zub_intake_open(&run->intake, &asked->common, operands, count,
                               &run->error);
    status = zub_folder_open_models(&run->intake.models, asked->common.models,
                                    asked->common.quiet, &run->error);
    return status == ZUB_OK && asked->merge == NULL ? demand_index(run)
                                                    : status;
}

/* "1 article", "2 articles". */
#define COUNTED(noun) "%llu " noun "%s"
#define NUMBER(n) (unsigned long long)(n), (n) == 1 ? "" : "s"

static zub_status say(index_run *run)
{
    zub_index *index;
    zub_index_facts facts;
    zub_status status = ZUB_OK;

    if (run->asked->common.quiet)
        return ZUB_OK;
    status = zub_index_open(&index, run->folder, run->intake.models, true,
                            &run->error);
    if (status != ZUB_OK)
        return status;
    facts = zub_index_about(index);
    zub_message(COUNTED("article") ", " COUNTED("passage") " in '%s'",
                NUMBER(facts.articles), NUMBER(facts.passages), run->folder);
    if (run->asked->compact && facts.volumes > 1)
        zub_message("they are %llu volumes, which are more than --memory "
                    "together",
                    (unsigned long long)facts.volumes);
    zub_index_free(index);
    return status;
}

static int finish(index_run *run, zub_status status)
{
    bool has_corpus = run->intake.corpus != NULL;
    uint64_t records = 0;
    int code;

    if (has_corpus)
        records = zub_corpus_progress(run->intake.corpus).records;
    if (status != ZUB_OK && !run->intake.is_stopped)
        zub_message("%s", run->error.message[0] ? run->error.message
                                                : zub_status_text(status));
    if (run->intake.is_stopped)
        code = zub_intake_exit(&run->intake, records, records);
    else if (status != ZUB_OK)
        code = zub_exit_of(status);
    else
        code = has_corpus ? zub_intake_exit(&run->intake, records, records)
                          : ZUB_EXIT_DONE;
    zub_index_writer_free(run->writer);
    zub_intake_close(&run->intake);
    if (run->nowhere != NULL)
        zub_destination_close(run->nowhere);
    free(run->nowhere);
    return code;
}

static zub_status run_all(index_run *run, const char *const *operands,
                          size_t count)
{
    zub_status status =
        run->nowhere != NULL
            ? zub_destination_open(run->nowhere, NULL, &run->error)
            : ZUB_ENOMEM;

    if (status == ZUB_OK)
        status = open_intake(run, operands, count);
    if (status == ZUB_OK)
        status = open_writer(run);
    if (status == ZUB_OK)
        status = change(run);
    return status == ZUB_OK ? say(run) : status;
}

static int run(const void *context, const char *const *operands, size_t count)
{
    index_run run = {.asked = context};

    if (count == 0) {
        zub_message("no folder for the index (zubda index DIR [file...])");
        return ZUB_EXIT_USAGE;
    }
    run.folder = operands[0];
    run.nowhere = calloc(1, sizeof *run.nowhere);
    zub_status status = zub_repairs_init(&run.repairs);
    if (status != ZUB_OK)
        return finish(&run, status);
    status = run_all(&run, operands + 1, count - 1);
    zub_repairs_release(&run.repairs);
    return finish(&run, status);
}

static const char *const description[] = {
    "Adds articles to the index in DIR, which is made if it is not there. "
    "Articles are cut into passages of about 100 words on the borders of "
    "sentences; zubda search and zubda related find them. An article whose id "
    "the index has takes the other's place.",
    "What was added is there when the command ends with exit code 0, and "
    "whatever ends it before leaves the index as it was. Any number of "
    "readers "
    "may ask an index that is being written; of writers there is one, and a "
    "second is refused with exit code 5.",
    "How words and passages are cut is settled when an index is made, and so "
    "is which analyzer does it: with models, or an ICU, of another version an "
    "index is refused with exit code 4, and has to be made again.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda index news.index news/", "make one, or add to it"},
    {"zubda index news.index --delete news/3.txt", "take an article away"},
    {"zubda index all.index --merge news.index", "add a whole index"},
    {"zubda index news.index --compact", "one volume, without what is gone"},
    {NULL, NULL},
};

static const zub_choice titles[] = {
    {"count", TITLES_COUNT},
    {"none", TITLES_NONE},
    {NULL, 0},
};

static const zub_option options[] = {
    {.kind = ZUB_OPTION_STRING,
     .name = "delete",
     .is_main = true,
     .is_once = true,
     .offset = offsetof(settings, remove),
     .metavar = "ID",
     .low = 1,
     .about = "take an article away, before any is added"},
    {.kind = ZUB_OPTION_STRING,
     .name = "merge",
     .is_main = true,
     .is_once = true,
     .offset = offsetof(settings, merge),
     .metavar = "DIR",
     .low = 1,
     .offer = ZUB_OFFER_FOLDER,
     .about = "add all articles of another index",
     .more = "It must have been made with the same options."},
    {.kind = ZUB_OPTION_FLAG,
     .name = "compact",
     .is_main = true,
     .offset = offsetof(settings, compact),
     .about = "then make one volume of all, without what is gone",
     .more = "Articles that were deleted or replaced no longer count in what "
             "ranking uses, and their place is given back. What takes more "
             "than --memory stays in several volumes."},
    {.kind = ZUB_OPTION_STRING,
     .name = "passage",
     .is_main = true,
     .offset = offsetof(settings, passage),
     .metavar = "WORDS",
     .low = 1,
     .about = "words of a passage, about (default 100), or all",
     .more =
         "all: an article is one passage. Settled when the index is made."},
    {.kind = ZUB_OPTION_CHOICE,
     .name = "title",
     .is_main = true,
     .offset = offsetof(settings, titles),
     .metavar = "HOW",
     .choices = titles,
     .fallback = "count",
     .about = "what words of titles do",
     .more = "count: they count as words of each passage, if the title shares "
             "one with the text. Settled when the index is made."},
    {.kind = ZUB_OPTION_FLAG,
     .name = "no-text",
     .offset = offsetof(settings, no_text),
     .about = "keep no texts: nothing can be shown of a hit",
     .more = "Settled when the index is made."},
    {.kind = ZUB_OPTION_FLAG,
     .name = "no-positions",
     .offset = offsetof(settings, no_positions),
     .about = "keep no order of words: smaller, and finds less",
     .more = "Neither quoted words nor title: can be asked for, and hits are "
             "ordered by words alone. Settled when the index is made."},
    {.kind = ZUB_OPTION_BYTES,
     .name = "memory",
     .offset = offsetof(settings, memory),
     .metavar = "SIZE",
     .low = 1 << 24,
     .fallback = "512M",
     .about = "memory to gather articles in, at least 16M",
     .more = "What is more is written as several volumes; volumes that take "
             "more together do not become one. Each thread has up to a "
             "quarter more, and the article at hand what it takes."},
    {.kind = ZUB_OPTION_END},
};

static const zub_option *const tables[] = {zub_input_options, zub_help_options,
                                           NULL};

const zub_command zub_command_index = {
    .name = "index",
    .about = "articles as an index of passages, to be searched",
    .operands = "DIR [file...]",
    .description = description,
    .examples = examples,
    .options = options,
    .reads_articles = true,
    .shared = tables,
    .settings_size = sizeof(settings),
    .run = run,
};
