/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* keyness.c - `zubda keyness`: what sets articles apart from others, or from
 * their language. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/folder.h"
#include "cli/languages.h"
#include "cli/measures.h"
#include "cli/message.h"
#include "cli/source.h"
#include "cli/watch.h"

#define MOST_COLUMNS (16 + 2 * ZUB_MOST_MEASURES)
#define MOST_FOREIGN .05 /* of the words may be of other languages */
#define MOST_SHOWN 16u   /* measures: a table has 64 columns */

typedef struct settings {
    zub_counting counting;
    const char *measures, *sort;
    size_t border; /* operands before --reference, and 1 */
    size_t min_count, min_df, limit;
    double smoothing, confidence;
    bool positive, negative;
} settings;

typedef struct keyness_run {
    const settings *asked;
    zub_source target, reference;
    zub_models *models; /* for a background, beside a state */
    bool is_background;
    zub_languages languages; /* of a target against a background */
    const char *lang;        /* of that */
    zub_measures measures;
    const char *sort;
    zub_destination *destination;
    zub_comparison *rows;
    zub_error error;
} keyness_run;

/* ---- What was asked ---- */

static const char *measure_name(size_t i)
{
    const zub_keyness *measure = zub_keyness_at(i);

    return measure != NULL ? measure->is.name : NULL;
}

static const char *measure_about(size_t i)
{
    const zub_keyness *measure = zub_keyness_at(i);

    return measure != NULL ? measure->is.about : NULL;
}

static const char *find_measure(const char *name)
{
    const zub_keyness *measure = zub_keyness_find(name);

    return measure != NULL ? measure->is.name : NULL;
}

static zub_status check_measures(keyness_run *run)
{
    const settings *asked = run->asked;
    zub_measures sort = {.count = 0};
    zub_status status =
        zub_measures_read(&run->measures, asked->measures, find_measure,
                          measure_name, &run->error);

    if (status == ZUB_OK && run->measures.count > MOST_SHOWN)
        return zub_message_into(&run->error, ZUB_EINVAL,
                                "more than %u measures at once", MOST_SHOWN);
    if (status == ZUB_OK && asked->sort != NULL)
        status = zub_measures_read(&sort, asked->sort, find_measure,
                                   measure_name, &run->error);
    run->sort = sort.count > 0 ? sort.names[0] : NULL;
    return status;
}

static bool uses_smoothing(const keyness_run *run)
{
    bool is_used = run->sort != NULL && strcmp(run->sort, "simple-maths") == 0;

    for (size_t i = 0; i < run->measures.count; i++)
        is_used |= strcmp(run->measures.names[i], "simple-maths") == 0;
    return is_used;
}

static zub_status check_smoothing(keyness_run *run)
{
    bool is_idle = run->asked->smoothing != 1 && !uses_smoothing(run);

    return is_idle ? zub_message_into(&run->error, ZUB_EINVAL,
                                      "--smoothing does nothing without "
                                      "--measure simple-maths")
                   : ZUB_OK;
}

/* Whether the reference is the language's. */
static zub_status find_background(keyness_run *run,
                                  const char *const *references, size_t count)
{
    size_t backgrounds = 0;

    for (size_t i = 0; i < count; i++)
        backgrounds += strcmp(references[i], "background") == 0;
    run->is_background = count == 1 && backgrounds == 1;
    return backgrounds == 0 || count == 1
               ? ZUB_OK
               : zub_message_into(&run->error, ZUB_EINVAL,
                                  "background is a whole reference, and goes "
                                  "with no other (a file of that name is "
                                  "./background)");
}

static zub_status check_operands(keyness_run *run, const char *const *operands,
                                 size_t count)
{
    size_t border = run->asked->border;

    if (border == 0)
        return zub_message_into(&run->error, ZUB_EINVAL,
                                "nothing to compare with (name it behind "
                                "--reference: files, states or background)");
    if (border == 1)
        return zub_message_into(&run->error, ZUB_EINVAL,
                                "no target (name it before --reference)");
    if (zub_common_stdins(operands, count) > 1)
        return zub_message_into(&run->error, ZUB_EINVAL,
                                "standard input cannot be read twice "
                                "(name - once)");
    return find_background(run, operands + border - 1, count + 1 - border);
}

