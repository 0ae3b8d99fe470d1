/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* vectorize.c - `zubda vectorize`: articles, or a state that kept them, into a
 * matrix with its tables, or why one weight of it is what it is. */
#include <stdlib.h>

#include "cli/command.h"
#include "cli/counting.h"
#include "cli/explain.h"
#include "cli/matrix_files.h"
#include "cli/message.h"
#include "cli/watch.h"

typedef struct settings {
    zub_counting counting;
    const char *weight, *form, *vocabulary;
    const char *explain[2]; /* article, term */
    zub_amount min_df, max_df;
    size_t max_features;
    bool compress;
} settings;

typedef struct vectorize_run {
    const settings *asked;
    zub_intake intake;
    zub_matrix_files *files;
    zub_state *state, *vocabulary;
    zub_matrix *matrix;
    zub_error error;
} vectorize_run;

/* ---- What was asked ---- */

static zub_status refuse(vectorize_run *run, const char *text)
{
    return zub_message_into(&run->error, ZUB_EINVAL, "%s", text);
}

static zub_status check_settings(vectorize_run *run, bool has_state)
{
    const settings *asked = run->asked;
    bool explains = asked->explain[0] != NULL;
    zub_status status = ZUB_OK;

    if (asked->counting.common.output == NULL && !explains)
        return refuse(run, "no file to write the matrix to (name it with -o)");
    if (asked->counting.common.format != ZUB_FORMAT_TEXT && !explains)
        return refuse(run, "--format and --json are of --explain (the form of "
                           "the matrix is --to)");
    if (has_state)
        status = zub_counting_check_idle(&asked->counting, &run->error);
    if (status == ZUB_OK)
        status = zub_spill_check(&asked->counting.spill, &run->error);
    return status != ZUB_OK || asked->weight == NULL
               ? status
               : zub_weight_check(asked->weight, &run->error);
}

/* ---- From articles to a matrix ---- */

/* What would be written over is refused before anything is read. */
static zub_status name_files(vectorize_run *run, const char *const *operands,
                             size_t count)
{
    const settings *asked = run->asked;
    zub_status status = zub_matrix_files_new(
        &run->files, asked->counting.common.output, asked->form,
        asked->explain[0] != NULL, &run->error);

    if (status != ZUB_OK || asked->explain[0] != NULL)
        return status;
    status = zub_matrix_files_guard(run->files, operands, count, &run->error);
    return status == ZUB_OK
               ? zub_matrix_files_guard(run->files, &asked->vocabulary, 1,
                                        &run->error)
               : status;
}

static zub_status open_inputs(vectorize_run *run, bool has_state,
                              const char *const *operands, size_t count)
{
    const settings *asked = run->asked;
    zub_status status =
        has_state
            ? zub_counting_open(&run->state, operands[0], &run->error)
            : zub_intake_open_beside(&run->intake, &asked->counting.common,
                                     run->files->paths, operands, count,
                                     &run->error);

    if (status == ZUB_OK && asked->vocabulary != NULL)
        status = zub_counting_open(&run->vocabulary, asked->vocabulary,
                                   &run->error);
    return status;
}

static zub_status open_all(vectorize_run *run, const char *const *operands,
                           size_t count)
{
    bool has_state;
    zub_status status =
        zub_counting_find_state(&has_state, operands, count, &run->error);

    if (status == ZUB_OK)
        status = check_settings(run, has_state);
    if (status == ZUB_OK)
        status = name_files(run, operands, count);
    if (status == ZUB_OK)
        status = open_inputs(run, has_state, operands, count);
    return status == ZUB_OK ? zub_matrix_files_open(run->files, &run->error)
                            : status;
}

static zub_status count_articles(vectorize_run *run)
{
    const zub_counting *counting = &run->asked->counting;
    zub_count_options options = zub_counting_options(counting);

    if (run->state != NULL)
        return ZUB_OK;
    options.keep_articles = true;
    options.by_input = true;
    return zub_counting_run(&run->state, counting, &run->intake, &options,
                            &run->error);
}

