/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* common.h - the options that every command on articles takes. */
#ifndef ZUB_CLI_COMMON_H
#define ZUB_CLI_COMMON_H

#include "cli/option.h"

typedef enum zub_when {
    ZUB_WHEN_AUTO,
    ZUB_WHEN_ALWAYS,
    ZUB_WHEN_NEVER
} zub_when;

/* Stands first in the settings of such a command. */
typedef struct zub_common {
    const char *lang;
    const char *output; /* NULL: standard output */
    const char *models;
    const char *stemmer, *lexicon;
    const char *encoding;
    const char *text_field, *id_field;
    size_t threads; /* 0: the processors available */
    uint64_t limit_bytes;
    int form;     /* zub_form */
    int format;   /* zub_format */
    int color;    /* zub_when */
    int progress; /* 1, -1, or 0: on a terminal */
    bool keep_text, quiet, strict;
} zub_common;

/* How answers are written: --json, --output, --color. */
extern const zub_option zub_answer_options[];
/* What articles are and how the work goes. */
extern const zub_option zub_input_options[];
/* -h and --help. */
extern const zub_option zub_help_options[];

/* --keep-text and all three; the last alone. NULL-ended. */
extern const zub_option *const zub_page_tables[];
extern const zub_option *const zub_help_tables[];

/* The values of --format. */
extern const zub_choice zub_page_formats[];  /* text, json, jsonl, html */
extern const zub_choice zub_table_formats[]; /* text, tsv, json, jsonl */

extern const zub_choice zub_whens[]; /* of --color */
extern const zub_choice zub_fits[];  /* of --fit */

/* An analyzer as the options ask for it. ZUB_EINVAL: --lexicon cannot be read,
 * too; the rest is zub_analyzer_new's. */
zub_status zub_common_analyzer(zub_analyzer **out, const zub_common *common,
                               const zub_models *models, zub_error *error);

/* The same for whoever makes analyzers of these options by other functions:
 * says so in `error`, where `status` is one of a lexicon that cannot be read;
 * returns the status that stands. */
zub_status zub_common_blame(const zub_common *common, zub_status status,
                            zub_error *error);

/* Names of files, NULL among them: how many are standard input. */
size_t zub_common_stdins(const char *const *paths, size_t count);

/* Rows that stand in the tables of several commands. */
#define ZUB_FORMAT_OPTION(formats)                                            \
    {                                                                         \
        .kind = ZUB_OPTION_CHOICE, .name = "format", .letter = 'f',           \
        .is_main = true, .offset = offsetof(zub_common, format),              \
        .metavar = "FORMAT", .about = "how results are written",              \
        .fallback = "text", .choices = (formats)                              \
    }

#define ZUB_JSON_OPTION                                                       \
    {                                                                         \
        .kind = ZUB_OPTION_ALIAS, .name = "json", .fallback = "format=json",  \
        .about = "the same as --format json"                                  \
    }

/* Those of tables. `settings` has members called as the options; behind it
 * stands what a command says of its own, .about first. */
#define ZUB_LIMIT_OPTION(settings, ...)                                       \
    {                                                                         \
        .kind = ZUB_OPTION_COUNT, .name = "limit",                            \
        .offset = offsetof(settings, limit), .metavar = "N", .low = 1,        \
        __VA_ARGS__                                                           \
    }
#define ZUB_MIN_COUNT_OPTION(settings, ...)                                   \
    {                                                                         \
        .kind = ZUB_OPTION_COUNT, .name = "min-count", .is_main = true,       \
        .offset = offsetof(settings, min_count), .metavar = "N", .low = 1,    \
        __VA_ARGS__                                                           \
    }
#define ZUB_SORT_OPTION(settings, ...)                                        \
    {                                                                         \
        .kind = ZUB_OPTION_STRING, .name = "sort",                            \
        .offset = offsetof(settings, sort), .low = 1, __VA_ARGS__             \
    }
#define ZUB_MEASURE_OPTION(settings, ...)                                     \
    {                                                                         \
        .kind = ZUB_OPTION_STRING, .name = "measure", .letter = 'm',          \
        .is_main = true, .offset = offsetof(settings, measures),              \
        .metavar = "NAME,...", .is_list = true, .is_open = true, .low = 1,    \
        .about = "measures, a column each", __VA_ARGS__                       \
    }

#define ZUB_OUTPUT_MORE                                                       \
    "Written aside and renamed: until the run is over, and when it fails, "   \
    "it is as it was. Of several runs that write it the last to end wins, "   \
    "whole. It may not be a file to be read, nor the article that a shell "   \
    "makes of -o *.txt; of a folder to be read it is "                        \
    "left out. - is standard output."

#define ZUB_ROWS_FORMAT_OPTION(formats, what)                                 \
    {                                                                         \
        .kind = ZUB_OPTION_CHOICE, .name = "format", .letter = 'f',           \
        .is_main = true, .offset = offsetof(zub_common, format),              \
        .metavar = "FORMAT", .about = (what), .fallback = "tsv",              \
        .choices = (formats)                                                  \
    }
#define ZUB_OUTPUT_OPTION(file, what)                                         \
    {                                                                         \
        .kind = ZUB_OPTION_STRING, .name = "output", .letter = 'o',           \
        .is_main = true, .offset = offsetof(zub_common, output),              \
        .metavar = (file), .low = 1, .offer = ZUB_OFFER_FILE,                 \
        .about = (what), .more = ZUB_OUTPUT_MORE                              \
    }
/* How a table is written, in three rows. */
#define ZUB_ROWS_OPTIONS(formats, what)                                       \
    ZUB_ROWS_FORMAT_OPTION(formats, what), ZUB_JSON_OPTION,                   \
        ZUB_OUTPUT_OPTION("FILE", "write to FILE, all at once at the end")

#endif
