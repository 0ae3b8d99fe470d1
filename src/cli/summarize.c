/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* summarize.c - `zubda summarize`. */
#include <math.h>
#include <string.h>

#include "cli/command.h"
#include "cli/message.h"
#include "cli/run.h"

typedef struct settings {
    zub_common common;
    size_t sentences, words, chars, bytes, keywords;
    double ratio;
    int fit; /* zub_fit */
    const char *budget_field, *method, *profile, *title, *emit_text;
    bool no_position, explain;
} settings;

/* What the record itself is made of may stand in no field of it. */
static const char *own_part(const settings *asked, const zub_record *record,
                            const char *name)
{
    const char *id = asked->common.id_field;
    const char *parts[][2] = {
        {record->text_field ? record->text_field : "text", "text"},
        {id ? id : "id", "id"},
    };

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcmp(name, parts[i][0]) == 0)
            return parts[i][1];
    return NULL;
}

/* A record's own word budget holds together with --words. */
static zub_status ask_field(size_t *words, const settings *asked,
                            const zub_record *record, zub_error *error)
{
    double number;
    const char *name = asked->budget_field;
    zub_status status = zub_record_number(&number, record, name);
    const char *own = own_part(asked, record, name);

    if (status == ZUB_ENOTFOUND && own != NULL)
        return zub_message_into(error, ZUB_EMALFORMED,
                                "field '%.100s' holds its %s, not a number "
                                "of words (--budget-field)",
                                name, own);
    if (status == ZUB_ENOTFOUND)
        return zub_message_into(error, ZUB_EMALFORMED,
                                "it has no field "
                                "'%.100s' (--budget-field)",
                                name);
    if (status != ZUB_OK || !(number >= 1) || number > 1e15)
        return zub_message_into(error, ZUB_EMALFORMED,
                                "field '%.100s' is "
                                "not a number of words from 1 "
                                "(--budget-field)",
                                name);
    if (*words == 0 || floor(number) < (double)*words)
        *words = (size_t)number;
    return ZUB_OK;
}

static zub_status analyze(zub_answer *out, const void *context,
                          zub_analyzer *analyzer, const zub_record *record,
                          zub_error *error)
{
    const settings *asked = context;
    zub_slice title = {asked->title, asked->title ? strlen(asked->title) : 0};
    zub_summary_options options = {
        .budget = {.sentences = asked->sentences,
                   .words = asked->words,
                   .chars = asked->chars,
                   .bytes = asked->bytes,
                   .ratio = asked->ratio,
                   .fit = (zub_fit)asked->fit},
        .method = asked->method,
        .profile = asked->profile,
        .title = asked->title ? &title : NULL,
        .no_position = asked->no_position,
        .keywords = asked->keywords,
    };
    zub_summary *summary;
    zub_status status = ZUB_OK;

    if (title.size == 4 && memcmp(title.data, "none", 4) == 0)
        title = (zub_slice){0};
    if (asked->budget_field != NULL)
        status = ask_field(&options.budget.words, asked, record, error);
    if (status == ZUB_OK)
        status = zub_summarize(&summary, analyzer, record, &options, error);
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
    return zub_render_summary(result, record, options, sink);
}

static void free_summary(void *result)
{
    zub_summary_free(result);
}

static int run(const void *context, const char *const *operands, size_t count)
{
    const settings *asked = context;
    zub_task task = {
        .kind = ZUB_KIND_SUMMARY,
        .common = &asked->common,
        .settings = asked,
        .render = {.explain = asked->explain},
        .emit_text = asked->emit_text,
        .analyze = analyze,
        .print = print,
        .free = free_summary,
    };

    return zub_run(&task, operands, count);
}

static const char *const description[] = {
    "Chooses key sentences of each article and prints them in the order of "
    "its text, one a line. JSON, JSONL and HTML add where they stand, why "
    "they were chosen, keywords and the topic.",
    "Budgets hold together. With --fit under, the default, none is ever "
    "exceeded: a sentence that does not fit is passed over, and when not even "
    "one fits, the best one is cut at a word, within a word where a budget is "
    "shorter than the first, and left out where not one character fits. "
    "Characters are code points and bytes those of UTF-8, both of the "
    "sentences joined by newlines, as text prints them.",
    "A summary is made of what the article says once: a sentence that "
    "repeats a chosen one, and a heading, are left out even when the budget "
    "would hold the whole text.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda summarize article.txt", "three key sentences"},
    {"zubda summarize --words 100 --json news/", "at most 100 words, as JSON"},
    {"zubda summarize -f jsonl news.jsonl.gz", "records with our fields"},
    {NULL, NULL},
};

