/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_summary.c - key sentences: what must hold for any article and budget. */
#include <stdlib.h>
#include <string.h>

#include "zubda.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/random.h"
#include "base/utf8.h"
#include "summary/profile.h"
#include "summary/repeats.h"
#include "test.h"
#include "vectors/cosine.h"
#include "vectors/tfidf.h"

static zub_models *models;
static zub_analyzer *analyzer;

static const char article[] =
    "Bees find their way by the sun. They tell each other where flowers "
    "stand by dancing.\n\n"
    "A bee that has found flowers returns to the hive. Its dance shows the "
    "direction of the flowers and how far they are. Other bees follow the "
    "dance and then fly out.\n\n"
    "Rain stops the flights. On cold days the bees stay at home and keep the "
    "hive warm.";

static zub_summary *summarize(const char *text, size_t size,
                              const zub_summary_options *options)
{
    zub_record record = {.id = {"a", 1}, .text = {text, size}};
    bool is_ascii = (unsigned char)text[0] < 0x80;
    zub_summary *summary = NULL;
    zub_error error;

    if (is_ascii)
        record.lang = (zub_slice){"en", 2};
    if (zub_summarize(&summary, analyzer, &record, options, &error) != ZUB_OK)
        printf("# %s\n", error.message);
    CHECK(summary != NULL);
    return summary;
}

static zub_summary *gist_of(const char *text, zub_summary_options options)
{
    return summarize(text, strlen(text), &options);
}

static void three_sentences_unless_asked_otherwise(void)
{
    zub_summary *summary = summarize(article, strlen(article), NULL);

    CHECK_INT(summary->sentence_count, 3);
    CHECK_INT(summary->got.sentences, 3);
    CHECK_STR(summary->sentences[0].text.data,
              "Bees find their way by the sun.");
    zub_summary_free(summary);
}

static void every_method_gives_reasons_that_sum_to_the_score(void)
{
    for (size_t m = 0; zub_method_name(m); m++) {
        zub_summary *summary = gist_of(
            article, (zub_summary_options){.method = zub_method_name(m),
                                           .budget = {.sentences = 5}});
        for (size_t s = 0; s < summary->sentence_count; s++) {
            const zub_key_sentence *sentence = &summary->sentences[s];
            double sum = 0;
            for (size_t r = 0; r < sentence->reason_count; r++)
                sum += sentence->reasons[r].value;
            CHECK(sentence->reason_count > 0);
            CHECK_NEAR(sum, sentence->score, 1e-9);
        }
        CHECK(zub_method_about(m) != NULL);
        zub_summary_free(summary);
    }
    CHECK(zub_method_about(99) == NULL);
}

static void lead_takes_the_first_sentences(void)
{
    zub_summary *summary =
        gist_of(article, (zub_summary_options){.method = "lead",
                                               .budget = {.sentences = 4}});

    CHECK_INT(summary->sentence_count, 4);
    for (uint32_t s = 0; s < 4; s++) {
        CHECK_INT(summary->sentences[s].index, s);
        CHECK_INT(summary->sentences[s].rank, s + 1);
    }
    zub_summary_free(summary);
}

static void without_position_the_first_sentence_is_nothing_special(void)
{
    zub_summary *summary =
        gist_of(article, (zub_summary_options){.no_position = true});

    for (size_t s = 0; s < summary->sentence_count; s++)
        for (size_t r = 0; r < summary->sentences[s].reason_count; r++)
            if (strcmp(summary->sentences[s].reasons[r].name, "position") == 0)
                CHECK_NEAR(summary->sentences[s].reasons[r].value, 0, 0);
    zub_summary_free(summary);
}

static double reason_of(const zub_key_sentence *sentence, const char *name)
{
    for (size_t r = 0; r < sentence->reason_count; r++)
        if (strcmp(sentence->reasons[r].name, name) == 0)
            return sentence->reasons[r].value;
    return -1;
}

