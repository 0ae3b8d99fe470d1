/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Random numbers, and the k best of many against a full sort. */
#include "test.h"

#include <stdlib.h>

#include "base/heap.h"
#include "base/random.h"

static void a_number_depends_on_seed_and_counter_alone(void)
{
    zub_random random = {42, 0};

    for (uint64_t i = 0; i < 1000; i++)
        CHECK(zub_random_bits(&random) == zub_random_at(42, i));
    CHECK(zub_random_at(42, 0) != zub_random_at(43, 0));
    CHECK(zub_random_at(42, 1) != zub_random_at(43, 0));
    /* Golden: these stand behind every seeded result. */
    CHECK(zub_random_at(0, 0) == UINT64_C(0xd49ffe2f0ef90131));
    CHECK(zub_random_at(1, 2) == UINT64_C(0x2df8809fe87b7898));
}

static void every_bit_is_set_half_of_the_time(void)
{
    for (uint64_t seed = 0; seed < 3; seed++) {
        double ones[64] = {0};

        for (uint64_t i = 0; i < 20000; i++)
            for (int bit = 0; bit < 64; bit++)
                ones[bit] += (double)(zub_random_at(seed, i) >> bit & 1);
        for (int bit = 0; bit < 64; bit++)
            CHECK_NEAR(ones[bit] / 20000, .5, .02);
    }
}

static void uniform_numbers_fill_zero_to_one(void)
{
    zub_random random = {6, 0};
    double sum = 0, squares = 0;

    for (int i = 0; i < 100000; i++) {
        double x = zub_random_uniform(&random);
        CHECK(x >= 0 && x < 1);
        sum += x;
        squares += x * x;
    }
    CHECK_NEAR(sum / 100000, 1. / 2, .005);
    CHECK_NEAR(squares / 100000, 1. / 3, .005);
}

static void bounded_numbers_are_equally_likely(void)
{
    zub_random random = {7, 0};
    double counts[7] = {0};

    for (int i = 0; i < 70000; i++)
        counts[zub_random_below(&random, 7)]++;
    for (int i = 0; i < 7; i++)
        CHECK_NEAR(counts[i] / 10000, 1, .04);
    /* Beyond 2^63 more than a third is drawn again; none may be too large. */
    uint64_t bound = (UINT64_C(1) << 63) + (UINT64_C(1) << 62);
    double low = 0;
    for (int i = 0; i < 30000; i++) {
        uint64_t x = zub_random_below(&random, bound);
        CHECK(x < bound);
        low += x < bound / 3;
    }
    CHECK_NEAR(low / 30000, 1. / 3, .02);
    CHECK_INT(zub_random_below(&random, 0), 0);
    CHECK_INT(zub_random_below(&random, 1), 0);
}

static int compare_scored(const void *a, const void *b)
{
    zub_scored x = *(const zub_scored *)a, y = *(const zub_scored *)b;

    return zub_is_better(x, y) ? -1 : zub_is_better(y, x);
}

static double random_score(zub_random *random)
{
    static const double rare[] = {NAN, -NAN, INFINITY, -INFINITY, -0.0, 0.0};
    uint64_t dice = zub_random_below(random, 60);

    return dice < 6 ? rare[dice] : (double)zub_random_below(random, 40) - 20;
}

static void the_best_of_a_full_sort_are_kept_in_order(void)
{
    zub_random random = {8, 0};
    zub_scored all[300];

    for (int round = 0; round < 2000; round++) {
        size_t size = zub_random_below(&random, 300);
        size_t k = zub_random_below(&random, 40);
        zub_heap heap;

        CHECK(zub_heap_init(&heap, k));
        for (uint32_t i = 0; i < size; i++) {
            all[i] = (zub_scored){random_score(&random), i ^ 5};
            zub_heap_add(&heap, all[i].score, all[i].id);
        }
        qsort(all, size, sizeof *all, compare_scored);
        const zub_scored *best = zub_heap_sort(&heap);
        CHECK_INT(heap.size, size < k ? size : k);
        for (size_t i = 0; i < heap.size; i++)
            CHECK_INT(best[i].id, all[i].id);
        zub_heap_release(&heap);
    }
}

static void what_is_no_number_comes_last(void)
{
    zub_heap heap;

    CHECK(zub_heap_init(&heap, 4));
    zub_heap_add(&heap, NAN, 1);
    zub_heap_add(&heap, -INFINITY, 2);
    zub_heap_add(&heap, NAN, 0);
    zub_heap_add(&heap, 1, 3);
    const zub_scored *best = zub_heap_sort(&heap);
    CHECK(best[0].id == 3 && best[1].id == 2 && best[2].id == 0 &&
          best[3].id == 1);
    zub_heap_clear(&heap);
    zub_heap_add(&heap, 2, 9);
    CHECK(heap.size == 1 && zub_heap_sort(&heap)->id == 9);
    zub_heap_release(&heap);
}

static void too_large_a_heap_is_refused(void)
{
    zub_heap heap;

    CHECK(!zub_heap_init(&heap, SIZE_MAX / 2));
    zub_heap_add(&heap, 1, 1);
    CHECK_INT(heap.size, 0);
    zub_heap_release(&heap);
}

int main(void)
{
    RUN(a_number_depends_on_seed_and_counter_alone);
    RUN(every_bit_is_set_half_of_the_time);
    RUN(uniform_numbers_fill_zero_to_one);
    RUN(bounded_numbers_are_equally_likely);
    RUN(the_best_of_a_full_sort_are_kept_in_order);
    RUN(what_is_no_number_comes_last);
    RUN(too_large_a_heap_is_refused);
    return DONE();
}
