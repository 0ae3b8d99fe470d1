/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* topics.c - the topics of a corpus, from its counts to its sentences.
 *
 * Numbers come first, of the state alone: rows, a model of them, the words of
 * each topic. Then the corpus passes by once more, and the topics get what
 * only texts can give: names, sentences, dates. */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "topics/choose.h"
#include "topics/topics.h"

#define DEFAULT_TERMS 10u
#define DEFAULT_SENTENCES 3u
#define CANDIDATES 60u /* phrases that may stand in a label, of a topic */

/* ---- Options ---- */

static zub_status keep_string(const char **string, zub_topics *topics)
{
    if (!*string)
        return ZUB_OK;
    *string =
        zub_topics_copy(topics, (zub_slice){*string, strlen(*string)}).data;
    return *string ? ZUB_OK : ZUB_ENOMEM;
}

static zub_status keep_options(zub_topics *topics,
                               const zub_topics_options *options,
                               zub_error *error)
{
    zub_topics_options *kept = &topics->options;

    *kept = options ? *options : (zub_topics_options){0};
    topics->method = zub_topic_method_find(kept->method);
    if (!topics->method)
        return zub_fail(error, ZUB_EINVAL, "no method '%s' (there are %s)",
                        kept->method, zub_topic_method_names);
    if ((unsigned)kept->period > ZUB_PERIOD_DAY)
        return zub_fail(error, ZUB_EINVAL, "there is no such period");
    kept->method = topics->method->name;
    kept->terms = kept->terms ? kept->terms : DEFAULT_TERMS;
    kept->sentences = kept->sentences ? kept->sentences : DEFAULT_SENTENCES;
    return keep_string(&kept->date_field, topics) == ZUB_OK
               ? ZUB_OK
               : zub_fail_memory(error);
}

/* ---- Numbers ---- */

static zub_status make_model(zub_topics *topics, zub_error *error)
{
    const zub_topics_options *options = &topics->options;

    if (options->k == 0)
        return zub_topic_model_choose(&topics->model, &topics->rows,
                                      topics->method, options, error);
    return zub_topic_model_make(&topics->model, &topics->rows, topics->method,
                                options->k, options, false, error);
}

static zub_status make_room(zub_topics *topics)
{
    size_t k = topics->model.k, rows = topics->model.rows;
    topics->profiles =
        zub_alloc_zero(k, topics->model.columns * sizeof *topics->profiles);
    topics->topics = zub_arena_alloc(&topics->arena, k, sizeof(zub_topic));
    topics->terms = zub_arena_alloc(
        &topics->arena, k, topics->keys.most * sizeof(zub_topic_term));
    topics->articles =
        zub_arena_alloc(&topics->arena, rows, sizeof(zub_topic_article));
    return topics->profiles && topics->topics && topics->terms &&
                   topics->articles
               ? ZUB_OK
               : ZUB_ENOMEM;
}

static zub_status list_articles(zub_topics *topics)
{
    const zub_topic_model *model = &topics->model;

    for (size_t r = 0; r < model->rows; r++) {
        zub_topic_article *article = &topics->articles[r];
        article->id = zub_topics_copy(topics, zub_topic_id(&topics->rows, r));
        if (!article->id.data)
            return ZUB_ENOMEM;
        article->topic = model->topics[r];
        article->weights = model->weights + r * model->k;
        article->likeness = model->likeness[r];
        topics->report.outliers += model->topics[r] == ZUB_NO_TOPIC;
    }
    return ZUB_OK;
}

static void list_topics(zub_topics *topics)
{
    const zub_topic_model *model = &topics->model;

    for (size_t t = 0; t < model->k; t++) {
        zub_topic *topic = &topics->topics[t];
        topic->articles = zub_topic_size(model, t);
        topic->share = (double)topic->articles / (double)model->rows;
    }
    topics->report = (zub_topics_report){
        .method = topics->method->name,
        .k = topics->options.k,
        .seed = topics->options.seed,
        .topics = topics->topics,
        .topic_count = model->k,
        .articles = topics->articles,
        .article_count = model->rows,
        .words = model->columns,
    };
}

