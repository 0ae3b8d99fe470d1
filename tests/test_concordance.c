/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_concordance.c - patterns of every kind in texts of many scripts, the
 * context around them, and lines in order. */
#include "test.h"

#include <stdlib.h>

#include "zubda.h"
#include "base/buffer.h"
#include "base/random.h"
#include "terms/phrase.h"
#include "text/context.h"
#include "text/graphemes.h"

static zub_models *models;
static zub_buffer out;

static zub_slice slice(const char *text)
{
    return (zub_slice){text, strlen(text)};
}

/* The matches in `text` with bars between, or what went wrong. */
static const char *find(zub_slice text, const char *lang, zub_slice pattern,
                        zub_concordance_options options)
{
    zub_analyzer_options words = {.lang = lang};
    zub_record record = {.id = {"a", 1}, .text = text};
    zub_analyzer *analyzer;
    zub_concordance *concordance;
    const zub_occurrence *found;
    size_t count = 0;
    zub_error error = {0};

    zub_buffer_clear(&out);
    zub_buffer_add(&out, "", 0);
    CHECK_INT(zub_analyzer_new(&analyzer, models, &words, NULL), ZUB_OK);
    zub_status status =
        zub_concordance_new(&concordance, analyzer, pattern, &options, &error);
    if (status == ZUB_OK)
        status =
            zub_concordance_find(&found, &count, concordance, &record, &error);
    if (status != ZUB_OK)
        zub_buffer_format(&out, "%s: %s", zub_status_text(status),
                          error.message);
    for (size_t i = 0; i < count; i++) {
        zub_kwic_line line = zub_kwic_line_of(&record, &found[i]);
        CHECK(found[i].before <= found[i].start &&
              found[i].start < found[i].end &&
              found[i].end <= found[i].after && found[i].after <= text.size);
        if (i > 0)
            zub_buffer_add_char(&out, '|');
        zub_buffer_add_slice(&out, line.match);
    }
    zub_concordance_free(concordance);
    zub_analyzer_free(analyzer);
    return zub_buffer_slice(&out).data;
}

static const zub_concordance_options folded = {.width = 40};
static const zub_concordance_options stemmed = {.by_stem = true};
static const zub_concordance_options exact = {.is_exact = true};
static const zub_concordance_options regex = {.is_regex = true};

#define FINDS(text, lang, pattern, options, wanted)                           \
    CHECK_STR(find(slice(text), lang, slice(pattern), options), wanted)

static bool says(const char *text, const char *part)
{
    return strstr(text, part) != NULL || (printf("# %s\n", text), false);
}

/* ---- Words ---- */

static void marks_and_seats_of_hamza_do_not_part_arabic_words(void)
{
    static const char text[] = "كِتَابٌ كتاب كتـــاب كتابه أحمد احمد مسؤول "
                               "مسئول مدرسة مدرسه مستشفى مستشفي";

    FINDS(text, "ar", "كتاب", folded, "كِتَابٌ|كتاب|كتـــاب");
    FINDS(text, "ar", "كِتَابٌ", folded, "كِتَابٌ|كتاب|كتـــاب");
    FINDS(text, "ar", "أحمد", folded, "أحمد|احمد");
    FINDS(text, "ar", "مسؤول", folded, "مسؤول|مسئول");
    FINDS(text, "ar", "مدرسة", folded, "مدرسة|مدرسه");
    FINDS(text, "ar", "مستشفي", folded, "مستشفى|مستشفي");
    FINDS(text, "auto", "كتاب", folded, "كِتَابٌ|كتاب|كتـــاب");
    FINDS("\u0627\u0653ية \u0622ية \u0627ية", "ar", "آية", folded,
          "\u0627\u0653ية|\u0622ية|\u0627ية");
    FINDS("مسو\u0654ول مسوول", "ar", "مسؤول", folded, "مسو\u0654ول");
    FINDS("سفر\u200f \u200fسفر", "ar", "سفر", folded, "سفر\u200f|سفر");
}

