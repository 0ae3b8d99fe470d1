/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Duplicates: sketches and their keys, sorted runs, shingles, and what comes
 * of them, against all pairs compared one by one. */
#include <stdlib.h>
#include <unistd.h>

#include "test.h"

#include "base/buffer.h"
#include "base/random.h"
#include "vectors/entries.h"
#include "vectors/minhash.h"
#include "vectors/shingles.h"
#include "vectors/unions.h"

static char folder[] = "/tmp/zubda-test.XXXXXX";

/* ---- Sketches ---- */

static void bands_reach_their_recall(void)
{
    for (double threshold = .1; threshold <= 1; threshold += .01) {
        zub_bands bands = zub_bands_for(threshold);
        CHECK(bands.bands * bands.rows <= ZUB_MOST_HASHES);
        CHECK(zub_bands_recall(bands, threshold) >= .999);
        CHECK(zub_bands_recall(bands, (threshold + 1) / 2) >=
              zub_bands_recall(bands, threshold));
    }
    CHECK_INT(zub_bands_for(.8).bands, 23);
    CHECK_INT(zub_bands_for(.8).rows, 6);
    CHECK_INT(zub_bands_for(1).bands, 1);
}

/* Two sets of `size` random numbers, `same` of them the same ones. */
static void draw_sets(uint64_t *a, uint64_t *b, size_t size, size_t same,
                      zub_random *random)
{
    for (size_t i = 0; i < size; i++) {
        a[i] = zub_random_bits(random);
        b[i] = i < same ? a[i] : zub_random_bits(random);
    }
}

static void keys_of_one_number_are_shared_as_often_as_the_index_says(void)
{
    static const size_t sizes[][2] = {{1, 0},   {2, 1},     {10, 8},
                                      {60, 30}, {500, 450}, {5000, 1000}};
    zub_bands bands = {.bands = ZUB_MOST_HASHES, .rows = 1};
    uint64_t a[5000], b[5000], x[ZUB_MOST_HASHES], y[ZUB_MOST_HASHES];
    zub_random random = {.seed = 1};

    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        size_t size = sizes[s][0], same = sizes[s][1], shared = 0;
        for (unsigned turn = 0; turn < 100; turn++) {
            draw_sets(a, b, size, same, &random);
            zub_minhash(x, a, size, bands);
            zub_minhash(y, b, size, bands);
            for (unsigned i = 0; i < bands.bands; i++)
                shared += x[i] == y[i];
        }
        CHECK_NEAR((double)shared / (100 * ZUB_MOST_HASHES),
                   zub_jaccard(size, size, same), .04);
    }
}

static void keys_do_not_depend_on_the_order_of_a_set(void)
{
    zub_bands bands = zub_bands_for(.8);
    uint64_t a[50], b[50], x[ZUB_MOST_HASHES], y[ZUB_MOST_HASHES];
    zub_random random = {.seed = 2};

    draw_sets(a, b, 50, 50, &random);
    for (size_t i = 0; i < 50; i++)
        b[i] = a[49 - i];
    zub_minhash(x, a, 50, bands);
    zub_minhash(y, b, 50, bands);
    CHECK(memcmp(x, y, bands.bands * sizeof *x) == 0);
    for (unsigned i = 1; i < bands.bands; i++)
        CHECK(x[i] != x[i - 1]);
}

/* Sets whose sketches are found alike as the S-curve says. */
static void a_key_is_shared_as_the_curve_says(void)
{
    zub_bands bands = {.bands = 10, .rows = 4};
    uint64_t a[40], b[40], x[ZUB_MOST_HASHES], y[ZUB_MOST_HASHES];
    zub_random random = {.seed = 3};

    for (size_t same = 10; same <= 40; same += 10) {
        unsigned found = 0;
        for (unsigned turn = 0; turn < 2000; turn++) {
            bool is_shared = false;
            draw_sets(a, b, 40, same, &random);
            zub_minhash(x, a, 40, bands);
            zub_minhash(y, b, 40, bands);
            for (unsigned i = 0; i < bands.bands; i++)
                is_shared |= x[i] == y[i];
            found += is_shared;
        }
        CHECK_NEAR(found / 2000.,
                   zub_bands_recall(bands, zub_jaccard(40, 40, same)), .05);
    }
}

