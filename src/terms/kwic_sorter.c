/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* kwic_sorter.c - the lines of a concordance in order of what stands around
 * the match; see zub_kwic_sorter in zubda.h.
 *
 * A line is an entry: a head, a key whose bytes compare as lines do, and its
 * slices. Entries gather in memory; beyond the limit they go to a temporary
 * file as a run in order. Eight runs of a level make one of the next, so that
 * few are open at a time. Runs stand in the order in which their lines were
 * added, and of equal keys the earlier run's goes first: so the order does not
 * depend on the limit. */
#include <string.h>

#include "zubda.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/order.h"
#include "base/spool.h"
#include "base/tournament.h"
#include "text/collation.h"
#include "text/scan.h"

#define MEMORY_LEAST ((uint64_t)16 << 20)
#define SORTING 64u /* bytes a line, beside its entry */
#define FAN 8u      /* runs that make one of the next level */
#define ENTRIES_MOST UINT32_MAX

/* Before an entry's bytes: key, id, before, match, after, padded to 8. */
typedef struct entry_head {
    uint64_t start, end;
    uint32_t size; /* of the whole entry */
    uint32_t key, id, before, match, after;
} entry_head;

typedef struct sorted_run {
    zub_file file;
    size_t at; /* entry, of bytes.size when it is over */
    zub_window window;
    unsigned level;
} sorted_run;

struct zub_kwic_sorter {
    bool by_before;
    size_t limit; /* bytes of entries and of sorting them */
    zub_spooler spooler;
    zub_collation *collation;
    zub_scanner *scanner;
    zub_scanned *words; /* of the side at hand */
    size_t word_capacity;
    zub_buffer side, key; /* scratch */

    char *entries; /* in memory */
    size_t used, capacity;
    zub_slice *keys; /* [count], in `entries`; `data` is set when sorting */
    size_t count, key_capacity;
    uint32_t *order; /* [count] once sorted */

    sorted_run *runs;
    size_t run_count, run_capacity;
    zub_tournament tournament;
    bool is_over; /* the last line was added */
    size_t next;  /* of `order` */
};

/* ---- Opening ---- */

static zub_status open_parts(zub_kwic_sorter *sorter, const char *lang,
                             zub_error *error)
{
    bool is_named = lang && strcmp(lang, "auto") != 0;
    zub_status status = zub_collation_new(&sorter->collation, lang, error);

    if (status == ZUB_OK)
        status = zub_scanner_new(&sorter->scanner, error);
    if (status == ZUB_OK && is_named)
        status = zub_scanner_choose(sorter->scanner, lang, error);
    return status;
}

zub_status zub_kwic_sorter_new(zub_kwic_sorter **out,
                               const zub_kwic_sorter_options *options,
                               zub_error *error)
{
    static const zub_kwic_sorter_options defaults = {0};
    zub_kwic_sorter *sorter = zub_alloc_zero(1, sizeof *sorter);

    *out = NULL;
    if (!sorter)
        return zub_fail_memory(error);
    if (!options)
        options = &defaults;
    sorter->by_before = options->by_before;
    sorter->limit = SIZE_MAX;
    if (options->memory > 0 && options->memory / 3 < SIZE_MAX)
        sorter->limit =
            (size_t)((options->memory > MEMORY_LEAST ? options->memory
                                                     : MEMORY_LEAST) /
                     3);
    sorter->spooler.folder = options->folder ? options->folder : "/tmp";
    zub_buffer_init(&sorter->side, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&sorter->key, ZUB_BUFFER_UNLIMITED);
    zub_status status = open_parts(sorter, options->lang, error);
    if (status != ZUB_OK) {
        zub_kwic_sorter_free(sorter);
        return status;
    }
    *out = sorter;
    return ZUB_OK;
}

