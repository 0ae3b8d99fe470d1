/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* dispersion.c - how evenly a word lies over the parts of a corpus. A measure
 * is a row of ZUB_DISPERSION_MAP and a function here.
 *
 * Most words are in few of many parts, so only those are walked over; what the
 * others add is known from their number and their size together. */
#include "zubda.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/cells.h"
#include "stats/statistic.h"

/* The corpus made sound: no part smaller than its count, no whole smaller
 * than its parts. Equal parts are of size 1. */
typedef struct spread {
    const zub_parts *parts;
    double n;        /* parts */
    double size;     /* of all of them */
    double smallest; /* share of the smallest */
    double f, df;
    double listed_share; /* of the parts listed */
} spread;

static double count_at(const spread *s, size_t i)
{
    return zub_count_sound(s->parts->counts[i]);
}

static double size_at(const spread *s, size_t i)
{
    if (!s->parts->sizes)
        return 1;
    return fmax(zub_count_sound(s->parts->sizes[i]), count_at(s, i));
}

/* A part without words has no rate; its count is 0 as well. */
static double rate_at(const spread *s, size_t i)
{
    double size = size_at(s, i);

    return size > 0 ? count_at(s, i) / size : 0;
}

static double share_at(const spread *s, size_t i)
{
    return s->size > 0 ? size_at(s, i) / s->size : 0;
}

static spread spread_of(const zub_parts *parts)
{
    spread s = {.parts = parts};
    double sizes = 0, least = INFINITY;

    for (size_t i = 0; i < parts->listed; i++) {
        double count = count_at(&s, i), size = size_at(&s, i);
        s.f += count;
        s.df += count > 0;
        sizes += size;
        least = fmin(least, size);
    }
    s.n = fmax(zub_count_sound(parts->parts), (double)parts->listed);
    s.size = parts->sizes ? fmax(zub_count_sound(parts->size), sizes) : s.n;
    double smallest = parts->sizes ? zub_count_sound(parts->smallest) : 1;
    s.smallest = s.size > 0 ? fmin(fmin(smallest, least) / s.size, 1) : 0;
    s.listed_share = s.size > 0 ? fmin(1, sizes / s.size) : 0;
    return s;
}

static double between_0_and_1(double x)
{
    return x > 0 ? fmin(1, x) : 0;
}

/* ---- Deviation of proportions ---- */

static double deviation(const spread *s)
{
    double sum = 1 - s->listed_share;

    if (!(s->f > 0))
        return 1;
    for (size_t i = 0; i < s->parts->listed; i++)
        sum += fabs(count_at(s, i) / s->f - share_at(s, i));
    return between_0_and_1(sum / 2);
}

static double dp(const zub_parts *parts)
{
    spread s = spread_of(parts);

    return deviation(&s);
}

static double dpnorm(const zub_parts *parts)
{
    spread s = spread_of(parts);

    if (!(s.f > 0))
        return 1;
    return s.smallest < 1 ? between_0_and_1(deviation(&s) / (1 - s.smallest))
                          : 0;
}

/* ---- Rates ---- */

static double sum_of_rates(const spread *s)
{
    double sum = 0;

    for (size_t i = 0; i < s->parts->listed; i++)
        sum += rate_at(s, i);
    return sum;
}

static double juilland_d(const zub_parts *parts)
{
    spread s = spread_of(parts);
    double mean = sum_of_rates(&s) / s.n, squares = 0;

    if (!(s.f > 0) || s.n < 2)
        return s.f > 0;
    for (size_t i = 0; i < parts->listed; i++) {
        double off = rate_at(&s, i) - mean;
        squares += off * off;
    }
    squares += (s.n - (double)parts->listed) * mean * mean;
    return between_0_and_1(1 - sqrt(squares / s.n / (s.n - 1)) / mean);
}

static double carroll_d2(const zub_parts *parts)
{
    spread s = spread_of(parts);
    double all = sum_of_rates(&s), entropy = 0;

    if (!(s.f > 0) || s.n < 2)
        return s.f > 0;
    for (size_t i = 0; i < parts->listed; i++) {
        double q = rate_at(&s, i) / all;
        if (q > 0)
            entropy -= q * log(q);
    }
    return between_0_and_1(entropy / log(s.n));
}

