/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* factor_sweep.c - see factor_sweep.h. A coordinate depends on those before it,
 * but rows do not depend on each other: LANES rows are turned on their side,
 * so that one vector holds the same coordinate of several rows, and the loop
 * over coordinates has nothing to wait for. */
#include "vectors/factor_sweep.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/pool.h"

#define LANES ((size_t)64)

typedef struct sweep_work {
    zub_tall *factor;
    const zub_tall *target;
    const float *gram; /* [columns][columns] */
    size_t columns;
    float *rooms;    /* [threads][2][columns][LANES], aligned */
    double *changes; /* [blocks] */
    void (*sweep)(const struct sweep_work *work, float *lanes,
                  const float *target, float *change);
} sweep_work;

typedef float four __attribute__((vector_size(16)));
typedef float eight __attribute__((vector_size(32)));
typedef float sixteen __attribute__((vector_size(64)));

/* Coordinate t of each lane, by what is left of its target. */
static inline __attribute__((always_inline)) void
step(float *x, const float *rest, float g, float *change)
{
    for (size_t l = 0; l < LANES; l++) {
        float after = x[l] + rest[l] / g;

        change[l] += x[l] > 0 || rest[l] > 0 ? fabsf(rest[l]) : 0;
        x[l] = after > 0 ? after : 0;
    }
}

/* One sweep over x[columns][LANES]; change[LANES] grows. One function for each
 * width of vector, of which LANES are `COUNT`: what is left of the target is
 * in registers only if the compiler sees both. */
#define SWEEP(NAME, TARGET, VECTOR, COUNT)                                    \
    TARGET static void NAME(const sweep_work *work, float *lanes,             \
                            const float *target, float *change)               \
    {                                                                         \
        const void *at = lanes;                                               \
        const VECTOR *x = at;                                                 \
        for (size_t t = 0; t < work->columns; t++) {                          \
            const float *g = work->gram + t * work->columns;                  \
            VECTOR rest[COUNT];                                               \
            if (!(g[t] > 0))                                                  \
                continue;                                                     \
            memcpy(rest, target + t * LANES, sizeof rest);                    \
            for (size_t r = 0; r < work->columns; r++)                        \
                _Pragma("GCC unroll 8") for (int v = 0; v < (COUNT); v++)     \
                    rest[v] -= g[r] * x[r * (COUNT) + (size_t)v];             \
            step(lanes + t * LANES, (const float *)rest, g[t], change);       \
        }                                                                     \
    }

SWEEP(sweep_plain, , four, 16)
#if defined(__x86_64__)
SWEEP(sweep_avx2, __attribute__((target("avx2"))), eight, 8)
SWEEP(sweep_avx512, __attribute__((target("avx512f"))), sixteen, 4)
#endif

/* Rows of `tall` from `first` on, each a lane; lanes without a row are 0. */
static void lay(float *out, const zub_tall *tall, size_t first, size_t rows)
{
    if (rows < LANES)
        memset(out, 0, tall->columns * LANES * sizeof *out);
    for (size_t l = 0; l < rows; l++) {
        const float *row = tall->values + (first + l) * tall->stride;
        for (size_t c = 0; c < tall->columns; c++)
            out[c * LANES + l] = row[c];
    }
}

static void stand(zub_tall *tall, const float *x, size_t first, size_t rows)
{
    for (size_t l = 0; l < rows; l++)
        for (size_t c = 0; c < tall->columns; c++)
            tall->values[(first + l) * tall->stride + c] = x[c * LANES + l];
}

static void sweep_block(void *context, size_t block, unsigned worker)
{
    const sweep_work *work = context;
    size_t size = work->columns * LANES, first = block * LANES;
    size_t left = work->factor->rows - first;
    size_t rows = left < LANES ? left : LANES;
    float *x = work->rooms + worker * 2 * size, *target = x + size;
    float change[LANES] = {0};
    double sum = 0;

    lay(x, work->factor, first, rows);
    lay(target, work->target, first, rows);
    work->sweep(work, x, target, change);
    stand(work->factor, x, first, rows);
    for (size_t l = 0; l < LANES; l++)
        sum += (double)change[l];
    work->changes[block] = sum;
}

zub_status zub_factor_sweep(double *change, zub_tall *factor,
                            const zub_tall *target, const double *gram,
                            unsigned threads)
{
    size_t n = factor->columns, blocks = (factor->rows + LANES - 1) / LANES;
    float *small = zub_alloc(n, n * sizeof *small);
    double *changes = zub_alloc(blocks, sizeof *changes);
    zub_tall rooms;
    zub_status status = zub_tall_init(&rooms, threads * 2 * n, LANES);

    *change = 0;
    if (status == ZUB_OK && !(small && changes))
        status = ZUB_ENOMEM;
    if (status == ZUB_OK) {
        sweep_work work = {factor,       target,  small,      n,
                           rooms.values, changes, sweep_plain};
#if defined(__x86_64__)
        if (__builtin_cpu_supports("avx2"))
            work.sweep = sweep_avx2;
        if (__builtin_cpu_supports("avx512f"))
            work.sweep = sweep_avx512;
#endif
        for (size_t i = 0; i < n * n; i++)
            small[i] = (float)gram[i];
        zub_pool_each(threads, blocks, sweep_block, &work);
        for (size_t i = 0; i < blocks; i++)
            *change += changes[i];
    }
    zub_free(small);
    zub_tall_release(&rooms);
    zub_free(changes);
    return status;
}
