/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Texts that are kept in fewer bytes come back as they were. */
#include <stdlib.h>

#include "index/narrow.h"
#include "test.h"

#define MOST 5000u

static char narrowed[ZUB_NARROW_MOST(MOST)];
static char back[MOST];

static size_t check_returns(const char *text, size_t size)
{
    size_t made = zub_narrow(narrowed, (zub_slice){text, size});

    CHECK(made <= size + 1);
    memset(back, 0x55, sizeof back);
    CHECK(zub_widen(back, size, (zub_slice){narrowed, made}));
    CHECK(memcmp(back, text, size) == 0);
    return made;
}

static void letters_of_one_page_are_a_byte_each(void)
{
    static const char *const texts[] = {
        "\xD9\x83\xD8\xAA\xD8\xA8",             /* Arabic */
        "\xD0\xBA\xD0\xBE\xD1\x82",             /* Cyrillic, two leads */
        "\xE0\xA4\x95\xE0\xA4\xB5\xE0\xA5\x8B", /* Devanagari */
        "\xE3\x81\x8B\xE3\x81\xAA\xE3\x81\x8C", /* Hiragana */
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        CHECK_INT(check_returns(texts[i], strlen(texts[i])), 4);
    }
    CHECK_INT(check_returns("plain text", 10), 11);
    CHECK_INT(narrowed[0], 0);
    CHECK_INT(check_returns("", 0), 1);
}

static void any_bytes_come_back(void)
{
    static const char *const pieces[] = {"\xD9\x83",
                                         "\xD8",
                                         "\x83",
                                         " ",
                                         "\x10",
                                         "",
                                         "\xE0\xA4\x95",
                                         "\xE0",
                                         "\xF0\x9F\x98\x80",
                                         "a",
                                         "\xFF",
                                         "\xD1\x82",
                                         "\xE0\xA4"};
    char text[MOST];

    srand(7);
    for (int round = 0; round < 3000; round++) {
        size_t wanted = (size_t)rand() % (round % 10 ? 60 : MOST), size = 0;
        size_t common = (size_t)rand() % 13;
        while (size + 4 < wanted) {
            size_t piece = rand() % 3 ? common : (size_t)rand() % 13;
            size_t length = piece == 5 ? 1 : strlen(pieces[piece]);
            memcpy(text + size, pieces[piece], length);
            size += length;
        }
        check_returns(text, size);
    }
}

/* Whatever lies there, nothing is written beyond the end. */
static void forged_text_is_refused_or_fits(void)
{
    char forged[40], out[64];

    srand(11);
    for (int round = 0; round < 100000; round++) {
        size_t size = (size_t)rand() % sizeof forged;
        size_t wanted = (size_t)rand() % 40;
        for (size_t i = 0; i < size; i++)
            forged[i] = (char)(rand() % 4 ? rand() : 0x10);
        memset(out, 0x33, sizeof out);
        zub_widen(out, wanted, (zub_slice){forged, size});
        for (size_t i = wanted; i < sizeof out; i++)
            CHECK(out[i] == 0x33);
    }
    CHECK(!zub_widen(out, 0, (zub_slice){forged, 0}));
    CHECK(!zub_widen(out, 2, (zub_slice){"\x0C\x83", 2}) ||
          memcmp(out, "\xD8\x83", 2) == 0);
    CHECK(!zub_widen(out, 1, (zub_slice){"\x0C\x83", 2}));
    CHECK(!zub_widen(out, 1, (zub_slice){"\x0C\x10", 2}));
}

int main(void)
{
    RUN(letters_of_one_page_are_a_byte_each);
    RUN(any_bytes_come_back);
    RUN(forged_text_is_refused_or_fits);
    return DONE();
}
