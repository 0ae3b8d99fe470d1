/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* listing.c - zub_listing_* of zubda.h: which rows, in which order.
 *
 * Rows are picked in rounds (base/picker.h): a round offers every term and
 * keeps those that come next, so that the order costs a bounded memory. Terms
 * are offered in byte order of their keys, which is therefore the order of
 * equals. Parts have rounds of their own, one part after another. */
#include "stats/listing.h"

#include "base/error.h"
#include "base/mem.h"

#define LEAST_ROUND 4096u /* rows, whatever the limit of memory */
#define OFFERS (1u << 16) /* offers between two letting goes */
#define PARTS_A_WINDOW 64u
#define ROWS_AHEAD 8u
#define ROWS_A_WINDOW 256u /* rows here and there map 16 pages each, at most */

/* ---- What is asked for ---- */

static bool needs_division(const zub_listing_options *options)
{
    return options->rows != ZUB_LISTING_WHOLE || options->measure_count > 0 ||
           options->is_grouped;
}

static zub_status check_articles(const zub_state *state, zub_error *error)
{
    if (!state->has_articles)
        return zub_fail(error, ZUB_EINVAL,
                        "the state has no counts of each article, so there "
                        "are no parts (count again with --rows)");
    return state->low == 1
               ? ZUB_OK
               : zub_fail(error, ZUB_EINVAL,
                          "the state has no counts of single words of each "
                          "article (count again with --ngram 1-%u)",
                          state->high);
}

static zub_status check_ngrams(const zub_state *state,
                               const zub_listing_options *options,
                               zub_error *error)
{
    if (options->low == 0 && options->high == 0)
        return ZUB_OK;
    if (options->rows != ZUB_LISTING_WHOLE || options->measure_count > 0)
        return zub_fail(error, ZUB_EINVAL, "n-grams have no parts");
    if (options->low == 0 || options->low > options->high)
        return zub_fail(error, ZUB_EINVAL, "no n-gram has %u to %u words",
                        options->low, options->high);
    return options->high <= state->high
               ? ZUB_OK
               : zub_fail(error, ZUB_EINVAL,
                          "the state has no n-grams of %u words (count again "
                          "with --ngram %u-%u)",
                          options->high, options->low, options->high);
}

static zub_status check_options(const zub_state *state,
                                const zub_listing_options *options,
                                zub_error *error)
{
    zub_status status = check_ngrams(state, options, error);

    if (status == ZUB_OK && (unsigned)options->rows >= ZUB_LISTING_KINDS)
        return zub_fail(error, ZUB_EINVAL, "there are no such rows");
    if (status == ZUB_OK && needs_division(options))
        status = check_articles(state, error);
    return status;
}

/* Every term and n-gram that may be listed has a number of 32 bits. */
static zub_status number_all(zub_listing *listing, zub_error *error)
{
    const zub_listing_options *options = &listing->options;

    listing->low = options->low ? options->low : 1;
    listing->high = options->high ? options->high : 1;
    for (unsigned n = listing->low; n <= listing->high; n++) {
        listing->bases[n - 1] = listing->bound;
        listing->bound += zub_grams_of(listing->state, n);
    }
    return listing->bound < UINT32_MAX
               ? ZUB_OK
               : zub_fail(error, ZUB_ELIMIT,
                          "more than 2^32 - 1 n-grams to list");
}

/* ---- Offering ---- */

static bool is_frequent(const zub_listing_options *options,
                        const zub_row_facts *facts)
{
    zub_amount least = options->min_df;
    double df = least.is_share ? least.value * facts->articles : least.value;

    return facts->count > 0 && facts->count >= options->min_count &&
           (double)facts->df >= df;
}

static void offer(zub_listing *listing, zub_row_facts *facts)
{
    const double *values = (const void *)listing->sort_values.bytes.data;

    listing->offered++;
    if (!is_frequent(&listing->options, facts))
        return;
    if (values)
        listing->values[listing->deciding] = values[facts->gram.id];
    zub_picker_offer(&listing->picker, zub_listing_key(listing, facts),
                     zub_listing_number(listing, facts->gram));
}

static void let_go(const zub_listing *listing)
{
    if (listing->options.memory == 0)
        return;
    zub_state_let_go(listing->state);
    zub_let_go(listing->sort_values.bytes.data,
               listing->sort_values.bytes.size,
               listing->sort_values.is_mapped);
}

