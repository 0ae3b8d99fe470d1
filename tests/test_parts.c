/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_parts.c - rows that several threads make come out as one makes them,
 * up to the first failure. */
#include "base/buffer.h"
#include "render/parts.h"
#include "test.h"

typedef struct plan {
    uint64_t fails_at; /* row, or UINT64_MAX */
    uint64_t long_row; /* of 100 KB each from here on, 100 of them */
} plan;

static void write_row(void *context, unsigned worker, zub_writer *out,
                      uint64_t row)
{
    const plan *with = context;

    (void)worker;
    if (row == with->fails_at)
        zub_writer_fail(out, ZUB_ELIMIT);
    zub_write_count(out, row * 2654435761u);
    if (row >= with->long_row && row < with->long_row + 100)
        zub_write_repeat(out, 'x', 100000);
    zub_write_char(out, '\n');
}

static zub_status write_all(zub_buffer *to, uint64_t count, unsigned threads,
                            plan with)
{
    zub_part_rows rows = {count, threads, write_row, &with};
    zub_writer out;

    zub_buffer_clear(to);
    zub_writer_init(&out, zub_buffer_sink(to));
    zub_write_string(&out, "head\n");
    zub_write_parts(&out, &rows);
    return zub_writer_finish(&out);
}

static void check_same(uint64_t count, plan with)
{
    zub_buffer one, many;

    zub_buffer_init(&one, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&many, ZUB_BUFFER_UNLIMITED);
    CHECK_INT(write_all(&one, count, 1, with), ZUB_OK);
    for (unsigned threads = 2; threads <= 7; threads += 5) {
        CHECK_INT(write_all(&many, count, threads, with), ZUB_OK);
        CHECK_INT(many.size, one.size);
        CHECK(many.size == one.size &&
              memcmp(many.data, one.data, one.size) == 0);
    }
    zub_buffer_release(&one);
    zub_buffer_release(&many);
}

static void threads_change_no_byte(void)
{
    static const uint64_t counts[] = {0, 1, 16383, 16384, 16385, 100000};

    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        check_same(counts[i], (plan){UINT64_MAX, UINT64_MAX});
}

static void long_rows_are_no_exception(void)
{
    check_same(60000, (plan){UINT64_MAX, 20000});
    check_same(60000, (plan){UINT64_MAX, 100});
}

static void a_row_that_fails_is_the_last(void)
{
    zub_buffer out;

    zub_buffer_init(&out, ZUB_BUFFER_UNLIMITED);
    for (unsigned threads = 1; threads <= 3; threads++) {
        CHECK_INT(write_all(&out, 50000, threads, (plan){40000, UINT64_MAX}),
                  ZUB_ELIMIT);
        CHECK_INT(write_all(&out, 50000, threads, (plan){0, UINT64_MAX}),
                  ZUB_ELIMIT);
    }
    zub_buffer_release(&out);
}

static void a_sink_that_is_full_ends_it(void)
{
    zub_buffer out;

    zub_buffer_init(&out, 100000);
    CHECK_INT(write_all(&out, 50000, 2, (plan){UINT64_MAX, UINT64_MAX}),
              ZUB_ELIMIT);
    zub_buffer_release(&out);
}

int main(void)
{
    RUN(threads_change_no_byte);
    RUN(long_rows_are_no_exception);
    RUN(a_row_that_fails_is_the_last);
    RUN(a_sink_that_is_full_ends_it);
    return DONE();
}
