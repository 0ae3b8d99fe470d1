/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* lock.h - one writer at a time: a lock on a file of the index, which goes with
 * the process that holds it, whatever ends it. */
#ifndef ZUB_INDEX_LOCK_H
#define ZUB_INDEX_LOCK_H

#include "zubda.h"

/* The lock of a folder that is there; *fd is -1 on failure. ZUB_EBUSY: somebody
 * else holds it. ZUB_EWRITE, ZUB_ENOMEM. */
zub_status zub_lock_take(int *fd, const char *folder, zub_error *error);
/* -1 is fine. */
void zub_lock_drop(int fd);
/* Takes the file away, too: of a folder that turned out to be no index. By who
 * holds it. */
void zub_lock_remove(const char *folder);

#endif
