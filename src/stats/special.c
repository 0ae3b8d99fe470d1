/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* special.c - see special.h.
 *
 * Densities are written as deviances (Loader 2000), never as differences of
 * log-gammas, which at counts of 10^9 would leave a few digits. Small
 * parameters go through the classical series and continued fractions
 * (Abramowitz & Stegun 6.5 and 26.5); those need about the root of the smaller
 * parameter in steps, so beyond LARGE the tail is integrated: on the logit or
 * log scale it is smooth and log-concave, and a few panels of 16 points give
 * all of its digits whatever the parameters.
 */
#include "stats/special.h"

#include <float.h>
#include <math.h>

#define LARGE 2000.
#define LN_2PI 1.8378770664093454836
#define SQRT_HALF 0.70710678118654752440
#define SQRT_2PI 2.5066282746310005024

double zub_log1p_gap(double x)
{
    if (x < -.25 || x > .5)
        return x - log1p(x);
    /* ln(1 + x) = 2 artanh r, and x - 2 r = r x. */
    double r = x / (2 + x), s = r * r, sum = 0;
    for (int k = 23; k >= 3; k -= 2)
        sum = sum * s + 1. / k;
    return r * x - 2 * r * s * sum;
}

double zub_deviance(double d, double e)
{
    if (!(e > 0))
        return 0;
    double x = d / e;
    if (x <= -1)
        return e;
    if (x > .5)
        return e * ((1 + x) * log1p(x) - x);
    return e * (x * x - (1 + x) * zub_log1p_gap(x));
}

double zub_stirling_rest(double n)
{
    if (!(n > 0))
        return 0;
    if (n < 16)
        return lgamma(n + 1) - n * log(n) + n;
    double s = 1 / (n * n);
    double sum = 1. / 12 + s * (-1. / 360 +
                                s * (1. / 1260 + s * (-1. / 1680 + s / 1188)));
    return .5 * (LN_2PI + log(n)) + sum / n;
}

/* ---- Integration ---- */

/* Gauss-Legendre, 16 points: the positive nodes on [-1, 1] and weights. */
static const double nodes[8] = {
    0.095012509837637440185, 0.281603550779258913230, 0.458016777657227386342,
    0.617876244402643748447, 0.755404408355003033895, 0.865631202387831743880,
    0.944575023073232576078, 0.989400934991649932596};
static const double weights[8] = {
    0.189450610455068496285, 0.182603415044923588867, 0.169156519395002538189,
    0.149595988816576732082, 0.124628971255533872052, 0.095158511682492784810,
    0.062253523938647892863, 0.027152459411754094852};

double zub_tail_integral(double (*log_density)(const void *context, double t),
                         const void *context, double unit)
{
    double half = 1.5 * unit, sum = 0;

    for (int panel = 0; panel < 64; panel++) {
        double middle = (2 * panel + 1) * half, part = 0;
        for (int i = 0; i < 8; i++)
            part += weights[i] *
                    (exp(log_density(context, middle - half * nodes[i])) +
                     exp(log_density(context, middle + half * nodes[i])));
        sum += part * half;
        if (part * half < 1e-17 * sum)
            break;
    }
    return sum;
}

/* ---- Normal ---- */

double zub_normal_tail(double z)
{
    return .5 * erfc(z * SQRT_HALF);
}

/* P(Z < z) - p, for p up to 1/2, without losing what is near 1/2. */
static double normal_excess(double z, double p)
{
    if (p > .25)
        return .5 * erf(z * SQRT_HALF) - (p - .5);
    return zub_normal_tail(-z) - p;
}

double zub_normal_quantile(double p)
{
    if (!(p > DBL_MIN))
        p = DBL_MIN;
    if (p > 1 - DBL_EPSILON / 2)
        p = 1 - DBL_EPSILON / 2;
    if (p > .5)
        return -zub_normal_quantile(1 - p);
    /* Abramowitz & Stegun 26.2.22 is right to .003; Halley does the rest. */
    double t = sqrt(-2 * log(p));
    double z = (2.30753 + .27061 * t) / (1 + t * (.99229 + t * .04481)) - t;
    for (int i = 0; i < 3; i++) {
        double step = normal_excess(z, p) * SQRT_2PI * exp(.5 * z * z);
        z -= step / (1 + .5 * z * step);
    }
    return p < .5 ? z : 0;
}

/* ---- Gamma ---- */

typedef struct gamma_point {
    double a, x;
} gamma_point;

/* On the scale of ln x the log-density falls like this above x, ... */
static double gamma_above(const void *context, double t)
{
    const gamma_point *at = context;
    double up = expm1(t);

    return -(at->x - at->a) * up - at->a * (up - t);
}

/* ... and like this below. */
static double gamma_below(const void *context, double t)
{
    const gamma_point *at = context;
    double down = -expm1(-t);

    return -(at->a - at->x) * down - at->a * (t - down);
}

static double gamma_series(double a, double x)
{
    double term = 1, sum = 1;

    for (double k = a + 1; term > 1e-17 * sum; k++)
        sum += term *= x / k;
    return sum;
}

