/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* writer.c - see writer.h. Invariant: used <= ZUB_WRITER_ROOM, and the sink
 * is not called again once status is set. */
#include "render/writer.h"

#include <string.h>

#include "base/utf8.h"
#include "render/decimal.h"
#include "render/plain.h"

#define SHORT 1024 /* bytes of a text that is first hoped to be plain */

void zub_writer_init(zub_writer *writer, zub_sink sink)
{
    writer->sink = sink;
    writer->status = ZUB_OK;
    writer->used = 0;
}

static void hand_over(zub_writer *writer, const char *data, size_t size)
{
    if (writer->status == ZUB_OK && size > 0)
        writer->status = writer->sink.write(writer->sink.context, data, size);
}

static void flush(zub_writer *writer)
{
    hand_over(writer, writer->room, writer->used);
    writer->used = 0;
}

zub_status zub_writer_finish(zub_writer *writer)
{
    flush(writer);
    return writer->status;
}

void zub_writer_fail(zub_writer *writer, zub_status status)
{
    if (writer->status == ZUB_OK)
        writer->status = status;
}

char *zub_writer_room(zub_writer *writer, size_t size)
{
    if (size > ZUB_WRITER_ROOM - writer->used)
        flush(writer);
    return writer->room + writer->used;
}

void zub_write(zub_writer *writer, const char *data, size_t size)
{
    if (size == 0)
        return;
    if (size > ZUB_WRITER_ROOM - writer->used)
        flush(writer);
    if (size > ZUB_WRITER_ROOM) {
        hand_over(writer, data, size);
        return;
    }
    memcpy(writer->room + writer->used, data, size);
    writer->used += size;
}

void zub_write_char(zub_writer *writer, char c)
{
    *zub_writer_room(writer, 1) = c;
    writer->used++;
}

void zub_write_string(zub_writer *writer, const char *string)
{
    zub_write(writer, string, strlen(string));
}

void zub_write_repeat(zub_writer *writer, char c, size_t count)
{
    for (; count > 0; count--)
        zub_write_char(writer, c);
}

void zub_write_count(zub_writer *writer, uint64_t count)
{
    char *room = zub_writer_room(writer, ZUB_DECIMAL_ROOM);

    writer->used += zub_decimal_count(room, count);
}

/* Behind letters that no escape knows: ASCII ones, digits, and what has two
 * bytes from U+00C0 on. */
static size_t skip_letters(zub_slice text, size_t at)
{
    const unsigned char *data = (const unsigned char *)text.data;

    while (at < text.size) {
        unsigned char byte = data[at];
        if ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z')
            at++;
        else if (byte >= '0' && byte <= '9')
            at++;
        else if (byte >= 0xC3 && byte < 0xE0 && at + 1 < text.size &&
                 data[at + 1] >> 6 == 2)
            at += 2;
        else
            break;
    }
    return at;
}

static bool write_plain(zub_writer *writer, zub_slice text)
{
    char *room = zub_writer_room(writer, text.size + ZUB_PLAIN_SLACK);

    if (!zub_copy_plain(room, text))
        return false;
    writer->used += text.size;
    return true;
}

void zub_write_escaped(zub_writer *writer, zub_slice text, zub_escape escape)
{
    char room[16];
    size_t done = 0; /* text[done .. at) may stand as it is */

    if (text.size <= SHORT && write_plain(writer, text))
        return;
    for (size_t at = skip_letters(text, 0); at < text.size;
         at = skip_letters(text, at)) {
        size_t here = at;
        bool is_valid;
        uint32_t code_point =
            zub_utf8_next(text.data, text.size, &at, &is_valid);
        const char *shown =
            is_valid ? escape(code_point, room) : "\xEF\xBF\xBD";
        if (!shown)
            continue;
        zub_write(writer, text.data + done, here - done);
        zub_write_string(writer, shown);
        done = at;
    }
    zub_write(writer, text.data + done, text.size - done);
}

bool zub_is_control(uint32_t code_point)
{
    return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) ||
           code_point == 0x2028 || code_point == 0x2029;
}

const char *zub_escape_control(uint32_t code_point, char room[16])
{
    static const char hex[] = "0123456789abcdef";

    if (!zub_is_control(code_point))
        return NULL;
    memcpy(room, "\\u", 2);
    for (unsigned i = 0; i < 4; i++)
        room[2 + i] = hex[code_point >> (12 - 4 * i) & 15];
    room[6] = '\0';
    return room;
}

const char *zub_escape_cell(uint32_t code_point, char room[16])
{
    switch (code_point) {
    case '\t': return "\\t";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\\': return "\\\\";
    }
    return zub_escape_control(code_point, room);
}

const char *zub_escape_plain(uint32_t code_point, char room[16])
{
    (void)room;
    if (!zub_is_control(code_point))
        return NULL;
    if (code_point < 0x80)
        return " ";
    return code_point < 0x800 ? "\xC2\xA0" : "\xE2\x80\x82";
}

const char *zub_escape_html(uint32_t code_point, char room[16])
{
    (void)room;
    switch (code_point) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    case '\t':
    case '\n': return NULL;
    case '\r': return " ";
    }
    return zub_is_control(code_point) ? "\xEF\xBF\xBD" : NULL;
}
