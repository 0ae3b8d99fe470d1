/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Comparisons: words of two states against SciPy, against their definitions
 * and against each other; a background in stretches. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "counted.h"

#include "base/buffer.h"
#include "base/random.h"

static const zub_count_options with_rows = {.keep_articles = true};

static zub_comparison *compare(const zub_state *target,
                               const zub_state *reference,
                               const zub_comparison_options *options)
{
    zub_comparison *made;
    zub_error error;

    CHECK_INT(zub_comparison_new(&made, target, reference, options, &error),
              ZUB_OK);
    CHECK_STR(error.message, "");
    return made;
}

/* The row of a word; p below 0: there is none. */
static zub_compared row_of(zub_comparison *rows, const char *word)
{
    for (size_t i = 0; i < zub_comparison_about(rows).rows; i++) {
        zub_compared row = zub_comparison_at(rows, i);
        if (counted_is(row.term, word))
            return row;
    }
    return (zub_compared){.p = -1};
}

/* ---- Against SciPy ---- */

static void add_times(zub_buffer *text, const char *word, unsigned times)
{
    while (times-- > 0)
        zub_buffer_format(text, "%s ", word);
}

static zub_state *state_of(unsigned ant, unsigned bee, unsigned cat,
                           unsigned words)
{
    zub_buffer text;

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    add_times(&text, "ant", ant);
    add_times(&text, "bee", bee);
    add_times(&text, "cat", cat);
    add_times(&text, "rest", words - ant - bee - cat);
    zub_buffer_add(&text, "\n", 2);
    zub_state *state = counted(text.data, &with_rows);
    zub_buffer_release(&text);
    return state;
}

static const char *const measures[] = {"g2", "chi2", "chi2yates", "oddsratio"};

/* SciPy 1.17.1, of t = [[a, b], [n1 - a, n2 - b]]:
 *     chi2_contingency(t, correction=False, lambda_="log-likelihood")
 *     chi2_contingency(t, correction=False), chi2_contingency(t)
 *     (a / (n1 - a)) / (b / (n2 - b)); values are below 0 where a / n1 is less
 * and p of the first, all expectations being 5 and more. */
typedef struct golden {
    const char *word;
    double a, b, of[4], p;
} golden;

static void words_measure_as_in_scipy(void)
{
    static const golden goldens[] = {
        {"ant",
         30,
         8,
         {21.5250713182, 20.7827260459, 19.1818729516, 6},
         3.492329088e-06},
        {"bee",
         20,
         30,
         {-.7814318390, -.7764705882, -.5178627451, .75},
         .37670359},
    };
    zub_state *target = state_of(30, 20, 0, 100);
    zub_state *reference = state_of(8, 30, 3, 120);
    zub_comparison_options options = {.measures = measures,
                                      .measure_count = 4};
    zub_comparison *rows = compare(target, reference, &options);

    CHECK_INT(zub_comparison_about(rows).judged, 3); /* cat: below 5 */
    for (size_t i = 0; i < 2; i++) {
        zub_compared row = row_of(rows, goldens[i].word);
        CHECK_NEAR(row.tokens.a, goldens[i].a, 0);
        CHECK_NEAR(row.tokens.b, goldens[i].b, 0);
        CHECK_NEAR(row.per_million[0], goldens[i].a * 1e4, 1e-6);
        CHECK_NEAR(row.p, goldens[i].p, 1e-8);
        for (size_t m = 0; row.p >= 0 && m < 4; m++)
            CHECK_NEAR(row.values[m], goldens[i].of[m], 1e-8);
    }
    CHECK_INT(row_of(rows, "ant").side, ZUB_SIDE_TARGET);
    CHECK_INT(row_of(rows, "bee").side, ZUB_SIDE_REFERENCE);
    zub_comparison_free(rows);
    zub_state_free(target);
    zub_state_free(reference);
}

/* ---- Laws ---- */

static const char *const vocabulary[] = {"ant", "bee", "cat", "dog",  "elk",
                                         "fox", "gnu", "hen", "ibis", "jay"};

static zub_state *random_state(uint64_t seed, unsigned articles)
{
    zub_random random = {seed, 0};
    zub_buffer text;

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    for (unsigned i = 0; i < articles; i++) {
        for (uint64_t n = 1 + zub_random_below(&random, 300); n > 0; n--)
            zub_buffer_format(&text, "%s ",
                              vocabulary[zub_random_below(&random, 10)]);
        zub_buffer_add_char(&text, '\n');
    }
    zub_buffer_add_char(&text, '\0');
    zub_state *state = counted(text.data, &with_rows);
    zub_buffer_release(&text);
    return state;
}