static zub_status open_sources(keyness_run *run, const char *const *operands,
                               size_t count)
{
    const zub_counting *counting = &run->asked->counting;
    size_t targets = run->asked->border - 1;
    zub_status status = zub_source_open(&run->target, counting, operands,
                                        targets, &run->error);

    if (status == ZUB_OK && !run->is_background)
        status = zub_source_open(&run->reference, counting, operands + targets,
                                 count - targets, &run->error);
    if (status == ZUB_OK && run->is_background &&
        zub_source_is_state(&run->target))
        status = zub_folder_open_models(&run->models, counting->common.models,
                                        counting->common.quiet, &run->error);
    return status;
}

/* ---- Rows ---- */

typedef struct column_list {
    zub_column columns[MOST_COLUMNS];
    size_t count;
    char df_names[MOST_SHOWN][40]; /* "df_lrc" */
} column_list;

static void add(column_list *list, const char *name, zub_cell_kind kind)
{
    list->columns[list->count++] = (zub_column){.name = name, .kind = kind};
}

static void add_measures(column_list *list, const zub_measures *measures)
{
    for (size_t i = 0; i < measures->count; i++)
        add(list, measures->names[i], ZUB_CELL_REAL);
}

static void add_df_measures(column_list *list, const zub_measures *measures)
{
    for (size_t i = 0; i < measures->count; i++) {
        snprintf(list->df_names[i], sizeof list->df_names[i], "df_%s",
                 measures->names[i]);
        add(list, list->df_names[i], ZUB_CELL_REAL);
    }
}

/* With a background there are documents alone, and they are judged. */
static void name_columns(column_list *list, const keyness_run *run)
{
    list->count = 0;
    add(list, "word", ZUB_CELL_TEXT);
    add(list, "side", ZUB_CELL_TEXT);
    add(list, "count", ZUB_CELL_COUNT);
    add(list, "per_million", ZUB_CELL_REAL);
    if (run->is_background) {
        add(list, "stretches", ZUB_CELL_REAL);
        add(list, "reference_stretches", ZUB_CELL_COUNT);
    } else {
        add(list, "reference_count", ZUB_CELL_COUNT);
        add(list, "reference_per_million", ZUB_CELL_REAL);
    }
    add_measures(list, &run->measures);
    add(list, "log_ratio_low", ZUB_CELL_REAL);
    add(list, "log_ratio_high", ZUB_CELL_REAL);
    add(list, "p", ZUB_CELL_REAL);
    add(list, "q", ZUB_CELL_REAL);
    if (!run->is_background) {
        add(list, "df", ZUB_CELL_COUNT);
        add(list, "reference_df", ZUB_CELL_COUNT);
        add_df_measures(list, &run->measures);
    }
    add(list, "dpnorm", ZUB_CELL_REAL);
}

static zub_slice side_name(zub_side side)
{
    static const char *const names[] = {"both", "target", "reference"};

    return (zub_slice){names[side], strlen(names[side])};
}

static size_t put_values(zub_cell *cells, const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        cells[i].real = values[i];
    return count;
}

static size_t put_counts(zub_cell *cells, const keyness_run *run,
                         const zub_compared *row)
{
    cells[0].text = row->surface;
    cells[1].text = side_name(row->side);
    cells[2].count = (uint64_t)row->tokens.a;
    cells[3].real = row->per_million[0];
    if (run->is_background) {
        cells[4].real = row->documents.a;
        cells[5].count = (uint64_t)row->documents.b;
    } else {
        cells[4].count = (uint64_t)row->tokens.b;
        cells[5].real = row->per_million[1];
    }
    return 6;
}

static zub_status write_row(keyness_run *run, zub_table *table, size_t i,
                            bool has_dispersion)
{
    zub_compared row = zub_comparison_at(run->rows, i);
    zub_cell cells[MOST_COLUMNS];
    size_t measures = run->measures.count;
    size_t n = put_counts(cells, run, &row);

    n += put_values(cells + n, row.values ? row.values : row.df_values,
                    measures);
    n += put_values(cells + n, (double[]){row.low, row.high, row.p, row.q}, 4);
    if (!run->is_background) {
        cells[n++].count = (uint64_t)row.documents.a;
        cells[n++].count = (uint64_t)row.documents.b;
        n += put_values(cells + n, row.df_values, measures);
    }
    cells[n].real = row.dpnorm;
    bool is_spread = has_dispersion && row.tokens.a > 0;
    return zub_table_add(table, cells, is_spread ? 0 : (uint64_t)1 << n);
}

