/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* collocations.c - n-grams of a state, measured and sorted. A row is kept as
 * the number of its n-gram; what is shown of it is made when it is asked for.
 *
 * lambda of more than two words needs counts that no n-gram has with it
 * (ngram_cells.h). They are made for the rows, and only when lambda sorts for
 * all n-grams that could be one. */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/picker.h"
#include "base/spool.h"
#include "stats/ascending.h"
#include "stats/gram_batch.h"
#include "stats/ngram_cells.h"
#include "stats/shown.h"
#include "stats/statistic.h"

#define MOST_MEASURES 64u
#define LEAST_COUNT 5u
#define ROWS_HELD 128u /* 64 KiB in each array of terms, at most */
#define TERMS_HELD ((size_t)1 << 18)
#define MAPPED_ROUND                                                          \
    ((size_t)1 << 18) /* rows: what lies in files may have a
                                          limit of memory */

/* What a measure may ask for. */
typedef struct measured {
    const zub_contingency *pair;
    double vocabulary, min_count;
    double lambda, z;
} measured;

static double phrase(const measured *of)
{
    return zub_phrase_score(of->pair, of->vocabulary, of->min_count);
}

static double phrase_npmi(const measured *of)
{
    return zub_phrase_npmi(of->pair, of->min_count);
}

static double lambda(const measured *of)
{
    return of->lambda;
}

static double lambda_z(const measured *of)
{
    return of->z;
}

/* Those that the association measures do not have. */
static const struct own_measure {
    const char *name, *about;
    double (*of)(const measured *of);
    bool needs_cells;
} own[] = {
    {"phrase", "gensim's score of a phrase; 0 = the least count", phrase,
     false},
    {"phrase-npmi", "npmi, but -1 below the least count", phrase_npmi, false},
    {"lambda", "term of the highest order of a log-linear model", lambda,
     true},
    {"lambda-z", "lambda over its standard error", lambda_z, true},
};
#define OWN (sizeof own / sizeof *own)

typedef struct column {
    const zub_association *association; /* or NULL: */
    const struct own_measure *own;
} column;

struct zub_collocations {
    const zub_state *state;
    unsigned order, window;
    uint64_t min_count;
    column columns[MOST_MEASURES], sort; /* sort of neither: by count */
    size_t column_count;
    uint32_t word; /* that a row must have */
    bool has_word;
    uint32_t *rows; /* [row_count], numbers of n-grams */
    size_t row_count;
    double *cells; /* [row_count << order], or NULL */
    double values[MOST_MEASURES];
    zub_gram_batch batch;
    zub_shown surfaces;
};

/* ---- Names ---- */

static size_t associations(void)
{
    size_t count = 0;

    while (zub_association_at(count))
        count++;
    return count;
}

static const struct own_measure *own_at(size_t i)
{
    size_t before = associations();

    return i >= before && i - before < OWN ? &own[i - before] : NULL;
}

const char *zub_collocation_measure_name(size_t i)
{
    const zub_association *association = zub_association_at(i);
    const struct own_measure *mine = own_at(i);

    return association ? association->is.name : mine ? mine->name : NULL;
}

const char *zub_collocation_measure_about(size_t i)
{
    const zub_association *association = zub_association_at(i);
    const struct own_measure *mine = own_at(i);

    return association ? association->is.about : mine ? mine->about : NULL;
}

size_t zub_collocation_measure_find(const char *name)
{
    const char *at;

    for (size_t i = 0; (at = zub_collocation_measure_name(i)); i++)
        if (zub_is_statistic(at, name))
            return i;
    return SIZE_MAX;
}

static zub_status find_measure(column *out, const char *name, zub_error *error)
{
    size_t i = zub_collocation_measure_find(name);

    *out = (column){zub_association_at(i), own_at(i)};
    if (out->association || out->own)
        return ZUB_OK;
    return zub_fail(error, ZUB_EINVAL, "no measure '%.100s' of collocations",
                    name);
}

/* ---- Values ---- */

static uint64_t count_of(const zub_state *state, unsigned order, size_t id)
{
    return order == 1 ? state->counts[id]
                      : state->ngrams[order - 1].counts[id];
}