/* ---- Sets ---- */

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

static size_t draw_sorted(uint64_t *set, size_t most, zub_random *random)
{
    size_t size = zub_random_below(random, most), kept = 0;

    for (size_t i = 0; i < size; i++)
        set[i] = zub_random_below(random, 2 * most);
    qsort(set, size, sizeof *set, by_value);
    for (size_t i = 0; i < size; i++)
        if (kept == 0 || set[kept - 1] != set[i])
            set[kept++] = set[i];
    return kept;
}

static void the_overlap_is_what_both_have(void)
{
    uint64_t a[300], b[300];
    zub_random random = {.seed = 4};

    for (unsigned turn = 0; turn < 500; turn++) {
        size_t a_size = draw_sorted(a, 300, &random);
        size_t b_size = draw_sorted(b, 300, &random), same = 0;
        for (size_t i = 0; i < a_size; i++)
            same += bsearch(&a[i], b, b_size, sizeof *b, by_value) != NULL;
        CHECK_INT(zub_shingles_overlap(a, a_size, b, b_size, 0), same);
        CHECK_INT(zub_shingles_overlap(a, a_size, b, b_size, same), same);
        CHECK_INT(zub_shingles_overlap(a, a_size, b, b_size, same + 1), 0);
    }
}

static void the_least_overlap_is_the_least(void)
{
    for (size_t a = 0; a < 40; a++)
        for (size_t b = 0; b < 40; b++)
            for (double t = .1; t <= 1; t += .1) {
                size_t least = zub_shingles_least(a, b, t);
                if (least <= a && least <= b)
                    CHECK(zub_jaccard(a, b, least) >= t);
                CHECK(least == 0 || zub_jaccard(a, b, least - 1) < t);
            }
}

static void the_least_number_is_the_root(void)
{
    zub_unions unions;

    CHECK_INT(zub_unions_init(&unions, 10), ZUB_OK);
    zub_unions_join(&unions, 9, 5);
    zub_unions_join(&unions, 7, 9);
    zub_unions_join(&unions, 2, 3);
    CHECK_INT(zub_unions_find(&unions, 7), 5);
    zub_unions_join(&unions, 3, 7);
    for (uint32_t i = 0; i < 10; i++)
        CHECK_INT(zub_unions_find(&unions, i),
                  i == 2 || i == 3 || i == 5 || i == 7 || i == 9 ? 2 : i);
    zub_unions_release(&unions);
}

/* ---- Sorted runs ---- */

static void fill_entries(zub_entries *entries, size_t size, uint64_t seed)
{
    for (size_t i = 0; i < size; i++)
        CHECK_INT(zub_entries_add(entries, zub_random_at(seed, i) >> 40,
                                  (uint32_t)i, NULL),
                  ZUB_OK);
}

/* Ascending, and each entry that was added once. */
static void check_entries(zub_entries *entries, size_t size, uint64_t seed)
{
    bool *is_met = calloc(size + 1, sizeof *is_met);
    size_t count = 0;
    uint64_t last = 0;
    zub_keyed item;

    CHECK_INT(zub_entries_start(entries, NULL), ZUB_OK);
    while (zub_entries_next(entries, &item)) {
        CHECK(item.key >= last && item.id < size && !is_met[item.id]);
        CHECK(item.key == zub_random_at(seed, item.id) >> 40);
        is_met[item.id] = true;
        last = item.key;
        count++;
    }
    CHECK_INT(count, size);
    free(is_met);
}

