/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Judgements of other kinds than levels: preferences, several judges, norms.
 * What trec_eval wrote of its own is compared by scripts/check-trec. */
#include <stdlib.h>
#include <unistd.h>

#include "test.h"

#include "base/buffer.h"
#include "base/random.h"

static char folder[] = "/tmp/zubda-test.XXXXXX";

static const char *write_file(const char *name, const char *text)
{
    static char paths[4][80];
    static unsigned turn;
    char *path = paths[turn++ % 4];

    snprintf(path, sizeof *paths, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    CHECK(file && fputs(text, file) >= 0 && fclose(file) == 0);
    return path;
}

static zub_judgements *judgements;
static zub_error error;

static zub_status evaluate(zub_ranking **out, zub_judgement_kind kind,
                           const char *judged, const char *run,
                           const zub_ranking_options *options)
{
    *out = NULL;
    zub_status status = zub_judgements_open(
        &judgements, write_file("judged", judged), kind, &error);
    if (status == ZUB_OK)
        status = zub_ranking_open(out, judgements, write_file("run", run),
                                  options, &error);
    return status;
}

static void release(zub_ranking *ranking)
{
    zub_ranking_free(ranking);
    zub_judgements_free(judgements);
    judgements = NULL;
}

static double value_of(const zub_ranking *ranking, const char *name)
{
    zub_ranking_facts facts = zub_ranking_about(ranking);

    for (size_t i = 0; i < facts.columns; i++) {
        zub_ranking_column column = zub_ranking_column_at(ranking, i);
        if (strcmp(column.name, name) == 0)
            return column.all;
    }
    return NAN;
}

static void check_value(zub_judgement_kind kind, const char *judged,
                        const char *run, const char *name, double value)
{
    zub_ranking *ranking;

    CHECK_INT(evaluate(&ranking, kind, judged, run, NULL), ZUB_OK);
    if (ranking)
        CHECK_NEAR(value_of(ranking, name), value, 1e-12);
    release(ranking);
}

#define ABCD "q Q0 a 1 4 t\nq Q0 b 1 3 t\nq Q0 c 1 2 t\nq Q0 d 1 1 t\n"

/* The examples by which trec_eval explains its files. */
static void preferences_are_counted_as_explained(void)
{
    static const char one[] = "q j 1 a 3\nq j 1 b 2\nq j 1 c 0\n"
                              "q j 1 d 6\nq j 1 e 0\nq j 1 f 2\n";
    static const char parts[] = "q j 1 a 3\nq j 1 b 2\nq j 1 c 1\n"
                                "q j 2 a 2\nq j 2 b 1\nq j 2 d 3\n";
    static const char judges[] = "q j 1 a 3\nq j 1 b 2\nq k 1 a 0\n"
                                 "q k 1 c 6\nq k 1 d 2\nq k 2 a 0\n"
                                 "q k 2 b 8\n";
    static const char chain[] = "q j 1 a 3\nq j 1 b 2\nq j 1 c 1\n"
                                "q j 2 b 5\nq j 2 d 4\n";

    check_value(ZUB_JUDGED_IN_PARTS, one, ABCD, "prefs_num_prefs_poss", 13);
    /* 5, and d over c, which follows */
    check_value(ZUB_JUDGED_IN_PARTS, parts, ABCD, "prefs_num_prefs_poss", 6);
    check_value(ZUB_JUDGED_IN_PARTS, judges, ABCD, "prefs_num_prefs_poss", 5);
    check_value(ZUB_JUDGED_IN_PARTS, chain, ABCD, "prefs_num_prefs_poss", 5);
}

static void a_preference_is_fulfilled_by_the_order(void)
{
    static const char judged[] = "q j a 2\nq j b 1\nq j x 0\nq j y 1\n";

    /* a > b, a > y, a > x, b > x, y > x, of which y and x are not there */
    check_value(ZUB_JUDGED_BY_PREFERENCE, judged, ABCD, "prefs_num_prefs_poss",
                5);
    check_value(ZUB_JUDGED_BY_PREFERENCE, judged, ABCD, "prefs_num_prefs_ful",
                4);
    check_value(ZUB_JUDGED_BY_PREFERENCE, judged, ABCD, "prefs_simp", .8);
    check_value(ZUB_JUDGED_BY_PREFERENCE, judged, ABCD, "prefs_simp_ret", 1);
    check_value(ZUB_JUDGED_BY_PREFERENCE, judged, ABCD, "prefs_simp_imp", 1);
    check_value(ZUB_JUDGED_BY_PREFERENCE, judged,
                "q Q0 b 1 2 t\nq Q0 a 1 1 t\n", "prefs_simp_ret", 0);
}

/* Two are content, one is not; of equal scores the lesser name is first. */
static void judges_who_differ_share_a_pair(void)
{
    static const char judged[] = "q j a 2\nq j b 1\nq k a 2\nq k b 1\n"
                                 "q l a 1\nq l b 2\n";

    check_value(ZUB_JUDGED_BY_PREFERENCE, judged, ABCD, "prefs_pair", 2 / 3.);
    check_value(ZUB_JUDGED_BY_PREFERENCE, judged, ABCD, "prefs_avgjg", 2 / 3.);
    check_value(ZUB_JUDGED_BY_PREFERENCE, judged,
                "q Q0 b 1 1 t\nq Q0 a 1 1 t\n", "prefs_pair", 2 / 3.);
}

static void who_contradicts_himself_is_refused(void)
{
    static const char *const bad[] = {
        "q j 1 a 2\nq j 1 b 1\nq j 2 b 2\nq j 2 a 1\n",
        "q j 1 a 2\nq j 1 b 1\nq j 2 b 2\nq j 2 c 1\nq j 3 c 2\nq j 3 a 1\n",
        "q j 1 a 2\nq j 1 b 0\nq j 2 b 2\nq j 2 c 1\n",
        "q j 1 a 2\nq j 1 a 1\n",
        "q j 1 a -1\n",
        "q j 1 a nan\n",
        "q j a 1\n",
    };
    zub_ranking *ranking;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK_INT(evaluate(&ranking, ZUB_JUDGED_IN_PARTS, bad[i], ABCD, NULL),
                  ZUB_EMALFORMED);
        CHECK(error.message[0] != '\0');
        release(ranking);
    }
}

