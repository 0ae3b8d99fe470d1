/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_background.c - files of frequencies, and what the models know of a
 * language at large. */
#include "test.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/container.h"
#include "base/hash.h"
#include "base/random.h"
#include "terms/analyzer.h"
#include "terms/background.h"

static zub_models *models;

static zub_slice slice(const char *text)
{
    return (zub_slice){text, strlen(text)};
}

static const zub_frequencies_about about = {"background", {"lang=xx", 7}, 100};

static zub_buffer written(const zub_frequency_row *rows, size_t count)
{
    zub_buffer out;

    zub_buffer_init(&out, 1 << 24);
    CHECK_INT(zub_frequencies_write(zub_buffer_sink(&out), &about, rows, count,
                                    NULL),
              ZUB_OK);
    return out;
}

static zub_status open_file(zub_frequencies *out, zub_slice bytes,
                            zub_error *error)
{
    return zub_frequencies_open(out, bytes, "x.zub", "background", error);
}

#define WORDS 5000

/* Words "w0", "w1", ... with counts 1, 2, ... */
static zub_frequency_row *make_rows(void)
{
    static char names[WORDS][8];
    zub_frequency_row *rows = calloc(WORDS, sizeof *rows);

    for (uint32_t i = 0; i < WORDS; i++) {
        snprintf(names[i], sizeof names[i], "w%u", (unsigned)i);
        rows[i] = (zub_frequency_row){slice(names[i]), i + 1};
    }
    return rows;
}

static void what_is_written_is_found(void)
{
    zub_frequency_row *rows = make_rows();
    zub_buffer file = written(rows, WORDS);
    zub_frequencies counts;

    CHECK_INT(open_file(&counts, zub_buffer_slice(&file), NULL), ZUB_OK);
    CHECK_INT(counts.count, WORDS);
    CHECK_INT(counts.total, 100);
    CHECK_INT(counts.fingerprint.size, 7);
    for (size_t i = 0; i < WORDS; i++)
        CHECK_INT(zub_frequency_of(&counts, rows[i].word), rows[i].count);
    CHECK_INT(zub_frequency_of(&counts, slice("w5000")), 0);
    CHECK_INT(zub_frequency_of(&counts, slice("")), 0);
    zub_buffer_release(&file);
    free(rows);
}

static void the_order_of_rows_changes_no_byte(void)
{
    zub_frequency_row *rows = make_rows();
    zub_buffer one = written(rows, WORDS);

    for (size_t i = WORDS - 1; i > 0; i--) {
        size_t j = zub_random_at(11, i) % (i + 1);
        zub_frequency_row row = rows[i];
        rows[i] = rows[j];
        rows[j] = row;
    }
    zub_buffer two = written(rows, WORDS);
    CHECK_INT(one.size, two.size);
    CHECK(memcmp(one.data, two.data, one.size) == 0);
    zub_buffer_release(&one);
    zub_buffer_release(&two);
    free(rows);
}

static void large_counts_are_capped_and_none_is_fine(void)
{
    zub_frequency_row row = {slice("the"), UINT32_MAX};
    zub_buffer file = written(&row, 1), empty = written(NULL, 0);
    zub_frequencies counts;

    CHECK_INT(open_file(&counts, zub_buffer_slice(&file), NULL), ZUB_OK);
    CHECK_INT(zub_frequency_of(&counts, row.word), ZUB_MOST_FREQUENT);
    CHECK_INT(open_file(&counts, zub_buffer_slice(&empty), NULL), ZUB_OK);
    CHECK_INT(zub_frequency_of(&counts, row.word), 0);
    zub_buffer_release(&file);
    zub_buffer_release(&empty);
}

