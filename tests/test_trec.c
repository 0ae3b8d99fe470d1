/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Rankings against judgements: values worked out by hand, conventions of
 * trec_eval, hostile files. What trec_eval itself wrote for its own tests is
 * compared by scripts/check-trec. */
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

typedef struct evaluated {
    zub_judgements *judgements;
    zub_ranking *ranking;
} evaluated;

static evaluated evaluate(const char *judged, const char *run,
                          const zub_ranking_options *options)
{
    evaluated out;
    zub_error error;

    CHECK_INT(zub_judgements_open(&out.judgements, write_file("qrels", judged),
                                  ZUB_QRELS, &error),
              ZUB_OK);
    CHECK_INT(zub_ranking_open(&out.ranking, out.judgements,
                               write_file("run", run), options, &error),
              ZUB_OK);
    CHECK_STR(error.message, "");
    return out;
}

static void release(evaluated those)
{
    zub_ranking_free(those.ranking);
    zub_judgements_free(those.judgements);
}

/* NaN: there is no such column. */
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

static const char *const all[] = {"all_trec"};
static const zub_ranking_options everything = {.measures = all,
                                               .measure_count = 1};

static const char judged[] = "# a comment\n"
                             "1 0 a 1\n1 0 b 0\n1 0 c 2\n1 0 d 1\n\n";

/* Ranked a, x, b, c: of equal scores the greater name is first, the rank says
 * nothing. */
static const char run[] = "1 Q0 b 1 0.8 t\n1 Q0 x 2 0.8 t\n"
                          "1\tQ0\ta\t9\t9e-1\tt more\n1 Q0 c 1 .5 t\n";

static void values_are_those_worked_out_by_hand(void)
{
    static const struct {
        const char *name;
        double value;
    } wanted[] = {
        {"num_ret", 4},
        {"num_rel", 3},
        {"num_rel_ret", 2},
        {"map", .5},
        {"gm_map", .5},
        {"Rprec", 1 / 3.},
        {"bpref", 1 / 3.},
        {"recip_rank", 1},
        {"iprec_at_recall_0.00", 1},
        {"iprec_at_recall_0.30", 1},
        {"iprec_at_recall_0.50", .5},
        {"iprec_at_recall_0.90", 0},
        {"P_5", .4},
        {"P_1000", .002},
        {"recall_5", 2 / 3.},
        {"Rprec_mult_2.00", 2 / 6.},
        {"utility", 0},
        {"ndcg", .594505},
        {"ndcg_cut_5", .594505},
        {"map_cut_5", .5},
        {"relative_P_5", 2 / 3.},
        {"success_1", 1},
        {"set_P", .5},
        {"set_recall", 2 / 3.},
        {"set_map", 1 / 3.},
        {"set_F", 4 / 7.},
        {"num_nonrel_judged_ret", 1},
        {"rbp", .1 * .5 + .1 * .729},
        {"rbp_resid", .09 + .6561},
        {"unj_5", .2},
        {"binG", (1 + .5) / 3},
    };
    evaluated those = evaluate(judged, run, &everything);

    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        CHECK_NEAR(value_of(those.ranking, wanted[i].name), wanted[i].value,
                   1e-6);
    release(those);
}

static void a_level_says_what_is_relevant(void)
{
    zub_ranking_options options = everything;

    options.level = 2;
    evaluated those = evaluate(judged, run, &options);
    CHECK_NEAR(value_of(those.ranking, "num_rel"), 1, 0);
    CHECK_NEAR(value_of(those.ranking, "map"), .25, 1e-12);
    CHECK_NEAR(value_of(those.ranking, "ndcg"), .594505, 1e-6);
    release(those);
    options.most = 1;
    those = evaluate(judged, run, &options);
    CHECK_NEAR(value_of(those.ranking, "num_ret"), 1, 0);
    CHECK_NEAR(value_of(those.ranking, "map"), 0, 0);
    release(those);
}

static void the_ideal_ranking_scores_1(void)
{
    evaluated those =
        evaluate(judged, "1 Q 0 1 -1 t\n1 Q c 1 9 t\n1 Q a 1 8 t\n1 Q d 1 7 t",
                 &everything);

    CHECK_NEAR(value_of(those.ranking, "map"), 1, 0);
    CHECK_NEAR(value_of(those.ranking, "ndcg"), 1, 1e-12);
    CHECK_NEAR(value_of(those.ranking, "ndcg_rel"), 1, 1e-12);
    CHECK_NEAR(value_of(those.ranking, "Rprec"), 1, 0);
    CHECK_NEAR(value_of(those.ranking, "bpref"), 1, 0);
    release(those);
}

