/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* evaluate.c - `zubda evaluate rouge`, and the way to trec.c.
 *
 * Articles, then each file of summaries, run over all threads; scores are
 * gathered in input order, so the report does not depend on their number. */
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/common.h"
#include "cli/destination.h"
#include "cli/folder.h"
#include "cli/message.h"
#include "cli/nearest.h"
#include "cli/references.h"
#include "cli/trec.h"
#include "cli/watch.h"

#define MOST_METHODS 32u

typedef struct settings {
    zub_common common;
    const char *refs, *refs_field, *articles, *methods, *budget, *profile;
    const char *protocol, *stop_file, *exceptions_file, *zscores;
    int fold, several, fit, kind;
    size_t limit_words, limit_text;
    double beta;
    bool stem, no_rows, no_position, ci;
    size_t level, depth;
    bool by_query, complete;
} settings;

typedef struct evaluate_run {
    const settings *asked;
    zub_scorer_options scorer;
    zub_trial_options trial;
    char *method_names; /* cut at its commas */
    const char *methods[MOST_METHODS];
    zub_corpus_options input;
    zub_models *models;
    zub_references references;
    zub_evaluation *evaluation;
    zub_destination *destination;
    zub_slice system; /* of the file at hand; empty: articles */
    size_t failures, scored;
    size_t records; /* that could be read */
    int unread;     /* exit code of the first that could not, or 0 */
    int fatal;      /* exit code of what every record would meet, or 0 */
    zub_error *error;
} evaluate_run;

/* ---- One article or summary: any thread ---- */

/* A thread's own. */
typedef struct evaluate_worker {
    zub_scorer *scorer;
    zub_analyzer *analyzer;
} evaluate_worker;

typedef struct evaluate_result {
    zub_reference *reference;
    zub_trial *trial;  /* of an article */
    zub_scores scores; /* of a summary */
} evaluate_result;

static void close_worker(void *context, void *state)
{
    evaluate_worker *worker = state;

    (void)context;
    if (worker == NULL)
        return;
    zub_scorer_free(worker->scorer);
    zub_analyzer_free(worker->analyzer);
    free(worker);
}

static zub_status open_scorer(zub_scorer **out, const evaluate_run *run,
                              zub_error *error)
{
    zub_status status = zub_scorer_new(out, run->models, &run->scorer, error);

    if (status != ZUB_ENOTFOUND && status != ZUB_EIO)
        return status;
    zub_error why = *error;
    return zub_message_into(error, ZUB_EINVAL,
                            "%.400s (see --stop and --stem-exceptions)",
                            why.message);
}

static zub_status open_worker(void *context, void **state, zub_error *error)
{
    const evaluate_run *run = context;
    evaluate_worker *worker = calloc(1, sizeof *worker);
    zub_status status = ZUB_ENOMEM;

    *state = worker;
    if (worker != NULL)
        status = open_scorer(&worker->scorer, run, error);
    if (status == ZUB_OK)
        status = zub_common_analyzer(&worker->analyzer, &run->asked->common,
                                     run->models, error);
    if (status != ZUB_OK) {
        close_worker(NULL, worker);
        *state = NULL;
    }
    return status;
}

/* The text of a summary: ours, or any field of one. */
static zub_status find_summary(zub_texts **out, const evaluate_run *run,
                               const zub_record *record)
{
    const char *names[] = {run->asked->common.text_field, "sentences",
                           "summary", record->text_field};
    zub_status status = ZUB_ENOTFOUND;
    size_t last = names[0] != NULL ? 1 : sizeof names / sizeof *names;

    for (size_t i = 0; i < last && status == ZUB_ENOTFOUND; i++)
        if (names[i] != NULL)
            status = zub_texts_new_joined(out, record, names[i]);
    return status;
}

/* What this record lacks is no matter of the settings. */
static zub_status not_this_one(zub_error *error)
{
    return error->status = ZUB_EMALFORMED;
}

