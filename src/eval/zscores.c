/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* zscores.c - see zscores.h. */
#include "eval/zscores.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/slice.h"
#include "eval/trec_fields.h"

static zub_status read_score(void *context, const zub_slice *fields)
{
    zub_zscores *scores = context;
    zub_zscore score = {.query = fields[0], .measure = fields[1]};

    if (!zub_grow(&scores->items, &scores->capacity, scores->count + 1,
                  sizeof *scores->items))
        return ZUB_ENOMEM;
    if (!zub_trec_number(&score.mean, fields[2]) ||
        !zub_trec_number(&score.deviation, fields[3]))
        return ZUB_EMALFORMED;
    scores->items[scores->count++] = score;
    return ZUB_OK;
}

static int by_measure(const void *a, const void *b)
{
    const zub_zscore *x = a, *y = b;
    int order = zub_slice_compare(x->query, y->query);

    return order != 0 ? order : zub_slice_compare(x->measure, y->measure);
}

static zub_status sort(zub_zscores *scores, const char *path, zub_error *error)
{
    if (scores->count > 0)
        qsort(scores->items, scores->count, sizeof *scores->items, by_measure);
    for (size_t i = 1; i < scores->count; i++)
        if (by_measure(&scores->items[i - 1], &scores->items[i]) == 0)
            return zub_fail(error, ZUB_EMALFORMED,
                            "a measure of a query stands twice in '%.300s'",
                            path);
    return ZUB_OK;
}

zub_status zub_zscores_open(zub_zscores *out, const char *path,
                            zub_error *error)
{
    *out = (zub_zscores){0};
    zub_status status = zub_file_open(&out->file, path, error);
    if (status == ZUB_OK)
        status = zub_trec_each_line(out->file.bytes, path,
                                    "query measure mean deviation", 4,
                                    read_score, out, error);
    if (status == ZUB_OK)
        status = sort(out, path, error);
    if (status != ZUB_OK)
        zub_zscores_close(out);
    return status;
}

void zub_zscores_close(zub_zscores *scores)
{
    zub_file_close(&scores->file);
    zub_free(scores->items);
    *scores = (zub_zscores){0};
}

static double distance(const zub_zscore *score, double value)
{
    if (score->deviation != 0)
        return (value - score->mean) / score->deviation;
    return value == score->mean ? 0 : ZUB_NO_ZSCORE;
}

double zub_zscores_of(const zub_zscores *scores, zub_slice query,
                      zub_slice measure, double value)
{
    const zub_zscore wanted = {.query = query, .measure = measure};
    const zub_zscore *found = NULL;

    if (scores->count > 0)
        found = bsearch(&wanted, scores->items, scores->count,
                        sizeof *scores->items, by_measure);
    return found ? distance(found, value) : ZUB_NO_ZSCORE;
}
