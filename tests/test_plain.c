/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_plain.c - text that no escape changes: what is said to be plain is, in
 * every place of a word, and comes out as it went in. */
#include "base/buffer.h"
#include "base/random.h"
#include "base/utf8.h"
#include "render/plain.h"
#include "render/writer.h"
#include "test.h"

#define MOST 40

static bool is_plain_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ' ||
           (c >= '*' && c <= ';') || (c >= 0xC0 && c < 0x800);
}

static bool should_be_plain(zub_slice text)
{
    for (size_t at = 0; at < text.size;) {
        bool is_valid;
        uint32_t c = zub_utf8_next(text.data, text.size, &at, &is_valid);
        if (!is_valid || !is_plain_letter(c))
            return false;
    }
    return true;
}

/* Nothing outside the text and the slack is read or written. */
static bool is_right(const char *data, size_t size)
{
    char in[MOST + 16], out[MOST + 16 + ZUB_PLAIN_SLACK];

    memset(in, 'a', sizeof in);
    memset(out, '#', sizeof out);
    memcpy(in + 8, data, size);
    zub_slice text = {in + 8, size};
    bool is_plain = zub_copy_plain(out, text);
    return is_plain == should_be_plain(text) &&
           (!is_plain || memcmp(out, data, size) == 0) &&
           out[size + ZUB_PLAIN_SLACK] == '#';
}

static void every_byte_in_every_place_is_judged_as_it_is(void)
{
    size_t wrong = 0;

    for (size_t size = 0; size <= 18; size++)
        for (size_t at = 0; at < size; at++)
            for (unsigned byte = 0; byte < 256; byte++) {
                char text[MOST];
                memset(text, 'x', size);
                text[at] = (char)byte;
                wrong += !is_right(text, size);
                if (at + 1 < size) {
                    text[at + 1] = (char)0x85;
                    wrong += !is_right(text, size);
                }
            }
    CHECK_INT(wrong, 0);
}

static void pairs_of_bytes_are_letters_or_not(void)
{
    size_t wrong = 0;

    for (size_t at = 0; at < 9; at++)
        for (unsigned first = 0x80; first < 256; first++)
            for (unsigned second = 0; second < 256; second++) {
                char text[] = "abcdefghijk";
                text[at] = (char)first;
                text[at + 1] = (char)second;
                wrong += !is_right(text, sizeof text - 1);
            }
    CHECK_INT(wrong, 0);
}

static void any_mixture_of_letters_is_judged_as_it_is(void)
{
    static const char *const pieces[] = {
        "a",    " ", "9",  "\xD8\xA7", "Z",       "\"", "\xE2\x82\xAC",
        "\xD9", "-", "\t", "\xC3\xA9", "\xC2\x85"};
    zub_random random = {5, 0};
    size_t wrong = 0, plain = 0;

    for (unsigned i = 0; i < 200000; i++) {
        char text[MOST];
        size_t size = 0, most = zub_random_below(&random, MOST - 3);
        size_t kinds = zub_random_below(&random, 4) ? 4 : 12;
        while (size < most) {
            const char *piece = pieces[zub_random_below(&random, kinds)];
            memcpy(text + size, piece, strlen(piece));
            size += strlen(piece);
        }
        wrong += !is_right(text, size);
        plain += should_be_plain((zub_slice){text, size});
    }
    CHECK_INT(wrong, 0);
    CHECK(plain > 100000);
}

static void what_is_not_plain_is_escaped_as_ever(void)
{
    zub_buffer buffer;
    zub_writer writer;

    zub_buffer_init(&buffer, ZUB_BUFFER_UNLIMITED);
    zub_writer_init(&writer, zub_buffer_sink(&buffer));
    zub_write_escaped(&writer, (zub_slice){"two words", 9}, zub_escape_cell);
    zub_write_escaped(&writer, (zub_slice){"\ttab\xD9", 5}, zub_escape_cell);
    CHECK_INT(zub_writer_finish(&writer), ZUB_OK);
    CHECK_STR(buffer.data, "two words\\ttab\xEF\xBF\xBD");
    zub_buffer_release(&buffer);
}

int main(void)
{
    RUN(every_byte_in_every_place_is_judged_as_it_is);
    RUN(pairs_of_bytes_are_letters_or_not);
    RUN(any_mixture_of_letters_is_judged_as_it_is);
    RUN(what_is_not_plain_is_escaped_as_ever);
    return DONE();
}
