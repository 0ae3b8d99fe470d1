/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* answers.c - see answers.h. */
#include "vectors/answers.h"

#include <stdatomic.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/pool.h"

#define PIECES 32u /* of a thread in a batch */

typedef struct batch {
    const zub_answering *how;
    zub_answer_row *answers; /* [rows] */
    size_t first, rows;
    atomic_bool failed; /* for want of memory */
} batch;

bool zub_answer_keep(zub_answer_row *out, zub_heap *best)
{
    const zub_scored *sorted = zub_heap_sort(best);

    out->count = best->size;
    out->items = zub_alloc(best->size, sizeof *out->items);
    for (size_t i = 0; out->items && i < best->size; i++)
        out->items[i] = (zub_alike){sorted[i].id, sorted[i].score};
    return out->items != NULL;
}

zub_status zub_answer_give(zub_alikes **out, zub_heap *best, zub_error *error)
{
    const zub_scored *sorted = zub_heap_sort(best);
    zub_alikes *alikes =
        zub_alloc_tail(sizeof *alikes, best->size, sizeof *alikes->items);

    *out = NULL;
    if (!alikes)
        return zub_fail_memory(error);
    alikes->items = (zub_alike *)(alikes + 1);
    alikes->count = best->size;
    for (size_t i = 0; i < best->size; i++)
        alikes->items[i] = (zub_alike){sorted[i].id, sorted[i].score};
    *out = alikes;
    return ZUB_OK;
}

void zub_alikes_free(zub_alikes *alikes)
{
    zub_free(alikes);
}

static void find_piece(void *context, size_t piece, unsigned worker)
{
    batch *at = context;
    size_t start = piece * at->how->piece, left = at->rows - start;
    size_t count = left < at->how->piece ? left : at->how->piece;

    if (!atomic_load(&at->failed) &&
        !at->how->find(at->how->context, worker, at->first + start, count,
                       at->answers + start))
        atomic_store(&at->failed, true);
}

static void forget(batch *at)
{
    for (size_t i = 0; i < at->rows; i++) {
        zub_free(at->answers[i].items);
        at->answers[i] = (zub_answer_row){0};
    }
}

static zub_status answer_batch(batch *at, const zub_similar_taker *taker)
{
    size_t piece = at->how->piece;
    zub_status status = ZUB_OK;

    zub_pool_each(at->how->threads, (at->rows + piece - 1) / piece, find_piece,
                  at);
    if (atomic_load(&at->failed))
        status = ZUB_ENOMEM;
    for (size_t i = 0; i < at->rows && status == ZUB_OK; i++)
        status = taker->take(taker->context, at->first + i,
                             at->answers[i].items, at->answers[i].count);
    forget(at);
    return status;
}

zub_status zub_answer_all(const zub_answering *how,
                          const zub_similar_taker *taker, zub_error *error)
{
    size_t most = how->piece * PIECES * how->threads;
    batch at = {.how = how};
    zub_status status = ZUB_OK;

    atomic_init(&at.failed, false);
    at.answers = zub_alloc_zero(most, sizeof *at.answers);
    if (!at.answers)
        return zub_fail_memory(error);
    for (; status == ZUB_OK && at.first < how->rows; at.first += most) {
        at.rows = how->rows - at.first < most ? how->rows - at.first : most;
        status = answer_batch(&at, taker);
    }
    zub_free(at.answers);
    return status == ZUB_OK
               ? ZUB_OK
               : zub_fail(error, status, "%s", zub_status_text(status));
}
