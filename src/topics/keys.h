/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* keys.h - the words of a topic: those whose being in an article says most of
 * its being of the topic. */
#ifndef ZUB_TOPICS_KEYS_H
#define ZUB_TOPICS_KEYS_H

#include "base/heap.h"
#include "topics/model.h"

/* df[columns] of the articles of a topic. Linear in their entries and in the
 * columns. */
void zub_topic_count(uint32_t *df, const zub_topic_rows *rows,
                     const zub_topic_model *model, size_t topic);

/* Adds the columns that articles of one kind have more often than others, by
 * G2 of the four cells, to an empty heap: df in `count` articles of the kind,
 * `all` in `total` articles of both. */
void zub_topic_rank(zub_heap *heap, const uint32_t *df, size_t count,
                    const uint32_t *all, size_t total, size_t columns);

/* The words of each topic, best first. */
typedef struct zub_topic_keys {
    uint32_t *columns; /* [k][most] */
    double *weights;   /* [k][most], G2 of topic and word */
    size_t *sizes;     /* [k], at most `most` */
    uint32_t *df;      /* [columns], of all articles */
    size_t most;
} zub_topic_keys;

/* ZUB_ENOMEM; on failure *out is empty. */
zub_status zub_topic_keys_find(zub_topic_keys *out, const zub_topic_rows *rows,
                               const zub_topic_model *model, size_t most);
void zub_topic_keys_release(zub_topic_keys *keys);

/* profile[columns]: the vector of a topic with each word times its NPMI with
 * the topic, none below 0, and length 1: what articles of the topic have and
 * others do not. `df` is that of its articles, `all` of the corpus. */
void zub_topic_profile(float *profile, const zub_topic_model *model,
                       size_t topic, const uint32_t *df, const uint32_t *all);

/* out[k]: the mean NPMI of each pair of a topic's keys in one article of all;
 * 0 for less than two. Linear in the entries, and in pairs times rows / 64.
 * ZUB_ENOMEM. */
zub_status zub_topic_coherence(double *out, const zub_topic_rows *rows,
                               const zub_topic_keys *keys, size_t k);

#endif
