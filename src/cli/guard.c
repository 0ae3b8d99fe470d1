/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* guard.c - see guard.h. */
#include "cli/guard.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
    zub_status status = zub_guard_inputs(output, operands, count, error);

    if (count == 0 && command->reads_articles)
        status = zub_guard_inputs(output, &standard_input, 1, error);
    for (size_t i = 0;
         status == ZUB_OK && (option = zub_option_at(command, i)) != NULL;
         i++) {
        const char *path =
            is_output(option) ? NULL : path_of(option, settings);
        status = zub_guard_inputs(output, &path, 1, error);
    }
    return status;
}

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
