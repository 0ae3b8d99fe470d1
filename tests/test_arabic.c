/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_arabic.c - Arabic words become keys: light10, Snowball, light. */
#define _XOPEN_SOURCE 700 /* popen */
#include "test.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/models.h"
#include "base/random.h"
#include "terms/analyzer.h"
#include "terms/light.h"
#include "terms/light10.h"
#include "terms/stemmer.h"

#define SHARED "../shared/data/"
#define ARTICLES 800 /* of arwiki_text, for the conflation */

static zub_models *models;
static zub_frequencies attested; /* models/ar/lexicon.zub */
static zub_light *stemmer_light; /* with it */

static zub_slice slice(const char *text)
{
    return (zub_slice){text, strlen(text)};
}

static bool is_there(const char *path)
{
    FILE *file = fopen(path, "r");

    if (file)
        fclose(file);
    else
        printf("# skipped: %s is not there\n", path);
    return file != NULL;
}

static const char *stem(zub_stemmer *stemmer, const char *word)
{
    static char copy[4096];
    zub_slice key = zub_stem(stemmer, slice(word));

    snprintf(copy, sizeof copy, "%.*s", (int)key.size, key.data);
    return copy;
}

static const char *light(const char *word)
{
    static char copy[ZUB_LIGHT_BYTES + 1];
    zub_slice key = zub_light_stem(stemmer_light, slice(word));

    snprintf(copy, sizeof copy, "%.*s", (int)key.size, key.data);
    return copy;
}

/* Lines of word, tab, stem; returns how many were the stemmer's too. Of a word
 * without a letter libstemmer leaves nothing, and we the word. */
static size_t check_stems(zub_stemmer *stemmer, FILE *file, size_t *lines)
{
    char line[1024];
    size_t same = 0;

    *lines = 0;
    while (file && fgets(line, sizeof line, file)) {
        char *tab = strchr(line, '\t');
        if (!tab)
            continue;
        *tab = '\0';
        tab[1 + strcspn(tab + 1, "\r\n")] = '\0';
        const char *got = stem(stemmer, line);
        if (strcmp(got, tab[1] ? tab + 1 : line) == 0)
            same++;
        else
            printf("# %s is %s, not %s\n", line, got, tab + 1);
        ++*lines;
    }
    return same;
}

/* ---- Stemmers that have a reference ---- */

/* Pairs made by hand from the published rules as Lucene has them. */
static void light10_does_what_its_rules_say(void)
{
    FILE *file = fopen("tests/fixtures/terms/light10.tsv", "r");
    zub_stemmer *stemmer;
    size_t lines;

    CHECK_INT(zub_stemmer_new(&stemmer, "ar", ZUB_STEMMER_LIGHT10, NULL),
              ZUB_OK);
    CHECK_INT(check_stems(stemmer, file, &lines), lines);
    CHECK(lines >= 40);
    if (file)
        fclose(file);
    zub_stemmer_free(stemmer);
}

static void snowball_is_snowball(void)
{
    static const char path[] = SHARED "snowball/arabic.libstemmer2.2.0.tsv.gz";
    zub_stemmer *stemmer;
    size_t lines;

    if (!is_there(path))
        return;
    FILE *file = popen(
        "gzip -dc " SHARED "snowball/arabic.libstemmer2.2.0.tsv.gz", "r");
    CHECK_INT(zub_stemmer_new(&stemmer, "ar", ZUB_STEMMER_SNOWBALL, NULL),
              ZUB_OK);
    CHECK_INT(check_stems(stemmer, file, &lines), lines);
    CHECK(lines > 90000);
    if (file)
        pclose(file);
    zub_stemmer_free(stemmer);
}

/* ---- light ---- */

static void light_takes_clitics_off_words_it_knows(void)
{
    static const char *const pairs[][2] = {
        {"الكتاب", "كتاب"},  {"وكتابهم", "كتاب"},       {"بالكتاب", "كتاب"},
        {"للكتاب", "كتاب"},  {"والوزارة", "وزارة"},     {"وزارات", "وزارة"},
        {"مدرسته", "مدرسة"}, {"وبمدرستهما", "مدرسة"},   {"لغات", "لغة"},
        {"للغة", "لغة"},     {"الفلسطينيين", "فلسطين"}, {"ولايات", "ولاية"},
        {"سيكتب", "يكتب"},   {"كتبوا", "كتب"},          {"والدم", "دم"},
        {"كبيرة", "كبير"},   {"طائرات", "طائرة"},       {"للقاهرة", "القاهرة"},
    };

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        CHECK_STR(light(pairs[i][0]), pairs[i][1]);
}

