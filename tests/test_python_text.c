/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Text as Python's str and re see it, and words as scikit-learn and gensim cut
 * them. Golden values are Python 3.11's, scikit-learn 1.9's and gensim 4.4's;
 * scripts/check-parity compares on far more. */
#include "test.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "text/python_text.h"
#include "text/python_words.h"

enum { RULES = 4 };

static zub_python_words *cutters[RULES];

static zub_slice slice(const char *string)
{
    return (zub_slice){string, strlen(string)};
}

/* ---- Joined with "|", for comparing ---- */

static char *finish(zub_buffer *buffer)
{
    static char said[8][4096];
    static unsigned turn;
    char *copy = said[turn++ % 8];

    snprintf(copy, sizeof *said, "%s", zub_buffer_slice(buffer).data);
    zub_buffer_release(buffer);
    return copy;
}

static const char *lower_slice(zub_slice text)
{
    zub_buffer out;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(zub_python_lower(&out, text), ZUB_OK);
    return finish(&out);
}

static const char *lower(const char *text)
{
    return lower_slice(slice(text));
}

static void add(zub_buffer *out, zub_slice term)
{
    zub_buffer_add_slice(out, term);
    zub_buffer_add_char(out, '|');
}

/* The terms of a text, `room` at a time. */
static const char *cut_by(zub_python_rule rule, zub_slice text, size_t room)
{
    zub_python_words *words = cutters[rule];
    zub_python_span spans[64];
    zub_slice base, term;
    zub_buffer out;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(zub_python_words_begin(words, text, &base), ZUB_OK);
    for (size_t count; (count = zub_python_words_next(words, spans, room));)
        for (size_t i = 0; i < count; i++) {
            zub_slice word = {base.data + spans[i].start, spans[i].size};
            CHECK(spans[i].start + spans[i].size <= base.size);
            CHECK_INT(zub_python_words_term(words, word, &term), ZUB_OK);
            add(&out, term);
        }
    return finish(&out);
}

static const char *cut(zub_python_rule rule, const char *text)
{
    return cut_by(rule, slice(text), 64);
}

static const char *grams(const char *text, size_t low, size_t high,
                         bool is_word)
{
    zub_python_span spans[3];
    zub_python_grams walk;
    zub_buffer out;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    zub_python_grams_init(&walk, slice(text), low, high, is_word);
    for (size_t count; (count = zub_python_grams_next(&walk, spans, 3));)
        for (size_t i = 0; i < count; i++)
            add(&out, (zub_slice){text + spans[i].start, spans[i].size});
    return finish(&out);
}

/* ---- Lower case and classes ---- */

static void letters_are_lowered(void)
{
    CHECK_STR(lower("ABC xyz ÀÉÎ ŁÓDŹ ЖЗИ"), "abc xyz àéî łódź жзи");
    CHECK_STR(lower("STRASSE ẞ ǅ \u212A\u212B Ⅳ Ⓐ"),
              "strasse ß ǆ k\u00E5 ⅳ ⓐ");
    CHECK_STR(lower("\U00010400 \u0531 \u10A0 \u13A0 \u023A"),
              "\U00010428 \u0561 \u2D00 \uAB70 \u2C65");
    CHECK_STR(lower("العـــربي كَتَبَ עברית हिन्दी 漢字"),
              "العـــربي كَتَبَ עברית हिन्दी 漢字");
}

static void a_dotted_capital_i_becomes_two_characters(void)
{
    CHECK_STR(lower("İstanbul İ I ı"), "i\u0307stanbul i\u0307 i ı");
}

static void a_capital_sigma_looks_around(void)
{
    CHECK_STR(lower("ΟΔΟΣ ΟΔΟΣ. Σ"), "οδος οδος. σ");
    CHECK_STR(lower("Ο'Σ'Α Α'Σ' ΑΣ\u2019ΑΣ"), "ο'σ'α α'ς' ασ\u2019ας");
    CHECK_STR(lower("A\u0301Σ\u0301 AΣ\u00ADB 1Σ aΣ1"),
              "a\u0301ς\u0301 aσ\u00ADb 1σ aς1");
    CHECK_STR(lower("Α.:·Σ\xFF"), "α.:·ς\uFFFD");
    CHECK_STR(lower("Α\xFFΣ"), "α\uFFFDσ");
}

