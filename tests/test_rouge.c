/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Scores against values worked out by hand, and laws on random texts. The
 * sentences about the police are those of Lin (2004), section 3. */
#include <stdlib.h>

#include "base/buffer.h"
#include "base/random.h"
#include "eval/bootstrap.h"
#include "eval/lcs.h"
#include "test.h"
#include "text/tokens.h"

#define NEAR 1e-9

static zub_slice slice(const char *text)
{
    return (zub_slice){text, strlen(text)};
}

static zub_scorer *open_scorer(zub_scorer_options options)
{
    zub_scorer *scorer;
    zub_error error = {0};

    CHECK_INT(zub_scorer_new(&scorer, NULL, &options, &error), ZUB_OK);
    CHECK_STR(error.message, "");
    return scorer;
}

static zub_scores score_by(zub_scorer_options options, const char *summary,
                           const char *const *references, size_t count)
{
    zub_slice slices[8];
    zub_scores scores;
    zub_scorer *scorer = open_scorer(options);

    for (size_t i = 0; i < count; i++)
        slices[i] = slice(references[i]);
    CHECK_INT(
        zub_scorer_score(&scores, scorer, slice(summary), slices, count, NULL),
        ZUB_OK);
    zub_scorer_free(scorer);
    return scores;
}

static zub_scores score(const char *summary, const char *reference)
{
    return score_by((zub_scorer_options){0}, summary, &reference, 1);
}

static double f_of(const char *protocol, const char *summary,
                   const char *reference)
{
    return score_by((zub_scorer_options){.protocol = protocol}, summary,
                    &reference, 1)
        .of[ZUB_MEASURE_ROUGE_1]
        .f;
}

/* ---- Values ---- */

static void runs_of_words_are_counted_as_lin_counts_them(void)
{
    zub_scores s = score("police kill the gunman", "police killed the gunman");

    CHECK_NEAR(s.of[ZUB_MEASURE_ROUGE_1].f, 3.0 / 4, NEAR);
    CHECK_NEAR(s.of[ZUB_MEASURE_ROUGE_2].f, 1.0 / 3, NEAR);
    CHECK_NEAR(s.of[ZUB_MEASURE_ROUGE_3].f, 0, NEAR);
    CHECK_NEAR(s.of[ZUB_MEASURE_ROUGE_L].f, 3.0 / 4, NEAR);
    CHECK_NEAR(s.of[ZUB_MEASURE_ROUGE_S4].f, 3.0 / 6, NEAR);
    CHECK_NEAR(s.of[ZUB_MEASURE_ROUGE_SU4].f, 6.0 / 10, NEAR);
}

static void order_matters_to_subsequences(void)
{
    zub_scores s = score("the gunman kill police", "police killed the gunman");

    CHECK_NEAR(s.of[ZUB_MEASURE_ROUGE_1].f, 3.0 / 4, NEAR);
    CHECK_NEAR(s.of[ZUB_MEASURE_ROUGE_L].f, 2.0 / 4, NEAR);
    CHECK_NEAR(s.of[ZUB_MEASURE_ROUGE_S4].f, 1.0 / 6, NEAR);
}

static void lsum_is_the_union_over_sentences(void)
{
    zub_scores s = score("w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5", "w1 w2 w3 w4 w5");

    CHECK_NEAR(s.of[ZUB_MEASURE_ROUGE_LSUM].r, 4.0 / 5, NEAR);
    CHECK_NEAR(s.of[ZUB_MEASURE_ROUGE_LSUM].p, 4.0 / 10, NEAR);
    s = score("w5 w1 w2\nw4 w3", "w1 w2 w3 w4 w5");
    CHECK_NEAR(s.of[ZUB_MEASURE_ROUGE_LSUM].r, 3.0 / 5, NEAR);
    s = score("x1 x1\nx2 x1", "x2 x1"); /* a word is hit once */
    CHECK_NEAR(s.of[ZUB_MEASURE_ROUGE_LSUM].p, 2.0 / 4, NEAR);
}