static zub_status write_rows(keyness_run *run)
{
    zub_comparison_facts facts = zub_comparison_about(run->rows);
    zub_destination *to = run->destination;
    column_list list;
    zub_table *table;

    name_columns(&list, run);
    zub_status status =
        zub_table_open(&table, list.columns, list.count,
                       (zub_format)run->asked->counting.common.format,
                       to->is_terminal, zub_destination_sink(to), &run->error);
    for (size_t i = 0; status == ZUB_OK && i < facts.rows; i++)
        status = write_row(run, table, i, facts.has_dispersion);
    if (status == ZUB_OK)
        status = zub_table_close(table);
    zub_table_free(table);
    return status;
}

/* ---- The whole ---- */

static zub_status count_source(keyness_run *run, zub_source *source)
{
    const zub_counting *counting = &run->asked->counting;
    zub_count_options options = zub_counting_options(counting);
    zub_watch watch;

    options.keep_articles = true; /* for ids and dispersion */
    if (run->is_background) {
        options.counted = zub_languages_add;
        options.counted_context = &run->languages;
    }
    zub_watch_start(&watch, source->intake.corpus, run->destination,
                    zub_source_is_state(source) ? -1
                                                : counting->common.progress,
                    counting->common.quiet);
    zub_status status =
        zub_source_count(source, counting, &options, &run->error);
    zub_watch_stop(&watch);
    return status;
}

/* Of states that were counted already only a background takes a language. */
static zub_status check_language(keyness_run *run)
{
    const char *lang = run->asked->counting.common.lang;
    bool is_idle = !run->is_background && strcmp(lang, "auto") != 0 &&
                   zub_source_is_state(&run->target) &&
                   zub_source_is_state(&run->reference);

    return is_idle ? zub_message_into(&run->error, ZUB_EINVAL,
                                      "the states were counted already: "
                                      "--lang comes too late (give it to "
                                      "zubda count)")
                   : ZUB_OK;
}

/* Words of another language than the background's are none of it, and would
 * come first: a few are said, more are refused. */
static zub_status choose_language(keyness_run *run)
{
    char list[200];

    if (zub_state_about(run->target.state).tokens == 0)
        return zub_message_into(&run->error, ZUB_ENOTFOUND,
                                "the target holds no word: nothing can be "
                                "told of it");
    zub_languages *all = &run->languages;
    const zub_language *main = zub_languages_sort(all);
    const char *asked = run->asked->counting.common.lang;
    bool is_known = main == NULL || strcmp(asked, "auto") != 0;

    run->lang =
        is_known || strcmp(main->code, "und") == 0 ? asked : main->code;
    if (is_known || main->words == all->words)
        return ZUB_OK;
    zub_languages_list(list, sizeof list, all);
    if ((double)main->words < (1 - MOST_FOREIGN) * (double)all->words)
        return zub_message_into(&run->error, ZUB_EINVAL,
                                "a background is of one language, and the "
                                "target's words are %s (name articles of one, "
                                "or take all for it: --lang %s)",
                                list, run->lang);
    if (!run->asked->counting.common.quiet)
        zub_message("the target's words are %s: all are compared with the "
                    "background '%s'",
                    list, run->lang);
    return ZUB_OK;
}

static zub_status compare(keyness_run *run)
{
    const settings *asked = run->asked;
    bool is_one_sided = asked->positive != asked->negative;
    zub_comparison_options options = {
        .measures = run->measures.names,
        .measure_count = run->measures.count,
        .sort = run->sort,
        .min_count = asked->min_count,
        .min_df = asked->min_df,
        .limit = asked->limit,
        .side = !is_one_sided     ? ZUB_SIDE_BOTH
                : asked->positive ? ZUB_SIDE_TARGET
                                  : ZUB_SIDE_REFERENCE,
        .keyness = {.smoothing = asked->smoothing,
                    .confidence = asked->confidence}};
    zub_models *models = run->models ? run->models : run->target.intake.models;

    if (run->is_background)
        return zub_comparison_new_background(&run->rows, run->target.state,
                                             models, run->lang, &options,
                                             &run->error);
    return zub_comparison_new(&run->rows, run->target.state,
                              run->reference.state, &options, &run->error);
}

