/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Collocations: pairs in a row and of windows against NLTK 3.10 and against
 * counting by hand, n-grams against their definition. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "counted.h"

#include "base/buffer.h"
#include "base/random.h"

static const zub_count_options in_a_row = {.low = 1, .high = 3};

static const char tea[] =
    "Strong tea is good. We drink strong tea every day. A strong man drinks "
    "weak tea. Weak tea is not good tea. The man is not weak. Every day a man "
    "drinks tea.\n";

/* What NLTK 3.10.4 says of the sentences above, each a list of lowered words:
 *     f = BigramCollocationFinder.from_words(words, window_size=W)
 * over the sentences with W Nones behind each, then f.ngram_fd[pair] and
 * f.score_ngram(m, *pair) for m of BigramAssocMeasures: pmi, mi_like (n11^3 /
 * n1 n2), student_t, chi_sq, likelihood_ratio, dice, jaccard and
 * poisson_stirling. Our mi3 is log2(N mi_like). */
typedef struct golden {
    const char *first, *second;
    double of[8];
    unsigned count, window; /* W is window + 1 */
} golden;

static const char *const names[] = {
    "pmi", "mi3", "t", "chi2", "g2", "dice", "jaccard", "poisson-stirling"};
#define NAMES (sizeof names / sizeof *names)

static const golden goldens[] = {
    {"strong",
     "tea",
     {1.87446911792, 0.444444444444, 1.02851895445, 5.21481481481,
      3.9136416184, 0.444444444444, 0.285714285714, 1.74893823583},
     2,
     1},
    {"is",
     "not",
     {3.45943161864, 1.33333333333, 1.28564869307, 21.2903225806,
      11.2706186467, 0.8, 0.666666666667, 4.91886323727},
     2,
     1},
    {"drinks",
     "tea",
     {1.45943161864, 0.0833333333333, 0.636363636364, 1.44892473118,
      1.12879836296, 0.25, 0.142857142857, 0.459431618637},
     1,
     1},
    {"strong",
     "tea",
     {0.289506617195, 0.0164609053498, 0.148453923805, 0.0362139917695,
      0.0345348829521, 0.148148148148, 0.08, -0.473662255203},
     2,
     3},
    {"man",
     "tea",
     {0.289506617195, 0.0164609053498, 0.148453923805, 0.0362139917695,
      0.0345348829521, 0.148148148148, 0.08, -0.473662255203},
     2,
     3},
    {"is",
     "not",
     {1.87446911792, 0.0493827160494, 0.59381569522, 1.51397849462,
      1.00224952383, 0.266666666667, 0.153846153846, 0.582979411944},
     2,
     3},
};

static zub_collocations *measure(const zub_state *state,
                                 const zub_collocation_options *options)
{
    zub_collocations *made;
    zub_error error;

    CHECK_INT(zub_collocations_new(&made, state, options, &error), ZUB_OK);
    CHECK_STR(error.message, "");
    return made;
}

/* The row of a pair; count 0: there is none. */
static zub_collocation row_of(zub_collocations *rows, const char *first,
                              const char *second)
{
    for (size_t i = 0; i < zub_collocations_size(rows); i++) {
        zub_collocation row = zub_collocations_at(rows, i);
        if (counted_is(row.terms[0], first) &&
            counted_is(row.terms[1], second))
            return row;
    }
    return (zub_collocation){.count = 0};
}

static void check_golden(const golden *wanted)
{
    zub_count_options counting = {.window = wanted->window};
    zub_state *state =
        counted(tea, wanted->window > 1 ? &counting : &in_a_row);
    zub_collocation_options options = {
        .measures = names, .measure_count = NAMES, .min_count = 1};
    zub_collocations *rows = measure(state, &options);
    zub_collocation row = row_of(rows, wanted->first, wanted->second);

    CHECK_INT(zub_state_about(state).tokens, 33);
    CHECK_INT(row.count, wanted->count);
    for (size_t i = 0; row.count > 0 && i < NAMES; i++) {
        bool is_mi3 = strcmp(names[i], "mi3") == 0;
        CHECK_NEAR(row.values[i],
                   is_mi3 ? log2(33 * wanted->of[i]) : wanted->of[i], 1e-6);
    }
    zub_collocations_free(rows);
    zub_state_free(state);
}