static void runs_weigh_more_in_w(void)
{
    zub_scores s = score("police kill the gunman", "police killed the gunman");
    double weight = 1 + pow(2, 1.2); /* "police", "the gunman" */

    CHECK_NEAR(s.of[ZUB_MEASURE_ROUGE_W].r, pow(weight / pow(4, 1.2), 1 / 1.2),
               NEAR);
    s = score("a x b x c", "a b c"); /* a run in the reference alone is one */
    CHECK_NEAR(s.of[ZUB_MEASURE_ROUGE_W].r, 1, NEAR);
    CHECK_NEAR(s.of[ZUB_MEASURE_ROUGE_W].p, 3.0 / 5, NEAR);
}

static void beta_weighs_recall(void)
{
    static const char *const reference[] = {"a b c d"};
    zub_scores s =
        score_by((zub_scorer_options){.beta = 2}, "a b", reference, 1);

    CHECK_NEAR(s.of[ZUB_MEASURE_ROUGE_1].f, 5 * 1 * 0.5 / (0.5 + 4), NEAR);
}

static double several(zub_several how)
{
    static const char *const references[] = {"a b", "a c", "c d"};
    zub_scores s =
        score_by((zub_scorer_options){.several = how}, "a b", references, 3);

    CHECK_INT(s.references, 3);
    return s.of[ZUB_MEASURE_ROUGE_1].f;
}

static void several_references_become_one_score(void)
{
    CHECK_NEAR(several(ZUB_SEVERAL_MEAN), (1 + 0.5 + 0) / 3, NEAR);
    CHECK_NEAR(several(ZUB_SEVERAL_BEST), 1, NEAR);
    CHECK_NEAR(several(ZUB_SEVERAL_JACKKNIFE), (0.5 + 1 + 1) / 3, NEAR);
    CHECK_NEAR(several(ZUB_SEVERAL_POOLED), 3.0 / 6, NEAR);
    CHECK_NEAR(several(ZUB_SEVERAL_DEFAULT), 0.5, NEAR);
}

static void the_last_word_is_no_unit_of_su_in_1_5_5(void)
{
    static const char *const reference[] = {"police killed the gunman"};
    zub_scores s = score_by((zub_scorer_options){.protocol = "rouge-1.5.5"},
                            "police", reference, 1);

    CHECK_NEAR(s.of[ZUB_MEASURE_ROUGE_1].r, 0.25, NEAR);
    CHECK_NEAR(s.of[ZUB_MEASURE_ROUGE_SU4].f, 0, NEAR);
    s = score("police", reference[0]);
    CHECK_NEAR(s.of[ZUB_MEASURE_ROUGE_SU4].r, 1.0 / 10, NEAR);
}

/* ---- Words ---- */

static void arabic_meets_under_norm_and_not_under_none(void)
{
    const char *vowelled = "إِلَى مَدْرَسَةٌ مُؤْمِن قـــال";
    const char *bare = "الي مدرسه مومن قال";

    CHECK_NEAR(f_of("zubda-norm", vowelled, bare), 1, NEAR);
    CHECK_NEAR(f_of("zubda-none", vowelled, bare), 0, NEAR);
    CHECK_NEAR(f_of("zubda-norm", "ARABIC ﷲ", "arabic الله"), 1, NEAR);
}

static void stems_meet_under_light(void)
{
    static const char *const reference[] = {"she was running and connected"};
    zub_scorer_options light = {.protocol = "zubda-light", .lang = "en"};
    const char *text = "she was runs and connecting";

    CHECK_NEAR(score_by(light, text, reference, 1).of[ZUB_MEASURE_ROUGE_1].f,
               1, NEAR);
    CHECK_NEAR(f_of("zubda-norm", text, reference[0]), 3.0 / 5, NEAR);
}