static void entries_come_in_order_of_keys(void)
{
    static const size_t sizes[] = {0, 1, 99, 100, 101, 5000};

    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (unsigned in_files = 0; in_files < 2; in_files++) {
            zub_entries entries;
            zub_entries_init(&entries, in_files ? folder : NULL, 100);
            fill_entries(&entries, sizes[s], 5);
            check_entries(&entries, sizes[s], 5);
            zub_entries_release(&entries);
        }
}

static void many_runs_become_fewer(void)
{
    zub_entries entries, more;

    zub_entries_init(&entries, folder, 4);
    zub_entries_init(&more, folder, 4);
    fill_entries(&more, 3001, 6);
    CHECK_INT(zub_entries_move(&entries, &more, NULL), ZUB_OK);
    CHECK_INT(more.run_count, 0);
    check_entries(&entries, 3001, 6);
    zub_entries_release(&entries);
    zub_entries_release(&more);
}

/* ---- Shingles ---- */

typedef struct reader {
    zub_analyzer *analyzer;
    zub_shingler *shingler;
} reader;

static reader open_reader(unsigned width)
{
    zub_analyzer_options words = {
        .lang = "und", .stemmer = "none", .keep_stop_words = true};
    reader with;

    CHECK_INT(zub_analyzer_new(&with.analyzer, NULL, &words, NULL), ZUB_OK);
    CHECK_INT(zub_shingler_new(&with.shingler, with.analyzer, width, NULL),
              ZUB_OK);
    return with;
}

static void close_reader(reader with)
{
    zub_shingler_free(with.shingler);
    zub_analyzer_free(with.analyzer);
}

static zub_shingles read_text(reader with, const char *text)
{
    zub_record record = {.id = {"a", 1}, .text = {text, strlen(text)}};
    zub_shingles out;

    CHECK_INT(zub_shingler_read(&out, with.shingler, &record, NULL), ZUB_OK);
    for (size_t i = 1; i < out.count; i++)
        CHECK(out.items[i - 1] < out.items[i]);
    return out;
}

static void shingles_are_words_in_a_row(void)
{
    static const struct {
        const char *text;
        size_t count, words;
    } texts[] = {
        {"", 0, 0},
        {" ... !", 0, 0},
        {"one", 1, 1},
        {"one two", 1, 2},
        {"one two three", 1, 3},
        {"one two three four", 2, 4},
        {"a a a a a a a", 1, 7},
        {"a b a b a b a b", 2, 8},
        {"ما هذا إلا كتاب", 2, 4},
    };
    reader with = open_reader(3);

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        zub_shingles got = read_text(with, texts[i].text);
        CHECK_INT(got.count, texts[i].count);
        CHECK_INT(got.words, texts[i].words);
    }
    close_reader(with);
}

static void what_folds_to_the_same_is_the_same(void)
{
    reader with = open_reader(2);
    zub_shingles a = read_text(with, "The QUICK brown: fox");
    uint64_t items[3], text = a.text;

    CHECK_INT(a.count, 3);
    memcpy(items, a.items, sizeof items);
    a = read_text(with, "the quick, Brown (fox)");
    CHECK(a.text == text && memcmp(items, a.items, sizeof items) == 0);
    a = read_text(with, "the quick fox brown");
    CHECK(a.text != text);
    text = read_text(with, "القِطَطُ تُطارِدُ").text;
    CHECK(read_text(with, "القطط تطارد").text == text);
    close_reader(with);
}

static void a_rolled_hash_is_that_of_its_words(void)
{
    reader with = open_reader(4);
    uint64_t last = read_text(with, "d e f g").items[0];
    zub_shingles all = read_text(with, "a b c d e f g");
    size_t found = 0;

    CHECK_INT(all.count, 4);
    for (size_t i = 0; i < all.count; i++)
        found += all.items[i] == last;
    CHECK_INT(found, 1);
    close_reader(with);
}

