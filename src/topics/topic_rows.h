/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* topic_rows.h - the articles of a state as weighted rows of words, in an order that
 * does not depend on that of the input. */
#ifndef ZUB_TOPICS_TOPIC_ROWS_H
#define ZUB_TOPICS_TOPIC_ROWS_H

#include "base/csr.h"
#include "terms/state.h"

#define ZUB_NO_COLUMN_OF UINT32_MAX

/* Rows stand by zub_state_compare_articles; columns are words that may say
 * something of a subject, in byte order of their terms. */
typedef struct zub_topic_rows {
    const zub_state *state; /* borrowed */
    zub_csr matrix;         /* TF-IDF, rows of length 1, or 0 without a word */
    uint32_t *articles;     /* [rows], of the state */
    uint32_t *terms;        /* [columns], of the state */
    uint32_t *columns;      /* [term_count], or ZUB_NO_COLUMN_OF */
    float *idf;             /* [columns] */
} zub_topic_rows;

/* ZUB_EINVAL: the state has no rows of words. ZUB_ELIMIT: 2^31 - 1 entries or
 * more. ZUB_ENOMEM. On failure *out is empty. */
zub_status zub_topic_rows_make(zub_topic_rows *out, const zub_state *state,
                               const zub_topics_options *options,
                               zub_error *error);
void zub_topic_rows_release(zub_topic_rows *rows);

/* The commonest form of a column's word. */
zub_slice zub_topic_surface(const zub_topic_rows *rows, size_t column);

/* The id of a row's article. */
zub_slice zub_topic_id(const zub_topic_rows *rows, size_t row);

/* Entries of a row. */
static inline size_t zub_topic_row_size(const zub_topic_rows *rows, size_t row)
{
    return (size_t)(rows->matrix.starts[row + 1] - rows->matrix.starts[row]);
}

#endif