static size_t words_in(const char *text)
{
    return score(text, "x").words;
}

static void marks_stay_in_their_word(void)
{
    CHECK_INT(words_in("हिन्दी में"), 2);
    CHECK_INT(words_in("বাংলা ভাষা"), 2);
    CHECK_INT(words_in("مَدْرَسَةٌ"), 1);
    CHECK_INT(words_in("e\xCC\x81t\xCC\x81"), 1);
    CHECK_INT(words_in("می‌خواهم"), 1);
}

static void scripts_without_spaces_count_by_character(void)
{
    CHECK_INT(words_in("中国人民 abc"), 5);
    CHECK_INT(words_in("カタカナ"), 4);
    CHECK_INT(words_in("ラーメン"), 3); /* the length mark is a mark */
    CHECK_INT(words_in("น้ำใจ"), 4);     /* น้ ำ ใ จ */
    CHECK_INT(words_in("한국어 말"), 2);
}

static void punctuation_is_no_word(void)
{
    CHECK_INT(words_in("a, b. c! «د» - 3.5 %"), 6);
    CHECK_INT(words_in("... !? --"), 0);
    CHECK_INT(words_in(""), 0);
}

static void any_bytes_are_text(void)
{
    static const char bytes[] = "one\0two \xFF\xFE three \xED\xA0\x80";
    zub_slice text = {bytes, sizeof bytes - 1}, reference = slice("one two");
    zub_scorer *scorer = open_scorer((zub_scorer_options){0});
    zub_scores scores;

    CHECK_INT(zub_scorer_score(&scores, scorer, text, &reference, 1, NULL),
              ZUB_OK);
    CHECK_INT(scores.words, 3);
    CHECK_NEAR(scores.of[ZUB_MEASURE_ROUGE_1].r, 1, NEAR);
    zub_scorer_free(scorer);
}

/* ---- Limits and errors ---- */

static double limited(zub_scorer_options options)
{
    static const char *const reference[] = {"a b"};

    return score_by(options, "a c\nb d", reference, 1)
        .of[ZUB_MEASURE_ROUGE_1]
        .p;
}

static void texts_are_cut_at_the_limits(void)
{
    CHECK_NEAR(limited((zub_scorer_options){.limit_words = 1}), 1, NEAR);
    CHECK_NEAR(limited((zub_scorer_options){.limit_words = 3}), 2.0 / 3, NEAR);
    CHECK_NEAR(limited((zub_scorer_options){.limit_bytes = 4}), 2.0 / 3, NEAR);
    CHECK_NEAR(limited((zub_scorer_options){.limit_bytes = 2}), 1, NEAR);
    CHECK_NEAR(limited((zub_scorer_options){.protocol = "rouge-1.5.5",
                                            .limit_words = 3}),
               0.66667, NEAR);
}

static void empty_references_are_left_out(void)
{
    static const char *const references[] = {"", "a b", " ... "};
    zub_slice none = slice(" !");
    zub_scorer *scorer = open_scorer((zub_scorer_options){0});
    zub_error error;
    zub_scores scores =
        score_by((zub_scorer_options){0}, "a b", references, 3);

    CHECK_INT(scores.references, 1);
    CHECK_NEAR(scores.of[ZUB_MEASURE_ROUGE_2].f, 1, NEAR);
    CHECK_INT(zub_scorer_score(&scores, scorer, slice("a"), &none, 1, &error),
              ZUB_ENOTFOUND);
    CHECK_INT(zub_scorer_score(&scores, scorer, slice("a"), NULL, 0, &error),
              ZUB_ENOTFOUND);
    zub_scorer_free(scorer);
}

