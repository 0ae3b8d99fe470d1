/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* trec_lines.c - see trec_lines.h. Numbers are read by hand: strtod listens to
 * the locale. */
#include "eval/trec_lines.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/slice.h"

#define FIELDS 6
#define DIGITS_MOST 18 /* of a number that count */

/* ---- Fields ---- */

static bool is_space(char byte)
{
    return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* The next field of a line, which shrinks; empty: there is none. */
static zub_slice cut(zub_slice *line)
{
    size_t start = 0, end;

    while (start < line->size && is_space(line->data[start]))
        start++;
    for (end = start; end < line->size && !is_space(line->data[end]);)
        end++;
    zub_slice field = {line->data + start, end - start};
    *line = (zub_slice){line->data + end, line->size - end};
    return field;
}

static bool is_digit(zub_slice text, size_t at)
{
    return at < text.size && text.data[at] >= '0' && text.data[at] <= '9';
}

static bool has_sign(zub_slice text, size_t at)
{
    return at < text.size && (text.data[at] == '-' || text.data[at] == '+');
}

/* Digits from *at on as a number; what is beyond `most` of them counts in
 * *dropped. Returns how many there were. */
static size_t read_digits(zub_slice text, size_t *at, double *value,
                          size_t *used, int *dropped)
{
    size_t start = *at;

    for (; is_digit(text, *at); ++*at) {
        if (*used == DIGITS_MOST) {
            ++*dropped;
            continue;
        }
        *value = *value * 10 + (text.data[*at] - '0');
        *used += *value > 0;
    }
    return *at - start;
}

/* The number behind an e, or 0. False: there is none behind it. */
static bool read_exponent(zub_slice text, size_t *at, int *exponent)
{
    double value = 0;
    size_t used = 0, sign = *at + 1;
    int dropped = 0;

    *exponent = 0;
    if (*at >= text.size || (text.data[*at] != 'e' && text.data[*at] != 'E'))
        return true;
    *at = sign + has_sign(text, sign);
    if (read_digits(text, at, &value, &used, &dropped) == 0)
        return false;
    value = value < 5000 ? value : 5000;
    *exponent = text.data[sign] == '-' ? -(int)value : (int)value;
    return true;
}

/* [+-]digits[.digits][e[+-]digits] */
static bool read_number(zub_slice text, double *out)
{
    size_t at = has_sign(text, 0), used = 0, before = at;
    double value = 0;
    int dropped = 0, behind = 0, exponent;

    size_t digits = read_digits(text, &at, &value, &used, &dropped);
    if (at < text.size && text.data[at] == '.') {
        int more = 0;
        size_t size = (at++, read_digits(text, &at, &value, &used, &more));
        behind = (int)size - more;
        digits += size;
    }
    if (digits == 0 || !read_exponent(text, &at, &exponent) || at < text.size)
        return false;
    exponent += dropped - behind;
    value =
        exponent < 0 ? value / pow(10, -exponent) : value * pow(10, exponent);
    *out = before > 0 && text.data[0] == '-' ? -value : value;
    return true;
}

static bool read_level(zub_slice text, int *out)
{
    double value;

    if (!read_number(text, &value) || value != floor(value) ||
        fabs(value) > 100000)
        return false;
    *out = (int)value;
    return true;
}

/* ---- Lines ---- */

typedef bool read_fields(zub_trec_line *out, const zub_slice *fields);

/* Of one judge, whoever he says he is. */
static bool read_judgement(zub_trec_line *out, const zub_slice *fields)
{
    out->document = fields[2];
    return read_level(fields[3], &out->level);
}

static bool read_judge(zub_trec_line *out, const zub_slice *fields)
{
    out->tag = fields[1];
    return read_judgement(out, fields);
}

/* A level of preferences may be any that is not below 0. */
static bool read_grade(zub_trec_line *out, zub_slice text)
{
    return read_number(text, &out->grade) && out->grade >= 0 &&
           out->grade <= 1e9;
}

static bool read_opinion(zub_trec_line *out, const zub_slice *fields)
{
    out->tag = fields[1];
    out->document = fields[2];
    return read_grade(out, fields[3]);
}

static bool read_norm(zub_trec_line *out, const zub_slice *fields)
{
    out->document = fields[1];
    return read_number(fields[2], &out->grade) &&
           read_number(fields[3], &out->spread);
}

static bool read_preference(zub_trec_line *out, const zub_slice *fields)
{
    out->tag = fields[1];
    out->part = fields[2];
    out->document = fields[3];
    return read_grade(out, fields[4]);
}

static bool read_result(zub_trec_line *out, const zub_slice *fields)
{
    double score;

    out->document = fields[2];
    out->tag = fields[5];
    if (!read_number(fields[4], &score))
        return false;
    out->score = (float)score;
    return true;
}

/* 1: read; 0: nothing to read; -1: not as it should be. */
static int read_line(zub_trec_line *out, zub_slice line, size_t count,
                     read_fields *read)
{
    zub_slice fields[FIELDS];

    if (line.size > 0 && line.data[0] == '#')
        return 0;
    for (size_t i = 0; i < count; i++) {
        fields[i] = cut(&line);
        if (fields[i].size == 0)
            return i == 0 ? 0 : -1;
    }
    *out = (zub_trec_line){.query = fields[0]};
    return read(out, fields) ? 1 : -1;
}

static zub_status read_lines(zub_trec_lines *lines, const char *path,
                             size_t fields, read_fields *read,
                             const char *shape, zub_error *error)
{
    const char *at = lines->file.bytes.data;
    const char *end = at + lines->file.bytes.size;

    for (unsigned long long number = 1; at < end; number++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        zub_slice line = {at, (size_t)((stop ? stop : end) - at)};
        if (!zub_grow(&lines->items, &lines->capacity, lines->count + 1,
                      sizeof *lines->items))
            return zub_fail_memory(error);
        int got = read_line(&lines->items[lines->count], line, fields, read);
        if (got < 0)
            return zub_fail(error, ZUB_EMALFORMED,
                            "line %llu of '%.300s' is not \"%s\"", number,
                            path, shape);
        lines->count += (size_t)got;
        at = stop ? stop + 1 : end;
    }
    return ZUB_OK;
}

/* ---- Order ---- */

/* Judge and part are empty where they do not count. */
static int by_document(const void *a, const void *b)
{
    const zub_trec_line *x = a, *y = b;
    int order = zub_slice_compare(x->query, y->query);

    if (order == 0)
        order = zub_slice_compare(x->tag, y->tag);
    if (order == 0)
        order = zub_slice_compare(x->part, y->part);
    return order != 0 ? order : zub_slice_compare(x->document, y->document);
}

/* Of a run: whatever their tags. */
static int by_query(const void *a, const void *b)
{
    const zub_trec_line *x = a, *y = b;
    int order = zub_slice_compare(x->query, y->query);

    return order != 0 ? order : zub_slice_compare(x->document, y->document);
}

static int by_score(const void *a, const void *b)
{
    const zub_trec_line *x = a, *y = b;
    int order = zub_slice_compare(x->query, y->query);

    if (order != 0)
        return order;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return zub_slice_compare(y->document, x->document);
}

static int shown(zub_slice name)
{
    return name.size < 100 ? (int)name.size : 100;
}

typedef int line_order(const void *a, const void *b);

static zub_status check_doubles(const zub_trec_lines *lines, const char *path,
                                line_order *order, zub_error *error)
{
    for (size_t i = 1; i < lines->count; i++) {
        const zub_trec_line *line = &lines->items[i];
        if (order(line - 1, line) == 0)
            return zub_fail(error, ZUB_EMALFORMED,
                            "'%.*s' stands twice for query '%.*s' in '%.200s'",
                            shown(line->document), line->document.data,
                            shown(line->query), line->query.data, path);
    }
    return ZUB_OK;
}

static zub_status list_queries(zub_trec_lines *lines, zub_error *error)
{
    lines->queries = zub_alloc(lines->count, sizeof *lines->queries);
    if (!lines->queries)
        return zub_fail_memory(error);
    for (size_t i = 0; i < lines->count; i++) {
        zub_slice name = lines->items[i].query;
        if (i == 0 || zub_slice_compare(name, lines->items[i - 1].query) != 0)
            lines->queries[lines->query_count++] =
                (zub_trec_query){.name = name, .start = i};
        lines->queries[lines->query_count - 1].end = i + 1;
    }
    return ZUB_OK;
}

static void sort(zub_trec_lines *lines, line_order *order)
{
    if (lines->count > 0)
        qsort(lines->items, lines->count, sizeof *lines->items, order);
}

static zub_status read_file(zub_trec_lines *out, const char *path,
                            size_t fields, read_fields *read,
                            line_order *order, const char *shape,
                            zub_error *error)
{
    *out = (zub_trec_lines){0};
    zub_status status = zub_file_open(&out->file, path, error);
    if (status == ZUB_OK)
        status = read_lines(out, path, fields, read, shape, error);
    if (status == ZUB_OK) {
        sort(out, order);
        status = check_doubles(out, path, order, error);
    }
    if (status == ZUB_OK)
        status = list_queries(out, error);
    if (status != ZUB_OK)
        zub_trec_lines_release(out);
    return status;
}

static const struct {
    size_t fields;
    read_fields *read;
    const char *shape;
} kinds[] = {
    [ZUB_JUDGED_ONCE] = {4, read_judgement, "query iteration document level"},
    [ZUB_JUDGED_BY_SEVERAL] = {4, read_judge, "query judge document level"},
    [ZUB_JUDGED_IN_PARTS] = {5, read_preference,
                             "query judge part document level"},
    [ZUB_JUDGED_BY_PREFERENCE] = {4, read_opinion,
                                  "query judge document level"},
};

zub_status zub_trec_read_judgements(zub_trec_lines *out, const char *path,
                                    zub_judgement_kind kind, zub_error *error)
{
    return read_file(out, path, kinds[kind].fields, kinds[kind].read,
                     by_document, kinds[kind].shape, error);
}

zub_status zub_trec_read_norms(zub_trec_lines *out, const char *path,
                               zub_error *error)
{
    return read_file(out, path, 4, read_norm, by_query,
                     "query measure mean deviation", error);
}

zub_status zub_trec_read_run(zub_trec_lines *out, const char *path,
                             zub_error *error)
{
    zub_status status = read_file(out, path, 6, read_result, by_query,
                                  "query Q0 document rank score tag", error);

    if (status == ZUB_OK)
        sort(out, by_score);
    return status;
}

void zub_trec_lines_release(zub_trec_lines *lines)
{
    zub_file_close(&lines->file);
    zub_free(lines->items);
    zub_free(lines->queries);
    *lines = (zub_trec_lines){0};
}

const zub_trec_query *zub_trec_find_query(const zub_trec_lines *lines,
                                          zub_slice name)
{
    size_t low = 0, high = lines->query_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = zub_slice_compare(name, lines->queries[middle].name);
        if (order == 0)
            return &lines->queries[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const zub_trec_line *zub_trec_find_document(const zub_trec_lines *lines,
                                            const zub_trec_query *query,
                                            zub_slice name)
{
    size_t low = query->start, high = query->end;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = zub_slice_compare(name, lines->items[middle].document);
        if (order == 0)
            return &lines->items[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
