/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* similar.c - `zubda similar`: articles that are like a text, like one of
 * them, or like each other.
 *
 * One question is answered by one walk over the rows, made as they are read;
 * all of them by lists of who has which term. Scores are the same. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/algebra.h"
#include "cli/bytes.h"
#include "cli/command.h"
#include "cli/counting.h"
#include "cli/destination.h"
#include "cli/folder.h"
#include "cli/message.h"
#include "cli/nearest.h"
#include "cli/seen.h"
#include "cli/titles.h"
#include "cli/watch.h"

#define NEIGHBOURS 10
#define ID_SHOWN 300 /* bytes of an id in a message */

typedef struct settings {
    zub_counting counting;
    const char *query, *id, *weight, *measure;
    size_t k, lsa;
    double min_score;
    bool all, explain;
} settings;

typedef struct similar_run {
    const settings *asked;
    const char *const *operands;
    size_t operand_count;
    zub_intake intake;
    zub_destination *destination;
    zub_bytes text; /* of --query - */
    zub_slice query;
    zub_state *state;
    zub_matrix *matrix;
    zub_query *question;  /* of one */
    zub_similar *similar; /* of all */
    zub_svd *svd;         /* with --lsa */
    zub_latent *latent;   /* its rows */
    zub_similar_writer *writer;
    zub_similar_term *terms; /* [term_capacity], of a line */
    size_t term_capacity;
    zub_bytes names; /* of these terms */
    uint64_t found;  /* neighbours */
    zub_error error;
} similar_run;

/* ---- What was asked ---- */

static zub_status refuse(similar_run *run, const char *text)
{
    return zub_message_into(&run->error, ZUB_EINVAL, "%s", text);
}

static bool asks_all(const settings *asked)
{
    return asked->query == NULL && asked->id == NULL;
}

/* -o X.npy takes vectors, not answers. */
static bool wants_vectors(const settings *asked)
{
    const char *output = asked->counting.common.output;
    size_t size = output != NULL ? strlen(output) : 0;

    return size > 4 && strcmp(output + size - 4, ".npy") == 0;
}

static bool reads_query(const similar_run *run)
{
    const char *query = run->asked->query;

    return query != NULL && strcmp(query, "-") == 0;
}

static zub_status check_settings(similar_run *run, bool has_state)
{
    const settings *asked = run->asked;
    int ways = (asked->query != NULL) + (asked->id != NULL) + asked->all;
    zub_status status = ZUB_OK;

    if (ways > 1)
        return refuse(run, "--query, --id and --all are three questions (ask "
                           "one)");
    if (reads_query(run) &&
        (run->operand_count == 0 ||
         zub_common_stdins(run->operands, run->operand_count) > 0))
        return refuse(run, "standard input is the query: the articles must "
                           "be files");
    if (asked->lsa > 0 && asked->explain)
        return refuse(run, "dimensions are no terms: --explain and --lsa do "
                           "not go together");
    if (asked->lsa == 0 && wants_vectors(asked))
        return refuse(run, "a .npy is of vectors (ask for them with --lsa K)");
    if (has_state)
        status = zub_counting_check_idle(&asked->counting, &run->error);
    if (status == ZUB_OK)
        status = zub_spill_check(&asked->counting.spill, &run->error);
    return status != ZUB_OK || asked->weight == NULL
               ? status
               : zub_weight_check(asked->weight, &run->error);
}

static zub_similar_options options_of(const settings *asked)
{
    size_t few = asked->min_score > 0 ? SIZE_MAX : NEIGHBOURS;

    return (zub_similar_options){
        .measure = asked->measure,
        .k = asked->k > 0 ? asked->k : few,
        .min_score = asked->min_score,
        .threads = (unsigned)asked->counting.common.threads,
    };
}

/* ---- Opening ---- */

