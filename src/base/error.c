/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* error.c - see error.h. A message that is too long is cut before a character,
 * never within one: it goes to terminals and into JSON. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void cut_between_characters(char *text, size_t size)
{
    size_t end = size;

    while (end > 0 && ((unsigned char)text[end - 1] & 0xC0) == 0x80)
        end--;
    if (end > 0 && (unsigned char)text[end - 1] >= 0xC0)
        end--;
    text[end] = '\0';
}

static void write_message(zub_error *error, const char *format, va_list args)
{
    size_t room = sizeof error->message;
    int wanted = vsnprintf(error->message, room, format, args);

    if (wanted < 0)
        error->message[0] = '\0';
    else if ((size_t)wanted >= room)
        cut_between_characters(error->message, room - 1);
}

zub_status zub_fail(zub_error *error, zub_status status, const char *format,
                    ...)
{
    if (error) {
        va_list args;
        va_start(args, format);
        error->status = status;
        error->position = ZUB_NO_POSITION;
        write_message(error, format, args);
        va_end(args);
    }
    return status;
}

zub_status zub_fail_at(zub_error *error, zub_status status, uint64_t position,
                       const char *format, ...)
{
    if (error) {
        va_list args;
        va_start(args, format);
        error->status = status;
        error->position = position;
        write_message(error, format, args);
        va_end(args);
    }
    return status;
}

zub_status zub_fail_errno(zub_error *error, zub_status status,
                          const char *what, const char *path, int number)
{
    char reason[128];

    if (strerror_r(number, reason, sizeof reason) != 0)
        snprintf(reason, sizeof reason, "error %d", number);
    return zub_fail(error, status, "cannot %s '%s': %s", what, path, reason);
}

zub_status zub_fail_memory(zub_error *error)
{
    return zub_fail(error, ZUB_ENOMEM, "out of memory");
}

void zub_error_clear(zub_error *error)
{
    if (error)
        *error = (zub_error){.position = ZUB_NO_POSITION};
}
