/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* trec_lines.c - see trec_lines.h. Each kind of file is a row that says which
 * field is what. */
#include "eval/trec_lines.h"

#include <math.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/slice.h"
#include "eval/trec_fields.h"

#define LEVEL_MOST 100000

/* ---- Lines ---- */

/* What the fields of a line are; judge and group SIZE_MAX: there is none. */
typedef struct line_shape {
    const char *text; /* as an error has it */
    size_t fields, document, judge, group, value;
    bool is_whole; /* the value is a level that counts, at most 100000 */
    bool is_run;
} line_shape;

#define NONE SIZE_MAX

static const line_shape shapes[] = {
    [ZUB_QRELS] = {"query iteration document level", 4, 2, NONE, NONE, 3, true,
                   false},
    [ZUB_QRELS_JUDGES] = {"query judge document level", 4, 2, 1, NONE, 3, true,
                          false},
    [ZUB_PREFERENCES] = {"query judge group document level", 5, 3, 1, 2, 4,
                         false, false},
    [ZUB_QRELS_PREFERENCES] = {"query judge document level", 4, 2, 1, NONE, 3,
                               false, false},
};

static const line_shape run_shape = {
    "query Q0 document rank score tag", 6, 2, NONE, NONE, 4, false, true};

static bool read_value(zub_trec_line *out, zub_slice text,
                       const line_shape *shape)
{
    if (!zub_trec_number(&out->value, text))
        return false;
    if (shape->is_run)
        out->value = (float)out->value;
    return !shape->is_whole ||
           (out->value == floor(out->value) && fabs(out->value) <= LEVEL_MOST);
}

typedef struct line_reader {
    zub_trec_lines *lines;
    const line_shape *shape;
} line_reader;

static zub_status read_line(void *context, const zub_slice *fields)
{
    const line_reader *reader = context;
    const line_shape *shape = reader->shape;
    zub_trec_lines *lines = reader->lines;
    zub_trec_line line = {.query = fields[0],
                          .document = fields[shape->document]};

    if (!zub_grow(&lines->items, &lines->capacity, lines->count + 1,
                  sizeof *lines->items))
        return ZUB_ENOMEM;
    if (shape->judge != NONE)
        line.judge = fields[shape->judge];
    if (shape->group != NONE)
        line.group = fields[shape->group];
    if (shape->is_run)
        lines->tag = fields[shape->fields - 1];
    if (!read_value(&line, fields[shape->value], shape))
        return ZUB_EMALFORMED;
    lines->items[lines->count++] = line;
    return ZUB_OK;
}

/* ---- Order ---- */

static int by_document(const void *a, const void *b)
{
    const zub_trec_line *x = a, *y = b;
    int order = zub_slice_compare(x->query, y->query);

    if (order == 0)
        order = zub_slice_compare(x->judge, y->judge);
    if (order == 0)
        order = zub_slice_compare(x->group, y->group);
    return order != 0 ? order : zub_slice_compare(x->document, y->document);
}

/* 0: of one query and one score. */
static int by_score(const zub_trec_line *x, const zub_trec_line *y)
{
    int order = zub_slice_compare(x->query, y->query);

    return order != 0 ? order : (x->value < y->value) - (x->value > y->value);
}

static int by_score_greater_first(const void *a, const void *b)
{
    const zub_trec_line *x = a, *y = b;
    int order = by_score(x, y);

    return order != 0 ? order : zub_slice_compare(y->document, x->document);
}

static int by_score_lesser_first(const void *a, const void *b)
{
    const zub_trec_line *x = a, *y = b;
    int order = by_score(x, y);

    return order != 0 ? order : zub_slice_compare(x->document, y->document);
}

static int shown(zub_slice name)
{
    return name.size < 100 ? (int)name.size : 100;
}

static zub_status check_doubles(const zub_trec_lines *lines, const char *path,
                                zub_error *error)
{
    for (size_t i = 1; i < lines->count; i++) {
        const zub_trec_line *line = &lines->items[i];
        if (by_document(line - 1, line) == 0)
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

static void sort(zub_trec_lines *lines,
                 int (*order)(const void *a, const void *b))
{
    if (lines->count > 0)
        qsort(lines->items, lines->count, sizeof *lines->items, order);
}

static zub_status read_file(zub_trec_lines *out, const char *path,
                            const line_shape *shape, zub_error *error)
{
    *out = (zub_trec_lines){0};
    zub_status status = zub_file_open(&out->file, path, error);
    if (status == ZUB_OK)
        status = zub_trec_each_line(out->file.bytes, path, shape->text,
                                    shape->fields, read_line,
                                    &(line_reader){out, shape}, error);
    if (status == ZUB_OK) {
        sort(out, by_document);
        status = check_doubles(out, path, error);
    }
    if (status == ZUB_OK)
        status = list_queries(out, error);
    if (status != ZUB_OK)
        zub_trec_lines_release(out);
    return status;
}

zub_status zub_trec_read_judgements(zub_trec_lines *out, const char *path,
                                    zub_judgements_kind kind, zub_error *error)
{
    return read_file(out, path, &shapes[kind], error);
}

zub_status zub_trec_read_run(zub_trec_lines *out, const char *path,
                             bool lesser_first, zub_error *error)
{
    zub_status status = read_file(out, path, &run_shape, error);

    if (status == ZUB_OK)
        sort(out,
             lesser_first ? by_score_lesser_first : by_score_greater_first);
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

zub_trec_query zub_trec_judge_at(const zub_trec_lines *lines,
                                 const zub_trec_query *query, size_t start)
{
    zub_slice judge = lines->items[start].judge;
    size_t end = start + 1;

    while (end < query->end &&
           zub_slice_compare(lines->items[end].judge, judge) == 0)
        end++;
    return (zub_trec_query){judge, start, end};
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
