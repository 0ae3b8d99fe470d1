/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* The words of a scanner: those of ICU, on any bytes, in linear time. */
#include "scan_laws.h"
#include "scan_texts.h"
#include "test.h"

#include <time.h>

static zub_scanner *scanners[ZUB_SCAN_WAYS];
static zub_scanner *scanner; /* the first of them */
static scan_oracle oracle;

static zub_slice slice(const char *text)
{
    return (zub_slice){text, strlen(text)};
}

static void check_law(zub_slice text, const char *lang, size_t room)
{
    const char *law = NULL;

    if (!scan_oracle_read(&oracle, text, lang))
        law = "ICU decodes the same code points";
    for (int way = 0; way < ZUB_SCAN_WAYS && !law; way++)
        law = broken_scan_law(scanners[way], &oracle, text, lang, room);
    if (law)
        printf("# broken (%s): %s: %.*s\n", lang, law,
               text.size < 200 ? (int)text.size : 200, text.data);
    CHECK(law == NULL);
}

/* The words of a text, a bar between two. */
typedef struct {
    const char *lang, *text, *words;
} example;

static void check_examples(const example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const example *e = &examples[i];
        char got[256] = "";
        zub_scanned word;
        CHECK_INT(zub_scanner_choose(scanner, e->lang, NULL), ZUB_OK);
        CHECK_INT(zub_scanner_begin(scanner, slice(e->text)), ZUB_OK);
        while (zub_scanner_next(scanner, &word, 1) == 1) {
            if (got[0])
                strcat(got, "|");
            strncat(got, e->text + word.start, word.size);
        }
        CHECK_STR(got, e->words);
        check_law(slice(e->text), e->lang, 3);
    }
}

#define CHECK_EXAMPLES(examples)                                              \
    check_examples(examples, sizeof(examples) / sizeof *(examples))

static void words_hold_a_letter_or_a_digit(void)
{
    static const example examples[] = {
        {"en", "Hello, world! -- 42.", "Hello|world|42"},
        {"ar", "قال: «نعم»، ثم ذهب.", "قال|نعم|ثم|ذهب"},
        {"ru", "Да-да, 3,14", "Да|да|3,14"},
        {"und", "", ""},
        {"und", " \t.,;:'\"", ""},
        {"und", "☃ 🇩🇪 👩‍👩‍👦", ""},
        {"hi", "नमस्ते दुनिया।", "नमस्ते|दुनिया"},
    };

    CHECK_EXAMPLES(examples);
}

static void a_mark_between_two_of_a_kind_joins_them(void)
{
    static const example examples[] = {
        {"en", "don't can’t a.b a:b a,b", "don't|can’t|a.b|a|b|a|b"},
        {"en", "1,000.5 1'000 1;2 1:2", "1,000.5|1'000|1;2|1|2"},
        {"en", "a.1 1.a 'a' a..b 1,,2", "a|1|1|a|a|a|b|1|2"},
        {"en", "a1b2 3rd x_y _ __ _1_", "a1b2|3rd|x_y|__|_1_"},
        {"he", "צה\"ל ג' א\"1", "צה\"ל|ג'|א|1"},
    };

    CHECK_EXAMPLES(examples);
}

static void marks_belong_to_the_letter_before_them(void)
{
    static const example examples[] = {
        {"ar", "العَرَبِيَّةُ هـ ـــ", "العَرَبِيَّةُ|هـ|ـــ"},
        {"fa", "می\u200Cخواهم", "می\u200Cخواهم"},
        {"und", "e\u0301a .\u0301a", "e\u0301a|a"},
        {"und", "a\u00ADb a.\u0301b", "a\u00ADb|a.\u0301b"},
    };

    CHECK_EXAMPLES(examples);
}

static void some_languages_have_rules_of_their_own(void)
{
    static const example examples[] = {
        {"sv", "EU:s 3:e", "EU:s|3|e"},
        {"fi", "EU:n", "EU:n"},
        {"fi-FI", "EU:n", "EU:n"},
        {"de", "EU:s", "EU|s"},
        {"no-such-language-at-all", "EU:s", "EU|s"},
        {"", "EU:s", "EU|s"},
    };

    CHECK_EXAMPLES(examples);
}

