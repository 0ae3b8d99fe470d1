/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Dispersion: golden values computed with mpmath at 40 digits from the formulas
 * as published, laws on random parts, hostile counts. */
#include "stats_laws.h"

#define PARTS 40

static double of(const char *name, const zub_parts *parts)
{
    const zub_dispersion *measure = zub_dispersion_find(name);

    CHECK(measure != NULL);
    return measure ? measure->of(parts) : NAN;
}

/* In the order of the table. */
static void check_all(const zub_parts *parts, const double want[15])
{
    for (size_t i = 0; i < 15; i++) {
        const zub_dispersion *m = zub_dispersion_at(i);
        check_golden(m->is.name, m->of(parts), want[i]);
    }
    CHECK(zub_dispersion_at(14) && !zub_dispersion_at(15));
}

/* The example of Gries (2008): 1 to 5 times in five parts. */
static void a_word_in_unequal_parts_has_the_published_numbers(void)
{
    static const double counts[] = {1, 2, 3, 4, 5};
    static const double sizes[] = {18, 22, 20, 20, 20};
    static const double want[] = {0.24390243902439,
                                  0.2,
                                  0.763612878595483,
                                  0.926698026524177,
                                  0.940809358863857,
                                  0.666441136671177,
                                  0.141242015952209,
                                  0.151658858103794,
                                  0.164472434115208,
                                  5,
                                  1,
                                  3,
                                  0.8,
                                  0,
                                  -0.0736772540882967};
    double scratch[5];
    zub_parts parts = {counts, sizes, 5, 5, 100, 18, NULL};

    check_all(&parts, want);
    parts.scratch = scratch;
    check_all(&parts, want);
}

static void a_word_in_equal_parts_has_the_published_numbers(void)
{
    static const double counts[] = {1, 2, 3, 4, 5}, sizes[] = {7, 7, 7, 7, 7};
    static const double want[] = {0.25,
                                  0.2,
                                  0.764297739604484,
                                  0.925633916873193,
                                  0.936846607772914,
                                  0.666666666666667,
                                  0.14724713729138,
                                  0.158587033836188,
                                  0.172672697718863,
                                  5,
                                  1,
                                  3,
                                  0.8,
                                  0,
                                  -0.0736772540882967};
    zub_parts parts = {.counts = counts, .listed = 5, .parts = 5};

    check_all(&parts, want);
    parts.sizes = sizes;
    parts.size = 35;
    parts.smallest = 7;
    check_all(&parts, want);
}

/* Counts 0 3 0 0 9 1 0 0 in parts of 100 200 150 50 300 80 70 50. */
static void parts_without_the_word_need_not_be_listed(void)
{
    static const double counts[] = {3, 9, 1}, sizes[] = {200, 300, 80};
    static const double all[] = {0, 3, 0, 0, 9, 1, 0, 0};
    static const double all_sizes[] = {100, 200, 150, 50, 300, 80, 70, 50};
    static const double want[] = {0.445344129554656,
                                  0.423076923076923,
                                  0.452252790850583,
                                  0.491347239157879,
                                  0.561021420105037,
                                  0.198757763975155,
                                  0.467667495480868,
                                  0.584604896042382,
                                  0.87852515394175,
                                  3,
                                  0.375,
                                  4.33333333333333,
                                  0.666666666666667,
                                  1.41503749927884,
                                  1.09866807051191};
    double scratch[8];
    zub_parts parts = {counts, sizes, 3, 8, 1000, 50, scratch};
    zub_parts dense = {all, all_sizes, 8, 8, 1000, 50, scratch};

    check_all(&parts, want);
    check_all(&dense, want);
    parts.scratch = dense.scratch = NULL;
    check_all(&parts, want);
    check_all(&dense, want);
}

