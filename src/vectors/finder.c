/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* finder.c - the rows most like a query, without reading most of them.
 *
 * Cosines of shadows (resemblance.h) are summed up term at a time over a block
 * of rows, the terms that say most for their postings first. What the terms
 * still to come can add to any row is at most the length of their part of the
 * query (Cauchy and Schwarz, for a shadow is never longer than 1), and at most
 * their values times the largest that the block has. Once that, and the sum of
 * a row, cannot reach what the k-th best so far has, the row is out. When the
 * rows left cost less to score than the postings left to add up, they are
 * scored: exactly, by the measure's own sum, which is all that comes out. So
 * the order of terms, blocks and floats in here can be any.
 *
 * Sums in float err by at most 2^-23 a term, for all products together are at
 * most 1, and a dense value by half of one of its steps: `slack` is more than
 * that.
 *
 * (Term at a time: Buckley & Lewit 1985. Bounds by block: Ding & Suel 2011. The
 * length of a suffix: Bayardo, Ma & Srikant 2007; Anastasiu & Karypis 2014.) */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/order.h"
#include "vectors/similar.h"

#define ROW_COST                                                              \
    24                 /* what scoring a row costs but for its entries, in
                           postings */
#define ENTRY_COST 1.5 /* and each of these */
#define DENSE_COST 700 /* what a dense run costs, the same way */
#define LOOK_COST 5000 /* of lists that are worth a look at the rows left */
#define SHARP 0.4      /* of the goal: bounds above it leave too many rows */
#define SHARPER 0.8    /* between one look at the rows left and the next */

/* A term of the query. */
typedef struct asked_term {
    float value;       /* of the query's shadow */
    uint64_t run, end; /* its runs that are still to come */
} asked_term;

/* A term of the query in the block at hand, with what stands from it on. */
typedef struct active_list {
    const zub_run *run;
    float value;
    double cost; /* of it and those behind, in postings */
    double rest; /* what they can add to a row at most */
} active_list;

struct zub_finder {
    const zub_similar *similar;
    const zub_lanes *lanes;
    float *dense;     /* [columns], 0 between questions */
    float *sums;      /* [ZUB_BLOCK_ROWS] */
    uint16_t *places; /* [ZUB_BLOCK_ROWS], rows of the block that are left */
    size_t place_count;
    asked_term *terms; /* [term_count], those that say most first */
    active_list *lists;
    zub_keyed *keys, *scratch;
    size_t term_count, list_count;
    size_t term_capacity, list_capacity, key_capacity, scratch_capacity;
    zub_heap best, probe;
    zub_alike *alikes; /* [k] */

