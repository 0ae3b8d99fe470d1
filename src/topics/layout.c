/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* layout.c - topics on a plane, so that what is near is alike: classical
 * scaling (Torgerson 1952) of the distances sqrt(2 - 2 cos), by the two
 * greatest eigenvalues, excerpt with Jacobi's rotations. k^2 numbers, some k^3
 * steps. */
#include <math.h>

#include "base/mem.h"
#include "topics/topics.h"

#define MOST_SWEEPS 40u

/* Inner products of the topics' places around their mean; `b` is [k][k]. */
static void fill_products(double *b, const zub_topics *topics)
{
    size_t k = topics->model.k;
    double all = 0;

    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j <= i; j++) {
            const float *one = zub_topics_profile(topics, i);
            const float *other = zub_topics_profile(topics, j);
            double dot = 0;
            for (size_t c = 0; c < topics->model.columns; c++)
                dot += (double)one[c] * other[c];
            b[i * k + j] = b[j * k + i] = dot;
        }
    double *means = b + k * k; /* [k] behind it */
    for (size_t i = 0; i < k; i++) {
        means[i] = 0;
        for (size_t j = 0; j < k; j++)
            means[i] += b[i * k + j] / (double)k;
        all += means[i] / (double)k;
    }
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            b[i * k + j] += all - means[i] - means[j];
}

/* ---- Eigenvectors ---- */

typedef struct rotation {
    double c, s;
} rotation;

static rotation rotation_of(double pp, double pq, double qq)
{
    double theta = (qq - pp) / (2 * pq);
    double t = (theta < 0 ? -1 : 1) / (fabs(theta) + sqrt(theta * theta + 1));
    double c = 1 / sqrt(t * t + 1);

    return (rotation){c, t * c};
}

static void turn(double *a, double *b, rotation r)
{
    double x = *a, y = *b;

    *a = r.c * x - r.s * y;
    *b = r.s * x + r.c * y;
}

static void rotate(double *b, double *v, size_t k, size_t p, size_t q)
{
    rotation r = rotation_of(b[p * k + p], b[p * k + q], b[q * k + q]);

    for (size_t i = 0; i < k; i++)
        turn(&b[i * k + p], &b[i * k + q], r);
    for (size_t i = 0; i < k; i++)
        turn(&b[p * k + i], &b[q * k + i], r);
    for (size_t i = 0; i < k; i++)
        turn(&v[i * k + p], &v[i * k + q], r);
}

static double off_diagonal(const double *b, size_t k)
{
    double sum = 0;

    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < i; j++)
            sum += b[i * k + j] * b[i * k + j];
    return sum;
}

/* b becomes diagonal, v its eigenvectors in columns. */
static void diagonalise(double *b, double *v, size_t k)
{
    for (size_t i = 0; i < k * k; i++)
        v[i] = i / k == i % k;
    for (unsigned sweep = 0; sweep < MOST_SWEEPS; sweep++) {
        if (off_diagonal(b, k) < 1e-20)
            break;
        for (size_t p = 0; p + 1 < k; p++)
            for (size_t q = p + 1; q < k; q++)
                if (fabs(b[p * k + q]) > 1e-15)
                    rotate(b, v, k, p, q);
    }
}

/* ---- Places ---- */

static size_t greatest(const double *b, size_t k, size_t but)
{
    size_t best = k;

    for (size_t i = 0; i < k; i++)
        if (i != but && (best == k || b[i * k + i] > b[best * k + best]))
            best = i;
    return best;
}

/* 1 or -1, so that the entry of greatest size is above 0; nearly equal ones:
 * the first. */
static double sign_of(const double *v, size_t k, size_t axis)
{
    double most = 0, sign = 1;

    for (size_t i = 0; i < k; i++)
        if (fabs(v[i * k + axis]) > most + 1e-9) {
            most = fabs(v[i * k + axis]);
            sign = v[i * k + axis] < 0 ? -1 : 1;
        }
    return sign;
}

/* Coordinates along an axis, [k]. */
static void place(double *out, const double *b, const double *v, size_t k,
                  size_t axis)
{
    double size = axis < k ? b[axis * k + axis] : 0;

    for (size_t i = 0; i < k; i++)
        out[i] = size > 1e-12
                     ? sign_of(v, k, axis) * sqrt(size) * v[i * k + axis]
                     : 0;
}

static double middle_of(const double *values, size_t k, double *width)
{
    double low = values[0], high = values[0];

    for (size_t i = 1; i < k; i++) {
        low = fmin(low, values[i]);
        high = fmax(high, values[i]);
    }
    *width = high - low;
    return (low + high) / 2;
}

/* Into a square of 0 to 1, with one scale for both axes. */
static void fit(zub_topic *topics, const double *x, const double *y, size_t k)
{
    double wide, high;
    double from_x = middle_of(x, k, &wide), from_y = middle_of(y, k, &high);
    double scale = fmax(wide, high) > 0 ? 1 / fmax(wide, high) : 0;

    for (size_t t = 0; t < k; t++) {
        topics[t].x = .5 + (x[t] - from_x) * scale;
        topics[t].y = .5 + (y[t] - from_y) * scale;
    }
}

zub_status zub_topics_lay_out(zub_topics *topics)
{
    size_t k = topics->model.k;

    if (k == 0)
        return ZUB_OK;
    double *b = zub_alloc(k + 1, k * sizeof *b);
    double *v = zub_alloc(k, k * sizeof *v);
    double *places = zub_alloc(2 * k, sizeof *places);
    zub_status status = b && v && places ? ZUB_OK : ZUB_ENOMEM;
    if (status == ZUB_OK) {
        fill_products(b, topics);
        diagonalise(b, v, k);
        size_t first = greatest(b, k, k), second = greatest(b, k, first);
        place(places, b, v, k, first);
        place(places + k, b, v, k, second);
        fit(topics->topics, places, places + k, k);
    }
    zub_free(b);
    zub_free(v);
    zub_free(places);
    return status;
}
