/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* topics.c - `zubda topics`: what a corpus is about, in its own words. The
 * articles are read twice, so what can be read but once is kept first. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/algebra.h"
#include "cli/command.h"
#include "cli/counting.h"
#include "cli/keep.h"
#include "cli/message.h"
#include "cli/watch.h"

#define MOST_TOPICS 10000u

typedef struct settings {
    zub_counting counting;
    const char *k, *method, *date_field;
    int period;
    size_t seed, terms, sentences;
    zub_amount min_df, max_df;
} settings;

typedef struct topics_run {
    settings asked;
    const char *const *operands;
    size_t operand_count;
    size_t k; /* 0: auto */
    zub_kept_input kept;
    zub_intake first, second; /* readings of the same articles */
    zub_destination *destination;
    zub_state *state;
    zub_topics *topics;
    zub_error error;
} topics_run;

/* ---- What was asked ---- */

static zub_status read_k(topics_run *run)
{
    const char *text = run->asked.k;
    char *end;

    if (strcmp(text, "auto") == 0)
        return ZUB_OK;
    errno = 0;
    unsigned long value = strtoul(text, &end, 10);
    bool is_number = text[0] >= '0' && text[0] <= '9' && *end == '\0';
    if (!is_number || errno != 0 || value < 1 || value > MOST_TOPICS)
        return zub_message_into(&run->error, ZUB_EINVAL,
                                "-k takes auto or a number from 1 to %u, not "
                                "'%s'",
                                MOST_TOPICS, text);
    run->k = value;
    return ZUB_OK;
}

static zub_status check_method(topics_run *run)
{
    const char *name;

    for (size_t i = 0; (name = zub_topics_method_name(i)) != NULL; i++)
        if (strcmp(name, run->asked.method) == 0)
            return ZUB_OK;
    return zub_message_into(&run->error, ZUB_EINVAL, "no method '%s'",
                            run->asked.method);
}

/* All methods but the first, which is the default, are of dense algebra. */
static zub_status prepare_method(topics_run *run)
{
    zub_status status = check_method(run);

    return status == ZUB_OK &&
                   strcmp(run->asked.method, zub_topics_method_name(0)) != 0
               ? zub_algebra_prepare(&run->error)
               : status;
}

static zub_status open_all(topics_run *run)
{
    const zub_counting *counting = &run->asked.counting;
    zub_status status = read_k(run);

    if (status == ZUB_OK)
        status = prepare_method(run);
    if (status == ZUB_OK)
        status = zub_spill_check(&counting->spill, &run->error);
    if (status == ZUB_OK)
        status =
            zub_keep_input(&run->kept, run->operands, run->operand_count,
                           zub_spill_folder(&counting->spill), &run->error);
    if (status == ZUB_OK)
        status = zub_intake_open(&run->first, &counting->common, run->operands,
                                 run->operand_count, &run->error);
    return status == ZUB_OK
               ? zub_destination_open(run->destination,
                                      counting->common.output, &run->error)
               : status;
}

/* ---- The work ---- */

static zub_status count_articles(topics_run *run)
{
    const zub_counting *counting = &run->asked.counting;
    zub_count_options options = zub_counting_options(counting);

    options.low = 1;
    options.high = 3;
    options.keep_articles = true;
    options.by_input = true;
    return zub_counting_run(&run->state, counting, &run->first, &options,
                            &run->error);
}

static zub_status make_topics(topics_run *run)
{
    const settings *asked = &run->asked;
    zub_topics_options options = {
        .method = asked->method,
        .k = run->k,
        .seed = asked->seed,
        .min_df = asked->min_df,
        .max_df = asked->max_df,
        .terms = asked->terms,
        .sentences = asked->sentences,
        .date_field = asked->date_field,
        .period = (zub_period)asked->period,
        .threads = (unsigned)asked->counting.common.threads};

    return zub_topics_new(&run->topics, run->state, &options, &run->error);
}

static zub_status read_again(topics_run *run)
{
    const zub_counting *counting = &run->asked.counting;
    zub_analyzer_options words = zub_counting_words(counting);
    zub_status status = zub_keep_rewind(&run->kept, &run->error);

    if (status == ZUB_OK)
        status =
            zub_intake_open(&run->second, &counting->common, run->operands,
                            run->operand_count, &run->error);
    return status == ZUB_OK
               ? zub_topics_read(run->topics, run->second.corpus,
                                 run->second.models, &words, &run->error)
               : status;
}

