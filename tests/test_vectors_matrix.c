/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_vectors_matrix.c - zub_matrix over states made up: rows, columns and
 * reasons agree with one another and with what was counted. */
#include <stdlib.h>

#include "state_samples.h"

#define ARTICLES 80
#define ROUNDS 6

static sample_article articles[ARTICLES];

static zub_state *make_state(uint64_t seed, unsigned high)
{
    sample_counting asked = {1, high, true, true, false};

    sample_articles(articles, ARTICLES, seed);
    return sample_state(articles, ARTICLES, &asked);
}

static zub_matrix *open_matrix(const zub_state *state,
                               const zub_matrix_options *options)
{
    zub_matrix *matrix = NULL;
    zub_error error = {0};

    CHECK_INT(zub_matrix_new(&matrix, state, options, &error), ZUB_OK);
    CHECK_STR(error.message, "");
    return matrix;
}

/* ---- All of a matrix, dense: [rows][columns] ---- */

typedef struct dense {
    size_t rows, columns;
    uint64_t entries;
    float *values;
} dense;

static void take_block(dense *out, const zub_matrix_block *block)
{
    for (size_t r = 0; r < block->rows; r++)
        for (uint64_t i = block->starts[r]; i < block->starts[r + 1]; i++) {
            int32_t column = block->cols[i];
            CHECK(column >= 0 && (size_t)column < out->columns);
            CHECK(i == block->starts[r] || block->cols[i - 1] < column);
            CHECK(isfinite(block->values[i]));
            out->values[(block->first + r) * out->columns + (size_t)column] =
                block->values[i];
            out->entries++;
        }
}

static dense read_all(zub_matrix *matrix)
{
    zub_matrix_size size = zub_matrix_measure(matrix);
    dense out = {.rows = (size_t)size.rows, .columns = (size_t)size.columns};
    zub_matrix_block block;

    out.values = calloc(out.rows * out.columns + 1, sizeof *out.values);
    for (uint64_t row = 0; row < size.rows; row += block.rows) {
        CHECK_INT(zub_matrix_read(&block, matrix, row, true, NULL), ZUB_OK);
        CHECK(block.first == row && block.rows > 0);
        take_block(&out, &block);
    }
    CHECK_INT(zub_matrix_read(&block, matrix, size.rows, true, NULL),
              ZUB_EINVAL);
    CHECK_INT(out.entries, size.entries);
    return out;
}

static void check_equal(const dense *a, const dense *b)
{
    CHECK(a->rows == b->rows && a->columns == b->columns);
    CHECK(a->rows != b->rows || a->columns != b->columns ||
          memcmp(a->values, b->values,
                 a->rows * a->columns * sizeof *a->values) == 0);
}

/* ---- Laws ---- */

static void each_state(void (*law)(const zub_state *state))
{
    for (uint64_t seed = 1; seed <= ROUNDS; seed++)
        for (unsigned high = 1; high <= 3; high++) {
            zub_state *state = make_state(seed, high);
            law(state);
            zub_state_free(state);
        }
}

static void sums_are_counts(const zub_state *state)
{
    zub_matrix *matrix =
        open_matrix(state, &(zub_matrix_options){.weight = "count"});
    dense all = read_all(matrix);

    for (size_t c = 0; c < all.columns; c++) {
        zub_matrix_term term;
        uint64_t df = 0;
        double cf = 0;
        for (size_t r = 0; r < all.rows; r++) {
            cf += all.values[r * all.columns + c];
            df += all.values[r * all.columns + c] > 0;
        }
        CHECK_INT(zub_matrix_term_at(&term, matrix, c, NULL), ZUB_OK);
        CHECK_INT(term.df, df);
        CHECK_INT(term.count, cf);
    }
    free(all.values);
    zub_matrix_free(matrix);
}

static void sums_of_columns_are_counts_and_frequencies(void)
{
    each_state(sums_are_counts);
}

