/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gzip: what goes in comes out, and a bad file says where it is bad. */
#include "test.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "base/gzip.h"
#include "base/random.h"

/* Bytes that are handed out in pieces of random size. */
typedef struct tap {
    zub_slice bytes;
    size_t at, largest;
    zub_random random;
    zub_status at_end;
} tap;

static zub_status read_tap(void *context, char *out, size_t room, size_t *got)
{
    tap *self = context;
    size_t left = self->bytes.size - self->at;
    size_t size = 1 + zub_random_below(&self->random, self->largest);

    size = size < room ? size : room;
    *got = size < left ? size : left;
    if (*got == 0)
        return self->at_end;
    memcpy(out, self->bytes.data + self->at, *got);
    self->at += *got;
    return ZUB_OK;
}

static zub_buffer gzipped(zub_slice text, int level)
{
    zub_gzip_writer *writer;
    zub_buffer out;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(zub_gzip_writer_new(&writer, zub_buffer_sink(&out), level, NULL),
              ZUB_OK);
    zub_sink sink = zub_gzip_writer_sink(writer);
    for (size_t at = 0; at < text.size; at += 1000)
        CHECK_INT(sink.write(sink.context, text.data + at,
                             text.size - at < 1000 ? text.size - at : 1000),
                  ZUB_OK);
    CHECK_INT(zub_gzip_writer_finish(writer), ZUB_OK);
    zub_gzip_writer_free(writer);
    return out;
}

/* All that comes out, and why it ended. */
static zub_status gunzip(zub_buffer *out, tap *input, size_t piece,
                         uint64_t limit, zub_error *error)
{
    zub_source source = {read_tap, input};
    zub_gzip_reader *reader;
    zub_status status;
    size_t got;

    zub_buffer_init(out, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(zub_gzip_reader_new(&reader, source, limit, NULL), ZUB_OK);
    do {
        char *end = zub_buffer_reserve(out, piece);
        status = zub_gzip_read(reader, end, piece, &got, error);
        CHECK(status == ZUB_OK || got == 0);
        out->size += got;
    } while (status == ZUB_OK && got > 0);
    /* The end and failures stay. */
    CHECK_INT(zub_gzip_read(reader, out->data, 1, &got, error), status);
    CHECK_INT(got, 0);
    zub_gzip_reader_free(reader);
    return status;
}

static tap tap_of(const zub_buffer *bytes)
{
    return (tap){zub_buffer_slice(bytes), 0, 5000, {bytes->size, 0}, ZUB_OK};
}

static char text[300000];

static void make_text(void)
{
    zub_random random = {11, 0};

    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)('a' + zub_random_below(&random, i < 100000 ? 3 : 26));
}

static void check_text(zub_slice got, zub_slice wanted)
{
    CHECK(got.size == wanted.size);
    CHECK(got.size == 0 || memcmp(got.data, wanted.data, got.size) == 0);
}

static void what_goes_in_comes_out(void)
{
    static const size_t sizes[] = {0, 1, 1000, 65536, sizeof text};

    for (size_t i = 0; i < 5; i++)
        for (int level = 0; level < 10; level += 3) {
            zub_slice whole = {text, sizes[i]};
            zub_buffer zipped = gzipped(whole, level), out;
            tap input = tap_of(&zipped);
            CHECK(zub_is_gzip(zub_buffer_slice(&zipped)));
            CHECK_INT(gunzip(&out, &input, 7000, 0, NULL), ZUB_OK);
            check_text(zub_buffer_slice(&out), whole);
            zub_buffer_release(&out);
            zub_buffer_release(&zipped);
        }
}

static void members_are_joined_and_zeros_are_padding(void)
{
    static const size_t paddings[] = {0, 1, 512, 200000};

    for (size_t i = 0; i < 4; i++)
        for (size_t largest = 1; largest < 10000; largest *= 50) {
            zub_buffer all = gzipped((zub_slice){text, 5000}, 6), out;
            zub_buffer next = gzipped((zub_slice){text + 5000, 300}, 1);
            zub_buffer none = gzipped((zub_slice){NULL, 0}, 1);
            zub_buffer_add_slice(&all, zub_buffer_slice(&none));
            zub_buffer_add_slice(&all, zub_buffer_slice(&next));
            for (size_t zeros = paddings[i]; zeros > 0; zeros--)
                zub_buffer_add_char(&all, '\0');
            tap input = tap_of(&all);
            input.largest = largest;
            CHECK_INT(gunzip(&out, &input, 333, 0, NULL), ZUB_OK);
            check_text(zub_buffer_slice(&out), (zub_slice){text, 5300});
            zub_buffer_release(&out);
            zub_buffer_release(&all);
            zub_buffer_release(&next);
            zub_buffer_release(&none);
        }
}

static void a_cut_gives_what_stood_before_it_and_its_place(void)
{
    zub_buffer zipped = gzipped((zub_slice){text, 2000}, 6);

    for (size_t size = 0; size < zipped.size; size++) {
        zub_buffer out;
        zub_error error;
        tap input = tap_of(&zipped);
        input.bytes.size = size;
        CHECK_INT(gunzip(&out, &input, 100, 0, &error), ZUB_EMALFORMED);
        CHECK_INT(error.position, size < 2 ? 0 : size);
        CHECK(out.size <= 2000);
        check_text(zub_buffer_slice(&out), (zub_slice){text, out.size});
        CHECK(strstr(error.message, size < 2 ? "it is not gzip" : "cut off"));
        zub_buffer_release(&out);
    }
    zub_buffer_release(&zipped);
}