static void too_many_pairs_are_refused(void)
{
    zub_buffer judged;
    zub_ranking *ranking;

    zub_buffer_init(&judged, ZUB_BUFFER_UNLIMITED);
    for (unsigned i = 0; i < 8200; i++)
        zub_buffer_format(&judged, "q j d%u 1\nq k d%u 2\n", i, i);
    CHECK_INT(
        evaluate(&ranking, ZUB_JUDGED_BY_PREFERENCE, judged.data, ABCD, NULL),
        ZUB_ELIMIT);
    CHECK(strstr(error.message, "8192"));
    release(ranking);
    zub_buffer_release(&judged);
}

static void several_judges_are_the_mean_of_each(void)
{
    static const char first[] = "q j a 1\nq j c 1\n",
                      second[] = "q k b 1\nq k x 0\n";
    zub_ranking *ranking;
    char both[80];
    double map;

    CHECK_INT(evaluate(&ranking, ZUB_JUDGED_ONCE, first, ABCD, NULL), ZUB_OK);
    map = value_of(ranking, "map");
    release(ranking);
    CHECK_INT(evaluate(&ranking, ZUB_JUDGED_ONCE, second, ABCD, NULL), ZUB_OK);
    map = (map + value_of(ranking, "map")) / 2;
    release(ranking);
    snprintf(both, sizeof both, "%s%s", second, first);
    check_value(ZUB_JUDGED_BY_SEVERAL, both, ABCD, "map_avgjg", map);
    check_value(ZUB_JUDGED_BY_SEVERAL, first, ABCD, "P_avgjg_5", .4);
}

static void measures_of_other_judgements_are_refused(void)
{
    static const char *const names[] = {"map", "prefs_simp", "P_avgjg_5"};
    zub_judgement_kind kinds[] = {ZUB_JUDGED_IN_PARTS, ZUB_JUDGED_BY_SEVERAL,
                                  ZUB_JUDGED_ONCE};
    zub_ranking *ranking;

    for (size_t i = 0; i < 3; i++) {
        zub_ranking_options options = {.measures = &names[i],
                                       .measure_count = 1};
        const char *judged = i == 0 ? "q j 1 a 1\n" : "q j a 1\n";
        CHECK_INT(evaluate(&ranking, kinds[i], judged, ABCD, &options),
                  ZUB_EINVAL);
        CHECK(strstr(error.message, "is a measure of "));
        release(ranking);
    }
}

static void norms_are_how_far_from_the_mean(void)
{
    zub_ranking_options options = {
        .norms = write_file("norms", "q map 0.5 0.25\nq P_5 0.1 0\n")};
    zub_ranking *ranking;

    CHECK_INT(evaluate(&ranking, ZUB_JUDGED_ONCE, "q 0 a 1\n", ABCD, &options),
              ZUB_OK);
    CHECK(zub_ranking_about(ranking).is_normed);
    CHECK_NEAR(value_of(ranking, "map"), 2, 1e-12);
    CHECK_NEAR(value_of(ranking, "P_5"), -1e6, 0);
    CHECK_NEAR(value_of(ranking, "num_ret"), -1e6, 0);
    release(ranking);
    options.norms = write_file("norms", "q map 0.5\n");
    CHECK_INT(evaluate(&ranking, ZUB_JUDGED_ONCE, "q 0 a 1\n", ABCD, &options),
              ZUB_EMALFORMED);
    release(ranking);
}

