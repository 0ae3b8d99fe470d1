/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Preferences of judges: counts worked out by hand, the same as pair by pair on
 * random ones, contradictions, sizes. What trec_eval wrote is compared by
 * scripts/check-trec. */
#include <stdlib.h>
#include <unistd.h>

#include "test.h"

#include "base/buffer.h"
#include "base/random.h"

static char folder[] = "/tmp/zubda-test.XXXXXX";
static char judged_path[80], run_path[80];

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    CHECK(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

typedef struct evaluated {
    zub_judgements *judgements;
    zub_ranking *ranking;
    zub_error error;
} evaluated;

static zub_status evaluate(evaluated *out, const char *judged, const char *run,
                           zub_judgements_kind kind)
{
    static const char *const names[] = {"all_prefs"};
    zub_ranking_options options = {.measures = names, .measure_count = 1};

    *out = (evaluated){0};
    write_file(judged_path, judged);
    write_file(run_path, run);
    zub_status status =
        zub_judgements_open(&out->judgements, judged_path, kind, &out->error);
    if (status == ZUB_OK)
        status = zub_ranking_open(&out->ranking, out->judgements, run_path,
                                  &options, &out->error);
    return status;
}

static void release(evaluated *those)
{
    zub_ranking_free(those->ranking);
    zub_judgements_free(those->judgements);
}

/* NaN: there is no such column. */
static double value_of(const evaluated *those, const char *name)
{
    zub_ranking_facts facts = zub_ranking_about(those->ranking);

    for (size_t i = 0; i < facts.columns; i++) {
        zub_ranking_column column = zub_ranking_column_at(those->ranking, i);
        if (strcmp(column.name, name) == 0)
            return column.all;
    }
    return NAN;
}

/* Ranked c, a, x; b was not retrieved. Of the preferences a > b, a > c, b > c
 * the first alone is fulfilled. */
static void counts_are_those_worked_out_by_hand(void)
{
    static const char run[] = "1 Q0 c 1 3 t\n1 Q0 a 2 2 t\n1 Q0 x 3 1 t\n";
    evaluated those;

    CHECK_INT(evaluate(&those, "1 j g a 2\n1 j g b 1\n1 j g c 0\n", run,
                       ZUB_PREFERENCES),
              ZUB_OK);
    CHECK_NEAR(value_of(&those, "prefs_num_prefs_poss"), 3, 0);
    CHECK_NEAR(value_of(&those, "prefs_num_prefs_ful"), 1, 0);
    CHECK_NEAR(value_of(&those, "prefs_num_prefs_ful_ret"), 0, 0);
    CHECK_NEAR(value_of(&those, "prefs_simp"), 1 / 3., 1e-12);
    CHECK_NEAR(value_of(&those, "prefs_pair_ret"), 0, 0);
    /* One nonrelevant less than relevant ones: a fulfils it, b does not. */
    CHECK_NEAR(value_of(&those, "prefs_avgjg_Rnonrel"), 2 / 5., 1e-12);
    release(&those);
}

static void what_follows_from_groups_counts_too(void)
{
    evaluated those;

    CHECK_INT(evaluate(&those, "1 j g a 2\n1 j g b 1\n1 j h b 9\n1 j h c 8\n",
                       "1 Q0 a 1 3 t\n1 Q0 c 1 2 t\n1 Q0 b 1 1 t\n",
                       ZUB_PREFERENCES),
              ZUB_OK);
    CHECK_NEAR(value_of(&those, "prefs_num_prefs_poss"), 3, 0);
    CHECK_NEAR(value_of(&those, "prefs_num_prefs_ful"), 2, 0);
    release(&those);
}

/* Of a and b each judge prefers another: half of the pair is fulfilled. */
static void judges_may_differ_but_not_contradict_themselves(void)
{
    static const char run[] = "1 Q0 b 1 2 t\n1 Q0 a 1 2 t\n";
    static const char *const wrong[] = {
        "1 j g a 2\n1 j g b 1\n1 j h a 1\n1 j h b 2\n",
        "1 j g a 2\n1 j g b 1\n1 j h b 2\n1 j h c 1\n1 j i c 5\n1 j i a 4\n",
        "1 j g a 2\n1 j g b 0\n1 j h b 1\n1 j h c 0\n"};
    evaluated those;

    CHECK_INT(evaluate(&those, "1 i g a 2\n1 i g b 1\n1 j g a 1\n1 j g b 2\n",
                       run, ZUB_PREFERENCES),
              ZUB_OK);
    CHECK_NEAR(value_of(&those, "prefs_num_prefs_poss"), 2, 0);
    CHECK_NEAR(value_of(&those, "prefs_pair"), .5, 1e-12);
    release(&those);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        CHECK_INT(evaluate(&those, wrong[i], run, ZUB_PREFERENCES),
                  ZUB_EMALFORMED);
        CHECK(!those.ranking && strstr(those.error.message, "query '1'"));
        release(&those);
    }
}