static zub_status write_report(topics_run *run)
{
    const zub_common *common = &run->asked.counting.common;
    zub_render_options options = {.format = (zub_format)common->format,
                                  .isolate = run->destination->is_terminal};
    zub_status status =
        zub_render_topics(zub_topics_about(run->topics), &options,
                          zub_destination_sink(run->destination));

    if (status != ZUB_OK && run->destination->error == 0)
        return zub_message_into(&run->error, status, "%s",
                                zub_status_text(status));
    return zub_destination_commit(run->destination, &run->error);
}

static zub_status work(topics_run *run)
{
    const zub_common *common = &run->asked.counting.common;
    zub_watch watch;

    zub_watch_start(&watch, run->first.corpus, run->destination,
                    common->progress, common->quiet);
    zub_status status = count_articles(run);
    if (status == ZUB_OK && run->state != NULL)
        status = make_topics(run);
    if (status == ZUB_OK && run->topics != NULL)
        status = read_again(run);
    if (status == ZUB_OK && run->topics != NULL)
        status = write_report(run);
    zub_watch_stop(&watch);
    return status;
}

/* ---- What is said of it ---- */

/* Less than was asked for, and why. */
static void say(const topics_run *run)
{
    if (run->topics == NULL || run->asked.counting.common.quiet)
        return;
    const zub_topics_report *report = zub_topics_about(run->topics);
    if (report->topic_count == 0)
        zub_message("no topics: no article has a word that counts (see "
                    "--min-df and --max-df)");
    else if (run->k > report->topic_count)
        zub_message("%zu topics were asked for: %zu article%s with %zu "
                    "word%s that count make %zu",
                    run->k, report->article_count,
                    report->article_count == 1 ? "" : "s", report->words,
                    report->words == 1 ? "" : "s", report->topic_count);
    if (report->undated > 0)
        zub_message("no ISO 8601 date of that precision in the field '%s' of "
                    "%zu of %zu articles: they are in no period",
                    run->asked.date_field, report->undated,
                    report->article_count);
}

static int exit_code(const topics_run *run)
{
    int code =
        zub_counting_exit(&run->asked.counting, &run->first, run->state);
    bool has_none =
        run->topics != NULL && zub_topics_about(run->topics)->topic_count == 0;

    return code == ZUB_EXIT_DONE && has_none ? ZUB_EXIT_NOTHING : code;
}

static void release(topics_run *run)
{
    zub_topics_free(run->topics);
    zub_state_free(run->state);
    zub_destination_close(run->destination);
    zub_intake_close(&run->second);
    zub_intake_close(&run->first);
    free(run->destination);
}

static int run_topics(topics_run *run)
{
    zub_status status = open_all(run);

    if (status == ZUB_OK)
        status = work(run);
    if (status != ZUB_OK) {
        zub_message("%s", run->error.message[0] ? run->error.message
                                                : zub_status_text(status));
        return zub_exit_of(status);
    }
    say(run);
    return exit_code(run);
}

static int run(const void *context, const char *const *operands, size_t count)
{
    topics_run run = {.asked = *(const settings *)context,
                      .operands = operands,
                      .operand_count = count,
                      .destination = calloc(1, sizeof(zub_destination))};

    if (run.destination == NULL) {
        zub_message("%s", zub_status_text(ZUB_ENOMEM));
        return ZUB_EXIT_RESOURCE;
    }
    run.asked.counting.drop_stop_words = true;
    int code = run_topics(&run);
    release(&run);
    return code;
}

/* ---- The table ---- */

static const char *const description[] = {
    "Says what articles are about: topics, each with a label of phrases that "
    "stand in its articles, the words that tell it from the rest, its share, "
    "its most typical article, key sentences with their places, the topics "
    "near it; of each article how much it is of each topic; and an overview "
    "of the whole in five to ten sentences.",
    "The result is the same every time: it depends on the articles, their ids "
    "and the options, not on threads, the order of the input or the clock. "
    "Articles stand by their ids, topics by size.",
    "An article is an outlier, without a topic, that has no word that counts, "
    "or less than a tenth of the median likeness to its topic.",
    "jsonl and tsv have a row an article; text, json and html the whole.",
    "The articles are read twice. What comes through a pipe is kept in a "
    "temporary file in between.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda topics news/", "what is it about?"},
    {"zubda topics -k 20 -f html -o topics.html a.jsonl", "as a page"},
    {"zubda topics --date-field date --json a.jsonl", "through time"},
    {NULL, NULL},
};

