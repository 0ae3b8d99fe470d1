/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_listing.c - listings of terms and n-grams: rows worked out by hand, and
 * what holds of any articles. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include <stdlib.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/random.h"
#include "test.h"

static char scratch[] = "/tmp/zubda-test.XXXXXX";
static zub_buffer out;

/* Four articles in two groups, one of them empty, one without a group. */
static const char golden[] =
    "{\"id\":\"1\",\"by\":\"x\",\"on\":\"2024-01-05\","
    "\"text\":\"Cat cat dog. Cats.\"}\n"
    "{\"id\":\"2\",\"by\":\"y\",\"on\":\"2024-03\",\"text\":\"dog ran.\"}\n"
    "{\"id\":\"3\",\"by\":\"x\",\"on\":2023,\"text\":\"cat ran\"}\n"
    "{\"id\":\"4\",\"on\":\"1445/03/05\",\"text\":\"\"}\n";

static const char arabic[] =
    "{\"id\":\"1\",\"text\":\"الكتاب جديد. قرأت الكتاب.\"}\n"
    "{\"id\":\"2\",\"text\":\"كتاب جديد\"}\n";

static const char *save(const char *name, const char *text)
{
    static char path[100];
    FILE *file;

    snprintf(path, sizeof path, "%s/%s", scratch, name);
    file = fopen(path, "w");
    CHECK(file && fputs(text, file) >= 0 && fclose(file) == 0);
    return path;
}

static zub_state *count(const char *text, const char *lang,
                        const zub_count_options *options)
{
    const char *path = save("in.jsonl", text);
    zub_analyzer_options words = {.lang = lang, .keep_stop_words = true};
    zub_corpus *corpus;
    zub_state *state = NULL;

    CHECK_INT(zub_corpus_open(&corpus, &path, 1, NULL, NULL), ZUB_OK);
    CHECK_INT(zub_count(&state, corpus, 2, NULL, &words, options, NULL, NULL),
              ZUB_OK);
    zub_corpus_free(corpus);
    return state;
}

/* The rows as TSV. */
static const char *list(const zub_state *state,
                        const zub_listing_options *options)
{
    zub_listing *listing;
    zub_table *table;
    const zub_cell *cells;
    size_t columns;
    uint64_t nulls;
    zub_error error;

    zub_buffer_clear(&out);
    if (zub_listing_new(&listing, state, options, &error) != ZUB_OK) {
        CHECK_STR(error.message, "");
        return "";
    }
    const zub_column *heads = zub_listing_columns(&columns, listing);
    CHECK_INT(zub_table_open(&table, heads, columns, ZUB_FORMAT_TSV, false,
                             zub_buffer_sink(&out), NULL),
              ZUB_OK);
    while (zub_listing_next(&cells, &nulls, listing, &error) == ZUB_OK &&
           cells)
        zub_table_add(table, cells, nulls);
    CHECK_STR(error.message, "");
    zub_table_close(table);
    zub_table_free(table);
    zub_listing_free(listing);
    return zub_buffer_slice(&out).data;
}

/* ---- By hand ---- */

static void terms_stand_by_count_then_by_key(void)
{
    zub_state *state = count(golden, "en", NULL);

    CHECK_STR(list(state, NULL),
              "term\tcount\tper_million\tdf\tdf_share\tidf\trange\n"
              "cat\t4\t500000\t2\t0.5\t1\t2\n"
              "dog\t2\t250000\t2\t0.5\t1\t2\n"
              "ran\t2\t250000\t2\t0.5\t1\t2\n");
    CHECK_STR(list(state, &(zub_listing_options){.with_keys = true,
                                                 .sort = "term",
                                                 .limit = 1}),
              "term\tkey\tcount\tper_million\tdf\tdf_share\tidf\trange\n"
              "cat\tcat\t4\t500000\t2\t0.5\t1\t2\n");
    CHECK_STR(list(state, &(zub_listing_options){.sort = "term",
                                                 .is_reversed = true,
                                                 .limit = 2}),
              "term\tcount\tper_million\tdf\tdf_share\tidf\trange\n"
              "ran\t2\t250000\t2\t0.5\t1\t2\n"
              "dog\t2\t250000\t2\t0.5\t1\t2\n");
    CHECK_STR(list(state, &(zub_listing_options){.min_count = 3,
                                                 .is_reversed = true}),
              "term\tcount\tper_million\tdf\tdf_share\tidf\trange\n"
              "cat\t4\t500000\t2\t0.5\t1\t2\n");
    zub_state_free(state);
}

