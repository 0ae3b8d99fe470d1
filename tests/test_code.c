/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Numbers in few bits come back, and a code is never much worse than it might
 * be. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/random.h"
#include "index/code.h"
#include "test.h"

#define COUNT 20000u

static uint32_t numbers[COUNT];
static char bytes[COUNT * ZUB_CODE_MOST_BYTES + ZUB_CODE_PAD];

/* Writes and reads them; bytes a number. */
static double check_returns(const zub_code *code)
{
    zub_code_writer writer = {.to = (unsigned char *)bytes};
    size_t at = 0;

    for (size_t i = 0; i < COUNT; i++) {
        zub_code_put(&writer, code, numbers[i]);
        if (i % 97 == 0)
            zub_code_end(&writer);
    }
    zub_code_end(&writer);
    size_t size = (size_t)(writer.to - (unsigned char *)bytes);
    for (size_t i = 0; i < COUNT; i++) {
        CHECK(zub_code_get(code, bytes, &at) == numbers[i]);
        if (i % 97 == 0)
            at = (at + 7) / 8 * 8;
    }
    CHECK_INT((at + 7) / 8, size);
    return (double)size / COUNT;
}

static zub_code code_for(size_t size, uint32_t most)
{
    uint64_t *counts = zub_alloc_zero(size, sizeof *counts);
    zub_code code = {0};

    for (size_t i = 0; i < COUNT; i++)
        counts[numbers[i] < size ? numbers[i] : size - 1]++;
    CHECK_INT(zub_code_choose(&code, counts, size, most), ZUB_OK);
    zub_free(counts);
    return code;
}

static void numbers_come_back(void)
{
    static const uint32_t limits[] = {1,    2,        3,         100,
                                      5000, 1u << 20, UINT32_MAX};
    zub_random random = {1, 0};

    for (size_t l = 0; l < sizeof limits / sizeof *limits; l++) {
        for (size_t i = 0; i < COUNT; i++)
            numbers[i] = (uint32_t)zub_random_below(&random, limits[l]);
        numbers[7] = limits[l];
        zub_code code = code_for(1000, limits[l]);
        check_returns(&code);
    }
}

/* Ranks of a language: i is there for one in i. */
static void ranks_are_near_their_entropy(void)
{
    uint32_t limit = 1u << 16;
    zub_random random = {2, 0};

    for (size_t i = 0; i < COUNT; i++) {
        unsigned bits = (unsigned)zub_random_below(&random, 17);
        numbers[i] = (uint32_t)zub_random_below(&random, (uint64_t)1 << bits) +
                     (1u << bits) - 1;
    }
    zub_code code = code_for(4 * limit, 4 * limit);
    /* log2(17) + 8 bits are its entropy. */
    CHECK(check_returns(&code) * 8 < log2(17) + 8 + 0.6);
}

/* All that is fixed about a choice: the same again, and room for the most. */
static void a_choice_is_always_the_same(void)
{
    for (size_t i = 0; i < COUNT; i++)
        numbers[i] = (uint32_t)(i % 300 * (i % 7));
    zub_code one = code_for(4000, 1u << 30), other = code_for(4000, 1u << 30);
    CHECK(memcmp(&one, &other, sizeof one) == 0);
    CHECK(one.starts[ZUB_CODE_CLASSES] > 1u << 30);
}

static void wide_codes_are_refused(void)
{
    uint8_t widths[ZUB_CODE_CLASSES] = {0, 1, 2, 3, 4, 5, 6, 32};
    zub_code code;

    CHECK(zub_code_open(&code, widths));
    widths[3] = 33;
    CHECK(!zub_code_open(&code, widths));
}

static void distances_have_the_code_of_their_rank(void)
{
    unsigned before = 0;

    CHECK_INT(zub_code_behind(0), 0);
    for (unsigned bits = 0; bits < 33; bits++) {
        unsigned code = zub_code_behind((uint64_t)1 << bits);
        CHECK(code >= before && code < ZUB_CODE_OF_COUNTS);
        before = code;
    }
    CHECK_INT(before, ZUB_CODE_OF_COUNTS - 1);
}

int main(void)
{
    RUN(numbers_come_back);
    RUN(ranks_are_near_their_entropy);
    RUN(a_choice_is_always_the_same);
    RUN(wide_codes_are_refused);
    RUN(distances_have_the_code_of_their_rank);
    return DONE();
}
