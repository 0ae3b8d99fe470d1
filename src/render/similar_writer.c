/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* similar_writer.c - zub_similar_writer_* of zubda.h: answers in one of four
 * formats, a row of functions each. In TEXT numbers come first and text last,
 * so that right-to-left text cannot pull a number to the wrong side. */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "render/decimal.h"
#include "render/isolate.h"
#include "render/json.h"

#define PLACES 4      /* of a score, behind the point */
#define TERMS_SHOWN 5 /* in TEXT; those behind are summed up */

typedef struct answer_format {
    void (*head)(zub_similar_writer *writer);
    void (*begin)(zub_similar_writer *writer);
    void (*line)(zub_similar_writer *writer, const zub_similar_line *line);
    void (*end)(zub_similar_writer *writer);
    void (*tail)(zub_similar_writer *writer);
} answer_format;

struct zub_similar_writer {
    zub_writer out;
    zub_json json;
    zub_similar_look look;
    const answer_format *format;
    zub_slice asked;
    size_t answers; /* written */
};

static void nothing(zub_similar_writer *writer)
{
    (void)writer;
}

static const char *name_of_asked(const zub_similar_writer *writer)
{
    return writer->look.of_query ? "query" : "id";
}

/* ---- TEXT ---- */

static void text_number(zub_similar_writer *writer, double number)
{
    char digits[ZUB_DECIMAL_ROOM];

    zub_write(&writer->out, digits,
              zub_decimal_padded(digits, number, PLACES));
    zub_write_string(&writer->out, "  ");
}

static void text_begin(zub_similar_writer *writer)
{
    if (!writer->look.with_heads)
        return;
    if (writer->answers > 0)
        zub_write_char(&writer->out, '\n');
    zub_write_string(&writer->out, "== ");
    zub_write_isolated(&writer->out, writer->asked, writer->look.isolate);
    zub_write_char(&writer->out, '\n');
}

/* What the terms that are not shown add up to. */
static void text_rest(zub_similar_writer *writer, const zub_similar_line *line,
                      size_t shown)
{
    double share = 0;

    for (size_t i = shown; i < line->term_count; i++)
        share += line->terms[i].share;
    zub_write_string(&writer->out, "        ");
    text_number(writer, share);
    zub_write_char(&writer->out, '(');
    zub_write_count(&writer->out, line->term_count - shown);
    zub_write_string(&writer->out, " more)\n");
}

static void text_terms(zub_similar_writer *writer,
                       const zub_similar_line *line)
{
    size_t count = line->term_count;
    size_t shown = count > TERMS_SHOWN + 1 ? TERMS_SHOWN : count;

    for (size_t i = 0; i < shown; i++) {
        zub_write_string(&writer->out, "        ");
        text_number(writer, line->terms[i].share);
        zub_write_isolated(&writer->out, line->terms[i].term,
                           writer->look.isolate);
        zub_write_char(&writer->out, '\n');
    }
    if (shown < count)
        text_rest(writer, line, shown);
}

static void text_line(zub_similar_writer *writer, const zub_similar_line *line)
{
    text_number(writer, line->score);
    zub_write_isolated(&writer->out, line->id, writer->look.isolate);
    if (line->title.size > 0) {
        zub_write_string(&writer->out, "  ");
        zub_write_isolated(&writer->out, line->title, writer->look.isolate);
    }
    zub_write_char(&writer->out, '\n');
    if (writer->look.explain)
        text_terms(writer, line);
}

/* ---- TSV ---- */

static void tsv_head(zub_similar_writer *writer)
{
    zub_write_string(&writer->out, name_of_asked(writer));
    zub_write_string(&writer->out, "\tneighbour\tscore");
    if (writer->look.explain)
        zub_write_string(&writer->out, "\tterm\tshare");
    zub_write_char(&writer->out, '\n');
}

static void tsv_real(zub_similar_writer *writer, double number)
{
    char digits[ZUB_DECIMAL_ROOM];

    zub_write(&writer->out, digits,
              zub_decimal_significant(digits, number, 6));
}

static void tsv_row(zub_similar_writer *writer, const zub_similar_line *line,
                    const zub_similar_term *term)
{
    zub_write_escaped(&writer->out, writer->asked, zub_escape_cell);
    zub_write_char(&writer->out, '\t');
    zub_write_escaped(&writer->out, line->id, zub_escape_cell);
    zub_write_char(&writer->out, '\t');
    tsv_real(writer, line->score);
    if (term) {
        zub_write_char(&writer->out, '\t');
        zub_write_escaped(&writer->out, term->term, zub_escape_cell);
        zub_write_char(&writer->out, '\t');
        tsv_real(writer, term->share);
    }
    zub_write_char(&writer->out, '\n');
}