static zub_status read_query(similar_run *run)
{
    uint64_t limit = run->asked->counting.common.limit_bytes;
    char room[1 << 14];
    ssize_t got = 0;

    run->query = (zub_slice){
        run->asked->query, run->asked->query ? strlen(run->asked->query) : 0};
    if (!reads_query(run))
        return ZUB_OK;
    while ((got = read(STDIN_FILENO, room, sizeof room)) > 0) {
        if (limit > 0 && run->text.size + (size_t)got > limit)
            return zub_message_into(&run->error, ZUB_ELIMIT,
                                    "the query has more than %llu bytes (see "
                                    "--limit-bytes)",
                                    (unsigned long long)limit);
        if (zub_bytes_write(&run->text, room, (size_t)got) != ZUB_OK)
            return ZUB_ENOMEM;
    }
    run->query = (zub_slice){run->text.data, run->text.size};
    return got == 0 ? ZUB_OK
                    : zub_message_into(&run->error, ZUB_EIO,
                                       "cannot read the query");
}

static zub_status open_writer(similar_run *run, uint64_t articles)
{
    const settings *asked = run->asked;
    zub_similar_look look = {
        .format = (zub_format)asked->counting.common.format,
        .explain = asked->explain,
        .of_query = asked->query != NULL,
        .with_heads = asks_all(asked) && articles > 1,
        .isolate = run->destination->is_terminal,
    };

    if (wants_vectors(asked))
        return ZUB_OK;
    return zub_similar_writer_open(&run->writer, &look,
                                   zub_destination_sink(run->destination),
                                   &run->error);
}

static zub_status open_inputs(similar_run *run, bool has_state)
{
    const zub_common *common = &run->asked->counting.common;

    if (!has_state)
        return zub_intake_open(&run->intake, common, run->operands,
                               run->operand_count, &run->error);
    zub_status status =
        zub_counting_open(&run->state, run->operands[0], &run->error);
    return status == ZUB_OK
               ? zub_folder_open_models(&run->intake.models, common->models,
                                        common->quiet, &run->error)
               : status;
}

static zub_status open_all(similar_run *run)
{
    const zub_common *common = &run->asked->counting.common;
    bool has_state;
    zub_status status = zub_counting_find_state(
        &has_state, run->operands, run->operand_count, &run->error);

    run->intake.common = common;
    if (status == ZUB_OK)
        status = check_settings(run, has_state);
    if (status == ZUB_OK && run->asked->lsa > 0)
        status = zub_algebra_prepare(&run->error);
    if (status == ZUB_OK)
        status = zub_destination_open(run->destination, common->output,
                                      &run->error);
    if (status == ZUB_OK)
        status = open_inputs(run, has_state);
    return status == ZUB_OK ? read_query(run) : status;
}

/* ---- From articles to a matrix ---- */

static zub_status count_articles(similar_run *run)
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

static const char *weight_of(const settings *asked)
{
    return asked->weight ? asked->weight : asked->counting.compat;
}

static zub_status make_matrix(similar_run *run)
{
    const zub_counting *counting = &run->asked->counting;
    bool spills = counting->spill.memory > 0;
    zub_matrix_options options = {
        .weight = weight_of(run->asked),
        .folder = spills ? zub_spill_folder(&counting->spill) : NULL,
        .threads = (unsigned)counting->common.threads,
    };

    return zub_matrix_new(&run->matrix, run->state, &options, &run->error);
}

/* ---- Ids ---- */

static int shown(zub_slice id)
{
    return (int)(id.size < ID_SHOWN ? id.size : ID_SHOWN);
}

static bool is_named(zub_slice id, const char *name)
{
    size_t size = strlen(name);

    return id.size == size && memcmp(id.data, name, size) == 0;
}

/* Articles that cannot be told apart by their ids are named: an answer may be
 * either. */
static zub_status name_twins(similar_run *run)
{
    uint64_t rows = zub_matrix_measure(run->matrix).rows, twins = 0;
    zub_seen seen = {0};
    zub_slice first = {0};
    zub_status status = ZUB_OK;

    for (uint64_t row = 0; row < rows && status == ZUB_OK; row++) {
        zub_slice id = zub_matrix_id(run->matrix, row);
        bool is_new = true;
        status = zub_seen_add(&seen, id, &is_new);
        if (!is_new && twins++ == 0)
            first = id;
    }
    zub_seen_release(&seen);
    if (twins > 0 && !run->asked->counting.common.quiet)
        zub_message("%llu article%s the id of one before, the first '%.*s'",
                    (unsigned long long)twins, twins == 1 ? " has" : "s have",
                    shown(first), first.data);
    return status;
}

