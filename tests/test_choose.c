/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_choose.c - how many topics there are: as many as were planted. */
#include "test.h"

#include "base/random.h"
#include "vectors/choose.h"

#define TERMS 30 /* of a topic */

/* Row r is of topic r % topics; one term in ten is of any. */
static zub_csr draw_rows(int32_t rows, int32_t topics, uint64_t seed)
{
    zub_random random = {seed, 0};
    zub_csr_builder builder;
    zub_csr out;

    zub_csr_builder_init(&builder, topics * TERMS);
    for (int32_t r = 0; r < rows; r++) {
        for (int i = 0; i < 20; i++) {
            bool is_any = zub_random_below(&random, 10) == 0;
            int32_t topic =
                is_any ? (int32_t)zub_random_below(&random, (uint64_t)topics)
                       : r % topics;
            int32_t term = (int32_t)zub_random_below(&random, TERMS);
            zub_csr_builder_add(&builder, topic * TERMS + term, 1);
        }
        zub_csr_builder_end_row(&builder);
    }
    CHECK_INT(zub_csr_builder_finish(&builder, &out), ZUB_OK);
    return out;
}

static size_t choose(const zub_csr *rows, const zub_choice_options *options)
{
    zub_error error;
    size_t k;

    CHECK_INT(zub_choose_dimensions(&k, rows, options, &error), ZUB_OK);
    CHECK_STR(error.message, "");
    return k;
}

static void as_many_as_were_planted(void)
{
    static const int32_t planted[] = {2, 3, 7, 12, 20};

    for (size_t i = 0; i < 5; i++) {
        zub_csr rows = draw_rows(planted[i] * 150, planted[i], 3 + i);
        for (uint64_t seed = 0; seed < 4; seed++)
            CHECK_INT(
                choose(&rows, &(zub_choice_options){.most = 25, .seed = seed}),
                planted[i]);
        zub_csr_release(&rows);
    }
}

static void threads_do_not_change_it(void)
{
    zub_csr rows = draw_rows(700, 9, 8);

    for (unsigned threads = 1; threads <= 7; threads += 3)
        CHECK_INT(choose(&rows, &(zub_choice_options){.most = 20,
                                                      .threads = threads}),
                  9);
    zub_csr_release(&rows);
}

static void no_more_than_asked_for(void)
{
    zub_csr rows = draw_rows(600, 9, 9);

    CHECK(choose(&rows, &(zub_choice_options){.most = 5}) <= 5);
    zub_csr_release(&rows);
}

static void rows_with_entries_have_a_topic(void)
{
    int32_t starts[] = {0, 1, 2, 3, 3}, cols[] = {0, 1, 2};
    float values[] = {1, 1, 1};
    zub_csr rows = {4, 3, starts, cols, values};

    CHECK_INT(choose(&rows, &(zub_choice_options){0}), 1);
    rows.rows = 1;
    CHECK_INT(choose(&rows, &(zub_choice_options){0}), 1);
    rows.rows = 0;
    CHECK_INT(choose(&rows, &(zub_choice_options){0}), 0);
}

int main(void)
{
    if (zub_blas_threads(1, NULL) != ZUB_OK)
        return 1;
    RUN(as_many_as_were_planted);
    RUN(threads_do_not_change_it);
    RUN(no_more_than_asked_for);
    RUN(rows_with_entries_have_a_topic);
    return DONE();
}