#define AT(member) .offset = offsetof(settings, member)

static const zub_option options[] = {
    {.kind = ZUB_OPTION_COUNT,
     .name = "sentences",
     .letter = 'n',
     .is_main = true,
     AT(sentences),
     .metavar = "N",
     .low = 1,
     .about = "at most N sentences (3 when nothing is asked)"},
    {.kind = ZUB_OPTION_COUNT,
     .name = "words",
     .letter = 'w',
     .is_main = true,
     AT(words),
     .metavar = "N",
     .low = 1,
     .about = "at most N words"},
    {.kind = ZUB_OPTION_COUNT,
     .name = "chars",
     AT(chars),
     .metavar = "N",
     .low = 1,
     .about = "at most N characters (code points)"},
    {.kind = ZUB_OPTION_COUNT,
     .name = "bytes",
     AT(bytes),
     .metavar = "N",
     .low = 1,
     .about = "at most N bytes of UTF-8"},
    {.kind = ZUB_OPTION_REAL,
     .name = "ratio",
     .is_main = true,
     AT(ratio),
     .metavar = "R",
     .low = 0,
     .high = 1,
     .about = "at most this share of the words, such as 0.2"},
    {.kind = ZUB_OPTION_STRING,
     .name = "budget-field",
     AT(budget_field),
     .metavar = "NAME",
     .low = 1,
     .about = "field that holds each record's own number of words",
     .more = "Holds together with --words. A record without it, or with "
             "something else in it, is a bad input."},
    {.kind = ZUB_OPTION_CHOICE,
     .name = "fit",
     .needs = "words chars bytes ratio sentences budget-field",
     AT(fit),
     .metavar = "FIT",
     .choices = zub_fits,
     .fallback = "under",
     .about = "never more than asked, or as near as ranks allow",
     .more = "nearest: sentences are tried once each, best first, and one "
             "that brings the total no nearer to the budget is passed over; "
             "the best is always taken whole. So some other choice may come "
             "nearer still."},
    {.kind = ZUB_OPTION_STRING,
     .name = "method",
     .letter = 'm',
     .is_main = true,
     AT(method),
     .metavar = "METHOD",
     .fallback = "auto",
     .name_at = zub_method_name,
     .about_at = zub_method_about,
     .about = "how sentences are judged"},
    {.kind = ZUB_OPTION_STRING,
     .name = "profile",
     .needs = "method=auto",
     AT(profile),
     .metavar = "PROFILE",
     .fallback = "auto",
     .low = 1,
     .offer = ZUB_OFFER_FILE,
     .about = "weights of a kind of text: a name in the models, or a file",
     .more = "auto is news. A name with a slash in it, or that ends in .txt, "
             "is a file's."},
    {.kind = ZUB_OPTION_STRING,
     .name = "title",
     .letter = 't',
     AT(title),
     .metavar = "TEXT",
     .about = "title of the articles, or none",
     .more = "Without it that of the record, or a first line that an empty "
             "line follows. A title that shares no term with the text is not "
             "used."},
    {.kind = ZUB_OPTION_FLAG,
     .name = "no-position",
     AT(no_position),
     .about = "judge a sentence by what it says, not by where it stands"},
    {.kind = ZUB_OPTION_COUNT,
     .name = "keywords",
     .needs = "format=json format=jsonl format=html",
     .letter = 'k',
     AT(keywords),
     .metavar = "N",
     .fallback = "10",
     .low = 1,
     .about = "at most N keywords in JSON and HTML"},
    {.kind = ZUB_OPTION_FLAG,
     .name = "explain",
     .letter = 'e',
     .is_main = true,
     AT(explain),
     .about = "show why, and with what, below the sentences"},
    {.kind = ZUB_OPTION_STRING,
     .name = "emit-text",
     AT(emit_text),
     .metavar = "DIR",
     .low = 1,
     .offer = ZUB_OFFER_FOLDER,
     .about = "write each article's text to DIR/ID.txt",
     .more = "In UTF-8, as offsets count in it. In ID a slash, and what else "
             "a file's name had better not hold, is written %XX. Files of "
             "the same names are replaced."},
    ZUB_FORMAT_OPTION(zub_page_formats),
    {.kind = ZUB_OPTION_END},
};

const zub_command zub_command_summarize = {
    .name = "summarize",
    .about = "key sentences and topic of each article",
    .operands = "[file...]",
    .description = description,
    .examples = examples,
    .options = options,
    .reads_articles = true,
    .settings_size = sizeof(settings),
    .run = run,
};