/* Query 2 is judged alone, query 3 retrieved alone. */
static void queries_of_one_file_do_not_count_unless_asked(void)
{
    static const char more[] = "1 0 a 1\n2 0 a 1\n";
    static const char other[] = "1 Q0 a 1 1 t\n3 Q0 a 1 1 t\n";
    zub_ranking_options options = everything;

    evaluated those = evaluate(more, other, &options);
    zub_ranking_facts facts = zub_ranking_about(those.ranking);
    CHECK_INT(facts.queries, 1);
    CHECK_INT(facts.unjudged, 1);
    CHECK_INT(facts.missing, 1);
    CHECK_NEAR(value_of(those.ranking, "map"), 1, 0);
    release(those);
    options.is_complete = true;
    those = evaluate(more, other, &options);
    CHECK_INT(zub_ranking_about(those.ranking).queries, 2);
    CHECK_NEAR(value_of(those.ranking, "map"), .5, 0);
    CHECK_NEAR(value_of(those.ranking, "gm_map"), sqrt(1e-5), 1e-9);
    CHECK_NEAR(value_of(those.ranking, "rbp_resid"), 0, 0);
    release(those);
}

static void measures_may_be_named_with_a_parameter(void)
{
    static const char *const names[] = {
        "P.3",  "7", "ndcg_cut_10",         "iprec_at_recall..25",
        ".333", "G", "iprec_at_recall_0.10"};
    static const char *const wanted[] = {"P_3",
                                         "P_7",
                                         "ndcg_cut_10",
                                         "iprec_at_recall_0.25",
                                         "iprec_at_recall_0.33",
                                         "G",
                                         "iprec_at_recall_0.10"};
    zub_ranking_options options = {.measures = names, .measure_count = 7};
    evaluated those = evaluate(judged, run, &options);

    CHECK_INT(zub_ranking_about(those.ranking).columns, 7);
    for (size_t i = 0; i < 7; i++)
        CHECK_STR(zub_ranking_column_at(those.ranking, i).name, wanted[i]);
    release(those);
}

static void lists_are_one_measure(void)
{
    static const char *const names[] = {"utility.3",  "-1", "-.5",      "0",
                                        "11pt_avg.0", "1",  "ndcg.1=4", "2=1"};
    static const char *const wanted[] = {"utility_3,-1,-.5,0", "11pt_avg_0,1",
                                         "ndcg_1=4,2=1"};
    zub_ranking_options options = {.measures = names, .measure_count = 8};
    evaluated those = evaluate(judged, run, &options);

    CHECK_INT(zub_ranking_about(those.ranking).columns, 3);
    for (size_t i = 0; i < 3; i++)
        CHECK_STR(zub_ranking_column_at(those.ranking, i).name, wanted[i]);
    CHECK_NEAR(value_of(those.ranking, wanted[0]), 3 * 2 - 2 - .5, 1e-12);
    CHECK_NEAR(value_of(those.ranking, wanted[1]), .5, 1e-12);
    CHECK_NEAR(value_of(those.ranking, wanted[2]),
               (4 + 1 / log2(5)) / (4 + 4 / log2(3) + .5), 1e-12);
    release(those);
}

/* Gains that are the levels change nothing, nor does what no document has. */
static void gains_are_levels_by_default(void)
{
    static const char *const names[] = {"ndcg", "ndcg.2=2", "ndcg.1=1", "2=2",
                                        "9=50", "ndcg.1=2", "2=4"};
    zub_ranking_options options = {.measures = names, .measure_count = 7};
    evaluated those = evaluate(judged, run, &options);
    double plain = value_of(those.ranking, "ndcg");

    for (size_t i = 1; i < zub_ranking_about(those.ranking).columns; i++)
        CHECK_NEAR(zub_ranking_column_at(those.ranking, i).all, plain, 1e-12);
    release(those);
}

