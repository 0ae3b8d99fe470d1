/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_terms.c - words become terms: folding, stop words, stems, surfaces. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "zubda.h"
#include "base/models.h"
#include "base/random.h"
#include "terms/analyzer.h"
#include "terms/stemmer.h"
#include "terms/stop.h"
#include "test.h"

static zub_models *models;

static zub_document *read_with(const char *text, const char *lang,
                               zub_analyzer_options options)
{
    zub_record record = {.text = {text, strlen(text)}};
    zub_analyzer *analyzer = NULL;
    zub_document *document = NULL;

    options.lang = lang;
    CHECK_INT(zub_analyzer_new(&analyzer, models, &options, NULL), ZUB_OK);
    CHECK_INT(zub_document_new(&document, analyzer, &record, NULL), ZUB_OK);
    zub_analyzer_free(analyzer);
    return document;
}

static zub_document *read_text(const char *text, const char *lang)
{
    return read_with(text, lang, (zub_analyzer_options){0});
}

static const zub_term *find_key(const zub_document *document, const char *key)
{
    for (size_t t = 0; t < document->term_count; t++)
        if (strcmp(document->terms[t].key.data, key) == 0)
            return &document->terms[t];
    return NULL;
}

static void stop_words_are_no_terms(void)
{
    zub_document *document = read_text("The bees and the flowers.", "en");

    CHECK_INT(document->word_count, 5);
    CHECK_INT(document->term_count, 2);
    CHECK(document->word_terms[0] == ZUB_NO_TERM);
    CHECK_INT(document->word_terms[1], 0);
    CHECK_INT(document->word_terms[4], 1);
    zub_document_free(document);
}

static void stop_words_behind_a_conjunction_are_stop_words(void)
{
    zub_document *document = read_text("وفي القاهرة وعلى النيل", "ar");

    CHECK_INT(document->word_count, 4);
    CHECK_INT(document->term_count, 2);
    zub_document_free(document);
}

static void stop_words_can_be_kept(void)
{
    zub_document *document = read_with(
        "the bees", "en", (zub_analyzer_options){.keep_stop_words = true});

    CHECK_INT(document->term_count, 2);
    zub_document_free(document);
}

/* A list is asked through bits that turn most words away: none of its own. */
static void a_stop_list_has_its_words_and_no_others(void)
{
    static const char *const langs[] = {"ar", "en", "fr", "ru", "zh"};
    zub_folder *folder;

    CHECK_INT(zub_folder_new(&folder, NULL), ZUB_OK);
    for (size_t l = 0; l < sizeof langs / sizeof *langs; l++) {
        zub_stop_list list;
        char word[3];
        CHECK_INT(zub_stop_list_open(&list, models, langs[l], folder, NULL),
                  ZUB_OK);
        CHECK(list.words.count > 50 && list.identity != 0);
        for (uint32_t id = 0; id < list.words.count; id++)
            CHECK(zub_stop_list_has(&list, list.words.names[id]));
        for (uint32_t i = 0; i < 27 * 27; i++) {
            snprintf(word, sizeof word, "%c%c", 'a' + (int)(i / 27),
                     i % 27 ? 'a' + (int)(i % 27 - 1) : 0);
            zub_slice slice = {word, strlen(word)};
            CHECK_INT(zub_stop_list_has(&list, slice),
                      zub_map_find(&list.words, slice) != ZUB_MAP_NONE);
        }
        CHECK(!zub_stop_list_has(&list, (zub_slice){"", 0}));
        zub_stop_list_release(&list);
    }
    zub_folder_free(folder);
}

static zub_lexicon *lexicon_of(zub_analyzer **analyzer, const char *lang,
                               bool keep_stop_words)
{
    zub_analyzer_options options = {.lang = lang,
                                    .keep_stop_words = keep_stop_words};
    zub_lexicon *lexicon = NULL;

    CHECK_INT(zub_analyzer_new(analyzer, models, &options, NULL), ZUB_OK);
    CHECK_INT(zub_analyzer_lexicon(*analyzer, &lexicon, lang, NULL), ZUB_OK);
    return lexicon;
}