static zub_status make_matrix(vectorize_run *run)
{
    const settings *asked = run->asked;
    const zub_counting *counting = &asked->counting;
    const char *weight = asked->weight ? asked->weight : counting->compat;
    bool spills = counting->spill.memory > 0;
    zub_matrix_options options = {
        .weight = weight,
        .min_df = asked->min_df,
        .max_df = asked->max_df,
        .max_features = asked->max_features,
        .vocabulary = run->vocabulary,
        .folder = spills ? zub_spill_folder(&counting->spill) : NULL,
        .threads = (unsigned)counting->common.threads,
    };

    return zub_matrix_new(&run->matrix, run->state, &options, &run->error);
}

static zub_status explain(vectorize_run *run)
{
    const settings *asked = run->asked;
    const zub_counting *counting = &asked->counting;
    zub_analyzer_options words = zub_counting_words(counting);
    zub_count_options count = zub_counting_options(counting);
    zub_explain why = {
        .matrix = run->matrix,
        .state = run->vocabulary ? run->vocabulary : run->state,
        .models = run->intake.models,
        .words = run->intake.corpus ? &words : NULL,
        .count = &count,
        .article = asked->explain[0],
        .term = asked->explain[1],
        .format = (zub_format)counting->common.format,
    };

    return zub_explain_write(&why, zub_destination_sink(&run->files->matrix),
                             &run->error);
}

/* Words, but no column: seldom what was meant. */
static void name_empty(const vectorize_run *run)
{
    bool has_columns = zub_matrix_measure(run->matrix).columns > 0;

    if (!has_columns && zub_state_about(run->state).tokens > 0)
        zub_message("the matrix has no columns: no term is left (see "
                    "--min-df, --max-df, --ngram and --vocabulary)");
}

static zub_status write_matrix(vectorize_run *run)
{
    const settings *asked = run->asked;
    uint64_t memory = asked->counting.spill.memory;
    zub_status status = ZUB_OK;

    if (asked->explain[0] != NULL)
        status = explain(run);
    else
        status = zub_matrix_files_write(run->files, run->matrix,
                                        asked->compress, &run->error);
    if (status != ZUB_OK && run->files->matrix.error == 0)
        return status;
    if (!asked->counting.common.quiet && asked->explain[0] == NULL) {
        name_empty(run);
        zub_matrix_files_name_twins(run->matrix, memory);
    }
    return zub_destination_commit(&run->files->matrix, &run->error);
}

static zub_status work(vectorize_run *run)
{
    const zub_common *common = &run->asked->counting.common;
    zub_watch watch;
    bool has_corpus = run->intake.corpus != NULL;

    zub_watch_start(&watch, run->intake.corpus, &run->files->matrix,
                    has_corpus ? common->progress : -1, common->quiet);
    zub_status status = count_articles(run);
    if (status == ZUB_OK && run->state != NULL)
        status = make_matrix(run);
    if (status == ZUB_OK && run->state != NULL)
        status = write_matrix(run);
    zub_watch_stop(&watch);
    return status;
}

static void release(vectorize_run *run)
{
    zub_matrix_files_close(run->files);
    zub_matrix_free(run->matrix);
    zub_state_free(run->state);
    zub_state_free(run->vocabulary);
    zub_intake_close(&run->intake);
}

static int run(const void *context, const char *const *operands, size_t count)
{
    vectorize_run run = {.asked = context};
    zub_status status = open_all(&run, operands, count);

    if (status == ZUB_OK)
        status = work(&run);
    if (status != ZUB_OK)
        zub_message("%s", run.error.message[0] ? run.error.message
                                               : zub_status_text(status));
    int code = status != ZUB_OK ? zub_exit_of(status)
                                : zub_counting_exit(&run.asked->counting,
                                                    &run.intake, run.state);
    release(&run);
    return code;
}

/* ---- The table ---- */

