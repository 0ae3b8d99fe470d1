/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* ranker.c - see ranker.h.
 *
 * In a window the terms stand by their bounds, the least first; before[i] is
 * what the first i can add together. Those with before[i + 1] below the score
 * that is to be beaten are not walked. Invariant of a term's cursor: no posting
 * before it is needed any more, for windows and passages ascend.
 */
#include "index/ranker.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/slice.h"
#include "index/cursor.h"

#define WINDOW 8192u
#define GROUP 64u        /* passages that are looked at together */
#define ROW 4u           /* in a register */
#define MOST_TERMS 8192u /* of a query; its first */
#define SCALED 1e9       /* the sum of all weights as a whole number */

typedef uint32_t sum_row __attribute__((vector_size(ROW * sizeof(uint32_t))));

typedef struct ranker {
    const zub_index *index;
    const zub_wanted *terms;
    size_t term_count;
    double scale;
    zub_norms norms;
    zub_ranker_filter *filter;
    void *context;

    zub_ranked *best; /* [best_count], a heap: the worst is best[0] */
    size_t best_count, most;

    uint32_t volume; /* at hand */
    const zub_shelved *shelved;
    const uint32_t *lengths;
    zub_cursor *cursors;   /* [cursor_count] of terms that the volume has */
    zub_cursor **by_bound; /* the same */
    uint64_t *before;      /* [cursor_count + 1] */
    size_t cursor_count;
    uint32_t low, high;              /* the window */
    uint32_t sums[WINDOW];           /* all 0 between windows */
    bool is_touched[WINDOW / GROUP]; /* the same */
} term_ranker;

/* ---- The best so far ---- */

static zub_status id_of(const term_ranker *run, const zub_ranked *at,
                        zub_slice *id)
{
    const zub_volume *volume = run->index->shelf.items[at->volume].volume;
    uint32_t article;
    zub_status status = zub_volume_article_of(volume, at->passage, &article);

    return status == ZUB_OK ? zub_volume_id(volume, article, id) : status;
}

static zub_status compare_ids(const term_ranker *run, const zub_ranked *a,
                              const zub_ranked *b, bool *is_worse)
{
    zub_slice ids[2];
    zub_status status = id_of(run, a, &ids[0]);

    *is_worse = false;
    if (status == ZUB_OK)
        status = id_of(run, b, &ids[1]);
    if (status == ZUB_OK)
        *is_worse = zub_slice_compare(ids[0], ids[1]) > 0;
    return status;
}

/* *is_worse: a stands behind b. */
static inline zub_status compare(const term_ranker *run, const zub_ranked *a,
                                 const zub_ranked *b, bool *is_worse)
{
    if (a->score == b->score && a->volume != b->volume)
        return compare_ids(run, a, b, is_worse);
    *is_worse =
        a->score != b->score ? a->score < b->score : a->passage > b->passage;
    return ZUB_OK;
}

/* best[at] sinks to where neither child is worse; of `size`. */
static zub_status sink(term_ranker *run, size_t at, size_t size)
{
    zub_ranked *best = run->best;

    for (size_t child; (child = 2 * at + 1) < size; at = child) {
        bool is_worse = false;
        zub_status status = ZUB_OK;
        if (child + 1 < size)
            status = compare(run, &best[child + 1], &best[child], &is_worse);
        child += is_worse;
        if (status == ZUB_OK)
            status = compare(run, &best[child], &best[at], &is_worse);
        if (status != ZUB_OK || !is_worse)
            return status;
        zub_ranked swapped = best[at];
        best[at] = best[child];
        best[child] = swapped;
    }
    return ZUB_OK;
}

static zub_status rise(term_ranker *run, size_t at)
{
    zub_ranked *best = run->best;

    while (at > 0) {
        size_t parent = (at - 1) / 2;
        bool is_worse;
        zub_status status = compare(run, &best[at], &best[parent], &is_worse);
        if (status != ZUB_OK || !is_worse)
            return status;
        zub_ranked swapped = best[at];
        best[at] = best[parent];
        best[parent] = swapped;
        at = parent;
    }
    return ZUB_OK;
}

/* What a passage must have to be among them, or to be compared by its id. */
static uint64_t least_score(const term_ranker *run)
{
    return run->best_count == run->most ? run->best[0].score : 1;
}

static zub_status offer(term_ranker *run, uint32_t passage, uint32_t score)
{
    zub_ranked made = {score, run->volume, passage};
    bool is_better;

    if (run->best_count < run->most) {
        run->best[run->best_count++] = made;
        return rise(run, run->best_count - 1);
    }
    zub_status status = compare(run, &run->best[0], &made, &is_better);
    if (status != ZUB_OK || !is_better)
        return status;
    run->best[0] = made;
    return sink(run, 0, run->best_count);
}

