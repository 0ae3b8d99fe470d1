/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* lock.c - see lock.h. The lock is flock's, of an open file: other than those
 * of fcntl it is not lost when the process closes the file elsewhere, and it
 * keeps out a second writer of the same process. */
#define _GNU_SOURCE /* flock */
#include "index/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/error.h"
#include "index/manifest.h"

#define LOCK_FILE "lock"

static zub_status lock_file(int *fd, const char *path, const char *folder,
                            zub_error *error)
{
    *fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (*fd < 0)
        return zub_fail_errno(error, ZUB_EWRITE, "write", path, errno);
    if (flock(*fd, LOCK_EX | LOCK_NB) == 0)
        return ZUB_OK;
    if (errno != EWOULDBLOCK)
        return zub_fail_errno(error, ZUB_EWRITE, "lock", path, errno);
    return zub_fail(error, ZUB_EBUSY,
                    "another writer has '%s' (wait until it is done)", folder);
}

zub_status zub_lock_take(int *fd, const char *folder, zub_error *error)
{
    zub_buffer path;

    *fd = -1;
    zub_buffer_init(&path, ZUB_BUFFER_UNLIMITED);
    zub_status status = zub_index_path(&path, folder, LOCK_FILE);
    status = status == ZUB_OK ? lock_file(fd, path.data, folder, error)
                              : zub_fail_memory(error);
    zub_buffer_release(&path);
    if (status != ZUB_OK) {
        zub_lock_drop(*fd);
        *fd = -1;
    }
    return status;
}

void zub_lock_drop(int fd)
{
    if (fd >= 0)
        close(fd);
}

void zub_lock_remove(const char *folder)
{
    zub_buffer path;

    zub_buffer_init(&path, ZUB_BUFFER_UNLIMITED);
    if (zub_index_path(&path, folder, LOCK_FILE) == ZUB_OK)
        unlink(path.data);
    zub_buffer_release(&path);
}
