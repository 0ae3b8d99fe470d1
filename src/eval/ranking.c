/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* ranking.c - zub_judgements_* and zub_ranking_* of zubda.h. A run is evaluated
 * when it is opened. */
#include "eval/ranking.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "eval/ranked_room.h"

struct zub_judgements {
    zub_judgements_kind kind;
    zub_trec_lines lines;
};

zub_status zub_judgements_open(zub_judgements **out, const char *path,
                               zub_judgements_kind kind, zub_error *error)
{
    zub_judgements *judgements = zub_alloc_zero(1, sizeof *judgements);

    *out = NULL;
    if (!judgements)
        return zub_fail_memory(error);
    zub_error_clear(error);
    judgements->kind = kind;
    zub_status status =
        zub_trec_read_judgements(&judgements->lines, path, kind, error);
    if (status == ZUB_OK)
        *out = judgements;
    else
        zub_free(judgements);
    return status;
}

void zub_judgements_free(zub_judgements *judgements)
{
    if (!judgements)
        return;
    zub_trec_lines_release(&judgements->lines);
    zub_free(judgements);
}

const char *zub_ranking_measure_name(size_t i)
{
    const zub_ranked_measure *measure = zub_ranked_measure_at(i);

    return measure ? measure->name : NULL;
}

const char *zub_ranking_measure_about(size_t i)
{
    const zub_ranked_measure *measure = zub_ranked_measure_at(i);

    return measure ? measure->about : NULL;
}

/* ---- One query ---- */

typedef struct evaluation {
    zub_ranking *ranking;
    const zub_judgements *judgements;
    const zub_ranking_options *options;
    zub_ranked_room room;
    zub_zscores zscores;
    zub_error *error;
} evaluation;

/* What the run has for a query, best first. */
typedef struct answer {
    const zub_trec_line *lines; /* [count] */
    size_t count;
} answer;

static answer find_answer(const evaluation *e, const zub_trec_query *query)
{
    const zub_trec_lines *run = &e->ranking->run;
    const zub_trec_query *asked = zub_trec_find_query(run, query->name);
    size_t count = asked ? asked->end - asked->start : 0;
    size_t most = e->options->most;

    return (answer){.lines = asked ? run->items + asked->start : NULL,
                    .count = most > 0 && most < count ? most : count};
}

/* Adds to the values of a query. */
static void measure(const zub_ranking *ranking, double *values,
                    zub_ranked ranked)
{
    for (size_t i = 0; i < ranking->column_count; i++) {
        const zub_measured_column *column = &ranking->columns[i];
        ranked.given = &column->given;
        if (column->measure->value)
            values[i] += column->measure->value(&ranked, column->parameter);
    }
}

static char mark_of(int level)
{
    if (level > 9)
        return '>';
    if (level >= 0)
        return (char)('0' + level);
    return level == ZUB_UNPOOLED ? '-' : '.';
}

/* As many levels as the texts of the ranking show. */
static zub_status add_text(zub_ranking *ranking, const zub_ranked *ranked)
{
    size_t start = ranking->text_starts[ranking->query_count], size = 0;

    for (size_t i = 0; i < ranking->column_count; i++) {
        const zub_measured_column *column = &ranking->columns[i];
        if (!column->measure->value && column->parameter > (double)size)
            size = column->parameter < (double)ranked->count
                       ? (size_t)column->parameter
                       : ranked->count;
    }
    if (size > 0 &&
        !zub_grow(&ranking->texts, &ranking->text_capacity, start + size, 1))
        return ZUB_ENOMEM;
    for (size_t i = 0; i < size; i++)
        ranking->texts[start + i] = mark_of(ranked->levels[i]);
    ranking->text_starts[ranking->query_count + 1] = start + size;
    return ZUB_OK;
}

static zub_status by_qrels(evaluation *e, double *values,
                           const zub_trec_query *query, answer those)
{
    zub_ranking *ranking = e->ranking;
    int level = e->options->level ? e->options->level : 1;
    zub_ranked ranked =
        zub_ranked_read(&e->room, level, those.lines, those.count,
                        &e->judgements->lines, query);

    measure(ranking, values, ranked);
    return add_text(ranking, &ranked);
}

static zub_status by_judges(evaluation *e, double *values,
                            const zub_trec_query *query, answer those)
{
    const zub_trec_lines *judged = &e->judgements->lines;
    int level = e->options->level ? e->options->level : 1;
    size_t judges = 0;

    for (size_t start = query->start; start < query->end; judges++) {
        zub_trec_query rows = zub_trec_judge_at(judged, query, start);
        zub_ranked ranked = zub_ranked_read(&e->room, level, those.lines,
                                            those.count, judged, &rows);
        measure(e->ranking, values, ranked);
        start = rows.end;
    }
    for (size_t i = 0; i < e->ranking->column_count; i++)
        values[i] /= (double)judges;
    return ZUB_OK;
}