static zub_status make_report(zub_topics *topics)
{
    zub_status status = zub_topic_keys_find(
        &topics->keys, &topics->rows, &topics->model, topics->options.terms);

    if (status == ZUB_OK)
        status = make_room(topics);
    if (status != ZUB_OK)
        return status;
    list_topics(topics);
    status = list_articles(topics);
    if (status == ZUB_OK)
        status = zub_topics_describe(topics);
    return status == ZUB_OK ? zub_topics_lay_out(topics) : status;
}

zub_status zub_topics_new(zub_topics **out, const zub_state *state,
                          const zub_topics_options *options, zub_error *error)
{
    zub_topics *topics = zub_alloc_zero(1, sizeof *topics);

    *out = NULL;
    if (!topics)
        return zub_fail_memory(error);
    zub_arena_init(&topics->arena);
    zub_status status = keep_options(topics, options, error);
    if (status == ZUB_OK)
        status =
            zub_topic_rows_make(&topics->rows, state, &topics->options, error);
    if (status == ZUB_OK)
        status = make_model(topics, error);
    if (status == ZUB_OK && make_report(topics) != ZUB_OK)
        status = zub_fail_memory(error);
    if (status != ZUB_OK) {
        zub_topics_free(topics);
        return status;
    }
    *out = topics;
    return ZUB_OK;
}

/* ---- Texts ---- */

/* What is looked for in texts: phrases[k][CANDIDATES], and words. */
typedef struct wanted {
    zub_phrase *phrases;
    size_t *counts; /* [k] */
    zub_runs runs;
} wanted;

static zub_status want_topic(wanted *out, const zub_topics *topics,
                             zub_phrase_finder *finder, size_t t)
{
    zub_phrase *phrases = out->phrases + t * CANDIDATES;
    zub_status status =
        zub_phrases_find(phrases, &out->counts[t], finder, t, CANDIDATES);

    for (size_t i = 0; status == ZUB_OK && i < out->counts[t]; i++)
        if (zub_runs_add(&out->runs, &phrases[i]) == ZUB_NO_RUN)
            status = ZUB_ENOMEM;
    for (size_t i = 0; status == ZUB_OK && i < topics->keys.sizes[t]; i++) {
        uint32_t column = topics->keys.columns[t * topics->keys.most + i];
        zub_phrase word = {.words = {topics->rows.terms[column]}, .size = 1};
        if (zub_runs_add(&out->runs, &word) == ZUB_NO_RUN)
            status = ZUB_ENOMEM;
    }
    return status;
}

static zub_status want(wanted *out, const zub_topics *topics)
{
    size_t k = topics->model.k;
    zub_phrase_finder *finder = NULL;
    zub_status status =
        zub_phrase_finder_new(&finder, &topics->rows, &topics->model);

    zub_map_init(&out->runs.map);
    out->phrases = zub_alloc(k, CANDIDATES * sizeof *out->phrases);
    out->counts = zub_alloc_zero(k, sizeof *out->counts);
    if (!out->phrases || !out->counts)
        status = ZUB_ENOMEM;
    for (size_t t = 0; status == ZUB_OK && t < k; t++)
        status = want_topic(out, topics, finder, t);
    zub_phrase_finder_free(finder);
    return status;
}

static void release_wanted(wanted *old)
{
    zub_free(old->phrases);
    zub_free(old->counts);
    zub_map_release(&old->runs.map);
}

static zub_status keep_titles(zub_topics *topics, const zub_survey *survey)
{
    for (size_t r = 0; r < topics->model.rows; r++) {
        if (survey->titles[r].size == 0)
            continue;
        topics->articles[r].title = zub_topics_copy(topics, survey->titles[r]);
        if (!topics->articles[r].title.data)
            return ZUB_ENOMEM;
    }
    return ZUB_OK;
}