/* Of equal scores the lesser document is first, other than in qrels. */
static void equal_scores_stand_in_the_order_of_names(void)
{
    evaluated those;

    CHECK_INT(evaluate(&those, "1 j a 2\n1 j b 1\n",
                       "1 Q0 b 1 2 t\n1 Q0 a 1 2 t\n", ZUB_QRELS_PREFERENCES),
              ZUB_OK);
    CHECK_NEAR(value_of(&those, "prefs_simp"), 1, 0);
    release(&those);
}

static void queries_without_preferences_are_0(void)
{
    evaluated those;

    CHECK_INT(evaluate(&those, "1 j a 0\n1 j b 0\n2 j a 0\n3 j a -1\n",
                       "1 Q0 a 1 1 t\n2 Q0 x 1 1 t\n3 Q0 a 1 1 t\n",
                       ZUB_QRELS_PREFERENCES),
              ZUB_OK);
    zub_ranking_facts facts = zub_ranking_about(those.ranking);
    CHECK_INT(facts.queries, 3);
    for (size_t i = 0; i < facts.columns; i++)
        CHECK_NEAR(zub_ranking_column_at(those.ranking, i).all, 0, 0);
    release(&those);
}

/* ---- Laws: counts are those of pair by pair ---- */

#define DOCUMENTS 24u
#define JUDGES 3u
#define GROUPS 3u

/* Level + 1 of document d for judge and group; 0: not judged. */
typedef struct draft {
    int levels[JUDGES][GROUPS][DOCUMENTS];
    int scores[DOCUMENTS]; /* -1: not retrieved */
    unsigned groups;
} draft;

/* Levels of all groups hang on one truth, so that none contradict. */
static void draw(draft *out, uint64_t seed)
{
    zub_random random = {.seed = seed};
    int truth[DOCUMENTS];

    memset(out, 0, sizeof *out);
    out->groups = 1 + (unsigned)zub_random_below(&random, GROUPS);
    for (unsigned j = 0; j < JUDGES; j++) {
        for (unsigned d = 0; d < DOCUMENTS; d++)
            truth[d] = (int)zub_random_below(&random, 5);
        for (unsigned g = 0; g < out->groups; g++)
            for (unsigned d = 0; d < DOCUMENTS; d++)
                if (zub_random_below(&random, 3) > 0)
                    out->levels[j][g][d] = truth[d] + 1;
    }
    for (unsigned d = 0; d < DOCUMENTS; d++)
        out->scores[d] = (int)zub_random_below(&random, 9) - 1;
}

