/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* spill.h - how much memory counts may take, and where they go beyond it. */
#ifndef ZUB_CLI_SPILL_H
#define ZUB_CLI_SPILL_H

#include "cli/option.h"

typedef struct zub_spill {
    uint64_t memory;    /* 0: no limit */
    const char *folder; /* as asked for, or NULL */
} zub_spill;

/* Of temporary files: the one asked for, else $TMPDIR, else /tmp. */
const char *zub_spill_folder(const zub_spill *spill);

/* Runs that --memory sends there can be written: said at the start, not after
 * hours. ZUB_EWRITE. */
zub_status zub_spill_check(const zub_spill *spill, zub_error *error);

/* Before anything is counted: with a limit, memory that is given back leaves
 * the process, and threads share what the rest comes from. */
void zub_spill_prepare(const zub_spill *spill);

/* The rows of an option table; `settings` has a zub_spill called spill. */
#define ZUB_SPILL_OPTIONS(settings)                                           \
    {.kind = ZUB_OPTION_BYTES,                                                \
     .name = "memory",                                                        \
     .offset = offsetof(settings, spill.memory),                              \
     .metavar = "SIZE",                                                       \
     .about = "memory for counts, such as 64M (default: no limit)",           \
     .more =                                                                  \
         "At least 16M. Beyond it sorted runs go to temporary files; the "    \
         "result is the same, byte for byte. One thread counts for every "    \
         "16M, at most."},                                                    \
    {                                                                         \
        .kind = ZUB_OPTION_STRING, .name = "tmpdir",                          \
        .offset = offsetof(settings, spill.folder), .metavar = "DIR",         \
        .low = 1, .offer = ZUB_OFFER_FOLDER,                                  \
        .about = "folder of temporary files (default: $TMPDIR or /tmp)",      \
        .more = "They have no names: nothing is left behind, whatever ends "  \
                "the run."                                                    \
    }

#endif
