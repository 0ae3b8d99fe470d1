/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* buffer.c - see buffer.h. Invariant: data is NULL, or
 * size < capacity and data[size] == 0. */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

void zub_buffer_init(zub_buffer *buffer, size_t maximum)
{
    if (maximum > ZUB_BUFFER_UNLIMITED)
        maximum = ZUB_BUFFER_UNLIMITED;
    *buffer = (zub_buffer){.maximum = maximum};
}

void zub_buffer_release(zub_buffer *buffer)
{
    zub_free(buffer->data);
    zub_buffer_init(buffer, buffer->maximum);
}

void zub_buffer_clear(zub_buffer *buffer)
{
    buffer->size = 0;
    buffer->status = ZUB_OK;
    if (buffer->data)
        buffer->data[0] = '\0';
}

static char *fail(zub_buffer *buffer, zub_status status)
{
    buffer->status = status;
    return NULL;
}

char *zub_buffer_reserve(zub_buffer *buffer, size_t more)
{
    if (buffer->status != ZUB_OK)
        return NULL;
    if (more > buffer->maximum - buffer->size)
        return fail(buffer, ZUB_ELIMIT);
    if (!zub_grow(&buffer->data, &buffer->capacity, buffer->size + more + 1,
                  1))
        return fail(buffer, ZUB_ENOMEM);
    buffer->data[buffer->size] = '\0';
    return buffer->data + buffer->size;
}

void zub_buffer_add(zub_buffer *buffer, const char *data, size_t size)
{
    char *end = zub_buffer_reserve(buffer, size);

    if (!end || size == 0)
        return;
    memcpy(end, data, size);
    end[size] = '\0';
    buffer->size += size;
}

void zub_buffer_add_char(zub_buffer *buffer, char c)
{
    zub_buffer_add(buffer, &c, 1);
}

void zub_buffer_add_string(zub_buffer *buffer, const char *string)
{
    zub_buffer_add(buffer, string, strlen(string));
}

void zub_buffer_add_slice(zub_buffer *buffer, zub_slice slice)
{
    zub_buffer_add(buffer, slice.data, slice.size);
}

void zub_buffer_format(zub_buffer *buffer, const char *format, ...)
{
    va_list args, again;

    va_start(args, format);
    va_copy(again, args);
    int wanted = vsnprintf(NULL, 0, format, args);
    char *end = wanted < 0 ? fail(buffer, ZUB_ELIMIT) /* beyond INT_MAX */
                           : zub_buffer_reserve(buffer, (size_t)wanted);
    if (end) {
        vsnprintf(end, (size_t)wanted + 1, format, again);
        buffer->size += (size_t)wanted;
    }
    va_end(again);
    va_end(args);
}

zub_slice zub_buffer_slice(const zub_buffer *buffer)
{
    return (zub_slice){buffer->data ? buffer->data : "", buffer->size};
}

static zub_status write_to_buffer(void *context, const char *data, size_t size)
{
    zub_buffer *buffer = context;

    zub_buffer_add(buffer, data, size);
    return buffer->status;
}

zub_sink zub_buffer_sink(zub_buffer *buffer)
{
    return (zub_sink){write_to_buffer, buffer};
}
