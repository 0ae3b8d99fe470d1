/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* tall.c - see tall.h. Dense work goes to OpenBLAS in blocks of rows, which
 * stay in the cache and are what threads share out. */
#include "vectors/tall.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/pool.h"
#include "base/random.h"

#define ALIGNMENT ((size_t)64)
#define BLOCK_ROWS ((size_t)256)
#define MOST_PARTS ((size_t)16) /* Gram matrices that are summed */
/* Of a column, as a share of its length, that those before it do not have. */
#define DEPENDENT 1e-5
#define INDEPENDENT .1

unsigned zub_crew_threads(unsigned threads)
{
    if (threads == 0)
        threads = zub_processors();
    return threads < ZUB_BLAS_CALLERS ? threads : ZUB_BLAS_CALLERS;
}

/* ---- The matrix ---- */

static size_t stride_for(size_t columns)
{
    return (columns + 15) / 16 * 16;
}

size_t zub_tall_bytes(size_t rows, size_t columns)
{
    size_t bytes;

    if (__builtin_mul_overflow(rows, stride_for(columns) * sizeof(float),
                               &bytes) ||
        __builtin_add_overflow(bytes, ALIGNMENT, &bytes))
        return SIZE_MAX;
    return bytes;
}

zub_status zub_tall_init(zub_tall *out, size_t rows, size_t columns)
{
    void *block = zub_alloc_zero(zub_tall_bytes(rows, columns), 1);
    char *at = block;

    *out = (zub_tall){0};
    if (!block)
        return ZUB_ENOMEM;
    at += (ALIGNMENT - (uintptr_t)at % ALIGNMENT) % ALIGNMENT;
    *out = (zub_tall){rows, columns, stride_for(columns), (void *)at, block};
    return ZUB_OK;
}

void zub_tall_release(zub_tall *tall)
{
    zub_free(tall->block);
    *tall = (zub_tall){0};
}

void zub_tall_narrow(zub_tall *tall, size_t columns)
{
    for (size_t r = 0; r < tall->rows; r++)
        for (size_t c = columns; c < tall->columns; c++)
            tall->values[r * tall->stride + c] = 0;
    tall->columns = columns;
}

float zub_tall_random(uint64_t seed, uint64_t counter)
{
    uint64_t bits = zub_random_at(seed, counter);
    int32_t sum = (int32_t)(bits & 0xFFFF) + (int32_t)(bits >> 16 & 0xFFFF) +
                  (int32_t)(bits >> 32 & 0xFFFF) + (int32_t)(bits >> 48);
    const float deviation = 37837.2f; /* of the sum: 2^16 / sqrt(3) */

    return (float)(sum - 2 * 0xFFFF) / deviation;
}

void zub_tall_randomise(zub_tall *tall, uint64_t seed)
{
    for (size_t r = 0; r < tall->rows; r++)
        for (size_t c = 0; c < tall->columns; c++)
            tall->values[r * tall->stride + c] =
                zub_tall_random(seed, r * tall->columns + c);
}

void zub_tall_spread(zub_tall *tall, const zub_csr *a, float scale)
{
    for (int32_t r = 0; r < a->rows; r++)
        for (int32_t i = a->starts[r]; i < a->starts[r + 1]; i++)
            tall->values[(size_t)r * tall->stride + (size_t)a->cols[i]] =
                a->values[i] * scale;
}

static size_t blocks_of(size_t rows)
{
    return (rows + BLOCK_ROWS - 1) / BLOCK_ROWS;
}

/* Rows of a part of which sums are taken: whole blocks, at least one. */
static size_t part_rows_for(size_t rows)
{
    size_t blocks = (blocks_of(rows) + MOST_PARTS - 1) / MOST_PARTS;

    return (blocks ? blocks : 1) * BLOCK_ROWS;
}

/* ---- Gram matrices: parts of rows, summed in order ---- */

typedef struct gram_work {
    const zub_tall *tall;
    const zub_blas *blas;
    size_t part_rows, parts, squared;
    double *grams;   /* [parts][columns][columns] */
    double *scratch; /* [threads][BLOCK_ROWS][columns] */
} gram_work;

static void widen(double *out, const zub_tall *tall, size_t first, size_t rows)
{
    for (size_t r = 0; r < rows; r++) {
        const float *row = tall->values + (first + r) * tall->stride;
        for (size_t c = 0; c < tall->columns; c++)
            *out++ = (double)row[c];
    }
}

