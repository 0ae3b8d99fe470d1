/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* minhash.c - see minhash.h.
 *
 * The sketch is the fast similarity sketching of Dahlgaard, Knudsen & Thorup
 * (FOCS 2017): in each round every number of the set goes to one of the K
 * places, which keeps the least it met, and the first round in which all are
 * filled is the last. So a large set is hashed about once and a small one as
 * often as it takes, where one hash function a place would take K times each.
 * Invariant: what stands in a place is (round, hash), and a later round cannot
 * displace an earlier one. */
#include "vectors/minhash.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"

#define MOST_ROWS 16u
#define MISSED .001 /* of pairs at the threshold */
#define MIXER 0xD6E8FEB86659FD93u

/* Bands so that at most MISSED of the pairs at the threshold share none. */
static double bands_of(double threshold, unsigned rows)
{
    double bands = log(MISSED) / log1p(-pow(threshold, rows));

    return bands > 1 ? ceil(bands) : 1;
}

zub_bands zub_bands_for(double threshold)
{
    unsigned rows = 1;

    while (rows < MOST_ROWS &&
           bands_of(threshold, rows + 1) * (rows + 1) <= ZUB_MOST_HASHES)
        rows++;
    double bands = bands_of(threshold, rows);
    return (zub_bands){
        bands < ZUB_MOST_HASHES ? (unsigned)bands : ZUB_MOST_HASHES, rows};
}

double zub_bands_recall(zub_bands bands, double jaccard)
{
    return 1 - pow(1 - pow(jaccard, bands.rows), bands.bands);
}

/* A round; returns how many places it filled. */
static unsigned fill(uint64_t *places, unsigned size, const uint64_t *set,
                     size_t count, unsigned round)
{
    uint64_t shift = (round + 1) * ZUB_GOLDEN;
    unsigned filled = 0;

    for (size_t i = 0; i < count; i++) {
        uint64_t hash = zub_fold_product(set[i] + shift, MIXER);
        uint64_t place = (hash >> 32) * size >> 32;
        uint64_t value = (uint64_t)round << 32 | (hash & UINT32_MAX);
        if (round >= size) /* each place gets its own */
            place = round - size;
        filled += places[place] == UINT64_MAX;
        places[place] = value < places[place] ? value : places[place];
    }
    return filled;
}

static uint64_t hash_band(const uint64_t *values, unsigned rows, unsigned band)
{
    uint64_t hash = (band + 1) * ZUB_GOLDEN;

    for (unsigned i = 0; i < rows; i++)
        hash = zub_fold_product(hash ^ values[i], MIXER) + ZUB_GOLDEN;
    return hash;
}

void zub_minhash(uint64_t *keys, const uint64_t *set, size_t count,
                 zub_bands bands)
{
    uint64_t places[ZUB_MOST_HASHES];
    unsigned size = bands.bands * bands.rows, filled = 0;

    memset(places, 0xFF, sizeof places);
    for (unsigned round = 0; filled < size && round < 2 * size; round++)
        filled += fill(places, size, set, count, round);
    for (unsigned band = 0; band < bands.bands; band++)
        keys[band] = hash_band(places + band * bands.rows, bands.rows, band);
}