static void pairs_measure_as_in_nltk(void)
{
    for (size_t i = 0; i < sizeof goldens / sizeof *goldens; i++)
        check_golden(&goldens[i]);
}

/* A window of one word is words in a row. */
static void a_window_of_one_is_adjacency(void)
{
    zub_count_options one = {.window = 1};
    zub_state *near = counted(tea, &one), *row = counted(tea, &in_a_row);
    zub_collocation_options all = {.min_count = 1};
    zub_collocations *a = measure(near, &all), *b = measure(row, &all);

    CHECK_INT(zub_state_about(near).window, 1);
    CHECK_INT(zub_state_about(row).window, 0);
    CHECK_INT(zub_collocations_size(a), zub_collocations_size(b));
    for (size_t i = 0; i < zub_collocations_size(a); i++) {
        zub_collocation one_row = zub_collocations_at(a, i);
        double value = one_row.values[0];
        zub_collocation other = zub_collocations_at(b, i);
        CHECK_INT(one_row.count, other.count);
        CHECK_NEAR(value, other.values[0], 0);
    }
    zub_collocations_free(a);
    zub_collocations_free(b);
    zub_state_free(near);
    zub_state_free(row);
}

/* ---- Laws on random articles ---- */

#define ARTICLES 40
#define MOST_WORDS 4000 /* beyond a batch of the counter */
#define VOCABULARY 12

static const char *const vocabulary[VOCABULARY] = {
    "ant", "bee", "cat",  "dog", "elk", "fox",
    "gnu", "hen", "ibis", "jay", "koi", "lark"};

typedef struct sample {
    zub_buffer text;
    unsigned counts[VOCABULARY][VOCABULARY], df[VOCABULARY][VOCABULARY];
} sample;

static void add_pairs(sample *s, const unsigned *words, size_t size,
                      unsigned window, bool seen[VOCABULARY][VOCABULARY])
{
    for (size_t i = 0; i < size; i++)
        for (size_t j = i + 1; j < size && j <= i + window; j++) {
            s->counts[words[i]][words[j]]++;
            s->df[words[i]][words[j]] += !seen[words[i]][words[j]];
            seen[words[i]][words[j]] = true;
        }
}

static void add_article(sample *s, zub_random *random, unsigned window)
{
    bool seen[VOCABULARY][VOCABULARY] = {{false}};
    size_t words = zub_random_below(random, MOST_WORDS);
    unsigned sentence[64];

    while (words > 0) {
        size_t size = 1 + zub_random_below(random, 63);
        size = size < words ? size : words;
        for (size_t i = 0; i < size; i++) {
            sentence[i] = (unsigned)zub_random_below(random, VOCABULARY);
            zub_buffer_format(&s->text, i ? " %s" : "The %s",
                              vocabulary[sentence[i]]);
        }
        zub_buffer_add_string(&s->text, ". ");
        add_pairs(s, sentence, size, window, seen);
        words -= size;
    }
    zub_buffer_add_string(&s->text, "The end.\n");
}

static sample draw(uint64_t seed, unsigned window)
{
    sample s = {.counts = {{0}}};
    zub_random random = {seed, 0};

    zub_buffer_init(&s.text, ZUB_BUFFER_UNLIMITED);
    for (unsigned i = 0; i < ARTICLES; i++)
        add_article(&s, &random, window);
    zub_buffer_add_char(&s.text, '\0');
    return s;
}

