/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* walk.h - from the paths a user names to the files behind them. */
#ifndef ZUB_CORPUS_WALK_H
#define ZUB_CORPUS_WALK_H

#include "zubda.h"

/* Files in the order named; within a folder in byte order of their paths.
 * Of a folder's files only those count whose suffix is known, or all when the
 * user has said the form; names that start with a dot never do. Symbolic
 * links to files are followed, those to folders within a folder are not. */
typedef struct zub_walk zub_walk;

/* Copies the paths. `takes_all`: see above. `stdin_fd`: what "-" stands for.
 * ZUB_ENOMEM. */
zub_status zub_walk_new(zub_walk **out, const char *const *paths, size_t count,
                        bool takes_all, int stdin_fd, zub_error *error);
/* Before the first file: these are left out of every folder, if they are there
 * now. ZUB_ENOMEM. */
zub_status zub_walk_leave_out(zub_walk *walk, const char *const *paths,
                              zub_error *error);
void zub_walk_free(zub_walk *walk);

/* The next file, borrowed until the next call; NULL after the last. Named
 * files are not looked at. ZUB_EIO: a folder cannot be read; ZUB_ENOTFOUND: a
 * folder holds no article; ZUB_ENOMEM. The next call goes on behind it. */
zub_status zub_walk_next(zub_walk *walk, const char **path, zub_error *error);

/* Bytes of the named files and, of folders, of the files listed so far; 0 when
 * a pipe is among them. */
uint64_t zub_walk_bytes(const zub_walk *walk);

#endif