/* Words that repeat, so that their hashes crowd; and many. */
static void long_texts_are_sorted_whatever_they_say(void)
{
    reader with = open_reader(2);
    zub_buffer text;

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    for (unsigned i = 0; i < 20000; i++)
        zub_buffer_format(&text, "w%u ", i % 7 ? i % 50 : i);
    size_t count = read_text(with, text.data).count;
    CHECK(count > 5000 && count < 20000);
    zub_buffer_clear(&text);
    for (unsigned i = 0; i < 300000; i++)
        zub_buffer_format(&text, "w%u ", i);
    CHECK_INT(read_text(with, text.data).count, 299999);
    zub_buffer_release(&text);
    close_reader(with);
}

/* ---- Duplicates ---- */

/* Lines of JSON into a file, and what is found in it. */
static zub_duplicates *find_with(const char *lines,
                                 const zub_duplicates_options *options,
                                 unsigned threads)
{
    char path[80];
    const char *paths[] = {path};
    zub_duplicates *out = NULL;
    zub_corpus *corpus;
    zub_error error;

    snprintf(path, sizeof path, "%s/lines.jsonl", folder);
    FILE *file = fopen(path, "w");
    CHECK(file && fputs(lines, file) >= 0 && fclose(file) == 0);
    CHECK_INT(zub_corpus_open(&corpus, paths, 1, NULL, NULL), ZUB_OK);
    CHECK_INT(zub_duplicates_find(&out, corpus, threads, NULL, NULL, options,
                                  NULL, &error),
              ZUB_OK);
    CHECK_STR(error.message, "");
    zub_corpus_free(corpus);
    return out;
}

static char *rendered(zub_duplicates *duplicates, bool pairs,
                      zub_format format)
{
    zub_buffer out;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    zub_buffer_add_string(&out, "");
    CHECK_INT(zub_render_duplicates(duplicates, pairs, format, false,
                                    zub_buffer_sink(&out), NULL),
              ZUB_OK);
    zub_duplicates_free(duplicates);
    return out.data; /* the caller's, by free */
}

static void check_answer(const char *lines,
                         const zub_duplicates_options *options, bool pairs,
                         const char *want)
{
    char *got = rendered(find_with(lines, options, 1), pairs, ZUB_FORMAT_TSV);

    CHECK_STR(got, want);
    free(got);
}

static const char some[] =
    "{\"id\":10,\"text\":\"One two three four five six seven eight\"}\n"
    "{\"id\":9,\"text\":\"one two THREE four five six seven eight.\"}\n"
    "{\"id\":\"b\",\"text\":\"one two three four five six seven nine\"}\n"
    "{\"id\":\"e\",\"text\":\"\"}\n"
    "{\"id\":\"d\",\"text\":\"...\"}\n"
    "{\"id\":\"c\",\"text\":\"quite another text, of so many words\"}\n";

static void clusters_stand_in_order_of_ids(void)
{
    check_answer(some, &(zub_duplicates_options){.threshold = .7}, false,
                 "cluster\tsize\tid\tjaccard\tkind\n"
                 "1\t3\t9\t1\tfirst\n"
                 "1\t3\t10\t1\texact\n"
                 "1\t3\tb\t0.714286\tnear\n");
    check_answer(some, NULL, false,
                 "cluster\tsize\tid\tjaccard\tkind\n"
                 "1\t2\t9\t1\tfirst\n"
                 "1\t2\t10\t1\texact\n");
}

static void pairs_are_listed_once(void)
{
    zub_duplicates_options options = {.threshold = .7, .with_pairs = true};

    check_answer(some, &options, true,
                 "jaccard\tkind\ta\tb\n"
                 "1\texact\t9\t10\n"
                 "0.714286\tnear\t9\tb\n");
}