static void a_corpus_is_like_itself(void)
{
    static const char *const all[] = {"lrc",      "log-ratio", "g2-4term",
                                      "g2-2term", "chi2",      "percent-diff"};
    zub_state *state = random_state(1, 20);
    zub_comparison_options options = {.measures = all, .measure_count = 6};
    zub_comparison *rows = compare(state, state, &options);
    zub_comparison_facts facts = zub_comparison_about(rows);

    CHECK_INT(facts.rows, 10);
    CHECK_INT(facts.overlap, 20);
    for (size_t i = 0; i < facts.rows; i++) {
        zub_compared row = zub_comparison_at(rows, i);
        CHECK_INT(row.side, ZUB_SIDE_BOTH);
        CHECK(row.low < 0 && row.high > 0);
        CHECK_NEAR(row.p, 1, 1e-12);
        CHECK_NEAR(row.q, 1, 1e-12);
        for (size_t m = 0; m < 6; m++) {
            CHECK_NEAR(row.values[m], 0, 1e-12);
            CHECK_NEAR(row.df_values[m], 0, 1e-12);
        }
    }
    zub_comparison_free(rows);
    zub_state_free(state);
}

/* The other way round, what is signed changes its sign and p does not. */
static void sides_can_be_swapped(void)
{
    static const char *const signed_ones[] = {"lrc", "log-ratio", "g2-4term"};
    zub_comparison_options options = {.measures = signed_ones,
                                      .measure_count = 3};
    zub_state *a = random_state(2, 5), *b = random_state(3, 9);
    zub_comparison *here = compare(a, b, &options);
    zub_comparison *there = compare(b, a, &options);

    for (size_t i = 0; i < 10; i++) {
        zub_compared one = row_of(here, vocabulary[i]);
        zub_compared two = row_of(there, vocabulary[i]);
        CHECK(one.p >= 0 && two.p >= 0);
        for (size_t m = 0; one.p >= 0 && two.p >= 0 && m < 3; m++)
            CHECK_NEAR(one.values[m], 0 - two.values[m], 1e-9);
        CHECK_NEAR(one.p, two.p, 1e-12);
        CHECK_NEAR(one.q, two.q, 1e-12);
        CHECK_NEAR(one.low, 0 - two.high, 1e-9);
    }
    zub_comparison_free(here);
    zub_comparison_free(there);
    zub_state_free(a);
    zub_state_free(b);
}

/* By default as many words are judged at once as there are, and the near end
 * of the interval is lrc. */
static void the_interval_is_that_of_lrc(void)
{
    zub_state *a = state_of(60, 20, 1, 100), *b = state_of(8, 60, 9, 120);
    zub_comparison *rows = compare(a, b, NULL);

    for (size_t i = 0; i < zub_comparison_about(rows).rows; i++) {
        zub_compared row = zub_comparison_at(rows, i);
        double near = row.low > 0 ? row.low : row.high < 0 ? row.high : 0;
        CHECK_NEAR(row.values[0], near, 1e-12);
    }
    CHECK(row_of(rows, "ant").values[0] > 0);
    zub_comparison_free(rows);
    zub_state_free(a);
    zub_state_free(b);
}

static void q_is_that_of_all_words(void)
{
    zub_state *a = random_state(4, 5), *b = state_of(30, 90, 9, 300);
    zub_comparison *all = compare(a, b, NULL);
    zub_comparison_options few = {.limit = 3, .side = ZUB_SIDE_TARGET};
    zub_comparison *some = compare(a, b, &few);
    size_t rows = zub_comparison_about(all).rows;
    double p[16], q[16];

    CHECK(rows <= 16 && zub_comparison_about(some).rows == 3);
    for (size_t i = 0; i < rows; i++) {
        zub_compared row = zub_comparison_at(all, i);
        p[i] = row.p;
        q[i] = row.q;
    }
    CHECK_INT(zub_adjust(p, rows, rows, ZUB_ADJUST_BH), ZUB_OK);
    for (size_t i = 0; i < rows; i++)
        CHECK_NEAR(p[i], q[i], 1e-15);
    for (size_t i = 0; i < zub_comparison_about(some).rows; i++) {
        zub_compared row = zub_comparison_at(some, i);
        char word[16] = "";
        memcpy(word, row.term.data, row.term.size);
        CHECK_INT(row.side, ZUB_SIDE_TARGET);
        CHECK_NEAR(row.q, row_of(all, word).q, 1e-15);
    }
    zub_comparison_free(all);
    zub_comparison_free(some);
    zub_state_free(a);
    zub_state_free(b);
}

