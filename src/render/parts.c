/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* parts.c - see parts.h. In a round each thread makes a part, some rows, in
 * memory, and then all are written. A part that would take too much is left
 * where it was full; the rest of it is made while it is written. */
#include "render/parts.h"

#include "base/buffer.h"
#include "base/mem.h"
#include "base/pool.h"

#define PART_ROWS 16384u
#define PART_BYTES ((size_t)4 << 20)

/* Rows first to end, of which those before `at` are in `text`. */
typedef struct part {
    zub_buffer text;
    uint64_t at, end;
    zub_status status;
} part;

typedef struct round {
    const zub_part_rows *rows;
    part *parts; /* [threads] */
} round;

static void make_part(void *context, size_t i, unsigned worker)
{
    round *all = context;
    part *mine = &all->parts[i];
    zub_writer out;

    zub_buffer_clear(&mine->text);
    zub_writer_init(&out, zub_buffer_sink(&mine->text));
    while (mine->at < mine->end && mine->text.size < PART_BYTES &&
           out.status == ZUB_OK)
        all->rows->write(all->rows->context, worker, &out, mine->at++);
    mine->status = zub_writer_finish(&out);
}

static void write_part(zub_writer *out, const zub_part_rows *rows, part *mine)
{
    zub_writer_fail(out, mine->status);
    if (out->status == ZUB_OK)
        zub_write(out, mine->text.data, mine->text.size);
    while (mine->at < mine->end && out->status == ZUB_OK)
        rows->write(rows->context, 0, out, mine->at++);
}

/* Shares out the rows from `first` on; returns the one behind them. */
static uint64_t share_out(const round *all, uint64_t first)
{
    for (unsigned i = 0; i < all->rows->threads; i++) {
        uint64_t left = all->rows->count - first;
        all->parts[i].at = first;
        first += left < PART_ROWS ? left : PART_ROWS;
        all->parts[i].end = first;
    }
    return first;
}

static void write_alone(zub_writer *out, const zub_part_rows *rows)
{
    for (uint64_t r = 0; r < rows->count && out->status == ZUB_OK; r++)
        rows->write(rows->context, 0, out, r);
}

static void write_rounds(zub_writer *out, round *all)
{
    const zub_part_rows *rows = all->rows;
    unsigned threads = rows->threads;
    uint64_t next = 0;

    while (next < rows->count && out->status == ZUB_OK) {
        next = share_out(all, next);
        zub_pool_each(threads, threads, make_part, all);
        for (unsigned i = 0; i < threads; i++)
            write_part(out, rows, &all->parts[i]);
    }
}

void zub_write_parts(zub_writer *out, const zub_part_rows *rows)
{
    round all = {.rows = rows};

    if (rows->threads < 2 || rows->count < PART_ROWS) {
        write_alone(out, rows);
        return;
    }
    all.parts = zub_alloc_zero(rows->threads, sizeof *all.parts);
    if (!all.parts) {
        zub_writer_fail(out, ZUB_ENOMEM);
        return;
    }
    for (unsigned i = 0; i < rows->threads; i++)
        zub_buffer_init(&all.parts[i].text, ZUB_BUFFER_UNLIMITED);
    write_rounds(out, &all);
    for (unsigned i = 0; i < rows->threads; i++)
        zub_buffer_release(&all.parts[i].text);
    zub_free(all.parts);
}
