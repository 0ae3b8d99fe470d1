/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* neighbours.c - see neighbours.h. A row's likeness to all others gathers in a
 * dense array, in the row's order of terms: the same sum, bit for bit, from
 * either side of an edge. */
#include "vectors/neighbours.h"

#include "base/heap.h"
#include "base/mem.h"

typedef struct gatherer {
    const zub_likeness *likeness;
    zub_csr inverted; /* terms by rows */
    double *sums;     /* [rows], 0 between rows */
    int32_t *touched; /* [rows] */
    int32_t touched_count;
    int32_t longest; /* inverted list that is used */
    zub_heap best;
} gatherer;

static int32_t list_length(const zub_csr *inverted, int32_t term)
{
    return inverted->starts[term + 1] - inverted->starts[term];
}

/* The longest list with which all products are at most ZUB_MOST_PRODUCTS:
 * counts[n] lists have the length n. */
static int32_t longest_list(const int32_t *counts, int32_t rows)
{
    double products = 0;

    for (int32_t n = 1; n <= rows; n++) {
        products += (double)counts[n] * n * n;
        if (products > ZUB_MOST_PRODUCTS)
            return n - 1;
    }
    return rows;
}

static zub_status limit_lists(gatherer *g)
{
    int32_t rows = g->inverted.columns;
    int32_t *counts = zub_alloc_zero((size_t)rows + 1, sizeof *counts);

    if (!counts)
        return ZUB_ENOMEM;
    for (int32_t t = 0; t < g->inverted.rows; t++)
        counts[list_length(&g->inverted, t)]++;
    g->longest = longest_list(counts, rows);
    zub_free(counts);
    return ZUB_OK;
}

static zub_status open_gatherer(gatherer *g, const zub_likeness *likeness,
                                size_t k)
{
    size_t rows = (size_t)likeness->rows->rows;

    *g = (gatherer){.likeness = likeness};
    zub_status status = zub_csr_transpose(&g->inverted, likeness->rows);
    if (status != ZUB_OK)
        return status;
    g->sums = zub_alloc_zero(rows, sizeof *g->sums);
    g->touched = zub_alloc(rows, sizeof *g->touched);
    if (!g->sums || !g->touched ||
        !zub_heap_init(&g->best, k < rows ? k : rows))
        return ZUB_ENOMEM;
    return limit_lists(g);
}

static void close_gatherer(gatherer *g)
{
    zub_csr_release(&g->inverted);
    zub_free(g->sums);
    zub_free(g->touched);
    zub_heap_release(&g->best);
}

static void gather_term(gatherer *g, int32_t term, double value)
{
    const zub_csr *inverted = &g->inverted;

    if (list_length(inverted, term) > g->longest)
        return;
    for (int32_t i = inverted->starts[term]; i < inverted->starts[term + 1];
         i++) {
        int32_t row = inverted->cols[i];
        /* Products are above 0, so a sum of 0 was not touched yet. */
        if (g->sums[row] == 0)
            g->touched[g->touched_count++] = row;
        g->sums[row] += value * (double)inverted->values[i];
    }
}

static double likeness_of(const zub_likeness *likeness, int32_t a, int32_t b,
                          double dot)
{
    if (!likeness->norms)
        return dot;
    double norm = (double)likeness->norms[a] + (double)likeness->norms[b];
    return norm > 0 ? dot / norm : 0;
}

static void keep_best(gatherer *g, int32_t row, double threshold)
{
    zub_heap_clear(&g->best);
    for (int32_t i = 0; i < g->touched_count; i++) {
        int32_t other = g->touched[i];
        double value = likeness_of(g->likeness, row, other, g->sums[other]);
        g->sums[other] = 0;
        if (other != row && value > threshold)
            zub_heap_add(&g->best, value, (uint32_t)other);
    }
    g->touched_count = 0;
}

static void gather_row(gatherer *g, int32_t row, double threshold)
{
    const zub_csr *rows = g->likeness->rows;

    for (int32_t i = rows->starts[row]; i < rows->starts[row + 1]; i++)
        if (rows->values[i] > 0)
            gather_term(g, rows->cols[i], (double)rows->values[i]);
    keep_best(g, row, threshold);
}

static zub_status find_best(zub_csr *out, gatherer *g, double threshold)
{
    int32_t rows = g->likeness->rows->rows;
    zub_csr_builder builder;

    zub_csr_builder_init(&builder, rows);
    for (int32_t row = 0; row < rows; row++) {
        gather_row(g, row, threshold);
        for (size_t i = 0; i < g->best.size; i++)
            zub_csr_builder_add(&builder, (int32_t)g->best.items[i].id,
                                (float)g->best.items[i].score);
        zub_csr_builder_end_row(&builder);
    }
    return zub_csr_builder_finish(&builder, out);
}

/* Row `r` of either matrix; an edge that is in both has one value. */
static void unite_row(zub_csr_builder *builder, const zub_csr *a,
                      const zub_csr *b, int32_t r)
{
    int32_t i = a->starts[r], j = b->starts[r];

    while (i < a->starts[r + 1] || j < b->starts[r + 1]) {
        int32_t left = i < a->starts[r + 1] ? a->cols[i] : INT32_MAX;
        int32_t right = j < b->starts[r + 1] ? b->cols[j] : INT32_MAX;
        zub_csr_builder_add(builder, left <= right ? left : right,
                            left <= right ? a->values[i] : b->values[j]);
        i += left <= right;
        j += right <= left;
    }
    zub_csr_builder_end_row(builder);
}

static zub_status make_symmetric(zub_csr *out, const zub_csr *edges)
{
    zub_csr_builder builder;
    zub_csr reversed;
    zub_status status = zub_csr_transpose(&reversed, edges);

    if (status != ZUB_OK)
        return status;
    zub_csr_builder_init(&builder, edges->columns);
    for (int32_t r = 0; r < edges->rows; r++)
        unite_row(&builder, edges, &reversed, r);
    zub_csr_release(&reversed);
    return zub_csr_builder_finish(&builder, out);
}

zub_status zub_neighbours(zub_csr *out, const zub_likeness *likeness, size_t k,
                          double threshold)
{
    gatherer g;
    zub_csr edges = {0};

    *out = (zub_csr){0};
    zub_status status = open_gatherer(&g, likeness, k);
    if (status == ZUB_OK)
        status = find_best(&edges, &g, threshold);
    close_gatherer(&g);
    if (status == ZUB_OK)
        status = make_symmetric(out, &edges);
    zub_csr_release(&edges);
    return status;
}
