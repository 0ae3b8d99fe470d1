/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* error.c - see error.h. A message goes to terminals and into JSON, and may
 * hold the name of a file, which may be any bytes: it is cut before a
 * character, never within one, and what is not UTF-8 or would steer a terminal
 * is shown as '?'. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static void cut_between_characters(char *text, size_t size)
{
    size_t end = size;

    while (end > 0 && ((unsigned char)text[end - 1] & 0xC0) == 0x80)
        end--;
    if (end > 0 && (unsigned char)text[end - 1] >= 0xC0)
        end--;
    text[end] = '\0';
}

static bool is_control(uint32_t code_point)
{
    return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
}

static void show_what_is_not_text(char *text)
{
    size_t size = strlen(text), end = 0;

    for (size_t at = 0; at < size;) {
        size_t start = at;
        bool is_valid;
        uint32_t code_point = zub_utf8_next(text, size, &at, &is_valid);

        if (!is_valid || is_control(code_point)) {
            text[end++] = '?';
            continue;
        }
        memmove(text + end, text + start, at - start);
        end += at - start;
    }
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
    show_what_is_not_text(error->message);
}

static void fill_in(zub_error *error, zub_status status, uint64_t position,
                    const char *format, va_list args)
{
    if (!error)
        return;
    error->status = status;
    error->position = position;
    write_message(error, format, args);
}

zub_status zub_fail(zub_error *error, zub_status status, const char *format,
                    ...)
{
    va_list args;

    va_start(args, format);
    fill_in(error, status, ZUB_NO_POSITION, format, args);
    va_end(args);
    return status;
}

zub_status zub_fail_at(zub_error *error, zub_status status, uint64_t position,
                       const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fill_in(error, status, position, format, args);
    va_end(args);
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
