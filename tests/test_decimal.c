/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* test_decimal.c - numbers as digits: golden values, round trips, locales. */
#include "render/decimal.h"
#include "test.h"

#include <locale.h>
#include <stdlib.h>

static const char *shortest(double value)
{
    static char out[ZUB_DECIMAL_ROOM];

    CHECK_INT(zub_decimal_shortest(out, value), strlen(out));
    return out;
}

static const char *significant(double value, int digits)
{
    static char out[ZUB_DECIMAL_ROOM];

    CHECK_INT(zub_decimal_significant(out, value, digits), strlen(out));
    return out;
}

static const char *places(double value, unsigned count)
{
    static char out[ZUB_DECIMAL_ROOM];

    CHECK_INT(zub_decimal_places(out, value, count), strlen(out));
    return out;
}

static const char *padded(double value, unsigned count)
{
    static char out[ZUB_DECIMAL_ROOM];

    CHECK_INT(zub_decimal_padded(out, value, count), strlen(out));
    return out;
}

static void counts_have_all_their_digits(void)
{
    char out[ZUB_DECIMAL_ROOM];

    zub_decimal_count(out, 0);
    CHECK_STR(out, "0");
    zub_decimal_count(out, 1020);
    CHECK_STR(out, "1020");
    CHECK_INT(zub_decimal_count(out, UINT64_MAX), 20);
    CHECK_STR(out, "18446744073709551615");
}

static void the_shortest_form_is_what_a_person_would_write(void)
{
    CHECK_STR(shortest(0), "0");
    CHECK_STR(shortest(-0.0), "0");
    CHECK_STR(shortest(0.1), "0.1");
    CHECK_STR(shortest(0.1 + 0.2), "0.30000000000000004");
    CHECK_STR(shortest(-12.5), "-12.5");
    CHECK_STR(shortest(100), "100");
    CHECK_STR(shortest(1e20), "100000000000000000000");
    CHECK_STR(shortest(1e21), "1e+21");
    CHECK_STR(shortest(1.5e300), "1.5e+300");
    CHECK_STR(shortest(0.000001), "0.000001");
    CHECK_STR(shortest(1.25e-7), "1.25e-7");
    CHECK_STR(shortest(5e-324), "4.94065645841247e-324");
    CHECK_STR(shortest(1 / 3.0), "0.3333333333333333");
    CHECK_STR(shortest(-1.7976931348623157e308), "-1.7976931348623157e+308");
}

static void what_is_not_finite_is_nan(void)
{
    CHECK_STR(shortest(NAN), "nan");
    CHECK_STR(shortest(-INFINITY), "nan");
    CHECK_STR(significant(INFINITY, 6), "nan");
    CHECK_STR(places(NAN, 8), "nan");
    CHECK_STR(padded(INFINITY, 4), "nan");
}

/* The quick way and the slow one round alike, near ties as well. */
static void significant_digits_are_those_of_printf(void)
{
    uint64_t state = 9;
    int wrong = 0;

    for (int i = 0; i < 200000; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        int digits = 1 + (int)(state >> 33) % 10;
        double value = (double)(state >> 40) / 64;
        value *= pow(10, (double)((int)(state >> 20) % 14 - 7));
        if (i % 4 == 0)
            value = (double)(state >> 50) / 8 + 0.0625; /* ties */
        char want[40];
        snprintf(want, sizeof want, "%.*e", digits - 1, value);
        wrong +=
            strtod(want, NULL) != strtod(significant(value, digits), NULL);
    }
    CHECK_INT(wrong, 0);
    CHECK_STR(significant(-0.5, 1), "-0.5");
    CHECK_STR(significant(0.99999999, 6), "1");
    CHECK_STR(significant(999999.5, 6), "1000000");
    CHECK_STR(significant(1e-10, 6), "1e-10");
    CHECK_STR(significant(1e15, 6), "1000000000000000");
}

