/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* ranking_columns.c - see ranking.h: names of measures, with their parameters,
 * as trec_eval takes them. */
#include "eval/ranking.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "eval/trec_fields.h"

/* With the parameter, but for the default of a text. */
static void write_name(zub_measured_column *column, bool is_named)
{
    const zub_ranked_measure *measure = column->measure;
    double parameter = column->parameter;

    if (!measure->parameters || (!measure->value && !is_named))
        snprintf(column->name, ZUB_COLUMN_NAME, "%s", measure->name);
    else if (measure->places == 0)
        snprintf(column->name, ZUB_COLUMN_NAME, "%s_%.0f", measure->name,
                 parameter);
    else /* by hand: a point is none in every locale */
        snprintf(column->name, ZUB_COLUMN_NAME, "%s_%lld.%02lld",
                 measure->name, (long long)(parameter * 100 + .5) / 100,
                 (long long)(parameter * 100 + .5) % 100);
}

/* A rank is a whole number. */
static bool is_parameter(const zub_ranked_measure *measure, double parameter)
{
    return measure->parameters &&
           (measure->places > 0 ||
            (parameter >= 1 && parameter == floor(parameter)));
}

/* Of a text there is one, of the length that was named last. */
static zub_measured_column *find_text(zub_ranking *ranking,
                                      const zub_ranked_measure *measure)
{
    for (size_t i = 0; i < ranking->column_count && !measure->value; i++)
        if (ranking->columns[i].measure == measure)
            return &ranking->columns[i];
    return NULL;
}

static zub_status add_column(zub_ranking *ranking,
                             const zub_ranked_measure *measure,
                             double parameter, bool is_named, zub_error *error)
{
    zub_measured_column *column = find_text(ranking, measure);

    if (!column &&
        !zub_grow(&ranking->columns, &ranking->column_capacity,
                  ranking->column_count + 1, sizeof *ranking->columns))
        return zub_fail_memory(error);
    if (!column)
        column = &ranking->columns[ranking->column_count++];
    *column =
        (zub_measured_column){.measure = measure, .parameter = parameter};
    write_name(column, is_named);
    ranking->latest = (size_t)(column - ranking->columns);
    return ZUB_OK;
}

static zub_status add_measure(zub_ranking *ranking,
                              const zub_ranked_measure *measure,
                              zub_error *error)
{
    zub_status status = ZUB_OK;

    if (!measure->parameters)
        return add_column(ranking, measure, 0, false, error);
    for (size_t i = 0; i < measure->parameter_count && status == ZUB_OK; i++)
        status =
            add_column(ranking, measure, measure->parameters[i], false, error);
    return status;
}

/* What a name stands for. */
typedef struct measure_set {
    const char *name;
    zub_judgements_kind kind;
    bool is_official;
} measure_set;

static const measure_set sets[] = {
    {"all_trec", ZUB_QRELS, false},
    {"qrels_jg", ZUB_QRELS_JUDGES, false},
    {"prefs", ZUB_PREFERENCES, true},
    {"all_prefs", ZUB_PREFERENCES, false},
};

static zub_status add_set(zub_ranking *ranking, measure_set set,
                          zub_error *error)
{
    const zub_ranked_measure *measure;
    zub_status status = ZUB_OK;

    for (size_t i = 0;
         status == ZUB_OK && (measure = zub_ranked_measure_at(i)) != NULL; i++)
        if (measure->kind == set.kind &&
            (!set.is_official || measure->is_official))
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
        if (has_name(measure, name, (size_t)(border - name)) &&
            is_parameter(measure, parameter)) {
            *is_known = true;
            return add_column(ranking, measure, parameter, true, error);
        }
    return ZUB_OK;
}

/* ---- Lists ---- */

/* "1=" of a gain, which must be a level that has none yet; the rest is its
 * number. Where gains are not asked for, all is number. */
static bool read_level(zub_given *given, bool is_gain, const char **text)
{
    const char *equals = strchr(*text, '=');
    double level;

    if (!is_gain || !equals)
        return !is_gain && !equals;
    if (!zub_trec_number(&level,
                         (zub_slice){*text, (size_t)(equals - *text)}) ||
        level != floor(level) || level < 0 || level > 100000)
        return false;
    for (size_t i = 0; i < given->count; i++)
        if (given->levels[i] == (int)level)
            return false;
    given->levels[given->count] = (int)level;
    *text = equals + 1;
    return true;
}

/* "2", or of gains "1=2", behind what was given; false: it is no such thing, or
 * there is no room. */