static void a_text_too_long_is_refused(void)
{
    size_t size = 2 * 32769;
    char *text = malloc(size);
    zub_scorer *scorer = open_scorer((zub_scorer_options){0});
    zub_slice reference = slice("a");
    zub_scores scores;
    zub_error error;

    for (size_t i = 0; text && i < size; i++)
        text[i] = i % 2 ? '\n' : 'a';
    CHECK_INT(zub_scorer_score(&scores, scorer, (zub_slice){text, size},
                               &reference, 1, &error),
              ZUB_ELIMIT);
    CHECK(strstr(error.message, "32768"));
    CHECK_INT(zub_scorer_score(&scores, scorer, (zub_slice){text, size - 2},
                               &reference, 1, &error),
              ZUB_OK);
    zub_scorer_free(scorer);
    free(text);
}

static void wrong_options_are_named(void)
{
    zub_scorer *scorer;
    zub_error error;
    zub_scorer_options options = {.protocol = "rouge-1.5.6"};

    CHECK_INT(zub_scorer_new(&scorer, NULL, &options, &error), ZUB_EINVAL);
    CHECK(strstr(error.message, "rouge-1.5.6") && !scorer);
    options = (zub_scorer_options){.stem = true};
    CHECK_INT(zub_scorer_new(&scorer, NULL, &options, &error), ZUB_EINVAL);
    options = (zub_scorer_options){.beta = -1};
    CHECK_INT(zub_scorer_new(&scorer, NULL, &options, &error), ZUB_EINVAL);
    options = (zub_scorer_options){.stop_file = "no/such/file"};
    CHECK_INT(zub_scorer_new(&scorer, NULL, &options, &error), ZUB_ENOTFOUND);
}

/* ---- Laws ---- */

static size_t random_words(zub_random *random, uint32_t *ids, size_t most,
                           uint32_t kinds)
{
    size_t size = (size_t)zub_random_below(random, most + 1);

    for (size_t i = 0; i < size; i++)
        ids[i] = (uint32_t)zub_random_below(random, kinds);
    return size;
}

static size_t plain_lcs(const uint32_t *a, size_t m, const uint32_t *b,
                        size_t n)
{
    static size_t c[201][201];

    for (size_t i = 1; i <= m; i++)
        for (size_t j = 1; j <= n; j++) {
            size_t up = c[i - 1][j], left = c[i][j - 1];
            c[i][j] = a[i - 1] == b[j - 1] ? c[i - 1][j - 1] + 1
                      : up > left          ? up
                                           : left;
        }
    return c[m][n];
}

static void bits_find_the_same_length_as_the_table(void)
{
    static uint32_t a[200], b[200];
    static bool mask[200];
    zub_random random = {7, 0};
    zub_lcs lcs = {0};

    for (int turn = 0; turn < 300; turn++) {
        uint32_t kinds = 2 + (uint32_t)turn % 40;
        zub_words_run first = {a, random_words(&random, a, 200, kinds)};
        zub_words_run second = {b, random_words(&random, b, 200, kinds)};
        size_t want = plain_lcs(a, first.size, b, second.size), got,
               marked = 0;
        CHECK_INT(zub_lcs_length(&lcs, &got, first, second, kinds), ZUB_OK);
        CHECK_INT(got, want);
        memset(mask, 0, sizeof mask);
        CHECK_INT(zub_lcs_mark(&lcs, mask, first, second, kinds), ZUB_OK);
        for (size_t i = 0; i < first.size; i++)
            marked += mask[i];
        CHECK_INT(marked, want);
    }
    zub_lcs_release(&lcs);
}

static void random_text(zub_random *random, char *out, size_t words)
{
    static const char *const pieces[] = {"a ", "b ", "c ", "d ", "e\n",
                                         "ف ", "中", "x.", "g, "};

    *out = '\0';
    for (size_t i = 0; i < words; i++)
        strcat(out, pieces[zub_random_below(random, 9)]);
    strcat(out, "a");
}

