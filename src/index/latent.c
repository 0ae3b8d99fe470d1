/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* latent.c - candidates by what they are about. All passages are compared; of
 * the nearest a hundred stand beside the hundred best by words. */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/searcher.h"

typedef struct near {
    float cosine;
    uint32_t volume, passage;
} near_passage;

/* cosines of all passages; freed by the caller. */
static zub_status compare(const zub_asking *asking, float **cosines,
                          zub_error *error)
{
    const zub_index *index = asking->searcher->index;
    size_t count = asking->wanted_count;
    zub_reduced_term *terms = zub_alloc(count + 1, sizeof *terms);
    zub_status status = ZUB_ENOMEM;

    *cosines = zub_alloc((size_t)index->passages + 1, sizeof **cosines);
    for (size_t i = 0; terms && i < count; i++)
        terms[i] =
            (zub_reduced_term){asking->wanted[i].term, asking->terms[i].count};
    if (terms && *cosines)
        status = zub_reduced_compare(asking->searcher->reduced, terms, count,
                                     *cosines);
    zub_free(terms);
    return status == ZUB_OK ? status : zub_fail_memory(error);
}

/* Where the first passage of a volume is among all. */
static size_t start_of(const zub_shelf *shelf, uint32_t volume)
{
    size_t start = 0;

    for (uint32_t v = 0; v < volume; v++)
        start += (size_t)shelf->items[v].volume->about.passages;
    return start;
}

/* best[0 .. *size) stays sorted, the nearest first. */
static void insert(near_passage *best, size_t *size, near_passage made)
{
    size_t at = *size < ZUB_RESCORED ? (*size)++ : ZUB_RESCORED - 1;

    for (; at > 0 && best[at - 1].cosine < made.cosine; at--)
        best[at] = best[at - 1];
    best[at] = made;
}

/* What lies nowhere near is none. */
static zub_status find_near(zub_asking *asking, const float *cosines,
                            near_passage *best, size_t *size, zub_error *error)
{
    const zub_shelf *shelf = &asking->searcher->index->shelf;
    size_t all = 0;

    *size = 0;
    for (uint32_t v = 0; v < shelf->count; v++) {
        const zub_volume *volume = shelf->items[v].volume;
        for (uint32_t p = 0; p < volume->about.passages; p++) {
            float cosine = cosines[all++];
            bool is_fine;
            if (cosine <= 0 ||
                (*size == ZUB_RESCORED && cosine <= best[*size - 1].cosine))
                continue;
            zub_status status = zub_asking_filter(asking, v, p, &is_fine);
            if (status != ZUB_OK)
                return zub_searcher_failed(volume, status, error);
            if (is_fine)
                insert(best, size, (near_passage){cosine, v, p});
        }
    }
    return ZUB_OK;
}

static size_t find_candidate(const zub_asking *asking, const near_passage *at)
{
    size_t i = 0;

    while (i < asking->found_count &&
           (asking->found[i].passage != at->passage ||
            asking->found[i].volume != at->volume))
        i++;
    return i;
}

/* One that is not among the first *count becomes the last of them. */
static zub_status put_in(zub_asking *asking, const near_passage *near,
                         size_t *count, zub_error *error)
{
    const zub_volume *volume =
        asking->searcher->index->shelf.items[near->volume].volume;
    size_t at = find_candidate(asking, near);
    zub_candidate made = {.volume = near->volume, .passage = near->passage};

    if (at < *count)
        return ZUB_OK;
    if (zub_volume_article_of(volume, made.passage, &made.article) != ZUB_OK)
        return zub_volume_damaged(volume, error);
    if (at == asking->found_count)
        asking->found_count++;
    memmove(asking->found + *count + 1, asking->found + *count,
            (at - *count) * sizeof *asking->found);
    asking->found[(*count)++] = made;
    return ZUB_OK;
}

static zub_status make_room(zub_asking *asking, size_t more)
{
    zub_candidate *found = zub_realloc(
        asking->found, asking->found_count + more + 1, sizeof *found);

    if (!found)
        return ZUB_ENOMEM;
    asking->found = found;
    return ZUB_OK;
}

static zub_status add_near(zub_asking *asking, const float *cosines,
                           size_t *count, zub_error *error)
{
    const zub_shelf *shelf = &asking->searcher->index->shelf;
    near_passage best[ZUB_RESCORED];
    size_t size;
    zub_status status = find_near(asking, cosines, best, &size, error);

    if (status == ZUB_OK && make_room(asking, size) != ZUB_OK)
        status = zub_fail_memory(error);
    for (size_t i = 0; i < size && status == ZUB_OK; i++)
        status = put_in(asking, &best[i], count, error);
    for (size_t i = 0; i < *count && status == ZUB_OK; i++) {
        zub_candidate *at = &asking->found[i];
        at->latent = cosines[start_of(shelf, at->volume) + at->passage];
    }
    return status;
}

zub_status zub_asking_find_latent(zub_asking *asking, size_t *count,
                                  zub_error *error)
{
    float *cosines;
    zub_status status = compare(asking, &cosines, error);

    if (status == ZUB_OK)
        status = add_near(asking, cosines, count, error);
    zub_free(cosines);
    return status;
}
