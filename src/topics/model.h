/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* model.h - topics as numbers: which articles are of which, and how much. */
#ifndef ZUB_TOPICS_MODEL_H
#define ZUB_TOPICS_MODEL_H

#include "topics/topic_rows.h"

/* Topics stand by their number of articles, the largest first; none is empty.
 * Rows are those of zub_topic_rows. */
typedef struct zub_topic_model {
    size_t rows, columns, k;
    uint32_t *topics;  /* [rows], or ZUB_NO_TOPIC */
    float *weights;    /* [rows][k], sum 1; zeros for an outlier */
    float *likeness;   /* [rows], cosine with the vector of its topic */
    float *vectors;    /* [k][columns], mean of its articles, length 1 */
    uint32_t *members; /* [starts[k]], rows by topic, ascending */
    size_t *starts;    /* [k + 1] */
} zub_topic_model;

/* A way to find them. `affinity` is [rows][*k], yours to free: how much of an
 * article is of a topic, 0 and up; *k may become less. A trial is one of
 * several numbers of topics that are tried: quicker, if it can be. */
typedef struct zub_topic_method {
    const char *name, *about;
    zub_status (*make)(float **affinity, size_t *k, const zub_csr *matrix,
                       const zub_topics_options *options, bool is_trial,
                       zub_error *error);
} zub_topic_method;

/* NULL: the first. NULL when there is no such method. */
const zub_topic_method *zub_topic_method_find(const char *name);
/* "cluster, nmf and lsa": for messages. */
extern const char zub_topic_method_names[];

/* At most `k` topics; as many as there are articles with a word are enough.
 * Without such an article there is none, and that is no error. ZUB_ENOMEM; on
 * failure *out is empty. */
zub_status zub_topic_model_make(zub_topic_model *out,
                                const zub_topic_rows *rows,
                                const zub_topic_method *method, size_t k,
                                const zub_topics_options *options,
                                bool is_trial, zub_error *error);
/* The same of affinities that are there already; [rows][k]. */
zub_status zub_topic_model_of(zub_topic_model *out, const zub_topic_rows *rows,
                              const float *affinity, size_t k,
                              zub_error *error);
void zub_topic_model_release(zub_topic_model *model);

/* The vector of a topic, [columns]. */
static inline const float *zub_topic_vector(const zub_topic_model *model,
                                            size_t topic)
{
    return model->vectors + topic * model->columns;
}

/* How many articles a topic has. */
static inline size_t zub_topic_size(const zub_topic_model *model, size_t topic)
{
    return model->starts[topic + 1] - model->starts[topic];
}

#endif
