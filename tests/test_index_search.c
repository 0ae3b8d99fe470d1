/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Ways to search: what each scores by its formula, and what they all have in
 * common. */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include <math.h>

#include "test.h"

#include "index_samples.h"

static zub_models *models;
static zub_index *index_at;
static zub_searcher *searcher;

static const char texts[] =
    "{\"id\": \"a\", \"lang\": \"en\", \"text\": \"Ships carry grain. Ships "
    "carry coal across the sea.\"}\n"
    "{\"id\": \"b\", \"lang\": \"en\", \"text\": \"Grain is grown in fields "
    "and stored in silos.\"}\n"
    "{\"id\": \"c\", \"lang\": \"en\", \"text\": \"Vessels carry coal across "
    "the sea to every harbour.\"}\n"
    "{\"id\": \"d\", \"lang\": \"en\", \"text\": \"Vessels leave the harbour "
    "with coal.\"}\n"
    "{\"id\": \"e\", \"lang\": \"en\", \"text\": \"Nobody answered.\"}\n";

static const char several[] =
    "{\"id\": \"ar\", \"lang\": \"ar\", \"text\": \"كانت القطط تطارد الفئران "
    "في البيت القديم.\"}\n"
    "{\"id\": \"tr\", \"lang\": \"tr\", \"text\": \"İstanbul'da evler "
    "pahalı.\"}\n"
    "{\"id\": \"th\", \"lang\": \"th\", \"text\": "
    "\"กรุงเทพมหานครเป็นเมืองหลวงของประเทศไทย\"}\n"
    "{\"id\": \"zh\", \"lang\": \"zh\", \"text\": \"北京是首都。\"}\n"
    "{\"id\": \"en\", \"lang\": \"en\", \"text\": \"The cats chase mice in "
    "the "
    "old house. The house is old.\"}\n";

static void open_at(const char *name, const char *jsonl, size_t size)
{
    sample_remove(name);
    sample_save("texts.jsonl", jsonl, size);
    CHECK_INT(sample_add(sample_path(name), sample_path("texts.jsonl"), models,
                         NULL, NULL),
              ZUB_OK);
    CHECK_INT(
        zub_index_open(&index_at, sample_path(name), models, false, NULL),
        ZUB_OK);
    CHECK_INT(zub_searcher_new(&searcher, index_at, NULL), ZUB_OK);
}

static void close_all(void)
{
    zub_searcher_free(searcher);
    zub_index_free(index_at);
}

static zub_hits *ask(const char *query, const zub_search_options *options)
{
    zub_hits *hits = NULL;

    CHECK_INT(zub_search(&hits, searcher, (zub_slice){query, strlen(query)},
                         options, NULL),
              ZUB_OK);
    return hits;
}

/* The ids of the hits, each with a space behind it. */
static const char *ids_of(const char *query, const zub_search_options *options)
{
    static char ids[200];
    zub_hits *hits = ask(query, options);
    size_t size = 0;

    ids[0] = '\0';
    for (size_t i = 0; i < hits->count; i++)
        size += (size_t)snprintf(ids + size, sizeof ids - size, "%.*s ",
                                 (int)hits->items[i].id.size,
                                 hits->items[i].id.data);
    zub_hits_free(hits);
    return ids;
}

/* 36 words; "ship" is 2 of the 9 of a, "coal" 1 of them and 3 of all. */
static void a_likelihood_is_what_its_formula_says(void)
{
    zub_search_options options = {.measure = ZUB_SEARCH_LIKELIHOOD,
                                  .mu = 10,
                                  .without_grams = true,
                                  .with_reasons = true};

    open_at("a", texts, sizeof texts - 1);
    zub_hits *hits = ask("ships coal", &options);
    CHECK_INT(hits->count, 3);
    const zub_hit *hit = &hits->items[0];
    CHECK_STR(hit->id.data, "a");
    double all = 9 + 9 + 9 + 6 + 2;
    double ship = log(1 + 2 / (10 * 2 / all));
    double coal = log(1 + 1 / (10 * 3 / all));
    double length = 2 * log(10.0 / 19);
    CHECK(fabs(hit->words - (ship + coal + length)) < 1e-12);
    CHECK(fabs(hit->length - length) < 1e-12);
    CHECK(fabs(hit->reasons[0].score - ship) < 1e-12);
    CHECK(fabs(hit->reasons[1].score - coal) < 1e-12);
    /* The shorter of two that have it once stands first. */
    CHECK_STR(hits->items[1].id.data, "d");
    CHECK_STR(hits->items[2].id.data, "c");
    zub_hits_free(hits);
    close_all();
}

