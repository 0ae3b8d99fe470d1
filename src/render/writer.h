/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* writer.h - bytes on their way into a sink, gathered first.
 *
 * Failure is sticky: after the sink's first refusal nothing more reaches it,
 * and zub_writer_finish says what it was. So whoever writes checks once.
 */
#ifndef ZUB_RENDER_WRITER_H
#define ZUB_RENDER_WRITER_H

#include "zubda.h"

#define ZUB_WRITER_ROOM 4096

/* Lives on the stack of one rendering; nothing to release. */
typedef struct zub_writer {
    zub_sink sink;
    zub_status status;
    size_t used;
    char room[ZUB_WRITER_ROOM];
} zub_writer;

void zub_writer_init(zub_writer *writer, zub_sink sink);

/* Hand over what was gathered; the first status that was not ZUB_OK. */
zub_status zub_writer_finish(zub_writer *writer);

/* Give up for a reason of the writer's own, such as memory. */
void zub_writer_fail(zub_writer *writer, zub_status status);

/* Room for `size` bytes, at most ZUB_WRITER_ROOM, to be filled and then counted
 * in `used`: whoever writes many small things puts them together here. */
char *zub_writer_room(zub_writer *writer, size_t size);

void zub_write(zub_writer *writer, const char *data, size_t size);
void zub_write_char(zub_writer *writer, char c);
void zub_write_string(zub_writer *writer, const char *string);
void zub_write_repeat(zub_writer *writer, char c, size_t count);
void zub_write_count(zub_writer *writer, uint64_t count);

/* How one code point is shown where it may not stand as it is: a string, in
 * `room` or static; NULL: it may stand. */
typedef const char *(*zub_escape)(uint32_t code_point, char room[16]);

/* Text that is valid UTF-8 whatever `text` is, through `escape`. */
void zub_write_escaped(zub_writer *writer, zub_slice text, zub_escape escape);

/* C0, DEL and C1 controls and the separators U+2028 and U+2029: what can
 * break a line or command a terminal. */
bool zub_is_control(uint32_t code_point);

/* Of such a one: \u and four hexadecimal digits. */
const char *zub_escape_control(uint32_t code_point, char room[16]);

/* The escape of a cell of a table: \t, \n, \r and \\ by these names, other
 * control characters as above; so a row is a line, and a cell can be had
 * back. */
const char *zub_escape_cell(uint32_t code_point, char room[16]);

/* The escape of a plain line: a control character or a line break becomes a
 * space of as many bytes, so that no text can command a terminal or break a
 * line, and its length in bytes and code points stays. */
const char *zub_escape_plain(uint32_t code_point, char room[16]);

/* The escape of a text in HTML, whose lines and tabs stay: what would be markup
 * becomes a reference, a control character U+FFFD. */
const char *zub_escape_html(uint32_t code_point, char room[16]);

#endif
