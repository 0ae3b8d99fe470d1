/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* UTF-8 as Unicode 15, 3.9 has it; our decoder against ICU's on random
 * bytes. */
#include "test.h"

#include <unicode/utf8.h>

#include "base/random.h"
#include "base/utf8.h"

#define SLICE(literal)                                                        \
    {                                                                         \
        literal, sizeof literal - 1                                           \
    }

/* Table 3-8 and its neighbours: what each text becomes. */
static const struct {
    zub_slice text;
    const char *repaired;
    size_t count, invalid;
} examples[] = {
    {SLICE(""), "", 0, 0},
    {SLICE("abc"), "abc", 3, 0},
    {SLICE("\xD8\xB2\xD8\xA8\xD8\xAF\xD8\xA9"), "زبدة", 4, 0},
    {SLICE("\xF4\x8F\xBF\xBF"), "\xF4\x8F\xBF\xBF", 1, 0},
    {SLICE("a\x80z"), "a\uFFFDz", 3, 1},
    {SLICE("\xC0\xAF"), "\uFFFD\uFFFD", 2, 2},
    {SLICE("\xE0\x9F\xBF"), "\uFFFD\uFFFD\uFFFD", 3, 3},
    {SLICE("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD", 3, 3},
    {SLICE("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD", 4, 4},
    {SLICE("\xE2\x82"), "\uFFFD", 1, 2},
    {SLICE("\xE2\x82z"), "\uFFFDz", 2, 2},
    {SLICE("\xF0\x90\x8D"), "\uFFFD", 1, 3},
    {SLICE("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"),
     "\uFFFD\uFFFD\uFFFD\uFFFD\x41", 5, 8},
    {SLICE("\xFE\xFF"), "\uFFFD\uFFFD", 2, 2},
};

static void invalid_bytes_become_replacements_by_maximal_subparts(void)
{
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        zub_buffer out;
        size_t invalid;

        zub_buffer_init(&out, 100);
        CHECK_INT(zub_utf8_repair(&out, examples[i].text),
                  examples[i].invalid);
        CHECK_STR(zub_buffer_slice(&out).data, examples[i].repaired);
        CHECK_INT(zub_utf8_count(examples[i].text, &invalid),
                  examples[i].count);
        CHECK_INT(invalid, examples[i].invalid);
        zub_buffer_release(&out);
    }
}

static void every_code_point_comes_back(void)
{
    zub_buffer out;

    zub_buffer_init(&out, 8);
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        bool is_surrogate = c >= 0xD800 && c < 0xE000, is_valid;
        size_t at = 0;

        zub_buffer_clear(&out);
        zub_utf8_add(&out, c);
        uint32_t back = zub_utf8_next(out.data, out.size, &at, &is_valid);
        if (back != (is_surrogate ? ZUB_REPLACEMENT : c) || !is_valid ||
            at != out.size)
            CHECK_INT(back, c);
    }
    zub_buffer_clear(&out);
    zub_utf8_add(&out, 0x110000);
    CHECK_STR(out.data, "\uFFFD");
    zub_buffer_release(&out);
}

/* Mostly lead and continuation bytes, so that sequences break everywhere. */
static size_t random_text(zub_random *random, char *out, size_t room)
{
    static const unsigned char edges[] = {
        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF,
        0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE,
        0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF};
    size_t size = zub_random_below(random, room);

    for (size_t i = 0; i < size; i++)
        out[i] = (char)edges[zub_random_below(random, sizeof edges)];
    return size;
}

static void icu_reads_the_same(void)
{
    zub_random random = {4, 0};
    char text[64];

    for (int round = 0; round < 50000; round++) {
        size_t size = random_text(&random, text, sizeof text), at = 0;
        const uint8_t *bytes = (const uint8_t *)text;

        for (int32_t i = 0; i < (int32_t)size;) {
            bool is_valid;
            UChar32 c;

            U8_NEXT(bytes, i, (int32_t)size, c);
            uint32_t ours = zub_utf8_next(text, size, &at, &is_valid);
            CHECK_INT(at, i);
            CHECK_INT(is_valid, c >= 0);
            CHECK_INT(ours, c >= 0 ? (uint32_t)c : ZUB_REPLACEMENT);
        }
    }
}

