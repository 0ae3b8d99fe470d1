/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* model.c - from affinities to topics.
 *
 * An article is of the topic that it has the greatest affinity with. An
 * outlier is one that no topic explains: it has no word that counts, no
 * affinity, or a cosine with its topic below a tenth of the median of all. */
#include "topics/model.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/order.h"
#include "vectors/cosine.h"

#define OUTLIER_SHARE .1f /* of the median likeness */

static bool is_empty(const zub_csr *matrix, size_t row)
{
    return matrix->starts[row] == matrix->starts[row + 1];
}

/* ---- Which topic ---- */

static uint32_t strongest(const float *affinity, size_t k)
{
    uint32_t best = ZUB_NO_TOPIC;

    for (size_t t = 0; t < k; t++)
        if (affinity[t] > 0 &&
            (best == ZUB_NO_TOPIC || affinity[t] > affinity[best]))
            best = (uint32_t)t;
    return best;
}

/* New numbers by size, of equal sizes by the first article; topics without
 * articles go. place[t] of an old one, `k` of them; returns how many stay. */
static zub_status rank_topics(uint32_t *place, size_t *kept,
                              const uint32_t *topics, size_t rows, size_t k)
{
    zub_keyed *keys = zub_alloc_zero(k, sizeof *keys);
    zub_keyed *scratch = zub_alloc(k, sizeof *scratch);
    size_t met = 0;

    *kept = 0;
    if (!keys || !scratch) {
        zub_free(keys);
        zub_free(scratch);
        return ZUB_ENOMEM;
    }
    for (size_t t = 0; t < k; t++)
        place[t] = ZUB_NO_TOPIC;
    for (size_t r = 0; r < rows; r++) {
        if (topics[r] == ZUB_NO_TOPIC)
            continue;
        if (place[topics[r]] == ZUB_NO_TOPIC) {
            keys[met].id = topics[r];
            keys[met].key = UINT32_MAX;
            place[topics[r]] = (uint32_t)met++;
        }
        keys[place[topics[r]]].key--;
    }
    zub_order_keys(keys, scratch, met);
    for (size_t i = 0; i < met; i++)
        place[keys[i].id] = (uint32_t)i;
    *kept = met;
    zub_free(keys);
    zub_free(scratch);
    return ZUB_OK;
}

/* ---- Their articles and vectors ---- */

static void list_members(zub_topic_model *model)
{
    memset(model->starts, 0, (model->k + 1) * sizeof *model->starts);
    for (size_t r = 0; r < model->rows; r++)
        if (model->topics[r] != ZUB_NO_TOPIC)
            model->starts[model->topics[r] + 1]++;
    for (size_t t = 0; t < model->k; t++)
        model->starts[t + 1] += model->starts[t];
    for (size_t r = 0; r < model->rows; r++)
        if (model->topics[r] != ZUB_NO_TOPIC)
            model->members[model->starts[model->topics[r]]++] = (uint32_t)r;
    for (size_t t = model->k; t > 0; t--)
        model->starts[t] = model->starts[t - 1];
    model->starts[0] = 0;
}

static void add_row(float *vector, const zub_csr *matrix, size_t row)
{
    for (int32_t i = matrix->starts[row]; i < matrix->starts[row + 1]; i++)
        vector[matrix->cols[i]] += matrix->values[i];
}

static void make_vectors(zub_topic_model *model, const zub_csr *matrix)
{
    memset(model->vectors, 0,
           model->k * model->columns * sizeof *model->vectors);
    for (size_t t = 0; t < model->k; t++) {
        float *vector = model->vectors + t * model->columns;
        for (size_t i = model->starts[t]; i < model->starts[t + 1]; i++)
            add_row(vector, matrix, model->members[i]);
        zub_normalise(vector, model->columns);
    }
    for (size_t r = 0; r < model->rows; r++)
        model->likeness[r] =
            model->topics[r] == ZUB_NO_TOPIC
                ? 0
                : (float)zub_row_dot_dense(
                      matrix, (int32_t)r,
                      zub_topic_vector(model, model->topics[r]));
}

/* ---- Outliers ---- */

