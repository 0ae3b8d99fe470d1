/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* minhash.h - sets that are alike under the same keys.
 *
 * A sketch of K numbers, of which two sets share each with the probability of
 * their Jaccard index J (Broder 1997), is cut into bands of `rows` numbers; a
 * key is a hash of a band. Two sets share a key with probability
 * 1 - (1 - J^rows)^bands (Leskovec, Rajaraman & Ullman, Mining of Massive
 * Datasets, 3.4). */
#ifndef ZUB_VECTORS_MINHASH_H
#define ZUB_VECTORS_MINHASH_H

#include <stddef.h>
#include <stdint.h>

#define ZUB_MOST_HASHES 200u /* numbers of a sketch, so bands, too */

typedef struct zub_bands {
    unsigned bands, rows;
} zub_bands;

/* As many rows as can be while sets of that index share a key with a
 * probability of .999 and bands * rows is no more than ZUB_MOST_HASHES:
 * bands = ln(.001) / ln(1 - threshold^rows). `threshold` is .1 to 1. */
zub_bands zub_bands_for(double threshold);

/* That probability, for sets of the index `jaccard`. */
double zub_bands_recall(zub_bands bands, double jaccard);

/* The keys of a set that is not empty, the same on any machine; of different
 * bands they differ, too. Cost: K (ln K + .6) steps of some 2 ns, or as many as
 * the set has numbers if these are more. */
void zub_minhash(uint64_t *keys /* [bands.bands] */, const uint64_t *set,
                 size_t count, zub_bands bands);

#endif