static bool add_given(zub_measured_column *column, const char *text)
{
    zub_given *given = &column->given;
    const char *number = text;
    size_t used = strlen(column->name), size = strlen(text);
    double value;

    if (given->count == ZUB_GIVEN_MOST || used + 1 + size >= ZUB_COLUMN_NAME ||
        !read_level(given, column->measure->list == ZUB_LIST_GAINS, &number) ||
        !zub_trec_number(&value, (zub_slice){number, strlen(number)}) ||
        !isfinite(value))
        return false;
    given->numbers[given->count] = value;
    column->name[used] = given->count++ == 0 ? '_' : ',';
    memcpy(column->name + used + 1, text, size + 1);
    return true;
}

/* "utility.2" begins a list. */
static zub_status begin_list(zub_ranking *ranking, const char *name,
                             bool *is_known, zub_error *error)
{
    const char *point = strchr(name, '.');
    const zub_ranked_measure *measure;

    *is_known = false;
    for (size_t i = 0; point && (measure = zub_ranked_measure_at(i)) != NULL;
         i++) {
        if (measure->list == ZUB_LIST_NONE ||
            !has_name(measure, name, (size_t)(point - name)))
            continue;
        zub_status status = add_column(ranking, measure, 0, true, error);
        if (status == ZUB_OK)
            *is_known =
                add_given(&ranking->columns[ranking->latest], point + 1);
        return status;
    }
    return ZUB_OK;
}

/* A number alone is another parameter of the measure before it, or of its
 * list. */
static zub_status add_more(zub_ranking *ranking, const char *name,
                           bool *is_known, zub_error *error)
{
    double parameter;

    *is_known = false;
    if (ranking->column_count == 0)
        return ZUB_OK;
    zub_measured_column *last = &ranking->columns[ranking->latest];
    if (last->given.count > 0)
        *is_known = add_given(last, name);
    if (*is_known || !read_parameter(name, &parameter) ||
        !is_parameter(last->measure, parameter))
        return ZUB_OK;
    *is_known = true;
    return add_column(ranking, last->measure, parameter, true, error);
}

static zub_status add_named(zub_ranking *ranking, const char *name,
                            zub_judgements_kind kind, zub_error *error)
{
    const zub_ranked_measure *measure;
    bool is_known;

    if (strcmp(name, "official") == 0)
        return add_set(ranking, (measure_set){name, kind, true}, error);
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (strcmp(name, sets[i].name) == 0)
            return add_set(ranking, sets[i], error);
    for (size_t i = 0; (measure = zub_ranked_measure_at(i)) != NULL; i++)
        if (has_name(measure, name, strlen(name)))
            return add_measure(ranking, measure, error);
    zub_status status = add_more(ranking, name, &is_known, error);
    if (status == ZUB_OK && !is_known)
        status = add_with_parameter(ranking, name, &is_known, error);
    if (status == ZUB_OK && !is_known)
        status = begin_list(ranking, name, &is_known, error);
    if (status != ZUB_OK || is_known)
        return status;
    return zub_fail(error, ZUB_EINVAL,
                    "no measure '%.60s' (try official, all_trec, map, "
                    "ndcg_cut, or one rank: ndcg_cut_10)",
                    name);
}

static zub_status check_kind(const zub_ranking *ranking,
                             zub_judgements_kind kind, zub_error *error)
{
    for (size_t i = 0; i < ranking->column_count; i++)
        if (ranking->columns[i].measure->kind != kind)
            return zub_fail(error, ZUB_EINVAL,
                            "'%s' is no measure of judgements of this kind",
                            ranking->columns[i].measure->name);
    return ZUB_OK;
}

/* A Z before each name, but for texts. */
static void mark_names(zub_ranking *ranking)
{
    for (size_t i = 0; i < ranking->column_count; i++) {
        zub_measured_column *column = &ranking->columns[i];
        if (!column->measure->value)
            continue;
        memmove(column->name + 1, column->name, ZUB_COLUMN_NAME);
        column->name[0] = 'Z';
    }
}

zub_status zub_ranking_choose_columns(zub_ranking *ranking,
                                      zub_judgements_kind kind,
                                      const zub_ranking_options *options,
                                      zub_error *error)
{
    zub_status status = ZUB_OK;

    kind = kind == ZUB_QRELS_PREFERENCES ? ZUB_PREFERENCES : kind;
    if (options->measure_count == 0)
        status = add_named(ranking, "official", kind, error);
    for (size_t i = 0; i < options->measure_count && status == ZUB_OK; i++)
        status = add_named(ranking, options->measures[i], kind, error);
    if (status == ZUB_OK)
        status = check_kind(ranking, kind, error);
    if (status == ZUB_OK && options->zscores)
        mark_names(ranking);
    return status;
}