/* Says of which query an error is. */
static zub_status name_query(zub_status status, const zub_trec_query *query,
                             zub_error *error)
{
    if (!error || status == ZUB_ENOMEM)
        return status;
    zub_error first = *error;
    size_t size = query->name.size < 60 ? query->name.size : 60;
    return zub_fail(error, status, "query '%.*s': %.200s", (int)size,
                    query->name.data, first.message);
}

static zub_status by_preferences(evaluation *e, double *values,
                                 const zub_trec_query *query, answer those)
{
    zub_preferences preferences;
    zub_ranked ranked = {.preferences = &preferences};
    zub_status status = zub_preferences_count(
        &preferences, e->judgements->lines.items + query->start,
        query->end - query->start, those.lines, those.count, e->error);

    if (status != ZUB_OK)
        return name_query(status, query, e->error);
    measure(e->ranking, values, ranked);
    zub_preferences_release(&preferences);
    return ZUB_OK;
}

typedef zub_status evaluate_by(evaluation *e, double *values,
                               const zub_trec_query *query, answer those);

static evaluate_by *const ways[] = {
    [ZUB_QRELS] = by_qrels,
    [ZUB_QRELS_JUDGES] = by_judges,
    [ZUB_PREFERENCES] = by_preferences,
    [ZUB_QRELS_PREFERENCES] = by_preferences,
};

static void standardise(const evaluation *e, double *values, zub_slice query)
{
    const zub_ranking *ranking = e->ranking;

    for (size_t i = 0; i < ranking->column_count; i++) {
        const zub_measured_column *column = &ranking->columns[i];
        zub_slice name = {column->name + 1, strlen(column->name + 1)};
        if (column->measure->over == ZUB_OVER_GEOMETRIC)
            values[i] = log(fmax(values[i], ZUB_GEOMETRIC_LEAST));
        if (column->measure->value)
            values[i] = zub_zscores_of(&e->zscores, query, name, values[i]);
    }
}

static zub_status evaluate_query(evaluation *e, const zub_trec_query *query)
{
    zub_ranking *ranking = e->ranking;
    double *values =
        ranking->values + ranking->query_count * ranking->column_count;

    for (size_t i = 0; i < ranking->column_count; i++)
        values[i] = 0;
    zub_status status =
        ways[e->judgements->kind](e, values, query, find_answer(e, query));
    if (status != ZUB_OK)
        return status;
    if (e->options->zscores)
        standardise(e, values, query->name);
    ranking->names[ranking->query_count++] = query->name;
    return ZUB_OK;
}

/* ---- A run ---- */

static zub_status make_room(evaluation *e)
{
    zub_ranking *ranking = e->ranking;
    const zub_trec_lines *judged = &e->judgements->lines;
    size_t most = judged->query_count, columns = ranking->column_count;

    ranking->names = zub_alloc(most, sizeof *ranking->names);
    ranking->text_starts = zub_alloc_zero(most + 1, sizeof(size_t));
    if (columns < SIZE_MAX / sizeof(double) / (most + 1))
        ranking->values = zub_alloc(most, columns * sizeof(double));
    if (!ranking->names || !ranking->text_starts || !ranking->values)
        return ZUB_ENOMEM;
    return zub_ranked_room_init(&e->room, &ranking->run, judged);
}

static zub_status evaluate_all(evaluation *e)
{
    const zub_trec_lines *judged = &e->judgements->lines;
    zub_status status = make_room(e);

    for (size_t i = 0; i < judged->query_count && status == ZUB_OK; i++) {
        const zub_trec_query *query = &judged->queries[i];
        bool is_asked =
            zub_trec_find_query(&e->ranking->run, query->name) != NULL;
        e->ranking->facts.missing += !is_asked;
        if (is_asked || e->options->is_complete)
            status = evaluate_query(e, query);
    }
    zub_ranked_room_release(&e->room);
    return status == ZUB_ENOMEM ? zub_fail_memory(e->error) : status;
}

static zub_status evaluate(evaluation *e)
{
    const char *path = e->options->zscores;
    zub_status status =
        path ? zub_zscores_open(&e->zscores, path, e->error) : ZUB_OK;

    if (status != ZUB_OK)
        return status;
    status = evaluate_all(e);
    if (path)
        zub_zscores_close(&e->zscores);
    return status;
}