/* Best first. */
static zub_status sort_best(term_ranker *run)
{
    zub_status status = ZUB_OK;

    for (size_t size = run->best_count; size > 1 && status == ZUB_OK;) {
        zub_ranked worst = run->best[0];
        run->best[0] = run->best[--size];
        run->best[size] = worst;
        status = sink(run, 0, size);
    }
    return status;
}

/* ---- A window ---- */

/* Adds a walked term to the sums. */
static zub_status add_term(term_ranker *run, zub_cursor *cursor)
{
    uint32_t low = run->low, high = run->high;
    bool found;

    if (!zub_cursor_seek(cursor, low, &found))
        return ZUB_EFORMAT;
    while (cursor->block < cursor->block_count) {
        const uint32_t *counts = zub_cursor_counts(cursor);
        for (; cursor->at < cursor->size; cursor->at++) {
            uint32_t passage = cursor->passages[cursor->at];
            if (passage >= high)
                return ZUB_OK;
            uint32_t at = passage - low;
            run->sums[at] += zub_cursor_part(cursor, counts[cursor->at],
                                             run->lengths[passage]);
            run->is_touched[at / GROUP] = true;
        }
        /* The block is done; the next one, if it begins in the window. */
        uint32_t last = cursor->passages[cursor->size - 1];
        if (last >= high - 1)
            return ZUB_OK;
        if (!zub_cursor_seek(cursor, last + 1, &found))
            return ZUB_EFORMAT;
    }
    return ZUB_OK;
}

/* Asks the terms that were not walked, those that add most first, as long as
 * the passage may still be one of the best. */
static zub_status ask_others(term_ranker *run, size_t others, uint32_t passage,
                             uint64_t least, uint64_t *score)
{
    for (size_t i = others; i-- > 0 && *score + run->before[i + 1] >= least;) {
        zub_cursor *cursor = run->by_bound[i];
        uint64_t most = zub_cursor_most(cursor, passage);
        bool found;
        if (*score + run->before[i] + most < least)
            break;
        if (!zub_cursor_seek(cursor, passage, &found))
            return ZUB_EFORMAT;
        if (found)
            *score +=
                zub_cursor_part(cursor, zub_cursor_counts(cursor)[cursor->at],
                                run->lengths[passage]);
    }
    return ZUB_OK;
}

static zub_status try_passage(term_ranker *run, size_t others,
                              uint32_t passage, uint32_t sum)
{
    uint64_t least = least_score(run), score = sum;
    bool is_fine = true;
    zub_status status = ask_others(run, others, passage, least, &score);

    if (status != ZUB_OK || score < least)
        return status;
    if (run->filter)
        status = run->filter(run->context, run->volume, passage, &is_fine);
    return status == ZUB_OK && is_fine ? offer(run, passage, (uint32_t)score)
                                       : status;
}

/* What the walked terms must have brought a passage: above 0, for the others
 * do not make one of the best alone. */
static uint32_t least_sum(const term_ranker *run, size_t others)
{
    return (uint32_t)(least_score(run) - run->before[others]);
}

/* Sums and what they are held against are below 2^31, so that the highest bit
 * of a difference tells. */
static inline sum_row reaches(const uint32_t *sums, uint32_t least)
{
    sum_row row;

    memcpy(&row, sums, sizeof row);
    return (least - 1 - row) >> 31;
}

/* Bit i: one of sums[ROW i .. ROW (i + 1)) is at least that. */
static uint32_t find_rows(const uint32_t *sums, uint32_t least)
{
    sum_row found = {0};

    for (uint32_t i = 0; i < GROUP / ROW; i++)
        found |= reaches(sums + i * ROW, least) << i;
    return found[0] | found[1] | found[2] | found[3];
}

/* How many passages there are to try. */
static size_t count_tries(const term_ranker *run, size_t others)
{
    uint32_t least = least_sum(run, others);
    sum_row found = {0};

    for (uint32_t g = 0; g < WINDOW; g += GROUP)
        for (uint32_t i = 0; run->is_touched[g / GROUP] && i < GROUP; i += ROW)
            found += reaches(run->sums + g + i, least);
    return (size_t)found[0] + found[1] + found[2] + found[3];
}

