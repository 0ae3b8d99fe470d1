/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* seal.c - a counter's counts into a state: everything in its order, and each
 * id of arrival replaced by its place in that order. What the counter holds is
 * given back as soon as it has been copied. */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/order.h"
#include "terms/counter.h"
#include "terms/row_sort.h"
#include "terms/surfaces.h"

#define MOST_BLOCKS 64u
#define SUMS_AHEAD 24u /* read in the order of ranks, so at random */

/* The state and the memory its arrays lie in. */
typedef struct sealed {
    zub_state *state;
    void *blocks[MOST_BLOCKS];
    size_t block_count;
} sealed;

/* Of the n-grams of one order; [their number]. */
typedef struct gram_counts {
    uint64_t *counts;
    uint32_t *df;
} gram_counts;

/* Places of what was counted, by id of arrival. */
typedef struct ranks {
    zub_slice *names;             /* [terms], by id; until they are copied */
    uint32_t *order;              /* [terms], ids in order */
    uint32_t *of[ZUB_MOST_ORDER]; /* [order - 1][id] */
    gram_counts grams[ZUB_MOST_ORDER]; /* the state's, from order 2 on */
} rank_table;

static void release_sealed(void *memory)
{
    sealed *owned = memory;

    for (size_t i = 0; i < owned->block_count; i++)
        zub_free(owned->blocks[i]);
    zub_free(owned);
}

/* Memory that the state keeps; NULL without. */
static void *take_block(sealed *owned, size_t count, size_t size)
{
    void *block = zub_alloc(count, size);

    if (block)
        owned->blocks[owned->block_count++] = block;
    return block;
}

/* What the counter allocated becomes the state's. */
static void adopt(sealed *owned, void *block)
{
    if (block)
        owned->blocks[owned->block_count++] = block;
}

/* ---- Terms ---- */

static zub_status rank_terms(rank_table *ranks, const zub_counter *counter)
{
    size_t size = counter->term_count;

    ranks->names = zub_alloc(size, sizeof *ranks->names);
    ranks->order = zub_alloc(size, sizeof *ranks->order);
    ranks->of[0] = zub_alloc(size, sizeof *ranks->of[0]);
    if (!ranks->names || !ranks->order || !ranks->of[0])
        return ZUB_ENOMEM;
    zub_names_list(&counter->terms, ranks->names);
    zub_status status = zub_order_names(ranks->order, ranks->names, size);
    for (size_t i = 0; status == ZUB_OK && i < size; i++)
        ranks->of[0][ranks->order[i]] = (uint32_t)i;
    return status;
}

static zub_status seal_terms(sealed *owned, const zub_counter *counter,
                             const rank_table *ranks)
{
    size_t size = counter->term_count, bytes = 0;
    uint64_t *ends = take_block(owned, size, sizeof *ends);
    uint32_t *df = take_block(owned, size, sizeof *df);

    if (!ends || !df)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < size; i++) {
        bytes += ranks->names[ranks->order[i]].size;
        ends[i] = bytes;
        df[i] = counter->marks[ranks->order[i]].df;
    }
    char *text = take_block(owned, bytes, 1);
    if (!text)
        return ZUB_ENOMEM;
    owned->state->term_bytes = text;
    for (size_t i = 0; i < size; i++) {
        zub_slice name = ranks->names[ranks->order[i]];
        memcpy(text, name.data, name.size);
        text += name.size;
    }
    owned->state->term_count = size;
    owned->state->term_ends = ends;
    owned->state->df = df;
    return ZUB_OK;
}

/* ---- Counts ---- */

static bool is_counted(const zub_type *type)
{
    return type->tag != 0 && type->value < ZUB_DROPPED;
}

/* Nobody looks types up any more: where they count as one term, their values
 * become its place. Returns how many count as something. */
static size_t rank_types(zub_counter *counter, const uint32_t *rank)
{
    size_t forms = 0;

    for (size_t v = 0; v < counter->vocabulary_count; v++) {
        zub_types *types = &counter->vocabularies[v];
        for (size_t i = 0; types->slots && i <= types->mask; i++) {
            zub_type *type = &types->slots[i];
            if (!is_counted(type))
                continue;
            if (!counter->is_plural)
                type->value = rank[type->value];
            forms++;
        }
    }
    return forms;
}