static zub_row_facts facts_of(const zub_listing *listing, zub_gram_id gram)
{
    const zub_state *state = listing->state;

    return (zub_row_facts){.gram = gram,
                           .part = ZUB_NO_PART,
                           .count = zub_gram_count(state, gram),
                           .df = zub_gram_df(state, gram),
                           .tokens = (double)state->tokens,
                           .articles = (double)state->articles,
                           .values = listing->values};
}

static void offer_all(zub_listing *listing)
{
    zub_gram_walk walk;
    zub_gram_id gram;

    zub_gram_walk_init(&walk, listing->state, listing->low, listing->high);
    for (size_t i = 1; zub_gram_walk_next(&walk, &gram); i++) {
        zub_row_facts facts = facts_of(listing, gram);
        offer(listing, &facts);
        if (i % OFFERS == 0)
            let_go(listing);
    }
}

/* A term in a part. */
static zub_row_facts facts_in(const zub_listing *listing, uint32_t term,
                              size_t part, uint64_t count, uint64_t df)
{
    const zub_division *division = &listing->division;

    return (zub_row_facts){.gram = {1, term},
                           .part = part,
                           .count = count,
                           .df = df,
                           .tokens = division->sizes[part],
                           .articles =
                               (double)zub_division_articles(division, part)};
}

static zub_row_facts facts_at_part(const zub_listing *listing, uint32_t term)
{
    const zub_part_counts *counts = &listing->counts;

    return facts_in(listing, term, listing->part_at, counts->counts[term],
                    counts->df[term]);
}

static void offer_part(zub_listing *listing)
{
    const zub_part_counts *counts = &listing->counts;

    for (size_t i = 0; i < counts->met_count; i++) {
        zub_row_facts facts = facts_at_part(listing, counts->met[i]);
        offer(listing, &facts);
    }
}

/* ---- Rounds ---- */

static bool is_by_part(const zub_listing *listing)
{
    return listing->options.rows == ZUB_LISTING_PARTS;
}

static uint64_t limit_of(const zub_listing *listing)
{
    uint64_t limit = listing->options.limit;

    return limit ? limit : UINT64_MAX;
}

/* The next part's counts are to be picked from; false after the last. */
static bool next_part(zub_listing *listing, zub_status *status)
{
    size_t next = listing->part_at + 1; /* ZUB_NO_PART: the first */

    if (next == listing->division.count)
        return false;
    listing->part_at = next;
    listing->left = limit_of(listing);
    listing->at = 0;
    zub_picker_clear(&listing->picker);
    *status = zub_part_counts_fill(&listing->counts, &listing->division, next);
    if (next % PARTS_A_WINDOW == 0)
        let_go(listing);
    return *status == ZUB_OK;
}

static bool begin_round(zub_listing *listing)
{
    bool has_source = !is_by_part(listing) || listing->part_at != ZUB_NO_PART;

    if (!has_source || listing->left == 0 ||
        !zub_picker_begin(&listing->picker))
        return false;
    listing->offered = 0;
    if (is_by_part(listing))
        offer_part(listing);
    else
        offer_all(listing);
    zub_picker_end(&listing->picker);
    listing->at = 0;
    listing->batch_start = listing->batch_end = 0;
    let_go(listing);
    return true;
}

/* Whether something was picked at `at`, perhaps in another round or part. */
static bool has_item(zub_listing *listing, zub_status *status)
{
    while (listing->left == 0 || listing->at == listing->picker.size)
        if (!begin_round(listing) &&
            (!is_by_part(listing) || !next_part(listing, status)))
            return false;
    return true;
}

/* ---- Rows ---- */

static zub_status make_cells(zub_listing *listing, const zub_row_facts *facts)
{
    listing->nulls = 0;
    for (size_t i = 0; i < listing->column_count; i++)
        listing->makers[i](&listing->cells[i], listing, facts, i);
    if (++listing->passed % ROWS_A_WINDOW == 0)
        let_go(listing);
    return listing->surface.status != ZUB_OK ? listing->surface.status
                                             : listing->key.status;
}

/* The term at hand is done with. */
static void step(zub_listing *listing)
{
    listing->at++;
    listing->left--;
}