/* The example in the manual of R's tlda: 0 0 1 2 5 in parts of 1000. */
static void a_clumped_word_has_the_published_numbers(void)
{
    static const double counts[] = {1, 2, 5}, sizes[] = {1000, 1000, 1000};
    static const double want[] = {0.59375,
                                  0.475,
                                  0.420398844031519,
                                  0.559360534701831,
                                  0.540627960002063,
                                  0.25,
                                  0.505717160569494,
                                  0.640533091304259,
                                  1.02313315419196,
                                  3,
                                  0.6,
                                  2.66666666666667,
                                  0.666666666666667,
                                  0.736965594166206,
                                  0.41161331752704};
    zub_parts parts = {counts, sizes, 3, 5, 5000, 1000, NULL};

    check_all(&parts, want);
}

/* What the direction of a row calls even and uneven: the numbers before those
 * words. */
static bool read_end(const zub_statistic *is, const char *what, double *end)
{
    char word[16];
    double value;

    for (const char *at = is->direction; at; at = strchr(at, ',')) {
        at += *at == ',';
        if (sscanf(at, "%lf = %15s", &value, word) == 2 &&
            strncmp(word, what, strlen(what)) == 0) {
            *end = value;
            return true;
        }
    }
    return false;
}

static void even_and_uneven_are_the_ends_that_rows_name(void)
{
    static const double even[] = {2, 4, 6, 8}, sizes[] = {20, 40, 60, 80};
    static const double lumped[] = {9}, lump[] = {20};
    zub_parts evenly = {even, sizes, 4, 4, 200, 20, NULL};
    zub_parts lumps = {lumped, lump, 1, 4, 200, 20, NULL};
    size_t ends = 0;

    for (size_t i = 0; zub_dispersion_at(i); i++) {
        const zub_dispersion *m = zub_dispersion_at(i);
        double end;
        if (!read_end(&m->is, "even", &end))
            continue;
        ends++;
        CHECK_NEAR(m->of(&evenly), end, 1e-12);
        if (read_end(&m->is, "uneven", &end) &&
            strcmp(m->is.name, "dp") != 0 &&
            strncmp(m->is.name, "dkl", 3) != 0) /* those come near it */
            CHECK_NEAR(m->of(&lumps), end, 1e-12);
    }
    CHECK_INT(ends, 9);
    CHECK_NEAR(of("dpnorm", &lumps), 1, 1e-12);
    CHECK_NEAR(of("dp", &lumps), .9, 1e-12);
    CHECK_NEAR(of("rosengren-s", &lumps), .1, 1e-12);
    CHECK_NEAR(of("kl", &lumps), log2(10), 1e-12);
}

static void an_absent_word_is_uneven(void)
{
    static const double zeros[] = {0, 0}, sizes[] = {50, 50};
    zub_parts none = {.parts = 4, .size = 200, .smallest = 20};
    zub_parts some = {zeros, sizes, 2, 4, 200, 20, NULL};
    zub_parts void_corpus = {0};

    none.sizes = sizes;
    for (size_t i = 0; zub_dispersion_at(i); i++) {
        const zub_dispersion *m = zub_dispersion_at(i);
        double end = 0;
        if (i < 9)
            read_end(&m->is, "uneven", &end);
        end = strcmp(m->is.name, "rosengren-s") == 0 ? .1 : end;
        end = strcmp(m->is.name, "kl") == 0 ? log2(10) : end;
        CHECK_NEAR(m->of(&none), end, 1e-12);
        CHECK_NEAR(m->of(&some), end, 1e-12);
        check_in_range(&m->is, m->of(&void_corpus));
    }
}

static void one_part_is_even(void)
{
    static const double count[] = {5}, size[] = {90};
    zub_parts one = {count, size, 1, 1, 90, 90, NULL};

    for (size_t i = 0; zub_dispersion_at(i); i++) {
        const zub_dispersion *m = zub_dispersion_at(i);
        double end;
        if (read_end(&m->is, "even", &end))
            CHECK_NEAR(m->of(&one), end, 1e-12);
    }
}

typedef struct random_parts {
    double counts[PARTS], sizes[PARTS], scratch[PARTS];
    zub_parts parts;
} random_parts;