static void a_title_draws_sentences_like_it(void)
{
    zub_slice title = {"Cold days in the hive", 21};
    zub_summary *with = gist_of(
        article,
        (zub_summary_options){.title = &title,
                              .budget = {.sentences = 9},
                              .profile = "tests/fixtures/summary/title.txt"});
    size_t last = with->sentence_count - 1;

    CHECK_STR(with->title.data, "Cold days in the hive");
    CHECK_INT(last, 6);
    CHECK(reason_of(&with->sentences[last], "title") > 0);
    for (size_t s = 0; s < last; s++)
        CHECK(reason_of(&with->sentences[s], "title") <
              reason_of(&with->sentences[last], "title"));
    zub_summary_free(with);
}

static void a_title_without_a_shared_term_is_not_used(void)
{
    zub_slice title = {"Quarterly results", 17};
    zub_summary *with =
        gist_of(article, (zub_summary_options){.title = &title});
    zub_summary *without = gist_of(article, (zub_summary_options){0});

    for (size_t s = 0; s < with->sentence_count; s++)
        CHECK_NEAR(with->sentences[s].score, without->sentences[s].score, 0);
    zub_summary_free(with);
    zub_summary_free(without);
}

static void a_repeated_sentence_is_chosen_once(void)
{
    char text[4096] = "";
    for (int i = 0; i < 20; i++)
        strcat(text, "The same sentence stands here again. ");
    zub_summary *summary = gist_of(text, (zub_summary_options){0});

    CHECK_INT(summary->sentence_count, 1);
    CHECK_INT(summary->stats.sentences, 20);
    zub_summary_free(summary);
}

static void text_without_a_word_has_no_key_sentence(void)
{
    static const char *const empty[] = {"", " \n\t ", "... !!! ؟", "\xFF\xFE",
                                        "\n\n\n"};

    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        zub_summary *summary = gist_of(empty[i], (zub_summary_options){0});
        CHECK_INT(summary->sentence_count, 0);
        CHECK_INT(summary->keyword_count, 0);
        CHECK_INT(summary->gist.size, 0);
        zub_summary_free(summary);
    }
}

static void one_word_is_a_summary(void)
{
    zub_summary *summary = gist_of("زبدة", (zub_summary_options){0});

    CHECK_INT(summary->sentence_count, 1);
    CHECK_STR(summary->sentences[0].text.data, "زبدة");
    zub_summary_free(summary);
}

static void a_cap_below_the_shortest_sentence_cuts_between_words(void)
{
    zub_summary *summary =
        gist_of(article, (zub_summary_options){.budget = {.words = 3}});

    CHECK_INT(summary->sentence_count, 1);
    CHECK(summary->sentences[0].is_truncated);
    CHECK_STR(summary->sentences[0].text.data, "Bees find their");
    zub_summary_free(summary);
}

static void a_cap_below_the_first_word_cuts_it(void)
{
    zub_summary *summary =
        gist_of("كتاب", (zub_summary_options){.budget = {.bytes = 5}});

    CHECK_STR(summary->sentences[0].text.data, "كت");
    CHECK_INT(summary->got.bytes, 4);
    zub_summary_free(summary);
    summary = gist_of("كتاب", (zub_summary_options){.budget = {.bytes = 1}});
    CHECK_INT(summary->sentence_count, 0);
    zub_summary_free(summary);
}

static void nearest_always_takes_the_first(void)
{
    zub_summary *summary = gist_of(
        article,
        (zub_summary_options){.budget = {.words = 1, .fit = ZUB_FIT_NEAREST}});

    CHECK_INT(summary->sentence_count, 1);
    CHECK(!summary->sentences[0].is_truncated);
    zub_summary_free(summary);
}

/* Length of what is shown, joined by newlines, counted anew. */
static zub_length count_again(const zub_summary *summary)
{
    zub_length got = {.sentences = summary->sentence_count};

    for (size_t s = 0; s < summary->sentence_count; s++) {
        zub_slice text = summary->sentences[s].text;
        got.words += summary->sentences[s].words;
        got.chars += zub_utf8_count(text, NULL) + (s > 0);
        got.bytes += text.size + (s > 0);
    }
    return got;
}