static void invalid_bytes_are_replaced(void)
{
    CHECK_STR(lower("A\xFF\x42\xC3"), "a\uFFFDb\uFFFD");
    CHECK_STR(lower("\xED\xA0\x80 \xE2\x80 \xC0\x80 \xF0\x9F\x98Z"),
              "\uFFFD\uFFFD\uFFFD \uFFFD \uFFFD\uFFFD \uFFFDz");
    CHECK_STR(lower("\xD9 \xDF"), "\uFFFD \uFFFD");
}

static void white_space_is_where_python_splits(void)
{
    static const uint16_t spaces[] = {
        0x09,   0x0A,   0x0B,   0x0C,   0x0D,   0x1C,   0x1D,   0x1E,
        0x1F,   0x20,   0x85,   0xA0,   0x1680, 0x2000, 0x2001, 0x2002,
        0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200A,
        0x2028, 0x2029, 0x202F, 0x205F, 0x3000};
    size_t count = 0;
    zub_buffer text;

    for (uint32_t c = 0; c < 0x110000; c++)
        if (zub_python_is_space(c))
            CHECK_INT(spaces[count++ % 29], c);
    CHECK_INT(count, 29);
    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    for (size_t i = 0; i < 29; i++) {
        zub_buffer_add_char(&text, 'a');
        zub_utf8_add(&text, spaces[i]);
        zub_utf8_add(&text, spaces[i]);
    }
    zub_buffer_add_string(&text, "b\u200Bc\u180Ed\uFEFFe");
    const char *got = cut(ZUB_PYTHON_SPLIT, text.data);
    for (size_t i = 0; i < 29; i++)
        CHECK(memcmp(got + 4 * i, " a |", 4) == 0);
    CHECK_STR(got + 4 * 29, " b\u200Bc\u180Ed\uFEFFe |");
    CHECK_STR(cut(ZUB_PYTHON_CHAR, text.data),
              "a a a a a a a a a a a a a a a a a a a a a a a a a a a a a "
              "b\u200Bc\u180Ed\uFEFFe|");
    zub_buffer_release(&text);
}

static void numbers_are_words_and_marks_are_not(void)
{
    static const uint32_t in[] = {'_',    '0',    0x00AA, 0x00B2, 0x00BD,
                                  0x0640, 0x0663, 0x2163, 0x2460, 0x3007,
                                  0x3131, 0x4E00, 0x1D7D8},
                          out[] = {'-',    0x0300, 0x064B, 0x093E, 0x200C,
                                   0x200D, 0x24B6, 0x20AC, 0xFFFD, 0x1F642};

    for (size_t i = 0; i < sizeof in / sizeof *in; i++)
        CHECK(zub_python_is_word(in[i]));
    for (size_t i = 0; i < sizeof out / sizeof *out; i++)
        CHECK(!zub_python_is_word(out[i]));
    CHECK(zub_python_is_decimal('7') && zub_python_is_decimal(0x0663));
    CHECK(!zub_python_is_decimal(0x00B2) && !zub_python_is_decimal(0x2163));
}

/* What zub_python_lowers_as_a_whole and cutting before lowering rest on. */
static void lowering_moves_no_boundary_but_for_one_letter(void)
{
    size_t moved = 0;

    for (uint32_t c = 0; c < 0x110000; c++) {
        zub_buffer text, small;
        if (c >= 0xD800 && c < 0xE000)
            continue;
        zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
        zub_buffer_init(&small, ZUB_BUFFER_UNLIMITED);
        zub_utf8_add(&text, c);
        CHECK_INT(zub_python_lower(&small, zub_buffer_slice(&text)), ZUB_OK);
        size_t at = 0;
        uint32_t to = zub_utf8_next(small.data, small.size, &at, NULL);
        if (at != small.size ||
            zub_python_is_word(c) != zub_python_is_word(to) ||
            zub_python_is_decimal(c) != zub_python_is_decimal(to) ||
            zub_python_is_space(c) != zub_python_is_space(to)) {
            CHECK_INT(c, 0x130);
            moved++;
        }
        zub_buffer_release(&text);
        zub_buffer_release(&small);
    }
    CHECK_INT(moved, 1);
    CHECK(zub_python_lowers_as_a_whole(slice("ab İ")));
    CHECK(zub_python_lowers_as_a_whole(slice("αβΣ")));
    CHECK(!zub_python_lowers_as_a_whole(slice("αβσς ÎÓĄı العربي \xC4")));
    CHECK(!zub_python_lowers_as_a_whole((zub_slice){NULL, 0}));
}