static uint32_t bits_of(float value)
{
    uint32_t bits;

    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* Of the articles that have a topic; likeness is never negative. */
static zub_status median_likeness(float *out, const zub_topic_model *model)
{
    size_t count = model->starts[model->k];
    zub_keyed *keys = zub_alloc(count, sizeof *keys);
    zub_keyed *scratch = zub_alloc(count, sizeof *scratch);

    *out = 0;
    if (keys && scratch && count > 0) {
        for (size_t i = 0; i < count; i++) {
            keys[i].key = bits_of(model->likeness[model->members[i]]);
            keys[i].id = model->members[i];
        }
        zub_order_keys(keys, scratch, count);
        *out = model->likeness[keys[count / 2].id];
    }
    zub_status status = keys && scratch ? ZUB_OK : ZUB_ENOMEM;
    zub_free(keys);
    zub_free(scratch);
    return status;
}

static zub_status drop_outliers(zub_topic_model *model)
{
    float median;
    zub_status status = median_likeness(&median, model);

    for (size_t r = 0; status == ZUB_OK && r < model->rows; r++)
        if (model->likeness[r] < OUTLIER_SHARE * median)
            model->topics[r] = ZUB_NO_TOPIC;
    return status;
}

/* ---- The whole ---- */

static void set_weights(zub_topic_model *model, const float *affinity,
                        const uint32_t *place, size_t k)
{
    for (size_t r = 0; r < model->rows; r++) {
        const float *of = affinity + r * k;
        float *weights = model->weights + r * model->k;
        double sum = 0;
        memset(weights, 0, model->k * sizeof *weights);
        if (model->topics[r] == ZUB_NO_TOPIC)
            continue;
        for (size_t t = 0; t < k; t++)
            if (place[t] != ZUB_NO_TOPIC && of[t] > 0)
                sum += of[t];
        for (size_t t = 0; t < k; t++)
            if (place[t] != ZUB_NO_TOPIC && of[t] > 0)
                weights[place[t]] = (float)(of[t] / sum);
    }
}

static zub_status make_room(zub_topic_model *model)
{
    model->topics = zub_alloc(model->rows, sizeof *model->topics);
    model->weights = zub_alloc_zero(model->rows, model->k * sizeof(float));
    model->likeness = zub_alloc_zero(model->rows, sizeof *model->likeness);
    model->vectors = zub_alloc(model->k, model->columns * sizeof(float));
    model->members = zub_alloc(model->rows, sizeof *model->members);
    model->starts = zub_alloc_zero(model->k + 1, sizeof *model->starts);
    return model->topics && model->weights && model->likeness &&
                   model->vectors && model->members && model->starts
               ? ZUB_OK
               : ZUB_ENOMEM;
}

/* Vectors and likeness of the articles that topics[] says. */
static void describe(zub_topic_model *model, const zub_csr *matrix)
{
    list_members(model);
    make_vectors(model, matrix);
}

/* First by the numbers of the method, to see who is an outlier, then by size;
 * `place` is [k]. */
static zub_status settle(zub_topic_model *model, const zub_csr *matrix,
                         const float *affinity, uint32_t *place, size_t k)
{
    for (size_t r = 0; r < model->rows; r++)
        model->topics[r] = is_empty(matrix, r)
                               ? ZUB_NO_TOPIC
                               : strongest(affinity + r * k, k);
    describe(model, matrix);
    zub_status status = drop_outliers(model);
    if (status == ZUB_OK)
        status = rank_topics(place, &model->k, model->topics, model->rows, k);
    if (status != ZUB_OK)
        return status;
    for (size_t r = 0; r < model->rows; r++)
        if (model->topics[r] != ZUB_NO_TOPIC)
            model->topics[r] = place[model->topics[r]];
    describe(model, matrix);
    set_weights(model, affinity, place, k);
    return ZUB_OK;
}

zub_status zub_topic_model_of(zub_topic_model *out, const zub_topic_rows *rows,
                              const float *affinity, size_t k,
                              zub_error *error)
{
    const zub_csr *matrix = &rows->matrix;
    uint32_t *place = zub_alloc(k, sizeof *place);

    *out = (zub_topic_model){.rows = (size_t)matrix->rows,
                             .columns = (size_t)matrix->columns,
                             .k = k};
    zub_status status = place ? make_room(out) : ZUB_ENOMEM;
    if (status == ZUB_OK)
        status = settle(out, matrix, affinity, place, k);
    zub_free(place);
    if (status == ZUB_OK)
        return ZUB_OK;
    zub_topic_model_release(out);
    return zub_fail_memory(error);
}

static size_t rows_with_words(const zub_csr *matrix)
{
    size_t count = 0;

    for (size_t r = 0; r < (size_t)matrix->rows; r++)
        count += !is_empty(matrix, r);
    return count;
}

zub_status zub_topic_model_make(zub_topic_model *out,
                                const zub_topic_rows *rows,
                                const zub_topic_method *method, size_t k,
                                const zub_topics_options *options,
                                bool is_trial, zub_error *error)
{
    size_t most = rows_with_words(&rows->matrix);
    float *affinity = NULL;
    zub_status status = ZUB_OK;

    *out = (zub_topic_model){0};
    k = k < most ? k : most;
    if (k > 0)
        status = method->make(&affinity, &k, &rows->matrix, options, is_trial,
                              error);
    if (status == ZUB_OK)
        status = zub_topic_model_of(out, rows, affinity, k, error);
    zub_free(affinity);
    return status;
}

void zub_topic_model_release(zub_topic_model *model)
{
    zub_free(model->topics);
    zub_free(model->weights);
    zub_free(model->likeness);
    zub_free(model->vectors);
    zub_free(model->members);
    zub_free(model->starts);
    *model = (zub_topic_model){0};
}