static void arabic_terms_are_shown_by_their_commonest_form(void)
{
    zub_state *state = count(arabic, "ar", NULL);

    CHECK_STR(list(state, &(zub_listing_options){.with_keys = true}),
              "term\tkey\tcount\tper_million\tdf\tdf_share\tidf\trange\n"
              "الكتاب\tكتاب\t3\t500000\t2\t1\t0\t2\n"
              "جديد\tجديد\t2\t333333\t2\t1\t0\t2\n"
              "قرأت\tقر\t1\t166667\t1\t0.5\t1\t1\n");
    zub_state_free(state);
}

/* Parts of 4, 2 and 2 words; cat 3, 0, 1: p = 3/4, 1/4; s = 1/2, 1/4, 1/4; dp
 * = (1/4 + 1/4 + 0) / 2; dpnorm = dp / (1 - 1/4).
 * ridf of cat: log2(3 / 2) + log2(1 - exp(-4 / 3)). */
static void dispersion_is_over_articles_with_a_word(void)
{
    const char *const names[] = {"dp", "dpnorm", "burstiness", "ridf"};
    zub_count_options rows = {.keep_articles = true, .by_input = true};
    zub_state *state = count(golden, "en", &rows);
    zub_listing_options options = {
        .measures = names, .measure_count = 4, .sort = "dp", .limit = 2};

    CHECK_STR(list(state, &options),
              "term\tcount\tper_million\tdf\tdf_share\tidf\trange\tdp\t"
              "dpnorm\tburstiness\tridf\n"
              "ran\t2\t250000\t2\t0.5\t1\t2\t0.5\t0.666667\t1\t-0.45428\n"
              "cat\t4\t500000\t2\t0.5\t1\t2\t0.25\t0.333333\t2\t0.14353\n");
    zub_state_free(state);
}

static void groups_are_the_values_of_a_field(void)
{
    const char *const names[] = {"dp"};
    zub_count_options rows = {.keep_articles = true, .group_field = "by"};
    zub_state *state = count(golden, "en", &rows);

    CHECK_STR(list(state, &(zub_listing_options){.measures = names,
                                                 .measure_count = 1,
                                                 .is_grouped = true,
                                                 .sort = "range"}),
              "term\tcount\tper_million\tdf\tdf_share\tidf\trange\tdp\n"
              "dog\t2\t250000\t2\t0.5\t1\t2\t0.25\n"
              "ran\t2\t250000\t2\t0.5\t1\t2\t0.25\n"
              "cat\t4\t500000\t2\t0.5\t1\t1\t0.25\n");
    CHECK_STR(list(state, &(zub_listing_options){.rows = ZUB_LISTING_PARTS,
                                                 .is_grouped = true,
                                                 .part = "group",
                                                 .limit = 2}),
              "group\tterm\tcount\tper_million\tdf\n"
              "x\tcat\t4\t666667\t2\n"
              "x\tdog\t1\t166667\t1\n"
              "y\tdog\t1\t500000\t1\n"
              "y\tran\t1\t500000\t1\n");
    zub_state_free(state);
}

