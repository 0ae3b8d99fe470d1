/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Words as they are counted, and the columns they take. */
#include "test.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "text/fold.h"

static zub_folder *folder;

static void check_fold(const char *word, const char *lang, const char *want)
{
    zub_buffer got;

    zub_buffer_init(&got, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(zub_fold(folder, &got, (zub_slice){word, strlen(word)}, lang),
              ZUB_OK);
    CHECK_STR(got.data ? got.data : "", want);
    zub_buffer_release(&got);
}

/* { word, what it becomes } in a language. */
static void check_pairs(const char *const (*pairs)[2], size_t count,
                        const char *lang)
{
    for (size_t i = 0; i < count; i++)
        check_fold(pairs[i][0], lang, pairs[i][1]);
}

static void vowelled_and_bare_forms_meet(void)
{
    static const char *const pairs[][2] = {
        {"الكِتَابُ", "الكتاب"},    {"مُحَمَّدٌ", "محمد"}, {"رَحْمٰن", "رحمن"},
        {"العـــربي", "العربي"}, {"قُرْآن", "قران"}, {"ٱلْأَرْض", "الارض"},
    };
    check_pairs(pairs, sizeof pairs / sizeof *pairs, "ar");
}

static void hamza_forms_on_alef_meet(void)
{
    static const char *const pairs[][2] = {
        {"أحمد", "احمد"},
        {"إلى", "الى"},
        {"آمن", "امن"},
        {"\u0627\u0654\u062D\u0645\u062F", "احمد"},
        {"\u0648\u0654", "ؤ"}, /* و and a hamza: one letter */
        {"مسؤول", "مسؤول"},
        {"شيء", "شيء"},
        {"\u0675\u0645", "\u0627\u0674\u0645"},
    };
    check_pairs(pairs, sizeof pairs / sizeof *pairs, "ar");
}

static void presentation_forms_are_letters(void)
{
    static const char *const pairs[][2] = {
        {"\uFEE3\uFEA4\uFEE4\uFEAA", "محمد"},
        {"\uFDF2", "الله"},
        {"\uFEFB", "لا"},
        {"\uFB8E\uFB50", "كا"},
    };
    check_pairs(pairs, sizeof pairs / sizeof *pairs, "ar");
}

static void what_stemmers_need_stays(void)
{
    check_fold("مدرسة", "ar", "مدرسة");
    check_fold("مصطفى", "ar", "مصطفى");
}

static void persian_and_arabic_keyboards_meet(void)
{
    check_fold("کتابی", "fa", "كتابي");
    check_fold("كتابي", "fa", "كتابي");
    check_fold("كتابى", "fa", "كتابي");
    check_fold("کتابی", "ar", "كتابي");
    check_fold("سړی", "ps", "سړی");
    check_fold("سړي", "ps", "سړي");
}

static void marks_that_are_not_seen_are_gone(void)
{
    check_fold("\u200Fكتاب\u200E", "ar", "كتاب");
    check_fold("می\u200Cروم", "fa", "ميروم");
    check_fold("soft\u00ADhyphen\uFEFF", "en", "softhyphen");
    check_fold("\u064B\u0640", "ar", "");
}

static void digits_of_arabic_are_ascii(void)
{
    check_fold("١٢٣٤٥٦٧٨٩٠", "ar", "1234567890");
    check_fold("۱۲۳۴۵۶۷۸۹۰", "fa", "1234567890");
}

static void case_is_folded_and_marks_of_latin_stay(void)
{
    static const char *const pairs[][2] = {
        {"CAFÉ", "café"},       {"cafe\u0301", "café"}, {"Straße", "strasse"},
        {"ΣΊΣΥΦΟΣ", "σίσυφοσ"}, {"Москва", "москва"},   {"Ｆｕｌｌ", "full"},
        {"ﬁne", "fine"},        {"U.S", "u.s"},         {"", ""},
    };
    check_pairs(pairs, sizeof pairs / sizeof *pairs, "en");
}

static void turkish_has_two_letters_i(void)
{
    check_fold("ISPARTA", "tr", "ısparta");
    check_fold("İzmir", "tr", "izmir");
    check_fold("I\u0307zmir", "tr", "izmir");
    check_fold("DİYARBAKIR", "az-Latn", "diyarbakır");
    check_fold("ISPARTA", "en", "isparta");
    check_fold("ISPARTA", NULL, "isparta");
}

static void invalid_bytes_become_replacements(void)
{
    check_fold("a\xFFZ", "en", "a\uFFFDz");
    check_fold("\xD8", "ar", "\uFFFD");
    check_fold("\xD8\xA7\xD9", "ar", "ا\uFFFD");
}

static void a_nul_byte_is_text(void)
{
    zub_buffer got;

    zub_buffer_init(&got, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(zub_fold(folder, &got, (zub_slice){"A\0É", 4}, "en"), ZUB_OK);
    CHECK(got.size == 4 && memcmp(got.data, "a\0é", 5) == 0);
    zub_buffer_release(&got);
}

static void it_appends_and_keeps_a_maximum(void)
{
    zub_buffer got;

    zub_buffer_init(&got, 12);
    zub_buffer_add_string(&got, "x");
    CHECK_INT(zub_fold(folder, &got, (zub_slice){"AB", 2}, "en"), ZUB_OK);
    CHECK_STR(got.data, "xab");
    CHECK_INT(zub_fold(folder, &got, (zub_slice){"0123456789ab", 12}, "en"),
              ZUB_ELIMIT);
    zub_buffer_release(&got);
}

static uint64_t seed = 7;

static uint32_t roll(uint32_t below)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((seed >> 33) % below);
}

static uint32_t random_character(void)
{
    static const uint32_t marks[] = {0x300, 0x323, 0x653, 0x654, 0x655, 0x640,
                                     0x64B, 0x670, 0x6D6, 0x307, 'I',   'e'};

    switch (roll(5)) {
    case 0: return 0x600 + roll(0x100);
    case 1: return marks[roll(sizeof marks / sizeof *marks)];
    case 2: return 0xFB50 + roll(0x4B0);
    case 3: return roll(0x3000);
    default: return roll(0x110000);
    }
}

static void fold(zub_buffer *out, const zub_buffer *word, const char *lang)
{
    zub_buffer_clear(out);
    CHECK_INT(zub_fold(folder, out, zub_buffer_slice(word), lang), ZUB_OK);
}

static void folding_twice_changes_nothing(void)
{
    static const char *const langs[] = {"ar", "fa", "ps", "tr", "en"};
    zub_buffer word, once, twice;

    zub_buffer_init(&word, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&once, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&twice, ZUB_BUFFER_UNLIMITED);
    for (int round = 0; round < 100000; round++) {
        const char *lang = langs[roll(5)];
        zub_buffer_clear(&word);
        for (uint32_t left = 1 + roll(8); left > 0; left--)
            zub_utf8_add(&word, random_character());
        fold(&once, &word, lang);
        fold(&twice, &once, lang);
        CHECK(once.size == twice.size &&
              (once.size == 0 || !memcmp(once.data, twice.data, once.size)));
        CHECK(zub_utf8_first_invalid(zub_buffer_slice(&once)) == once.size);
    }
    zub_buffer_release(&word);
    zub_buffer_release(&once);
    zub_buffer_release(&twice);
}

/* A combining letter that no table knows sends a word the slow way. */
static void the_table_and_icu_agree(void)
{
    zub_buffer word, fast, slow;

    zub_buffer_init(&word, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&fast, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&slow, ZUB_BUFFER_UNLIMITED);
    for (uint32_t c = 0; c < 0x700; c = c == 0x7F ? 0x600 : c + 1) {
        zub_buffer_clear(&word);
        zub_utf8_add(&word, 0x628);
        zub_utf8_add(&word, c);
        fold(&fast, &word, "ar");
        zub_utf8_add(&word, 0x4E00);
        fold(&slow, &word, "ar");
        CHECK(slow.size == fast.size + 3 &&
              !memcmp(slow.data, fast.data, fast.size));
    }
    zub_buffer_release(&word);
    zub_buffer_release(&fast);
    zub_buffer_release(&slow);
}

static void widths_are_columns_on_a_terminal(void)
{
    static const struct {
        const char *text;
        size_t width;
    } rows[] = {
        {"", 0},
        {"abc", 3},
        {"é", 1},
        {"e\u0301", 1},
        {"كِتَاب", 4},
        {"漢字", 4},
        {"ｶﾅ", 2},
        {"한글", 4},
        {"\u1112\u1161\u11AB", 2},
        {"😀", 2},
        {"❤", 1},
        {"❤\uFE0F", 2},
        {"👍🏽", 2},
        {"👨\u200D👩\u200D👧", 2},
        {"🇸🇦", 2},
        {"1\uFE0F\u20E3", 2},
        {"\u2068a\u2069", 1},
        {"\t\n\x7F", 0},
        {"\xFFx", 2},
        {"\u200B", 0},
        {"ไทย", 3},
        {"กำ", 2},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t got =
            zub_display_width((zub_slice){rows[i].text, strlen(rows[i].text)});
        if (got != rows[i].width)
            printf("# '%s'\n", rows[i].text);
        CHECK_INT(got, rows[i].width);
    }
}

int main(void)
{
    if (zub_folder_new(&folder, NULL))
        return 1;
    RUN(vowelled_and_bare_forms_meet);
    RUN(hamza_forms_on_alef_meet);
    RUN(presentation_forms_are_letters);
    RUN(what_stemmers_need_stays);
    RUN(persian_and_arabic_keyboards_meet);
    RUN(marks_that_are_not_seen_are_gone);
    RUN(digits_of_arabic_are_ascii);
    RUN(case_is_folded_and_marks_of_latin_stay);
    RUN(turkish_has_two_letters_i);
    RUN(invalid_bytes_become_replacements);
    RUN(a_nul_byte_is_text);
    RUN(it_appends_and_keeps_a_maximum);
    RUN(folding_twice_changes_nothing);
    RUN(the_table_and_icu_agree);
    RUN(widths_are_columns_on_a_terminal);
    zub_folder_free(folder);
    return DONE();
}
