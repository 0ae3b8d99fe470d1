/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Which articles are alike: measures by hand, lists that skip what they may
 * against a walk over all rows, shares, queries, and hostile ones. */
#include <math.h>

#include "counted.h"

#include "vectors/lanes.h"

#define LINE 400

static const zub_count_options keep = {.keep_articles = true,
                                       .by_input = true};

typedef struct sample {
    zub_state *state;
    zub_matrix *matrix;
} sample;

static sample open_sample(const char *lines, const char *weight)
{
    zub_matrix_options options = {.weight = weight, .threads = 1};
    sample made = {.state = counted(lines, &keep)};

    CHECK_INT(zub_matrix_new(&made.matrix, made.state, &options, NULL),
              ZUB_OK);
    return made;
}

static void close_sample(sample made)
{
    zub_matrix_free(made.matrix);
    zub_state_free(made.state);
}

static uint32_t turn(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* Words by Zipf, more or less; every ninth article is one of before. */
static char *zipf_lines(size_t articles, uint32_t seed)
{
    char *text = malloc(articles * LINE + 1);
    size_t at = 0, before = 0;

    for (size_t i = 0; i < articles; i++) {
        size_t start = at, words = turn(&seed) % 24;
        if (i % 9 == 8 && at - before < LINE) {
            size_t size = start - before;
            memcpy(text + at, text + before, size);
            at += size;
        } else {
            for (size_t w = 0; w < words; w++) {
                uint32_t roll = turn(&seed) % 5000 + 1;
                at +=
                    (size_t)sprintf(text + at, "w%u ",
                                    (unsigned)(5000 / roll * (roll % 3 + 1)));
            }
            text[at++] = '.';
            text[at++] = '\n';
        }
        before = start;
    }
    text[at] = '\0';
    return text;
}

/* ---- By hand ---- */

typedef struct pair_case {
    const char *measure;
    double score;
} pair_case;

static double score_of_two(const char *measure, const zub_vector *query,
                           zub_matrix *matrix, uint64_t row)
{
    zub_similar_options options = {.measure = measure, .k = SIZE_MAX};
    zub_alikes *alikes;
    double score = 0;

    CHECK_INT(
        zub_similar_scan(&alikes, matrix, query, ZUB_NO_ROW, &options, NULL),
        ZUB_OK);
    for (size_t i = 0; alikes && i < alikes->count; i++)
        if (alikes->items[i].row == row)
            score = alikes->items[i].score;
    zub_alikes_free(alikes);
    return score;
}

/* Counts (a 2, b 1) and (a 1, b 1, c 1, d 1). */
static void measures_are_as_by_hand(void)
{
    double js = (1. / 4 + 2. / 3) * log2(1. / 4 + 2. / 3) -
                (2. / 3) * log2(2. / 3) - (1. / 4) * log2(1. / 4) +
                (1. / 4 + 1. / 3) * log2(1. / 4 + 1. / 3) -
                (1. / 3) * log2(1. / 3) - (1. / 4) * log2(1. / 4);
    pair_case cases[] = {
        {"cosine", 3 / sqrt(5 * 4)},    {"jaccard", 2. / 4},
        {"dice", 2. * 2 / 6},           {"overlap", 1},
        {"tanimoto", 3. / (5 + 4 - 3)}, {"jensen-shannon", js / 2},
    };
    sample two = open_sample("a a b\na b c d\ne\n", "count");
    zub_query *row;

    CHECK_INT(zub_query_new_row(&row, two.matrix, 0, NULL), ZUB_OK);
    zub_vector query = zub_query_vector(row);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CHECK_NEAR(score_of_two(cases[i].measure, &query, two.matrix, 1),
                   cases[i].score, 1e-12);
        CHECK_NEAR(score_of_two(cases[i].measure, &query, two.matrix, 0), 1,
                   1e-12);
        CHECK_NEAR(score_of_two(cases[i].measure, &query, two.matrix, 2), 0,
                   0);
    }
    CHECK_STR(zub_similar_name(5), "jensen-shannon");
    CHECK(zub_similar_name(6) == NULL && zub_similar_about(6) == NULL);
    zub_query_free(row);
    close_sample(two);
}

