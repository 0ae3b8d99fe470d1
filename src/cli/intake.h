/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* intake.h - what a command on articles works on: the corpus and the models
 * that its options name, and a tally of what went wrong on the way. */
#ifndef ZUB_CLI_INTAKE_H
#define ZUB_CLI_INTAKE_H

#include "cli/common.h"

/* Zeroed is closed. */
typedef struct zub_intake {
    const zub_common *common;
    zub_corpus *corpus;
    zub_models *models;
    size_t failures;
    int worst; /* exit code of a failure: the first, but a resource goes first */
    bool is_stopped; /* before the end of the corpus */
    int fatal;       /* exit code of what stopped it, or 0 */
} zub_intake;

/* Without operands standard input is read, unless it is a terminal. ZUB_EINVAL:
 * that, standard input twice; else errors of the two makers. */
zub_status zub_intake_open(zub_intake *out, const zub_common *common,
                           const char *const *operands, size_t count,
                           zub_error *error);
/* The same of a command that writes more files than --output, NULL-ended:
 * folders are read without any of them. */
zub_status zub_intake_open_beside(zub_intake *out, const zub_common *common,
                                  const char *const *written,
                                  const char *const *operands, size_t count,
                                  zub_error *error);
/* Closed is fine. */
void zub_intake_close(zub_intake *intake);

/* A record, or with NULL a file, could not be worked on: names it on standard
 * error and counts it. Anything but ZUB_OK ends the run: every other record
 * would fail alike, or --strict says so. */
zub_status zub_intake_fail(zub_intake *intake, const zub_record *record,
                           const zub_error *failure);
/* Ends the run, with an exit code or 0. Never ZUB_OK. */
zub_status zub_intake_stop(zub_intake *intake, int fatal);

/* Of `articles` worked on so many had a word. */
int zub_intake_exit(const zub_intake *intake, uint64_t articles,
                    uint64_t with_words);

#endif
