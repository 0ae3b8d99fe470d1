/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* krylov.c - see krylov.h. Letters: B the operator, Q = [Q0 Q1 ...] the basis,
 * orthonormal blocks of 16 columns; T = Q' B Q.
 *
 *     repeat: W = B Qj, T's block column j = Q' W,
 *             W -= Q (Q' W), its orthonormal columns are the block j + 1
 *
 * which is the block Lanczos method; the whole of Q is taken from W, since in
 * float what short recurrences promise does not hold for long. The basis lies
 * in slabs of four blocks, so that it grows without being moved. */
#include "vectors/krylov.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

#define WIDTH ZUB_KRYLOV_WIDTH
#define SLAB (4 * WIDTH)
#define ROUNDING 1e-10 /* squares of lengths, as shares */
#define MUCH 1e-4

typedef struct krylov {
    const zub_operator *operation;
    const zub_krylov_options *options;
    const zub_crew *crew;
    size_t wanted, steps;     /* steps: whole block columns of T */
    size_t size, most;        /* rows of the basis; columns at most */
    zub_tall block;           /* [size][WIDTH], Qj */
    zub_tall image;           /* [size][WIDTH], W */
    zub_tall middle;          /* [middle][WIDTH] */
    zub_tall *slabs;          /* [slab_count], all but the last full */
    size_t slab_count;        /* */
    double *t;                /* [most][most], its lower triangle */
    double *scratch;          /* [most][most] */
    double *values, *earlier; /* [most], ascending; [wanted] */
    float *overlaps;          /* [most][WIDTH], Q' W */
} krylov;

/* ---- Opening ---- */

static zub_status open_krylov(krylov *k, const zub_operator *operation,
                              size_t size)
{
    size_t most = k->most;
    zub_status status = zub_tall_init(&k->block, size, WIDTH);

    if (status == ZUB_OK)
        status = zub_tall_init(&k->image, size, WIDTH);
    if (status == ZUB_OK)
        status =
            zub_tall_init(&k->middle, (size_t)operation->there->rows, WIDTH);
    k->slabs = zub_alloc_zero(most / SLAB + 1, sizeof *k->slabs);
    k->t = zub_alloc_zero(most, most * sizeof *k->t);
    k->scratch = zub_alloc(most, most * sizeof *k->scratch);
    k->values = zub_alloc(most, sizeof *k->values);
    k->earlier = zub_alloc_zero(k->wanted, sizeof *k->earlier);
    k->overlaps = zub_alloc(most, WIDTH * sizeof *k->overlaps);
    return k->slabs && k->t && k->scratch && k->values && k->earlier &&
                   k->overlaps
               ? status
               : ZUB_ENOMEM;
}

static void close_krylov(krylov *k)
{
    for (size_t i = 0; k->slabs && i < k->slab_count; i++)
        zub_tall_release(&k->slabs[i]);
    zub_tall_release(&k->block);
    zub_tall_release(&k->image);
    zub_tall_release(&k->middle);
    zub_free(k->slabs);
    zub_free(k->t);
    zub_free(k->scratch);
    zub_free(k->values);
    zub_free(k->earlier);
    zub_free(k->overlaps);
}

/* ---- The basis ---- */

static zub_status add_slab(krylov *k)
{
    zub_status status = zub_tall_init(&k->slabs[k->slab_count], k->size, SLAB);

    if (status == ZUB_OK)
        k->slabs[k->slab_count++].columns = 0;
    return status;
}

/* The block at hand becomes part of it. */
static zub_status keep_block(krylov *k)
{
    bool is_full = k->steps % (SLAB / WIDTH) == 0;
    zub_status status = is_full ? add_slab(k) : ZUB_OK;

    if (status != ZUB_OK)
        return status;
    zub_tall *slab = &k->slabs[k->slab_count - 1];
    for (size_t r = 0; r < k->size; r++)
        memcpy(slab->values + r * slab->stride + slab->columns,
               k->block.values + r * WIDTH, WIDTH * sizeof *slab->values);
    slab->columns += WIDTH;
    return ZUB_OK;
}

static zub_status find_overlaps(krylov *k)
{
    zub_status status = ZUB_OK;

    for (size_t i = 0; status == ZUB_OK && i < k->slab_count; i++)
        status = zub_tall_cross(k->overlaps + i * SLAB * WIDTH, &k->slabs[i],
                                &k->image, k->crew);
    return status;
}

static void take_overlaps(krylov *k)
{
    for (size_t i = 0; i < k->slab_count; i++)
        zub_tall_add(&k->image, -1, &k->slabs[i],
                     k->overlaps + i * SLAB * WIDTH, k->crew);
}

static double square_of(const float *values, size_t size)
{
    double sum = 0;

    for (size_t i = 0; i < size; i++)
        sum += (double)values[i] * (double)values[i];
    return sum;
}

/* Of values[WIDTH], which ascend, how many are the squared lengths of
 * directions that are no rounding: of what is left of the image, and of what
 * was taken from it, which is `taken` squared. */
static size_t count_real(const double *values, double taken)
{
    size_t real = 0;

    while (real < WIDTH && values[WIDTH - 1 - real] > ROUNDING * taken &&
           values[WIDTH - 1 - real] > ROUNDING * values[WIDTH - 1] &&
           values[WIDTH - 1 - real] > 0)
        real++;
    return real;
}

/* The columns of the image from `real` on become random, of length 1 about. */
static void fill(krylov *k, size_t real)
{
    float length = sqrtf((float)k->size);

    for (size_t r = 0; r < k->size; r++)
        for (size_t c = real; c < WIDTH; c++)
            k->image.values[r * WIDTH + c] =
                zub_tall_random(k->options->seed + k->steps, r * WIDTH + c) /
                length;
}

/* The real directions of the image, orthonormal, and random ones for the rest
 * (SVQB: Stathopoulos & Wu 2002). *is_clean: all were real, and much of each
 * was left, so that they are orthogonal to the basis, too. */
static zub_status renew(krylov *k, double taken, bool *is_clean)
{
    double gram[WIDTH * WIDTH], values[WIDTH];
    float small[WIDTH * WIDTH] = {0};
    zub_status status = zub_tall_gram(gram, &k->image, k->crew);

    if (status == ZUB_OK)
        status = zub_blas_eigen(k->crew->blas, values, gram, WIDTH);
    if (status != ZUB_OK)
        return status;
    size_t real = count_real(values, taken);
    for (size_t i = 0; i < WIDTH; i++)
        for (size_t j = 0; j < real; j++)
            small[i * WIDTH + j] = (float)(gram[(WIDTH - 1 - j) * WIDTH + i] /
                                           sqrt(values[WIDTH - 1 - j]));
    *is_clean = real == WIDTH && values[0] > MUCH * taken &&
                values[0] > MUCH * values[WIDTH - 1];
    status = zub_tall_apply(k->image.values, WIDTH, &k->image, small, WIDTH,
                            k->crew);
    fill(k, real);
    return status;
}

/* The next block is the image without what the basis has of it, orthonormal.
 * Where little was left that was rounding, and it is taken out once more. */
static zub_status make_block(krylov *k)
{
    double taken = square_of(k->overlaps, k->steps * WIDTH * WIDTH);
    bool is_clean;

    take_overlaps(k);
    zub_status status = renew(k, taken, &is_clean);
    if (status == ZUB_OK && !is_clean) {
        status = find_overlaps(k);
        take_overlaps(k);
        if (status == ZUB_OK)
            status = zub_tall_orthonormalise(&k->image, k->crew);
    }
    zub_tall old = k->block;
    k->block = k->image;
    k->image = old;
    return status;
}

/* ---- T ---- */

/* Its block column becomes, turned over, its block row. */
static void extend_t(krylov *k)
{
    size_t first = k->steps * WIDTH;

    for (size_t j = 0; j < WIDTH; j++)
        for (size_t i = 0; i <= first + j; i++)
            k->t[(first + j) * k->most + i] =
                (double)k->overlaps[i * WIDTH + j];
    k->steps++;
}

/* The eigenvalues of T as it is, and its vectors in `scratch` if asked. */
static zub_status solve_t(krylov *k, bool with_vectors)
{
    size_t n = k->steps * WIDTH;

    for (size_t i = 0; i < n; i++)
        memcpy(k->scratch + i * n, k->t + i * k->most, n * sizeof *k->t);
    return with_vectors
               ? zub_blas_eigen(k->crew->blas, k->values, k->scratch, n)
               : zub_blas_eigenvalues(k->crew->blas, k->values, k->scratch, n);
}

/* How far the wanted values are from what they were, as a share. */
static double change(krylov *k)
{
    size_t n = k->steps * WIDTH;
    double most = 0;

    for (size_t i = 0; i < k->wanted; i++) {
        double value = k->values[n - 1 - i];
        double by = fabs(value - k->earlier[i]);
        if (by > most * value && value > 0x1p-30 * k->values[n - 1])
            most = by / value;
        k->earlier[i] = value;
    }
    return most;
}

/* Every second step, once there are enough values. */
static zub_status look(krylov *k, bool *is_settled)
{
    *is_settled = false;
    if (k->steps % 2 != 0 || k->steps * WIDTH < k->wanted)
        return ZUB_OK;
    zub_status status = solve_t(k, false);
    if (status == ZUB_OK)
        *is_settled = change(k) <= k->options->tolerance;
    return status;
}

/* ---- All of it ---- */

static zub_status step(krylov *k, bool *is_settled)
{
    const zub_operator *operation = k->operation;
    zub_status status = keep_block(k);

    if (status != ZUB_OK)
        return status;
    zub_tall_multiply(&k->middle, operation->there, operation->scale,
                      &k->block, k->crew->threads);
    zub_tall_multiply(&k->image, operation->back, operation->scale, &k->middle,
                      k->crew->threads);
    status = find_overlaps(k);
    if (status != ZUB_OK)
        return status;
    extend_t(k);
    return look(k, is_settled);
}

/* small[n][wanted]: the vectors of the largest of n values. */
static void take_largest(float *small, size_t stride, const double *vectors,
                         size_t n, size_t wanted)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < wanted; j++)
            small[i * stride + j] = (float)vectors[(n - 1 - j) * n + i];
}

