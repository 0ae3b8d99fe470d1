/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_blas.c - dense algebra beside loops that do the same slowly. */
#include "test.h"

#include <stdlib.h>
#include <sys/resource.h>

#include "base/random.h"
#include "vectors/blas.h"

static zub_blas *blas;
static zub_random random_state = {11, 0};

static double draw(void)
{
    return zub_random_uniform(&random_state) * 2 - 1;
}

static float *draw_matrix(size_t rows, size_t columns)
{
    float *out = malloc(rows * columns * sizeof *out);

    for (size_t i = 0; i < rows * columns; i++)
        out[i] = (float)draw();
    return out;
}

/* A symmetric positive definite matrix. */
static double *draw_definite(size_t n)
{
    double *out = calloc(n * n, sizeof *out);
    float *half = draw_matrix(n, n);

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++)
            for (size_t t = 0; t < n; t++)
                out[i * n + j] +=
                    (double)half[i * n + t] * (double)half[j * n + t];
    for (size_t i = 0; i < n; i++)
        out[i * n + i] += .1;
    free(half);
    return out;
}

/* ---- Products ---- */

static float element(const float *values, size_t stride, bool is_transposed,
                     size_t i, size_t j)
{
    return is_transposed ? values[j * stride + i] : values[i * stride + j];
}

static void check_product(bool turns_a, bool turns_b)
{
    enum { ROWS = 7, COLUMNS = 5, INNER = 9, STRIDE = 12 };
    float *a = draw_matrix(STRIDE, STRIDE), *b = draw_matrix(STRIDE, STRIDE);
    float *c = draw_matrix(ROWS, STRIDE), *before = draw_matrix(ROWS, STRIDE);

    memcpy(before, c, ROWS * STRIDE * sizeof *c);
    zub_blas_multiply(blas, &(zub_product){.rows = ROWS,
                                           .columns = COLUMNS,
                                           .inner = INNER,
                                           .a = a,
                                           .b = b,
                                           .c = c,
                                           .a_stride = STRIDE,
                                           .b_stride = STRIDE,
                                           .c_stride = STRIDE,
                                           .a_is_transposed = turns_a,
                                           .b_is_transposed = turns_b,
                                           .alpha = 2,
                                           .beta = -1});
    for (size_t i = 0; i < ROWS; i++)
        for (size_t j = 0; j < STRIDE; j++) {
            double want = (double)before[i * STRIDE + j];
            if (j < COLUMNS) {
                want = -want;
                for (size_t t = 0; t < INNER; t++)
                    want += 2 * (double)element(a, STRIDE, turns_a, i, t) *
                            (double)element(b, STRIDE, turns_b, t, j);
            }
            CHECK_NEAR((double)c[i * STRIDE + j], want, 1e-5);
        }
    free(a);
    free(b);
    free(c);
    free(before);
}

static void products_are_sums_of_products(void)
{
    check_product(false, false);
    check_product(true, false);
    check_product(false, true);
    check_product(true, true);
}

static void a_gram_adds_up_over_blocks(void)
{
    enum { ROWS = 40, N = 6 };
    double a[ROWS * N], gram[N * N] = {0};
    float f[ROWS * N], gram_float[N * N] = {0};

    for (size_t i = 0; i < ROWS * N; i++) {
        a[i] = draw();
        f[i] = (float)a[i];
    }
    zub_blas_gram(blas, gram, a, 15, N);
    zub_blas_gram(blas, gram, a + 15 * N, ROWS - 15, N);
    zub_blas_gram_float(blas, gram_float, f, ROWS, N, N);
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j <= i; j++) {
            double want = 0;
            for (size_t r = 0; r < ROWS; r++)
                want += a[r * N + i] * a[r * N + j];
            CHECK_NEAR(gram[i * N + j], want, 1e-12);
            CHECK_NEAR((double)gram_float[i * N + j], want, 1e-4);
        }
}

/* ---- Factors ---- */

static void cholesky_s_factor_gives_the_matrix_back(void)
{
    enum { N = 13 };
    double *a = draw_definite(N), *l = malloc(N * N * sizeof *l);

    memcpy(l, a, N * N * sizeof *l);
    CHECK(zub_blas_cholesky(blas, l, N));
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;
            for (size_t t = 0; t <= j; t++)
                sum += l[i * N + t] * l[j * N + t];
            CHECK_NEAR(sum, a[i * N + j], 1e-12);
        }
    a[5 * N + 5] = -1;
    CHECK(!zub_blas_cholesky(blas, a, N));
    free(a);
    free(l);
}

static void an_inverse_undoes_its_triangle(void)
{
    enum { N = 9 };
    double *l = draw_definite(N), inverse[N * N];

    CHECK(zub_blas_cholesky(blas, l, N));
    memcpy(inverse, l, sizeof inverse);
    CHECK(zub_blas_invert_lower(blas, inverse, N));
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;
            for (size_t t = j; t <= i; t++)
                sum += l[i * N + t] * inverse[t * N + j];
            CHECK_NEAR(sum, i == j, 1e-11);
        }
    inverse[0] = 0;
    CHECK(!zub_blas_invert_lower(blas, inverse, N));
    free(l);
}