static void articles_without_a_word_are_nobodys_duplicates(void)
{
    zub_duplicates *found = find_with(some, NULL, 2);
    zub_duplicates_facts facts = zub_duplicates_about(found);
    zub_slice id;

    CHECK_INT(facts.articles, 6);
    CHECK_INT(facts.empty, 2);
    CHECK_INT(facts.same, 1);
    CHECK_INT(facts.clusters, 1);
    CHECK_INT(facts.members, 2);
    CHECK(zub_duplicates_next_empty(&id, found));
    CHECK_STR(id.data, "d");
    CHECK(zub_duplicates_next_empty(&id, found));
    CHECK_STR(id.data, "e");
    CHECK(!zub_duplicates_next_empty(&id, found));
    zub_duplicates_free(found);
}

static void no_article_has_no_duplicates(void)
{
    check_answer("", NULL, false, "cluster\tsize\tid\tjaccard\tkind\n");
    check_answer("{\"id\":1,\"text\":\"one\"}\n", NULL, false,
                 "cluster\tsize\tid\tjaccard\tkind\n");
}

static void an_id_may_stand_twice(void)
{
    check_answer("{\"id\":1,\"text\":\"one two\"}\n"
                 "{\"id\":1,\"text\":\"one two\"}\n"
                 "{\"id\":1,\"text\":\"three\"}\n",
                 NULL, false,
                 "cluster\tsize\tid\tjaccard\tkind\n"
                 "1\t2\t1\t1\tfirst\n"
                 "1\t2\t1\t1\texact\n");
}

static void the_same_shingles_in_another_order_are_near(void)
{
    check_answer("{\"id\":1,\"text\":\"a b a b a\"}\n"
                 "{\"id\":2,\"text\":\"a b a b a b a\"}\n",
                 NULL, false,
                 "cluster\tsize\tid\tjaccard\tkind\n"
                 "1\t2\t1\t1\tfirst\n"
                 "1\t2\t2\t1\tnear\n");
}

/* a - b - c, each 7 of 9 shingles like the next. */
static void links_make_a_chain(void)
{
    zub_duplicates_options options = {.threshold = .75, .shingle = 1};

    check_answer("{\"id\":\"a\",\"text\":\"1 2 3 4 5 6 7 8\"}\n"
                 "{\"id\":\"b\",\"text\":\"2 3 4 5 6 7 8 9\"}\n"
                 "{\"id\":\"c\",\"text\":\"3 4 5 6 7 8 9 10\"}\n",
                 &options, false,
                 "cluster\tsize\tid\tjaccard\tkind\n"
                 "1\t3\ta\t1\tfirst\n"
                 "1\t3\tb\t0.777778\tnear\n"
                 "1\t3\tc\t0.6\tnear\n");
}

/* ---- Laws ---- */

#define DRAWN 400

/* A line each: articles of one family change a few words of the first. */
static void draw_lines(char *lines[DRAWN], uint64_t seed)
{
    zub_random random = {.seed = seed};
    uint64_t words[60];

    for (unsigned i = 0; i < DRAWN; i++) {
        zub_buffer line;
        size_t size = 5 + zub_random_below(&random, 50);
        for (unsigned w = 0; i % 8 == 0 && w < 60; w++)
            words[w] = zub_random_below(&random, 3000);
        for (size_t w = zub_random_below(&random, 4); i % 8 && w > 0; w--)
            words[zub_random_below(&random, 60)] =
                zub_random_below(&random, 3000);
        zub_buffer_init(&line, ZUB_BUFFER_UNLIMITED);
        zub_buffer_format(&line, "{\"id\":%u,\"text\":\"", i);
        for (size_t w = 0; w < (i % 16 < 8 ? 60 : size); w++)
            zub_buffer_format(&line, "w%u ", (unsigned)words[w]);
        zub_buffer_format(&line, "own%u\"}\n", i); /* no two are the same */
        lines[i] = line.data;
    }
}

static void free_lines(char *lines[DRAWN])
{
    for (unsigned i = 0; i < DRAWN; i++)
        free(lines[i]);
}