static void rows_have_length_one(const zub_state *state)
{
    zub_matrix *matrix = open_matrix(state, NULL);
    dense all = read_all(matrix);

    for (size_t r = 0; r < all.rows; r++) {
        double square = 0;
        for (size_t c = 0; c < all.columns; c++)
            square += (double)all.values[r * all.columns + c] *
                      all.values[r * all.columns + c];
        CHECK(square == 0 || fabs(square - 1) < 1e-6);
    }
    free(all.values);
    zub_matrix_free(matrix);
}

static void a_row_of_tfidf_has_length_one_or_nothing(void)
{
    each_state(rows_have_length_one);
}

static const char *const weights[] = {
    "tfidf", "sklearn:sublinear", "gensim",  "smart:Lpb", "bm25+",
    "bm25l", "bertopic",          "tidytext"};

static void reasons_are_weights(const zub_state *state)
{
    for (size_t i = 0; i < sizeof weights / sizeof *weights; i++) {
        zub_matrix *matrix =
            open_matrix(state, &(zub_matrix_options){.weight = weights[i]});
        dense all = read_all(matrix);
        for (size_t at = 0; at < all.rows * all.columns; at += 7) {
            zub_weight_reason why;
            zub_status status = zub_matrix_explain(
                &why, matrix, at / all.columns, at % all.columns, NULL);
            if (status == ZUB_OK)
                CHECK_NEAR(why.weight, all.values[at], 0);
            else
                CHECK(status == ZUB_ENOTFOUND && all.values[at] == 0);
            if (status == ZUB_OK && why.norm != 0)
                CHECK_NEAR(why.tf * why.idf / why.norm, why.weight,
                           1e-6 * (1 + fabs(why.weight)));
        }
        free(all.values);
        zub_matrix_free(matrix);
    }
}

static void a_reason_is_the_weight_that_was_written(void)
{
    each_state(reasons_are_weights);
}

static void same_in_other_ways(const zub_state *state)
{
    const zub_matrix_options ways[] = {
        {.threads = 1},
        {.threads = 7},
        {.threads = 2, .folder = sample_folder()},
        {.threads = 2, .vocabulary = state},
        {.min_df = {1, false}, .max_df = {1, true}},
    };
    zub_matrix *first = open_matrix(state, NULL);
    dense all = read_all(first);

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        zub_matrix *matrix = open_matrix(state, &ways[i]);
        dense other = read_all(matrix);
        check_equal(&all, &other);
        free(other.values);
        zub_matrix_free(matrix);
    }
    free(all.values);
    zub_matrix_free(first);
}

static void threads_files_and_its_own_vocabulary_change_nothing(void)
{
    each_state(same_in_other_ways);
}

static uint64_t columns_of(const zub_state *state,
                           const zub_matrix_options *options)
{
    zub_matrix *matrix = open_matrix(state, options);
    uint64_t columns = zub_matrix_measure(matrix).columns;

    zub_matrix_free(matrix);
    return columns;
}

static void limits_hold(const zub_state *state)
{
    zub_matrix *matrix = open_matrix(state, NULL);
    uint64_t columns = zub_matrix_measure(matrix).columns;
    uint64_t three = 0, half = 0;

    for (uint64_t c = 0; c < columns; c++) {
        zub_matrix_term term;
        zub_matrix_term_at(&term, matrix, c, NULL);
        three += term.df >= 3;
        half += term.df * 2 <= ARTICLES;
    }
    zub_matrix_free(matrix);
    CHECK_INT(columns_of(state, &(zub_matrix_options){.min_df = {3, false}}),
              three);
    CHECK_INT(columns_of(state, &(zub_matrix_options){.max_df = {.5, true}}),
              half);
    CHECK_INT(columns_of(state, &(zub_matrix_options){.max_features = 5}), 5);
}

static void limits_of_columns_hold(void)
{
    each_state(limits_hold);
}

