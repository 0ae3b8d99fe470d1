/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* matrix_walk.h - one pass over a matrix, block by block, that believes
 * nothing its source says before it has seen it. */
#ifndef ZUB_RENDER_MATRIX_WALK_H
#define ZUB_RENDER_MATRIX_WALK_H

#include "render/matrix.h"

typedef struct zub_matrix_walk {
    const zub_matrix_source *source;
    bool with_values;
    uint64_t rows, entries; /* before `block` */
    zub_matrix_block block;
} zub_matrix_walk;

/* ZUB_EINVAL: more columns than int32_t counts. */
zub_status zub_matrix_walk_init(zub_matrix_walk *walk,
                                const zub_matrix_source *source,
                                bool with_values, zub_error *error);

/* The next block in walk->block; block.rows is 0 after the last. ZUB_EINVAL:
 * the source is not what it said. Or what the source returned. */
zub_status zub_matrix_walk_next(zub_matrix_walk *walk, zub_error *error);

#endif
