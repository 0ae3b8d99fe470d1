/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* topics_page.c - topics as one page: no script, nothing fetched.
 *
 * Text is HTML and marks are SVG, so that no browser has to lay out Arabic on
 * a drawing. Behind each drawing stands a table of the same numbers. Nothing
 * of an article reaches the page but through zub_escape_html; the only links go
 * to places of the page. */
#include <math.h>

#include "render/decimal.h"
#include "render/topics_page.h"
#include "render/topics_view.h"

#define DEPTHS 4 /* shades of a mark */
#define PLACES 3u
#define MAP_SIZE 100.0
#define MAP_EDGE 14.0  /* room around the topics, for circles and names */
#define WIDEST 12.0    /* radius of a topic of all articles */
#define TREND_WIDE 100 /* of a drawing of one topic's trend */
#define TREND_HIGH 24

static void put(const zub_topics_view *view, const char *markup)
{
    zub_write_string(view->out, markup);
}

/* A text of an article, in a direction of its own. */
static void put_text(const zub_topics_view *view, zub_slice text)
{
    put(view, "<bdi dir=\"auto\">");
    zub_write_escaped(view->out, text, zub_escape_html);
    put(view, "</bdi>");
}

static void put_count(const zub_topics_view *view, uint64_t count)
{
    zub_write_count(view->out, count);
}

static void put_number(const zub_topics_view *view, double value,
                       unsigned places)
{
    char digits[ZUB_DECIMAL_ROOM];

    zub_write(view->out, digits, zub_decimal_padded(digits, value, places));
}

static void put_link(const zub_topics_view *view, size_t t)
{
    put(view, "<a href=\"#t");
    put_count(view, t);
    put(view, "\">");
    put_text(view, view->report->topics[t].label);
    put(view, "</a>");
}

/* A cell with a bar; `share` is 0 to 1. */
static void put_bar(const zub_topics_view *view, double value, unsigned places,
                    double share)
{
    put(view, "<td style=\"--share: ");
    put_number(view, 100 * fmin(1, share > 0 ? share : 0), 1);
    put(view, "%\">");
    put_number(view, value, places);
    put(view, "</td>");
}

/* ---- Head ---- */

static void put_head(const zub_topics_view *view)
{
    const zub_topics_report *report = view->report;

    put(view, zub_topics_page_head);
    put(view, "<h1>Topics</h1>\n<p class=\"about\">");
    put_count(view, report->topic_count);
    put(view, " topics of ");
    put_count(view, report->article_count);
    put(view, " articles · ");
    put_count(view, report->words);
    put(view, " words · ");
    put_count(view, report->outliers);
    put(view, " outliers · coherence ");
    put_number(view, report->coherence, PLACES);
    put(view, "</p>\n");
}

/* ---- The map ---- */

/* From 0 to 1 into the drawing. */
static double on_map(double place)
{
    return MAP_EDGE + place * (MAP_SIZE - 2 * MAP_EDGE);
}

static void put_circle(const zub_topics_view *view, size_t t)
{
    const zub_topic *topic = &view->report->topics[t];

    put(view, "<a href=\"#t");
    put_count(view, t);
    put(view, "\"><circle cx=\"");
    put_number(view, on_map(topic->x), 2);
    put(view, "\" cy=\"");
    put_number(view, on_map(topic->y), 2);
    put(view, "\" r=\"");
    put_number(view, fmax(.8, WIDEST * sqrt(topic->share)), 2);
    put(view, "\"/></a>\n");
}

static void put_name(const zub_topics_view *view, size_t t)
{
    const zub_topic *topic = &view->report->topics[t];

    put(view, "<a class=\"name\" href=\"#t");
    put_count(view, t);
    put(view, "\" style=\"left: ");
    put_number(view, on_map(topic->x), 2);
    put(view, "%; top: ");
    put_number(view, on_map(topic->y), 2);
    put(view, "%\">");
    if (topic->phrase_count > 0)
        put_text(view, topic->phrases[0]);
    put(view, "</a>\n");
}

static void put_map(const zub_topics_view *view)
{
    size_t count = view->report->topic_count;

    put(view, "<section>\n<h2>Map</h2>\n<p class=\"about\">Near is alike; a "
              "circle's area is the topic's share of the articles.</p>\n"
              "<div class=\"map\" dir=\"ltr\">\n"
              "<svg viewBox=\"0 0 100 100\" aria-hidden=\"true\">\n");
    for (size_t t = 0; t < count; t++)
        put_circle(view, t);
    put(view, "</svg>\n");
    for (size_t t = 0; t < count; t++)
        put_name(view, t);
    put(view, "</div>\n");
}

