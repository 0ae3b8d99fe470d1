/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* cells.c - see cells.h. Everything is made from the cells and `d`, which is
 * right to its last digits: a difference of products that are nearly equal
 * would otherwise lose them, and with them the sign. */
#include "stats/cells.h"

#include <float.h>
#include <math.h>

#include "stats/special.h"

#define COUNT_MAX 9007199254740992. /* 2^53: a double counts no further */
#define TERMS 2000.

/* a b - c d, rounded about once (Kahan's use of a fused product). */
static double difference(double a, double b, double c, double d)
{
    double left = a * b, right = c * d;

    return (left - right) + (fma(a, b, -left) - fma(c, d, -right));
}

static double above_zero(double x)
{
    return x > 0 ? x : 0;
}

zub_cells zub_cells_of(double n11, double n1, double n2, double n)
{
    zub_cells t = {.o11 = zub_count_sound(n11)};

    t.o12 = above_zero(zub_count_sound(n1) - t.o11);
    t.o21 = above_zero(zub_count_sound(n2) - t.o11);
    t.o22 = above_zero(zub_count_sound(n) - t.o11 - t.o12 - t.o21);
    t.r1 = t.o11 + t.o12;
    t.r2 = t.o21 + t.o22;
    t.c1 = t.o11 + t.o21;
    t.c2 = t.o12 + t.o22;
    t.n = t.r1 + t.r2;
    if (t.n > 0) {
        t.e11 = t.r1 * t.c1 / t.n;
        t.e12 = t.r1 * t.c2 / t.n;
        t.e21 = t.r2 * t.c1 / t.n;
        t.e22 = t.r2 * t.c2 / t.n;
        t.d = difference(t.o11, t.o22, t.o12, t.o21) / t.n;
    }
    return t;
}

double zub_cells_g2(const zub_cells *t)
{
    double half = zub_deviance(t->d, t->e11) + zub_deviance(-t->d, t->e12) +
                  zub_deviance(-t->d, t->e21) + zub_deviance(t->d, t->e22);

    return t->d < 0 ? 0 - 2 * half : 2 * half;
}

/* d^2 over each expectation, summed. */
static double pearson(const zub_cells *t, double d)
{
    double margins = t->r1 * t->r2 * t->c1 * t->c2;

    return margins > 0 ? d * d * t->n * t->n * t->n / margins : 0;
}

double zub_cells_chi2(const zub_cells *t)
{
    double value = pearson(t, t->d);

    return t->d < 0 ? 0 - value : value;
}

double zub_cells_yates(const zub_cells *t)
{
    double value = pearson(t, above_zero(fabs(t->d) - .5));

    return t->d < 0 ? 0 - value : value;
}

double zub_cells_log_odds(const zub_cells *t)
{
    return log((t->o11 + .5) / (t->o12 + .5) *
               ((t->o22 + .5) / (t->o21 + .5)));
}

double zub_cells_log_odds_z(const zub_cells *t)
{
    double variance = 1 / (t->o11 + .5) + 1 / (t->o12 + .5) +
                      1 / (t->o21 + .5) + 1 / (t->o22 + .5);

    return zub_cells_log_odds(t) / sqrt(variance);
}

/* ---- Fisher's exact test ---- */

/* ln of the hypergeometric probability of the table: with Stirling's formula
 * n ln n - n of all factorials makes -G2 / 2. */
static double log_probability(const zub_cells *t)
{
    double rests = zub_stirling_rest(t->r1) + zub_stirling_rest(t->r2) +
                   zub_stirling_rest(t->c1) + zub_stirling_rest(t->c2) -
                   zub_stirling_rest(t->n) - zub_stirling_rest(t->o11) -
                   zub_stirling_rest(t->o12) - zub_stirling_rest(t->o21) -
                   zub_stirling_rest(t->o22);

    return rests - .5 * fabs(zub_cells_g2(t));
}

/* ln of the probability of a table whose o11 is `t` larger over that of this
 * one; all cells are large here, so 1 / (12 n) is enough of Stirling's rest. */
static double log_probability_above(const void *context, double t)
{
    const zub_cells *at = context;
    const double cells[4] = {at->o11, at->o22, at->o12, at->o21};
    double sum = -t * log(at->o11 / at->o12 * (at->o22 / at->o21));

    for (int i = 0; i < 4; i++) {
        double change = i < 2 ? t : -t, cell = cells[i];
        if (cell + change <= .5)
            return -DBL_MAX;
        sum -= zub_deviance(change, cell) + .5 * log1p(change / cell) -
               change / (12 * cell * (cell + change));
    }
    return sum;
}

/* The sum of the probabilities of o11 and all above it over that of o11, term
 * by term. */
static double sum_above(const zub_cells *t)
{
    double term = 1, sum = 1;

    for (double k = 0; k < 2 * TERMS && term > 1e-17 * sum; k++) {
        double left = (t->o12 - k) * (t->o21 - k);
        if (t->o12 <= k || t->o21 <= k)
            break;
        sum += term *= left / ((t->o11 + k + 1) * (t->o22 + k + 1));
    }
    return sum;
}

/* The same by the formula of Euler and Maclaurin, where terms fall slowly. */
static double integrate_above(const zub_cells *t, double slope, double sd)
{
    double integral =
        zub_tail_integral(log_probability_above, t, 1 / (slope + 1 / sd));
    double third = 3 * slope / (sd * sd) - slope * slope * slope;

    return integral + .5 + slope / 12 + third / 720;
}

/* Towards fewer in o11 is towards more in o12: the columns change places. */
static zub_cells mirrored(const zub_cells *t)
{
    zub_cells m = {.o11 = t->o12,
                   .o12 = t->o11,
                   .o21 = t->o22,
                   .o22 = t->o21,
                   .r1 = t->r1,
                   .r2 = t->r2,
                   .c1 = t->c2,
                   .c2 = t->c1,
                   .n = t->n,
                   .e11 = t->e12,
                   .e12 = t->e11,
                   .e21 = t->e22,
                   .e22 = t->e21,
                   .d = -t->d};

    return m;
}

double zub_cells_log_fisher(const zub_cells *table)
{
    zub_cells t = table->d < 0 ? mirrored(table) : *table;

    if (!(t.r1 > 0 && t.r2 > 0 && t.c1 > 0 && t.c2 > 0))
        return 0;
    double slope = fmax(0, zub_cells_log_odds(&t));
    double sd = sqrt(t.e11 * (t.e22 / t.n));
    bool is_short = fmin(42 / slope, 9 * sd) < TERMS;
    double sum = is_short ? sum_above(&t) : integrate_above(&t, slope, sd);
    return fmin(0, log_probability(&t) + log(sum));
}
