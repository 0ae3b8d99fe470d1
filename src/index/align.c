/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* align.c - zub_align and zub_alignment_* of zubda.h.
 *
 * An index of the seeds of all of `a`; then each article of `b` on its own, on
 * any thread. What was found lies by article of `b` and is put in order at the
 * end, so that no thread decides anything. */
#include <stdatomic.h>
#include <string.h>

#include "zubda.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/pool.h"
#include "index/align_pair.h"
#include "index/align_seeds.h"

#define MIN_WORDS 8u
#define MIN_SIMILARITY .5
#define SEED 3u

/* A passage, its words counted in all articles of its side. */
typedef struct found_passage {
    zub_passage words;
    uint32_t a, b;    /* articles */
    size_t differing; /* in the stretches of `b`: those of a ... */
    size_t differing_a, differing_b; /* ... so many, then those of b */
} found_passage;

/* What one article of `b` shares. */
typedef struct found_article {
    found_passage *passages; /* [count] */
    size_t count, capacity;
    zub_stretch *stretches;
    size_t stretch_count, stretch_capacity;
} found_article;

struct zub_alignment {
    const zub_articles *a, *b;   /* borrowed */
    found_article *found;        /* [b->count] */
    const found_passage **order; /* [count] */
    size_t count;
    uint64_t left_out;
};

typedef struct align_worker {
    zub_seeder seeder;
    zub_pairer pairer;
} align_worker;

typedef struct align_run {
    const zub_articles *a, *b;
    bool is_within; /* articles of a before that of b */
    zub_passage_rules rules;
    zub_seed_index index;
    zub_alignment *out;
    align_worker *workers;
    atomic_bool is_lost; /* without memory */
} align_run;

/* ---- What differs ---- */

static bool add_stretch(found_article *found, const zub_article *article,
                        const zub_articles *articles, size_t from, size_t to)
{
    const zub_scanned *places = articles->places + article->first;

    if (from == to)
        return true;
    if (!zub_grow(&found->stretches, &found->stretch_capacity,
                  found->stretch_count + 1, sizeof *found->stretches))
        return false;
    found->stretches[found->stretch_count++] = (zub_stretch){
        places[from].start, places[to - 1].start + places[to - 1].size};
    return true;
}

/* Words between matches, on the side that `is_b` says. */
static bool add_differing(found_article *found, const zub_article *article,
                          const zub_articles *articles,
                          const zub_match *matches, size_t count, bool is_b)
{
    for (size_t i = 1; i < count; i++) {
        size_t from = is_b ? matches[i - 1].y : matches[i - 1].x;
        size_t to = is_b ? matches[i].y : matches[i].x;
        if (!add_stretch(found, article, articles, from + 1, to))
            return false;
    }
    return true;
}

static bool keep_passage(const align_run *run, const zub_pairer *pairer,
                         const zub_passage *words, uint32_t a, uint32_t b)
{
    found_article *found = &run->out->found[b];
    const zub_match *matches = pairer->matches + words->matches;
    size_t start = found->stretch_count;

    if (!zub_grow(&found->passages, &found->capacity, found->count + 1,
                  sizeof *found->passages) ||
        !add_differing(found, &run->a->items[a], run->a, matches,
                       words->matched, false))
        return false;
    size_t middle = found->stretch_count;
    if (!add_differing(found, &run->b->items[b], run->b, matches,
                       words->matched, true))
        return false;
    found->passages[found->count++] =
        (found_passage){.words = *words,
                        .a = a,
                        .b = b,
                        .differing = start,
                        .differing_a = middle - start,
                        .differing_b = found->stretch_count - middle};
    return true;
}

/* ---- Pairs ---- */

/* Stretches [from, to) are of article a. */
static bool align_pair(const align_run *run, align_worker *worker, size_t a,
                       size_t b, size_t from, size_t to)
{
    const zub_article *x = &run->a->items[a], *y = &run->b->items[b];
    zub_word_pair pair = {run->a->words + x->first, run->b->words + y->first,
                          x->count, y->count};
    zub_anchor *anchors = zub_pairer_anchors(&worker->pairer, to - from);

    if (!anchors)
        return false;
    for (size_t i = from; i < to; i++) {
        const zub_keyed *stretch = &worker->seeder.pairs[i];
        anchors[i - from] =
            (zub_anchor){zub_stretch_x(stretch) - (uint32_t)x->first,
                         zub_stretch_y(stretch), zub_stretch_size(stretch)};
    }
    if (zub_pairer_run(&worker->pairer, &pair, to - from, &run->rules) !=
        ZUB_OK)
        return false;
    for (size_t i = 0; i < worker->pairer.count; i++)
        if (!keep_passage(run, &worker->pairer, &worker->pairer.passages[i],
                          (uint32_t)a, (uint32_t)b))
            return false;
    return true;
}

