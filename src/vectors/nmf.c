/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* nmf.c - see nmf.h. Both factors are tall: W [rows][k], and H lies on its
 * side, [columns][k], so that one function turns either while the other stays:
 *
 *     G = other' other     T = A other (or A' other)
 *     x[t] = max(0, x[t] + (T[t] - sum over r of G[t][r] x[r]) / G[t][t])
 *
 * for each row x and all t in turn. */
#include "vectors/nmf.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/pool.h"
#include "vectors/factor_sweep.h"
#include "vectors/svd.h"
#include "vectors/tall.h"

#define ITERATIONS 200u
#define TOLERANCE 1e-4
#define NEAR_ENOUGH .05 /* for a start */
#define NOTHING 1e-6f   /* what NNDSVD takes for 0 */

/* A factor and what is needed to turn it. */
typedef struct side {
    const zub_csr *a; /* its rows are the factor's */
    zub_tall factor;  /* [rows][k] */
    zub_tall target;  /* A * other */
    double *gram;     /* [k][k], factor' * factor */
} side;

typedef struct factors {
    size_t k;
    zub_csr transposed;
    zub_crew crew;
    side w, h;
    double norm; /* ||A||^2 */
} factors;

/* ---- The start ---- */

/* Lengths of what is above 0 and below it in column j of `values`, which has
 * `rows` rows of `row_step` and columns of `column_step`. */
typedef struct parts {
    double above, below;
} parts;

static parts measure(const float *values, size_t size, size_t step)
{
    parts p = {0, 0};

    for (size_t i = 0; i < size; i++) {
        double value = (double)values[i * step];
        *(value > 0 ? &p.above : &p.below) += value * value;
    }
    return (parts){sqrt(p.above), sqrt(p.below)};
}

/* The part of `sign`, times `scale`, as column j of a factor. */
static void take_part(zub_tall *factor, size_t j, const float *values,
                      size_t step, float sign, double scale)
{
    for (size_t i = 0; i < factor->rows; i++) {
        float value = (float)(scale * (double)(values[i * step] * sign));
        factor->values[i * factor->stride + j] = value > NOTHING ? value : 0;
    }
}

/* Of each pair of singular vectors the half, above or below 0, that has more
 * in common. The first pair has one sign, but for rounding. */
static void start(factors *f, const zub_svd *svd)
{
    for (size_t j = 0; j < f->k; j++) {
        const float *u = svd->u + j, *v = svd->components + j * svd->columns;
        parts left = measure(u, svd->rows, svd->k);
        parts right = measure(v, svd->columns, 1);
        double above = left.above * right.above;
        double below = left.below * right.below;
        bool is_above = above >= below;
        double common = is_above ? above : below;
        double x = is_above ? left.above : left.below;
        double y = is_above ? right.above : right.below;
        float sign = is_above ? 1 : -1;
        double scale = sqrt(common); /* u has the singular value already */
        take_part(&f->w.factor, j, u, svd->k, sign, x > 0 ? scale / x : 0);
        take_part(&f->h.factor, j, v, 1, sign, y > 0 ? scale / y : 0);
    }
}

/* ---- Turning a factor ---- */

static zub_status update_gram(side *of, const zub_crew *crew)
{
    return zub_tall_gram(of->gram, &of->factor, crew);
}

/* *change becomes the sum of the projected gradient's magnitudes before. */
static zub_status turn(double *change, side *of, const side *other,
                       const zub_crew *crew)
{
    zub_tall_multiply(&of->target, of->a, 1, &other->factor, crew->threads);
    zub_status status = zub_factor_sweep(change, &of->factor, &of->target,
                                         other->gram, crew->threads);
    return status == ZUB_OK ? update_gram(of, crew) : status;
}

static zub_status iterate(zub_nmf *out, factors *f,
                          const zub_nmf_options *options)
{
    unsigned most = options->iterations ? options->iterations : ITERATIONS;
    double tolerance = options->tolerance > 0 ? options->tolerance : TOLERANCE;
    zub_status status = update_gram(&f->h, &f->crew);
    double first = 0, change = 1;

    for (; status == ZUB_OK && out->iterations < most && change > 0 &&
           (out->iterations == 0 || change > tolerance * first);
         out->iterations++) {
        double of_h = 0;
        status = turn(&change, &f->w, &f->h, &f->crew);
        if (status == ZUB_OK)
            status = turn(&of_h, &f->h, &f->w, &f->crew);
        change += of_h;
        if (out->iterations == 0)
            first = change;
    }
    return status;
}

/* ---- The result ---- */