static void scores_keep_the_laws(void)
{
    char a[400], b[400];
    zub_random random = {11, 0};

    for (int turn = 0; turn < 60; turn++) {
        random_text(&random, a, 1 + zub_random_below(&random, 60));
        random_text(&random, b, 1 + zub_random_below(&random, 60));
        zub_scores there = score(a, b), back = score(b, a), self = score(a, a);
        for (int m = 0; m < ZUB_MEASURE_SENTENCES; m++) {
            zub_score s = there.of[m];
            CHECK(s.p >= 0 && s.p <= 1 + NEAR && s.r >= 0 && s.r <= 1 + NEAR);
            CHECK(s.f <= (s.p > s.r ? s.p : s.r) + NEAR);
            if (m != ZUB_MEASURE_ROUGE_LSUM && m != ZUB_MEASURE_ROUGE_W) {
                CHECK_NEAR(s.p, back.of[m].r, NEAR);
                CHECK_NEAR(s.f, back.of[m].f, NEAR);
            }
        }
        CHECK_NEAR(self.of[ZUB_MEASURE_ROUGE_1].f, 1, NEAR);
        CHECK_NEAR(self.of[ZUB_MEASURE_ROUGE_L].f, 1, NEAR);
        CHECK_NEAR(self.of[ZUB_MEASURE_ROUGE_LSUM].f, 1, NEAR);
    }
}

/* Ids and memory of an earlier text must not show. */
static void a_scorer_scores_the_same_again(void)
{
    char a[400], b[400];
    zub_random random = {13, 0};
    zub_scorer *scorer = open_scorer((zub_scorer_options){0});

    for (int turn = 0; turn < 60; turn++) {
        zub_scores got, want;
        random_text(&random, a, 1 + zub_random_below(&random, 60));
        random_text(&random, b, 1 + zub_random_below(&random, 60));
        zub_slice reference = slice(b);
        CHECK_INT(
            zub_scorer_score(&got, scorer, slice(a), &reference, 1, NULL),
            ZUB_OK);
        want = score(a, b);
        CHECK(memcmp(&got, &want, sizeof got) == 0);
    }
    zub_scorer_free(scorer);
}

/* ---- Intervals ---- */

static void intervals_hold_the_mean_and_repeat(void)
{
    double values[2 * 50];
    zub_interval once[2], twice[2];

    for (int i = 0; i < 50; i++) {
        values[2 * i] = i % 10;
        values[2 * i + 1] = i < 25 ? NAN : 3;
    }
    CHECK_INT(zub_bootstrap(once, values, 50, 2), ZUB_OK);
    CHECK_INT(zub_bootstrap(twice, values, 50, 2), ZUB_OK);
    CHECK(memcmp(once, twice, sizeof once) == 0);
    CHECK_NEAR(once[0].mean, 4.5, NEAR);
    /* The standard error is sqrt(8.25 / 50) = .406: 1.96 of it. */
    CHECK_NEAR(once[0].low, 4.5 - 0.796, 0.12);
    CHECK_NEAR(once[0].high, 4.5 + 0.796, 0.12);
    CHECK_NEAR(once[0].chance, 0, NEAR);
    CHECK_INT(once[1].count, 25);
    CHECK_NEAR(once[1].low, 3, NEAR);
    CHECK_NEAR(once[1].high, 3, NEAR);
}

static zub_report *report_of(const double first[4], const double second[3])
{
    static const char *const ids[] = {"1", "2", "3", "4"};
    zub_evaluation *evaluation;
    zub_report *report;
    zub_scores scores = {.has = 1u << ZUB_MEASURE_ROUGE_2, .words = 10};

    CHECK_INT(zub_evaluation_new(&evaluation, NULL), ZUB_OK);
    for (int i = 0; i < 4; i++) {
        scores.of[ZUB_MEASURE_ROUGE_2].f = first[i];
        CHECK_INT(zub_evaluation_add(evaluation, slice("first"), slice(ids[i]),
                                     &scores, NULL),
                  ZUB_OK);
    }
    for (int i = 0; i < 3; i++) {
        scores.of[ZUB_MEASURE_ROUGE_2].f = second[i];
        CHECK_INT(zub_evaluation_add(evaluation, slice("second"),
                                     slice(ids[i]), &scores, NULL),
                  ZUB_OK);
    }
    CHECK_INT(zub_evaluation_add(evaluation, slice("first"), slice("1"),
                                 &scores, NULL),
              ZUB_EINVAL);
    CHECK_INT(zub_report_new(&report, evaluation, NULL), ZUB_OK);
    zub_evaluation_free(evaluation);
    return report;
}