static int ascending(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

/* Sum of |r - r'| over all pairs of parts. In ascending order a rate is
 * subtracted from all behind it and has all before it subtracted. */
static double sorted_differences(const spread *s)
{
    size_t listed = s->parts->listed;
    double *rates = s->parts->scratch, sum = 0;

    for (size_t i = 0; i < listed; i++)
        rates[i] = rate_at(s, i);
    qsort(rates, listed, sizeof *rates, ascending);
    double before = s->n - (double)listed; /* parts at 0 */
    for (size_t i = 0; i < listed; i++) {
        double place = before + (double)i;
        sum += rates[i] * (place - (s->n - 1 - place));
    }
    return sum;
}

/* The same without room to sort in. */
static double all_differences(const spread *s)
{
    size_t listed = s->parts->listed;
    double sum = (s->n - (double)listed) * sum_of_rates(s);

    for (size_t i = 0; i < listed; i++)
        for (size_t j = 0; j < i; j++)
            sum += fabs(rate_at(s, i) - rate_at(s, j));
    return sum;
}

static double da(const zub_parts *parts)
{
    spread s = spread_of(parts);

    if (!(s.f > 0) || s.n < 2)
        return s.f > 0;
    double differences =
        parts->scratch ? sorted_differences(&s) : all_differences(&s);
    return between_0_and_1(1 - differences / (s.n - 1) / sum_of_rates(&s));
}

/* ---- Shares ---- */

static double rosengren_s(const zub_parts *parts)
{
    spread s = spread_of(parts);
    double sum = 0;

    if (!(s.f > 0))
        return s.smallest;
    for (size_t i = 0; i < parts->listed; i++)
        sum += sqrt(share_at(&s, i) * count_at(&s, i));
    return between_0_and_1(sum * sum / s.f);
}

static double kl(const zub_parts *parts)
{
    spread s = spread_of(parts);
    double sum = 0;

    if (!(s.f >
          0)) /* as if all lay in the smallest part, of a word at least */
        return s.size > 0 ? 0 - log2(fmax(s.smallest, 1 / fmax(1, s.size)))
                          : 0;
    for (size_t i = 0; i < parts->listed; i++) {
        double p = count_at(&s, i) / s.f;
        if (p > 0)
            sum += p * log2(p / share_at(&s, i));
    }
    return sum > 0 ? sum : 0;
}

static bool is_nowhere(const zub_parts *parts)
{
    return !(spread_of(parts).f > 0);
}

static double dkl(const zub_parts *parts)
{
    double bits = kl(parts);

    return is_nowhere(parts) ? 1 : bits / (1 + bits);
}

static double dkl_2021(const zub_parts *parts)
{
    return is_nowhere(parts) ? 1 : -expm1(-kl(parts));
}

/* ---- Counts of parts ---- */

static double range(const zub_parts *parts)
{
    return spread_of(parts).df;
}

static double range_share(const zub_parts *parts)
{
    spread s = spread_of(parts);

    return s.n > 0 ? s.df / s.n : 0;
}

static double burstiness(const zub_parts *parts)
{
    spread s = spread_of(parts);

    return zub_burstiness(s.f, s.df);
}

static double adaptation(const zub_parts *parts)
{
    spread s = spread_of(parts);
    double again = 0;

    for (size_t i = 0; i < parts->listed; i++)
        again += count_at(&s, i) > 1;
    return s.df > 0 ? again / s.df : 0;
}

static double idf(const zub_parts *parts)
{
    spread s = spread_of(parts);

    return zub_idf(s.df, s.n);
}

static double ridf(const zub_parts *parts)
{
    spread s = spread_of(parts);

    return zub_residual_idf(s.f, s.df, s.n);
}

static const zub_dispersion measures[] = {
    ZUB_DISPERSION_MAP(ZUB_STATISTIC_ROW)};

#define MEASURES (sizeof measures / sizeof *measures)

const zub_dispersion *zub_dispersion_at(size_t i)
{
    return i < MEASURES ? &measures[i] : NULL;
}

const zub_dispersion *zub_dispersion_find(const char *name)
{
    if (!name)
        return &measures[0];
    for (size_t i = 0; i < MEASURES; i++)
        if (strcmp(measures[i].is.name, name) == 0)
            return &measures[i];
    return NULL;
}

double zub_burstiness(double f, double df)
{
    df = zub_count_sound(df);
    return df > 0 ? fmax(zub_count_sound(f), df) / df : 0;
}

double zub_idf(double df, double n)
{
    df = zub_count_sound(df);
    return df > 0 ? log2(fmax(zub_count_sound(n), df) / df) : 0;
}

double zub_residual_idf(double f, double df, double n)
{
    df = zub_count_sound(df);
    f = fmax(zub_count_sound(f), df);
    n = fmax(zub_count_sound(n), df);
    return df > 0 ? zub_idf(df, n) + log2(-expm1(-f / n)) : 0;
}
