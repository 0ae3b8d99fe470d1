/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* topics.h - a zub_topics from within: the numbers, and the report as it
 * grows. */
#ifndef ZUB_TOPICS_TOPICS_H
#define ZUB_TOPICS_TOPICS_H

#include "base/arena.h"
#include "topics/keys.h"
#include "topics/model.h"
#include "topics/survey.h"

#define ZUB_TOPIC_NEAR 3u  /* topics near each, at most */
#define ZUB_TOPIC_APART 5u /* words that tell them apart, at most */
#define ZUB_LABEL_PHRASES 3u

struct zub_topics {
    zub_topic_rows rows;
    zub_topic_model model;
    zub_topics_options options; /* 0s made numbers; strings in the arena */
    const zub_topic_method *method;
    float *profiles; /* [k][columns]; see keys.h */
    zub_topic_keys keys;
    zub_arena arena; /* of the report */
    zub_topics_report report;
    zub_topic *topics;           /* [k], report.topics */
    zub_topic_term *terms;       /* [k][keys.most] */
    zub_topic_article *articles; /* [rows], report.articles */
    bool is_read;
};

/* Each fills its part of the report. ZUB_ENOMEM. */

/* Profiles, terms, weights, coherence; nearest topics (describe.c). */
zub_status zub_topics_describe(zub_topics *topics);

/* Places of the topics on a map (layout.c). */
zub_status zub_topics_lay_out(zub_topics *topics);

/* Labels and the forms of terms, of candidates phrases[k][most] (label.c). */
zub_status zub_topics_label(zub_topics *topics, const zub_survey *survey,
                            const zub_runs *runs, const zub_phrase *phrases,
                            const size_t *counts, size_t most);

/* Key sentences and the overview (quotation.c). */
zub_status zub_topics_quote(zub_topics *topics, const zub_survey *survey);

/* Articles by topic and period (trend.c). */
zub_status zub_topics_date(zub_topics *topics, const zub_survey *survey);

/* The profile of a topic, [columns]. */
static inline float *zub_topics_profile(const zub_topics *topics, size_t topic)
{
    return topics->profiles + topic * topics->model.columns;
}

/* A slice with a NUL behind it, the report's own; its data is NULL without
 * memory. */
static inline zub_slice zub_topics_copy(zub_topics *topics, zub_slice text)
{
    return zub_arena_copy(&topics->arena, text);
}

#endif