static void dictionaries_cut_what_has_no_spaces(void)
{
    static const example examples[] = {
        {"th", "สวัสดีครับ abc", "สวัสดี|ครับ|abc"},
        {"zh", "今天天气很好。", "今天|天气|很好"},
        {"ja", "カタカナを書く。", "カタカナ|を|書く"},
        {"ko", "안녕하세요 세계", "안녕하세요|세계"},
        {"und", "ก𝐀ข x𠀀y", NULL},
    };

    CHECK_EXAMPLES(
        ((example[]){examples[0], examples[1], examples[2], examples[3]}));
    check_law(slice(examples[4].text), "und", 1);
}

static void invalid_bytes_are_replacement_characters(void)
{
    static const char *const texts[] = {
        "a\xFF"
        "b",
        "\xE2\x80",
        "a\xE2\x80",
        "\xD8",
        "a\xD8 b",
        "\xC0\xAF",
        "\xED\xA0\x80x",
        "\xF4\x90\x80\x80",
        "a\xF0\x9F\x98",
        "\xE0\xB8",
        "\xE0\xB8\x81\xE0\xB8",
        "x\x80y\xBFz",
        "\xD8\xD8\xD8\xA7",
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_law(slice(texts[i]), "und", 1);
    check_law((zub_slice){"a\0b\0\0'c", 7}, "und", 2);
}

/* Every character alone, twice, and between two of others. */
static void every_character_is_as_in_icu(void)
{
    static const char *const around[] = {"a", "1", "_", "א", "カ", " ", "."};
    zub_buffer text;

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        const char *other = around[c % 7];
        zub_buffer_add(&text, " ", 1);
        zub_utf8_add(&text, c);
        zub_buffer_add(&text, other, strlen(other));
        zub_utf8_add(&text, c);
        zub_utf8_add(&text, c);
        zub_buffer_add(&text, other, strlen(other));
        if (c % 4096 == 4095) {
            check_law(zub_buffer_slice(&text), "und", 256);
            text.size = 0;
        }
    }
    zub_buffer_release(&text);
}

/* Whatever stands at the edge of a block of bytes is seen as elsewhere. */
static void words_do_not_depend_on_where_they_stand(void)
{
    static const char *const pieces[] = {
        "word",    "it's",     "a.b",    "1,2",  "_x",        "é",
        "e\u0301", "قَال",      "،",      "«",    "’",         "don’t",
        "\xD8",    "\xF0\x9F", "Ελλάδα", "мир:", "ab\u200Cc",
    };
    char text[260];

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        for (size_t at = 0; at < 140; at++)
            for (size_t filler = 0; filler < 3; filler++) {
                size_t size = strlen(pieces[i]);
                memset(text, "a 1"[filler], sizeof text);
                memcpy(text + at, pieces[i], size);
                check_law((zub_slice){text, at + size}, "und", 256);
                check_law((zub_slice){text, sizeof text}, "und", 256);
            }
}

static const zub_slice sentences[] = {
#define SENTENCE(text)                                                        \
    {                                                                         \
        text, sizeof text - 1                                                 \
    }
    SENTENCE("The U.S. economy grew 3.5% -- wasn't it $1,000.00?"),
    SENTENCE("قالَتْ: «ذهبَ أحمدُ إلى ١٢٬٣٤٥ مدينةً، ثمّ عاد»؟"),
    SENTENCE(
        "می‌خواهم کتاب‌های خودم را بخوانم."),
    SENTENCE("Он сказал: «Привет!» — и ушёл; 3,14."),
    SENTENCE("L’été dernier, j’ai vu l'arc-en-ciel à Saint-Étienne."),
    SENTENCE("הוא אמר: \"שלום\" וצה\"ל ג'ירפה."),
    SENTENCE("ประเทศไทยมีประชากร 66 ล้านคน Bangkok เมืองหลวง"),
    SENTENCE("東京は日本の首都です。カタカナ・ひらがな123個。"),
    SENTENCE("대한민국의 수도는 서울이다. ABC방송"),
    SENTENCE("हिन्दी भाषा में १२३ लिखा है।"),
    SENTENCE("👩‍👩‍👧‍👦 🇩🇪🇫🇷 ❤️ #1 a_b"),
    SENTENCE("ភាសាខ្មែរ ພາສາລາວ မြန်မာဘာသာ"),
#undef SENTENCE
};

