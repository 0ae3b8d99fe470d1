/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Keys and names against the library's own sort. */
#include "test.h"

#include <stdlib.h>

#include "base/order.h"
#include "base/random.h"

#define MANY 5000u

static int compare_keyed(const void *a, const void *b)
{
    const zub_keyed *x = a, *y = b;

    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static void check_keys(size_t size, uint64_t mask, uint64_t seed)
{
    zub_keyed *got = calloc(size + 1, sizeof *got);
    zub_keyed *want = calloc(size + 1, sizeof *want);
    zub_keyed *scratch = calloc(size + 1, sizeof *scratch);

    for (size_t i = 0; i < size; i++)
        want[i] = got[i] =
            (zub_keyed){zub_random_at(seed, i) & mask, (uint32_t)i};
    zub_order_keys(got, scratch, size);
    qsort(want, size, sizeof *want, compare_keyed);
    for (size_t i = 0; i < size; i++)
        CHECK(got[i].key == want[i].key && got[i].id == want[i].id);
    free(got);
    free(want);
    free(scratch);
}

static void keys_ascend_and_equals_stay_as_they_stood(void)
{
    static const size_t sizes[] = {0, 1, 2, 31, 32, 33, 257, MANY};
    static const uint64_t masks[] = {UINT64_MAX,
                                     0,
                                     3,
                                     0xFF00,
                                     0xFF00000000FF,
                                     UINT64_C(0xF000000000000000)};

    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (size_t m = 0; m < sizeof masks / sizeof *masks; m++)
            check_keys(sizes[s], masks[m], s * 10 + m);
}

static const zub_slice *sorting;

static int compare_names(const void *a, const void *b)
{
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    size_t x = sorting[i].size, y = sorting[j].size;
    int order = memcmp(sorting[i].data, sorting[j].data, x < y ? x : y);

    if (order == 0)
        order = (x > y) - (x < y);
    return order ? order : (i > j) - (i < j);
}

/* Few letters, NUL among them, so that many names begin alike. */
static void make_names(zub_slice *names, char *room, size_t size,
                       uint64_t seed)
{
    static const char letters[] = {'\0', '\1', 'a', 'b', '\xff'};
    zub_random random = {seed, 0};

    for (size_t i = 0; i < size; i++) {
        size_t length = zub_random_below(&random, 40);
        names[i] = (zub_slice){room, length};
        for (size_t at = 0; at < length; at++)
            *room++ = letters[at < 20 ? zub_random_below(&random, 2) * 2
                                      : zub_random_below(&random, 5)];
    }
}

static void names_stand_in_byte_order(void)
{
    static zub_slice names[MANY];
    static char room[MANY * 40];
    static uint32_t got[MANY], want[MANY];

    for (uint64_t seed = 0; seed < 5; seed++) {
        make_names(names, room, MANY, seed);
        for (uint32_t i = 0; i < MANY; i++)
            want[i] = i;
        sorting = names;
        qsort(want, MANY, sizeof *want, compare_names);
        CHECK_INT(zub_order_names(got, names, MANY), ZUB_OK);
        CHECK(memcmp(got, want, sizeof got) == 0);
    }
}

/* A million bytes alike cost as many runs, and no stack. */
static void long_names_that_begin_alike_are_told_apart(void)
{
    static char room[1 << 20];
    zub_slice names[] = {{room, sizeof room},
                         {room, sizeof room - 1},
                         {room + 1, sizeof room - 1}};
    uint32_t order[3];

    memset(room, 'x', sizeof room);
    room[sizeof room - 1] = 'y';
    CHECK_INT(zub_order_names(order, names, 3), ZUB_OK);
    CHECK_INT(order[0], 1);
    CHECK_INT(order[1], 0);
    CHECK_INT(order[2], 2);
}

int main(void)
{
    RUN(keys_ascend_and_equals_stay_as_they_stood);
    RUN(names_stand_in_byte_order);
    RUN(long_names_that_begin_alike_are_told_apart);
    return DONE();
}