/* ---- Words ---- */

static const char vowelled[] = "كَتَبَ الوَلَدُ الدَّرْسَ في البيت العـــربي ولا a b";

static void vowels_cut_words_as_they_do_there(void)
{
    CHECK_STR(cut(ZUB_PYTHON_WORD, vowelled),
              "الو|الد|في|البيت|العـــربي|ولا|");
    CHECK_STR(cut(ZUB_PYTHON_ALPHABETIC, vowelled),
              "ك|ت|ب|الو|ل|د|الد|ر|س|في|البيت|العـــربي|ولا|a|b|");
}

static void words_have_two_characters(void)
{
    CHECK_STR(cut(ZUB_PYTHON_WORD, "I am a 7 of 42, é ça 漢 漢字 𐐀 𐐀𐐀 _ __"),
              "am|of|42|ça|漢字|𐐨𐐨|__|");
    CHECK_STR(cut(ZUB_PYTHON_WORD, "don't e-mail C++ x² ½½ a_b"),
              "don|mail|x²|½½|a_b|");
}

static void digits_cut_gensims_words(void)
{
    CHECK_STR(cut(ZUB_PYTHON_ALPHABETIC, "Mp3 2nd a1b٣c x² Ⅳ_5"),
              "mp|nd|a|b|c|x²|ⅳ_|");
}

static void a_text_is_lowered_first_where_it_matters(void)
{
    zub_slice base;

    CHECK_STR(cut(ZUB_PYTHON_WORD, "İstanbul'da İ Iı Aİ"),
              "stanbul|da|iı|ai|");
    CHECK_STR(cut(ZUB_PYTHON_ALPHABETIC, "İstanbul"), "i|stanbul|");
    CHECK_STR(cut(ZUB_PYTHON_WORD, "ΑΣ'ΑΣ ΟΔΟΣ"), "ασ|ας|οδος|");
    CHECK_STR(cut(ZUB_PYTHON_SPLIT, "ΑΣ'ΑΣ ΟΔΟΣ İ"),
              " ασ'ας | οδος | i\u0307 |");
    zub_python_words_begin(cutters[ZUB_PYTHON_WORD], slice("ΟΔΟΣ"), &base);
    CHECK(zub_python_words_is_lowered(cutters[ZUB_PYTHON_WORD]));
    CHECK_STR(base.data, "οδος");
    zub_python_words_begin(cutters[ZUB_PYTHON_WORD], slice("ABC"), &base);
    CHECK(!zub_python_words_is_lowered(cutters[ZUB_PYTHON_WORD]));
    CHECK_STR(base.data, "ABC");
}

static void nul_and_invalid_bytes_are_input(void)
{
    static const char nul[] = "ab\0cd \0\0 ef\0";

    CHECK_STR(cut_by(ZUB_PYTHON_WORD, (zub_slice){nul, sizeof nul - 1}, 64),
              "ab|cd|ef|");
    CHECK_STR(cut(ZUB_PYTHON_WORD, "ab\xFF\x63\x64\xD9 \xD9\xD9\x84\xD9\x87"),
              "ab|cd|\u0644\u0647|");
    CHECK_STR(cut(ZUB_PYTHON_SPLIT, "\xC0\x80 a\xE2\x80 \xFF"),
              " \uFFFD\uFFFD | a\uFFFD | \uFFFD |");
    CHECK_STR(cut(ZUB_PYTHON_CHAR, "A\xFF \t\xC2\xA0 B"), "a\uFFFD b|");
}

