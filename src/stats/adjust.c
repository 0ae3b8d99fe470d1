/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* adjust.c - probabilities of many tests at once. Sorted by p and then by
 * place, so that the same numbers always give the same bytes. */
#include "zubda.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

typedef struct ranked {
    double p;
    size_t place;
} ranked;

static int ascending(const void *a, const void *b)
{
    const ranked *left = a, *right = b;

    if (left->p != right->p)
        return left->p < right->p ? -1 : 1;
    return left->place < right->place ? -1 : left->place > right->place;
}

static double sound(double p)
{
    if (!(p <= 1))
        return 1;
    return p > 0 ? p : 0;
}

/* Downwards from the largest: m / rank times p, and no more than any above. */
static void adjust_bh(double *p, const ranked *sorted, size_t count, double m)
{
    double least = 1;

    for (size_t i = count; i-- > 0;) {
        least = fmin(least, sorted[i].p * (m / (double)(i + 1)));
        p[sorted[i].place] = least;
    }
}

/* Upwards from the smallest: as many as are left times p, and no less than
 * any below. */
static void adjust_holm(double *p, const ranked *sorted, size_t count,
                        double m)
{
    double most = 0;

    for (size_t i = 0; i < count; i++) {
        most = fmax(most, fmin(1, sorted[i].p * (m - (double)i)));
        p[sorted[i].place] = most;
    }
}

static void adjust_bonferroni(double *p, const ranked *sorted, size_t count,
                              double m)
{
    for (size_t i = 0; i < count; i++)
        p[sorted[i].place] = fmin(1, sorted[i].p * m);
}

static void (*const adjustments[])(double *, const ranked *, size_t,
                                   double) = {
    [ZUB_ADJUST_BH] = adjust_bh,
    [ZUB_ADJUST_HOLM] = adjust_holm,
    [ZUB_ADJUST_BONFERRONI] = adjust_bonferroni,
};

zub_status zub_adjust(double *p, size_t count, size_t family,
                      zub_adjustment how)
{
    if ((size_t)how >= sizeof adjustments / sizeof *adjustments)
        return ZUB_EINVAL;
    ranked *sorted = zub_alloc(count, sizeof *sorted);
    if (!sorted)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < count; i++)
        sorted[i] = (ranked){sound(p[i]), i};
    qsort(sorted, count, sizeof *sorted, ascending);
    adjustments[how](p, sorted, count,
                     (double)(family > count ? family : count));
    zub_free(sorted);
    return ZUB_OK;
}
