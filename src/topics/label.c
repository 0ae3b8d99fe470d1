/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* label.c - topics named in the words of their articles. Of the forms in which
 * a phrase stands in the nearest articles of a topic, in the language that
 * most of those are in, the commonest is shown; one that none of them has is
 * not. So a label is never a stem, and never of another language's stop
 * words. */
#include <unicode/uchar.h>

#include "base/buffer.h"
#include "base/mem.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "topics/topics.h"

/* The form to show of each run in each topic: forms[topic * runs + run], or
 * NULL. */
typedef struct form_table {
    const zub_read_form **forms;
    size_t runs;
} form_table;

/* What begins sentences and stands in titles has capitals that are not its
 * own: a form without any counts as this many with. */
#define PLAIN_WEIGHT 3u

static uint64_t weight_of(const zub_read_form *form)
{
    bool is_plain = true;

    for (size_t at = 0; is_plain && at < form->text.size;)
        is_plain = !u_isupper((UChar32)zub_utf8_next(
            form->text.data, form->text.size, &at, NULL));
    return (uint64_t)form->count * (is_plain ? PLAIN_WEIGHT : 1);
}

static bool is_better(const zub_read_form *form, const zub_read_form *than)
{
    if (!than)
        return true;
    uint64_t one = weight_of(form), other = weight_of(than);
    return one > other ||
           (one == other && zub_slice_compare(form->text, than->text) < 0);
}

static zub_status open_table(form_table *table, const zub_survey *survey,
                             const zub_runs *runs, size_t k)
{
    table->runs = runs->map.count;
    table->forms = zub_alloc_zero(k, table->runs * sizeof *table->forms);
    if (!table->forms)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < survey->form_count; i++) {
        const zub_read_form *form = &survey->forms[i];
        if (form->run == ZUB_NO_RUN ||
            form->lang != survey->languages[form->topic])
            continue;
        const zub_read_form **at =
            &table->forms[form->topic * table->runs + form->run];
        *at = is_better(form, *at) ? form : *at;
    }
    return ZUB_OK;
}

static const zub_read_form *find_form(const form_table *table, uint32_t run,
                                      size_t topic)
{
    return run == ZUB_NO_RUN ? NULL : table->forms[topic * table->runs + run];
}

/* ---- Terms ---- */

/* As the topic's articles write them; else as the corpus does. */
static zub_status name_terms(zub_topics *topics, const form_table *table,
                             const zub_runs *runs, size_t t)
{
    zub_topic_term *terms = topics->terms + t * topics->keys.most;

    for (size_t i = 0; i < topics->keys.sizes[t]; i++) {
        uint32_t column = topics->keys.columns[t * topics->keys.most + i];
        uint32_t run = zub_runs_find(runs, &topics->rows.terms[column], 1);
        const zub_read_form *form = find_form(table, run, t);
        if (!form)
            continue;
        terms[i].term = zub_topics_copy(topics, form->text);
        if (!terms[i].term.data)
            return ZUB_ENOMEM;
    }
    return ZUB_OK;
}

/* ---- Labels ---- */

/* The words of a topic stand in where nothing else can be shown. */
static size_t take_terms(zub_slice *phrases, const zub_topic *topic)
{
    size_t count = topic->term_count < ZUB_LABEL_PHRASES ? topic->term_count
                                                         : ZUB_LABEL_PHRASES;

    for (size_t i = 0; i < count; i++)
        phrases[i] = topic->terms[i].term;
    return count;
}

static zub_status join(zub_topics *topics, zub_topic *topic)
{
    zub_buffer label;

    zub_buffer_init(&label, ZUB_BUFFER_UNLIMITED);
    for (size_t i = 0; i < topic->phrase_count; i++) {
        if (i > 0)
            zub_buffer_add_string(&label, ", ");
        zub_buffer_add_slice(&label, topic->phrases[i]);
    }
    if (label.status == ZUB_OK)
        topic->label = zub_topics_copy(topics, zub_buffer_slice(&label));
    bool is_done = label.status == ZUB_OK && topic->label.data != NULL;
    zub_buffer_release(&label);
    return is_done ? ZUB_OK : ZUB_ENOMEM;
}

/* Candidates of a topic with the forms they have. */
typedef struct candidates {
    const zub_phrase *phrases; /* [count] */
    zub_slice *texts;          /* [count], what is shown; empty: nothing */
    size_t count;
} candidates;

static zub_status choose(zub_topics *topics, const candidates *of, size_t t)
{
    size_t chosen[ZUB_LABEL_PHRASES];
    zub_topic *topic = &topics->topics[t];
    zub_slice *phrases =
        zub_arena_alloc(&topics->arena, ZUB_LABEL_PHRASES, sizeof *phrases);

    if (!phrases)
        return ZUB_ENOMEM;
    topic->phrases = phrases;
    topic->phrase_count = zub_phrases_choose(
        chosen, ZUB_LABEL_PHRASES, of->phrases, of->texts, of->count);
    for (size_t i = 0; i < topic->phrase_count; i++) {
        phrases[i] = zub_topics_copy(topics, of->texts[chosen[i]]);
        if (!phrases[i].data)
            return ZUB_ENOMEM;
    }
    if (topic->phrase_count == 0)
        topic->phrase_count = take_terms(phrases, topic);
    return join(topics, topic);
}

zub_status zub_topics_label(zub_topics *topics, const zub_survey *survey,
                            const zub_runs *runs, const zub_phrase *phrases,
                            const size_t *counts, size_t most)
{
    candidates of = {.texts = zub_alloc(most, sizeof *of.texts)};
    form_table table;
    zub_status status = open_table(&table, survey, runs, topics->model.k);

    if (!of.texts)
        status = ZUB_ENOMEM;

    for (size_t t = 0; status == ZUB_OK && t < topics->model.k; t++) {
        of.phrases = phrases + t * most;
        of.count = counts[t];
        for (size_t i = 0; i < of.count; i++) {
            uint32_t run =
                zub_runs_find(runs, of.phrases[i].words, of.phrases[i].size);
            const zub_read_form *form = find_form(&table, run, t);
            of.texts[i] = form ? form->text : (zub_slice){NULL, 0};
        }
        status = name_terms(topics, &table, runs, t);
        if (status == ZUB_OK)
            status = choose(topics, &of, t);
    }
    zub_free(table.forms);
    zub_free(of.texts);
    return status;
}
