/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* matrix.c - the rows of a state as weighted rows, made while they are read.
 *
 * Nothing of a row is kept, so memory is that of the columns and of one block
 * of rows. Where every term has a column and there are only terms, a row's
 * columns are read where the state has them. Rows of a block are shared out to
 * threads, each into its own part of the block, so the bytes are the same
 * however many there are. */
#include <stdatomic.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/pool.h"
#include "base/spool.h"
#include "terms/fingerprint.h"
#include "vectors/matrix.h"

#define BLOCK_ENTRIES ((uint64_t)1 << 17)  /* of a thread's part of a block */
#define MAPPED_ENTRIES ((uint64_t)1 << 14) /* each may touch a page */
#define BLOCK_ROWS ((size_t)1 << 14)

/* ---- Rows of the state ---- */

static uint64_t row_end(const zub_matrix *matrix, unsigned order, uint64_t row)
{
    return matrix->state->list.rows[order - 1].ends[row];
}

static uint64_t row_start(const zub_matrix *matrix, unsigned order,
                          uint64_t row)
{
    return row ? row_end(matrix, order, row - 1) : 0;
}

static uint64_t direct_start(const zub_matrix *matrix, uint64_t row)
{
    return row ? matrix->direct->ends[row - 1] : 0;
}

/* Entries of all orders of the rows from `first` to `end`. */
static uint64_t entries_between(const zub_matrix *matrix, uint64_t first,
                                uint64_t end)
{
    const zub_state *state = matrix->state;
    uint64_t entries = 0;

    for (unsigned order = state->low; end > first && order <= state->high;
         order++)
        entries +=
            row_end(matrix, order, end - 1) - row_start(matrix, order, first);
    return entries;
}

/* The column of a term or n-gram of the state, or none. */
static uint32_t column_of(const zub_matrix *matrix, unsigned order,
                          uint32_t id)
{
    const uint32_t *joined = matrix->joined[order - 1];
    uint32_t column =
        joined ? joined[id] : zub_column_of(&matrix->columns, order, id);

    if (column != ZUB_NO_COLUMN && matrix->drops &&
        zub_weighting_drops(matrix->weighting, column))
        return ZUB_NO_COLUMN;
    return column;
}

/* ---- Making a row ---- */

/* A row's entries of one order that have a column; columns ascend. */
static size_t convert(const zub_matrix *matrix, unsigned order, uint64_t row,
                      uint32_t *cols, uint32_t *counts)
{
    const zub_count_rows *rows = &matrix->state->list.rows[order - 1];
    uint64_t end = row_end(matrix, order, row);
    size_t size = 0;

    for (uint64_t i = row_start(matrix, order, row); i < end; i++) {
        cols[size] = column_of(matrix, order, rows->cols[i]);
        counts[size] = rows->counts[i];
        size += cols[size] != ZUB_NO_COLUMN;
    }
    return size;
}

/* Entries of another order, from `more` on, among the first `size`, from the
 * back, where there is room. */
static void mingle(uint32_t *cols, uint32_t *counts, size_t size,
                   const uint32_t *more_cols, const uint32_t *more_counts,
                   size_t more)
{
    while (more > 0) {
        bool takes = size == 0 || more_cols[more - 1] > cols[size - 1];
        size_t to = size + more - 1;
        cols[to] = takes ? more_cols[more - 1] : cols[size - 1];
        counts[to] = takes ? more_counts[more - 1] : counts[size - 1];
        more -= takes;
        size -= !takes;
    }
}

/* `room` has two numbers for each entry of the row. Returns how many entries
 * were written. */
static size_t make_row(const zub_matrix *matrix, uint64_t row, uint32_t *cols,
                       uint32_t *counts, uint32_t *room)
{
    const zub_state *state = matrix->state;
    size_t most = (size_t)entries_between(matrix, row, row + 1);
    size_t size = convert(matrix, state->low, row, cols, counts);

    for (unsigned order = state->low + 1; order <= state->high; order++) {
        size_t more = convert(matrix, order, row, room, room + most);
        mingle(cols, counts, size, room, room + most, more);
        size += more;
    }
    return size;
}