static zub_status score_summary(const evaluate_run *run,
                                evaluate_worker *worker,
                                const zub_record *record,
                                evaluate_result *result, zub_error *error)
{
    const zub_texts *references = result->reference->texts;
    zub_texts *summary;
    zub_status status = find_summary(&summary, run, record);

    if (status == ZUB_ENOTFOUND)
        return zub_message_into(error, ZUB_EMALFORMED,
                                "it has no field "
                                "sentences or summary and no text (name it "
                                "with --field)");
    if (status != ZUB_OK)
        return status;
    zub_slice text = summary->count > 0 ? summary->items[0] : (zub_slice){0};
    status = zub_scorer_score(&result->scores, worker->scorer, text,
                              references->items, references->count, error);
    zub_texts_free(summary);
    return status == ZUB_ENOTFOUND ? not_this_one(error) : status;
}

/* What is not found may be the profile, which is a matter of all, or a word
 * in the references, which is not. */
static zub_status try_methods(const evaluate_run *run, evaluate_worker *worker,
                              const zub_record *record,
                              evaluate_result *result, zub_error *error)
{
    const zub_texts *references = result->reference->texts;
    zub_status status = zub_trial_new(
        &result->trial, worker->scorer, worker->analyzer, record,
        references->items, references->count, &run->trial, error);
    zub_scores none;

    if (status != ZUB_ENOTFOUND ||
        zub_scorer_score(&none, worker->scorer, record->text,
                         references->items, references->count,
                         NULL) != ZUB_ENOTFOUND)
        return status;
    return not_this_one(error);
}

static zub_status map(void *context, void *worker, const zub_record *record,
                      void **out, zub_error *error)
{
    evaluate_run *run = context;
    evaluate_worker *own = worker;
    evaluate_result *result = calloc(1, sizeof *result);

    *out = result;
    if (result == NULL)
        return ZUB_ENOMEM;
    result->reference = zub_references_find(&run->references, record->id);
    if (result->reference == NULL)
        return zub_message_into(error, ZUB_EMALFORMED,
                                "there are no references of this id");
    if (run->system.size > 0)
        return score_summary(run, own, record, result, error);
    return try_methods(run, own, record, result, error);
}

static void free_result(evaluate_result *result)
{
    if (result != NULL)
        zub_trial_free(result->trial);
    free(result);
}

static void drop(void *context, void *result)
{
    (void)context;
    free_result(result);
}

/* ---- Gathering: in input order ---- */

static zub_status take_failure(evaluate_run *run, const zub_record *record,
                               const zub_error *failure)
{
    if (record != NULL)
        run->fatal = zub_exit_of_settings(failure->status);
    if (run->fatal != 0) {
        zub_message("%s", failure->message);
        return ZUB_ECANCELED;
    }
    if (record == NULL && run->unread == 0)
        run->unread = zub_exit_of(failure->status);
    run->failures++;
    if (record != NULL)
        zub_message("cannot score '%.*s'%s%.*s: %s",
                    record->id.size < 300 ? (int)record->id.size : 300,
                    record->id.data, run->system.size > 0 ? " of " : "",
                    (int)run->system.size, run->system.data, failure->message);
    else
        zub_message("%s", failure->message);
    return run->asked->common.strict ? ZUB_ECANCELED : ZUB_OK;
}

static zub_status add_trial(evaluate_run *run, const zub_trial *trial,
                            zub_error *error)
{
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < trial->count && status == ZUB_OK; i++) {
        zub_slice system = {trial->rows[i].system,
                            strlen(trial->rows[i].system)};
        status = zub_evaluation_add(run->evaluation, system, trial->id,
                                    &trial->rows[i].scores, error);
    }
    return status;
}

static void warn_empty(const evaluate_run *run, const zub_record *record,
                       size_t empty, size_t count)
{
    if (empty > 0 && !run->asked->common.quiet)
        zub_message("%zu of %zu references of '%.*s' hold no word and do not "
                    "count",
                    empty, count,
                    record->id.size < 300 ? (int)record->id.size : 300,
                    record->id.data);
}