static void differences_are_over_the_articles_of_both(void)
{
    static const double first[] = {0.2, 0.4, 0.6, 1}, second[] = {.3, .5, .7};
    zub_report *report = report_of(first, second);
    const zub_mean *mean = &report->systems[0].of[ZUB_MEASURE_ROUGE_2];
    const struct zub_paired *paired =
        &report->differences[0].of[ZUB_MEASURE_ROUGE_2];

    CHECK_INT(report->articles, 4);
    CHECK_INT(report->system_count, 2);
    CHECK_NEAR(mean->f, 0.55, NEAR);
    CHECK(mean->low < mean->f && mean->f < mean->high);
    CHECK_INT(report->systems[1].articles, 3);
    CHECK_INT(report->difference_count, 1);
    CHECK_INT(paired->articles, 3);
    CHECK_NEAR(paired->difference, 0.1, NEAR);
    CHECK_NEAR(report->systems[0].words, 10, NEAR);
    CHECK_INT(report->systems[0].of[ZUB_MEASURE_ROUGE_1].articles, 0);
    zub_report_free(report);
}

static zub_status refuse(void *context, const char *data, size_t size)
{
    (void)context;
    (void)data;
    (void)size;
    return ZUB_EWRITE;
}

static void a_sink_that_refuses_ends_the_rendering(void)
{
    static const double values[] = {0.2, 0.4, 0.6, 1};
    zub_report *report = report_of(values, values);
    zub_sink sink = {refuse, NULL};
    zub_report_options options = {.format = ZUB_FORMAT_JSON};

    CHECK_INT(zub_render_report(report, &options, sink), ZUB_EWRITE);
    CHECK_INT(zub_render_report(report, NULL, sink), ZUB_EWRITE);
    options.format = ZUB_FORMAT_HTML;
    CHECK_INT(zub_render_report(report, &options, sink), ZUB_EINVAL);
    zub_report_free(report);
}

static void a_report_names_no_rules_that_are_not_there(void)
{
    static const double values[] = {0.2, 0.4, 0.6, 1};
    zub_report *report = report_of(values, values);
    zub_buffer out;
    zub_scorer_options scorer = {.protocol = "rouge-2.0"};
    zub_report_options options = {.format = ZUB_FORMAT_JSON,
                                  .scorer = &scorer};

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(zub_render_report(report, &options, zub_buffer_sink(&out)),
              ZUB_EINVAL);
    scorer = (zub_scorer_options){.several = (zub_several)9};
    CHECK_INT(zub_render_report(report, &options, zub_buffer_sink(&out)),
              ZUB_EINVAL);
    CHECK_INT(out.size, 0);
    scorer = (zub_scorer_options){.protocol = "rouge-1.5.5"};
    CHECK_INT(zub_render_report(report, &options, zub_buffer_sink(&out)),
              ZUB_OK);
    CHECK(strstr(out.data, "\"references\": \"pooled\""));
    zub_buffer_release(&out);
    zub_report_free(report);
}

