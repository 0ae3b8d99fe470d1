/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* terms.c - `zubda terms`: statistics of the terms of a corpus, of its parts,
 * through time; or of the words of each article. */
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/diversity.h"
#include "cli/listing.h"
#include "cli/message.h"

#define MOST_MEASURES 32

typedef struct settings {
    zub_diversity_settings diversity; /* begins with a zub_counting */
    const char *by, *trend, *dispersion, *sort;
    int period;
    size_t min_count, limit;
    zub_amount min_df;
    bool each, keys, reverse, wants_diversity;
} settings;

static const zub_counting *counting_of(const settings *asked)
{
    return &asked->diversity.counting;
}

/* ---- Measures ---- */

static const char *measure_name(size_t i)
{
    const zub_dispersion *measure = zub_dispersion_at(i);

    return measure != NULL ? measure->is.name : NULL;
}

/* What each says, and how to read it. */
static const char *measure_about(size_t i)
{
    return zub_dispersion_at(i)->is.direction;
}

/* Names with commas between, then the two that say how words clump. */
typedef struct measures {
    char *text; /* the names, NUL bytes between */
    const char *names[MOST_MEASURES];
    size_t count;
} measures;

static bool add_measure(measures *to, const char *name)
{
    if (to->count == MOST_MEASURES)
        return false;
    to->names[to->count++] = name;
    return true;
}

static bool list_measures(measures *out, const char *names)
{
    bool fits = true;

    if (names == NULL)
        return true;
    out->text = strdup(names);
    if (out->text == NULL)
        return false;
    for (char *at = out->text; at != NULL && fits;) {
        char *comma = strchr(at, ',');
        if (comma != NULL)
            *comma++ = '\0';
        fits = add_measure(out, at);
        at = comma;
    }
    return fits && add_measure(out, "burstiness") && add_measure(out, "ridf");
}

/* ---- What is asked for ---- */

static bool has_field(const settings *asked)
{
    return asked->trend != NULL ||
           (asked->by != NULL && strcmp(asked->by, "article") != 0);
}

static zub_count_options count_options(const settings *asked)
{
    zub_count_options options = zub_counting_options(counting_of(asked));

    options.keep_articles = asked->by != NULL || asked->trend != NULL ||
                            asked->dispersion != NULL || asked->each;
    options.by_input = !has_field(asked);
    if (has_field(asked))
        options.group_field = asked->trend ? asked->trend : asked->by;
    if (asked->trend != NULL)
        options.period = (zub_period)asked->period;
    return options;
}

static const char *part_name(const settings *asked)
{
    if (asked->trend != NULL)
        return "period";
    return has_field(asked) ? "group" : "id";
}

static zub_listing_options listing_options(const settings *asked,
                                           const measures *chosen)
{
    return (zub_listing_options){.with_keys = asked->keys,
                                 .rows = asked->trend  ? ZUB_LISTING_SERIES
                                         : asked->each ? ZUB_LISTING_PARTS
                                                       : ZUB_LISTING_WHOLE,
                                 .part = part_name(asked),
                                 .is_grouped = has_field(asked),
                                 .measures = chosen->names,
                                 .measure_count = chosen->count,
                                 .min_count = asked->min_count,
                                 .min_df = asked->min_df,
                                 .limit = asked->limit,
                                 .sort = asked->sort,
                                 .is_reversed = asked->reverse};
}

/* What chooses and orders terms. */
static bool has_choice(const settings *asked)
{
    return asked->min_count > 1 || asked->limit > 0 || asked->keys ||
           asked->reverse || strcmp(asked->sort, "count") != 0 ||
           asked->min_df.value > 0;
}