static zub_status whole_row(zub_listing *listing, zub_gram_id gram)
{
    zub_row_facts facts = facts_of(listing, gram);
    zub_status status = ZUB_OK;

    if (listing->measure_count > 0)
        status = zub_listing_measure(listing);
    if (status == ZUB_OK)
        status = make_cells(listing, &facts);
    step(listing);
    return status;
}

static zub_status series_row(zub_listing *listing, zub_gram_id gram)
{
    const zub_shares *shares = &listing->shares;
    size_t slot = listing->at - listing->batch_start;
    uint64_t at = shares->starts[slot] + listing->share++;
    const zub_share *share = &shares->items[at];
    zub_row_facts facts =
        facts_in(listing, gram.id, share->part, share->count, share->df);

    if (at + 1 >= shares->ends[slot]) {
        listing->share = 0;
        step(listing);
    }
    return make_cells(listing, &facts);
}

static zub_status part_row(zub_listing *listing, zub_gram_id gram)
{
    zub_row_facts facts = facts_at_part(listing, gram.id);

    step(listing);
    return make_cells(listing, &facts);
}

/* A row to come; false: not in this round. */
static bool peek(zub_gram_id *out, const zub_listing *listing, size_t ahead)
{
    const zub_picker *picker = &listing->picker;

    if (ahead >= picker->size - listing->at)
        return false;
    *out = zub_listing_gram(listing, picker->items[listing->at + ahead].id);
    return true;
}

static void ask_facts(const zub_state *state, zub_gram_id gram)
{
    const zub_ngrams *grams = &state->ngrams[gram.order - 1];

    if (gram.order == 1) {
        __builtin_prefetch(&state->counts[gram.id]);
        __builtin_prefetch(&state->df[gram.id]);
        return;
    }
    __builtin_prefetch(&grams->counts[gram.id]);
    __builtin_prefetch(&grams->df[gram.id]);
    __builtin_prefetch(&grams->prefix[gram.id]);
    __builtin_prefetch(&grams->last[gram.id]);
}

/* Rows jump about in what they are made of, one thing named by another. Each
 * is asked for some rows before it is needed; waiting for it was half of what
 * a listing of n-grams cost. */
static void ask_ahead(const zub_listing *listing)
{
    const zub_shown *surfaces = &listing->surfaces;
    uint32_t words[ZUB_MOST_ORDER];
    zub_gram_id gram;

    if (peek(&gram, listing, 3 * ROWS_AHEAD))
        ask_facts(listing->state, gram);
    if (!surfaces->slots || !peek(&gram, listing, 2 * ROWS_AHEAD))
        return;
    zub_gram_words(listing->state, gram, words);
    for (unsigned n = 0; n < gram.order; n++)
        zub_shown_ask(surfaces, words[n]);
    peek(&gram, listing, ROWS_AHEAD);
    zub_gram_words(listing->state, gram, words);
    for (unsigned n = 0; n < gram.order; n++)
        zub_shown_fetch(surfaces, words[n]);
}

static zub_status make_row(zub_listing *listing)
{
    static zub_status (*const rows[])(zub_listing *, zub_gram_id) = {
        [ZUB_LISTING_WHOLE] = whole_row,
        [ZUB_LISTING_PARTS] = part_row,
        [ZUB_LISTING_SERIES] = series_row,
    };
    bool needs_shares = listing->shares.slots && !is_by_part(listing);
    zub_status status = ZUB_OK;

    if (needs_shares && listing->at >= listing->batch_end)
        status = zub_listing_find_shares(listing);
    if (status != ZUB_OK)
        return status;
    ask_ahead(listing);
    zub_gram_id gram =
        zub_listing_gram(listing, listing->picker.items[listing->at].id);
    return rows[listing->options.rows](listing, gram);
}

zub_status zub_listing_next(const zub_cell **cells, uint64_t *nulls,
                            zub_listing *listing, zub_error *error)
{
    zub_status status = ZUB_OK;
    bool is_there;

    *cells = NULL;
    *nulls = 0;
    zub_error_clear(error);
    is_there = has_item(listing, &status);
    if (status == ZUB_OK && is_there)
        status = make_row(listing);
    if (status != ZUB_OK)
        return zub_fail(error, status, "%s", zub_status_text(status));
    if (is_there) {
        *cells = listing->cells;
        *nulls = listing->nulls;
    }
    return ZUB_OK;
}