static void count_facts(zub_ranking *ranking, const zub_judgements *judgements,
                        const zub_ranking_options *options)
{
    const zub_trec_lines *run = &ranking->run;

    for (size_t i = 0; i < run->query_count; i++)
        ranking->facts.unjudged +=
            zub_trec_find_query(&judgements->lines, run->queries[i].name) ==
            NULL;
    ranking->facts.queries = ranking->query_count;
    ranking->facts.columns = ranking->column_count;
    ranking->facts.tag = run->tag;
    ranking->facts.is_zscores = options->zscores != NULL;
}

static bool is_of_preferences(const zub_judgements *judgements)
{
    return judgements->kind == ZUB_PREFERENCES ||
           judgements->kind == ZUB_QRELS_PREFERENCES;
}

static zub_status open_ranking(zub_ranking *ranking,
                               const zub_judgements *judgements,
                               const char *path,
                               const zub_ranking_options *options,
                               zub_error *error)
{
    evaluation e = {.ranking = ranking,
                    .judgements = judgements,
                    .options = options,
                    .error = error};
    zub_status status =
        zub_ranking_choose_columns(ranking, judgements->kind, options, error);

    if (status == ZUB_OK)
        status = zub_trec_read_run(&ranking->run, path,
                                   is_of_preferences(judgements), error);
    if (status == ZUB_OK)
        status = evaluate(&e);
    if (status == ZUB_OK)
        count_facts(ranking, judgements, options);
    return status;
}

zub_status zub_ranking_open(zub_ranking **out,
                            const zub_judgements *judgements, const char *path,
                            const zub_ranking_options *options,
                            zub_error *error)
{
    static const zub_ranking_options defaults = {0};
    zub_ranking *ranking = zub_alloc_zero(1, sizeof *ranking);

    *out = NULL;
    if (!ranking)
        return zub_fail_memory(error);
    zub_error_clear(error);
    zub_status status = open_ranking(ranking, judgements, path,
                                     options ? options : &defaults, error);
    if (status == ZUB_OK)
        *out = ranking;
    else
        zub_ranking_free(ranking);
    return status;
}

void zub_ranking_free(zub_ranking *ranking)
{
    if (!ranking)
        return;
    zub_trec_lines_release(&ranking->run);
    zub_free(ranking->columns);
    zub_free(ranking->names);
    zub_free(ranking->values);
    zub_free(ranking->texts);
    zub_free(ranking->text_starts);
    zub_free(ranking);
}

zub_ranking_facts zub_ranking_about(const zub_ranking *ranking)
{
    return ranking->facts;
}

zub_slice zub_ranking_query(const zub_ranking *ranking, size_t query)
{
    return ranking->names[query];
}

double zub_ranking_value(const zub_ranking *ranking, size_t query,
                         size_t column)
{
    return ranking->values[query * ranking->column_count + column];
}

zub_slice zub_ranking_text(const zub_ranking *ranking, size_t query,
                           size_t column)
{
    size_t start = ranking->text_starts[query];
    size_t size = ranking->text_starts[query + 1] - start;
    double most = ranking->columns[column].parameter;

    if (size == 0 || ranking->columns[column].measure->value)
        return (zub_slice){"", 0};
    return (zub_slice){ranking->texts + start,
                       most < (double)size ? (size_t)most : size};
}

/* ---- All queries ---- */

bool zub_column_is_geometric(const zub_measured_column *column)
{
    return column->measure->over == ZUB_OVER_GEOMETRIC;
}

double zub_ranking_mapped(const zub_ranking *ranking, size_t query,
                          size_t column)
{
    double value = zub_ranking_value(ranking, query, column);

    return zub_column_is_geometric(&ranking->columns[column]) &&
                   !ranking->facts.is_zscores
               ? log(fmax(value, ZUB_GEOMETRIC_LEAST))
               : value;
}

static double all_of(const zub_ranking *ranking, size_t column)
{
    zub_over_queries over = ranking->columns[column].measure->over;
    double sum = 0, count = (double)ranking->query_count;

    for (size_t q = 0; q < ranking->query_count; q++)
        sum += zub_ranking_mapped(ranking, q, column);
    if (over == ZUB_OVER_SUM || count == 0)
        return sum;
    return over == ZUB_OVER_GEOMETRIC ? exp(sum / count) : sum / count;
}

zub_ranking_column zub_ranking_column_at(const zub_ranking *ranking,
                                         size_t column)
{
    const zub_measured_column *one = &ranking->columns[column];
    bool is_sum = one->measure->over == ZUB_OVER_SUM;

    return (zub_ranking_column){.name = one->name,
                                .is_count =
                                    is_sum && !ranking->facts.is_zscores,
                                .is_sum = is_sum,
                                .is_of_all = zub_column_is_geometric(one),
                                .is_text = !one->measure->value,
                                .all = all_of(ranking, column)};
}