static void exact_is_letter_for_letter(void)
{
    FINDS("كِتَابٌ كتاب Kitab kitab", "ar", "كتاب", exact, "كتاب");
    FINDS("Kitab kitab", "en", "Kitab", exact, "Kitab");
    FINDS("Kitab kitab kits", "en", "kit*", exact, "kitab|kits");
}

static void case_and_letters_go_by_the_language(void)
{
    FINDS("I ISPARTA ısparta İzmir izmir", "tr", "ısparta", folded,
          "ISPARTA|ısparta");
    FINDS("I ISPARTA ısparta İzmir izmir", "tr", "izmir", folded,
          "İzmir|izmir");
    FINDS("ISPARTA ısparta isparta", "en", "isparta", folded,
          "ISPARTA|isparta");
    FINDS("Straße STRASSE", "de", "strasse", folded, "Straße|STRASSE");
    FINDS("Café cafe\u0301 CAFE", "fr", "café", folded, "Café|cafe\u0301");
    FINDS("کتاب كتاب علی على", "fa", "كتاب", folded, "کتاب|كتاب");
    FINDS("کتاب كتاب علی على", "fa", "علی", folded, "علی|على");
}

static void scripts_without_spaces_are_cut_as_words_are(void)
{
    FINDS("中国人民在北京大学学习。我爱北京。", "zh", "北京", folded,
          "北京|北京");
    FINDS("ภาษาไทยเป็นภาษาที่สวยงาม", "th", "ภาษา", folded, "ภาษา|ภาษา");
    FINDS("東京に行きます。東京で", "ja", "東京", folded, "東京|東京");
}

static void phrases_are_words_in_a_row_within_a_sentence(void)
{
    FINDS("a b, a (b) ab a-b", "en", "a b", folded, "a b|a (b|a-b");
    FINDS("We met Ann. Lee came. ann lee", "en", "Ann Lee", folded, "ann lee");
    FINDS("a a a", "en", "a a", folded, "a a|a a");
    FINDS("a x b a y", "en", "a * b", folded, "a x b");
    FINDS("مدينة صغيرة وَمَدِينَةٌ كبيرة", "ar", "مدينه صغيرة", folded,
          "مدينة صغيرة");
}

static void a_star_ends_the_beginning_of_a_word(void)
{
    FINDS("مدرسة مَدْرَسَتُه المدرسة مدرس درس", "ar", "مدرس*", folded,
          "مدرسة|مَدْرَسَتُه|مدرس");
    FINDS("water Waters wat", "en", "WATER*", folded, "water|Waters");
    FINDS("one two", "en", "*", folded, "one|two");
    FINDS("new york new yorkers new", "en", "new yo*", folded,
          "new york|new yorkers");
}

static void stems_find_all_forms_of_a_term(void)
{
    FINDS("كتاب والكتاب وبكتابهم للكتاب كتابها كاتب", "ar", "الكتاب", stemmed,
          "كتاب|والكتاب|وبكتابهم|للكتاب|كتابها");
    FINDS("cat Cats category", "en", "cats", stemmed, "cat|Cats");
    FINDS("the cats the mice", "en", "the cat", stemmed, "the cats");
}

static void matches_at_either_end_are_found(void)
{
    FINDS("end", "en", "end", folded, "end");
    FINDS("end x end", "en", "end", folded, "end|end");
    FINDS("end x end", "en", "end", regex, "end|end");
    FINDS("", "en", "end", folded, "");
    FINDS("", "en", "end", regex, "");
}

static void what_is_no_pattern_is_refused(void)
{
    static const char *const wrong[] = {"", " ", "-", "...", "\u0640"};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        CHECK(says(find(slice("a"), "ar", slice(wrong[i]), folded),
                   "holds no word"));
    CHECK(says(find(slice("a"), "en", slice("a*b"), folded), "nowhere else"));
    CHECK(says(
        find(slice("a"), "en", slice("a"),
             (zub_concordance_options){.by_stem = true, .is_exact = true}),
        "not both"));
    CHECK(says(
        find(slice("a"), "en", slice("a"),
             (zub_concordance_options){.is_regex = true, .is_exact = true}),
        "neither"));
}

