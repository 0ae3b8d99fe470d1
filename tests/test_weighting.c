/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_weighting.c - weights as the peers print them, what holds for any row,
 * and collections that nobody should make. */
#include "base/random.h"
#include "test.h"
#include "vectors/weighting.h"

#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static zub_error error;

static zub_weighting *made(const char *name, const zub_collection *collection)
{
    zub_weighting *weighting;

    if (zub_weighting_new(&weighting, name, collection, &error) != ZUB_OK) {
        CHECK_STR(error.message, "no failure");
        exit(1);
    }
    return weighting;
}

static const char *refusal(const char *name)
{
    if (zub_weighting_check(name, &error) == ZUB_OK)
        return "no refusal";
    CHECK_INT(zub_weighting_check(name, &error), ZUB_EINVAL);
    return error.message;
}

/* ---- Golden values ---- */

/* Five articles over the terms a, bb, ccc, dddd:
 *     2 1 3 1 / 0 3 1 2 / 0 0 2 1 / 0 0 0 4 / none. */
static const uint32_t toy_df[] = {1, 2, 3, 4}, toy_chars[] = {1, 2, 3, 4};
static const uint64_t toy_cf[] = {2, 4, 6, 8};
static const zub_collection toy = {.articles = 5,
                                   .tokens = 20,
                                   .entries = 10,
                                   .terms = 4,
                                   .df = toy_df,
                                   .cf = toy_cf,
                                   .chars = toy_chars};
static const int32_t toy_cols[] = {0, 1, 2, 3};
static const uint32_t toy_counts[] = {2, 1, 3, 1};
static const zub_count_row toy_row = {toy_cols, toy_counts, 4, 0};

/* The first article's weights. Those of sklearn, gensim, smart, bm25:okapi,
 * bm25:gensim-lucene and bm25:atire were printed by scikit-learn 1.9.1 and
 * gensim 4.4.0, the others computed in NumPy from the formulas of the
 * header. */
