/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* finder.c - the rows most like a query, without reading most of them.
 *
 * Cosines of shadows (resemblance.h) are summed up term at a time over a block
 * of rows. Of what terms can add to a row there are bounds: the length of their
 * part of the query times that of their part of the row (Cauchy and Schwarz),
 * and their values times the largest that the block has. A block that cannot
 * reach what the k-th best so far has is passed over, and so is a row.
 *
 * Sums begin with the bound of the frequent terms, for a row knows how long its
 * part of them is; the others follow, those that say most for their postings
 * first. Once the rows that are left cost less to score than the postings that
 * are left to add up, and at the latest when none are, they are scored:
 * exactly, by the measure's own sum, which is all that comes out. So the order
 * of terms, blocks and floats in here can be any. Only when too many are left
 * frequent terms are added up, too.
 *
 * Sums in float err by at most 2^-23 a term, for all products together are at
 * most 1, or 2 with the bound; values by half of a step of their run, which
 * makes sqrt(terms) steps of 1 in a sum: `slack` is more than both.
 *
 * (Term at a time: Buckley & Lewit 1985. Bounds by block: Ding & Suel 2011. The
 * lengths of parts: Bayardo, Ma & Srikant 2007; Anastasiu & Karypis 2014.) */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/order.h"
#include "vectors/similar.h"

/* Costs in postings: of scoring a row, and of each of its entries; of looking
 * at which rows are left. */
#define ROW_COST 24
#define ENTRY_COST 1.5
#define LOOK_COST 20000
#define SHARP 0.4   /* of the goal: bounds above it leave too many rows */
#define SHARPER 0.8 /* between one look at the rows left and the next */
#define STRETCH 16  /* postings */
#define LINE 16     /* entries in a line of the cache */
#define MANY 512    /* rows are collected anew, not one by one */
#define BLOCK_DONE (-1.)
#define FREQUENT ((uint64_t)1 << 16) /* above all of `rough` */

/* A term of the query. */
typedef struct asked_term {
    float value; /* of the query's shadow */
    bool is_frequent;
    uint64_t first, run, end; /* its runs; `run` and on are still to come */
} asked_term;

/* A term of the query in the block at hand. */
typedef struct active_list {
    const zub_run *run;
    float value;
    double cost; /* in postings, and */
    double rest; /* what can be added to a row at most, by it and those behind,
                    up to the frequent ones or of these */
} active_list;

struct zub_finder {
    const zub_similar *similar;
    float *dense;     /* [columns], 0 between questions */
    float *sums;      /* [blocks][ZUB_BLOCK_ROWS] */
    double *costs;    /* [blocks], of frequent lists, in postings; below 0: the
                         block is done */
    uint16_t *places; /* [blocks][ZUB_BLOCK_ROWS], rows of it that are left */
    size_t *counts;   /* [blocks], of these */
    asked_term *terms;  /* [term_count], those that say most first, frequent
                          ones last */
    active_list *lists; /* [list_count], of the block; frequent ones from
                           rare_count on */
    zub_keyed *keys, *scratch;
    size_t term_count, list_count, rare_count;
    size_t term_capacity, list_capacity, key_capacity, scratch_capacity;
    zub_heap best;     /* of all rows scored */
    zub_heap leaders;  /* of those that led in their block */
    zub_heap probe;    /* by their sums */
    zub_alike *alikes; /* [k] */

    /* The question at hand. */
    const zub_vector *query;
    zub_row_size size;
    uint64_t self;
    double floor;   /* what k rows are known to have */
    float frequent; /* length of the frequent part of its shadow */
    double slack;
    double row_cost;
};

/* ---- Making one ---- */

zub_status zub_finder_new(zub_finder **out, const zub_similar *similar,
                          zub_error *error)
{
    zub_finder *finder = zub_alloc_zero(1, sizeof *finder);
    size_t k = similar->k, columns = similar->rows.columns;
    size_t rows = similar->rows.rows;

    *out = NULL;
    zub_error_clear(error);
    if (!finder)
        return zub_fail_memory(error);
    finder->similar = similar;
    finder->dense = zub_alloc_zero(columns, sizeof *finder->dense);
    finder->sums = zub_alloc(similar->shadows.blocks,
                             ZUB_BLOCK_ROWS * sizeof *finder->sums);
    finder->costs = zub_alloc(similar->shadows.blocks, sizeof(double));
    finder->places = zub_alloc(similar->shadows.blocks,
                               ZUB_BLOCK_ROWS * sizeof *finder->places);
    finder->counts = zub_alloc(similar->shadows.blocks, sizeof(size_t));
    finder->alikes = zub_alloc(k, sizeof *finder->alikes);
    bool is_whole =
        finder->dense && finder->sums && finder->costs && finder->places &&
        finder->counts && finder->alikes && zub_heap_init(&finder->best, k) &&
        zub_heap_init(&finder->leaders, k) &&
        zub_heap_init(&finder->probe, k < ZUB_BLOCK_ROWS ? k : ZUB_BLOCK_ROWS);
    if (!is_whole) {
        zub_finder_free(finder);
        return zub_fail_memory(error);
    }
    finder->row_cost = rows ? ROW_COST + ENTRY_COST *
                                             (double)similar->starts[rows] /
                                             (double)rows
                            : 0;
    *out = finder;
    return ZUB_OK;
}