static zub_status take_scores(evaluate_run *run, const zub_record *record,
                              evaluate_result *result, zub_error *error)
{
    size_t count = result->reference->texts->count;

    result->reference->is_used = true;
    if (result->trial != NULL) {
        warn_empty(run, record, result->trial->empty_references, count);
        return add_trial(run, result->trial, error);
    }
    warn_empty(run, record, count - result->scores.references, count);
    return zub_evaluation_add(run->evaluation, run->system, record->id,
                              &result->scores, error);
}

static zub_status take(void *context, const zub_record *record, void *result,
                       const zub_error *failure)
{
    evaluate_run *run = context;
    zub_error error = {0};

    run->records += record != NULL;
    if (record == NULL || failure->status != ZUB_OK) {
        free_result(result);
        return take_failure(run, record, failure);
    }
    zub_status status = take_scores(run, record, result, &error);
    free_result(result);
    run->scored += status == ZUB_OK;
    if (status != ZUB_EINVAL)
        return status;
    error.status = ZUB_EMALFORMED; /* a second summary of one article */
    return take_failure(run, record, &error);
}

static void name_unused(evaluate_run *run)
{
    for (size_t i = 0; i < run->references.count; i++) {
        zub_reference *reference = &run->references.items[i];
        zub_slice id = reference->record->id;
        if (!reference->is_used) {
            zub_message("there is no summary of '%.*s'%s%.*s",
                        id.size < 300 ? (int)id.size : 300, id.data,
                        run->system.size > 0 ? " in " : "",
                        (int)run->system.size, run->system.data);
            run->failures++;
        }
        reference->is_used = false;
    }
}

static zub_status work(evaluate_run *run, const char *path)
{
    const zub_common *common = &run->asked->common;
    zub_work each = {.context = run,
                     .open = open_worker,
                     .close = close_worker,
                     .map = map,
                     .take = take,
                     .drop = drop};
    zub_corpus_options input = run->input;
    size_t records = run->records, failures = run->failures;
    zub_watch watch;
    zub_corpus *corpus;

    input.text_is_optional = run->system.size > 0;
    if (run->system.size > 0)
        input.text_field = NULL;
    zub_status status = zub_corpus_open(&corpus, &path, 1, &input, run->error);
    if (status != ZUB_OK)
        return status;
    zub_watch_start(&watch, corpus, run->destination, common->progress,
                    common->quiet);
    status =
        zub_corpus_each(corpus, (unsigned)common->threads, &each, run->error);
    zub_watch_stop(&watch);
    zub_corpus_free(corpus);
    bool is_unread = run->records == records && run->failures > failures;
    if (status == ZUB_OK && !is_unread)
        name_unused(run);
    return status;
}

/* ---- What was asked ---- */

static const char *const fold_protocols[] = {
    NULL,
    "zubda-none",
    "zubda-norm",
    "zubda-light",
};

static zub_status read_rules(evaluate_run *run)
{
    const settings *asked = run->asked;

    run->scorer = (zub_scorer_options){
        .protocol = asked->protocol,
        .several = (zub_several)asked->several,
        .beta = asked->beta,
        .limit_words = asked->limit_words,
        .limit_bytes = asked->limit_text,
        .lang = asked->common.lang,
        .stop_file = asked->stop_file,
        .exceptions_file = asked->exceptions_file,
        .stem = asked->stem,
    };
    if (asked->fold != 0 && asked->protocol != NULL)
        return zub_message_into(run->error, ZUB_EINVAL,
                                "--fold and --protocol both say how words "
                                "are folded (give one)");
    if (asked->fold != 0)
        run->scorer.protocol = fold_protocols[asked->fold];
    return ZUB_OK;
}

