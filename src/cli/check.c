/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* check.c - `zubda check`: are our files what they should be? */
#include <stdlib.h>
#include <sys/stat.h>

#include "cli/command.h"
#include "cli/common.h"
#include "cli/destination.h"
#include "cli/message.h"

typedef struct settings {
    zub_common common; /* output, format and quiet */
    bool repair;
} settings;

/* The exit code of all: a damaged file weighs more than one that could not be
 * read, a resource more than both. */
static int worse(int a, int b)
{
    static const int weights[] = {0, 0, 0, 1, 2, 3};

    return weights[a] >= weights[b] ? a : b;
}

/* An article that damage takes. */
static void name_loss(void *context, zub_slice id, const zub_error *why)
{
    (void)context;
    if (id.size > 0)
        zub_message("lost: '%.*s'", id.size < 300 ? (int)id.size : 300,
                    id.data);
    else
        zub_message("lost, by names that cannot be known: %s", why->message);
}

/* A folder is an index. */
static zub_status check_path(const settings *asked, const char *path,
                             zub_file_report *report, zub_error *error)
{
    zub_index_losses losses = {.lost = name_loss};
    struct stat about;

    if (stat(path, &about) != 0 || !S_ISDIR(about.st_mode))
        return zub_check_file(report, path, error);
    return zub_index_check(report, path, asked->repair, &losses, error);
}

/* One file: what it is on `sink`, what is wrong with it on standard error. */
static zub_status check_file(const settings *asked, const char *path,
                             zub_sink sink, int *code)
{
    zub_error error = {0};
    zub_file_report report;
    zub_status status = check_path(asked, path, &report, &error);
    zub_status cause = status == ZUB_ENOTFOUND ? ZUB_EIO : status;

    if (status != ZUB_OK)
        zub_message_failure(&error, status);
    *code = worse(*code, zub_exit_of(cause));
    return zub_render_file_report(&report, path, &error,
                                  (zub_format)asked->common.format, sink);
}

static zub_status check_all(const settings *asked, const char *const *paths,
                            size_t count, zub_destination *destination,
                            int *code)
{
    zub_sink sink = zub_destination_sink(destination);
    bool is_json = asked->common.format == ZUB_FORMAT_JSON;
    zub_status status = ZUB_OK;

    if (is_json)
        status = sink.write(sink.context, "[\n", 2);
    for (size_t i = 0; i < count && status == ZUB_OK; i++) {
        if (is_json && i > 0)
            status = sink.write(sink.context, ",\n", 2);
        if (status == ZUB_OK)
            status = check_file(asked, paths[i], sink, code);
    }
    if (is_json && status == ZUB_OK)
        status = sink.write(sink.context, "\n]\n", 3);
    return status;
}

static int run(const void *context, const char *const *operands, size_t count)
{
    const settings *asked = context;
    zub_destination *destination = calloc(1, sizeof *destination);
    zub_error error = {0};
    zub_status status = ZUB_ENOMEM;
    int code = ZUB_EXIT_DONE;

    if (count == 0) {
        free(destination);
        zub_message("nothing to check (name a file of zubda's)");
        return ZUB_EXIT_USAGE;
    }
    if (destination != NULL)
        status =
            zub_destination_open(destination, asked->common.output, &error);
    if (status == ZUB_OK) {
        check_all(asked, operands, count, destination, &code);
        status = zub_destination_commit(destination, &error);
    }
    if (status != ZUB_OK) {
        zub_message_failure(&error, status);
        code = worse(code, zub_exit_of(status));
    }
    if (destination != NULL)
        zub_destination_close(destination);
    free(destination);
    return code;
}

static const char *const description[] = {
    "Verifies files that zubda made, byte for byte: states, indexes, language "
    "models, lexicons and background counts. Prints of each what kind it is, "
    "of which "
    "version, what it holds, and the fingerprint of the analyzer that made "
    "it.",
    "What is wrong with a file is said on standard error, and where. The exit "
    "code is 4 when one is damaged, of another version or not ours, else 3 "
    "when one cannot be read.",
    "An index is a folder. With --repair what is damaged is left out of it "
    "from then on: the articles that were in it are named, as far as their "
    "ids "
    "can be read, and have to be indexed again.",
    NULL,
};

static const zub_example examples[] = {
    {"zubda check news.zub", "a state"},
    {"zubda check news.index --repair", "an index"},
    {"zubda check --json models/*.zub models/*/*.zub", "all models, as JSON"},
    {NULL, NULL},
};

static const zub_choice formats[] = {
    {"text", ZUB_FORMAT_TEXT},
    {"json", ZUB_FORMAT_JSON},
    {NULL, 0},
};

static const zub_option options[] = {
    ZUB_FORMAT_OPTION(formats),
    ZUB_JSON_OPTION,
    ZUB_OUTPUT_OPTION("FILE", "write to FILE, all at once at the end"),
    {.kind = ZUB_OPTION_FLAG,
     .name = "repair",
     .offset = offsetof(settings, repair),
     .about = "leave out of an index what is damaged of it"},
    {.kind = ZUB_OPTION_END},
};

const zub_command zub_command_check = {
    .name = "check",
    .about = "verifies states, indexes and models, byte for byte",
    .is_minor = true,
    .operands = "file...",
    .description = description,
    .examples = examples,
    .options = options,
    .settings_size = sizeof(settings),
    .run = run,
};