void zub_finder_free(zub_finder *finder)
{
    if (!finder)
        return;
    zub_heap_release(&finder->best);
    zub_heap_release(&finder->leaders);
    zub_heap_release(&finder->probe);
    zub_free(finder->dense);
    zub_free(finder->sums);
    zub_free(finder->costs);
    zub_free(finder->places);
    zub_free(finder->counts);
    zub_free(finder->terms);
    zub_free(finder->lists);
    zub_free(finder->keys);
    zub_free(finder->scratch);
    zub_free(finder->alikes);
    zub_free(finder);
}

static bool make_room(zub_finder *finder, size_t terms)
{
    return zub_grow(&finder->terms, &finder->term_capacity, terms,
                    sizeof *finder->terms) &&
           zub_grow(&finder->lists, &finder->list_capacity, terms + 1,
                    sizeof *finder->lists) &&
           zub_grow(&finder->keys, &finder->key_capacity, terms,
                    sizeof *finder->keys) &&
           zub_grow(&finder->scratch, &finder->scratch_capacity, terms,
                    sizeof *finder->scratch);
}

/* ---- The terms of a query ---- */

/* The first half of a positive float: enough to order by. */
static uint64_t rough(float number)
{
    uint32_t bits;

    memcpy(&bits, &number, sizeof bits);
    return bits >> 16;
}

/* The value of the query's shadow in entry i. */
static float asked_value(const zub_finder *finder, size_t i)
{
    return finder->similar->measure->shadow(finder->query->values[i],
                                            finder->size.scale);
}

/* Terms with many postings for what they can add come last. */
static void order_terms(zub_finder *finder)
{
    const zub_similar *similar = finder->similar;
    const zub_postings *lists = &similar->shadows;
    const zub_vector *query = finder->query;
    size_t count = 0;

    for (size_t i = 0; i < query->size; i++) {
        float value = asked_value(finder, i);
        size_t column = (size_t)query->cols[i];
        if (value == 0 || lists->df[column] == 0)
            continue;
        uint64_t key = rough((float)lists->df[column] / (value * value));
        if (zub_similar_is_frequent(similar, column))
            key |= FREQUENT;
        finder->keys[count++] = (zub_keyed){key, (uint32_t)i};
    }
    zub_order_keys(finder->keys, finder->scratch, count);
    finder->term_count = count;
}

static void take_terms(zub_finder *finder)
{
    const zub_postings *lists = &finder->similar->shadows;
    double squares = 0;

    for (size_t i = 0; i < finder->term_count; i++) {
        uint32_t at = finder->keys[i].id;
        size_t column = (size_t)finder->query->cols[at];
        bool is_frequent = finder->keys[i].key >= FREQUENT;
        float value = asked_value(finder, at);
        finder->terms[i] =
            (asked_term){value, is_frequent, lists->lists[column],
                         lists->lists[column], lists->lists[column + 1]};
        if (is_frequent)
            squares += (double)value * (double)value;
    }
    finder->frequent = (float)sqrt(squares);
}

/* ---- A block ---- */

/* Lists are far from each other in memory. */
static void ask_for_run(const zub_finder *finder, const zub_run *run)
{
    const zub_postings *all = &finder->similar->shadows;

    __builtin_prefetch(all->entries + run->start);
}

static void take_lists(zub_finder *finder, uint32_t block)
{
    const zub_run *runs = finder->similar->shadows.runs;
    size_t count = 0;

    finder->rare_count = 0;
    for (size_t i = 0; i < finder->term_count; i++) {
        asked_term *term = &finder->terms[i];
        const zub_run *run = &runs[term->run];
        if (term->run == term->end || run->block != block)
            continue;
        term->run++;
        ask_for_run(finder, run);
        finder->lists[count++] = (active_list){run, term->value, 0, 0};
        if (!term->is_frequent)
            finder->rare_count = count;
    }
    finder->list_count = count;
    finder->lists[count] = (active_list){0};
}

