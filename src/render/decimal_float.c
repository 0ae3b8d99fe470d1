/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* decimal_float.c - zub_decimal_float of decimal.h.
 *
 * The shortest digits that read back as the same float, and of these the
 * nearest to it, by Schubfach (Raffaello Giulietti, "The Schubfach way to
 * render doubles", 2020): a float is c 2^q; its interval of rounding, times a
 * power of ten that makes it 1 to 100 units wide, is computed in 64 bits with
 * a sticky bit, and holds a multiple of ten or of one. Some 15 ns a number,
 * where printf and strtof take 500.
 */
#include "render/decimal.h"

#include <math.h>
#include <string.h>

#define SMALLEST_POWER (-31)
#define MOST_DIGITS                                                           \
    10 /* 9, and as many bytes are always copied: a copy of
                          fixed size costs a fifth of one that is not */

/* 10^e for e from -31 to 45, scaled to 64 bits, rounded up; the test has
 * floats of each. */
static const uint64_t powers[] = {
    0x81CEB32C4B43FCF5, 0xA2425FF75E14FC32, 0xCAD2F7F5359A3B3F,
    0xFD87B5F28300CA0E, 0x9E74D1B791E07E49, 0xC612062576589DDB,
    0xF79687AED3EEC552, 0x9ABE14CD44753B53, 0xC16D9A0095928A28,
    0xF1C90080BAF72CB2, 0x971DA05074DA7BEF, 0xBCE5086492111AEB,
    0xEC1E4A7DB69561A6, 0x9392EE8E921D5D08, 0xB877AA3236A4B44A,
    0xE69594BEC44DE15C, 0x901D7CF73AB0ACDA, 0xB424DC35095CD810,
    0xE12E13424BB40E14, 0x8CBCCC096F5088CC, 0xAFEBFF0BCB24AAFF,
    0xDBE6FECEBDEDD5BF, 0x89705F4136B4A598, 0xABCC77118461CEFD,
    0xD6BF94D5E57A42BD, 0x8637BD05AF6C69B6, 0xA7C5AC471B478424,
    0xD1B71758E219652C, 0x83126E978D4FDF3C, 0xA3D70A3D70A3D70B,
    0xCCCCCCCCCCCCCCCD, 0x8000000000000000, 0xA000000000000000,
    0xC800000000000000, 0xFA00000000000000, 0x9C40000000000000,
    0xC350000000000000, 0xF424000000000000, 0x9896800000000000,
    0xBEBC200000000000, 0xEE6B280000000000, 0x9502F90000000000,
    0xBA43B74000000000, 0xE8D4A51000000000, 0x9184E72A00000000,
    0xB5E620F480000000, 0xE35FA931A0000000, 0x8E1BC9BF04000000,
    0xB1A2BC2EC5000000, 0xDE0B6B3A76400000, 0x8AC7230489E80000,
    0xAD78EBC5AC620000, 0xD8D726B7177A8000, 0x878678326EAC9000,
    0xA968163F0A57B400, 0xD3C21BCECCEDA100, 0x84595161401484A0,
    0xA56FA5B99019A5C8, 0xCECB8F27F4200F3A, 0x813F3978F8940985,
    0xA18F07D736B90BE6, 0xC9F2C9CD04674EDF, 0xFC6F7C4045812297,
    0x9DC5ADA82B70B59E, 0xC5371912364CE306, 0xF684DF56C3E01BC7,
    0x9A130B963A6C115D, 0xC097CE7BC90715B4, 0xF0BDC21ABB48DB21,
    0x96769950B50D88F5, 0xBC143FA4E250EB32, 0xEB194F8E1AE525FE,
    0x92EFD1B8D0CF37BF, 0xB7ABC627050305AE, 0xE596B7B0C643C71A,
    0x8F7E32CE7BEA5C70, 0xB35DBF821AE4F38C,
};

/* Exact in the range of floats; the constants are log10(2), log2(10) and
 * log10(3/4), scaled by powers of 2. */
static int floor_log10_of_power(int exponent, bool is_three_quarters)
{
    return (exponent * 1262611 - (is_three_quarters ? 524031 : 0)) >> 22;
}

static int floor_log2_of_power(int exponent)
{
    return (exponent * 1741647) >> 19;
}

/* power * c / 2^64; the last bit is set when something was cut off that
 * rounding the power up cannot explain. */
static uint32_t scaled(uint64_t power, uint32_t c)
{
    uint64_t low = (power & UINT32_MAX) * c;
    uint64_t high = (power >> 32) * c + (low >> 32);

    return (uint32_t)(high >> 32) | ((uint32_t)high > 1);
}

/* A float above 0: digits * 10^exponent. */
typedef struct digits {
    uint32_t digits;
    int exponent;
} digits;

/* Which of s and s + 1 is in the interval, or if both are, nearer. */
static uint32_t nearer(uint32_t s, uint32_t low, uint32_t middle,
                       uint32_t high)
{
    bool has_lower = low <= 4 * s, has_upper = 4 * s + 4 <= high;

    if (has_lower != has_upper)
        return s + has_upper;
    return s + (middle > 4 * s + 2 || (middle == 4 * s + 2 && s % 2 == 1));
}

static digits shortest(uint32_t c, int q, bool is_lower_near)
{
    int exponent = floor_log10_of_power(q, is_lower_near);
    int shift = q + floor_log2_of_power(-exponent) + 1;
    uint64_t power = powers[-exponent - SMALLEST_POWER];
    uint32_t is_odd = c & 1; /* then the borders themselves round away */
    uint32_t low = scaled(power, (4 * c - 2 + is_lower_near) << shift);
    uint32_t middle = scaled(power, (4 * c) << shift);
    uint32_t high = scaled(power, (4 * c + 2) << shift);
    uint32_t s = middle / 4, tens = s / 10;

    low += is_odd;
    high -= is_odd;
    if (s >= 10) {
        bool has_lower = low <= 40 * tens, has_upper = 40 * tens + 40 <= high;
        if (has_lower != has_upper)
            return (digits){tens + has_upper, exponent + 1};
    }
    return (digits){nearer(s, low, middle, high), exponent};
}

static digits take_apart(uint32_t bits)
{
    uint32_t fraction = bits & 0x7FFFFF, field = bits >> 23 & 0xFF;

    if (field == 0)
        return shortest(fraction, -149, false);
    return shortest(fraction | 0x800000, (int)field - 150,
                    fraction == 0 && field > 1);
}

/* Digits of a number, without zeros at the end, before `end`; returns their
 * count. Two at a time: each division waits for the one before. */
static size_t spell(char *end, digits *number)
{
    static const char pairs[] = "0001020304050607080910111213141516171819"
                                "2021222324252627282930313233343536373839"
                                "4041424344454647484950515253545556575859"
                                "6061626364656667686970717273747576777879"
                                "8081828384858687888990919293949596979899";
    char *at = end;

    while (number->digits % 10 == 0) {
        number->digits /= 10;
        number->exponent++;
    }
    uint32_t rest = number->digits;
    for (; rest >= 10; rest /= 100) {
        at -= 2;
        memcpy(at, pairs + 2 * (rest % 100), 2);
    }
    if (rest > 0)
        *--at = (char)('0' + rest);
    return (size_t)(end - at);
}

/* 1.25e+30 */
static size_t put_exponent(char *out, const char *all, size_t count, int point)
{
    size_t at = 0;

    out[at++] = all[0];
    if (count > 1) {
        out[at++] = '.';
        memcpy(out + at, all + 1, count - 1);
        at += count - 1;
    }
    out[at++] = 'e';
    out[at++] = point > 0 ? '+' : '-';
    return at + zub_decimal_count(
                    out + at, (uint64_t)(point > 0 ? point - 1 : 1 - point));
}

/* 0.00125, 12.5 or 12500; `all` may be read MOST_DIGITS bytes beyond its
 * count, and as many written beyond the number. */
static size_t put_plain(char *out, const char *all, size_t count, int point)
{
    size_t zeros, whole = point > 0 ? (size_t)point : 0;

    if (whole == 0) {
        zeros = (size_t)-point;
        memcpy(out, "0.000000", 8);
        memcpy(out + 2 + zeros, all, MOST_DIGITS);
        return 2 + zeros + count;
    }
    if (count <= whole) {
        memcpy(out, all, MOST_DIGITS);
        memset(out + count, '0', whole - count);
        return whole;
    }
    memcpy(out, all, MOST_DIGITS);
    out[whole] = '.';
    memcpy(out + whole + 1, all + whole, MOST_DIGITS);
    return count + 1;
}

size_t zub_decimal_float(char out[ZUB_DECIMAL_ROOM], float value)
{
    char room[3 * MOST_DIGITS] = {0};
    uint32_t bits;
    size_t at = 0;

    if (!isfinite(value))
        return zub_decimal_shortest(out, (double)value);
    if (value >= 0 && value < 16777216 && value == (float)(uint32_t)value)
        return zub_decimal_count(out, (uint64_t)value);
    memcpy(&bits, &value, sizeof bits);
    if (bits >> 31)
        out[at++] = '-';
    digits number = take_apart(bits & 0x7FFFFFFF);
    size_t count = spell(room + MOST_DIGITS, &number);
    int point = (int)count + number.exponent;
    const char *all = room + MOST_DIGITS - count;
    at += point > -6 && point <= 21
              ? put_plain(out + at, all, count, point)
              : put_exponent(out + at, all, count, point);
    out[at] = '\0';
    return at;
}
