/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* similar_each.c - the neighbours of every row, a finder a thread. */
#include "base/error.h"
#include "base/mem.h"
#include "base/pool.h"
#include "vectors/answers.h"
#include "vectors/similar.h"

#define PIECE 16u /* rows that a thread takes at a time */

typedef struct every_row {
    const zub_similar *similar;
    unsigned threads;
    zub_finder **finders; /* [threads] */
} every_row;

static bool find_row(const every_row *all, zub_finder *finder, size_t row,
                     zub_answer_row *out)
{
    zub_vector query = zub_similar_row(all->similar, row);
    const zub_alike *alikes;
    zub_status status =
        zub_finder_find(&alikes, &out->count, finder, &query, row, NULL);

    if (status != ZUB_OK)
        return false;
    out->items = zub_alloc(out->count, sizeof *out->items);
    for (size_t n = 0; out->items && n < out->count; n++)
        out->items[n] = alikes[n];
    return out->items != NULL;
}

static bool find_rows(void *context, unsigned worker, size_t first,
                      size_t count, zub_answer_row *answers)
{
    const every_row *all = context;
    bool is_well = true;

    for (size_t i = 0; i < count && is_well; i++)
        is_well = find_row(all, all->finders[worker], first + i, &answers[i]);
    return is_well;
}

static zub_status open_finders(every_row *all, zub_error *error)
{
    zub_status status = ZUB_OK;

    all->finders = zub_alloc_zero(all->threads, sizeof(zub_finder *));
    if (!all->finders)
        return zub_fail_memory(error);
    for (unsigned i = 0; i < all->threads && status == ZUB_OK; i++)
        status = zub_finder_new(&all->finders[i], all->similar, error);
    return status;
}

static void close_finders(every_row *all)
{
    for (unsigned i = 0; all->finders && i < all->threads; i++)
        zub_finder_free(all->finders[i]);
    zub_free(all->finders);
}

zub_status zub_similar_each(const zub_similar *similar,
                            const zub_similar_taker *taker, zub_error *error)
{
    unsigned threads = similar->threads ? similar->threads : zub_processors();
    every_row all = {.similar = similar, .threads = threads};
    zub_answering how = {&all, similar->rows.rows, threads, PIECE, find_rows};

    zub_error_clear(error);
    zub_status status = open_finders(&all, error);
    if (status == ZUB_OK)
        status = zub_answer_all(&how, taker, error);
    close_finders(&all);
    return status;
}