/* From `end` back to `first`. */
static void sum_up_rests(active_list *lists, size_t first, size_t end)
{
    double squares = 0, products = 0, cost = 0;

    for (size_t i = end; i-- > first;) {
        const zub_run *run = lists[i].run;
        double value = fabs((double)lists[i].value);
        squares += value * value;
        products += value * (double)run->largest;
        cost += (double)(run[1].start - run->start);
        lists[i].cost = cost;
        lists[i].rest = fmin(sqrt(squares), products);
    }
}

/* What all lists of the block can add to a row at most. */
static double sum_up_lists(zub_finder *finder)
{
    active_list *lists = finder->lists;
    size_t rare = finder->rare_count;

    sum_up_rests(lists, rare, finder->list_count);
    sum_up_rests(lists, 0, rare);
    return (rare > 0 ? lists[0].rest : 0) + lists[rare].rest;
}

/* Products of a stretch of postings, which a compiler makes several at a
 * time. */
static inline void multiply(float *products, const uint32_t *entries,
                            float step)
{
    for (size_t i = 0; i < STRETCH; i++)
        products[i] = step * zub_posting_steps(entries[i]);
}

static void add_list(const zub_finder *finder, float *sums,
                     const active_list *list)
{
    const zub_run *run = list->run;
    const uint32_t *entries = finder->similar->shadows.entries + run->start;
    size_t size = (size_t)(run[1].start - run->start), at = 0;
    float step = list->value * run->largest / ZUB_POSTING_STEPS;
    float products[STRETCH];

    for (; at + STRETCH <= size; at += STRETCH) {
        multiply(products, entries + at, step);
        for (size_t i = 0; i < STRETCH; i++)
            sums[zub_posting_place(entries[at + i])] += products[i];
    }
    for (; at < size; at++)
        sums[zub_posting_place(entries[at])] +=
            step * zub_posting_steps(entries[at]);
}

/* ---- The rows that are left ---- */

static float *sums_of(const zub_finder *finder, uint32_t block)
{
    return finder->sums + (size_t)block * ZUB_BLOCK_ROWS;
}

static uint16_t *places_of(const zub_finder *finder, uint32_t block)
{
    return finder->places + (size_t)block * ZUB_BLOCK_ROWS;
}

static size_t first_of(uint32_t block)
{
    return (size_t)block * ZUB_BLOCK_ROWS;
}

static size_t rows_of(const zub_finder *finder, uint32_t block)
{
    size_t left = finder->similar->rows.rows - (size_t)block * ZUB_BLOCK_ROWS;

    return left < ZUB_BLOCK_ROWS ? left : ZUB_BLOCK_ROWS;
}

static void collect_all(zub_finder *finder, uint32_t block)
{
    size_t rows = rows_of(finder, block);

    for (size_t i = 0; i < rows; i++)
        places_of(finder, block)[i] = (uint16_t)i;
    finder->counts[block] = rows;
}

/* The least sum with which a row, to which `rest` may come, is still in; 0 or
 * less: with any. */
static double cut_at(const zub_finder *finder, double rest)
{
    return finder->similar->measure->need(finder->floor) - rest -
           finder->slack;
}

/* Rows that may be among the best. Without a floor those that have any of the
 * terms, once all of these are summed up: the sums are whole. */
static void collect(zub_finder *finder, uint32_t block, double rest,
                    bool is_whole)
{
    const float *sums = sums_of(finder, block);
    double cut = cut_at(finder, rest);
    size_t rows = rows_of(finder, block);
    bool is_cut = cut > FLT_MIN;

    if (is_cut || (is_whole && !finder->similar->has_negatives))
        finder->counts[block] =
            zub_lanes_collect(places_of(finder, block), sums, rows,
                              is_cut ? (float)cut : FLT_TRUE_MIN);
    else
        collect_all(finder, block);
}

/* Of the rows collected those that the floor, risen since, has not left
 * behind. */
static void narrow(zub_finder *finder, uint32_t block)
{
    const float *sums = sums_of(finder, block);
    uint16_t *places = places_of(finder, block);
    float cut = (float)cut_at(finder, 0);
    size_t count = 0;

    for (size_t i = 0; i < finder->counts[block]; i++) {
        places[count] = places[i];
        count += sums[places[i]] >= cut;
    }
    finder->counts[block] = count;
}

