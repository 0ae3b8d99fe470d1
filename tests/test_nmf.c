/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_nmf.c - non-negative factors: what they must be on any matrix. */
#include "test.h"

#include <stdlib.h>

#include "base/csr.h"
#include "base/random.h"
#include "vectors/nmf.h"

enum { ROWS = 90, COLUMNS = 60, PARTS = 3 };

static zub_random random_state = {23, 0};

static double draw(void)
{
    return zub_random_uniform(&random_state);
}

/* A row for each of `rows`, the numbers of a dense matrix that are not 0. */
static zub_csr sparse(const float *dense, size_t rows, size_t columns)
{
    zub_csr_builder builder;
    zub_csr out;

    zub_csr_builder_init(&builder, (int32_t)columns);
    for (size_t r = 0; r < rows; r++) {
        for (size_t c = 0; c < columns; c++)
            if (dense[r * columns + c] != 0)
                zub_csr_builder_add(&builder, (int32_t)c,
                                    dense[r * columns + c]);
        zub_csr_builder_end_row(&builder);
    }
    CHECK_INT(zub_csr_builder_finish(&builder, &out), ZUB_OK);
    return out;
}

/* A sum of PARTS products of vectors that are 0 in most places, and `noise`. */
static void draw_parts(float *dense, double noise)
{
    float w[ROWS][PARTS], h[PARTS][COLUMNS];

    for (size_t r = 0; r < ROWS; r++)
        for (size_t p = 0; p < PARTS; p++)
            w[r][p] = draw() < .6 ? 0 : (float)draw();
    for (size_t p = 0; p < PARTS; p++)
        for (size_t c = 0; c < COLUMNS; c++)
            h[p][c] = draw() < .6 ? 0 : (float)draw();
    for (size_t r = 0; r < ROWS; r++)
        for (size_t c = 0; c < COLUMNS; c++) {
            float *value = &dense[r * COLUMNS + c];
            *value = draw() < .5 ? (float)(noise * draw()) : 0;
            for (size_t p = 0; p < PARTS; p++)
                *value += w[r][p] * h[p][c];
        }
}

static double loss_by_hand(const zub_nmf *nmf, const float *dense)
{
    double loss = 0;

    for (size_t r = 0; r < nmf->rows; r++)
        for (size_t c = 0; c < nmf->columns; c++) {
            double rest = (double)dense[r * nmf->columns + c];
            for (size_t j = 0; j < nmf->k; j++)
                rest -= (double)nmf->w[r * nmf->k + j] *
                        (double)nmf->h[j * nmf->columns + c];
            loss += rest * rest;
        }
    return loss;
}

static void parts_are_found_again(void)
{
    float dense[ROWS * COLUMNS];
    double norm = 0;
    zub_nmf nmf;

    draw_parts(dense, 0);
    for (size_t i = 0; i < ROWS * COLUMNS; i++)
        norm += (double)dense[i] * (double)dense[i];
    zub_csr a = sparse(dense, ROWS, COLUMNS);
    CHECK_INT(zub_nmf_make(&nmf, &a,
                           &(zub_nmf_options){.k = PARTS,
                                              .iterations = 400,
                                              .tolerance = 1e-9},
                           NULL),
              ZUB_OK);
    CHECK_INT(nmf.k, PARTS);
    CHECK(nmf.loss < 1e-4 * norm);
    zub_nmf_release(&nmf);
    zub_csr_release(&a);
}