static zub_status no_such_id(similar_run *run)
{
    uint64_t rows = zub_matrix_measure(run->matrix).rows;
    char names[2][ID_SHOWN + 1] = {"", ""};
    zub_nearest nearest = {.typed = run->asked->id};
    unsigned turn = 0;

    for (uint64_t row = 0; row < rows; row++) {
        zub_slice id = zub_matrix_id(run->matrix, row);
        char *name = names[turn];
        const char *before = nearest.name;
        memcpy(name, id.data, (size_t)shown(id));
        name[shown(id)] = '\0';
        zub_nearest_try(&nearest, name);
        turn ^= nearest.name != before;
    }
    return nearest.name != NULL
               ? zub_message_into(&run->error, ZUB_ENOTFOUND,
                                  "no article has the id '%.150s' (did you "
                                  "mean '%.150s'?)",
                                  run->asked->id, nearest.name)
               : zub_message_into(&run->error, ZUB_ENOTFOUND,
                                  "no article has the id '%.300s'",
                                  run->asked->id);
}

static zub_status find_row(similar_run *run, uint64_t *row)
{
    uint64_t rows = zub_matrix_measure(run->matrix).rows;

    for (*row = 0; *row < rows; ++*row)
        if (is_named(zub_matrix_id(run->matrix, *row), run->asked->id))
            return ZUB_OK;
    return no_such_id(run);
}

/* ---- A line ---- */

/* Names of the columns, one behind the other: they are had one at a time, and
 * the bytes move while they grow. */
static zub_status name_terms(similar_run *run, const zub_bonds *bonds)
{
    zub_status status = ZUB_OK;

    run->names.size = 0;
    for (size_t i = 0; i < bonds->count && status == ZUB_OK; i++) {
        zub_matrix_term term;
        status = zub_matrix_term_at(&term, run->matrix, bonds->items[i].column,
                                    &run->error);
        if (status != ZUB_OK)
            break;
        run->terms[i] = (zub_similar_term){{NULL, term.surface.size},
                                           bonds->items[i].share};
        status =
            zub_bytes_write(&run->names, term.surface.data, term.surface.size);
    }
    const char *at = run->names.data;
    for (size_t i = 0; i < bonds->count && status == ZUB_OK; i++) {
        run->terms[i].term.data = at;
        at += run->terms[i].term.size;
    }
    return status;
}

static zub_status take_terms(similar_run *run, zub_similar_line *line,
                             const zub_bonds *bonds)
{
    if (bonds->count > run->term_capacity) {
        zub_similar_term *terms =
            realloc(run->terms, bonds->count * sizeof *terms);
        if (terms == NULL)
            return ZUB_ENOMEM;
        run->terms = terms;
        run->term_capacity = bonds->count;
    }
    line->terms = run->terms;
    line->term_count = bonds->count;
    return name_terms(run, bonds);
}

static zub_status explain(similar_run *run, zub_similar_line *line,
                          const zub_vector *asked, const zub_vector *found)
{
    zub_bonds *bonds;
    zub_status status = zub_similar_explain(&bonds, asked, found,
                                            run->asked->measure, &run->error);

    if (status == ZUB_OK)
        status = take_terms(run, line, bonds);
    zub_bonds_free(bonds);
    return status;
}

static zub_status write_line(similar_run *run, const zub_alike *alike,
                             zub_slice title, const zub_vector *asked,
                             const zub_vector *found)
{
    zub_similar_line line = {.id = zub_matrix_id(run->matrix, alike->row),
                             .title = title,
                             .score = alike->score};
    zub_status status = ZUB_OK;

    run->found++;
    if (run->asked->explain)
        status = explain(run, &line, asked, found);
    return status == ZUB_OK ? zub_similar_writer_add(run->writer, &line)
                            : status;
}