static void every_term_is_found_in_its_column(void)
{
    zub_state *state = make_state(3, 1);
    zub_matrix *matrix = open_matrix(state, NULL);
    uint64_t columns = zub_matrix_measure(matrix).columns;

    for (uint64_t c = 0; c < columns; c++) {
        zub_matrix_term term;
        CHECK_INT(zub_matrix_term_at(&term, matrix, c, NULL), ZUB_OK);
        CHECK_INT(zub_matrix_find(matrix, term.term), c);
    }
    CHECK(zub_matrix_find(matrix, (zub_slice){"absent", 6}) == UINT64_MAX);
    CHECK(zub_matrix_find(matrix, (zub_slice){"", 0}) == UINT64_MAX);
    CHECK(zub_matrix_find(matrix, (zub_slice){" ", 1}) == UINT64_MAX);
    zub_matrix_free(matrix);
    zub_state_free(state);
}

static zub_status to_buffer(zub_matrix *matrix, const char *form,
                            zub_buffer *out)
{
    zub_buffer_init(out, ZUB_BUFFER_UNLIMITED);
    return zub_render_matrix(matrix, form, false, zub_buffer_sink(out), NULL);
}

static void every_form_is_written_the_same_twice(void)
{
    zub_state *state = make_state(4, 2);

    for (size_t i = 0; zub_matrix_form_name(i) != NULL; i++) {
        zub_matrix_options many = {.threads = 7}, one = {.threads = 1};
        zub_matrix *a = open_matrix(state, &many);
        zub_matrix *b = open_matrix(state, &one);
        zub_buffer first, second;
        CHECK(zub_matrix_form_about(i) != NULL);
        CHECK_INT(to_buffer(a, zub_matrix_form_name(i), &first), ZUB_OK);
        CHECK_INT(to_buffer(b, zub_matrix_form_name(i), &second), ZUB_OK);
        CHECK(first.size == second.size &&
              memcmp(first.data, second.data, first.size) == 0);
        zub_buffer_release(&first);
        zub_buffer_release(&second);
        zub_matrix_free(a);
        zub_matrix_free(b);
    }
    zub_matrix *matrix = open_matrix(state, NULL);
    zub_buffer none;
    CHECK_INT(to_buffer(matrix, "xls", &none), ZUB_EINVAL);
    zub_matrix_free(matrix);
    zub_state_free(state);
}

static void what_cannot_be_made_is_refused(void)
{
    sample_counting sums = {1, 1, false, false, false};
    zub_state *state = make_state(5, 1);
    zub_state *bare = sample_state(articles, ARTICLES, &sums);
    zub_matrix *matrix;
    zub_error error;

    CHECK_INT(zub_matrix_new(&matrix, bare, NULL, &error), ZUB_EINVAL);
    CHECK(matrix == NULL && strstr(error.message, "--rows"));
    zub_matrix_options wrong = {.weight = "tfdif"};
    CHECK_INT(zub_matrix_new(&matrix, state, &wrong, &error), ZUB_EINVAL);
    CHECK(matrix == NULL && error.message[0]);
    CHECK_INT(zub_weight_check("tfdif", &error), ZUB_EINVAL);
    CHECK_INT(zub_weight_check("bm25:k1=2", &error), ZUB_OK);
    zub_state_free(bare);
    zub_state_free(state);
}

int main(void)
{
    RUN(sums_of_columns_are_counts_and_frequencies);
    RUN(a_row_of_tfidf_has_length_one_or_nothing);
    RUN(a_reason_is_the_weight_that_was_written);
    RUN(threads_files_and_its_own_vocabulary_change_nothing);
    RUN(limits_of_columns_hold);
    RUN(every_term_is_found_in_its_column);
    RUN(every_form_is_written_the_same_twice);
    RUN(what_cannot_be_made_is_refused);
    return DONE();
}
