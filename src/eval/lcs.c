/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* lcs.c - see lcs.h. A column of the table c[i][j] is kept as the bits of its
 * steps: bit i is 0 where c[i+1][j] = c[i][j] + 1 (Hyyro, Bit-parallel LCS-
 * length computation revisited, 2004). So the length is the number of zeros,
 * and walking back needs one bit a step: where it is 1, dropping a's word
 * costs nothing. */
#include "eval/lcs.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

#define WEIGHT 1.2

void zub_lcs_release(zub_lcs *lcs)
{
    zub_free(lcs->row_of);
    zub_free(lcs->matches);
    zub_free(lcs->columns);
    zub_free(lcs->costs);
    zub_free(lcs->gains);
    *lcs = (zub_lcs){0};
}

/* ---- By bits ---- */

static bool widen_rows(zub_lcs *lcs, size_t words)
{
    size_t old = lcs->word_capacity;

    if (!zub_grow(&lcs->row_of, &lcs->word_capacity, words,
                  sizeof *lcs->row_of))
        return false;
    if (lcs->word_capacity > old)
        memset(lcs->row_of + old, 0,
               (lcs->word_capacity - old) * sizeof *lcs->row_of);
    return true;
}

/* Where each word of a stands, as bits, and room for `columns`; false, with
 * nothing set, when memory is out. */
static bool set_matches(zub_lcs *lcs, zub_words_run a, size_t words,
                        size_t columns)
{
    uint32_t rows = 0;

    lcs->blocks = (a.size + 63) / 64;
    if (!widen_rows(lcs, words) ||
        !zub_grow(&lcs->matches, &lcs->match_capacity, a.size * lcs->blocks,
                  sizeof *lcs->matches) ||
        !zub_grow(&lcs->columns, &lcs->column_capacity, columns * lcs->blocks,
                  sizeof *lcs->columns))
        return false;
    for (size_t i = 0; i < a.size; i++) {
        uint32_t *row = &lcs->row_of[a.ids[i]];
        if (*row == 0) {
            memset(lcs->matches + rows * lcs->blocks, 0,
                   lcs->blocks * sizeof *lcs->matches);
            *row = ++rows;
        }
        lcs->matches[(*row - 1) * lcs->blocks + i / 64] |= 1ull << i % 64;
    }
    return true;
}

static void forget_matches(zub_lcs *lcs, zub_words_run a)
{
    for (size_t i = 0; i < a.size; i++)
        lcs->row_of[a.ids[i]] = 0;
}

/* One column further: V' = (V + U) | (V - U) where U = V & matches. */
static void step(uint64_t *to, const uint64_t *from, const uint64_t *match,
                 size_t blocks)
{
    uint64_t carry = 0;

    for (size_t k = 0; k < blocks; k++) {
        uint64_t v = from[k], u = v & match[k];
        uint64_t sum = v + carry;
        carry = sum < carry;
        sum += u;
        carry += sum < u;
        to[k] = sum | (v & ~match[k]);
    }
}

static const uint64_t *matches_of(const zub_lcs *lcs, uint32_t word)
{
    uint32_t row = lcs->row_of[word];

    return row ? lcs->matches + (row - 1) * lcs->blocks : NULL;
}

static size_t count_zeros(const uint64_t *column, size_t size)
{
    size_t zeros = 0;

    for (size_t k = 0; k < (size + 63) / 64; k++)
        zeros += 64 - (size_t)__builtin_popcountll(column[k]);
    return zeros; /* bits beyond `size` are never matched: they stay 1 */
}

zub_status zub_lcs_length(zub_lcs *lcs, size_t *out, zub_words_run a,
                          zub_words_run b, size_t words)
{
    *out = 0;
    if (a.size == 0 || b.size == 0)
        return ZUB_OK;
    if (!set_matches(lcs, a, words, 1))
        return ZUB_ENOMEM;
    memset(lcs->columns, 0xFF, lcs->blocks * sizeof *lcs->columns);
    for (size_t j = 0; j < b.size; j++) {
        const uint64_t *match = matches_of(lcs, b.ids[j]);
        if (match)
            step(lcs->columns, lcs->columns, match, lcs->blocks);
    }
    *out = count_zeros(lcs->columns, a.size);
    forget_matches(lcs, a);
    return ZUB_OK;
}

static void walk_back(const zub_lcs *lcs, bool *mask, zub_words_run a,
                      zub_words_run b)
{
    size_t i = a.size, j = b.size;

    while (i > 0 && j > 0) {
        const uint64_t *column = lcs->columns + (j - 1) * lcs->blocks;
        if (a.ids[i - 1] == b.ids[j - 1]) {
            mask[--i] = true;
            j--;
        } else if (column[(i - 1) / 64] >> (i - 1) % 64 & 1) {
            i--;
        } else {
            j--;
        }
    }
}

