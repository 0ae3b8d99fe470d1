/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* choose.c - see choose.h.
 *
 * Of the numbers in `numbers`, up to one topic for LEAST_ARTICLES articles, the
 * smallest whose topics score at least NEARLY of the highest score in
 *
 *     coherence * separation
 *
 * coherence: the mean NPMI of the ten words of each topic in pairs, the mean
 * of all topics; separation: the mean of 1 - b / a over all articles, with a
 * the cosine of an article with its own topic and b with the nearest other
 * one. Coherence alone likes many small topics, separation alone few large
 * ones; where more topics gain next to nothing, fewer are easier to read. */
#include "topics/choose.h"

#include <math.h>

#include "base/error.h"
#include "base/mem.h"
#include "topics/keys.h"
#include "vectors/cosine.h"

#define LEAST_ARTICLES 4u
#define KEYS 10u
#define NEARLY .9

static const unsigned char numbers[] = {2,  3,  4,  5,  6,  8,  10,
                                        12, 15, 20, 25, 30, 40, 50};
#define NUMBERS (sizeof numbers / sizeof *numbers)

static double separation_of(const zub_topic_model *model,
                            const zub_csr *matrix, size_t row)
{
    double own = model->likeness[row], other = 0;

    for (size_t t = 0; t < model->k; t++)
        if (t != model->topics[row])
            other = fmax(other, zub_row_dot_dense(matrix, (int32_t)row,
                                                  zub_topic_vector(model, t)));
    return own > 0 ? fmax(0, 1 - other / own) : 0;
}

static double mean_separation(const zub_topic_model *model,
                              const zub_csr *matrix)
{
    size_t count = model->starts[model->k];
    double sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += separation_of(model, matrix, model->members[i]);
    return count > 0 ? sum / (double)count : 0;
}

static zub_status judge(double *out, const zub_topic_rows *rows,
                        const zub_topic_model *model)
{
    zub_topic_keys keys;
    double *values = zub_alloc(model->k, sizeof *values), sum = 0;
    zub_status status = zub_topic_keys_find(&keys, rows, model, KEYS);

    if (status == ZUB_OK && !values)
        status = ZUB_ENOMEM;
    if (status == ZUB_OK)
        status = zub_topic_coherence(values, rows, &keys, model->k);
    for (size_t t = 0; status == ZUB_OK && t < model->k; t++)
        sum += values[t] / (double)model->k;
    *out = fmax(0, sum) * mean_separation(model, &rows->matrix);
    zub_topic_keys_release(&keys);
    zub_free(values);
    return status;
}

static zub_status try_number(double *out, const zub_topic_rows *rows,
                             const zub_topic_method *method, size_t k,
                             const zub_topics_options *options,
                             zub_error *error)
{
    zub_topic_model model;
    zub_status status =
        zub_topic_model_make(&model, rows, method, k, options, true, error);

    *out = 0;
    if (status == ZUB_OK && judge(out, rows, &model) != ZUB_OK)
        status = zub_fail_memory(error);
    zub_topic_model_release(&model);
    return status;
}

/* The smallest number of nearly the highest score; 1 if none has any. */
static size_t choose(const double *scores, size_t count)
{
    double highest = 0;

    for (size_t i = 0; i < count; i++)
        highest = fmax(highest, scores[i]);
    for (size_t i = 0; i < count; i++)
        if (scores[i] > 0 && scores[i] >= NEARLY * highest)
            return numbers[i];
    return 1;
}

zub_status zub_topic_model_choose(zub_topic_model *out,
                                  const zub_topic_rows *rows,
                                  const zub_topic_method *method,
                                  const zub_topics_options *options,
                                  zub_error *error)
{
    size_t most = (size_t)rows->matrix.rows / LEAST_ARTICLES, count = 0;
    double scores[NUMBERS];
    zub_status status = ZUB_OK;

    *out = (zub_topic_model){.k = 0};
    for (; status == ZUB_OK && count < NUMBERS && numbers[count] <= most;
         count++)
        status = try_number(&scores[count], rows, method, numbers[count],
                            options, error);
    return status == ZUB_OK
               ? zub_topic_model_make(out, rows, method, choose(scores, count),
                                      options, false, error)
               : status;
}