/* ---- One question ---- */

static zub_status write_one(similar_run *run, const zub_vector *asked,
                            const zub_alike *alike, zub_slice title)
{
    zub_query *row = NULL;
    zub_vector found = {0};
    zub_status status = ZUB_OK;

    if (run->asked->explain)
        status = zub_query_new_row(&row, run->matrix, alike->row, &run->error);
    if (row != NULL)
        found = zub_query_vector(row);
    if (status == ZUB_OK)
        status = write_line(run, alike, title, asked, &found);
    zub_query_free(row);
    return status;
}

static zub_status read_titles(similar_run *run, zub_titles *titles,
                              const zub_alikes *alikes)
{
    const zub_common *common = &run->asked->counting.common;
    zub_slice *ids;

    if (common->format != ZUB_FORMAT_TEXT || run->intake.corpus == NULL)
        return ZUB_OK;
    ids = calloc(alikes->count + 1, sizeof *ids);
    if (ids == NULL)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < alikes->count; i++)
        ids[i] = zub_matrix_id(run->matrix, alikes->items[i].row);
    zub_status status = zub_titles_read(
        titles, common, run->operands, run->operand_count, ids, alikes->count);
    free(ids);
    return status;
}

static zub_status write_answer(similar_run *run, const zub_vector *asked,
                               const zub_alikes *alikes)
{
    zub_slice name = run->query;
    zub_titles titles = {0};
    zub_status status = read_titles(run, &titles, alikes);

    if (run->asked->id != NULL)
        name = (zub_slice){run->asked->id, strlen(run->asked->id)};
    if (status == ZUB_OK)
        status = zub_similar_writer_begin(run->writer, name);
    for (size_t i = 0; i < alikes->count && status == ZUB_OK; i++)
        status = write_one(run, asked, &alikes->items[i],
                           zub_titles_of(&titles, i));
    zub_titles_close(&titles);
    return status == ZUB_OK ? zub_similar_writer_end(run->writer) : status;
}

/* Why there is no neighbour, if it is the question's fault. */
static void name_empty(const similar_run *run, const zub_vector *asked)
{
    if (asked->size > 0 || run->asked->counting.common.quiet)
        return;
    if (run->asked->query != NULL)
        zub_message("no article has a word of the query");
    else
        zub_message("article '%.300s' has no words", run->asked->id);
}

static zub_status take_question(similar_run *run, uint64_t *self)
{
    const settings *asked = run->asked;

    *self = ZUB_NO_ROW;
    if (asked->query != NULL)
        return zub_query_new(&run->question, run->state, run->query,
                             weight_of(asked), run->intake.models,
                             asked->counting.common.lexicon, &run->error);
    zub_status status = find_row(run, self);
    return status == ZUB_OK ? zub_query_new_row(&run->question, run->matrix,
                                                *self, &run->error)
                            : status;
}

static zub_status answer_one(similar_run *run)
{
    zub_similar_options options = options_of(run->asked);
    zub_alikes *alikes = NULL;
    uint64_t self;
    zub_status status = take_question(run, &self);

    if (status != ZUB_OK)
        return status;
    zub_vector asked = zub_query_vector(run->question);
    name_empty(run, &asked);
    status = zub_similar_scan(&alikes, run->matrix, &asked, self, &options,
                              &run->error);
    if (status == ZUB_OK)
        status = write_answer(run, &asked, alikes);
    zub_alikes_free(alikes);
    return status;
}

/* ---- All questions ---- */

static zub_vector row_of(const similar_run *run, uint64_t row)
{
    return run->similar != NULL ? zub_similar_row(run->similar, row)
                                : (zub_vector){0};
}

