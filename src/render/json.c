/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* json.c - see json.h. Every value and every name passes through `place`,
 * which alone knows about commas, lines and indents. */
#include "render/json.h"

#include <string.h>

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

static void place(zub_json *json)
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
    place(json);
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
    place(json);
    zub_write_char(json->out, '"');
    zub_write_repeat(json->out, '_', underscores);
    zub_write_escaped(json->out, name, escape);
    zub_write_string(json->out, "\": ");
    json->is_named = true;
}

void zub_json_null(zub_json *json)
{
    place(json);
    zub_write_string(json->out, "null");
}

void zub_json_true(zub_json *json)
{
    place(json);
    zub_write_string(json->out, "true");
}

void zub_json_string(zub_json *json, zub_slice string)
{
    place(json);
    quote(json, string);
}

void zub_json_count(zub_json *json, uint64_t count)
{
    place(json);
    zub_write_count(json->out, count);
}

void zub_json_digits(zub_json *json, const char *digits)
{
    place(json);
    zub_write_string(json->out, digits[0] == 'n' ? "null" : digits);
}

void zub_json_raw(zub_json *json, zub_slice value)
{
    if (value.size == 0) {
        zub_json_null(json);
        return;
    }
    place(json);
    /* Between tokens a line break is white space, and inside a JSON string
     * it cannot stand: a space is as good and keeps the line whole. */
    for (size_t at = 0, next; at < value.size; at = next + 1) {
        for (next = at; next < value.size; next++)
            if (value.data[next] == '\n' || value.data[next] == '\r')
                break;
        zub_write(json->out, value.data + at, next - at);
        if (next < value.size)
            zub_write_char(json->out, ' ');
    }
}