/* out = Q * the vectors of the largest values. */
static zub_status take_vectors(zub_tall *out, krylov *k)
{
    size_t n = k->steps * WIDTH;
    float *small = zub_alloc(n, k->wanted * sizeof *small);
    zub_status status = small ? solve_t(k, true) : ZUB_ENOMEM;

    if (status == ZUB_OK) {
        take_largest(small, k->wanted, k->scratch, n, k->wanted);
        for (size_t i = 0; i < k->slab_count; i++)
            zub_tall_add(out, 1, &k->slabs[i], small + i * SLAB * k->wanted,
                         k->crew);
    }
    zub_free(small);
    return status;
}

zub_status zub_krylov_find(zub_tall *out, const zub_operator *operation,
                           const zub_krylov_options *options,
                           const zub_crew *crew)
{
    krylov k = {.operation = operation,
                .options = options,
                .crew = crew,
                .wanted = out->columns,
                .size = out->rows,
                .most = options->most_steps * WIDTH};
    bool is_settled = false;
    zub_status status = open_krylov(&k, operation, out->rows);

    if (status == ZUB_OK) {
        zub_tall_randomise(&k.block, options->seed);
        status = zub_tall_orthonormalise(&k.block, crew);
    }
    while (status == ZUB_OK) {
        status = step(&k, &is_settled);
        if (status != ZUB_OK || is_settled || k.steps == options->most_steps)
            break;
        status = make_block(&k);
    }
    if (status == ZUB_OK)
        status = take_vectors(out, &k);
    close_krylov(&k);
    return status;
}

zub_status zub_krylov_solve(zub_tall *out, const zub_operator *operation,
                            const zub_crew *crew)
{
    size_t n = out->rows;
    zub_tall turned = {0};
    double *gram = zub_alloc(n, n * sizeof *gram);
    double *values = zub_alloc(n, sizeof *values);
    zub_status status = gram && values ? ZUB_OK : ZUB_ENOMEM;

    if (status == ZUB_OK)
        status = zub_tall_init(&turned, (size_t)operation->there->rows, n);
    if (status == ZUB_OK) {
        zub_tall_spread(&turned, operation->there, operation->scale);
        status = zub_tall_gram(gram, &turned, crew);
    }
    if (status == ZUB_OK)
        status = zub_blas_eigen(crew->blas, values, gram, n);
    if (status == ZUB_OK)
        take_largest(out->values, out->stride, gram, n, out->columns);
    zub_tall_release(&turned);
    zub_free(gram);
    zub_free(values);
    return status;
}
