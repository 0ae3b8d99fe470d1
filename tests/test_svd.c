/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_svd.c - singular values and vectors: what has to hold of them for any
 * matrix, exact where it is small and found in a random space where it is
 * not. */
#include <stdlib.h>

#include "base/csr.h"
#include "state_samples.h"
#include "vectors/svd.h"
#include "vectors/whole.h"

/* ---- Matrices ---- */

/* A dense row of `columns` into the builder; zeros have no entry. */
static void add_row(zub_csr_builder *builder, const float *row,
                    int32_t columns)
{
    for (int32_t c = 0; c < columns; c++)
        if (row[c] != 0)
            zub_csr_builder_add(builder, c, row[c]);
    zub_csr_builder_end_row(builder);
}

static float draw(zub_random *random)
{
    return (float)(zub_random_uniform(random) * 2 - 1);
}

/* Entries here and there, times a power that falls with the row, so that
 * singular values differ. */
static zub_csr draw_sparse(int32_t rows, int32_t columns, uint64_t seed)
{
    zub_random random = {seed, 0};
    zub_csr_builder builder;
    zub_csr out;

    zub_csr_builder_init(&builder, columns);
    for (int32_t r = 0; r < rows; r++) {
        float size = 1 / (1 + (float)(r % 50) / 10);
        for (int i = 0; i < 8 && r % 17 != 3; i++)
            zub_csr_builder_add(
                &builder,
                (int32_t)zub_random_below(&random, (uint64_t)columns),
                size * draw(&random));
        zub_csr_builder_end_row(&builder);
    }
    CHECK_INT(zub_csr_builder_finish(&builder, &out), ZUB_OK);
    return out;
}

/* Of a rank, dense: a product of two thin matrices, and a row of zeros. */
static zub_csr draw_rank(int32_t rows, int32_t columns, int rank)
{
    zub_random random = {77, 0};
    zub_csr_builder builder;
    zub_csr out;
    float *right = malloc((size_t)(rank * columns) * sizeof *right);
    float *row = malloc((size_t)columns * sizeof *row);

    for (int i = 0; i < rank * columns; i++)
        right[i] = draw(&random);
    zub_csr_builder_init(&builder, columns);
    for (int32_t r = 0; r < rows; r++) {
        memset(row, 0, (size_t)columns * sizeof *row);
        for (int t = 0; t < rank && r != 1; t++) {
            float left = draw(&random);
            for (int32_t c = 0; c < columns; c++)
                row[c] += left * right[t * columns + c];
        }
        add_row(&builder, row, columns);
    }
    CHECK_INT(zub_csr_builder_finish(&builder, &out), ZUB_OK);
    free(right);
    free(row);
    return out;
}

static void scale(zub_csr *a, float by)
{
    for (int32_t i = 0; i < a->starts[a->rows]; i++)
        a->values[i] *= by;
}

static zub_svd decompose(const zub_csr *a, size_t k, unsigned threads)
{
    zub_error error;
    zub_svd out;

    CHECK_INT(zub_svd_make(&out, a,
                           &(zub_svd_options){.k = k, .threads = threads},
                           &error),
              ZUB_OK);
    CHECK_STR(error.message, "");
    return out;
}

/* ---- What holds of any ---- */

static double dot_components(const zub_svd *svd, size_t i, size_t j)
{
    const float *x = svd->components + i * svd->columns;
    const float *y = svd->components + j * svd->columns;
    double sum = 0;

    for (size_t c = 0; c < svd->columns; c++)
        sum += (double)x[c] * (double)y[c];
    return sum;
}

static void check_orthonormal(const zub_svd *svd)
{
    for (size_t i = 0; i < svd->k; i++)
        for (size_t j = 0; j <= i; j++)
            CHECK_NEAR(dot_components(svd, i, j), i == j, 1e-5);
}

/* The lengths of the columns of u are the values, which fall. */
static void check_values(const zub_svd *svd)
{
    for (size_t j = 0; j < svd->k; j++) {
        double sum = 0;
        for (size_t r = 0; r < svd->rows; r++)
            sum += (double)svd->u[r * svd->k + j] *
                   (double)svd->u[r * svd->k + j];
        CHECK_NEAR(sqrt(sum) / svd->values[j], 1, 1e-5);
        CHECK(svd->values[j] > 0);
        CHECK(j == 0 || svd->values[j] <= svd->values[j - 1]);
    }
}