static void light_leaves_letters_of_the_root(void)
{
    static const char *const words[] = {
        "وزير",   "وجه",   "المانيا", "لبنان",  "فلسطين", "بيروت",
        "قوانين", "اتجاه", "مياه",    "سليمان", "باب",    "بالغ",
        "كبير",   "لسان",  "فقه",     "القاهرة"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        CHECK_STR(light(words[i]), words[i]);
    CHECK_STR(light("لالمانيا"), "المانيا");
    CHECK_STR(light("بالمانيا"), "المانيا");
}

/* Also through the analyzer, where the word is folded and then its key. */
static void no_waw_of_a_root_is_lost(void)
{
    FILE *file = fopen("tests/fixtures/terms/root-waw.txt", "r");
    char line[200];
    size_t words = 0;

    CHECK(file != NULL);
    while (file && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        if (*line == '#')
            continue;
        words++;
        CHECK(strncmp(light(line), "و", 2) == 0);
        CHECK(strlen(light(line)) >= 4);
    }
    CHECK_INT(words, 200);
    if (file)
        fclose(file);
}

static void an_empty_lexicon_strips_nothing(void)
{
    zub_frequencies empty = {0};
    zub_light *light_of_none;

    CHECK_INT(zub_light_new(&light_of_none, &empty), ZUB_OK);
    zub_slice key = zub_light_stem(light_of_none, slice("والكتاب"));
    CHECK_INT(key.size, slice("والكتاب").size);
    zub_light_free(light_of_none);
}

/* Random Arabic, and bytes that are no text at all. */
static void light_survives_any_word(void)
{
    static const char *const pieces[] = {
        "و", "ف", "ب",  "ال", "لل", "كتاب", "مدرس", "ة",    "ات", "ها",
        "ت", "ه", "ين", "س",  "ي",  "ا",    "\xD8", "\xFF", "x",  "فلسطين"};
    uint64_t counter = 0;

    for (int round = 0; round < 20000; round++) {
        char word[200] = "";
        size_t parts = 1 + zub_random_at(3, counter++) % 9;
        for (size_t i = 0; i < parts; i++)
            strcat(word, pieces[zub_random_at(3, counter++) % 20]);
        zub_slice key = zub_light_stem(stemmer_light, slice(word));
        CHECK(key.size > 0 && key.size <= strlen(word));
    }
    char longest[ZUB_LIGHT_BYTES + 1] = "";
    while (strlen(longest) < ZUB_LIGHT_BYTES)
        strcat(longest, "ها");
    CHECK(strlen(light(longest)) > 0);
}

/* Clitics, stems and endings, one of each, joined: word `i` of all. */
static const char *joined_word(size_t i)
{
    static const char *const fronts[] = {
        "",    "و",   "ف",   "ب",    "ل",    "ك",   "س",  "ال", "لل",
        "وال", "بال", "فال", "وبال", "وكال", "ولل", "وب", "ول", "فس"};
    static const char *const stems[] = {
        "كتاب", "مدرس",    "وزار",    "وزير",  "وصل",    "لغ",
        "دم",   "باب",     "مستشف",   "مسلم",  "فقيه",   "بيروت",
        "سيار", "المانيا", "لبن",     "كبير",  "فلسطين", "شرك",
        "عرب",  "تاريخ",   "استقلال", "قانون", "طائر",   "سؤال"};
    static const char *const ends[] = {
        "",   "ة",   "ه",  "ها",  "هم",  "هما", "ته", "تها", "تهم", "تهما",
        "ات", "يات", "ون", "ين",  "يون", "يين", "ان", "تان", "تين", "ية",
        "ي",  "تي",  "نا", "تنا", "كم",  "وا",  "ا",  "ت",   "هن",  "ياته"};
    static char word[100];
    const size_t f = sizeof fronts / sizeof *fronts,
                 s = sizeof stems / sizeof *stems,
                 e = sizeof ends / sizeof *ends;

    if (i >= f * s * e)
        return NULL;
    snprintf(word, sizeof word, "%s%s%s", fronts[i % f], stems[i / f % s],
             ends[i / f / s]);
    return word;
}

/* Of every joined word with the models' lexicon, as they were when each form
 * was still asked for by itself. */
#define STEMS_CHECKSUM 0xA3D1C53AB82A6953u

/* Two stemmers do it, one of them new for every word: what a stemmer made
 * ready for many words changes no stem. */
static void stems_are_those_of_the_golden_list(void)
{
    uint64_t sum = 0;
    size_t words = 0;

    for (const char *word; (word = joined_word(words)) != NULL; words++) {
        zub_slice many = zub_light_stem(stemmer_light, slice(word)), one;
        sum = sum * 0x100000001B3u + zub_hash(many);
        if (words % 5)
            continue;
        zub_light *fresh;
        CHECK_INT(zub_light_new(&fresh, &attested), ZUB_OK);
        one = zub_light_stem(fresh, slice(word));
        CHECK(one.size == many.size &&
              memcmp(one.data, many.data, one.size) == 0);
        zub_light_free(fresh);
    }
    CHECK_INT(words, 18 * 24 * 30);
    CHECK(sum == STEMS_CHECKSUM);
    if (sum != STEMS_CHECKSUM)
        printf("# the checksum is 0x%llX\n", (unsigned long long)sum);
}

/* Types of text, folded, and the keys they come to. */
static void light_conflates_a_third_of_all_types(void)
{
    const char *path = SHARED "arwiki_text/dev.ar.jsonl.gz";
    zub_analyzer_options options[2] = {
        {.lang = "ar", .keep_stop_words = true, .stemmer = "none"},
        {.lang = "ar", .keep_stop_words = true}};
    size_t types[2];

    if (!is_there(path))
        return;
    for (int i = 0; i < 2; i++) {
        zub_analyzer *analyzer;
        zub_corpus *corpus;
        zub_record *record;
        zub_document *document;
        zub_map keys;

        zub_map_init(&keys);
        CHECK_INT(zub_analyzer_new(&analyzer, models, &options[i], NULL),
                  ZUB_OK);
        CHECK_INT(zub_corpus_open(&corpus, &path, 1, NULL, NULL), ZUB_OK);
        for (int a = 0; a < ARTICLES; a++) {
            CHECK_INT(zub_corpus_next(&record, corpus, NULL), ZUB_OK);
            if (!record || zub_document_new(&document, analyzer, record, NULL))
                break;
            for (size_t t = 0; t < document->term_count; t++)
                zub_map_add(&keys, document->terms[t].key);
            zub_document_free(document);
            zub_record_free(record);
        }
        types[i] = keys.count;
        zub_map_release(&keys);
        zub_corpus_free(corpus);
        zub_analyzer_free(analyzer);
    }
    printf("# %zu types, %zu keys: %.1f %% conflated\n", types[0], types[1],
           100 - 100.0 * (double)types[1] / (double)types[0]);
    CHECK(types[0] > 50000 && types[1] * 100 <= types[0] * 65);
}

/* ---- Keys, through the analyzer ---- */

static zub_document *read_with(const char *text, zub_analyzer_options options)
{
    zub_record record = {.text = slice(text), .lang = {"ar", 2}};
    zub_analyzer *analyzer = NULL;
    zub_document *document = NULL;

    CHECK_INT(zub_analyzer_new(&analyzer, models, &options, NULL), ZUB_OK);
    CHECK_INT(zub_document_new(&document, analyzer, &record, NULL), ZUB_OK);
    zub_analyzer_free(analyzer);
    return document;
}

static void check_one_key(const char *text, const char *key)
{
    zub_document *document = read_with(text, (zub_analyzer_options){0});

    CHECK_INT(document->term_count, 1);
    CHECK_STR(document->terms[0].key.data, key);
    zub_document_free(document);
}

static void ways_to_write_a_word_meet(void)
{
    check_one_key("مَدْرَسَةٌ مدرسة مدرســة \u200Fمدرسة\u200F", "مدرسه");
    check_one_key("مستشفى المستشفى مستشفي", "مستشفي");
    check_one_key("مسؤول مسئول المسؤول", "مسءول");
    check_one_key("\uFEDB\uFE98\uFE8E\uFE8F كتاب", "كتاب");
    check_one_key("أحمد احمد", "احمد");
}

static void every_stemmer_has_its_own_keys(void)
{
    static const char *const want[][2] = {{"none", "والوزارات"},
                                          {"light10", "وزار"},
                                          {"snowball", "والوزارا"},
                                          {"light", "وزاره"},
                                          {"auto", "وزاره"}};

    for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
        zub_document *document = read_with(
            "والوزارات", (zub_analyzer_options){.stemmer = want[i][0]});
        CHECK_STR(document->terms[0].key.data, want[i][1]);
        zub_document_free(document);
    }
}