static void check_caps(const zub_summary *summary, const zub_budget *caps)
{
    zub_length again = count_again(summary);

    CHECK_INT(summary->got.sentences, again.sentences);
    CHECK_INT(summary->got.words, again.words);
    CHECK_INT(summary->got.chars, again.chars);
    CHECK_INT(summary->got.bytes, again.bytes);
    CHECK(!caps->sentences || again.sentences <= caps->sentences);
    CHECK(!caps->words || again.words <= caps->words);
    CHECK(!caps->chars || again.chars <= caps->chars);
    CHECK(!caps->bytes || again.bytes <= caps->bytes);
}

/* Spans are where the text came from, in order, ranks a permutation. */
static void check_sentences(const zub_summary *summary, zub_slice text)
{
    size_t ranks = 0;

    for (size_t s = 0; s < summary->sentence_count; s++) {
        const zub_key_sentence *sentence = &summary->sentences[s];
        zub_buffer shown;
        zub_buffer_init(&shown, ZUB_BUFFER_UNLIMITED);
        zub_utf8_repair(
            &shown, (zub_slice){text.data + sentence->span.start,
                                sentence->span.end - sentence->span.start});
        CHECK_STR(sentence->text.data, shown.data ? shown.data : "");
        CHECK(s == 0 || sentence[-1].span.end <= sentence->span.start);
        zub_slice before = {text.data, sentence->span.start};
        CHECK_INT(sentence->span.cp_start, zub_utf8_count(before, NULL));
        ranks += sentence->rank;
        zub_buffer_release(&shown);
    }
    CHECK_INT(ranks,
              summary->sentence_count * (summary->sentence_count + 1) / 2);
}

static size_t random_cap(uint64_t *counter, size_t most)
{
    return zub_random_at(11, (*counter)++) % 3 == 0
               ? 1 + (size_t)(zub_random_at(11, (*counter)++) % most)
               : 0;
}

static void caps_hold_on_random_texts_and_budgets(void)
{
    static const char *const pieces[] = {
        "water ", "rivers ", "مياه ", "النهر ", "в городе ", "水",
        "été ",   "\xC3",    "\xFF ", ". ",     "؟ ",        "! ",
        "\n\n",   ", ",      "dam ",  "1998 "};
    uint64_t counter = 0;

    for (int round = 0; round < 600; round++) {
        char text[4096] = "";
        for (int i = 0; i < 150; i++)
            strcat(text, pieces[zub_random_at(5, counter++) % 16]);
        zub_summary_options options = {
            .budget = {.sentences = random_cap(&counter, 6),
                       .words = random_cap(&counter, 60),
                       .chars = random_cap(&counter, 300),
                       .bytes = random_cap(&counter, 400)}};
        zub_summary *summary = summarize(text, strlen(text), &options);
        check_caps(summary, &options.budget);
        check_sentences(summary, (zub_slice){text, strlen(text)});
        zub_summary_free(summary);
    }
}

static void the_seed_article_has_a_gist(void)
{
    zub_file file;
    CHECK_INT(zub_file_open(&file, "seeds/000_0538e4b75fc099ea.txt", NULL),
              ZUB_OK);
    zub_summary_options options = {.budget = {.words = 100}};
    zub_summary *summary =
        summarize(file.bytes.data, file.bytes.size, &options);

    CHECK_STR(summary->lang, "ar");
    CHECK(summary->sentence_count >= 2 && summary->sentence_count <= 4);
    CHECK(summary->got.words <= 100);
    CHECK(summary->keyword_count >= 5);
    for (size_t s = 0; s < summary->sentence_count; s++)
        CHECK(!summary->sentences[s].is_heading);
    check_sentences(summary, file.bytes);
    zub_summary_free(summary);
    zub_file_close(&file);
}

static void a_mark_of_a_footnote_is_no_key_sentence(void)
{
    zub_summary *summary =
        gist_of("[5]\n\nBees dance. Flowers bloom.\n\n(12) 1998\n\nBees fly.",
                (zub_summary_options){.budget = {.sentences = 9}});

    CHECK_INT(summary->sentence_count, 3);
    zub_summary_free(summary);
    summary = gist_of("1998", (zub_summary_options){0});
    CHECK_INT(summary->sentence_count, 1);
    zub_summary_free(summary);
}

