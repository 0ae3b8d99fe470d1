/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* hits.c - zub_render_hits of zubda.h: passages that an index found, a function
 * a format. */
#include <string.h>

#include "zubda.h"
#include "render/decimal.h"
#include "render/isolate.h"
#include "render/json.h"

#define BOLD "\033[1m"
#define PLAIN "\033[0m"
#define RUN_TAG " zubda\n"

static const zub_slice nothing = {"", 0};

static zub_slice or_nothing(zub_slice text)
{
    return text.data ? text : nothing;
}

static void write_decimal(zub_writer *out, double value)
{
    char digits[ZUB_DECIMAL_ROOM];

    zub_write(out, digits, zub_decimal_shortest(digits, value));
}

static void write_rounded(zub_writer *out, double value)
{
    char digits[ZUB_DECIMAL_ROOM];

    zub_write(out, digits, zub_decimal_padded(digits, value, 4));
}

/* ---- TREC ---- */

/* A field of a run ends at white space: that in it is written as %XX, and so
 * is %, so that it can be had back. */
static void write_field(zub_writer *out, zub_slice text)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c > ' ' && c != '%' && c != 0x7F) {
            zub_write_char(out, text.data[i]);
            continue;
        }
        zub_write_char(out, '%');
        zub_write_char(out, digits[c >> 4]);
        zub_write_char(out, digits[c & 15]);
    }
}

static void write_name(zub_writer *out, const zub_hit *hit, bool by_article)
{
    write_field(out, hit->id);
    if (by_article)
        return;
    zub_write_char(out, '#');
    zub_write_count(out, hit->passage);
}

/* A run has six columns, so a query that has no id is called -. */
static zub_slice name_of_query(const zub_hits_look *look)
{
    if (look->query_id.size > 0)
        return look->query_id;
    return look->id.size > 0 ? look->id : (zub_slice){"-", 1};
}

static void write_trec(zub_writer *out, const zub_hits *hits,
                       const zub_hits_look *look)
{
    zub_slice query = name_of_query(look);

    for (size_t i = 0; i < hits->count; i++) {
        write_field(out, query);
        zub_write_string(out, " Q0 ");
        write_name(out, &hits->items[i], look->by_article);
        zub_write_char(out, ' ');
        zub_write_count(out, i + 1);
        zub_write_char(out, ' ');
        write_decimal(out, hits->items[i].score);
        zub_write_string(out, RUN_TAG);
    }
}

/* ---- Text ---- */

static void write_piece(zub_writer *out, zub_slice text, size_t from,
                        size_t to)
{
    zub_write_escaped(out, (zub_slice){text.data + from, to - from},
                      zub_escape_plain);
}

/* The snippet with its marked words in bold. */
static void write_marked(zub_writer *out, const zub_hit *hit,
                         const zub_hits_look *look)
{
    zub_slice text = hit->snippet;
    bool turns = look->isolate && zub_has_right_to_left(text);
    size_t at = 0;

    if (turns)
        zub_write_string(out, "\xE2\x81\xA8");
    for (size_t i = 0; look->color && i < hit->mark_count; i++) {
        const zub_span *mark = &hit->marks[i];
        write_piece(out, text, at, mark->start);
        zub_write_string(out, BOLD);
        write_piece(out, text, mark->start, mark->end);
        zub_write_string(out, PLAIN);
        at = mark->end;
    }
    write_piece(out, text, at, text.size);
    if (turns)
        zub_write_string(out, "\xE2\x81\xA9");
}