/* "ref", "30%" or "100": words. */
static zub_status read_budget(evaluate_run *run)
{
    const char *text = run->asked->budget;
    zub_budget *budget = &run->trial.budget;
    char *end;

    budget->fit = (zub_fit)run->asked->fit;
    run->trial.is_reference_budget = strcmp(text, "ref") == 0;
    if (run->trial.is_reference_budget)
        return ZUB_OK;
    long number = *text >= '1' && *text <= '9' ? strtol(text, &end, 10) : 0;
    if (number > 0 && *end == '\0')
        budget->words = (size_t)number;
    else if (number > 0 && number <= 100 && strcmp(end, "%") == 0)
        budget->ratio = (double)number / 100;
    else
        return zub_message_into(run->error, ZUB_EINVAL,
                                "--budget '%.60s' is "
                                "not ref, a share such as 30%% or a number "
                                "of words",
                                text);
    return ZUB_OK;
}

/* The table of options cannot, for trec takes other names. */
static zub_status check_method(const char *typed, zub_error *error)
{
    zub_nearest nearest = {.typed = typed};
    const char *name;

    for (size_t i = 0; (name = zub_method_name(i)) != NULL; i++) {
        if (strcmp(name, typed) == 0)
            return ZUB_OK;
        zub_nearest_try(&nearest, name);
    }
    bool is_near = nearest.name != NULL;
    return zub_message_into(error, ZUB_EINVAL,
                            "--method takes methods, such as auto or lead, "
                            "not '%.100s'%s%s%s",
                            typed, is_near ? " (did you mean " : "",
                            is_near ? nearest.name : "", is_near ? "?)" : "");
}

static zub_status check_methods(const evaluate_run *run)
{
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < run->trial.method_count && status == ZUB_OK; i++)
        status = check_method(run->methods[i], run->error);
    return status;
}

static zub_status read_methods(evaluate_run *run)
{
    if (!run->asked->articles && strcmp(run->asked->methods, "auto") != 0)
        return zub_message_into(run->error, ZUB_EINVAL,
                                "--method does nothing without --articles");
    run->method_names = strdup(run->asked->methods);
    if (run->method_names == NULL)
        return ZUB_ENOMEM;
    run->trial.methods = run->methods;
    for (char *at = run->method_names; at != NULL;) {
        char *comma = strchr(at, ',');
        if (run->trial.method_count == MOST_METHODS)
            return zub_message_into(run->error, ZUB_EINVAL,
                                    "more than %u methods", MOST_METHODS);
        if (comma != NULL)
            *comma = '\0';
        run->methods[run->trial.method_count++] = at;
        at = comma != NULL ? comma + 1 : NULL;
    }
    run->trial.no_rows = run->asked->no_rows;
    run->trial.no_position = run->asked->no_position;
    run->trial.profile = run->asked->profile;
    return check_methods(run);
}

/* References that are not told apart stand with the articles, which are then
 * read twice. */
static zub_status check_inputs(const evaluate_run *run,
                               const char *const *files, size_t count)
{
    const settings *asked = run->asked;
    const char *named[] = {asked->articles,
                           asked->refs ? asked->refs : asked->articles};

    if (count == 0 && asked->articles == NULL)
        return zub_message_into(run->error, ZUB_EINVAL,
                                "nothing to evaluate "
                                "(name a file of summaries, or --articles)");
    if (asked->refs == NULL && asked->articles == NULL)
        return zub_message_into(run->error, ZUB_EINVAL,
                                "no references "
                                "(name their file with --refs)");
    if (zub_common_stdins(files, count) + zub_common_stdins(named, 2) > 1)
        return zub_message_into(run->error, ZUB_EINVAL,
                                "standard input cannot be read twice (name "
                                "- once; references and articles are read "
                                "apart)");
    return ZUB_OK;
}

