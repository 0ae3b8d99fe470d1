/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* trec.c - zub_judgements_* and zub_ranking_* of zubda.h. A run is evaluated
 * when it is opened: a value for each query and column, which are measures at
 * a parameter. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/slice.h"
#include "eval/norms.h"

zub_status zub_judgements_open(zub_judgements **out, const char *path,
                               zub_judgement_kind kind, zub_error *error)
{
    *out = NULL;
    zub_error_clear(error);
    if ((unsigned)kind > ZUB_JUDGED_BY_PREFERENCE)
        return zub_fail(error, ZUB_EINVAL, "no such kind of judgements");
    zub_judgements *judgements = zub_alloc_zero(1, sizeof *judgements);
    if (!judgements)
        return zub_fail_memory(error);
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

static char level_shown(int level)
{
    if (level > 9)
        return '>';
    if (level >= 0)
        return (char)('0' + level);
    return level == ZUB_UNPOOLED ? '-' : '.';
}

/* There is one such column. */
static void write_levels(zub_ranking *ranking, const zub_ranked *ranked)
{
    char *text = ranking->texts + ranking->query_count * ranking->text_size;

    for (size_t i = 0; i < ranked->count && i + 1 < ranking->text_size; i++)
        text[i] = level_shown(ranked->levels[i]);
}

static double value_of(const zub_ranking_slot *column,
                       const zub_ranked *ranked)
{
    return column->list_size > 0
               ? column->measure->of_list(ranked, column->list,
                                          column->list_size)
               : column->measure->value(ranked, column->parameter);
}

/* The values of a query by some of its judgements, each times `share` added to
 * what is there. */
static void add_values(zub_ranking *ranking, ranked_room *room,
                       const zub_judgements *judgements,
                       const zub_trec_query *some, double share,
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

    read_judged(&ranked, room, &judgements->lines, some);
    read_retrieved(&ranked, room, &ranking->run,
                   zub_trec_find_query(&ranking->run, some->name),
                   &judgements->lines, some, options->most);
    for (size_t i = 0; i < ranking->column_count; i++) {
        const zub_ranking_slot *column = &ranking->columns[i];
        if (zub_slot_is_text(column))
            write_levels(ranking, &ranked);
        else
            values[i] += share * value_of(column, &ranked);
    }
}

/* The lines of the judge that begin at `start`. */
static zub_trec_query one_judge(const zub_trec_lines *lines,
                                const zub_trec_query *query, size_t start)
{
    zub_trec_query some = {query->name, start, start + 1};

    while (some.end < query->end &&
           zub_slice_compare(lines->items[some.end].tag,
                             lines->items[start].tag) == 0)
        some.end++;
    return some;
}

static void add_judges(zub_ranking *ranking, ranked_room *room,
                       const zub_judgements *judgements,
                       const zub_trec_query *query,
                       const zub_ranking_options *options)
{
    const zub_trec_lines *lines = &judgements->lines;
    zub_trec_query some;
    size_t judges = 0;

    for (size_t i = query->start; i < query->end; i = some.end, judges++)
        some = one_judge(lines, query, i);
    for (size_t i = query->start; i < query->end; i = some.end) {
        some = one_judge(lines, query, i);
        add_values(ranking, room, judgements, &some, 1 / (double)judges,
                   options);
    }
}

static zub_status add_preferences(zub_ranking *ranking,
                                  const zub_judgements *judgements,
                                  const zub_trec_query *query,
                                  const zub_ranking_options *options,
                                  zub_error *error)
{
    zub_preferences preferences;
    double *values =
        ranking->values + ranking->query_count * ranking->column_count;
    zub_status status = zub_preferences_count(
        &preferences, &judgements->lines, query, &ranking->run,
        zub_trec_find_query(&ranking->run, query->name), options->most, error);

    for (size_t i = 0; i < ranking->column_count && status == ZUB_OK; i++)
        values[i] = ranking->columns[i].measure->preferred(&preferences);
    return status;
}

static zub_status evaluate_query(zub_ranking *ranking, ranked_room *room,
                                 const zub_judgements *judgements,
                                 const zub_trec_query *query,
                                 const zub_ranking_options *options,
                                 zub_error *error)
{
    zub_status status = ZUB_OK;

    switch (ranking->of) {
    case ZUB_OF_LEVELS:
        add_values(ranking, room, judgements, query, 1, options);
        break;
    case ZUB_OF_JUDGES:
        add_judges(ranking, room, judgements, query, options);
        break;
    case ZUB_OF_PREFERENCES:
        status = add_preferences(ranking, judgements, query, options, error);
    }
    if (status == ZUB_OK)
        ranking->own_names[ranking->query_count++] = query->name;
    return status;
}

/* ---- A run ---- */

static bool make_values(zub_ranking *ranking, size_t most)
{
    size_t columns = ranking->column_count;

    for (size_t i = 0; i < columns; i++)
        if (zub_slot_is_text(&ranking->columns[i]))
            ranking->text_size = (size_t)ranking->columns[i].parameter + 1;
    ranking->own_names = zub_alloc(most, sizeof *ranking->own_names);
    ranking->names = ranking->own_names;
    if (columns < SIZE_MAX / sizeof(double) / (most + 1))
        ranking->values = zub_alloc_zero(most, columns * sizeof(double));
    if (ranking->text_size > 0)
        ranking->texts = zub_alloc_zero(most, ranking->text_size);
    return ranking->own_names && ranking->values &&
           (ranking->texts || ranking->text_size == 0);
}

static zub_status evaluate(zub_ranking *ranking,
                           const zub_judgements *judgements,
                           const zub_ranking_options *options,
                           zub_error *error)
{
    const zub_trec_lines *judged = &judgements->lines, *run = &ranking->run;
    ranked_room room = {0};
    size_t most = judged->query_count;
    zub_status status =
        make_values(ranking, most) && make_room(&room, run, judged)
            ? ZUB_OK
            : zub_fail_memory(error);

    for (size_t i = 0; status == ZUB_OK && i < most; i++) {
        const zub_trec_query *query = &judged->queries[i];
        bool is_asked = zub_trec_find_query(run, query->name) != NULL;
        ranking->facts.missing += !is_asked;
        if (is_asked || options->is_complete)
            status = evaluate_query(ranking, &room, judgements, query, options,
                                    error);
    }
    free_room(&room);
    return status;
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

static const zub_measured kinds[] = {
    [ZUB_JUDGED_ONCE] = ZUB_OF_LEVELS,
    [ZUB_JUDGED_BY_SEVERAL] = ZUB_OF_JUDGES,
    [ZUB_JUDGED_IN_PARTS] = ZUB_OF_PREFERENCES,
    [ZUB_JUDGED_BY_PREFERENCE] = ZUB_OF_PREFERENCES,
};

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
    ranking->of = kinds[judgements->kind];
    zub_status status = zub_ranking_choose(ranking, options, error);
    if (status == ZUB_OK)
        status = zub_trec_read_run(&ranking->run, path, error);
    if (status == ZUB_OK)
        status = evaluate(ranking, judgements, options, error);
    if (status == ZUB_OK && options->norms)
        status = zub_ranking_norm(ranking, options->norms, error);
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
    zub_free(ranking->texts);
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

zub_slice zub_ranking_levels(const zub_ranking *ranking, size_t query,
                             size_t column)
{
    const char *text = ranking->texts + query * ranking->text_size;

    if (!zub_slot_is_text(&ranking->columns[column]))
        return (zub_slice){"", 0};
    return (zub_slice){text, strnlen(text, ranking->text_size)};
}

static double sum_of(const zub_ranking *ranking, size_t column)
{
    bool is_geometric =
        ranking->columns[column].measure->over == ZUB_OVER_GEOMETRIC &&
        !ranking->facts.is_normed;
    double sum = 0;

    for (size_t q = 0; q < ranking->query_count; q++) {
        double value = zub_ranking_value(ranking, q, column);
        sum += is_geometric ? log(fmax(value, ZUB_LEAST_MEAN)) : value;
    }
    return sum;
}

zub_ranking_column zub_ranking_column_at(const zub_ranking *ranking,
                                         size_t column)
{
    const zub_ranking_slot *one = &ranking->columns[column];
    zub_over_queries over = one->measure->over;
    double sum = sum_of(ranking, column), count = (double)ranking->query_count;
    double mean = count > 0 ? sum / count : 0;
    bool is_geometric = over == ZUB_OVER_GEOMETRIC;

    if (over == ZUB_OVER_SUM)
        mean = sum;
    else if (is_geometric && count > 0)
        mean = exp(mean);
    return (zub_ranking_column){.name = one->name,
                                .is_count = over == ZUB_OVER_SUM &&
                                            !ranking->facts.is_normed,
                                .is_of_all = is_geometric,
                                .is_text = zub_slot_is_text(one),
                                .all = mean};
}
