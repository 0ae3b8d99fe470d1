/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Association of words: golden values computed with mpmath at 50 digits from
 * the formulas as published, laws on random counts, hostile counts. */
#include "stats_laws.h"

static double of(const char *name, double n11, double n1, double n2, double n)
{
    const zub_association *measure = zub_association_find(name);
    zub_contingency counts = {n11, n1, n2, n};

    CHECK(measure != NULL);
    return measure ? measure->of(&counts) : NAN;
}

typedef struct golden {
    const char *name;
    double value;
} golden;

static void a_strong_pair_has_the_published_numbers(void)
{
    static const golden table[] = {
        {"log-dice", 11.8300749985577},
        {"pmi", 7.96578428466209},
        {"npmi", 0.64827235848388},
        {"mi2", 12.2877123795494},
        {"mi3", 16.6096404744368},
        {"lfmd", -16.6096404744368},
        {"t", 4.45424741117958},
        {"z", 70.4278354061801},
        {"g2", 190.725706029161},
        {"chi2", 4969.02026125405},
        {"chi2-yates", 4722.7020855924},
        {"fisher", 42.3553401825472},
        {"poisson-stirling", 139.315685693242},
        {"dice", 0.222222222222222},
        {"jaccard", 0.125},
        {"min-sensitivity", 0.2},
        {"delta-p21", 0.199399399399399},
        {"delta-p12", 0.24919935948759},
        {"log-rr", 8.37937836707126},
        {"log-odds", 6.04085352828658},
        {"log-odds-z", 21.6656158545331},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        check_golden(table[i].name, of(table[i].name, 20, 100, 80, 100000),
                     table[i].value);
    CHECK_INT(sizeof table / sizeof *table, 21);
    CHECK(zub_association_at(20) && !zub_association_at(21));
}

static void an_avoided_pair_has_the_published_numbers(void)
{
    static const golden table[] = {
        {"log-dice", 6.77118130950412},
        {"pmi", -1.73696559416621},
        {"npmi", -0.136739336815662},
        {"mi2", -0.15200309344505},
        {"mi3", 1.43295940727611},
        {"lfmd", -27.1424653518228},
        {"t", -4.04145188432738},
        {"z", -2.21359436211787},
        {"g2", -7.00315077316542},
        {"chi2", -5.12820512820513},
        {"chi2-yates", -4.42176870748299},
        {"fisher", -2.03705732894251},
        {"poisson-stirling", -8.21089678249862},
        {"dice", 0.00666666666666667},
        {"jaccard", 0.00334448160535117},
        {"min-sensitivity", 0.006},
        {"delta-p21", -0.0178571428571429},
        {"delta-p12", -0.0143589743589744},
        {"log-rr", -1.75742969672592},
        {"log-odds", -1.08440067887716},
        {"log-odds-z", -2.01266708200542},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        check_golden(table[i].name, of(table[i].name, 3, 400, 500, 20000),
                     table[i].value);
}

/* Sums of up to a million terms, by the recursion of the terms. */
static void fishers_test_is_exact_at_any_size(void)
{
    CHECK_NEAR(of("fisher", 60, 2000, 3000, 1e5), 0.285278814046484, 1e-12);
    CHECK_NEAR(of("fisher", 0, 50, 60, 1000), -1.3787680379215, 1e-12);
    CHECK_NEAR(of("fisher", 5, 5, 5, 1000), 12.9164692802011, 1e-11);
    CHECK_NEAR(of("fisher", 101000, 1e6, 1e6, 1e7), 3.6458229796825, 1e-9);
    CHECK_NEAR(of("fisher", 99000, 1e6, 1e6, 1e7), -3.65970523233018, 1e-9);
    CHECK_NEAR(of("fisher", 250100, 5e5, 5e5, 1e6), 0.461784426353025, 1e-9);
    CHECK_NEAR(of("fisher", 1001000000, 2e9, 5e9, 1e10), 544.965866290292,
               1e-6);
}

static void zero_cells_give_what_the_table_says(void)
{
    CHECK_NEAR(of("npmi", 0, 5, 5, 100), -1, 0);
    CHECK_NEAR(of("npmi", 9, 9, 9, 9), 1, 0);
    CHECK_NEAR(of("pmi", 0, 100, 100, 1000), log2(.5 / 10), 1e-12);
    CHECK_NEAR(of("pmi", 0, 5, 5, 1000), -1, 1e-12);
    CHECK_NEAR(of("log-dice", 0, 5, 5, 100), 14 + log2(1. / 10), 1e-12);
    CHECK_NEAR(of("t", 0, 10, 10, 100), -1 / sqrt(.5), 1e-12);
    CHECK_NEAR(of("g2", 0, 50, 50, 100), -2 * 100 * log(2), 1e-10);
    CHECK_NEAR(of("log-rr", 5, 10, 5, 100), log2(.5 / (.5 / 90)), 1e-12);
    CHECK_NEAR(of("delta-p21", 5, 10, 5, 10), 0, 0);
    for (size_t i = 0; zub_association_at(i); i++) {
        const zub_association *m = zub_association_at(i);
        zub_contingency none = {0}, no_first = {0, 0, 5, 9};
        zub_contingency no_second = {0, 5, 0, 9};
        CHECK(m->of(&none) == 0);
        CHECK(m->of(&no_first) == 0);
        CHECK(m->of(&no_second) == 0);
    }
}

static void contradicting_counts_are_made_sound(void)
{
    for (size_t i = 0; zub_association_at(i); i++) {
        const zub_association *m = zub_association_at(i);
        zub_contingency more = {7, 3, 5, 100}, sound = {7, 7, 7, 100};
        zub_contingency small = {2, 6, 7, 5}, whole = {2, 6, 7, 11};
        CHECK(m->of(&more) == m->of(&sound));
        CHECK(m->of(&small) == m->of(&whole));
    }
}

static void any_counts_give_numbers_in_range(void)
{
    for (size_t m = 0; zub_association_at(m); m++)
        for (size_t i = 0; i < HOSTILE * HOSTILE * HOSTILE * HOSTILE; i++) {
            zub_contingency c = {hostile[i % HOSTILE],
                                 hostile[i / HOSTILE % HOSTILE],
                                 hostile[i / HOSTILE / HOSTILE % HOSTILE],
                                 hostile[i / HOSTILE / HOSTILE / HOSTILE]};
            check_in_range(&zub_association_at(m)->is,
                           zub_association_at(m)->of(&c));
        }
}

static zub_contingency random_pair(zub_random *random)
{
    zub_contingency c = {.n = 1 + random_count(random, 1e9)};

    c.n1 = fmin(c.n, 1 + random_count(random, c.n));
    c.n2 = fmin(c.n, 1 + random_count(random, c.n));
    double least = fmax(0, c.n1 + c.n2 - c.n), most = fmin(c.n1, c.n2);
    c.n11 = fmin(most, least + random_count(random, most - least));
    return c;
}

static bool is_one_of(const char *name, const char *names)
{
    char quoted[80];

    snprintf(quoted, sizeof quoted, " %s ", name);
    return strstr(names, quoted) != NULL;
}

static void only_directed_measures_tell_the_words_apart(void)
{
    zub_random random = {1, 0};

    for (int round = 0; round < 4000; round++) {
        zub_contingency c = random_pair(&random);
        zub_contingency swapped = {c.n11, c.n2, c.n1, c.n};
        for (size_t i = 0; zub_association_at(i); i++) {
            const zub_association *m = zub_association_at(i);
            if (!is_one_of(m->is.name, " delta-p21 delta-p12 log-rr "))
                check_golden(m->is.name, m->of(&swapped), m->of(&c));
        }
        check_golden("delta-p", of("delta-p21", c.n11, c.n1, c.n2, c.n),
                     of("delta-p12", c.n11, c.n2, c.n1, c.n));
    }
}

static void chance_is_0_and_signs_are_those_of_the_difference(void)
{
    static const char signs[] = " pmi npmi t z g2 chi2 chi2-yates fisher "
                                "delta-p21 delta-p12 log-rr ";
    zub_random random = {2, 0};

    for (int round = 0; round < 4000; round++) {
        zub_contingency c = random_pair(&random);
        double left = c.n11 * c.n, right = c.n1 * c.n2;
        for (size_t i = 0; zub_association_at(i); i++) {
            const zub_association *m = zub_association_at(i);
            double value = m->of(&c);
            if (!is_one_of(m->is.name, signs) || value == 0 || left == right)
                continue;
            if ((value > 0) != (left > right))
                printf("# %s of %.0f %.0f %.0f %.0f is %g\n", m->is.name,
                       c.n11, c.n1, c.n2, c.n, value);
            CHECK((value > 0) == (left > right));
        }
    }
    for (double k = 1; k < 1e6; k *= 7) /* by chance, exactly */
        for (size_t i = 0; zub_association_at(i); i++) {
            const zub_association *m = zub_association_at(i);
            zub_contingency c = {3 * k, 30 * k, 21 * k, 210 * k};
            if (is_one_of(m->is.name, signs) && strcmp(m->is.name, "fisher"))
                CHECK(m->of(&c) == 0);
        }
}

static void more_pairs_are_never_weaker(void)
{
    zub_random random = {3, 0};

    for (int round = 0; round < 4000; round++) {
        zub_contingency c = random_pair(&random), more = c;
        more.n11 =
            fmin(fmin(c.n1, c.n2), c.n11 + 1 + random_count(&random, c.n1));
        for (size_t i = 0; zub_association_at(i); i++) {
            const zub_association *m = zub_association_at(i);
            double value = m->of(&c), stronger = m->of(&more);
            if (is_one_of(m->is.name, " fisher poisson-stirling "
                                      "log-odds-z log-rr "))
                continue; /* not monotonic about chance */
            CHECK(stronger >= value - 1e-12 * fabs(value));
        }
    }
}

static void evidence_grows_with_the_sample_and_effects_do_not(void)
{
    zub_random random = {4, 0};

    for (int round = 0; round < 2000; round++) {
        zub_contingency c = random_pair(&random);
        zub_contingency ten = {10 * c.n11, 10 * c.n1, 10 * c.n2, 10 * c.n};
        if (c.n11 == 0 || c.n1 == c.n || c.n2 == c.n || c.n11 == c.n2)
            continue;
        for (size_t i = 0; zub_association_at(i); i++) {
            const zub_association *m = zub_association_at(i);
            double value = m->of(&c), more = m->of(&ten);
            if (is_one_of(m->is.name, " g2 chi2 "))
                check_golden(m->is.name, more, 10 * value);
            if (is_one_of(m->is.name, " t z "))
                check_golden(m->is.name, more, sqrt(10) * value);
            if (is_one_of(m->is.name,
                          " log-dice pmi npmi lfmd dice jaccard delta-p21 "
                          "delta-p12 min-sensitivity log-rr "))
                check_golden(m->is.name, more, value);
        }
    }
}

static void names_resolve_to_their_rows(void)
{
    for (size_t i = 0; zub_association_at(i); i++) {
        const zub_association *m = zub_association_at(i);
        CHECK(zub_association_find(m->is.name) == m);
        check_words(&m->is);
        check_documented(&m->is);
    }
    CHECK(zub_association_find(NULL) == zub_association_find("log-dice"));
    CHECK(zub_association_find("") == NULL);
    CHECK(zub_association_find("PMI") == NULL);
}

/* gensim: (bigram - min_count) / (a * b) * len_vocab, and npmi_scorer. */
static void phrase_scores_are_those_of_gensim(void)
{
    zub_contingency c = {20, 100, 80, 100000}, none = {0};

    CHECK_NEAR(zub_phrase_score(&c, 5000, 5), 15. / 8000 * 5000, 1e-12);
    CHECK_NEAR(zub_phrase_score(&c, c.n, 5), 15. / 8000 * 1e5, 1e-9);
    CHECK(zub_phrase_score(&c, 5000, 25) < 0);
    CHECK(zub_phrase_score(&none, 5000, 5) == 0);
    CHECK_NEAR(zub_phrase_npmi(&c, 5), 0.64827235848388, 1e-12);
    CHECK_NEAR(zub_phrase_npmi(&c, 21), -1, 0);
    for (size_t i = 0; i < HOSTILE * HOSTILE; i++) {
        double x = hostile[i % HOSTILE], y = hostile[i / HOSTILE];
        CHECK(isfinite(zub_phrase_score(&c, x, y)));
        CHECK(isfinite(zub_phrase_npmi(&c, x)));
    }
}

/* mpmath: sum((-1)**(3 - bin(i).count('1')) * log(c + .5)), and that over
 * sqrt(sum(1 / (c + .5))). */
static void lambda_of_three_words_is_right(void)
{
    static const double cells[8] = {9000, 80, 90, 12, 70, 9, 15, 7};
    double lambda, z;

    zub_lambda(&lambda, &z, cells, 3);
    CHECK_NEAR(lambda, -1.45877311167982, 1e-12);
    CHECK_NEAR(z, -2.24858080436824, 1e-12);
    zub_lambda(&lambda, &z, cells, 0);
    CHECK(lambda == 0 && z == 0);
    zub_lambda(&lambda, &z, cells, 25);
    CHECK(lambda == 0 && z == 0);
}

static void lambda_of_two_words_is_their_log_odds(void)
{
    zub_random random = {5, 0};

    for (int round = 0; round < 1000; round++) {
        zub_contingency c = random_pair(&random);
        double cells[4] = {c.n, c.n1, c.n2, c.n11}, lambda, z;
        zub_lambda_cells(cells, 2);
        zub_lambda(&lambda, &z, cells, 2);
        check_golden("lambda", lambda, of("log-odds", c.n11, c.n1, c.n2, c.n));
        check_golden("z", z, of("log-odds-z", c.n11, c.n1, c.n2, c.n));
    }
}

static void lambda_cells_add_up_to_what_they_were_made_of(void)
{
    zub_random random = {6, 0};

    for (unsigned words = 1; words <= 6; words++) {
        double cells[64], counts[64] = {0};
        size_t size = (size_t)1 << words;
        for (size_t i = 0; i < size; i++)
            cells[i] = random_count(&random, 1e6);
        for (size_t i = 0; i < size; i++)
            for (size_t j = 0; j < size; j++)
                counts[i] += (i & j) == i ? cells[j] : 0;
        zub_lambda_cells(counts, words);
        for (size_t i = 0; i < size; i++)
            CHECK(counts[i] == cells[i]);
    }
}

int main(void)
{
    RUN(a_strong_pair_has_the_published_numbers);
    RUN(an_avoided_pair_has_the_published_numbers);
    RUN(fishers_test_is_exact_at_any_size);
    RUN(zero_cells_give_what_the_table_says);
    RUN(contradicting_counts_are_made_sound);
    RUN(any_counts_give_numbers_in_range);
    RUN(only_directed_measures_tell_the_words_apart);
    RUN(chance_is_0_and_signs_are_those_of_the_difference);
    RUN(more_pairs_are_never_weaker);
    RUN(evidence_grows_with_the_sample_and_effects_do_not);
    RUN(names_resolve_to_their_rows);
    RUN(phrase_scores_are_those_of_gensim);
    RUN(lambda_of_three_words_is_right);
    RUN(lambda_of_two_words_is_their_log_odds);
    RUN(lambda_cells_add_up_to_what_they_were_made_of);
    return DONE();
}