void zub_kwic_sorter_free(zub_kwic_sorter *sorter)
{
    if (!sorter)
        return;
    for (size_t i = 0; i < sorter->run_count; i++)
        zub_file_close(&sorter->runs[i].file);
    zub_tournament_release(&sorter->tournament);
    zub_collation_free(sorter->collation);
    zub_scanner_free(sorter->scanner);
    zub_buffer_release(&sorter->side);
    zub_buffer_release(&sorter->key);
    zub_free(sorter->words);
    zub_free(sorter->entries);
    zub_free(sorter->keys);
    zub_free(sorter->order);
    zub_free(sorter->runs);
    zub_free(sorter);
}

/* ---- The key of a line ---- */

static zub_status find_words(zub_kwic_sorter *sorter, zub_slice text,
                             size_t *count)
{
    enum { BATCH = 64 };
    size_t found;
    zub_status status = zub_scanner_begin(sorter->scanner, text);

    *count = 0;
    do {
        if (!zub_grow(&sorter->words, &sorter->word_capacity, *count + BATCH,
                      sizeof *sorter->words))
            return ZUB_ENOMEM;
        found = status == ZUB_OK
                    ? zub_scanner_next(sorter->scanner, sorter->words + *count,
                                       BATCH)
                    : 0;
        *count += found;
    } while (found > 0);
    return zub_scanner_failed(sorter->scanner) ? ZUB_ENOMEM : status;
}

/* The words of a text with spaces between, the last first if `is_backward`. */
static zub_status add_words(zub_kwic_sorter *sorter, zub_slice text,
                            bool is_backward)
{
    size_t count;
    zub_status status = find_words(sorter, text, &count);

    zub_buffer_clear(&sorter->side);
    for (size_t i = 0; status == ZUB_OK && i < count; i++) {
        zub_scanned word = sorter->words[is_backward ? count - 1 - i : i];
        if (i > 0)
            zub_buffer_add_char(&sorter->side, ' ');
        zub_buffer_add(&sorter->side, text.data + word.start, word.size);
    }
    if (status == ZUB_OK && sorter->side.status == ZUB_OK)
        status = zub_collation_add_key(sorter->collation, &sorter->key,
                                       zub_buffer_slice(&sorter->side));
    return status == ZUB_OK ? sorter->side.status : status;
}

static zub_status make_key(zub_kwic_sorter *sorter, const zub_kwic_line *line)
{
    bool by_before = sorter->by_before;

    zub_buffer_clear(&sorter->key);
    zub_status status =
        add_words(sorter, by_before ? line->before : line->after, by_before);
    return status == ZUB_OK ? add_words(sorter, line->match, false) : status;
}

/* ---- Entries ---- */

static entry_head read_head(const char *entry)
{
    entry_head head;

    memcpy(&head, entry, sizeof head);
    return head;
}

static zub_slice key_at(const char *entry)
{
    return (zub_slice){entry + sizeof(entry_head), read_head(entry).key};
}

static zub_kwic_line line_at(const char *entry)
{
    entry_head head = read_head(entry);
    const char *id = entry + sizeof head + head.key, *before = id + head.id;
    const char *match = before + head.before, *after = match + head.match;

    return (zub_kwic_line){.id = {id, head.id},
                           .before = {before, head.before},
                           .match = {match, head.match},
                           .after = {after, head.after},
                           .start = head.start,
                           .end = head.end};
}

static size_t entry_size(const zub_kwic_line *line, size_t key)
{
    size_t size = sizeof(entry_head) + key + line->id.size +
                  line->before.size + line->match.size + line->after.size;

    return (size + 7) / 8 * 8;
}

static char *put(char *to, zub_slice bytes)
{
    if (bytes.size > 0)
        memcpy(to, bytes.data, bytes.size);
    return to + bytes.size;
}

