/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* duplicates.c - `zubda duplicates`: articles that say the same. */
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/destination.h"
#include "cli/intake.h"
#include "cli/message.h"
#include "cli/repairs.h"
#include "cli/spill.h"
#include "cli/watch.h"

#define NAMED_MOST 3 /* articles without a word that are named */

typedef struct settings {
    zub_common common;
    zub_spill spill;
    double threshold;
    size_t shingle;
    bool pairs, unique;
} settings;

typedef struct duplicates_run {
    const settings *asked;
    zub_intake intake;
    zub_repairs repairs;
    zub_destination *destination;
    zub_duplicates *found;
    zub_error error;
} duplicates_run;

/* ---- Finding ---- */

static zub_status check_settings(duplicates_run *run)
{
    const settings *asked = run->asked;

    if (asked->unique && asked->pairs)
        return zub_message_into(&run->error, ZUB_EINVAL,
                                "--pairs lists pairs and --unique writes "
                                "articles (give one)");
    if (asked->unique && asked->common.format != ZUB_FORMAT_TEXT &&
        asked->common.format != ZUB_FORMAT_JSONL)
        return zub_message_into(&run->error, ZUB_EINVAL,
                                "--unique writes JSONL and nothing else");
    return zub_spill_check(
        &(zub_spill){.memory = asked->unique ? 1 : asked->spill.memory,
                     .folder = asked->spill.folder},
        &run->error);
}

static zub_status fail(void *context, const zub_record *record,
                       const zub_error *failure)
{
    return zub_intake_fail(context, record, failure);
}

/* Which bad input is the first is only certain when one thread reads them. */
static unsigned threads_of(const zub_common *common)
{
    return common->strict ? 1 : (unsigned)common->threads;
}

static zub_status find(duplicates_run *run)
{
    const settings *asked = run->asked;
    zub_analyzer_options words = {.lang = asked->common.lang,
                                  .stemmer = asked->common.stemmer,
                                  .lexicon = asked->common.lexicon};
    zub_duplicates_options options = {
        .threshold = asked->threshold,
        .shingle = (unsigned)asked->shingle,
        .with_pairs = asked->pairs,
        .memory = asked->spill.memory,
        .folder = zub_spill_folder(&asked->spill),
        .keep = asked->unique ? zub_render_record : NULL,
        .added = asked->common.quiet ? NULL : zub_repairs_hear,
        .added_context = &run->repairs};
    zub_failures failures = {&run->intake, fail};
    zub_watch watch;

    zub_spill_prepare(&asked->spill);
    zub_watch_start(&watch, run->intake.corpus, run->destination,
                    asked->common.progress, asked->common.quiet);
    zub_status status = zub_duplicates_find(
        &run->found, run->intake.corpus, threads_of(&asked->common),
        run->intake.models, &words, &options, &failures, &run->error);
    zub_watch_stop(&watch);
    zub_repairs_say(&run->repairs, "taken for");
    status = zub_common_blame(&asked->common, status, &run->error);
    return run->intake.is_stopped ? ZUB_OK : status;
}

/* ---- Writing ---- */

static zub_status write_answer(duplicates_run *run)
{
    const settings *asked = run->asked;
    zub_sink sink = zub_destination_sink(run->destination);

    if (asked->unique)
        return zub_duplicates_write_kept(run->found, sink, &run->error);
    return zub_render_duplicates(
        run->found, asked->pairs, (zub_format)asked->common.format,
        run->destination->is_terminal, sink, &run->error);
}

static zub_status write_all(duplicates_run *run)
{
    zub_watch watch;

    zub_watch_start(&watch, NULL, run->destination, -1, true);
    zub_status status = write_answer(run);
    if (status == ZUB_OK || run->destination->error)
        status = zub_destination_commit(run->destination, &run->error);
    zub_watch_stop(&watch);
    return status;
}

static void name_empty(duplicates_run *run, uint64_t count)
{
    zub_slice id;

    for (int i = 0;
         i < NAMED_MOST && zub_duplicates_next_empty(&id, run->found); i++)
        zub_message("'%.*s' holds no word and is nobody's duplicate",
                    id.size < 300 ? (int)id.size : 300, id.data);
    if (count > NAMED_MOST)
        zub_message("so it is with %llu more",
                    (unsigned long long)(count - NAMED_MOST));
}

#define NUMBER(n) (unsigned long long)(n)

/* What the answer does not say itself. */
static void say(duplicates_run *run)
{
    zub_duplicates_facts facts = zub_duplicates_about(run->found);

    if (facts.empty > 0 && facts.empty < facts.articles)
        name_empty(run, facts.empty);
    if (facts.crowded > 0)
        zub_message("%llu times more than 128 articles had so much in common "
                    "that not each was compared with each: some near "
                    "duplicates among them may be missing",
                    NUMBER(facts.crowded));
    if (run->asked->unique)
        zub_message("%llu of %llu articles are left",
                    NUMBER(facts.articles - facts.members + facts.clusters),
                    NUMBER(facts.articles));
}

/* ---- The whole ---- */