static bool align_article(const align_run *run, align_worker *worker, size_t b)
{
    const zub_article *article = &run->b->items[b];
    size_t limit = run->is_within ? article->first : run->a->size, to;

    if (zub_seeder_find(&worker->seeder, &run->index,
                        run->b->words + article->first, article->count,
                        limit) != ZUB_OK)
        return false;
    for (size_t from = 0; from < worker->seeder.count; from = to) {
        const zub_keyed *stretches = worker->seeder.pairs;
        size_t a = zub_articles_find(run->a, zub_stretch_x(&stretches[from]));
        size_t end = run->a->items[a].first + run->a->items[a].count;
        for (to = from;
             to < worker->seeder.count && zub_stretch_x(&stretches[to]) < end;)
            to++;
        if (!align_pair(run, worker, a, b, from, to))
            return false;
    }
    return true;
}

static void step(void *context, size_t i, unsigned number)
{
    align_run *run = context;

    if (atomic_load(&run->is_lost))
        return;
    if (!align_article(run, &run->workers[number], i))
        atomic_store(&run->is_lost, true);
}

/* ---- Order ---- */

/* Where a passage begins among all words of its side. */
static uint64_t place_of(const zub_alignment *alignment,
                         const found_passage *passage, bool is_b)
{
    return is_b
               ? alignment->b->items[passage->b].first + passage->words.y_start
               : alignment->a->items[passage->a].first +
                     passage->words.x_start;
}

/* By b, then by a, then with `by_length` by words that match: each keeps what
 * stood before among equals. */
static void order_passages(const zub_alignment *alignment,
                           const found_passage *const *all, zub_keyed *order,
                           zub_keyed *scratch, bool by_length)
{
    size_t count = alignment->count;

    for (size_t i = 0; i < count; i++)
        order[i] = (zub_keyed){place_of(alignment, all[i], true), (uint32_t)i};
    zub_order_keys(order, scratch, count);
    for (size_t i = 0; i < count; i++)
        order[i].key = place_of(alignment, all[order[i].id], false);
    zub_order_keys(order, scratch, count);
    if (!by_length)
        return;
    for (size_t i = 0; i < count; i++)
        order[i].key = UINT32_MAX - all[order[i].id]->words.matched;
    zub_order_keys(order, scratch, count);
}

static void list_passages(const zub_alignment *alignment,
                          const found_passage **all)
{
    size_t count = 0;

    for (size_t b = 0; b < alignment->b->count; b++)
        for (size_t i = 0; i < alignment->found[b].count; i++)
            all[count++] = &alignment->found[b].passages[i];
}

static zub_status put_in_order(zub_alignment *out, size_t most)
{
    for (size_t b = 0; b < out->b->count; b++)
        out->count += out->found[b].count;
    size_t count = out->count;
    const found_passage **all = zub_alloc(count, sizeof *all);
    zub_keyed *order = zub_alloc(count, sizeof *order);
    zub_keyed *scratch = zub_alloc(count, sizeof *scratch);
    out->order = zub_alloc(count, sizeof *out->order);

    bool is_done = all && order && scratch && out->order;
    if (is_done && count > 0) {
        list_passages(out, all);
        order_passages(out, all, order, scratch, most > 0);
        for (size_t i = 0; i < count; i++)
            out->order[i] = all[order[i].id];
    }
    if (most > 0 && most < count)
        out->count = most;
    zub_free(all);
    zub_free(order);
    zub_free(scratch);
    return is_done ? ZUB_OK : ZUB_ENOMEM;
}

/* ---- The whole ---- */

static zub_status check_options(const zub_align_options *options,
                                zub_error *error)
{
    if (options->seed > ZUB_SEED_MOST)
        return zub_fail(error, ZUB_EINVAL,
                        "a seed is of 1 to %u words, not %u", ZUB_SEED_MOST,
                        options->seed);
    if (!(options->min_similarity >= 0 && options->min_similarity <= 1))
        return zub_fail(error, ZUB_EINVAL,
                        "a similarity is from 0 to 1, not %g",
                        options->min_similarity);
    return ZUB_OK;
}