static void draw_parts(random_parts *r, zub_random *random)
{
    size_t listed = 1 + zub_random_below(random, PARTS);
    double size = 0, smallest = INFINITY;

    for (size_t i = 0; i < listed; i++) {
        r->counts[i] = random_count(random, 1000);
        r->sizes[i] = r->counts[i] + 1 + random_count(random, 1e5);
        size += r->sizes[i];
        smallest = fmin(smallest, r->sizes[i]);
    }
    r->counts[0]++;
    r->parts = (zub_parts){r->counts, r->sizes, listed,    (double)listed,
                           size,      smallest, r->scratch};
}

static void any_parts_give_numbers_in_range(void)
{
    zub_random random = {21, 0};
    random_parts r;

    for (int round = 0; round < 3000; round++) {
        draw_parts(&r, &random);
        r.parts.parts += random_count(&random, 1e6);
        r.parts.size += random_count(&random, 1e9);
        for (size_t i = 0; zub_dispersion_at(i); i++)
            check_in_range(&zub_dispersion_at(i)->is,
                           zub_dispersion_at(i)->of(&r.parts));
    }
}

static void hostile_parts_give_numbers_in_range(void)
{
    zub_random random = {22, 0};

    for (int round = 0; round < 20000; round++) {
        double counts[3], sizes[3], scratch[3], x[6];
        for (int i = 0; i < 6; i++)
            x[i] = hostile[zub_random_below(&random, HOSTILE)];
        for (int i = 0; i < 3; i++) {
            counts[i] = hostile[zub_random_below(&random, HOSTILE)];
            sizes[i] = hostile[zub_random_below(&random, HOSTILE)];
        }
        zub_parts parts = {counts,
                           round % 3 ? sizes : NULL,
                           zub_random_below(&random, 4),
                           x[0],
                           x[1],
                           x[2],
                           round % 2 ? scratch : NULL};
        for (size_t i = 0; zub_dispersion_at(i); i++)
            check_in_range(&zub_dispersion_at(i)->is,
                           zub_dispersion_at(i)->of(&parts));
        CHECK(isfinite(zub_idf(x[3], x[4])));
        CHECK(isfinite(zub_burstiness(x[3], x[4])));
        CHECK(isfinite(zub_residual_idf(x[3], x[4], x[5])));
    }
}

static void the_order_of_parts_and_the_unit_do_not_matter(void)
{
    zub_random random = {23, 0};
    random_parts r, other;

    for (int round = 0; round < 1000; round++) {
        draw_parts(&r, &random);
        other = r;
        for (size_t i = 0; i < r.parts.listed; i++) {
            size_t j = r.parts.listed - 1 - i;
            other.counts[j] = r.counts[i];
            other.sizes[j] = 1000 * r.sizes[i];
        }
        other.parts = (zub_parts){other.counts,
                                  other.sizes,
                                  r.parts.listed,
                                  r.parts.parts,
                                  1000 * r.parts.size,
                                  1000 * r.parts.smallest,
                                  round % 2 ? NULL : other.scratch};
        for (size_t i = 0; zub_dispersion_at(i); i++)
            CHECK_NEAR(zub_dispersion_at(i)->of(&other.parts),
                       zub_dispersion_at(i)->of(&r.parts), 1e-9);
    }
}

/* More of a word where it already was leaves less of an evenness. */
static void a_lump_makes_a_word_less_even(void)
{
    for (double lump = 1; lump < 1e4; lump *= 3) {
        double less[] = {5 + lump, 5, 5, 5}, more[] = {5 + 2 * lump, 5, 5, 5};
        zub_parts before = {.counts = less, .listed = 4, .parts = 4};
        zub_parts after = {.counts = more, .listed = 4, .parts = 4};
        for (size_t i = 0; i < 9; i++) {
            const zub_dispersion *m = zub_dispersion_at(i);
            double even;
            CHECK(read_end(&m->is, "even", &even));
            CHECK(fabs(m->of(&after) - even) > fabs(m->of(&before) - even));
        }
    }
}

