/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* decimal.c - see decimal.h.
 *
 * What has few places is scaled to an integer, whose digits no locale can
 * touch. The rest goes through "%.*e", of which only digits and exponent are
 * taken: whatever the locale put between them does not matter. Exponents from
 * -7 to 20 are written out, as JavaScript does.
 */
#include "render/decimal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXACT 9007199254740992.0 /* 2^53: integers up to here are doubles */
#define MOST_DIGITS 20           /* of 64 bits */

/* Digits of a number before `end`; returns their count. Two at a time: each
 * division waits for the one before. */
static size_t spell(char *end, uint64_t number)
{
    static const char pairs[] = "0001020304050607080910111213141516171819"
                                "2021222324252627282930313233343536373839"
                                "4041424344454647484950515253545556575859"
                                "6061626364656667686970717273747576777879"
                                "8081828384858687888990919293949596979899";
    char *at = end;

    for (; number >= 10; number /= 100) {
        at -= 2;
        memcpy(at, pairs + 2 * (number % 100), 2);
    }
    if (number > 0 || at == end)
        *--at = (char)('0' + number);
    return (size_t)(end - at);
}

size_t zub_decimal_count(char out[ZUB_DECIMAL_ROOM], uint64_t count)
{
    char digits[MOST_DIGITS];
    size_t size = spell(digits + MOST_DIGITS, count);

    memcpy(out, digits + MOST_DIGITS - size, size);
    out[size] = '\0';
    return size;
}

/* A double as 0.d1d2d3... times 10 to the `point`. */
typedef struct decimal {
    char digits[MOST_DIGITS]; /* without zeros at the end, but for the first */
    int count, point;
    bool is_negative;
} decimal;

/* Takes "-d.ddde+XX" apart, with any separator in place of the point. */
static decimal take_apart(const char *text)
{
    decimal parts = {.is_negative = *text == '-'};
    const char *e = strchr(text, 'e');

    for (const char *c = text; c < e; c++)
        if (*c >= '0' && *c <= '9')
            parts.digits[parts.count++] = *c;
    while (parts.count > 1 && parts.digits[parts.count - 1] == '0')
        parts.count--;
    parts.point = (int)strtol(e + 1, NULL, 10) + 1;
    return parts;
}

static size_t put(char *out, size_t at, const char *digits, int count)
{
    memcpy(out + at, digits, (size_t)count);
    return at + (size_t)count;
}

static size_t put_zeros(char *out, size_t at, int count)
{
    memset(out + at, '0', (size_t)count);
    return at + (size_t)count;
}

/* 1.25e+30 */
static size_t put_exponent(char *out, size_t at, const decimal *parts)
{
    int exponent = parts->point - 1;

    out[at++] = parts->digits[0];
    if (parts->count > 1) {
        out[at++] = '.';
        at = put(out, at, parts->digits + 1, parts->count - 1);
    }
    out[at++] = 'e';
    out[at++] = exponent < 0 ? '-' : '+';
    return at + zub_decimal_count(out + at, (uint64_t)abs(exponent));
}

/* 0.00125, 12.5 or 12500 */
static size_t put_plain(char *out, size_t at, const decimal *parts)
{
    if (parts->point <= 0) {
        at = put(out, at, "0.", 2);
        at = put_zeros(out, at, -parts->point);
        return put(out, at, parts->digits, parts->count);
    }
    if (parts->count <= parts->point) {
        at = put(out, at, parts->digits, parts->count);
        return put_zeros(out, at, parts->point - parts->count);
    }
    at = put(out, at, parts->digits, parts->point);
    out[at++] = '.';
    return put(out, at, parts->digits + parts->point,
               parts->count - parts->point);
}

static size_t put_together(char *out, const decimal *parts)
{
    bool is_plain = parts->point > -6 && parts->point <= 21;
    size_t at = 0;

    if (parts->is_negative)
        out[at++] = '-';
    at = is_plain ? put_plain(out, at, parts) : put_exponent(out, at, parts);
    out[at] = '\0';
    return at;
}

/* Numbers from 1e-10 to 1e15, of 9 digits at most, as an integer of so many
 * digits: one product or quotient by a power of ten that is a double itself,
 * so wrong by 2^-22 at most. False where that could decide how it rounds. */