static void
an_article_is_not_its_own_neighbour_and_ties_go_to_the_earlier(void)
{
    sample same = open_sample("x y\nx y\nx y\nx y z\n", NULL);
    zub_similar_options options = {.k = 2};
    zub_query *row;
    zub_alikes *alikes;

    CHECK_INT(zub_query_new_row(&row, same.matrix, 1, NULL), ZUB_OK);
    zub_vector query = zub_query_vector(row);
    CHECK_INT(
        zub_similar_scan(&alikes, same.matrix, &query, 1, &options, NULL),
        ZUB_OK);
    CHECK_INT(alikes->count, 2);
    CHECK_INT(alikes->items[0].row, 0);
    CHECK_INT(alikes->items[1].row, 2);
    CHECK(alikes->items[0].score == 1 && alikes->items[1].score == 1);
    zub_alikes_free(alikes);
    zub_query_free(row);
    close_sample(same);
}

/* ---- Lists against a walk ---- */

static bool is_same(const zub_alike *found, size_t count,
                    const zub_alikes *wanted)
{
    bool same = count == wanted->count;

    for (size_t i = 0; same && i < count; i++)
        same = found[i].row == wanted->items[i].row &&
               found[i].score == wanted->items[i].score;
    return same;
}

/* Every `step`th row of the matrix. */
static void lists_are_as_a_walk(zub_matrix *matrix, size_t step,
                                const zub_similar_options *options)
{
    uint64_t rows = zub_matrix_measure(matrix).rows;
    zub_similar *similar;
    zub_finder *finder;
    size_t differ = 0, found = 0;

    CHECK_INT(zub_similar_new(&similar, matrix, options, NULL), ZUB_OK);
    CHECK_INT(zub_finder_new(&finder, similar, NULL), ZUB_OK);
    for (uint64_t row = 0; row < rows; row += step) {
        zub_vector query = zub_similar_row(similar, row);
        const zub_alike *alikes;
        zub_alikes *wanted;
        size_t count;
        CHECK_INT(zub_finder_find(&alikes, &count, finder, &query, row, NULL),
                  ZUB_OK);
        CHECK_INT(
            zub_similar_scan(&wanted, matrix, &query, row, options, NULL),
            ZUB_OK);
        differ += !is_same(alikes, count, wanted);
        found += count;
        zub_alikes_free(wanted);
    }
    CHECK_INT(differ, 0);
    CHECK(found > 0);
    zub_finder_free(finder);
    zub_similar_free(similar);
}

static const char *const weights[] = {"tfidf", "count", "bm25:okapi", "gensim",
                                      "smart:bfn"};
#define WEIGHTS (sizeof weights / sizeof *weights)

static void lists_find_what_a_walk_finds(void)
{
    char *lines = zipf_lines(18000, 7);

    for (size_t w = 0; w < WEIGHTS; w++) {
        sample many = open_sample(lines, weights[w]);
        for (size_t i = 0; zub_similar_name(i); i++) {
            zub_similar_options options = {.measure = zub_similar_name(i),
                                           .k = 10};
            lists_are_as_a_walk(many.matrix, w == 0 ? 997 : 4001, &options);
        }
        close_sample(many);
    }
    free(lines);
}

static void any_k_and_any_least_score_will_do(void)
{
    char *lines = zipf_lines(9000, 3);
    sample many = open_sample(lines, NULL);
    zub_similar_options options[] = {
        {.k = 1},
        {.k = 300, .min_score = .3},
        {.k = SIZE_MAX},
        {.k = SIZE_MAX, .min_score = .7},
        {.k = 9000},
        {.measure = "dice", .k = SIZE_MAX, .min_score = 1},
        {.k = 3, .min_score = 1e-9},
    };

    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        lists_are_as_a_walk(many.matrix, 1499, &options[i]);
    close_sample(many);
    free(lines);
}

typedef struct gathered {
    zub_alike *items;
    size_t count, rows, stop;
} gathered;

static zub_status gather(void *context, uint64_t row, const zub_alike *alikes,
                         size_t count)
{
    gathered *all = context;

    CHECK_INT(row, all->rows);
    all->rows++;
    for (size_t i = 0; i < count; i++)
        all->items[all->count++] = alikes[i];
    return all->rows == all->stop ? ZUB_ECANCELED : ZUB_OK;
}

static gathered gather_all(zub_matrix *matrix, unsigned threads, size_t stop,
                           zub_status wanted)
{
    zub_similar_options options = {.k = 5, .threads = threads};
    size_t rows = (size_t)zub_matrix_measure(matrix).rows;
    gathered all = {.items = calloc(5 * rows, sizeof *all.items),
                    .stop = stop};
    zub_similar_taker taker = {&all, gather};
    zub_similar *similar;

    CHECK_INT(zub_similar_new(&similar, matrix, &options, NULL), ZUB_OK);
    CHECK_INT(zub_similar_each(similar, &taker, NULL), wanted);
    zub_similar_free(similar);
    return all;
}

