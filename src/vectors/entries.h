/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* entries.h - any number of (key, id) in order of their keys, in memory or in
 * temporary files.
 *
 * They are added, sealed into sorted runs of so many, and read by merging the
 * runs. Threads fill entries of their own, which become one. */
#ifndef ZUB_VECTORS_ENTRIES_H
#define ZUB_VECTORS_ENTRIES_H

#include "base/order.h"
#include "base/spool.h"
#include "base/tournament.h"

typedef struct zub_entry_run {
    zub_file file; /* of 12 bytes each */
    size_t at;     /* bytes read */
    zub_window window;
} zub_entry_run;

typedef struct zub_entries {
    zub_spooler spooler;
    zub_keyed *items; /* [count], not yet in a run */
    size_t count, capacity;
    size_t most; /* of a run */
    zub_entry_run *runs;
    size_t run_count, run_capacity;
    zub_tournament tournament; /* while they are read */
} zub_entries;

/* `folder` NULL: runs stay in memory, 12 bytes an entry; else they are files
 * there. `most`: entries of a run, which takes 32 bytes each while it is
 * made. */
void zub_entries_init(zub_entries *entries, const char *folder, size_t most);
void zub_entries_release(zub_entries *entries);

/* ZUB_ENOMEM, ZUB_EWRITE: the folder is full. */
zub_status zub_entries_add(zub_entries *entries, uint64_t key, uint32_t id,
                           zub_error *error);

/* Those of `from`, which is empty then, go to `to`. The same errors. */
zub_status zub_entries_move(zub_entries *to, zub_entries *from,
                            zub_error *error);

/* None will be added: begin to read. The same errors. */
zub_status zub_entries_start(zub_entries *entries, zub_error *error);

/* The next in order of keys; those of one key in an order that depends on the
 * runs. False: that was the last. Some 30 ns for each doubling of the runs, and
 * 128 KiB of memory a file. */
bool zub_entries_next(zub_entries *entries, zub_keyed *out);

#endif