static zub_status try_group(term_ranker *run, size_t others, uint32_t first)
{
    uint32_t rows = find_rows(run->sums + first, least_sum(run, others));
    zub_status status = ZUB_OK;

    for (; rows > 0 && status == ZUB_OK; rows &= rows - 1) {
        uint32_t at = first + (uint32_t)__builtin_ctz(rows) * ROW;
        for (uint32_t end = at + ROW; at < end && status == ZUB_OK; at++)
            if (run->sums[at] >= least_sum(run, others))
                status =
                    try_passage(run, others, run->low + at, run->sums[at]);
    }
    return status;
}

/* Looks at the sums in order, and leaves them 0. */
static zub_status try_all(term_ranker *run, size_t others)
{
    zub_status status = ZUB_OK;

    for (uint32_t g = 0; g < WINDOW / GROUP; g++) {
        if (!run->is_touched[g])
            continue;
        run->is_touched[g] = false;
        if (status == ZUB_OK)
            status = try_group(run, others, g * GROUP);
    }
    memset(run->sums, 0, (run->high - run->low) * sizeof *run->sums);
    return status;
}

/* Few terms, or few whose order changes from window to window: insertion. */
static void order_by_bound(term_ranker *run)
{
    zub_cursor **order = run->by_bound;

    for (size_t i = 1; i < run->cursor_count; i++) {
        zub_cursor *moved = order[i];
        size_t at = i;
        for (; at > 0 && order[at - 1]->bound > moved->bound; at--)
            order[at] = order[at - 1];
        order[at] = moved;
    }
    for (size_t i = 0; i < run->cursor_count; i++)
        run->before[i + 1] = run->before[i] + order[i]->bound;
}

/* Postings that can be walked in the time in which a passage is asked about. */
#define WALKED_A_TRY 10u

/* Where the walked terms leave many passages to be asked about, it is cheaper
 * to walk more. */
static zub_status walk_more(term_ranker *run, size_t *others)
{
    size_t walked = 0;

    for (size_t i = *others; i < run->cursor_count; i++)
        walked += run->by_bound[i]->near;
    while (*others > 0) {
        zub_cursor *cursor = run->by_bound[*others - 1];
        if (cursor->near > walked * WALKED_A_TRY ||
            cursor->near > count_tries(run, *others) * WALKED_A_TRY)
            break;
        zub_status status = add_term(run, cursor);
        if (status != ZUB_OK)
            return status;
        walked += cursor->near;
        *others -= 1;
    }
    return ZUB_OK;
}

static zub_status rank_window(term_ranker *run)
{
    const zub_guarded *lengths =
        &run->shelved->volume->parts[ZUB_PART_LENGTHS];
    size_t others = 0, count = run->cursor_count;
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < count; i++)
        zub_cursor_bound(&run->cursors[i], run->low, run->high);
    order_by_bound(run);
    if (run->before[count] < least_score(run))
        return ZUB_OK;
    if (!zub_guard_touch(lengths, run->low * sizeof(uint32_t),
                         (run->high - run->low) * sizeof(uint32_t)))
        return ZUB_EFORMAT;
    while (others < count && run->before[others + 1] < least_score(run))
        others++;
    for (size_t i = others; i < count && status == ZUB_OK; i++)
        if (run->by_bound[i]->bound > 0)
            status = add_term(run, run->by_bound[i]);
    if (status == ZUB_OK)
        status = walk_more(run, &others);
    return status == ZUB_OK ? try_all(run, others) : status;
}

/* ---- A volume ---- */

static zub_status open_cursors(term_ranker *run)
{
    const zub_volume *volume = run->shelved->volume;

    run->cursor_count = 0;
    for (size_t i = 0; i < run->term_count; i++) {
        zub_cursor *cursor = &run->cursors[run->cursor_count];
        zub_term_place place;
        zub_status status = zub_term_find(
            &volume->parts[ZUB_PART_TERM_AT], &volume->parts[ZUB_PART_TERMS],
            (uint32_t)volume->about.terms, run->terms[i].term, &place);
        if (status == ZUB_ENOTFOUND)
            continue;
        if (status != ZUB_OK ||
            !zub_cursor_open(cursor, volume, &place, &run->norms,
                             run->terms[i].weight * run->scale))
            return ZUB_EFORMAT;
        run->by_bound[run->cursor_count++] = cursor;
    }
    return ZUB_OK;
}

static zub_status rank_volume(term_ranker *run, size_t number)
{
    const zub_shelved *shelved = &run->index->shelf.items[number];
    uint32_t passages = (uint32_t)shelved->volume->about.passages;
    zub_status status;

    run->volume = (uint32_t)number;
    run->shelved = shelved;
    run->lengths = (const void *)shelved->volume->parts[ZUB_PART_LENGTHS].data;
    status = open_cursors(run);
    if (run->cursor_count == 0)
        return status;
    for (run->low = 0; run->low < passages && status == ZUB_OK;
         run->low = run->high) {
        run->high =
            passages - run->low < WINDOW ? passages : run->low + WINDOW;
        status = rank_window(run);
    }
    return status;
}