static void names_of_systems_are_cells(void)
{
    zub_evaluation *evaluation;
    zub_scores scores = {.has = 1u << ZUB_MEASURE_ROUGE_2};
    zub_report_options options = {.format = ZUB_FORMAT_TSV};
    zub_report *report;
    zub_buffer out;

    CHECK_INT(zub_evaluation_new(&evaluation, NULL), ZUB_OK);
    CHECK_INT(zub_evaluation_add(evaluation, slice("a\tb\\t"), slice("1"),
                                 &scores, NULL),
              ZUB_OK);
    CHECK_INT(zub_report_new(&report, evaluation, NULL), ZUB_OK);
    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(zub_render_report(report, &options, zub_buffer_sink(&out)),
              ZUB_OK);
    CHECK(strstr(out.data, "\ta\\tb\\\\t\trouge-2\t"));
    zub_buffer_release(&out);
    zub_report_free(report);
    zub_evaluation_free(evaluation);
}

/* ---- Trials ---- */

static const char article[] =
    "Cats chase mice at night.\nDogs sleep in the warm sun.\n"
    "Nobody knows why birds sing.\nRain fell on the old town.\n"
    "The baker opened his shop early.\nTrains were late all week.\n";

static zub_trial *try_article(const zub_slice *references, size_t count,
                              const zub_trial_options *options)
{
    zub_record record = {
        .id = {"x", 1}, .text = slice(article), .lang = {"en", 2}};
    zub_scorer *scorer = open_scorer((zub_scorer_options){0});
    zub_analyzer *analyzer;
    zub_trial *trial = NULL;
    zub_error error = {0};

    CHECK_INT(zub_analyzer_new(&analyzer, NULL, NULL, NULL), ZUB_OK);
    CHECK_INT(zub_trial_new(&trial, scorer, analyzer, &record, references,
                            count, options, &error),
              ZUB_OK);
    CHECK_STR(error.message, "");
    zub_analyzer_free(analyzer);
    zub_scorer_free(scorer);
    return trial;
}

static const zub_scores *row_of(const zub_trial *trial, const char *system)
{
    for (size_t i = 0; trial && i < trial->count; i++)
        if (strcmp(trial->rows[i].system, system) == 0)
            return &trial->rows[i].scores;
    CHECK(!"there is such a row");
    return &trial->rows[0].scores;
}

static void rows_are_what_they_say(void)
{
    const zub_slice references[] = {
        slice("Dogs sleep in the warm sun. Rain fell on the old town."),
        slice("Dogs sleep in the warm sun. Trains were late all week."),
    };
    zub_trial_options options = {.is_reference_budget = true,
                                 .budget = {.fit = ZUB_FIT_NEAREST}};
    zub_trial *trial = try_article(references, 2, &options);
    const zub_scores *oracle = row_of(trial, "oracle");

    CHECK_INT(trial->count, 4);
    /* Its 18 words are room for all three sentences that any reference has. */
    CHECK_NEAR(oracle->of[ZUB_MEASURE_ROUGE_1].f,
               (24.0 / (17 + 12) + 22.0 / (17 + 11)) / 2, NEAR);
    CHECK_NEAR(oracle->of[ZUB_MEASURE_SENTENCES].r, 1, NEAR);
    CHECK_NEAR(row_of(trial, "lead")->of[ZUB_MEASURE_SENTENCES].r, 1, NEAR);
    CHECK_INT(row_of(trial, "lead")->words, 11);
    CHECK_INT(row_of(trial, "human")->references, 1);
    /* Lead meets votes 0 2 0 1 0; the best order is 2 1 1. */
    CHECK_NEAR(row_of(trial, "lead")->of[ZUB_MEASURE_NDCG_5].f,
               (2 / log2(3) + 1 / log2(5)) / (2 + 1 / log2(3) + 1 / log2(4)),
               NEAR);
    CHECK(oracle->of[ZUB_MEASURE_ROUGE_2].f >=
          row_of(trial, "random")->of[ZUB_MEASURE_ROUGE_2].f);
    zub_trial_free(trial);
}