static void series_go_by_periods(void)
{
    zub_count_options rows = {
        .keep_articles = true, .group_field = "on", .period = ZUB_PERIOD_YEAR};
    zub_listing_options options = {.rows = ZUB_LISTING_SERIES,
                                   .is_grouped = true,
                                   .part = "period",
                                   .limit = 1};
    zub_state *state = count(golden, "en", &rows);
    zub_listing *listing;

    CHECK_STR(list(state, &options), "period\tterm\tcount\tper_million\tdf\n"
                                     "2023\tcat\t1\t500000\t1\n"
                                     "2024\tcat\t3\t500000\t1\n");
    CHECK_INT(zub_listing_new(&listing, state, &options, NULL), ZUB_OK);
    CHECK_INT(zub_listing_about(listing).nameless, 1);
    CHECK_INT(zub_listing_about(listing).parts, 2);
    zub_listing_free(listing);
    zub_state_free(state);
    rows.period = ZUB_PERIOD_MONTH;
    state = count(golden, "en", &rows);
    CHECK_STR(list(state, &options), "period\tterm\tcount\tper_million\tdf\n"
                                     "\tcat\t1\t500000\t1\n"
                                     "2024-01\tcat\t3\t750000\t1\n");
    zub_state_free(state);
}

static void ngrams_stay_within_a_sentence(void)
{
    zub_count_options pairs = {.low = 1, .high = 2};
    zub_state *state = count(golden, "en", &pairs);
    zub_listing_options options = {.low = 1, .high = 2};

    CHECK_STR(list(state, &options), "ngram\tn\tcount\tper_million\tdf\n"
                                     "cat\t1\t4\t500000\t2\n"
                                     "dog\t1\t2\t250000\t2\n"
                                     "ran\t1\t2\t250000\t2\n"
                                     "cat cat\t2\t1\t125000\t1\n"
                                     "cat dog\t2\t1\t125000\t1\n"
                                     "cat ran\t2\t1\t125000\t1\n"
                                     "dog ran\t2\t1\t125000\t1\n");
    options = (zub_listing_options){.low = 2, .high = 2, .limit = 1};
    CHECK_STR(list(state, &options), "ngram\tn\tcount\tper_million\tdf\n"
                                     "cat cat\t2\t1\t125000\t1\n");
    zub_state_free(state);
}

static void characters_are_counted_as_n(void)
{
    zub_count_options pairs = {.char_low = 2, .char_high = 2};
    zub_state *state = count("{\"text\":\"في في\"}\n", "ar", &pairs);
    zub_listing_options options = {.low = 1, .high = 1};

    CHECK_STR(list(state, &options), "ngram\tn\tcount\tper_million\tdf\n"
                                     " ف\t2\t2\t333333\t1\n"
                                     "في\t2\t2\t333333\t1\n"
                                     "ي \t2\t2\t333333\t1\n");
    zub_state_free(state);
}

/* ---- What is refused ---- */

static void refuses(const zub_state *state, const zub_listing_options *options,
                    const char *says)
{
    zub_listing *listing;
    zub_error error;

    CHECK_INT(zub_listing_new(&listing, state, options, &error), ZUB_EINVAL);
    CHECK(!listing);
    CHECK(strstr(error.message, says) != NULL);
}

static void what_a_state_does_not_have_is_refused(void)
{
    const char *const good[] = {"dp"}, *const bad[] = {"dpp"};
    zub_state *state = count(golden, "en", NULL);
    zub_listing_options options = {.measures = good, .measure_count = 1};
    zub_error error;

    refuses(state, &options, "count again with --rows");
    options = (zub_listing_options){.rows = ZUB_LISTING_SERIES};
    refuses(state, &options, "count again with --rows");
    options = (zub_listing_options){.low = 2, .high = 3};
    refuses(state, &options, "no n-grams of 3 words");
    options = (zub_listing_options){.low = 3, .high = 2};
    refuses(state, &options, "3 to 2");
    options = (zub_listing_options){.sort = "counts"};
    refuses(state, &options, "no column 'counts'");
    CHECK_INT(zub_listing_check(&options, &error), ZUB_EINVAL);
    options = (zub_listing_options){.measures = bad, .measure_count = 1};
    CHECK_INT(zub_listing_check(&options, &error), ZUB_EINVAL);
    CHECK_STR(error.message, "there is no measure 'dpp'");
    options = (zub_listing_options){.rows = (zub_listing_rows)7};
    refuses(state, &options, "no such rows");
    zub_state_free(state);
}

