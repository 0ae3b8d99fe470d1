/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* neighbours.h - which rows are alike: a sparse graph of the strongest
 * edges. */
#ifndef ZUB_VECTORS_NEIGHBOURS_H
#define ZUB_VECTORS_NEIGHBOURS_H

#include "zubda.h"
#include "base/csr.h"

/* A second or so; 2,000 sentences of news are far below it. */
#define ZUB_MOST_PRODUCTS (1u << 29)

typedef struct zub_likeness {
    const zub_csr *rows;
    /* NULL: the dot product. Else [rows]: the dot product of a and b divided
     * by norms[a] + norms[b], and none where that is not above 0. */
    const float *norms;
} zub_likeness;

/* A symmetric graph: for each row its `k` strongest neighbours above
 * `threshold`, ties to the earlier row, and whoever has it among theirs; no
 * row is its own. Values are the likeness.
 * Term at a time through inverted lists: time is the sum over terms of the
 * square of their rows, memory that of the edges, at most 2 * k * rows. Where
 * that sum is above ZUB_MOST_PRODUCTS, the commonest terms, which tell rows
 * apart least, are left out until it is not.
 * ZUB_ENOMEM, ZUB_ELIMIT (2^31 edges). On failure *out is empty. */
zub_status zub_neighbours(zub_csr *out, const zub_likeness *likeness, size_t k,
                          double threshold);

#endif
