/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* listing.h - what the files that make up a listing ask of each other. */
#ifndef ZUB_STATS_LISTING_H
#define ZUB_STATS_LISTING_H

#include "base/buffer.h"
#include "base/picker.h"
#include "base/spool.h"
#include "stats/division.h"
#include "stats/shown.h"
#include "terms/gram_walk.h"

#define ZUB_MOST_MEASURES 32u
#define ZUB_MOST_COLUMNS (ZUB_MOST_MEASURES + 12)
#define ZUB_NO_PART SIZE_MAX
#define ZUB_NO_MEASURE SIZE_MAX

/* A row before it has cells: what stands where, how often. */
typedef struct zub_row_facts {
    zub_gram_id gram;
    size_t part; /* or ZUB_NO_PART: in all of them */
    uint64_t count, df;
    double tokens, articles; /* of the part, or of all */
    const double *values;    /* [measure_count], if there are measures */
} zub_row_facts;

/* Makes a cell of its column; text goes through the listing's buffers. */
typedef void zub_cell_maker(zub_cell *out, zub_listing *listing,
                            const zub_row_facts *facts, size_t column);

/* Counts of the part at hand. */
typedef struct zub_part_counts {
    uint64_t *counts; /* [terms] */
    uint32_t *df;     /* [terms] */
    uint32_t *met;    /* [met_count], terms it has, ascending */
    size_t met_count;
    size_t next; /* part */
} zub_part_counts;

struct zub_listing {
    const zub_state *state;
    zub_listing_options options;
    unsigned low, high;             /* words in what is listed */
    uint64_t bases[ZUB_MOST_ORDER]; /* [order - 1], of its numbers */
    uint64_t bound;                 /* of all numbers */

    zub_column columns[ZUB_MOST_COLUMNS];
    zub_cell_maker *makers[ZUB_MOST_COLUMNS];
    size_t column_count;
    size_t sort;     /* the column that decides */
    size_t deciding; /* the measure in it, or ZUB_NO_MEASURE */
    zub_cell cells[ZUB_MOST_COLUMNS];
    uint64_t nulls;
    zub_buffer surface, key;
    zub_shown surfaces; /* if n-grams are listed */

    const zub_dispersion *measures[ZUB_MOST_MEASURES + 1];
    size_t measure_count; /* with range at the end, where parts are groups */
    size_t first_measure; /* column */
    zub_file sort_values; /* double[terms], if a measure decides */

    zub_division division;
    zub_shares shares;
    uint32_t *batch; /* [batch_room], terms whose shares are at hand */
    size_t batch_start, batch_end, batch_room;  /* of what was picked */
    double *part_counts, *part_sizes, *scratch; /* [part_room] */
    size_t part_room;
    double values[ZUB_MOST_MEASURES + 1];
    zub_part_counts counts;

    zub_picker picker;
    size_t part_at;   /* PARTS: the one at hand, or ZUB_NO_PART */
    size_t at;        /* of what was picked, the one that comes next */
    size_t share;     /* SERIES: of that one */
    uint64_t offered; /* in this round */
    uint64_t left;    /* of the limit */
    uint64_t passed;  /* rows since mapped pages were let go */
};

/* ---- Columns (listing_columns.c) ---- */

/* Names, kinds and makers, and which one decides. ZUB_EINVAL. */
zub_status zub_listing_choose(zub_listing *listing, zub_error *error);

/* Ascending as the rows shall stand. */
uint64_t zub_listing_key(zub_listing *listing, const zub_row_facts *facts);

/* ---- Measures (listing_measures.c) ---- */

/* Numbers of terms and n-grams, and back. */
uint32_t zub_listing_number(const zub_listing *listing, zub_gram_id gram);
zub_gram_id zub_listing_gram(const zub_listing *listing, uint32_t number);

/* The shares of what was picked from `at` on, as many as memory allows. */
zub_status zub_listing_find_shares(zub_listing *listing);

/* The measures of the one at `at`, into values. ZUB_ENOMEM. */
zub_status zub_listing_measure(zub_listing *listing);

/* The measure that decides, of all terms, into sort_values. */
zub_status zub_listing_measure_all(zub_listing *listing, zub_error *error);

/* ---- Parts (listing_parts.c) ---- */

/* ZUB_ENOMEM: 16 bytes a term. */
zub_status zub_part_counts_init(zub_part_counts *counts,
                                const zub_state *state);
void zub_part_counts_release(zub_part_counts *counts);

/* The counts of a part, in place of those before. ZUB_ENOMEM. */
zub_status zub_part_counts_fill(zub_part_counts *counts,
                                const zub_division *division, size_t part);

#endif