static const char *const description[] = {
    "Makes a sparse matrix of articles and terms: rows in the order of the "
    "input, columns in byte order of the terms, values their weights. The "
    "terms are words, folded and stemmed, stop words among them unless "
    "--drop-stop-words.",
    "X.npz gets two tables beside it, X.terms.tsv (id, term, surface, df, cf, "
    "idf) and X.articles.tsv (row, id). All three are written aside and take "
    "their names together, the matrix last; of a folder to be read they are "
    "left out. To standard output (-o -), or "
    "into what is no file, the matrix goes alone.",
    "In place of articles one state may be named that zubda count --rows "
    "wrote, FILE.zub: its rows stand by id.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda vectorize -o news.npz news/", "scipy.sparse.load_npz"},
    {"zubda vectorize -o a.npz --ngram 1-2 a.jsonl", "and pairs of words"},
    {"zubda vectorize --explain ID TERM a.jsonl", "why a weight is so"},
    {NULL, NULL},
};

static const zub_choice formats[] = {
    {"text", ZUB_FORMAT_TEXT},
    {"json", ZUB_FORMAT_JSON},
    {NULL, 0},
};

static const zub_option options[] = {
    ZUB_OUTPUT_OPTION("FILE", "write the matrix to FILE"),
    {.kind = ZUB_OPTION_STRING,
     .name = "weight",
     .letter = 'w',
     .is_main = true,
     .offset = offsetof(settings, weight),
     .metavar = "NAME",
     .name_at = zub_weight_name,
     .about_at = zub_weight_about,
     .is_open = true,
     .low = 1,
     .about = "what a count is worth (default tfidf)",
     .more = "With options behind it, such as bm25:k1=0.9,b=0.4 or smart:ltc. "
             "With --compat the default is that package's."},
    {.kind = ZUB_OPTION_STRING,
     .name = "to",
     .is_main = true,
     .offset = offsetof(settings, form),
     .metavar = "FORM",
     .name_at = zub_matrix_form_name,
     .about_at = zub_matrix_form_about,
     .about = "form of the matrix (default by FILE's suffix)",
     .more = "Without a suffix that says so it is npz."},
    {.kind = ZUB_OPTION_FLAG,
     .name = "compress",
     .offset = offsetof(settings, compress),
     .about = "deflate what is in an npz"},
    {.kind = ZUB_OPTION_AMOUNT,
     .name = "min-df",
     .offset = offsetof(settings, min_df),
     .metavar = "N|SHARE",
     .about = "terms of fewer articles have no column",
     .more = "A whole number counts articles; 0.1 or 10% is a share of them, "
             "and 1.0 is all."},
    {.kind = ZUB_OPTION_AMOUNT,
     .name = "max-df",
     .offset = offsetof(settings, max_df),
     .metavar = "N|SHARE",
     .low = 1e-300,
     .about = "nor have terms of more"},
    {.kind = ZUB_OPTION_COUNT,
     .name = "max-features",
     .offset = offsetof(settings, max_features),
     .metavar = "N",
     .low = 1,
     .about = "columns for the N commonest terms alone"},
    {.kind = ZUB_OPTION_STRING,
     .name = "vocabulary",
     .offset = offsetof(settings, vocabulary),
     .metavar = "STATE",
     .low = 1,
     .offer = ZUB_OFFER_FILE,
     .about = "columns and document frequencies of a state",
     .more = "It must have been counted with the same options."},
    {.kind = ZUB_OPTION_PAIR,
     .name = "explain",
     .letter = 'e',
     .is_main = true,
     .offset = offsetof(settings, explain),
     .metavar = "ID TERM",
     .about = "print one weight and what it is made of",
     .more = "ID is an article's, TERM a word as one writes it, or several. "
             "No matrix is written."},
    {.kind = ZUB_OPTION_CHOICE,
     .name = "format",
     .letter = 'f',
     .offset = offsetof(zub_common, format),
     .metavar = "FORMAT",
     .choices = formats,
     .fallback = "text",
     .about = "how --explain prints"},
    {.kind = ZUB_OPTION_ALIAS,
     .name = "json",
     .fallback = "format=json",
     .about = "the same as --format json"},
    {.kind = ZUB_OPTION_END},
};

const zub_command zub_command_vectorize = {
    .name = "vectorize",
    .about = "matrix of articles and terms, for SciPy and others",
    .operands = "[file...]",
    .description = description,
    .examples = examples,
    .options = options,
    .reads_articles = true,
    .shared = zub_counting_tables,
    .settings_size = sizeof(settings),
    .run = run,
};