static const struct {
    const char *name;
    double weights[4];
} golden[] = {
    {"sklearn", {0.666483805, 0.268857469, 0.669527958, 0.187742675}},
    {"sklearn:sublinear",
     {0.702411904, 0.334703036, 0.583065332, 0.233722513}},
    {"sklearn:smooth=no",
     {0.717217883, 0.263351348, 0.622887683, 0.168093754}},
    {"sklearn:norm=l1", {0.371794811, 0.149980856, 0.373492977, 0.104731356}},
    {"sklearn:norm=none,sublinear=yes",
     {3.55325948, 1.69314718, 2.94952635, 1.18232156}},
    {"sklearn:idf=no", {0.516397779, 0.25819889, 0.774596669, 0.25819889}},
    {"sklearn:binary", {0.643245826, 0.518966682, 0.430789226, 0.362393478}},
    {"gensim", {0.872871429, 0.248473083, 0.415565977, 0.0605104518}},
    {"gensim:norm=none", {4.64385619, 1.32192809, 2.21089678, 0.321928095}},
    {"gensim:pivot=2,slope=0.4",
     {1.39535486, 0.397204116, 0.664315483, 0.0967308015}},
    {"smart:nnn", {2, 1, 3, 1}},
    {"smart:tnc", {0.516397779, 0.25819889, 0.774596669, 0.25819889}},
    {"smart:bfn", {2.32192809, 1.32192809, 0.736965594, 0.321928095}},
    {"smart:atn", {2.15413542, 1.05664167, 1, 0.389975}},
    {"smart:ltc", {0.858506797, 0.263195516, 0.429253398, 0.097137634}},
    {"smart:dpn", {4, 0.584962501, 0, 0}},
    {"smart:Lfc", {0.89295573, 0.254190315, 0.366313249, 0.0619027647}},
    {"smart:nxx", {2, 1, 3, 1}},
    {"smart:lfu", {1.85754248, 0.528771238, 0.76201137, 0.128771238}},
    {"smart:ltb", {0.287218056, 0.0880534723, 0.143609028, 0.0324979167}},
    {"smart:ntu", {2.06797, 0.633985, 1.2, 0.233985}},
    {"smart:afb", {0.107496671, 0.0489602998, 0.040942533, 0.0119232628}},
    {"smart:ltu.ltc,slope=0.1",
     {2.34996591, 0.7204375, 1.17498295, 0.265892046}},
    {"smart:ltc,pivot=2.5",
     {1.52933776, 0.468854578, 0.764668881, 0.173040275}},
    {"bm25:okapi", {1.26458968, 0.251568027, 0, 0}},
    {"bm25:okapi,k1=0.9,b=0.4,epsilon=0.5", {1.31694848, 0.294607027, 0, 0}},
    {"bm25:gensim-lucene",
     {0.638293807, 0.261822426, 0.302594527, 0.08603576}},
    {"bm25:atire", {1.8525904, 0.685077183, 0.716948244, 0.1668363}},
    {"count", {2, 1, 3, 1}},
    {"binary", {1, 1, 1, 1}},
    {"count:norm=l1", {0.285714286, 0.142857143, 0.428571429, 0.142857143}},
    {"tfidf", {0.702411904, 0.334703036, 0.583065332, 0.233722513}},
    {"quanteda", {1.39794001, 0.397940009, 0.665546249, 0.096910013}},
    {"quanteda:tf=prop",
     {0.199705716, 0.0568485727, 0.0950780355, 0.0138442876}},
    {"quanteda:tf=propmax,df=inversemax,smoothing=1",
     {0.465980003, 0.159040418, 0.367976785, 0.100343332}},
    {"quanteda:tf=logcount,df=inverseprob", {0.783298108, 0.176091259, 0, 0}},
    {"quanteda:tf=logave,k=1,base=2",
     {1.46283176, 0.407759198, 0.460436433, 0}},
    {"quanteda:tf=augmented,df=unary",
     {0.833333333, 0.666666667, 1, 0.666666667}},
    {"quanteda:tf=boolean,df=count", {1, 2, 3, 4}},
    {"text2vec", {0.511931277, 0.178966138, 0.420355394, 0.115847174}},
    {"text2vec:sublinear,smooth=no,norm=l2",
     {0.894967987, 0.300934414, 0.352081696, 0.0732863179}},
    {"text2vec:norm=none", {3.58351894, 1.25276297, 2.94248776, 0.810930216}},
    {"tidytext", {0.459839404, 0.130898676, 0.218925267, 0.0318776502}},
    {"spark", {2.19722458, 0.693147181, 1.21639532, 0.182321557}},
    {"spark:minDocFreq=3", {0, 0, 1.21639532, 0.182321557}},
    {"bertopic", {0.313889225, 0.0990210258, 0.218925267, 0.0579235869}},
    {"bertopic:reduce_frequent_words",
     {0.587232969, 0.261985009, 0.33441387, 0.153251406}},
    {"bertopic:bm25_weighting",
     {0.198042052, 0.0150515022, -0.112441828, -0.0758040359}},
    {"bm25", {0.715506767, 0.304510865, 0.331690154, 0.10006333}},
    {"bm25:lucene,k1=0.9,b=0.4",
     {0.874633666, 0.403441814, 0.387767267, 0.132572384}},
    {"bm25l", {1.8807957, 0.945108296, 0.831869599, 0.310565874}},
    {"bm25+", {3.85421641, 1.92000465, 1.66598533, 0.708616591}},
    {"bm25+:k1=1.2,b=0.5,delta=0.5",
     {3.05580896, 1.46136163, 1.33039539, 0.539345097}},
};

static void every_peer_s_numbers_come_out(void)
{
    float weights[4];

    for (size_t g = 0; g < COUNT(golden); g++) {
        zub_weighting *weighting = made(golden[g].name, &toy);
        zub_weigh(weights, weighting, &toy_row);
        for (size_t i = 0; i < 4; i++) {
            double want = golden[g].weights[i];
            if (fabs((double)weights[i] - want) <= 1e-6 * fmax(1, fabs(want)))
                continue;
            printf("# %s\n", golden[g].name);
            CHECK_NEAR((double)weights[i], want, 1e-6);
        }
        zub_weighting_free(weighting);
    }
}