static zub_contingency pair_from(const zub_collocations *c, uint64_t count,
                                 uint64_t prefix_count, uint64_t last_count)
{
    double together = (double)count;

    return (zub_contingency){.n11 =
                                 c->window ? together / c->window : together,
                             .n1 = (double)prefix_count,
                             .n2 = (double)last_count,
                             .n = (double)c->state->tokens};
}

static zub_contingency pair_of(const zub_collocations *c, size_t id)
{
    const zub_state *state = c->state;
    const zub_ngrams *grams = &state->ngrams[c->order - 1];

    return pair_from(c, grams->counts[id],
                     count_of(state, c->order - 1, grams->prefix[id]),
                     state->counts[grams->last[id]]);
}

static bool needs_cells(const zub_collocations *c, const column *measure)
{
    return c->order > 2 && measure->own && measure->own->needs_cells;
}

/* Of two words it is the log odds ratio, of their own counts. */
static void measure_lambda(const zub_collocations *c, measured *of,
                           const double *cells)
{
    double full[1u << ZUB_MOST_ORDER];
    double pair[] = {of->pair->n, of->pair->n1, of->pair->n2, of->pair->n11};
    size_t size = (size_t)1 << c->order;

    if (c->order > 2 && !cells)
        return;
    memcpy(full, c->order > 2 ? cells : pair, size * sizeof *full);
    zub_lambda_cells(full, c->order);
    zub_lambda(&of->lambda, &of->z, full, c->order);
}

/* `cells` are the n-gram's own, or NULL. */
static double value_of(const zub_collocations *c, const column *measure,
                       const zub_contingency *pair, const double *cells)
{
    const zub_ngrams *grams = &c->state->ngrams[c->order - 1];
    measured of = {.pair = pair,
                   .vocabulary =
                       (double)c->state->term_count + (double)grams->count,
                   .min_count = (double)c->min_count};

    if (measure->association)
        return measure->association->of(pair);
    if (measure->own->needs_cells)
        measure_lambda(c, &of, cells);
    return measure->own->of(&of);
}

static double score_of(const zub_collocations *c, size_t id,
                       const double *cells)
{
    zub_contingency pair = pair_of(c, id);

    if (!c->sort.association && !c->sort.own)
        return (double)count_of(c->state, c->order, id);
    return value_of(c, &c->sort, &pair, cells);
}

/* ---- Candidates ---- */

static bool has_word(const zub_collocations *c, size_t id)
{
    uint32_t terms[ZUB_MOST_ORDER];

    zub_ngram_terms(terms, c->state, c->order, id);
    for (unsigned i = 0; i < c->order; i++)
        if (terms[i] == c->word)
            return true;
    return false;
}

/* Calls step(context, id) for each n-gram that may have a row, in order. */
static void each_candidate(const zub_collocations *c,
                           void (*step)(void *context, size_t id),
                           void *context)
{
    const zub_ngrams *grams = &c->state->ngrams[c->order - 1];
    bool is_mapped = c->state->is_mapped;
    zub_window prefix = zub_window_at(grams->prefix, is_mapped);
    zub_window last = zub_window_at(grams->last, is_mapped);
    zub_window counts = zub_window_at(grams->counts, is_mapped);

    for (size_t i = 0; i < grams->count; i++) {
        if (grams->counts[i] >= c->min_count &&
            (!c->has_word || has_word(c, i)))
            step(context, i);
        zub_window_pass(&prefix, &grams->prefix[i]);
        zub_window_pass(&last, &grams->last[i]);
        zub_window_pass(&counts, &grams->counts[i]);
    }
}

typedef struct selection {
    const zub_collocations *of;
    size_t count;
    uint32_t *ids; /* all of them, or NULL */
    zub_picker picker;
} selection;

static void count_one(void *context, size_t id)
{
    selection *chosen = context;

    (void)id;
    chosen->count++;
}

static void list_one(void *context, size_t id)
{
    selection *chosen = context;

    chosen->ids[chosen->count++] = (uint32_t)id;
}

/* What is not a number comes last. */
static void offer(selection *chosen, double score, size_t id)
{
    uint64_t key = score == score ? ~zub_ascending(score) : UINT64_MAX;

    zub_picker_offer(&chosen->picker, key, (uint32_t)id);
}

