/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* tall_multiply.c - zub_tall_multiply of tall.h.
 *
 * A row of the product gathers in registers, 64, 32 or 16 columns at a time;
 * the rows of `b` that come soon are asked for, since they lie anywhere. That,
 * and not arithmetic, is what it waits for. Products are rounded before they
 * are added, on every processor: vectors of any width give the same bytes. */
#include "vectors/tall.h"

#include "base/pool.h"

#define BLOCK_ROWS ((size_t)256)
#define AHEAD 32 /* entries */

/* Rows of a product, some of its columns. */
typedef struct stretch {
    const zub_csr *a;
    int32_t first, end;
    float scale;
    const float *b; /* of the first column */
    float *out;     /* the same, of row 0 */
    size_t stride;
} stretch;

typedef void gather(const stretch *s);

typedef float four __attribute__((vector_size(16)));
typedef float eight __attribute__((vector_size(32)));
typedef float sixteen __attribute__((vector_size(64)));

/* One function for each width of vector and number of them: the sums are in
 * registers only if the compiler sees both. */
#define GATHER(NAME, TARGET, LANE, LANES)                                     \
    TARGET static void NAME(const stretch *s)                                 \
    {                                                                         \
        const int32_t *cols = s->a->cols;                                     \
        int32_t last = s->a->starts[s->a->rows] - 1;                          \
        for (int32_t r = s->first; r < s->end; r++) {                         \
            LANE sums[LANES];                                                 \
            _Pragma("GCC unroll 8") for (int l = 0; l < (LANES); l++)         \
                sums[l] = (LANE){0};                                          \
            for (int32_t i = s->a->starts[r]; i < s->a->starts[r + 1]; i++) { \
                int32_t soon = cols[i < last - AHEAD ? i + AHEAD : last];     \
                const void *at = s->b + (size_t)cols[i] * s->stride;          \
                const LANE *row = at;                                         \
                at = s->b + (size_t)soon * s->stride;                         \
                const LANE *next = at;                                        \
                float value = s->a->values[i] * s->scale;                     \
                _Pragma("GCC unroll 8") for (int l = 0; l < (LANES); l++)     \
                {                                                             \
                    __builtin_prefetch(&next[l]);                             \
                    sums[l] += value * row[l];                                \
                }                                                             \
            }                                                                 \
            void *to = s->out + (size_t)r * s->stride;                        \
            _Pragma("GCC unroll 8") for (int l = 0; l < (LANES); l++)         \
            {                                                                 \
                ((LANE *)to)[l] = sums[l];                                    \
            }                                                                 \
        }                                                                     \
    }

/* By falling number of columns. */
typedef struct gatherer {
    size_t columns;
    gather *work;
} gatherer;

GATHER(gather_32, , four, 8)
GATHER(gather_16, , four, 4)
static const gatherer plain[] = {{32, gather_32}, {16, gather_16}};

#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2")))
#define AVX512 __attribute__((target("avx512f")))
GATHER(gather_64_avx2, AVX2, eight, 8)
GATHER(gather_32_avx2, AVX2, eight, 4)
GATHER(gather_16_avx2, AVX2, eight, 2)
GATHER(gather_64_avx512, AVX512, sixteen, 4)
GATHER(gather_32_avx512, AVX512, sixteen, 2)
GATHER(gather_16_avx512, AVX512, sixteen, 1)
static const gatherer avx2[] = {
    {64, gather_64_avx2}, {32, gather_32_avx2}, {16, gather_16_avx2}};
static const gatherer avx512[] = {
    {64, gather_64_avx512}, {32, gather_32_avx512}, {16, gather_16_avx512}};
#endif

static const gatherer *best_gatherers(void)
{
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f"))
        return avx512;
    if (__builtin_cpu_supports("avx2"))
        return avx2;
#endif
    return plain;
}

typedef struct multiply_work {
    const gatherer *gatherers;
    stretch whole;
} multiply_work;

static void multiply_block(void *context, size_t block, unsigned worker)
{
    const multiply_work *work = context;
    const gatherer *with = work->gatherers;
    stretch s = work->whole;
    size_t end = (block + 1) * BLOCK_ROWS;

    (void)worker;
    s.first = (int32_t)(block * BLOCK_ROWS);
    s.end = end < (size_t)s.a->rows ? (int32_t)end : s.a->rows;
    for (size_t left = s.stride; left > 0;) {
        while (with->columns > left)
            with++;
        with->work(&s);
        s.b += with->columns;
        s.out += with->columns;
        left -= with->columns;
    }
}

void zub_tall_multiply(zub_tall *out, const zub_csr *a, float scale,
                       const zub_tall *b, unsigned threads)
{
    multiply_work work = {best_gatherers(),
                          {.a = a,
                           .scale = scale,
                           .b = b->values,
                           .out = out->values,
                           .stride = out->stride}};

    zub_pool_each(threads, ((size_t)a->rows + BLOCK_ROWS - 1) / BLOCK_ROWS,
                  multiply_block, &work);
}
