/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Lexical diversity: golden values of the Python package lexicalrichness 0.5,
 * laws on random texts, a slow count beside the fast one. */
#include "stats_laws.h"

#include <stdlib.h>

#define LONGEST 600

static const uint32_t sample[] = {
    1, 2, 3,  1,  4,  2, 5, 1,  6,  7, 3,  1, 8,  2, 9,  1,  10,
    2, 3, 11, 1,  12, 4, 1, 2,  13, 5, 3,  1, 14, 2, 1,  15, 6,
    1, 2, 3,  16, 1,  4, 2, 17, 1,  5, 18, 2, 1,  3, 19, 1};
#define SAMPLE (sizeof sample / sizeof *sample)

static zub_diversity measured(const uint32_t *words, size_t count,
                              const zub_diversity_options *options)
{
    zub_diversity out;

    CHECK(zub_diversity_measure(&out, words, count, options) == ZUB_OK);
    return out;
}

static void a_text_has_the_numbers_of_lexicalrichness(void)
{
    zub_diversity_options ten = {.window = 10, .draws = 10, .factor = .5};
    zub_diversity d = measured(sample, SAMPLE, NULL);
    static const double want[ZUB_DIVERSITIES] = {
        [ZUB_DIVERSITY_WORDS] = 50,
        [ZUB_DIVERSITY_TYPES] = 19,
        [ZUB_DIVERSITY_HAPAXES] = 13,
        [ZUB_DIVERSITY_TTR] = .38,
        [ZUB_DIVERSITY_ROOT_TTR] = 2.6870057685088806,
        [ZUB_DIVERSITY_CORRECTED_TTR] = 1.9,
        [ZUB_DIVERSITY_LOG_TTR] = 0.752664024490876,
        [ZUB_DIVERSITY_MAAS] = 0.06322457080797629,
        [ZUB_DIVERSITY_YULE_K] = 1192,
        [ZUB_DIVERSITY_YULE_I] = 1.0972644376899696,
        [ZUB_DIVERSITY_SIMPSON_D] = 0.12163265306122449,
        [ZUB_DIVERSITY_HERDAN_V] = 0.294225119683265,
        [ZUB_DIVERSITY_ENTROPY] = 3.466819311165901,
        [ZUB_DIVERSITY_MATTR] = .38, /* shorter than the window */
        [ZUB_DIVERSITY_MTLD] = 11.35948905109489,
        [ZUB_DIVERSITY_HDD] = 0.4021768287950395,
    };

    for (size_t i = 0; i < ZUB_DIVERSITIES; i++)
        check_golden(zub_diversity_at(i)->name, d.of[i], want[i]);
    d = measured(sample, SAMPLE, &ten);
    check_golden("mattr", d.of[ZUB_DIVERSITY_MATTR], 0.748780487804878);
    check_golden("mtld", d.of[ZUB_DIVERSITY_MTLD], 25);
    check_golden("hdd", d.of[ZUB_DIVERSITY_HDD], 0.6579669933334761);
}

static void short_texts_give_what_the_table_says(void)
{
    static const uint32_t same[] = {8, 8, 8}, others[] = {4, 9, 6, 1};
    zub_diversity none = measured(NULL, 0, NULL);
    zub_diversity one = measured(same, 1, NULL);
    zub_diversity three = measured(same, 3, NULL);
    zub_diversity four = measured(others, 4, NULL);

    for (size_t i = 0; i < ZUB_DIVERSITIES; i++)
        CHECK(none.of[i] == 0);
    CHECK(one.of[ZUB_DIVERSITY_LOG_TTR] == 1);
    CHECK(one.of[ZUB_DIVERSITY_MAAS] == 0);
    CHECK(one.of[ZUB_DIVERSITY_SIMPSON_D] == 0);
    CHECK(one.of[ZUB_DIVERSITY_MTLD] == 1);
    CHECK(three.of[ZUB_DIVERSITY_SIMPSON_D] == 1);
    CHECK(three.of[ZUB_DIVERSITY_ENTROPY] == 0);
    CHECK_NEAR(three.of[ZUB_DIVERSITY_HDD], 1. / 3, 1e-15);
    CHECK(four.of[ZUB_DIVERSITY_YULE_I] == 16);
    CHECK(four.of[ZUB_DIVERSITY_YULE_K] == 0);
    CHECK(four.of[ZUB_DIVERSITY_MTLD] == 4);
    CHECK(four.of[ZUB_DIVERSITY_HDD] == 1);
}

static size_t random_text(uint32_t *words, zub_random *random)
{
    size_t count = 1 + zub_random_below(random, LONGEST);
    uint64_t types = 1 + zub_random_below(random, 300);

    for (size_t i = 0; i < count; i++)
        words[i] = (uint32_t)zub_random_below(
            random, 1 + zub_random_below(random, types));
    return count;
}

static void every_text_gives_numbers_in_range(void)
{
    zub_random random = {31, 0};
    uint32_t words[LONGEST];

    for (int round = 0; round < 1000; round++) {
        size_t count = random_text(words, &random);
        zub_diversity_options o = {zub_random_below(&random, 1000),
                                   hostile[zub_random_below(&random, HOSTILE)],
                                   zub_random_below(&random, 1000)};
        zub_diversity d = measured(words, count, &o);
        for (size_t i = 0; i < ZUB_DIVERSITIES; i++)
            check_in_range(zub_diversity_at(i), d.of[i]);
    }
}

