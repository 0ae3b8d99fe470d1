/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* columns.h - which terms and n-grams of a state are columns of a matrix, and
 * in what order.
 *
 * Columns stand in byte order of their names, the words of an n-gram joined by
 * a space, which is below every byte of a word: so an n-gram comes right behind
 * the one it begins with, and numbering walks the orders like a tree. */
#ifndef ZUB_VECTORS_COLUMNS_H
#define ZUB_VECTORS_COLUMNS_H

#include "terms/state.h"

#define ZUB_NO_COLUMN UINT32_MAX

/* Constant once made. */
typedef struct zub_columns {
    const zub_state *state; /* borrowed; whose terms they are */
    size_t count;
    bool is_identity; /* column c is term c: no arrays but df and cf */
    const uint32_t *of[ZUB_MOST_ORDER]; /* [order - 1][id]: column or none */
    const uint32_t *ids;                /* [count] */
    const uint8_t *orders;              /* [count] */
    const uint32_t *df;                 /* [count] */
    const uint64_t *cf;                 /* [count] */
    zub_file files[ZUB_MOST_ORDER + 4]; /* [file_count], what they lie in */
    size_t file_count;
} zub_columns;

/* Those that the options let through. With a folder their arrays, 17 bytes a
 * column and 4 a term or n-gram, lie in temporary files. ZUB_ELIMIT: 2^31 or more.
 * ZUB_EWRITE: the folder is full. ZUB_ENOMEM. */
zub_status zub_columns_choose(zub_columns *out, const zub_state *state,
                              const zub_matrix_options *options,
                              zub_error *error);
void zub_columns_release(zub_columns *columns);

/* What was looked up in files may go from memory. */
void zub_columns_let_go(const zub_columns *columns);

/* The column of a term or n-gram, or none. */
static inline uint32_t zub_column_of(const zub_columns *columns,
                                     unsigned order, uint32_t id)
{
    return columns->is_identity ? id : columns->of[order - 1][id];
}

/* What a column counts: its words, first to last, as terms; returns how
 * many. */
unsigned zub_column_words(const zub_columns *columns, size_t column,
                          uint32_t words[ZUB_MOST_ORDER]);

/* For each term or n-gram of `state` the column of the same name, or none:
 * map[order - 1][id], yours to free. ZUB_ENOMEM. */
zub_status zub_columns_join(uint32_t *map[ZUB_MOST_ORDER],
                            const zub_columns *columns,
                            const zub_state *state);

#endif
