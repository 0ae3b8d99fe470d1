/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* survey.h - the texts of the articles nearest to each topic: how they write
 * what may name it, and their sentences. */
#ifndef ZUB_TOPICS_SURVEY_H
#define ZUB_TOPICS_SURVEY_H

#include "base/arena.h"
#include "base/map.h"
#include "topics/phrases.h"

#define ZUB_NO_RUN UINT32_MAX

/* Terms in a row that are looked for, for any topic. */
typedef struct zub_runs {
    zub_map map; /* their terms, as bytes */
} zub_runs;

/* The number of a phrase, added when it is new; ZUB_NO_RUN: none, or without
 * memory. Any number of threads may find, once none adds. */
uint32_t zub_runs_add(zub_runs *runs, const zub_phrase *phrase);
uint32_t zub_runs_find(const zub_runs *runs, const uint32_t *words,
                       unsigned size);

/* A sentence that may speak for its article's topic. */
typedef struct zub_read_sentence {
    size_t row, start, end;
    zub_slice text;
    double score;
    const uint32_t *columns; /* [column_count] its words, ascending */
    size_t column_count;
} zub_read_sentence;

/* How often the nearest articles of a topic write a run so. */
typedef struct zub_read_form {
    uint32_t run, topic, lang;
    uint32_t count;
    zub_slice text;
} zub_read_form;

/* What was read; nothing in it depends on the order of reading but the order
 * of forms. */
typedef struct zub_survey {
    zub_arena arena;
    zub_read_sentence *sentences; /* [sentence_count], by row and start */
    size_t sentence_count, sentence_capacity;
    zub_read_form *forms; /* [form_count] */
    size_t form_count, form_capacity;
    uint32_t *languages; /* [k], that most of those articles are in */
    zub_slice *titles;   /* [rows], of those articles; else empty */
    zub_slice *periods;  /* [rows], or NULL; empty: no date */
} zub_survey;

typedef struct zub_survey_task {
    const zub_topic_rows *rows;
    const zub_topic_model *model;
    const float *profiles; /* [k][columns] */
    const zub_runs *runs;
    const zub_topics_options *options;
    const zub_models *models;
    const zub_analyzer_options *words;
} zub_survey_task;

/* Reads a corpus that the rows were counted of. Errors of zub_topics_read; on
 * failure *out is empty. */
zub_status zub_survey_make(zub_survey *out, const zub_survey_task *task,
                           zub_corpus *corpus, zub_error *error);
void zub_survey_release(zub_survey *survey);

#endif