static double widest_share(const zub_topics_report *report)
{
    double widest = 0;

    for (size_t t = 0; t < report->topic_count; t++)
        widest = fmax(widest, report->topics[t].share);
    return widest;
}

static void put_topic_row(const zub_topics_view *view, size_t t, double widest)
{
    const zub_topic *topic = &view->report->topics[t];

    put(view, "<tr><td>");
    put_count(view, t);
    put(view, "</td>");
    put_bar(view, 100 * topic->share, 1, topic->share / widest);
    put(view, "<td>");
    put_count(view, topic->articles);
    put(view, "</td>");
    put_bar(view, topic->coherence, 2, topic->coherence);
    put(view, "<td>");
    put_number(view, topic->x, 2);
    put(view, "</td><td>");
    put_number(view, topic->y, 2);
    put(view, "</td><td class=\"label\">");
    put_link(view, t);
    put(view, "</td></tr>\n");
}

/* What the map shows, in numbers. */
static void put_topic_table(const zub_topics_view *view)
{
    double widest = widest_share(view->report);

    put(view,
        "<div class=\"table\"><table>\n<thead><tr><th scope=\"col\">topic"
        "</th><th scope=\"col\">share, %</th><th scope=\"col\">articles"
        "</th><th scope=\"col\">coherence</th><th scope=\"col\">x</th>"
        "<th scope=\"col\">y</th><th scope=\"col\" class=\"label\">label"
        "</th></tr></thead>\n<tbody>\n");
    for (size_t t = 0; t < view->report->topic_count; t++)
        put_topic_row(view, t, widest);
    put(view, "</tbody>\n</table></div>\n</section>\n");
}

/* ---- Sentences ---- */

static void put_citation(const zub_topics_view *view,
                         const zub_topic_sentence *sentence)
{
    const zub_topic_article *article =
        &view->report->articles[sentence->article];

    put(view, "<cite>");
    put_text(view, article->id);
    put(view, " <span dir=\"ltr\">");
    put_count(view, sentence->start);
    put(view, "–");
    put_count(view, sentence->end);
    put(view, "</span>");
    if (article->title.size > 0) {
        put(view, " · ");
        put_text(view, article->title);
    }
    put(view, "</cite>");
}

static void put_sentence(const zub_topics_view *view,
                         const zub_topic_sentence *sentence, double best)
{
    double depth = best > 0 ? ceil(DEPTHS * sentence->score / best) : 1;

    put(view, "<blockquote dir=\"auto\"><mark class=\"k");
    put_count(view, (uint64_t)fmax(1, fmin(DEPTHS, depth)));
    put(view, "\">");
    zub_write_escaped(view->out, sentence->text, zub_escape_html);
    put(view, "</mark> ");
    put_citation(view, sentence);
    put(view, "</blockquote>\n");
}

static void put_sentences(const zub_topics_view *view,
                          const zub_topic_sentence *sentences, size_t count)
{
    double best = 0;

    for (size_t i = 0; i < count; i++)
        best = fmax(best, sentences[i].score);
    for (size_t i = 0; i < count; i++)
        put_sentence(view, &sentences[i], best);
}

static void put_overview(const zub_topics_view *view)
{
    if (view->report->overview_count == 0)
        return;
    put(view, "<section>\n<h2>Overview</h2>\n");
    put_sentences(view, view->report->overview, view->report->overview_count);
    put(view, "</section>\n");
}

/* ---- A topic ---- */

static void put_terms(const zub_topics_view *view, const zub_topic *topic)
{
    double best = topic->term_count > 0 ? topic->terms[0].weight : 0;

    put(view, "<div class=\"table\"><table>\n<thead><tr><th scope=\"col\">G2"
              "</th><th scope=\"col\" class=\"label\">word</th></tr></thead>\n"
              "<tbody>\n");
    for (size_t i = 0; i < topic->term_count; i++) {
        double weight = topic->terms[i].weight;
        put(view, "<tr>");
        put_bar(view, weight, 1, best > 0 ? weight / best : 0);
        put(view, "<td class=\"label\">");
        put_text(view, topic->terms[i].term);
        put(view, "</td></tr>\n");
    }
    put(view, "</tbody>\n</table></div>\n");
}

