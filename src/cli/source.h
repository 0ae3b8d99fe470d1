/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* source.h - operands that are articles or states, as one state. */
#ifndef ZUB_CLI_SOURCE_H
#define ZUB_CLI_SOURCE_H

#include "cli/counting.h"

/* The shared tables of a command on such operands, whose settings begin with a
 * zub_counting: --drop-stop-words and memory, then the input. */
extern const zub_option *const zub_source_tables[];

/* Zeroed is closed. */
typedef struct zub_source {
    zub_intake intake; /* of articles */
    zub_state *state;
} zub_source;

/* States are opened and become one; of articles nothing is read yet. Without
 * operands it is standard input. ZUB_EINVAL: states and articles mixed, options
 * that come too late for a state; errors of zub_intake_open, zub_state_open
 * and zub_merge. */
zub_status zub_source_open(zub_source *out, const zub_counting *counting,
                           const char *const *operands, size_t count,
                           zub_error *error);
/* Counts the articles. Without any, state stays NULL (counting.h). */
zub_status zub_source_count(zub_source *source, const zub_counting *counting,
                            const zub_count_options *options,
                            zub_error *error);
bool zub_source_is_state(const zub_source *source);
void zub_source_close(zub_source *source);

#endif
