/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* message.c - see message.h. The lock of `stderr` orders threads and guards
 * `status_is_shown`. */
#include "cli/message.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define CLEAR_LINE "\r\033[K"

static bool status_is_shown;

static void clear_status(void)
{
    if (status_is_shown)
        fputs(CLEAR_LINE, stderr);
    status_is_shown = false;
}

/* C0, DEL, and C1 as UTF-8 writes it. */
static bool is_control(const unsigned char *at)
{
    return at[0] < 0x20 || at[0] == 0x7f ||
           (at[0] == 0xc2 && at[1] >= 0x80 && at[1] < 0xa0);
}

/* Copies `text` to `line` with control characters as \xHH. */
static size_t escape(char *line, size_t room, const char *text)
{
    static const char hex[] = "0123456789abcdef";
    const unsigned char *at = (const unsigned char *)text;
    size_t size = 0;

    for (; *at != '\0' && size + 5 < room; at++) {
        if (!is_control(at)) {
            line[size++] = (char)*at;
            continue;
        }
        line[size++] = '\\';
        line[size++] = *at == '\n' ? 'n' : *at == '\t' ? 't' : 'x';
        if (*at == '\n' || *at == '\t')
            continue;
        if (*at == 0xc2)
            at++;
        line[size++] = hex[*at >> 4];
        line[size++] = hex[*at & 15];
    }
    return size;
}

void zub_message(const char *format, ...)
{
    char text[1024], line[2048];
    size_t size;
    va_list list;

    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    memcpy(line, "zubda: ", 7);
    size = 7 + escape(line + 7, sizeof line - 8, text);
    line[size++] = '\n';
    flockfile(stderr);
    clear_status();
    fwrite(line, 1, size, stderr);
    funlockfile(stderr);
}

void zub_message_failure(const zub_error *error, zub_status status)
{
    zub_message("%s",
                error->message[0] ? error->message : zub_status_text(status));
}

void zub_message_status(const char *line)
{
    flockfile(stderr);
    if (line == NULL) {
        clear_status();
    } else {
        fprintf(stderr, "\r%s\033[K", line);
        status_is_shown = true;
    }
    funlockfile(stderr);
}

zub_status zub_message_into(zub_error *error, zub_status status,
                            const char *format, ...)
{
    va_list list;

    error->status = status;
    error->position = ZUB_NO_POSITION;
    va_start(list, format);
    vsnprintf(error->message, sizeof error->message, format, list);
    va_end(list);
    return status;
}
