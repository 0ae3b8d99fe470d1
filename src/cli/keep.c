/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* keep.c - see keep.h. */
#define _XOPEN_SOURCE 700 /* mkstemp */
#include "cli/keep.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/common.h"
#include "cli/message.h"

#define STEP ((size_t)1 << 16)

static zub_status fail(zub_error *error, zub_status status, const char *what,
                       const char *path)
{
    return zub_message_into(error, status, "cannot %s '%s': %s", what, path,
                            strerror(errno));
}

/* A file without a name; -1: there can be none. */
static int open_nameless(const char *folder)
{
    char path[4096];
    int size = snprintf(path, sizeof path, "%s/zubda.XXXXXX", folder);

    if (size < 0 || (size_t)size >= sizeof path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    int fd = mkstemp(path);
    if (fd >= 0)
        unlink(path);
    return fd;
}

static bool write_all(int fd, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t written = write(fd, data, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        data += written;
        size -= (size_t)written;
    }
    return true;
}

static zub_status copy(int to, const char *folder, zub_error *error)
{
    char room[STEP];

    for (;;) {
        ssize_t size = read(STDIN_FILENO, room, sizeof room);
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return fail(error, ZUB_EIO, "read", "-");
        if (size == 0)
            return ZUB_OK;
        if (!write_all(to, room, (size_t)size))
            return fail(error, ZUB_EWRITE, "write to", folder);
    }
}

static zub_status replace(const char *folder, zub_error *error)
{
    int fd = open_nameless(folder);

    if (fd < 0)
        return fail(error, ZUB_EWRITE, "write to", folder);
    zub_status status = copy(fd, folder, error);
    if (status == ZUB_OK &&
        (lseek(fd, 0, SEEK_SET) < 0 || dup2(fd, STDIN_FILENO) < 0))
        status = fail(error, ZUB_EIO, "read", "-");
    close(fd);
    return status;
}

/* Something that has no beginning to go back to. */
static zub_status check_operand(const char *path, zub_error *error)
{
    struct stat is;

    if (strcmp(path, "-") == 0 || stat(path, &is) != 0 ||
        S_ISREG(is.st_mode) || S_ISDIR(is.st_mode))
        return ZUB_OK;
    return zub_message_into(error, ZUB_EINVAL,
                            "'%s' is no file and no folder, and articles are "
                            "read twice (give it as standard input)",
                            path);
}

zub_status zub_keep_input(zub_kept_input *out, const char *const *operands,
                          size_t count, const char *folder, zub_error *error)
{
    struct stat is;
    zub_status status = ZUB_OK;

    *out = (zub_kept_input){.is_read = false};
    for (size_t i = 0; status == ZUB_OK && i < count; i++)
        status = check_operand(operands[i], error);
    if (status != ZUB_OK ||
        (count > 0 && zub_common_stdins(operands, count) != 1) ||
        (count == 0 && isatty(STDIN_FILENO)))
        return status;
    out->is_read = true;
    if (fstat(STDIN_FILENO, &is) == 0 && S_ISREG(is.st_mode)) {
        out->start = lseek(STDIN_FILENO, 0, SEEK_CUR);
        return out->start >= 0 ? ZUB_OK : fail(error, ZUB_EIO, "read", "-");
    }
    return replace(folder, error);
}

zub_status zub_keep_rewind(const zub_kept_input *kept, zub_error *error)
{
    if (kept->is_read && lseek(STDIN_FILENO, kept->start, SEEK_SET) < 0)
        return fail(error, ZUB_EIO, "read", "-");
    return ZUB_OK;
}