/* ---- A listing ---- */

/* Without a limit everything is sorted at once. */
static bool init_picker(zub_listing *listing)
{
    uint64_t most = limit_of(listing), memory = listing->options.memory;
    uint64_t fitting = memory / 4 / (4 * sizeof(zub_keyed));

    if (memory > 0 && most > fitting)
        most = fitting;
    if (memory > 0 && most < LEAST_ROUND)
        most = LEAST_ROUND;
    if (most > listing->bound)
        most = listing->bound;
    if (most == 0)
        most = 1;
    return zub_picker_init(&listing->picker, (size_t)most,
                           (size_t)listing->bound);
}

static zub_status divide(zub_listing *listing, zub_error *error)
{
    zub_status status = zub_division_init(&listing->division, listing->state,
                                          listing->options.is_grouped);

    if (status == ZUB_OK && is_by_part(listing))
        status = zub_part_counts_init(&listing->counts, listing->state);
    else if (status == ZUB_OK)
        status = zub_shares_init(&listing->shares, &listing->division);
    if (status != ZUB_OK)
        return zub_fail(error, status, "%s", zub_status_text(status));
    return listing->deciding != ZUB_NO_MEASURE
               ? zub_listing_measure_all(listing, error)
               : ZUB_OK;
}

static zub_status prepare(zub_listing *listing, zub_error *error)
{
    zub_status status = zub_listing_choose(listing, error);

    if (status == ZUB_OK)
        status = number_all(listing, error);
    if (status == ZUB_OK && needs_division(&listing->options))
        status = divide(listing, error);
    if (status == ZUB_OK && listing->high > 1 &&
        !zub_shown_init(&listing->surfaces, listing->state,
                        listing->options.memory > 0))
        status = zub_fail_memory(error);
    if (status == ZUB_OK && !init_picker(listing))
        status = zub_fail_memory(error);
    return status;
}

zub_status zub_listing_new(zub_listing **out, const zub_state *state,
                           const zub_listing_options *options,
                           zub_error *error)
{
    static const zub_listing_options defaults = {0};
    zub_listing *listing;

    *out = NULL;
    zub_error_clear(error);
    options = options ? options : &defaults;
    zub_status status = check_options(state, options, error);
    if (status != ZUB_OK)
        return status;
    listing = zub_alloc_zero(1, sizeof *listing);
    if (!listing)
        return zub_fail_memory(error);
    listing->state = state;
    listing->options = *options;
    listing->part_at = ZUB_NO_PART;
    listing->left = limit_of(listing);
    zub_buffer_init(&listing->surface, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&listing->key, ZUB_BUFFER_UNLIMITED);
    status = prepare(listing, error);
    if (status == ZUB_OK)
        *out = listing;
    else
        zub_listing_free(listing);
    return status;
}

void zub_listing_free(zub_listing *listing)
{
    if (!listing)
        return;
    zub_picker_release(&listing->picker);
    zub_part_counts_release(&listing->counts);
    zub_shares_release(&listing->shares);
    zub_division_release(&listing->division);
    zub_file_close(&listing->sort_values);
    zub_buffer_release(&listing->surface);
    zub_buffer_release(&listing->key);
    zub_shown_release(&listing->surfaces);
    zub_free(listing->batch);
    zub_free(listing->part_counts);
    zub_free(listing->part_sizes);
    zub_free(listing->scratch);
    zub_free(listing);
}

zub_status zub_listing_check(const zub_listing_options *options,
                             zub_error *error)
{
    zub_listing *listing = zub_alloc_zero(1, sizeof *listing);

    zub_error_clear(error);
    if (!listing)
        return zub_fail_memory(error);
    listing->options = *options;
    zub_status status = zub_listing_choose(listing, error);
    zub_listing_free(listing);
    return status;
}

const zub_column *zub_listing_columns(size_t *count,
                                      const zub_listing *listing)
{
    *count = listing->column_count;
    return listing->columns;
}

zub_listing_facts zub_listing_about(const zub_listing *listing)
{
    return (zub_listing_facts){listing->division.filled,
                               listing->division.nameless};
}