static void any_budget_is_a_budget(void)
{
    static const zub_budget budgets[] = {
        {.words = SIZE_MAX},
        {.ratio = 1e-9},
        {.words = 1},
        {.sentences = 2},
        {.chars = 30, .fit = ZUB_FIT_NEAREST},
        {0},
    };
    const zub_slice reference = slice("Dogs sleep in the warm sun.");

    for (size_t i = 0; i < sizeof budgets / sizeof *budgets; i++) {
        zub_trial_options options = {.budget = budgets[i]};
        zub_trial *trial = try_article(&reference, 1, &options);
        CHECK_INT(trial->count, 2 + (budgets[i].words || budgets[i].ratio));
        zub_trial_free(trial);
    }
}

static void references_of_other_words_are_no_extracts(void)
{
    const zub_slice reference = slice("Animals, weather and trains.");
    static const char *const methods[] = {"lead"};
    zub_trial_options options = {
        .budget = {.words = 11}, .methods = methods, .method_count = 1};
    zub_trial *trial = try_article(&reference, 1, &options);

    CHECK_INT(trial->count, 3); /* no human, and lead is the method's */
    CHECK(!(row_of(trial, "lead")->has >> ZUB_MEASURE_SENTENCES & 1));
    zub_trial_free(trial);
}

/* ---- Fields ---- */

static void check_texts(const char *value, const char *want)
{
    zub_field field = {{"f", 1}, slice(value)};
    zub_record record = {.fields = &field, .field_count = 1};
    zub_texts *texts;
    char got[200] = "";

    CHECK_INT(zub_texts_new(&texts, &record, "f"), ZUB_OK);
    for (size_t i = 0; i < texts->count; i++) {
        strcat(got, texts->items[i].data);
        strcat(got, "|");
    }
    CHECK_STR(got, want);
    zub_texts_free(texts);
}

static void texts_of_a_field_are_found_in_every_shape(void)
{
    zub_record record = {0};
    zub_texts *texts;

    check_texts("\"one \\u0061\"", "one a|");
    check_texts("[\"one\", \"two\"]", "one|two|");
    check_texts("[[\"a\", \"b\"], [\"c\"]]", "a\nb|c|");
    check_texts("[{\"text\": \"a\", \"n\": [\"no\"]}, {\"no\": \"text\", "
                "\"text\": \"b\"}]",
                "a|b|");
    check_texts("[\"\", \"x\"]", "|x|");
    check_texts("[]", "");
    check_texts("12", "");
    CHECK_INT(zub_texts_new(&texts, &record, "f"), ZUB_ENOTFOUND);
    CHECK(!texts);
}

int main(void)
{
    RUN(runs_of_words_are_counted_as_lin_counts_them);
    RUN(order_matters_to_subsequences);
    RUN(lsum_is_the_union_over_sentences);
    RUN(runs_weigh_more_in_w);
    RUN(beta_weighs_recall);
    RUN(several_references_become_one_score);
    RUN(the_last_word_is_no_unit_of_su_in_1_5_5);
    RUN(arabic_meets_under_norm_and_not_under_none);
    RUN(stems_meet_under_light);
    RUN(marks_stay_in_their_word);
    RUN(scripts_without_spaces_count_by_character);
    RUN(punctuation_is_no_word);
    RUN(any_bytes_are_text);
    RUN(texts_are_cut_at_the_limits);
    RUN(empty_references_are_left_out);
    RUN(a_text_too_long_is_refused);
    RUN(wrong_options_are_named);
    RUN(bits_find_the_same_length_as_the_table);
    RUN(scores_keep_the_laws);
    RUN(a_scorer_scores_the_same_again);
    RUN(intervals_hold_the_mean_and_repeat);
    RUN(differences_are_over_the_articles_of_both);
    RUN(a_sink_that_refuses_ends_the_rendering);
    RUN(a_report_names_no_rules_that_are_not_there);
    RUN(names_of_systems_are_cells);
    RUN(rows_are_what_they_say);
    RUN(any_budget_is_a_budget);
    RUN(references_of_other_words_are_no_extracts);
    RUN(texts_of_a_field_are_found_in_every_shape);
    return DONE();
}
