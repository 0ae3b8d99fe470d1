/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* methods.c - how articles are put together, a row each. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "topics/model.h"
#include "vectors/cosine.h"
#include "vectors/kmeans.h"
#include "vectors/nmf.h"
#include "vectors/svd.h"
#include "vectors/tall.h"

#define RESTARTS 10u
#define TRIAL_RESTARTS 2u
#define ITERATIONS 50u
#define TRIAL_ITERATIONS 50u /* of factors */
#define DIMENSIONS 100u

/* ---- Clusters ---- */

/* affinity[rows][k] = the squares of the rows' cosines with the centroids, so
 * that what is near outweighs what is merely not far. */
static zub_status compare(float **affinity, const zub_kmeans *kmeans,
                          const zub_csr *matrix, unsigned threads)
{
    size_t k = kmeans->k;
    zub_tall centroids = {0}, cosines = {0};
    zub_status status = zub_tall_init(&centroids, kmeans->columns, k);

    *affinity = zub_alloc(kmeans->rows, k * sizeof **affinity);
    if (status == ZUB_OK)
        status = zub_tall_init(&cosines, kmeans->rows, k);
    if (!*affinity)
        status = ZUB_ENOMEM;
    for (size_t c = 0; status == ZUB_OK && c < kmeans->columns; c++)
        for (size_t t = 0; t < k; t++)
            centroids.values[c * centroids.stride + t] =
                kmeans->centroids[t * kmeans->columns + c];
    if (status == ZUB_OK && k > 0)
        zub_tall_multiply(&cosines, matrix, 1, &centroids,
                          zub_crew_threads(threads));
    for (size_t r = 0; status == ZUB_OK && r < kmeans->rows; r++)
        for (size_t t = 0; t < k; t++) {
            float cosine = cosines.values[r * cosines.stride + t];
            (*affinity)[r * k + t] = cosine > 0 ? cosine * cosine : 0;
        }
    zub_tall_release(&centroids);
    zub_tall_release(&cosines);
    return status;
}

static zub_status cluster_rows(float **affinity, size_t *k,
                               const zub_csr *matrix,
                               const zub_topics_options *asked, bool is_trial,
                               zub_error *error)
{
    zub_kmeans_options options = {.k = *k,
                                  .restarts =
                                      is_trial ? TRIAL_RESTARTS : RESTARTS,
                                  .iterations = ITERATIONS,
                                  .seed = asked->seed,
                                  .threads = asked->threads};
    zub_kmeans kmeans;
    zub_status status = zub_kmeans_make(&kmeans, matrix, &options, error);

    if (status != ZUB_OK)
        return status;
    *k = kmeans.k;
    status = compare(affinity, &kmeans, matrix, asked->threads);
    zub_kmeans_release(&kmeans);
    if (status != ZUB_OK) {
        zub_free(*affinity);
        *affinity = NULL;
    }
    return status == ZUB_OK ? ZUB_OK : zub_fail_memory(error);
}

static zub_status make_clusters(float **affinity, size_t *k,
                                const zub_csr *matrix,
                                const zub_topics_options *asked, bool is_trial,
                                zub_error *error)
{
    return cluster_rows(affinity, k, matrix, asked, is_trial, error);
}

/* ---- Factors ---- */

/* How much each topic has of the words: what its share of a row counts. */
static double length_of(const float *h, size_t columns)
{
    double sum = 0;

    for (size_t c = 0; c < columns; c++)
        sum += (double)h[c] * h[c];
    return sqrt(sum);
}

static zub_status make_factors(float **affinity, size_t *k,
                               const zub_csr *matrix,
                               const zub_topics_options *asked, bool is_trial,
                               zub_error *error)
{
    zub_nmf_options options = {.k = *k,
                               .iterations = is_trial ? TRIAL_ITERATIONS : 0,
                               .seed = asked->seed,
                               .threads = asked->threads};
    zub_nmf nmf;
    zub_status status = zub_nmf_make(&nmf, matrix, &options, error);

    if (status != ZUB_OK)
        return status;
    *k = nmf.k;
    *affinity = nmf.w;
    nmf.w = NULL;
    for (size_t t = 0; t < nmf.k; t++) {
        float length = (float)length_of(nmf.h + t * nmf.columns, nmf.columns);
        for (size_t r = 0; r < nmf.rows; r++)
            (*affinity)[r * nmf.k + t] *= length;
    }
    zub_nmf_release(&nmf);
    return ZUB_OK;
}

/* ---- Latent dimensions ---- */

/* Rows of the decomposition at length 1, all columns of each; those of a row
 * without words stay empty. */
static zub_status list_rows(zub_csr *out, const zub_svd *svd)
{
    size_t k = svd->k;
    zub_csr_builder builder;

    zub_csr_builder_init(&builder, (int32_t)k);
    for (size_t r = 0; r < svd->rows; r++) {
        float *row = svd->u + r * k;
        zub_normalise(row, k);
        for (size_t i = 0; i < k; i++)
            if (row[i] != 0)
                zub_csr_builder_add(&builder, (int32_t)i, row[i]);
        zub_csr_builder_end_row(&builder);
    }
    zub_status status = zub_csr_builder_finish(&builder, out);
    zub_csr_builder_release(&builder);
    return status;
}

static zub_status make_latent(float **affinity, size_t *k,
                              const zub_csr *matrix,
                              const zub_topics_options *asked, bool is_trial,
                              zub_error *error)
{
    zub_svd_options options = {
        .k = DIMENSIONS, .seed = asked->seed, .threads = asked->threads};
    zub_csr rows = {0};
    zub_svd svd;
    zub_status status = zub_svd_make(&svd, matrix, &options, error);

    if (status != ZUB_OK)
        return status;
    if (list_rows(&rows, &svd) != ZUB_OK)
        status = zub_fail_memory(error);
    zub_svd_release(&svd);
    if (status == ZUB_OK)
        status = cluster_rows(affinity, k, &rows, asked, is_trial, error);
    zub_csr_release(&rows);
    return status;
}

/* ---- The table ---- */

static const zub_topic_method methods[] = {
    {"cluster", "spherical k-means: each article with those that are alike",
     make_clusters},
    {"nmf", "nonnegative factors: each article a mixture of topics",
     make_factors},
    {"lsa", "clusters as above, in 100 latent dimensions", make_latent},
};

#define METHODS (sizeof methods / sizeof *methods)

const char zub_topic_method_names[] = "cluster, nmf and lsa";

const zub_topic_method *zub_topic_method_find(const char *name)
{
    if (!name)
        return &methods[0];
    for (size_t i = 0; i < METHODS; i++)
        if (strcmp(methods[i].name, name) == 0)
            return &methods[i];
    return NULL;
}

const char *zub_topics_method_name(size_t i)
{
    return i < METHODS ? methods[i].name : NULL;
}

const char *zub_topics_method_about(size_t i)
{
    return i < METHODS ? methods[i].about : NULL;
}