static zub_status read_settings(evaluate_run *run, const char *const *files,
                                size_t count)
{
    const settings *asked = run->asked;
    zub_status status = read_rules(run);

    run->input = (zub_corpus_options){
        .form = (zub_form)asked->common.form,
        .encoding = asked->common.encoding,
        .text_field = asked->common.text_field,
        .id_field = asked->common.id_field,
        .limit_bytes = asked->common.limit_bytes,
    };
    if (status == ZUB_OK)
        status = check_inputs(run, files, count);
    if (status == ZUB_OK)
        status = read_budget(run);
    return status == ZUB_OK ? read_methods(run) : status;
}

/* ---- The whole ---- */

/* "runs/lexrank.jsonl.gz" is system "lexrank". */
static zub_slice name_of(const char *path)
{
    static const char *const suffixes[] = {".gz", ".jsonl", ".ndjson"};
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL && slash[1] != '\0' ? slash + 1 : path;
    size_t size = strlen(name);

    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        size_t suffix = strlen(suffixes[i]);
        if (size > suffix &&
            memcmp(name + size - suffix, suffixes[i], suffix) == 0)
            size -= suffix;
    }
    return (zub_slice){name, size};
}

static zub_status open_all(evaluate_run *run)
{
    const settings *asked = run->asked;
    const char *path = asked->refs != NULL ? asked->refs : asked->articles;
    zub_status status = zub_folder_open_models(
        &run->models, asked->common.models, asked->common.quiet, run->error);

    if (status == ZUB_OK)
        status = zub_destination_open(run->destination, asked->common.output,
                                      run->error);
    if (status == ZUB_OK)
        status = zub_evaluation_new(&run->evaluation, run->error);
    if (status == ZUB_OK)
        status = zub_references_load(&run->references, path, &run->input,
                                     asked->refs_field, run->error);
    run->failures = run->references.failures;
    return status;
}

static zub_status evaluate_all(evaluate_run *run, const char *const *files,
                               size_t count)
{
    zub_status status = ZUB_OK;

    if (run->asked->articles != NULL)
        status = work(run, run->asked->articles);
    for (size_t i = 0; i < count && status == ZUB_OK; i++) {
        run->system = name_of(files[i]);
        status = work(run, files[i]);
    }
    return status;
}

static zub_status print_report(evaluate_run *run)
{
    zub_report_options options = {
        .format = (zub_format)run->asked->common.format,
        .scorer = &run->scorer,
        .trial = run->asked->articles != NULL ? &run->trial : NULL,
    };
    zub_report *report;
    zub_status status = zub_report_new(&report, run->evaluation, run->error);

    if (status != ZUB_OK)
        return status;
    status = zub_render_report(report, &options,
                               zub_destination_sink(run->destination));
    zub_report_free(report);
    if (status != ZUB_OK)
        zub_message_into(run->error, status, "cannot write the report: %s",
                         zub_status_text(status));
    zub_error late = {0};
    zub_status committed = zub_destination_commit(run->destination, &late);
    if (committed != ZUB_OK)
        *run->error = late;
    return committed != ZUB_OK ? committed : status;
}

static void release(evaluate_run *run)
{
    zub_evaluation_free(run->evaluation);
    zub_references_release(&run->references);
    zub_models_free(run->models);
    if (run->destination != NULL)
        zub_destination_close(run->destination);
    free(run->destination);
    free(run->method_names);
}

static bool is_all_unread(const evaluate_run *run)
{
    return run->records == 0 && run->unread != 0;
}

static zub_status evaluate_rouge(evaluate_run *run, const char *const *files,
                                 size_t count)
{
    zub_status status = read_settings(run, files, count);

    if (status == ZUB_OK)
        status = open_all(run);
    if (status == ZUB_OK)
        status = evaluate_all(run, files, count);
    if (status == ZUB_OK && !is_all_unread(run))
        status = print_report(run);
    return status;
}