static void threads_change_no_bit(void)
{
    char *lines = zipf_lines(3000, 11);
    sample many = open_sample(lines, NULL);
    gathered one = gather_all(many.matrix, 1, 0, ZUB_OK);

    CHECK_INT(one.rows, 3000);
    for (unsigned threads = 2; threads <= 7; threads += 5) {
        gathered other = gather_all(many.matrix, threads, 0, ZUB_OK);
        CHECK_INT(other.count, one.count);
        CHECK(memcmp(other.items, one.items, one.count * sizeof *one.items) ==
              0);
        free(other.items);
    }
    gathered stopped = gather_all(many.matrix, 2, 1500, ZUB_ECANCELED);
    CHECK_INT(stopped.rows, 1500);
    free(stopped.items);
    free(one.items);
    close_sample(many);
    free(lines);
}

/* ---- Symmetry and shares ---- */

static void a_pair_has_one_score_and_its_shares_sum_to_1(void)
{
    char *lines = zipf_lines(300, 5);
    sample many = open_sample(lines, NULL);
    zub_similar *similar;

    CHECK_INT(zub_similar_new(&similar, many.matrix, NULL, NULL), ZUB_OK);
    for (uint64_t row = 0; row + 9 < 300; row += 10) {
        zub_vector a = zub_similar_row(similar, row);
        zub_vector b = zub_similar_row(similar, row + 9);
        for (size_t i = 0; zub_similar_name(i); i++) {
            const char *name = zub_similar_name(i);
            double there = score_of_two(name, &a, many.matrix, row + 9);
            double back = score_of_two(name, &b, many.matrix, row);
            double sum = 0;
            zub_bonds *bonds;
            CHECK(there == back && there >= 0 && there <= 1);
            CHECK_INT(zub_similar_explain(&bonds, &a, &b, name, NULL), ZUB_OK);
            for (size_t n = 0; n < bonds->count; n++) {
                CHECK(n == 0 ||
                      bonds->items[n].share <= bonds->items[n - 1].share);
                sum += bonds->items[n].share;
            }
            CHECK_NEAR(sum, there > 0 ? 1 : 0, 1e-12);
            zub_bonds_free(bonds);
        }
    }
    zub_similar_free(similar);
    close_sample(many);
    free(lines);
}

static void shares_say_which_terms(void)
{
    sample two = open_sample("cats cats dogs\ncats dogs mice\n", "count");
    zub_similar *similar;
    zub_bonds *bonds;
    zub_matrix_term term;

    CHECK_INT(zub_similar_new(&similar, two.matrix, NULL, NULL), ZUB_OK);
    zub_vector a = zub_similar_row(similar, 0),
               b = zub_similar_row(similar, 1);
    CHECK_INT(zub_similar_explain(&bonds, &a, &b, NULL, NULL), ZUB_OK);
    CHECK_INT(bonds->count, 2);
    CHECK_NEAR(bonds->items[0].share, 2. / 3, 1e-15);
    CHECK_INT(
        zub_matrix_term_at(&term, two.matrix, bonds->items[0].column, NULL),
        ZUB_OK);
    CHECK(counted_is(term.surface, "cats"));
    zub_bonds_free(bonds);
    CHECK_INT(zub_similar_explain(&bonds, &a, &b, "none", NULL), ZUB_EINVAL);
    CHECK(bonds == NULL);
    zub_similar_free(similar);
    close_sample(two);
}

/* ---- Queries ---- */

static const char *const query_lines = "Cats chase mice. \nDogs chase cats. \n"
                                       "Rain fell all day. \n ... \n";

static zub_query *ask(const sample *where, zub_slice text, zub_status wanted)
{
    zub_query *query;
    zub_error error;

    CHECK_INT(
        zub_query_new(&query, where->state, text, NULL, NULL, NULL, &error),
        wanted);
    return query;
}

#define TEXT(t)                                                               \
    (zub_slice)                                                               \
    {                                                                         \
        (t), sizeof(t) - 1                                                    \
    }

