/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* as_json.c - results as JSON and JSONL, in the shapes of
 * docs/NAME.schema.json.
 *
 * Both are the same objects. JSON is one array over many lines; JSONL has an
 * object a line and adds the record's other fields.
 */
#include "render/render.h"

#include <string.h>

#include "render/decimal.h"
#include "render/fields.h"
#include "render/json.h"
#include "render/rows.h"

/* Reasons of a sentence, up to 199 of them, sum to its score within 1e-6. */
#define SCORE_PLACES 8
#define KEYWORD_DIGITS 6
#define SHARE_PLACES 6
#define MINUTES_PLACES 1

static const char *const summary_names[] = {
    "id",        "lang",     "title", "profile", "asked", "got",
    "sentences", "keywords", "topic", "stats",   NULL,
};
static const char *const keywords_names[] = {"id", "lang", "keywords", NULL};
static const char *const units_names[] = {"id", "lang", "units", NULL};
static const char *const guess_names[] = {
    "id", "lang", "confidence", "next", NULL,
};

/* ---- Members ---- */

static void add_slice(zub_json *json, const char *name, zub_slice value)
{
    zub_json_name(json, name);
    zub_json_string(json, value);
}

static zub_slice slice_of(const char *string)
{
    return (zub_slice){string, strlen(string)};
}

static void add_string(zub_json *json, const char *name, const char *value)
{
    add_slice(json, name, slice_of(value));
}

static void add_count(zub_json *json, const char *name, uint64_t value)
{
    zub_json_name(json, name);
    zub_json_count(json, value);
}

static void add_places(zub_json *json, const char *name, double value,
                       unsigned places)
{
    char digits[ZUB_DECIMAL_ROOM];

    zub_decimal_places(digits, value, places);
    zub_json_name(json, name);
    zub_json_digits(json, digits);
}

static void add_significant(zub_json *json, const char *name, double value)
{
    char digits[ZUB_DECIMAL_ROOM];

    zub_decimal_significant(digits, value, KEYWORD_DIGITS);
    zub_json_name(json, name);
    zub_json_digits(json, digits);
}

static void add_true(zub_json *json, const char *name, bool value)
{
    if (!value)
        return;
    zub_json_name(json, name);
    zub_json_true(json);
}

static void add_span(zub_json *json, const zub_span *span)
{
    add_count(json, "start", span->start);
    add_count(json, "end", span->end);
    add_count(json, "cp_start", span->cp_start);
    add_count(json, "cp_end", span->cp_end);
}

/* ---- The object of an article ---- */

static bool is_lines(const zub_view *view)
{
    return view->options->format == ZUB_FORMAT_JSONL;
}

static void begin_article(zub_json *json, const zub_view *view, zub_slice id,
                          const char *lang)
{
    if (!is_lines(view))
        zub_write_string(view->out, "\n  ");
    zub_json_init(json, view->out, is_lines(view), 1);
    zub_json_object(json, ZUB_JSON_LINES);
    add_slice(json, "id", id);
    add_string(json, "lang", lang);
}

static void end_article(zub_json *json, const zub_view *view,
                        const zub_said *said)
{
    if (is_lines(view))
        zub_json_fields(json, view->record, said, view->options->keep_text);
    zub_json_end(json);
    if (is_lines(view))
        zub_write_char(view->out, '\n');
}

/* ---- Summary ---- */

static void add_optional(zub_json *json, const char *name, zub_slice value)
{
    zub_json_name(json, name);
    if (value.size > 0)
        zub_json_string(json, value);
    else
        zub_json_null(json);
}

static void add_cap(zub_json *json, const char *name, size_t cap)
{
    if (cap > 0)
        add_count(json, name, cap);
}

static void add_asked(zub_json *json, const zub_budget *asked)
{
    char digits[ZUB_DECIMAL_ROOM];

    zub_json_name(json, "asked");
    zub_json_object(json, ZUB_JSON_INLINE);
    add_cap(json, "sentences", asked->sentences);
    add_cap(json, "words", asked->words);
    add_cap(json, "chars", asked->chars);
    add_cap(json, "bytes", asked->bytes);
    if (asked->ratio > 0) {
        zub_decimal_shortest(digits, asked->ratio);
        zub_json_name(json, "ratio");
        zub_json_digits(json, digits);
    }
    add_string(json, "fit",
               asked->fit == ZUB_FIT_NEAREST ? "nearest" : "under");
    zub_json_end(json);
}

static void add_got(zub_json *json, const zub_length *got)
{
    zub_json_name(json, "got");
    zub_json_object(json, ZUB_JSON_INLINE);
    add_count(json, "sentences", got->sentences);
    add_count(json, "words", got->words);
    add_count(json, "chars", got->chars);
    add_count(json, "bytes", got->bytes);
    add_places(json, "ratio", got->ratio, SHARE_PLACES);
    zub_json_end(json);
}

static void add_reasons(zub_json *json, const zub_key_sentence *sentence)
{
    zub_json_name(json, "reasons");
    zub_json_object(json, ZUB_JSON_INLINE);
    for (size_t i = 0; i < sentence->reason_count; i++)
        add_places(json, sentence->reasons[i].name, sentence->reasons[i].value,
                   SCORE_PLACES);
    zub_json_end(json);
}

static void add_sentence(zub_json *json, const zub_key_sentence *sentence)
{
    zub_json_object(json, ZUB_JSON_INLINE);
    add_count(json, "index", sentence->index);
    add_count(json, "paragraph", sentence->paragraph);
    add_span(json, &sentence->span);
    add_slice(json, "text", sentence->text);
    add_places(json, "score", sentence->score, SCORE_PLACES);
    add_count(json, "rank", sentence->rank);
    add_reasons(json, sentence);
    add_true(json, "heading", sentence->is_heading);
    add_true(json, "truncated", sentence->is_truncated);
    zub_json_end(json);
}

