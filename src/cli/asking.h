/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* asking.h - what zubda search and zubda related have in common: an index, its
 * options, and answers on their way out. */
#ifndef ZUB_CLI_ASKING_H
#define ZUB_CLI_ASKING_H

#include "cli/common.h"
#include "cli/destination.h"

typedef enum zub_answer_by {
    ZUB_BY_DEFAULT, /* passages; articles in a TREC run */
    ZUB_BY_PASSAGE,
    ZUB_BY_ARTICLE
} zub_answer_by;

#define ZUB_FORMAT_TREC 100 /* beside those of zub_format */

/* Stands first in the settings of both. Of `common` only some are options. */
typedef struct zub_asking_settings {
    zub_common common;
    size_t count;
    int by;      /* zub_answer_by */
    int measure; /* zub_search_measure */
    double mu;
    size_t lsa; /* dimensions; 0: none */
    bool no_grams, no_snippets, explain, expand, stale_ok;
} zub_asking_settings;

extern const zub_choice zub_asking_formats[];
extern const zub_option zub_asking_options[];
/* Those, and -h and --help. NULL-ended. */
extern const zub_option *const zub_asking_tables[];

typedef struct zub_asking_run {
    const zub_asking_settings *asked;
    bool has_several; /* answers: of a batch */
    zub_models *models;
    zub_index *index;
    zub_searcher *searcher;
    zub_destination *destination;
    zub_search_options options;
    uint64_t answers, hits;
    size_t failures; /* questions that could not be read */
    int worst;       /* exit code of the first */
    zub_error error;
} zub_asking_run;

/* Without an index at `folder` ZUB_EIO. Errors of zub_index_open. */
zub_status zub_asking_open(zub_asking_run *run,
                           const zub_asking_settings *asked,
                           const char *folder, bool has_several);
/* A question could not be read, which run->error says: names it, counts it. */
void zub_asking_fail(zub_asking_run *run);
/* Writes the answer to what `what` names, and frees it. */
zub_status zub_asking_write(zub_asking_run *run, zub_hits *hits,
                            const zub_hits_look *what);
/* The end of the output; says what went wrong; the exit code. */
int zub_asking_close(zub_asking_run *run, zub_status status);

#endif
