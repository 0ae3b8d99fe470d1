/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* choose.c - see choose.h. V and V' [most][columns] are the components of the
 * two halves: the singular values of V V'' are the cosines of the angles
 * between the spaces that they span (Bjorck & Golub 1973). Which half a row is
 * in is drawn by its number. */
#include "vectors/choose.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/random.h"
#include "vectors/blas.h"
#include "vectors/svd.h"
#include "vectors/tall.h"

#define MOST ((size_t)50)
#define COLUMNS_EACH 16u /* columns that a dimension needs */
#define RETURNS .75      /* the square of the cosine of 30 degrees */

/* Random spaces of p times the columns meet by chance: the squares of cosines
 * between them go up to 4 p (1 - p) (Wachter 1980), a quarter here. */
static size_t most_dimensions(const zub_csr *rows,
                              const zub_choice_options *options)
{
    size_t most = options->most ? options->most : MOST;
    size_t room = (size_t)rows->columns / COLUMNS_EACH;

    return most < room ? most : room > 0 ? room : 1;
}

/* ---- Halves ---- */

static bool is_in_half(uint64_t seed, int32_t row, int half)
{
    return (int)(zub_random_at(seed, (uint64_t)row) >> 63) == half;
}

static zub_status take_half(zub_csr *out, const zub_csr *rows, uint64_t seed,
                            int half)
{
    zub_csr_builder builder;

    zub_csr_builder_init(&builder, rows->columns);
    for (int32_t r = 0; r < rows->rows; r++) {
        if (!is_in_half(seed, r, half))
            continue;
        for (int32_t i = rows->starts[r]; i < rows->starts[r + 1]; i++)
            zub_csr_builder_add(&builder, rows->cols[i], rows->values[i]);
        zub_csr_builder_end_row(&builder);
    }
    return zub_csr_builder_finish(&builder, out);
}

static zub_status reduce_half(zub_svd *out, const zub_csr *rows,
                              const zub_choice_options *options, int half,
                              zub_error *error)
{
    zub_svd_options reduction = {.k = most_dimensions(rows, options),
                                 .seed = options->seed,
                                 .threads = options->threads};
    zub_csr taken;
    zub_status status = take_half(&taken, rows, options->seed, half);

    *out = (zub_svd){0};
    if (status != ZUB_OK)
        return zub_fail_memory(error);
    status = zub_svd_make(out, &taken, &reduction, error);
    zub_csr_release(&taken);
    return status;
}

/* ---- What they have in common ---- */

/* gram[a.k][a.k] = C C', C [a.k][b.k] the cosines of all pairs of
 * components. */
static void square_cosines(double *gram, float *cosines, const zub_blas *blas,
                           const zub_svd *a, const zub_svd *b)
{
    zub_blas_multiply(blas, &(zub_product){.rows = a->k,
                                           .columns = b->k,
                                           .inner = a->columns,
                                           .a = a->components,
                                           .a_stride = a->columns,
                                           .b = b->components,
                                           .b_stride = b->columns,
                                           .b_is_transposed = true,
                                           .c = cosines,
                                           .c_stride = b->k,
                                           .alpha = 1});
    for (size_t i = 0; i < a->k; i++)
        for (size_t j = 0; j < a->k; j++) {
            double sum = 0;
            for (size_t t = 0; t < b->k; t++)
                sum += (double)cosines[i * b->k + t] *
                       (double)cosines[j * b->k + t];
            gram[i * a->k + j] = sum;
        }
}

static size_t count_returning(const double *squares, size_t size)
{
    size_t count = 0;

    for (size_t i = 0; i < size; i++)
        count += squares[i] >= RETURNS;
    return count;
}

static zub_status compare(size_t *k, const zub_blas *blas, const zub_svd *a,
                          const zub_svd *b)
{
    float *cosines = zub_alloc(a->k, b->k * sizeof *cosines);
    double *gram = zub_alloc(a->k, a->k * sizeof *gram);
    double *squares = zub_alloc(a->k, sizeof *squares);
    zub_status status = cosines && gram && squares ? ZUB_OK : ZUB_ENOMEM;

    if (status == ZUB_OK && a->k > 0 && b->k > 0) {
        square_cosines(gram, cosines, blas, a, b);
        status = zub_blas_eigenvalues(blas, squares, gram, a->k);
        *k = status == ZUB_OK ? count_returning(squares, a->k) : 0;
    }
    zub_free(cosines);
    zub_free(gram);
    zub_free(squares);
    return status;
}

/* Rows with entries have one topic at least. */
static size_t at_least_one(size_t k, const zub_csr *rows)
{
    return k == 0 && rows->starts[rows->rows] > 0 ? 1 : k;
}

zub_status zub_choose_dimensions(size_t *k, const zub_csr *rows,
                                 const zub_choice_options *options,
                                 zub_error *error)
{
    zub_svd halves[2] = {{0}, {0}};
    zub_blas *blas;

    *k = 0;
    zub_error_clear(error);
    zub_status status = zub_blas_open(&blas, 1, error);
    for (int half = 0; status == ZUB_OK && half < 2; half++)
        status = reduce_half(&halves[half], rows, options, half, error);
    if (status == ZUB_OK) {
        status = compare(k, blas, &halves[0], &halves[1]);
        if (status != ZUB_OK)
            zub_fail_memory(error);
    }
    if (status == ZUB_OK)
        *k = at_least_one(*k, rows);
    zub_svd_release(&halves[0]);
    zub_svd_release(&halves[1]);
    zub_blas_close(blas);
    return status;
}