static void something_else_behind_the_last_member_is_reported(void)
{
    zub_buffer zipped = gzipped((zub_slice){text, 2000}, 6), out;
    size_t end = zipped.size;
    zub_error error;

    zub_buffer_add_string(&zipped, "garbage");
    tap input = tap_of(&zipped);
    CHECK_INT(gunzip(&out, &input, 100, 0, &error), ZUB_EMALFORMED);
    check_text(zub_buffer_slice(&out), (zub_slice){text, 2000});
    CHECK_INT(error.position, end);
    CHECK(strstr(error.message, "follows the last member"));
    zub_buffer_release(&out);
    zub_buffer_release(&zipped);
}

static void a_flipped_bit_is_found_or_harmless(void)
{
    zub_slice whole = {text, 300};
    zub_buffer zipped = gzipped(whole, 6);

    for (size_t bit = 0; bit < zipped.size * 8; bit++) {
        zub_buffer out;
        zipped.data[bit / 8] = (char)(zipped.data[bit / 8] ^ 1 << bit % 8);
        tap input = tap_of(&zipped);
        zub_status status = gunzip(&out, &input, 64, 0, NULL);
        CHECK(status == ZUB_OK || status == ZUB_EMALFORMED);
        if (status == ZUB_OK)
            check_text(zub_buffer_slice(&out), whole);
        zub_buffer_release(&out);
        zipped.data[bit / 8] = (char)(zipped.data[bit / 8] ^ 1 << bit % 8);
    }
    zub_buffer_release(&zipped);
}

static void the_limit_ends_a_bomb(void)
{
    static const size_t sizes[] = {1, 999, 1000, 1001, sizeof text};

    for (size_t i = 0; i < 5; i++) {
        zub_buffer zipped = gzipped((zub_slice){text, sizes[i]}, 6), out;
        tap input = tap_of(&zipped);
        zub_error error = {0};
        zub_status status = gunzip(&out, &input, 64, 1000, &error);
        CHECK_INT(status, sizes[i] > 1000 ? ZUB_ELIMIT : ZUB_OK);
        CHECK_INT(out.size, sizes[i] > 1000 ? 1000 : sizes[i]);
        CHECK(status == ZUB_OK || strstr(error.message, "1000 bytes"));
        zub_buffer_release(&out);
        zub_buffer_release(&zipped);
    }
}

static void a_failing_source_is_passed_on(void)
{
    zub_buffer zipped = gzipped((zub_slice){text, 2000}, 6), out;
    tap input = tap_of(&zipped);

    input.bytes.size = 100;
    input.at_end = ZUB_EIO;
    zub_error error = {.position = 77, .message = "the source said so"};
    CHECK_INT(gunzip(&out, &input, 100, 0, &error), ZUB_EIO);
    CHECK_STR(error.message, "the source said so");
    zub_buffer_release(&out);
    zub_buffer_release(&zipped);
}

static void a_failing_sink_is_passed_on(void)
{
    for (size_t room = 0; room < 60; room++) {
        zub_gzip_writer *writer;
        zub_buffer out;

        zub_buffer_init(&out, room);
        zub_gzip_writer_new(&writer, zub_buffer_sink(&out), 6, NULL);
        zub_sink sink = zub_gzip_writer_sink(writer);
        sink.write(sink.context, text, sizeof text);
        CHECK_INT(zub_gzip_writer_finish(writer), ZUB_ELIMIT);
        CHECK_INT(sink.write(sink.context, text, 1), ZUB_ELIMIT);
        zub_gzip_writer_free(writer);
        zub_buffer_release(&out);
    }
}

static void the_same_text_gives_the_same_bytes(void)
{
    zub_buffer one = gzipped((zub_slice){text, 9999}, 0);
    zub_buffer two = gzipped((zub_slice){text, 9999}, 6);

    check_text(zub_buffer_slice(&one), zub_buffer_slice(&two));
    CHECK(memcmp(one.data + 3, "\0\0\0\0\0", 5) == 0); /* no name, no time */
    zub_buffer_release(&one);
    zub_buffer_release(&two);
}

static void levels_are_1_to_9(void)
{
    zub_gzip_writer *writer;
    zub_buffer out;

    zub_buffer_init(&out, 10);
    CHECK_INT(zub_gzip_writer_new(&writer, zub_buffer_sink(&out), 10, NULL),
              ZUB_EINVAL);
    CHECK(!writer);
    CHECK_INT(zub_gzip_writer_new(&writer, zub_buffer_sink(&out), -1, NULL),
              ZUB_EINVAL);
    zub_gzip_writer_free(NULL);
    zub_gzip_reader_free(NULL);
}

int main(void)
{
    make_text();
    RUN(what_goes_in_comes_out);
    RUN(members_are_joined_and_zeros_are_padding);
    RUN(a_cut_gives_what_stood_before_it_and_its_place);
    RUN(something_else_behind_the_last_member_is_reported);
    RUN(a_flipped_bit_is_found_or_harmless);
    RUN(the_limit_ends_a_bomb);
    RUN(a_failing_source_is_passed_on);
    RUN(a_failing_sink_is_passed_on);
    RUN(the_same_text_gives_the_same_bytes);
    RUN(levels_are_1_to_9);
    return DONE();
}