/* Room for any of some rows. */
static uint32_t *take_room(const zub_matrix *matrix, uint64_t first,
                           uint64_t end)
{
    uint64_t most = 0;

    for (uint64_t row = first; row < end; row++) {
        uint64_t size = entries_between(matrix, row, row + 1);
        most = size > most ? size : most;
    }
    return zub_alloc((size_t)most, 2 * sizeof(uint32_t));
}

static void weigh_row(const zub_matrix *matrix, uint64_t row, float *values,
                      const int32_t *cols, const uint32_t *counts, size_t size)
{
    zub_count_row counted = {cols, counts, size,
                             matrix->state->list.lengths[row]};

    zub_weigh(values, matrix->weighting, &counted);
}

/* ---- A block ---- */

/* Rows of a block and where each may write. */
typedef struct block_work {
    zub_matrix *matrix;
    uint64_t first;
    size_t rows, parts;
    size_t *sizes; /* [rows], entries made */
    bool with_values;
    atomic_bool failed; /* for want of memory */
} block_work;

/* Where the entries of a row begin, with room for all it may have. */
static size_t room_of(const block_work *work, uint64_t row)
{
    return (size_t)entries_between(work->matrix, work->first, row);
}

static void fill_row(const block_work *work, uint64_t row, uint32_t *room)
{
    zub_matrix *matrix = work->matrix;
    size_t at = room_of(work, row);
    size_t *size = &work->sizes[row - work->first];

    *size = make_row(matrix, row, (uint32_t *)matrix->cols + at,
                     matrix->counts + at, room);
    if (work->with_values)
        weigh_row(matrix, row, matrix->values + at, matrix->cols + at,
                  matrix->counts + at, *size);
}

static void weigh_direct(const block_work *work, uint64_t row)
{
    zub_matrix *matrix = work->matrix;
    const zub_count_rows *rows = matrix->direct;
    uint64_t start = direct_start(matrix, row);

    weigh_row(matrix, row,
              matrix->values + (start - direct_start(matrix, work->first)),
              (const int32_t *)rows->cols + start, rows->counts + start,
              (size_t)(rows->ends[row] - start));
}

static void fill_part(void *context, size_t part, unsigned worker)
{
    block_work *work = context;
    uint64_t from = work->first + work->rows * part / work->parts;
    uint64_t end = work->first + work->rows * (part + 1) / work->parts;
    uint32_t *room = NULL;

    (void)worker;
    for (uint64_t row = from; work->matrix->direct && row < end; row++)
        weigh_direct(work, row);
    if (work->matrix->direct)
        return;
    room = take_room(work->matrix, from, end);
    for (uint64_t row = from; room && row < end; row++)
        fill_row(work, row, room);
    if (!room)
        atomic_store(&work->failed, true);
    zub_free(room);
}

/* Close the gaps that entries without a column left. */
static void close_gaps(const block_work *work)
{
    zub_matrix *matrix = work->matrix;
    size_t kept = 0;

    for (size_t r = 0; r < work->rows; r++) {
        size_t at = room_of(work, work->first + r), size = work->sizes[r];
        memmove(matrix->cols + kept, matrix->cols + at,
                size * sizeof *matrix->cols);
        if (work->with_values)
            memmove(matrix->values + kept, matrix->values + at,
                    size * sizeof *matrix->values);
        kept += size;
        matrix->starts[r + 1] = kept;
    }
}

static void count_direct(const block_work *work)
{
    zub_matrix *matrix = work->matrix;

    for (size_t r = 0; r < work->rows; r++)
        matrix->starts[r + 1] =
            (size_t)(matrix->direct->ends[work->first + r] -
                     direct_start(matrix, work->first));
}