static void a_long_phrase_is_found_and_a_longer_one_refused(void)
{
    char text[64 * 2 + 1];

    for (size_t i = 0; i < 64; i++)
        memcpy(text + 2 * i, i % 2 ? "b " : "a ", 2);
    text[127] = '\0';
    CHECK_STR(find(slice(text), "en", slice(text), folded), text);
    char *more = malloc(1 << 20);
    memset(more, 'a', 1 << 20);
    zub_slice word = {more, 1 << 20};
    CHECK_INT(strlen(find(word, "en", word, folded)), 1 << 20);
    CHECK_INT(strlen(find(word, "en", word, regex)), 1 << 20);
    for (size_t i = 1; i < 1 << 20; i += 2)
        more[i] = ' ';
    CHECK(says(find(word, "en", word, folded), "at most 64 words"));
    free(more);
}

/* ---- Regular expressions ---- */

static void regular_expressions_are_those_of_icu(void)
{
    FINDS("5 km, ٣ كم, 12 kg", "ar", "\\d+ (km|kg|كم)", regex,
          "5 km|٣ كم|12 kg");
    FINDS("abcabd", "en", "(?<=ab)[cd]", regex, "c|d");
    FINDS("abab", "en", "(ab)\\1", regex, "abab");
    FINDS("كِتَاب كتاب", "ar", "كتاب", regex, "كتاب");
    FINDS("a\U0001F600b \U0001F600", "en", "\U0001F600", regex,
          "\U0001F600|\U0001F600");
    FINDS("AbC", "en", "(?i)abc", regex, "AbC");
}

static void empty_matches_are_none(void)
{
    CHECK(says(find(slice("a"), "en", slice("a*"), regex), "everywhere"));
    CHECK(says(find(slice("a"), "en", slice("$"), regex), "everywhere"));
    CHECK(says(find(slice("a"), "en", slice(""), regex), "empty"));
    FINDS("aab", "en", "(?=a)", regex, "");
    FINDS("aab b", "en", "\\b|b", regex, "b");
}

static void a_wrong_expression_is_explained(void)
{
    CHECK(says(find(slice("a"), "en", slice("a("), regex), "parenthesis"));
    CHECK(says(find(slice("a"), "en", slice("[a"), regex), "not closed"));
    CHECK(says(find(slice("a"), "en", slice("(?<=a+)b"), regex), "no limit"));
}