static void significant_digits_are_rounded_and_zeros_dropped(void)
{
    CHECK_STR(significant(4.1, 6), "4.1");
    CHECK_STR(significant(4.12345678, 6), "4.12346");
    CHECK_STR(significant(123456789, 6), "123457000");
    CHECK_STR(significant(0.00001234567, 3), "0.0000123");
    CHECK_STR(significant(9.9999999, 6), "10");
    CHECK_STR(significant(0, 6), "0");
}

static void places_are_rounded_and_zeros_dropped(void)
{
    CHECK_STR(places(0.83, 8), "0.83");
    CHECK_STR(places(0.123456789, 8), "0.12345679");
    CHECK_STR(places(-0.5, 8), "-0.5");
    CHECK_STR(places(-1e-12, 8), "0");
    CHECK_STR(places(0.999999999, 8), "1");
    CHECK_STR(places(2.01, 1), "2");
    CHECK_STR(places(120, 0), "120");
    CHECK_STR(places(1000, 3), "1000");
    CHECK_STR(places(1e300, 8), "1e+300");
    CHECK_STR(places(12345678901234567.0, 8), "12345678901234568");
}

static void columns_keep_their_zeros(void)
{
    CHECK_STR(padded(0, 4), "0.0000");
    CHECK_STR(padded(0.83, 4), "0.8300");
    CHECK_STR(padded(-0.00126, 4), "-0.0013");
    CHECK_STR(padded(1.99996, 4), "2.0000");
    CHECK_STR(padded(62.5, 0), "63");
}

static double random_double(uint64_t *state)
{
    double value;

    *state = *state * 6364136223846793005u + 1442695040888963407u;
    uint64_t bits = *state ^ *state >> 29;
    memcpy(&value, &bits, sizeof value);
    return isfinite(value) ? value : 0;
}

static void every_double_reads_back_as_itself(void)
{
    uint64_t state = 1;
    int wrong = 0, wide = 0;

    for (int i = 0; i < 100000; i++) {
        double value = random_double(&state);
        const char *text = shortest(value);
        wrong += strtod(text, NULL) != value;
        wide += strlen(text) > 26;
    }
    CHECK_INT(wrong, 0);
    CHECK_INT(wide, 0);
}

static void places_are_never_further_off_than_half_a_unit(void)
{
    uint64_t state = 2;
    int wrong = 0;

    for (int i = 0; i < 100000; i++) {
        double value = fmod(random_double(&state), 1000);
        wrong += !(fabs(strtod(places(value, 8), NULL) - value) <= 5.1e-9);
    }
    CHECK_INT(wrong, 0);
}

static bool choose_decimal_comma(void)
{
    static const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8",
                                        "ru_RU.UTF-8", "tr_TR.UTF-8",
                                        "ar_EG.UTF-8", "fa_IR.UTF-8"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (setlocale(LC_ALL, names[i]) &&
            strcmp(localeconv()->decimal_point, ".") != 0)
            return true;
    return false;
}

static void a_decimal_comma_does_not_leak(void)
{
    if (!choose_decimal_comma()) {
        printf("# no locale with a decimal comma here: nothing tried\n");
        return;
    }
    CHECK_STR(shortest(0.25), "0.25");
    CHECK_STR(shortest(1.5e300), "1.5e+300");
    CHECK_STR(shortest(0.1 + 0.2), "0.30000000000000004");
    CHECK_STR(significant(4.12345678, 6), "4.12346");
    CHECK_STR(places(0.5, 8), "0.5");
    CHECK_STR(padded(0.5, 4), "0.5000");
    setlocale(LC_ALL, "C");
}

int main(void)
{
    RUN(counts_have_all_their_digits);
    RUN(the_shortest_form_is_what_a_person_would_write);
    RUN(what_is_not_finite_is_nan);
    RUN(significant_digits_are_those_of_printf);
    RUN(significant_digits_are_rounded_and_zeros_dropped);
    RUN(places_are_rounded_and_zeros_dropped);
    RUN(columns_keep_their_zeros);
    RUN(every_double_reads_back_as_itself);
    RUN(places_are_never_further_off_than_half_a_unit);
    RUN(a_decimal_comma_does_not_leak);
    return DONE();
}