static char *join_lines(char *lines[DRAWN])
{
    zub_buffer all;

    zub_buffer_init(&all, ZUB_BUFFER_UNLIMITED);
    for (unsigned i = 0; i < DRAWN; i++)
        zub_buffer_add_string(&all, lines[i]);
    return all.data;
}

static void shuffle(char *lines[DRAWN], uint64_t seed)
{
    zub_random random = {.seed = seed};

    for (unsigned i = DRAWN; i > 1; i--) {
        size_t at = zub_random_below(&random, i);
        char *line = lines[at];
        lines[at] = lines[i - 1];
        lines[i - 1] = line;
    }
}

static void neither_order_nor_threads_nor_memory_decide(void)
{
    static const unsigned threads[] = {1, 2, 7};
    char *lines[DRAWN];

    draw_lines(lines, 7);
    for (unsigned pairs = 0; pairs < 2; pairs++) {
        zub_duplicates_options options = {.with_pairs = pairs,
                                          .folder = folder};
        char *all = join_lines(lines), *want;
        want = rendered(find_with(all, &options, 1), pairs, ZUB_FORMAT_JSON);
        free(all);
        CHECK(strlen(want) > 5000);
        for (unsigned i = 0; i < 3; i++) {
            shuffle(lines, i);
            all = join_lines(lines);
            options.memory = i % 2 ? 0 : (uint64_t)16 << 20;
            char *got = rendered(find_with(all, &options, threads[i]), pairs,
                                 ZUB_FORMAT_JSON);
            CHECK_STR(got, want);
            free(got);
            free(all);
        }
        free(want);
    }
    free_lines(lines);
}

/* Sets of all lines, for comparing them one by one. */
typedef struct drawn_set {
    uint64_t *items;
    size_t count;
} drawn_set;

static void read_sets(drawn_set sets[DRAWN], char *lines[DRAWN])
{
    reader with = open_reader(3);

    for (unsigned i = 0; i < DRAWN; i++) {
        const char *text = strstr(lines[i], "text\":\"") + 7;
        zub_record record = {.id = {"a", 1}, .text = {text, strlen(text) - 3}};
        zub_shingles got;
        CHECK_INT(zub_shingler_read(&got, with.shingler, &record, NULL),
                  ZUB_OK);
        sets[i].count = got.count;
        sets[i].items = malloc(got.count * sizeof *got.items);
        memcpy(sets[i].items, got.items, got.count * sizeof *got.items);
    }
    close_reader(with);
}

static double index_of(const drawn_set *a, const drawn_set *b)
{
    return zub_jaccard(
        a->count, b->count,
        zub_shingles_overlap(a->items, a->count, b->items, b->count, 0));
}

static void what_is_found_is_what_comparing_all_finds(void)
{
    for (uint64_t seed = 10; seed < 14; seed++) {
        zub_duplicates_options options = {
            .threshold = .6 + .1 * (double)(seed - 10), .with_pairs = true};
        drawn_set sets[DRAWN];
        char *lines[DRAWN];
        zub_duplicate_pair pair;
        size_t wanted = 0, found = 0;

        draw_lines(lines, seed);
        read_sets(sets, lines);
        char *all = join_lines(lines);
        zub_duplicates *duplicates = find_with(all, &options, 2);
        while (zub_duplicates_next_pair(&pair, duplicates)) {
            double want =
                index_of(&sets[atoi(pair.a.data)], &sets[atoi(pair.b.data)]);
            CHECK(pair.jaccard == want && want >= options.threshold);
            found += pair.kind == ZUB_DUPLICATE_NEAR;
        }
        for (unsigned i = 0; i < DRAWN; i++)
            for (unsigned j = 0; j < i; j++) {
                double index = index_of(&sets[i], &sets[j]);
                wanted += index >= options.threshold && index < 1;
            }
        CHECK(wanted > 20 && found >= wanted * 99 / 100);
        zub_duplicates_free(duplicates);
        free(all);
        for (unsigned i = 0; i < DRAWN; i++)
            free(sets[i].items);
        free_lines(lines);
    }
}