static void nothing_gives_nothing(void)
{
    zub_python_span span;
    zub_slice base;

    for (int rule = 0; rule < RULES; rule++) {
        CHECK_STR(cut((zub_python_rule)rule, ""), "");
        CHECK_INT(
            zub_python_words_begin(cutters[rule], (zub_slice){NULL, 0}, &base),
            ZUB_OK);
        CHECK_INT(zub_python_words_next(cutters[rule], &span, 1), 0);
        CHECK_INT(zub_python_words_next(cutters[rule], &span, 0), 0);
    }
    CHECK_STR(cut(ZUB_PYTHON_SPLIT, " \n\t "), "");
    CHECK_STR(cut(ZUB_PYTHON_CHAR, " \n\t "), " |");
    CHECK_STR(cut(ZUB_PYTHON_CHAR, "\n"), "\n|");
    zub_python_words_free(NULL);
}

static void a_text_too_long_is_refused(void)
{
    zub_slice base, text = {"", (size_t)UINT32_MAX + 1};
    zub_python_span span;

    for (int rule = 0; rule < RULES; rule++) {
        CHECK_INT(zub_python_words_begin(cutters[rule], text, &base),
                  ZUB_ELIMIT);
        CHECK_INT(base.size, 0);
        CHECK_INT(zub_python_words_next(cutters[rule], &span, 1), 0);
    }
}

/* ---- Laws ---- */

static uint64_t seed = 4;

static uint32_t roll(uint32_t sides)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % sides;
}

/* A random text of pieces that blocks of 64 bytes may cut anywhere. */
static void fill_text(zub_buffer *text)
{
    static const char *const pieces[] = {
        "a",    "Z",        "9",    "_",    " ",     "  ",     "\n",
        "é",    "İ",        "Σ",    "ا",    "لع",    "\u064E", "\u2019",
        "漢",   "\u3000",   "𐐀",    "🙂", "\x80",  "\xC3",   "\xE2\x80",
        "\xC0", "\xF0\x9F", "word", "كلمة", "ΟΔΟΣ'", "٣",      "\u00A0"};

    zub_buffer_clear(text);
    for (uint32_t left = roll(120), kind = roll(3); left > 0; left--)
        zub_buffer_add_string(text, pieces[kind == 0   ? roll(7)
                                           : kind == 1 ? 4 + roll(8)
                                                       : roll(28)]);
}

/* A word by the rule's characters alone, one at a time. */
static bool is_in(zub_python_rule rule, uint32_t c)
{
    if (rule == ZUB_PYTHON_SPLIT)
        return !zub_python_is_space(c);
    return zub_python_is_word(c) &&
           (rule == ZUB_PYTHON_WORD || !zub_python_is_decimal(c));
}

static void expect_words(zub_python_rule rule, zub_slice base,
                         const zub_python_span *spans, size_t count)
{
    size_t found = 0;

    for (size_t at = 0, start = 0, length = 0; start < base.size;) {
        size_t next = at;
        bool goes_on =
            at < base.size &&
            is_in(rule, zub_utf8_next(base.data, base.size, &next, NULL));
        if (goes_on) {
            length++;
            at = next;
            continue;
        }
        if (length > (rule == ZUB_PYTHON_WORD)) {
            CHECK(found < count && spans[found].start == start &&
                  spans[found].size == at - start);
            found++;
        }
        start = at = next > at ? next : base.size;
        length = 0;
    }
    CHECK_INT(count, found);
}

static void blocks_find_what_characters_one_by_one_do(void)
{
    zub_python_span spans[1024];
    zub_buffer text;
    zub_slice base;

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    for (int i = 0; i < 20000 && !test_failed; i++) {
        zub_python_rule rule = (zub_python_rule)roll(3);
        size_t count = 0, more, room = 1 + roll(40);
        fill_text(&text);
        CHECK_INT(zub_python_words_begin(cutters[rule],
                                         zub_buffer_slice(&text), &base),
                  ZUB_OK);
        while (
            (more = zub_python_words_next(cutters[rule], spans + count, room)))
            count += more;
        expect_words(rule, base, spans, count);
    }
    zub_buffer_release(&text);
}

