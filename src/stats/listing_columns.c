/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* listing_columns.c - the columns of a listing: tables of names and makers, one
 * for each kind of row. Rows are sorted by the very cells that are shown. */
#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "stats/ascending.h"
#include "stats/listing.h"

/* ---- Cells ---- */

static void make_count(zub_cell *out, zub_listing *listing,
                       const zub_row_facts *facts, size_t column)
{
    (void)listing;
    (void)column;
    out->count = facts->count;
}

static void make_df(zub_cell *out, zub_listing *listing,
                    const zub_row_facts *facts, size_t column)
{
    (void)listing;
    (void)column;
    out->count = facts->df;
}

static double share_of(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

static void make_per_million(zub_cell *out, zub_listing *listing,
                             const zub_row_facts *facts, size_t column)
{
    (void)listing;
    (void)column;
    out->real = share_of(1e6 * (double)facts->count, facts->tokens);
}

static void make_df_share(zub_cell *out, zub_listing *listing,
                          const zub_row_facts *facts, size_t column)
{
    (void)listing;
    (void)column;
    out->real = share_of((double)facts->df, facts->articles);
}

static void make_idf(zub_cell *out, zub_listing *listing,
                     const zub_row_facts *facts, size_t column)
{
    (void)listing;
    (void)column;
    out->real = zub_idf((double)facts->df, facts->articles);
}

static void make_range(zub_cell *out, zub_listing *listing,
                       const zub_row_facts *facts, size_t column)
{
    (void)column;
    out->count = facts->df;
    if (listing->options.is_grouped)
        out->count = (uint64_t)facts->values[listing->measure_count - 1];
}

static void make_measure(zub_cell *out, zub_listing *listing,
                         const zub_row_facts *facts, size_t column)
{
    out->real = facts->values[column - listing->first_measure];
}

/* Characters where those are counted, else words. */
static void make_n(zub_cell *out, zub_listing *listing,
                   const zub_row_facts *facts, size_t column)
{
    const zub_state *state = listing->state;

    (void)column;
    out->count = facts->gram.order;
    if (state->form_count == 0)
        out->count =
            zub_utf8_count(zub_state_term_bytes(state, facts->gram.id), NULL);
}

/* A word of n-grams is shown many times, its commonest form sought once. */
static zub_slice surface_of(zub_listing *listing, uint32_t term)
{
    return listing->surfaces.slots ? zub_shown_of(&listing->surfaces, term)
                                   : zub_state_surface(listing->state, term);
}

static zub_slice key_of(zub_listing *listing, uint32_t term)
{
    return zub_state_term_bytes(listing->state, term);
}

typedef zub_slice name_of(zub_listing *listing, uint32_t term);

/* A word alone is shown where it lies. */
static void join(zub_cell *out, zub_buffer *room, zub_listing *listing,
                 zub_gram_id gram, name_of *name)
{
    uint32_t words[ZUB_MOST_ORDER];

    if (gram.order == 1) {
        out->text = name(listing, gram.id);
        return;
    }
    zub_gram_words(listing->state, gram, words);
    zub_buffer_clear(room);
    for (unsigned i = 0; i < gram.order; i++) {
        if (i > 0)
            zub_buffer_add_char(room, ' ');
        zub_buffer_add_slice(room, name(listing, words[i]));
    }
    out->text = zub_buffer_slice(room);
}

static void make_surface(zub_cell *out, zub_listing *listing,
                         const zub_row_facts *facts, size_t column)
{
    (void)column;
    join(out, &listing->surface, listing, facts->gram, surface_of);
}

static void make_key(zub_cell *out, zub_listing *listing,
                     const zub_row_facts *facts, size_t column)
{
    (void)column;
    join(out, &listing->key, listing, facts->gram, key_of);
}

static void make_part(zub_cell *out, zub_listing *listing,
                      const zub_row_facts *facts, size_t column)
{
    out->text = zub_division_name(&listing->division, facts->part);
    if (out->text.size == 0)
        listing->nulls |= (uint64_t)1 << column;
}

/* ---- Tables ---- */

typedef struct column_row {
    const char *name; /* NULL closes the table */
    zub_cell_kind kind;
    zub_cell_maker *make;
} column_row;

static const column_row term_columns[] = {
    {"term", ZUB_CELL_TEXT, make_surface},
    {"key", ZUB_CELL_TEXT, make_key},
    {"count", ZUB_CELL_COUNT, make_count},
    {"per_million", ZUB_CELL_REAL, make_per_million},
    {"df", ZUB_CELL_COUNT, make_df},
    {"df_share", ZUB_CELL_REAL, make_df_share},
    {"idf", ZUB_CELL_REAL, make_idf},
    {"range", ZUB_CELL_COUNT, make_range},
    {NULL, ZUB_CELL_TEXT, NULL},
};

static const column_row ngram_columns[] = {
    {"ngram", ZUB_CELL_TEXT, make_surface},
    {"key", ZUB_CELL_TEXT, make_key},
    {"n", ZUB_CELL_COUNT, make_n},
    {"count", ZUB_CELL_COUNT, make_count},
    {"per_million", ZUB_CELL_REAL, make_per_million},
    {"df", ZUB_CELL_COUNT, make_df},
    {NULL, ZUB_CELL_TEXT, NULL},
};

static const column_row part_columns[] = {
    {"part", ZUB_CELL_TEXT, make_part},
    {"term", ZUB_CELL_TEXT, make_surface},
    {"key", ZUB_CELL_TEXT, make_key},
    {"count", ZUB_CELL_COUNT, make_count},
    {"per_million", ZUB_CELL_REAL, make_per_million},
    {"df", ZUB_CELL_COUNT, make_df},
    {NULL, ZUB_CELL_TEXT, NULL},
};

static const column_row *table_of(const zub_listing_options *options)
{
    if (options->low > 0)
        return ngram_columns;
    return options->rows == ZUB_LISTING_WHOLE ? term_columns : part_columns;
}

static void add_column(zub_listing *listing, const char *name,
                       zub_cell_kind kind, zub_cell_maker *make)
{
    listing->columns[listing->column_count] = (zub_column){name, kind, 0};
    listing->makers[listing->column_count++] = make;
}

static void add_columns(zub_listing *listing)
{
    const zub_listing_options *options = &listing->options;

    for (const column_row *row = table_of(options); row->name; row++) {
        bool is_part = row->make == make_part;
        if (row->make == make_key && !options->with_keys)
            continue;
        add_column(listing,
                   is_part && options->part ? options->part : row->name,
                   row->kind, row->make);
    }
}

/* In place of a column of that name that comes before, there is none twice. */
static bool has_column(const zub_listing *listing, const char *name)
{
    for (size_t i = 0; i < listing->column_count; i++)
        if (strcmp(listing->columns[i].name, name) == 0)
            return true;
    return false;
}

static zub_status add_measure(zub_listing *listing, const char *name,
                              zub_error *error)
{
    const zub_dispersion *measure = zub_dispersion_find(name);

    if (!measure)
        return zub_fail(error, ZUB_EINVAL, "there is no measure '%s'", name);
    if (listing->measure_count == ZUB_MOST_MEASURES)
        return zub_fail(error, ZUB_EINVAL, "more than %u measures",
                        ZUB_MOST_MEASURES);
    if (has_column(listing, measure->is.name))
        return ZUB_OK;
    listing->measures[listing->measure_count++] = measure;
    add_column(listing, measure->is.name, ZUB_CELL_REAL, make_measure);
    return ZUB_OK;
}

/* Which measure a column shows. */
static size_t measure_in(const zub_listing *listing, size_t column)
{
    zub_cell_maker *make = listing->makers[column];

    if (make == make_range && listing->options.is_grouped)
        return listing->measure_count - 1;
    return make == make_measure ? column - listing->first_measure
                                : ZUB_NO_MEASURE;
}

static zub_status choose_sort(zub_listing *listing, zub_error *error)
{
    const char *name = listing->options.sort;

    if (!name)
        name = "count";
    for (size_t i = 0; i < listing->column_count; i++)
        if (strcmp(listing->columns[i].name, name) == 0) {
            listing->sort = i;
            listing->deciding = measure_in(listing, i);
            return ZUB_OK;
        }
    return zub_fail(error, ZUB_EINVAL, "there is no column '%s' to sort by",
                    name);
}

zub_status zub_listing_choose(zub_listing *listing, zub_error *error)
{
    const zub_listing_options *options = &listing->options;
    zub_status status = ZUB_OK;

    add_columns(listing);
    listing->first_measure = listing->column_count;
    for (size_t i = 0; i < options->measure_count && status == ZUB_OK; i++)
        status = add_measure(listing, options->measures[i], error);
    if (status == ZUB_OK && options->is_grouped &&
        options->rows == ZUB_LISTING_WHOLE && options->low == 0)
        listing->measures[listing->measure_count++] =
            zub_dispersion_find("range");
    return status == ZUB_OK ? choose_sort(listing, error) : status;
}

/* ---- Order ---- */

uint64_t zub_listing_key(zub_listing *listing, const zub_row_facts *facts)
{
    size_t column = listing->sort;
    zub_cell cell;
    uint64_t key;

    if (listing->columns[column].kind == ZUB_CELL_TEXT)
        return listing->options.is_reversed
                   ? ~listing->offered
                   : 0; /* as they come, by the bytes of their keys */
    listing->makers[column](&cell, listing, facts, column);
    key = listing->columns[column].kind == ZUB_CELL_COUNT
              ? cell.count
              : zub_ascending(cell.real);
    return listing->options.is_reversed ? key : ~key;
}