static void score_one(void *context, size_t id)
{
    selection *chosen = context;

    offer(chosen, score_of(chosen->of, id, NULL), id);
}

/* By a measure that needs the cells of all candidates. */
static zub_status score_by_cells(selection *chosen)
{
    const zub_collocations *c = chosen->of;
    size_t count = chosen->count;
    double *cells = zub_alloc(count << c->order, sizeof *cells);

    chosen->ids = zub_alloc(count, sizeof *chosen->ids);
    chosen->count = 0;
    zub_status status = cells && chosen->ids ? ZUB_OK : ZUB_ENOMEM;
    if (status == ZUB_OK) {
        each_candidate(c, list_one, chosen);
        status =
            zub_ngram_cells(cells, c->state, c->order, chosen->ids, count);
    }
    for (size_t i = 0; status == ZUB_OK && i < count; i++)
        offer(chosen, score_of(c, chosen->ids[i], cells + (i << c->order)),
              chosen->ids[i]);
    zub_free(cells);
    zub_free(chosen->ids);
    return status;
}

/* The next of all candidates, behind the rows there are. */
static zub_status pick_round(zub_collocations *c, selection *chosen,
                             size_t most)
{
    zub_picker *picker = &chosen->picker;
    zub_status status = ZUB_OK;

    if (needs_cells(c, &c->sort))
        status = score_by_cells(chosen);
    else
        each_candidate(c, score_one, chosen);
    zub_picker_end(picker);
    for (size_t i = 0; i < picker->size && c->row_count < most; i++)
        c->rows[c->row_count++] = picker->items[i].id;
    return status;
}

static zub_status pick_rows(zub_collocations *c, selection *chosen,
                            size_t most)
{
    bool has_rounds = c->state->is_mapped && !needs_cells(c, &c->sort);
    size_t round = has_rounds && most > MAPPED_ROUND ? MAPPED_ROUND : most;
    zub_status status = ZUB_OK;

    c->rows = zub_alloc(most, sizeof *c->rows);
    if (!c->rows || !zub_picker_init(&chosen->picker, round, chosen->count))
        return ZUB_ENOMEM;
    while (status == ZUB_OK && c->row_count < most &&
           zub_picker_begin(&chosen->picker))
        status = pick_round(c, chosen, most);
    zub_picker_release(&chosen->picker);
    return status;
}

static zub_status find_cells(zub_collocations *c)
{
    bool wants_cells = false;

    for (size_t i = 0; i < c->column_count; i++)
        wants_cells |= needs_cells(c, &c->columns[i]);
    if (!wants_cells)
        return ZUB_OK;
    c->cells = zub_alloc(c->row_count << c->order, sizeof *c->cells);
    return c->cells ? zub_ngram_cells(c->cells, c->state, c->order, c->rows,
                                      c->row_count)
                    : ZUB_ENOMEM;
}

static zub_status choose_rows(zub_collocations *c, uint64_t limit)
{
    selection chosen = {.of = c};

    each_candidate(c, count_one, &chosen);
    size_t most =
        limit > 0 && limit < chosen.count ? (size_t)limit : chosen.count;
    zub_status status = pick_rows(c, &chosen, most);
    if (status == ZUB_OK)
        status = find_cells(c);
    if (status == ZUB_OK &&
        (!zub_gram_batch_init(&c->batch, c->state, c->order, c->row_count) ||
         !zub_shown_init(&c->surfaces, c->state, true)))
        status = ZUB_ENOMEM;
    return status;
}

/* ---- What was asked ---- */

static zub_status take_measures(zub_collocations *c,
                                const zub_collocation_options *options,
                                zub_error *error)
{
    zub_status status = ZUB_OK;

    if (options->measure_count > MOST_MEASURES)
        return zub_fail(error, ZUB_EINVAL, "more than %u measures",
                        MOST_MEASURES);
    c->columns[0] = (column){zub_association_find(NULL), NULL};
    c->column_count = options->measure_count ? options->measure_count : 1;
    for (size_t i = 0; status == ZUB_OK && i < options->measure_count; i++)
        status = find_measure(&c->columns[i], options->measures[i], error);
    c->sort = c->columns[0];
    if (status != ZUB_OK || !options->sort)
        return status;
    c->sort = (column){NULL, NULL};
    return strcmp(options->sort, "count") == 0
               ? ZUB_OK
               : find_measure(&c->sort, options->sort, error);
}