/* Terms are the same whether the text was lowered before or the word after. */
static void lowering_early_or_late_is_the_same(void)
{
    zub_buffer text, small;

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&small, ZUB_BUFFER_UNLIMITED);
    for (int i = 0; i < 5000 && !test_failed; i++) {
        zub_python_rule rule = (zub_python_rule)roll(RULES);
        fill_text(&text);
        zub_buffer_clear(&small);
        CHECK_INT(zub_python_lower(&small, zub_buffer_slice(&text)), ZUB_OK);
        CHECK_STR(cut_by(rule, zub_buffer_slice(&text), 7),
                  cut_by(rule, zub_buffer_slice(&small), 64));
    }
    zub_buffer_release(&text);
    zub_buffer_release(&small);
}

/* 1 MB of what a sigma skips, between sigmas. */
static void sigmas_cost_linear_time(void)
{
    size_t size = 1 << 20;
    char *text = malloc(size);
    zub_buffer out;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    memset(text, '.', size);
    for (size_t i = 0; i + 2 <= size; i += i < size / 2 ? 2 : size / 8)
        memcpy(text + i, "\xCE\xA3", 2);
    CHECK_INT(zub_python_lower(&out, (zub_slice){text, size}), ZUB_OK);
    CHECK_INT(out.size, size);
    zub_buffer_release(&out);
    free(text);
}

static void what_does_not_fit_appends_nothing(void)
{
    zub_buffer out;

    zub_buffer_init(&out, 6000);
    zub_buffer_add_string(&out, "kept");
    char text[5000];
    memset(text, 'A', sizeof text);
    CHECK_INT(zub_python_lower(&out, (zub_slice){text, sizeof text}),
              ZUB_ELIMIT);
    CHECK_STR(out.data, "kept");
    zub_buffer_release(&out);
}

/* ---- N-grams ---- */

static void n_grams_of_a_padded_word(void)
{
    CHECK_STR(grams(" abc ", 3, 5, true), " ab|abc|bc | abc|abc | abc |");
    CHECK_STR(grams(" ab ", 3, 5, true), " ab|ab | ab |");
    CHECK_STR(grams(" a ", 3, 5, true), " a |");
    CHECK_STR(grams(" a ", 4, 5, true), " a |");
    CHECK_STR(grams(" a ", 3, 3, true), " a |");
    CHECK_STR(grams(" \u0641\u064A ", 2, 3, true),
              " \u0641|\u0641\u064A|\u064A | \u0641\u064A|\u0641\u064A |");
    CHECK_STR(grams(" 漢𐐨 ", 1, 2, true), " |漢|𐐨| | 漢|漢𐐨|𐐨 |");
}

static void n_grams_of_a_whole_text(void)
{
    CHECK_STR(grams("ab c", 1, 2, false), "a|b| |c|ab|b | c|");
    CHECK_STR(grams("ab", 3, 5, false), "");
    CHECK_STR(grams("ab", 2, SIZE_MAX, false), "ab|");
    CHECK_STR(grams("", 1, 3, true), "");
    CHECK_STR(grams("ab", 2, 1, true), "");
    CHECK_STR(grams("a\xE2", 1, 3, false), "a|\xE2|a\xE2|");
}

int main(void)
{
    for (int rule = 0; rule < RULES; rule++)
        if (zub_python_words_new(&cutters[rule], (zub_python_rule)rule, NULL))
            return 1;
    RUN(letters_are_lowered);
    RUN(a_dotted_capital_i_becomes_two_characters);
    RUN(a_capital_sigma_looks_around);
    RUN(invalid_bytes_are_replaced);
    RUN(white_space_is_where_python_splits);
    RUN(numbers_are_words_and_marks_are_not);
    RUN(lowering_moves_no_boundary_but_for_one_letter);
    RUN(vowels_cut_words_as_they_do_there);
    RUN(words_have_two_characters);
    RUN(digits_cut_gensims_words);
    RUN(a_text_is_lowered_first_where_it_matters);
    RUN(nul_and_invalid_bytes_are_input);
    RUN(nothing_gives_nothing);
    RUN(a_text_too_long_is_refused);
    RUN(blocks_find_what_characters_one_by_one_do);
    RUN(lowering_early_or_late_is_the_same);
    RUN(sigmas_cost_linear_time);
    RUN(what_does_not_fit_appends_nothing);
    RUN(n_grams_of_a_padded_word);
    RUN(n_grams_of_a_whole_text);
    for (int rule = 0; rule < RULES; rule++)
        zub_python_words_free(cutters[rule]);
    return DONE();
}
