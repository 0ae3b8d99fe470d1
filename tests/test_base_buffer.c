/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Buffers and arenas: bytes that grow, pieces that are freed together. */
#include "test.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/random.h"

static void a_buffer_is_what_was_added(void)
{
    zub_random random = {1, 0};
    static char all[200000];
    size_t size = 0;
    zub_buffer buffer;

    zub_buffer_init(&buffer, ZUB_BUFFER_UNLIMITED);
    while (size < sizeof all - 400) {
        size_t piece = zub_random_below(&random, 400);
        for (size_t i = 0; i < piece; i++)
            all[size + i] = (char)zub_random_bits(&random);
        zub_buffer_add(&buffer, all + size, piece);
        size += piece;
        CHECK_INT(buffer.data[buffer.size], 0);
    }
    CHECK_INT(buffer.size, size);
    CHECK(memcmp(buffer.data, all, size) == 0);
    zub_buffer_release(&buffer);
}

static void an_empty_buffer_is_an_empty_string(void)
{
    zub_buffer buffer;

    zub_buffer_init(&buffer, 10);
    CHECK_STR(zub_buffer_slice(&buffer).data, "");
    zub_buffer_add(&buffer, NULL, 0);
    CHECK_STR(zub_buffer_slice(&buffer).data, "");
    zub_buffer_release(&buffer);
}

static void the_maximum_is_kept_and_sticks(void)
{
    zub_buffer buffer;

    zub_buffer_init(&buffer, 5);
    zub_buffer_add_string(&buffer, "abcde");
    CHECK_INT(buffer.status, ZUB_OK);
    zub_buffer_add_char(&buffer, 'f');
    CHECK_INT(buffer.status, ZUB_ELIMIT);
    zub_buffer_add(&buffer, "", 0);
    CHECK(!zub_buffer_reserve(&buffer, 0));
    CHECK_STR(buffer.data, "abcde");
    zub_buffer_clear(&buffer);
    zub_buffer_add_string(&buffer, "xy");
    CHECK_STR(buffer.data, "xy");
    zub_buffer_release(&buffer);
}

static void nobody_can_ask_for_more_than_there_is(void)
{
    zub_buffer buffer;

    zub_buffer_init(&buffer, SIZE_MAX);
    CHECK(!zub_buffer_reserve(&buffer, SIZE_MAX));
    CHECK_INT(buffer.status, ZUB_ELIMIT);
    zub_buffer_release(&buffer);
}

static void formatting_adds_to_the_end(void)
{
    zub_buffer buffer;

    zub_buffer_init(&buffer, 1000);
    zub_buffer_format(&buffer, "%s %d", "one", 2);
    zub_buffer_format(&buffer, "%300d", 3);
    CHECK_INT(buffer.size, 305);
    CHECK_STR(buffer.data + 304, "3");
    zub_buffer_format(&buffer, "%900d", 3);
    CHECK_INT(buffer.status, ZUB_ELIMIT);
    CHECK_INT(buffer.size, 305);
    zub_buffer_release(&buffer);
}

static void a_sink_adds_and_reports_the_limit(void)
{
    zub_buffer buffer;

    zub_buffer_init(&buffer, 4);
    zub_sink sink = zub_buffer_sink(&buffer);
    CHECK_INT(sink.write(sink.context, "a\0b", 3), ZUB_OK);
    CHECK_INT(sink.write(sink.context, "cd", 2), ZUB_ELIMIT);
    CHECK(buffer.size == 3 && memcmp(buffer.data, "a\0b", 4) == 0);
    zub_buffer_release(&buffer);
}

static void pieces_are_zero_aligned_and_apart(void)
{
    zub_random random = {2, 0};
    unsigned char *pieces[2000];
    size_t sizes[2000];
    zub_arena arena;

    zub_arena_init(&arena);
    for (size_t i = 0; i < 2000; i++) {
        sizes[i] = zub_random_below(&random, i % 50 ? 100 : 50000);
        pieces[i] = zub_arena_alloc(&arena, sizes[i], 1);
        CHECK((uintptr_t)pieces[i] % _Alignof(max_align_t) == 0);
        for (size_t b = 0; b < sizes[i]; b++)
            CHECK_INT(pieces[i][b], 0);
        memset(pieces[i], (int)(i % 251 + 1), sizes[i]);
    }
    for (size_t i = 0; i < 2000; i++)
        for (size_t b = 0; b < sizes[i]; b++)
            CHECK_INT(pieces[i][b], i % 251 + 1);
    zub_arena_release(&arena);
    CHECK(!arena.blocks);
}

static void pieces_that_overflow_are_refused(void)
{
    zub_arena arena;

    zub_arena_init(&arena);
    CHECK(!zub_arena_alloc(&arena, SIZE_MAX, 2));
    CHECK(!zub_arena_alloc(&arena, SIZE_MAX, 1));
    CHECK(!zub_arena_alloc(&arena, SIZE_MAX - 15, 1));
    CHECK(!zub_arena_alloc(&arena, SIZE_MAX - 64, 1));
    CHECK(zub_arena_alloc(&arena, 1, 1));
    zub_arena_release(&arena);
}

static void copies_end_with_nul(void)
{
    zub_arena arena;

    zub_arena_init(&arena);
    zub_slice copy = zub_arena_copy(&arena, (zub_slice){"a\0bc", 3});
    CHECK(copy.size == 3 && memcmp(copy.data, "a\0b", 4) == 0);
    copy = zub_arena_copy(&arena, (zub_slice){NULL, 0});
    CHECK(copy.size == 0 && copy.data && *copy.data == '\0');
    zub_arena_release(&arena);
}

int main(void)
{
    RUN(a_buffer_is_what_was_added);
    RUN(an_empty_buffer_is_an_empty_string);
    RUN(the_maximum_is_kept_and_sticks);
    RUN(nobody_can_ask_for_more_than_there_is);
    RUN(formatting_adds_to_the_end);
    RUN(a_sink_adds_and_reports_the_limit);
    RUN(pieces_are_zero_aligned_and_apart);
    RUN(pieces_that_overflow_are_refused);
    RUN(copies_end_with_nul);
    return DONE();
}
