/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* entries.c - see entries.h. When runs are too many to be read at once, the
 * first of them become one at the end of the list, until they are not. */
#include "vectors/entries.h"

#include "base/error.h"
#include "base/mem.h"

#define BYTES 12u         /* of an entry in a run */
#define FAN ((size_t)256) /* runs that are read at once */

void zub_entries_init(zub_entries *entries, const char *folder, size_t most)
{
    *entries = (zub_entries){.spooler = {.folder = folder}, .most = most};
}

void zub_entries_release(zub_entries *entries)
{
    for (size_t i = 0; i < entries->run_count; i++)
        zub_file_close(&entries->runs[i].file);
    zub_tournament_release(&entries->tournament);
    zub_free(entries->runs);
    zub_free(entries->items);
    *entries = (zub_entries){0};
}

/* ---- Runs ---- */

static bool make_room(zub_entries *entries, size_t more)
{
    return zub_grow(&entries->runs, &entries->run_capacity,
                    entries->run_count + more, sizeof *entries->runs);
}

static void put(zub_spool *spool, zub_keyed item)
{
    zub_spool_add_u64(spool, item.key);
    zub_spool_add_u32(spool, item.id);
}

/* The spool becomes the last run, for which there is room. */
static zub_status add_run(zub_entries *entries, zub_spool *spool,
                          zub_error *error)
{
    zub_entry_run run = {.at = 0};

    zub_spool_finish(spool, &run.file);
    if (entries->spooler.status != ZUB_OK) {
        zub_file_close(&run.file);
        return zub_spooler_report(&entries->spooler, error);
    }
    run.window = zub_window_at(run.file.bytes.data, run.file.is_mapped);
    entries->runs[entries->run_count++] = run;
    return ZUB_OK;
}

static zub_status seal(zub_entries *entries, zub_error *error)
{
    zub_spool spool;

    if (entries->count == 0)
        return ZUB_OK;
    zub_keyed *scratch = zub_alloc(entries->count, sizeof *scratch);
    if (!scratch || !make_room(entries, 1)) {
        zub_free(scratch);
        return zub_fail_memory(error);
    }
    zub_order_keys(entries->items, scratch, entries->count);
    zub_free(scratch);
    zub_spool_init(&spool, &entries->spooler, entries->count * BYTES);
    for (size_t i = 0; i < entries->count; i++)
        put(&spool, entries->items[i]);
    entries->count = 0;
    return add_run(entries, &spool, error);
}

zub_status zub_entries_add(zub_entries *entries, uint64_t key, uint32_t id,
                           zub_error *error)
{
    if (!zub_grow(&entries->items, &entries->capacity, entries->count + 1,
                  sizeof *entries->items))
        return zub_fail_memory(error);
    entries->items[entries->count++] = (zub_keyed){key, id};
    return entries->count < entries->most ? ZUB_OK : seal(entries, error);
}

zub_status zub_entries_move(zub_entries *to, zub_entries *from,
                            zub_error *error)
{
    zub_status status = seal(from, error);

    if (status != ZUB_OK)
        return status;
    if (!make_room(to, from->run_count))
        return zub_fail_memory(error);
    for (size_t i = 0; i < from->run_count; i++)
        to->runs[to->run_count++] = from->runs[i];
    from->run_count = 0;
    return ZUB_OK;
}

/* ---- Reading ---- */

static bool is_ended(const zub_entry_run *run)
{
    return run->at == run->file.bytes.size;
}

static uint64_t key_of(const zub_entry_run *run)
{
    uint64_t key;

    memcpy(&key, run->file.bytes.data + run->at, sizeof key);
    return key;
}

static bool is_less(const void *context, uint32_t a, uint32_t b)
{
    const zub_entry_run *runs = context;

    if (is_ended(&runs[a]) || is_ended(&runs[b]))
        return !is_ended(&runs[a]);
    uint64_t x = key_of(&runs[a]), y = key_of(&runs[b]);
    return x != y ? x < y : a < b;
}

static bool read(zub_tournament *tournament, zub_entry_run *runs,
                 zub_keyed *out)
{
    zub_entry_run *run = &runs[zub_tournament_winner(tournament)];

    if (is_ended(run))
        return false;
    out->key = key_of(run);
    memcpy(&out->id, run->file.bytes.data + run->at + sizeof out->key,
           sizeof out->id);
    run->at += BYTES;
    zub_window_pass(&run->window, run->file.bytes.data + run->at);
    zub_tournament_replay(tournament, is_less, runs);
    return true;
}

/* The first FAN runs become the last one. */
static zub_status merge_first(zub_entries *entries, zub_error *error)
{
    zub_tournament tournament;
    zub_spool spool;
    zub_keyed item;

    if (!make_room(entries, 1) || !zub_tournament_init(&tournament, FAN))
        return zub_fail_memory(error);
    zub_tournament_start(&tournament, is_less, entries->runs);
    zub_spool_init(&spool, &entries->spooler, 0);
    while (read(&tournament, entries->runs, &item))
        put(&spool, item);
    zub_tournament_release(&tournament);
    zub_status status = add_run(entries, &spool, error);
    if (status != ZUB_OK)
        return status;
    for (size_t i = 0; i < FAN; i++)
        zub_file_close(&entries->runs[i].file);
    entries->run_count -= FAN;
    memmove(entries->runs, entries->runs + FAN,
            entries->run_count * sizeof *entries->runs);
    return ZUB_OK;
}

zub_status zub_entries_start(zub_entries *entries, zub_error *error)
{
    zub_status status = seal(entries, error);

    zub_free(entries->items);
    entries->items = NULL;
    entries->capacity = 0;
    while (status == ZUB_OK && entries->run_count > FAN)
        status = merge_first(entries, error);
    if (status != ZUB_OK || entries->run_count == 0)
        return status;
    if (!zub_tournament_init(&entries->tournament, entries->run_count))
        return zub_fail_memory(error);
    zub_tournament_start(&entries->tournament, is_less, entries->runs);
    return ZUB_OK;
}

bool zub_entries_next(zub_entries *entries, zub_keyed *out)
{
    return entries->run_count > 0 &&
           read(&entries->tournament, entries->runs, out);
}