/* What was compared with what. */
static void say(const keyness_run *run)
{
    zub_comparison_facts facts = zub_comparison_about(run->rows);

    if (facts.is_background && access("background", F_OK) == 0)
        zub_message("background is that of the language; the file of that "
                    "name would be ./background");
    if (facts.is_background)
        zub_message("compared by document frequency: %.0f stretch%s of 200 "
                    "words, estimated, with %.0f of the background '%s', "
                    "which has %.0f%% of the words",
                    facts.documents[0], facts.documents[0] == 1 ? "" : "es",
                    facts.documents[1], facts.lang,
                    100 * facts.listed / facts.tokens[0]);
    else if (facts.tokens[0] <= 0 || facts.tokens[1] <= 0)
        zub_message("the %s holds no word: nothing can be told of it",
                    facts.tokens[0] <= 0 ? "target" : "reference");
    if (facts.overlap > 0)
        zub_message("%llu article%s on both sides, by their ids",
                    (unsigned long long)facts.overlap,
                    facts.overlap == 1 ? " stands" : "s stand");
}

static bool has_both(const keyness_run *run)
{
    return run->target.state != NULL &&
           (run->is_background || run->reference.state != NULL);
}

static zub_status write_all(keyness_run *run)
{
    zub_status status = run->is_background ? choose_language(run) : ZUB_OK;
    zub_watch watch;

    if (status == ZUB_OK)
        status = compare(run);
    if (status != ZUB_OK)
        return status;
    if (!run->asked->counting.common.quiet)
        say(run);
    zub_watch_start(&watch, NULL, run->destination, -1, true);
    status = write_rows(run);
    if (status == ZUB_OK || run->destination->error)
        status = zub_destination_commit(run->destination, &run->error);
    zub_watch_stop(&watch);
    return status;
}

static zub_status run_all(keyness_run *run, const char *const *operands,
                          size_t count)
{
    zub_status status = check_operands(run, operands, count);

    if (status == ZUB_OK)
        status = check_measures(run);
    if (status == ZUB_OK)
        status = check_smoothing(run);
    if (status == ZUB_OK)
        status = open_sources(run, operands, count);
    if (status == ZUB_OK)
        status = check_language(run);
    if (status == ZUB_OK)
        status = zub_destination_open(
            run->destination, run->asked->counting.common.output, &run->error);
    if (status == ZUB_OK)
        status = count_source(run, &run->target);
    if (status == ZUB_OK && !run->is_background)
        status = count_source(run, &run->reference);
    return status == ZUB_OK && has_both(run) ? write_all(run) : status;
}

static int worse(int a, int b)
{
    return a > b ? a : b;
}

static int exit_code(const keyness_run *run, zub_status status)
{
    const zub_counting *counting = &run->asked->counting;

    if (status != ZUB_OK) {
        zub_message_failure(&run->error, status);
        return zub_exit_of(status);
    }
    int code =
        zub_counting_exit(counting, &run->target.intake, run->target.state);
    if (!run->is_background && run->reference.intake.failures > 0)
        code = worse(code, zub_counting_exit(counting, &run->reference.intake,
                                             run->reference.state));
    if (code == ZUB_EXIT_DONE && run->rows == NULL)
        zub_message("the reference holds no article");
    bool is_empty =
        run->rows == NULL || zub_comparison_about(run->rows).rows == 0;
    return code == ZUB_EXIT_DONE && is_empty ? ZUB_EXIT_NOTHING : code;
}

static int run(const void *context, const char *const *operands, size_t count)
{
    keyness_run run = {.asked = context,
                       .destination = calloc(1, sizeof *run.destination)};
    zub_status status = zub_languages_init(&run.languages);

    if (status == ZUB_OK)
        status = run.destination ? run_all(&run, operands, count) : ZUB_ENOMEM;
    int code = exit_code(&run, status);

    zub_comparison_free(run.rows);
    zub_source_close(&run.target);
    zub_source_close(&run.reference);
    zub_models_free(run.models);
    zub_languages_release(&run.languages);
    if (run.destination != NULL)
        zub_destination_close(run.destination);
    free(run.destination);
    return code;
}