static void random_texts_have_the_words_of_icu(void)
{
    static scan_texts texts;
    const char *lang;

    scan_texts_init(&texts, 20230917, sentences,
                    sizeof sentences / sizeof *sentences);
    for (size_t i = 0; i < 20000 && !test_failed; i++) {
        zub_slice text = scan_texts_next(&texts, &lang);
        check_law(text, lang, 1 + i % 256);
    }
    scan_texts_release(&texts);
}

/* A megabyte of a piece over and over takes no longer than fifty times a
 * fiftieth of it, with a wide margin for a busy machine. */
static double seconds_for(zub_slice text)
{
    clock_t start = clock();

    check_law(text, "und", 256);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

static void long_texts_take_linear_time(void)
{
    static const char *const pieces[] = {
        "a",  "'",   "a'", "a.\u0301", "\u0301", "א\"", "🇩",       "ก",
        "กa", "กa ", "国", "\xF0\x9F", "_",      "1,",  "👩‍", "",
    };

    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t size = strlen(pieces[i]) + (pieces[i][0] == '\0');
        size_t small = 20000 / size * size, large = 50 * small;
        char *text = malloc(large);
        for (size_t at = 0; at < large; at += size)
            memcpy(text + at, pieces[i], size);
        double brief = seconds_for((zub_slice){text, small});
        double lengthy = seconds_for((zub_slice){text, large});
        if (lengthy > 200 * brief + 0.5)
            printf("# \"%s\": %.3f s, then %.3f s\n", pieces[i], brief,
                   lengthy);
        CHECK(lengthy <= 200 * brief + 0.5);
        free(text);
    }
}

static void too_long_a_text_is_refused(void)
{
    zub_slice text = {"", (size_t)1 << 31};

    CHECK_INT(zub_scanner_begin(scanner, text), ZUB_ELIMIT);
}

static void more_languages_than_are_remembered_do_no_harm(void)
{
    static const char *const langs[] = {
        "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "b1", "b2",
        "b3", "b4", "b5", "b6", "b7", "b8", "b9", "c1", "sv", "en", "fi",
    };

    for (size_t round = 0; round < 2; round++)
        for (size_t i = 0; i < sizeof langs / sizeof *langs; i++)
            check_law(slice("EU:s 1:2 สวัสดีครับ"), langs[i], 2);
}

int main(void)
{
    for (int way = 0; way < ZUB_SCAN_WAYS; way++) {
        if (zub_scanner_new(&scanners[way], NULL) != ZUB_OK)
            return 1;
        zub_scanner_go(scanners[way], (zub_scan_way)way);
    }
    scanner = scanners[0];
    RUN(words_hold_a_letter_or_a_digit);
    RUN(a_mark_between_two_of_a_kind_joins_them);
    RUN(marks_belong_to_the_letter_before_them);
    RUN(some_languages_have_rules_of_their_own);
    RUN(dictionaries_cut_what_has_no_spaces);
    RUN(invalid_bytes_are_replacement_characters);
    RUN(every_character_is_as_in_icu);
    RUN(words_do_not_depend_on_where_they_stand);
    RUN(random_texts_have_the_words_of_icu);
    RUN(long_texts_take_linear_time);
    RUN(too_long_a_text_is_refused);
    RUN(more_languages_than_are_remembered_do_no_harm);
    scan_oracle_release(&oracle);
    for (int way = 0; way < ZUB_SCAN_WAYS; way++)
        zub_scanner_free(scanners[way]);
    return DONE();
}