static void first_levels_are_a_string(void)
{
    static const char *const names[] = {"all_trec", "relstring.3", "20"};
    zub_ranking_options options = {.measures = names, .measure_count = 3};
    evaluated those = evaluate("1 0 a 12\n1 0 b 9\n1 0 c 0\n1 0 d -1\n",
                               "1 Q 0 1 1 t\n1 Q a 1 9 t\n1 Q b 1 8 t\n"
                               "1 Q c 1 7 t\n1 Q d 1 6 t",
                               &options);
    size_t columns = zub_ranking_about(those.ranking).columns, seen = 0;

    for (size_t i = 0; i < columns; i++) {
        zub_ranking_column column = zub_ranking_column_at(those.ranking, i);
        zub_slice text = zub_ranking_text(those.ranking, 0, i);
        seen += column.is_text;
        if (!column.is_text) {
            CHECK_INT(text.size, 0);
            continue;
        }
        CHECK_STR(column.name, "relstring_20");
        CHECK(text.size == 5 && memcmp(text.data, ">90.-", 5) == 0);
    }
    CHECK_INT(seen, 1);
    release(those);
}

static void several_judges_are_averaged(void)
{
    static const char both[] = "1 a x 1\n1 a y 0\n1 b x 0\n1 b y 1\n";
    evaluated those;

    CHECK_INT(zub_judgements_open(&those.judgements, write_file("qrels", both),
                                  ZUB_QRELS_JUDGES, NULL),
              ZUB_OK);
    CHECK_INT(
        zub_ranking_open(&those.ranking, those.judgements,
                         write_file("run", "1 Q0 x 1 2 t\n1 Q0 y 1 1 t\n"),
                         NULL, NULL),
        ZUB_OK);
    CHECK_NEAR(value_of(those.ranking, "map_avgjg"), .75, 1e-12);
    CHECK_NEAR(value_of(those.ranking, "P_avgjg_5"), .2, 1e-12);
    CHECK_NEAR(value_of(those.ranking, "Rprec_mult_avgjg_1.00"), .5, 1e-12);
    release(those);
}

static void zscores_are_distances_from_a_mean(void)
{
    static const char *const names[] = {"map", "num_rel", "Rprec", "P.5"};
    zub_ranking_options options = {.measures = names, .measure_count = 4};

    options.zscores = write_file("other", "# a comment\n1 map .25 .5\n"
                                          "1 num_rel 3 0\n1 Rprec 9 0\n");
    evaluated those = evaluate(judged, run, &options);
    CHECK(zub_ranking_about(those.ranking).is_zscores);
    CHECK_NEAR(value_of(those.ranking, "Zmap"), .5, 1e-12);
    CHECK_NEAR(value_of(those.ranking, "Znum_rel"), 0, 0);
    CHECK_NEAR(value_of(those.ranking, "ZRprec"), -1000000, 0);
    CHECK_NEAR(value_of(those.ranking, "ZP_5"), -1000000, 0);
    CHECK(!zub_ranking_column_at(those.ranking, 1).is_count);
    release(those);
}

static void files_that_are_no_zscores_are_refused(void)
{
    static const char *const wrong[] = {
        "1 map 1\n", "1 map x 1\n", "1 map 1 1\n1 map 2 2\n", "1 map 1 y\n"};
    zub_judgements *judgements;
    zub_ranking *ranking;
    zub_error error;

    CHECK_INT(zub_judgements_open(&judgements, write_file("qrels", judged),
                                  ZUB_QRELS, NULL),
              ZUB_OK);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        zub_ranking_options options = {.zscores =
                                           write_file("other", wrong[i])};
        CHECK_INT(zub_ranking_open(&ranking, judgements,
                                   write_file("run", run), &options, &error),
                  ZUB_EMALFORMED);
        CHECK(!ranking && strstr(error.message, "other"));
    }
    zub_judgements_free(judgements);
}

/* trec_eval 10: the end counts where two documents or more stand behind the
 * last gain; 0 times a huge power is 0. */
static void conventions_that_its_own_tests_do_not_show(void)
{
    evaluated those =
        evaluate("1 0 a 2\n1 0 b 1\n",
                 "1 Q0 x 1 9 t\n1 Q0 a 1 8 t\n1 Q0 y 1 0e999 t", &everything);

    CHECK_NEAR(value_of(those.ranking, "Rndcg"),
               (0 + (2 / log2(3)) / (2 + 1 / log2(3))) / 2, 1e-12);
    CHECK_NEAR(value_of(those.ranking, "num_ret"), 3, 0);
    release(those);
}

