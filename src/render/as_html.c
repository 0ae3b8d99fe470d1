/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* as_html.c - summaries as one page: each article with its key sentences
 * marked, its keywords, and a table that says why.
 *
 * Nothing of an article reaches the page but through zub_escape_html, in text
 * and in double-quoted attributes alike; the only links go to marks of the page.
 * The text is the record's own in its own paragraphs, cut at the spans of the
 * key sentences.
 */
#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "render/decimal.h"
#include "render/html_page.h"
#include "render/render.h"
#include "text/paragraphs.h"

#define DEPTHS 4 /* shades of a mark */
#define REASON_PLACES 4

/* ---- Text and tags ---- */

static void put(const zub_view *view, const char *markup)
{
    zub_write_string(view->out, markup);
}

static void put_text(const zub_view *view, zub_slice text)
{
    zub_write_escaped(view->out, text, zub_escape_html);
}

static void put_string(const zub_view *view, const char *text)
{
    put_text(view, (zub_slice){text, strlen(text)});
}

static void put_count(const zub_view *view, uint64_t count)
{
    zub_write_count(view->out, count);
}

static void put_number(const zub_view *view, double value, unsigned places)
{
    char digits[ZUB_DECIMAL_ROOM];

    zub_write(view->out, digits, zub_decimal_padded(digits, value, places));
}

/* `tag` is opened with the language and a direction of its own. */
static void open_block(const zub_view *view, const char *tag,
                       const zub_summary *summary)
{
    put(view, "<");
    put(view, tag);
    put(view, " dir=\"auto\" lang=\"");
    put_string(view, summary->lang);
    put(view, "\">");
}

/* Articles of one id, in several files or on several lines, differ. */
static uint64_t hash_article(const zub_record *record, zub_slice id)
{
    const uint64_t prime = 1099511628211u;

    return ((zub_hash(id) * prime) ^ zub_hash(record->source)) * prime ^
           record->line;
}

/* An anchor of a mark: the article's hash and the sentence's rank. */
static void put_anchor(const zub_view *view, const zub_summary *summary,
                       const zub_key_sentence *sentence)
{
    static const char hex[] = "0123456789abcdef";
    uint64_t hash = hash_article(view->record, summary->id);

    zub_write_char(view->out, 's');
    for (unsigned shift = 64; shift > 0; shift -= 4)
        zub_write_char(view->out, hex[hash >> (shift - 4) & 15]);
    zub_write_char(view->out, '-');
    put_count(view, sentence->rank);
}

static void put_link(const zub_view *view, const zub_summary *summary,
                     const zub_key_sentence *sentence)
{
    put(view, "<a href=\"#");
    put_anchor(view, summary, sentence);
    put(view, "\">");
}

static double best_score(const zub_summary *summary)
{
    double best = 0;

    for (size_t i = 0; i < summary->sentence_count; i++)
        best = fmax(best, summary->sentences[i].score);
    return best;
}

/* 0 to 1, whatever the numbers are. */
static double share_of(double value, double whole)
{
    double share = value / whole;

    return share > 0 ? fmin(share, 1) : 0;
}

/* ---- Heading ---- */

static void put_title(const zub_view *view, const zub_summary *summary)
{
    open_block(view, "h2", summary);
    put_text(view, summary->title.size > 0 ? summary->title : summary->id);
    put(view, "</h2>\n<p class=\"about\">");
    if (summary->title.size > 0) {
        put(view, "<bdi>");
        put_text(view, summary->id);
        put(view, "</bdi> · ");
    }
    put_string(view, summary->lang);
    put(view, " · ");
    put_count(view, summary->got.sentences);
    put(view, " of ");
    put_count(view, summary->stats.sentences);
    put(view, " sentences · ");
    put_count(view, summary->got.words);
    put(view, " of ");
    put_count(view, summary->stats.words);
    put(view, " words · ");
    put_number(view, summary->stats.reading_minutes, 1);
    put(view, " minutes to read it all</p>\n");
}