zub_status zub_lcs_mark(zub_lcs *lcs, bool *mask, zub_words_run a,
                        zub_words_run b, size_t words)
{
    if (a.size == 0 || b.size == 0)
        return ZUB_OK;
    if (!set_matches(lcs, a, words, b.size + 1))
        return ZUB_ENOMEM;
    /* The column before the first stands at the end, out of the way. */
    size_t blocks = lcs->blocks;
    uint64_t *last = lcs->columns + b.size * blocks;
    memset(last, 0xFF, blocks * sizeof *last);
    for (size_t j = 0; j < b.size; j++) {
        const uint64_t *match = matches_of(lcs, b.ids[j]);
        uint64_t *column = lcs->columns + j * blocks;
        if (match)
            step(column, last, match, blocks);
        else
            memcpy(column, last, blocks * sizeof *column);
        last = column;
    }
    walk_back(lcs, mask, a, b);
    forget_matches(lcs, a);
    return ZUB_OK;
}

/* ---- Weighted ---- */

double zub_lcs_weight(double k)
{
    return pow(k, WEIGHT);
}

double zub_lcs_unweight(double weight)
{
    return pow(weight, 1 / WEIGHT);
}

/* Two rows of the table: c, the weight so far, and w, the length of the run
 * that ends here. Bits of `columns` say where b's word is dropped. */
typedef struct weighted {
    double *c, *c_before;
    const double *gain; /* gain[k] = f(k + 1) - f(k) */
    uint32_t *w, *w_before;
    size_t bits; /* blocks a row of the bits */
} weighted;

/* Up to a run of `count` words. */
static bool know_gains(zub_lcs *lcs, size_t count)
{
    if (!zub_grow(&lcs->gains, &lcs->gain_capacity, count, sizeof *lcs->gains))
        return false;
    for (; lcs->gain_count < count; lcs->gain_count++) {
        double k = (double)lcs->gain_count;
        lcs->gains[lcs->gain_count] =
            zub_lcs_weight(k + 1) - zub_lcs_weight(k);
    }
    return true;
}

static bool lay_out(zub_lcs *lcs, weighted *rows, size_t a, size_t b)
{
    size_t width = b + 1;

    rows->bits = (b + 63) / 64;
    if (!zub_grow(&lcs->columns, &lcs->column_capacity, a * rows->bits,
                  sizeof *lcs->columns) ||
        !zub_grow(&lcs->costs, &lcs->cost_capacity, 3 * width,
                  sizeof *lcs->costs) ||
        !know_gains(lcs, width))
        return false;
    rows->gain = lcs->gains;
    rows->c = lcs->costs;
    rows->c_before = lcs->costs + width;
    rows->w = (uint32_t *)(void *)(lcs->costs + 2 * width);
    rows->w_before = rows->w + width;
    memset(lcs->costs, 0, 3 * width * sizeof *lcs->costs);
    memset(lcs->columns, 0, a * rows->bits * sizeof *lcs->columns);
    return true;
}

static void weigh_row(weighted *rows, uint64_t *drops, uint32_t word,
                      zub_words_run b)
{
    for (size_t j = 1; j <= b.size; j++) {
        if (word == b.ids[j - 1]) {
            uint32_t run = rows->w_before[j - 1];
            rows->c[j] = rows->c_before[j - 1] + rows->gain[run];
            rows->w[j] = run + 1;
            continue;
        }
        rows->w[j] = 0;
        rows->c[j] = rows->c_before[j];
        if (rows->c[j - 1] > rows->c_before[j]) {
            rows->c[j] = rows->c[j - 1];
            drops[(j - 1) / 64] |= 1ull << (j - 1) % 64;
        }
    }
}

static void swap_rows(weighted *rows)
{
    double *c = rows->c;
    uint32_t *w = rows->w;

    rows->c = rows->c_before;
    rows->c_before = c;
    rows->w = rows->w_before;
    rows->w_before = w;
}

zub_status zub_lcs_mark_weighted(zub_lcs *lcs, bool *mask, zub_words_run a,
                                 zub_words_run b)
{
    weighted rows;
    size_t i = a.size, j = b.size;

    if (i == 0 || j == 0)
        return ZUB_OK;
    if (!lay_out(lcs, &rows, i, j))
        return ZUB_ENOMEM;
    for (size_t row = 0; row < a.size; row++) {
        weigh_row(&rows, lcs->columns + row * rows.bits, a.ids[row], b);
        swap_rows(&rows);
    }
    while (i > 0 && j > 0) {
        const uint64_t *drops = lcs->columns + (i - 1) * rows.bits;
        if (a.ids[i - 1] == b.ids[j - 1]) {
            mask[--i] = true;
            j--;
        } else if (drops[(j - 1) / 64] >> (j - 1) % 64 & 1) {
            j--;
        } else {
            i--;
        }
    }
    return ZUB_OK;
}