static void unknown_measures_are_refused(void)
{
    static const char *const names[] = {
        "mapp",      "P_0",     "P_1.5",    "map_5",       "5",
        "P_",        ".",       "ndcg.x",   "ndcg.1",      "ndcg.1=",
        "ndcg.-1=2", "ndcg.=2", "utility.", "utility.1=2", "11pt_avg.x"};
    zub_judgements *judgements;

    CHECK_INT(zub_judgements_open(&judgements, write_file("qrels", judged),
                                  ZUB_QRELS, NULL),
              ZUB_OK);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        zub_ranking_options options = {.measures = &names[i],
                                       .measure_count = 1};
        zub_ranking *ranking;
        zub_error error;
        CHECK_INT(zub_ranking_open(&ranking, judgements,
                                   write_file("run", run), &options, &error),
                  ZUB_EINVAL);
        CHECK(!ranking && strstr(error.message, names[i]));
    }
    zub_judgements_free(judgements);
}

static void files_that_are_no_runs_are_named_with_their_line(void)
{
    static const char *const runs[] = {"1 Q0 a 1 0.5\n",
                                       "1 Q0 a 1 x t\n",
                                       "1\n",
                                       "1 Q0 a 1 1e t\n",
                                       "1 Q0 a 1 - t\n",
                                       "\n\n1 Q0\n",
                                       "1 Q0 a 1 1 t\n1 Q0 a 2 2 t\n"};
    zub_judgements *judgements;
    zub_ranking *ranking;
    zub_error error;

    CHECK_INT(zub_judgements_open(&judgements, write_file("qrels", "1 0 a\n"),
                                  ZUB_QRELS, &error),
              ZUB_EMALFORMED);
    CHECK(strstr(error.message, "line 1 "));
    CHECK_INT(zub_judgements_open(&judgements,
                                  write_file("qrels", "1 0 a 1.5\n"),
                                  ZUB_QRELS, &error),
              ZUB_EMALFORMED);
    CHECK_INT(zub_judgements_open(&judgements, "/nowhere", ZUB_QRELS, &error),
              ZUB_ENOTFOUND);
    CHECK_INT(zub_judgements_open(&judgements, write_file("qrels", judged),
                                  ZUB_QRELS, NULL),
              ZUB_OK);
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        CHECK_INT(zub_ranking_open(&ranking, judgements,
                                   write_file("run", runs[i]), NULL, &error),
                  ZUB_EMALFORMED);
        CHECK(!ranking && error.message[0] != '\0');
    }
    zub_judgements_free(judgements);
}

static void nothing_is_evaluated_as_nothing(void)
{
    evaluated those = evaluate("", "", &everything);
    zub_ranking_facts facts = zub_ranking_about(those.ranking);

    CHECK_INT(facts.queries, 0);
    for (size_t i = 0; i < facts.columns; i++)
        CHECK_NEAR(zub_ranking_column_at(those.ranking, i).all, 0, 0);
    release(those);
    those = evaluate("1 0 a 0\n1 0 b -1\n", "1 Q0 a 1 1 t\n1 Q0 b 1 1 t\n",
                     &everything);
    facts = zub_ranking_about(those.ranking);
    for (size_t i = 0; i < facts.columns; i++)
        CHECK(isfinite(zub_ranking_column_at(those.ranking, i).all));
    release(those);
}

/* ---- Laws, on random runs ---- */