static void windows_count_as_by_hand(void)
{
    static const unsigned windows[] = {1, 2, 5, 100};

    for (size_t w = 0; w < sizeof windows / sizeof *windows; w++) {
        sample s = draw(w + 1, windows[w]);
        zub_count_options options = {.window = windows[w]};
        zub_state *state = counted(s.text.data, &options);
        zub_collocation_options all = {.min_count = 1};
        zub_collocations *rows = measure(state, &all);
        for (unsigned i = 0; i < VOCABULARY * VOCABULARY; i++) {
            unsigned a = i / VOCABULARY, b = i % VOCABULARY;
            zub_collocation row = row_of(rows, vocabulary[a], vocabulary[b]);
            CHECK_INT(row.count, s.counts[a][b]);
            CHECK_INT(row.df, s.df[a][b]);
            CHECK_NEAR(row.pair.n11 * windows[w], (double)row.count, 1e-9);
        }
        zub_collocations_free(rows);
        zub_state_free(state);
        zub_buffer_release(&s.text);
    }
}

static zub_buffer bytes_of(const zub_state *state)
{
    zub_buffer out;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(zub_state_write(state, zub_buffer_sink(&out), NULL), ZUB_OK);
    return out;
}

static void windows_do_not_depend_on_threads_or_memory(void)
{
    sample s = draw(7, 5);
    zub_count_options options = {.window = 5, .keep_articles = true};
    zub_state *one = counted(s.text.data, &options);
    zub_buffer wanted = bytes_of(one);

    options.memory = 16u << 20;
    for (unsigned threads = 1; threads <= 7; threads += 3) {
        zub_state *state = counted_on(s.text.data, &options, threads);
        zub_buffer got = bytes_of(state);
        CHECK(got.size == wanted.size &&
              memcmp(got.data, wanted.data, got.size) == 0);
        zub_buffer_release(&got);
        zub_state_free(state);
    }
    zub_buffer_release(&wanted);
    zub_buffer_release(&s.text);
    zub_state_free(one);
}

/* The two ways to count a window: a table where rows are kept, lots where they
 * are not. */
static void rows_change_no_pair(void)
{
    sample s = draw(8, 10);
    zub_count_options with = {.window = 10, .keep_articles = true};
    zub_count_options without = {.window = 10};
    zub_merge_options drop = {.without_articles = true};
    zub_state *a = counted(s.text.data, &with), *sums,
              *b = counted(s.text.data, &without);

    CHECK_INT(zub_merge(&sums, &a, 1, &drop, NULL), ZUB_OK);
    zub_buffer one = bytes_of(sums), two = bytes_of(b);
    CHECK(one.size == two.size && memcmp(one.data, two.data, one.size) == 0);
    zub_buffer_release(&one);
    zub_buffer_release(&two);
    zub_buffer_release(&s.text);
    zub_state_free(a);
    zub_state_free(b);
    zub_state_free(sums);
}

/* Two states of a window merge into the state of both; others do not. */
static void windows_merge_with_their_like(void)
{
    zub_count_options three = {.window = 3}, four = {.window = 4};
    zub_state *a = counted(tea, &three), *b = counted(tea, &four), *both;
    zub_state *like[] = {a, a}, *unlike[] = {a, b};
    zub_error error;

    CHECK_INT(zub_merge(&both, like, 2, NULL, NULL), ZUB_OK);
    CHECK_INT(zub_state_about(both).window, 3);
    CHECK_INT(zub_state_about(both).ngrams[2], zub_state_about(a).ngrams[2]);
    zub_state_free(both);
    CHECK_INT(zub_merge(&both, unlike, 2, NULL, &error), ZUB_EMISMATCH);
    CHECK(strstr(error.message, "window is '3' in one and '4' in another"));
    zub_state_free(a);
    zub_state_free(b);
}