/* The terms of "qara'a al-walad al-kitab al-kitab" among four articles, as
 * scikit-learn prints them. */
static void scikit_learn_s_second_article_comes_out(void)
{
    static const struct {
        const char *name;
        double weights[3];
    } rows[] = {
        {"sklearn", {0.84353, 0.332524, 0.421765}},
        {"sklearn:sublinear", {0.799193, 0.372143, 0.472016}},
        {"tfidf", {0.799193, 0.372143, 0.472016}},
        {"sklearn:smooth=no", {0.852537, 0.30245, 0.426268}},
        {"sklearn:norm=none", {3.832581, 1.510826, 1.916291}},
    };
    static const uint32_t df[] = {1, 2, 1}, counts[] = {2, 1, 1};
    zub_collection four = {.articles = 4, .tokens = 18, .terms = 3, .df = df};
    zub_count_row row = {toy_cols, counts, 3, 0};
    float weights[3];

    for (size_t r = 0; r < COUNT(rows); r++) {
        zub_weighting *weighting = made(rows[r].name, &four);
        zub_weigh(weights, weighting, &row);
        for (size_t i = 0; i < 3; i++)
            CHECK_NEAR((double)weights[i], rows[r].weights[i], 1e-6);
        zub_weighting_free(weighting);
    }
}

static void a_weight_is_explained_by_its_parts(void)
{
    zub_weight_reason reason;
    zub_weighting *weighting = made("sklearn:sublinear", &toy);

    CHECK_INT(zub_weigh_explain(&reason, weighting, &toy_row, 2), ZUB_OK);
    CHECK_INT(reason.count, 3);
    CHECK_INT(reason.df, 3);
    CHECK_NEAR(reason.tf, 1 + log(3), 1e-12);
    CHECK_NEAR(reason.idf, log(1.5) + 1, 1e-12);
    CHECK_NEAR(reason.tf * reason.idf / reason.norm, reason.weight, 1e-7);
    CHECK_INT(zub_weigh_explain(&reason, weighting, &toy_row, 4), ZUB_EINVAL);
    zub_weighting_free(weighting);
}

/* BM25 of an article of which the vocabulary has but a part. */
static void the_length_of_the_whole_article_counts(void)
{
    zub_weighting *weighting = made("bm25", &toy);
    zub_count_row row = toy_row;
    zub_weight_reason reason;

    row.tokens = 20;
    zub_weigh_explain(&reason, weighting, &row, 0);
    CHECK_NEAR(reason.tf, 2 / (2 + 1.2 * (0.25 + 0.75 * 20 / 4)), 1e-12);
    zub_weighting_free(weighting);
}

static void a_boost_multiplies_the_idf(void)
{
    static const double boosts[] = {2, 1, HUGE_VAL, -1};
    zub_collection boosted = toy;
    zub_weighting *plain = made("bertopic", &toy);

    boosted.boosts = boosts;
    zub_weighting *weighting = made("bertopic", &boosted);
    CHECK_NEAR(zub_weighting_idf(weighting, 0),
               2 * zub_weighting_idf(plain, 0), 1e-12);
    CHECK_NEAR(zub_weighting_idf(weighting, 2), 0, 0);
    CHECK_NEAR(zub_weighting_idf(weighting, 3), -zub_weighting_idf(plain, 3),
               1e-12);
    zub_weighting_free(plain);
    zub_weighting_free(weighting);
}

static void what_gensim_leaves_out_weighs_nothing(void)
{
    static const uint32_t df[] = {5, 0, 2, 4};
    zub_collection all = toy;
    float weights[4];

    all.df = df;
    zub_weighting *gensim = made("gensim", &all);
    zub_weighting *sklearn = made("sklearn:smooth=no", &all);
    CHECK(zub_weighting_drops(gensim, 0) && zub_weighting_drops(gensim, 1));
    CHECK(!zub_weighting_drops(gensim, 2));
    CHECK(!zub_weighting_drops(sklearn, 1));
    zub_weigh(weights, gensim, &toy_row);
    CHECK_NEAR((double)weights[0], 0, 0);
    zub_weighting_free(gensim);
    zub_weighting_free(sklearn);
}