static const char *conflict(const settings *asked)
{
    bool has_other = asked->each || asked->trend || asked->wants_diversity;

    if (asked->trend && asked->by)
        return "--trend and --by exclude each other";
    if (asked->dispersion && has_other)
        return "--dispersion is of the whole corpus: not with --each, --trend "
               "or --diversity";
    if (asked->wants_diversity && (asked->each || asked->trend || asked->by))
        return "--diversity is of each article: not with --by, --each or "
               "--trend";
    if (asked->wants_diversity && has_choice(asked))
        return "--diversity has a row for every article: not with "
               "--min-count, "
               "--min-df, --limit, --sort, --reverse or --keys";
    return asked->trend && asked->each
               ? "--trend has a row for each period already: not with --each"
               : NULL;
}

static int list_terms(const settings *asked, const char *const *operands,
                      size_t count)
{
    measures chosen = {.count = 0};
    int code = ZUB_EXIT_RESOURCE;

    if (!list_measures(&chosen, asked->dispersion)) {
        zub_message("%s", zub_status_text(ZUB_ENOMEM));
    } else {
        zub_listing_task task = {
            .counting = counting_of(asked),
            .count = count_options(asked),
            .listing = listing_options(asked, &chosen),
            .field = has_field(asked) ? asked->trend ? asked->trend : asked->by
                                      : NULL,
            .is_dated = asked->trend != NULL};
        code = zub_listing_run(&task, operands, count);
    }
    free(chosen.text);
    return code;
}

static int run(const void *context, const char *const *operands, size_t count)
{
    const settings *asked = context;
    const char *wrong = conflict(asked);

    if (wrong != NULL) {
        zub_message("%s", wrong);
        return ZUB_EXIT_USAGE;
    }
    if (asked->wants_diversity)
        return zub_diversity_run(&asked->diversity, operands, count);
    return list_terms(asked, operands, count);
}

/* ---- The table ---- */

static const char *const description[] = {
    "Lists the terms of a corpus: the commonest form, how often it stands "
    "(count), how often in a million words, in how many articles (df) and in "
    "which share of them, idf in bits, and in how many parts (range). A term "
    "is a word, folded and stemmed; --stemmer none counts word forms.",
    "Parts are articles, or with --by FIELD the articles of each value of a "
    "field. --dispersion adds how evenly a term lies over them, burstiness "
    "and residual idf (ridf). --each lists the terms of each part, part by "
    "part, --trend those of each year, month or day.",
    "--diversity has a row an article: how rich its words are.",
    "In place of articles one state may be named, FILE.zub. Dispersion and "
    "--each need one of zubda count --rows.",
    "Sorting takes 32 bytes a term, dispersion 16 for each term of each "
    "article; with --memory they go over the counts several times instead.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda terms --limit 20 news.jsonl", "the commonest terms"},
    {"zubda terms --dispersion --min-df 5 news/", "which of them are even"},
    {"zubda terms --by author --each a.jsonl", "of each author"},
    {"zubda terms --trend date --limit 5 a.jsonl", "year by year"},
    {NULL, NULL},
};

static const zub_choice periods[] = {
    {"year", ZUB_PERIOD_YEAR},
    {"month", ZUB_PERIOD_MONTH},
    {"day", ZUB_PERIOD_DAY},
    {NULL, 0},
};

