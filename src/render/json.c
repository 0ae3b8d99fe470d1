/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* json.c - see json.h. Every value and every name passes through
 * zub_json_place, which alone knows about commas, lines and indents. */
#include "render/json.h"

#include <string.h>

#include "base/utf8.h"

static const char *escape(uint32_t code_point, char room[16])
{
    switch (code_point) {
    case '"': return "\\\"";
    case '\\': return "\\\\";
    case '\b': return "\\b";
    case '\f': return "\\f";
    case '\n': return "\\n";
    case '\r': return "\\r";
    case '\t': return "\\t";
    }
    return zub_escape_control(code_point, room);
}

void zub_json_init(zub_json *json, zub_writer *out, bool is_flat,
                   unsigned indent)
{
    *json = (zub_json){.out = out, .is_flat = is_flat, .indent = indent};
}

static void new_line(zub_json *json)
{
    zub_write_char(json->out, '\n');
    zub_write_repeat(json->out, ' ', 2 * (json->indent + json->depth));
}

void zub_json_place(zub_json *json)
{
    unsigned inner = json->depth - 1;

    if (json->is_named || json->depth == 0) {
        json->is_named = false;
        return;
    }
    if (json->levels[inner].is_filled)
        zub_write_char(json->out, ',');
    if (json->levels[inner].is_on_lines)
        new_line(json);
    else if (json->levels[inner].is_filled)
        zub_write_char(json->out, ' ');
    json->levels[inner].is_filled = true;
}

static void begin(zub_json *json, char open, char close,
                  zub_json_layout layout)
{
    zub_json_place(json);
    zub_write_char(json->out, open);
    if (json->depth == ZUB_JSON_DEPTH) {
        zub_writer_fail(json->out, ZUB_ELIMIT);
        return;
    }
    json->levels[json->depth].close = close;
    json->levels[json->depth].is_on_lines =
        layout == ZUB_JSON_LINES && !json->is_flat;
    json->levels[json->depth++].is_filled = false;
}

void zub_json_object(zub_json *json, zub_json_layout layout)
{
    begin(json, '{', '}', layout);
}

void zub_json_array(zub_json *json, zub_json_layout layout)
{
    begin(json, '[', ']', layout);
}

void zub_json_end(zub_json *json)
{
    if (json->depth == 0) {
        zub_writer_fail(json->out, ZUB_EINVAL);
        return;
    }
    json->depth--;
    if (json->levels[json->depth].is_on_lines &&
        json->levels[json->depth].is_filled)
        new_line(json);
    zub_write_char(json->out, json->levels[json->depth].close);
}

static void quote(zub_json *json, zub_slice string)
{
    zub_write_char(json->out, '"');
    zub_write_escaped(json->out, string, escape);
    zub_write_char(json->out, '"');
}

void zub_json_name(zub_json *json, const char *name)
{
    zub_json_name_slice(json, 0, (zub_slice){name, strlen(name)});
}

void zub_json_name_slice(zub_json *json, size_t underscores, zub_slice name)
{
    zub_json_place(json);
    zub_write_char(json->out, '"');
    zub_write_repeat(json->out, '_', underscores);
    zub_write_escaped(json->out, name, escape);
    zub_write_string(json->out, "\": ");
    json->is_named = true;
}

void zub_json_null(zub_json *json)
{
    zub_json_place(json);
    zub_write_string(json->out, "null");
}

void zub_json_true(zub_json *json)
{
    zub_json_place(json);
    zub_write_string(json->out, "true");
}

void zub_json_string(zub_json *json, zub_slice string)
{
    zub_json_place(json);
    quote(json, string);
}

void zub_json_count(zub_json *json, uint64_t count)
{
    zub_json_place(json);
    zub_write_count(json->out, count);
}

void zub_json_digits(zub_json *json, const char *digits)
{
    zub_json_place(json);
    zub_write_string(json->out, digits[0] == 'n' ? "null" : digits);
}

/* What somebody wrote into a string stays, but for what may not stand there:
 * the scanner of lines lets control characters through. */
static const char *escape_within(uint32_t code_point, char room[16])
{
    return code_point < 0x20 ? escape(code_point, room) : NULL;
}

/* Between tokens a line break is white space: a space is as good and keeps
 * the line whole. */
static const char *escape_between(uint32_t code_point, char room[16])
{
    (void)room;
    return code_point == '\n' || code_point == '\r' ? " " : NULL;
}

/* The byte behind the string that begins at `at`. */
static size_t string_end(zub_slice value, size_t at)
{
    for (at++; at < value.size && value.data[at] != '"'; at++)
        at += value.data[at] == '\\';
    return at < value.size ? at + 1 : value.size;
}

static size_t string_start(zub_slice value, size_t at)
{
    const char *quote = memchr(value.data + at, '"', value.size - at);

    return quote ? (size_t)(quote - value.data) : value.size;
}

/* Nothing in it needs a second look, as in nearly all that comes. */
static bool is_clean(zub_slice value)
{
    unsigned char low = 0;

    for (size_t i = 0; i < value.size; i++)
        low |= (unsigned char)value.data[i] < 0x20;
    return !low && zub_utf8_first_invalid(value) == value.size;
}

void zub_json_raw(zub_json *json, zub_slice value)
{
    if (value.size == 0) {
        zub_json_null(json);
        return;
    }
    zub_json_place(json);
    if (is_clean(value)) {
        zub_write(json->out, value.data, value.size);
        return;
    }
    for (size_t at = 0, end; at < value.size; at = end) {
        bool is_string = value.data[at] == '"';
        end = is_string ? string_end(value, at) : string_start(value, at);
        zub_write_escaped(json->out, (zub_slice){value.data + at, end - at},
                          is_string ? escape_within : escape_between);
    }
}
