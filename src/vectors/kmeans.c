/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* kmeans.c - see kmeans.h. Centroids lie on their side, [columns][k], so that
 * all cosines are one product of the rows with them, and the new centroids a
 * walk down each column, in the order of its rows.
 *
 * A start ends when no row changes its topic. The product is so cheap that no
 * bounds are kept which would spare rows a look (Hamerly 2010). */
#include "vectors/kmeans.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/pool.h"
#include "base/random.h"
#include "vectors/tall.h"

#define ITERATIONS 100u
#define RESTARTS 4u
#define SAME 1e-6 /* 1 - cosine of rows that do not differ */
#define BLOCK_COLUMNS ((size_t)1024)

typedef struct clustering {
    const zub_csr *rows;
    zub_csr transposed;
    unsigned threads;
    size_t k, entered; /* rows that have entries */
    float *inverses;   /* [rows] 1 / length; 0: no entries */
    float *nearest;    /* [rows] cosine with the seed that is nearest */
    float *cosines;    /* [rows] with a candidate */
    zub_tall centroids, likeness; /* [columns][k], [rows][k] */
    double *squares;              /* [k] */
    size_t *sizes;                /* [k] */
    uint32_t *topics;             /* [rows], of the start at hand */
    float *scores;                /* [rows] */
    double score;
    zub_random random;
} clustering;

static size_t row_count(const clustering *c)
{
    return (size_t)c->rows->rows;
}

/* ---- Opening ---- */

static zub_status measure_rows(clustering *c, zub_error *error)
{
    const zub_csr *rows = c->rows;

    for (int32_t r = 0; r < rows->rows; r++) {
        double sum = 0;
        for (int32_t i = rows->starts[r]; i < rows->starts[r + 1]; i++)
            sum += (double)rows->values[i] * (double)rows->values[i];
        if (!isfinite(sum))
            return zub_fail(error, ZUB_EINVAL,
                            "a value of the matrix is not finite");
        c->inverses[r] = sum > 0 ? (float)(1 / sqrt(sum)) : 0;
        c->entered += sum > 0;
    }
    return ZUB_OK;
}

static zub_status open_rows(clustering *c, zub_error *error)
{
    size_t rows = row_count(c);
    zub_status status = zub_csr_transpose(&c->transposed, c->rows);

    c->inverses = zub_alloc(rows, sizeof *c->inverses);
    c->nearest = zub_alloc(rows, sizeof *c->nearest);
    c->cosines = zub_alloc_zero(rows, sizeof *c->cosines);
    c->topics = zub_alloc_zero(rows, sizeof *c->topics);
    c->scores = zub_alloc_zero(rows, sizeof *c->scores);
    if (status != ZUB_OK || !c->inverses || !c->nearest || !c->cosines ||
        !c->topics || !c->scores)
        return zub_fail_memory(error);
    return measure_rows(c, error);
}

static zub_status open_topics(clustering *c, size_t k, zub_error *error)
{
    c->k = k < c->entered ? k : c->entered;
    zub_status status =
        zub_tall_init(&c->centroids, (size_t)c->rows->columns, c->k);
    if (status == ZUB_OK)
        status = zub_tall_init(&c->likeness, row_count(c), c->k);
    c->squares = zub_alloc(c->k, sizeof *c->squares);
    c->sizes = zub_alloc(c->k, sizeof *c->sizes);
    return status == ZUB_OK && c->squares && c->sizes ? ZUB_OK
                                                      : zub_fail_memory(error);
}

static void close_clustering(clustering *c)
{
    zub_csr_release(&c->transposed);
    zub_tall_release(&c->centroids);
    zub_tall_release(&c->likeness);
    zub_free(c->inverses);
    zub_free(c->nearest);
    zub_free(c->cosines);
    zub_free(c->topics);
    zub_free(c->scores);
    zub_free(c->squares);
    zub_free(c->sizes);
}

/* ---- Seeds ---- */

/* cosines[] with one row, through the inverted lists of its terms. */
static void compare_with(clustering *c, size_t seed)
{
    const zub_csr *rows = c->rows, *lists = &c->transposed;

    memset(c->cosines, 0, row_count(c) * sizeof *c->cosines);
    for (int32_t i = rows->starts[seed]; i < rows->starts[seed + 1]; i++) {
        int32_t term = rows->cols[i];
        float value = rows->values[i] * c->inverses[seed];
        for (int32_t j = lists->starts[term]; j < lists->starts[term + 1]; j++)
            c->cosines[lists->cols[j]] += value * lists->values[j];
    }
    for (size_t r = 0; r < row_count(c); r++)
        c->cosines[r] *= c->inverses[r];
}

/* How far a row is from the seeds so far. */
static double distance(const clustering *c, size_t row, float nearest)
{
    double off = 1 - (double)nearest;

    return c->inverses[row] > 0 && off > SAME ? off : 0;
}

