/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_decimal_float.c - floats as digits: golden values, and for floats of
 * every exponent: they read back, no shorter form does, no nearer one is as
 * short. */
#include "base/random.h"
#include "render/decimal.h"
#include "test.h"

#include <locale.h>
#include <stdlib.h>

static const char *shown(float value)
{
    static char out[ZUB_DECIMAL_ROOM];

    CHECK_INT(zub_decimal_float(out, value), strlen(out));
    return out;
}

static void the_shortest_form_is_what_a_person_would_write(void)
{
    CHECK_STR(shown(0), "0");
    CHECK_STR(shown(-0.0f), "0");
    CHECK_STR(shown(1), "1");
    CHECK_STR(shown(-1), "-1");
    CHECK_STR(shown(16777215), "16777215");
    CHECK_STR(shown(0.1f), "0.1");
    CHECK_STR(shown(0.1f + 0.2f), "0.3");
    CHECK_STR(shown(1 / 3.0f), "0.33333334");
    CHECK_STR(shown(-12.5f), "-12.5");
    CHECK_STR(shown(0.000001f), "0.000001");
    CHECK_STR(shown(1.25e-7f), "1.25e-7");
    CHECK_STR(shown(16777216), "16777216");
    CHECK_STR(shown(33554432), "33554432");
    CHECK_STR(shown(1e20f), "100000000000000000000");
    CHECK_STR(shown(1e21f), "1e+21");
    CHECK_STR(shown(3.4028235e38f), "3.4028235e+38");
    CHECK_STR(shown(1.17549435e-38f), "1.1754944e-38");
    CHECK_STR(shown(1e-45f), "1e-45");
    CHECK_STR(shown(9.5367431640625e-7f), "9.536743e-7");
    CHECK_STR(shown(8388608.5f), "8388608");
}

static void what_is_not_finite_is_nan(void)
{
    CHECK_STR(shown(NAN), "nan");
    CHECK_STR(shown(INFINITY), "nan");
    CHECK_STR(shown(-INFINITY), "nan");
}

static size_t significant_digits(const char *text)
{
    size_t count = 0, zeros = 0;

    for (; *text && *text != 'e'; text++)
        if (*text >= '1' && *text <= '9') {
            count += 1 + zeros;
            zeros = 0;
        } else if (*text == '0' && count > 0) {
            zeros++;
        }
    return count;
}

/* Digits of printf, which are right, until they read back. */
static void check(uint32_t bits)
{
    char want[64];
    float value;
    int digits = 1;

    memcpy(&value, &bits, sizeof value);
    const char *got = shown(value);
    for (; digits < 9; digits++) {
        snprintf(want, sizeof want, "%.*e", digits - 1, (double)value);
        if (strtof(want, NULL) == value)
            break;
    }
    snprintf(want, sizeof want, "%.*e", digits - 1, (double)value);
    if (strtof(got, NULL) != value || strtod(got, NULL) != strtod(want, NULL))
        /* At a power of 2 what rounds to it may be nearer than printf's. */
        CHECK(significant_digits(got) <= (size_t)digits &&
              strtof(got, NULL) == value);
    CHECK(significant_digits(got) <= (size_t)digits);
}

static void floats_of_every_exponent_read_back_from_the_fewest_digits(void)
{
    zub_random random = {1, 0};

    for (uint32_t exponent = 0; exponent < 255; exponent++) {
        uint32_t first = exponent << 23;
        for (uint32_t i = exponent == 0; i < 40; i++) {
            check(first + i);
            check(first + 0x7FFFFF - i);
        }
        for (int i = 0; i < 120; i++)
            check(first + 1 + (uint32_t)zub_random_below(&random, 0x7FFFFF));
    }
}

static void the_sign_is_all_that_differs(void)
{
    zub_random random = {2, 0};
    char positive[ZUB_DECIMAL_ROOM];

    for (int i = 0; i < 1000; i++) {
        float value = (float)zub_random_uniform(&random) + 1e-9f;
        zub_decimal_float(positive, value);
        const char *negative = shown(-value);
        CHECK(negative[0] == '-');
        CHECK_STR(negative + 1, positive);
    }
}

static void no_locale_reaches_it(void)
{
    if (!setlocale(LC_ALL, "de_DE.UTF-8"))
        setlocale(LC_ALL, "");
    CHECK_STR(shown(0.5f), "0.5");
    CHECK_STR(shown(1234.5f), "1234.5");
    setlocale(LC_ALL, "C");
}

int main(void)
{
    RUN(the_shortest_form_is_what_a_person_would_write);
    RUN(what_is_not_finite_is_nan);
    RUN(floats_of_every_exponent_read_back_from_the_fewest_digits);
    RUN(the_sign_is_all_that_differs);
    RUN(no_locale_reaches_it);
    return DONE();
}
