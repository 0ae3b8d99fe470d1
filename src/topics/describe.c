/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* describe.c - the words of each topic, how well they go together, and what
 * tells a topic from the ones near it. */
#include "base/heap.h"
#include "base/mem.h"
#include "topics/keys.h"
#include "topics/topics.h"
#include "vectors/cosine.h"

/* What the columns are counted in; of one topic and of another. */
typedef struct counting {
    uint32_t *df, *other; /* [columns] */
    zub_heap apart;
} counting;

static zub_status open_counting(counting *out, const zub_topics *topics)
{
    size_t columns = topics->model.columns;
    bool is_room = zub_heap_init(&out->apart, ZUB_TOPIC_APART);

    out->df = zub_alloc(columns, sizeof *out->df);
    out->other = zub_alloc(columns, sizeof *out->other);
    return is_room && out->df && out->other ? ZUB_OK : ZUB_ENOMEM;
}

static void close_counting(counting *counts)
{
    zub_heap_release(&counts->apart);
    zub_free(counts->df);
    zub_free(counts->other);
}

static zub_slice surface_of(zub_topics *topics, size_t column)
{
    return zub_topics_copy(topics, zub_topic_surface(&topics->rows, column));
}

/* ---- Words ---- */

static zub_status name_terms(zub_topics *topics, size_t t)
{
    const zub_topic_keys *keys = &topics->keys;
    zub_topic_term *terms = topics->terms + t * keys->most;

    for (size_t i = 0; i < keys->sizes[t]; i++) {
        terms[i].term = surface_of(topics, keys->columns[t * keys->most + i]);
        terms[i].weight = keys->weights[t * keys->most + i];
        if (!terms[i].term.data)
            return ZUB_ENOMEM;
    }
    topics->topics[t].terms = terms;
    topics->topics[t].term_count = keys->sizes[t];
    return ZUB_OK;
}

static zub_status find_coherence(zub_topics *topics)
{
    size_t k = topics->model.k;
    double *values = zub_alloc(k, sizeof *values), sum = 0;
    zub_status status =
        values ? zub_topic_coherence(values, &topics->rows, &topics->keys, k)
               : ZUB_ENOMEM;

    for (size_t t = 0; status == ZUB_OK && t < k; t++) {
        topics->topics[t].coherence = values[t];
        sum += values[t];
    }
    if (k > 0)
        topics->report.coherence = sum / (double)k;
    zub_free(values);
    return status;
}

/* The article that has most of what the topic has and others do not. */
static size_t find_medoid(const zub_topics *topics, size_t t)
{
    const zub_topic_model *model = &topics->model;
    const float *profile = zub_topics_profile(topics, t);
    size_t best = model->members[model->starts[t]];
    double highest = -1;

    for (size_t m = model->starts[t]; m < model->starts[t + 1]; m++) {
        double likeness = zub_row_dot_dense(
            &topics->rows.matrix, (int32_t)model->members[m], profile);
        if (likeness > highest) {
            highest = likeness;
            best = model->members[m];
        }
    }
    return best;
}

/* ---- Neighbours ---- */

static double similarity(const zub_topics *topics, size_t a, size_t b)
{
    const float *one = zub_topics_profile(topics, a);
    const float *other = zub_topics_profile(topics, b);
    double sum = 0;

    for (size_t c = 0; c < topics->model.columns; c++)
        sum += (double)one[c] * other[c];
    return sum < 1 ? sum : 1;
}

/* Words that topic t has more than `near` has, whose counts are in df and
 * other. */
static zub_status find_apart(zub_topic_near *near, zub_topics *topics,
                             counting *counts, size_t t)
{
    const zub_topic_model *model = &topics->model;
    size_t size = zub_topic_size(model, t);
    zub_slice *words =
        zub_arena_alloc(&topics->arena, ZUB_TOPIC_APART, sizeof *words);

    if (!words)
        return ZUB_ENOMEM;
    zub_topic_count(counts->other, &topics->rows, model, near->topic);
    for (size_t c = 0; c < model->columns; c++)
        counts->other[c] += counts->df[c];
    zub_heap_clear(&counts->apart);
    zub_topic_rank(&counts->apart, counts->df, size, counts->other,
                   size + zub_topic_size(model, near->topic), model->columns);
    const zub_scored *best = zub_heap_sort(&counts->apart);
    for (size_t i = 0; i < counts->apart.size; i++) {
        words[i] = surface_of(topics, best[i].id);
        if (!words[i].data)
            return ZUB_ENOMEM;
    }
    near->apart = words;
    near->apart_count = counts->apart.size;
    return ZUB_OK;
}

static zub_status find_near(zub_topics *topics, counting *counts, size_t t)
{
    const zub_topic_model *model = &topics->model;
    zub_heap heap;
    zub_topic_near *near =
        zub_arena_alloc(&topics->arena, ZUB_TOPIC_NEAR, sizeof *near);

    if (!zub_heap_init(&heap, ZUB_TOPIC_NEAR) || !near) {
        zub_heap_release(&heap);
        return ZUB_ENOMEM;
    }
    zub_topic_count(counts->df, &topics->rows, model, t);
    for (size_t u = 0; u < model->k; u++)
        if (u != t)
            zub_heap_add(&heap, similarity(topics, t, u), (uint32_t)u);
    const zub_scored *best = zub_heap_sort(&heap);
    zub_status status = ZUB_OK;
    for (size_t i = 0; status == ZUB_OK && i < heap.size; i++) {
        near[i].topic = best[i].id;
        near[i].similarity = best[i].score;
        status = find_apart(&near[i], topics, counts, t);
    }
    topics->topics[t].near = near;
    topics->topics[t].near_count = heap.size;
    zub_heap_release(&heap);
    return status;
}

zub_status zub_topics_describe(zub_topics *topics)
{
    counting counts = {0};
    zub_status status = open_counting(&counts, topics);

    for (size_t t = 0; status == ZUB_OK && t < topics->model.k; t++) {
        status = name_terms(topics, t);
        zub_topic_count(counts.df, &topics->rows, &topics->model, t);
        zub_topic_profile(zub_topics_profile(topics, t), &topics->model, t,
                          counts.df, topics->keys.df);
        topics->topics[t].medoid = find_medoid(topics, t);
    }
    for (size_t t = 0; status == ZUB_OK && t < topics->model.k; t++)
        status = find_near(topics, &counts, t);
    close_counting(&counts);
    return status == ZUB_OK ? find_coherence(topics) : status;
}