static zub_status run_all(duplicates_run *run, const char *const *operands,
                          size_t count)
{
    const zub_common *common = &run->asked->common;
    zub_status status = check_settings(run);

    if (status == ZUB_OK)
        status = zub_intake_open(&run->intake, common, operands, count,
                                 &run->error);
    if (status == ZUB_OK)
        status = zub_destination_open(run->destination, common->output,
                                      &run->error);
    if (status == ZUB_OK)
        status = find(run);
    if (status != ZUB_OK || run->found == NULL)
        return status;
    bool is_worth = run->intake.failures == 0 ||
                    zub_duplicates_about(run->found).articles > 0;
    if (!is_worth)
        return ZUB_OK;
    if (!common->quiet)
        say(run);
    return write_all(run);
}

static int exit_code(const duplicates_run *run, zub_status status)
{
    zub_duplicates_facts facts = {0};

    if (status != ZUB_OK) {
        zub_message("%s", run->error.message[0] ? run->error.message
                                                : zub_status_text(status));
        return zub_exit_of(status);
    }
    if (run->found != NULL)
        facts = zub_duplicates_about(run->found);
    int code = zub_intake_exit(&run->intake, facts.articles,
                               facts.articles - facts.empty);
    bool is_nothing = !run->asked->unique && facts.clusters == 0;
    return code == ZUB_EXIT_DONE && is_nothing ? ZUB_EXIT_NOTHING : code;
}

static int run(const void *context, const char *const *operands, size_t count)
{
    duplicates_run run = {.asked = context,
                          .destination = calloc(1, sizeof *run.destination)};
    zub_status status = zub_repairs_init(&run.repairs);
    bool has_repairs = status == ZUB_OK;

    if (has_repairs)
        status = run.destination ? run_all(&run, operands, count) : ZUB_ENOMEM;
    int code = exit_code(&run, status);

    if (has_repairs)
        zub_repairs_release(&run.repairs);
    zub_duplicates_free(run.found);
    zub_intake_close(&run.intake);
    if (run.destination != NULL)
        zub_destination_close(run.destination);
    free(run.destination);
    return code;
}

/* ---- The table ---- */

static const char *const description[] = {
    "Finds articles that say the same, or nearly: those that have most of "
    "their shingles in common, which are three words in a row, as they fold. "
    "How many they have in common among all that the two have is their "
    "Jaccard index; from --threshold on they are duplicates.",
    "Duplicates, and what others link to them, are a cluster. The first of it "
    "by its id stands for it, numbers in ids counting as numbers; each "
    "article is listed with its index with that one, and whether it is exact, "
    "the same words in the same order, or near.",
    "With --unique the articles that are left when each cluster keeps its "
    "first are written as JSONL, in the order of the input, with their text "
    "and their other fields as they were.",
    "Candidates are found by MinHash, and each is compared exactly: no pair "
    "is below the threshold, and of those at it .999 are found. An article "
    "without a word is nobody's duplicate. Without duplicates the exit status "
    "is 1; with --unique it is 0.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda duplicates news.jsonl", "clusters of them"},
    {"zubda duplicates --pairs -f tsv news/", "every pair, with its index"},
    {"zubda duplicates --unique a.jsonl >b.jsonl", "each article once"},
    {NULL, NULL},
};

#define AT(member) .offset = offsetof(settings, member)

static const zub_option options[] = {
    {.kind = ZUB_OPTION_REAL,
     .name = "threshold",
     .letter = 't',
     .is_main = true,
     AT(threshold),
     .metavar = "J",
     .fallback = "0.8",
     .high = 1,
     .about = "Jaccard index of duplicates, 0.1 to 1",
     .more = "1: the same shingles. Lower ones take more keys an article."},
    {.kind = ZUB_OPTION_COUNT,
     .name = "shingle",
     .is_main = true,
     AT(shingle),
     .metavar = "N",
     .fallback = "3",
     .low = 1,
     .high = 64,
     .about = "words in a row that are compared",
     .more = "A changed word changes N of them: more words are stricter. An "
             "article of fewer words is one shingle."},
    {.kind = ZUB_OPTION_FLAG,
     .name = "pairs",
     .is_main = true,
     AT(pairs),
     .about = "list pairs in place of clusters",
     .more = "Of articles that are exactly the same each is paired with the "
             "first of them."},
    {.kind = ZUB_OPTION_FLAG,
     .name = "unique",
     .letter = 'u',
     .is_main = true,
     AT(unique),
     .about = "write the articles that are left, as JSONL",
     .more = "Until it is known which these are they lie in a temporary "
             "file."},
    {.kind = ZUB_OPTION_FLAG,
     .name = "keep-first",
     AT(unique),
     .about = "the same as --unique"},
    ZUB_SPILL_OPTIONS(settings),
    ZUB_FORMAT_OPTION(zub_table_formats),
    {.kind = ZUB_OPTION_ALIAS,
     .name = "json",
     .fallback = "format=json",
     .about = "the same as --format json"},
    ZUB_OUTPUT_OPTION("FILE", "write to FILE, all at once at the end"),
    {.kind = ZUB_OPTION_END},
};

static const zub_option *const tables[] = {zub_input_options, zub_help_options,
                                           NULL};

const zub_command zub_command_duplicates = {
    .name = "duplicates",
    .about = "articles that say the same, or nearly",
    .operands = "[file...]",
    .description = description,
    .examples = examples,
    .options = options,
    .reads_articles = true,
    .shared = tables,
    .settings_size = sizeof(settings),
    .run = run,
};
