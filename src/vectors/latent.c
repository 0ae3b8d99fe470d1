/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* latent.c - rows that are alike in few dimensions.
 *
 * Rows of length 1 are multiplied tile by tile, in float, by OpenBLAS; what
 * comes near the k-th best so far is scored: a sum in double over the
 * dimensions in order, which is all that comes out. Float sums of products of
 * together at most 1 err by at most 2^-23 a dimension: `slack` is more. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/pool.h"
#include "vectors/answers.h"
#include "vectors/blas.h"
#include "vectors/similar.h"

#define PIECE 64u  /* rows that are asked for at a time, */
#define TILE 2048u /* and against so many: 512 KiB of cosines */

#define NOISE 1e-6 /* of the longest row: some units of float */

struct zub_latent {
    zub_dense rows;
    size_t k; /* neighbours */
    double min_score, slack;
    unsigned threads;
    float *units;    /* [rows][columns], of length 1, or zeros */
    double noise;    /* what has a square up to this lies nowhere */
    double *squares; /* [rows] */
};

/* ---- Making one ---- */

static double product(const float *a, const float *b, size_t size)
{
    double sum = 0;

    for (size_t i = 0; i < size; i++)
        sum += (double)a[i] * (double)b[i];
    return sum;
}

static const float *row_of(const zub_latent *latent, size_t row)
{
    return latent->rows.values + row * latent->rows.columns;
}

/* A row outside the dimensions, such as that of an article that shares no
 * term, has what rounding left instead of zeros. Stretched to length 1 it would
 * be near to anything, and otherwise for each order of the articles. */
static void measure(zub_latent *latent)
{
    double largest = 0;

    for (size_t r = 0; r < latent->rows.rows; r++) {
        const float *row = row_of(latent, r);
        latent->squares[r] = product(row, row, latent->rows.columns);
        largest = fmax(largest, latent->squares[r]);
    }
    latent->noise = NOISE * NOISE * largest;
}

static void normalise(zub_latent *latent)
{
    size_t columns = latent->rows.columns;

    for (size_t r = 0; r < latent->rows.rows; r++) {
        const float *row = row_of(latent, r);
        double square = latent->squares[r];
        double scale = square > latent->noise ? 1 / sqrt(square) : 0;
        for (size_t i = 0; i < columns; i++)
            latent->units[r * columns + i] = (float)((double)row[i] * scale);
    }
}

static zub_status check(zub_similar_options *out, zub_dense rows,
                        const zub_similar_options *options, zub_error *error)
{
    const zub_resemblance *measure;
    zub_status status = zub_similar_check(out, &measure, options, error);

    if (status == ZUB_OK && measure != zub_resemblance_find(NULL))
        status = zub_fail(error, ZUB_EINVAL,
                          "in few dimensions there is the cosine, not '%s'",
                          measure->name);
    return status == ZUB_OK ? zub_similar_check_rows(rows.rows, error)
                            : status;
}

zub_status zub_latent_new(zub_latent **out, zub_dense rows,
                          const zub_similar_options *options, zub_error *error)
{
    zub_similar_options asked;

    *out = NULL;
    zub_error_clear(error);
    zub_status status = check(&asked, rows, options, error);
    if (status != ZUB_OK)
        return status;
    zub_latent *latent = zub_alloc_zero(1, sizeof *latent);
    if (!latent)
        return zub_fail_memory(error);
    latent->rows = rows;
    latent->k = asked.k < rows.rows ? asked.k : rows.rows;
    latent->min_score = asked.min_score;
    latent->threads = asked.threads;
    latent->slack = (double)(rows.columns + 8) * 0x1p-22;
    latent->units =
        zub_alloc(rows.rows, (rows.columns + 1) * sizeof *latent->units);
    latent->squares = zub_alloc(rows.rows, sizeof *latent->squares);
    if (!latent->units || !latent->squares) {
        zub_latent_free(latent);
        return zub_fail_memory(error);
    }
    measure(latent);
    normalise(latent);
    *out = latent;
    return ZUB_OK;
}

void zub_latent_free(zub_latent *latent)
{
    if (!latent)
        return;
    zub_free(latent->units);
    zub_free(latent->squares);
    zub_free(latent);
}

zub_status zub_latent_project(float *out, zub_dense components,
                              const zub_vector *row, zub_error *error)
{
    zub_error_clear(error);
    zub_status status =
        zub_similar_check_query(row, components.columns, error);

    for (size_t d = 0; status == ZUB_OK && d < components.rows; d++) {
        const float *component = components.values + d * components.columns;
        double sum = 0;
        for (size_t i = 0; i < row->size; i++)
            sum += (double)row->values[i] * (double)component[row->cols[i]];
        out[d] = (float)sum;
    }
    return status;
}

/* ---- Asking ---- */

/* A row is scored and, if it counts, remembered. */
static void score_row(const zub_latent *latent, zub_heap *best,
                      const float *point, double square, size_t row)
{
    double norm = square * latent->squares[row];

    if (!(square > latent->noise && latent->squares[row] > latent->noise))
        return;
    double score =
        product(point, row_of(latent, row), latent->rows.columns) / sqrt(norm);
    score = score < 1 ? score : 1;
    if (zub_similar_counts(score, latent->min_score))
        zub_heap_add(best, score, (uint32_t)row);
}