    /* The question at hand. */
    const zub_vector *query;
    zub_row_size size;
    uint64_t self;
    double floor;              /* what k rows are known to have */
    double float_slack, slack; /* of sums in float; of those in the block */
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
    finder->lanes = zub_lanes_here();
    finder->dense = zub_alloc_zero(columns, sizeof *finder->dense);
    finder->sums = zub_alloc(ZUB_BLOCK_ROWS, sizeof *finder->sums);
    finder->places = zub_alloc(ZUB_BLOCK_ROWS, sizeof *finder->places);
    finder->alikes = zub_alloc(k, sizeof *finder->alikes);
    bool is_whole =
        finder->dense && finder->sums && finder->places && finder->alikes &&
        zub_heap_init(&finder->best, k) &&
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
    zub_heap_release(&finder->probe);
    zub_free(finder->dense);
    zub_free(finder->sums);
    zub_free(finder->places);
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

/* What adding a run up costs, in postings. */
static float cost_of(const zub_run *run)
{
    return run->dense == ZUB_NOT_DENSE ? (float)(run[1].start - run->start)
                                       : DENSE_COST;
}

/* Terms with many postings for what they can add come last. */
static void order_terms(zub_finder *finder)
{
    const zub_similar *similar = finder->similar;
    const zub_postings *lists = &similar->shadows;
    const zub_vector *query = finder->query;
    size_t count = 0;

    for (size_t i = 0; i < query->size; i++) {
        float value =
            similar->measure->shadow(query->values[i], finder->size.scale);
        uint64_t first = lists->lists[query->cols[i]];
        uint64_t end = lists->lists[query->cols[i] + 1];
        if (value == 0 || first == end)
            continue;
        float cost = 0;
        for (uint64_t run = first; run < end; run++)
            cost += cost_of(&lists->runs[run]);
        finder->keys[count++] =
            (zub_keyed){rough(cost / (value * value + FLT_MIN)), (uint32_t)i};
    }
    zub_order_keys(finder->keys, finder->scratch, count);
    finder->term_count = count;
}

static void take_terms(zub_finder *finder)
{
    const zub_similar *similar = finder->similar;
    const zub_vector *query = finder->query;

    for (size_t i = 0; i < finder->term_count; i++) {
        uint32_t at = finder->keys[i].id;
        finder->terms[i] = (asked_term){
            similar->measure->shadow(query->values[at], finder->size.scale),
            similar->shadows.lists[query->cols[at]],
            similar->shadows.lists[query->cols[at] + 1]};
    }
}

/* ---- A block ---- */

/* Lists are far from each other in memory. */
static void ask_for_run(const zub_finder *finder, const zub_run *run)
{
    const zub_postings *all = &finder->similar->shadows;

    __builtin_prefetch(all->places + run->start);
    __builtin_prefetch(all->values + run->start);
}

/* The terms that the block has, and what is left from each of them on. */
static void take_lists(zub_finder *finder, uint32_t block)
{
    const zub_run *runs = finder->similar->shadows.runs;
    active_list *lists = finder->lists;
    size_t count = 0;

    for (size_t i = 0; i < finder->term_count; i++) {
        asked_term *term = &finder->terms[i];
        const zub_run *run = &runs[term->run];
        if (term->run == term->end || run->block != block)
            continue;
        term->run++;
        ask_for_run(finder, run);
        lists[count++] = (active_list){run, term->value, 0, 0};
    }
    finder->list_count = count;
    lists[count] = (active_list){0};
}

static void sum_up_rests(zub_finder *finder)
{
    active_list *lists = finder->lists;
    double squares = 0, products = 0, cost = 0;

    finder->slack = finder->float_slack;
    for (size_t i = finder->list_count; i-- > 0;) {
        double value = fabs((double)lists[i].value);
        squares += value * value;
        products += value * (double)lists[i].run->largest;
        cost += (double)cost_of(lists[i].run);
        lists[i].cost = cost;
        if (lists[i].run->dense != ZUB_NOT_DENSE)
            finder->slack += value * (double)lists[i].run->largest /
                             (2 * ZUB_DENSE_STEPS) * 1.001;
        lists[i].rest = fmin(sqrt(squares), products);
    }
}

static void add_list(zub_finder *finder, const active_list *list)
{
    const zub_postings *all = &finder->similar->shadows;
    const zub_run *run = list->run;
    const uint16_t *places = all->places + run->start;
    const float *values = all->values + run->start;
    size_t size = (size_t)(run[1].start - run->start);
    float *sums = finder->sums, value = list->value;

    if (run->dense != ZUB_NOT_DENSE) {
        finder->lanes->add(sums,
                           all->dense + (size_t)run->dense * ZUB_BLOCK_ROWS,
                           value * run->largest / ZUB_DENSE_STEPS);
        return;
    }
    for (size_t i = 0; i < size; i++)
        sums[places[i]] += value * values[i];
}

/* ---- The rows that are left ---- */

static size_t rows_of(const zub_finder *finder, uint32_t block)
{
    size_t left = finder->similar->rows.rows - (size_t)block * ZUB_BLOCK_ROWS;

    return left < ZUB_BLOCK_ROWS ? left : ZUB_BLOCK_ROWS;
}

/* Rows whose sum is `cut`, above 0, or more. */
static void collect_from(zub_finder *finder, size_t rows, float cut)
{
    finder->place_count =
        finder->lanes->collect(finder->places, finder->sums, rows, cut);
}

static void collect_all(zub_finder *finder, size_t rows)
{
    for (size_t i = 0; i < rows; i++)
        finder->places[i] = (uint16_t)i;
    finder->place_count = rows;
}

/* The least sum with which a row, to which `rest` may come, is still in; 0 or
 * less: with any. */
static double cut_at(const zub_finder *finder, double rest)
{
    return finder->similar->measure->need(finder->floor) - rest -
           finder->slack;
}

/* Rows that may be among the best. Without a floor those that have any of the
 * terms, once all of them are summed up. */
static void collect(zub_finder *finder, size_t rows, double rest)
{
    double cut = cut_at(finder, rest);

    if (cut > FLT_MIN)
        collect_from(finder, rows, (float)cut);
    else if (rest == 0 && !finder->similar->has_negatives)
        collect_from(finder, rows, FLT_TRUE_MIN);
    else
        collect_all(finder, rows);
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

    __builtin_prefetch(similar->cols + start);
    __builtin_prefetch(similar->values + start);
}

/* Scores the rows that were collected, but those that the rising floor has
 * left behind. */
static void score_rows(zub_finder *finder, size_t first, double rest)
{
    double cut = cut_at(finder, rest);
    double least = finder->similar->min_score;

    for (size_t i = 0; i < finder->place_count; i++) {
        uint16_t place = finder->places[i];
        if (i + 2 < finder->place_count)
            ask_for(finder, first + finder->places[i + 2]);
        if ((double)finder->sums[place] < cut)
            continue;
        double score = score_of(finder, first + place);
        if (!zub_similar_counts(score, least))
            continue;
        zub_heap_add(&finder->best, score, (uint32_t)(first + place));
        if (finder->best.size == finder->best.k) {
            raise_floor(finder, &finder->best);
            cut = cut_at(finder, rest);
        }
    }
}

/* A floor to begin with: what the k rows have that lead so far. */
static void probe(zub_finder *finder, size_t first, size_t rows)
{
    zub_heap *probe = &finder->probe;
    double worst = 0;

    if (probe->k < finder->similar->k)
        return;
    zub_heap_clear(probe);
    collect_from(finder, rows, FLT_TRUE_MIN);
    for (size_t i = 0; i < finder->place_count; i++) {
        uint16_t place = finder->places[i];
        double sum = (double)finder->sums[place];
        if (sum <= worst || first + place == finder->self)
            continue;
        zub_heap_add(probe, sum, place);
        worst = probe->size == probe->k ? probe->items[0].score : 0;
    }
    if (probe->size < probe->k)
        return;
    double least = INFINITY;
    for (size_t i = 0; i < probe->size; i++)
        least = fmin(least, score_of(finder, first + probe->items[i].id));
    finder->floor = fmax(finder->floor, least);
}

/* Whether the rows left are few enough to be scored now; they are collected
 * then. */
static bool are_few(zub_finder *finder, size_t rows, const active_list *from)
{
    collect(finder, rows, from->rest);
    return (double)finder->place_count * finder->row_cost <= from->cost;
}

/* Adds lists up until the rows left are few; returns how many were added. */
static size_t add_lists(zub_finder *finder, size_t rows)
{
    const active_list *lists = finder->lists;
    double look = SHARP * finder->similar->measure->need(finder->floor);
    size_t i = 0;

    for (; i < finder->list_count; i++) {
        if (lists[i].rest < look && lists[i].cost > LOOK_COST) {
            if (are_few(finder, rows, &lists[i]))
                break;
            look = SHARPER * lists[i].rest;
        }
        add_list(finder, &lists[i]);
    }
    return i;
}

static void search_block(zub_finder *finder, uint32_t block)
{
    size_t first = (size_t)block * ZUB_BLOCK_ROWS;
    size_t rows = rows_of(finder, block);

    take_lists(finder, block);
    sum_up_rests(finder);
    if (finder->list_count == 0 || cut_at(finder, finder->lists[0].rest) > 0)
        return;
    memset(finder->sums, 0, ZUB_BLOCK_ROWS * sizeof *finder->sums);
    size_t added = add_lists(finder, rows);
    if (added == finder->list_count) {
        if (finder->best.size < finder->best.k)
            probe(finder, first, rows);
        collect(finder, rows, 0);
    }
    score_rows(finder, first, finder->lists[added].rest);
}

/* ---- A question ---- */

static void begin(zub_finder *finder, const zub_vector *query, uint64_t self)
{
    const zub_similar *similar = finder->similar;

    finder->query = query;
    finder->self = self;
    finder->size = similar->measure->size(query);
    finder->floor = similar->min_score;
    finder->float_slack = (double)(query->size + 8) * 0x1p-23;
    zub_heap_clear(&finder->best);
}

static void search(zub_finder *finder)
{
    const zub_similar *similar = finder->similar;

    order_terms(finder);
    take_terms(finder);
    for (uint32_t b = 0; b < similar->shadows.blocks; b++)
        search_block(finder, b);
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
