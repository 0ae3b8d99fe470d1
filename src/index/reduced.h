/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* reduced.h - all passages of an index in few dimensions, by latent semantic
 * analysis (Deerwester et al. 1990): which of them are about what a text is
 * about, in whatever words. */
#ifndef ZUB_INDEX_REDUCED_H
#define ZUB_INDEX_REDUCED_H

#include "index/index.h"

typedef struct zub_reduced zub_reduced;

/* ZUB_EINVAL: k is 0. ZUB_ENOTFOUND: no OpenBLAS. ZUB_EFORMAT, in words;
 * ZUB_ELIMIT: 2^31 words or terms; ZUB_ENOMEM. */
zub_status zub_reduced_new(zub_reduced **out, const zub_index *index, size_t k,
                           unsigned threads, zub_error *error);
/* NULL is fine. */
void zub_reduced_free(zub_reduced *reduced);

typedef struct zub_reduced_term {
    zub_slice term;
    double count;
} zub_reduced_term;

/* cosines[passages of all volumes, one after another] of a text of these
 * terms; of a text that lies nowhere they are 0. ZUB_ENOMEM. */
zub_status zub_reduced_compare(const zub_reduced *reduced,
                               const zub_reduced_term *terms, size_t count,
                               float *cosines);

#endif