static void add_sentences(zub_json *json, const zub_summary *summary)
{
    zub_json_name(json, "sentences");
    zub_json_array(json, ZUB_JSON_LINES);
    for (size_t i = 0; i < summary->sentence_count; i++)
        add_sentence(json, &summary->sentences[i]);
    zub_json_end(json);
}

static void add_keywords(zub_json *json, const zub_keyword *keywords,
                         size_t count, bool with_start)
{
    zub_json_name(json, "keywords");
    zub_json_array(json, ZUB_JSON_LINES);
    for (size_t i = 0; i < count; i++) {
        zub_json_object(json, ZUB_JSON_INLINE);
        add_slice(json, "term", keywords[i].term);
        add_significant(json, "score", keywords[i].score);
        add_count(json, "count", keywords[i].count);
        if (with_start)
            add_count(json, "start", keywords[i].start);
        zub_json_end(json);
    }
    zub_json_end(json);
}

static void add_topic(zub_json *json, const zub_summary *summary)
{
    zub_json_name(json, "topic");
    zub_json_object(json, ZUB_JSON_INLINE);
    add_optional(json, "gist", summary->gist);
    zub_json_name(json, "phrases");
    zub_json_array(json, ZUB_JSON_INLINE);
    for (size_t i = 0; i < summary->phrase_count; i++)
        zub_json_string(json, summary->phrases[i]);
    zub_json_end(json);
    zub_json_end(json);
}

static void add_stats(zub_json *json, const zub_summary *summary)
{
    zub_json_name(json, "stats");
    zub_json_object(json, ZUB_JSON_INLINE);
    add_count(json, "words", summary->stats.words);
    add_count(json, "sentences", summary->stats.sentences);
    add_count(json, "types", summary->stats.types);
    add_count(json, "repaired_bytes", summary->stats.repaired_bytes);
    add_places(json, "reading_minutes", summary->stats.reading_minutes,
               MINUTES_PLACES);
    zub_json_end(json);
}

static void write_summary(const zub_view *view, const zub_summary *summary)
{
    const char *profile = summary->profile ? summary->profile : "";
    zub_said said = {summary_names, summary->title, slice_of(summary->lang)};
    zub_json json;

    begin_article(&json, view, summary->id, summary->lang);
    add_optional(&json, "title", summary->title);
    add_optional(&json, "profile", slice_of(profile));
    add_asked(&json, &summary->asked);
    add_got(&json, &summary->got);
    add_sentences(&json, summary);
    add_keywords(&json, summary->keywords, summary->keyword_count, false);
    add_topic(&json, summary);
    add_stats(&json, summary);
    end_article(&json, view, &said);
}

/* ---- Other kinds ---- */

static void write_keywords(const zub_view *view, const zub_summary *summary)
{
    zub_said said = {.names = keywords_names, .lang = slice_of(summary->lang)};
    zub_json json;

    begin_article(&json, view, summary->id, summary->lang);
    add_keywords(&json, summary->keywords, zub_view_keywords(view, summary),
                 true);
    end_article(&json, view, &said);
}

static void add_unit(zub_json *json, const zub_view *view, const zub_row *row)
{
    zub_json_object(json, ZUB_JSON_INLINE);
    add_span(json, &row->span);
    add_slice(json, "text", row->text);
    if (view->options->unit == ZUB_UNIT_TERM)
        add_slice(json, "term", row->key);
    if (view->options->fold)
        add_slice(json, "folded", row->folded);
    zub_json_end(json);
}

static void write_units(const zub_view *view, const zub_document *document)
{
    zub_said said = {.names = units_names, .lang = slice_of(document->lang)};
    zub_row row;
    zub_rows rows;
    zub_json json;

    zub_rows_init(&rows, view, document);
    begin_article(&json, view, view->record->id, document->lang);
    zub_json_name(&json, "units");
    zub_json_array(&json, ZUB_JSON_LINES);
    while (zub_rows_next(&rows, &row))
        add_unit(&json, view, &row);
    zub_json_end(&json);
    end_article(&json, view, &said);
    zub_rows_release(&rows);
}

static void write_guess(const zub_view *view, const zub_guess *guess)
{
    zub_said said = {.names = guess_names, .lang = slice_of(guess->lang)};
    zub_json json;

    begin_article(&json, view, view->record->id, guess->lang);
    add_places(&json, "confidence", guess->confidence, SHARE_PLACES);
    zub_json_name(&json, "next");
    if (guess->next_lang[0]) {
        zub_json_object(&json, ZUB_JSON_INLINE);
        add_string(&json, "lang", guess->next_lang);
        add_places(&json, "confidence", guess->next_confidence, SHARE_PLACES);
        zub_json_end(&json);
    } else {
        zub_json_null(&json);
    }
    end_article(&json, view, &said);
}

static void write_part(const zub_view *view, zub_part part, zub_kind kind)
{
    static const char *const parts[] = {
        [ZUB_PART_HEAD] = "[",
        [ZUB_PART_BETWEEN] = ",",
        [ZUB_PART_TAIL] = "\n]\n",
    };

    (void)kind;
    if (!is_lines(view))
        zub_write_string(view->out, parts[part]);
}

const zub_renderer zub_json_renderer = {
    write_part, write_summary, write_keywords, write_units, write_guess,
};