static void check_signs(const zub_svd *svd)
{
    for (size_t j = 0; j < svd->k; j++) {
        float furthest = 0;
        for (size_t c = 0; c < svd->columns; c++) {
            float value = svd->components[j * svd->columns + c];
            if (fabsf(value) > fabsf(furthest))
                furthest = value;
        }
        CHECK(furthest > 0);
    }
}

/* A' u = value^2 component, to `share` of the largest value squared. */
static void check_pairs(const zub_svd *svd, const zub_csr *a, double share)
{
    double *image = malloc(svd->columns * sizeof *image);

    for (size_t j = 0; j < svd->k; j++) {
        double off = 0, square = svd->values[j] * svd->values[j];
        memset(image, 0, svd->columns * sizeof *image);
        for (int32_t r = 0; r < a->rows; r++)
            for (int32_t i = a->starts[r]; i < a->starts[r + 1]; i++)
                image[a->cols[i]] += (double)a->values[i] *
                                     (double)svd->u[(size_t)r * svd->k + j];
        for (size_t c = 0; c < svd->columns; c++) {
            double want =
                square * (double)svd->components[j * svd->columns + c];
            off += (image[c] - want) * (image[c] - want);
        }
        CHECK(sqrt(off) <= share * svd->values[0] * svd->values[0]);
    }
    free(image);
}

static void check_fold(const zub_svd *svd, const zub_csr *a)
{
    float *folded = malloc((svd->rows * svd->k + 1) * sizeof *folded);

    CHECK_INT(zub_svd_fold(folded, svd, a, 2, NULL), ZUB_OK);
    for (size_t i = 0; i < svd->rows * svd->k; i++)
        CHECK_NEAR((double)folded[i], (double)svd->u[i],
                   1e-5 * svd->values[0]);
    free(folded);
}

static double column_variance(const float *values, size_t rows, size_t step)
{
    double mean = 0, sum = 0;

    for (size_t r = 0; r < rows; r++)
        mean += (double)values[r * step] / (double)rows;
    for (size_t r = 0; r < rows; r++) {
        double off = (double)values[r * step] - mean;
        sum += off * off / (double)rows;
    }
    return sum;
}

static void check_explained(const zub_svd *svd, const zub_csr *a)
{
    float *dense = calloc(svd->rows * svd->columns, sizeof *dense);
    double total = 0;

    for (int32_t r = 0; r < a->rows; r++)
        for (int32_t i = a->starts[r]; i < a->starts[r + 1]; i++)
            dense[(size_t)r * svd->columns + (size_t)a->cols[i]] =
                a->values[i];
    for (size_t c = 0; c < svd->columns; c++)
        total += column_variance(dense + c, svd->rows, svd->columns);
    CHECK_NEAR(svd->variance / total, 1, 1e-6);
    for (size_t j = 0; j < svd->k; j++) {
        double want = column_variance(svd->u + j, svd->rows, svd->k);
        CHECK_NEAR(svd->explained[j], want, 1e-6 * total);
        CHECK_NEAR(svd->ratios[j], want / total, 1e-6);
    }
    free(dense);
}

static void check_laws(const zub_csr *a, size_t k, double share)
{
    zub_svd svd = decompose(a, k, 1);

    CHECK_INT(svd.k, k);
    check_orthonormal(&svd);
    check_values(&svd);
    check_signs(&svd);
    check_pairs(&svd, a, share);
    check_fold(&svd, a);
    check_explained(&svd, a);
    zub_svd_release(&svd);
}

static void small_matrices_are_exact_either_way_up(void)
{
    zub_csr wide = draw_sparse(60, 200, 1), high = draw_sparse(200, 60, 2);

    check_laws(&wide, 12, 2e-6);
    check_laws(&high, 12, 2e-6);
    zub_csr_release(&wide);
    zub_csr_release(&high);
}

static void large_matrices_are_near_either_way_up(void)
{
    zub_csr wide = draw_sparse(900, 1500, 3), high = draw_sparse(1500, 900, 4);

    check_laws(&wide, 20, .02);
    check_laws(&high, 20, .02);
    zub_csr_release(&wide);
    zub_csr_release(&high);
}