static void the_gist_is_a_short_key_sentence(void)
{
    zub_summary *summary =
        gist_of(article, (zub_summary_options){.method = "centroid",
                                               .budget = {.sentences = 1}});

    CHECK_STR(summary->gist.data, summary->sentences[0].text.data);
    zub_summary_free(summary);
}

static void keywords_are_shown_without_proclitics(void)
{
    zub_summary *summary =
        gist_of("زار الوزير السوق. وتحدث الوزير عن بالسلام وبالسلام والسلام. "
                "وقال وزير آخر كلاما.",
                (zub_summary_options){0});
    bool has_peace = false;

    for (size_t k = 0; k < summary->keyword_count; k++) {
        CHECK(strcmp(summary->keywords[k].term.data, "بالسلام") != 0);
        CHECK(strcmp(summary->keywords[k].term.data, "زير") != 0);
        has_peace |= strcmp(summary->keywords[k].term.data, "السلام") == 0;
    }
    CHECK(has_peace);
    zub_summary_free(summary);
}

static void keywords_are_forms_of_the_text(void)
{
    zub_summary *summary = gist_of(article, (zub_summary_options){0});

    CHECK(summary->keyword_count > 0);
    for (size_t k = 0; k < summary->keyword_count; k++) {
        const zub_keyword *keyword = &summary->keywords[k];
        CHECK(strstr(article, keyword->term.data) != NULL);
        CHECK(keyword->count > 0);
        CHECK(k == 0 || keyword[-1].score >= keyword->score);
        CHECK(strcmp(keyword->term.data, "the") != 0);
    }
    zub_summary_free(summary);
}

static void phrases_are_whole_words_side_by_side(void)
{
    zub_summary *summary =
        gist_of("Climate change is here. Climate change warms seas. "
                "Nobody stops climate change. A change of climate.",
                (zub_summary_options){0});

    CHECK(summary->phrase_count == 1);
    CHECK_STR(summary->phrases[0].data, "Climate change");
    zub_summary_free(summary);
}

static void a_fit_that_does_not_exist_is_refused(void)
{
    zub_record record = {.text = {"One. Two.", 9}};
    zub_summary_options options = {.budget.fit = (zub_fit)2};
    zub_summary *summary;
    zub_error error;

    CHECK_INT(zub_summarize(&summary, analyzer, &record, &options, &error),
              ZUB_EINVAL);
    CHECK(strstr(error.message, "no fit 2") && !summary);
}

/* A body may begin where a character does, and where a stray byte does. */
static void a_body_begins_between_characters(void)
{
    static const char text[] = "A\0\xC3\xA9\xE2\x82\xAC"
                               "\xF0\x9F\x98\x80\x80.";
    static const char may_begin[] = "11101001000111000";
    zub_record record = {.text = {text, sizeof text - 1}};
    zub_document *document;

    for (; may_begin[record.body] != '\0'; record.body++) {
        bool may = may_begin[record.body] == '1';
        zub_error error;
        zub_status status =
            zub_document_new(&document, analyzer, &record, &error);
        CHECK_INT(status, may ? ZUB_OK : ZUB_EINVAL);
        CHECK(may || strstr(error.message, "body begins"));
        CHECK(may == (document != NULL));
        zub_document_free(document);
    }
    record.body = SIZE_MAX;
    CHECK_INT(zub_document_new(&document, analyzer, &record, NULL),
              ZUB_EINVAL);
}

static void a_wrong_method_or_ratio_is_refused(void)
{
    zub_record record = {.text = {"A word.", 7}};
    zub_summary_options options = {.method = "magic"};
    zub_summary *summary = (zub_summary *)&record;
    zub_error error;

    CHECK_INT(zub_summarize(&summary, analyzer, &record, &options, &error),
              ZUB_EINVAL);
    CHECK(summary == NULL);
    CHECK(strstr(error.message, "magic") != NULL);
    options = (zub_summary_options){.budget = {.ratio = 1.5}};
    CHECK_INT(zub_summarize(&summary, analyzer, &record, &options, &error),
              ZUB_EINVAL);
    options = (zub_summary_options){.profile = "nothing-of-that-name"};
    CHECK_INT(zub_summarize(&summary, analyzer, &record, &options, &error),
              ZUB_ENOTFOUND);
}