/* How many rows a block from `first` on has. */
static size_t block_rows(const zub_matrix *matrix, uint64_t first)
{
    uint64_t rows = matrix->state->articles - first;
    uint64_t most = matrix->state->is_mapped ? MAPPED_ENTRIES
                                             : BLOCK_ENTRIES * matrix->threads;
    size_t low = 1, high = rows < BLOCK_ROWS * matrix->threads
                               ? (size_t)rows
                               : BLOCK_ROWS * matrix->threads;

    while (low < high) {
        size_t middle = high - (high - low) / 2;
        if (entries_between(matrix, first, first + middle) <= most)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

static bool make_room(zub_matrix *matrix, size_t rows, size_t entries,
                      bool with_values)
{
    bool is_room = zub_grow(&matrix->starts, &matrix->starts_capacity,
                            rows + 1, sizeof *matrix->starts);

    if (is_room && with_values)
        is_room = zub_grow(&matrix->values, &matrix->values_capacity,
                           entries + 1, sizeof *matrix->values);
    if (is_room && !matrix->direct)
        is_room = zub_grow(&matrix->cols, &matrix->cols_capacity, entries + 1,
                           sizeof *matrix->cols) &&
                  zub_grow(&matrix->counts, &matrix->counts_capacity,
                           entries + 1, sizeof *matrix->counts);
    return is_room;
}

static zub_status make_block(block_work *work)
{
    zub_matrix *matrix = work->matrix;
    size_t entries = room_of(work, work->first + work->rows);

    atomic_init(&work->failed, false);
    work->parts = work->rows < matrix->threads ? work->rows : matrix->threads;
    work->sizes = zub_alloc(work->rows, sizeof *work->sizes);
    if (!work->sizes ||
        !make_room(matrix, work->rows, entries, work->with_values)) {
        zub_free(work->sizes);
        return ZUB_ENOMEM;
    }
    matrix->starts[0] = 0;
    if (work->with_values || !matrix->direct)
        zub_pool_each(matrix->threads, work->parts, fill_part, work);
    if (matrix->direct)
        count_direct(work);
    else if (!atomic_load(&work->failed))
        close_gaps(work);
    zub_free(work->sizes);
    return atomic_load(&work->failed) ? ZUB_ENOMEM : ZUB_OK;
}

/* What was read of mapped arrays is not needed again in this pass. */
static void let_go(const zub_matrix *matrix)
{
    const zub_state *state = matrix->state;
    uint64_t first = matrix->first, rows = matrix->rows;

    if (rows == 0)
        return;

    for (unsigned order = state->low; state->is_mapped && order <= state->high;
         order++) {
        const zub_count_rows *list = &state->list.rows[order - 1];
        uint64_t start = row_start(matrix, order, first);
        size_t size =
            (size_t)(row_end(matrix, order, first + rows - 1) - start) *
            sizeof *list->cols;
        zub_let_go(list->cols + start, size, true);
        zub_let_go(list->counts + start, size, true);
    }
    zub_columns_let_go(&matrix->columns);
}

zub_status zub_matrix_read(zub_matrix_block *out, zub_matrix *matrix,
                           uint64_t first, bool with_values, zub_error *error)
{
    block_work work = {
        .matrix = matrix, .first = first, .with_values = with_values};

    *out = (zub_matrix_block){0};
    if (first >= matrix->state->articles)
        return zub_fail(error, ZUB_EINVAL, "the matrix has %llu rows",
                        (unsigned long long)matrix->state->articles);
    let_go(matrix);
    work.rows = block_rows(matrix, first);
    if (make_block(&work) != ZUB_OK)
        return zub_fail_memory(error);
    const int32_t *cols = matrix->cols;
    if (matrix->direct)
        cols = (const int32_t *)matrix->direct->cols +
               direct_start(matrix, first);
    matrix->first = first;
    matrix->rows = work.rows;
    *out = (zub_matrix_block){first, work.rows, matrix->starts, cols,
                              with_values ? matrix->values : NULL};
    return ZUB_OK;
}

/* ---- Making one ---- */

static uint32_t characters_of(zub_slice text)
{
    uint32_t count = 0;

    for (size_t i = 0; i < text.size; i++)
        count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
    return count;
}

/* Characters of each column's name, for pivots by them. */
static zub_status count_characters(zub_matrix *matrix)
{
    const zub_columns *columns = &matrix->columns;

    matrix->chars = zub_alloc(columns->count, sizeof *matrix->chars);
    if (!matrix->chars)
        return ZUB_ENOMEM;
    for (size_t c = 0; c < columns->count; c++) {
        uint32_t words[ZUB_MOST_ORDER];
        unsigned order = zub_column_words(columns, c, words);
        matrix->chars[c] = order - 1;
        for (unsigned n = 0; n < order; n++)
            matrix->chars[c] +=
                characters_of(zub_state_term_bytes(columns->state, words[n]));
    }
    return ZUB_OK;
}

/* All entries of the collection that the columns are of. */
static uint64_t collection_entries(const zub_columns *columns, bool is_mapped)
{
    zub_window window = zub_window_at(columns->df, is_mapped);
    uint64_t entries = 0;

    for (size_t c = 0; c < columns->count; c++) {
        entries += columns->df[c];
        zub_window_pass(&window, columns->df + c);
    }
    return entries;
}

static zub_status open_weighting(zub_matrix *matrix, const char *name,
                                 zub_error *error)
{
    const zub_columns *columns = &matrix->columns;
    bool is_mapped = columns->is_identity ? columns->state->is_mapped
                                          : matrix->folder != NULL;
    zub_collection collection = {
        .articles = columns->state->articles,
        .tokens = columns->state->tokens,
        .entries = collection_entries(columns, is_mapped),
        .terms = columns->count,
        .df = columns->df,
        .cf = columns->cf,
        .is_mapped = is_mapped,
    };

    if (zub_weighting_needs_chars(name)) {
        if (count_characters(matrix) != ZUB_OK)
            return zub_fail_memory(error);
        collection.chars = matrix->chars;
    }
    zub_status status =
        zub_weighting_new(&matrix->weighting, name, &collection, error);
    zub_window window = zub_window_at(columns->df, is_mapped);
    for (size_t c = 0; status == ZUB_OK && c < columns->count; c++) {
        if (zub_weighting_drops(matrix->weighting, c))
            matrix->drops = true;
        zub_window_pass(&window, columns->df + c);
    }
    return status;
}

static uint64_t count_entries(const zub_matrix *matrix)
{
    const zub_state *state = matrix->state;
    uint64_t entries = 0;

    if (matrix->direct)
        return direct_start(matrix, state->articles);
    for (unsigned order = state->low; order <= state->high; order++) {
        const uint32_t *cols = state->list.rows[order - 1].cols;
        uint64_t end =
            state->articles ? row_end(matrix, order, state->articles - 1) : 0;
        zub_window window = zub_window_at(cols, state->is_mapped);
        for (uint64_t i = 0; i < end; i++) {
            entries += column_of(matrix, order, cols[i]) != ZUB_NO_COLUMN;
            zub_window_pass(&window, cols + i);
        }
    }
    return entries;
}

/* Whether rows of the state are rows of the matrix. */
static bool is_direct(const zub_matrix *matrix)
{
    return matrix->columns.is_identity && !matrix->joined[0] && !matrix->drops;
}

/* All rows on their way into memory: each part of them from where they would
 * begin if every entry had a column. */
typedef struct whole {
    const zub_matrix *matrix;
    size_t parts;
    uint64_t *ends; /* [articles], at first how many entries a row has */
    uint32_t *cols, *counts;
    atomic_bool failed; /* for want of memory */
} whole;

/* The first row of a part: parts have about as many entries. */
static uint64_t part_start(const whole *all, size_t part)
{
    const zub_matrix *matrix = all->matrix;
    uint64_t articles = matrix->state->articles, low = 0, high = articles;
    uint64_t entries = entries_between(matrix, 0, articles);

    if (part == all->parts)
        return articles;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (entries_between(matrix, 0, middle) < entries / all->parts * part)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void make_rows(void *context, size_t part, unsigned worker)
{
    whole *all = context;
    const zub_matrix *matrix = all->matrix;
    uint64_t from = part_start(all, part), end = part_start(all, part + 1);
    size_t at = (size_t)entries_between(matrix, 0, from);
    uint32_t *room = take_room(matrix, from, end);

    (void)worker;
    for (uint64_t row = from; room && row < end; row++) {
        size_t size =
            make_row(matrix, row, all->cols + at, all->counts + at, room);
        all->ends[row] = size;
        at += size;
    }
    if (!room)
        atomic_store(&all->failed, true);
    zub_free(room);
}

/* Parts come together, and sizes become ends. */
static void join_rows(const whole *all)
{
    size_t kept = 0;

    for (size_t part = 0; part < all->parts; part++) {
        uint64_t from = part_start(all, part), end = part_start(all, part + 1);
        size_t start = kept,
               at = (size_t)entries_between(all->matrix, 0, from);
        for (uint64_t row = from; row < end; row++)
            all->ends[row] = kept += (size_t)all->ends[row];
        if (at == start)
            continue;
        memmove(all->cols + start, all->cols + at,
                (kept - start) * sizeof *all->cols);
        memmove(all->counts + start, all->counts + at,
                (kept - start) * sizeof *all->counts);
    }
}

/* All rows at once, where the state lies in memory, too: they are read more
 * than once, and looking columns up is what they cost. */
static zub_status make_all(zub_matrix *matrix)
{
    uint64_t articles = matrix->state->articles;
    size_t entries = (size_t)entries_between(matrix, 0, articles);
    whole all = {.matrix = matrix,
                 .parts = matrix->threads,
                 .ends = zub_alloc((size_t)articles, sizeof *all.ends),
                 .cols = zub_alloc(entries, sizeof *all.cols),
                 .counts = zub_alloc(entries, sizeof *all.counts)};

    matrix->made = (zub_count_rows){all.ends, all.cols, all.counts};
    atomic_init(&all.failed, false);
    if (!all.ends || !all.cols || !all.counts)
        return ZUB_ENOMEM;
    zub_pool_each(matrix->threads, all.parts, make_rows, &all);
    if (atomic_load(&all.failed))
        return ZUB_ENOMEM;
    join_rows(&all);
    matrix->direct = &matrix->made;
    return ZUB_OK;
}

static zub_status choose_columns(zub_matrix *matrix,
                                 const zub_matrix_options *options,
                                 zub_error *error)
{
    const zub_state *words =
        options->vocabulary ? options->vocabulary : matrix->state;
    zub_status status = ZUB_OK;

    if (!matrix->state->has_articles)
        return zub_fail(error, ZUB_EINVAL,
                        "the state has no articles, only their sums (count "
                        "with --rows)");
    if (options->vocabulary)
        status = zub_fingerprint_match(matrix->state->fingerprint,
                                       words->fingerprint, error);
    if (status == ZUB_OK)
        status = zub_columns_choose(&matrix->columns, words, options, error);
    if (status == ZUB_OK && options->vocabulary &&
        zub_columns_join(matrix->joined, &matrix->columns, matrix->state) !=
            ZUB_OK)
        status = zub_fail_memory(error);
    return status;
}

zub_status zub_matrix_new(zub_matrix **out, const zub_state *state,
                          const zub_matrix_options *options, zub_error *error)
{
    static const zub_matrix_options defaults = {0};
    zub_matrix *matrix = zub_alloc_zero(1, sizeof *matrix);

    *out = NULL;
    if (!matrix)
        return zub_fail_memory(error);
    options = options ? options : &defaults;
    matrix->state = state;
    matrix->folder = options->folder;
    matrix->threads = options->threads ? options->threads : zub_processors();
    zub_name_room_init(&matrix->room);
    zub_status status = choose_columns(matrix, options, error);
    if (status == ZUB_OK)
        status = open_weighting(
            matrix, options->weight ? options->weight : "tfidf", error);
    if (status != ZUB_OK) {
        zub_matrix_free(matrix);
        return status;
    }
    if (is_direct(matrix))
        matrix->direct = &state->list.rows[0];
    else if (!state->is_mapped)
        status = make_all(matrix);
    if (status != ZUB_OK) {
        zub_matrix_free(matrix);
        return zub_fail_memory(error);
    }
    matrix->entries = count_entries(matrix);
    *out = matrix;
    return ZUB_OK;
}

void zub_matrix_free(zub_matrix *matrix)
{
    if (!matrix)
        return;
    zub_weighting_free(matrix->weighting);
    zub_columns_release(&matrix->columns);
    for (unsigned i = 0; i < ZUB_MOST_ORDER; i++)
        zub_free(matrix->joined[i]);
    zub_name_room_release(&matrix->room);
    zub_free((void *)(uintptr_t)matrix->made.ends);
    zub_free((void *)(uintptr_t)matrix->made.cols);
    zub_free((void *)(uintptr_t)matrix->made.counts);
    zub_file_close(&matrix->name_file);
    zub_free(matrix->chars);
    zub_free(matrix->starts);
    zub_free(matrix->cols);
    zub_free(matrix->counts);
    zub_free(matrix->values);
    zub_free(matrix);
}

/* ---- Asking ---- */

zub_matrix_size zub_matrix_measure(const zub_matrix *matrix)
{
    return (zub_matrix_size){matrix->state->articles, matrix->columns.count,
                             matrix->entries};
}

zub_slice zub_matrix_id(const zub_matrix *matrix, uint64_t row)
{
    return zub_state_article_id(matrix->state, (size_t)row);
}

zub_status zub_matrix_explain(zub_weight_reason *out, zub_matrix *matrix,
                              uint64_t row, uint64_t column, zub_error *error)
{
    *out = (zub_weight_reason){0};
    if (row >= matrix->state->articles || column >= matrix->columns.count)
        return zub_fail(error, ZUB_EINVAL, "the matrix has no such place");
    size_t entries = (size_t)entries_between(matrix, row, row + 1), at = 0;
    uint32_t *cols = zub_alloc(entries, sizeof *cols);
    uint32_t *counts = zub_alloc(entries, sizeof *counts);
    uint32_t *room = take_room(matrix, row, row + 1);
    zub_status status = ZUB_OK;
    if (!cols || !counts || !room) {
        status = zub_fail_memory(error);
    } else {
        size_t size = make_row(matrix, row, cols, counts, room);
        zub_count_row made = {(const int32_t *)cols, counts, size,
                              matrix->state->list.lengths[row]};
        while (at < made.size && cols[at] != column)
            at++;
        status = at < made.size
                     ? zub_weigh_explain(out, matrix->weighting, &made, at)
                     : zub_fail(error, ZUB_ENOTFOUND,
                                "the article has no such term");
    }
    zub_free(cols);
    zub_free(counts);
    zub_free(room);
    return status;
}

/* ---- Weightings by name ---- */

const char *zub_weight_name(size_t i)
{
    const zub_weighting_about *kind = zub_weighting_kind(i);

    return kind ? kind->name : NULL;
}

const char *zub_weight_about(size_t i)
{
    const zub_weighting_about *kind = zub_weighting_kind(i);

    return kind ? kind->formula : NULL;
}

zub_status zub_weight_check(const char *weight, zub_error *error)
{
    zub_error_clear(error);
    return zub_weighting_check(weight, error);
}