/* A quarter of the side or more is exact. */
static void what_is_found_is_what_there_is(void)
{
    zub_csr a = draw_sparse(700, 800, 5);
    zub_svd found = decompose(&a, 40, 1), exact = decompose(&a, 200, 1);

    for (size_t j = 0; j < found.k; j++)
        CHECK_NEAR(found.values[j] / exact.values[j], 1, 1e-3);
    zub_svd_release(&found);
    zub_svd_release(&exact);
    zub_csr_release(&a);
}

static void a_full_decomposition_has_all_of_the_matrix(void)
{
    zub_csr a = draw_sparse(40, 90, 6);
    zub_svd svd = decompose(&a, 1000, 1);
    double squares = 0, size = 0;

    for (int32_t i = 0; i < a.starts[a.rows]; i++)
        size += (double)a.values[i] * (double)a.values[i];
    for (size_t j = 0; j < svd.k; j++)
        squares += svd.values[j] * svd.values[j];
    CHECK_NEAR(squares / size, 1, 1e-6);
    CHECK_INT(svd.k, 37); /* three rows of the forty are empty */
    zub_svd_release(&svd);
    zub_csr_release(&a);
}

/* ---- The same bytes ---- */

static void check_same(const zub_svd *a, const zub_svd *b)
{
    CHECK(a->k == b->k && a->rows == b->rows && a->columns == b->columns);
    CHECK(memcmp(a->u, b->u, a->rows * a->k * sizeof *a->u) == 0);
    CHECK(memcmp(a->components, b->components,
                 a->columns * a->k * sizeof *a->u) == 0);
    CHECK(memcmp(a->values, b->values, a->k * sizeof *a->values) == 0);
    CHECK(memcmp(a->ratios, b->ratios, a->k * sizeof *a->ratios) == 0);
}

static void any_number_of_threads_gives_the_same_bytes(void)
{
    static const unsigned threads[] = {2, 7};

    for (uint64_t seed = 8; seed < 10; seed++) {
        zub_csr a = draw_sparse(seed == 8 ? 900 : 120, 1100, seed);
        zub_svd one = decompose(&a, 15, 1);
        for (size_t i = 0; i < 2; i++) {
            zub_svd other = decompose(&a, 15, threads[i]);
            check_same(&one, &other);
            zub_svd_release(&other);
        }
        zub_svd_release(&one);
        zub_csr_release(&a);
    }
}

static void a_seed_changes_little(void)
{
    zub_csr a = draw_sparse(800, 900, 11);
    zub_svd one = decompose(&a, 10, 1), two;

    CHECK_INT(
        zub_svd_make(&two, &a, &(zub_svd_options){.k = 10, .seed = 99}, NULL),
        ZUB_OK);
    for (size_t j = 0; j < 10; j++)
        CHECK_NEAR(one.values[j] / two.values[j], 1, 1e-3);
    zub_svd_release(&one);
    zub_svd_release(&two);
    zub_csr_release(&a);
}

/* ---- Strange matrices ---- */

static void a_unit_changes_only_the_values(void)
{
    static const float units[] = {0x1p80f, 0x1p-80f};

    for (size_t u = 0; u < 2; u++) {
        zub_csr a = draw_sparse(700, 800, 12);
        zub_svd one = decompose(&a, 8, 1);
        scale(&a, units[u]);
        zub_svd other = decompose(&a, 8, 1);
        CHECK(memcmp(one.components, other.components,
                     one.k * one.columns * sizeof *one.components) == 0);
        for (size_t j = 0; j < one.k; j++)
            CHECK_NEAR(other.values[j] / (double)units[u] / one.values[j], 1,
                       1e-12);
        zub_svd_release(&one);
        zub_svd_release(&other);
        zub_csr_release(&a);
    }
}

static void k_beyond_the_rank_ends_at_the_rank(void)
{
    static const int32_t shapes[][2] = {{30, 50}, {400, 300}, {300, 1000}};

    for (size_t s = 0; s < 3; s++) {
        zub_csr a = draw_rank(shapes[s][0], shapes[s][1], 5);
        zub_svd svd = decompose(&a, 20, 2);
        CHECK_INT(svd.k, 5);
        check_orthonormal(&svd);
        check_values(&svd);
        check_pairs(&svd, &a, 1e-5);
        zub_svd_release(&svd);
        zub_csr_release(&a);
    }
}