static const zub_option options[] = {
    {.kind = ZUB_OPTION_STRING,
     .name = "by",
     .is_main = true,
     .offset = offsetof(settings, by),
     .metavar = "article|FIELD",
     .low = 1,
     .about = "what the parts of the corpus are",
     .more = "article, or a field of the records, such as author; id, title, "
             "source (the file) and lang (if the record says it) are fields "
             "too. Records without it are a part without a name, and counted "
             "on standard error."},
    {.kind = ZUB_OPTION_FLAG,
     .name = "each",
     .is_main = true,
     .offset = offsetof(settings, each),
     .about = "a row for each part and term",
     .more = "--min-count, --min-df and --limit are then of each part. "
             "Articles stand as they are read; of a state, by their ids."},
    {.kind = ZUB_OPTION_STRING,
     .name = "dispersion",
     .is_main = true,
     .offset = offsetof(settings, dispersion),
     .metavar = "NAME,...",
     .bare = "dpnorm",
     .low = 1,
     .is_list = true,
     .name_at = measure_name,
     .about_at = measure_about,
     .about = "columns of dispersion over the parts",
     .more = "Alone it is dpnorm. Parts without a word are none."},
    {.kind = ZUB_OPTION_STRING,
     .name = "trend",
     .is_main = true,
     .offset = offsetof(settings, trend),
     .metavar = "FIELD",
     .low = 1,
     .about = "each term through time, by a date field",
     .more =
         "Dates as ISO 8601 has them: 2024, 2024-03, 2024-03-05, 20240305, "
         "a time behind T or a space; in ASCII, Arabic or Persian digits. "
         "Others, less precise or missing, are counted on standard error; "
         "their rows have no period. No calendar is converted: 1445-03-05 "
         "is of the year 1445. Periods where a term does not stand have no "
         "row."},
    {.kind = ZUB_OPTION_CHOICE,
     .name = "period",
     .needs = "trend",
     .offset = offsetof(settings, period),
     .metavar = "PERIOD",
     .choices = periods,
     .fallback = "year",
     .about = "how long a period of --trend is"},
    {.kind = ZUB_OPTION_FLAG,
     .name = "diversity",
     .is_main = true,
     .offset = offsetof(settings, wants_diversity),
     .about = "of each article: TTR, MATTR, MTLD, HD-D, ...",
     .more = "Over its terms in a row; --stemmer none: its words, folded."},
    {.kind = ZUB_OPTION_COUNT,
     .name = "mattr-window",
     .needs = "diversity",
     .offset = offsetof(settings, diversity.measure.window),
     .metavar = "N",
     .low = 1,
     .fallback = "100",
     .about = "words in a run of mattr"},
    {.kind = ZUB_OPTION_REAL,
     .name = "mtld-factor",
     .needs = "diversity",
     .offset = offsetof(settings, diversity.measure.factor),
     .metavar = "X",
     .high = 0.9999,
     .fallback = "0.72",
     .about = "ttr at which a run of mtld ends"},
    {.kind = ZUB_OPTION_COUNT,
     .name = "hdd-draws",
     .needs = "diversity",
     .offset = offsetof(settings, diversity.measure.draws),
     .metavar = "N",
     .low = 1,
     .fallback = "42",
     .about = "words drawn for hdd"},
    ZUB_MIN_COUNT_OPTION(settings, .about = "leave out what is rarer than N",
                         .fallback = "1"),
    {.kind = ZUB_OPTION_AMOUNT,
     .name = "min-df",
     .offset = offsetof(settings, min_df),
     .metavar = "N|SHARE",
     .about = "leave out terms of fewer articles",
     .more = "A whole number counts articles; 0.1 or 10% is a share of them."},
    ZUB_COLUMN_OPTION(settings, " --each sorts within a part, --trend by the "
                                "whole."),
    ZUB_REVERSE_OPTION(settings),
    ZUB_LIMIT_OPTION(settings, .about = "the first N terms alone",
                     .is_main = true),
    ZUB_KEYS_OPTION(settings),
    {.kind = ZUB_OPTION_RANGE,
     .name = "char-ngram",
     .offset = offsetof(settings, diversity.counting.characters),
     .metavar = "N-M",
     .low = 1,
     .high = 16,
     .about = "N to M characters in a row in place of words",
     .more = "Of each folded word between two spaces."},
    {.kind = ZUB_OPTION_END},
};

const zub_command zub_command_terms = {
    .name = "terms",
    .about = "term statistics of a corpus: frequency, dispersion, trend",
    .operands = "[file...]",
    .description = description,
    .examples = examples,
    .options = options,
    .reads_articles = true,
    .shared = zub_listing_tables,
    .settings_size = sizeof(settings),
    .run = run,
};
