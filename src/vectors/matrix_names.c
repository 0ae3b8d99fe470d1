/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* matrix_names.c - what the columns of a matrix are called. Of n-grams the
 * names of all terms are found first and lie side by side: to look each up in
 * the state, twice a column, was most of what writing them cost. */
#include <string.h>

#include "base/error.h"
#include "base/spool.h"
#include "vectors/matrix.h"

#define COLUMNS_AT_ONCE 4096u /* named before mapped pages are let go */
#define NAMES_AHEAD 16u       /* columns whose names are on their way */

/* What every term is called: in n-grams a term stands many times. */
zub_status zub_matrix_find_names(zub_matrix *matrix, zub_error *error)
{
    const zub_state *state = matrix->columns.state;
    zub_spooler spooler = {.folder = matrix->folder};
    zub_spool spool;

    if (matrix->names || state->high == 1)
        return ZUB_OK;
    zub_spool_init(&spool, &spooler, 0);
    for (size_t t = 0; t < state->term_count; t++) {
        zub_slice term = zub_state_term_bytes(state, t);
        zub_slice surface = zub_state_surface(state, t);
        zub_term_name name = {term.data, surface.data, (uint32_t)term.size,
                              (uint32_t)surface.size};
        if (t % COLUMNS_AT_ONCE == 0)
            zub_state_let_go(state);
        zub_spool_add(&spool, &name, sizeof name);
    }
    zub_spool_finish(&spool, &matrix->name_file);
    zub_spool_release(&spool);
    matrix->names = (const zub_term_name *)matrix->name_file.bytes.data;
    return zub_spooler_report(&spooler, error);
}

static void let_all_go(const zub_matrix *matrix)
{
    zub_state_let_go(matrix->columns.state);
    zub_columns_let_go(&matrix->columns);
    zub_let_go(matrix->name_file.bytes.data, matrix->name_file.bytes.size,
               matrix->name_file.is_mapped);
}

static zub_slice surface_of(const zub_matrix *matrix, size_t term)
{
    const zub_term_name *name = matrix->names ? &matrix->names[term] : NULL;

    return name ? (zub_slice){name->surface, name->surface_size}
                : zub_state_surface(matrix->columns.state, term);
}

static zub_slice term_of(const zub_matrix *matrix, size_t term)
{
    const zub_term_name *name = matrix->names ? &matrix->names[term] : NULL;

    return name ? (zub_slice){name->term, name->term_size}
                : zub_state_term_bytes(matrix->columns.state, term);
}

/* Ask for the names of a column that will be wanted soon. */
static void ask_names(const zub_matrix *matrix, uint64_t column)
{
    uint32_t words[ZUB_MOST_ORDER];

    if (!matrix->names || column + NAMES_AHEAD >= matrix->columns.count)
        return;
    unsigned order = zub_column_words(&matrix->columns,
                                      (size_t)column + NAMES_AHEAD, words);
    __builtin_prefetch(&matrix->names[words[order - 1]]);
    order = zub_column_words(&matrix->columns,
                             (size_t)column + NAMES_AHEAD / 2, words);
    __builtin_prefetch(matrix->names[words[order - 1]].term);
    __builtin_prefetch(matrix->names[words[order - 1]].surface);
}

/* The words of a column, as terms or as they are shown, into `out`. */
static zub_slice
join_words(zub_buffer *out, const zub_matrix *matrix, size_t column,
           zub_slice (*name)(const zub_matrix *matrix, size_t term))
{
    uint32_t words[ZUB_MOST_ORDER];
    unsigned order = zub_column_words(&matrix->columns, column, words);

    if (order == 1)
        return name(matrix, words[0]);
    zub_buffer_clear(out);
    for (unsigned n = 0; n < order; n++) {
        if (n > 0)
            zub_buffer_add_char(out, ' ');
        zub_buffer_add_slice(out, name(matrix, words[n]));
    }
    return zub_buffer_slice(out);
}

void zub_name_room_init(zub_name_room *room)
{
    zub_buffer_init(&room->term, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&room->surface, ZUB_BUFFER_UNLIMITED);
}

void zub_name_room_release(zub_name_room *room)
{
    zub_buffer_release(&room->term);
    zub_buffer_release(&room->surface);
}

zub_status zub_matrix_name(zub_matrix_term *out, zub_name_room *room,
                           const zub_matrix *matrix, size_t column)
{
    if (column % COLUMNS_AT_ONCE == 0)
        let_all_go(matrix);
    ask_names(matrix, column);
    *out = (zub_matrix_term){
        join_words(&room->term, matrix, column, term_of),
        join_words(&room->surface, matrix, column, surface_of),
        matrix->columns.df[column], matrix->columns.cf[column],
        zub_weighting_idf(matrix->weighting, column)};
    return room->term.status == ZUB_OK ? room->surface.status
                                       : room->term.status;
}

zub_status zub_matrix_term_at(zub_matrix_term *out, zub_matrix *matrix,
                              uint64_t column, zub_error *error)
{
    *out = (zub_matrix_term){0};
    if (column >= matrix->columns.count)
        return zub_fail(error, ZUB_EINVAL, "the matrix has %zu columns",
                        matrix->columns.count);
    zub_status status = zub_matrix_find_names(matrix, error);
    if (status != ZUB_OK)
        return status;
    if (zub_matrix_name(out, &matrix->room, matrix, (size_t)column) == ZUB_OK)
        return ZUB_OK;
    *out = (zub_matrix_term){0};
    return zub_fail_memory(error);
}

/* ---- From a name to its column ---- */

/* The n-gram of a prefix and a last term, or SIZE_MAX. */
static size_t find_ngram(const zub_ngrams *ngrams, size_t prefix, size_t last)
{
    size_t low = 0, high = ngrams->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ngrams->prefix[middle] < prefix ||
            (ngrams->prefix[middle] == prefix && ngrams->last[middle] < last))
            low = middle + 1;
        else
            high = middle;
    }
    return low < ngrams->count && ngrams->prefix[low] == prefix &&
                   ngrams->last[low] == last
               ? low
               : SIZE_MAX;
}

/* The id of an n-gram of words with a space between, and its order. */
static size_t find_words(const zub_state *state, zub_slice term,
                         unsigned *order)
{
    size_t id = SIZE_MAX;

    for (*order = 0; *order < state->high; term.size--, term.data++) {
        const char *space = memchr(term.data, ' ', term.size);
        size_t size = space ? (size_t)(space - term.data) : term.size;
        size_t last = zub_state_find(state, (zub_slice){term.data, size});
        ++*order;
        id = *order == 1 || last == SIZE_MAX
                 ? last
                 : find_ngram(&state->ngrams[*order - 1], id, last);
        term.data += size;
        term.size -= size;
        if (id == SIZE_MAX || term.size == 0)
            return id;
    }
    return SIZE_MAX;
}

uint64_t zub_matrix_find(const zub_matrix *matrix, zub_slice term)
{
    const zub_state *state = matrix->columns.state;
    unsigned order = 1;
    size_t id = zub_state_find(state, term);

    if (id == SIZE_MAX && term.size > 0)
        id = find_words(state, term, &order);
    if (id == SIZE_MAX)
        return UINT64_MAX;
    uint32_t column = zub_column_of(&matrix->columns, order, (uint32_t)id);
    return column == ZUB_NO_COLUMN ? UINT64_MAX : column;
}
