/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* resemblance.c - see resemblance.h. Sums run in double over ascending
 * columns, and a product or a sum of two numbers is the same from either side:
 * so a pair has one score, bit for bit, whichever of the two was asked for. */
#include "vectors/resemblance.h"

#include <math.h>
#include <string.h>

#include "base/error.h"

/* ---- Weights ---- */

static double squares(const zub_vector *row)
{
    double sum = 0;

    for (size_t i = 0; i < row->size; i++)
        sum += (double)row->values[i] * (double)row->values[i];
    return sum;
}

static zub_row_size size_squares(const zub_vector *row)
{
    double sum = squares(row);

    return (zub_row_size){sum, sum > 0 ? 1 / sqrt(sum) : 0};
}

static float shadow_weight(float value, double scale)
{
    return (float)((double)value * scale);
}

static double sum_products(const float *dense, double size,
                           const zub_vector *row, double row_size,
                           double *parts)
{
    double sum = 0;

    (void)size, (void)row_size;
    for (size_t i = 0; i < row->size; i++)
        sum += (double)dense[row->cols[i]] * (double)row->values[i];
    for (size_t i = 0; parts && i < row->size; i++)
        parts[i] = (double)dense[row->cols[i]] * (double)row->values[i];
    return sum;
}

/* ---- Sets ---- */

static zub_row_size size_set(const zub_vector *row)
{
    size_t count = 0;

    for (size_t i = 0; i < row->size; i++)
        count += row->values[i] != 0;
    return (zub_row_size){(double)count, count ? 1 / sqrt((double)count) : 0};
}

static float shadow_member(float value, double scale)
{
    return value != 0 ? (float)scale : 0;
}

static double count_common(const float *dense, double size,
                           const zub_vector *row, double row_size,
                           double *parts)
{
    size_t count = 0;

    (void)size, (void)row_size;
    for (size_t i = 0; i < row->size; i++) {
        bool is_common = dense[row->cols[i]] != 0 && row->values[i] != 0;
        if (parts)
            parts[i] = is_common;
        count += is_common;
    }
    return (double)count;
}

/* ---- Distributions ---- */

static zub_row_size size_sum(const zub_vector *row)
{
    double sum = 0;

    for (size_t i = 0; i < row->size; i++)
        sum += row->values[i] > 0 ? (double)row->values[i] : 0;
    return (zub_row_size){sum, sum > 0 ? 1 / sum : 0};
}

static float shadow_root(float value, double scale)
{
    return value > 0 ? (float)sqrt((double)value * scale) : 0;
}

static double entropy_of_mixing(double p, double q)
{
    return ((p + q) * log2(p + q) - (p * log2(p) + q * log2(q))) / 2;
}

static double sum_mixing(const float *dense, double size,
                         const zub_vector *row, double row_size, double *parts)
{
    double sum = 0;

    for (size_t i = 0; i < row->size; i++) {
        double a = (double)dense[row->cols[i]], b = (double)row->values[i];
        double part =
            a > 0 && b > 0 ? entropy_of_mixing(a / size, b / row_size) : 0;
        if (parts)
            parts[i] = part;
        sum += part;
    }
    return sum;
}

/* ---- From sums to scores: never above 1 for what rounding added ---- */

static double at_most_one(double score)
{
    return score < 1 ? score : 1;
}

static double score_cosine(double sum, double a, double b)
{
    return at_most_one(sum / sqrt(a * b));
}

/* What is common over what either has. */
static double score_union(double sum, double a, double b)
{
    return at_most_one(sum / (a + b - sum));
}

static double score_dice(double sum, double a, double b)
{
    return at_most_one(2 * sum / (a + b));
}

static double score_overlap(double sum, double a, double b)
{
    return at_most_one(sum / (a < b ? a : b));
}

static double score_sum(double sum, double a, double b)
{
    (void)a, (void)b;
    return at_most_one(sum);
}

/* ---- The least cosine of shadows ---- */

static double need_same(double score)
{
    return score;
}

static double need_union(double score)
{
    return 2 * score / (1 + score);
}

static double need_nothing(double score)
{
    (void)score;
    return 0;
}

/* ---- The most with a cosine: what is common is its product with lengths
 * ---- */

static double most_same(double cosine, double a, double b)
{
    (void)a, (void)b;
    return cosine;
}

static double most_union(double cosine, double a, double b)
{
    return score_union(cosine * sqrt(a * b), a, b);
}

static double most_dice(double cosine, double a, double b)
{
    return score_dice(cosine * sqrt(a * b), a, b);
}

static double most_overlap(double cosine, double a, double b)
{
    return score_overlap(cosine * sqrt(a * b), a, b);
}

/* ---- The table ---- */

static const zub_resemblance table[] = {
    {"cosine", "of weights: ab / (|a| |b|)", size_squares, shadow_weight,
     sum_products, score_cosine, need_same, most_same},
    {"jaccard", "of sets of terms: |A and B| / |A or B|", size_set,
     shadow_member, count_common, score_union, need_union, most_union},
    {"dice", "of sets of terms: 2 |A and B| / (|A| + |B|)", size_set,
     shadow_member, count_common, score_dice, need_same, most_dice},
    {"overlap", "of sets of terms: |A and B| / min(|A|, |B|)", size_set,
     shadow_member, count_common, score_overlap, need_nothing, most_overlap},
    {"tanimoto", "extended Jaccard, of weights: ab / (|a|^2 + |b|^2 - ab)",
     size_squares, shadow_weight, sum_products, score_union, need_union,
     most_union},
    {"jensen-shannon", "of shares of the weight: 1 - JSD in bits", size_sum,
     shadow_root, sum_mixing, score_sum, need_same, most_same},
};
#define MEASURES (sizeof table / sizeof *table)

const zub_resemblance *zub_resemblance_find(const char *name)
{
    for (size_t i = 0; i < MEASURES; i++)
        if (!name || strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

const char *zub_similar_name(size_t i)
{
    return i < MEASURES ? table[i].name : NULL;
}

const char *zub_similar_about(size_t i)
{
    return i < MEASURES ? table[i].about : NULL;
}
