/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* topics_lines.c - topics as text for people, numbers first on a line and
 * words last; and as TSV, an article a row. */
#include <string.h>

#include "render/decimal.h"
#include "render/isolate.h"
#include "render/topics_view.h"

static void put(const zub_topics_view *view, const char *text)
{
    zub_write_string(view->out, text);
}

static void put_text(const zub_topics_view *view, zub_slice text)
{
    zub_write_isolated(view->out, text, view->isolate);
}

static void put_number(const zub_topics_view *view, double value,
                       unsigned places)
{
    char digits[ZUB_DECIMAL_ROOM];

    zub_write(view->out, digits, zub_decimal_padded(digits, value, places));
}

/* "1 topic", "2 topics". */
static void put_counted(const zub_topics_view *view, uint64_t count,
                        const char *noun)
{
    zub_write_count(view->out, count);
    put(view, " ");
    put(view, noun);
    put(view, count == 1 ? "" : "s");
}

static void put_list(const zub_topics_view *view, const zub_slice *words,
                     size_t count)
{
    for (size_t i = 0; i < count; i++) {
        put(view, i > 0 ? ", " : "");
        put_text(view, words[i]);
    }
}

/* ---- Text ---- */

static void put_head(const zub_topics_view *view)
{
    const zub_topics_report *report = view->report;

    put_counted(view, report->topic_count, "topic");
    put(view, " of ");
    put_counted(view, report->article_count, "article");
    put(view, ", by ");
    put_counted(view, report->words, "word");
    put(view, "; ");
    put_counted(view, report->outliers, "outlier");
    if (report->topic_count > 0) {
        put(view, "; coherence ");
        put_number(view, report->coherence, 3);
    }
    put(view, "\n");
}

static void put_sentence(const zub_topics_view *view,
                         const zub_topic_sentence *sentence)
{
    put(view, "    - ");
    put_text(view, sentence->text);
    put(view, "\n      [");
    put_text(view, view->report->articles[sentence->article].id);
    put(view, " ");
    zub_write_count(view->out, sentence->start);
    put(view, "-");
    zub_write_count(view->out, sentence->end);
    put(view, "]\n");
}

static void put_terms(const zub_topics_view *view, const zub_topic *topic)
{
    put(view, "    words: ");
    for (size_t i = 0; i < topic->term_count; i++) {
        put(view, i > 0 ? ", " : "");
        put_text(view, topic->terms[i].term);
    }
    put(view, "\n");
}

static void put_medoid(const zub_topics_view *view, const zub_topic *topic)
{
    const zub_topic_article *medoid = &view->report->articles[topic->medoid];

    put(view, "    article: ");
    put_text(view, medoid->id);
    if (medoid->title.size > 0) {
        put(view, " ");
        put_text(view, medoid->title);
    }
    put(view, "\n");
}

static void put_near(const zub_topics_view *view, const zub_topic *topic)
{
    for (size_t i = 0; i < topic->near_count; i++) {
        const zub_topic_near *near = &topic->near[i];
        put(view, "    near: ");
        put_number(view, near->similarity, 2);
        put(view, " topic ");
        zub_write_count(view->out, near->topic);
        if (near->apart_count > 0) {
            put(view, ", which has less of ");
            put_list(view, near->apart, near->apart_count);
        }
        put(view, "\n");
    }
}

static void put_trend(const zub_topics_view *view, const zub_topic *topic)
{
    const zub_topics_report *report = view->report;

    if (report->period_count == 0)
        return;
    put(view, "    trend:");
    for (size_t i = 0; i < report->period_count; i++) {
        put(view, i > 0 ? ", " : " ");
        put_text(view, report->periods[i]);
        put(view, ": ");
        zub_write_count(view->out, topic->periods[i]);
    }
    put(view, "\n");
}

static void put_topic(const zub_topics_view *view, size_t t)
{
    const zub_topic *topic = &view->report->topics[t];

    put(view, "\n");
    zub_write_count(view->out, t);
    put(view, "  ");
    put_number(view, 100 * topic->share, 1);
    put(view, "%  ");
    put_counted(view, topic->articles, "article");
    put(view, "  coherence ");
    put_number(view, topic->coherence, 2);
    put(view, "  ");
    put_text(view, topic->label);
    put(view, "\n");
    put_terms(view, topic);
    put_medoid(view, topic);
    for (size_t i = 0; i < topic->sentence_count; i++)
        put_sentence(view, &topic->sentences[i]);
    put_near(view, topic);
    put_trend(view, topic);
}

void zub_topics_write_text(const zub_topics_view *view)
{
    const zub_topics_report *report = view->report;

    put_head(view);
    for (size_t t = 0; t < report->topic_count; t++)
        put_topic(view, t);
    if (report->overview_count > 0)
        put(view, "\noverview\n");
    for (size_t i = 0; i < report->overview_count; i++)
        put_sentence(view, &report->overview[i]);
}

/* ---- TSV ---- */

static void put_cell(const zub_topics_view *view, zub_slice text)
{
    zub_write_escaped(view->out, text, zub_escape_cell);
}

static void put_article(const zub_topics_view *view,
                        const zub_topic_article *article)
{
    put_cell(view, article->id);
    put(view, "\t");
    if (article->topic != ZUB_NO_TOPIC) {
        zub_write_count(view->out, article->topic);
        put(view, "\t");
        put_number(view, article->weights[article->topic], 6);
        put(view, "\t");
        put_number(view, article->likeness, 6);
        put(view, "\t");
        put_cell(view, view->report->topics[article->topic].label);
    } else {
        put(view, "\t\t\t");
    }
    put(view, "\n");
}

void zub_topics_write_tsv(const zub_topics_view *view)
{
    put(view, "id\ttopic\tweight\tlikeness\tlabel\n");
    for (size_t i = 0; i < view->report->article_count; i++)
        put_article(view, &view->report->articles[i]);
}