static double sum_distances(const clustering *c)
{
    double sum = 0;

    for (size_t r = 0; r < row_count(c); r++)
        sum += distance(c, r, c->nearest[r]);
    return sum;
}

/* What they would be with the candidate among the seeds. */
static double sum_with_candidate(const clustering *c)
{
    double sum = 0;

    for (size_t r = 0; r < row_count(c); r++)
        sum += distance(c, r, fmaxf(c->nearest[r], c->cosines[r]));
    return sum;
}

/* A row, as likely as it is far. */
static size_t draw_row(clustering *c, double total)
{
    double left = zub_random_uniform(&c->random) * total;
    size_t last = 0;

    for (size_t r = 0; r < row_count(c); r++) {
        double off = distance(c, r, c->nearest[r]);
        if (off > 0)
            last = r;
        left -= off;
        if (off > 0 && left < 0)
            break;
    }
    return last;
}

/* Of some rows drawn, the one that leaves the others nearest. */
static size_t choose_seed(clustering *c, double total)
{
    unsigned tries = 2 + (unsigned)log((double)c->k);
    size_t best = draw_row(c, total);

    if (c->k == 1)
        return best;
    compare_with(c, best);
    for (double least = sum_with_candidate(c); tries > 1; tries--) {
        size_t row = draw_row(c, total);
        compare_with(c, row);
        double sum = sum_with_candidate(c);
        if (sum < least) {
            least = sum;
            best = row;
        }
    }
    return best;
}

static void put_centroid(clustering *c, size_t topic, size_t row)
{
    const zub_csr *rows = c->rows;

    for (int32_t i = rows->starts[row]; i < rows->starts[row + 1]; i++)
        c->centroids
            .values[(size_t)rows->cols[i] * c->centroids.stride + topic] =
            rows->values[i] * c->inverses[row];
}

/* Fewer than k when all rows that are left are like one of the seeds. */
static void put_seeds(clustering *c)
{
    size_t topic = 0;

    memset(c->centroids.values, 0,
           c->centroids.rows * c->centroids.stride * sizeof(float));
    for (size_t r = 0; r < row_count(c); r++)
        c->nearest[r] = 0;
    for (; topic < c->k; topic++) {
        double total = sum_distances(c);
        if (!(total > 0))
            break;
        size_t seed = choose_seed(c, total);
        put_centroid(c, topic, seed);
        compare_with(c, seed);
        for (size_t r = 0; r < row_count(c); r++)
            c->nearest[r] = fmaxf(c->nearest[r], c->cosines[r]);
    }
    c->k = topic;
}

/* ---- Topics of rows ---- */

/* The topic with the largest cosine, of equals the first. */
static bool assign_row(clustering *c, size_t row)
{
    const float *likeness = c->likeness.values + row * c->likeness.stride;
    uint32_t best = 0;

    for (uint32_t t = 1; t < c->k; t++)
        if (likeness[t] > likeness[best])
            best = t;
    bool has_changed = c->topics[row] != best;
    c->topics[row] = best;
    c->scores[row] = likeness[best] * c->inverses[row];
    return has_changed;
}

/* The row that fits worst, whose topic has others; or none. */
static size_t find_stray(const clustering *c)
{
    size_t worst = SIZE_MAX;

    for (size_t r = 0; r < row_count(c); r++)
        if (c->inverses[r] > 0 && c->sizes[c->topics[r]] > 1 &&
            (worst == SIZE_MAX || c->scores[r] < c->scores[worst]))
            worst = r;
    return worst;
}

/* A topic that nothing was left to gets a stray row. */
static bool fill_empty(clustering *c)
{
    bool has_changed = false;

    memset(c->sizes, 0, c->k * sizeof *c->sizes);
    for (size_t r = 0; r < row_count(c); r++)
        c->sizes[c->topics[r]] += c->inverses[r] > 0;
    for (size_t t = 0; t < c->k; t++) {
        size_t stray = c->sizes[t] == 0 ? find_stray(c) : SIZE_MAX;
        if (stray == SIZE_MAX)
            continue;
        c->sizes[c->topics[stray]]--;
        c->sizes[t] = 1;
        c->topics[stray] = (uint32_t)t;
        c->scores[stray] = 1;
        has_changed = true;
    }
    return has_changed;
}

/* True when a row has changed its topic. */
static bool assign(clustering *c)
{
    bool has_changed = false;

    zub_tall_multiply(&c->likeness, c->rows, 1, &c->centroids, c->threads);
    c->score = 0;
    for (size_t r = 0; r < row_count(c); r++)
        has_changed |= assign_row(c, r);
    has_changed |= fill_empty(c);
    for (size_t r = 0; r < row_count(c); r++)
        c->score += (double)c->scores[r];
    return has_changed;
}