static void a_stemmer_of_another_language_is_its_own(void)
{
    zub_document *document = read_with(
        "bees", (zub_analyzer_options){.stemmer = "light10", .lang = "en"});

    CHECK_STR(document->terms[0].key.data, "bee");
    zub_document_free(document);
}

static void an_unknown_stemmer_is_refused(void)
{
    zub_analyzer_options options = {.stemmer = "heavy"};
    zub_analyzer *analyzer = (zub_analyzer *)&models;
    zub_error error;

    CHECK_INT(zub_analyzer_new(&analyzer, models, &options, &error),
              ZUB_EINVAL);
    CHECK(!analyzer && strstr(error.message, "'heavy'"));
}

static void without_a_lexicon_light10_stands_in(void)
{
    zub_record record = {.text = slice("والكتاب"), .lang = {"ar", 2}};
    zub_analyzer *analyzer;
    zub_document *document;

    CHECK_INT(zub_analyzer_new(&analyzer, NULL, NULL, NULL), ZUB_OK);
    CHECK_INT(zub_document_new(&document, analyzer, &record, NULL), ZUB_OK);
    CHECK_STR(document->terms[0].key.data, "كتاب");
    zub_document_free(document);
    zub_analyzer_free(analyzer);
}

/* ---- A lexicon of one's own ---- */