static int exit_code(const evaluate_run *run, zub_status status)
{
    if (run->fatal != 0)
        return run->fatal;
    if (status != ZUB_OK && status != ZUB_ECANCELED)
        return zub_exit_of(status);
    if (is_all_unread(run))
        return run->unread;
    bool is_whole = status == ZUB_OK && run->failures == 0 && run->scored > 0;
    return is_whole ? ZUB_EXIT_DONE : ZUB_EXIT_NOTHING;
}

static int run_trec(const settings *asked, const char *const *files,
                    size_t count)
{
    bool is_official = strcmp(asked->methods, "auto") == 0;
    zub_trec_task task = {.common = &asked->common,
                          .judgements = asked->refs,
                          .kind = (zub_judgements_kind)asked->kind,
                          .zscores = asked->zscores,
                          .measures = is_official ? NULL : asked->methods,
                          .level = asked->level,
                          .most = asked->depth,
                          .is_complete = asked->complete,
                          .by_query = asked->by_query,
                          .intervals = asked->ci};

    return zub_trec_run(&task, files, count);
}

static int run_rouge(const settings *asked, const char *const *files,
                     size_t count)
{
    zub_error error = {0};
    evaluate_run run = {.asked = asked, .error = &error};
    zub_status status = ZUB_ENOMEM;

    run.destination = calloc(1, sizeof *run.destination);
    if (run.destination != NULL)
        status = evaluate_rouge(&run, files, count);
    if (status != ZUB_OK && status != ZUB_ECANCELED)
        zub_message_failure(&error, status);
    if (status == ZUB_OK && run.failures > 0 && !is_all_unread(&run))
        zub_message("%zu scored, %zu could not be", run.scored, run.failures);
    release(&run);
    return exit_code(&run, status);
}

static int run(const void *context, const char *const *operands, size_t count)
{
    if (count > 0 && strcmp(operands[0], "trec") == 0)
        return run_trec(context, operands + 1, count - 1);
    if (count > 0 && strcmp(operands[0], "rouge") == 0)
        return run_rouge(context, operands + 1, count - 1);
    zub_message("evaluate what? (zubda evaluate rouge|trec ...)");
    return ZUB_EXIT_USAGE;
}

static const char *const description[] = {
    "Scores summaries by ROUGE against references of the same id, or with "
    "--articles what the methods of zubda make of articles, beside rows to "
    "judge them by: the first sentences (lead), five random choices, an "
    "oracle that knows the references, and each human against the others.",
    "A summary is the field sentences, as summarize writes it, or summary, "
    "or the text; references are the field references, reference or "
    "summary: a string, a list of strings, or a list of lists of sentences. "
    "Each file of summaries is a system.",
    "Intervals hold 95 % of 2000 resamples of the articles, with a fixed "
    "seed. Differences are paired: over the articles of both systems.",
    "zubda evaluate trec scores runs of search engines as trec_eval does: the "
    "judgements (qrels) are the first file, or that of --refs, and each other "
    "one is a run. -m names measures: official, all_trec, map, P.5,10, "
    "ndcg_cut_10. Text is what trec_eval writes; --ci adds intervals, and of "
    "further runs their differences from the first.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda evaluate rouge -r refs.jsonl runs/*", "each file a system"},
    {"zubda evaluate rouge -a n.jsonl -m auto,lead", "methods of zubda"},
    {"zubda evaluate trec qrels.txt run.txt", "as trec_eval does"},
    {NULL, NULL},
};

static const zub_choice folds[] = {
    {"default", 0}, {"none", 1}, {"norm", 2}, {"light", 3}, {NULL, 0},
};

static const zub_choice kinds[] = {
    {"qrels", ZUB_QRELS},
    {"qrels_jg", ZUB_QRELS_JUDGES},
    {"prefs", ZUB_PREFERENCES},
    {"qrels_prefs", ZUB_QRELS_PREFERENCES},
    {NULL, 0},
};

