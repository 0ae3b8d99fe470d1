/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* as_text.c - results for reading: on a terminal, or piped to another tool.
 *
 * A summary's sentences stand one a line, so the bytes printed are those that
 * a budget counts. Every other line has its numbers first, its text last, so
 * that right-to-left text cannot pull a number to the wrong side. No text
 * can command a terminal: see zub_escape_plain.
 */
#include "render/decimal.h"
#include "render/isolate.h"
#include "render/render.h"
#include "render/rows.h"

#include <string.h>

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define USUAL "\033[0m"

/* ---- Fields ---- */

static void put_field(const zub_view *view, zub_slice text)
{
    zub_write_isolated(view->out, text, view->options->isolate);
}

static void put(const zub_view *view, const char *string)
{
    zub_write_string(view->out, string);
}

static void put_style(const zub_view *view, const char *style)
{
    if (view->options->color)
        put(view, style);
}

/* Right-aligned in `width` columns. */
static void put_digits(const zub_view *view, const char *digits, size_t size,
                       size_t width)
{
    if (size < width)
        zub_write_repeat(view->out, ' ', width - size);
    zub_write(view->out, digits, size);
}

static void put_count(const zub_view *view, uint64_t count, size_t width)
{
    char digits[ZUB_DECIMAL_ROOM];

    put_digits(view, digits, zub_decimal_count(digits, count), width);
}

static void put_number(const zub_view *view, double value, size_t width)
{
    char digits[ZUB_DECIMAL_ROOM];

    put_digits(view, digits, zub_decimal_padded(digits, value, 4), width);
}

static void put_heading(const zub_view *view, zub_slice id, zub_slice title)
{
    if (!view->options->with_ids)
        return;
    put_style(view, BOLD);
    put(view, "== ");
    put_field(view, id);
    put(view, " ==");
    if (title.size > 0) {
        put(view, " ");
        put_field(view, title);
    }
    put_style(view, USUAL);
    put(view, "\n");
}

/* ---- Summary ---- */

static void put_reasons(const zub_view *view, const zub_key_sentence *sentence)
{
    put_style(view, DIM);
    put_number(view, sentence->score, 12);
    put(view, "  score, rank ");
    put_count(view, sentence->rank, 0);
    put(view, sentence->is_heading ? ", a heading" : "");
    put(view, sentence->is_truncated ? ", cut to fit\n" : "\n");
    for (size_t i = 0; i < sentence->reason_count; i++) {
        put_number(view, sentence->reasons[i].value, 12);
        put(view, "  ");
        put(view, sentence->reasons[i].name);
        put(view, "\n");
    }
    put_style(view, USUAL);
}

static void put_known(const zub_view *view, const char *what,
                      const char *value)
{
    if (!value || !value[0])
        return;
    put(view, "  ");
    put(view, what);
    put(view, " ");
    put_field(view, (zub_slice){value, strlen(value)});
    put(view, "\n");
}

/* What the article got and what it was judged with. */
static void put_account(const zub_view *view, const zub_summary *summary)
{
    const zub_length *got = &summary->got;

    put(view, "\n");
    put_style(view, DIM);
    put(view, "  ");
    put_count(view, got->sentences, 0);
    put(view, " of ");
    put_count(view, summary->stats.sentences, 0);
    put(view, " sentences, ");
    put_count(view, got->words, 0);
    put(view, " of ");
    put_count(view, summary->stats.words, 0);
    put(view, " words, ");
    put_count(view, got->chars, 0);
    put(view, " characters, ");
    put_count(view, got->bytes, 0);
    put(view, " bytes\n");
    put_known(view, "language", summary->lang);
    put_known(view, "method", summary->method);
    put_known(view, "profile", summary->profile);
    put_known(view, "models", summary->models_used);
    put_style(view, USUAL);
}

static void write_summary(const zub_view *view, const zub_summary *summary)
{
    put_heading(view, summary->id, summary->title);
    for (size_t i = 0; i < summary->sentence_count; i++) {
        put_field(view, summary->sentences[i].text);
        put(view, "\n");
        if (view->options->explain)
            put_reasons(view, &summary->sentences[i]);
    }
    if (view->options->explain)
        put_account(view, summary);
}

/* ---- Other kinds ---- */

static void write_keywords(const zub_view *view, const zub_summary *summary)
{
    size_t count = zub_view_keywords(view, summary);

    put_heading(view, summary->id, summary->title);
    for (size_t i = 0; i < count; i++) {
        put_number(view, summary->keywords[i].score, 10);
        put_count(view, summary->keywords[i].count, 6);
        put(view, "  ");
        put_field(view, summary->keywords[i].term);
        put(view, "\n");
    }
}

/* start end [key] [folded] text */
static void put_unit(const zub_view *view, const zub_row *row, size_t width)
{
    put_count(view, row->span.start, width);
    put(view, " ");
    put_count(view, row->span.end, width);
    put(view, "  ");
    if (view->options->unit == ZUB_UNIT_TERM) {
        put_field(view, row->key);
        put(view, "  ");
    }
    if (view->options->fold) {
        put_field(view, row->folded);
        put(view, "  ");
    }
    put_field(view, row->text);
    put(view, "\n");
}

static void write_units(const zub_view *view, const zub_document *document)
{
    char digits[ZUB_DECIMAL_ROOM];
    size_t width = zub_decimal_count(digits, document->text.size);
    zub_row row;
    zub_rows rows;

    zub_rows_init(&rows, view, document);
    put_heading(view, view->record->id, view->record->title);
    while (zub_rows_next(&rows, &row))
        put_unit(view, &row, width);
    zub_rows_release(&rows);
}

static void put_guess(const zub_view *view, double confidence,
                      const char *lang)
{
    put_number(view, confidence, 0);
    put(view, "  ");
    put(view, lang);
}

static void write_guess(const zub_view *view, const zub_guess *guess)
{
    put_guess(view, guess->confidence, guess->lang);
    if (view->options->explain && guess->next_lang[0]) {
        put(view, "  ");
        put_guess(view, guess->next_confidence, guess->next_lang);
    }
    if (view->options->with_ids) {
        put(view, "  ");
        put_field(view, view->record->id);
    }
    put(view, "\n");
}

/* An empty line between articles; guesses are a list. */
static void write_part(const zub_view *view, zub_part part, zub_kind kind)
{
    if (part == ZUB_PART_BETWEEN && kind != ZUB_KIND_GUESS)
        put(view, "\n");
}

const zub_renderer zub_text_renderer = {
    write_part, write_summary, write_keywords, write_units, write_guess,
};