/* By Lentz's method: 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - ...)). */
static double gamma_fraction(double a, double x)
{
    double b = x + 1 - a, c = 1 / DBL_MIN, d = 1 / b, h = d;

    for (int i = 1; i < 10000; i++) {
        double up = -i * (i - a);
        b += 2;
        d = 1 / (up * d + b);
        c = b + up / c;
        h *= d * c;
        if (fabs(d * c - 1) < 1e-16)
            break;
    }
    return h;
}

double zub_gamma_tail(double a, double x)
{
    if (!(x > 0) || !(a > 0))
        return 1;
    gamma_point at = {a, x};
    double unit = 1 / (fabs(x - a) + sqrt(a));
    double density = exp(-zub_deviance(a - x, x) - zub_stirling_rest(a));
    double tail;
    if (x < a + 1) {
        tail = density * (a < LARGE
                              ? gamma_series(a, x)
                              : a * zub_tail_integral(gamma_below, &at, unit));
        return tail < 1 ? 1 - tail : 0;
    }
    tail = a < LARGE ? gamma_fraction(a, x)
                     : zub_tail_integral(gamma_above, &at, unit);
    return density * a * tail;
}

double zub_chi2_tail(double x, double df)
{
    if (!(x > 0))
        return 1;
    if (df == 1) /* which is nearly always asked for */
        return erfc(sqrt(.5 * x));
    return zub_gamma_tail(.5 * df, .5 * x);
}

/* ---- Beta ---- */

typedef struct beta_point {
    double a, b, x, y; /* y = 1 - x */
    double slope;      /* a y - b x, not below 0: x is at the mean or below */
} beta_point;

/* On the logit scale, `t` below x. w and v are what 1 / x and 1 / (1 - x) grow
 * by; their linear parts are summed before anything can cancel. */
static double beta_below(const void *context, double t)
{
    const beta_point *at = context;
    double half = sinh(.5 * t), odd = sinh(t), even = 2 * half * half;
    double w = at->y * (even + odd), v = at->x * (even - odd);

    return at->a * zub_log1p_gap(w) + at->b * zub_log1p_gap(v) -
           at->slope * odd - (at->a * at->y + at->b * at->x) * even;
}

/* P(X < x) over the density of the logit: the fraction of DiDonato & Morris
 * (1992, 9) by Lentz's method. It keeps its digits where x is nearly 1. */
static double beta_fraction(const beta_point *at)
{
    double a = at->a, b = at->b, x = at->x;
    double beta = a / (a + 1) * (at->slope + 1);
    double c = 1 / DBL_MIN, d = 1 / beta, h = d;

    for (int i = 1; i < 100000; i++) {
        double n = i, rest = n * (b - n) * x, step = a + 2 * n - 1;
        double alpha =
            (a + n - 1) / step * ((a + b + n - 1) / step) * rest * x;
        beta = n + rest / step +
               (a + n) / (step + 2) * (at->slope + 1 + n * (1 + at->y));
        d = 1 / (beta + alpha * d);
        c = beta + alpha / c;
        h *= d * c;
        if (fabs(d * c - 1) < 1e-16)
            break;
    }
    return h;
}

/* The log-density of the logit of X, beta(a, b), at x. */
static double log_beta_density(const beta_point *at)
{
    double n = at->a + at->b;

    return log(at->a * (at->b / n)) + zub_stirling_rest(n) -
           zub_stirling_rest(at->a) - zub_stirling_rest(at->b) -
           zub_deviance(at->slope, n * at->x) -
           zub_deviance(-at->slope, n * at->y);
}

static double log_beta_tail(const beta_point *at)
{
    double tail;

    if (fmin(at->a, at->b) < LARGE)
        tail = beta_fraction(at);
    else
        tail = zub_tail_integral(
            beta_below, at,
            1 / (at->slope + sqrt(at->a * (at->b / (at->a + at->b)))));
    return log_beta_density(at) + log(tail);
}

/* The slope is a y - b x by way of how far the logit is from that of the mean,
 * which keeps digits that the difference would lose. */
static beta_point beta_point_at(double logit, double a, double b)
{
    beta_point at = {.a = a, .b = b};

    at.x = 1 / (1 + exp(-logit));
    at.y = 1 / (1 + exp(logit));
    at.slope = -a * at.y * expm1(logit - log(a / b));
    return at;
}

double zub_log_beta(double logit, double a, double b)
{
    beta_point at = beta_point_at(logit, a, b);

    if (at.slope >= 0)
        return log_beta_tail(&at);
    double other = log_beta_tail(&(beta_point){b, a, at.y, at.x, -at.slope});
    return other < 0 ? log1p(-exp(other)) : -DBL_MAX;
}

/* Newton's method on ln P as a function of the logit: increasing and concave,
 * so a step from below never passes the root. */
double zub_beta_quantile(double log_p, double a, double b)
{
    double spread = sqrt(1 / a + 1 / b);
    double logit = log(a / b) + spread * zub_normal_quantile(exp(log_p));

    for (int i = 0; i < 100; i++) {
        beta_point at = beta_point_at(logit, a, b);
        double got = zub_log_beta(logit, a, b);
        double step = (log_p - got) / exp(log_beta_density(&at) - got);
        if (!(fabs(step) < 600)) /* the density left the range of doubles */
            step = log_p > got ? 1 : -1;
        logit += step;
        if (fabs(step) < 1e-15 * (fabs(logit) + spread))
            break;
    }
    return logit;
}