static void it_does_not_matter_how_words_are_numbered(void)
{
    zub_random random = {32, 0};
    uint32_t words[LONGEST], others[LONGEST];

    for (int round = 0; round < 500; round++) {
        size_t count = random_text(words, &random);
        for (size_t i = 0; i < count; i++) /* odd: one to one */
            others[i] = UINT32_MAX - words[i] * 2654435761u;
        zub_diversity d = measured(words, count, NULL);
        zub_diversity e = measured(others, count, NULL);
        CHECK(memcmp(&d, &e, sizeof d) == 0);
    }
}

static void only_runs_mind_the_order_and_none_the_direction(void)
{
    zub_random random = {33, 0};
    uint32_t words[LONGEST], backwards[LONGEST];

    for (int round = 0; round < 500; round++) {
        size_t count = random_text(words, &random);
        for (size_t i = 0; i < count; i++)
            backwards[count - 1 - i] = words[i];
        zub_diversity d = measured(words, count, NULL);
        zub_diversity e = measured(backwards, count, NULL);
        for (size_t i = 0; i < ZUB_DIVERSITIES; i++)
            CHECK_NEAR(e.of[i], d.of[i], 1e-9 * fabs(d.of[i]));
    }
}

static size_t types_of(const uint32_t *words, size_t count)
{
    size_t types = 0;

    for (size_t i = 0; i < count; i++) {
        size_t j = 0;
        while (words[j] != words[i])
            j++;
        types += j == i;
    }
    return types;
}

/* Factors as the definition says, counting types anew at each word. */
static double slow_factors(const uint32_t *words, size_t count)
{
    double factors = 0, ttr = 1;
    size_t start = 0;

    for (size_t i = 0; i < count; i++) {
        ttr = (double)types_of(words + start, i + 1 - start) /
              (double)(i + 1 - start);
        if (ttr <= .72) {
            factors++;
            start = i + 1;
            ttr = 1;
        }
    }
    return factors + (1 - ttr) / (1 - .72);
}

static void runs_are_those_of_a_slow_count(void)
{
    zub_random random = {34, 0};
    uint32_t words[LONGEST], backwards[LONGEST];
    zub_diversity_options o = {.window = 20};

    for (int round = 0; round < 60; round++) {
        size_t count = random_text(words, &random);
        double sum = 0, n = (double)count;
        for (size_t i = 0; i < count; i++)
            backwards[count - 1 - i] = words[i];
        if (count < 20)
            continue;
        for (size_t i = 0; i + 20 <= count; i++)
            sum += (double)types_of(words + i, 20) / 20;
        zub_diversity d = measured(words, count, &o);
        CHECK_NEAR(d.of[ZUB_DIVERSITY_MATTR], sum / (n - 19), 1e-12);
        double there = slow_factors(words, count);
        double back = slow_factors(backwards, count);
        CHECK_NEAR(d.of[ZUB_DIVERSITY_MTLD],
                   (n / (there > 0 ? there : 1) + n / (back > 0 ? back : 1)) /
                       2,
                   1e-9 * n);
    }
}

/* HD-D is the mean ttr of all samples: drawing everything gives the ttr, and
 * drawing two gives 1 less half of Simpson's D. */
static void hdd_is_an_expected_ttr(void)
{
    zub_random random = {35, 0};
    uint32_t words[LONGEST];

    for (int round = 0; round < 300; round++) {
        size_t count = random_text(words, &random);
        zub_diversity_options all = {.draws = count}, two = {.draws = 2};
        zub_diversity d = measured(words, count, &all);
        CHECK_NEAR(d.of[ZUB_DIVERSITY_HDD], d.of[ZUB_DIVERSITY_TTR], 1e-12);
        d = measured(words, count, &two);
        if (count > 1)
            CHECK_NEAR(d.of[ZUB_DIVERSITY_HDD],
                       1 - d.of[ZUB_DIVERSITY_SIMPSON_D] / 2, 1e-12);
    }
}

static void too_long_a_text_is_refused(void)
{
    zub_diversity out = {{1}};

    CHECK(zub_diversity_measure(&out, sample, UINT32_MAX, NULL) == ZUB_ELIMIT);
    CHECK(out.of[0] == 0);
}

static void rows_are_documented(void)
{
    for (size_t i = 0; zub_diversity_at(i); i++) {
        check_words(zub_diversity_at(i));
        check_documented(zub_diversity_at(i));
    }
    CHECK(zub_diversity_at(ZUB_DIVERSITIES) == NULL);
    CHECK_STR(zub_diversity_at(ZUB_DIVERSITY_MTLD)->name, "mtld");
}

int main(void)
{
    RUN(a_text_has_the_numbers_of_lexicalrichness);
    RUN(short_texts_give_what_the_table_says);
    RUN(every_text_gives_numbers_in_range);
    RUN(it_does_not_matter_how_words_are_numbered);
    RUN(only_runs_mind_the_order_and_none_the_direction);
    RUN(runs_are_those_of_a_slow_count);
    RUN(hdd_is_an_expected_ttr);
    RUN(too_long_a_text_is_refused);
    RUN(rows_are_documented);
    return DONE();
}
