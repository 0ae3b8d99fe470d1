/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_kmeans.c - topics of rows: those that were planted, and what holds of
 * any. */
#include "test.h"

#include <stdlib.h>

#include "base/random.h"
#include "vectors/kmeans.h"

#define PLANTED 6
#define TERMS 40 /* of a topic */

/* Row r is of topic r % PLANTED: terms of that topic and a few of any; every
 * 19th row is empty. */
static zub_csr draw_rows(int32_t rows, uint64_t seed)
{
    zub_random random = {seed, 0};
    zub_csr_builder builder;
    zub_csr out;

    zub_csr_builder_init(&builder, PLANTED * TERMS);
    for (int32_t r = 0; r < rows; r++) {
        for (int i = 0; i < 12 && r % 19 != 5; i++) {
            int32_t term = (int32_t)zub_random_below(&random, TERMS);
            zub_csr_builder_add(&builder, r % PLANTED * TERMS + term, 1);
            if (i % 4 == 0)
                zub_csr_builder_add(
                    &builder,
                    (int32_t)zub_random_below(&random, PLANTED * TERMS), 1);
        }
        zub_csr_builder_end_row(&builder);
    }
    CHECK_INT(zub_csr_builder_finish(&builder, &out), ZUB_OK);
    return out;
}

static bool is_empty(const zub_csr *rows, int32_t r)
{
    return rows->starts[r] == rows->starts[r + 1];
}

static zub_kmeans cluster(const zub_csr *rows,
                          const zub_kmeans_options *options)
{
    zub_error error;
    zub_kmeans out;

    CHECK_INT(zub_kmeans_make(&out, rows, options, &error), ZUB_OK);
    CHECK_STR(error.message, "");
    return out;
}

static double cosine(const zub_kmeans *found, const zub_csr *rows, int32_t r,
                     size_t topic)
{
    const float *centroid = found->centroids + topic * found->columns;
    double dot = 0, square = 0;

    for (int32_t i = rows->starts[r]; i < rows->starts[r + 1]; i++) {
        dot += (double)rows->values[i] * (double)centroid[rows->cols[i]];
        square += (double)rows->values[i] * (double)rows->values[i];
    }
    return square > 0 ? dot / sqrt(square) : 0;
}

/* Each row is with the nearest centroid, of length 1; no topic is empty. */
static void check_laws(const zub_kmeans *found, const zub_csr *rows)
{
    size_t *sizes = calloc(found->k + 1, sizeof *sizes);
    double score = 0;

    for (int32_t r = 0; r < rows->rows; r++) {
        CHECK(found->topics[r] < found->k);
        double own = cosine(found, rows, r, found->topics[r]);
        CHECK_NEAR((double)found->scores[r], own, 1e-5);
        for (size_t t = 0; t < found->k; t++)
            CHECK(cosine(found, rows, r, t) <= own + 1e-5);
        sizes[found->topics[r]] += !is_empty(rows, r);
        score += own;
    }
    CHECK_NEAR(found->score / score, 1, 1e-5);
    for (size_t t = 0; t < found->k; t++) {
        double square = 0;
        for (size_t c = 0; c < found->columns; c++)
            square += (double)found->centroids[t * found->columns + c] *
                      (double)found->centroids[t * found->columns + c];
        CHECK_NEAR(square, 1, 1e-5);
        CHECK(sizes[t] > 0);
    }
    free(sizes);
}

static void planted_topics_are_found(void)
{
    zub_csr rows = draw_rows(300, 1);
    zub_kmeans found = cluster(&rows, &(zub_kmeans_options){.k = PLANTED});

    CHECK_INT(found.k, PLANTED);
    check_laws(&found, &rows);
    for (int32_t r = PLANTED; r < rows.rows; r++)
        if (!is_empty(&rows, r) && !is_empty(&rows, r % PLANTED))
            CHECK_INT(found.topics[r], found.topics[r % PLANTED]);
    zub_kmeans_release(&found);
    zub_csr_release(&rows);
}

static void laws_hold_for_any_number_of_topics(void)
{
    static const size_t numbers[] = {1, 2, 17, 60};

    for (size_t i = 0; i < 4; i++) {
        zub_csr rows = draw_rows(200, 2 + i);
        zub_kmeans found = cluster(
            &rows, &(zub_kmeans_options){.k = numbers[i], .restarts = 2});
        CHECK_INT(found.k, numbers[i]);
        check_laws(&found, &rows);
        zub_kmeans_release(&found);
        zub_csr_release(&rows);
    }
}