/* ---- Names ---- */

static void a_name_that_is_not_known_is_told_those_that_are(void)
{
    CHECK_STR(refusal("tfidff"),
              "unknown weighting 'tfidff'; there are count, binary, tfidf, "
              "sklearn, gensim, smart:ddd, quanteda, text2vec, tidytext, "
              "spark, bertopic, bm25, bm25:lucene, bm25:okapi, bm25:atire, "
              "bm25:gensim-lucene, bm25+, bm25l");
    CHECK(strncmp(refusal(""), "unknown weighting ''", 20) == 0);
    CHECK(strncmp(refusal("smart"), "unknown weighting 'smart'", 25) == 0);
    CHECK_INT(zub_weighting_check(NULL, &error), ZUB_EINVAL);
}

static void an_option_that_is_not_known_is_told_those_that_are(void)
{
    CHECK_STR(
        refusal("bm25:lucene,k2=1"),
        "weighting 'bm25:lucene' has no option 'k2'; it has k1, b, norm");
    CHECK_STR(refusal("bm25:tantivy"),
              "weighting 'bm25' has no option 'tantivy'; it has k1, b, norm");
    CHECK_STR(refusal("sklearn:norm=l3"),
              "a weighting's option 'norm' is one of none, l1, l2, not 'l3'");
    CHECK_STR(refusal("sklearn:sublinear=1"),
              "a weighting's option "
              "'sublinear' is one of yes, no, not '1'");
    CHECK_STR(refusal("bm25:b=1.5"), "a weighting's option 'b' is a number "
                                     "from 0 to 1, not '1.5'");
    CHECK_STR(refusal("sklearn:sublinear,sublinear=no"),
              "a weighting's option 'sublinear' stands twice");
}

static void numbers_and_letters_are_read_strictly(void)
{
    static const char *const bad[] = {
        "bm25:k1",         "bm25:k1=",
        "bm25:k1=-1",      "bm25:k1=1e3",
        "bm25:k1=nan",     "bm25:k1=1.2.3",
        "bm25:k1=0x1",     "bm25:,",
        "bm25:k1=1,,",     "smart:lt",
        "smart:ltcc",      "smart:ltz",
        "smart:xxx",       "smart:Ltc.lt",
        "smart:ltc.qqq",   "smart:ltc-lnc",
        "quanteda:base=1", "tfidf:k1=1",
        "sklearn:=",       "smart:",
        "gensim:pivot=0",  "bm25:k1=1234567890123456"};
    static const char *const good[] = {
        "bm25:k1=.5", "bm25,b=0",       "smart:ltc.lnc",  "smart:nxx,slope=1",
        "tfidf:",     "sklearn,idf=no", "bm25+,delta=2.", "bm25l:b=1"};

    for (size_t i = 0; i < COUNT(bad); i++) {
        bool is_refused = strcmp(refusal(bad[i]), "no refusal") != 0;
        CHECK_STR(is_refused ? "" : bad[i], "");
    }
    for (size_t i = 0; i < COUNT(good); i++)
        CHECK_STR(refusal(good[i]), "no refusal");
}

static void every_kind_can_be_made_and_every_option_of_it_is_known(void)
{
    const zub_weighting_about *about;

    for (size_t i = 0; (about = zub_weighting_kind(i)); i++) {
        char name[64], options[128];
        snprintf(name, sizeof name, "%s%s", about->name,
                 strcmp(about->name, "smart:") == 0 ? "nnn" : "");
        CHECK_STR(refusal(name), "no refusal");
        snprintf(options, sizeof options, "%s", about->options);
        for (char *key = strtok(options, ", "); key;
             key = strtok(NULL, ", ")) {
            char with[128];
            snprintf(with, sizeof with, "%s,%s=?", name, key);
            CHECK(strstr(refusal(with), "not '?'") != NULL);
        }
        CHECK(about->formula[0] != '\0');
    }
}