static void add_list(uint64_t *counts, const uint32_t *list,
                     const uint32_t *rank, uint32_t count)
{
    for (uint32_t i = 0; i < list[ZUB_LIST_COUNT]; i++)
        counts[rank[list[ZUB_LIST_HEAD + i]]] += count;
}

static void add_counts(uint64_t *counts, const zub_counter *counter,
                       const zub_types *types, const uint32_t *rank)
{
    for (size_t i = 0; types->slots && i <= types->mask; i++) {
        const zub_type *type = &types->slots[i];
        if (!is_counted(type))
            continue;
        if (counter->is_plural)
            add_list(counts, counter->lists + type->value, rank, type->count);
        else
            counts[type->value] += type->count;
    }
}

static zub_status seal_counts(sealed *owned, const zub_counter *counter,
                              const rank_table *ranks)
{
    size_t size = counter->term_count;
    uint64_t *counts = take_block(owned, size, sizeof *counts);

    if (!counts)
        return ZUB_ENOMEM;
    memset(counts, 0, size * sizeof *counts);
    for (size_t v = 0; v < counter->vocabulary_count; v++)
        add_counts(counts, counter, &counter->vocabularies[v], ranks->of[0]);
    owned->state->counts = counts;
    return ZUB_OK;
}

/* ---- Surface forms ---- */

static zub_status copy_forms(sealed *owned, const zub_surfaces *forms)
{
    uint64_t *ends = take_block(owned, forms->size, sizeof *ends);
    uint64_t *counts = take_block(owned, forms->size, sizeof *counts);
    char *text = take_block(owned, forms->bytes, 1);

    if (!ends || !counts || !text)
        return ZUB_ENOMEM;
    zub_surfaces_copy(forms, text, ends);
    for (size_t i = 0; i < forms->size; i++)
        counts[i] = forms->items[i].count;
    owned->state->form_bytes = text;
    owned->state->form_count = forms->size;
    owned->state->form_ends = ends;
    owned->state->form_counts = counts;
    return ZUB_OK;
}

/* Runs of characters have none. */
static zub_status seal_forms(sealed *owned, const zub_counter *counter,
                             size_t most)
{
    size_t terms = counter->term_count;
    uint64_t *starts = take_block(owned, terms + 1, sizeof *starts);
    zub_surfaces forms;

    if (!starts)
        return ZUB_ENOMEM;
    owned->state->form_starts = starts;
    zub_status status =
        zub_surfaces_gather(&forms, starts, counter->vocabularies,
                            counter->is_plural ? 0 : counter->vocabulary_count,
                            counter->is_plural ? 0 : most, terms);
    if (status == ZUB_OK)
        status = copy_forms(owned, &forms);
    zub_surfaces_release(&forms);
    return status;
}

/* ---- N-grams ---- */

/* N-grams by their ranks. */
static zub_status order_grams(zub_keyed **out, const zub_grams *grams,
                              const uint32_t *prefix, const uint32_t *term)
{
    zub_keyed *items = zub_alloc(grams->count, sizeof *items);
    zub_keyed *scratch = zub_alloc(grams->count, sizeof *scratch);
    size_t size = 0;

    *out = items;
    for (size_t i = 0; scratch && items && grams->slots && i <= grams->mask;
         i++) {
        const zub_gram *gram = &grams->slots[i];
        if (gram->id == 0)
            continue;
        uint64_t key = (uint64_t)prefix[gram->prefix] << 32 | term[gram->last];
        items[size++] = (zub_keyed){key, gram->id - 1};
    }
    if (items && scratch)
        zub_order_keys(items, scratch, size);
    zub_free(scratch);
    return items && scratch ? ZUB_OK : ZUB_ENOMEM;
}

