/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* similar.h - what those who look for rows that are alike have in common. */
#ifndef ZUB_VECTORS_SIMILAR_H
#define ZUB_VECTORS_SIMILAR_H

#include "base/heap.h"
#include "vectors/postings.h"
#include "vectors/resemblance.h"

struct zub_similar {
    const zub_resemblance *measure;
    size_t k; /* at most the rows */
    double min_score;
    unsigned threads;
    uint64_t *starts;    /* [rows.rows + 1] */
    int32_t *cols;       /* [starts[rows]] */
    float *values;       /* the same */
    zub_row_size *sizes; /* [rows] */
    zub_rows_view rows;  /* of these arrays */
    zub_postings shadows;
    float *rests;       /* [rows], length of the part of a row's shadow that is
                           of frequent terms */
    bool has_negatives; /* a shadow weight is below 0 */
};

/* A term that one row of six has, or more. */
#define ZUB_FREQUENT 6
static inline bool zub_similar_is_frequent(const zub_similar *similar,
                                           size_t column)
{
    return (uint64_t)similar->shadows.df[column] * ZUB_FREQUENT >=
           similar->rows.rows;
}

/* The options in force. ZUB_EINVAL: see zub_similar_new. */
zub_status zub_similar_check(zub_similar_options *out,
                             const zub_resemblance **measure,
                             const zub_similar_options *options,
                             zub_error *error);

/* ZUB_ELIMIT: more rows than there are ids. */
zub_status zub_similar_check_rows(uint64_t rows, zub_error *error);

/* ZUB_EINVAL: a column of the query is not below `columns`, or they do not
 * ascend. */
zub_status zub_similar_check_query(const zub_vector *query, size_t columns,
                                   zub_error *error);

/* Whether a score makes a neighbour. */
static inline bool zub_similar_counts(double score, double min_score)
{
    return score > 0 && score >= min_score;
}

/* A row of those that lie in memory. */
static inline zub_vector zub_rows_at(const zub_rows_view *rows, size_t row)
{
    uint64_t start = rows->starts[row];

    return (zub_vector){rows->cols + start, rows->values + start,
                        (size_t)(rows->starts[row + 1] - start)};
}

/* What a row and the query, spread over all columns, have in common; 0 where
 * one is empty. */
double zub_similar_score(const zub_resemblance *measure, const float *dense,
                         zub_row_size query, const zub_vector *row,
                         zub_row_size size);

/* Spread the values of a row over columns of zeros, or take them away. */
void zub_similar_spread(float *dense, const zub_vector *row, bool is_on);

#endif