static void a_query_is_weighed_as_the_article_it_is(void)
{
    sample four = open_sample(query_lines, NULL);

    for (uint64_t row = 0; row < 3; row++) {
        static const char *const texts[] = {
            "Cats chase mice.", "Dogs chase cats.", "Rain fell all day."};
        zub_query *text =
            ask(&four, (zub_slice){texts[row], strlen(texts[row])}, ZUB_OK);
        zub_query *article;
        CHECK_INT(zub_query_new_row(&article, four.matrix, row, NULL), ZUB_OK);
        zub_vector a = zub_query_vector(text), b = zub_query_vector(article);
        CHECK_INT(a.size, b.size);
        CHECK(memcmp(a.cols, b.cols, a.size * sizeof *a.cols) == 0);
        CHECK(memcmp(a.values, b.values, a.size * sizeof *a.values) == 0);
        zub_query_free(text);
        zub_query_free(article);
    }
    close_sample(four);
}

static void a_query_without_a_known_word_is_empty(void)
{
    const zub_slice texts[] = {TEXT(""), TEXT("zebras"), TEXT("... !"),
                               TEXT("\xff\xfe\0\xc3"),
                               TEXT("\xd9\x82\xd8\xb7")};
    sample four = open_sample(query_lines, NULL);
    zub_similar *similar;
    zub_finder *finder;

    CHECK_INT(zub_similar_new(&similar, four.matrix, NULL, NULL), ZUB_OK);
    CHECK_INT(zub_finder_new(&finder, similar, NULL), ZUB_OK);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        zub_query *query = ask(&four, texts[i], ZUB_OK);
        zub_vector vector = zub_query_vector(query);
        const zub_alike *alikes;
        size_t count = 1;
        CHECK_INT(vector.size, 0);
        CHECK_INT(zub_finder_find(&alikes, &count, finder, &vector, ZUB_NO_ROW,
                                  NULL),
                  ZUB_OK);
        CHECK_INT(count, 0);
        zub_query_free(query);
    }
    zub_finder_free(finder);
    zub_similar_free(similar);
    close_sample(four);
}

static void a_query_of_a_megabyte_is_a_query(void)
{
    sample four = open_sample(query_lines, NULL);
    zub_slice text = {NULL, 1 << 20};
    char *bytes = malloc(text.size);

    for (size_t i = 0; i < text.size; i++)
        bytes[i] = "Cats chase mice. "[i % 17];
    text.data = bytes;
    zub_query *query = ask(&four, text, ZUB_OK);
    zub_vector vector = zub_query_vector(query);
    CHECK_INT(vector.size, 3);
    zub_query_free(query);
    free(bytes);
    close_sample(four);
}

static void queries_know_n_grams_and_other_words(void)
{
    zub_count_options all[] = {
        {.low = 1, .high = 2, .keep_articles = true, .by_input = true},
        {.char_low = 2, .char_high = 3, .keep_articles = true},
        {.compat = "sklearn", .keep_articles = true},
        {.window = 2, .keep_articles = true},
    };

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        sample made = {.state = counted(query_lines, &all[i])};
        CHECK_INT(zub_matrix_new(&made.matrix, made.state, NULL, NULL),
                  ZUB_OK);
        zub_query *query = ask(&made, TEXT("Cats chase mice"), ZUB_OK);
        zub_vector vector = zub_query_vector(query);
        zub_alikes *alikes;
        CHECK(vector.size >= 3);
        CHECK_INT(zub_similar_scan(&alikes, made.matrix, &vector, ZUB_NO_ROW,
                                   NULL, NULL),
                  ZUB_OK);
        CHECK(alikes->count >= 2 && alikes->items[0].score > .99);
        zub_alikes_free(alikes);
        zub_query_free(query);
        close_sample(made);
    }
}

/* ---- Hostile ---- */

