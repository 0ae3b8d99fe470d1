/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Checked memory: what does not fit is refused, nothing is lost. */
#include "test.h"

#include <stdint.h>

#include "base/mem.h"

static void products_that_overflow_are_refused(void)
{
    CHECK(!zub_alloc(SIZE_MAX, 2));
    CHECK(!zub_alloc(SIZE_MAX / 2 + 1, 2));
    CHECK(!zub_alloc_zero(SIZE_MAX / 4, 8));
    CHECK(!zub_alloc_tail(16, SIZE_MAX / 8, 8));
    CHECK(!zub_alloc_tail(SIZE_MAX, 1, 1));
}

static void nothing_can_be_asked_for_and_freed(void)
{
    void *none = zub_alloc(0, 8), *zeroed = zub_alloc_zero(8, 0);

    CHECK(none && zeroed);
    zub_free(none);
    zub_free(zeroed);
    zub_free(NULL);
}

static void a_refused_realloc_leaves_the_block(void)
{
    char *block = zub_alloc(4, 1);

    memcpy(block, "abc", 4);
    CHECK(!zub_realloc(block, SIZE_MAX, 3));
    CHECK_STR(block, "abc");
    zub_free(block);
}

static void tails_are_zero(void)
{
    unsigned char *block = zub_alloc_tail(8, 100, 8);

    for (size_t i = 0; i < 808; i++)
        CHECK_INT(block[i], 0);
    zub_free(block);
}

static void growing_keeps_what_was_there_and_doubles(void)
{
    uint32_t *array = NULL;
    size_t capacity = 0, moves = 0;

    for (uint32_t i = 0; i < 100000; i++) {
        size_t before = capacity;
        CHECK(zub_grow(&array, &capacity, i + 1u, sizeof *array));
        moves += capacity != before;
        array[i] = i * 7;
    }
    for (uint32_t i = 0; i < 100000; i++)
        CHECK_INT(array[i], i * 7);
    CHECK(moves < 20);
    zub_free(array);
}

static void growing_beyond_all_memory_changes_nothing(void)
{
    uint64_t *array = NULL;
    size_t capacity = 0;

    CHECK(zub_grow(&array, &capacity, 3, sizeof *array));
    uint64_t *before = array;
    array[0] = 42;
    CHECK(!zub_grow(&array, &capacity, SIZE_MAX, sizeof *array));
    CHECK(!zub_grow(&array, &capacity, SIZE_MAX / 8 + 1, sizeof *array));
    CHECK(array == before && array[0] == 42);
    CHECK_INT(capacity, 8);
    zub_free(array);
}

int main(void)
{
    RUN(products_that_overflow_are_refused);
    RUN(nothing_can_be_asked_for_and_freed);
    RUN(a_refused_realloc_leaves_the_block);
    RUN(tails_are_zero);
    RUN(growing_keeps_what_was_there_and_doubles);
    RUN(growing_beyond_all_memory_changes_nothing);
    return DONE();
}