static zub_status use(zub_topics *topics, const zub_survey *survey,
                      const wanted *sought)
{
    zub_status status =
        zub_topics_label(topics, survey, &sought->runs, sought->phrases,
                         sought->counts, CANDIDATES);

    if (status == ZUB_OK)
        status = zub_topics_quote(topics, survey);
    if (status == ZUB_OK)
        status = zub_topics_date(topics, survey);
    return status == ZUB_OK ? keep_titles(topics, survey) : status;
}

/* The report as it was, for when texts cannot be read. */
typedef struct unread {
    zub_topics_report report;
    zub_topic *topics;     /* [k] */
    zub_topic_term *terms; /* [k][keys.most] */
} unread;

static zub_status remember(unread *out, const zub_topics *topics)
{
    size_t k = topics->model.k, terms = k * topics->keys.most;

    out->report = topics->report;
    out->topics = zub_alloc(k, sizeof *out->topics);
    out->terms = zub_alloc(terms, sizeof *out->terms);
    if (!out->topics || !out->terms)
        return ZUB_ENOMEM;
    if (k > 0)
        memcpy(out->topics, topics->topics, k * sizeof *out->topics);
    if (terms > 0)
        memcpy(out->terms, topics->terms, terms * sizeof *out->terms);
    return ZUB_OK;
}

static void restore(zub_topics *topics, const unread *from)
{
    size_t k = topics->model.k, terms = k * topics->keys.most;

    topics->report = from->report;
    if (k > 0)
        memcpy(topics->topics, from->topics, k * sizeof *from->topics);
    if (terms > 0)
        memcpy(topics->terms, from->terms, terms * sizeof *from->terms);
    for (size_t r = 0; r < topics->model.rows; r++)
        topics->articles[r].title = (zub_slice){NULL, 0};
}

static zub_status read_texts(zub_topics *topics, zub_corpus *corpus,
                             const zub_survey_task *task, const wanted *sought,
                             zub_error *error)
{
    zub_survey survey;
    zub_status status = zub_survey_make(&survey, task, corpus, error);
    unread before = {.topics = NULL};

    if (status != ZUB_OK)
        return status;
    status = remember(&before, topics);
    if (status == ZUB_OK) {
        status = use(topics, &survey, sought);
        if (status != ZUB_OK)
            restore(topics, &before);
    }
    zub_survey_release(&survey);
    zub_free(before.topics);
    zub_free(before.terms);
    return status == ZUB_OK ? ZUB_OK : zub_fail_memory(error);
}

zub_status zub_topics_read(zub_topics *topics, zub_corpus *corpus,
                           const zub_models *models,
                           const zub_analyzer_options *words, zub_error *error)
{
    wanted sought = {.phrases = NULL};

    if (topics->is_read)
        return zub_fail(error, ZUB_EINVAL, "the topics were read already");
    zub_survey_task task = {.rows = &topics->rows,
                            .model = &topics->model,
                            .profiles = topics->profiles,
                            .runs = &sought.runs,
                            .options = &topics->options,
                            .models = models,
                            .words = words};
    zub_status status = want(&sought, topics) == ZUB_OK
                            ? read_texts(topics, corpus, &task, &sought, error)
                            : zub_fail_memory(error);
    topics->is_read = status == ZUB_OK;
    release_wanted(&sought);
    return status;
}

/* ---- Asking ---- */

const zub_topics_report *zub_topics_about(const zub_topics *topics)
{
    return &topics->report;
}

void zub_topics_free(zub_topics *topics)
{
    if (!topics)
        return;
    zub_topic_rows_release(&topics->rows);
    zub_topic_model_release(&topics->model);
    zub_free(topics->profiles);
    zub_topic_keys_release(&topics->keys);
    zub_arena_release(&topics->arena);
    zub_free(topics);
}