static void what_is_no_question_is_refused(void)
{
    sample four = open_sample(query_lines, NULL);
    int32_t beyond[] = {0, 99}, twice[] = {1, 1}, below[] = {-1};
    float values[] = {1, 1};
    zub_vector bad[] = {
        {beyond, values, 2}, {twice, values, 2}, {below, values, 1}};
    zub_similar_options odd[] = {
        {.measure = "euclid"}, {.min_score = -1}, {.min_score = NAN}};
    zub_alikes *alikes;
    zub_similar *similar;
    zub_finder *finder;
    zub_error error;

    CHECK_INT(zub_similar_new(&similar, four.matrix, NULL, NULL), ZUB_OK);
    CHECK_INT(zub_finder_new(&finder, similar, NULL), ZUB_OK);
    for (size_t i = 0; i < 3; i++) {
        const zub_alike *found;
        size_t count;
        CHECK_INT(
            zub_similar_scan(&alikes, four.matrix, &bad[i], 0, NULL, &error),
            ZUB_EINVAL);
        CHECK_INT(zub_finder_find(&found, &count, finder, &bad[i], 0, &error),
                  ZUB_EINVAL);
        CHECK(found == NULL && count == 0 && error.message[0]);
    }
    zub_finder_free(finder);
    zub_similar_free(similar);
    for (size_t i = 0; i < 3; i++) {
        CHECK_INT(zub_similar_new(&similar, four.matrix, &odd[i], &error),
                  ZUB_EINVAL);
        CHECK(similar == NULL && error.message[0]);
    }
    CHECK_INT(zub_similar_new(&similar, four.matrix, &odd[0], &error),
              ZUB_EINVAL);
    CHECK_STR(error.message, "there is no measure 'euclid' (there are cosine, "
                             "jaccard, dice, overlap, tanimoto, "
                             "jensen-shannon)");
    close_sample(four);
}

static void few_articles_and_zeros_have_no_neighbours(void)
{
    static const char *const texts[] = {"one article\n", "\n...\n", "a\na\n"};
    static const char *const names[] = {"tfidf", "tfidf", "gensim"};

    for (size_t i = 0; i < 3; i++) {
        sample few = open_sample(texts[i], names[i]);
        gathered all = gather_all(few.matrix, 2, 0, ZUB_OK);
        CHECK_INT(all.count, 0);
        free(all.items);
        close_sample(few);
    }
}

/* ---- In few dimensions ---- */

static gathered gather_points(const zub_latent *latent, size_t rows)
{
    gathered all = {.items = calloc(5 * rows, sizeof *all.items)};
    zub_similar_taker taker = {&all, gather};

    CHECK_INT(zub_latent_each(latent, &taker, NULL), ZUB_OK);
    return all;
}

static void check_points(const zub_latent *latent, const gathered *all,
                         zub_dense rows)
{
    size_t at = 0;

    for (size_t r = 0; r < rows.rows; r += 1) {
        zub_alikes *alikes;
        CHECK_INT(zub_latent_scan(&alikes, latent,
                                  rows.values + r * rows.columns, r, NULL),
                  ZUB_OK);
        for (size_t i = 0; i < alikes->count; i++, at++)
            CHECK(all->items[at].row == alikes->items[i].row &&
                  all->items[at].score == alikes->items[i].score);
        zub_alikes_free(alikes);
    }
    CHECK_INT(all->count, at);
}

static void tiles_find_what_a_walk_finds(void)
{
    size_t count = 2500, width = 20;
    float *values = malloc(count * width * sizeof *values);
    zub_dense rows = {count, width, values};
    uint32_t seed = 4;

    for (size_t i = 0; i < count * width; i++)
        values[i] =
            i / width % 50 == 7 ? 0 : (float)(turn(&seed) % 2001) / 1000 - 1;
    memcpy(values + 99 * width, values + 2400 * width, width * sizeof *values);
    CHECK_INT(zub_blas_threads(1, NULL), ZUB_OK);
    for (unsigned threads = 1; threads <= 7; threads += 3) {
        zub_similar_options options = {.k = 5, .threads = threads};
        zub_latent *latent;
        CHECK_INT(zub_latent_new(&latent, rows, &options, NULL), ZUB_OK);
        gathered all = gather_points(latent, count);
        CHECK(all.items[5 * (99 - 2)].row == 2400);
        check_points(latent, &all, rows);
        free(all.items);
        zub_latent_free(latent);
    }
    free(values);
}