static void add_part(void *context, size_t part, unsigned worker)
{
    const gram_work *work = context;
    const zub_tall *tall = work->tall;
    double *block = work->scratch + worker * BLOCK_ROWS * tall->columns;
    size_t end = (part + 1) * work->part_rows;

    end = end < tall->rows ? end : tall->rows;
    for (size_t r = part * work->part_rows; r < end; r += BLOCK_ROWS) {
        size_t rows = end - r < BLOCK_ROWS ? end - r : BLOCK_ROWS;
        widen(block, tall, r, rows);
        zub_blas_gram(work->blas, work->grams + part * work->squared, block,
                      rows, tall->columns);
    }
}

/* Both triangles of the sum of the parts' lower ones. */
static void sum_parts(double *gram, const gram_work *work)
{
    size_t n = work->tall->columns;

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;
            for (size_t p = 0; p < work->parts; p++)
                sum += work->grams[p * work->squared + i * n + j];
            gram[i * n + j] = gram[j * n + i] = sum;
        }
}

zub_status zub_tall_gram(double *gram, const zub_tall *tall,
                         const zub_crew *crew)
{
    size_t n = tall->columns;
    gram_work work = {.tall = tall, .blas = crew->blas, .squared = n * n};

    work.part_rows = part_rows_for(tall->rows);
    work.parts = (tall->rows + work.part_rows - 1) / work.part_rows;
    work.grams = zub_alloc_zero(work.parts * n, n * sizeof *work.grams);
    work.scratch =
        zub_alloc(crew->threads * BLOCK_ROWS, n * sizeof *work.scratch);
    zub_status status = work.grams && work.scratch ? ZUB_OK : ZUB_ENOMEM;
    if (status == ZUB_OK) {
        zub_pool_each(crew->threads, work.parts, add_part, &work);
        sum_parts(gram, &work);
    }
    zub_free(work.grams);
    zub_free(work.scratch);
    return status;
}

/* ---- Products of two of them, in the same way ---- */

typedef struct cross_work {
    const zub_tall *a, *b;
    const zub_blas *blas;
    size_t part_rows;
    float *sums; /* [parts][a->columns][b->columns] */
} cross_work;

/* In blocks so small that OpenBLAS does not copy them first. */
static void cross_part(void *context, size_t part, unsigned worker)
{
    const cross_work *work = context;
    const zub_tall *a = work->a, *b = work->b;
    size_t end = (part + 1) * work->part_rows;
    zub_product product = {.rows = a->columns,
                           .columns = b->columns,
                           .a_stride = a->stride,
                           .a_is_transposed = true,
                           .b_stride = b->stride,
                           .c = work->sums + part * a->columns * b->columns,
                           .c_stride = b->columns,
                           .alpha = 1};

    (void)worker;
    end = end < a->rows ? end : a->rows;
    for (size_t r = part * work->part_rows; r < end; r += BLOCK_ROWS) {
        product.inner = end - r < BLOCK_ROWS ? end - r : BLOCK_ROWS;
        product.a = a->values + r * a->stride;
        product.b = b->values + r * b->stride;
        zub_blas_multiply(work->blas, &product);
        product.beta = 1;
    }
}

zub_status zub_tall_cross(float *out, const zub_tall *a, const zub_tall *b,
                          const zub_crew *crew)
{
    size_t size = a->columns * b->columns;
    size_t part_rows = part_rows_for(a->rows);
    size_t parts = (a->rows + part_rows - 1) / part_rows;
    cross_work work = {a, b, crew->blas, part_rows,
                       zub_alloc(parts * size, sizeof *work.sums)};

    if (!work.sums)
        return ZUB_ENOMEM;
    zub_pool_each(crew->threads, parts, cross_part, &work);
    for (size_t i = 0; i < size; i++) {
        double sum = 0;
        for (size_t p = 0; p < parts; p++)
            sum += (double)work.sums[p * size + i];
        out[i] = (float)sum;
    }
    zub_free(work.sums);
    return ZUB_OK;
}

/* ---- Products with small matrices ---- */

typedef struct add_work {
    const zub_tall *a;
    const zub_blas *blas;
    const float *small;
    zub_tall *out;
    float factor;
} add_work;

static void add_block(void *context, size_t block, unsigned worker)
{
    const add_work *work = context;
    const zub_tall *a = work->a;
    size_t first = block * BLOCK_ROWS, left = a->rows - first;

    (void)worker;
    zub_blas_multiply(
        work->blas,
        &(zub_product){.rows = left < BLOCK_ROWS ? left : BLOCK_ROWS,
                       .columns = work->out->columns,
                       .inner = a->columns,
                       .a = a->values + first * a->stride,
                       .a_stride = a->stride,
                       .b = work->small,
                       .b_stride = work->out->columns,
                       .c = work->out->values + first * work->out->stride,
                       .c_stride = work->out->stride,
                       .alpha = work->factor,
                       .beta = 1});
}