static const zub_frequency_row own_rows[] = {
    {{"زبدة", 8}, 50}, {{"الزبدة", 12}, 30}, {{"وزبدة", 10}, 9}};

static zub_buffer own_lexicon(void)
{
    zub_frequencies_about about = {"lexicon", {"", 0}, 89};
    zub_buffer out;

    zub_buffer_init(&out, 1 << 20);
    CHECK_INT(zub_frequencies_write(zub_buffer_sink(&out), &about, own_rows, 3,
                                    NULL),
              ZUB_OK);
    return out;
}

static void save(const char *path, zub_slice bytes)
{
    FILE *file = fopen(path, "wb");

    CHECK(file && fwrite(bytes.data, 1, bytes.size, file) == bytes.size &&
          fclose(file) == 0);
}

static void a_lexicon_can_be_named(void)
{
    char path[] = "/tmp/zubda-lexicon.XXXXXX";
    int fd = mkstemp(path);
    zub_buffer file = own_lexicon();
    zub_analyzer_options options = {.lexicon = path};
    zub_analyzer *analyzer = NULL;
    zub_error error;

    CHECK(fd >= 0);
    save(path, zub_buffer_slice(&file));
    zub_document *document = read_with("والزبدة والكتاب", options);
    CHECK_STR(document->terms[0].key.data, "زبده");
    CHECK_STR(document->terms[1].key.data, "والكتاب");
    zub_document_free(document);

    file.data[file.size / 2] ^= 1;
    save(path, zub_buffer_slice(&file));
    CHECK_INT(zub_analyzer_new(&analyzer, models, &options, &error),
              ZUB_EFORMAT);
    CHECK(!analyzer && strstr(error.message, path));
    remove(path);
    CHECK_INT(zub_analyzer_new(&analyzer, models, &options, &error),
              ZUB_ENOTFOUND);
    CHECK(!analyzer && strstr(error.message, path));
    zub_buffer_release(&file);
}

/* Names of stemmers: what the options and the manual are made of. */
static void stemmers_have_names(void)
{
    size_t count = 0;

    for (; zub_stemmer_name(count); count++) {
        zub_stemmer_kind kind;
        CHECK(zub_stemmer_find(&kind, zub_stemmer_name(count)));
        CHECK_INT(kind, count);
        CHECK(zub_stemmer_about(count)[0] != '\0');
    }
    CHECK_INT(count, 5);
    CHECK(zub_stemmer_about(count) == NULL);
}

int main(void)
{
    zub_slice bytes;

    CHECK_INT(zub_models_open(&models, "models", NULL), ZUB_OK);
    CHECK_INT(zub_models_file(models, "ar/lexicon.zub", &bytes, NULL), ZUB_OK);
    CHECK_INT(zub_frequencies_open(&attested, bytes, "ar/lexicon.zub",
                                   "lexicon", NULL),
              ZUB_OK);
    CHECK_INT(zub_light_new(&stemmer_light, &attested), ZUB_OK);
    RUN(light10_does_what_its_rules_say);
    RUN(snowball_is_snowball);
    RUN(light_takes_clitics_off_words_it_knows);
    RUN(light_leaves_letters_of_the_root);
    RUN(no_waw_of_a_root_is_lost);
    RUN(an_empty_lexicon_strips_nothing);
    RUN(light_survives_any_word);
    RUN(stems_are_those_of_the_golden_list);
    RUN(light_conflates_a_third_of_all_types);
    RUN(ways_to_write_a_word_meet);
    RUN(every_stemmer_has_its_own_keys);
    RUN(a_stemmer_of_another_language_is_its_own);
    RUN(an_unknown_stemmer_is_refused);
    RUN(without_a_lexicon_light10_stands_in);
    RUN(a_lexicon_can_be_named);
    RUN(stemmers_have_names);
    zub_light_free(stemmer_light);
    zub_models_free(models);
    return DONE();
}
