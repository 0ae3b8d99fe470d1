/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Keyness: golden values computed with mpmath at 50 digits from the formulas as
 * published, laws on random counts, hostile counts. */
#include "stats_laws.h"

#include <stdlib.h>

static double of(const char *name, double a, double b, double n1, double n2)
{
    const zub_keyness *measure = zub_keyness_find(name);
    zub_contrast counts = {a, b, n1, n2};

    CHECK(measure != NULL);
    return measure ? measure->of(&counts, NULL) : NAN;
}

static void a_key_word_has_the_published_numbers(void)
{
    static const struct {
        const char *name;
        double value;
    } table[] = {
        {"lrc", 2.74894756829994},          {"log-ratio", 3.32192809488736},
        {"g2-4term", 192.933749050573},     {"g2-2term", 191.709557895053},
        {"chi2", 203.722334004024},         {"chi2-yates", 201.465040241449},
        {"bic", 181.400605234409},          {"percent-diff", 900},
        {"odds-ratio", 10.1370558375635},   {"relative-risk", 10},
        {"simple-maths", 9.99400399733511},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        check_golden(table[i].name, of(table[i].name, 150, 30, 10000, 20000),
                     table[i].value);
    CHECK(zub_keyness_at(10) && !zub_keyness_at(11));
}

/* x with I(x; a, b + 1) = side, by findroot on the log of betainc. */
static void intervals_are_those_of_clopper_and_pearson(void)
{
    zub_contrast counts = {150, 30, 10000, 20000}, fewer = {12, 30, 1e3, 1e3};
    zub_contrast alone = {3, 0, 1000, 1000}, never = {0, 3, 1000, 1000};
    zub_keyness_options many = {.family = 10000}, sure = {.confidence = .99};
    double low, high;

    zub_log_ratio_interval(&low, &high, &counts, NULL);
    CHECK_NEAR(low, 2.74894756829994, 1e-12);
    CHECK_NEAR(high, 3.9388910747745, 1e-12);
    zub_log_ratio_interval(&low, &high, &counts, &many);
    CHECK_NEAR(low, 2.08919827630618, 1e-12);
    CHECK_NEAR(high, 4.8301010656145, 1e-12);
    zub_log_ratio_interval(&low, &high, &counts, &sure);
    CHECK_NEAR(low, 2.58795388248998, 1e-12);
    CHECK_NEAR(high, 4.13812275855861, 1e-12);
    zub_log_ratio_interval(&low, &high, &fewer, NULL);
    CHECK_NEAR(low, -2.42268201902485, 1e-12);
    CHECK_NEAR(high, -0.313783508255473, 1e-12);
    zub_log_ratio_interval(&low, &high, &alone, NULL);
    CHECK_NEAR(low, -1.27497836819808, 1e-12);
    CHECK(high == 1024);
    zub_log_ratio_interval(&low, &high, &never, NULL);
    CHECK_NEAR(high, 1.27497836819808, 1e-12);
    CHECK(low == -1024);
}

/* As R's corpora::keyness: the near end, never on the other side of 0. */
static void lrc_is_the_near_end_of_the_interval(void)
{
    const zub_keyness *lrc = zub_keyness_find("lrc");
    zub_contrast counts = {150, 30, 10000, 20000};
    zub_keyness_options many = {.family = 10000};

    CHECK_NEAR(of("lrc", 12, 30, 1000, 1000), -0.313783508255473, 1e-12);
    CHECK(of("lrc", 3, 0, 1000, 1000) == 0);
    CHECK_NEAR(lrc->of(&counts, &many), 2.08919827630618, 1e-12);
}

static void options_change_what_they_say(void)
{
    const zub_keyness *maths = zub_keyness_find("simple-maths");
    zub_contrast counts = {150, 30, 10000, 20000};
    zub_keyness_options hundred = {.smoothing = 100}, odd = {-1, 7, NAN};

    check_golden("simple-maths", maths->of(&counts, &hundred), 9.4375);
    for (size_t i = 0; zub_keyness_at(i); i++)
        CHECK(zub_keyness_at(i)->of(&counts, &odd) ==
              zub_keyness_at(i)->of(&counts, NULL));
}

static void zero_cells_give_what_the_table_says(void)
{
    CHECK_NEAR(of("log-ratio", 8, 0, 1000, 1000), 4, 1e-12);
    CHECK_NEAR(of("log-ratio", 0, 8, 1000, 1000), -4, 1e-12);
    CHECK_NEAR(of("percent-diff", 8, 0, 1000, 1000), 1500, 1e-9);
    CHECK_NEAR(of("percent-diff", 0, 8, 1000, 1000), -100, 1e-9);
    CHECK_NEAR(of("relative-risk", 0, 8, 1000, 1000), 0, 0);
    CHECK_NEAR(of("odds-ratio", 0, 8, 10, 20), .5 / 10.5 / (8.5 / 12.5),
               1e-12);
    CHECK_NEAR(of("simple-maths", 8, 0, 1000, 1000), 8001, 1e-9);
    for (size_t i = 0; zub_keyness_at(i); i++) {
        const zub_keyness *m = zub_keyness_at(i);
        bool is_ratio = strstr(" odds-ratio relative-risk simple-maths ",
                               m->is.name) != NULL;
        double nothing = is_ratio ? 1 : 0;
        if (strcmp(m->is.name, "bic") == 0)
            continue;
        CHECK(of(m->is.name, 0, 0, 0, 0) == nothing);
        CHECK(of(m->is.name, 0, 0, 10, 10) == nothing);
        CHECK(of(m->is.name, 3, 0, 10, 0) == nothing);
        CHECK(of(m->is.name, 0, 3, 0, 10) == nothing);
    }
    CHECK(of("bic", 0, 0, 0, 0) == 0);
    CHECK_NEAR(of("bic", 0, 0, 50, 50), -log(100), 1e-12);
}

static void any_counts_give_numbers_in_range(void)
{
    for (size_t m = 0; zub_keyness_at(m); m++)
        for (size_t i = 0; i < HOSTILE * HOSTILE * HOSTILE * HOSTILE; i++) {
            zub_contrast c = {hostile[i % HOSTILE],
                              hostile[i / HOSTILE % HOSTILE],
                              hostile[i / HOSTILE / HOSTILE % HOSTILE],
                              hostile[i / HOSTILE / HOSTILE / HOSTILE]};
            if (m > 0 || i % 7 == 0) /* lrc is slow at 2^53 */
                check_in_range(&zub_keyness_at(m)->is,
                               zub_keyness_at(m)->of(&c, NULL));
        }
}

static void any_counts_have_an_interval_and_a_probability(void)
{
    for (size_t i = 0; i < HOSTILE * HOSTILE * HOSTILE * HOSTILE; i += 7) {
        zub_contrast c = {hostile[i % HOSTILE], hostile[i / HOSTILE % HOSTILE],
                          hostile[i / HOSTILE / HOSTILE % HOSTILE],
                          hostile[i / HOSTILE / HOSTILE / HOSTILE]};
        zub_keyness_options o = {0, hostile[i % 11], hostile[i % 13]};
        double low = NAN, high = NAN, p = zub_keyness_p(&c);
        zub_log_ratio_interval(&low, &high, &c, &o);
        CHECK(low <= high && isfinite(low) && isfinite(high));
        CHECK(p >= 0 && p <= 1);
    }
}

static zub_contrast random_contrast(zub_random *random)
{
    zub_contrast c = {random_count(random, 1e6), random_count(random, 1e6), 0,
                      0};

    c.n1 = c.a + 1 + random_count(random, 1e9);
    c.n2 = c.b + 1 + random_count(random, 1e9);
    return c;
}

static void exchanging_the_corpora_turns_the_sign(void)
{
    static const char signs[] = " lrc log-ratio g2-4term g2-2term chi2 "
                                "chi2-yates ";
    zub_random random = {11, 0};

    for (int round = 0; round < 2000; round++) {
        zub_contrast c = random_contrast(&random);
        for (size_t i = 0; zub_keyness_at(i); i++) {
            const char *name = zub_keyness_at(i)->is.name;
            double there = of(name, c.a, c.b, c.n1, c.n2);
            double back = of(name, c.b, c.a, c.n2, c.n1);
            if (strstr(signs, name))
                CHECK_NEAR(back, -there, 1e-9 * fmax(1, fabs(there)));
            if (strcmp(name, "bic") == 0)
                check_golden(name, back, there);
            if (strcmp(name, "odds-ratio") == 0)
                CHECK_NEAR(back * there, 1, 1e-9);
        }
    }
}

static void lrc_lies_between_0_and_the_log_ratio(void)
{
    zub_random random = {12, 0};

    for (int round = 0; round < 2000; round++) {
        zub_contrast c = random_contrast(&random);
        double lrc = of("lrc", c.a, c.b, c.n1, c.n2), low, high;
        zub_log_ratio_interval(&low, &high, &c, NULL);
        if (c.a > 0 && c.b > 0) {
            double ratio = of("log-ratio", c.a, c.b, c.n1, c.n2);
            CHECK(fabs(lrc) <= fabs(ratio) + 1e-9 && lrc * ratio >= 0);
            CHECK(low <= ratio && ratio <= high);
        }
        if (low > 1e-9)
            CHECK(lrc == low);
        if (high < -1e-9)
            CHECK(lrc == high);
        zub_keyness_options many = {.family = 1e6};
        CHECK(fabs(zub_keyness_find("lrc")->of(&c, &many)) <=
              fabs(lrc) + 1e-9);
    }
}

static void the_target_decides_the_sign(void)
{
    zub_random random = {13, 0};

    for (int round = 0; round < 2000; round++) {
        zub_contrast c = random_contrast(&random);
        double left = c.a * c.n2, right = c.b * c.n1;
        if (c.a == 0 || c.b == 0 || left == right)
            continue;
        CHECK((of("g2-4term", c.a, c.b, c.n1, c.n2) > 0) == (left > right));
        CHECK((of("g2-2term", c.a, c.b, c.n1, c.n2) > 0) == (left > right));
        CHECK((of("log-ratio", c.a, c.b, c.n1, c.n2) > 0) == (left > right));
        CHECK(fabs(of("g2-4term", c.a, c.b, c.n1, c.n2)) >=
              fabs(of("g2-2term", c.a, c.b, c.n1, c.n2)) * (1 - 1e-9));
    }
}

/* erfc(sqrt(G2 / 2)); 2 I(1/2; 4, 1), 2 I(1/4; 3, 2), 2 I(1/2; 6, 2). */
static void probabilities_are_exact_where_small(void)
{
    zub_contrast large = {150, 30, 10000, 20000}, alone = {4, 0, 1000, 1000};
    zub_contrast few = {3, 1, 1000, 3000}, less = {1, 6, 500, 500};
    zub_contrast alike = {2, 2, 500, 500}, none = {0, 0, 500, 500};

    CHECK_NEAR(zub_keyness_p(&large) / 7.27749829613741e-44, 1, 1e-10);
    CHECK_NEAR(zub_keyness_p(&alone), .125, 1e-13);
    CHECK_NEAR(zub_keyness_p(&few), .1015625, 1e-13);
    CHECK_NEAR(zub_keyness_p(&less), .125, 1e-13);
    CHECK(zub_keyness_p(&alike) == 1);
    CHECK(zub_keyness_p(&none) == 1);
}

/* The example of Benjamini & Hochberg (1995, 3.2): of 15 the first 4 are
 * below .05, while Holm's and Bonferroni's leave the first 3. */
static const double example[] = {.0001, .0004, .0019, .0095, .0201,
                                 .0278, .0298, .0344, .0459, .3240,
                                 .4262, .5719, .6528, .7590, 1.000};

static size_t count_below(zub_adjustment how)
{
    double p[15];
    size_t below = 0;

    memcpy(p, example, sizeof p);
    CHECK(zub_adjust(p, 15, 0, how) == ZUB_OK);
    for (size_t i = 0; i < 15; i++)
        below += p[i] <= .05;
    return below;
}

static void adjustments_find_what_their_authors_found(void)
{
    double p[] = {.01, .04, .03, .005};

    CHECK_INT(count_below(ZUB_ADJUST_BH), 4);
    CHECK_INT(count_below(ZUB_ADJUST_HOLM), 3);
    CHECK_INT(count_below(ZUB_ADJUST_BONFERRONI), 3);
    CHECK(zub_adjust(p, 4, 0, ZUB_ADJUST_HOLM) == ZUB_OK);
    CHECK_NEAR(p[0], .03, 1e-15); /* 3 * .01 */
    CHECK_NEAR(p[1], .06, 1e-15); /* not below the one before it */
    CHECK_NEAR(p[2], .06, 1e-15); /* 2 * .03 */
    CHECK_NEAR(p[3], .02, 1e-15); /* 4 * .005 */
}

static int ascending(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

static void adjusting_keeps_order_and_never_lowers(void)
{
    zub_random random = {14, 0};
    double p[200], sorted[200], was[200];

    for (int round = 0; round < 300; round++) {
        size_t count = zub_random_below(&random, 200);
        zub_adjustment how = (zub_adjustment)(round % 3);
        for (size_t i = 0; i < count; i++)
            was[i] = p[i] = sorted[i] =
                floor(zub_random_uniform(&random) * 50) / 50;
        qsort(sorted, count, sizeof *sorted, ascending);
        CHECK(zub_adjust(p, count, 0, how) == ZUB_OK);
        CHECK(zub_adjust(sorted, count, 0, how) == ZUB_OK);
        for (size_t i = 0; i < count; i++) {
            CHECK(p[i] >= was[i] && p[i] <= 1);
            for (size_t j = 0; j < i; j++)
                CHECK(was[i] == was[j] ? p[i] == p[j]
                                       : (was[i] < was[j]) <= (p[i] <= p[j]));
        }
        qsort(p, count, sizeof *p, ascending);
        CHECK(memcmp(p, sorted, count * sizeof *p) == 0);
    }
}

static void odd_probabilities_and_families_are_taken(void)
{
    double p[] = {NAN, -1, 2, .01, 0}, one = .01;

    CHECK(zub_adjust(p, 5, 0, ZUB_ADJUST_BH) == ZUB_OK);
    CHECK(p[0] == 1 && p[1] == 0 && p[2] == 1 && p[4] == 0);
    CHECK_NEAR(p[3], .05 / 3, 1e-15);
    CHECK(zub_adjust(&one, 1, 7, ZUB_ADJUST_BONFERRONI) == ZUB_OK);
    CHECK_NEAR(one, .07, 1e-15);
    CHECK(zub_adjust(NULL, 0, 0, ZUB_ADJUST_HOLM) == ZUB_OK);
    CHECK(zub_adjust(p, 5, 0, (zub_adjustment)3) == ZUB_EINVAL);
    CHECK(zub_adjust(p, SIZE_MAX / 8, 0, ZUB_ADJUST_BH) == ZUB_ENOMEM);
}

static void names_resolve_to_their_rows(void)
{
    for (size_t i = 0; zub_keyness_at(i); i++) {
        const zub_keyness *m = zub_keyness_at(i);
        CHECK(zub_keyness_find(m->is.name) == m);
        check_words(&m->is);
        check_documented(&m->is);
    }
    CHECK(zub_keyness_find(NULL) == zub_keyness_find("lrc"));
    CHECK(zub_keyness_find("g") == NULL);
}

int main(void)
{
    RUN(a_key_word_has_the_published_numbers);
    RUN(intervals_are_those_of_clopper_and_pearson);
    RUN(lrc_is_the_near_end_of_the_interval);
    RUN(options_change_what_they_say);
    RUN(zero_cells_give_what_the_table_says);
    RUN(any_counts_give_numbers_in_range);
    RUN(any_counts_have_an_interval_and_a_probability);
    RUN(exchanging_the_corpora_turns_the_sign);
    RUN(lrc_lies_between_0_and_the_log_ratio);
    RUN(the_target_decides_the_sign);
    RUN(probabilities_are_exact_where_small);
    RUN(adjustments_find_what_their_authors_found);
    RUN(adjusting_keeps_order_and_never_lowers);
    RUN(odd_probabilities_and_families_are_taken);
    RUN(names_resolve_to_their_rows);
    return DONE();
}
