/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* word_vectors.c - reads a block with AVX2. A set of bytes is a map of 16
 * bytes by low nibble, whose bits stand for the high nibble: one shuffle looks
 * up 32 bytes. The maps stay in memory: they are more than the registers. */
#include "text/word_blocks.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define VECTORS __attribute__((target("avx2")))

VECTORS static inline __m256i load(const uint8_t *text)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)text);
}

VECTORS static inline __m256i load_map(const uint8_t *map)
{
    return _mm256_broadcastsi128_si256(
        _mm_loadu_si128((const __m128i *)(const void *)map));
}

VECTORS static inline __m256i all(int byte)
{
    return _mm256_set1_epi8((char)byte);
}

VECTORS static inline __m256i equal(__m256i v, int mask, __m256i value)
{
    return _mm256_cmpeq_epi8(_mm256_and_si256(v, all(mask)), value);
}

/* A bit for each of 32 bytes that is not zero. */
VECTORS static inline uint64_t bits(__m256i v)
{
    return (uint32_t)~_mm256_movemask_epi8(
        _mm256_cmpeq_epi8(v, _mm256_setzero_si256()));
}

/* 1 << i for each byte i of 0..7. */
VECTORS static inline __m256i powers(__m256i v)
{
    return _mm256_shuffle_epi8(
        _mm256_set1_epi64x((long long)0x8040201008040201u), v);
}

VECTORS static inline uint64_t find(const uint8_t *map, __m256i nibble,
                                    __m256i place)
{
    return bits(
        _mm256_and_si256(place, _mm256_shuffle_epi8(load_map(map), nibble)));
}

VECTORS static inline void
read_ascii(zub_block *out, const zub_word_blocks *blocks, __m256i v, int shift)
{
    __m256i place = powers(_mm256_and_si256(_mm256_srli_epi16(v, 4), all(7)));
    /* A byte of 80 and above shuffles in a zero: it is in no set. */
    __m256i nibble = _mm256_and_si256(v, all(0x8F));

    out->letters |= find(blocks->ascii[ZUB_MAP_LETTER], nibble, place)
                    << shift;
    out->digits |= find(blocks->ascii[ZUB_MAP_DIGIT], nibble, place) << shift;
    out->join_letters |=
        find(blocks->ascii[ZUB_MAP_JOINS_LETTERS], nibble, place) << shift;
    out->join_digits |=
        find(blocks->ascii[ZUB_MAP_JOINS_DIGITS], nibble, place) << shift;
    out->other |= find(blocks->ascii[ZUB_MAP_OTHER], nibble, place) << shift;
}

/* What it takes to look up characters of two bytes. */
typedef struct {
    const zub_word_blocks *blocks;
    unsigned group;
    __m256i nibble, place, is_latin, is_group, is_high;
} pairs;

VECTORS static inline uint64_t find_two(const pairs *p, int set)
{
    const uint8_t(*group)[16] = p->blocks->two[p->group - 0x30][set];
    __m256i latin =
        _mm256_shuffle_epi8(load_map(p->blocks->two[0][set][1]), p->nibble);
    __m256i low = _mm256_shuffle_epi8(load_map(group[0]), p->nibble);
    __m256i high = _mm256_shuffle_epi8(load_map(group[1]), p->nibble);
    __m256i map = _mm256_or_si256(
        _mm256_and_si256(latin, p->is_latin),
        _mm256_and_si256(_mm256_blendv_epi8(low, high, p->is_high),
                         p->is_group));

    return bits(_mm256_and_si256(map, p->place));
}

VECTORS static inline void read_two(zub_block *out,
                                    const zub_word_blocks *blocks,
                                    unsigned group, const uint8_t *text,
                                    int shift)
{
    __m256i lead = load(text), trail = load(text + 1);
    __m256i place = powers(_mm256_or_si256(
        _mm256_and_si256(_mm256_slli_epi16(lead, 2), all(4)),
        _mm256_and_si256(_mm256_srli_epi16(trail, 4), all(3))));
    pairs p = {blocks,
               group,
               _mm256_and_si256(trail, all(15)),
               _mm256_and_si256(place, equal(trail, 0xC0, all(0x80))),
               equal(lead, 0xFE, all(0xC2)),
               equal(lead, 0xFC, all((int)group * 4)),
               _mm256_slli_epi16(lead, 6)};

    out->two |= find_two(&p, ZUB_MAP_TWO) << shift;
    out->two_words |= find_two(&p, ZUB_MAP_TWO_WORDS) << shift;
    out->two_marks |= find_two(&p, ZUB_MAP_TWO_MARKS) << shift;
    out->two_joins |= find_two(&p, ZUB_MAP_TWO_JOINS) << shift;
}

VECTORS static inline void read_three(zub_block *out,
                                      const zub_word_blocks *blocks,
                                      const uint8_t *text, int shift)
{
    __m256i last = load(text + 2);
    __m256i is_general = _mm256_and_si256(
        _mm256_and_si256(_mm256_cmpeq_epi8(load(text), all(0xE2)),
                         _mm256_cmpeq_epi8(load(text + 1), all(0x80))),
        equal(last, 0xC0, all(0x80)));
    __m256i nibble = _mm256_and_si256(last, all(15));
    __m256i place = _mm256_and_si256(
        is_general,
        powers(_mm256_and_si256(_mm256_srli_epi16(last, 4), all(3))));

    out->three |= find(blocks->three[ZUB_MAP_THREE], nibble, place) << shift;
    out->three_joins |= find(blocks->three[ZUB_MAP_THREE_JOINS], nibble, place)
                        << shift;
}

VECTORS static void read_block(zub_block *out, const zub_word_blocks *blocks,
                               const uint8_t *text, unsigned group)
{
    __m256i first = load(text), second = load(text + 32);
    zub_block b = {0};

    read_ascii(&b, blocks, first, 0);
    read_ascii(&b, blocks, second, 32);
    b.far = (uint32_t)_mm256_movemask_epi8(first) |
            (uint64_t)(uint32_t)_mm256_movemask_epi8(second) << 32;
    if (b.far) {
        read_two(&b, blocks, group, text, 0);
        read_two(&b, blocks, group, text + 32, 32);
        read_three(&b, blocks, text, 0);
        read_three(&b, blocks, text + 32, 32);
    }
    *out = b;
}

zub_block_reader *zub_vector_reader(void)
{
    return __builtin_cpu_supports("avx2") ? read_block : NULL;
}

#else

zub_block_reader *zub_vector_reader(void)
{
    return NULL;
}

#endif
