/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* repeats.c - see repeats.h. Rows are remembered by each of their terms. A row
 * of length 1 that shares none of x's heaviest terms P cannot reach the cosine
 * sqrt(1 - sum of P's squares), so only rows met under those terms are
 * compared: the prefix filter of similarity joins (Bayardo, Ma & Srikant
 * 2007). */
#include "summary/repeats.h"

#include <string.h>

#include "base/mem.h"
#include "vectors/cosine.h"

#define REPEAT 0.9
#define MOST_COMPARED 256
/* Squares that P must hold for the rest to stay below REPEAT. */
#define PREFIX (1 - REPEAT * REPEAT + 1e-6)

typedef struct entry {
    int32_t row, next; /* next: index in entries, or -1 */
} entry;

struct zub_repeats {
    const zub_csr *matrix;
    int32_t *heads; /* [terms]; index in entries, or -1 */
    entry *entries;
    size_t count, capacity;
};

zub_status zub_repeats_new(zub_repeats **out, const zub_csr *matrix)
{
    size_t terms = (size_t)matrix->columns;

    *out = NULL;
    zub_repeats *repeats = zub_alloc_zero(1, sizeof *repeats);
    if (!repeats)
        return ZUB_ENOMEM;
    repeats->matrix = matrix;
    repeats->heads = zub_alloc(terms, sizeof *repeats->heads);
    if (!repeats->heads) {
        zub_repeats_free(repeats);
        return ZUB_ENOMEM;
    }
    memset(repeats->heads, 0xFF, terms * sizeof *repeats->heads);
    *out = repeats;
    return ZUB_OK;
}

void zub_repeats_free(zub_repeats *repeats)
{
    if (!repeats)
        return;
    zub_free(repeats->heads);
    zub_free(repeats->entries);
    zub_free(repeats);
}

zub_status zub_repeats_add(zub_repeats *repeats, int32_t row)
{
    const zub_csr *matrix = repeats->matrix;
    int32_t from = matrix->starts[row], to = matrix->starts[row + 1];

    if (!zub_grow(&repeats->entries, &repeats->capacity,
                  repeats->count + (size_t)(to - from),
                  sizeof *repeats->entries))
        return ZUB_ENOMEM;
    for (int32_t i = from; i < to; i++) {
        int32_t *head = &repeats->heads[matrix->cols[i]];
        repeats->entries[repeats->count] = (entry){row, *head};
        *head = (int32_t)repeats->count++;
    }
    return ZUB_OK;
}

/* Looks at the latest MOST_COMPARED only: where more have a heavy term in
 * common, it tells none apart. */
static bool repeats_under(const zub_repeats *repeats, int32_t row,
                          int32_t term)
{
    int compared = 0;

    for (int32_t e = repeats->heads[term];
         e >= 0 && compared++ < MOST_COMPARED; e = repeats->entries[e].next)
        if (zub_row_dot_row(repeats->matrix, row, repeats->entries[e].row) >=
            REPEAT)
            return true;
    return false;
}

/* Place of the heaviest entry of a row behind `last` (by weight, then place; -1
 * for the first): calling again with what it returned walks down the row. */
static int32_t next_heaviest(const zub_csr *matrix, int32_t row, int32_t last)
{
    int32_t best = -1;

    for (int32_t i = matrix->starts[row]; i < matrix->starts[row + 1]; i++) {
        float value = matrix->values[i];
        if (last >= 0 && (value > matrix->values[last] ||
                          (value == matrix->values[last] && i <= last)))
            continue;
        if (best < 0 || value > matrix->values[best])
            best = i;
    }
    return best;
}

bool zub_repeats_has(const zub_repeats *repeats, int32_t row)
{
    const zub_csr *matrix = repeats->matrix;
    double squares = 0;

    for (int32_t i = next_heaviest(matrix, row, -1);
         i >= 0 && squares < PREFIX; i = next_heaviest(matrix, row, i)) {
        if (repeats_under(repeats, row, matrix->cols[i]))
            return true;
        squares += (double)matrix->values[i] * matrix->values[i];
    }
    return false;
}