static const zub_choice severals[] = {
    {"default", ZUB_SEVERAL_DEFAULT}, {"mean", ZUB_SEVERAL_MEAN},
    {"best", ZUB_SEVERAL_BEST},       {"jackknife", ZUB_SEVERAL_JACKKNIFE},
    {"pooled", ZUB_SEVERAL_POOLED},   {NULL, 0},
};

static const zub_choice formats[] = {
    {"text", ZUB_FORMAT_TEXT},
    {"tsv", ZUB_FORMAT_TSV},
    {"json", ZUB_FORMAT_JSON},
    {NULL, 0},
};

#define AT(member) .offset = offsetof(settings, member)

static const zub_option options[] = {
    {.kind = ZUB_OPTION_STRING,
     .name = "refs",
     .letter = 'r',
     .is_main = true,
     AT(refs),
     .metavar = "FILE",
     .low = 1,
     .offer = ZUB_OFFER_FILE,
     .about = "references (default: the articles)"},
    {.kind = ZUB_OPTION_STRING,
     .name = "refs-field",
     .needs = "refs articles",
     AT(refs_field),
     .metavar = "NAME",
     .low = 1,
     .about = "field that holds the references"},
    {.kind = ZUB_OPTION_STRING,
     .name = "articles",
     .letter = 'a',
     .is_main = true,
     AT(articles),
     .metavar = "FILE",
     .low = 1,
     .offer = ZUB_OFFER_FILE,
     .about = "articles to summarize and score"},
    {.kind = ZUB_OPTION_STRING,
     .name = "method",
     .letter = 'm',
     .is_main = true,
     AT(methods),
     .metavar = "NAME,...",
     .low = 1,
     .fallback = "auto",
     .is_list = true,
     .is_open = true,
     .name_at = zub_method_name,
     .about_at = zub_method_about,
     .about = "methods, with commas between",
     .more = "trec: measures, in place of those that trec_eval prints."},
    {.kind = ZUB_OPTION_STRING,
     .name = "budget",
     .needs = "articles",
     .letter = 'b',
     .is_main = true,
     AT(budget),
     .metavar = "LENGTH",
     .low = 1,
     .fallback = "ref",
     .about = "ref, a share such as 30%, or a number of words",
     .more = "ref: the mean words of the article's references."},
    {.kind = ZUB_OPTION_CHOICE,
     .name = "fit",
     .needs = "articles",
     AT(fit),
     .metavar = "FIT",
     .choices = zub_fits,
     .fallback = "nearest",
     .about = "never more than the budget, or as near as ranks allow",
     .more = "As in summarize."},
    {.kind = ZUB_OPTION_STRING,
     .name = "profile",
     .needs = "articles",
     AT(profile),
     .metavar = "PROFILE",
     .fallback = "auto",
     .low = 1,
     .offer = ZUB_OFFER_FILE,
     .about = "weights of a kind of text: a name in the models, or a file",
     .more = "As in summarize."},
    {.kind = ZUB_OPTION_FLAG,
     .name = "no-position",
     .needs = "articles",
     AT(no_position),
     .about = "judge a sentence by what it says, not by where it stands"},
    {.kind = ZUB_OPTION_FLAG,
     .name = "ci",
     AT(ci),
     .about = "95 % intervals: of rouge always there, asked for or not"},
    {.kind = ZUB_OPTION_FLAG,
     .name = "by-query",
     AT(by_query),
     .about = "trec: the values of each query, too (-q of trec_eval)"},
    {.kind = ZUB_OPTION_FLAG,
     .name = "complete",
     AT(complete),
     .about = "trec: queries that a run lacks count as 0 (its -c)"},
    {.kind = ZUB_OPTION_COUNT,
     .name = "level",
     AT(level),
     .metavar = "N",
     .low = 1,
     .high = 100000,
     .fallback = "1",
     .about = "trec: relevant from this level on (its -l)"},
    {.kind = ZUB_OPTION_COUNT,
     .name = "depth",
     AT(depth),
     .metavar = "N",
     .low = 1,
     .about = "trec: the first N documents of a query alone (its -M)"},
    {.kind = ZUB_OPTION_CHOICE,
     .name = "judgements",
     AT(kind),
     .metavar = "KIND",
     .choices = kinds,
     .fallback = "qrels",
     .about = "trec: what the judgements are (its -R)",
     .more = "Of several judges (qrels_jg), or preferences; each has measures "
             "of its own."},
    {.kind = ZUB_OPTION_STRING,
     .name = "zscores",
     AT(zscores),
     .metavar = "FILE",
     .low = 1,
     .offer = ZUB_OFFER_FILE,
     .about = "trec: values as distances from the means in FILE (its -Z)",
     .more = "A line is query, measure, mean, standard deviation."},
    {.kind = ZUB_OPTION_FLAG,
     .name = "no-rows",
     .needs = "articles",
     AT(no_rows),
     .about = "with --articles: no lead, random, oracle and human"},
    {.kind = ZUB_OPTION_CHOICE,
     .name = "fold",
     AT(fold),
     .metavar = "FOLD",
     .choices = folds,
     .about = "what of a word counts: all, its folded form, its stem",
     .more = "A short name of the protocols zubda-none, zubda-norm and "
             "zubda-light; by default what --protocol says."},
    {.kind = ZUB_OPTION_STRING,
     .name = "protocol",
     .letter = 'p',
     .is_main = true,
     AT(protocol),
     .metavar = "NAME",
     .name_at = zub_protocol_name,
     .about_at = zub_protocol_about,
     .low = 1,
     .about = "the rules of words and scores (default zubda-norm)"},
    {.kind = ZUB_OPTION_CHOICE,
     .name = "references",
     AT(several),
     .metavar = "HOW",
     .choices = severals,
     .about = "how several references become one score",
     .more = "By itself mean, and with rouge-1.5.5 pooled, its -f A; best is "
             "its -f B."},
    {.kind = ZUB_OPTION_REAL,
     .name = "beta",
     AT(beta),
     .metavar = "BETA",
     .low = 0,
     .high = 1000,
     .fallback = "1",
     .about = "weight of recall in F: above 1 more than precision"},
    {.kind = ZUB_OPTION_COUNT,
     .name = "limit-words",
     AT(limit_words),
     .metavar = "N",
     .low = 1,
     .about = "cut each text after N words"},
    {.kind = ZUB_OPTION_COUNT,
     .name = "limit-text",
     AT(limit_text),
     .metavar = "N",
     .low = 1,
     .about = "cut each text after N bytes"},
    {.kind = ZUB_OPTION_FLAG,
     .name = "stem",
     AT(stem),
     .about = "rouge-1.5.5: Porter stems of words of 4 letters and more"},
    {.kind = ZUB_OPTION_STRING,
     .name = "stem-exceptions",
     .needs = "stem",
     AT(exceptions_file),
     .metavar = "FILE",
     .low = 1,
     .offer = ZUB_OFFER_FILE,
     .about = "words not to stem by rule: \"word stem\" a line"},
    {.kind = ZUB_OPTION_STRING,
     .name = "stop",
     AT(stop_file),
     .metavar = "FILE",
     .low = 1,
     .offer = ZUB_OFFER_FILE,
     .about = "words to leave out, one a line"},
    ZUB_FORMAT_OPTION(formats),
    {.kind = ZUB_OPTION_END},
};

static const zub_option *const tables[] = {
    zub_answer_options, zub_input_options, zub_help_options, NULL};

const zub_command zub_command_evaluate = {
    .name = "evaluate",
    .about = "quality of summaries, or of search, against references",
    .is_minor = true,
    .operands = "rouge|trec [file...]",
    .first = "rouge",
    .description = description,
    .examples = examples,
    .options = options,
    .reads_articles = true,
    .shared = tables,
    .settings_size = sizeof(settings),
    .run = run,
};