/* None that is there is stopped, and most others are. */
static void a_sieve_stops_what_is_not_there(void)
{
    zub_frequency_row *rows = make_rows();
    zub_buffer file = written(rows, WORDS);
    zub_frequencies counts, none = {0};
    zub_sieve sieve = {0};
    size_t stopped = 0, others = 0;

    CHECK_INT(open_file(&counts, zub_buffer_slice(&file), NULL), ZUB_OK);
    CHECK(!zub_sieve_stops(&sieve, 5));
    CHECK_INT(zub_sieve_make(&sieve, &counts), ZUB_OK);
    for (size_t i = 0; i < WORDS; i++) {
        uint64_t hash = zub_hash(rows[i].word);
        CHECK_INT(zub_frequency_of_hash(&counts, hash), rows[i].count);
        stopped += zub_sieve_stops(&sieve, hash);
        others += zub_sieve_stops(&sieve, zub_random_at(4, i));
    }
    CHECK_INT(stopped, 0);
    CHECK(others > WORDS * 9 / 10);
    CHECK_INT(zub_sieve_make(&sieve, &none), ZUB_OK);
    CHECK(zub_sieve_stops(&sieve, zub_hash(rows[0].word)));
    zub_sieve_release(&sieve);
    zub_buffer_release(&file);
    free(rows);
}

/* An error with words, never another answer. */
static void every_flipped_byte_is_noticed(void)
{
    zub_frequency_row rows[] = {{slice("one"), 1}, {slice("two"), 2}};
    zub_buffer file = written(rows, 2);
    zub_frequencies counts;
    size_t unnoticed = 0;

    for (size_t at = 0; at < file.size; at++) {
        zub_error error = {0};
        file.data[at] ^= (char)(1u << at % 8);
        zub_status status =
            open_file(&counts, zub_buffer_slice(&file), &error);
        unnoticed += status == ZUB_OK;
        CHECK(status == ZUB_OK || error.message[0] != '\0');
        CHECK(status == ZUB_OK || counts.count == 0);
        file.data[at] ^= (char)(1u << at % 8);
    }
    CHECK_INT(unnoticed, 0);
    for (size_t size = 0; size < file.size; size += 7)
        CHECK(open_file(&counts, (zub_slice){file.data, size}, NULL) !=
              ZUB_OK);
    zub_buffer_release(&file);
}

/* Checksums keep nobody from writing nonsense. */
static void tables_that_lie_are_refused(void)
{
    uint64_t head[2] = {100, zub_hash(slice("zubda"))}, row = 5;
    uint32_t starts[9];
    zub_container_about kind = {"background", 1, {NULL, 0}};

    for (int lie = 0; lie < 6; lie++) {
        zub_section sections[] = {
            {"about", {(const char *)head, lie == 0 ? 8 : 16}},
            {"starts",
             {(const char *)starts, lie == 1 ? 8 * 4 : sizeof starts}},
            {"rows", {(const char *)&row, 8}}};
        zub_frequencies counts;
        zub_error error;
        zub_buffer out;

        for (size_t b = 0; b < 9; b++)
            starts[b] = b < 5 ? 0 : 1;
        starts[0] = lie == 2;
        starts[7] = lie == 3 ? 0 : 1;
        starts[2] = lie == 4 ? UINT32_MAX : 0;
        head[1] += lie == 5;
        zub_buffer_init(&out, 1 << 20);
        zub_container_write(zub_buffer_sink(&out), &kind, sections, 3, NULL);
        zub_status status = open_file(&counts, zub_buffer_slice(&out), &error);
        CHECK_INT(status, lie == 5 ? ZUB_EVERSION : ZUB_EFORMAT);
        CHECK(strstr(error.message, "'x.zub'") != NULL);
        zub_buffer_release(&out);
    }
}

/* ---- The models ---- */

static const char *const languages[] = {"ar", "arz", "en", "fr", "de", "es",
                                        "ru", "fa",  "hi", "zh", "tr"};

static zub_lexicon *lexicon_of(zub_analyzer **analyzer, const char *lang,
                               const char *stemmer)
{
    zub_analyzer_options options = {.lang = lang, .stemmer = stemmer};
    zub_lexicon *lexicon;

    CHECK_INT(zub_analyzer_new(analyzer, models, &options, NULL), ZUB_OK);
    CHECK_INT(zub_analyzer_lexicon(*analyzer, &lexicon, lang, NULL), ZUB_OK);
    return lexicon;
}