static bool is_same(zub_slice a, zub_slice b)
{
    return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

/* Against what both lexicons remember of it. */
static void check_key_of(zub_lexicon *keeps, zub_lexicon *drops,
                         zub_slice word)
{
    zub_slice key, again;
    zub_lexeme kept, dropped;
    bool is_stop, is_stop_again;

    CHECK_INT(zub_lexicon_look_up(keeps, word, &kept), ZUB_OK);
    CHECK_INT(zub_lexicon_look_up(drops, word, &dropped), ZUB_OK);
    CHECK_INT(zub_lexicon_key_of(keeps, word, &key, &is_stop), ZUB_OK);
    CHECK_INT(zub_lexicon_key_of(drops, word, &again, &is_stop_again), ZUB_OK);
    CHECK(is_same(key, again) && is_stop == is_stop_again);
    CHECK_INT(kept.key == ZUB_NO_KEY, key.size == 0);
    CHECK_INT(dropped.key == ZUB_NO_KEY, key.size == 0 || is_stop);
    if (kept.key != ZUB_NO_KEY)
        CHECK(is_same(key, zub_lexicon_key(keeps, kept.key)));
    if (dropped.key != ZUB_NO_KEY)
        CHECK(is_same(key, zub_lexicon_key(drops, dropped.key)));
}

static void a_key_needs_no_remembering(void)
{
    static const char *const langs[] = {"ar", "en", "nl", "sw", "tr"};
    static const char *const words[] = {
        "The",  "the",   "bees",      "وفي",          "في",    "الى", "إلى",
        "على",  "مدرسة", "والوزارات", "مسؤول",        "شاطئ",  "het", "tuin",
        "maji", "I",     "\u0640",    "\u064B\u0651", "x\xFF", "١٢٣", "",
        "été",  "ﻛﺘﺎﺏ",  "don't",     "وو",           "ووو",   "و",   "İzmir"};

    for (size_t l = 0; l < sizeof langs / sizeof *langs; l++) {
        zub_analyzer *one, *two;
        zub_lexicon *keeps = lexicon_of(&one, langs[l], true);
        zub_lexicon *drops = lexicon_of(&two, langs[l], false);
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            check_key_of(keeps, drops,
                         (zub_slice){words[w], strlen(words[w])});
        zub_analyzer_free(one);
        zub_analyzer_free(two);
    }
}

/* The stop list's name stands in it, whether or not its words are kept. */
static void files_are_the_fingerprint_and_the_stop_words(void)
{
    static const char *const langs[] = {"ar", "en", "nl", "sw"};

    for (size_t l = 0; l < sizeof langs / sizeof *langs; l++) {
        zub_analyzer *one, *two;
        zub_lexicon *keeps = lexicon_of(&one, langs[l], true);
        zub_lexicon *drops = lexicon_of(&two, langs[l], false);
        const char *files = zub_lexicon_files(keeps);
        size_t size = strlen(zub_lexicon_fingerprint(keeps));
        CHECK_STR(files, zub_lexicon_files(drops));
        CHECK(strncmp(files, zub_lexicon_fingerprint(keeps), size) == 0);
        CHECK_INT(strlen(files), size + strlen(" stop=") + 8);
        CHECK_INT(strcmp(files + size, " stop=00000000") == 0,
                  strcmp(langs[l], "sw") == 0); /* it has neither file */
        zub_analyzer_free(one);
        zub_analyzer_free(two);
    }
}

/* The checksum of a list of one word in a folder of its own. */
static uint32_t identity_of(const char *word)
{
    char folder[] = "/tmp/zubda-stop.XXXXXX", path[64];
    zub_models *own;
    zub_folder *folds;
    zub_stop_list list;

    CHECK(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/en", folder);
    CHECK_INT(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/en/stop.txt", folder);
    FILE *file = fopen(path, "w");
    CHECK(file && fputs(word, file) >= 0 && fclose(file) == 0);
    CHECK_INT(zub_models_open(&own, folder, NULL), ZUB_OK);
    CHECK_INT(zub_folder_new(&folds, NULL), ZUB_OK);
    CHECK_INT(zub_stop_list_open(&list, own, "en", folds, NULL), ZUB_OK);
    uint32_t identity = list.identity;
    zub_stop_list_release(&list);
    zub_folder_free(folds);
    zub_models_free(own);
    remove(path);
    snprintf(path, sizeof path, "%s/en", folder);
    rmdir(path);
    rmdir(folder);
    return identity;
}

static void another_stop_list_is_told_from_this(void)
{
    CHECK(identity_of("the\n") == identity_of("the\n"));
    CHECK(identity_of("the\n") != identity_of("tho\n"));
}

static void forms_of_a_word_share_a_term(void)
{
    zub_document *document =
        read_text("Election elections ELECTION elected.", "en");
    const zub_term *term = find_key(document, "elect");

    CHECK(term != NULL);
    CHECK_INT(term ? term->count : 0, 4);
    CHECK_STR(term ? term->surface.data : "", "Election");
    zub_document_free(document);
}

static void surface_is_the_commonest_form(void)
{
    zub_document *document = read_text("Bees bee bee. Bees bee.", "en");

    CHECK_INT(document->term_count, 1);
    CHECK_STR(document->terms[0].surface.data, "bee");
    CHECK_INT(document->terms[0].count, 5);
    zub_document_free(document);
}

static void without_stemming_forms_stay_apart(void)
{
    zub_document *document = read_with(
        "bee bees Bee", "en", (zub_analyzer_options){.stemmer = "none"});

    CHECK_INT(document->term_count, 2);
    CHECK_INT(document->terms[0].count, 2);
    zub_document_free(document);
}

static void vowelled_and_bare_arabic_meet(void)
{
    zub_document *document = read_text("كِتَابٌ كتاب كتـــاب", "ar");

    CHECK_INT(document->term_count, 1);
    CHECK_INT(document->terms[0].count, 3);
    zub_document_free(document);
}

static void a_language_without_a_stemmer_works(void)
{
    zub_stemmer *stemmer = (zub_stemmer *)&models;
    zub_slice word = {"кітаб", strlen("кітаб")};

    CHECK_INT(zub_stemmer_new(&stemmer, "kk", ZUB_STEMMER_AUTO, NULL), ZUB_OK);
    CHECK(stemmer == NULL);
    CHECK_INT(zub_stem(stemmer, word).size, word.size);
    zub_document *document = read_text("Кітап оқу пайдалы. Кітап көп.", "kk");
    CHECK_INT(document->word_count, 5);
    CHECK_INT(document->term_count, 4);
    zub_document_free(document);
}

static void a_tag_with_a_region_uses_its_language(void)
{
    zub_stemmer *stemmer = NULL;

    CHECK_INT(zub_stemmer_new(&stemmer, "sr-latn", ZUB_STEMMER_AUTO, NULL),
              ZUB_OK);
    CHECK(stemmer != NULL);
    zub_stemmer_free(stemmer);
    CHECK_INT(zub_stemmer_new(&stemmer, "enm", ZUB_STEMMER_AUTO, NULL),
              ZUB_OK);
    CHECK(stemmer == NULL);
}

static void check_language(const char *text, const char *lang)
{
    zub_document *document = read_text(text, NULL);

    CHECK_STR(document->lang, lang);
    zub_document_free(document);
}

static void too_little_to_tell_is_left_to_the_script(void)
{
    check_language("Hello", "und");
    check_language("ok text", "und");
    check_language("12 !", "und");
    check_language("مرحبا", "ar");
    check_language("Where are the bees in winter?", "en");
    check_language("أين تذهب النحلات في الشتاء؟", "ar");
}

static void a_bad_language_is_refused(void)
{
    zub_analyzer_options options = {.lang = "no language at all"};
    zub_analyzer *analyzer = (zub_analyzer *)&models;
    zub_error error;

    CHECK_INT(zub_analyzer_new(&analyzer, models, &options, &error),
              ZUB_EINVAL);
    CHECK(analyzer == NULL);
    CHECK(strstr(error.message, "no language at all") != NULL);
}

/* Counts of the terms and the marks on the words tell the same story. */
static void check_counts(const zub_document *document)
{
    size_t total = 0, marked = 0;

    for (size_t t = 0; t < document->term_count; t++) {
        CHECK(document->terms[t].count > 0);
        CHECK(document->terms[t].key.size > 0);
        CHECK(document->terms[t].surface.size > 0);
        total += document->terms[t].count;
    }
    for (size_t w = 0; w < document->word_count; w++) {
        uint32_t term = document->word_terms[w];
        CHECK(term == ZUB_NO_TERM || term < document->term_count);
        marked += term != ZUB_NO_TERM;
    }
    CHECK_INT(total, marked);
}

static void counts_add_up_on_random_text(void)
{
    static const char *const words[] = {"water",   "Waters",  "the ",   "نهر ",
                                        "والنهر ", "في ",     ". ",     "\n\n",
                                        "город ",  "города ", "水资源", "12 ",
                                        "\xFF",    "قال ",    "été ",   "?"};
    zub_analyzer *analyzer;
    CHECK_INT(zub_analyzer_new(&analyzer, models, NULL, NULL), ZUB_OK);
    uint64_t counter = 0;

    for (int round = 0; round < 200; round++) {
        char text[1024] = "";
        for (int i = 0; i < 60; i++)
            strcat(text, words[zub_random_at(7, counter++) % 16]);
        zub_record record = {.text = {text, strlen(text)}};
        zub_document *document;
        CHECK_INT(zub_document_new(&document, analyzer, &record, NULL),
                  ZUB_OK);
        check_counts(document);
        zub_document_free(document);
    }
    zub_analyzer_free(analyzer);
}

/* One analyzer, many languages: more lexicons than it keeps. */
static void an_analyzer_changes_languages_all_the_time(void)
{
    static const char *const langs[] = {
        "ar", "en", "fr", "de", "es", "ru", "fa", "hi", "tr", "it",
        "pt", "ur", "sv", "da", "nl", "fi", "hu", "el", "kk", "sw"};
    zub_analyzer *analyzer;
    CHECK_INT(zub_analyzer_new(&analyzer, models, NULL, NULL), ZUB_OK);

    for (int round = 0; round < 3; round++)
        for (size_t l = 0; l < sizeof langs / sizeof *langs; l++) {
            zub_record record = {.text = {"bee bee tree", 12},
                                 .lang = {langs[l], 2}};
            zub_document *document;
            CHECK_INT(zub_document_new(&document, analyzer, &record, NULL),
                      ZUB_OK);
            CHECK_STR(document->lang, langs[l]);
            CHECK_INT(document->term_count, 2);
            zub_document_free(document);
        }
    zub_analyzer_free(analyzer);
}

int main(void)
{
    CHECK_INT(zub_models_open(&models, "models", NULL), ZUB_OK);
    RUN(stop_words_are_no_terms);
    RUN(stop_words_behind_a_conjunction_are_stop_words);
    RUN(stop_words_can_be_kept);
    RUN(a_stop_list_has_its_words_and_no_others);
    RUN(a_key_needs_no_remembering);
    RUN(files_are_the_fingerprint_and_the_stop_words);
    RUN(another_stop_list_is_told_from_this);
    RUN(forms_of_a_word_share_a_term);
    RUN(surface_is_the_commonest_form);
    RUN(without_stemming_forms_stay_apart);
    RUN(vowelled_and_bare_arabic_meet);
    RUN(a_language_without_a_stemmer_works);
    RUN(a_tag_with_a_region_uses_its_language);
    RUN(too_little_to_tell_is_left_to_the_script);
    RUN(a_bad_language_is_refused);
    RUN(counts_add_up_on_random_text);
    RUN(an_analyzer_changes_languages_all_the_time);
    zub_models_free(models);
    return DONE();
}