/* From the sums, or zeros until the rows are sealed. */
static void seal_sums(gram_counts *to, const zub_growing_sums *sums,
                      const zub_keyed *items, size_t size)
{
    if (sums->size == 0) {
        memset(to->counts, 0, size * sizeof *to->counts);
        memset(to->df, 0, size * sizeof *to->df);
        return;
    }
    for (size_t i = 0; i < size; i++) {
        if (i + SUMS_AHEAD < size)
            __builtin_prefetch(&sums->items[items[i + SUMS_AHEAD].id]);
        to->counts[i] = sums->items[items[i].id].count;
        to->df[i] = sums->items[items[i].id].df;
    }
}

static zub_status copy_grams(sealed *owned, rank_table *ranks, unsigned order,
                             const zub_growing_sums *sums,
                             const zub_keyed *items, size_t size)
{
    uint32_t *prefix = take_block(owned, size, sizeof *prefix);
    uint32_t *last = take_block(owned, size, sizeof *last);
    gram_counts *to = &ranks->grams[order - 1];
    uint32_t *rank = zub_alloc(size, sizeof *rank);

    to->counts = take_block(owned, size, sizeof *to->counts);
    to->df = take_block(owned, size, sizeof *to->df);
    ranks->of[order - 1] = rank;
    if (!prefix || !last || !to->counts || !to->df || !rank)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < size; i++) {
        prefix[i] = (uint32_t)(items[i].key >> 32);
        last[i] = (uint32_t)items[i].key;
        rank[items[i].id] = (uint32_t)i;
    }
    seal_sums(to, sums, items, size);
    owned->state->ngrams[order - 1] =
        (zub_ngrams){size, prefix, last, to->counts, to->df};
    return ZUB_OK;
}

static zub_status seal_order(sealed *owned, zub_counter *counter,
                             rank_table *ranks, unsigned order)
{
    zub_grams *grams = &counter->grams[order - 1];
    size_t size = grams->count;
    zub_keyed *items;
    zub_status status =
        order_grams(&items, grams, ranks->of[order - 2], ranks->of[0]);

    zub_grams_release(grams);
    if (status == ZUB_OK)
        status = copy_grams(owned, ranks, order, &counter->sums[order - 1],
                            items, size);
    zub_free(items);
    return status;
}

/* ---- Pairs of a window ---- */

typedef struct pair_arrays {
    uint32_t *prefix, *last, *df;
    uint64_t *counts;
    size_t size;
} pair_arrays;

static void put_pair(void *context, const zub_near_pair *pair)
{
    pair_arrays *arrays = context;
    size_t at = arrays->size++;

    arrays->prefix[at] = (uint32_t)(pair->key >> 32);
    arrays->last[at] = (uint32_t)pair->key;
    arrays->counts[at] = pair->count;
    arrays->df[at] = pair->df;
}

static size_t count_different(const zub_keyed *items, size_t size)
{
    size_t different = size > 0;

    for (size_t i = 1; i < size; i++)
        different += items[i].key != items[i - 1].key;
    return different;
}

static zub_status put_pairs(sealed *owned, const zub_nearby *nearby,
                            const zub_keyed *items)
{
    size_t size = count_different(items, nearby->count);
    pair_arrays arrays = {
        .prefix = take_block(owned, size, sizeof *arrays.prefix),
        .last = take_block(owned, size, sizeof *arrays.last),
        .counts = take_block(owned, size, sizeof *arrays.counts),
        .df = take_block(owned, size, sizeof *arrays.df)};

    if (!arrays.prefix || !arrays.last || !arrays.counts || !arrays.df)
        return ZUB_ENOMEM;
    zub_nearby_unite(nearby, items, put_pair, &arrays);
    owned->state->ngrams[1] = (zub_ngrams){size, arrays.prefix, arrays.last,
                                           arrays.counts, arrays.df};
    return ZUB_OK;
}

static void rank_pairs(zub_keyed *items, const zub_nearby *nearby,
                       const uint32_t *rank)
{
    for (size_t i = 0; i < nearby->count; i++) {
        uint64_t key = nearby->pairs[i].key;
        items[i] =
            (zub_keyed){(uint64_t)rank[key >> 32] << 32 | rank[(uint32_t)key],
                        (uint32_t)i};
    }
}

