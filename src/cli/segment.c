/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* segment.c - `zubda segment`. */
#include "cli/command.h"
#include "cli/run.h"

typedef struct settings {
    zub_common common;
    int unit; /* zub_unit */
    bool fold;
} settings;

static zub_status analyze(zub_answer *out, const void *context,
                          zub_analyzer *analyzer, const zub_record *record,
                          zub_error *error)
{
    zub_document *document;
    zub_status status = zub_document_new(&document, analyzer, record, error);

    (void)context;
    if (status != ZUB_OK)
        return status;
    *out = (zub_answer){.result = document,
                        .has_words = document->word_count > 0,
                        .repaired = document->repaired + record->repaired};
    return ZUB_OK;
}

static zub_status print(const void *result, const zub_record *record,
                        const zub_render_options *options, zub_sink sink)
{
    return zub_render_units(result, record, options, sink);
}

static void free_document(void *result)
{
    zub_document_free(result);
}

static int run(const void *context, const char *const *operands, size_t count)
{
    const settings *asked = context;
    zub_task task = {
        .kind = ZUB_KIND_UNITS,
        .common = &asked->common,
        .settings = asked,
        .render = {.unit = (zub_unit)asked->unit, .fold = asked->fold},
        .analyze = analyze,
        .print = print,
        .free = free_document,
    };

    return zub_run(&task, operands, count);
}

static const char *const description[] = {
    "Takes each article apart and prints its pieces with their offsets: "
    "bytes from start to end, the end not included, and in JSON code points "
    "too.",
    "A word is what ICU calls one: letters, digits, ideographs, no "
    "punctuation. A term is a word that is no stop word, folded and stemmed, "
    "as it is counted.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda segment article.txt", "its sentences"},
    {"zubda segment --unit word -f tsv article.txt", "its words, as a table"},
    {"zubda segment --unit term --json news.jsonl", "terms with offsets"},
    {NULL, NULL},
};

static const zub_choice units[] = {
    {"sentence", ZUB_UNIT_SENTENCE},
    {"word", ZUB_UNIT_WORD},
    {"term", ZUB_UNIT_TERM},
    {NULL, 0},
};

static const zub_option options[] = {
    {.kind = ZUB_OPTION_CHOICE,
     .name = "unit",
     .letter = 'u',
     .is_main = true,
     .offset = offsetof(settings, unit),
     .metavar = "UNIT",
     .choices = units,
     .fallback = "sentence",
     .about = "the pieces"},
    {.kind = ZUB_OPTION_FLAG,
     .name = "fold",
     .is_main = true,
     .offset = offsetof(settings, fold),
     .about = "print the folded form too"},
    ZUB_FORMAT_OPTION(zub_table_formats),
    {.kind = ZUB_OPTION_END},
};

const zub_command zub_command_segment = {
    .name = "segment",
    .about = "sentences, words or terms of each article, with offsets",
    .is_minor = true,
    .operands = "[file...]",
    .description = description,
    .examples = examples,
    .options = options,
    .reads_articles = true,
    .settings_size = sizeof(settings),
    .run = run,
};