static void zeros_have_no_dimension(void)
{
    static const int32_t shapes[][2] = {{0, 0},   {5, 0},     {0, 5},
                                        {20, 30}, {400, 500}, {1, 1}};

    for (size_t s = 0; s < 6; s++) {
        zub_csr_builder builder;
        zub_csr a;
        zub_csr_builder_init(&builder, shapes[s][1]);
        for (int32_t r = 0; r < shapes[s][0]; r++)
            zub_csr_builder_end_row(&builder);
        CHECK_INT(zub_csr_builder_finish(&builder, &a), ZUB_OK);
        zub_svd svd = decompose(&a, 10, 2);
        CHECK_INT(svd.k, 0);
        CHECK_NEAR(svd.variance, 0, 0);
        check_fold(&svd, &a);
        zub_svd_release(&svd);
        zub_csr_release(&a);
    }
}

static void one_row_is_one_dimension(void)
{
    int32_t starts[] = {0, 2}, cols[] = {0, 2};
    float values[] = {3, -4};
    zub_csr a = {1, 3, starts, cols, values};
    zub_svd svd = decompose(&a, 2, 1);

    CHECK_INT(svd.k, 1);
    CHECK_NEAR(svd.values[0], 5, 1e-6);
    CHECK_NEAR((double)svd.components[0], -.6, 1e-6);
    CHECK_NEAR((double)svd.components[1], 0, 1e-6);
    CHECK_NEAR((double)svd.components[2], .8, 1e-6);
    CHECK_NEAR((double)svd.u[0], -5, 1e-5);
    zub_svd_release(&svd);
}

static void what_is_wrong_is_said(void)
{
    zub_csr a = draw_sparse(10, 12, 13), other = draw_sparse(3, 5, 14);
    zub_error error;
    zub_svd svd;
    float out[30];

    CHECK_INT(zub_svd_make(&svd, &a, &(zub_svd_options){.k = 0}, &error),
              ZUB_EINVAL);
    CHECK(!svd.u && strstr(error.message, "dimension"));
    svd = decompose(&a, 3, 1);
    CHECK_INT(zub_svd_fold(out, &svd, &other, 1, &error), ZUB_EINVAL);
    CHECK(strstr(error.message, "5 columns"));
    zub_svd_release(&svd);
    a.values[4] = NAN;
    CHECK_INT(zub_svd_make(&svd, &a, &(zub_svd_options){.k = 2}, &error),
              ZUB_EINVAL);
    CHECK(strstr(error.message, "finite"));
    a.values[4] = INFINITY;
    CHECK_INT(zub_svd_make(&svd, &a, &(zub_svd_options){.k = 2}, &error),
              ZUB_EINVAL);
    zub_csr_release(&a);
    zub_csr_release(&other);
}

/* ---- Of a matrix of articles ---- */

#define ARTICLES 60

static zub_state *make_state(void)
{
    static sample_article articles[ARTICLES];
    sample_counting asked = {1, 2, true, true, false};

    sample_articles(articles, ARTICLES, 5);
    return sample_state(articles, ARTICLES, &asked);
}

static void a_matrix_is_taken_whole(void)
{
    zub_state *state = make_state();
    zub_matrix *matrix;
    zub_matrix_block block;
    zub_csr all;

    CHECK_INT(zub_matrix_new(&matrix, state, NULL, NULL), ZUB_OK);
    CHECK_INT(zub_matrix_whole(&all, matrix, NULL), ZUB_OK);
    CHECK(!zub_csr_flaw(&all, (size_t)all.starts[all.rows]));
    CHECK_INT(all.rows, zub_matrix_measure(matrix).rows);
    for (uint64_t row = 0; row < (uint64_t)all.rows; row += block.rows) {
        CHECK_INT(zub_matrix_read(&block, matrix, row, true, NULL), ZUB_OK);
        CHECK(memcmp(all.values + all.starts[row], block.values,
                     block.starts[block.rows] * sizeof(float)) == 0);
    }
    zub_csr_release(&all);
    zub_matrix_free(matrix);
    zub_state_free(state);
}