static void nothing_is_below_zero_and_the_loss_is_what_it_says(void)
{
    float dense[ROWS * COLUMNS];
    double before = INFINITY;

    draw_parts(dense, .3);
    zub_csr a = sparse(dense, ROWS, COLUMNS);
    for (unsigned iterations = 1; iterations <= 9; iterations += 2) {
        zub_nmf nmf;
        CHECK_INT(zub_nmf_make(&nmf, &a,
                               &(zub_nmf_options){.k = 5,
                                                  .iterations = iterations,
                                                  .tolerance = 1e-12},
                               NULL),
                  ZUB_OK);
        CHECK_INT(nmf.iterations, iterations);
        CHECK_NEAR(nmf.loss, loss_by_hand(&nmf, dense), 1e-3 * nmf.loss);
        CHECK(nmf.loss <= before);
        before = nmf.loss;
        for (size_t i = 0; i < nmf.rows * nmf.k; i++)
            CHECK(nmf.w[i] >= 0);
        for (size_t i = 0; i < nmf.columns * nmf.k; i++)
            CHECK(nmf.h[i] >= 0);
        zub_nmf_release(&nmf);
    }
    zub_csr_release(&a);
}

static void threads_give_the_same_bytes(void)
{
    float dense[ROWS * COLUMNS];
    zub_nmf one, other;

    draw_parts(dense, .3);
    zub_csr a = sparse(dense, ROWS, COLUMNS);
    zub_nmf_options options = {.k = 6, .threads = 1};
    CHECK_INT(zub_nmf_make(&one, &a, &options, NULL), ZUB_OK);
    for (unsigned threads = 2; threads <= 7; threads += 5) {
        options.threads = threads;
        CHECK_INT(zub_nmf_make(&other, &a, &options, NULL), ZUB_OK);
        CHECK(memcmp(one.w, other.w, ROWS * one.k * sizeof *one.w) == 0);
        CHECK(memcmp(one.h, other.h, COLUMNS * one.k * sizeof *one.h) == 0);
        CHECK(memcmp(&one.loss, &other.loss, sizeof one.loss) == 0);
        zub_nmf_release(&other);
    }
    zub_nmf_release(&one);
    zub_csr_release(&a);
}

static void zeros_have_no_parts(void)
{
    const float dense[12] = {0};
    zub_csr a = sparse(dense, 4, 3);
    zub_nmf nmf;

    CHECK_INT(zub_nmf_make(&nmf, &a, &(zub_nmf_options){.k = 2}, NULL),
              ZUB_OK);
    CHECK_INT(nmf.k, 0);
    CHECK_NEAR(nmf.loss, 0, 0);
    zub_nmf_release(&nmf);
    zub_csr_release(&a);
}

static void more_parts_than_there_are_give_fewer(void)
{
    const float dense[6] = {1, 2, 0, 2, 4, 0}; /* of rank 1 */
    zub_csr a = sparse(dense, 2, 3);
    zub_nmf nmf;

    CHECK_INT(zub_nmf_make(&nmf, &a, &(zub_nmf_options){.k = 9}, NULL),
              ZUB_OK);
    CHECK_INT(nmf.k, 1);
    CHECK_NEAR(nmf.loss, 0, 1e-5);
    zub_nmf_release(&nmf);
    zub_csr_release(&a);
}

static void refuse(const float *dense, size_t k)
{
    zub_csr a = sparse(dense, 2, 2);
    zub_error error;
    zub_nmf nmf;

    CHECK_INT(zub_nmf_make(&nmf, &a, &(zub_nmf_options){.k = k}, &error),
              ZUB_EINVAL);
    CHECK(error.message[0] != '\0');
    CHECK(nmf.w == NULL && nmf.h == NULL);
    zub_csr_release(&a);
}

static void what_is_below_zero_is_refused(void)
{
    refuse((const float[]){1, -1, 2, 3}, 1);
    refuse((const float[]){1, NAN, 2, 3}, 1);
    refuse((const float[]){1, INFINITY, 2, 3}, 1);
    refuse((const float[]){1, 1, 2, 3}, 0);
}

int main(void)
{
    if (zub_blas_threads(1, NULL) != ZUB_OK)
        return 1;
    RUN(parts_are_found_again);
    RUN(nothing_is_below_zero_and_the_loss_is_what_it_says);
    RUN(threads_give_the_same_bytes);
    RUN(zeros_have_no_parts);
    RUN(more_parts_than_there_are_give_fewer);
    RUN(what_is_below_zero_is_refused);
    return DONE();
}