static const zub_choice formats[] = {
    {"text", ZUB_FORMAT_TEXT}, {"tsv", ZUB_FORMAT_TSV},
    {"json", ZUB_FORMAT_JSON}, {"jsonl", ZUB_FORMAT_JSONL},
    {"html", ZUB_FORMAT_HTML}, {NULL, 0},
};

static const zub_choice periods[] = {
    {"year", ZUB_PERIOD_YEAR},
    {"month", ZUB_PERIOD_MONTH},
    {"day", ZUB_PERIOD_DAY},
    {NULL, 0},
};

static const zub_option options[] = {
    {.kind = ZUB_OPTION_STRING,
     .name = "topics",
     .letter = 'k',
     .is_main = true,
     .offset = offsetof(settings, k),
     .metavar = "N|auto",
     .low = 1,
     .fallback = "auto",
     .about = "how many topics",
     .more = "auto: of some numbers the one whose topics hold together best "
             "(docs/topics.md). There are fewer where the articles do not "
             "make as many."},
    {.kind = ZUB_OPTION_STRING,
     .name = "method",
     .letter = 'm',
     .is_main = true,
     .offset = offsetof(settings, method),
     .metavar = "NAME",
     .name_at = zub_topics_method_name,
     .about_at = zub_topics_method_about,
     .fallback = "cluster",
     .about = "how articles are put together"},
    {.kind = ZUB_OPTION_COUNT,
     .name = "seed",
     .is_main = true,
     .offset = offsetof(settings, seed),
     .metavar = "N",
     .about = "of methods that draw at random (default 0)"},
    {.kind = ZUB_OPTION_STRING,
     .name = "date-field",
     .is_main = true,
     .offset = offsetof(settings, date_field),
     .metavar = "FIELD",
     .low = 1,
     .about = "each topic through time, by a field with a date",
     .more = "ISO 8601, as zubda terms --trend reads it."},
    {.kind = ZUB_OPTION_CHOICE,
     .name = "period",
     .needs = "date-field",
     .offset = offsetof(settings, period),
     .metavar = "PERIOD",
     .choices = periods,
     .fallback = "year",
     .about = "how long a period of --date-field is"},
    {.kind = ZUB_OPTION_COUNT,
     .name = "terms",
     .offset = offsetof(settings, terms),
     .metavar = "N",
     .low = 1,
     .high = 1000,
     .fallback = "10",
     .about = "words of a topic, at most"},
    {.kind = ZUB_OPTION_COUNT,
     .name = "sentences",
     .offset = offsetof(settings, sentences),
     .metavar = "N",
     .low = 1,
     .high = 100,
     .fallback = "3",
     .about = "key sentences of a topic, at most"},
    {.kind = ZUB_OPTION_AMOUNT,
     .name = "min-df",
     .offset = offsetof(settings, min_df),
     .metavar = "N|SHARE",
     .about = "words of fewer articles make no topics",
     .more = "A whole number counts articles; 0.1 or 10% is a share of them. "
             "By default it is 1 below 20 articles, else 2 to 5 with their "
             "number."},
    {.kind = ZUB_OPTION_AMOUNT,
     .name = "max-df",
     .offset = offsetof(settings, max_df),
     .metavar = "N|SHARE",
     .low = 1e-300,
     .about = "nor do words of more (default half of 20 or more)"},
    {.kind = ZUB_OPTION_END},
};

static const zub_option rows[] = {
    ZUB_FORMAT_OPTION(formats),
    {.kind = ZUB_OPTION_ALIAS,
     .name = "json",
     .fallback = "format=json",
     .about = "the same as --format json"},
    ZUB_OUTPUT_OPTION("FILE", "write to FILE, all at once at the end"),
    ZUB_SPILL_OPTIONS(zub_counting),
    {.kind = ZUB_OPTION_END},
};

static const zub_option *const shared[] = {rows, zub_input_options,
                                           zub_help_options, NULL};

const zub_command zub_command_topics = {
    .name = "topics",
    .about = "what a corpus is about: topics, labels, key sentences",
    .operands = "[file...]",
    .description = description,
    .examples = examples,
    .options = options,
    .reads_articles = true,
    .shared = shared,
    .settings_size = sizeof(settings),
    .run = run,
};
