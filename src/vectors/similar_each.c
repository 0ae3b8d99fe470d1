/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* similar_each.c - the neighbours of every row: a batch of rows on all
 * threads, then handed over in order, then the next batch. */
#include <stdatomic.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/pool.h"
#include "vectors/similar.h"

#define BATCH 512u /* rows of a thread */
#define PIECE 16u  /* rows that a thread takes at a time */

/* What was found for a row. */
typedef struct found_row {
    zub_alike *items; /* [count] */
    size_t count;
} found_row;

typedef struct every_row {
    const zub_similar *similar;
    unsigned threads;
    zub_finder **finders; /* [threads] */
    found_row *found;     /* [rows] */
    size_t first, rows;   /* of the batch */
    atomic_bool failed;   /* for want of memory */
} every_row;

static zub_status find_row(every_row *all, zub_finder *finder, size_t i)
{
    zub_vector query = zub_similar_row(all->similar, all->first + i);
    found_row *found = &all->found[i];
    const zub_alike *alikes;
    zub_status status = zub_finder_find(&alikes, &found->count, finder, &query,
                                        all->first + i, NULL);

    if (status != ZUB_OK)
        return status;
    found->items = zub_alloc(found->count, sizeof *found->items);
    for (size_t n = 0; found->items && n < found->count; n++)
        found->items[n] = alikes[n];
    return found->items ? ZUB_OK : ZUB_ENOMEM;
}

static void find_piece(void *context, size_t piece, unsigned worker)
{
    every_row *all = context;
    size_t end =
        (piece + 1) * PIECE < all->rows ? (piece + 1) * PIECE : all->rows;

    for (size_t i = piece * PIECE; i < end && !atomic_load(&all->failed); i++)
        if (find_row(all, all->finders[worker], i) != ZUB_OK)
            atomic_store(&all->failed, true);
}

static void forget_batch(every_row *all)
{
    for (size_t i = 0; i < all->rows; i++) {
        zub_free(all->found[i].items);
        all->found[i] = (found_row){0};
    }
}

static zub_status do_batch(every_row *all, const zub_similar_taker *taker)
{
    zub_status status = ZUB_OK;

    zub_pool_each(all->threads, (all->rows + PIECE - 1) / PIECE, find_piece,
                  all);
    if (atomic_load(&all->failed))
        status = ZUB_ENOMEM;
    for (size_t i = 0; i < all->rows && status == ZUB_OK; i++)
        status = taker->take(taker->context, all->first + i,
                             all->found[i].items, all->found[i].count);
    forget_batch(all);
    return status;
}

static zub_status open_finders(every_row *all, zub_error *error)
{
    zub_status status = ZUB_OK;

    for (unsigned i = 0; i < all->threads && status == ZUB_OK; i++)
        status = zub_finder_new(&all->finders[i], all->similar, error);
    return status;
}

static zub_status do_all(every_row *all, const zub_similar_taker *taker,
                         zub_error *error)
{
    size_t rows = all->similar->rows.rows;
    size_t batch = (size_t)BATCH * all->threads;
    zub_status status = open_finders(all, error);

    for (; status == ZUB_OK && all->first < rows; all->first += batch) {
        all->rows = rows - all->first < batch ? rows - all->first : batch;
        status = do_batch(all, taker);
        if (status != ZUB_OK)
            zub_fail(error, status, "%s", zub_status_text(status));
    }
    return status;
}

zub_status zub_similar_each(const zub_similar *similar,
                            const zub_similar_taker *taker, zub_error *error)
{
    unsigned threads = similar->threads ? similar->threads : zub_processors();
    every_row all = {.similar = similar, .threads = threads};

    zub_error_clear(error);
    atomic_init(&all.failed, false);
    all.finders = zub_alloc_zero(threads, sizeof(zub_finder *));
    all.found = zub_alloc_zero((size_t)BATCH * threads, sizeof *all.found);
    zub_status status = all.finders && all.found ? do_all(&all, taker, error)
                                                 : zub_fail_memory(error);
    for (unsigned i = 0; all.finders && i < threads; i++)
        zub_finder_free(all.finders[i]);
    zub_free(all.finders);
    zub_free(all.found);
    return status;
}
