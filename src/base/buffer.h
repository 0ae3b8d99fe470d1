/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* buffer.h - bytes that grow up to a maximum given at birth.
 *
 * Failure is sticky: after the first one every further add is a no-op, so a
 * writer checks `status` once, at the end.
 */
#ifndef ZUB_BASE_BUFFER_H
#define ZUB_BASE_BUFFER_H

#include "zubda.h"

/* data[size] is a NUL byte once anything was added or reserved. */
typedef struct zub_buffer {
    char *data;
    size_t size, capacity, maximum;
    zub_status status; /* ZUB_ENOMEM, or ZUB_ELIMIT beyond `maximum` */
} zub_buffer;

#define ZUB_BUFFER_UNLIMITED (SIZE_MAX / 4)

/* An empty buffer; nothing is allocated yet. */
void zub_buffer_init(zub_buffer *buffer, size_t maximum);
void zub_buffer_release(zub_buffer *buffer);

/* Empty and ready again; the memory stays. */
void zub_buffer_clear(zub_buffer *buffer);

/* Room for `more` bytes behind `size`; NULL on failure. The caller writes
 * there and then adds to `size` what it wrote. */
char *zub_buffer_reserve(zub_buffer *buffer, size_t more);

void zub_buffer_add(zub_buffer *buffer, const char *data, size_t size);
void zub_buffer_add_char(zub_buffer *buffer, char c);
void zub_buffer_add_string(zub_buffer *buffer, const char *string);
void zub_buffer_add_slice(zub_buffer *buffer, zub_slice slice);
void zub_buffer_format(zub_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

zub_slice zub_buffer_slice(const zub_buffer *buffer);

/* A sink that adds to the buffer. */
zub_sink zub_buffer_sink(zub_buffer *buffer);

#endif
