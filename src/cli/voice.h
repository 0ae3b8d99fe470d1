/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* voice.h - in which language short help speaks. */
#ifndef ZUB_CLI_VOICE_H
#define ZUB_CLI_VOICE_H

#include <stdbool.h>

/* Zeroed is English. */
typedef struct zub_voice {
    bool is_arabic;
    bool is_apart; /* it is for a terminal: Arabic is kept apart from what
                      stands before it in its line (page.h) */
} zub_voice;

/* By the environment's language of messages: the first of LC_ALL, LC_MESSAGES
 * and LANG that is not empty. Arabic if it says ar and UTF-8. */
zub_voice zub_voice_of_environment(void);
/* By a code. */
zub_voice zub_voice_of(bool speaks_arabic);

/* The Arabic for what is said in English, if there is any. */
const char *zub_voice_say(zub_voice voice, const char *english);

#endif
