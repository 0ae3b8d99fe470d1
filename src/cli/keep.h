/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* keep.h - input that is read twice: what can be read but once is kept. */
#ifndef ZUB_CLI_KEEP_H
#define ZUB_CLI_KEEP_H

#include <sys/types.h>

#include "zubda.h"

/* Standard input, if it is among the operands. Zeroed: it is not. */
typedef struct zub_kept_input {
    bool is_read;
    off_t start; /* where it began */
} zub_kept_input;

/* Of operands that hold "-" or are none: standard input that is no file
 * becomes one without a name in `folder`, and takes its place. ZUB_EINVAL: an
 * operand is a pipe or the like, which only standard input may be.
 * ZUB_EIO: it cannot be read. ZUB_EWRITE: the folder is full. */
zub_status zub_keep_input(zub_kept_input *out, const char *const *operands,
                          size_t count, const char *folder, zub_error *error);

/* Standard input begins again. ZUB_EIO. */
zub_status zub_keep_rewind(const zub_kept_input *kept, zub_error *error);

#endif