static void names_resolve_to_their_rows(void)
{
    for (size_t i = 0; zub_dispersion_at(i); i++) {
        const zub_dispersion *m = zub_dispersion_at(i);
        CHECK(zub_dispersion_find(m->is.name) == m);
        check_words(&m->is);
        check_documented(&m->is);
    }
    CHECK(zub_dispersion_find(NULL) == zub_dispersion_find("dpnorm"));
    CHECK(zub_dispersion_find("DP") == NULL);
}

/* ---- Places ---- */

static void reduced_frequencies_are_those_of_their_formulas(void)
{
    static const uint64_t clumped[] = {2, 5, 6, 30}, run[] = {10, 11, 12};

    CHECK_NEAR(zub_arf(clumped, 4, 100), 2.12, 1e-12);
    CHECK_NEAR(zub_aldf(clumped, 4, 100), 2.07566024275972, 1e-12);
    CHECK_NEAR(zub_awtf(clumped, 4, 100), 1.73310225303293, 1e-12);
    CHECK_NEAR(zub_arf(run, 3, 1000), 1.006, 1e-12);
    CHECK_NEAR(zub_aldf(run, 3, 1000), 1.0159392044471, 1e-12);
    CHECK_NEAR(zub_awtf(run, 3, 1000), 1.00401001600392, 1e-12);
}

static void reduced_frequencies_go_from_1_to_the_count(void)
{
    static const uint64_t even[] = {3, 28, 53, 78}, same[] = {7, 7, 7};
    zub_random random = {24, 0};

    CHECK_NEAR(zub_arf(even, 4, 100), 4, 1e-12);
    CHECK_NEAR(zub_aldf(even, 4, 100), 4, 1e-12);
    CHECK_NEAR(zub_awtf(even, 4, 100), 4, 1e-12);
    CHECK_NEAR(zub_arf(same, 3, 100), 1, 1e-12);
    CHECK(zub_arf(NULL, 0, 9) == 0 && zub_aldf(NULL, 0, 9) == 0 &&
          zub_awtf(NULL, 0, 9) == 0);
    for (int round = 0; round < 2000; round++) {
        uint64_t places[50];
        size_t count = 1 + zub_random_below(&random, 50);
        for (size_t i = 0; i < count; i++) /* unsorted: hostile */
            places[i] =
                zub_random_bits(&random) >> zub_random_below(&random, 64);
        double most = (double)count + 1e-9;
        double arf = zub_arf(places, count, 1000);
        double aldf = zub_aldf(places, count, UINT64_MAX);
        double awtf = zub_awtf(places, count, 0);
        CHECK(arf >= 1 - 1e-9 && arf <= most);
        CHECK(aldf >= 1 - 1e-9 && aldf <= most);
        CHECK(awtf >= 1 - 1e-9 && awtf <= most);
    }
}

static void where_the_corpus_begins_does_not_matter(void)
{
    static const uint64_t here[] = {2, 5, 6, 30}, there[] = {12, 15, 16, 40};

    CHECK_NEAR(zub_arf(here, 4, 100), zub_arf(there, 4, 100), 1e-12);
    CHECK_NEAR(zub_aldf(here, 4, 100), zub_aldf(there, 4, 100), 1e-12);
    CHECK_NEAR(zub_awtf(here, 4, 100), zub_awtf(there, 4, 100), 1e-12);
}

int main(void)
{
    RUN(a_word_in_unequal_parts_has_the_published_numbers);
    RUN(a_word_in_equal_parts_has_the_published_numbers);
    RUN(parts_without_the_word_need_not_be_listed);
    RUN(a_clumped_word_has_the_published_numbers);
    RUN(even_and_uneven_are_the_ends_that_rows_name);
    RUN(an_absent_word_is_uneven);
    RUN(one_part_is_even);
    RUN(any_parts_give_numbers_in_range);
    RUN(hostile_parts_give_numbers_in_range);
    RUN(the_order_of_parts_and_the_unit_do_not_matter);
    RUN(a_lump_makes_a_word_less_even);
    RUN(names_resolve_to_their_rows);
    RUN(reduced_frequencies_are_those_of_their_formulas);
    RUN(reduced_frequencies_go_from_1_to_the_count);
    RUN(where_the_corpus_begins_does_not_matter);
    return DONE();
}