/* Where the definition has no first and second, swapping them is nothing. */
static void symmetric_measures_are(void)
{
    static const char *const even[] = {"log-dice", "pmi",     "npmi",    "t",
                                       "g2",       "jaccard", "log-odds"};
    zub_random random = {3, 0};

    for (unsigned round = 0; round < 1000; round++) {
        zub_contingency a = {.n11 = (double)zub_random_below(&random, 9),
                             .n1 = 10 + (double)zub_random_below(&random, 90),
                             .n2 = 10 + (double)zub_random_below(&random, 90),
                             .n = 1000};
        zub_contingency b = {a.n11, a.n2, a.n1, a.n};
        for (size_t i = 0; i < sizeof even / sizeof *even; i++) {
            const zub_association *measure = zub_association_find(even[i]);
            CHECK_NEAR(measure->of(&a), measure->of(&b), 1e-9);
        }
    }
}

/* ---- N-grams ---- */

/* Cells of "a b c" by hand: how many trigrams have a, b and c in their places,
 * each of the eight ways. */
static double lambda_by_hand(const unsigned *words, size_t size, unsigned a,
                             unsigned b, unsigned c)
{
    double cells[8] = {0}, lambda, z;

    for (size_t i = 0; i + 2 < size; i++)
        cells[(words[i] == a) | (words[i + 1] == b) << 1 |
              (words[i + 2] == c) << 2]++;
    zub_lambda(&lambda, &z, cells, 3);
    return lambda;
}

static void lambda_of_three_is_its_definition(void)
{
    static const char *const measures[] = {"lambda", "phrase"};
    unsigned words[600];
    zub_buffer text;
    zub_random random = {11, 0};

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    for (size_t i = 0; i < 600; i++) {
        words[i] = (unsigned)zub_random_below(&random, 3);
        zub_buffer_format(&text, "%s ", vocabulary[words[i]]);
    }
    zub_buffer_add(&text, "\n", 2);
    zub_state *state = counted(text.data, &in_a_row);
    zub_collocation_options options = {.words = 3,
                                       .measures = measures,
                                       .measure_count = 2,
                                       .sort = "lambda",
                                       .min_count = 1};
    zub_collocations *rows = measure(state, &options);
    double before = INFINITY;
    CHECK_INT(zub_collocations_size(rows), 27);
    for (size_t i = 0; i < zub_collocations_size(rows); i++) {
        zub_collocation row = zub_collocations_at(rows, i);
        unsigned at[3] = {0};
        for (unsigned w = 0; w < 3; w++)
            at[w] = (unsigned)(row.terms[w].data[0] - 'a');
        CHECK_NEAR(row.values[0],
                   lambda_by_hand(words, 600, at[0], at[1], at[2]), 1e-9);
        CHECK(row.values[0] <= before);
        before = row.values[0];
    }
    zub_collocations_free(rows);
    zub_state_free(state);
    zub_buffer_release(&text);
}

/* A limit keeps the first rows and changes no value. */
static void a_limit_keeps_the_first(void)
{
    static const char *const lambda[] = {"lambda-z"};
    zub_state *state = counted(tea, &in_a_row);
    zub_collocation_options options = {
        .words = 3, .measures = lambda, .measure_count = 1, .min_count = 1};
    zub_collocations *all = measure(state, &options);
    options.limit = 5;
    zub_collocations *some = measure(state, &options);

    CHECK_INT(zub_collocations_size(some), 5);
    for (size_t i = 0; i < 5; i++) {
        double value = zub_collocations_at(all, i).values[0];
        CHECK_NEAR(zub_collocations_at(some, i).values[0], value, 0);
    }
    zub_collocations_free(all);
    zub_collocations_free(some);
    zub_state_free(state);
}

static void a_word_picks_its_rows(void)
{
    zub_state *state = counted(tea, &in_a_row);
    zub_collocation_options options = {.min_count = 1, .word = {"weak", 4}};
    zub_collocations *rows = measure(state, &options);

    CHECK_INT(zub_collocations_size(rows), 3); /* drinks, tea, not */
    zub_collocations_free(rows);
    options.word = (zub_slice){"coffee", 6};
    CHECK_INT(zub_collocations_new(&rows, state, &options, NULL),
              ZUB_ENOTFOUND);
    CHECK(!rows);
    zub_state_free(state);
}

