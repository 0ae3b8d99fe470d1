/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* guard.c - see guard.h. */
#include "cli/guard.h"

#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/expansion.h"
#include "cli/message.h"

#define LONGEST_BEGINNING 16

/* A regular file: nothing else has content to lose. */
static bool is_file(const char *path, struct stat *out)
{
    return path != NULL && strcmp(path, "-") != 0 && stat(path, out) == 0 &&
           S_ISREG(out->st_mode);
}

static bool is_same(const char *input, const struct stat *output)
{
    struct stat about;

    if (input == NULL)
        return false;
    int failed = strcmp(input, "-") == 0 ? fstat(STDIN_FILENO, &about)
                                         : stat(input, &about);
    return failed == 0 && about.st_dev == output->st_dev &&
           about.st_ino == output->st_ino;
}

/* ---- Files of an index ---- */

/* `folder` of `size` bytes has a file of this name; "" is where we are. */
static bool has_file(const char *folder, size_t size, const char *name)
{
    char path[PATH_MAX];
    struct stat about;

    if (size + strlen(name) >= sizeof path)
        return false; /* nor is there such a file */
    memcpy(path, folder, size);
    strcpy(path + size, name);
    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

/* By its name one of those that are in the folder of every index. */
static bool is_name_of_index(const char *name)
{
    size_t size = strlen(name);

    return strcmp(name, "index.zub") == 0 || strcmp(name, "spare.zub") == 0 ||
           strcmp(name, "lock") == 0 ||
           (strncmp(name, "volume-", 7) == 0 && size > 4 &&
            strcmp(name + size - 4, ".zub") == 0);
}

static bool is_of_index(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    size_t size = (size_t)(name - path);

    return is_name_of_index(name) && has_file(path, size, "lock") &&
           (has_file(path, size, "index.zub") ||
            has_file(path, size, "spare.zub"));
}

/* A file of an index is nobody's but its writer's, by whatever link it is
 * named. */
static zub_status guard_index(const char *output, zub_error *error)
{
    char real[PATH_MAX];

    if (output == NULL ||
        !(is_of_index(output) ||
          (realpath(output, real) != NULL && is_of_index(real))))
        return ZUB_OK;
    return zub_message_into(error, ZUB_EINVAL,
                            "'%.300s' is a file of an index (name another "
                            "file behind -o)",
                            output);
}

/* ---- What is read ---- */

zub_status zub_guard_inputs(const char *output, const char *const *inputs,
                            size_t count, zub_error *error)
{
    struct stat about;

    if (!is_file(output, &about))
        return ZUB_OK;
    for (size_t i = 0; i < count; i++)
        if (is_same(inputs[i], &about))
            return zub_message_into(error, ZUB_EINVAL,
                                    "'%.300s' is read and would be written "
                                    "over (name another file behind -o)",
                                    output);
    return ZUB_OK;
}

/* ---- The same twice ---- */

typedef struct known_file {
    dev_t device;
    ino_t inode;
    const char *path;
    size_t place;
} known_file;

static int compare(const void *left, const void *right)
{
    const known_file *a = left, *b = right;

    if (a->device != b->device)
        return a->device < b->device ? -1 : 1;
    if (a->inode != b->inode)
        return a->inode < b->inode ? -1 : 1;
    return a->place < b->place ? -1 : 1;
}

/* Files and folders alone: a pipe or a device gives something else each time.
 * Returns how many there are. */
static size_t look_at_all(known_file *files, const char *const *paths,
                          size_t count)
{
    struct stat about;
    size_t known = 0;

    for (size_t i = 0; i < count; i++)
        if (strcmp(paths[i], "-") != 0 && stat(paths[i], &about) == 0 &&
            (S_ISREG(about.st_mode) || S_ISDIR(about.st_mode)))
            files[known++] =
                (known_file){about.st_dev, about.st_ino, paths[i], i};
    qsort(files, known, sizeof *files, compare);
    return known;
}

static zub_status refuse_twice(const known_file *first, zub_error *error)
{
    const char *a = first[0].path, *b = first[1].path;

    if (strcmp(a, b) == 0)
        return zub_message_into(error, ZUB_EINVAL,
                                "'%.300s' is named twice, and would count "
                                "twice (name it once)",
                                a);
    return zub_message_into(error, ZUB_EINVAL,
                            "'%.200s' is the same file as '%.200s', and would "
                            "count twice (name it once)",
                            b, a);
}

zub_status zub_guard_twice(const char *const *paths, size_t count,
                           zub_error *error)
{
    zub_status status = ZUB_OK;

    if (count < 2)
        return ZUB_OK;
    known_file *files = calloc(count, sizeof *files);
    if (files == NULL)
        return zub_message_into(error, ZUB_ENOMEM, "%s",
                                zub_status_text(ZUB_ENOMEM));
    size_t known = look_at_all(files, paths, count);
    for (size_t i = 1; i < known && status == ZUB_OK; i++)
        if (files[i].device == files[i - 1].device &&
            files[i].inode == files[i - 1].inode)
            status = refuse_twice(&files[i - 1], error);
    free(files);
    return status;
}

/* ---- A whole command ---- */

/* The value of an option that names a file or a folder, or NULL. */
static const char *path_of(const zub_option *option, const void *settings)
{
    const char *at = (const char *)settings + option->offset;

    if (option->kind != ZUB_OPTION_STRING ||
        option->offer == ZUB_OFFER_NOTHING)
        return NULL;
    return *(const char *const *)(const void *)at;
}

static bool is_output(const zub_option *option)
{
    return option->name != NULL && strcmp(option->name, "output") == 0;
}

static const char *output_of(const zub_command *command, const void *settings)
{
    const zub_option *option;

    for (size_t i = 0; (option = zub_option_at(command, i)) != NULL; i++)
        if (is_output(option))
            return path_of(option, settings);
    return NULL;
}

zub_status zub_guard_command(const zub_command *command, const void *settings,
                             const char *const *operands, size_t count,
                             zub_error *error)
{
    static const char *const standard_input = "-";
    const char *output = output_of(command, settings);
    const zub_option *option;
    zub_status status = guard_index(output, error);

    if (status == ZUB_OK)
        status = zub_guard_inputs(output, operands, count, error);
    if (status == ZUB_OK && count == 0 && command->reads_articles)
        status = zub_guard_inputs(output, &standard_input, 1, error);
    for (size_t i = 0;
         status == ZUB_OK && (option = zub_option_at(command, i)) != NULL;
         i++) {
        const char *path =
            is_output(option) ? NULL : path_of(option, settings);
        status = zub_guard_inputs(output, &path, 1, error);
    }
    if (status == ZUB_OK && command->reads_articles)
        status = zub_expansion_check(output, operands, count, error);
    return status;
}

/* ---- Another kind ---- */

/* What cannot be looked at is left to who opens it for writing. */
static bool begins_with(const char *path, const char *const *beginnings)
{
    char bytes[LONGEST_BEGINNING];
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return true;
    ssize_t got = read(fd, bytes, sizeof bytes);
    close(fd);
    for (size_t i = 0; got >= 0 && beginnings[i] != NULL; i++) {
        size_t size = strlen(beginnings[i]);
        if ((size_t)got >= size && memcmp(bytes, beginnings[i], size) == 0)
            return true;
    }
    return got < 0;
}

zub_status zub_guard_kind(const char *output, const char *const *beginnings,
                          const char *kind, zub_error *error)
{
    struct stat about;

    if (!is_file(output, &about) || about.st_size == 0 ||
        begins_with(output, beginnings))
        return ZUB_OK;
    return zub_message_into(error, ZUB_EINVAL,
                            "'%.300s' is a file already, and not %s: it would "
                            "be written over (name another file behind -o, or "
                            "remove it first)",
                            output, kind);
}

zub_status zub_guard_state(const char *output, zub_error *error)
{
    static const char *const beginnings[] = {"ZUB\n\r\n\x1A", NULL};

    return zub_guard_kind(output, beginnings, "a state", error);
}
