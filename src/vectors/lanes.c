/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* lanes.c - see lanes.h. For any machine as loops that a compiler can take
 * four at a time, and for x86-64 with AVX2 eight at a time by hand: widening
 * bytes is what compilers do badly. */
#include "vectors/lanes.h"

#include <stdbool.h>
#include <string.h>

#define GROUP 32 /* sums looked at together: few groups have one */

static void add_anywhere(float *sums, const int8_t *values, float factor)
{
    for (size_t i = 0; i < ZUB_LANE_ROWS; i++)
        sums[i] += factor * (float)values[i];
}

/* Floats above 0 stand in the order of their bits as integers. */
static bool has_one(const float *sums, int32_t cut)
{
    int32_t bits[GROUP], found = 0;

    memcpy(bits, sums, sizeof bits);
    for (size_t i = 0; i < GROUP; i++)
        found |= bits[i] >= cut;
    return found != 0;
}

/* The places from `at` on of a group that has one, behind the first `count`;
 * returns how many there are then. */
static inline size_t pick(uint16_t *places, size_t count, const float *sums,
                          size_t at, size_t rows, float cut)
{
    size_t end = at + GROUP < rows ? at + GROUP : rows;

    for (size_t i = at; i < end; i++) {
        places[count] = (uint16_t)i;
        count += sums[i] >= cut;
    }
    return count;
}

static size_t collect_anywhere(uint16_t *places, const float *sums,
                               size_t rows, float cut)
{
    size_t count = 0;
    int32_t bits;

    memcpy(&bits, &cut, sizeof bits);
    for (size_t at = 0; at < rows; at += GROUP)
        if (has_one(sums + at, bits))
            count = pick(places, count, sums, at, rows, cut);
    return count;
}

static const zub_lanes anywhere = {add_anywhere, collect_anywhere};

#if defined(__x86_64__)

#include <immintrin.h>

#define WIDE __attribute__((target("avx2,fma")))
#define LANES 8

WIDE static void add_wide(float *sums, const int8_t *values, float factor)
{
    __m256 by = _mm256_set1_ps(factor);

    for (size_t i = 0; i < ZUB_LANE_ROWS; i += LANES) {
        int64_t bytes;
        memcpy(&bytes, values + i, sizeof bytes);
        __m256 value =
            _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_cvtsi64_si128(bytes)));
        _mm256_storeu_ps(
            sums + i, _mm256_fmadd_ps(by, value, _mm256_loadu_ps(sums + i)));
    }
}

WIDE static bool has_one_wide(const float *sums, __m256 cut)
{
    __m256 found = _mm256_cmp_ps(_mm256_loadu_ps(sums), cut, _CMP_GE_OQ);

    for (size_t i = LANES; i < GROUP; i += LANES)
        found = _mm256_or_ps(
            found, _mm256_cmp_ps(_mm256_loadu_ps(sums + i), cut, _CMP_GE_OQ));
    return _mm256_movemask_ps(found) != 0;
}

WIDE static size_t collect_wide(uint16_t *places, const float *sums,
                                size_t rows, float cut)
{
    __m256 least = _mm256_set1_ps(cut);
    size_t count = 0;

    for (size_t at = 0; at < rows; at += GROUP)
        if (has_one_wide(sums + at, least))
            count = pick(places, count, sums, at, rows, cut);
    return count;
}

static const zub_lanes wide = {add_wide, collect_wide};

const zub_lanes *zub_lanes_here(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")
               ? &wide
               : &anywhere;
}

#else

const zub_lanes *zub_lanes_here(void)
{
    return &anywhere;
}

#endif
