/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* listing.h - what commands that list terms have in common: articles are
 * counted, or a state is opened, and its listing becomes a table. */
#ifndef ZUB_CLI_LISTING_H
#define ZUB_CLI_LISTING_H

#include "cli/counting.h"
#include "cli/destination.h"

typedef struct zub_listing_task {
    const zub_counting *counting;
    zub_count_options count;
    zub_listing_options listing; /* low, high: 0 with is_of_ngrams: those that
                                    the state has */
    bool is_of_ngrams;
    const char *field; /* that names parts, or NULL */
    bool is_dated;     /* it holds dates */
} zub_listing_task;

/* Returns the exit code, having said on standard error why. */
int zub_listing_run(const zub_listing_task *task, const char *const *operands,
                    size_t count);

/* A table into the destination, in the format of the options. Errors of
 * zub_table_open. */
zub_status zub_listing_open_table(zub_table **out, const zub_column *columns,
                                  size_t count, const zub_common *common,
                                  zub_destination *destination,
                                  zub_error *error);

/* Rows of their tables, whose `settings` have members of these names. */
#define ZUB_COLUMN_OPTION(settings, last)                                     \
    ZUB_SORT_OPTION(settings, .about = "sort by a column", .is_main = true,   \
                    .metavar = "COLUMN", .fallback = "count",                 \
                    .more = "Numbers descend, text ascends; equals stand in " \
                            "byte order of their keys." last)
#define ZUB_REVERSE_OPTION(settings)                                          \
    {                                                                         \
        .kind = ZUB_OPTION_FLAG, .name = "reverse",                           \
        .offset = offsetof(settings, reverse),                                \
        .about = "the other way round: the smallest first, text descending"   \
    }
#define ZUB_KEYS_OPTION(settings)                                             \
    {                                                                         \
        .kind = ZUB_OPTION_FLAG, .name = "keys",                              \
        .offset = offsetof(settings, keys),                                   \
        .about = "a column of what counts as one: folded, stemmed"            \
    }

/* The shared tables of such a command: how results are written and counted,
 * then the input. Its settings begin with a zub_counting. */
extern const zub_option *const zub_listing_tables[];

#endif