static zub_status take(void *context, uint64_t row, const zub_alike *alikes,
                       size_t count)
{
    similar_run *run = context;
    zub_vector asked = row_of(run, row);
    zub_status status =
        zub_similar_writer_begin(run->writer, zub_matrix_id(run->matrix, row));

    for (size_t i = 0; i < count && status == ZUB_OK; i++) {
        zub_vector found = row_of(run, alikes[i].row);
        status = write_line(run, &alikes[i], (zub_slice){0}, &asked, &found);
    }
    return status == ZUB_OK ? zub_similar_writer_end(run->writer) : status;
}

static zub_status check_memory(similar_run *run)
{
    zub_matrix_size size = zub_matrix_measure(run->matrix);
    uint64_t least = zub_similar_memory(&size);
    uint64_t memory = run->asked->counting.spill.memory;

    return memory == 0 || least <= memory
               ? ZUB_OK
               : zub_message_into(&run->error, ZUB_ELIMIT,
                                  "--all takes lists of %llu MiB, more than "
                                  "--memory (--id asks for one article "
                                  "without them)",
                                  (unsigned long long)(least >> 20) + 1);
}

static zub_status answer_all(similar_run *run)
{
    zub_similar_options options = options_of(run->asked);
    zub_similar_taker taker = {run, take};
    zub_status status = check_memory(run);

    if (status == ZUB_OK)
        status =
            zub_similar_new(&run->similar, run->matrix, &options, &run->error);
    return status == ZUB_OK
               ? zub_similar_each(run->similar, &taker, &run->error)
               : status;
}

/* ---- In few dimensions ---- */

static zub_status reduce(similar_run *run)
{
    const settings *asked = run->asked;
    zub_svd_options reduction = {
        .k = asked->lsa, .threads = (unsigned)asked->counting.common.threads};
    zub_similar_options options = options_of(asked);
    zub_status status =
        zub_svd_new(&run->svd, run->matrix, &reduction, &run->error);

    if (status != ZUB_OK)
        return status;
    size_t k = zub_svd_about(run->svd).k;
    if (k < asked->lsa && !asked->counting.common.quiet)
        zub_message("the articles have %zu dimension%s, not %zu", k,
                    k == 1 ? "" : "s", asked->lsa);
    return zub_latent_new(&run->latent, zub_svd_rows(run->svd), &options,
                          &run->error);
}

/* Where the question lies; [dimensions], yours to free. */
static zub_status find_point(similar_run *run, float **point)
{
    size_t k = zub_svd_about(run->svd).k;
    zub_vector asked = zub_query_vector(run->question);

    *point = calloc(k + 1, sizeof **point);
    if (*point == NULL)
        return ZUB_ENOMEM;
    name_empty(run, &asked);
    return zub_latent_project(*point, zub_svd_components(run->svd), &asked,
                              &run->error);
}

static zub_status answer_point(similar_run *run)
{
    float *point = NULL;
    zub_alikes *alikes = NULL;
    uint64_t self;
    zub_status status = take_question(run, &self);

    if (status == ZUB_OK)
        status = find_point(run, &point);
    if (status == ZUB_OK && self != ZUB_NO_ROW) {
        zub_dense rows = zub_svd_rows(run->svd);
        status = zub_latent_scan(&alikes, run->latent,
                                 rows.values + self * rows.columns, self,
                                 &run->error);
    } else if (status == ZUB_OK)
        status =
            zub_latent_scan(&alikes, run->latent, point, self, &run->error);
    if (status == ZUB_OK)
        status = write_answer(run, NULL, alikes);
    zub_alikes_free(alikes);
    free(point);
    return status;
}

static zub_status answer_reduced(similar_run *run)
{
    zub_similar_taker taker = {run, take};
    zub_status status = reduce(run);

    if (status != ZUB_OK)
        return status;
    if (wants_vectors(run->asked)) {
        zub_dense rows = zub_svd_rows(run->svd);
        run->found = rows.rows;
        return zub_render_npy(rows, zub_destination_sink(run->destination),
                              &run->error);
    }
    return asks_all(run->asked)
               ? zub_latent_each(run->latent, &taker, &run->error)
               : answer_point(run);
}

/* ---- The whole ---- */