/* ---- Laws ---- */

#define MANY 300

/* Articles of words of few letters, in five groups, dates now and then. */
static char *random_corpus(void)
{
    zub_random random = {11, 0};
    zub_buffer text;

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    for (unsigned i = 0; i < MANY; i++) {
        size_t words = zub_random_below(&random, 40);
        unsigned group = (unsigned)zub_random_below(&random, 5);
        zub_buffer_format(&text, "{\"id\":\"%u\",\"by\":%u,\"text\":\"", i,
                          group);
        for (size_t w = 0; w < words; w++) {
            unsigned n = (unsigned)zub_random_below(&random, 30);
            zub_buffer_format(&text, "w%u%s", n * n, n % 7 == 0 ? ". " : " ");
        }
        zub_buffer_add_string(&text, "\"}\n");
    }
    return text.data;
}

typedef struct sums {
    uint64_t rows, count, df;
} sums;

/* Adds up the columns of these names. */
static sums add_up(const zub_state *state, const zub_listing_options *options)
{
    zub_listing *listing;
    const zub_cell *cells;
    size_t columns, c = 0, d = 0;
    uint64_t nulls;
    sums sum = {0};

    CHECK_INT(zub_listing_new(&listing, state, options, NULL), ZUB_OK);
    const zub_column *heads = zub_listing_columns(&columns, listing);
    for (size_t i = 0; i < columns; i++) {
        c = strcmp(heads[i].name, "count") == 0 ? i : c;
        d = strcmp(heads[i].name, "df") == 0 ? i : d;
    }
    while (zub_listing_next(&cells, &nulls, listing, NULL) == ZUB_OK &&
           cells) {
        sum.rows++;
        sum.count += cells[c].count;
        sum.df += cells[d].count;
    }
    zub_listing_free(listing);
    return sum;
}

static void counts_of_all_terms_are_the_tokens(void)
{
    char *text = random_corpus();
    zub_count_options by_group = {
        .low = 1, .high = 2, .keep_articles = true, .group_field = "by"};
    zub_state *state = count(text, "en", &by_group);
    zub_state_facts facts = zub_state_about(state);
    sums whole = add_up(state, NULL);
    zub_listing_options options = {.is_grouped = true};

    CHECK_INT(whole.count, facts.tokens);
    CHECK_INT(whole.rows, facts.terms);
    for (int rows = ZUB_LISTING_PARTS; rows < ZUB_LISTING_KINDS; rows++) {
        options.rows = (zub_listing_rows)rows;
        sums parts = add_up(state, &options);
        CHECK_INT(parts.count, whole.count);
        CHECK_INT(parts.df, whole.df);
        CHECK(parts.rows > whole.rows && parts.rows <= 5 * whole.rows);
    }
    options = (zub_listing_options){.rows = ZUB_LISTING_PARTS};
    CHECK_INT(add_up(state, &options).rows, whole.df);
    options = (zub_listing_options){.low = 2, .high = 2};
    CHECK_INT(add_up(state, &options).rows, facts.ngrams[2]);
    zub_state_free(state);
    free(text);
}

/* Any column decides, descending or the other way round. */
static void rows_stand_in_the_order_asked_for(void)
{
    const char *const names[] = {"dpnorm", "da", "kl"};
    const char *const sorts[] = {"count", "df", "idf", "range", "da", "kl"};
    char *text = random_corpus();
    zub_count_options rows = {.keep_articles = true};
    zub_state *state = count(text, "en", &rows);

    for (size_t s = 0; s < 12; s++) {
        zub_listing_options options = {.measures = names,
                                       .measure_count = 3,
                                       .sort = sorts[s / 2],
                                       .is_reversed = s % 2};
        zub_listing *listing;
        const zub_cell *cells;
        size_t columns, at = 0;
        uint64_t nulls;
        double last = s % 2 ? -INFINITY : INFINITY;
        CHECK_INT(zub_listing_new(&listing, state, &options, NULL), ZUB_OK);
        const zub_column *heads = zub_listing_columns(&columns, listing);
        while (strcmp(heads[at].name, options.sort) != 0)
            at++;
        while (zub_listing_next(&cells, &nulls, listing, NULL) == ZUB_OK &&
               cells) {
            double value = heads[at].kind == ZUB_CELL_COUNT
                               ? (double)cells[at].count
                               : cells[at].real;
            CHECK(s % 2 ? value >= last : value <= last);
            last = value;
        }
        zub_listing_free(listing);
    }
    zub_state_free(state);
    free(text);
}

