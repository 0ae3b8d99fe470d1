/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* row_sort.c - see row_sort.h. */
#include "terms/row_sort.h"

#include "base/mem.h"

#define FEW 24u /* entries of a row that are sorted by insertion */

zub_status zub_row_sort_init(zub_row_sort *sort, size_t columns)
{
    size_t words = columns / 64 + 1;

    sort->summaries = words / 64 + 1;
    sort->bits = zub_alloc_zero(words, sizeof *sort->bits);
    sort->summary = zub_alloc_zero(sort->summaries, sizeof *sort->summary);
    sort->values = zub_alloc(columns, sizeof *sort->values);
    return sort->bits && sort->summary && sort->values ? ZUB_OK : ZUB_ENOMEM;
}

void zub_row_sort_release(zub_row_sort *sort)
{
    zub_free(sort->bits);
    zub_free(sort->summary);
    zub_free(sort->values);
}

static void put_bits(zub_row_sort *sort, const uint32_t *cols,
                     const uint32_t *counts, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        uint32_t col = cols[i];
        sort->bits[col / 64] |= (uint64_t)1 << col % 64;
        sort->summary[col / 4096] |= (uint64_t)1 << col / 64 % 64;
        sort->values[col] = counts[i];
    }
}

static size_t take_word(zub_row_sort *sort, size_t word, uint32_t *cols,
                        uint32_t *counts)
{
    uint64_t bits = sort->bits[word];
    size_t size = 0;

    sort->bits[word] = 0;
    for (; bits; bits &= bits - 1) {
        uint32_t col = (uint32_t)(word * 64) + (uint32_t)__builtin_ctzll(bits);
        cols[size] = col;
        counts[size++] = sort->values[col];
    }
    return size;
}

static size_t take_bits(zub_row_sort *sort, uint32_t *cols, uint32_t *counts)
{
    size_t at = 0;

    for (size_t s = 0; s < sort->summaries; s++) {
        uint64_t words = sort->summary[s];
        sort->summary[s] = 0;
        for (; words; words &= words - 1)
            at += take_word(sort, s * 64 + (size_t)__builtin_ctzll(words),
                            cols + at, counts + at);
    }
    return at;
}

static void insert_entries(uint32_t *cols, uint32_t *counts, size_t size)
{
    for (size_t i = 1; i < size; i++) {
        uint32_t col = cols[i], count = counts[i];
        size_t at = i;
        for (; at > 0 && cols[at - 1] > col; at--) {
            cols[at] = cols[at - 1];
            counts[at] = counts[at - 1];
        }
        cols[at] = col;
        counts[at] = count;
    }
}

void zub_row_sort_entries(zub_row_sort *sort, uint32_t *cols, uint32_t *counts,
                          size_t size)
{
    if (size <= FEW) {
        insert_entries(cols, counts, size);
        return;
    }
    put_bits(sort, cols, counts, size);
    take_bits(sort, cols, counts);
}

/* ---- Repeated columns ---- */

static void add_bits(zub_row_sort *sort, const uint32_t *cols, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        uint32_t col = cols[i];
        uint64_t *word = &sort->bits[col / 64], bit = (uint64_t)1 << col % 64;
        sort->values[col] = *word & bit ? sort->values[col] + 1 : 1;
        *word |= bit;
        sort->summary[col / 4096] |= (uint64_t)1 << col / 64 % 64;
    }
}

static void insert_columns(uint32_t *cols, size_t size)
{
    for (size_t i = 1; i < size; i++) {
        uint32_t col = cols[i];
        size_t at = i;
        for (; at > 0 && cols[at - 1] > col; at--)
            cols[at] = cols[at - 1];
        cols[at] = col;
    }
}

static size_t count_runs(uint32_t *out, uint32_t *counts, const uint32_t *cols,
                         size_t size)
{
    size_t kept = 0;

    for (size_t i = 0, end; i < size; i = end) {
        uint32_t col = cols[i];
        for (end = i + 1; end < size && cols[end] == col; end++)
            ;
        out[kept] = col;
        counts[kept++] = (uint32_t)(end - i);
    }
    return kept;
}

size_t zub_row_sort_repeated(zub_row_sort *sort, uint32_t *out,
                             uint32_t *counts, uint32_t *cols, size_t size)
{
    if (size <= FEW) {
        insert_columns(cols, size);
        return count_runs(out, counts, cols, size);
    }
    add_bits(sort, cols, size);
    return take_bits(sort, out, counts);
}