static bool scale_to_digits(uint64_t *out, int *point, double value,
                            int digits)
{
    static const double powers[] = {
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,
        1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
    };
    int above = 0, shift;

    if (!(value >= 1e-10 && value < 1e15) || digits > 9)
        return false;
    while (value >= powers[above])
        above++; /* value < 10^above */
    if (above == 0)
        while (value * powers[1 - above] < 1)
            above--;
    shift = digits - above;
    double scaled =
        shift >= 0 ? value * powers[shift] : value / powers[-shift];
    double rounded = floor(scaled + 0.5);
    if (fabs(fabs(scaled - rounded) - 0.5) < 1e-6)
        return false;
    *out = (uint64_t)rounded;
    *point = above;
    if (rounded >= powers[digits]) {
        *out /= 10;
        ++*point;
    }
    return rounded >= powers[digits - 1];
}

/* The digits of units > 0, without the zeros at their end; returns how many
 * there are with them. */
static int take_digits(decimal *out, uint64_t units)
{
    char digits[MOST_DIGITS];
    int zeros = 0;

    for (; units % 10 == 0; zeros++)
        units /= 10;
    out->count = (int)spell(digits + MOST_DIGITS, units);
    memcpy(out->digits, digits + MOST_DIGITS - out->count, (size_t)out->count);
    return out->count + zeros;
}

/* The quick way for what most columns show. */
static bool take_quickly(decimal *out, double value, int digits)
{
    uint64_t units;

    *out = (decimal){.is_negative = value < 0};
    if (digits < 1 ||
        !scale_to_digits(&units, &out->point, fabs(value), digits))
        return false;
    take_digits(out, units);
    return true;
}

static size_t put_nan(char *out)
{
    memcpy(out, "nan", 4);
    return 3;
}

size_t zub_decimal_significant(char out[ZUB_DECIMAL_ROOM], double value,
                               int digits)
{
    char text[ZUB_DECIMAL_ROOM];

    if (!isfinite(value))
        return put_nan(out);
    decimal parts;
    if (take_quickly(&parts, value, digits))
        return put_together(out, &parts);
    snprintf(text, sizeof text, "%.*e", digits - 1, value == 0 ? 0.0 : value);
    parts = take_apart(text);
    return put_together(out, &parts);
}

/* The same as zub_decimal_units has it. */
static bool take_units(decimal *out, double value)
{
    uint64_t units;
    int places;

    *out = (decimal){.is_negative = value < 0};
    if (!zub_decimal_units(&units, &places, fabs(value)))
        return false;
    out->point = take_digits(out, units) - places;
    return true;
}

size_t zub_decimal_shortest(char out[ZUB_DECIMAL_ROOM], double value)
{
    char text[ZUB_DECIMAL_ROOM];
    int digits = 15;
    decimal parts;

    if (value >= 0 && value < EXACT && value == (double)(uint64_t)value)
        return zub_decimal_count(out, (uint64_t)value);
    if (!isfinite(value))
        return put_nan(out);
    if (take_units(&parts, value))
        return put_together(out, &parts);
    for (; digits < 17; digits++) {
        snprintf(text, sizeof text, "%.*e", digits - 1, value);
        if (strtod(text, NULL) == value)
            break;
    }
    return zub_decimal_significant(out, value, digits);
}

static double scale_of(unsigned places)
{
    double scale = 1;

    while (places-- > 0)
        scale *= 10;
    return scale;
}

size_t zub_decimal_padded(char out[ZUB_DECIMAL_ROOM], double value,
                          unsigned places)
{
    double scale = scale_of(places);
    double scaled = round(value * scale);
    size_t at = 0;

    if (!(fabs(scaled) < EXACT))
        return zub_decimal_shortest(out, value);
    uint64_t units = (uint64_t)fabs(scaled), unit = (uint64_t)scale;
    if (scaled < 0)
        out[at++] = '-';
    at += zub_decimal_count(out + at, units / unit);
    if (places > 0) {
        /* A leading 1 keeps the zeros; the point then takes its place. */
        zub_decimal_count(out + at, unit + units % unit);
        out[at] = '.';
        at += 1 + places;
    }
    return at;
}

size_t zub_decimal_places(char out[ZUB_DECIMAL_ROOM], double value,
                          unsigned places)
{
    size_t size = zub_decimal_padded(out, value, places);

    if (!memchr(out, '.', size) || memchr(out, 'e', size))
        return size;
    while (out[size - 1] == '0')
        size--;
    if (out[size - 1] == '.')
        size--;
    out[size] = '\0';
    return size;
}