/* ||A||^2 - 2 <A'W, H'> + <W'W, HH'>: the target of h is A'W as it is. */
static double loss_of(const factors *f)
{
    const zub_tall *h = &f->h.factor, *target = &f->h.target;
    double loss = f->norm;

    for (size_t c = 0; c < h->rows; c++) {
        double sum = 0;
        for (size_t j = 0; j < f->k; j++)
            sum += (double)h->values[c * h->stride + j] *
                   (double)target->values[c * target->stride + j];
        loss -= 2 * sum;
    }
    for (size_t i = 0; i < f->k * f->k; i++)
        loss += f->w.gram[i] * f->h.gram[i];
    return loss > 0 ? loss : 0;
}

static zub_status take_result(zub_nmf *out, const factors *f)
{
    const zub_tall *w = &f->w.factor, *h = &f->h.factor;

    out->k = f->k;
    out->w = zub_alloc(out->rows * out->k, sizeof *out->w);
    out->h = zub_alloc(out->columns * out->k, sizeof *out->h);
    if (!out->w || !out->h)
        return ZUB_ENOMEM;
    for (size_t r = 0; r < w->rows; r++)
        memcpy(out->w + r * f->k, w->values + r * w->stride,
               f->k * sizeof *out->w);
    for (size_t c = 0; c < h->rows; c++)
        for (size_t j = 0; j < f->k; j++)
            out->h[j * h->rows + c] = h->values[c * h->stride + j];
    out->loss = loss_of(f);
    return ZUB_OK;
}

/* ---- All of it ---- */

static zub_status check(double *norm, const zub_csr *a, zub_error *error)
{
    *norm = 0;
    for (int32_t i = 0; i < a->starts[a->rows]; i++) {
        if (!(a->values[i] >= 0) || !isfinite(a->values[i]))
            return zub_fail(error, ZUB_EINVAL,
                            "non-negative factors need a matrix without a "
                            "value below 0");
        *norm += (double)a->values[i] * (double)a->values[i];
    }
    return ZUB_OK;
}

static zub_status make_side(side *out, const zub_csr *a, size_t k)
{
    out->a = a;
    out->gram = zub_alloc(k, k * sizeof *out->gram);
    zub_status status = zub_tall_init(&out->factor, (size_t)a->rows, k);
    if (status == ZUB_OK)
        status = zub_tall_init(&out->target, (size_t)a->rows, k);
    return out->gram ? status : ZUB_ENOMEM;
}

static zub_status open_factors(factors *f, const zub_csr *a)
{
    zub_status status = zub_csr_transpose(&f->transposed, a);

    if (status == ZUB_OK)
        status = make_side(&f->w, a, f->k);
    return status == ZUB_OK ? make_side(&f->h, &f->transposed, f->k) : status;
}

static void close_side(side *of)
{
    zub_tall_release(&of->factor);
    zub_tall_release(&of->target);
    zub_free(of->gram);
}

static void close_factors(factors *f)
{
    close_side(&f->w);
    close_side(&f->h);
    zub_csr_release(&f->transposed);
}

static zub_status factorise(zub_nmf *out, factors *f, const zub_csr *a,
                            const zub_nmf_options *options, zub_error *error)
{
    zub_svd_options start_options = {.k = options->k,
                                     .tolerance = NEAR_ENOUGH,
                                     .seed = options->seed,
                                     .threads = options->threads};
    zub_svd svd;
    zub_status status = zub_svd_make(&svd, a, &start_options, error);

    if (status != ZUB_OK)
        return status;
    f->k = svd.k;
    status = open_factors(f, a);
    if (status == ZUB_OK && f->k > 0)
        start(f, &svd);
    zub_svd_release(&svd);
    if (status == ZUB_OK && f->k > 0)
        status = iterate(out, f, options);
    if (status == ZUB_OK)
        status = take_result(out, f);
    return status == ZUB_OK ? ZUB_OK : zub_fail_memory(error);
}

zub_status zub_nmf_make(zub_nmf *out, const zub_csr *a,
                        const zub_nmf_options *options, zub_error *error)
{
    factors f = {.crew.threads = zub_crew_threads(options->threads)};
    zub_blas *blas = NULL;

    *out = (zub_nmf){.rows = (size_t)a->rows, .columns = (size_t)a->columns};
    zub_error_clear(error);
    zub_status status = check(&f.norm, a, error);
    if (status == ZUB_OK)
        status = zub_blas_open(&blas, f.crew.threads, error);
    f.crew.blas = blas;
    if (status == ZUB_OK)
        status = factorise(out, &f, a, options, error);
    close_factors(&f);
    zub_blas_close(blas);
    if (status != ZUB_OK)
        zub_nmf_release(out);
    return status;
}

void zub_nmf_release(zub_nmf *nmf)
{
    zub_free(nmf->w);
    zub_free(nmf->h);
    *nmf = (zub_nmf){0};
}
