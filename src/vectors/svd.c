/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* svd.c - see svd.h. Letters: A [m][n], k what was asked for.
 *
 *     m <= n: Y [m][k], eigenvectors of AA'; Z = A' Y, Z'Z = W D W', and
 *             Z W / sqrt(D) are the components
 *     m > n:  Z [n][k], eigenvectors of A'A, are the components
 *     u = A components', values the lengths of its columns
 *
 * It ends on the side of the columns, so that u is what new rows would get. A
 * is scaled by a power of two to a norm of about 1, so nothing overflows
 * whatever its unit. */
#include "vectors/svd.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "vectors/krylov.h"

#define TOLERANCE 5e-3
#define EVEN .05 /* smallest by largest value */
#define ALL_OF ((size_t)256)
#define FEWEST_STEPS 8u
#define MOST_TIMES 8u /* dimensions looked through, for one that is wanted */
#define NEGLIGIBLE 0x1p-18 /* of the largest singular value */

typedef struct finder {
    const zub_csr *a;
    zub_csr transposed;
    float scale; /* a power of two */
    size_t width;
    zub_crew crew;
    zub_tall y; /* [rows][width] */
    zub_tall z; /* [columns][width] */
    double *gram, *squares;
} finder;

/* ---- Opening ---- */

static int clamp(int value, int most)
{
    return value > most ? most : value < -most ? -most : value;
}

static zub_status find_scale(finder *f, zub_error *error)
{
    double sum = 0;

    for (int32_t i = 0; i < f->a->starts[f->a->rows]; i++)
        sum += (double)f->a->values[i] * (double)f->a->values[i];
    if (!isfinite(sum))
        return zub_fail(error, ZUB_EINVAL,
                        "a value of the matrix is not finite");
    f->scale = 1;
    if (sum > 0)
        f->scale = ldexpf(1, -clamp(ilogb(sqrt(sum)), 120));
    return ZUB_OK;
}

/* In MiB, rounded up; the result's too. */
static size_t mebibytes_for(const finder *f)
{
    size_t rows = (size_t)f->a->rows, columns = (size_t)f->a->columns;
    double bytes = (double)zub_tall_bytes(rows, f->width) * 2 +
                   (double)zub_tall_bytes(columns, f->width) * 2 +
                   (double)f->a->starts[f->a->rows] * 8;

    return (size_t)(bytes / 0x1p20) + 1;
}

static zub_status fail_of_memory(const finder *f, zub_error *error)
{
    return zub_fail(error, ZUB_ENOMEM,
                    "out of memory: a decomposition of %ld rows and %ld "
                    "columns in %zu dimensions takes %zu MiB (ask for fewer)",
                    (long)f->a->rows, (long)f->a->columns, f->width,
                    mebibytes_for(f));
}

static zub_status make_room(finder *f)
{
    size_t n = f->width;
    zub_status status = zub_csr_transpose(&f->transposed, f->a);

    if (status == ZUB_OK)
        status = zub_tall_init(&f->y, (size_t)f->a->rows, n);
    if (status == ZUB_OK)
        status = zub_tall_init(&f->z, (size_t)f->a->columns, n);
    f->gram = zub_alloc(n, n * sizeof *f->gram);
    f->squares = zub_alloc(n, sizeof *f->squares);
    return f->gram && f->squares ? status : ZUB_ENOMEM;
}

