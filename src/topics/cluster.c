/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* cluster.c - see cluster.h.
 *
 * Centroids lie by column, all k of a column side by side, so that an entry of
 * a row is one run over k numbers. A start draws rows, each with a chance of 1
 * less its cosine with the nearest one drawn before (Arthur & Vassilvitskii
 * 2007). Threads share out blocks of rows; what they find is added up in the
 * order of the rows. A group that loses all rows takes the one that is worst
 * off elsewhere. */
#include "topics/cluster.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/pool.h"
#include "base/random.h"

#define LANES 8u /* k is rounded up to it: loops of a known length */
#define BLOCK_ROWS 512u

typedef struct clustering {
    const zub_csr *matrix;
    size_t rows, columns, k, stride; /* stride: k, rounded up */
    unsigned threads;
    float *centroids; /* [columns][stride] */
    double *norms;    /* [stride] */
    float *cosines;   /* [rows][stride] */
    uint32_t *groups; /* [rows] */
    uint32_t *sizes;  /* [k] */
    float *distance;  /* [rows], to the nearest row drawn */
} clustering;

/* ---- One row ---- */

static bool is_empty(const clustering *c, size_t row)
{
    return c->matrix->starts[row] == c->matrix->starts[row + 1];
}

/* Cosines of a row with all centroids; entries in column order. */
static void compare_row(const clustering *c, size_t row)
{
    float *restrict out = c->cosines + row * c->stride;

    memset(out, 0, c->stride * sizeof *out);
    for (int32_t i = c->matrix->starts[row]; i < c->matrix->starts[row + 1];
         i++) {
        const float *restrict column =
            c->centroids + (size_t)c->matrix->cols[i] * c->stride;
        float value = c->matrix->values[i];
        for (size_t t = 0; t < c->stride; t += LANES)
            for (size_t lane = 0; lane < LANES; lane++)
                out[t + lane] += value * column[t + lane];
    }
}

static uint32_t nearest(const clustering *c, size_t row)
{
    const float *cosines = c->cosines + row * c->stride;
    uint32_t best = 0;

    for (uint32_t t = 1; t < c->k; t++)
        if (cosines[t] > cosines[best])
            best = t;
    return best;
}

static void compare_block(void *context, size_t block, unsigned worker)
{
    const clustering *c = context;
    size_t end = (block + 1) * BLOCK_ROWS;

    (void)worker;
    for (size_t row = block * BLOCK_ROWS; row < end && row < c->rows; row++)
        compare_row(c, row);
}

static void compare_all(clustering *c)
{
    size_t blocks = (c->rows + BLOCK_ROWS - 1) / BLOCK_ROWS;

    zub_pool_each(c->threads, blocks, compare_block, c);
}

/* ---- A start ---- */

static void set_centroid(clustering *c, size_t group, size_t row)
{
    for (int32_t i = c->matrix->starts[row]; i < c->matrix->starts[row + 1];
         i++)
        c->centroids[(size_t)c->matrix->cols[i] * c->stride + group] =
            c->matrix->values[i];
}

static double cosine_with(const clustering *c, size_t group, size_t row)
{
    double sum = 0;

    for (int32_t i = c->matrix->starts[row]; i < c->matrix->starts[row + 1];
         i++)
        sum += c->matrix->values[i] *
               c->centroids[(size_t)c->matrix->cols[i] * c->stride + group];
    return sum;
}

/* What is left to draw from; 0: all rows lie on those drawn. */
static double note_distances(clustering *c, size_t group)
{
    double sum = 0;

    for (size_t row = 0; row < c->rows; row++) {
        double distance =
            is_empty(c, row) ? 0 : 1 - cosine_with(c, group, row);
        if (distance < c->distance[row])
            c->distance[row] = distance > 1e-6 ? (float)distance : 0;
        sum += c->distance[row];
    }
    return sum;
}

static size_t draw(const clustering *c, double sum, zub_random *random)
{
    double left = zub_random_uniform(random) * sum;
    size_t last = 0;

    for (size_t row = 0; row < c->rows; row++) {
        if (!(c->distance[row] > 0))
            continue;
        last = row;
        left -= c->distance[row];
        if (left < 0)
            break;
    }
    return last;
}

/* Groups beyond the rows that differ stay empty. */
static void start(clustering *c, uint64_t seed)
{
    zub_random random = {seed, 0};
    double sum = 0;

    memset(c->centroids, 0, c->columns * c->stride * sizeof *c->centroids);
    for (size_t row = 0; row < c->rows; row++) {
        c->distance[row] = !is_empty(c, row);
        sum += c->distance[row];
        c->groups[row] = UINT32_MAX;
    }
    for (size_t group = 0; group < c->k && sum > 0; group++) {
        set_centroid(c, group, draw(c, sum, &random));
        sum = note_distances(c, group);
    }
}

/* ---- A step ---- */

/* Returns how many rows changed their group. */
static size_t assign(clustering *c)
{
    size_t changed = 0;

    memset(c->sizes, 0, c->k * sizeof *c->sizes);
    for (size_t row = 0; row < c->rows; row++) {
        if (is_empty(c, row))
            continue;
        uint32_t group = nearest(c, row);
        changed += c->groups[row] != group;
        c->groups[row] = group;
        c->sizes[group]++;
    }
    return changed;
}