static void write_reasons(zub_writer *out, const zub_hit *hit,
                          const zub_hits_look *look)
{
    zub_write_string(out, "    words ");
    write_rounded(out, hit->words);
    zub_write_string(out, ", grams ");
    write_rounded(out, hit->grams);
    if (hit->latent != 0) {
        zub_write_string(out, ", latent ");
        write_rounded(out, hit->latent);
    }
    zub_write_char(out, '\n');
    for (size_t i = 0; i < hit->reason_count; i++) {
        const zub_hit_reason *reason = &hit->reasons[i];
        zub_write_string(out, "    ");
        write_rounded(out, reason->score);
        zub_write_string(out, "  ");
        zub_write_count(out, reason->count);
        zub_write_string(out, " here, in ");
        zub_write_count(out, reason->df);
        zub_write_string(out, ": ");
        zub_write_isolated(out, reason->term, look->isolate);
        zub_write_string(out, reason->is_added ? " (added)\n" : "\n");
    }
    if (hit->length != 0) {
        zub_write_string(out, "    ");
        write_rounded(out, hit->length);
        zub_write_string(out, "  for its length\n");
    }
}

/* Numbers first, so that right-to-left text cannot pull one to its side. */
/* What was asked, above its hits. */
static void write_question(zub_writer *out, const zub_hits_look *look)
{
    zub_slice asked = look->query.size > 0 ? look->query : look->id;

    if (!look->with_head)
        zub_write_char(out, '\n');
    zub_write_string(out, "? ");
    if (look->query_id.size > 0) {
        zub_write_isolated(out, look->query_id, look->isolate);
        zub_write_string(out, "  ");
    }
    zub_write_isolated(out, asked, look->isolate);
    zub_write_char(out, '\n');
}

static void write_text(zub_writer *out, const zub_hits *hits,
                       const zub_hits_look *look)
{
    if (look->is_one_of_several)
        write_question(out, look);
    for (size_t i = 0; i < hits->count; i++) {
        const zub_hit *hit = &hits->items[i];
        write_rounded(out, hit->score);
        zub_write_string(out, "  ");
        zub_write_count(out, hit->start);
        zub_write_char(out, '-');
        zub_write_count(out, hit->end);
        zub_write_string(out, "  ");
        zub_write_isolated(out, hit->id, look->isolate);
        if (hit->title.size > 0) {
            zub_write_string(out, "  ");
            zub_write_isolated(out, hit->title, look->isolate);
        }
        zub_write_char(out, '\n');
        if (hit->snippet.size > 0) {
            zub_write_string(out, "    ");
            write_marked(out, hit, look);
            zub_write_char(out, '\n');
        }
        if (look->explain)
            write_reasons(out, hit, look);
    }
}

/* ---- TSV ---- */

static void write_tsv(zub_writer *out, const zub_hits *hits,
                      const zub_hits_look *look)
{
    if (look->with_head)
        zub_write_string(out,
                         "query\tid\tpassage\tstart\tend\tscore\tsnippet\n");
    for (size_t i = 0; i < hits->count; i++) {
        const zub_hit *hit = &hits->items[i];
        zub_slice query = look->query.size ? look->query : look->id;
        zub_write_escaped(out, or_nothing(query), zub_escape_cell);
        zub_write_char(out, '\t');
        zub_write_escaped(out, hit->id, zub_escape_cell);
        zub_write_char(out, '\t');
        zub_write_count(out, hit->passage);
        zub_write_char(out, '\t');
        zub_write_count(out, hit->start);
        zub_write_char(out, '\t');
        zub_write_count(out, hit->end);
        zub_write_char(out, '\t');
        write_decimal(out, hit->score);
        zub_write_char(out, '\t');
        zub_write_escaped(out, or_nothing(hit->snippet), zub_escape_cell);
        zub_write_char(out, '\n');
    }
}

/* ---- JSON ---- */

static void add_string(zub_json *json, const char *name, zub_slice value)
{
    zub_json_name(json, name);
    zub_json_string(json, or_nothing(value));
}

static void add_count(zub_json *json, const char *name, uint64_t value)
{
    zub_json_name(json, name);
    zub_json_count(json, value);
}

static void add_real(zub_json *json, const char *name, double value)
{
    char digits[ZUB_DECIMAL_ROOM];

    zub_decimal_shortest(digits, value);
    zub_json_name(json, name);
    zub_json_digits(json, digits);
}

