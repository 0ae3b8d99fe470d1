/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* resemblance.h - how alike two rows of weights are, by the name of a measure.
 *
 * A and B are the terms whose weight is not 0, a and b the weights, p and q
 * the weights above 0 divided by their sum; all sums are over terms that both
 * have. Every measure is symmetric, 0 where no term is common, and 1 of a row
 * with itself; with weights below 0 the first and the last may be below 0.
 *
 * name            formula                                    of what
 * cosine          ab / (|a| |b|)                             weights
 * jaccard         |A and B| / |A or B|                       sets
 * dice            2 |A and B| / (|A| + |B|)                  sets
 * overlap         |A and B| / min(|A|, |B|)                  sets
 * jensen-shannon  1 - JSD(p, q) = 1/2 sum (p+q) log2(p+q)
 *                   - p log2 p - q log2 q                    distributions
 * tanimoto        ab / (|a|^2 + |b|^2 - ab)                  weights
 *
 * Sources: Salton & McGill 1983 (cosine, and Dice and Jaccard as used here);
 * Jaccard 1901; Dice 1945; Simpson 1943, by way of Szymkiewicz 1934 (overlap);
 * Lin 1991 (Jensen-Shannon, in bits: JSD is 0 to 1); Tanimoto, in Rogers &
 * Tanimoto 1960, "extended Jaccard" in Strehl, Ghosh & Mooney 2000. The form of
 * jensen-shannon above is his, with terms that one side lacks left out: they
 * add p / 2 to JSD, all of them what is missing from 1.
 *
 * Whoever looks for rows that are alike goes by one bound for all measures: a
 * shadow of each row, a vector of length 1 of the same terms. The cosine of
 * shadows is at least `need` of the score, for
 *
 *     dice <= cosine of sets;    jaccard = dice / (2 - dice);
 *     tanimoto <= c / (2 - c), c the cosine, as |a|^2 + |b|^2 >= 2 |a| |b|;
 *     1 - JSD <= sum sqrt(p q), as the entropy of x bits <= 2 sqrt(x (1 - x)).
 */
#ifndef ZUB_VECTORS_RESEMBLANCE_H
#define ZUB_VECTORS_RESEMBLANCE_H

#include "zubda.h"

/* What is asked of a whole row. */
typedef struct zub_row_size {
    double size; /* for its scores: sum of squares, terms, or sum */
    double
        scale; /* for its shadow; 0: the shadow is empty, every score is 0 */
} zub_row_size;

typedef struct zub_resemblance {
    const char *name, *about;
    zub_row_size (*size)(const zub_vector *row);
    /* A weight of the shadow. */
    float (*shadow)(float value, double scale);
    /* What the terms that both have add up to, columns ascending, in double.
     * `dense` has a value for every column, 0 where there is none. Parts, one
     * for each entry of the row, may be NULL. */
    double (*sum)(const float *dense, double size, const zub_vector *row,
                  double row_size, double *parts);
    double (*score)(double sum, double a, double b); /* of sizes */
    /* The least cosine of shadows with which a pair has the score; the most
     * that a pair of these sizes scores with the cosine. */
    double (*need)(double score);
    double (*most)(double cosine, double a, double b);
} zub_resemblance;

/* NULL name: cosine. NULL: no such measure. */
const zub_resemblance *zub_resemblance_find(const char *name);

#endif