/* The row that is furthest from a group in which it is not alone, or rows. */
static size_t find_worst(const clustering *c)
{
    size_t worst = c->rows;
    float least = 1 - 1e-4f; /* one of rows that are alike gains nothing */

    for (size_t row = 0; row < c->rows; row++) {
        if (is_empty(c, row) || c->sizes[c->groups[row]] < 2)
            continue;
        float cosine = c->cosines[row * c->stride + c->groups[row]];
        if (cosine < least) {
            least = cosine;
            worst = row;
        }
    }
    return worst;
}

static void fill_empty(clustering *c)
{
    for (uint32_t group = 0; group < c->k; group++) {
        size_t row = c->sizes[group] == 0 ? find_worst(c) : c->rows;
        if (row == c->rows)
            continue;
        c->sizes[c->groups[row]]--;
        c->groups[row] = group;
        c->sizes[group]++;
    }
}

static void scale(clustering *c)
{
    memset(c->norms, 0, c->stride * sizeof *c->norms);
    for (size_t i = 0; i < c->columns; i++)
        for (size_t t = 0; t < c->stride; t++) {
            double value = c->centroids[i * c->stride + t];
            c->norms[t] += value * value;
        }
    for (size_t t = 0; t < c->stride; t++)
        c->norms[t] = c->norms[t] > 0 ? 1 / sqrt(c->norms[t]) : 0;
    for (size_t i = 0; i < c->columns; i++)
        for (size_t t = 0; t < c->stride; t++)
            c->centroids[i * c->stride + t] *= (float)c->norms[t];
}

static void move_centroids(clustering *c)
{
    memset(c->centroids, 0, c->columns * c->stride * sizeof *c->centroids);
    for (size_t row = 0; row < c->rows; row++)
        for (int32_t i = c->matrix->starts[row];
             i < c->matrix->starts[row + 1]; i++)
            c->centroids[(size_t)c->matrix->cols[i] * c->stride +
                         c->groups[row]] += c->matrix->values[i];
    scale(c);
}

/* The sum of all rows' cosines with their centroids. */
static double run(clustering *c, unsigned iterations, uint64_t seed)
{
    double score = 0;

    start(c, seed);
    compare_all(c);
    for (unsigned i = 0; i < iterations && assign(c) > 0; i++) {
        fill_empty(c);
        move_centroids(c);
        compare_all(c);
    }
    for (size_t row = 0; row < c->rows; row++)
        score += is_empty(c, row)
                     ? 0
                     : c->cosines[row * c->stride + nearest(c, row)];
    return score;
}

/* ---- The whole ---- */

static zub_status open_clustering(clustering *c, const zub_csr *matrix,
                                  const zub_cluster_options *options)
{
    *c = (clustering){.matrix = matrix,
                      .rows = (size_t)matrix->rows,
                      .columns = (size_t)matrix->columns,
                      .k = options->k,
                      .stride = (options->k + LANES - 1) / LANES * LANES,
                      .threads = options->threads ? options->threads
                                                  : zub_processors()};
    c->centroids = zub_alloc(c->columns, c->stride * sizeof *c->centroids);
    c->cosines = zub_alloc(c->rows, c->stride * sizeof *c->cosines);
    c->norms = zub_alloc(c->stride, sizeof *c->norms);
    c->groups = zub_alloc(c->rows, sizeof *c->groups);
    c->sizes = zub_alloc(c->k, sizeof *c->sizes);
    c->distance = zub_alloc(c->rows, sizeof *c->distance);
    return c->centroids && c->cosines && c->norms && c->groups && c->sizes &&
                   c->distance
               ? ZUB_OK
               : ZUB_ENOMEM;
}

static void close_clustering(clustering *c)
{
    zub_free(c->centroids);
    zub_free(c->cosines);
    zub_free(c->norms);
    zub_free(c->groups);
    zub_free(c->sizes);
    zub_free(c->distance);
}

static void copy_cosines(float *out, const clustering *c)
{
    for (size_t row = 0; row < c->rows; row++)
        memcpy(out + row * c->k, c->cosines + row * c->stride,
               c->k * sizeof *out);
}

zub_status zub_clusters_make(float **cosines, const zub_csr *matrix,
                             const zub_cluster_options *options)
{
    clustering c;
    zub_status status = open_clustering(&c, matrix, options);
    double best = -1;

    *cosines = zub_alloc(c.rows, c.k * sizeof **cosines);
    if (!*cosines)
        status = ZUB_ENOMEM;
    for (unsigned i = 0; status == ZUB_OK && i < options->restarts; i++) {
        double score =
            run(&c, options->iterations, zub_random_at(options->seed, i));
        if (score > best) {
            best = score;
            copy_cosines(*cosines, &c);
        }
    }
    close_clustering(&c);
    if (status != ZUB_OK) {
        zub_free(*cosines);
        *cosines = NULL;
    }
    return status;
}