static void any_number_of_threads_gives_the_same_bytes(void)
{
    static const unsigned threads[] = {1, 2, 7};
    zub_csr rows = draw_rows(1000, 9);
    zub_kmeans found[3];

    for (size_t i = 0; i < 3; i++)
        found[i] = cluster(
            &rows, &(zub_kmeans_options){.k = 9, .threads = threads[i]});
    for (size_t i = 1; i < 3; i++) {
        CHECK(memcmp(found[0].topics, found[i].topics,
                     found[0].rows * sizeof *found[0].topics) == 0);
        CHECK(memcmp(found[0].scores, found[i].scores,
                     found[0].rows * sizeof *found[0].scores) == 0);
        CHECK(memcmp(found[0].centroids, found[i].centroids,
                     9 * found[0].columns * sizeof(float)) == 0);
    }
    for (size_t i = 0; i < 3; i++)
        zub_kmeans_release(&found[i]);
    zub_csr_release(&rows);
}

static void more_starts_are_never_worse(void)
{
    zub_csr rows = draw_rows(400, 10);
    double before = 0;

    for (unsigned starts = 1; starts <= 8; starts *= 2) {
        zub_kmeans found =
            cluster(&rows, &(zub_kmeans_options){.k = 11, .restarts = starts});
        CHECK(found.score >= before);
        before = found.score;
        zub_kmeans_release(&found);
    }
    zub_csr_release(&rows);
}

static void only_the_direction_counts(void)
{
    zub_csr rows = draw_rows(240, 11);
    zub_kmeans_options options = {.k = PLANTED};
    zub_kmeans before = cluster(&rows, &options);

    for (int32_t r = 0; r < rows.rows; r++)
        for (int32_t i = rows.starts[r]; i < rows.starts[r + 1]; i++)
            rows.values[i] *= (float)(1 << r % 5);
    zub_kmeans after = cluster(&rows, &options);
    CHECK(memcmp(before.topics, after.topics,
                 before.rows * sizeof *before.topics) == 0);
    zub_kmeans_release(&before);
    zub_kmeans_release(&after);
    zub_csr_release(&rows);
}

/* ---- Strange rows ---- */

static void rows_alike_are_one_topic(void)
{
    int32_t starts[] = {0, 1, 2, 3, 4}, cols[] = {1, 1, 1, 1};
    float values[] = {1, 2, 1, 1};
    zub_csr rows = {4, 3, starts, cols, values};
    zub_kmeans found = cluster(&rows, &(zub_kmeans_options){.k = 3});

    CHECK_INT(found.k, 1);
    CHECK_NEAR(found.score, 4, 1e-6);
    CHECK_NEAR((double)found.centroids[1], 1, 1e-6);
    zub_kmeans_release(&found);
}

static void rows_without_entries_have_no_topic(void)
{
    int32_t starts[] = {0, 0, 0, 0};
    zub_csr rows = {3, 5, starts, NULL, NULL};
    zub_kmeans found = cluster(&rows, &(zub_kmeans_options){.k = 2});

    CHECK_INT(found.k, 0);
    CHECK_INT(found.topics[2], 0);
    zub_kmeans_release(&found);
    rows = (zub_csr){0, 0, starts, NULL, NULL};
    found = cluster(&rows, &(zub_kmeans_options){.k = 2});
    CHECK_INT(found.k, 0);
    zub_kmeans_release(&found);
}

static void more_topics_than_rows_are_as_many_as_rows(void)
{
    zub_csr rows = draw_rows(10, 12);
    zub_kmeans found = cluster(&rows, &(zub_kmeans_options){.k = 50});

    CHECK_INT(found.k, 9); /* one is empty */
    check_laws(&found, &rows);
    zub_kmeans_release(&found);
    zub_csr_release(&rows);
}

static void what_is_wrong_is_said(void)
{
    zub_csr rows = draw_rows(10, 13);
    zub_error error;
    zub_kmeans found;

    CHECK_INT(zub_kmeans_make(&found, &rows, &(zub_kmeans_options){0}, &error),
              ZUB_EINVAL);
    CHECK(!found.topics && error.message[0]);
    rows.values[2] = NAN;
    CHECK_INT(
        zub_kmeans_make(&found, &rows, &(zub_kmeans_options){.k = 2}, &error),
        ZUB_EINVAL);
    CHECK(!found.topics && strstr(error.message, "finite"));
    zub_csr_release(&rows);
}

int main(void)
{
    RUN(planted_topics_are_found);
    RUN(laws_hold_for_any_number_of_topics);
    RUN(any_number_of_threads_gives_the_same_bytes);
    RUN(more_starts_are_never_worse);
    RUN(only_the_direction_counts);
    RUN(rows_alike_are_one_topic);
    RUN(rows_without_entries_have_no_topic);
    RUN(more_topics_than_rows_are_as_many_as_rows);
    RUN(what_is_wrong_is_said);
    return DONE();
}
