/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* matrix.h - what a zub_matrix is, for the files that make it up and for who
 * writes its names with several threads. */
#ifndef ZUB_VECTORS_MATRIX_H
#define ZUB_VECTORS_MATRIX_H

#include "base/buffer.h"
#include "vectors/columns.h"
#include "vectors/weighting.h"

/* Room for the name of one column. */
typedef struct zub_name_room {
    zub_buffer term, surface;
} zub_name_room;

/* A term and its commonest form, where the state has them. */
typedef struct zub_term_name {
    const char *term, *surface;
    uint32_t term_size, surface_size;
} zub_term_name;

struct zub_matrix {
    const zub_state *state;
    const char *folder; /* for temporary files, or NULL; borrowed */
    unsigned threads;
    const zub_count_rows *direct; /* rows as they are written: the state's own,
                                     or `made`; NULL: made when read */
    zub_count_rows made;
    bool drops;          /* some columns have no entries: see weighting.h */
    zub_columns columns; /* of the vocabulary */
    zub_weighting *weighting;
    uint32_t *chars;                  /* [columns], when asked for */
    uint32_t *joined[ZUB_MOST_ORDER]; /* with another's vocabulary */
    uint64_t entries;

    /* The block at hand. */
    uint64_t first;
    size_t rows;
    uint64_t *starts;
    int32_t *cols;
    uint32_t *counts;
    float *values;
    size_t starts_capacity, cols_capacity, counts_capacity, values_capacity;
    zub_name_room room;         /* of a column at hand */
    const zub_term_name *names; /* [terms], with n-grams */
    zub_file name_file;
};

/* ---- Names of columns (matrix_names.c) ---- */

void zub_name_room_init(zub_name_room *room);
void zub_name_room_release(zub_name_room *room);

/* Before the first zub_matrix_name: with n-grams 24 bytes a term. ZUB_ENOMEM,
 * ZUB_EWRITE: the folder is full. */
zub_status zub_matrix_find_names(zub_matrix *matrix, zub_error *error);

/* Any number of threads, each with its room; `column` must be one of the
 * matrix. ZUB_ENOMEM. */
zub_status zub_matrix_name(zub_matrix_term *out, zub_name_room *room,
                           const zub_matrix *matrix, size_t column);

#endif