/* ---- Much of the same ---- */

/* Articles of so many words that all of them have and so many of their own. */
static zub_duplicates_facts facts_of_many(unsigned articles, unsigned common,
                                          unsigned own)
{
    zub_random random = {.seed = 8};
    zub_buffer all;

    zub_buffer_init(&all, ZUB_BUFFER_UNLIMITED);
    for (unsigned i = 0; i < articles; i++) {
        zub_buffer_format(&all, "{\"id\":%u,\"text\":\"", i);
        for (unsigned w = 0; w < common; w++)
            zub_buffer_format(&all, "b%u ", w);
        for (unsigned w = 0; w < own; w++)
            zub_buffer_format(&all, "w%u ",
                              (unsigned)zub_random_below(&random, 1000000));
        zub_buffer_add_string(&all, "\"}\n");
    }
    zub_duplicates *found = find_with(all.data, NULL, 2);
    zub_duplicates_facts facts = zub_duplicates_about(found);
    zub_duplicates_free(found);
    zub_buffer_release(&all);
    return facts;
}

static void many_copies_are_one_cluster(void)
{
    zub_duplicates_facts facts = facts_of_many(20000, 20, 0);

    CHECK_INT(facts.clusters, 1);
    CHECK_INT(facts.members, 20000);
    CHECK_INT(facts.same, 19999);
    CHECK_INT(facts.crowded, 0);
}

static void many_that_are_nearly_the_same_are_one_cluster(void)
{
    zub_duplicates_facts facts = facts_of_many(20000, 60, 1);

    CHECK_INT(facts.clusters, 1);
    CHECK_INT(facts.members, 20000);
    CHECK_INT(facts.crowded, 0);
}

static void what_all_have_in_common_is_said_to_be_too_much(void)
{
    zub_duplicates_facts facts = facts_of_many(5000, 50, 10);

    CHECK_INT(facts.clusters, 0);
    CHECK(facts.crowded > 0);
}

/* ---- What is kept ---- */

static void what_is_left_is_written_in_order_of_the_input(void)
{
    static const char lines[] =
        "{\"id\":\"z\",\"text\":\"one two three\", \"n\":1.50}\n"
        "{\"id\":\"y\",\"text\":\"one two three\"}\n"
        "{\"id\":\"x\",\"text\":\"four \\u0627\", \"a\":\"\\u0627\"}\n"
        "{\"id\":\"w\",\"text\":\"\",\"lang\":\"en\"}\n";
    zub_duplicates_options options = {.keep = zub_render_record,
                                      .folder = folder};

    for (unsigned threads = 1; threads < 4; threads++) {
        zub_duplicates *found = find_with(lines, &options, threads);
        zub_buffer out;
        zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
        CHECK_INT(
            zub_duplicates_write_kept(found, zub_buffer_sink(&out), NULL),
            ZUB_OK);
        CHECK_STR(out.data,
                  "{\"id\": \"y\", \"text\": \"one two three\"}\n"
                  "{\"id\": \"x\", \"text\": \"four ا\", "
                  "\"a\": \"\\u0627\"}\n"
                  "{\"id\": \"w\", \"text\": \"\", \"lang\": \"en\"}\n");
        zub_buffer_release(&out);
        zub_duplicates_free(found);
    }
}

static zub_status refuse(void *context, const char *data, size_t size)
{
    (void)context;
    (void)data;
    (void)size;
    return ZUB_EWRITE;
}