static void words_of_the_reference_sort_the_other_way(void)
{
    static const char *const ratio[] = {"log-ratio", "bic"};
    zub_state *a = random_state(5, 6), *b = random_state(6, 7);
    zub_comparison_options options = {
        .measures = ratio, .measure_count = 2, .side = ZUB_SIDE_REFERENCE};
    zub_comparison *rows = compare(a, b, &options);
    double before = -INFINITY, evidence = INFINITY;

    for (size_t i = 0; i < zub_comparison_about(rows).rows; i++) {
        zub_compared row = zub_comparison_at(rows, i);
        CHECK_INT(row.side, ZUB_SIDE_REFERENCE);
        CHECK(row.values[0] < 0 && row.values[0] >= before);
        before = row.values[0];
    }
    zub_comparison_free(rows);
    options.sort = "bic";
    rows = compare(a, b, &options);
    for (size_t i = 0; i < zub_comparison_about(rows).rows; i++) {
        double value = zub_comparison_at(rows, i).values[1];
        CHECK(value <= evidence);
        evidence = value;
    }
    zub_comparison_free(rows);
    zub_state_free(a);
    zub_state_free(b);
}

/* ---- Dispersion ---- */

static void dispersion_is_that_of_the_articles(void)
{
    zub_state *state = counted("ant ant bee\nant bee bee cat cat cat cat cat\n"
                               "bee bee ant\n",
                               &with_rows);
    zub_comparison_options options = {.min_count = 1};
    zub_comparison *rows = compare(state, state, &options);
    double ants[] = {2, 1, 1}, cats[] = {5}, sizes[] = {3, 8, 3};
    zub_parts ant = {.counts = ants,
                     .sizes = sizes,
                     .listed = 3,
                     .parts = 3,
                     .size = 14,
                     .smallest = 3};
    zub_parts cat = ant;
    const zub_dispersion *dpnorm = zub_dispersion_find("dpnorm");

    cat.counts = cats;
    cat.sizes = sizes + 1;
    cat.listed = 1;
    CHECK(zub_comparison_about(rows).has_dispersion);
    CHECK_NEAR(row_of(rows, "ant").dpnorm, dpnorm->of(&ant), 1e-15);
    CHECK_NEAR(row_of(rows, "cat").dpnorm, dpnorm->of(&cat), 1e-15);
    CHECK(row_of(rows, "cat").dpnorm > row_of(rows, "bee").dpnorm);
    zub_comparison_free(rows);
    zub_state_free(state);
}

static void one_article_has_no_dispersion(void)
{
    zub_count_options without = {.low = 1};
    zub_state *one = counted("ant ant bee\n", &with_rows);
    zub_state *sums = counted("ant ant\nbee bee\n", &without);
    zub_comparison *a = compare(one, one, NULL),
                   *b = compare(sums, sums, NULL);

    CHECK(!zub_comparison_about(a).has_dispersion);
    CHECK(!zub_comparison_about(b).has_dispersion);
    CHECK_INT(zub_comparison_about(b).overlap, 0);
    zub_comparison_free(a);
    zub_comparison_free(b);
    zub_state_free(one);
    zub_state_free(sums);
}

/* ---- Hostile pairs ---- */

static void nothing_to_share_is_no_harm(void)
{
    zub_state *ants = counted("ant ant ant ant ant ant\n", &with_rows);
    zub_state *bees = counted("bee bee bee bee bee bee\n", &with_rows);
    zub_state *empty = counted("", &with_rows);
    zub_state *blank = counted(". .\n", &with_rows);
    zub_state *states[] = {ants, bees, empty, blank};

    for (size_t i = 0; i < 16; i++) {
        const zub_state *a = states[i / 4], *b = states[i % 4];
        zub_comparison *rows = compare(a, b, NULL);
        for (size_t r = 0; r < zub_comparison_about(rows).rows; r++) {
            zub_compared row = zub_comparison_at(rows, r);
            CHECK(isfinite(row.values[0]) && isfinite(row.df_values[0]));
            CHECK(row.p >= 0 && row.p <= 1 && row.q >= row.p && row.q <= 1);
            CHECK(isfinite(row.low) && isfinite(row.high));
        }
        zub_comparison_free(rows);
    }
    zub_comparison *rows = compare(ants, bees, NULL);
    CHECK_INT(zub_comparison_about(rows).rows, 2);
    CHECK_INT(row_of(rows, "ant").side, ZUB_SIDE_TARGET);
    CHECK_INT(row_of(rows, "bee").side, ZUB_SIDE_REFERENCE);
    zub_comparison_free(rows);
    for (size_t i = 0; i < 4; i++)
        zub_state_free(states[i]);
}

static void what_was_counted_otherwise_is_refused(void)
{
    zub_count_options pairs = {.low = 1, .high = 2};
    zub_state *a = counted("ant\n", &with_rows), *b = counted("ant\n", &pairs);
    zub_comparison *rows;
    zub_error error;

    CHECK_INT(zub_comparison_new(&rows, a, b, NULL, &error), ZUB_EMISMATCH);
    CHECK(!rows && strstr(error.message, "ngram is '1-1' in one and '1-2'"));
    zub_state_free(a);
    zub_state_free(b);
}

