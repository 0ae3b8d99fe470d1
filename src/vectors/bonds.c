/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* bonds.c - which terms made two rows alike. */
#include <stdlib.h>

#include "base/error.h"
#include "base/mem.h"
#include "vectors/similar.h"

/* Largest first, then by column. */
static int compare(const void *a, const void *b)
{
    const zub_bond *left = a, *right = b;

    if (left->share != right->share)
        return left->share < right->share ? 1 : -1;
    return left->column < right->column ? -1 : left->column > right->column;
}

static size_t columns_of(const zub_vector *row)
{
    return row->size ? (size_t)row->cols[row->size - 1] + 1 : 0;
}

/* What each entry of `b` adds to the sum, into parts; the sum. */
static double part(double *parts, const zub_resemblance *measure,
                   const zub_vector *a, const zub_vector *b, float *dense)
{
    zub_row_size left = measure->size(a), right = measure->size(b);

    if (!(left.scale > 0 && right.scale > 0))
        return 0;
    zub_similar_spread(dense, a, true);
    return measure->sum(dense, left.size, b, right.size, parts);
}

static void fill(zub_bonds *bonds, const zub_vector *row, const double *parts,
                 double sum)
{
    for (size_t i = 0; sum > 0 && i < row->size; i++)
        if (parts[i] != 0)
            bonds->items[bonds->count++] =
                (zub_bond){(uint64_t)row->cols[i], parts[i] / sum};
    qsort(bonds->items, bonds->count, sizeof *bonds->items, compare);
}

/* ZUB_EINVAL where columns do not ascend. */
static zub_status check(const zub_vector *a, const zub_vector *b,
                        zub_error *error)
{
    zub_status status = zub_similar_check_query(a, SIZE_MAX, error);

    return status == ZUB_OK ? zub_similar_check_query(b, SIZE_MAX, error)
                            : status;
}

zub_status zub_similar_explain(zub_bonds **out, const zub_vector *a,
                               const zub_vector *b, const char *measure,
                               zub_error *error)
{
    zub_similar_options asked = {.measure = measure};
    const zub_resemblance *found;

    *out = NULL;
    zub_error_clear(error);
    zub_status status = zub_similar_check(&asked, &found, &asked, error);
    if (status == ZUB_OK)
        status = check(a, b, error);
    if (status != ZUB_OK)
        return status;
    size_t columns =
        columns_of(a) > columns_of(b) ? columns_of(a) : columns_of(b);
    float *dense = zub_alloc_zero(columns, sizeof *dense);
    double *parts = zub_alloc_zero(b->size, sizeof *parts);
    zub_bonds *bonds =
        zub_alloc_tail(sizeof *bonds, b->size, sizeof *bonds->items);
    if (dense && parts && bonds) {
        bonds->items = (zub_bond *)(bonds + 1);
        fill(bonds, b, parts, part(parts, found, a, b, dense));
        *out = bonds;
    } else {
        zub_free(bonds);
        status = zub_fail_memory(error);
    }
    zub_free(dense);
    zub_free(parts);
    return status;
}

void zub_bonds_free(zub_bonds *bonds)
{
    zub_free(bonds);
}
