/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Sparse rows, held against a dense matrix. */
#include "test.h"

#include <stdlib.h>

#include "base/csr.h"
#include "base/random.h"

#define ROWS 60
#define COLUMNS 40

static void rows_are_what_was_added_in_any_order(void)
{
    zub_random random = {9, 0};
    static double dense[ROWS][COLUMNS];
    static int has[ROWS][COLUMNS];
    zub_csr_builder builder;
    zub_csr matrix;

    zub_csr_builder_init(&builder, COLUMNS);
    for (int r = 0; r < ROWS; r++) {
        for (uint64_t left = zub_random_below(&random, 80); left; left--) {
            int32_t col = (int32_t)zub_random_below(&random, COLUMNS);
            float value = (float)zub_random_below(&random, 100);
            dense[r][col] += (double)value;
            has[r][col] = 1;
            zub_csr_builder_add(&builder, col, value);
        }
        zub_csr_builder_end_row(&builder);
    }
    CHECK_INT(zub_csr_builder_finish(&builder, &matrix), ZUB_OK);
    CHECK(matrix.rows == ROWS && matrix.columns == COLUMNS);
    CHECK(!zub_csr_flaw(&matrix, (size_t)matrix.starts[ROWS]));
    for (int r = 0; r < ROWS; r++) {
        int32_t at = matrix.starts[r];
        for (int32_t col = 0; col < COLUMNS; col++)
            if (has[r][col]) {
                CHECK_INT(matrix.cols[at], col);
                CHECK_NEAR((double)matrix.values[at++], dense[r][col], 0);
            }
        CHECK_INT(at, matrix.starts[r + 1]);
    }
    zub_csr_release(&matrix);
    zub_csr_builder_release(&builder);
}

static void no_rows_and_empty_rows_are_matrices(void)
{
    zub_csr_builder builder;
    zub_csr matrix;

    zub_csr_builder_init(&builder, 0);
    CHECK_INT(zub_csr_builder_finish(&builder, &matrix), ZUB_OK);
    CHECK(matrix.rows == 0 && matrix.starts[0] == 0);
    CHECK(!zub_csr_flaw(&matrix, 0));
    zub_csr_release(&matrix);
    zub_csr_builder_end_row(&builder);
    zub_csr_builder_end_row(&builder);
    CHECK_INT(zub_csr_builder_finish(&builder, &matrix), ZUB_OK);
    CHECK(matrix.rows == 2 && matrix.starts[2] == 0);
    CHECK(!zub_csr_flaw(&matrix, 0));
    zub_csr_release(&matrix);
}

static void a_column_out_of_range_fails_in_the_end(void)
{
    static const int32_t wrong[] = {-1, 3, INT32_MAX, INT32_MIN};

    for (size_t i = 0; i < 4; i++) {
        zub_csr_builder builder;
        zub_csr matrix;

        zub_csr_builder_init(&builder, 3);
        zub_csr_builder_add(&builder, 1, 1);
        zub_csr_builder_end_row(&builder);
        zub_csr_builder_add(&builder, wrong[i], 1);
        zub_csr_builder_add(&builder, 2, 1);
        zub_csr_builder_end_row(&builder);
        CHECK_INT(zub_csr_builder_finish(&builder, &matrix), ZUB_EINVAL);
        CHECK(!matrix.starts && !matrix.cols && !matrix.values);
    }
}

static void equal_columns_sum_the_same_in_any_company(void)
{
    float sums[2];

    for (int32_t others = 0; others < 2; others++) {
        zub_csr_builder builder;
        zub_csr matrix;

        zub_csr_builder_init(&builder, 100);
        for (int32_t i = 0; i < 50; i++) {
            zub_csr_builder_add(&builder, 7, 1.f / (float)(i + 1));
            if (others)
                zub_csr_builder_add(&builder, (i * 37) % 7, 1);
        }
        zub_csr_builder_end_row(&builder);
        CHECK_INT(zub_csr_builder_finish(&builder, &matrix), ZUB_OK);
        sums[others] = matrix.values[matrix.starts[1] - 1];
        zub_csr_release(&matrix);
    }
    CHECK(memcmp(&sums[0], &sums[1], sizeof sums[0]) == 0);
}

static void each_flaw_is_found(void)
{
    int32_t starts[] = {0, 2, 3}, cols[] = {0, 2, 1};
    float values[] = {1, 2, 3};
    zub_csr matrix = {2, 3, starts, cols, values};

    CHECK(!zub_csr_flaw(&matrix, 3));
    CHECK(zub_csr_flaw(&matrix, 2));
    CHECK(zub_csr_flaw(&matrix, 4));
    cols[1] = 3;
    CHECK_STR(zub_csr_flaw(&matrix, 3), "a column is out of range");
    cols[1] = 0;
    CHECK_STR(zub_csr_flaw(&matrix, 3), "the columns of a row do not ascend");
    cols[1] = -1;
    CHECK(zub_csr_flaw(&matrix, 3));
    cols[1] = 2;
    starts[1] = 4;
    CHECK(zub_csr_flaw(&matrix, 3));
    starts[1] = -1;
    CHECK(zub_csr_flaw(&matrix, 3));
    starts[1] = 2;
    starts[0] = 1;
    CHECK(zub_csr_flaw(&matrix, 3));
    starts[0] = 0;
    matrix.columns = -1;
    CHECK(zub_csr_flaw(&matrix, 3));
}

int main(void)
{
    RUN(rows_are_what_was_added_in_any_order);
    RUN(no_rows_and_empty_rows_are_matrices);
    RUN(a_column_out_of_range_fails_in_the_end);
    RUN(equal_columns_sum_the_same_in_any_company);
    RUN(each_flaw_is_found);
    return DONE();
}
