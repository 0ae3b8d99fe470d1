/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* error.h - filling in a caller's zub_error. */
#ifndef ZUB_BASE_ERROR_H
#define ZUB_BASE_ERROR_H

#include "zubda.h"

/* Say what went wrong and return `status`, so that a failing function ends in
 * `return zub_fail(error, ZUB_EIO, ...)`. The message says what, which, where
 * and what to do: lower case, no full stop. A NULL error is fine. */
zub_status zub_fail(zub_error *error, zub_status status, const char *format,
                    ...) __attribute__((format(printf, 3, 4)));

/* The same with the byte of the input at which it happened. */
zub_status zub_fail_at(zub_error *error, zub_status status, uint64_t position,
                       const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* "cannot WHAT 'PATH': STRERROR" for the errno value given. */
zub_status zub_fail_errno(zub_error *error, zub_status status,
                          const char *what, const char *path, int number);

/* Out of memory, in words. */
zub_status zub_fail_memory(zub_error *error);

/* Nothing is wrong. NULL is fine. */
void zub_error_clear(zub_error *error);

#endif
