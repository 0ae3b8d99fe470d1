/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* special.h - tails and quantiles of the distributions that counts are tested
 * against. Every result is finite; relative error below 1e-10 for parameters
 * from 1/2 to 2^53. Nothing is allocated. */
#ifndef ZUB_STATS_SPECIAL_H
#define ZUB_STATS_SPECIAL_H

/* x - ln(1 + x) for x > -1, without cancellation near 0; never negative. */
double zub_log1p_gap(double x);

/* O ln(O / E) - (O - E) with O = E + d: what a cell adds to half a G2, once
 * the differences of all cells sum to 0. Never negative; 0 when E is 0. */
double zub_deviance(double d, double e);

/* ln n! - (n ln n - n): what Stirling's first terms leave. 0 at 0. */
double zub_stirling_rest(double n);

/* The integral of exp(log_density(context, t)) over t from 0, where the
 * exponent is 0 at 0, concave and falling; it falls by about 1 in `unit`.
 * Cost: 100 to 200 evaluations. */
double zub_tail_integral(double (*log_density)(const void *context, double t),
                         const void *context, double unit);

/* P(Z > z) for a normal Z. */
double zub_normal_tail(double z);

/* The z with P(Z < z) = p; p at or beyond 0 and 1 gives about -37.5 and 8.2,
 * the last that a double tells apart. */
double zub_normal_quantile(double p);

/* P(X > x) for X gamma of shape a, scale 1: the incomplete gamma Q(a, x). */
double zub_gamma_tail(double a, double x);

/* P(X > x) for X chi-squared with df degrees of freedom. */
double zub_chi2_tail(double x, double df);

/* ln P(X < x) for X beta(a, b), a and b above 0: the incomplete beta. x comes
 * as its logit, ln(x / (1 - x)), so that both ends have room. */
double zub_log_beta(double logit, double a, double b);

/* The logit of the x with ln P(X < x) = log_p, log_p below 0. */
double zub_beta_quantile(double log_p, double a, double b);

#endif
