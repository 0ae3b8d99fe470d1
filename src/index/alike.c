/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* alike.c - what says the same again is set aside: a candidate too many of whose
 * character grams are in the text that was asked about, or in one that is
 * kept. Costs a look at each candidate's grams for each that is kept. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/searcher.h"

/* Grams of the candidates that are kept, each set ascending. */
typedef struct kept {
    uint32_t *hashes;
    size_t size, capacity;
    size_t *ends; /* [count] */
    size_t count, end_capacity;
} kept_grams;

static int by_value(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

    return (left > right) - (left < right);
}

static bool has(const uint32_t *hashes, size_t size, uint32_t hash)
{
    size_t low = 0, high = size;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (hashes[middle] == hash)
            return true;
        if (hashes[middle] < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

static bool is_alike(const kept_grams *kept, const zub_gram_maker *maker,
                     double most)
{
    for (size_t k = 0; k < kept->count; k++) {
        size_t start = k ? kept->ends[k - 1] : 0, shared = 0;
        for (size_t i = 0; i < maker->count; i++)
            shared += has(kept->hashes + start, kept->ends[k] - start,
                          maker->hashes[i]);
        if ((double)shared > most * (double)maker->count)
            return true;
    }
    return false;
}

static zub_status keep(kept_grams *kept, const zub_gram_maker *maker)
{
    if (!zub_grow(&kept->hashes, &kept->capacity, kept->size + maker->count,
                  sizeof *kept->hashes) ||
        !zub_grow(&kept->ends, &kept->end_capacity, kept->count + 1,
                  sizeof *kept->ends))
        return ZUB_ENOMEM;
    if (maker->count > 0)
        memcpy(kept->hashes + kept->size, maker->hashes,
               maker->count * sizeof *kept->hashes);
    qsort(kept->hashes + kept->size, maker->count, sizeof *kept->hashes,
          by_value);
    kept->size += maker->count;
    kept->ends[kept->count++] = kept->size;
    return ZUB_OK;
}

static zub_status judge(zub_asking *asking, kept_grams *kept,
                        zub_candidate *at, bool *is_kept, zub_error *error)
{
    zub_gram_maker *maker = &asking->searcher->maker;
    double most = asking->options->most_alike, share;
    zub_status status =
        zub_searcher_stretch(asking->searcher, at->volume, at->passage,
                             at->passage + 1, at->article, error);

    if (status != ZUB_OK)
        return status;
    zub_gram_query_score(
        &zub_asking_reading(
             asking, asking->searcher->index->shelf.items[at->volume].volume,
             at->article)
             ->grams,
        maker, &share);
    *is_kept = share <= most && !is_alike(kept, maker, most);
    if (*is_kept && keep(kept, maker) != ZUB_OK)
        return zub_fail_memory(error);
    return ZUB_OK;
}

zub_status zub_asking_set_aside(zub_asking *asking, size_t count,
                                zub_error *error)
{
    kept_grams kept = {0};
    zub_status status = ZUB_OK;
    size_t size = 0;

    for (size_t i = 0;
         i < asking->found_count && size < count && status == ZUB_OK; i++) {
        bool is_kept = false;
        status = judge(asking, &kept, &asking->found[i], &is_kept, error);
        if (is_kept)
            asking->found[size++] = asking->found[i];
    }
    asking->found_count = size;
    zub_free(kept.hashes);
    zub_free(kept.ends);
    return status;
}
