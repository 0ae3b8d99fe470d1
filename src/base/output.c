/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* output.c - zub_output of zubda.h: a file that appears whole or not at all.
 *
 * A regular file (or a name that is free) is written aside, on the file system
 * of its folder: into a file without a name (O_TMPFILE), which is gone with
 * the process whatever ends it, and which gets one from /proc/self/fd when it
 * is committed. Where the file system or /proc cannot do that, it has a name
 * of our own from the start. What has no content to protect (a pipe, a
 * terminal, /dev/null) is written as it is; /dev/stdout and its like are the
 * descriptors that we have, at the place where they stand.
 * Invariant: `aside` is a file that exists and must go, or NULL.
 */
#define _GNU_SOURCE /* O_TMPFILE */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "zubda.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"
#include "base/mem.h"

#define GATHER ((size_t)64 << 10) /* small writes become one of this size */
#define DIRECT (GATHER / 2)       /* so much is not copied first */
#define MOST_LINKS 40             /* as many as Linux follows */
#define MOST_NAMES 100            /* names tried before giving up */
#define LONGEST_PATH 4096
#define NAME_ASIDE ".zubda-0123456789abcdef"
#define OWN_FILES "/proc/self/fd/"

struct zub_output {
    char *path;  /* where the file will stand, links followed */
    char *name;  /* room for a name aside, or NULL: written as it is */
    char *aside; /* `name` while a file has it, or NULL */
    int fd;
    int failure;      /* errno of the first write that failed */
    bool is_nameless; /* written aside, into a file that has no name yet */
    bool is_done;
    size_t size; /* bytes gathered */
    char gathered[GATHER];
};

/* The folder's part of a path, its slash included; 0: the current folder. */
static size_t folder_size(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? (size_t)(slash - path) + 1 : 0;
}

/* The descriptor that a path names by itself, or -1. */
static int named_descriptor(const char *path)
{
    static const char *const folders[] = {"/dev/fd/", OWN_FILES};

    if (strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        size_t size = strlen(folders[i]);
        if (strncmp(path, folders[i], size) == 0 && path[size] >= '0' &&
            path[size] <= '9' && strspn(path + size, "0123456789") < 9)
            return (int)strtol(path + size, NULL, 10);
    }
    return -1;
}

/* One link further: true when `path` was a link and is now what it names. */
static bool follow(zub_buffer *path, int *failure)
{
    char target[LONGEST_PATH];
    ssize_t size = readlink(path->data, target, sizeof target);

    *failure = 0;
    if (size < 0) {
        *failure = errno == EINVAL || errno == ENOENT ? 0 : errno;
        return false;
    }
    if ((size_t)size == sizeof target) {
        *failure = ENAMETOOLONG;
        return false;
    }
    path->size = size > 0 && *target == '/' ? 0 : folder_size(path->data);
    zub_buffer_add(path, target, (size_t)size);
    return true;
}

/* The name behind all links, so that the rename does not replace a link.
 * Returns 0 or an errno value. */
static int resolve(zub_buffer *path)
{
    int failure = 0;

    for (int links = 0; named_descriptor(path->data) < 0; links++) {
        if (!follow(path, &failure))
            return failure;
        if (path->status != ZUB_OK)
            return ENOMEM;
        if (links == MOST_LINKS)
            return ELOOP;
    }
    return 0;
}

/* 64 bits that two writers will not share: the time, who and where. */
static uint64_t scramble(const zub_output *output, unsigned attempt)
{
    struct timespec now = {0};
    uint64_t bits = (uint64_t)(uintptr_t)output + attempt;

    clock_gettime(CLOCK_REALTIME, &now);
    bits = (bits ^ (uint64_t)getpid() << 40) * 0x9E3779B97F4A7C15u;
    bits ^= (uint64_t)now.tv_sec << 30 ^ (uint64_t)now.tv_nsec;
    bits *= 0xD1B54A32D192ED03u;
    return bits ^ bits >> 29;
}

/* Makes an entry `name`, which must be new: EEXIST. Returns 0 or errno. */
typedef int make_entry(zub_output *output, const char *name, mode_t mode);

static int make_file(zub_output *output, const char *name, mode_t mode)
{
    output->fd = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    return output->fd < 0 ? errno : 0;
}

