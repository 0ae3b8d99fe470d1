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
    zub_judgements_kind kind;
    const char *measures; /* with commas between; NULL: official */
    const char *zscores;  /* NULL: values as they are */
    size_t level, most;   /* 0: the default, no limit */
    bool is_complete, by_query, intervals;
} zub_trec_task;

/* Returns the exit code, having said on standard error why. */
int zub_trec_run(const zub_trec_task *task, const char *const *files,
                 size_t count);

#endif
