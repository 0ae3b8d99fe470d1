/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* decimal_double.c - zub_decimal_units of decimal.h.
 *
 * A double is c 2^q, c below 2^53. Times 5^p, p at most 27, it has less than
 * 116 bits, so a number times a power of ten is exact in 128 bits, and so is
 * what rounding leaves, and whether that is within half a unit of c. Some 20
 * ns a number, where printf and strtod take 700. Numbers for which no such p
 * will do are left to them.
 */
#include <string.h>

#include "base/hash.h"
#include "render/decimal.h"

#define LEAST_DIGITS 15
#define LIMIT 1000000000000000u /* 10^15: more digits than the least */
#define HIDDEN_BIT ((uint64_t)1 << 52)

static const uint64_t fives[] = {
    0x1,
    0x5,
    0x19,
    0x7D,
    0x271,
    0xC35,
    0x3D09,
    0x1312D,
    0x5F5E1,
    0x1DCD65,
    0x9502F9,
    0x2E90EDD,
    0xE8D4A51,
    0x48C27395,
    0x16BCC41E9,
    0x71AFD498D,
    0x2386F26FC1,
    0xB1A2BC2EC5,
    0x3782DACE9D9,
    0x1158E460913D,
    0x56BC75E2D631,
    0x1B1AE4D6E2EF5,
    0x878678326EAC9,
    0x2A5A058FC295ED,
    0xD3C21BCECCEDA1,
    0x422CA8B0A00A425,
    0x14ADF4B7320334B9,
    0x6765C793FA10079D,
};

/* c 2^q, from 1e-10 to 1e15. */
typedef struct binary {
    uint64_t c;
    int q;
} binary;

static binary take_apart(double value)
{
    uint64_t bits;

    memcpy(&bits, &value, sizeof bits);
    return (binary){(bits & (HIDDEN_BIT - 1)) | HIDDEN_BIT,
                    (int)(bits >> 52) - 1075};
}

/* The number times 10^places, rounded, ties to even; returns whether that reads
 * back: no other double is as near to it. Below a power of two doubles
 * stand twice as close. */
static bool scale(uint64_t *units, binary number, int places)
{
    uint64_t five = fives[places];
    zub_wide product = (zub_wide)number.c * five;
    int shift = -(number.q + places);

    if (shift <= 0) {
        *units = (uint64_t)(product << -shift);
        return true;
    }
    zub_wide unit = (zub_wide)1 << shift;
    zub_wide rest = product & (unit - 1);
    *units = (uint64_t)(product >> shift);
    bool goes_up = rest > unit / 2 || (rest == unit / 2 && *units % 2 == 1);
    zub_wide off = goes_up ? unit - rest : rest;
    bool is_close = number.c == HIDDEN_BIT && !goes_up;
    *units += goes_up;
    return (is_close ? 4 : 2) * off < five;
}

/* Places behind the point for 15 digits, or for 16: the binary exponent knows
 * no better. The constant is log10(2), scaled by 2^20. */
static int guess_places(binary number)
{
    int exponent = number.q + 52;

    return LEAST_DIGITS - 1 - (exponent * 315653 >> 20);
}

/* 17 digits always read back. */
bool zub_decimal_units(uint64_t *units, int *places, double value)
{
    if (!(value >= 1e-10 && value < 1e15))
        return false;
    binary number = take_apart(value);
    *places = guess_places(number);
    bool reads_back = scale(units, number, *places);
    if (*units >= LIMIT && *places > 0)
        reads_back = scale(units, number, --*places);
    while (!reads_back)
        reads_back = scale(units, number, ++*places);
    return true;
}