static void an_unknown_measure_is_refused(void)
{
    static const char *const wrong[] = {"g3"};
    zub_comparison_options bad = {.measures = wrong, .measure_count = 1};
    zub_state *a = counted("ant\n", &with_rows);
    zub_comparison *rows;
    zub_error error;

    CHECK_INT(zub_comparison_new(&rows, a, a, &bad, &error), ZUB_EINVAL);
    CHECK(!rows && strstr(error.message, "'g3'"));
    CHECK(zub_keyness_find("g2") == zub_keyness_find("g2-4term"));
    CHECK(zub_keyness_find("logratio") == zub_keyness_find("log-ratio"));
    CHECK(!zub_keyness_find("g") && !zub_keyness_find(""));
    zub_state_free(a);
}

/* ---- Backgrounds ---- */

static zub_models *models(void)
{
    zub_models *made;

    CHECK_INT(zub_models_open(&made, "models", NULL), ZUB_OK);
    return made;
}

static zub_state *arabic(const char *lang, const zub_models *with,
                         unsigned copies)
{
    static const char text[] = "الماء في النهر والماء في البحر والماء حياة. ";
    zub_analyzer_options words = {.lang = lang, .keep_stop_words = true};
    zub_corpus_options form = {.form = ZUB_FORM_LINES};
    const char *path = counted_path("lines.txt");
    FILE *file = fopen(path, "w");
    zub_corpus *corpus;
    zub_state *state;

    while (copies-- > 0)
        fputs(text, file);
    CHECK(file && fclose(file) == 0);
    CHECK_INT(zub_corpus_open(&corpus, &path, 1, &form, NULL), ZUB_OK);
    CHECK_INT(
        zub_count(&state, corpus, 1, with, &words, &with_rows, NULL, NULL),
        ZUB_OK);
    zub_corpus_free(corpus);
    return state;
}

/* 100 copies of 8 words are 4 stretches, each of which would have the word
 * that stands 300 times. */
static void a_background_is_compared_by_stretches(void)
{
    zub_models *with = models();
    zub_state *own = arabic("ar", with, 100), *found = arabic(NULL, with, 100);
    const zub_state *states[] = {own, found};
    zub_comparison *rows;

    for (size_t i = 0; i < 2; i++) {
        CHECK_INT(zub_comparison_new_background(&rows, states[i], with, NULL,
                                                NULL, NULL),
                  ZUB_OK);
        zub_comparison_facts facts = zub_comparison_about(rows);
        CHECK(facts.is_background && facts.documents[1] > 1000);
        CHECK_STR(facts.lang, "ar");
        CHECK_NEAR(facts.documents[0], 4, 0);
        zub_compared row = zub_comparison_at(rows, 0);
        CHECK(row.values == NULL && row.df_values != NULL);
        CHECK_NEAR(row.documents.a, 4, 1e-6);
        CHECK(row.documents.b > 0 && row.documents.b < facts.documents[1]);
        zub_comparison_free(rows);
    }
    zub_state_free(own);
    zub_state_free(found);
    zub_models_free(with);
}

static void a_background_of_other_terms_is_refused(void)
{
    zub_models *with = models();
    zub_state *own = arabic("ar", with, 2);
    zub_state *none = counted("ant\n", &with_rows);
    zub_comparison *rows;

    CHECK_INT(
        zub_comparison_new_background(&rows, own, with, "en", NULL, NULL),
        ZUB_EMISMATCH);
    CHECK_INT(
        zub_comparison_new_background(&rows, own, NULL, NULL, NULL, NULL),
        ZUB_ENOTFOUND);
    CHECK_INT(
        zub_comparison_new_background(&rows, none, with, NULL, NULL, NULL),
        ZUB_ENOTFOUND);
    CHECK(!rows);
    zub_state_free(own);
    zub_state_free(none);
    zub_models_free(with);
}

int main(void)
{
    counted_begin();
    RUN(words_measure_as_in_scipy);
    RUN(a_corpus_is_like_itself);
    RUN(sides_can_be_swapped);
    RUN(the_interval_is_that_of_lrc);
    RUN(q_is_that_of_all_words);
    RUN(words_of_the_reference_sort_the_other_way);
    RUN(dispersion_is_that_of_the_articles);
    RUN(one_article_has_no_dispersion);
    RUN(nothing_to_share_is_no_harm);
    RUN(what_was_counted_otherwise_is_refused);
    RUN(an_unknown_measure_is_refused);
    RUN(a_background_is_compared_by_stretches);
    RUN(a_background_of_other_terms_is_refused);
    counted_end();
    return DONE();
}