/* Four equal articles: every term lies evenly. */
static void what_equal_parts_share_is_even(void)
{
    const char *const names[] = {"dpnorm", "dp", "dkl", "kl"};
    zub_count_options rows = {.keep_articles = true};
    zub_state *state = count("{\"text\":\"one two two\"}\n"
                             "{\"text\":\"one two two\"}\n"
                             "{\"text\":\"two one two\"}\n"
                             "{\"text\":\"two two one\"}\n",
                             "en", &rows);
    zub_listing_options options = {.measures = names, .measure_count = 4};

    CHECK_STR(list(state, &options),
              "term\tcount\tper_million\tdf\tdf_share\tidf\trange\tdpnorm\t"
              "dp\tdkl\tkl\n"
              "two\t8\t666667\t4\t1\t0\t4\t0\t0\t0\t0\n"
              "one\t4\t333333\t4\t1\t0\t4\t0\t0\t0\t0\n");
    zub_state_free(state);
}

/* So little memory that every row of shares is a walk of its own. */
static void a_limit_of_memory_changes_no_byte(void)
{
    const char *const names[] = {"dpnorm", "da"};
    char *text = random_corpus();
    zub_count_options rows = {.keep_articles = true, .group_field = "by"};
    zub_state *state = count(text, "en", &rows);

    for (int kind = 0; kind < ZUB_LISTING_KINDS; kind++) {
        zub_listing_options options = {.rows = (zub_listing_rows)kind,
                                       .is_grouped = true,
                                       .measures = names,
                                       .measure_count = kind ? 0 : 2,
                                       .sort = kind ? "count" : "da"};
        char *want = strdup(list(state, &options));
        options.memory = 1;
        options.folder = scratch;
        CHECK_STR(list(state, &options), want);
        free(want);
    }
    zub_state_free(state);
    free(text);
}

static void empty_states_have_no_rows(void)
{
    const char *const names[] = {"dpnorm"};
    zub_count_options rows = {.keep_articles = true};
    zub_state *state =
        count("{\"text\":\"\"}\n{\"text\":\"...\"}\n", "en", &rows);

    for (int kind = 0; kind < ZUB_LISTING_KINDS; kind++) {
        zub_listing_options options = {.rows = (zub_listing_rows)kind,
                                       .measures = names,
                                       .measure_count = 1,
                                       .sort = kind ? "count" : "dpnorm",
                                       .memory = kind == 1,
                                       .folder = scratch};
        CHECK_INT(add_up(state, &options).rows, 0);
    }
    zub_state_free(state);
}

int main(void)
{
    if (!mkdtemp(scratch))
        return 1;
    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    RUN(terms_stand_by_count_then_by_key);
    RUN(arabic_terms_are_shown_by_their_commonest_form);
    RUN(dispersion_is_over_articles_with_a_word);
    RUN(groups_are_the_values_of_a_field);
    RUN(series_go_by_periods);
    RUN(ngrams_stay_within_a_sentence);
    RUN(characters_are_counted_as_n);
    RUN(what_a_state_does_not_have_is_refused);
    RUN(counts_of_all_terms_are_the_tokens);
    RUN(rows_stand_in_the_order_asked_for);
    RUN(what_equal_parts_share_is_even);
    RUN(a_limit_of_memory_changes_no_byte);
    RUN(empty_states_have_no_rows);
    zub_buffer_release(&out);
    unlink(save("in.jsonl", ""));
    rmdir(scratch);
    return DONE();
}