static void a_full_sink_is_said(void)
{
    zub_duplicates_options options = {.keep = zub_render_record,
                                      .folder = folder};
    zub_duplicates *found = find_with(some, &options, 1);
    zub_sink full = {refuse, NULL};
    zub_error error;

    CHECK_INT(zub_duplicates_write_kept(found, full, &error), ZUB_EWRITE);
    CHECK(error.message[0] != '\0');
    CHECK_INT(zub_render_duplicates(found, false, ZUB_FORMAT_JSON, false, full,
                                    &error),
              ZUB_EWRITE);
    CHECK_INT(zub_render_duplicates(found, false, ZUB_FORMAT_HTML, false, full,
                                    &error),
              ZUB_EINVAL);
    zub_duplicates_free(found);
}

/* ---- Refusals ---- */

static void check_refusal(const zub_duplicates_options *options,
                          zub_status want)
{
    char path[80];
    const char *paths[] = {path};
    zub_duplicates *out;
    zub_corpus *corpus;
    zub_error error;

    snprintf(path, sizeof path, "%s/lines.jsonl", folder);
    CHECK_INT(zub_corpus_open(&corpus, paths, 1, NULL, NULL), ZUB_OK);
    CHECK_INT(zub_duplicates_find(&out, corpus, 1, NULL, NULL, options, NULL,
                                  &error),
              want);
    CHECK(!out && error.status == want && error.message[0] != '\0');
    zub_corpus_free(corpus);
}

static void options_out_of_range_are_refused(void)
{
    check_refusal(&(zub_duplicates_options){.threshold = .05}, ZUB_EINVAL);
    check_refusal(&(zub_duplicates_options){.threshold = 1.01}, ZUB_EINVAL);
    check_refusal(&(zub_duplicates_options){.threshold = NAN}, ZUB_EINVAL);
    check_refusal(&(zub_duplicates_options){.shingle = 65}, ZUB_EINVAL);
    check_refusal(&(zub_duplicates_options){.memory = 1000}, ZUB_EINVAL);
}

static void a_folder_that_takes_nothing_is_said(void)
{
    check_refusal(&(zub_duplicates_options){.memory = (uint64_t)16 << 20,
                                            .folder = "/nowhere"},
                  ZUB_EWRITE);
    check_refusal(&(zub_duplicates_options){.keep = zub_render_record,
                                            .folder = "/nowhere"},
                  ZUB_EWRITE);
}

int main(void)
{
    if (!mkdtemp(folder))
        return 1;
    RUN(bands_reach_their_recall);
    RUN(keys_of_one_number_are_shared_as_often_as_the_index_says);
    RUN(keys_do_not_depend_on_the_order_of_a_set);
    RUN(a_key_is_shared_as_the_curve_says);
    RUN(the_overlap_is_what_both_have);
    RUN(the_least_overlap_is_the_least);
    RUN(the_least_number_is_the_root);
    RUN(entries_come_in_order_of_keys);
    RUN(many_runs_become_fewer);
    RUN(shingles_are_words_in_a_row);
    RUN(what_folds_to_the_same_is_the_same);
    RUN(a_rolled_hash_is_that_of_its_words);
    RUN(long_texts_are_sorted_whatever_they_say);
    RUN(clusters_stand_in_order_of_ids);
    RUN(pairs_are_listed_once);
    RUN(articles_without_a_word_are_nobodys_duplicates);
    RUN(no_article_has_no_duplicates);
    RUN(an_id_may_stand_twice);
    RUN(the_same_shingles_in_another_order_are_near);
    RUN(links_make_a_chain);
    RUN(neither_order_nor_threads_nor_memory_decide);
    RUN(what_is_found_is_what_comparing_all_finds);
    RUN(many_copies_are_one_cluster);
    RUN(many_that_are_nearly_the_same_are_one_cluster);
    RUN(what_all_have_in_common_is_said_to_be_too_much);
    RUN(what_is_left_is_written_in_order_of_the_input);
    RUN(a_full_sink_is_said);
    RUN(options_out_of_range_are_refused);
    RUN(a_folder_that_takes_nothing_is_said);

    char path[80];
    snprintf(path, sizeof path, "%s/lines.jsonl", folder);
    unlink(path);
    rmdir(folder);
    return DONE();
}
