/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* emit.c - see emit.h. */
#include "cli/emit.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/message.h"

#define ASIDE ".zubda-text" /* no id makes this name: they end in .txt */
#define MAX_NAME 200        /* bytes; file systems take 255 */

/* ---- Names ---- */

static bool is_plain(unsigned char byte)
{
    return byte >= 0x80 || (byte >= '0' && byte <= '9') ||
           (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte != '\0' && strchr("-_.,:=+@", byte) != NULL);
}

/* `out` has room for MAX_NAME and for an ending. */
static void name_of(char *out, zub_slice id)
{
    size_t size = 0, i;

    for (i = 0; i < id.size && size + 3 < MAX_NAME; i++) {
        unsigned char byte = (unsigned char)id.data[i];

        if (is_plain(byte) && (i > 0 || byte != '.'))
            out[size++] = (char)byte;
        else
            size += (size_t)sprintf(out + size, "%%%02X", byte);
    }
    out[size] = '\0';
    if (i < id.size)
        size += (size_t)sprintf(out + size, "~%016llx",
                                (unsigned long long)zub_seen_hash(id));
    if (size < 4 || strcmp(out + size - 4, ".txt") != 0)
        memcpy(out + size, ".txt", 5);
}

static zub_status remember(zub_emit *emit, const char *name, zub_error *error)
{
    bool is_new;

    if (zub_seen_add(&emit->names, (zub_slice){name, strlen(name)}, &is_new) !=
        ZUB_OK)
        return zub_message_into(error, ZUB_ENOMEM, "out of memory");
    if (!is_new)
        return zub_message_into(error, ZUB_EMALFORMED,
                                "a second article of "
                                "this id, its text is not in '%s' "
                                "(see --id-field)",
                                emit->path);
    return ZUB_OK;
}

/* ---- Files ---- */

static zub_status refuse(const zub_emit *emit, const char *name,
                         zub_error *error)
{
    return zub_message_into(error, ZUB_EWRITE, "cannot write '%s/%s': %s",
                            emit->path, name, strerror(errno));
}

/* Every folder of the path. Returns the errno of the first that was not there
 * and could not be made, or 0. */
static int make_folders(char *path)
{
    int failed = 0;

    for (char *end = path; *end != '\0' && failed == 0;) {
        end += strspn(end, "/");
        end += strcspn(end, "/");
        char border = *end;
        *end = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            failed = errno;
        *end = border;
    }
    return failed;
}

zub_status zub_emit_open(zub_emit *out, const char *path, zub_error *error)
{
    char *copy = strdup(path);

    *out = (zub_emit){.path = path, .folder = -1};
    if (copy == NULL)
        return zub_message_into(error, ZUB_ENOMEM, "out of memory");
    int failed = make_folders(copy);
    free(copy);
    out->folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (out->folder < 0)
        return zub_message_into(error, ZUB_EWRITE,
                                "cannot write to folder "
                                "'%s': %s",
                                path, strerror(failed ? failed : errno));
    return ZUB_OK;
}

/* Returns 0, or -1 with errno. */
static int write_all(int fd, zub_slice text)
{
    while (text.size > 0) {
        ssize_t written = write(fd, text.data, text.size);

        if (written < 0 && errno != EINTR)
            return -1;
        if (written > 0) {
            text.data += written;
            text.size -= (size_t)written;
        }
    }
    return 0;
}

/* Returns 0, or -1 with errno; the file is closed in any case. */
static int write_file(int fd, zub_slice text)
{
    int failed = write_all(fd, text), error = errno;

    if (close(fd) != 0 && failed == 0)
        return -1;
    errno = error;
    return failed;
}

/* The name is that of the file which the record was read from. */
static bool is_source(const zub_emit *emit, const char *name,
                      const zub_record *record)
{
    struct stat target, source;
    char path[PATH_MAX];

    if (record->source.size >= sizeof path ||
        fstatat(emit->folder, name, &target, 0) != 0)
        return false;
    snprintf(path, sizeof path, "%.*s", (int)record->source.size,
             record->source.size ? record->source.data : "");
    return stat(path, &source) == 0 && source.st_dev == target.st_dev &&
           source.st_ino == target.st_ino;
}

/* Written aside, so that a text stands under its name whole or not at all. */
zub_status zub_emit_record(zub_emit *emit, const zub_record *record,
                           zub_error *error)
{
    char name[MAX_NAME + 32];

    name_of(name, record->id);
    zub_status status = remember(emit, name, error);
    if (status != ZUB_OK)
        return status;
    if (is_source(emit, name, record))
        return zub_message_into(error, ZUB_EMALFORMED,
                                "its text would be written over it (name "
                                "another folder than '%s')",
                                emit->path);
    if (unlinkat(emit->folder, ASIDE, 0) != 0 && errno != ENOENT)
        return refuse(emit, name, error);
    int fd =
        openat(emit->folder, ASIDE,
               O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0)
        return refuse(emit, name, error);
    if (write_file(fd, record->text) == 0 &&
        renameat(emit->folder, ASIDE, emit->folder, name) == 0)
        return ZUB_OK;
    status = refuse(emit, name, error);
    unlinkat(emit->folder, ASIDE, 0);
    return status;
}

void zub_emit_close(zub_emit *emit)
{
    if (emit->folder >= 0)
        close(emit->folder);
    zub_seen_release(&emit->names);
    *emit = (zub_emit){.folder = -1};
}