static void what_a_weighting_needs_is_asked_for(void)
{
    zub_collection bare = {.articles = 1, .terms = 1};
    zub_weighting *weighting;

    CHECK_INT(zub_weighting_new(&weighting, "count", &bare, &error),
              ZUB_EINVAL);
    CHECK_STR(error.message,
              "weighting 'count' needs the document frequencies");
    CHECK(!weighting);
    bare.df = toy_df;
    CHECK_INT(zub_weighting_new(&weighting, "bertopic", &bare, &error),
              ZUB_EINVAL);
    CHECK_STR(error.message, "weighting 'bertopic' needs the counts of terms");
    bare.cf = toy_cf;
    CHECK_INT(zub_weighting_new(&weighting, "smart:ltb", &bare, &error),
              ZUB_EINVAL);
    CHECK_STR(error.message,
              "weighting 'smart:ltb' needs the lengths of terms");
    CHECK_INT(zub_weighting_new(&weighting, "x", &bare, NULL), ZUB_EINVAL);
    zub_weighting_free(NULL);
}

/* ---- Laws ---- */

static const char *const every[] = {
    "count",
    "binary",
    "tfidf",
    "sklearn",
    "sklearn:smooth=no",
    "sklearn:sublinear,norm=l1",
    "sklearn:idf=no,norm=none",
    "gensim",
    "gensim:pivot=3",
    "smart:btn",
    "smart:apc",
    "smart:lfu",
    "smart:dtb",
    "smart:Lpx",
    "smart:nnc",
    "smart:Ltu,slope=1",
    "quanteda",
    "quanteda:tf=logave,df=inverseprob",
    "quanteda:tf=propmax,df=inversemax",
    "quanteda:tf=augmented,df=count",
    "quanteda:k=1,smoothing=1",
    "text2vec",
    "text2vec:norm=l2,sublinear,smooth=no",
    "text2vec:norm=none",
    "tidytext",
    "spark",
    "spark:minDocFreq=2",
    "bertopic",
    "bertopic:reduce_frequent_words,bm25_weighting",
    "bm25",
    "bm25:k1=0",
    "bm25:b=1",
    "bm25:okapi",
    "bm25:okapi,norm=l2",
    "bm25:atire",
    "bm25:gensim-lucene",
    "bm25+",
    "bm25l",
    "bm25l:b=1,delta=0,k1=0"};

#define MOST 1500 /* entries of a row: more than are held at once */

typedef struct sample {
    uint32_t df[2 * MOST], chars[2 * MOST], counts[MOST];
    uint64_t cf[2 * MOST];
    int32_t cols[MOST];
    zub_collection collection;
    zub_count_row row;
} sample;

/* A row of `size` of twice as many terms, in a collection that has it. */
static void draw(sample *s, zub_random *random, size_t size)
{
    uint64_t tokens = 0;

    for (size_t i = 0; i < size; i++) {
        s->cols[i] = (int32_t)(2 * i + zub_random_below(random, 2));
        s->counts[i] =
            1 + (uint32_t)zub_random_below(random, i % 9 == 0 ? 100000 : 3);
    }
    for (size_t t = 0; t < 2 * size; t++) {
        s->df[t] = 1 + (uint32_t)zub_random_below(random, 50);
        s->cf[t] = s->df[t] + zub_random_below(random, 90);
        s->chars[t] = 1 + (uint32_t)zub_random_below(random, 9);
        tokens += s->cf[t];
    }
    s->row = (zub_count_row){s->cols, s->counts, size, 0};
    s->collection = (zub_collection){.articles = 50,
                                     .tokens = tokens,
                                     .entries = 50 * size,
                                     .terms = 2 * size,
                                     .df = s->df,
                                     .cf = s->cf,
                                     .chars = s->chars};
}

static sample drawn;
static float weights[MOST];

static bool all_are_finite(size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!isfinite(weights[i]))
            return false;
    return true;
}

