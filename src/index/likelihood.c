/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* likelihood.c - the passages that would most likely have said the question.
 *
 * What a length takes has no bound by block, so nothing is passed over: the
 * terms are added up one after the other, and what has any is sorted. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/slice.h"
#include "index/occurrences.h"
#include "index/scoring.h"

#define FEW 32u /* counts whose logarithm is known */

/* Sums of all passages of the index, those of a volume from starts[v] on. */
typedef struct sums {
    double *sums; /* [passages]; 0: has no term */
    size_t *starts;
    double parts[FEW]; /* of the term at hand */
    const zub_asking *asking;
    zub_reading_term term;
} likelihood_sums;

static void add_up(void *context, size_t number, const uint32_t *passages,
                   const uint32_t *counts, size_t size)
{
    likelihood_sums *run = context;
    double *sums = run->sums + run->starts[number];

    for (size_t i = 0; i < size; i++)
        sums[passages[i]] +=
            counts[i] < FEW
                ? run->parts[counts[i]]
                : zub_score_term(run->asking, &run->term, counts[i], 0);
}

static zub_status add_terms(likelihood_sums *run, zub_error *error)
{
    const zub_asking *asking = run->asking;
    zub_status status = ZUB_OK;

    for (size_t t = 0; t < asking->wanted_count && status == ZUB_OK; t++) {
        run->term = (zub_reading_term){(uint32_t)t, asking->wanted[t].weight};
        for (uint32_t count = 0; count < FEW; count++)
            run->parts[count] = zub_score_term(asking, &run->term, count, 0);
        status =
            zub_occurrences_each(asking->searcher->index,
                                 asking->wanted[t].term, add_up, run, error);
    }
    return status;
}

static zub_status open_sums(likelihood_sums *run, const zub_index *index)
{
    size_t size = 0;

    run->starts = zub_alloc(index->shelf.count + 1, sizeof *run->starts);
    if (!run->starts)
        return ZUB_ENOMEM;
    for (size_t v = 0; v < index->shelf.count; v++) {
        run->starts[v] = size;
        size += index->shelf.items[v].volume->about.passages;
    }
    run->sums = zub_alloc_zero(size + 1, sizeof *run->sums);
    return run->sums ? ZUB_OK : ZUB_ENOMEM;
}

/* ---- The best ---- */

/* What a comparison has to look up, and where it could not. */
typedef struct looked_up {
    const zub_shelf *shelf;
    const zub_volume *damaged; /* or NULL */
} looked_up;

typedef struct likely {
    double score;
    uint32_t volume, passage;
    looked_up *in;
} likely_passage;

static zub_slice id_of(const likely_passage *at)
{
    const zub_volume *volume = at->in->shelf->items[at->volume].volume;
    zub_slice id = {0};
    uint32_t article;

    if (zub_volume_article_of(volume, at->passage, &article) != ZUB_OK ||
        zub_volume_id(volume, article, &id) != ZUB_OK)
        at->in->damaged = volume;
    return id;
}

static int by_score(const void *left, const void *right)
{
    const likely_passage *a = left, *b = right;

    if (a->score != b->score)
        return a->score < b->score ? 1 : -1;
    if (a->volume != b->volume) {
        int order = zub_slice_compare(id_of(a), id_of(b));
        if (order != 0)
            return order;
    }
    return (a->passage > b->passage) - (a->passage < b->passage);
}

/* [*count] of those that have a term, in the order of volumes. */
static zub_status gather(likely_passage **out, size_t *count,
                         const likelihood_sums *run, looked_up *in,
                         zub_error *error)
{
    const zub_asking *asking = run->asking;
    const zub_shelf *shelf = &asking->searcher->index->shelf;
    size_t capacity = 0;

    for (size_t v = 0; v < shelf->count; v++) {
        const zub_volume *volume = shelf->items[v].volume;
        const double *sums = run->sums + run->starts[v];
        for (uint32_t p = 0; p < volume->about.passages; p++) {
            uint32_t length;
            if (sums[p] <= 0)
                continue;
            if (!zub_volume_u32(volume, ZUB_PART_LENGTHS, p, &length))
                return zub_volume_damaged(volume, error);
            if (!zub_grow(out, &capacity, *count + 1, sizeof **out))
                return zub_fail_memory(error);
            (*out)[(*count)++] = (likely_passage){
                sums[p] +
                    zub_score_length(asking, &asking->readings[0], length),
                (uint32_t)v, p, in};
        }
    }
    return ZUB_OK;
}

/* The first `depth` that the filter lets pass. */
static zub_status take(zub_asking *asking, const likely_passage *from,
                       size_t count, size_t depth, zub_error *error)
{
    const zub_shelf *shelf = &asking->searcher->index->shelf;
    size_t most = depth < count ? depth : count;
    zub_status status = ZUB_OK;

    zub_free(asking->found);
    asking->found_count = 0;
    asking->found = zub_alloc(most + 1, sizeof *asking->found);
    if (!asking->found)
        return zub_fail_memory(error);
    for (size_t i = 0; i < count && asking->found_count < most; i++) {
        const zub_volume *volume = shelf->items[from[i].volume].volume;
        zub_candidate *to = &asking->found[asking->found_count];
        bool is_fine;
        *to = (zub_candidate){.volume = from[i].volume,
                              .passage = from[i].passage,
                              .words = from[i].score,
                              .score = from[i].score};
        status = zub_asking_filter(asking, to->volume, to->passage, &is_fine);
        if (status == ZUB_OK)
            status = zub_volume_article_of(volume, to->passage, &to->article);
        if (status != ZUB_OK)
            return zub_searcher_failed(volume, status, error);
        asking->found_count += is_fine;
    }
    return status;
}

static zub_status find_best(zub_asking *asking, const likelihood_sums *run,
                            size_t depth, zub_error *error)
{
    const zub_shelf *shelf = &asking->searcher->index->shelf;
    looked_up in = {.shelf = shelf};
    likely_passage *likely = NULL;
    size_t count = 0;
    zub_status status = gather(&likely, &count, run, &in, error);

    if (status == ZUB_OK && count > 0)
        qsort(likely, count, sizeof *likely, by_score);
    if (status == ZUB_OK && in.damaged)
        status = zub_volume_damaged(in.damaged, error);
    if (status == ZUB_OK)
        status = take(asking, likely, count, depth, error);
    zub_free(likely);
    return status;
}

zub_status zub_asking_find_likely(zub_asking *asking, size_t depth,
                                  bool *is_all, zub_error *error)
{
    likelihood_sums run = {.asking = asking};
    zub_status status = open_sums(&run, asking->searcher->index);

    if (status == ZUB_OK)
        status = add_terms(&run, error);
    else
        status = zub_fail_memory(error);
    if (status == ZUB_OK)
        status = find_best(asking, &run, depth, error);
    zub_free(run.sums);
    zub_free(run.starts);
    *is_all = asking->found_count < depth;
    return status;
}