static void eleven_languages_have_a_background(void)
{
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        zub_analyzer *analyzer;
        zub_lexicon *lexicon = lexicon_of(&analyzer, languages[i], NULL);
        const zub_background *background = zub_lexicon_background(lexicon);
        if (zub_background_is_empty(background))
            printf("# %s has none for %s\n", languages[i],
                   zub_lexicon_fingerprint(lexicon));
        CHECK(!zub_background_is_empty(background));
        CHECK(zub_background_documents(background) > 300);
        zub_analyzer_free(analyzer);
    }
}

static void common_keys_weigh_less(void)
{
    zub_analyzer *analyzer;
    const zub_background *background =
        zub_lexicon_background(lexicon_of(&analyzer, "en", NULL));
    double the = zub_background_idf(background, slice("the")),
           water = zub_background_idf(background, slice("water")),
           aflaj = zub_background_idf(background, slice("aflaj"));
    double documents = (double)zub_background_documents(background);

    CHECK(the < 0.3 && the < water && water < aflaj);
    CHECK_NEAR(aflaj, zub_background_most_idf(background), 0);
    CHECK_NEAR(aflaj, log((documents + 1) / 0.5), 1e-12);
    CHECK_NEAR(
        water,
        log((documents + 1) /
            (zub_background_frequency(background, slice("water")) + 0.5)),
        1e-12);
    zub_analyzer_free(analyzer);
}

static void another_stemmer_makes_it_unused(void)
{
    static const char *const stemmers[] = {"none", "snowball", "light10"};

    for (size_t i = 0; i < 3; i++) {
        zub_analyzer *analyzer;
        zub_lexicon *lexicon = lexicon_of(&analyzer, "ar", stemmers[i]);
        CHECK(zub_background_is_empty(zub_lexicon_background(lexicon)));
        zub_analyzer_free(analyzer);
    }
}

static void a_language_without_one_is_empty(void)
{
    zub_background background;

    CHECK_INT(zub_background_open(&background, models, "sw", "", NULL),
              ZUB_OK);
    CHECK(zub_background_is_empty(&background));
    CHECK_INT(zub_background_open(&background, NULL, "ar", "", NULL), ZUB_OK);
    CHECK(zub_background_is_empty(&background));
}

static size_t terms_in(const char *text, const char *lang)
{
    zub_analyzer_options options = {.lang = lang};
    zub_record record = {.text = slice(text)};
    zub_analyzer *analyzer;
    zub_document *document;

    CHECK_INT(zub_analyzer_new(&analyzer, models, &options, NULL), ZUB_OK);
    CHECK_INT(zub_document_new(&document, analyzer, &record, NULL), ZUB_OK);
    size_t count = document->term_count;
    zub_document_free(document);
    zub_analyzer_free(analyzer);
    return count;
}

static void stop_words_come_from_the_background_where_no_list_is(void)
{
    CHECK_INT(terms_in("De bijen en het water in de tuin.", "nl"), 3);
    CHECK_INT(terms_in("Pszczoły i nie to jest.", "pl"), 1);
    CHECK_INT(terms_in("Kitabu na maji", "sw"), 3);
}

static void a_region_uses_the_files_of_its_language(void)
{
    CHECK_INT(terms_in("the bees", "en-GB"), 1);
    CHECK_INT(terms_in("as abelhas", "pt-BR"), 1);
}

int main(void)
{
    CHECK_INT(zub_models_open(&models, "models", NULL), ZUB_OK);
    RUN(what_is_written_is_found);
    RUN(the_order_of_rows_changes_no_byte);
    RUN(large_counts_are_capped_and_none_is_fine);
    RUN(a_sieve_stops_what_is_not_there);
    RUN(every_flipped_byte_is_noticed);
    RUN(tables_that_lie_are_refused);
    RUN(eleven_languages_have_a_background);
    RUN(common_keys_weigh_less);
    RUN(another_stemmer_makes_it_unused);
    RUN(a_language_without_one_is_empty);
    RUN(stop_words_come_from_the_background_where_no_list_is);
    RUN(a_region_uses_the_files_of_its_language);
    zub_models_free(models);
    return DONE();
}