static void a_runaway_expression_ends(void)
{
    static const char text[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab c";
    zub_concordance_options few = {.is_regex = true, .steps = 100000};

    CHECK(says(find(slice(text), "en", slice("(a+)+$"), few), "steps"));
    CHECK(says(find(slice(text), "en", slice("(a*a*a*a*)*d"), few), "steps"));
}

/* ---- Hostile text ---- */

static void invalid_bytes_are_text(void)
{
    static const char text[] =
        "\xFF\xC3 end\x80 \xE2\x80 \xED\xA0\x80 end\0end";
    zub_slice all = {text, sizeof text - 1};

    CHECK_STR(find(all, "en", slice("end"), regex), "end|end|end");
    CHECK(says(find(all, "en", slice("end"), folded), "end"));
    CHECK(says(find(all, "auto", slice("end"), exact), "end"));
}

/* How many words of a text fold to the same as the pattern, one by one. */
static size_t count_by_one(zub_analyzer *analyzer, zub_slice text,
                           const char *lang, zub_slice pattern)
{
    zub_lexicon *lexicon;
    zub_scanner *scanner;
    zub_scanned word;
    zub_slice plain;
    zub_buffer key;
    size_t count = 0;

    zub_buffer_init(&key, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(zub_analyzer_lexicon(analyzer, &lexicon, lang, NULL), ZUB_OK);
    CHECK_INT(zub_scanner_new(&scanner, NULL), ZUB_OK);
    CHECK_INT(zub_scanner_choose(scanner, lang, NULL), ZUB_OK);
    CHECK_INT(zub_lexicon_fold(lexicon, pattern, &plain), ZUB_OK);
    zub_buffer_add_slice(&key, plain);
    CHECK_INT(zub_scanner_begin(scanner, text), ZUB_OK);
    while (zub_scanner_next(scanner, &word, 1) > 0) {
        zub_slice bytes = {text.data + word.start, word.size};
        CHECK_INT(zub_lexicon_fold(lexicon, bytes, &plain), ZUB_OK);
        count += plain.size == key.size &&
                 memcmp(plain.data, key.data, key.size) == 0;
    }
    zub_scanner_free(scanner);
    zub_buffer_release(&key);
    return count;
}

/* Whether ICU takes all of it for one word. */
static bool is_word(zub_slice text, const char *lang)
{
    zub_scanner *scanner;
    zub_scanned word = {0, 0};

    CHECK_INT(zub_scanner_new(&scanner, NULL), ZUB_OK);
    CHECK_INT(zub_scanner_choose(scanner, lang, NULL), ZUB_OK);
    CHECK_INT(zub_scanner_begin(scanner, text), ZUB_OK);
    zub_scanner_next(scanner, &word, 1);
    zub_scanner_free(scanner);
    return word.size == text.size;
}

static size_t count_at_once(zub_phrase *phrase, zub_slice text,
                            const char *lang)
{
    size_t start, end, count = 0;
    bool may;

    CHECK_INT(zub_phrase_begin(phrase, text, lang, NULL), ZUB_OK);
    for (;; count++) {
        CHECK_INT(zub_phrase_next(phrase, &start, &end, NULL), ZUB_OK);
        if (start == end)
            break;
    }
    CHECK_INT(zub_phrase_may_occur(phrase, text, &may, NULL), ZUB_OK);
    CHECK(may || count == 0);
    return count;
}

static void add_pieces(zub_buffer *to, zub_random *random, size_t count,
                       size_t kinds)
{
    static const char *const pieces[] = {
        "ك",      "ا",      "\u0653", "\u0654", "و",      "ي",      "ى",
        "i",      "I",      "\u0307", "e",      "\u0301", "\u0131", "ة",
        "ه",      "أ",      "\u064E", "\u0640", "é",      "ؤ",      "ء",
        "\u06CC", "\u0130", " ",      " ",      " ",      ".",      "\u200F",
        "\xFF",   "ß",      "s",      "中",     "ﻛ",      "٣",      "3",
    };
    size_t most = sizeof pieces / sizeof *pieces;

    for (size_t i = 0; i < count; i++) {
        zub_buffer_add_string(
            to, pieces[zub_random_below(random, kinds < most ? kinds : most)]);
        if (i % 2 && count > 2)
            zub_buffer_add_char(to, ' ');
    }
}

/* The quick way finds what folding every word finds, and where the language is
 * not known, nothing is overlooked. */
static void words_are_found_as_if_each_were_folded(void)
{
    static const char *const langs[] = {"ar", "tr", "fa", "ps", "en"};
    zub_random random = {7, 0};
    zub_analyzer *analyzer;
    zub_buffer text, word;
    size_t total = 0;

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&word, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(zub_analyzer_new(&analyzer, models, NULL, NULL), ZUB_OK);
    for (int turn = 0; turn < 4000 && !test_failed; turn++) {
        const char *lang = langs[turn % 5];
        zub_phrase *phrase;
        zub_buffer_clear(&text);
        zub_buffer_clear(&word);
        add_pieces(&text, &random, 200, SIZE_MAX);
        add_pieces(&word, &random, 1 + zub_random_below(&random, 2), 23);
        zub_slice pattern = zub_buffer_slice(&word);
        if (!is_word(pattern, lang) || !is_word(pattern, "und"))
            continue;
        if (zub_phrase_new(&phrase, analyzer, pattern, ZUB_ALIKE_FOLDED,
                           NULL) != ZUB_OK)
            continue;
        size_t count =
            count_by_one(analyzer, zub_buffer_slice(&text), lang, pattern);
        CHECK_INT(count_at_once(phrase, zub_buffer_slice(&text), lang), count);
        if (test_failed)
            printf("# '%s' in '%s', %s\n", word.data, text.data, lang);
        total += count;
        zub_phrase_free(phrase);
    }
    CHECK(total > 1000);
    zub_analyzer_free(analyzer);
    zub_buffer_release(&text);
    zub_buffer_release(&word);
}

/* ---- Context ---- */

static const char *around(const char *text, const char *pattern, size_t width,
                          bool in_words)
{
    zub_concordance_options options = {.width = width, .in_words = in_words};
    zub_record record = {.text = slice(text)};
    zub_analyzer *analyzer;
    zub_concordance *concordance;
    const zub_occurrence *found;
    size_t count;

    zub_buffer_clear(&out);
    zub_buffer_add(&out, "", 0);
    CHECK_INT(zub_analyzer_new(&analyzer, models, NULL, NULL), ZUB_OK);
    CHECK_INT(zub_concordance_new(&concordance, analyzer, slice(pattern),
                                  &options, NULL),
              ZUB_OK);
    CHECK_INT(zub_concordance_find(&found, &count, concordance, &record, NULL),
              ZUB_OK);
    if (count > 0) {
        zub_kwic_line line = zub_kwic_line_of(&record, &found[0]);
        zub_buffer_add_slice(&out, line.before);
        zub_buffer_add_char(&out, '[');
        zub_buffer_add_slice(&out, line.match);
        zub_buffer_add_char(&out, ']');
        zub_buffer_add_slice(&out, line.after);
    }
    zub_concordance_free(concordance);
    zub_analyzer_free(analyzer);
    return zub_buffer_slice(&out).data;
}

static void context_is_cut_between_words(void)
{
    static const char text[] = "one two three HERE four five six";

    CHECK_STR(around(text, "here", 100, false),
              "one two three [HERE] four five six");
    CHECK_STR(around(text, "here", 9, false), "three [HERE] four");
    CHECK_STR(around(text, "here", 0, false), "[HERE]");
    CHECK_STR(around(text, "one", 5, false), "[one] two");
    CHECK_STR(around(text, "six", 6, false), "five [six]");
    CHECK_STR(around(text, "here", SIZE_MAX, false),
              "one two three [HERE] four five six");
}

static void context_may_be_counted_in_words(void)
{
    static const char text[] = "One, two (three) HERE; four, five.";

    CHECK_STR(around(text, "here", 1, true), "three) [HERE]; four");
    CHECK_STR(around(text, "here", 2, true),
              "two (three) [HERE]; four, five.");
    CHECK_STR(around(text, "here", 9, true),
              "One, two (three) [HERE]; four, five.");
    CHECK_STR(around(text, "here", SIZE_MAX, true),
              "One, two (three) [HERE]; four, five.");
}

/* Every cut is a border of ICU's grapheme clusters, or next to one that
 * belongs to its neighbour. */
static void no_cut_parts_a_character(void)
{
    static const char *const pieces[] = {
        "a",  " ",      "\u0301", "\u064E", "ك",          "\U0001F1E9",
        "\r", "\n",     "\u1100", "\u1161", "\U0001F468", "\u200D",
        "क",  "\u094D", "ष",      "\u0600", "\xFF",       "é",
    };
    zub_graphemes *graphemes;
    zub_random random = {3, 0};

    CHECK_INT(zub_graphemes_new(&graphemes, NULL), ZUB_OK);
    for (int turn = 0; turn < 20000; turn++) {
        char text[200] = "";
        size_t borders[200] = {0}, count, at = 0;
        for (int i = 0; i < 20; i++)
            strcat(text, pieces[zub_random_below(&random, 16)]);
        zub_slice all = slice(text), run;
        CHECK_INT(zub_graphemes_begin(graphemes, all), ZUB_OK);
        count = zub_graphemes_count(graphemes);
        for (size_t i = 0; zub_graphemes_run(graphemes, i, 1, &run); i++) {
            borders[at] = 1;
            at += run.size;
        }
        borders[at] = 1;
        size_t from = 0;
        for (size_t n = zub_random_below(&random, count + 1); n > 0; n--)
            do
                from++;
            while (!borders[from]);
        size_t width = zub_random_below(&random, 12);
        size_t start = zub_context_start(all, 0, from, width);
        size_t end = zub_context_end(all, from, width);
        CHECK(start <= from && borders[start]);
        CHECK(end >= from && borders[end]);
        size_t seen = 0;
        for (size_t i = start; i < from; i++)
            seen += borders[i];
        CHECK(seen <= 2 * width + 8);
        if (test_failed)
            break;
    }
    zub_graphemes_free(graphemes);
}

static void a_heap_of_marks_is_shown_shorter(void)
{
    size_t size = 1000000;
    char *text = malloc(size);

    for (size_t i = 0; i + 1 < size; i += 2)
        memcpy(text + i, "\u0301", 2);
    zub_slice all = {text, size};
    size_t start = zub_context_start(all, 0, size, 40);
    CHECK(size - start <= 40 * 64 + 256);
    CHECK(zub_context_end(all, 0, 40) <= 40 * 64 + 256);
    free(text);
}

/* ---- Order ---- */

static zub_kwic_line line_of(const char *before, const char *match,
                             const char *after, uint64_t start)
{
    return (zub_kwic_line){.id = {"a", 1},
                           .before = slice(before),
                           .match = slice(match),
                           .after = slice(after),
                           .start = start,
                           .end = start + 1};
}

/* The starts of all lines in order. */
static const char *sorted(const zub_kwic_sorter_options *options,
                          const zub_kwic_line *lines, size_t count)
{
    zub_kwic_sorter *sorter;
    zub_kwic_line line;
    bool has_line;

    zub_buffer_clear(&out);
    CHECK_INT(zub_kwic_sorter_new(&sorter, options, NULL), ZUB_OK);
    for (size_t i = 0; i < count; i++)
        CHECK_INT(zub_kwic_sorter_add(sorter, &lines[i], NULL), ZUB_OK);
    do {
        CHECK_INT(zub_kwic_sorter_next(sorter, &line, &has_line, NULL),
                  ZUB_OK);
        if (has_line)
            zub_buffer_format(&out, "%d ", (int)line.start);
    } while (has_line);
    CHECK_INT(zub_kwic_sorter_next(sorter, &line, &has_line, NULL), ZUB_OK);
    CHECK(!has_line);
    zub_kwic_sorter_free(sorter);
    return zub_buffer_slice(&out).data;
}

static void lines_come_in_the_order_of_a_side(void)
{
    zub_kwic_line lines[] = {
        line_of("x the big ", "cat", " sat down", 1),
        line_of("y a ", "cat", ", sat", 2),
        line_of("z the Big ", "cat", " (ran)", 3),
        line_of("the big ", "cat", " sat down", 4),
        line_of("", "cat", "", 5),
        line_of("the big ", "cats", " sat", 6),
    };
    zub_kwic_sorter_options before = {.by_before = true, .lang = "en"};
    zub_kwic_sorter_options after = {.lang = "en"};

    CHECK_STR(sorted(&before, lines, 6), "5 2 4 6 1 3 ");
    CHECK_STR(sorted(&after, lines, 6), "5 3 2 6 1 4 ");
    CHECK_STR(sorted(NULL, lines, 0), "");
}

static void alphabets_are_those_of_the_language(void)
{
    zub_kwic_line lines[] = {line_of("", "x", "zebra", 1),
                             line_of("", "x", "ö", 2),
                             line_of("", "x", "p", 3)};
    zub_kwic_sorter_options german = {.lang = "de"}, swedish = {.lang = "sv"};
    zub_kwic_sorter_options wrong = {.lang = "?"};
    zub_kwic_sorter *sorter;

    CHECK_STR(sorted(&german, lines, 3), "2 3 1 ");
    CHECK_STR(sorted(&swedish, lines, 3), "3 1 2 ");
    CHECK_INT(zub_kwic_sorter_new(&sorter, &wrong, NULL), ZUB_EINVAL);
    CHECK(sorter == NULL);
}

/* So many that 16 MiB do not hold them: runs, and runs of runs. */
static void the_limit_of_memory_changes_nothing(void)
{
    enum { LINES = 1200000 };
    zub_kwic_sorter *sorters[2];
    zub_kwic_line lines[2];
    zub_random random = {5, 0};
    bool has[2] = {true, true};
    size_t count = 0;
    uint64_t places = 0;

    for (int i = 0; i < 2; i++)
        CHECK_INT(zub_kwic_sorter_new(
                      &sorters[i],
                      &(zub_kwic_sorter_options){.memory = i ? 1 : 0}, NULL),
                  ZUB_OK);
    for (uint64_t n = 0; n < LINES; n++) {
        char word[8];
        snprintf(word, sizeof word, "w%d",
                 (int)zub_random_below(&random, 1000));
        zub_kwic_line line = line_of("", "x", word, n);
        for (int i = 0; i < 2; i++)
            CHECK_INT(zub_kwic_sorter_add(sorters[i], &line, NULL), ZUB_OK);
    }
    while (has[0] && has[1] && !test_failed) {
        for (int i = 0; i < 2; i++)
            CHECK_INT(
                zub_kwic_sorter_next(sorters[i], &lines[i], &has[i], NULL),
                ZUB_OK);
        CHECK_INT(has[0], has[1]);
        if (has[0] && has[1]) {
            CHECK_INT(lines[0].start, lines[1].start);
            places += lines[1].start;
            count++;
        }
    }
    CHECK_INT(count, LINES);
    CHECK_INT(places, (uint64_t)LINES * (LINES - 1) / 2);
    zub_kwic_sorter_free(sorters[0]);
    zub_kwic_sorter_free(sorters[1]);
}

/* ---- Writing ---- */

static const char *written(zub_kwic_look look, const zub_kwic_line *lines,
                           size_t count)
{
    zub_kwic_writer *writer;

    zub_buffer_clear(&out);
    CHECK_INT(
        zub_kwic_writer_open(&writer, &look, zub_buffer_sink(&out), NULL),
        ZUB_OK);
    for (size_t i = 0; i < count; i++)
        CHECK_INT(zub_kwic_writer_add(writer, &lines[i]), ZUB_OK);
    CHECK_INT(zub_kwic_writer_close(writer), ZUB_OK);
    zub_kwic_writer_free(writer);
    return zub_buffer_slice(&out).data;
}

static void tables_have_six_columns(void)
{
    zub_kwic_line line = line_of("a\tb\n", "x", "\xFF", 7);

    CHECK_STR(written((zub_kwic_look){.format = ZUB_FORMAT_TSV}, &line, 1),
              "id\tbefore\tmatch\tafter\tstart\tend\n"
              "a\ta b \tx\t\uFFFD\t7\t8\n");
    CHECK_STR(written((zub_kwic_look){.format = ZUB_FORMAT_JSONL}, &line, 1),
              "{\"id\": \"a\", \"before\": \"a b \", \"match\": \"x\", "
              "\"after\": \"\uFFFD\", \"start\": 7, \"end\": 8}\n");
    CHECK_STR(written((zub_kwic_look){.format = ZUB_FORMAT_JSON}, &line, 0),
              "[]\n");
}

static void text_puts_matches_below_each_other(void)
{
    zub_kwic_line lines[] = {line_of("ab ", "x", " c", 1),
                             line_of("one two ", "x", "", 1),
                             line_of("日本語", "x", " c", 1)};

    CHECK_STR(written((zub_kwic_look){.format = ZUB_FORMAT_TEXT, .width = 5},
                      lines, 3),
              "  ab x c  a\n two x  a\n 本語x c  a\n");
    CHECK_STR(
        written((zub_kwic_look){.format = ZUB_FORMAT_TEXT, .color = true},
                lines, 1),
        "\033[1mx\033[0m c  a\n");
}

static void lines_from_right_to_left_are_isolated(void)
{
    zub_kwic_line line = line_of("قبل ", "هنا", " بعد", 1);
    zub_kwic_look look = {.format = ZUB_FORMAT_TEXT, .width = 6};

    CHECK_STR(written(look, &line, 1), "  قبل هنا بعد  a\n");
    look.isolate = true;
    CHECK_STR(written(look, &line, 1),
              "  \u2067\u2068قبل \u2069\u2068هنا\u2069\u2068 بعد\u2069\u2069"
              "  a\n");
}

static void markup_in_a_text_is_text_in_html(void)
{
    zub_kwic_line line = line_of("<b>&\"' ", "<script>", "</td>", 1);
    const char *page =
        written((zub_kwic_look){.format = ZUB_FORMAT_HTML}, &line, 1);

    CHECK(strstr(page, "<b>") == NULL && strstr(page, "<script") == NULL);
    CHECK(says(page, "&lt;b&gt;&amp;&quot;&#39; "));
    CHECK(says(page, "&lt;/td&gt;</bdi></td>"));
}

static void tables_of_html_turn_with_their_lines(void)
{
    zub_kwic_line lines[] = {line_of("a ", "b", " c", 1),
                             line_of("قبل ", "هنا", " بعد", 2)};
    const char *page =
        written((zub_kwic_look){.format = ZUB_FORMAT_HTML}, lines, 2);

    CHECK(says(page, "<table dir=\"ltr\">") &&
          says(page, "<table dir=\"rtl\">"));
    page = written((zub_kwic_look){.format = ZUB_FORMAT_HTML}, lines, 0);
    CHECK(says(page, "No match"));
}

int main(void)
{
    CHECK_INT(zub_models_open(&models, "models", NULL), ZUB_OK);
    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    RUN(marks_and_seats_of_hamza_do_not_part_arabic_words);
    RUN(exact_is_letter_for_letter);
    RUN(case_and_letters_go_by_the_language);
    RUN(scripts_without_spaces_are_cut_as_words_are);
    RUN(phrases_are_words_in_a_row_within_a_sentence);
    RUN(a_star_ends_the_beginning_of_a_word);
    RUN(stems_find_all_forms_of_a_term);
    RUN(matches_at_either_end_are_found);
    RUN(what_is_no_pattern_is_refused);
    RUN(a_long_phrase_is_found_and_a_longer_one_refused);
    RUN(regular_expressions_are_those_of_icu);
    RUN(empty_matches_are_none);
    RUN(a_wrong_expression_is_explained);
    RUN(a_runaway_expression_ends);
    RUN(invalid_bytes_are_text);
    RUN(words_are_found_as_if_each_were_folded);
    RUN(context_is_cut_between_words);
    RUN(context_may_be_counted_in_words);
    RUN(no_cut_parts_a_character);
    RUN(a_heap_of_marks_is_shown_shorter);
    RUN(lines_come_in_the_order_of_a_side);
    RUN(alphabets_are_those_of_the_language);
    RUN(the_limit_of_memory_changes_nothing);
    RUN(tables_have_six_columns);
    RUN(text_puts_matches_below_each_other);
    RUN(lines_from_right_to_left_are_isolated);
    RUN(markup_in_a_text_is_text_in_html);
    RUN(tables_of_html_turn_with_their_lines);
    zub_buffer_release(&out);
    zub_models_free(models);
    return DONE();
}