static void each_weight_is_what_its_explanation_says(void)
{
    zub_random random = {1, 0};
    zub_weight_reason reason;

    for (size_t w = 0; w < COUNT(every); w++) {
        draw(&drawn, &random, 1 + w * 37);
        zub_weighting *weighting = made(every[w], &drawn.collection);
        zub_weigh(weights, weighting, &drawn.row);
        CHECK(all_are_finite(drawn.row.size));
        for (size_t i = 0; i < drawn.row.size; i += 7) {
            zub_weigh_explain(&reason, weighting, &drawn.row, i);
            CHECK_NEAR(reason.weight, (double)weights[i], 0);
            CHECK_NEAR(reason.tf * reason.idf / reason.norm, reason.weight,
                       1e-6 * fabs(reason.weight));
        }
        zub_weighting_free(weighting);
    }
}

static double length(size_t size, bool is_squared)
{
    double sum = 0;

    for (size_t i = 0; i < size; i++)
        sum += is_squared ? (double)weights[i] * (double)weights[i]
                          : fabs((double)weights[i]);
    return sum;
}

static void a_normed_row_has_the_length_1(void)
{
    static const struct {
        const char *name;
        bool is_squared;
    } rows[] = {{"tfidf", true},        {"sklearn:norm=l1", false},
                {"gensim", true},       {"smart:apc", true},
                {"bm25,norm=l2", true}, {"bm25:okapi,norm=l1", false}};
    zub_random random = {2, 0};

    for (size_t r = 0; r < COUNT(rows); r++)
        for (size_t size = 1; size < MOST; size = size * 3 + 1) {
            draw(&drawn, &random, size);
            for (size_t t = 0; t < 2 * size; t++)
                drawn.df[t] = drawn.df[t] / 2 + 1; /* below all */
            zub_weighting *weighting = made(rows[r].name, &drawn.collection);
            zub_weigh(weights, weighting, &drawn.row);
            CHECK_NEAR(length(size, rows[r].is_squared), 1, 1e-5);
            zub_weighting_free(weighting);
        }
}

static void a_rarer_term_weighs_no_less_and_so_does_a_larger_count(void)
{
    uint32_t df[50], counts[50];
    int32_t cols[50];
    uint64_t cf[50];

    for (uint32_t i = 0; i < 50; i++) {
        df[i] = i + 1;
        cf[i] = 2 * i + 2;
        cols[i] = (int32_t)i;
        counts[i] = 3;
    }
    zub_collection all = {.articles = 200,
                          .tokens = 9000,
                          .terms = 50,
                          .df = df,
                          .cf = cf,
                          .chars = df,
                          .entries = 2000};
    for (size_t w = 0; w < COUNT(every); w++) {
        if (strstr(every[w], "df=count") || strstr(every[w], "minDoc"))
            continue;
        zub_weighting *weighting = made(every[w], &all);
        zub_count_row row = {cols, counts, 50, 0};
        zub_weigh(weights, weighting, &row);
        for (size_t i = 1; i < 50; i++)
            CHECK(weights[i] <= weights[i - 1]);
        counts[7] = 9;
        zub_weight_reason less, more;
        zub_weigh_explain(&less, weighting, &row, 8);
        zub_weigh_explain(&more, weighting, &row, 7);
        CHECK(less.tf <= more.tf);
        counts[7] = 3;
        zub_weighting_free(weighting);
    }
}

/* ---- Corners ---- */

