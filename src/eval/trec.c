/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* trec.c - zub_judgements_* and zub_ranking_* of zubda.h. A run is evaluated
 * when it is opened: a value for each query and column, which are measures at
 * a parameter. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/slice.h"
#include "eval/bootstrap.h"
#include "eval/ranked.h"
#include "eval/trec_lines.h"

#define LEAST_MEAN 1e-5 /* of a value in a geometric mean */
#define NAME_MOST 40

struct zub_judgements {
    zub_trec_lines lines;
};

/* A measure at a parameter. */
typedef struct ranking_column {
    const zub_ranked_measure *measure;
    double parameter;
    char name[NAME_MOST];
} ranking_column;

struct zub_ranking {
    zub_trec_lines run;
    ranking_column *columns; /* [column_count] */
    size_t column_count, column_capacity;
    const zub_slice *names; /* [query_count] */
    zub_slice *own_names;
    double *values; /* [query_count][column_count] */
    size_t query_count;
    zub_ranking_facts facts;
};

zub_status zub_judgements_open(zub_judgements **out, const char *path,
                               zub_error *error)
{
    zub_judgements *judgements = zub_alloc_zero(1, sizeof *judgements);

    *out = NULL;
    if (!judgements)
        return zub_fail_memory(error);
    zub_error_clear(error);
    zub_status status =
        zub_trec_read_judgements(&judgements->lines, path, error);
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

/* ---- Columns ---- */

static zub_status add_column(zub_ranking *ranking,
                             const zub_ranked_measure *measure,
                             double parameter, zub_error *error)
{
    if (!zub_grow(&ranking->columns, &ranking->column_capacity,
                  ranking->column_count + 1, sizeof *ranking->columns))
        return zub_fail_memory(error);
    ranking_column *column = &ranking->columns[ranking->column_count++];
    *column = (ranking_column){.measure = measure, .parameter = parameter};
    if (!measure->parameters)
        snprintf(column->name, NAME_MOST, "%s", measure->name);
    else if (measure->places == 0)
        snprintf(column->name, NAME_MOST, "%s_%.0f", measure->name, parameter);
    else /* by hand: a point is none in every locale */
        snprintf(column->name, NAME_MOST, "%s_%d.%02d", measure->name,
                 (int)(parameter * 100 + .5) / 100,
                 (int)(parameter * 100 + .5) % 100);
    return ZUB_OK;
}

static zub_status add_measure(zub_ranking *ranking,
                              const zub_ranked_measure *measure,
                              zub_error *error)
{
    zub_status status = ZUB_OK;

    if (!measure->parameters)
        return add_column(ranking, measure, 0, error);
    for (size_t i = 0; i < measure->parameter_count && status == ZUB_OK; i++)
        status = add_column(ranking, measure, measure->parameters[i], error);
    return status;
}

static zub_status add_set(zub_ranking *ranking, bool is_official,
                          zub_error *error)
{
    const zub_ranked_measure *measure;
    zub_status status = ZUB_OK;

    for (size_t i = 0;
         status == ZUB_OK && (measure = zub_ranked_measure_at(i)) != NULL; i++)
        if (!is_official || measure->is_official)
            status = add_measure(ranking, measure, error);
    return status;
}

/* Digits with a point in them, above 0. */
static bool read_parameter(const char *text, double *out)
{
    double value = 0, scale = 0;
    size_t digits = 0;

    for (; *text; text++) {
        if (*text == '.' && scale == 0) {
            scale = 1;
            continue;
        }
        if (*text < '0' || *text > '9' || ++digits > 9)
            return false;
        value = value * 10 + (*text - '0');
        scale *= 10;
    }
    *out = scale > 0 ? value / scale : value;
    return digits > 0;
}

/* "P_10" or "P.10", with NAME the first `size` bytes. */
static bool has_name(const zub_ranked_measure *measure, const char *name,
                     size_t size)
{
    return strlen(measure->name) == size &&
           memcmp(measure->name, name, size) == 0;
}

/* The border of a name and its parameter: the first point, else the last
 * underscore. */
static const char *find_border(const char *name)
{
    const char *point = strchr(name, '.'), *line = strrchr(name, '_');

    return line && point && line < point && line[1] >= '0' && line[1] <= '9'
               ? line
           : point ? point
                   : line;
}

static zub_status add_with_parameter(zub_ranking *ranking, const char *name,
                                     bool *is_known, zub_error *error)
{
    const char *border = find_border(name);
    const zub_ranked_measure *measure;
    double parameter;

    *is_known = false;
    if (!border || !read_parameter(border + 1, &parameter))
        return ZUB_OK;
    for (size_t i = 0; (measure = zub_ranked_measure_at(i)) != NULL; i++)
        if (measure->parameters &&
            has_name(measure, name, (size_t)(border - name)) &&
            (measure->places > 0 ||
             (parameter >= 1 && parameter == floor(parameter)))) {
            *is_known = true;
            return add_column(ranking, measure, parameter, error);
        }
    return ZUB_OK;
}

/* A number alone is another parameter of the measure before it. */
static zub_status add_more(zub_ranking *ranking, const char *name,
                           bool *is_known, zub_error *error)
{
    double parameter;

    *is_known = ranking->column_count > 0 && read_parameter(name, &parameter);
    if (!*is_known)
        return ZUB_OK;
    const zub_ranked_measure *measure =
        ranking->columns[ranking->column_count - 1].measure;
    *is_known = measure->parameters != NULL;
    return *is_known ? add_column(ranking, measure, parameter, error) : ZUB_OK;
}

static zub_status add_named(zub_ranking *ranking, const char *name,
                            zub_error *error)
{
    const zub_ranked_measure *measure;
    bool is_known;

    if (strcmp(name, "official") == 0 || strcmp(name, "all_trec") == 0)
        return add_set(ranking, *name == 'o', error);
    for (size_t i = 0; (measure = zub_ranked_measure_at(i)) != NULL; i++)
        if (has_name(measure, name, strlen(name)))
            return add_measure(ranking, measure, error);
    zub_status status = add_more(ranking, name, &is_known, error);
    if (status == ZUB_OK && !is_known)
        status = add_with_parameter(ranking, name, &is_known, error);
    if (status != ZUB_OK || is_known)
        return status;
    return zub_fail(error, ZUB_EINVAL,
                    "no measure '%.60s' (try official, all_trec, map, "
                    "ndcg_cut, or one rank: ndcg_cut_10)",
                    name);
}

static zub_status choose_columns(zub_ranking *ranking,
                                 const zub_ranking_options *options,
                                 zub_error *error)
{
    zub_status status = ZUB_OK;

    if (options->measure_count == 0)
        return add_set(ranking, true, error);
    for (size_t i = 0; i < options->measure_count && status == ZUB_OK; i++)
        status = add_named(ranking, options->measures[i], error);
    return status;
}

/* ---- One query ---- */

/* Room for the longest query, used again. */
typedef struct ranked_room {
    int *levels, *ideal;
    uint32_t *hits;
    double *dcg, *ideal_dcg;
} ranked_room;

static void free_room(ranked_room *room)
{
    zub_free(room->levels);
    zub_free(room->ideal);
    zub_free(room->hits);
    zub_free(room->dcg);
    zub_free(room->ideal_dcg);
}

static size_t longest(const zub_trec_lines *lines)
{
    size_t most = 0;

    for (size_t i = 0; i < lines->query_count; i++) {
        size_t size = lines->queries[i].end - lines->queries[i].start;
        most = size > most ? size : most;
    }
    return most + 1;
}

static bool make_room(ranked_room *room, const zub_trec_lines *run,
                      const zub_trec_lines *judged)
{
    size_t retrieved = longest(run), all = longest(judged);

    *room = (ranked_room){
        .levels = zub_alloc(retrieved, sizeof *room->levels),
        .ideal = zub_alloc(all, sizeof *room->ideal),
        .hits = zub_alloc(retrieved, sizeof *room->hits),
        .dcg = zub_alloc(retrieved, sizeof *room->dcg),
        .ideal_dcg = zub_alloc(all, sizeof *room->ideal_dcg),
    };
    return room->levels && room->ideal && room->hits && room->dcg &&
           room->ideal_dcg;
}

static int descending(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;

    return (x < y) - (x > y);
}

static double discounted(int level, size_t place)
{
    return level > 0 ? level / log2((double)place + 2) : 0;
}

static void read_judged(zub_ranked *out, ranked_room *room,
                        const zub_trec_lines *judged,
                        const zub_trec_query *query)
{
    for (size_t i = query->start; i < query->end; i++) {
        int level = judged->items[i].level;
        out->relevant += level >= out->level;
        out->nonrelevant += level >= 0 && level < out->level;
        if (level > 0)
            room->ideal[out->ideal_count++] = level;
    }
    if (out->ideal_count > 0)
        qsort(room->ideal, out->ideal_count, sizeof *room->ideal, descending);
    room->ideal_dcg[0] = 0;
    for (size_t i = 0; i < out->ideal_count; i++)
        room->ideal_dcg[i + 1] =
            room->ideal_dcg[i] + discounted(room->ideal[i], i);
}

/* `asked` NULL: nothing was retrieved. */
static void read_retrieved(zub_ranked *out, ranked_room *room,
                           const zub_trec_lines *run,
                           const zub_trec_query *asked,
                           const zub_trec_lines *judged,
                           const zub_trec_query *query, size_t most)
{
    size_t count = asked ? asked->end - asked->start : 0;

    out->count = most > 0 && most < count ? most : count;
    room->hits[0] = 0;
    room->dcg[0] = 0;
    for (size_t i = 0; i < out->count; i++) {
        const zub_trec_line *line = zub_trec_find_document(
            judged, query, run->items[asked->start + i].document);
        int level = line ? line->level : ZUB_UNPOOLED;
        room->levels[i] = level;
        room->hits[i + 1] = room->hits[i] + (level >= out->level);
        room->dcg[i + 1] = room->dcg[i] + discounted(level, i);
    }
}

static void evaluate_query(zub_ranking *ranking, ranked_room *room,
                           const zub_trec_lines *judged,
                           const zub_trec_query *query,
                           const zub_ranking_options *options)
{
    zub_ranked ranked = {.levels = room->levels,
                         .ideal = room->ideal,
                         .hits = room->hits,
                         .dcg = room->dcg,
                         .ideal_dcg = room->ideal_dcg,
                         .level = options->level ? options->level : 1};
    double *values =
        ranking->values + ranking->query_count * ranking->column_count;

    read_judged(&ranked, room, judged, query);
    read_retrieved(&ranked, room, &ranking->run,
                   zub_trec_find_query(&ranking->run, query->name), judged,
                   query, options->most);
    for (size_t i = 0; i < ranking->column_count; i++) {
        const ranking_column *column = &ranking->columns[i];
        values[i] = column->measure->value(&ranked, column->parameter);
    }
    ranking->own_names[ranking->query_count++] = query->name;
}

/* ---- A run ---- */

static zub_status evaluate(zub_ranking *ranking,
                           const zub_judgements *judgements,
                           const zub_ranking_options *options,
                           zub_error *error)
{
    const zub_trec_lines *judged = &judgements->lines, *run = &ranking->run;
    ranked_room room = {0};
    size_t most = judged->query_count;

    ranking->own_names = zub_alloc(most, sizeof *ranking->own_names);
    ranking->names = ranking->own_names;
    if (ranking->column_count < SIZE_MAX / sizeof(double) / (most + 1))
        ranking->values =
            zub_alloc(most, ranking->column_count * sizeof(double));
    bool is_room =
        ranking->own_names && ranking->values && make_room(&room, run, judged);
    for (size_t i = 0; is_room && i < most; i++) {
        const zub_trec_query *query = &judged->queries[i];
        bool is_asked = zub_trec_find_query(run, query->name) != NULL;
        ranking->facts.missing += !is_asked;
        if (is_asked || options->is_complete)
            evaluate_query(ranking, &room, judged, query, options);
    }
    free_room(&room);
    return is_room ? ZUB_OK : zub_fail_memory(error);
}

static void count_facts(zub_ranking *ranking, const zub_judgements *judgements)
{
    const zub_trec_lines *run = &ranking->run;

    for (size_t i = 0; i < run->query_count; i++)
        ranking->facts.unjudged +=
            zub_trec_find_query(&judgements->lines, run->queries[i].name) ==
            NULL;
    ranking->facts.queries = ranking->query_count;
    ranking->facts.columns = ranking->column_count;
    if (run->count > 0)
        ranking->facts.tag = run->items[0].tag;
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
    options = options ? options : &defaults;
    zub_status status = choose_columns(ranking, options, error);
    if (status == ZUB_OK)
        status = zub_trec_read_run(&ranking->run, path, error);
    if (status == ZUB_OK)
        status = evaluate(ranking, judgements, options, error);
    if (status == ZUB_OK) {
        count_facts(ranking, judgements);
        *out = ranking;
    } else {
        zub_ranking_free(ranking);
    }
    return status;
}

void zub_ranking_free(zub_ranking *ranking)
{
    if (!ranking)
        return;
    zub_trec_lines_release(&ranking->run);
    zub_free(ranking->columns);
    zub_free(ranking->own_names);
    zub_free(ranking->values);
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

static double sum_of(const zub_ranking *ranking, size_t column)
{
    bool is_geometric =
        ranking->columns[column].measure->over == ZUB_OVER_GEOMETRIC;
    double sum = 0;

    for (size_t q = 0; q < ranking->query_count; q++) {
        double value = zub_ranking_value(ranking, q, column);
        sum += is_geometric ? log(fmax(value, LEAST_MEAN)) : value;
    }
    return sum;
}

zub_ranking_column zub_ranking_column_at(const zub_ranking *ranking,
                                         size_t column)
{
    const ranking_column *one = &ranking->columns[column];
    zub_over_queries over = one->measure->over;
    double sum = sum_of(ranking, column), count = (double)ranking->query_count;
    double mean = count > 0 ? sum / count : 0;

    return (zub_ranking_column){.name = one->name,
                                .is_count = over == ZUB_OVER_SUM,
                                .is_of_all = over == ZUB_OVER_GEOMETRIC,
                                .all = over == ZUB_OVER_SUM ? sum
                                       : over == ZUB_OVER_GEOMETRIC && count
                                           ? exp(mean)
                                           : mean};
}

/* ---- Intervals ---- */

/* Where a query of the one is in the other, or SIZE_MAX. */
static size_t find_row(const zub_ranking *ranking, zub_slice name)
{
    size_t low = 0, high = ranking->query_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = zub_slice_compare(name, ranking->names[middle]);
        if (order == 0)
            return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return SIZE_MAX;
}

static double mapped(const zub_ranking *ranking, size_t query, size_t column)
{
    double value = zub_ranking_value(ranking, query, column);

    return ranking->columns[column].measure->over == ZUB_OVER_GEOMETRIC
               ? log(fmax(value, LEAST_MEAN))
               : value;
}

/* Values, or with another run the differences from it, NaN where that one has
 * no such query. */
static void lay_out(double *values, const zub_ranking *ranking,
                    const zub_ranking *other)
{
    for (size_t q = 0; q < ranking->query_count; q++) {
        size_t row = other ? find_row(other, ranking->names[q]) : q;
        for (size_t c = 0; c < ranking->column_count; c++, values++) {
            *values = row == SIZE_MAX ? NAN : mapped(ranking, q, c);
            if (other && row != SIZE_MAX)
                *values -= mapped(other, row, c);
        }
    }
}

static void take(zub_ranking_interval *out, const zub_interval *interval,
                 bool is_geometric)
{
    *out = (zub_ranking_interval){.mean = interval->mean,
                                  .low = interval->low,
                                  .high = interval->high,
                                  .chance = interval->chance,
                                  .queries = interval->count};
    if (!is_geometric)
        return;
    out->mean = exp(interval->mean);
    out->low = exp(interval->low);
    out->high = exp(interval->high);
}

static bool have_same_columns(const zub_ranking *a, const zub_ranking *b)
{
    bool is_same = a->column_count == b->column_count;

    for (size_t i = 0; is_same && i < a->column_count; i++)
        is_same = strcmp(a->columns[i].name, b->columns[i].name) == 0;
    return is_same;
}

zub_status zub_ranking_intervals(zub_ranking_interval *out,
                                 const zub_ranking *ranking,
                                 const zub_ranking *other, zub_error *error)
{
    size_t rows = ranking->query_count, columns = ranking->column_count;

    zub_error_clear(error);
    if (other && !have_same_columns(ranking, other))
        return zub_fail(error, ZUB_EINVAL,
                        "the runs were evaluated by different measures");
    double *values = zub_alloc(rows + 1, columns * sizeof *values);
    zub_interval *intervals = zub_alloc(columns, sizeof *intervals);
    zub_status status = values && intervals ? ZUB_OK : ZUB_ENOMEM;
    if (status == ZUB_OK) {
        lay_out(values, ranking, other);
        status = zub_bootstrap(intervals, values, rows, columns);
    }
    for (size_t c = 0; c < columns && status == ZUB_OK; c++)
        take(&out[c], &intervals[c],
             ranking->columns[c].measure->over == ZUB_OVER_GEOMETRIC);
    zub_free(values);
    zub_free(intervals);
    return status == ZUB_OK ? ZUB_OK : zub_fail_memory(error);
}