zub_status zub_latent_scan(zub_alikes **out, const zub_latent *latent,
                           const float *point, uint64_t self, zub_error *error)
{
    double square = product(point, point, latent->rows.columns);
    zub_heap best;

    *out = NULL;
    zub_error_clear(error);
    if (!zub_heap_init(&best, latent->k))
        return zub_fail_memory(error);
    for (size_t r = 0; r < latent->rows.rows; r++)
        if (r != self)
            score_row(latent, &best, point, square, r);
    zub_status status = zub_answer_give(out, &best, error);
    zub_heap_release(&best);
    return status;
}

/* ---- Asking for all ---- */

/* A thread's own. */
typedef struct latent_worker {
    float *cosines;  /* [PIECE][TILE] */
    zub_heap *heaps; /* [PIECE] */
} latent_worker;

typedef struct every_point {
    const zub_latent *latent;
    const zub_blas *blas;
    latent_worker *workers; /* [threads] */
    unsigned threads;
} every_point;

static void multiply(const every_point *all, float *cosines, size_t first,
                     size_t count, size_t tile, size_t width)
{
    size_t columns = all->latent->rows.columns;
    const float *units = all->latent->units;
    zub_product product_of_tile = {
        .rows = count,
        .columns = width,
        .inner = columns,
        .a = units + first * columns,
        .b = units + tile * columns,
        .c = cosines,
        .a_stride = columns,
        .b_stride = columns,
        .c_stride = TILE,
        .b_is_transposed = true,
        .alpha = 1,
    };

    zub_blas_multiply(all->blas, &product_of_tile);
}

static void judge(const zub_latent *latent, zub_heap *best, size_t row,
                  const float *cosines, size_t tile, size_t width)
{
    double floor = latent->min_score;

    for (size_t i = 0; i < width; i++) {
        if (best->size == best->k && best->size > 0)
            floor = fmax(floor, best->items[0].score);
        if ((double)cosines[i] >= floor - latent->slack && tile + i != row)
            score_row(latent, best, row_of(latent, row), latent->squares[row],
                      tile + i);
    }
}

static bool find_points(void *context, unsigned worker, size_t first,
                        size_t count, zub_answer_row *answers)
{
    const every_point *all = context;
    const latent_worker *own = &all->workers[worker];
    bool has_dimensions = all->latent->rows.columns > 0;
    size_t rows = has_dimensions ? all->latent->rows.rows : 0;
    bool is_well = true;

    for (size_t i = 0; i < count; i++)
        zub_heap_clear(&own->heaps[i]);
    for (size_t tile = 0; tile < rows; tile += TILE) {
        size_t width = rows - tile < TILE ? rows - tile : TILE;
        multiply(all, own->cosines, first, count, tile, width);
        for (size_t i = 0; i < count; i++)
            judge(all->latent, &own->heaps[i], first + i,
                  own->cosines + i * TILE, tile, width);
    }
    for (size_t i = 0; i < count && is_well; i++)
        is_well = zub_answer_keep(&answers[i], &own->heaps[i]);
    return is_well;
}

static bool open_worker(latent_worker *worker, size_t k)
{
    bool is_whole = true;

    worker->cosines = zub_alloc(PIECE, TILE * sizeof *worker->cosines);
    worker->heaps = zub_alloc_zero(PIECE, sizeof *worker->heaps);
    for (size_t i = 0; worker->heaps && i < PIECE; i++)
        is_whole &= zub_heap_init(&worker->heaps[i], k);
    return worker->cosines && worker->heaps && is_whole;
}

static void close_workers(every_point *all)
{
    for (unsigned w = 0; all->workers && w < all->threads; w++) {
        zub_heap *heaps = all->workers[w].heaps;
        for (size_t i = 0; heaps && i < PIECE; i++)
            zub_heap_release(&heaps[i]);
        zub_free(heaps);
        zub_free(all->workers[w].cosines);
    }
    zub_free(all->workers);
}

static zub_status open_workers(every_point *all, zub_error *error)
{
    bool is_whole = true;

    all->workers = zub_alloc_zero(all->threads, sizeof *all->workers);
    for (unsigned w = 0; all->workers && w < all->threads && is_whole; w++)
        is_whole = open_worker(&all->workers[w], all->latent->k);
    return all->workers && is_whole ? ZUB_OK : zub_fail_memory(error);
}

static unsigned threads_of(const zub_latent *latent)
{
    unsigned threads = latent->threads ? latent->threads : zub_processors();

    return threads < ZUB_BLAS_CALLERS ? threads : ZUB_BLAS_CALLERS;
}

zub_status zub_latent_each(const zub_latent *latent,
                           const zub_similar_taker *taker, zub_error *error)
{
    every_point all = {.latent = latent, .threads = threads_of(latent)};
    zub_answering how = {&all, latent->rows.rows, all.threads, PIECE,
                         find_points};
    zub_blas *blas;

    zub_error_clear(error);
    zub_status status = zub_blas_open(&blas, all.threads, error);
    if (status != ZUB_OK)
        return status;
    all.blas = blas;
    status = open_workers(&all, error);
    if (status == ZUB_OK)
        status = zub_answer_all(&how, taker, error);
    close_workers(&all);
    zub_blas_close(blas);
    return status;
}