static void as_many_dimensions_as_there_are_keep_cosines(void)
{
    char *lines = zipf_lines(40, 6);
    sample few = open_sample(lines, NULL);
    zub_svd_options reduction = {.k = 40, .threads = 1};
    zub_svd *svd;
    zub_latent *latent;
    zub_query *row;
    float point[40];

    CHECK_INT(zub_svd_new(&svd, few.matrix, &reduction, NULL), ZUB_OK);
    CHECK_INT(zub_latent_new(&latent, zub_svd_rows(svd), NULL, NULL), ZUB_OK);
    CHECK_INT(zub_query_new_row(&row, few.matrix, 5, NULL), ZUB_OK);
    zub_vector query = zub_query_vector(row);
    CHECK_INT(zub_latent_project(point, zub_svd_components(svd), &query, NULL),
              ZUB_OK);
    zub_alikes *near, *wanted;
    CHECK_INT(zub_latent_scan(&near, latent, point, 5, NULL), ZUB_OK);
    CHECK_INT(zub_similar_scan(&wanted, few.matrix, &query, 5, NULL, NULL),
              ZUB_OK);
    for (size_t i = 0; i < near->count && i < wanted->count; i++)
        CHECK_NEAR(near->items[i].score, wanted->items[i].score, 1e-4);
    CHECK(near->count > 0);
    zub_alikes_free(near);
    zub_alikes_free(wanted);
    zub_query_free(row);
    zub_latent_free(latent);
    zub_svd_free(svd);
    close_sample(few);
    free(lines);
}

static void what_rounding_leaves_is_like_nothing(void)
{
    float values[] = {1, 0, 0.9F, 0.1F, 1e-12F, 2e-12F};
    zub_dense rows = {3, 2, values};
    zub_latent *latent;

    CHECK_INT(zub_latent_new(&latent, rows, NULL, NULL), ZUB_OK);
    for (size_t row = 0; row < 3; row++) {
        zub_alikes *near;
        CHECK_INT(zub_latent_scan(&near, latent, values + row * 2, row, NULL),
                  ZUB_OK);
        CHECK_INT(near->count, row < 2 ? 1 : 0);
        zub_alikes_free(near);
    }
    zub_latent_free(latent);
}

static void no_dimension_has_no_neighbours(void)
{
    zub_dense none = {3, 0, NULL};
    zub_similar_options other = {.measure = "dice"};
    zub_latent *latent;
    zub_alikes *alikes;

    CHECK_INT(zub_latent_new(&latent, none, &other, NULL), ZUB_EINVAL);
    CHECK_INT(zub_latent_new(&latent, none, NULL, NULL), ZUB_OK);
    gathered all = gather_points(latent, 3);
    CHECK_INT(all.count, 0);
    CHECK_INT(zub_latent_scan(&alikes, latent, NULL, 0, NULL), ZUB_OK);
    CHECK_INT(alikes->count, 0);
    zub_alikes_free(alikes);
    free(all.items);
    zub_latent_free(latent);
}

static void lanes_do_what_they_say(void)
{
    static float sums[ZUB_LANE_ROWS], values[ZUB_LANE_ROWS];
    static uint16_t places[ZUB_LANE_ROWS];
    uint32_t seed = 9;

    for (size_t rows = 1; rows < ZUB_LANE_ROWS; rows = rows * 3 + 1) {
        size_t count = 0;
        for (size_t i = 0; i < ZUB_LANE_ROWS; i++)
            values[i] = (float)(turn(&seed) % 1000) / 500 - 1;
        zub_lanes_fill(sums, values, rows, .5f);
        size_t got = zub_lanes_collect(places, sums, rows, .25f);
        for (size_t i = 0; i < rows; i++) {
            CHECK(sums[i] == .5f * values[i]);
            if (sums[i] >= .25f)
                CHECK_INT(places[count++], i);
        }
        CHECK(rows == ZUB_LANE_ROWS || sums[rows] == 0);
        CHECK_INT(got, count);
    }
}

int main(void)
{
    counted_begin();
    RUN(measures_are_as_by_hand);
    RUN(an_article_is_not_its_own_neighbour_and_ties_go_to_the_earlier);
    RUN(lists_find_what_a_walk_finds);
    RUN(any_k_and_any_least_score_will_do);
    RUN(threads_change_no_bit);
    RUN(a_pair_has_one_score_and_its_shares_sum_to_1);
    RUN(shares_say_which_terms);
    RUN(a_query_is_weighed_as_the_article_it_is);
    RUN(a_query_without_a_known_word_is_empty);
    RUN(a_query_of_a_megabyte_is_a_query);
    RUN(queries_know_n_grams_and_other_words);
    RUN(what_is_no_question_is_refused);
    RUN(few_articles_and_zeros_have_no_neighbours);
    RUN(tiles_find_what_a_walk_finds);
    RUN(as_many_dimensions_as_there_are_keep_cosines);
    RUN(what_rounding_leaves_is_like_nothing);
    RUN(no_dimension_has_no_neighbours);
    RUN(lanes_do_what_they_say);
    counted_end();
    return DONE();
}