/* "/proc/self/fd/N": what a process may link from without privileges. */
static int make_link(zub_output *output, const char *name, mode_t mode)
{
    char own[sizeof OWN_FILES + 3 * sizeof output->fd];

    (void)mode;
    snprintf(own, sizeof own, OWN_FILES "%d", output->fd);
    return linkat(AT_FDCWD, own, AT_FDCWD, name, AT_SYMLINK_FOLLOW) != 0
               ? errno
               : 0;
}

/* An entry aside, under the first name that is free. */
static int name_aside(zub_output *output, make_entry *make, mode_t mode)
{
    size_t folder = folder_size(output->path);
    int failure = EEXIST;

    for (unsigned i = 0; i < MOST_NAMES && failure == EEXIST; i++) {
        snprintf(output->name + folder, sizeof NAME_ASIDE, ".zubda-%016llx",
                 (unsigned long long)scramble(output, i));
        failure = make(output, output->name, mode);
    }
    if (failure == 0)
        output->aside = output->name;
    return failure;
}

/* Whether a file without a name can get one here. */
static bool can_be_named(const zub_output *output)
{
    char own[sizeof OWN_FILES + 3 * sizeof output->fd];

    snprintf(own, sizeof own, OWN_FILES "%d", output->fd);
    return faccessat(AT_FDCWD, own, F_OK, 0) == 0;
}

/* The folder as open takes it: "." where the path names none. */
static int open_folder_of(zub_output *output, int flags, mode_t mode)
{
    size_t size = folder_size(output->path);
    char first = output->path[size];

    output->path[size] = '\0';
    int fd = open(size ? output->path : ".", flags | O_CLOEXEC, mode);
    output->path[size] = first;
    return fd;
}

/* A file without a name; false where there is none, for whatever reason: one
 * with a name will say it. */
static bool open_nameless(zub_output *output, mode_t mode)
{
    output->fd = open_folder_of(output, O_TMPFILE | O_WRONLY, mode);
    output->is_nameless = output->fd >= 0 && can_be_named(output);
    if (output->fd >= 0 && !output->is_nameless) {
        close(output->fd);
        output->fd = -1;
    }
    return output->is_nameless;
}

/* Makes the file aside. It is new in any case. */
static int open_aside(zub_output *output, mode_t mode)
{
    size_t folder = folder_size(output->path);

    output->name = zub_alloc(folder + sizeof NAME_ASIDE, 1);
    if (!output->name)
        return ENOMEM;
    memcpy(output->name, output->path, folder);
    return open_nameless(output, mode) ? 0
                                       : name_aside(output, make_file, mode);
}

/* Beside a file that is there: with its mode, if we might write to it. */
static int open_beside(zub_output *output, mode_t mode)
{
    if (access(output->path, W_OK) != 0)
        return errno;
    int failure = open_aside(output, S_IRUSR | S_IWUSR);
    if (failure == 0 && fchmod(output->fd, mode & 0777) != 0)
        failure = errno;
    return failure;
}

