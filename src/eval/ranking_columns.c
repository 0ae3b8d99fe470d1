/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* ranking_columns.c - names of measures as columns: see ranking.h. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "eval/ranking.h"

#define LONGEST_TEXT 1000

/* `has_parameter` is in the name. */
static void name_column(zub_ranking_slot *column, bool has_parameter)
{
    const char *name = column->measure->name;
    double parameter = column->parameter;

    if (!has_parameter)
        snprintf(column->name, sizeof column->name, "%s", name);
    else if (column->measure->places == 0)
        snprintf(column->name, sizeof column->name, "%s_%.0f", name,
                 parameter);
    else /* by hand: a point is none in every locale */
        snprintf(column->name, sizeof column->name, "%s_%d.%02d", name,
                 (int)(parameter * 100 + .5) / 100,
                 (int)(parameter * 100 + .5) % 100);
}

static zub_ranking_slot *find_text(zub_ranking *ranking)
{
    for (size_t i = 0; i < ranking->column_count; i++)
        if (zub_slot_is_text(&ranking->columns[i]))
            return &ranking->columns[i];
    return NULL;
}

/* Text is one column: the length that is given last. */
static zub_status add_column(zub_ranking *ranking,
                             const zub_ranked_measure *measure,
                             double parameter, bool is_named, zub_error *error)
{
    bool is_text = measure->over == ZUB_OVER_NOTHING;
    zub_ranking_slot *column = is_text ? find_text(ranking) : NULL;

    if (is_text && parameter > LONGEST_TEXT)
        return zub_fail(error, ZUB_EINVAL, "%s has a length of %d at most",
                        measure->name, LONGEST_TEXT);
    if (!column) {
        if (!zub_grow(&ranking->columns, &ranking->column_capacity,
                      ranking->column_count + 1, sizeof *ranking->columns))
            return zub_fail_memory(error);
        column = &ranking->columns[ranking->column_count++];
    }
    *column = (zub_ranking_slot){.measure = measure, .parameter = parameter};
    name_column(column, measure->parameters && (is_named || !is_text));
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

static zub_status add_set(zub_ranking *ranking, bool is_official,
                          zub_error *error)
{
    const zub_ranked_measure *measure;
    zub_status status = ZUB_OK;

    for (size_t i = 0;
         status == ZUB_OK && (measure = zub_ranked_measure_at(i)) != NULL; i++)
        if (measure->of == ranking->of &&
            (!is_official || measure->is_official))
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

/* NULL: there is none of this name. */
static const zub_ranked_measure *find_measure(const char *name, size_t size)
{
    const zub_ranked_measure *measure;

    for (size_t i = 0; (measure = zub_ranked_measure_at(i)) != NULL; i++)
        if (has_name(measure, name, size))
            return measure;
    return NULL;
}

static zub_status check_measured(const zub_ranking *ranking,
                                 const zub_ranked_measure *measure,
                                 zub_error *error)
{
    static const char *const names[] = {
        [ZUB_OF_LEVELS] = "levels",
        [ZUB_OF_JUDGES] = "several judges",
        [ZUB_OF_PREFERENCES] = "preferences",
    };

    if (measure->of == ranking->of)
        return ZUB_OK;
    return zub_fail(error, ZUB_EINVAL,
                    "%s is a measure of %s, and the judgements are read as %s",
                    measure->name, names[measure->of], names[ranking->of]);
}

/* ---- Lists ---- */

/* [-]digits[.digits] */
static bool read_signed(const char *text, size_t size, double *out)
{
    char digits[24];
    bool is_negative = size > 0 && *text == '-';

    if (size >= sizeof digits)
        return false;
    memcpy(digits, text, size);
    digits[size] = '\0';
    if (!read_parameter(digits + is_negative, out))
        return false;
    *out = is_negative ? -*out : *out;
    return true;
}

/* A number, or LEVEL=GAIN, on to a column's list and its name. False: it is not
 * one, or there is no room. */
static bool add_to_list(zub_ranking_slot *column, const char *text)
{
    const char *equals = strchr(text, '=');
    const char *last = equals ? equals + 1 : text;
    size_t used = strlen(column->name), size = column->list_size;
    size_t count = column->measure->has_pairs ? 2 : 1;

    if ((equals != NULL) != column->measure->has_pairs ||
        size + count > ZUB_LIST_MOST ||
        used + 1 + strlen(text) >= sizeof column->name ||
        (equals &&
         !read_signed(text, (size_t)(equals - text), &column->list[size])) ||
        !read_signed(last, strlen(last), &column->list[size + count - 1]))
        return false;
    column->name[used] = size > 0 ? ',' : '_';
    memcpy(column->name + used + 1, text, strlen(text) + 1);
    column->list_size += count;
    return true;
}

/* "utility.2", the numbers that follow come by add_more. */
static zub_status add_listed(zub_ranking *ranking, const char *name,
                             bool *is_known, zub_error *error)
{
    const char *point = strchr(name, '.');
    const zub_ranked_measure *measure =
        point ? find_measure(name, (size_t)(point - name)) : NULL;

    *is_known = measure && measure->of_list;
    if (!*is_known)
        return ZUB_OK;
    zub_status status = check_measured(ranking, measure, error);
    if (status == ZUB_OK)
        status = add_column(ranking, measure, 0, false, error);
    if (status == ZUB_OK)
        *is_known = add_to_list(&ranking->columns[ranking->column_count - 1],
                                point + 1);
    return status;
}

static zub_status add_with_parameter(zub_ranking *ranking, const char *name,
                                     bool *is_known, zub_error *error)
{
    const char *border = find_border(name);
    double parameter;

    *is_known = false;
    if (!border || !read_parameter(border + 1, &parameter))
        return ZUB_OK;
    const zub_ranked_measure *measure =
        find_measure(name, (size_t)(border - name));
    *is_known = measure && measure->parameters &&
                (measure->places > 0 ||
                 (parameter >= 1 && parameter == floor(parameter)));
    if (!*is_known)
        return ZUB_OK;
    zub_status status = check_measured(ranking, measure, error);
    return status == ZUB_OK
               ? add_column(ranking, measure, parameter, true, error)
               : status;
}

/* A number alone is another parameter of the measure before it, or one more of
 * its list. */
static zub_status add_more(zub_ranking *ranking, const char *name,
                           bool *is_known, zub_error *error)
{
    double parameter;

    *is_known = false;
    if (ranking->column_count == 0)
        return ZUB_OK;
    zub_ranking_slot *last = &ranking->columns[ranking->column_count - 1];
    const zub_ranked_measure *measure = last->measure;
    if (last->list_size > 0) {
        *is_known = add_to_list(last, name);
        return ZUB_OK;
    }
    *is_known = measure->parameters && read_parameter(name, &parameter);
    return *is_known ? add_column(ranking, measure, parameter, true, error)
                     : ZUB_OK;
}

static bool is_set(const char *name)
{
    static const char *const sets[] = {"official", "all_trec", "all_prefs",
                                       "prefs", "qrels_jg"};

    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++)
        if (strcmp(name, sets[i]) == 0)
            return true;
    return false;
}

static zub_status add_named(zub_ranking *ranking, const char *name,
                            zub_error *error)
{
    const zub_ranked_measure *measure = find_measure(name, strlen(name));
    bool is_known;

    if (is_set(name))
        return add_set(ranking, *name == 'o', error);
    if (measure) {
        zub_status checked = check_measured(ranking, measure, error);
        return checked == ZUB_OK ? add_measure(ranking, measure, error)
                                 : checked;
    }
    zub_status status = add_more(ranking, name, &is_known, error);
    if (status == ZUB_OK && !is_known)
        status = add_listed(ranking, name, &is_known, error);
    if (status == ZUB_OK && !is_known)
        status = add_with_parameter(ranking, name, &is_known, error);
    if (status != ZUB_OK || is_known)
        return status;
    return zub_fail(error, ZUB_EINVAL,
                    "no measure '%.60s' (try official, all_trec, map, "
                    "ndcg_cut, or one rank: ndcg_cut_10)",
                    name);
}

zub_status zub_ranking_choose(zub_ranking *ranking,
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