static zub_status answer_by_terms(similar_run *run)
{
    return asks_all(run->asked) ? answer_all(run) : answer_one(run);
}

/* An empty answer to "which are alike?" is told of where it says nothing. */
static void name_lone(const similar_run *run)
{
    const settings *asked = run->asked;

    if (asks_all(asked) && !wants_vectors(asked) &&
        !asked->counting.common.quiet &&
        zub_matrix_measure(run->matrix).rows == 1)
        zub_message("there is 1 article, and no other that it could be like");
}

static zub_status answer(similar_run *run)
{
    zub_status status = make_matrix(run);

    if (status == ZUB_OK)
        status = name_twins(run);
    if (status == ZUB_OK)
        status = open_writer(run, zub_matrix_measure(run->matrix).rows);
    if (status == ZUB_OK)
        name_lone(run);
    if (status == ZUB_OK)
        status =
            run->asked->lsa > 0 ? answer_reduced(run) : answer_by_terms(run);
    return status;
}

static zub_status answer_and_finish(similar_run *run)
{
    zub_status status = run->state != NULL ? answer(run) : open_writer(run, 0);

    if (status == ZUB_OK && !wants_vectors(run->asked))
        status = zub_similar_writer_close(run->writer);
    if (status != ZUB_OK && run->destination->error == 0)
        return status;
    return zub_destination_commit(run->destination, &run->error);
}

/* Without articles the answer is empty; failures alone have none. */
static bool has_answer(const similar_run *run)
{
    return run->state != NULL ||
           (run->intake.failures == 0 && !run->intake.is_stopped);
}

static zub_status work(similar_run *run)
{
    const zub_common *common = &run->asked->counting.common;
    zub_watch watch;
    bool has_corpus = run->intake.corpus != NULL;

    zub_watch_start(&watch, run->intake.corpus, run->destination,
                    has_corpus ? common->progress : -1, common->quiet);
    zub_status status = count_articles(run);
    if (status == ZUB_OK && has_answer(run))
        status = answer_and_finish(run);
    zub_watch_stop(&watch);
    return status;
}

static void release(similar_run *run)
{
    zub_similar_writer_free(run->writer);
    zub_destination_close(run->destination);
    free(run->destination);
    free(run->terms);
    zub_bytes_release(&run->names);
    zub_bytes_release(&run->text);
    zub_query_free(run->question);
    zub_similar_free(run->similar);
    zub_latent_free(run->latent);
    zub_svd_free(run->svd);
    zub_matrix_free(run->matrix);
    zub_state_free(run->state);
    zub_intake_close(&run->intake);
}

/* One question without an answer found nothing. */
static int exit_of(const similar_run *run)
{
    int code =
        zub_counting_exit(&run->asked->counting, &run->intake, run->state);

    return code == ZUB_EXIT_DONE && run->found == 0 && !asks_all(run->asked)
               ? ZUB_EXIT_NOTHING
               : code;
}

static int run(const void *context, const char *const *operands, size_t count)
{
    similar_run run = {.asked = context,
                       .operands = operands,
                       .operand_count = count,
                       .destination = calloc(1, sizeof *run.destination)};

    if (run.destination == NULL) {
        zub_message("out of memory");
        return ZUB_EXIT_RESOURCE;
    }
    zub_status status = open_all(&run);
    if (status == ZUB_OK)
        status = work(&run);
    if (status != ZUB_OK)
        zub_message("%s", run.error.message[0] ? run.error.message
                                               : zub_status_text(status));
    int code = status != ZUB_OK ? zub_exit_of(status) : exit_of(&run);
    release(&run);
    return code;
}

/* ---- The table ---- */