static void put_key_sentences(const zub_view *view, const zub_summary *summary)
{
    put(view, "<section class=\"key\">\n<h3>Key sentences</h3>\n");
    for (size_t i = 0; i < summary->sentence_count; i++) {
        const zub_key_sentence *sentence = &summary->sentences[i];
        open_block(view, sentence->is_heading ? "p class=\"heading\"" : "p",
                   summary);
        put_link(view, summary, sentence);
        put_text(view, sentence->text);
        put(view, sentence->is_truncated ? " …</a></p>\n" : "</a></p>\n");
    }
    if (summary->sentence_count == 0)
        put(view, "<p class=\"about\">None: the article holds no word.</p>\n");
    put(view, "</section>\n");
}

/* ---- The text with its marks ---- */

static void put_why(const zub_view *view, const zub_key_sentence *sentence)
{
    put(view, "rank ");
    put_count(view, sentence->rank);
    put(view, ", score ");
    put_number(view, sentence->score, REASON_PLACES);
    for (size_t i = 0; i < sentence->reason_count; i++) {
        put(view, i == 0 ? ": " : ", ");
        put_string(view, sentence->reasons[i].name);
        put(view, " ");
        put_number(view, sentence->reasons[i].value, REASON_PLACES);
    }
}

/* On the way through an article: sentences before `next` are marked. */
typedef struct reader {
    const zub_view *view;
    const zub_summary *summary;
    double best;
    size_t next;
} reader;

static void put_between(const reader *at, size_t start, size_t end)
{
    put_text(at->view,
             (zub_slice){at->view->record->text.data + start, end - start});
}

/* A key sentence or its part in a paragraph; links lead to the first part. */
static void put_mark(const reader *at, const zub_key_sentence *sentence,
                     size_t start, size_t end)
{
    double depth = ceil(share_of(sentence->score, at->best) * DEPTHS);

    put(at->view, "<mark class=\"k");
    put_count(at->view, (uint64_t)fmax(depth, 1));
    if (start == sentence->span.start) {
        put(at->view, "\" id=\"");
        put_anchor(at->view, at->summary, sentence);
    }
    put(at->view, "\" title=\"");
    put_why(at->view, sentence);
    put(at->view, "\">");
    put_between(at, start, end);
    put(at->view, "</mark>");
}

static void put_paragraph(reader *at, size_t start, size_t end)
{
    open_block(at->view, "p", at->summary);
    for (; at->next < at->summary->sentence_count; at->next++) {
        const zub_key_sentence *sentence = &at->summary->sentences[at->next];
        size_t from = sentence->span.start, to = sentence->span.end;
        if (from >= end)
            break;
        from = from > start ? from : start;
        to = to < end ? to : end;
        if (from < to) {
            put_between(at, start, from);
            put_mark(at, sentence, from, to);
            start = to;
        }
        if (sentence->span.end > end)
            break;
    }
    put_between(at, start, end);
    put(at->view, "</p>\n");
}

static void put_article_text(const zub_view *view, const zub_summary *summary)
{
    zub_slice text = view->record->text;
    size_t body = view->record->body;
    reader at = {view, summary, best_score(summary), 0};
    zub_paragraphs paragraphs;
    size_t start, end;

    put(view, "<section class=\"text\">\n<h3>Article</h3>\n");
    zub_paragraphs_init(&paragraphs, text,
                        body < text.size ? body : text.size);
    while (zub_paragraphs_next(&paragraphs, &start, &end))
        put_paragraph(&at, start, end);
    put(view, "</section>\n");
}

/* ---- Keywords and reasons ---- */

/* Chips that run in the direction of the first. */
static void open_chips(const zub_view *view, const zub_summary *summary,
                       const char *title)
{
    put(view, "<section>\n<h3>");
    put(view, title);
    put(view, "</h3>\n");
    open_block(view, "ul class=\"chips\"", summary);
    put(view, "\n");
}

static void put_chip(const zub_view *view, zub_slice text, uint32_t count)
{
    put(view, "<li><span>");
    put_text(view, text);
    put(view, "</span>");
    if (count > 0) {
        put(view, " <small>");
        put_count(view, count);
        put(view, "</small>");
    }
    put(view, "</li>\n");
}

static void close_chips(const zub_view *view)
{
    put(view, "</ul>\n</section>\n");
}