static void a_mu_is_a_number(void)
{
    zub_hits *hits;
    zub_error error;
    const double bad[] = {-1, NAN, INFINITY};

    open_at("a", texts, sizeof texts - 1);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        zub_search_options options = {.mu = bad[i]};
        CHECK_INT(zub_search(&hits, searcher, (zub_slice){"coal", 4}, &options,
                             &error),
                  ZUB_EINVAL);
        CHECK(hits == NULL && error.message[0] != '\0');
    }
    zub_search_options options = {.measure = (zub_search_measure)7};
    CHECK_INT(
        zub_search(&hits, searcher, (zub_slice){"coal", 4}, &options, &error),
        ZUB_EINVAL);
    close_all();
}

static void expansion_finds_what_was_not_asked_for(void)
{
    zub_search_options options = {.expand = true, .with_reasons = true};
    size_t added = 0;

    open_at("a", texts, sizeof texts - 1);
    CHECK_STR(ids_of("ships", NULL), "a ");
    zub_hits *hits = ask("ships", &options);
    CHECK(hits->count > 1);
    for (size_t i = 0; i < hits->count; i++)
        for (size_t r = 0; r < hits->items[i].reason_count; r++)
            added += hits->items[i].reasons[r].is_added;
    CHECK(added > 0);
    zub_hits_free(hits);
    /* Nothing to expand by. */
    CHECK_STR(ids_of("zebra", &options), "");
    CHECK_STR(ids_of("", &options), "");
    close_all();
}

static void reduced_passages_are_found_without_their_words(void)
{
    zub_search_options options = {.with_reasons = true};

    open_at("a", texts, sizeof texts - 1);
    CHECK_STR(ids_of("ships", NULL), "a ");
    CHECK_INT(zub_searcher_reduce(searcher, 0, 1, NULL), ZUB_EINVAL);
    zub_status status = zub_searcher_reduce(searcher, 2, 1, NULL);
    if (status == ZUB_ENOTFOUND) { /* no OpenBLAS */
        close_all();
        return;
    }
    CHECK_INT(status, ZUB_OK);
    zub_hits *hits = ask("ships", &options);
    CHECK_STR(hits->items[0].id.data, "a");
    CHECK(hits->items[0].latent > 0.5 && hits->items[0].latent < 1.0001);
    CHECK(hits->count > 1);
    for (size_t i = 1; i < hits->count; i++)
        CHECK(hits->items[i].reason_count == 0 && hits->items[i].words == 0);
    zub_hits_free(hits);
    /* Conditions hold for them, too. */
    CHECK_STR(ids_of("+ships", NULL), "a ");
    CHECK_STR(ids_of("ships -coal -grain", NULL), "");
    CHECK_STR(ids_of("zebra", NULL), "");
    close_all();
}

/* ---- What all have in common ---- */

static const zub_search_options ways[] = {
    {.with_reasons = true},
    {.by_article = true},
    {.without_grams = true},
    {.measure = ZUB_SEARCH_LIKELIHOOD},
    {.measure = ZUB_SEARCH_LIKELIHOOD, .by_article = true, .expand = true},
    {.expand = true},
    {.expand = true, .without_grams = true, .is_plain = true},
    {.most_alike = 0.9, .expand = true},
};
#define WAYS (sizeof ways / sizeof *ways)

/* What the terms score, and the length, is what the words do. */
static void check_sums(const zub_hits *hits)
{
    for (size_t i = 0; i < hits->count; i++) {
        const zub_hit *hit = &hits->items[i];
        double sum = hit->length;
        for (size_t r = 0; r < hit->reason_count; r++)
            sum += hit->reasons[r].score;
        CHECK(fabs(sum - hit->words) < 1e-6);
        CHECK(i == 0 || hit->score <= hits->items[i - 1].score);
    }
}