/* In the order of their terms, lot by lot where they are the same. */
static zub_status order_nearby(zub_keyed **out, const zub_nearby *nearby,
                               const uint32_t *rank)
{
    zub_keyed *items = zub_alloc(nearby->count, sizeof *items);
    zub_keyed *scratch = zub_alloc(nearby->count, sizeof *scratch);
    bool is_room = items && scratch;

    *out = items;
    if (is_room) {
        rank_pairs(items, nearby, rank);
        zub_order_keys(items, scratch, nearby->count);
    }
    zub_free(scratch);
    return is_room ? ZUB_OK : ZUB_ENOMEM;
}

static zub_status seal_nearby(sealed *owned, zub_counter *counter,
                              const rank_table *ranks)
{
    zub_nearby *nearby = &counter->nearby;
    zub_keyed *items = NULL;
    zub_status status = zub_nearby_settle(nearby);

    zub_nearby_close(nearby);
    if (status == ZUB_OK)
        status = order_nearby(&items, nearby, ranks->of[0]);
    if (status == ZUB_OK)
        status = put_pairs(owned, nearby, items);
    zub_free(items);
    zub_nearby_release(nearby);
    return status;
}

/* ---- Articles ---- */

static void rank_columns(uint32_t *cols, const uint32_t *rank, size_t size)
{
    for (size_t i = 0; i < size; i++)
        cols[i] = rank[cols[i]];
}

static void sort_terms(zub_growing_rows *rows, const uint32_t *rank,
                       zub_row_sort *sort, size_t articles)
{
    for (size_t r = 0, start = 0; r < articles; r++) {
        size_t end = (size_t)rows->ends[r];
        rank_columns(rows->cols + start, rank, end - start);
        zub_row_sort_entries(sort, rows->cols + start, rows->counts + start,
                             end - start);
        start = end;
    }
}

/* Adds a row, whose columns are different, to what all have. */
static void add_row(gram_counts *to, const uint32_t *cols,
                    const uint32_t *counts, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (i + SUMS_AHEAD < size) {
            __builtin_prefetch(&to->counts[cols[i + SUMS_AHEAD]], 1);
            __builtin_prefetch(&to->df[cols[i + SUMS_AHEAD]], 1);
        }
        to->counts[cols[i]] += counts[i];
        to->df[cols[i]]++;
    }
}

/* Rows close up as what was repeated becomes one entry. */
static zub_status sort_grams(zub_growing_rows *rows, const uint32_t *rank,
                             gram_counts *to, zub_row_sort *sort,
                             size_t articles)
{
    size_t kept = 0;

    rows->counts = zub_alloc(rows->size, sizeof *rows->counts);
    if (!rows->counts || !to->counts || !to->df)
        return ZUB_ENOMEM;
    for (size_t r = 0, start = 0; r < articles; r++) {
        size_t end = (size_t)rows->ends[r];
        uint32_t *cols = rows->cols + kept, *counts = rows->counts + kept;
        rank_columns(rows->cols + start, rank, end - start);
        size_t size = zub_row_sort_repeated(sort, cols, counts,
                                            rows->cols + start, end - start);
        add_row(to, cols, counts, size);
        rows->ends[r] = kept += size;
        start = end;
    }
    return ZUB_OK;
}

static zub_status seal_rows(sealed *owned, zub_counter *counter,
                            rank_table *ranks, unsigned order)
{
    zub_growing_rows *rows = &counter->rows[order - 1];
    const uint32_t *rank = ranks->of[order - 1];
    size_t columns = order == 1 ? owned->state->term_count
                                : owned->state->ngrams[order - 1].count;
    zub_row_sort sort;
    zub_status status = zub_row_sort_init(&sort, columns);

    if (status == ZUB_OK && order == 1)
        sort_terms(rows, rank, &sort, counter->articles);
    else if (status == ZUB_OK)
        status = sort_grams(rows, rank, &ranks->grams[order - 1], &sort,
                            counter->articles);
    zub_row_sort_release(&sort);
    owned->state->list.rows[order - 1] =
        (zub_count_rows){rows->ends, rows->cols, rows->counts};
    adopt(owned, rows->ends);
    adopt(owned, rows->cols);
    adopt(owned, rows->counts);
    *rows = (zub_growing_rows){0};
    return status;
}

