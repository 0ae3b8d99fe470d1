/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* counting.h - what commands that count articles have in common: the options
 * that say what is counted, and the state that comes of it. */
#ifndef ZUB_CLI_COUNTING_H
#define ZUB_CLI_COUNTING_H

#include "cli/intake.h"
#include "cli/spill.h"

/* Stands first in the settings of such a command. */
typedef struct zub_counting {
    zub_common common;
    zub_spill spill;
    size_t words[2], characters[2]; /* in a row; 0: not asked for */
    size_t shard[2];                /* which, of how many; 0: all */
    const char *compat;
    bool drop_stop_words;
} zub_counting;

/* A row of them, in the tables of others too. */
#define ZUB_DROP_STOP_WORDS_OPTION                                            \
    {                                                                         \
        .kind = ZUB_OPTION_FLAG, .name = "drop-stop-words",                   \
        .offset = offsetof(zub_counting, drop_stop_words),                    \
        .about = "do not count stop words"                                    \
    }

/* The shared tables of such a command: what is counted, then the input. */
extern const zub_option *const zub_counting_tables[];

/* The options as the library takes them. */
zub_analyzer_options zub_counting_words(const zub_counting *counting);
zub_count_options zub_counting_options(const zub_counting *counting);

/* A state of all that `intake` has. NULL with ZUB_OK: there is none, for the
 * input had no articles or was stopped; then zub_intake_exit says why. Errors
 * of zub_count. */
zub_status zub_counting_run(zub_state **out, const zub_counting *counting,
                            zub_intake *intake, const zub_count_options *count,
                            zub_error *error);

/* Whether an operand is named like a state: *.zub. */
bool zub_counting_is_state(const char *path);

/* Whether the operands are a state. ZUB_EINVAL: several, or articles too. */
zub_status zub_counting_find_state(bool *out, const char *const *operands,
                                   size_t count, zub_error *error);

/* A state was counted already: ZUB_EINVAL if the settings say again what is
 * counted. */
zub_status zub_counting_check_idle(const zub_counting *counting,
                                   zub_error *error);

/* A state that was named as input. ZUB_EIO: there is no such file, too. */
zub_status zub_counting_open(zub_state **out, const char *path,
                             zub_error *error);

/* The exit code of a run that did not fail; `state` may be NULL. */
int zub_counting_exit(const zub_counting *counting, const zub_intake *intake,
                      const zub_state *state);

/* "120 articles, 3417 terms, 60211 words in 'news.zub'" on standard error. */
void zub_counting_say(const zub_state *state, const char *path);

#endif