static void close_finder(finder *f)
{
    zub_csr_release(&f->transposed);
    zub_tall_release(&f->y);
    zub_tall_release(&f->z);
    zub_free(f->gram);
    zub_free(f->squares);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* ---- The components, in z ---- */

/* Where the smaller side is hardly larger than what would be looked through,
 * all of it is, and nothing is random. */
static bool is_small(const finder *f)
{
    size_t side = smaller(f->y.rows, f->z.rows);

    return side <= ALL_OF || f->width >= side / 4;
}

static size_t most_steps(const finder *f, const zub_svd_options *options)
{
    size_t side = smaller(f->y.rows, f->z.rows) / ZUB_KRYLOV_WIDTH;
    size_t least = (f->width + ZUB_KRYLOV_WIDTH - 1) / ZUB_KRYLOV_WIDTH;
    size_t steps = options->iterations ? options->iterations
                                       : MOST_TIMES * least + FEWEST_STEPS;

    return smaller(steps > least ? steps : least, side);
}

static zub_status find_vectors(finder *f, const zub_svd_options *options)
{
    bool is_wide = f->y.rows <= f->z.rows;
    zub_tall *out = is_wide ? &f->y : &f->z;
    zub_operator operation = {&f->transposed, f->a, f->scale};
    zub_krylov_options how = {most_steps(f, options),
                              options->tolerance > 0 ? options->tolerance
                                                     : TOLERANCE,
                              options->seed};

    if (!is_wide)
        operation = (zub_operator){f->a, &f->transposed, f->scale};
    return is_small(f) ? zub_krylov_solve(out, &operation, &f->crew)
                       : zub_krylov_find(out, &operation, &how, &f->crew);
}

/* small[width][k] = W / sqrt(D) by falling value. Where D falls to nothing k
 * ends. */
static size_t take_whitening(float *small, const finder *f)
{
    size_t n = f->width, k = 0;
    double least = f->squares[n - 1] * NEGLIGIBLE * NEGLIGIBLE;

    while (k < n && f->squares[n - 1 - k] > least)
        k++;
    for (size_t j = 0; j < k; j++)
        for (size_t i = 0; i < n; i++)
            small[i * k + j] = (float)(f->gram[(n - 1 - j) * n + i] /
                                       sqrt(f->squares[n - 1 - j]));
    return k;
}

/* Rounding leaves components of small values less orthogonal than those of
 * large ones. */
static bool is_even(const finder *f, size_t k)
{
    return k == f->width && f->squares[0] > EVEN * EVEN * f->squares[k - 1];
}

static zub_status whiten(finder *f)
{
    float *small = zub_alloc(f->width, f->width * sizeof *small);

    if (!small)
        return ZUB_ENOMEM;
    size_t k = take_whitening(small, f);
    zub_status status =
        zub_tall_apply(f->z.values, f->z.stride, &f->z, small, k, &f->crew);
    zub_free(small);
    zub_tall_narrow(&f->z, k);
    if (status == ZUB_OK && k > 0 && !is_even(f, k))
        status = zub_tall_orthonormalise(&f->z, &f->crew);
    return status;
}

/* From eigenvectors of AA' in y. */
static zub_status cross_over(finder *f)
{
    zub_tall_multiply(&f->z, &f->transposed, f->scale, &f->y, f->crew.threads);
    zub_status status = zub_tall_gram(f->gram, &f->z, &f->crew);
    if (status == ZUB_OK)
        status = zub_blas_eigen(f->crew.blas, f->squares, f->gram, f->width);
    return status == ZUB_OK ? whiten(f) : status;
}

static zub_status find_components(finder *f, const zub_svd_options *options)
{
    zub_status status = find_vectors(f, options);

    if (status != ZUB_OK)
        return status;
    return f->y.rows <= f->z.rows ? cross_over(f)
                                  : zub_tall_orthonormalise(&f->z, &f->crew);
}

/* ---- The result ---- */

/* The lengths of y's columns; order[] by falling length, of equals the
 * earlier. k ends where nothing is left. */
static void order_values(zub_svd *out, finder *f, size_t *order)
{
    const zub_tall *y = &f->y;

    memset(f->squares, 0, f->width * sizeof *f->squares);
    for (size_t r = 0; r < y->rows; r++)
        for (size_t j = 0; j < f->z.columns; j++) {
            double value = (double)y->values[r * y->stride + j];
            f->squares[j] += value * value;
        }
    for (size_t j = 0; j < f->z.columns; j++) {
        size_t at = j;
        for (; at > 0 && f->squares[order[at - 1]] < f->squares[j]; at--)
            order[at] = order[at - 1];
        order[at] = j;
    }
    while (out->k < f->z.columns &&
           f->squares[order[out->k]] >
               f->squares[order[0]] * NEGLIGIBLE * NEGLIGIBLE)
        out->k++;
}

static zub_status make_result(zub_svd *out)
{
    out->u = zub_alloc(out->rows * out->k, sizeof *out->u);
    out->components = zub_alloc(out->columns * out->k, sizeof *out->u);
    out->values = zub_alloc(out->k, sizeof *out->values);
    out->explained = zub_alloc(out->k, sizeof *out->explained);
    out->ratios = zub_alloc(out->k, sizeof *out->ratios);
    return out->u && out->components && out->values && out->explained &&
                   out->ratios
               ? ZUB_OK
               : ZUB_ENOMEM;
}

/* signs[z->columns]: -1 where the entry furthest from 0, the first of equals,
 * is below it. */
static void find_signs(float *signs, const zub_tall *z)
{
    for (size_t j = 0; j < z->columns; j++)
        signs[j] = 0;
    for (size_t c = 0; c < z->rows; c++)
        for (size_t j = 0; j < z->columns; j++) {
            float value = z->values[c * z->stride + j];
            if (fabsf(value) > fabsf(signs[j]))
                signs[j] = value;
        }
    for (size_t j = 0; j < z->columns; j++)
        signs[j] = signs[j] < 0 ? -1 : 1;
}

/* out->components[k][columns] from z, some columns at a time so that both stay
 * in the cache. */
static void turn(zub_svd *out, const zub_tall *z, const size_t *order,
                 const float *signs)
{
    const size_t at_once = 64;

    for (size_t from = 0; from < z->rows; from += at_once)
        for (size_t j = 0; j < out->k; j++)
            for (size_t c = from; c < smaller(from + at_once, z->rows); c++)
                out->components[j * z->rows + c] =
                    signs[order[j]] * z->values[c * z->stride + order[j]];
}

static void copy_rows(zub_svd *out, const finder *f, const size_t *order,
                      const float *signs)
{
    const zub_tall *y = &f->y;

    for (size_t r = 0; r < y->rows; r++)
        for (size_t j = 0; j < out->k; j++)
            out->u[r * out->k + j] = signs[order[j]] *
                                     y->values[r * y->stride + order[j]] /
                                     f->scale;
}

static zub_status take_result(zub_svd *out, finder *f)
{
    size_t *order = zub_alloc(f->width, sizeof *order);
    float *signs = zub_alloc(f->width, sizeof *signs);
    zub_status status = order && signs ? ZUB_OK : ZUB_ENOMEM;

    if (status == ZUB_OK) {
        zub_tall_multiply(&f->y, f->a, f->scale, &f->z, f->crew.threads);
        order_values(out, f, order);
        status = make_result(out);
    }
    if (status == ZUB_OK) {
        find_signs(signs, &f->z);
        for (size_t j = 0; j < out->k; j++)
            out->values[j] = sqrt(f->squares[order[j]]) / (double)f->scale;
        turn(out, &f->z, order, signs);
        copy_rows(out, f, order, signs);
    }
    zub_free(order);
    zub_free(signs);
    return status;
}

/* ---- Variances ---- */

static double variance_of(double sum, double squares, double rows)
{
    double mean = sum / rows, variance = squares / rows - mean * mean;

    return variance > 0 ? variance : 0;
}

/* Of each column of A over all its rows, zeros too. */
static double whole_variance(const zub_csr *transposed)
{
    double total = 0;

    for (int32_t c = 0; c < transposed->rows; c++) {
        double sum = 0, squares = 0;
        for (int32_t i = transposed->starts[c]; i < transposed->starts[c + 1];
             i++) {
            double value = (double)transposed->values[i];
            sum += value;
            squares += value * value;
        }
        total += variance_of(sum, squares, transposed->columns);
    }
    return total;
}

static void explain(zub_svd *out, const finder *f)
{
    for (size_t j = 0; j < out->k; j++) {
        double sum = 0, squares = 0;
        for (size_t r = 0; r < out->rows; r++) {
            double value = (double)out->u[r * out->k + j];
            sum += value;
            squares += value * value;
        }
        out->explained[j] = variance_of(sum, squares, (double)out->rows);
    }
    out->variance = whole_variance(&f->transposed);
    for (size_t j = 0; j < out->k; j++)
        out->ratios[j] =
            out->variance > 0 ? out->explained[j] / out->variance : 0;
}

/* ---- All of it ---- */

static zub_status decompose(zub_svd *out, finder *f,
                            const zub_svd_options *options)
{
    zub_status status = find_components(f, options);

    if (status == ZUB_OK)
        status = take_result(out, f);
    if (status == ZUB_OK)
        explain(out, f);
    return status;
}

zub_status zub_svd_make(zub_svd *out, const zub_csr *a,
                        const zub_svd_options *options, zub_error *error)
{
    zub_blas *blas;
    finder f = {.a = a,
                .width = smaller(options->k,
                                 smaller((size_t)a->rows, (size_t)a->columns)),
                .crew.threads = zub_crew_threads(options->threads)};

    *out = (zub_svd){.rows = (size_t)a->rows, .columns = (size_t)a->columns};
    zub_error_clear(error);
    if (options->k == 0)
        return zub_fail(error, ZUB_EINVAL,
                        "a decomposition needs at least one dimension");
    zub_status status = find_scale(&f, error);
    if (status == ZUB_OK)
        status = zub_blas_open(&blas, f.crew.threads, error);
    if (status != ZUB_OK)
        return status;
    f.crew.blas = blas;
    status = make_room(&f);
    if (status == ZUB_OK && f.width > 0)
        status = decompose(out, &f, options);
    if (status == ZUB_ENOMEM)
        fail_of_memory(&f, error);
    else if (status != ZUB_OK)
        zub_fail(error, status, "the decomposition does not converge");
    close_finder(&f);
    zub_blas_close(blas);
    if (status != ZUB_OK)
        zub_svd_release(out);
    return status;
}

void zub_svd_release(zub_svd *svd)
{
    zub_free(svd->u);
    zub_free(svd->values);
    zub_free(svd->components);
    zub_free(svd->explained);
    zub_free(svd->ratios);
    *svd = (zub_svd){0};
}

zub_status zub_svd_fold(float *out, const zub_svd *svd, const zub_csr *rows,
                        unsigned threads, zub_error *error)
{
    zub_tall components = {0}, folded = {0};

    if ((size_t)rows->columns != svd->columns)
        return zub_fail(error, ZUB_EINVAL,
                        "the rows have %ld columns, and the decomposition %zu",
                        (long)rows->columns, svd->columns);
    zub_status status = zub_tall_init(&components, svd->columns, svd->k);
    if (status == ZUB_OK)
        status = zub_tall_init(&folded, (size_t)rows->rows, svd->k);
    if (status == ZUB_OK && svd->k > 0) {
        for (size_t c = 0; c < svd->columns; c++)
            for (size_t j = 0; j < svd->k; j++)
                components.values[c * components.stride + j] =
                    svd->components[j * svd->columns + c];
        zub_tall_multiply(&folded, rows, 1, &components,
                          zub_crew_threads(threads));
        for (size_t r = 0; r < folded.rows; r++)
            memcpy(out + r * svd->k, folded.values + r * folded.stride,
                   svd->k * sizeof *out);
    }
    zub_tall_release(&components);
    zub_tall_release(&folded);
    return status == ZUB_OK ? ZUB_OK : zub_fail_memory(error);
}
