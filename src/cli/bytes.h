/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* bytes.h - a byte string that grows: a page of help, a rendered result. */
#ifndef ZUB_CLI_BYTES_H
#define ZUB_CLI_BYTES_H

#include "zubda.h"

/* Zeroed is empty. Once memory was lacking it stays `failed`, so that a page
 * is written without a test after every line and judged once, at its end. */
typedef struct zub_bytes {
    char *data; /* not closed by a NUL */
    size_t size, capacity;
    bool failed;
} zub_bytes;

void zub_bytes_release(zub_bytes *bytes);

/* The shape of a sink: `context` is a zub_bytes. ZUB_ENOMEM. */
zub_status zub_bytes_write(void *context, const char *data, size_t size);
zub_sink zub_bytes_sink(zub_bytes *bytes);

void zub_bytes_add(zub_bytes *bytes, const char *text);
void zub_bytes_fill(zub_bytes *bytes, char byte, size_t count);
void zub_bytes_format(zub_bytes *bytes, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