static zub_status align_all(align_run *run, unsigned threads, unsigned seed)
{
    if (threads == 0)
        threads = zub_processors();
    if (threads > run->b->count)
        threads = run->b->count > 0 ? (unsigned)run->b->count : 1;
    run->workers = zub_alloc_zero(threads, sizeof *run->workers);
    if (!run->workers)
        return ZUB_ENOMEM;
    zub_status status = zub_seed_index_init(&run->index, run->a, seed);
    if (status == ZUB_OK)
        zub_pool_each(threads, run->b->count, step, run);
    if (atomic_load(&run->is_lost))
        status = ZUB_ENOMEM;
    run->out->left_out = run->index.left_out;
    for (unsigned i = 0; i < threads; i++) {
        run->out->left_out += run->workers[i].seeder.left_out;
        zub_seeder_release(&run->workers[i].seeder);
        zub_pairer_release(&run->workers[i].pairer);
    }
    zub_free(run->workers);
    zub_seed_index_release(&run->index);
    return status;
}

static zub_status begin(align_run *run, const zub_align_options *options)
{
    run->rules = (zub_passage_rules){
        .min_words = options->min_words ? options->min_words : MIN_WORDS,
        .min_similarity = options->min_similarity > 0 ? options->min_similarity
                                                      : MIN_SIMILARITY};
    run->out = zub_alloc_zero(1, sizeof *run->out);
    if (!run->out)
        return ZUB_ENOMEM;
    run->out->a = run->a;
    run->out->b = run->b;
    run->out->found = zub_alloc_zero(run->b->count, sizeof *run->out->found);
    return run->out->found ? ZUB_OK : ZUB_ENOMEM;
}

zub_status zub_align(zub_alignment **out, const zub_articles *a,
                     const zub_articles *b, unsigned threads,
                     const zub_align_options *options, zub_error *error)
{
    static const zub_align_options defaults = {0};
    align_run run = {.a = a, .b = b ? b : a, .is_within = !b};

    *out = NULL;
    zub_error_clear(error);
    options = options ? options : &defaults;
    zub_status status = check_options(options, error);
    if (status != ZUB_OK)
        return status;
    status = begin(&run, options);
    size_t seed = options->seed ? options->seed : SEED;
    if (seed > run.rules.min_words)
        seed = run.rules.min_words;
    if (status == ZUB_OK)
        status = align_all(&run, threads, (unsigned)seed);
    if (status == ZUB_OK)
        status = put_in_order(run.out, options->most);
    if (status == ZUB_OK) {
        *out = run.out;
        return ZUB_OK;
    }
    zub_alignment_free(run.out);
    return zub_fail_memory(error);
}

void zub_alignment_free(zub_alignment *alignment)
{
    if (!alignment)
        return;
    for (size_t b = 0; alignment->found && b < alignment->b->count; b++) {
        zub_free(alignment->found[b].passages);
        zub_free(alignment->found[b].stretches);
    }
    zub_free(alignment->found);
    zub_free(alignment->order);
    zub_free(alignment);
}

zub_alignment_facts zub_alignment_about(const zub_alignment *alignment)
{
    return (zub_alignment_facts){.passages = alignment->count,
                                 .left_out = alignment->left_out};
}

static zub_shared_side side_of(const zub_articles *articles, size_t article,
                               size_t from, size_t to)
{
    const zub_article *item = &articles->items[article];
    const zub_scanned *first = articles->places + item->first + from;
    const zub_scanned *last = articles->places + item->first + to - 1;
    size_t start = first->start, end = (size_t)last->start + last->size;

    return (zub_shared_side){.id = item->id,
                             .text = {item->text.data + start, end - start},
                             .start = start,
                             .end = end,
                             .words = to - from};
}

zub_shared zub_alignment_at(const zub_alignment *alignment, size_t i)
{
    const found_passage *passage = alignment->order[i];
    const zub_passage *words = &passage->words;
    const zub_stretch *differing =
        alignment->found[passage->b].stretches + passage->differing;
    zub_shared shared = {
        .a = side_of(alignment->a, passage->a, words->x_start, words->x_end),
        .b = side_of(alignment->b, passage->b, words->y_start, words->y_end),
        .matched = words->matched,
        .similarity = zub_passage_similarity(words)};

    if (passage->differing_a + passage->differing_b == 0)
        return shared;
    shared.a.differing = differing;
    shared.a.differing_count = passage->differing_a;
    shared.b.differing = differing + passage->differing_a;
    shared.b.differing_count = passage->differing_b;
    return shared;
}