static zub_status take_order(zub_collocations *c, unsigned words,
                             zub_error *error)
{
    c->order = words ? words : 2;
    c->window = zub_state_window(c->state);
    if (c->window && c->order != 2)
        return zub_fail(error, ZUB_EINVAL,
                        "a window has pairs, not n-grams of %u words",
                        c->order);
    if (c->order < 2 || c->order > c->state->high)
        return zub_fail(error, ZUB_EINVAL,
                        "the state has no n-grams of %u words (count it with "
                        "n-grams of 1-%u)",
                        c->order, c->order);
    return ZUB_OK;
}

static zub_status take_word(zub_collocations *c, zub_slice word,
                            zub_error *error)
{
    if (word.size == 0)
        return ZUB_OK;
    size_t term = zub_state_find(c->state, word);
    if (term == SIZE_MAX)
        return zub_fail(error, ZUB_ENOTFOUND, "no article has '%.*s'",
                        word.size < 100 ? (int)word.size : 100, word.data);
    c->has_word = true;
    c->word = (uint32_t)term;
    return ZUB_OK;
}

zub_status zub_collocations_new(zub_collocations **out, const zub_state *state,
                                const zub_collocation_options *options,
                                zub_error *error)
{
    static const zub_collocation_options defaults = {0};
    zub_collocations *c = zub_alloc_zero(1, sizeof *c);

    *out = NULL;
    zub_error_clear(error);
    if (!c)
        return zub_fail_memory(error);
    options = options ? options : &defaults;
    c->state = state;
    c->min_count = options->min_count ? options->min_count : LEAST_COUNT;
    zub_status status = take_measures(c, options, error);
    if (status == ZUB_OK)
        status = take_order(c, options->words, error);
    if (status == ZUB_OK)
        status = take_word(c, options->word, error);
    if (status == ZUB_OK && choose_rows(c, options->limit) != ZUB_OK)
        status = zub_fail_memory(error);
    if (status != ZUB_OK) {
        zub_collocations_free(c);
        return status;
    }
    *out = c;
    return ZUB_OK;
}

void zub_collocations_free(zub_collocations *collocations)
{
    if (!collocations)
        return;
    zub_free(collocations->rows);
    zub_free(collocations->cells);
    zub_gram_batch_release(&collocations->batch);
    zub_shown_release(&collocations->surfaces);
    zub_free(collocations);
}

/* ---- Rows ---- */

size_t zub_collocations_size(const zub_collocations *collocations)
{
    return collocations->row_count;
}

/* Words jump about in what they are made of: with a limit of memory it lies in
 * files, whose pages would all be resident in the end. Of few terms they may
 * be. */
static void let_go(const zub_collocations *c)
{
    if (c->state->is_mapped && c->state->term_count > TERMS_HELD)
        zub_state_let_go(c->state);
}

zub_collocation zub_collocations_at(zub_collocations *collocations, size_t i)
{
    zub_collocations *c = collocations;
    const zub_state *state = c->state;
    const zub_gram_facts *facts =
        zub_gram_batch_at(&c->batch, c->rows, c->row_count, i);

    if (i % ROWS_HELD == 0)
        let_go(c);
    zub_collocation row = {.words = c->order,
                           .count = facts->count,
                           .df = facts->df,
                           .values = c->values};

    for (unsigned w = 0; w < c->order; w++) {
        row.terms[w] = zub_state_term_bytes(state, facts->terms[w]);
        row.surfaces[w] = zub_shown_of(&c->surfaces, facts->terms[w]);
        row.counts[w] = state->counts[facts->terms[w]];
    }
    row.pair = pair_from(c, facts->count, facts->prefix_count,
                         row.counts[c->order - 1]);
    for (size_t m = 0; m < c->column_count; m++)
        c->values[m] = value_of(c, &c->columns[m], &row.pair,
                                c->cells ? c->cells + (i << c->order) : NULL);
    return row;
}
