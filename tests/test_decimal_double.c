/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_decimal_double.c - doubles as digits: those of printf, of 15, 16 or 17
 * the fewest that read back, for doubles of every exponent and the corners of
 * each. */
#include "base/random.h"
#include "render/decimal.h"
#include "test.h"

#include <stdlib.h>

static double double_of(uint64_t bits)
{
    double value;

    memcpy(&value, &bits, sizeof value);
    return value;
}

/* The fewest digits, by printf and strtod, as d.ddde+XX without zeros. */
static void print_shortest(char text[ZUB_DECIMAL_ROOM], double value)
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, ZUB_DECIMAL_ROOM, "%.*e", digits - 1, value);
        if (strtod(text, NULL) == value)
            return;
    }
}

/* The significant digits of a number, without zeros at either end. */
static void take_digits(char out[ZUB_DECIMAL_ROOM], const char *text)
{
    int count = 0;

    for (; *text && *text != 'e'; text++)
        if (*text >= '0' && *text <= '9' && (count > 0 || *text != '0'))
            out[count++] = *text;
    while (count > 0 && out[count - 1] == '0')
        count--;
    out[count] = '\0';
}

static bool is_as_printed(double value)
{
    char shown[ZUB_DECIMAL_ROOM], printed[ZUB_DECIMAL_ROOM];
    char left[ZUB_DECIMAL_ROOM], right[ZUB_DECIMAL_ROOM];

    zub_decimal_shortest(shown, value);
    print_shortest(printed, value);
    take_digits(left, shown);
    take_digits(right, printed);
    return strcmp(left, right) == 0 && strtod(shown, NULL) == value &&
           (value < 0) == (*shown == '-');
}

static void digits_are_those_of_printf(void)
{
    zub_random random = {7, 0};
    size_t wrong = 0;

    for (uint64_t field = 0; field < 2047; field++)
        for (unsigned i = 0; i < (field > 985 && field < 1075 ? 2000 : 20);
             i++) {
            uint64_t fraction = zub_random_bits(&random) >> 12;
            wrong += !is_as_printed(double_of(field << 52 | fraction));
        }
    CHECK_INT(wrong, 0);
}

static void borders_of_exponents_are_no_exception(void)
{
    size_t wrong = 0;

    for (uint64_t field = 1; field < 2046; field++)
        for (uint64_t off = 0; off < 12; off++) {
            wrong += !is_as_printed(double_of((field << 52) + off));
            wrong += !is_as_printed(-double_of((field << 52) - off));
        }
    CHECK_INT(wrong, 0);
}

/* Halves, thousandths: what rounding and ties come from. */
static void decimals_of_few_places_come_back(void)
{
    char text[ZUB_DECIMAL_ROOM];
    size_t wrong = 0;

    for (int places = 0; places <= 12; places++)
        for (unsigned i = 1; i < 3000; i++) {
            snprintf(text, sizeof text, "%ue-%d", i * 7 + i % 5, places);
            wrong += !is_as_printed(strtod(text, NULL));
            snprintf(text, sizeof text, "%u.5e%d", 99999999 - i, 7 - places);
            wrong += !is_as_printed(strtod(text, NULL));
        }
    CHECK_INT(wrong, 0);
}

static void neighbours_of_powers_of_ten_have_their_digits(void)
{
    size_t wrong = 0;

    for (int exponent = -20; exponent <= 25; exponent++) {
        char text[ZUB_DECIMAL_ROOM];
        snprintf(text, sizeof text, "1e%d", exponent);
        double ten = strtod(text, NULL);
        uint64_t bits;
        memcpy(&bits, &ten, sizeof bits);
        for (uint64_t off = 0; off < 2000; off++)
            wrong += !is_as_printed(double_of(bits + off - 1000));
    }
    CHECK_INT(wrong, 0);
}

static void units_say_how_far_they_go(void)
{
    uint64_t units;
    int places;

    CHECK(zub_decimal_units(&units, &places, 0.5));
    CHECK_NEAR((double)units / pow(10, places), 0.5, 1e-15);
    CHECK(zub_decimal_units(&units, &places, 1e-10));
    CHECK(!zub_decimal_units(&units, &places, 1e15));
    CHECK(!zub_decimal_units(&units, &places, 9e-11));
    CHECK(!zub_decimal_units(&units, &places, -1));
    CHECK(!zub_decimal_units(&units, &places, NAN));
}

int main(void)
{
    RUN(digits_are_those_of_printf);
    RUN(borders_of_exponents_are_no_exception);
    RUN(decimals_of_few_places_come_back);
    RUN(neighbours_of_powers_of_ten_have_their_digits);
    RUN(units_say_how_far_they_go);
    return DONE();
}