/* ---- The table ---- */

static const char *const description[] = {
    "Finds the words that articles use more, or less, than others do, and "
    "says "
    "how sure that is. Columns: the word in its commonest form, the side that "
    "has more of it, counts of both sides, the measures, the interval of the "
    "log ratio, p, and q, the share of false ones among all words up to it "
    "(Benjamini and Hochberg). The interval holds for all words judged at "
    "once.",
    "Beside these, which go by tokens, stand the same measures by articles, "
    "df_NAME, and dpnorm, which is 0 for a word that lies evenly over the "
    "target's articles and 1 for one that does not: a word of one article is "
    "key to that article, not to the target.",
    "With --reference background the target is compared with its language: "
    "in how many stretches of 200 words of it each word is. Those of the "
    "target are estimated from the counts of its articles. The language is "
    "that of --lang, else that of most words: where it is not that of 95% of "
    "them the target is refused. Of a state that was counted with --lang auto "
    "it is that of the commonest words, and nothing is refused.",
    "In place of articles either side may name states that zubda count wrote, "
    "FILE.zub; with --rows they have what dpnorm needs. Both sides must have "
    "been counted alike.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda keyness new/ --reference old/", "two folders"},
    {"zubda keyness a.txt --reference background", "against the language"},
    {"zubda keyness a.zub --reference b.zub -m g2", "two states"},
    {NULL, NULL},
};

static const zub_option options[] = {
    {.kind = ZUB_OPTION_BORDER,
     .name = "reference",
     .letter = 'r',
     .is_main = true,
     .offset = offsetof(settings, border),
     .metavar = "REF...",
     .low = 1,
     .offer = ZUB_OFFER_FILE,
     .about = "what to compare with, or background",
     .more = "Files and folders behind it belong to it. A file that is called "
             "background is ./background."},
    ZUB_MEASURE_OPTION(settings, .name_at = measure_name,
                       .about_at = measure_about,
                       .fallback = "lrc,log-ratio,g2-4term",
                       .more = "Dashes may be left out; g2 is g2-4term."),
    ZUB_SORT_OPTION(settings, .metavar = "NAME",
                    .about = "sort by a measure (default: the first)",
                    .more = "The highest first, with --negative the lowest; "
                            "of equals the first in byte order."),
    {.kind = ZUB_OPTION_FLAG,
     .name = "positive",
     .is_main = true,
     .offset = offsetof(settings, positive),
     .about = "only words that the target has more of"},
    {.kind = ZUB_OPTION_FLAG,
     .name = "negative",
     .is_main = true,
     .offset = offsetof(settings, negative),
     .about = "only words that the reference has more of"},
    ZUB_MIN_COUNT_OPTION(settings,
                         .about = "words that stand N times on both "
                                  "sides together",
                         .fallback = "5"),
    {.kind = ZUB_OPTION_COUNT,
     .name = "min-df",
     .offset = offsetof(settings, min_df),
     .metavar = "N",
     .fallback = "1",
     .low = 1,
     .about = "words that N articles of one side have"},
    ZUB_LIMIT_OPTION(settings, .about = "the first N rows (default: all)"),
    {.kind = ZUB_OPTION_REAL,
     .name = "smoothing",
     .offset = offsetof(settings, smoothing),
     .metavar = "X",
     .fallback = "1",
     .about = "per million, of simple-maths"},
    {.kind = ZUB_OPTION_REAL,
     .name = "confidence",
     .offset = offsetof(settings, confidence),
     .metavar = "X",
     .fallback = "0.95",
     .high = 0.999999,
     .about = "of the interval and lrc"},
    ZUB_ROWS_OPTIONS(zub_table_formats, "how rows are written"),
    {.kind = ZUB_OPTION_END},
};

const zub_command zub_command_keyness = {
    .name = "keyness",
    .about = "what sets articles apart from others",
    .operands = "target...",
    .description = description,
    .examples = examples,
    .options = options,
    .reads_articles = true,
    .shared = zub_source_tables,
    .settings_size = sizeof(settings),
    .run = run,
};
