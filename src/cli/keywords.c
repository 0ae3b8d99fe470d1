/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* keywords.c - `zubda keywords`. Keywords come with a summary and do not
 * depend on its sentences, so the cheapest method chooses those. */
#include "cli/command.h"
#include "cli/run.h"

typedef struct settings {
    zub_common common;
    size_t keywords;
} settings;

static zub_status analyze(zub_answer *out, const void *context,
                          zub_analyzer *analyzer, const zub_record *record,
                          zub_error *error)
{
    const settings *asked = context;
    zub_summary_options options = {.method = "lead",
                                   .budget = {.sentences = 1},
                                   .keywords = asked->keywords};
    zub_summary *summary;
    zub_status status =
        zub_summarize(&summary, analyzer, record, &options, error);

    if (status != ZUB_OK)
        return status;
    *out = (zub_answer){.result = summary,
                        .has_words = summary->stats.words > 0,
                        .repaired = summary->stats.repaired_bytes};
    return ZUB_OK;
}

static zub_status print(const void *result, const zub_record *record,
                        const zub_render_options *options, zub_sink sink)
{
    return zub_render_keywords(result, record, options, sink);
}

static void free_summary(void *result)
{
    zub_summary_free(result);
}

static int run(const void *context, const char *const *operands, size_t count)
{
    const settings *asked = context;
    zub_task task = {
        .kind = ZUB_KIND_KEYWORDS,
        .common = &asked->common,
        .settings = asked,
        .render = {.keywords = asked->keywords},
        .analyze = analyze,
        .print = print,
        .free = free_summary,
    };

    return zub_run(&task, operands, count);
}

static const char *const description[] = {
    "Prints the terms that carry each article, best first: score, count and "
    "the form in which the article uses it most.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda keywords article.txt", "ten keywords"},
    {"zubda keywords -k 5 -f tsv news/", "five of each article, as a table"},
    {"zubda keywords --json news.jsonl.gz", "with counts and offsets"},
    {NULL, NULL},
};

static const zub_option options[] = {
    {.kind = ZUB_OPTION_COUNT,
     .name = "keywords",
     .letter = 'k',
     .is_main = true,
     .offset = offsetof(settings, keywords),
     .metavar = "N",
     .fallback = "10",
     .low = 1,
     .about = "at most N of each article"},
    ZUB_FORMAT_OPTION(zub_table_formats),
    {.kind = ZUB_OPTION_END},
};

const zub_command zub_command_keywords = {
    .name = "keywords",
    .about = "key terms of each article",
    .operands = "[file...]",
    .description = description,
    .examples = examples,
    .options = options,
    .reads_articles = true,
    .settings_size = sizeof(settings),
    .run = run,
};