void zub_tall_add(zub_tall *out, float factor, const zub_tall *a,
                  const float *small, const zub_crew *crew)
{
    add_work work = {a, crew->blas, small, out, factor};

    zub_pool_each(crew->threads, blocks_of(a->rows), add_block, &work);
}

typedef struct apply_work {
    const zub_tall *tall;
    const zub_blas *blas;
    const float *small;
    float *out;
    size_t out_stride, columns;
    float *scratch; /* [threads][BLOCK_ROWS][tall->stride] */
} apply_work;

/* Through a copy, so that a block may be written where it was read. */
static void apply_block(void *context, size_t block, unsigned worker)
{
    const apply_work *work = context;
    const zub_tall *tall = work->tall;
    size_t first = block * BLOCK_ROWS;
    size_t rows =
        tall->rows - first < BLOCK_ROWS ? tall->rows - first : BLOCK_ROWS;
    float *copy = work->scratch + worker * BLOCK_ROWS * tall->stride;

    memcpy(copy, tall->values + first * tall->stride,
           rows * tall->stride * sizeof *copy);
    zub_blas_multiply(work->blas,
                      &(zub_product){.rows = rows,
                                     .columns = work->columns,
                                     .inner = tall->columns,
                                     .a = copy,
                                     .a_stride = tall->stride,
                                     .b = work->small,
                                     .b_stride = work->columns,
                                     .c = work->out + first * work->out_stride,
                                     .c_stride = work->out_stride,
                                     .alpha = 1});
}

zub_status zub_tall_apply(float *out, size_t stride, const zub_tall *tall,
                          const float *small, size_t columns,
                          const zub_crew *crew)
{
    apply_work work = {.tall = tall,
                       .blas = crew->blas,
                       .small = small,
                       .out = out,
                       .out_stride = stride,
                       .columns = columns,
                       .scratch =
                           zub_alloc(crew->threads * BLOCK_ROWS,
                                     tall->stride * sizeof *work.scratch)};

    if (!work.scratch)
        return ZUB_ENOMEM;
    if (columns > 0 && tall->columns > 0)
        zub_pool_each(crew->threads, blocks_of(tall->rows), apply_block,
                      &work);
    zub_free(work.scratch);
    return ZUB_OK;
}

/* ---- Orthonormal columns ---- */

/* The lower factor L of the Gram matrix becomes its inverse. Returns what of
 * the column that those before it leave the least of is left, as a share of
 * its length; 0 where nothing is, and the factor none. */
static double invert_factor(const zub_blas *blas, double *gram, size_t n,
                            double *squares)
{
    double least = 1;

    for (size_t i = 0; i < n; i++)
        squares[i] = gram[i * n + i];
    if (!zub_blas_cholesky(blas, gram, n))
        return 0;
    for (size_t i = 0; i < n; i++) {
        double left = gram[i * n + i] / sqrt(squares[i]);
        least = left < least ? left : least;
    }
    return zub_blas_invert_lower(blas, gram, n) ? least : 0;
}

/* tall * inverse(L)', the transpose taken on the way into float. */
static zub_status apply_inverse(zub_tall *tall, const double *inverse,
                                const zub_crew *crew)
{
    size_t n = tall->columns;
    float *small = zub_alloc_zero(n, n * sizeof *small);

    if (!small)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++)
            small[j * n + i] = (float)inverse[i * n + j];
    zub_status status =
        zub_tall_apply(tall->values, tall->stride, tall, small, n, crew);
    zub_free(small);
    return status;
}

static zub_status orthonormalise_in(double *gram, double *squares,
                                    zub_tall *tall, const zub_crew *crew)
{
    double left = 0;

    for (int times = 0; times < 2 && left < INDEPENDENT; times++) {
        zub_status status = zub_tall_gram(gram, tall, crew);
        if (status != ZUB_OK)
            return status;
        left = invert_factor(crew->blas, gram, tall->columns, squares);
        if (left < DEPENDENT)
            return zub_blas_orthonormalise(crew->blas, tall->values,
                                           tall->rows, tall->columns,
                                           tall->stride);
        status = apply_inverse(tall, gram, crew);
        if (status != ZUB_OK)
            return status;
    }
    return ZUB_OK;
}

zub_status zub_tall_orthonormalise(zub_tall *tall, const zub_crew *crew)
{
    size_t n = tall->columns;
    double *gram = zub_alloc(n, n * sizeof *gram);
    double *squares = zub_alloc(n, sizeof *squares);
    zub_status status = gram && squares ? ZUB_OK : ZUB_ENOMEM;

    if (status == ZUB_OK)
        status = orthonormalise_in(gram, squares, tall, crew);
    zub_free(gram);
    zub_free(squares);
    return status;
}
