/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* keyness.c - how much more a word is used in a target than in a reference. A
 * measure is a row of ZUB_KEYNESS_MAP and a function here. */
#include "zubda.h"

#include <math.h>
#include <string.h>

#include "stats/cells.h"
#include "stats/special.h"
#include "stats/statistic.h"

#define LN_2 0.69314718055994530942
#define OPEN_END 1024. /* 2^1024 is where doubles end */
#define FEW 5.         /* expectations that chi-squared is no match for */

/* The word in the first row, its corpus in the columns: c1 and c2 are the
 * corpora, r1 is the word. */
static zub_cells cells(const zub_contrast *c)
{
    double a = zub_count_sound(c->a), b = zub_count_sound(c->b);
    double n1 = fmax(zub_count_sound(c->n1), a);
    double n2 = fmax(zub_count_sound(c->n2), b);

    return zub_cells_of(a, a + b, n1, n1 + n2);
}

/* Nothing to compare. */
static bool is_void(const zub_cells *t)
{
    return !(t->r1 > 0 && t->c1 > 0 && t->c2 > 0);
}

static double or_half(double count)
{
    return count > 0 ? count : .5;
}

/* ---- Options ---- */

static double smoothing_of(const zub_keyness_options *options)
{
    return options && options->smoothing > 0 ? options->smoothing : 1;
}

/* ln of the chance left on either side of an interval. */
static double log_side_of(const zub_keyness_options *options)
{
    double confidence = .95, family = 1;

    if (options && options->confidence > 0 && options->confidence < 1)
        confidence = options->confidence;
    if (options && options->family > 1)
        family = zub_count_sound(options->family);
    return log((1 - confidence) / 2 / family);
}

/* ---- The interval of log ratio ---- */

/* Given a + b, a is binomial with odds n1 p1 : n2 p2 (Przyborowski & Wilenski
 * 1940), so an interval of its odds is one of p1 / p2. */
static double low_end(double a, double b, double n1, double n2,
                      double log_side)
{
    if (!(a > 0))
        return -OPEN_END;
    double logit = zub_beta_quantile(log_side, a, b + 1);
    double end = (logit + log(n2 / n1)) / LN_2;
    return end > -OPEN_END ? fmin(end, OPEN_END) : -OPEN_END;
}

static double low_of(const zub_cells *t, double log_side)
{
    return low_end(t->o11, t->o12, t->c1, t->c2, log_side);
}

static double high_of(const zub_cells *t, double log_side)
{
    return 0 - low_end(t->o12, t->o11, t->c2, t->c1, log_side);
}

void zub_log_ratio_interval(double *low, double *high,
                            const zub_contrast *counts,
                            const zub_keyness_options *options)
{
    zub_cells t = cells(counts);
    double log_side = log_side_of(options);

    *low = -OPEN_END;
    *high = OPEN_END;
    if (is_void(&t))
        return;
    *low = low_of(&t, log_side);
    *high = high_of(&t, log_side);
}

/* ---- Measures ---- */

static double lrc(const zub_contrast *c, const zub_keyness_options *options)
{
    zub_cells t = cells(c);

    if (is_void(&t))
        return 0;
    if (t.d < 0)
        return fmin(0, high_of(&t, log_side_of(options)));
    return fmax(0, low_of(&t, log_side_of(options)));
}

static double log_ratio(const zub_contrast *c,
                        const zub_keyness_options *options)
{
    zub_cells t = cells(c);

    (void)options;
    if (is_void(&t))
        return 0;
    return log2(or_half(t.o11) / t.c1 / (or_half(t.o12) / t.c2));
}

static double g2_4term(const zub_contrast *c,
                       const zub_keyness_options *options)
{
    zub_cells t = cells(c);

    (void)options;
    return zub_cells_g2(&t);
}

static double g2_2term(const zub_contrast *c,
                       const zub_keyness_options *options)
{
    zub_cells t = cells(c);
    double half = zub_deviance(t.d, t.e11) + zub_deviance(-t.d, t.e12);

    (void)options;
    return t.d < 0 ? 0 - 2 * half : 2 * half;
}

static double chi2(const zub_contrast *c, const zub_keyness_options *options)
{
    zub_cells t = cells(c);

    (void)options;
    return zub_cells_chi2(&t);
}

static double chi2_yates(const zub_contrast *c,
                         const zub_keyness_options *options)
{
    zub_cells t = cells(c);

    (void)options;
    return zub_cells_yates(&t);
}

static double bic(const zub_contrast *c, const zub_keyness_options *options)
{
    double n = cells(c).n;

    return fabs(g2_2term(c, options)) - log(fmax(n, 1));
}

static double ratio(const zub_cells *t)
{
    return is_void(t) ? 1 : t->o11 / t->c1 / (or_half(t->o12) / t->c2);
}

static double percent_diff(const zub_contrast *c,
                           const zub_keyness_options *options)
{
    zub_cells t = cells(c);

    (void)options;
    return 100 * (ratio(&t) - 1);
}

static double relative_risk(const zub_contrast *c,
                            const zub_keyness_options *options)
{
    zub_cells t = cells(c);

    (void)options;
    return ratio(&t);
}

static double odds_ratio(const zub_contrast *c,
                         const zub_keyness_options *options)
{
    zub_cells t = cells(c);

    (void)options;
    if (is_void(&t))
        return 1;
    if (t.o11 > 0 && t.o12 > 0 && t.o21 > 0 && t.o22 > 0)
        return t.o11 / t.o21 / (t.o12 / t.o22);
    return exp(zub_cells_log_odds(&t));
}

static double simple_maths(const zub_contrast *c,
                           const zub_keyness_options *options)
{
    zub_cells t = cells(c);
    double s = smoothing_of(options);

    if (is_void(&t))
        return 1;
    return (1e6 * t.o11 / t.c1 + s) / (1e6 * t.o12 / t.c2 + s);
}

static const zub_keyness measures[] = {ZUB_KEYNESS_MAP(ZUB_STATISTIC_ROW)};

#define MEASURES (sizeof measures / sizeof *measures)

const zub_keyness *zub_keyness_at(size_t i)
{
    return i < MEASURES ? &measures[i] : NULL;
}

const zub_keyness *zub_keyness_find(const char *name)
{
    if (!name)
        return &measures[0];
    for (size_t i = 0; i < MEASURES; i++)
        if (zub_is_statistic(measures[i].is.name, name))
            return &measures[i];
    return strcmp(name, "g2") == 0 ? zub_keyness_find("g2-4term") : NULL;
}

/* ---- Probability ---- */

/* P of a or more, given a + b and that the word is used alike. */
static double binomial_tail(double a, double b, double n1, double n2)
{
    return a > 0 ? exp(zub_log_beta(log(n1 / n2), a, b + 1)) : 1;
}

double zub_keyness_p(const zub_contrast *counts)
{
    zub_cells t = cells(counts);

    if (is_void(&t))
        return 1;
    if (fmin(t.e11, t.e12) >= FEW)
        return zub_chi2_tail(fabs(zub_cells_g2(&t)), 1);
    double tail = t.d < 0 ? binomial_tail(t.o12, t.o11, t.c2, t.c1)
                          : binomial_tail(t.o11, t.o12, t.c1, t.c2);
    return fmin(1, 2 * tail);
}
