/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* message.h - what is said on standard error. */
#ifndef ZUB_CLI_MESSAGE_H
#define ZUB_CLI_MESSAGE_H

#include "zubda.h"

/* One line, "zubda: ...", in one write; control characters of hostile names
 * are shown as escapes. Any thread. */
void zub_message(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* What `error` says, or where it is silent what `status` means. */
void zub_message_failure(const zub_error *error, zub_status status);

/* A line that stays at the bottom of the terminal until the next one or until
 * NULL takes it away; messages appear above it. Any thread. */
void zub_message_status(const char *line);

/* Fills `error` and returns `status`. */
zub_status zub_message_into(zub_error *error, zub_status status,
                            const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
