/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* matrix_json.c - zub_write_matrix_jsonl of matrix.h. A term comes in many
 * rows, so what was once found fit to stand in JSON as it is, is remembered, a
 * bit a term: looking at each byte again was two thirds of the time. */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "render/decimal.h"
#include "render/json.h"
#include "render/matrix_text.h"

#define SHORT 100 /* bytes of a term that is copied to its weight first */

typedef struct lines {
    const zub_matrix_names *names;
    unsigned char *plain; /* [columns / 8 + 1] bits, set when known */
} lines;

static bool is_plain(zub_slice text)
{
    for (size_t at = 0; at < text.size;) {
        bool is_valid;
        uint32_t c = zub_utf8_next(text.data, text.size, &at, &is_valid);
        if (!is_valid || c == '"' || c == '\\' || zub_is_control(c))
            return false;
    }
    return true;
}

static void write_string(zub_writer *out, zub_slice string)
{
    zub_json json;

    zub_json_init(&json, out, true, 0);
    zub_json_string(&json, string);
}

/* A term between quotes, such as it stands in JSON. */
static void write_name(zub_writer *out, const lines *all, size_t column,
                       zub_slice term)
{
    unsigned char bit = (unsigned char)(1u << column % 8);

    if (!(all->plain[column / 8] & bit) && !is_plain(term)) {
        write_string(out, term);
        return;
    }
    all->plain[column / 8] |= bit;
    zub_write_char(out, '"');
    zub_write(out, term.data, term.size);
    zub_write_char(out, '"');
}

/* ", weight]" at `text`; returns its size. */
static size_t put_weight(char *text, float value)
{
    size_t size = zub_decimal_float(text + 2, value);

    memcpy(text, ", ", 2);
    if (text[2] == 'n') { /* nan */
        memcpy(text + 2, "null", 4);
        size = 4;
    }
    text[2 + size] = ']';
    return size + 3;
}

/* ["term", weight], in one piece where it can be. */
static void write_entry(zub_writer *out, const lines *all, size_t column,
                        float value)
{
    zub_slice term = all->names->term(all->names->context, column);
    char text[SHORT + ZUB_DECIMAL_ROOM + 8];
    size_t at = 0;

    if (term.size <= SHORT && all->plain[column / 8] >> column % 8 & 1) {
        memcpy(text, "[\"", 2);
        memcpy(text + 2, term.data, term.size);
        at = 2 + term.size;
        text[at++] = '"';
    } else {
        zub_write_char(out, '[');
        write_name(out, all, column, term);
    }
    at += put_weight(text + at, value);
    zub_write(out, text, at);
}

static zub_status write_object(zub_writer *out, const zub_matrix_row *row,
                               void *context, zub_error *error)
{
    const lines *all = context;
    zub_slice id;
    zub_status status =
        all->names->article(all->names->context, row->number, &id, error);

    if (status != ZUB_OK)
        return status;
    zub_write_string(out, "{\"id\": ");
    write_string(out, id);
    zub_write_string(out, ", \"terms\": [");
    for (size_t i = 0; i < row->size; i++) {
        if (i > 0)
            zub_write(out, ", ", 2);
        write_entry(out, all, (size_t)row->cols[i], row->values[i]);
    }
    zub_write_string(out, "]}\n");
    return ZUB_OK;
}

zub_status zub_write_matrix_jsonl(const zub_matrix_source *source,
                                  const zub_matrix_style *options,
                                  zub_sink sink, zub_error *error)
{
    zub_writer out;
    uint64_t columns =
        source->columns <= INT32_MAX ? source->columns : 0; /* refused below */

    if (!options || !options->names)
        return zub_fail(error, ZUB_EINVAL,
                        "JSON needs the names of articles and terms");
    lines all = {.names = options->names};
    all.plain = zub_alloc_zero((size_t)(columns / 8 + 1), 1);
    if (!all.plain)
        return zub_fail_memory(error);
    zub_writer_init(&out, sink);
    zub_status status =
        zub_write_matrix_rows(&out, source, write_object, &all, error);
    zub_free(all.plain);
    return status;
}