static void ask_every_way(zub_slice query)
{
    for (size_t i = 0; i < WAYS; i++) {
        zub_search_options options = ways[i];
        zub_hits *hits;
        options.with_reasons = options.with_snippets = true;
        CHECK_INT(zub_search(&hits, searcher, query, &options, NULL), ZUB_OK);
        check_sums(hits);
        zub_hits_free(hits);
        CHECK_INT(zub_related(&hits, searcher, query, &options, NULL), ZUB_OK);
        check_sums(hits);
        zub_hits_free(hits);
    }
}

static void ask_all_questions(void)
{
    static const char *const questions[] = {
        "",
        " ",
        "coal",
        "ships carry coal",
        "the of and in",
        "\xFF\xFE coal \xC3",
        "+",
        "+coal -grain",
        "\"across the sea\"",
        "title:coal",
        "قط البيت",
        "İstanbul’da ev",
        "Istanbul",
        "เมืองหลวง",
        "北京 首都",
        "mice -\"old house\"",
    };

    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++)
        ask_every_way((zub_slice){questions[i], strlen(questions[i])});
    ask_every_way((zub_slice){"coal\0 mice\0", 11});
    ask_every_way((zub_slice){0});
}

static void every_score_is_the_sum_of_its_reasons(void)
{
    open_at("a", texts, sizeof texts - 1);
    ask_all_questions();
    if (zub_searcher_reduce(searcher, 3, 1, NULL) == ZUB_OK)
        ask_all_questions();
    close_all();
    open_at("s", several, sizeof several - 1);
    ask_all_questions();
    if (zub_searcher_reduce(searcher, 100, 1, NULL) == ZUB_OK)
        ask_all_questions();
    close_all();
}

static void a_question_of_a_megabyte_is_answered(void)
{
    static char large[1 << 20];

    for (size_t i = 0; i < sizeof large; i++)
        large[i] = "coal ship\xD9\0 \"+-the "[(i * 7 + i / 11) % 19];
    open_at("s", several, sizeof several - 1);
    ask_every_way((zub_slice){large, sizeof large});
    close_all();
}

/* A name is found however its language writes it. */
static void a_word_counts_as_it_stands_there(void)
{
    zub_search_options options = {.with_reasons = true};

    open_at("s", several, sizeof several - 1);
    CHECK_STR(ids_of("İstanbul", NULL), "tr ");
    zub_hits *hits = ask("Istanbul", &options);
    CHECK_INT(hits->count, 1);
    CHECK(hits->count == 1 && hits->items[0].words > 0);
    zub_hits_free(hits);
    CHECK_STR(ids_of("قطط", NULL), "ar ");
    CHECK_STR(ids_of("houses", NULL), "en ");
    close_all();
}

/* An index without a passage. */
static void nothing_is_found_in_nothing(void)
{
    static const char nothing[] = "{\"id\": \"none\", \"text\": \"...\"}\n";

    open_at("n", nothing, sizeof nothing - 1);
    ask_every_way((zub_slice){"coal", 4});
    zub_status status = zub_searcher_reduce(searcher, 3, 1, NULL);
    CHECK(status == ZUB_OK || status == ZUB_ENOTFOUND);
    ask_every_way((zub_slice){"coal", 4});
    close_all();
}

int main(void)
{
    CHECK(mkdtemp(sample_scratch));
    models = sample_models();
    RUN(a_likelihood_is_what_its_formula_says);
    RUN(a_mu_is_a_number);
    RUN(expansion_finds_what_was_not_asked_for);
    RUN(reduced_passages_are_found_without_their_words);
    RUN(every_score_is_the_sum_of_its_reasons);
    RUN(a_word_counts_as_it_stands_there);
    RUN(a_question_of_a_megabyte_is_answered);
    RUN(nothing_is_found_in_nothing);
    zub_models_free(models);
    sample_finish();
    return DONE();
}
