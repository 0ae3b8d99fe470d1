/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* merging.c - volumes into the builder again, article by article, without
 * reading their texts as words: of another index, of a tier, of all. What is
 * gone stays behind. A volume is made in memory, so that one of more than the
 * writer's memory is never made. */
#include "base/error.h"
#include "base/mem.h"
#include "index/index.h"
#include "index/tiers.h"
#include "index/transfer.h"
#include "index/writer.h"

/* ---- One volume ---- */

/* The articles of volume `i` of a shelf, which may be the writer's own: where
 * it may flush, the shelf may move. */
static zub_status add_volume(zub_index_writer *writer, const zub_shelf *shelf,
                             size_t i, bool may_flush, zub_error *error)
{
    const zub_volume *volume = shelf->items[i].volume;
    bool has_flushed = false;
    zub_transfer *transfer;
    zub_status status = zub_transfer_new(&transfer, volume, error);

    for (uint32_t a = 0; a < volume->about.articles && status == ZUB_OK; a++) {
        if (zub_shelved_is_gone(&shelf->items[i], a))
            continue;
        status = zub_transfer_article(transfer, a, writer->builder, error);
        if (status == ZUB_OK && may_flush)
            status = zub_writer_flush_if_full(writer, &has_flushed, error);
        if (has_flushed)
            zub_transfer_forget(transfer);
    }
    zub_transfer_free(transfer);
    return status;
}

/* ---- Another index ---- */

static zub_status add_shelf(zub_index_writer *writer, const zub_shelf *shelf,
                            zub_error *error)
{
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < shelf->count && status == ZUB_OK; i++)
        status = add_volume(writer, shelf, i, true, error);
    return status;
}

zub_status zub_index_writer_merge(zub_index_writer *writer, const char *folder,
                                  zub_error *error)
{
    zub_index *other;
    zub_status status = zub_writer_check(writer, error);

    if (status == ZUB_OK)
        status = zub_index_open(&other, folder, writer->models, false, error);
    if (status != ZUB_OK)
        return status;
    status = zub_index_rules_equal(&writer->manifest.rules,
                                   &other->manifest.rules, error);
    if (status == ZUB_OK) {
        writer->is_changed = true;
        status =
            zub_writer_lose(writer, add_shelf(writer, &other->shelf, error));
    }
    zub_index_free(other);
    return status;
}

/* ---- Tiers ---- */

/* Volumes [first, end) of the shelf become one, behind all others. */
static zub_status join_volumes(zub_index_writer *writer, size_t first,
                               size_t end, zub_error *error)
{
    zub_status status = zub_writer_flush(writer, error);

    for (size_t i = first; i < end && status == ZUB_OK; i++)
        status = add_volume(writer, &writer->shelf, i, false, error);
    if (status != ZUB_OK)
        return status;
    for (size_t i = end; i-- > first;)
        zub_shelf_drop(&writer->shelf, i);
    return zub_writer_flush(writer, error);
}

static void drop_empty(zub_shelf *shelf)
{
    for (size_t i = shelf->count; i-- > 0;)
        if (zub_shelved_articles(&shelf->items[i]) == 0)
            zub_shelf_drop(shelf, i);
}

zub_status zub_writer_tidy(zub_index_writer *writer, zub_error *error)
{
    zub_status status = ZUB_OK;
    size_t first, end;

    drop_empty(&writer->shelf);
    while (status == ZUB_OK &&
           zub_tiers_choose(&writer->shelf, writer->memory, &first, &end))
        status = join_volumes(writer, first, end, error);
    return status;
}

/* ---- All of it ---- */

typedef struct compaction {
    zub_index_writer *writer;
    bool *moves;   /* [count]: volumes whose articles become others' */
    size_t count;  /* volumes there were */
    size_t moving; /* of them */
} index_compaction;

/* All of them where they fit into one, else those that do not fill one alone.
 * It is settled before anything moves, which changes what is gone. */
static zub_status choose_moving(index_compaction *run)
{
    const zub_index_writer *writer = run->writer;
    const zub_shelf *shelf = &writer->shelf;
    bool does_fit = zub_tiers_fit(shelf, writer->memory);

    run->count = shelf->count;
    run->moves = zub_alloc_zero(run->count + 1, sizeof *run->moves);
    if (!run->moves)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < run->count; i++) {
        run->moves[i] =
            does_fit || !zub_tiers_is_full(&shelf->items[i], writer->memory);
        run->moving += run->moves[i];
    }
    return ZUB_OK;
}

/* One volume that nothing is gone of has nobody to become one with. */
static bool is_compact(const index_compaction *run)
{
    const zub_shelf *shelf = &run->writer->shelf;
    uint64_t gone = 0;

    for (size_t i = 0; i < shelf->count; i++)
        gone += shelf->items[i].gone_count;
    return gone == 0 && run->moving <= 1;
}

static zub_status move_volumes(const index_compaction *run, zub_error *error)
{
    zub_index_writer *writer = run->writer;
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < run->count && status == ZUB_OK; i++)
        if (run->moves[i])
            status = add_volume(writer, &writer->shelf, i, true, error);
    if (status == ZUB_OK)
        status = zub_writer_flush(writer, error);
    for (size_t i = run->count; status == ZUB_OK && i-- > 0;)
        if (run->moves[i])
            zub_shelf_drop(&writer->shelf, i);
    return status;
}

static zub_status compact(index_compaction *run, zub_error *error)
{
    zub_status status = zub_writer_flush(run->writer, error);

    if (status == ZUB_OK && choose_moving(run) != ZUB_OK)
        return zub_fail_memory(error);
    if (status != ZUB_OK || is_compact(run))
        return status;
    run->writer->is_changed = true;
    return move_volumes(run, error);
}

zub_status zub_index_writer_compact(zub_index_writer *writer, zub_error *error)
{
    index_compaction run = {.writer = writer};
    zub_status status = zub_writer_check(writer, error);

    if (status != ZUB_OK)
        return status;
    status = zub_writer_lose(writer, compact(&run, error));
    zub_free(run.moves);
    return status;
}