static void draw(zub_buffer *qrels, zub_buffer *text, uint64_t seed)
{
    zub_random random = {.seed = seed};

    zub_buffer_init(qrels, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(text, ZUB_BUFFER_UNLIMITED);
    for (unsigned q = 0; q < 30; q++)
        for (unsigned d = 0; d < 60; d++) {
            uint64_t dice = zub_random_below(&random, 100);
            if (dice < 40)
                zub_buffer_format(qrels, "q%u 0 d%u %d\n", q, d,
                                  (int)(dice % 4) - (dice < 4));
            zub_buffer_format(text, "q%u Q0 d%u 0 %u.%u run\n", q, d,
                              (unsigned)zub_random_below(&random, 9),
                              (unsigned)zub_random_below(&random, 9));
        }
}

static void values_lie_where_they_must(void)
{
    zub_buffer qrels, text;

    draw(&qrels, &text, 1);
    evaluated those = evaluate(qrels.data, text.data, &everything);
    zub_ranking_facts facts = zub_ranking_about(those.ranking);
    CHECK_INT(facts.queries, 30);
    for (size_t c = 0; c < facts.columns; c++) {
        zub_ranking_column column = zub_ranking_column_at(those.ranking, c);
        double sum = 0;
        for (size_t q = 0; q < facts.queries; q++) {
            double value = zub_ranking_value(those.ranking, q, c);
            sum += value;
            CHECK(column.is_count || strcmp(column.name, "utility") == 0 ||
                  (value >= 0 && value <= 1 + 1e-9));
        }
        if (!column.is_of_all)
            CHECK_NEAR(column.all, column.is_count ? sum : sum / 30, 1e-9);
    }
    CHECK_NEAR(value_of(those.ranking, "P_100") * 100,
               value_of(those.ranking, "num_rel_ret") / 30, 1e-9);
    release(those);
    zub_buffer_release(&qrels);
    zub_buffer_release(&text);
}

static void intervals_hold_means_and_a_run_is_like_itself(void)
{
    zub_buffer qrels, text, other;
    zub_ranking_interval means[200], same[200];

    draw(&qrels, &text, 2);
    evaluated those = evaluate(qrels.data, text.data, &everything);
    size_t columns = zub_ranking_about(those.ranking).columns;
    CHECK(columns <= 200);
    CHECK_INT(zub_ranking_intervals(means, those.ranking, NULL, NULL), ZUB_OK);
    CHECK_INT(zub_ranking_intervals(same, those.ranking, those.ranking, NULL),
              ZUB_OK);
    for (size_t c = 0; c < columns; c++) {
        zub_ranking_column column = zub_ranking_column_at(those.ranking, c);
        CHECK(means[c].low <= means[c].mean && means[c].mean <= means[c].high);
        CHECK_INT(means[c].queries, 30);
        if (!column.is_count)
            CHECK_NEAR(means[c].mean, column.all, 1e-9);
        CHECK_NEAR(same[c].mean, column.is_of_all, 0);
        CHECK_NEAR(same[c].chance, 1, 0);
    }
    zub_buffer_release(&qrels);
    draw(&qrels, &other, 3);
    zub_ranking *few;
    CHECK_INT(zub_ranking_open(&few, those.judgements,
                               write_file("other", other.data), NULL, NULL),
              ZUB_OK);
    CHECK_INT(zub_ranking_intervals(same, those.ranking, few, NULL),
              ZUB_EINVAL);
    zub_ranking_free(few);
    release(those);
    zub_buffer_release(&qrels);
    zub_buffer_release(&text);
    zub_buffer_release(&other);
}

static void text_is_that_of_trec_eval(void)
{
    static const char *const few[] = {"map", "num_rel", "P_5", "gm_map"};
    zub_ranking_options options = {.measures = few, .measure_count = 4};
    evaluated those = evaluate(judged, run, &options);
    zub_named_ranking named = {"run", those.ranking};
    zub_buffer out;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(zub_render_rankings(&named, 1, true, false, ZUB_FORMAT_TEXT,
                                  zub_buffer_sink(&out), NULL),
              ZUB_OK);
    CHECK_STR(out.data, "map                   \t1\t0.5000\n"
                        "num_rel               \t1\t3\n"
                        "P_5                   \t1\t0.4000\n"
                        "runid                 \tall\tt\n"
                        "num_q                 \tall\t1\n"
                        "map                   \tall\t0.5000\n"
                        "num_rel               \tall\t3\n"
                        "P_5                   \tall\t0.4000\n"
                        "gm_map                \tall\t0.5000\n");
    zub_error error;
    CHECK_INT(zub_render_rankings(&named, 1, true, false, ZUB_FORMAT_HTML,
                                  zub_buffer_sink(&out), &error),
              ZUB_EINVAL);
    zub_buffer_release(&out);
    release(those);
}

int main(void)
{
    if (!mkdtemp(folder))
        return 1;
    RUN(values_are_those_worked_out_by_hand);
    RUN(a_level_says_what_is_relevant);
    RUN(the_ideal_ranking_scores_1);
    RUN(queries_of_one_file_do_not_count_unless_asked);
    RUN(measures_may_be_named_with_a_parameter);
    RUN(lists_are_one_measure);
    RUN(gains_are_levels_by_default);
    RUN(first_levels_are_a_string);
    RUN(several_judges_are_averaged);
    RUN(zscores_are_distances_from_a_mean);
    RUN(files_that_are_no_zscores_are_refused);
    RUN(conventions_that_its_own_tests_do_not_show);
    RUN(unknown_measures_are_refused);
    RUN(files_that_are_no_runs_are_named_with_their_line);
    RUN(nothing_is_evaluated_as_nothing);
    RUN(values_lie_where_they_must);
    RUN(intervals_hold_means_and_a_run_is_like_itself);
    RUN(text_is_that_of_trec_eval);

    static const char *const names[] = {"qrels", "run", "other"};
    for (size_t i = 0; i < 3; i++) {
        char path[80];
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
    return DONE();
}