static void articles_are_projected_where_they_are(void)
{
    zub_state *state = make_state();
    zub_matrix *matrix;
    zub_svd *svd;

    CHECK_INT(zub_matrix_new(&matrix, state, NULL, NULL), ZUB_OK);
    CHECK_INT(zub_svd_new(&svd, matrix, &(zub_svd_options){.k = 6}, NULL),
              ZUB_OK);
    zub_svd_report report = zub_svd_about(svd);
    zub_dense rows = zub_svd_rows(svd), parts = zub_svd_components(svd);
    CHECK(report.k == 6 && rows.columns == 6 && parts.rows == 6);
    CHECK_INT(rows.rows, zub_matrix_measure(matrix).rows);
    CHECK_INT(parts.columns, zub_matrix_measure(matrix).columns);
    float *out = malloc(rows.rows * 6 * sizeof *out);
    CHECK_INT(zub_svd_project(out, svd, matrix, NULL), ZUB_OK);
    for (size_t i = 0; i < rows.rows * 6; i++)
        CHECK_NEAR((double)out[i], (double)rows.values[i], 1e-5);
    free(out);
    zub_svd_free(svd);
    CHECK_INT(zub_svd_new(&svd, matrix, NULL, NULL), ZUB_EINVAL);
    CHECK(!svd);
    zub_svd_free(NULL);
    zub_matrix_free(matrix);
    zub_state_free(state);
}

/* ---- As a file ---- */

static zub_status into_buffer(void *context, const char *data, size_t size)
{
    zub_buffer_add(context, data, size);
    return ZUB_OK;
}

static zub_status into_nothing(void *context, const char *data, size_t size)
{
    (void)context, (void)data, (void)size;
    return ZUB_EWRITE;
}

static void an_npy_is_a_header_and_the_floats(void)
{
    static const float values[] = {1, 2, 3, 4, 5, 6.5f};
    zub_buffer out;
    zub_error error;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    zub_sink sink = {into_buffer, &out};
    CHECK_INT(zub_render_npy((zub_dense){2, 3, values}, sink, NULL), ZUB_OK);
    zub_slice bytes = zub_buffer_slice(&out);
    CHECK_INT(bytes.size, 128 + sizeof values);
    CHECK(memcmp(bytes.data, "\x93NUMPY\x01\x00v\x00", 10) == 0);
    CHECK(strstr(bytes.data + 10, "'shape': (2, 3), }"));
    CHECK(strstr(bytes.data + 10, "f4'"));
    CHECK(bytes.data[127] == '\n');
    CHECK(memcmp(bytes.data + 128, values, sizeof values) == 0);
    zub_buffer_clear(&out);
    CHECK_INT(zub_render_npy((zub_dense){4, 0, NULL}, sink, NULL), ZUB_OK);
    CHECK_INT(zub_buffer_slice(&out).size, 128);
    zub_buffer_release(&out);
    CHECK_INT(zub_render_npy((zub_dense){2, 3, values},
                             (zub_sink){into_nothing, NULL}, &error),
              ZUB_EWRITE);
    CHECK_INT(zub_render_npy((zub_dense){SIZE_MAX, 3, values}, sink, &error),
              ZUB_EINVAL);
}

int main(void)
{
    if (zub_blas_threads(1, NULL) != ZUB_OK)
        return 1;
    RUN(small_matrices_are_exact_either_way_up);
    RUN(large_matrices_are_near_either_way_up);
    RUN(what_is_found_is_what_there_is);
    RUN(a_full_decomposition_has_all_of_the_matrix);
    RUN(any_number_of_threads_gives_the_same_bytes);
    RUN(a_seed_changes_little);
    RUN(a_unit_changes_only_the_values);
    RUN(k_beyond_the_rank_ends_at_the_rank);
    RUN(zeros_have_no_dimension);
    RUN(one_row_is_one_dimension);
    RUN(what_is_wrong_is_said);
    RUN(a_matrix_is_taken_whole);
    RUN(articles_are_projected_where_they_are);
    RUN(an_npy_is_a_header_and_the_floats);
    return DONE();
}