/* ---- All ---- */

static zub_status open_ranker(term_ranker *run, size_t most)
{
    uint64_t all = run->index->passages;

    run->most = most < all ? most : (size_t)all;
    run->best = zub_alloc(run->most + 1, sizeof *run->best);
    run->cursors = zub_alloc(run->term_count + 1, sizeof *run->cursors);
    run->by_bound = zub_alloc(run->term_count + 1, sizeof *run->by_bound);
    run->before = zub_alloc_zero(run->term_count + 1, sizeof *run->before);
    return run->best && run->cursors && run->by_bound && run->before
               ? ZUB_OK
               : ZUB_ENOMEM;
}

static double sum_weights(const zub_wanted *terms, size_t count)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += terms[i].weight;
    return sum;
}

static zub_status rank_all(term_ranker *run, size_t most, zub_error *error)
{
    const zub_shelf *shelf = &run->index->shelf;
    uint64_t passages = run->index->passages;
    zub_status status = open_ranker(run, most);
    size_t i = 0;

    zub_norms_init(&run->norms,
                   passages ? (double)run->index->length / (double)passages
                            : 0);
    while (i < shelf->count && status == ZUB_OK && run->most > 0)
        status = rank_volume(run, i++);
    if (status == ZUB_OK)
        status = sort_best(run);
    if (status == ZUB_EFORMAT)
        return zub_volume_damaged(shelf->items[run->volume].volume, error);
    return status == ZUB_OK ? status : zub_fail_memory(error);
}

zub_status zub_rank(zub_ranking *out, const zub_index *index,
                    const zub_wanted *terms, size_t count, size_t most,
                    zub_ranker_filter *filter, void *context, zub_error *error)
{
    double sum = sum_weights(terms, count);
    term_ranker *run;

    *out = (zub_ranking){0};
    if (count == 0 || !(sum > 0))
        return ZUB_OK;
    run = zub_alloc_zero(1, sizeof *run);
    if (!run)
        return zub_fail_memory(error);
    run->index = index;
    run->terms = terms;
    run->term_count = count < MOST_TERMS ? count : MOST_TERMS;
    run->scale = SCALED / sum;
    run->filter = filter;
    run->context = context;
    zub_status status = rank_all(run, most, error);
    if (status == ZUB_OK)
        *out = (zub_ranking){run->best, run->best_count, run->scale};
    else
        zub_free(run->best);
    zub_free(run->cursors);
    zub_free(run->by_bound);
    zub_free(run->before);
    zub_free(run);
    return status;
}

void zub_ranking_release(zub_ranking *ranking)
{
    zub_free(ranking->items);
    *ranking = (zub_ranking){0};
}

/* ---- How common things are ---- */

double zub_lucene_idf(uint64_t passages, uint64_t df)
{
    double n = (double)(passages > df ? passages : df), d = (double)df;

    return log(1 + (n - d + 0.5) / (d + 0.5));
}

zub_status zub_index_df(const zub_index *index, zub_slice term, uint64_t *df,
                        zub_error *error)
{
    *df = 0;
    for (size_t i = 0; i < index->shelf.count; i++) {
        const zub_volume *volume = index->shelf.items[i].volume;
        zub_term_place place;
        zub_status status = zub_term_find(
            &volume->parts[ZUB_PART_TERM_AT], &volume->parts[ZUB_PART_TERMS],
            (uint32_t)volume->about.terms, term, &place);
        if (status == ZUB_OK)
            *df += place.df;
        else if (status != ZUB_ENOTFOUND)
            return zub_volume_damaged(volume, error);
    }
    return ZUB_OK;
}

zub_status zub_index_gram_df(const zub_index *index, uint32_t gram,
                             uint64_t *df, zub_error *error)
{
    *df = 0;
    for (size_t i = 0; i < index->shelf.count; i++) {
        const zub_volume *volume = index->shelf.items[i].volume;
        uint32_t own;
        zub_status status = zub_gram_find(
            &volume->parts[ZUB_PART_GRAM_AT], &volume->parts[ZUB_PART_GRAMS],
            (uint32_t)volume->about.grams, gram, &own);
        if (status == ZUB_OK)
            *df += own;
        else if (status != ZUB_ENOTFOUND)
            return zub_volume_damaged(volume, error);
    }
    return ZUB_OK;
}