static void repaired_text_is_valid_and_as_long(void)
{
    zub_random random = {5, 0};
    char text[200];

    for (int round = 0; round < 5000; round++) {
        zub_slice before = {text, random_text(&random, text, sizeof text)};
        size_t invalid, none;
        zub_buffer out;

        zub_buffer_init(&out, 1000);
        size_t repaired = zub_utf8_repair(&out, before);
        zub_slice after = zub_buffer_slice(&out);
        CHECK_INT(zub_utf8_first_invalid(after), after.size);
        CHECK_INT(zub_utf8_count(before, &invalid),
                  zub_utf8_count(after, &none));
        CHECK_INT(repaired, invalid);
        CHECK_INT(none, 0);
        CHECK((zub_utf8_first_invalid(before) == before.size) ==
              (invalid == 0));
        zub_buffer_release(&out);
    }
}

static void the_first_invalid_byte_is_found_anywhere(void)
{
    char text[40];

    for (size_t at = 0; at < sizeof text; at++) {
        memset(text, 'a', sizeof text);
        text[at] = (char)0xFF;
        CHECK_INT(zub_utf8_first_invalid((zub_slice){text, sizeof text}), at);
        CHECK_INT(zub_utf8_first_invalid((zub_slice){text, at}), at);
    }
    CHECK_INT(zub_utf8_first_invalid((zub_slice){NULL, 0}), 0);
}

/* Characters of one kind mostly, as in texts, and now and then a wrong byte. */
static size_t random_writing(zub_random *random, char *out, size_t room)
{
    static const char *const kinds[] = {"a ", "\u0643\u062A ", "\u4E2D\u6587",
                                        "\u00E9e", "\U0001F600 "};
    const char *kind = kinds[zub_random_below(random, 5)];
    size_t size = zub_random_below(random, room);

    for (size_t i = 0, at = 0; i < size; i++) {
        out[i] = kind[at++];
        if (kind[at] != '\0')
            continue;
        at = 0;
        if (zub_random_below(random, 9) == 0)
            kind = kinds[zub_random_below(random, 5)];
    }
    if (size > 0 && zub_random_below(random, 3) > 0)
        out[zub_random_below(random, size)] =
            (char)zub_random_below(random, 256);
    return size;
}

static void what_goes_by_at_once_is_what_goes_by_alone(void)
{
    zub_random random = {6, 0};
    char text[120];

    for (int round = 0; round < 50000; round++) {
        zub_slice all = {text, random_writing(&random, text, sizeof text)};
        size_t count = 0, invalid = 0, first = all.size, got;

        for (size_t at = 0; at < all.size; count++) {
            size_t start = at;
            bool is_valid;

            zub_utf8_next(text, all.size, &at, &is_valid);
            if (!is_valid && invalid == 0)
                first = start;
            invalid += is_valid ? 0 : at - start;
        }
        CHECK_INT(zub_utf8_count(all, &got), count);
        CHECK_INT(got, invalid);
        CHECK_INT(zub_utf8_first_invalid(all), first);
    }
}

static void a_byte_order_mark_stands_at_the_start(void)
{
    CHECK_INT(zub_utf8_bom((zub_slice){"\xEF\xBB\xBFx", 4}), 3);
    CHECK_INT(zub_utf8_bom((zub_slice){"\xEF\xBB\xBF", 3}), 3);
    CHECK_INT(zub_utf8_bom((zub_slice){"\xEF\xBB\xBF", 2}), 0);
    CHECK_INT(zub_utf8_bom((zub_slice){"x\xEF\xBB\xBF", 4}), 0);
    CHECK_INT(zub_utf8_bom((zub_slice){NULL, 0}), 0);
}

int main(void)
{
    RUN(invalid_bytes_become_replacements_by_maximal_subparts);
    RUN(every_code_point_comes_back);
    RUN(icu_reads_the_same);
    RUN(repaired_text_is_valid_and_as_long);
    RUN(the_first_invalid_byte_is_found_anywhere);
    RUN(what_goes_by_at_once_is_what_goes_by_alone);
    RUN(a_byte_order_mark_stands_at_the_start);
    return DONE();
}