static const char *const description[] = {
    "Finds the articles that are most like a text, like one article, or like "
    "each of them, by the terms they share: words, folded and stemmed, stop "
    "words among them unless --drop-stop-words. Scores are exact; of equal "
    "ones the article that was read first stands first. An article is no "
    "neighbour of its own, and one that shares nothing is none. Where --query "
    "or --id has none the exit code is 1.",
    "The query is counted and weighed as an article would be. Without --lang "
    "a short one is in the language in which the articles know most of it.",
    "In place of articles one state may be named that zubda count --rows "
    "wrote, FILE.zub: its articles stand by id, and it has no titles.",
    "--query and --id take the memory of counting alone. --all holds every "
    "article, about 20 bytes for each of its terms.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda similar --query 'oil prices' news/", "the ten articles nearest"},
    {"zubda similar --id a17 --explain a.jsonl", "and which terms made it so"},
    {"zubda similar --all --min-score .8 a.jsonl", "every pair so alike"},
    {NULL, NULL},
};

static const zub_option options[] = {
    {.kind = ZUB_OPTION_STRING,
     .name = "query",
     .is_main = true,
     .offset = offsetof(settings, query),
     .metavar = "TEXT",
     .about = "articles like this text (-: standard input)"},
    {.kind = ZUB_OPTION_STRING,
     .name = "id",
     .is_main = true,
     .offset = offsetof(settings, id),
     .metavar = "ID",
     .about = "articles like the one with this id",
     .more = "Of several with one id the first."},
    {.kind = ZUB_OPTION_FLAG,
     .name = "all",
     .offset = offsetof(settings, all),
     .about = "articles like each article (default)"},
    {.kind = ZUB_OPTION_COUNT,
     .name = "neighbours",
     .letter = 'k',
     .is_main = true,
     .offset = offsetof(settings, k),
     .metavar = "N",
     .low = 1,
     .about = "at most N of each (default 10)",
     .more = "With --min-score the default is all."},
    {.kind = ZUB_OPTION_REAL,
     .name = "min-score",
     .is_main = true,
     .offset = offsetof(settings, min_score),
     .metavar = "X",
     .high = 1,
     .about = "only those that score X or more"},
    {.kind = ZUB_OPTION_STRING,
     .name = "measure",
     .letter = 'm',
     .is_main = true,
     .offset = offsetof(settings, measure),
     .metavar = "NAME",
     .name_at = zub_similar_name,
     .about_at = zub_similar_about,
     .fallback = "cosine",
     .about = "how alike is measured"},
    {.kind = ZUB_OPTION_COUNT,
     .name = "lsa",
     .is_main = true,
     .offset = offsetof(settings, lsa),
     .metavar = "K",
     .low = 1,
     .about = "in K dimensions (latent semantic analysis)",
     .more =
         "Of the truncated singular value decomposition of the weights, in "
         "which words that go together are near. Takes about 20 bytes for "
         "each term of an article and 8 * K for each article. With -o "
         "X.npy the articles' vectors are written, for numpy.load, in "
         "place of answers."},
    {.kind = ZUB_OPTION_STRING,
     .name = "weight",
     .letter = 'w',
     .offset = offsetof(settings, weight),
     .metavar = "NAME",
     .name_at = zub_weight_name,
     .about_at = zub_weight_about,
     .is_open = true,
     .low = 1,
     .about = "what a count is worth (default tfidf)",
     .more = "As in zubda vectorize."},
    {.kind = ZUB_OPTION_FLAG,
     .name = "explain",
     .letter = 'e',
     .is_main = true,
     .offset = offsetof(settings, explain),
     .about = "the terms that made it so, with their share",
     .more = "Shares of a pair sum to 1. In text the five largest are shown "
             "and the others summed up; elsewhere all of them are."},
    ZUB_FORMAT_OPTION(zub_table_formats),
    {.kind = ZUB_OPTION_ALIAS,
     .name = "json",
     .fallback = "format=json",
     .about = "the same as --format json"},
    ZUB_OUTPUT_OPTION("FILE", "write to FILE, all at once at the end"),
    {.kind = ZUB_OPTION_END},
};

const zub_command zub_command_similar = {
    .name = "similar",
    .about = "articles that are alike",
    .operands = "[file...]",
    .description = description,
    .examples = examples,
    .options = options,
    .reads_articles = true,
    .shared = zub_counting_tables,
    .settings_size = sizeof(settings),
    .run = run,
};
