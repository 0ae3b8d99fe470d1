/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* guard.h - that no command writes over what it reads, or over a file of
 * another kind: `-o *.txt` is, when the shell is done with it, `-o` of the
 * first article. And that what is counted is not counted twice. */
#ifndef ZUB_CLI_GUARD_H
#define ZUB_CLI_GUARD_H

#include "cli/command.h"

/* `output` (NULL and "-": none) is none of `inputs` (NULL: none; "-": standard
 * input), by device and inode. ZUB_EINVAL. Costs a stat each. */
zub_status zub_guard_inputs(const char *output, const char *const *inputs,
                            size_t count, zub_error *error);

/* The same of the --output of any command, its operands and all the files
 * that its options name; and those are not what one pattern of the shell means
 * (expansion.h). */
zub_status zub_guard_command(const zub_command *command, const void *settings,
                             const char *const *operands, size_t count,
                             zub_error *error);

/* No two of `paths` are one file or folder, by device and inode: it would count
 * twice. ZUB_EINVAL; ZUB_ENOMEM: 32 bytes each. Costs a stat each. */
zub_status zub_guard_twice(const char *const *paths, size_t count,
                           zub_error *error);

/* A regular file of that name that has bytes begins with one of these
 * (NULL-ended, at most 16 bytes each): it is `kind`, such as "a state".
 * ZUB_EINVAL: it is something else. */
zub_status zub_guard_kind(const char *output, const char *const *beginnings,
                          const char *kind, zub_error *error);

/* The same of a state. */
zub_status zub_guard_state(const char *output, zub_error *error);

#endif