static zub_status store(zub_kwic_sorter *sorter, const zub_kwic_line *line)
{
    zub_slice key = zub_buffer_slice(&sorter->key);
    size_t size = entry_size(line, key.size), need = sorter->used + size;
    entry_head head = {.start = line->start,
                       .end = line->end,
                       .size = (uint32_t)size,
                       .key = (uint32_t)key.size,
                       .id = (uint32_t)line->id.size,
                       .before = (uint32_t)line->before.size,
                       .match = (uint32_t)line->match.size,
                       .after = (uint32_t)line->after.size};

    if (size > UINT32_MAX || sorter->count == ENTRIES_MOST)
        return ZUB_ELIMIT;
    if (!zub_grow(&sorter->entries, &sorter->capacity, need, 1) ||
        !zub_grow(&sorter->keys, &sorter->key_capacity, sorter->count + 1,
                  sizeof *sorter->keys))
        return ZUB_ENOMEM;
    char *to = put(sorter->entries + sorter->used,
                   (zub_slice){(const char *)&head, sizeof head});
    to = put(put(put(to, key), line->id), line->before);
    to = put(put(to, line->match), line->after);
    memset(to, 0, (size_t)(sorter->entries + need - to));
    sorter->keys[sorter->count++].size = sorter->used; /* see sort() */
    sorter->used = need;
    return ZUB_OK;
}

/* ---- Order in memory ---- */

/* `keys` hold where each entry begins until here, for the array moves. */
static zub_status sort(zub_kwic_sorter *sorter)
{
    zub_free(sorter->order);
    sorter->order = zub_alloc(sorter->count + 1, sizeof *sorter->order);
    if (!sorter->order)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < sorter->count; i++)
        sorter->keys[i] = key_at(sorter->entries + sorter->keys[i].size);
    return zub_order_names(sorter->order, sorter->keys, sorter->count);
}

static const char *entry_in_memory(const zub_kwic_sorter *sorter, size_t i)
{
    return sorter->keys[sorter->order[i]].data - sizeof(entry_head);
}

/* ---- Runs ---- */

static bool is_ended(const sorted_run *run)
{
    return run->at == run->file.bytes.size;
}

static const char *entry_of(const sorted_run *run)
{
    return run->file.bytes.data + run->at;
}

static void pass(sorted_run *run)
{
    run->at += read_head(entry_of(run)).size;
    zub_window_pass(&run->window, run->file.bytes.data + run->at);
}

static bool is_less(const void *context, uint32_t a, uint32_t b)
{
    const sorted_run *runs = context;

    if (is_ended(&runs[a]) || is_ended(&runs[b]))
        return !is_ended(&runs[a]);
    zub_slice x = key_at(entry_of(&runs[a])), y = key_at(entry_of(&runs[b]));
    int order = memcmp(x.data, y.data, x.size < y.size ? x.size : y.size);
    if (order != 0)
        return order < 0;
    return x.size != y.size ? x.size < y.size : a < b;
}

/* The spool becomes the last run. */
static zub_status add_run(zub_kwic_sorter *sorter, zub_spool *spool,
                          unsigned level, zub_error *error)
{
    sorted_run run = {.level = level};

    zub_spool_finish(spool, &run.file);
    if (sorter->spooler.status != ZUB_OK)
        return zub_spooler_report(&sorter->spooler, error);
    if (!zub_grow(&sorter->runs, &sorter->run_capacity, sorter->run_count + 1,
                  sizeof *sorter->runs)) {
        zub_file_close(&run.file);
        return zub_fail_memory(error);
    }
    run.window = zub_window_at(run.file.bytes.data, run.file.is_mapped);
    sorter->runs[sorter->run_count++] = run;
    return ZUB_OK;
}

static void merge_into(zub_spool *spool, zub_tournament *tournament,
                       sorted_run *runs)
{
    zub_tournament_start(tournament, is_less, runs);
    for (;;) {
        sorted_run *run = &runs[zub_tournament_winner(tournament)];
        if (is_ended(run))
            break;
        zub_spool_add(spool, entry_of(run), read_head(entry_of(run)).size);
        pass(run);
        zub_tournament_replay(tournament, is_less, runs);
    }
}