static void put_keywords(const zub_view *view, const zub_summary *summary)
{
    if (summary->keyword_count == 0)
        return;
    open_chips(view, summary, "Keywords");
    for (size_t i = 0; i < summary->keyword_count; i++)
        put_chip(view, summary->keywords[i].term, summary->keywords[i].count);
    close_chips(view);
}

static void put_phrases(const zub_view *view, const zub_summary *summary)
{
    if (summary->phrase_count == 0)
        return;
    open_chips(view, summary, "Phrases");
    for (size_t i = 0; i < summary->phrase_count; i++)
        put_chip(view, summary->phrases[i], 0);
    close_chips(view);
}

static const zub_reason *find_reason(const zub_key_sentence *sentence,
                                     size_t before, const char *name)
{
    for (size_t i = 0; i < before; i++)
        if (strcmp(sentence->reasons[i].name, name) == 0)
            return &sentence->reasons[i];
    return NULL;
}

/* The nth name that a reason has, in order of first appearance, or NULL. */
static const char *reason_name(const zub_summary *summary, size_t n)
{
    for (size_t i = 0; i < summary->sentence_count; i++) {
        const zub_key_sentence *sentence = &summary->sentences[i];
        for (size_t r = 0; r < sentence->reason_count; r++) {
            const char *name = sentence->reasons[r].name;
            bool is_new = !find_reason(sentence, r, name);
            for (size_t b = 0; is_new && b < i; b++)
                is_new =
                    !find_reason(&summary->sentences[b],
                                 summary->sentences[b].reason_count, name);
            if (is_new && n-- == 0)
                return name;
        }
    }
    return NULL;
}

static void put_cell(const zub_view *view, double value, double whole)
{
    put(view, "<td style=\"--share: ");
    put_number(view, 100 * share_of(value, whole), 0);
    put(view, "%\">");
    put_number(view, value, REASON_PLACES);
    put(view, "</td>");
}

/* Bars are shares of the best score. */
static void put_row(const zub_view *view, const zub_summary *summary,
                    const zub_key_sentence *sentence, size_t columns,
                    double best)
{
    put(view, "<tr><td>");
    put_link(view, summary, sentence);
    put_count(view, sentence->rank);
    put(view, "</a></td>");
    put_cell(view, sentence->score, best);
    for (size_t c = 0; c < columns; c++) {
        const zub_reason *reason = find_reason(
            sentence, sentence->reason_count, reason_name(summary, c));
        if (reason)
            put_cell(view, reason->value, best);
        else
            put(view, "<td></td>");
    }
    put(view, "</tr>\n");
}

static void put_reasons(const zub_view *view, const zub_summary *summary)
{
    double best = best_score(summary);
    size_t columns = 0;

    if (summary->sentence_count == 0)
        return;
    put(view, "<section>\n<h3>Why these sentences</h3>\n<div class=\"table\">"
              "\n<table>\n<tr><th scope=\"col\">rank</th>"
              "<th scope=\"col\">score</th>");
    for (const char *name; (name = reason_name(summary, columns)); columns++) {
        put(view, "<th scope=\"col\">");
        put_string(view, name);
        put(view, "</th>");
    }
    put(view, "</tr>\n");
    for (size_t i = 0; i < summary->sentence_count; i++)
        put_row(view, summary, &summary->sentences[i], columns, best);
    put(view, "</table>\n</div>\n</section>\n");
}

static void write_summary(const zub_view *view, const zub_summary *summary)
{
    put(view, "<article>\n");
    put_title(view, summary);
    put_key_sentences(view, summary);
    put_phrases(view, summary);
    put_keywords(view, summary);
    if (view->record->text.size > 0)
        put_article_text(view, summary);
    put_reasons(view, summary);
    put(view, "</article>\n");
}

static void write_part(const zub_view *view, zub_part part, zub_kind kind)
{
    (void)kind;
    if (part == ZUB_PART_HEAD)
        put(view, zub_html_head);
    if (part == ZUB_PART_TAIL)
        put(view, zub_html_tail);
}

const zub_renderer zub_html_renderer = {
    write_part, write_summary, NULL, NULL, NULL,
};