static void tsv_line(zub_similar_writer *writer, const zub_similar_line *line)
{
    if (!writer->look.explain)
        tsv_row(writer, line, NULL);
    for (size_t i = 0; writer->look.explain && i < line->term_count; i++)
        tsv_row(writer, line, &line->terms[i]);
}

/* ---- JSON and JSONL ---- */

static void json_head(zub_similar_writer *writer)
{
    zub_json_init(&writer->json, &writer->out, false, 0);
    zub_json_array(&writer->json, ZUB_JSON_LINES);
}

static void json_begin(zub_similar_writer *writer)
{
    zub_json *json = &writer->json;

    zub_json_object(json, ZUB_JSON_LINES);
    zub_json_name(json, name_of_asked(writer));
    zub_json_string(json, writer->asked);
    zub_json_name(json, "neighbours");
    zub_json_array(json, ZUB_JSON_LINES);
}

static void json_real(zub_json *json, const char *name, double number)
{
    char digits[ZUB_DECIMAL_ROOM];

    zub_decimal_shortest(digits, number);
    zub_json_name(json, name);
    zub_json_digits(json, digits);
}

static void json_terms(zub_json *json, const zub_similar_line *line)
{
    zub_json_name(json, "terms");
    zub_json_array(json, ZUB_JSON_INLINE);
    for (size_t i = 0; i < line->term_count; i++) {
        zub_json_object(json, ZUB_JSON_INLINE);
        zub_json_name(json, "term");
        zub_json_string(json, line->terms[i].term);
        json_real(json, "share", line->terms[i].share);
        zub_json_end(json);
    }
    zub_json_end(json);
}

static void json_line(zub_similar_writer *writer, const zub_similar_line *line)
{
    zub_json *json = &writer->json;

    zub_json_object(json, ZUB_JSON_INLINE);
    zub_json_name(json, "id");
    zub_json_string(json, line->id);
    json_real(json, "score", line->score);
    if (writer->look.explain)
        json_terms(json, line);
    zub_json_end(json);
}

static void json_end(zub_similar_writer *writer)
{
    zub_json_end(&writer->json);
    zub_json_end(&writer->json);
}

static void json_tail(zub_similar_writer *writer)
{
    zub_json_end(&writer->json);
    zub_write_char(&writer->out, '\n');
}

static void jsonl_begin(zub_similar_writer *writer)
{
    zub_json_init(&writer->json, &writer->out, true, 0);
    json_begin(writer);
}

static void jsonl_end(zub_similar_writer *writer)
{
    json_end(writer);
    zub_write_char(&writer->out, '\n');
}

/* ---- The writer ---- */

static const answer_format *format_of(zub_format format)
{
    static const answer_format formats[] = {
        [ZUB_FORMAT_TEXT] = {nothing, text_begin, text_line, nothing, nothing},
        [ZUB_FORMAT_JSON] = {json_head, json_begin, json_line, json_end,
                             json_tail},
        [ZUB_FORMAT_JSONL] = {nothing, jsonl_begin, json_line, jsonl_end,
                              nothing},
        [ZUB_FORMAT_TSV] = {tsv_head, nothing, tsv_line, nothing, nothing},
    };

    return (size_t)format < sizeof formats / sizeof *formats ? &formats[format]
                                                             : NULL;
}

zub_status zub_similar_writer_open(zub_similar_writer **out,
                                   const zub_similar_look *look, zub_sink sink,
                                   zub_error *error)
{
    const answer_format *format = format_of(look->format);

    *out = NULL;
    zub_error_clear(error);
    if (!format)
        return zub_fail(error, ZUB_EINVAL, "neighbours have no such format");
    zub_similar_writer *writer = zub_alloc_zero(1, sizeof *writer);
    if (!writer)
        return zub_fail_memory(error);
    zub_writer_init(&writer->out, sink);
    writer->look = *look;
    writer->format = format;
    format->head(writer);
    *out = writer;
    return ZUB_OK;
}

zub_status zub_similar_writer_begin(zub_similar_writer *writer,
                                    zub_slice asked)
{
    writer->asked = asked;
    writer->format->begin(writer);
    return writer->out.status;
}

zub_status zub_similar_writer_add(zub_similar_writer *writer,
                                  const zub_similar_line *line)
{
    writer->format->line(writer, line);
    return writer->out.status;
}

/* Somebody may be waiting for the answer. */
zub_status zub_similar_writer_end(zub_similar_writer *writer)
{
    writer->format->end(writer);
    writer->answers++;
    writer->asked = (zub_slice){0};
    return zub_writer_finish(&writer->out);
}

zub_status zub_similar_writer_close(zub_similar_writer *writer)
{
    writer->format->tail(writer);
    return zub_writer_finish(&writer->out);
}

void zub_similar_writer_free(zub_similar_writer *writer)
{
    zub_free(writer);
}