static int open_file(zub_output *output)
{
    struct stat about;
    int descriptor = named_descriptor(output->path);

    if (descriptor >= 0)
        output->fd = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    else if (stat(output->path, &about) != 0)
        return errno == ENOENT ? open_aside(output, 0666) : errno;
    else if (S_ISREG(about.st_mode))
        return open_beside(output, about.st_mode);
    else
        output->fd = open(output->path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    return output->fd < 0 ? errno : 0;
}

zub_status zub_output_open(zub_output **out, const char *path,
                           zub_error *error)
{
    zub_buffer name;

    *out = NULL;
    zub_error_clear(error);
    if (!path || *path == '\0')
        return zub_fail(error, ZUB_EINVAL, "no path to write to");
    zub_output *output = zub_alloc_zero(1, sizeof *output);
    zub_buffer_init(&name, ZUB_BUFFER_UNLIMITED);
    zub_buffer_add_string(&name, path);
    if (!output || name.status != ZUB_OK) {
        zub_free(output);
        zub_buffer_release(&name);
        return zub_fail_memory(error);
    }
    output->fd = -1;
    int failure = resolve(&name);
    output->path = name.data;
    if (failure == 0)
        failure = open_file(output);
    if (failure != 0) {
        zub_output_free(output);
        return failure == ENOMEM
                   ? zub_fail_memory(error)
                   : zub_fail_errno(error, ZUB_EWRITE, "write", path, failure);
    }
    *out = output;
    return ZUB_OK;
}

static zub_status put(zub_output *output, const char *data, size_t size)
{
    if (output->failure == 0)
        output->failure = zub_file_write(output->fd, data, size);
    return output->failure == 0 ? ZUB_OK : ZUB_EWRITE;
}

static zub_status flush(zub_output *output)
{
    size_t size = output->size;

    output->size = 0;
    return put(output, output->gathered, size);
}

static zub_status write_output(void *context, const char *data, size_t size)
{
    zub_output *output = context;
    zub_status status = ZUB_OK;

    if (output->is_done)
        return ZUB_EINVAL;
    if (size > GATHER - output->size)
        status = flush(output);
    if (status != ZUB_OK || (size >= DIRECT && output->size == 0))
        return status != ZUB_OK ? status : put(output, data, size);
    if (size > 0)
        memcpy(output->gathered + output->size, data, size);
    output->size += size;
    return ZUB_OK;
}

zub_sink zub_output_sink(zub_output *output)
{
    return (zub_sink){write_output, output};
}

/* A file of our own, which is to take its name. */
static bool is_aside(const zub_output *output)
{
    return output->aside || output->is_nameless;
}

zub_status zub_output_sync(zub_output *output, zub_error *error)
{
    zub_error_clear(error);
    if (output->is_done)
        return ZUB_OK;
    flush(output);
    if (output->failure == 0 && is_aside(output) && fsync(output->fd) != 0)
        output->failure = errno;
    if (output->failure == 0)
        return ZUB_OK;
    return zub_fail_errno(error, ZUB_EWRITE, "write", output->path,
                          output->failure);
}

/* Every descriptor is closed once, whatever close says of it. */
static int close_file(zub_output *output)
{
    int fd = output->fd;

    output->fd = -1;
    return fd >= 0 && close(fd) != 0 && errno != EINTR ? errno : 0;
}

/* The folder, to be synced after the rename; *fd -1 where it may not be read
 * (then its entry is as durable as the system makes it). */
static int open_folder(int *fd, zub_output *output)
{
    *fd = open_folder_of(output, O_RDONLY | O_DIRECTORY, 0);
    return *fd < 0 && errno != EACCES ? errno : 0;
}

static int sync_folder(int fd)
{
    int failure = fsync(fd) == 0 ? 0 : errno;

    /* EINVAL, EROFS: this file system knows no sync of a folder. */
    return failure == EINVAL || failure == EROFS ? 0 : failure;
}

/* A link replaces nothing: over a file that is there, what was nameless goes
 * by a name aside, where a death between two calls may leave it. */
static int link_name(zub_output *output)
{
    int failure = make_link(output, output->path, 0);

    return failure == EEXIST ? name_aside(output, make_link, 0) : failure;
}

/* Its bytes are on the disk before it has the name; then nothing that close
 * says of a file under its name is a failure. */
static int take_name(zub_output *output)
{
    int failure = fsync(output->fd) == 0 ? 0 : errno;

    if (failure == 0 && output->is_nameless)
        failure = link_name(output);
    int closing = failure == 0 ? close_file(output) : 0;
    if (failure != 0 || !output->aside)
        return failure;
    if (closing == 0 && rename(output->aside, output->path) != 0)
        closing = errno;
    if (closing == 0)
        output->aside = NULL;
    return closing;
}

static int replace(zub_output *output)
{
    int folder, failure = open_folder(&folder, output);

    if (failure != 0)
        return failure;
    failure = take_name(output);
    if (failure == 0 && folder >= 0)
        failure = sync_folder(folder);
    if (folder >= 0)
        close(folder);
    return failure;
}

zub_status zub_output_commit(zub_output *output, zub_error *error)
{
    zub_error_clear(error);
    if (output->is_done)
        return zub_fail(error, ZUB_EINVAL, "'%s' is committed already",
                        output->path);
    flush(output);
    output->is_done = true;
    int failure = output->failure;
    if (failure == 0)
        failure = is_aside(output) ? replace(output) : close_file(output);
    if (failure == 0)
        return ZUB_OK;
    return zub_fail_errno(error, ZUB_EWRITE, "write", output->path, failure);
}

void zub_output_free(zub_output *output)
{
    if (!output)
        return;
    close_file(output);
    if (output->aside)
        unlink(output->aside);
    zub_free(output->name);
    zub_free(output->path);
    zub_free(output);
}