static void what_is_solved_for_gives_the_right_side(void)
{
    enum { ROWS = 4, N = 6, STRIDE = 8 };
    double *a = draw_definite(N);
    float *b = draw_matrix(ROWS, STRIDE), *x = draw_matrix(ROWS, STRIDE);
    float l[N * N];

    CHECK(zub_blas_cholesky(blas, a, N));
    for (size_t i = 0; i < (size_t)N * N; i++)
        l[i] = (float)a[i];
    memcpy(x, b, ROWS * STRIDE * sizeof *x);
    zub_blas_solve_lower(blas, x, ROWS, N, STRIDE, l, N);
    for (size_t i = 0; i < ROWS; i++)
        for (size_t j = 0; j < N; j++) {
            double sum = 0;
            for (size_t t = 0; t <= j; t++)
                sum += (double)x[i * STRIDE + t] * (double)l[j * N + t];
            CHECK_NEAR(sum, (double)b[i * STRIDE + j], 1e-4);
        }
    free(a);
    free(b);
    free(x);
}

static void eigenvectors_are_scaled_by_their_matrix(void)
{
    enum { N = 17 };
    double *a = draw_definite(N), *vectors = malloc(N * N * sizeof *vectors);
    double values[N];

    memcpy(vectors, a, N * N * sizeof *vectors);
    CHECK_INT(zub_blas_eigen(blas, values, vectors, N), ZUB_OK);
    for (size_t v = 0; v < N; v++) {
        CHECK(v == 0 || values[v - 1] <= values[v]);
        double length = 0;
        for (size_t i = 0; i < N; i++) {
            double sum = 0;
            for (size_t j = 0; j < N; j++)
                sum += a[i * N + j] * vectors[v * N + j];
            CHECK_NEAR(sum, values[v] * vectors[v * N + i], 1e-10);
            length += vectors[v * N + i] * vectors[v * N + i];
        }
        CHECK_NEAR(length, 1, 1e-12);
    }
    CHECK_INT(zub_blas_eigen(blas, values, vectors, 0), ZUB_OK);
    free(a);
    free(vectors);
}

static void check_orthonormal(const float *a, size_t rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double sum = 0;
            for (size_t r = 0; r < rows; r++)
                sum += (double)a[r * n + i] * (double)a[r * n + j];
            CHECK_NEAR(sum, i == j, 1e-5);
        }
}

/* What is left of `vector` outside the columns of q, squared. */
static double outside(const float *q, size_t rows, size_t n,
                      const float *vector, size_t stride)
{
    double rest = 0;

    for (size_t r = 0; r < rows; r++) {
        double value = (double)vector[r * stride];
        for (size_t c = 0; c < n; c++) {
            double dot = 0;
            for (size_t i = 0; i < rows; i++)
                dot += (double)q[i * n + c] * (double)vector[i * stride];
            value -= dot * (double)q[r * n + c];
        }
        rest += value * value;
    }
    return rest;
}

static void columns_become_orthonormal_even_dependent_ones(void)
{
    enum { ROWS = 30, N = 7 };
    float *a = draw_matrix(ROWS, N), q[ROWS * N];

    for (size_t r = 0; r < ROWS; r++) {
        a[r * N + 3] = a[r * N] - a[r * N + 1];
        a[r * N + 5] = 0;
    }
    memcpy(q, a, sizeof q);
    CHECK_INT(zub_blas_orthonormalise(blas, q, ROWS, N, N), ZUB_OK);
    check_orthonormal(q, ROWS, N);
    for (size_t c = 0; c < N; c++)
        CHECK(outside(q, ROWS, N, a + c, N) < 1e-9);
    free(a);
}

/* ---- The library ---- */

static void openblas_tells_its_version_and_core(void)
{
    char line[300];
    size_t size;
    const char *version = zub_blas_version(blas, &size);

    CHECK(size > 0 && version[0] >= '0' && version[0] <= '9');
    CHECK(zub_blas_core(blas)[0] != '\0');
    zub_version_details(line, sizeof line);
    CHECK(strstr(line, "OpenBLAS "));
    CHECK(strstr(line, zub_blas_core(blas)));
}

static void threads_have_a_range(void)
{
    zub_error error;

    CHECK_INT(zub_blas_threads(0, &error), ZUB_EINVAL);
    CHECK_INT(zub_blas_threads(33, &error), ZUB_EINVAL);
    CHECK(strstr(error.message, "33"));
    CHECK_INT(zub_blas_threads(1, &error), ZUB_OK);
    CHECK_STR(error.message, "");
}

/* OpenBLAS would wait for memory for ever. Sanitizers need more address space
 * than there is. */
static void too_little_memory_is_said_and_not_waited_for(void)
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    struct rlimit before, little = {(rlim_t)100 << 20, RLIM_INFINITY};
    zub_error error;
    zub_blas *none;

    CHECK_INT(getrlimit(RLIMIT_AS, &before), 0);
    little.rlim_max = before.rlim_max;
    CHECK_INT(setrlimit(RLIMIT_AS, &little), 0);
    CHECK_INT(zub_blas_open(&none, 1, &error), ZUB_ENOMEM);
    CHECK(!none && strstr(error.message, "129 MiB"));
    CHECK_INT(setrlimit(RLIMIT_AS, &before), 0);
#endif
}

int main(void)
{
    if (zub_blas_threads(1, NULL) != ZUB_OK ||
        zub_blas_open(&blas, 1, NULL) != ZUB_OK)
        return 1;
    RUN(products_are_sums_of_products);
    RUN(a_gram_adds_up_over_blocks);
    RUN(cholesky_s_factor_gives_the_matrix_back);
    RUN(an_inverse_undoes_its_triangle);
    RUN(what_is_solved_for_gives_the_right_side);
    RUN(eigenvectors_are_scaled_by_their_matrix);
    RUN(columns_become_orthonormal_even_dependent_ones);
    RUN(openblas_tells_its_version_and_core);
    RUN(threads_have_a_range);
    RUN(too_little_memory_is_said_and_not_waited_for);
    zub_blas_close(blas);
    return DONE();
}
