/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* bytes.c - see bytes.h. Invariant: size <= capacity. */
#include "cli/bytes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool grow(zub_bytes *bytes, size_t more)
{
    size_t wanted, capacity = bytes->capacity ? bytes->capacity : 256;
    char *data;

    if (bytes->failed || __builtin_add_overflow(bytes->size, more, &wanted))
        return !(bytes->failed = true);
    if (wanted <= bytes->capacity)
        return true;
    while (capacity < wanted)
        capacity = capacity > SIZE_MAX / 2 ? wanted : capacity * 2;
    data = realloc(bytes->data, capacity);
    if (data == NULL)
        return !(bytes->failed = true);
    bytes->data = data;
    bytes->capacity = capacity;
    return true;
}

void zub_bytes_release(zub_bytes *bytes)
{
    free(bytes->data);
    *bytes = (zub_bytes){0};
}

zub_status zub_bytes_write(void *context, const char *data, size_t size)
{
    zub_bytes *bytes = context;

    if (!grow(bytes, size))
        return ZUB_ENOMEM;
    if (size > 0)
        memcpy(bytes->data + bytes->size, data, size);
    bytes->size += size;
    return ZUB_OK;
}

zub_sink zub_bytes_sink(zub_bytes *bytes)
{
    return (zub_sink){.write = zub_bytes_write, .context = bytes};
}

void zub_bytes_add(zub_bytes *bytes, const char *text)
{
    zub_bytes_write(bytes, text, strlen(text));
}

void zub_bytes_fill(zub_bytes *bytes, char byte, size_t count)
{
    if (!grow(bytes, count) || count == 0)
        return;
    memset(bytes->data + bytes->size, byte, count);
    bytes->size += count;
}

void zub_bytes_format(zub_bytes *bytes, const char *format, ...)
{
    va_list list, again;

    va_start(list, format);
    va_copy(again, list);
    int wanted = vsnprintf(NULL, 0, format, list);
    if (wanted < 0)
        bytes->failed = true;
    else if (grow(bytes, (size_t)wanted + 1)) {
        vsnprintf(bytes->data + bytes->size, (size_t)wanted + 1, format,
                  again);
        bytes->size += (size_t)wanted;
    }
    va_end(again);
    va_end(list);
}