static double score_of(const zub_finder *finder, size_t row)
{
    const zub_similar *similar = finder->similar;
    zub_vector at = zub_rows_at(&similar->rows, row);

    return row == finder->self
               ? 0
               : zub_similar_score(similar->measure, finder->dense,
                                   finder->size, &at, similar->sizes[row]);
}

static void raise_floor(zub_finder *finder, const zub_heap *full)
{
    if (full->size > 0 && full->size == full->k &&
        full->items[0].score > finder->floor)
        finder->floor = full->items[0].score;
}

/* Rows are far from each other in memory. */
static void ask_for(const zub_finder *finder, size_t row)
{
    const zub_similar *similar = finder->similar;
    uint64_t start = similar->starts[row];

    for (uint64_t i = start; i < similar->starts[row + 1]; i += LINE) {
        __builtin_prefetch(similar->cols + i);
        __builtin_prefetch(similar->values + i);
    }
}

/* Whether a row can reach the floor, `rest` being what its sum may lack. */
static bool may_reach(const zub_finder *finder, size_t row, float sum,
                      double rest)
{
    const zub_similar *similar = finder->similar;
    double cosine = fmin((double)sum + rest + finder->slack, 1);

    return cosine >= 0 ? similar->measure->most(cosine, finder->size.size,
                                                similar->sizes[row].size) *
                                 (1 + 1e-12) >=
                             finder->floor
                       : finder->floor <= 0;
}

/* Scores the rows that were collected, but those that the rising floor has
 * left behind. */
static void score_rows(zub_finder *finder, uint32_t block, double rest)
{
    const float *sums = sums_of(finder, block);
    const uint16_t *places = places_of(finder, block);
    double least = finder->similar->min_score;
    size_t first = first_of(block);

    for (size_t i = 0; i < finder->counts[block]; i++) {
        uint16_t place = places[i];
        if (i + 2 < finder->counts[block])
            ask_for(finder, first + places[i + 2]);
        if (!may_reach(finder, first + place, sums[place], rest))
            continue;
        double score = score_of(finder, first + place);
        if (!zub_similar_counts(score, least))
            continue;
        zub_heap_add(&finder->best, score, (uint32_t)(first + place));
        raise_floor(finder, &finder->best);
    }
}

/* ---- A floor: what the rows have whose sums lead ---- */

static void take_leaders(zub_finder *finder, uint32_t block)
{
    const float *sums = sums_of(finder, block);
    zub_heap *probe = &finder->probe;
    float worst = 0;

    zub_heap_clear(probe);
    for (size_t i = 0; i < finder->counts[block]; i++) {
        uint16_t place = places_of(finder, block)[i];
        if (sums[place] <= worst || first_of(block) + place == finder->self)
            continue;
        zub_heap_add(probe, (double)sums[place], place);
        if (probe->size == probe->k)
            worst = (float)probe->items[0].score;
    }
}

static void probe(zub_finder *finder, uint32_t block)
{
    const zub_heap *leading = &finder->probe;

    take_leaders(finder, block);
    for (size_t i = 0; i < leading->size; i++) {
        size_t row = first_of(block) + leading->items[i].id;
        double score = score_of(finder, row);
        if (zub_similar_counts(score, finder->similar->min_score))
            zub_heap_add(&finder->leaders, score, (uint32_t)row);
    }
    raise_floor(finder, &finder->leaders);
}

/* ---- A block by bounds ---- */

/* Whether the rows that were collected cost less to score than lists cost. */
static bool are_few(const zub_finder *finder, uint32_t block, double cost)
{
    return (double)finder->counts[block] * finder->row_cost <= cost;
}

/* Adds rare lists up; true: few rows were left before the last, and are
 * scored. */
static bool add_rare(zub_finder *finder, uint32_t block)
{
    const active_list *lists = finder->lists;
    double look = SHARP * finder->similar->measure->need(finder->floor);

    for (size_t i = 0; i < finder->rare_count; i++) {
        double rest = lists[i].rest;
        if (rest < look && lists[i].cost > LOOK_COST &&
            cut_at(finder, rest) > FLT_MIN) {
            collect(finder, block, rest, false);
            if (are_few(finder, block, lists[i].cost)) {
                score_rows(finder, block, rest);
                return true;
            }
            look = SHARPER * rest;
        }
        add_list(finder, sums_of(finder, block), &lists[i]);
    }
    return false;
}