static void put_near(const zub_topics_view *view, const zub_topic *topic)
{
    if (topic->near_count == 0)
        return;
    put(view, "<h3>Near</h3>\n<ul>\n");
    for (size_t i = 0; i < topic->near_count; i++) {
        const zub_topic_near *near = &topic->near[i];
        put(view, "<li><span dir=\"ltr\">");
        put_number(view, near->similarity, 2);
        put(view, "</span> ");
        put_link(view, near->topic);
        for (size_t w = 0; w < near->apart_count; w++) {
            put(view, w > 0 ? ", " : ", which has less of ");
            put_text(view, near->apart[w]);
        }
        put(view, "</li>\n");
    }
    put(view, "</ul>\n");
}

/* ---- Through time ---- */

static uint64_t highest_period(const zub_topics_report *report,
                               const zub_topic *topic)
{
    uint64_t highest = 1;

    for (size_t p = 0; p < report->period_count; p++)
        if (topic->periods[p] > highest)
            highest = topic->periods[p];
    return highest;
}

static void put_trend_bar(const zub_topics_view *view, double left,
                          double wide, double high)
{
    put(view, "<rect x=\"");
    put_number(view, left, 2);
    put(view, "\" y=\"");
    put_number(view, TREND_HIGH - high, 2);
    put(view, "\" width=\"");
    put_number(view, .9 * wide, 2);
    put(view, "\" height=\"");
    put_number(view, high, 2);
    put(view, "\"/>\n");
}

static void put_trend(const zub_topics_view *view, const zub_topic *topic)
{
    const zub_topics_report *report = view->report;
    double highest = (double)highest_period(report, topic);
    double wide = (double)TREND_WIDE / (double)report->period_count;

    put(view, "<h3>Through time</h3>\n<svg class=\"trend\" viewBox=\"0 0 100 "
              "24\" aria-hidden=\"true\">\n");
    for (size_t p = 0; p < report->period_count; p++)
        put_trend_bar(view, (double)p * wide, wide,
                      TREND_HIGH * (double)topic->periods[p] / highest);
    put(view, "</svg>\n<div class=\"table\"><table>\n<tr>");
    for (size_t p = 0; p < report->period_count; p++) {
        put(view, "<th scope=\"col\">");
        put_text(view, report->periods[p]);
        put(view, "</th>");
    }
    put(view, "</tr>\n<tr>");
    for (size_t p = 0; p < report->period_count; p++) {
        put(view, "<td>");
        put_count(view, topic->periods[p]);
        put(view, "</td>");
    }
    put(view, "</tr>\n</table></div>\n");
}

static void put_about(const zub_topics_view *view, const zub_topic *topic)
{
    const zub_topic_article *medoid = &view->report->articles[topic->medoid];

    put(view, "<p class=\"about\">");
    put_count(view, topic->articles);
    put(view, topic->articles == 1 ? " article · " : " articles · ");
    put_number(view, 100 * topic->share, 1);
    put(view, " % · coherence ");
    put_number(view, topic->coherence, 2);
    put(view, " · most typical: ");
    put_text(view, medoid->id);
    if (medoid->title.size > 0) {
        put(view, " · ");
        put_text(view, medoid->title);
    }
    put(view, "</p>\n");
}

static void put_topic(const zub_topics_view *view, size_t t)
{
    const zub_topic *topic = &view->report->topics[t];

    put(view, "<article id=\"t");
    put_count(view, t);
    put(view, "\">\n<h2 dir=\"auto\">");
    zub_write_escaped(view->out, topic->label, zub_escape_html);
    put(view, "</h2>\n");
    put_about(view, topic);
    put_sentences(view, topic->sentences, topic->sentence_count);
    put_terms(view, topic);
    put_near(view, topic);
    if (view->report->period_count > 0)
        put_trend(view, topic);
    put(view, "</article>\n");
}

void zub_topics_write_page(const zub_topics_view *view)
{
    put_head(view);
    put_overview(view);
    if (view->report->topic_count > 0) {
        put_map(view);
        put_topic_table(view);
    }
    for (size_t t = 0; t < view->report->topic_count; t++)
        put_topic(view, t);
    put(view, zub_topics_page_tail);
}