static void add_marks(zub_json *json, const zub_hit *hit)
{
    zub_json_name(json, "marks");
    zub_json_array(json, ZUB_JSON_INLINE);
    for (size_t i = 0; i < hit->mark_count; i++) {
        zub_json_array(json, ZUB_JSON_INLINE);
        zub_json_count(json, hit->marks[i].start);
        zub_json_count(json, hit->marks[i].end);
        zub_json_end(json);
    }
    zub_json_end(json);
}

static void add_reasons(zub_json *json, const zub_hit *hit)
{
    zub_json_name(json, "explain");
    zub_json_object(json, ZUB_JSON_INLINE);
    add_real(json, "words", hit->words);
    add_real(json, "grams", hit->grams);
    if (hit->length != 0)
        add_real(json, "length", hit->length);
    if (hit->latent != 0)
        add_real(json, "latent", hit->latent);
    zub_json_name(json, "terms");
    zub_json_array(json, ZUB_JSON_INLINE);
    for (size_t i = 0; i < hit->reason_count; i++) {
        const zub_hit_reason *reason = &hit->reasons[i];
        zub_json_object(json, ZUB_JSON_INLINE);
        add_string(json, "term", reason->term);
        add_count(json, "count", reason->count);
        add_count(json, "df", reason->df);
        add_real(json, "score", reason->score);
        if (reason->is_added) {
            zub_json_name(json, "added");
            zub_json_true(json);
        }
        zub_json_end(json);
    }
    zub_json_end(json);
    zub_json_end(json);
}

static void add_hit(zub_json *json, const zub_hit *hit,
                    const zub_hits_look *look)
{
    zub_json_object(json, ZUB_JSON_INLINE);
    add_string(json, "id", hit->id);
    if (hit->title.size > 0)
        add_string(json, "title", hit->title);
    add_count(json, "passage", hit->passage);
    add_count(json, "start", hit->start);
    add_count(json, "end", hit->end);
    add_real(json, "score", hit->score);
    add_string(json, "snippet", hit->snippet);
    add_marks(json, hit);
    if (look->explain)
        add_reasons(json, hit);
    zub_json_end(json);
}

static void write_json(zub_writer *out, const zub_hits *hits,
                       const zub_hits_look *look)
{
    bool is_flat = look->format == ZUB_FORMAT_JSONL;
    zub_json json;

    zub_json_init(&json, out, is_flat, (unsigned)look->indent);
    zub_json_object(&json, ZUB_JSON_LINES);
    if (look->query_id.size > 0)
        add_string(&json, "query_id", look->query_id);
    if (look->id.size > 0)
        add_string(&json, "id", look->id);
    else
        add_string(&json, "query", look->query);
    add_string(&json, "lang", (zub_slice){hits->lang, strlen(hits->lang)});
    zub_json_name(&json, "hits");
    zub_json_array(&json, ZUB_JSON_LINES);
    for (size_t i = 0; i < hits->count; i++)
        add_hit(&json, &hits->items[i], look);
    zub_json_end(&json);
    zub_json_end(&json);
    if (is_flat)
        zub_write_char(out, '\n');
}

zub_status zub_render_hits(const zub_hits *hits, const zub_hits_look *look,
                           zub_sink sink)
{
    static void (*const formats[])(zub_writer *, const zub_hits *,
                                   const zub_hits_look *) = {
        [ZUB_FORMAT_TEXT] = write_text,
        [ZUB_FORMAT_JSON] = write_json,
        [ZUB_FORMAT_JSONL] = write_json,
        [ZUB_FORMAT_TSV] = write_tsv,
    };
    zub_writer out;

    if ((size_t)look->format >= sizeof formats / sizeof *formats)
        return ZUB_EINVAL;
    zub_writer_init(&out, sink);
    if (look->is_trec)
        write_trec(&out, hits, look);
    else
        formats[look->format](&out, hits, look);
    return zub_writer_finish(&out);
}