static void write_draft(const draft *those, zub_buffer *judged,
                        zub_buffer *run)
{
    zub_buffer_init(judged, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(run, ZUB_BUFFER_UNLIMITED);
    for (unsigned j = 0; j < JUDGES; j++)
        for (unsigned g = 0; g < GROUPS; g++)
            for (unsigned d = 0; d < DOCUMENTS; d++)
                if (those->levels[j][g][d] > 0)
                    zub_buffer_format(judged, "q j%u g%u d%02u %d\n", j, g, d,
                                      those->levels[j][g][d] - 1);
    for (unsigned d = 0; d < DOCUMENTS; d++)
        if (those->scores[d] >= 0)
            zub_buffer_format(run, "q Q0 d%02u 1 %d t\n", d, those->scores[d]);
    zub_buffer_format(run, "q Q0 x 1 5 t\n");
}

/* What a judge prefers, with what follows (Warshall 1962). */
static void close_judge(bool wins[DOCUMENTS][DOCUMENTS], const draft *those,
                        unsigned j)
{
    memset(wins, 0, sizeof(bool) * DOCUMENTS * DOCUMENTS);
    for (unsigned g = 0; g < GROUPS; g++)
        for (unsigned a = 0; a < DOCUMENTS; a++)
            for (unsigned b = 0; b < DOCUMENTS; b++)
                wins[a][b] |= those->levels[j][g][b] > 0 &&
                              those->levels[j][g][a] > those->levels[j][g][b];
    for (unsigned k = 0; k < DOCUMENTS; k++)
        for (unsigned a = 0; a < DOCUMENTS; a++)
            for (unsigned b = 0; b < DOCUMENTS; b++)
                wins[a][b] |= wins[a][k] && wins[k][b];
}

static bool is_fulfilled(const draft *those, unsigned a, unsigned b)
{
    if (those->scores[a] < 0 || those->scores[a] < those->scores[b])
        return false;
    return those->scores[a] > those->scores[b] || a < b;
}

/* 0: both were retrieved; 1: one; 2: none. */
static unsigned kind_of(const draft *those, unsigned a, unsigned b)
{
    return (unsigned)(those->scores[a] < 0) + (those->scores[b] < 0);
}

static void check_draft(const draft *those, const evaluated *got)
{
    double possible[3] = {0}, fulfilled[3] = {0}, pairs[3] = {0};
    double shares[3] = {0};
    unsigned votes[DOCUMENTS][DOCUMENTS] = {{0}};

    for (unsigned j = 0; j < JUDGES; j++) {
        bool wins[DOCUMENTS][DOCUMENTS];
        close_judge(wins, those, j);
        for (unsigned a = 0; a < DOCUMENTS; a++)
            for (unsigned b = 0; b < DOCUMENTS; b++) {
                votes[a][b] += wins[a][b];
                possible[kind_of(those, a, b)] += wins[a][b];
                fulfilled[kind_of(those, a, b)] +=
                    wins[a][b] && is_fulfilled(those, a, b);
            }
    }
    for (unsigned a = 0; a < DOCUMENTS; a++)
        for (unsigned b = 0; b < a; b++) {
            double all = votes[a][b] + votes[b][a];
            pairs[kind_of(those, a, b)] += all > 0;
            if (all > 0)
                shares[kind_of(those, a, b)] +=
                    (votes[a][b] * is_fulfilled(those, a, b) +
                     votes[b][a] * is_fulfilled(those, b, a)) /
                    all;
        }
    CHECK_NEAR(value_of(got, "prefs_num_prefs_poss"),
               possible[0] + possible[1] + possible[2], 0);
    CHECK_NEAR(value_of(got, "prefs_num_prefs_ful"),
               fulfilled[0] + fulfilled[1], 0);
    CHECK_NEAR(value_of(got, "prefs_num_prefs_ful_ret"), fulfilled[0], 0);
    CHECK_NEAR(value_of(got, "prefs_simp_ret"), fulfilled[0] / possible[0],
               1e-12);
    CHECK_NEAR(value_of(got, "prefs_pair_imp"),
               (shares[0] + shares[1]) / (pairs[0] + pairs[1]), 1e-12);
    CHECK_NEAR(value_of(got, "prefs_pair"),
               (shares[0] + shares[1]) / (pairs[0] + pairs[1] + pairs[2]),
               1e-12);
}

static void counts_are_those_of_pair_by_pair(void)
{
    draft those;
    zub_buffer judged, run;
    evaluated got;

    for (uint64_t seed = 1; seed <= 60; seed++) {
        draw(&those, seed);
        write_draft(&those, &judged, &run);
        CHECK_INT(evaluate(&got, judged.data, run.data, ZUB_PREFERENCES),
                  ZUB_OK);
        check_draft(&those, &got);
        release(&got);
        zub_buffer_release(&judged);
        zub_buffer_release(&run);
    }
}

/* A judge in one group, and in two that say the same. */
static void a_group_may_be_repeated(void)
{
    draft those;
    zub_buffer judged, run;
    evaluated one, two;

    draw(&those, 7);
    memset(those.levels[1], 0, sizeof those.levels[1]);
    memset(those.levels[2], 0, sizeof those.levels[2]);
    memset(those.levels[0][1], 0, 2 * sizeof those.levels[0][1]);
    write_draft(&those, &judged, &run);
    CHECK_INT(evaluate(&one, judged.data, run.data, ZUB_PREFERENCES), ZUB_OK);
    zub_buffer_release(&judged);
    zub_buffer_release(&run);
    memcpy(those.levels[0][1], those.levels[0][0], sizeof those.levels[0][0]);
    write_draft(&those, &judged, &run);
    CHECK_INT(evaluate(&two, judged.data, run.data, ZUB_PREFERENCES), ZUB_OK);
    for (size_t i = 0; i < zub_ranking_about(one.ranking).columns; i++) {
        zub_ranking_column column = zub_ranking_column_at(one.ranking, i);
        if (!strstr(column.name, "Rnonrel"))
            CHECK_NEAR(column.all, zub_ranking_column_at(two.ranking, i).all,
                       1e-12);
    }
    release(&one);
    release(&two);
    zub_buffer_release(&judged);
    zub_buffer_release(&run);
}

/* ---- Sizes ---- */

static void write_many(unsigned documents, unsigned judges, unsigned groups)
{
    FILE *judged = fopen(judged_path, "w"), *run = fopen(run_path, "w");

    for (unsigned i = 0; judged && run && i < documents; i++) {
        for (unsigned j = 0; j < judges; j++)
            for (unsigned g = 0; g < groups; g++)
                fprintf(judged, "1 %u %u d%u %u\n", j, g, i, i);
        fprintf(run, "1 Q0 d%u 1 %u t\n", i, i);
    }
    CHECK(judged && fclose(judged) == 0 && run && fclose(run) == 0);
}

static zub_status evaluate_many(double *simple, zub_error *error)
{
    zub_judgements *judgements;
    zub_ranking *ranking;

    CHECK_INT(
        zub_judgements_open(&judgements, judged_path, ZUB_PREFERENCES, error),
        ZUB_OK);
    zub_status status =
        zub_ranking_open(&ranking, judgements, run_path, NULL, error);
    if (status == ZUB_OK)
        *simple = zub_ranking_column_at(ranking, 3).all;
    zub_ranking_free(ranking);
    zub_judgements_free(judgements);
    return status;
}

/* 10^5 documents of one judge are 5 * 10^9 preferences. */
static void many_are_counted_or_refused(void)
{
    zub_error error;
    double simple = 0;

    write_many(100000, 1, 1);
    CHECK_INT(evaluate_many(&simple, &error), ZUB_OK);
    CHECK_NEAR(simple, 1, 0);
    write_many(2000, 1, 40);
    CHECK_INT(evaluate_many(&simple, &error), ZUB_OK);
    CHECK_NEAR(simple, 1, 0);
    write_many(70000, 2, 1);
    CHECK_INT(evaluate_many(&simple, &error), ZUB_ELIMIT);
    CHECK(strstr(error.message, "several judges"));
    write_many(70000, 1, 2);
    CHECK_INT(evaluate_many(&simple, &error), ZUB_ELIMIT);
    CHECK(strstr(error.message, "groups of a judge"));
}

static void measures_belong_to_their_kind(void)
{
    static const char *const names[] = {"map", "prefs_simp", "map_avgjg"};
    zub_judgements *judgements;
    zub_ranking *ranking;
    zub_error error;

    write_file(judged_path, "1 0 a 1\n");
    write_file(run_path, "1 Q0 a 1 1 t\n");
    for (size_t kind = ZUB_QRELS; kind <= ZUB_QRELS_JUDGES; kind++) {
        CHECK_INT(zub_judgements_open(&judgements, judged_path,
                                      (zub_judgements_kind)kind, &error),
                  ZUB_OK);
        for (size_t i = 0; i < 3; i++) {
            zub_ranking_options options = {.measures = &names[i],
                                           .measure_count = 1};
            bool is_right = i == (kind == ZUB_QRELS ? 0u : 2u);
            CHECK_INT(zub_ranking_open(&ranking, judgements, run_path,
                                       &options, &error),
                      is_right ? ZUB_OK : ZUB_EINVAL);
            CHECK(is_right || strstr(error.message, names[i]));
            zub_ranking_free(ranking);
        }
        zub_judgements_free(judgements);
    }
}

int main(void)
{
    if (!mkdtemp(folder))
        return 1;
    snprintf(judged_path, sizeof judged_path, "%s/prefs", folder);
    snprintf(run_path, sizeof run_path, "%s/run", folder);
    RUN(counts_are_those_worked_out_by_hand);
    RUN(what_follows_from_groups_counts_too);
    RUN(judges_may_differ_but_not_contradict_themselves);
    RUN(equal_scores_stand_in_the_order_of_names);
    RUN(queries_without_preferences_are_0);
    RUN(counts_are_those_of_pair_by_pair);
    RUN(a_group_may_be_repeated);
    RUN(many_are_counted_or_refused);
    RUN(measures_belong_to_their_kind);
    unlink(judged_path);
    unlink(run_path);
    rmdir(folder);
    return DONE();
}
