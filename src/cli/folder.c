/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* folder.c - see folder.h. */
#include "cli/folder.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/message.h"

static const char *const beside[] = {"/../share/zubda/models", "/../models"};

static bool is_folder(const char *path)
{
    struct stat about;

    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* The first folder beside the program's, into `path`. */
static bool find_beside_program(char *path, size_t room)
{
    char program[PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", program, sizeof program - 1);
    char *slash;

    if (size <= 0)
        return false;
    program[size] = '\0';
    slash = strrchr(program, '/');
    if (slash == NULL)
        return false;
    *slash = '\0';
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        int wanted = snprintf(path, room, "%s%s", program, beside[i]);

        if (wanted > 0 && (size_t)wanted < room && is_folder(path))
            return true;
    }
    return false;
}

zub_status zub_folder_open_models(zub_models **out, const char *asked,
                                  bool quiet, zub_error *error)
{
    char path[PATH_MAX + 64];
    const char *variable = getenv("ZUBDA_MODELS");

    if (asked != NULL) {
        if (is_folder(asked))
            return zub_models_open(out, asked, error);
        *out = NULL;
        return zub_message_into(error, ZUB_EINVAL,
                                "no folder of models at "
                                "'%.300s' (see --models)",
                                asked);
    }
    if (variable != NULL && *variable != '\0') {
        if (is_folder(variable))
            return zub_models_open(out, variable, error);
        if (!quiet)
            zub_message("no folder of models at '%.300s' (ZUBDA_MODELS): "
                        "going on without models",
                        variable);
        return zub_models_open(out, NULL, error);
    }
    if (find_beside_program(path, sizeof path))
        return zub_models_open(out, path, error);
    return zub_models_open(out, NULL, error);
}