static zub_status parse(zub_profile *profile, const char *text)
{
    return zub_profile_parse(profile, (zub_slice){text, strlen(text)}, "p",
                             NULL);
}

static void profiles_are_read_line_by_line(void)
{
    zub_profile profile;

    CHECK_INT(parse(&profile, "# news\nfirst 0.25\r\n\ntitle  -1.5 # x"),
              ZUB_OK);
    CHECK_NEAR(profile.weights[ZUB_FEATURE_FIRST], 0.25, 1e-12);
    CHECK_NEAR(profile.weights[ZUB_FEATURE_TITLE], -1.5, 1e-12);
    CHECK_NEAR(profile.weights[ZUB_FEATURE_CENTROID], 0, 0);
    CHECK_INT(parse(&profile, "frist 1"), ZUB_EFORMAT);
    CHECK_INT(parse(&profile, "first one"), ZUB_EFORMAT);
    CHECK_INT(parse(&profile, "first 1.2.3"), ZUB_EFORMAT);
    CHECK_INT(parse(&profile, "first 1 2"), ZUB_EFORMAT);
    CHECK_INT(parse(&profile, "first"), ZUB_EFORMAT);
    CHECK_INT(parse(&profile, ""), ZUB_EFORMAT);
    CHECK_INT(parse(&profile, "# nothing\nfirst 0\n"), ZUB_EFORMAT);
}

/* A byte wrong anywhere: an error that names the file, or other weights, but
 * nothing beyond the file is read. */
static void a_damaged_profile_is_refused_or_read_as_it_is(void)
{
    static const char good[] = "# news\nfirst 0.25\nlong -0.1\n";
    int refused = 0;

    for (size_t i = 0; i + 1 < sizeof good; i++)
        for (int flip = 1; flip < 256; flip++) {
            char *damaged = malloc(sizeof good - 1);
            zub_profile profile;
            memcpy(damaged, good, sizeof good - 1);
            damaged[i] = (char)(damaged[i] ^ flip);
            zub_slice file = {damaged, sizeof good - 1};
            zub_error error;
            if (zub_profile_parse(&profile, file, "p.txt", &error) != ZUB_OK) {
                CHECK(strstr(error.message, "p.txt") != NULL);
                refused++;
            }
            free(damaged);
        }
    CHECK(refused > 3000);
}

static void a_profile_of_the_language_goes_before_the_common_one(void)
{
    zub_profile arabic, english, without;
    zub_arena arena;

    zub_arena_init(&arena);
    CHECK_INT(zub_profile_open(&arabic, models, NULL, "ar", &arena, NULL),
              ZUB_OK);
    CHECK_STR(arabic.name, "news");
    CHECK_STR(arabic.file, "profiles/news-ar.txt");
    CHECK_INT(zub_profile_open(&english, models, "auto", "en", &arena, NULL),
              ZUB_OK);
    CHECK_STR(english.file, "profiles/news.txt");
    CHECK_INT(zub_profile_open(&without, NULL, NULL, "ar", &arena, NULL),
              ZUB_OK);
    CHECK_STR(without.name, "built-in");
    CHECK_INT(zub_profile_open(&without, NULL, "news", "ar", &arena, NULL),
              ZUB_ENOTFOUND);
    zub_arena_release(&arena);
}