static void levels_stand_in_a_row(void)
{
    static const char *const names[] = {"all_trec", "relstring.3"};
    zub_ranking_options options = {.measures = names, .measure_count = 2};
    zub_ranking *ranking;

    CHECK_INT(evaluate(&ranking, ZUB_JUDGED_ONCE,
                       "q 0 a 12\nq 0 b -1\nq 0 d 3\n", ABCD, &options),
              ZUB_OK);
    for (size_t i = 0; i < zub_ranking_about(ranking).columns; i++) {
        zub_ranking_column column = zub_ranking_column_at(ranking, i);
        if (!column.is_text)
            continue;
        CHECK_STR(column.name, "relstring_3");
        zub_slice levels = zub_ranking_levels(ranking, 0, i);
        CHECK(levels.size == 3 && memcmp(levels.data, ">.-", 3) == 0);
    }
    release(ranking);
    options = (zub_ranking_options){
        .measures = (const char *const[]){"relstring.1001"},
        .measure_count = 1};
    CHECK_INT(evaluate(&ranking, ZUB_JUDGED_ONCE, "q 0 a 1\n", ABCD, &options),
              ZUB_EINVAL);
    release(ranking);
}

static void lists_are_one_s_own(void)
{
    static const char *const names[] = {"utility.2", "-1",  "-0.5",
                                        "ndcg.1=3",  "2=1", "11pt_avg.0"};
    zub_ranking_options options = {.measures = names, .measure_count = 6};
    zub_ranking *ranking;

    CHECK_INT(evaluate(&ranking, ZUB_JUDGED_ONCE,
                       "q 0 a 2\nq 0 b 1\nq 0 x 1\n", ABCD, &options),
              ZUB_OK);
    CHECK_NEAR(value_of(ranking, "utility_2,-1,-0.5"), 4 - 2 - .5, 1e-12);
    CHECK_NEAR(value_of(ranking, "ndcg_1=3,2=1"),
               (1 + 3 / log2(3)) / (3 + 3 / log2(3) + .5), 1e-12);
    CHECK_NEAR(value_of(ranking, "11pt_avg_0"), 1, 1e-12);
    release(ranking);
    for (size_t i = 0; i < 3; i++) {
        static const char *const bad[] = {"utility.x", "ndcg.1",
                                          "utility.1=2"};
        options =
            (zub_ranking_options){.measures = &bad[i], .measure_count = 1};
        CHECK_INT(
            evaluate(&ranking, ZUB_JUDGED_ONCE, "q 0 a 1\n", ABCD, &options),
            ZUB_EINVAL);
        release(ranking);
    }
}

static void shares_are_shares_on_random_preferences(void)
{
    for (uint64_t seed = 0; seed < 20; seed++) {
        zub_random random = {.seed = seed};
        zub_buffer judged, run;
        zub_ranking *ranking;

        zub_buffer_init(&judged, ZUB_BUFFER_UNLIMITED);
        zub_buffer_init(&run, ZUB_BUFFER_UNLIMITED);
        for (unsigned i = 0; i < 200; i++) {
            unsigned judge = (unsigned)zub_random_below(&random, 3);
            zub_buffer_format(&run, "q%u Q0 d%u 1 %u t\n", i / 100, i,
                              (unsigned)zub_random_below(&random, 40));
            zub_buffer_format(&judged, "q%u j%u d%u %u\n", i / 100, judge, i,
                              (unsigned)zub_random_below(&random, 4));
        }
        CHECK_INT(evaluate(&ranking, ZUB_JUDGED_BY_PREFERENCE, judged.data,
                           run.data, NULL),
                  ZUB_OK);
        for (size_t i = 0; i < zub_ranking_about(ranking).columns; i++) {
            zub_ranking_column column = zub_ranking_column_at(ranking, i);
            CHECK(column.all >= 0 && (column.is_count || column.all <= 1));
        }
        CHECK_NEAR(value_of(ranking, "prefs_simp_ret"),
                   value_of(ranking, "prefs_simp"), 1e-12);
        release(ranking);
        zub_buffer_release(&judged);
        zub_buffer_release(&run);
    }
}

int main(void)
{
    if (!mkdtemp(folder))
        return 1;
    RUN(preferences_are_counted_as_explained);
    RUN(a_preference_is_fulfilled_by_the_order);
    RUN(judges_who_differ_share_a_pair);
    RUN(who_contradicts_himself_is_refused);
    RUN(too_many_pairs_are_refused);
    RUN(several_judges_are_the_mean_of_each);
    RUN(measures_of_other_judgements_are_refused);
    RUN(norms_are_how_far_from_the_mean);
    RUN(levels_stand_in_a_row);
    RUN(lists_are_one_s_own);
    RUN(shares_are_shares_on_random_preferences);
    static const char *const names[] = {"judged", "run", "norms"};
    for (size_t i = 0; i < 3; i++) {
        char path[80];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
    return DONE();
}