/* Adds up what is rare, over bounds for what is frequent. */
static void sum_up_block(zub_finder *finder, uint32_t block)
{
    take_lists(finder, block);
    double most = sum_up_lists(finder);
    finder->costs[block] = finder->lists[finder->rare_count].cost;
    if (finder->list_count == 0 || cut_at(finder, most) > 0) {
        finder->costs[block] = BLOCK_DONE;
        return;
    }
    zub_lanes_fill(sums_of(finder, block),
                   finder->similar->rests + first_of(block),
                   rows_of(finder, block), finder->frequent);
    if (add_rare(finder, block)) {
        finder->costs[block] = BLOCK_DONE;
        return;
    }
    collect(finder, block, 0, finder->costs[block] == 0);
    if (finder->floor > 0 && finder->counts[block] <= 2 * finder->best.k) {
        score_rows(finder, block, 0);
        finder->costs[block] = BLOCK_DONE;
    } else if (finder->probe.k == finder->similar->k)
        probe(finder, block);
}

/* True: few rows were left, and are scored. */
static bool score_block(zub_finder *finder, uint32_t block)
{
    if (finder->costs[block] == BLOCK_DONE)
        return true;
    bool is_whole = finder->costs[block] == 0;
    if (!is_whole && cut_at(finder, 0) <= FLT_MIN)
        return false;
    if (finder->counts[block] > MANY)
        collect(finder, block, 0, is_whole);
    else
        narrow(finder, block);
    if (!is_whole && !are_few(finder, block, finder->costs[block]))
        return false;
    score_rows(finder, block, 0);
    finder->costs[block] = BLOCK_DONE;
    return true;
}

/* ---- A block without: all lists of it ---- */

static void add_block(zub_finder *finder, uint32_t block)
{
    float *sums = sums_of(finder, block);

    take_lists(finder, block);
    if (finder->costs[block] == BLOCK_DONE)
        return;
    memset(sums, 0, ZUB_BLOCK_ROWS * sizeof *sums);
    for (size_t i = 0; i < finder->list_count; i++)
        add_list(finder, sums, &finder->lists[i]);
    collect(finder, block, 0, true);
    score_rows(finder, block, 0);
}

static void add_blocks(zub_finder *finder)
{
    for (size_t i = 0; i < finder->term_count; i++)
        finder->terms[i].run = finder->terms[i].first;
    for (uint32_t b = 0; b < finder->similar->shadows.blocks; b++)
        add_block(finder, b);
}

/* ---- A question ---- */

static void begin(zub_finder *finder, const zub_vector *query, uint64_t self)
{
    const zub_similar *similar = finder->similar;

    finder->query = query;
    finder->self = self;
    finder->size = similar->measure->size(query);
    finder->floor = similar->min_score;
    finder->slack = (double)(query->size + 16) * 0x1p-22 +
                    1.01 * sqrt((double)query->size) * 0x1p-16;
    zub_heap_clear(&finder->best);
    zub_heap_clear(&finder->leaders);
}

/* Bounds help where there is a floor, or may be one. */
static void search(zub_finder *finder)
{
    uint32_t blocks = (uint32_t)finder->similar->shadows.blocks;
    bool has_floor =
        finder->floor > 0 || finder->probe.k == finder->similar->k;
    bool are_done = has_floor;

    order_terms(finder);
    take_terms(finder);
    for (uint32_t b = 0; b < blocks; b++)
        if (has_floor)
            sum_up_block(finder, b);
        else
            finder->costs[b] = 0;
    for (uint32_t b = 0; has_floor && b < blocks; b++)
        if (!score_block(finder, b))
            are_done = false;
    if (!are_done)
        add_blocks(finder);
}

zub_status zub_finder_find(const zub_alike **out, size_t *count,
                           zub_finder *finder, const zub_vector *query,
                           uint64_t self, zub_error *error)
{
    *out = NULL;
    *count = 0;
    zub_error_clear(error);
    zub_status status =
        zub_similar_check_query(query, finder->similar->rows.columns, error);
    if (status != ZUB_OK)
        return status;
    if (!make_room(finder, query->size))
        return zub_fail_memory(error);
    begin(finder, query, self);
    zub_similar_spread(finder->dense, query, true);
    if (finder->size.scale > 0)
        search(finder);
    zub_similar_spread(finder->dense, query, false);
    const zub_scored *sorted = zub_heap_sort(&finder->best);
    for (size_t i = 0; i < finder->best.size; i++)
        finder->alikes[i] = (zub_alike){sorted[i].id, sorted[i].score};
    *out = finder->alikes;
    *count = finder->best.size;
    return ZUB_OK;
}