/* The prefix filter finds exactly what comparing with all finds. */
static void repeats_are_found_as_by_comparing_all(void)
{
    enum { ROWS = 120, COLUMNS = 40 };
    zub_csr_builder builder;
    zub_csr matrix;
    float idf[COLUMNS];
    uint64_t counter = 0;
    int found = 0;

    zub_csr_builder_init(&builder, COLUMNS);
    for (int r = 0; r < ROWS; r++) {
        uint64_t like = zub_random_at(3, counter++) % 12;
        for (uint64_t i = 0; i < 8; i++)
            zub_csr_builder_add(&builder, (int32_t)((like * 3 + i) % COLUMNS),
                                1);
        zub_csr_builder_add(
            &builder, (int32_t)(zub_random_at(3, counter++) % COLUMNS), 1);
        zub_csr_builder_end_row(&builder);
    }
    CHECK_INT(zub_csr_builder_finish(&builder, &matrix), ZUB_OK);
    zub_row_idf(idf, &matrix);
    zub_weigh_rows(&matrix, idf);

    zub_repeats *repeats;
    CHECK_INT(zub_repeats_new(&repeats, &matrix), ZUB_OK);
    for (int32_t r = 0; r < ROWS; r++) {
        bool is_repeat = false;
        for (int32_t q = 0; q < r; q++)
            is_repeat |= zub_row_dot_row(&matrix, r, q) >= 0.9;
        CHECK_INT(zub_repeats_has(repeats, r), is_repeat);
        found += is_repeat;
        CHECK_INT(zub_repeats_add(repeats, r), ZUB_OK);
    }
    CHECK(found > 10 && found < ROWS - 10);
    zub_repeats_free(repeats);
    zub_csr_release(&matrix);
}

static void weighted_rows_have_length_one(void)
{
    zub_record record = {.text = {article, strlen(article)}};
    zub_document *document;
    zub_csr matrix;

    CHECK_INT(zub_document_new(&document, analyzer, &record, NULL), ZUB_OK);
    CHECK_INT(zub_count_sentences(&matrix, document), ZUB_OK);
    CHECK_INT(matrix.rows, (long long)document->sentence_count);
    float *idf = calloc((size_t)matrix.columns, sizeof *idf);
    zub_row_idf(idf, &matrix);
    zub_weigh_rows(&matrix, idf);
    for (int32_t r = 0; r < matrix.rows; r++)
        CHECK_NEAR(zub_row_dot_row(&matrix, r, r), 1, 1e-6);
    CHECK_NEAR(zub_row_dot_row(&matrix, 0, 2), zub_row_dot_row(&matrix, 2, 0),
               0);
    free(idf);
    zub_csr_release(&matrix);
    zub_document_free(document);
}

int main(void)
{
    zub_models_open(&models, "models", NULL);
    zub_analyzer_new(&analyzer, models, NULL, NULL);
    RUN(three_sentences_unless_asked_otherwise);
    RUN(every_method_gives_reasons_that_sum_to_the_score);
    RUN(lead_takes_the_first_sentences);
    RUN(without_position_the_first_sentence_is_nothing_special);
    RUN(a_title_draws_sentences_like_it);
    RUN(a_title_without_a_shared_term_is_not_used);
    RUN(a_repeated_sentence_is_chosen_once);
    RUN(text_without_a_word_has_no_key_sentence);
    RUN(one_word_is_a_summary);
    RUN(a_cap_below_the_shortest_sentence_cuts_between_words);
    RUN(a_cap_below_the_first_word_cuts_it);
    RUN(nearest_always_takes_the_first);
    RUN(caps_hold_on_random_texts_and_budgets);
    RUN(the_seed_article_has_a_gist);
    RUN(a_mark_of_a_footnote_is_no_key_sentence);
    RUN(the_gist_is_a_short_key_sentence);
    RUN(keywords_are_shown_without_proclitics);
    RUN(keywords_are_forms_of_the_text);
    RUN(phrases_are_whole_words_side_by_side);
    RUN(a_wrong_method_or_ratio_is_refused);
    RUN(a_fit_that_does_not_exist_is_refused);
    RUN(a_body_begins_between_characters);
    RUN(profiles_are_read_line_by_line);
    RUN(a_damaged_profile_is_refused_or_read_as_it_is);
    RUN(a_profile_of_the_language_goes_before_the_common_one);
    RUN(repeats_are_found_as_by_comparing_all);
    RUN(weighted_rows_have_length_one);
    zub_analyzer_free(analyzer);
    zub_models_free(models);
    return DONE();
}