/* ---- Refusals and emptiness ---- */

static void refuses(const zub_state *state,
                    const zub_collocation_options *options, const char *why)
{
    zub_collocations *rows;
    zub_error error;

    CHECK_INT(zub_collocations_new(&rows, state, options, &error), ZUB_EINVAL);
    CHECK(!rows && strstr(error.message, why));
}

static void what_is_not_there_is_refused(void)
{
    static const char *const wrong[] = {"log-dise"};
    zub_count_options window = {.window = 2}, words = {.low = 1};
    zub_collocation_options three = {.words = 3}, four = {.words = 4},
                            two = {.words = 2},
                            bad = {.measures = wrong, .measure_count = 1},
                            sort = {.sort = "df"};
    zub_state *near = counted(tea, &window), *row = counted(tea, &in_a_row),
              *alone = counted(tea, &words);

    refuses(near, &three, "a window has pairs");
    refuses(row, &four, "no n-grams of 4 words");
    refuses(alone, &two, "no n-grams of 2 words");
    refuses(row, &bad, "no measure 'log-dise'");
    refuses(row, &sort, "no measure 'df'");
    zub_state_free(near);
    zub_state_free(row);
    zub_state_free(alone);
}

static void a_window_goes_with_no_other_order(void)
{
    static const zub_count_options wrong[] = {
        {.window = 101},
        {.window = 2, .low = 1},
        {.window = 2, .high = 2},
        {.window = 2, .char_low = 2},
    };
    const char *path = counted_path("lines.txt");

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        zub_corpus *corpus;
        zub_state *state;
        CHECK_INT(zub_corpus_open(&corpus, &path, 1, NULL, NULL), ZUB_OK);
        CHECK_INT(
            zub_count(&state, corpus, 1, NULL, NULL, &wrong[i], NULL, NULL),
            ZUB_EINVAL);
        zub_corpus_free(corpus);
    }
}

static void nothing_has_no_rows(void)
{
    zub_count_options window = {.window = 5};
    zub_state *states[] = {counted("", &in_a_row), counted("one\n", &in_a_row),
                           counted("", &window), counted(". . .\n", &window)};

    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        zub_collocations *rows = measure(states[i], NULL);
        CHECK_INT(zub_collocations_size(rows), 0);
        zub_collocations_free(rows);
        zub_state_free(states[i]);
    }
}

static void names_may_leave_dashes_out(void)
{
    CHECK_INT(zub_collocation_measure_find("logdice"), 0);
    CHECK_INT(zub_collocation_measure_find("log-dice"), 0);
    CHECK(zub_collocation_measure_find("log--dice") == SIZE_MAX);
    CHECK(zub_collocation_measure_find("logdic") == SIZE_MAX);
    CHECK(zub_collocation_measure_find("") == SIZE_MAX);
    CHECK(zub_collocation_measure_find("lambdaz") != SIZE_MAX);
    CHECK_STR(zub_association_find("deltap21")->is.name, "delta-p21");
    for (size_t i = 0; zub_collocation_measure_name(i); i++) {
        CHECK_INT(
            zub_collocation_measure_find(zub_collocation_measure_name(i)), i);
        CHECK(zub_collocation_measure_about(i) != NULL);
    }
}

int main(void)
{
    counted_begin();
    RUN(pairs_measure_as_in_nltk);
    RUN(a_window_of_one_is_adjacency);
    RUN(windows_count_as_by_hand);
    RUN(windows_do_not_depend_on_threads_or_memory);
    RUN(rows_change_no_pair);
    RUN(windows_merge_with_their_like);
    RUN(symmetric_measures_are);
    RUN(lambda_of_three_is_its_definition);
    RUN(a_limit_keeps_the_first);
    RUN(a_word_picks_its_rows);
    RUN(what_is_not_there_is_refused);
    RUN(a_window_goes_with_no_other_order);
    RUN(nothing_has_no_rows);
    RUN(names_may_leave_dashes_out);
    counted_end();
    return DONE();
}
