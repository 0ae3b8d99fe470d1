/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* trec.h - `zubda evaluate trec`: runs of search engines against judgements. */
#ifndef ZUB_CLI_TREC_H
#define ZUB_CLI_TREC_H

#include "cli/common.h"

/* What was asked for. */
typedef struct zub_trec_task {
    const zub_common *common;
    const char *judgements; /* NULL: the first file */
    const char *measures;   /* with commas between; NULL: official */
    size_t level, most;     /* 0: the default, no limit */
    zub_judgement_kind kind;
    const char *norms; /* a file, or NULL */
    bool is_complete, by_query, intervals;
} zub_trec_task;

/* Returns the exit code, having said on standard error why. */
int zub_trec_run(const zub_trec_task *task, const char *const *files,
                 size_t count);

#endif