/* ---- Centroids ---- */

static void sum_columns(void *context, size_t block, unsigned worker)
{
    clustering *c = context;
    const zub_csr *lists = &c->transposed;
    size_t stride = c->centroids.stride, end = (block + 1) * BLOCK_COLUMNS;

    (void)worker;
    end = end < c->centroids.rows ? end : c->centroids.rows;
    for (size_t column = block * BLOCK_COLUMNS; column < end; column++) {
        float *sums = c->centroids.values + column * stride;
        memset(sums, 0, stride * sizeof *sums);
        for (int32_t i = lists->starts[column]; i < lists->starts[column + 1];
             i++) {
            int32_t row = lists->cols[i];
            sums[c->topics[row]] += lists->values[i] * c->inverses[row];
        }
    }
}

/* Columns to length 1. */
static void normalise(clustering *c)
{
    size_t stride = c->centroids.stride;

    memset(c->squares, 0, c->k * sizeof *c->squares);
    for (size_t column = 0; column < c->centroids.rows; column++)
        for (size_t t = 0; t < c->k; t++) {
            double value = (double)c->centroids.values[column * stride + t];
            c->squares[t] += value * value;
        }
    for (size_t t = 0; t < c->k; t++)
        c->squares[t] = c->squares[t] > 0 ? 1 / sqrt(c->squares[t]) : 0;
    for (size_t column = 0; column < c->centroids.rows; column++)
        for (size_t t = 0; t < c->k; t++)
            c->centroids.values[column * stride + t] *= (float)c->squares[t];
}

static void move_centroids(clustering *c)
{
    zub_pool_each(c->threads,
                  (c->centroids.rows + BLOCK_COLUMNS - 1) / BLOCK_COLUMNS,
                  sum_columns, c);
    normalise(c);
}

/* ---- Starts ---- */

/* Ends with topics by the centroids as they are. */
static void run_start(clustering *c, unsigned iterations)
{
    put_seeds(c);
    if (c->k == 0)
        return;
    assign(c);
    do
        move_centroids(c);
    while (assign(c) && --iterations > 0);
}

static void keep(zub_kmeans *out, const clustering *c)
{
    out->k = c->k;
    out->score = c->score;
    memcpy(out->topics, c->topics, out->rows * sizeof *out->topics);
    memcpy(out->scores, c->scores, out->rows * sizeof *out->scores);
    for (size_t column = 0; column < out->columns; column++)
        for (size_t t = 0; t < out->k; t++)
            out->centroids[t * out->columns + column] =
                c->centroids.values[column * c->centroids.stride + t];
}

static void run_starts(zub_kmeans *out, clustering *c,
                       const zub_kmeans_options *options)
{
    unsigned restarts = options->restarts ? options->restarts : RESTARTS;
    size_t k = c->k;

    for (unsigned i = 0; i < restarts; i++) {
        c->k = k;
        c->random = (zub_random){zub_random_at(options->seed, i), 0};
        run_start(c, options->iterations ? options->iterations : ITERATIONS);
        if (i == 0 || c->score > out->score)
            keep(out, c);
    }
}

static zub_status cluster(zub_kmeans *out, clustering *c,
                          const zub_kmeans_options *options, zub_error *error)
{
    zub_status status = open_rows(c, error);

    if (status == ZUB_OK)
        status = open_topics(c, options->k, error);
    if (status != ZUB_OK)
        return status;
    out->topics = zub_alloc_zero(out->rows, sizeof *out->topics);
    out->scores = zub_alloc_zero(out->rows, sizeof *out->scores);
    out->centroids = zub_alloc_zero(out->columns, c->k * sizeof(float));
    if (!out->topics || !out->scores || !out->centroids)
        return zub_fail_memory(error);
    if (c->k > 0)
        run_starts(out, c, options);
    return ZUB_OK;
}

zub_status zub_kmeans_make(zub_kmeans *out, const zub_csr *rows,
                           const zub_kmeans_options *options, zub_error *error)
{
    clustering c = {.rows = rows,
                    .threads = zub_crew_threads(options->threads)};

    *out = (zub_kmeans){.rows = (size_t)rows->rows,
                        .columns = (size_t)rows->columns};
    zub_error_clear(error);
    if (options->k == 0) {
        *out = (zub_kmeans){0};
        return zub_fail(error, ZUB_EINVAL, "clusters need a number above 0");
    }
    zub_status status = cluster(out, &c, options, error);
    close_clustering(&c);
    if (status != ZUB_OK)
        zub_kmeans_release(out);
    return status;
}

void zub_kmeans_release(zub_kmeans *kmeans)
{
    zub_free(kmeans->topics);
    zub_free(kmeans->scores);
    zub_free(kmeans->centroids);
    *kmeans = (zub_kmeans){0};
}
