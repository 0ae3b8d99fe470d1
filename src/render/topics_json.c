/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* topics_json.c - topics as one JSON object (docs/topics.schema.json), or as
 * JSONL, an article a line. */
#include <string.h>

#include "render/decimal.h"
#include "render/json.h"
#include "render/topics_view.h"

#define DIGITS 6
#define PLACES 6u /* of what is 0 to 1 */

static void add_slice(zub_json *json, const char *name, zub_slice value)
{
    zub_json_name(json, name);
    zub_json_string(json, value);
}

static void add_count(zub_json *json, const char *name, uint64_t value)
{
    zub_json_name(json, name);
    zub_json_count(json, value);
}

static void put_places(zub_json *json, double value)
{
    char digits[ZUB_DECIMAL_ROOM];

    zub_decimal_places(digits, value, PLACES);
    zub_json_digits(json, digits);
}

static void add_places(zub_json *json, const char *name, double value)
{
    zub_json_name(json, name);
    put_places(json, value);
}

static void open_list(zub_json *json, const char *name, zub_json_layout layout)
{
    zub_json_name(json, name);
    zub_json_array(json, layout);
}

static void add_slices(zub_json *json, const char *name,
                       const zub_slice *slices, size_t count)
{
    open_list(json, name, ZUB_JSON_INLINE);
    for (size_t i = 0; i < count; i++)
        zub_json_string(json, slices[i]);
    zub_json_end(json);
}

/* ---- A topic ---- */

static void add_terms(zub_json *json, const zub_topic *topic)
{
    open_list(json, "terms", ZUB_JSON_LINES);
    for (size_t i = 0; i < topic->term_count; i++) {
        char digits[ZUB_DECIMAL_ROOM];
        zub_json_object(json, ZUB_JSON_INLINE);
        add_slice(json, "term", topic->terms[i].term);
        zub_json_name(json, "weight");
        zub_decimal_significant(digits, topic->terms[i].weight, DIGITS);
        zub_json_digits(json, digits);
        zub_json_end(json);
    }
    zub_json_end(json);
}

/* `with_topic`: the list is not of one topic. */
static void add_sentences(zub_json *json, const char *name,
                          const zub_topics_report *report,
                          const zub_topic_sentence *sentences, size_t count,
                          bool with_topic)
{
    open_list(json, name, ZUB_JSON_LINES);
    for (size_t i = 0; i < count; i++) {
        const zub_topic_sentence *sentence = &sentences[i];
        zub_json_object(json, ZUB_JSON_INLINE);
        add_slice(json, "id", report->articles[sentence->article].id);
        if (with_topic)
            add_count(json, "topic", sentence->topic);
        add_count(json, "start", sentence->start);
        add_count(json, "end", sentence->end);
        add_slice(json, "text", sentence->text);
        add_places(json, "score", sentence->score);
        zub_json_end(json);
    }
    zub_json_end(json);
}

static void add_near(zub_json *json, const zub_topic *topic)
{
    open_list(json, "near", ZUB_JSON_LINES);
    for (size_t i = 0; i < topic->near_count; i++) {
        const zub_topic_near *near = &topic->near[i];
        zub_json_object(json, ZUB_JSON_INLINE);
        add_count(json, "topic", near->topic);
        add_places(json, "similarity", near->similarity);
        add_slices(json, "apart", near->apart, near->apart_count);
        zub_json_end(json);
    }
    zub_json_end(json);
}

static void add_periods(zub_json *json, const zub_topics_report *report,
                        const zub_topic *topic)
{
    open_list(json, "trend", ZUB_JSON_INLINE);
    for (size_t i = 0; i < report->period_count; i++)
        zub_json_count(json, topic->periods[i]);
    zub_json_end(json);
}

static void put_topic(zub_json *json, const zub_topics_report *report,
                      size_t t)
{
    const zub_topic *topic = &report->topics[t];

    zub_json_object(json, ZUB_JSON_LINES);
    add_count(json, "topic", t);
    add_slice(json, "label", topic->label);
    add_slices(json, "phrases", topic->phrases, topic->phrase_count);
    add_terms(json, topic);
    add_count(json, "articles", topic->articles);
    add_places(json, "share", topic->share);
    add_places(json, "coherence", topic->coherence);
    add_slice(json, "medoid", report->articles[topic->medoid].id);
    add_sentences(json, "sentences", report, topic->sentences,
                  topic->sentence_count, false);
    add_near(json, topic);
    if (report->period_count > 0)
        add_periods(json, report, topic);
    add_places(json, "x", topic->x);
    add_places(json, "y", topic->y);
    zub_json_end(json);
}

/* ---- An article ---- */

static void add_topic(zub_json *json, const zub_topic_article *article)
{
    zub_json_name(json, "topic");
    if (article->topic == ZUB_NO_TOPIC)
        zub_json_null(json);
    else
        zub_json_count(json, article->topic);
}

static void put_article(zub_json *json, const zub_topics_report *report,
                        const zub_topic_article *article)
{
    zub_json_object(json, ZUB_JSON_INLINE);
    add_slice(json, "id", article->id);
    add_topic(json, article);
    open_list(json, "weights", ZUB_JSON_INLINE);
    for (size_t t = 0; t < report->topic_count; t++)
        put_places(json, article->weights[t]);
    zub_json_end(json);
    add_places(json, "likeness", article->likeness);
    zub_json_end(json);
}

static void add_articles(zub_json *json, const zub_topics_report *report)
{
    open_list(json, "articles", ZUB_JSON_LINES);
    for (size_t i = 0; i < report->article_count; i++)
        put_article(json, report, &report->articles[i]);
    zub_json_end(json);
}

static void add_outliers(zub_json *json, const zub_topics_report *report)
{
    open_list(json, "outliers", ZUB_JSON_INLINE);
    for (size_t i = 0; i < report->article_count; i++)
        if (report->articles[i].topic == ZUB_NO_TOPIC)
            zub_json_string(json, report->articles[i].id);
    zub_json_end(json);
}

/* ---- The whole ---- */

static void add_settings(zub_json *json, const zub_topics_report *report)
{
    const char *method = report->method;

    add_count(json, "k", report->topic_count);
    add_count(json, "seed", report->seed);
    add_slice(json, "method", (zub_slice){method, strlen(method)});
    zub_json_name(json, "asked");
    if (report->k > 0)
        zub_json_count(json, report->k);
    else
        zub_json_null(json);
    add_count(json, "words", report->words);
    add_places(json, "coherence", report->coherence);
}

void zub_topics_write_json(const zub_topics_view *view)
{
    const zub_topics_report *report = view->report;
    zub_json json;

    zub_json_init(&json, view->out, false, 0);
    zub_json_object(&json, ZUB_JSON_LINES);
    add_settings(&json, report);
    open_list(&json, "topics", ZUB_JSON_LINES);
    for (size_t t = 0; t < report->topic_count; t++)
        put_topic(&json, report, t);
    zub_json_end(&json);
    add_articles(&json, report);
    add_sentences(&json, "overview", report, report->overview,
                  report->overview_count, true);
    add_outliers(&json, report);
    if (report->period_count > 0)
        add_slices(&json, "periods", report->periods, report->period_count);
    zub_json_end(&json);
    zub_write_char(view->out, '\n');
}

void zub_topics_write_jsonl(const zub_topics_view *view)
{
    for (size_t i = 0; i < view->report->article_count; i++) {
        zub_json json;
        zub_json_init(&json, view->out, true, 0);
        put_article(&json, view->report, &view->report->articles[i]);
        zub_write_char(view->out, '\n');
    }
}
