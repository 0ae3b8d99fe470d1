/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* association.c - how strongly two words, or more, hold together. A measure is
 * a row of ZUB_ASSOCIATION_MAP and a function here. */
#include "zubda.h"

#include <math.h>
#include <string.h>

#include "stats/cells.h"
#include "stats/statistic.h"

#define WORDS_MAX 24u

static zub_cells cells(const zub_contingency *c)
{
    return zub_cells_of(c->n11, c->n1, c->n2, c->n);
}

/* Nothing to judge: a word that never occurs. */
static bool is_void(const zub_cells *t)
{
    return !(t->r1 > 0 && t->c1 > 0);
}

static double low(const zub_cells *t)
{
    return zub_low_count(t->o11, t->e11);
}

static double log_dice(const zub_contingency *c)
{
    zub_cells t = cells(c);

    if (is_void(&t))
        return 0;
    double dice = 2 * (t.o11 > 0 ? t.o11 : .5) / (t.r1 + t.c1);
    return 14 + fmin(0, log2(dice));
}

static double pmi(const zub_contingency *c)
{
    zub_cells t = cells(c);

    return is_void(&t) ? 0 : log2(low(&t) / t.e11);
}

static double npmi(const zub_contingency *c)
{
    zub_cells t = cells(c);

    if (is_void(&t))
        return 0;
    if (!(t.o11 > 0))
        return -1;
    double all = log(t.n / t.o11);
    if (!(all > 0))
        return 1;
    double value = log(t.o11 / t.e11) / all;
    return fmax(-1, fmin(1, value));
}

static double mi2(const zub_contingency *c)
{
    zub_cells t = cells(c);

    return is_void(&t) ? 0 : log2(low(&t) * (low(&t) / t.e11));
}

static double mi3(const zub_contingency *c)
{
    zub_cells t = cells(c);
    double o = low(&t);

    return is_void(&t) ? 0 : log2(o * o * (o / t.e11));
}

static double lfmd(const zub_contingency *c)
{
    zub_cells t = cells(c);
    double o = low(&t);

    return is_void(&t) ? 0 : fmin(0, log2(o / t.r1 * (o / t.c1) * (o / t.n)));
}

static double t_score(const zub_contingency *c)
{
    zub_cells t = cells(c);

    return is_void(&t) ? 0 : t.d / sqrt(fmax(t.o11, .5));
}

static double z_score(const zub_contingency *c)
{
    zub_cells t = cells(c);

    return is_void(&t) ? 0 : t.d / sqrt(t.e11);
}

static double g2(const zub_contingency *c)
{
    zub_cells t = cells(c);

    return zub_cells_g2(&t);
}

static double chi2(const zub_contingency *c)
{
    zub_cells t = cells(c);

    return zub_cells_chi2(&t);
}

static double chi2_yates(const zub_contingency *c)
{
    zub_cells t = cells(c);

    return zub_cells_yates(&t);
}

static double fisher(const zub_contingency *c)
{
    zub_cells t = cells(c);
    double tens = zub_cells_log_fisher(&t) / log(10);

    return t.d < 0 ? tens : 0 - tens;
}

static double poisson_stirling(const zub_contingency *c)
{
    zub_cells t = cells(c);

    return t.o11 > 0 ? t.o11 * (log2(t.o11 / t.e11) - 1) : 0;
}

static double dice(const zub_contingency *c)
{
    zub_cells t = cells(c);

    return is_void(&t) ? 0 : 2 * t.o11 / (t.r1 + t.c1);
}

static double jaccard(const zub_contingency *c)
{
    zub_cells t = cells(c);

    return is_void(&t) ? 0 : t.o11 / (t.o11 + t.o12 + t.o21);
}

static double min_sensitivity(const zub_contingency *c)
{
    zub_cells t = cells(c);

    return is_void(&t) ? 0 : t.o11 / fmax(t.r1, t.c1);
}

/* Both are the determinant over a pair of margins. */
static double delta_p(double d, double n, double first, double second)
{
    if (!(first > 0 && second > 0))
        return 0;
    return fmax(-1, fmin(1, d / first * (n / second)));
}

static double delta_p21(const zub_contingency *c)
{
    zub_cells t = cells(c);

    return delta_p(t.d, t.n, t.r1, t.r2);
}

static double delta_p12(const zub_contingency *c)
{
    zub_cells t = cells(c);

    return delta_p(t.d, t.n, t.c1, t.c2);
}

static double log_rr(const zub_contingency *c)
{
    zub_cells t = cells(c);

    if (is_void(&t) || !(t.r2 > 0))
        return 0;
    return log2(low(&t) / t.r1 / (zub_low_count(t.o21, t.e21) / t.r2));
}

static double log_odds(const zub_contingency *c)
{
    zub_cells t = cells(c);

    return is_void(&t) ? 0 : zub_cells_log_odds(&t);
}

static double log_odds_z(const zub_contingency *c)
{
    zub_cells t = cells(c);

    return is_void(&t) ? 0 : zub_cells_log_odds_z(&t);
}

static const zub_association measures[] = {
    ZUB_ASSOCIATION_MAP(ZUB_STATISTIC_ROW)};

#define MEASURES (sizeof measures / sizeof *measures)

const zub_association *zub_association_at(size_t i)
{
    return i < MEASURES ? &measures[i] : NULL;
}

const zub_association *zub_association_find(const char *name)
{
    if (!name)
        return &measures[0];
    for (size_t i = 0; i < MEASURES; i++)
        if (zub_is_statistic(measures[i].is.name, name))
            return &measures[i];
    return NULL;
}

double zub_phrase_score(const zub_contingency *counts, double vocabulary,
                        double min_count)
{
    zub_cells t = cells(counts);

    if (is_void(&t))
        return 0;
    return (t.o11 - zub_count_sound(min_count)) / t.r1 / t.c1 *
           zub_count_sound(vocabulary);
}

double zub_phrase_npmi(const zub_contingency *counts, double min_count)
{
    double n11 = cells(counts).o11;

    return n11 < zub_count_sound(min_count) ? -1 : npmi(counts);
}

/* ---- More than two words ---- */

static double parity_sign(size_t bits)
{
    double sign = 1;

    for (; bits != 0; bits &= bits - 1)
        sign = -sign;
    return sign;
}

void zub_lambda(double *lambda, double *z, const double *cells, unsigned words)
{
    double sum = 0, variance = 0;

    *lambda = *z = 0;
    if (words == 0 || words > WORDS_MAX)
        return;
    size_t last = ((size_t)1 << words) - 1;
    for (size_t i = 0; i <= last; i++) {
        double n = zub_count_sound(cells[i]) + .5;
        sum += parity_sign(last ^ i) * log(n);
        variance += 1 / n;
    }
    *lambda = sum;
    *z = sum / sqrt(variance);
}

/* Word by word, what has the word goes from what may have it: the transform of
 * Moebius over the cube of subsets. */
void zub_lambda_cells(double *counts, unsigned words)
{
    if (words == 0 || words > WORDS_MAX)
        return;
    size_t cells = (size_t)1 << words;
    for (size_t i = 0; i < cells; i++)
        counts[i] = zub_count_sound(counts[i]);
    for (size_t bit = 1; bit < cells; bit <<= 1)
        for (size_t i = 0; i < cells; i++)
            if (!(i & bit))
                counts[i] -= counts[i | bit];
    for (size_t i = 0; i < cells; i++)
        counts[i] = zub_count_sound(counts[i]);
}