static zub_status seal_articles(sealed *owned, zub_counter *counter,
                                rank_table *ranks)
{
    zub_articles *list = &owned->state->list;
    zub_status status = ZUB_OK;

    if (!counter->has_articles)
        return ZUB_OK;
    for (unsigned order = counter->low;
         status == ZUB_OK && order <= counter->high; order++)
        status = seal_rows(owned, counter, ranks, order);
    list->ids = counter->ids.data;
    list->id_ends = counter->id_ends;
    list->ordinals = counter->ordinals;
    list->lengths = counter->lengths;
    adopt(owned, counter->ids.data);
    adopt(owned, counter->id_ends);
    adopt(owned, counter->ordinals);
    adopt(owned, counter->lengths);
    zub_buffer_init(&counter->ids, ZUB_BUFFER_UNLIMITED);
    counter->id_ends = counter->ordinals = counter->lengths = NULL;
    return status;
}

/* ---- The whole ---- */

static zub_status seal_fingerprint(sealed *owned, const zub_counter *counter)
{
    zub_slice from = zub_buffer_slice(&counter->fingerprint);
    char *copy = take_block(owned, from.size + 1, 1);

    if (!copy)
        return ZUB_ENOMEM;
    memcpy(copy, from.data, from.size);
    owned->state->fingerprint = (zub_slice){copy, from.size};
    return ZUB_OK;
}

static zub_status seal_words(sealed *owned, zub_counter *counter,
                             rank_table *ranks)
{
    size_t forms = 0;
    zub_status status = rank_terms(ranks, counter);

    if (status == ZUB_OK)
        status = seal_terms(owned, counter, ranks);
    zub_free(ranks->names);
    ranks->names = NULL;
    zub_counter_forget_terms(counter);
    if (status == ZUB_OK)
        forms = rank_types(counter, ranks->of[0]);
    if (status == ZUB_OK)
        status = seal_counts(owned, counter, ranks);
    if (status == ZUB_OK)
        status = seal_forms(owned, counter, forms);
    if (status == ZUB_OK && counter->window && !counter->has_articles)
        return seal_nearby(owned, counter, ranks);
    for (unsigned order = 2; status == ZUB_OK && order <= counter->high;
         order++)
        status = seal_order(owned, counter, ranks, order);
    return status;
}

zub_status zub_counter_seal(zub_state **out, zub_counter *counter,
                            zub_error *error)
{
    sealed *owned = zub_alloc_zero(1, sizeof *owned);
    zub_state *state = zub_alloc_zero(1, sizeof *state);
    rank_table ranks = {0};

    *out = NULL;
    if (!owned || !state) {
        zub_free(owned);
        zub_free(state);
        return zub_fail_memory(error);
    }
    owned->state = state;
    owned->state->memory = owned;
    owned->state->release = release_sealed;
    owned->state->articles = counter->articles;
    owned->state->tokens = counter->tokens;
    owned->state->low = counter->low;
    owned->state->high = counter->high;
    owned->state->has_articles = counter->has_articles;
    zub_names_close(&counter->terms);
    for (size_t i = 0; i < counter->vocabulary_count; i++)
        zub_types_pack(&counter->vocabularies[i]);
    zub_status status = seal_fingerprint(owned, counter);
    if (status == ZUB_OK)
        status = seal_words(owned, counter, &ranks);
    if (status == ZUB_OK)
        status = seal_articles(owned, counter, &ranks);
    zub_free(ranks.order);
    for (size_t i = 0; i < ZUB_MOST_ORDER; i++)
        zub_free(ranks.of[i]);
    zub_counter_clear(counter);
    if (status != ZUB_OK) {
        zub_state_free(state);
        return zub_fail_memory(error);
    }
    *out = state;
    return ZUB_OK;
}