/* The last FAN runs become one. */
static zub_status merge_last(zub_kwic_sorter *sorter, zub_error *error)
{
    sorted_run *last = sorter->runs + sorter->run_count - FAN;
    unsigned level = last->level + 1;
    zub_tournament tournament;
    zub_spool spool;

    if (!zub_tournament_init(&tournament, FAN))
        return zub_fail_memory(error);
    zub_spool_init(&spool, &sorter->spooler, 0);
    merge_into(&spool, &tournament, last);
    zub_tournament_release(&tournament);
    for (size_t i = 0; i < FAN; i++)
        zub_file_close(&last[i].file);
    sorter->run_count -= FAN;
    return add_run(sorter, &spool, level, error);
}

static bool has_full_level(const zub_kwic_sorter *sorter)
{
    size_t count = sorter->run_count;

    return count >= FAN &&
           sorter->runs[count - 1].level == sorter->runs[count - FAN].level;
}

/* What is in memory becomes a run. */
static zub_status spill(zub_kwic_sorter *sorter, zub_error *error)
{
    zub_spool spool;

    if (sort(sorter) != ZUB_OK)
        return zub_fail_memory(error);
    zub_spool_init(&spool, &sorter->spooler, 0);
    for (size_t i = 0; i < sorter->count; i++) {
        const char *entry = entry_in_memory(sorter, i);
        zub_spool_add(&spool, entry, read_head(entry).size);
    }
    sorter->used = sorter->count = 0;
    zub_status status = add_run(sorter, &spool, 0, error);
    while (status == ZUB_OK && has_full_level(sorter))
        status = merge_last(sorter, error);
    return status;
}

/* ---- Adding ---- */

static bool is_full(const zub_kwic_sorter *sorter)
{
    size_t count = sorter->count + 1;

    return sorter->used >= sorter->limit ||
           count > (sorter->limit - sorter->used) / SORTING;
}

zub_status zub_kwic_sorter_add(zub_kwic_sorter *sorter,
                               const zub_kwic_line *line, zub_error *error)
{
    zub_status status = make_key(sorter, line);

    zub_error_clear(error);
    if (status == ZUB_OK)
        status = store(sorter, line);
    if (status == ZUB_ENOMEM)
        return zub_fail_memory(error);
    if (status != ZUB_OK)
        return zub_fail(error, status,
                        "a line of a concordance takes less than 4 GiB");
    return is_full(sorter) ? spill(sorter, error) : ZUB_OK;
}

/* ---- Reading ---- */

static zub_status finish(zub_kwic_sorter *sorter, zub_error *error)
{
    sorter->is_over = true;
    if (sorter->run_count == 0)
        return sort(sorter) == ZUB_OK ? ZUB_OK : zub_fail_memory(error);
    zub_status status = sorter->count > 0 ? spill(sorter, error) : ZUB_OK;
    if (status != ZUB_OK)
        return status;
    if (!zub_tournament_init(&sorter->tournament, sorter->run_count))
        return zub_fail_memory(error);
    zub_tournament_start(&sorter->tournament, is_less, sorter->runs);
    return ZUB_OK;
}

static const char *next_entry(zub_kwic_sorter *sorter)
{
    if (sorter->run_count == 0)
        return sorter->next < sorter->count
                   ? entry_in_memory(sorter, sorter->next++)
                   : NULL;
    sorted_run *run =
        &sorter->runs[zub_tournament_winner(&sorter->tournament)];
    if (sorter->next > 0 && !is_ended(run)) { /* the last one was lent */
        pass(run);
        zub_tournament_replay(&sorter->tournament, is_less, sorter->runs);
        run = &sorter->runs[zub_tournament_winner(&sorter->tournament)];
    }
    sorter->next = 1;
    return is_ended(run) ? NULL : entry_of(run);
}

zub_status zub_kwic_sorter_next(zub_kwic_sorter *sorter, zub_kwic_line *line,
                                bool *has_line, zub_error *error)
{
    zub_status status = sorter->is_over ? ZUB_OK : finish(sorter, error);

    *has_line = false;
    if (status != ZUB_OK)
        return status;
    const char *entry = next_entry(sorter);
    *has_line = entry != NULL;
    if (entry)
        *line = line_at(entry);
    return ZUB_OK;
}