static void no_number_is_ever_not_one(void)
{
    static const uint32_t corner_df[] = {0, 1, 2, 3, 4, UINT32_MAX};
    static const uint64_t corner_cf[] = {0, 1, 9, 3, 4, UINT64_MAX / 8};
    static const uint32_t corner_chars[] = {0, 1, 2, 3, 4, UINT32_MAX};
    static const int32_t cols[] = {0, 1, 2, 3, 4, 5};
    static const uint32_t corners[][6] = {{1, 1, 1, 1, 1, 1},
                                          {0, 0, 0, 0, 0, 0},
                                          {0, 1, 0, 2, 0, UINT32_MAX},
                                          {255, 256, 257, 1u << 31, 7, 0}};
    static const uint64_t articles[] = {0, 1, 2, 3, 1u << 20, UINT64_MAX};

    for (size_t w = 0; w < COUNT(every); w++)
        for (size_t a = 0; a < COUNT(articles); a++)
            for (size_t tokens = 0; tokens < 2; tokens++) {
                zub_collection corner = {.articles = articles[a],
                                         .tokens = tokens * 77,
                                         .entries = tokens * 9,
                                         .terms = 6,
                                         .df = corner_df,
                                         .cf = corner_cf,
                                         .chars = corner_chars};
                zub_weighting *weighting = made(every[w], &corner);
                for (size_t t = 0; t < 6; t++)
                    CHECK(isfinite(zub_weighting_idf(weighting, t)));
                for (size_t c = 0; c < COUNT(corners); c++)
                    for (size_t size = 0; size <= 6; size++) {
                        zub_count_row row = {cols, corners[c], size, 0};
                        zub_weigh(weights, weighting, &row);
                        CHECK(all_are_finite(size));
                        for (size_t i = 0; i < size; i++)
                            CHECK(corners[c][i] > 0 || weights[i] == 0);
                    }
                zub_weighting_free(weighting);
            }
}

static void a_term_that_no_article_has_weighs_what_the_peer_says(void)
{
    static const struct {
        const char *name;
        double idf;
    } rows[] = {{"count", 1},
                {"tfidf", 2.7917594692280550}, /* ln 6 + 1 */
                {"sklearn", 2.7917594692280550},
                {"sklearn:smooth=no", 0},
                {"sklearn:idf=no", 1},
                {"gensim", 0},
                {"smart:nnn", 0},
                {"quanteda", 0},
                {"text2vec", 0},
                {"tidytext", 0},
                {"spark", 1.7917594692280550}, /* ln 6 */
                {"bertopic", 0},
                {"bm25", 2.4849066497880004}, /* ln 12 */
                {"bm25:okapi", 0},
                {"bm25:atire", 0},
                {"bm25:gensim-lucene", 0},
                {"bm25+", 0},
                {"bm25l", 0}};
    static const uint32_t df[] = {0};
    static const uint64_t cf[] = {0};
    zub_collection five = {.articles = 5, .terms = 1, .df = df, .cf = cf};

    for (size_t r = 0; r < COUNT(rows); r++) {
        zub_weighting *weighting = made(rows[r].name, &five);
        CHECK_NEAR(zub_weighting_idf(weighting, 0), rows[r].idf, 1e-12);
        zub_weighting_free(weighting);
    }
}

static void no_terms_and_no_articles_are_a_weighting_too(void)
{
    zub_collection none = {.articles = 0};
    zub_count_row row = {.size = 0};

    for (size_t w = 0; w < COUNT(every); w++) {
        zub_weighting *weighting = made(every[w], &none);
        zub_weigh(weights, weighting, &row);
        zub_weighting_free(weighting);
    }
}

int main(void)
{
    RUN(every_peer_s_numbers_come_out);
    RUN(scikit_learn_s_second_article_comes_out);
    RUN(a_weight_is_explained_by_its_parts);
    RUN(the_length_of_the_whole_article_counts);
    RUN(a_boost_multiplies_the_idf);
    RUN(what_gensim_leaves_out_weighs_nothing);
    RUN(a_name_that_is_not_known_is_told_those_that_are);
    RUN(an_option_that_is_not_known_is_told_those_that_are);
    RUN(numbers_and_letters_are_read_strictly);
    RUN(every_kind_can_be_made_and_every_option_of_it_is_known);
    RUN(what_a_weighting_needs_is_asked_for);
    RUN(each_weight_is_what_its_explanation_says);
    RUN(a_normed_row_has_the_length_1);
    RUN(a_rarer_term_weighs_no_less_and_so_does_a_larger_count);
    RUN(no_number_is_ever_not_one);
    RUN(a_term_that_no_article_has_weighs_what_the_peer_says);
    RUN(no_terms_and_no_articles_are_a_weighting_too);
    return DONE();
}
