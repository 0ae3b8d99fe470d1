/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* graph.c - see graph.h. Each sentence is like itself too, as in the matrix of
 * LexRank: without the loop a long sentence, which shares a little with every
 * other, gives its rank away. Of others a sentence keeps its 64 strongest
 * edges: below that many sentences the graph is whole, beyond it time and
 * memory grow with the sentences and not with their square. */
#include "summary/graph.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "vectors/neighbours.h"

#define EDGES 64u
#define MOST_STEPS 100
#define CLOSE_ENOUGH 1e-6 /* sum of changes in a step */

/* ---- Edges ---- */

static zub_status open_graph(zub_graph *graph, size_t rows)
{
    *graph = (zub_graph){.loops = zub_alloc_zero(rows, sizeof *graph->loops)};
    return graph->loops ? ZUB_OK : ZUB_ENOMEM;
}

void zub_graph_release(zub_graph *graph)
{
    zub_csr_release(&graph->edges);
    zub_free(graph->loops);
    *graph = (zub_graph){0};
}

static int32_t row_length(const zub_csr *matrix, int32_t row)
{
    return matrix->starts[row + 1] - matrix->starts[row];
}

zub_status zub_graph_by_cosine(zub_graph *out, const zub_article *article)
{
    zub_likeness likeness = {.rows = &article->matrix};
    zub_status status = open_graph(out, (size_t)article->matrix.rows);

    if (status == ZUB_OK)
        status = zub_neighbours(&out->edges, &likeness, EDGES, 0);
    if (status != ZUB_OK) {
        zub_graph_release(out);
        return status;
    }
    for (int32_t r = 0; r < article->matrix.rows; r++)
        out->loops[r] = row_length(&article->matrix, r) > 0;
    return ZUB_OK;
}

/* The same cells with 1 in each. */
static zub_status copy_binary(zub_csr *out, const zub_csr *matrix)
{
    size_t entries = (size_t)matrix->starts[matrix->rows];

    *out = *matrix;
    out->values = zub_alloc(entries, sizeof *out->values);
    if (!out->values)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < entries; i++)
        out->values[i] = 1;
    return ZUB_OK;
}

static void fill_lengths(float *lengths, const zub_csr *matrix)
{
    for (int32_t r = 0; r < matrix->rows; r++) {
        int32_t length = row_length(matrix, r);
        lengths[r] = length > 0 ? logf((float)length) : 0;
    }
}

static void fill_loops(double *loops, const zub_csr *matrix,
                       const float *lengths)
{
    for (int32_t r = 0; r < matrix->rows; r++)
        if (lengths[r] > 0)
            loops[r] = row_length(matrix, r) / (2 * (double)lengths[r]);
}

static zub_status find_overlaps(zub_graph *out, const zub_csr *matrix,
                                float *lengths)
{
    zub_csr binary;
    zub_status status = copy_binary(&binary, matrix);

    if (status != ZUB_OK)
        return status;
    zub_likeness likeness = {&binary, lengths};
    status = zub_neighbours(&out->edges, &likeness, EDGES, 0);
    zub_free(binary.values);
    return status;
}

zub_status zub_graph_by_overlap(zub_graph *out, const zub_article *article)
{
    const zub_csr *matrix = &article->matrix;
    float *lengths = zub_alloc((size_t)matrix->rows, sizeof *lengths);
    zub_status status = open_graph(out, (size_t)matrix->rows);

    if (!lengths)
        status = ZUB_ENOMEM;
    if (status == ZUB_OK) {
        fill_lengths(lengths, matrix);
        fill_loops(out->loops, matrix, lengths);
        status = find_overlaps(out, matrix, lengths);
    }
    zub_free(lengths);
    if (status != ZUB_OK)
        zub_graph_release(out);
    return status;
}

/* ---- Centrality ---- */

static void sum_rows(double *sums, const zub_graph *graph)
{
    const zub_csr *edges = &graph->edges;

    for (int32_t r = 0; r < edges->rows; r++) {
        sums[r] = graph->loops[r];
        for (int32_t i = edges->starts[r]; i < edges->starts[r + 1]; i++)
            sums[r] += (double)edges->values[i];
    }
}

/* One step of the walk; returns how much it changed. The graph is symmetric:
 * what comes in over an edge stands in the row itself. */
static double step(double *next, const double *ranks, const double *sums,
                   const zub_graph *graph, double jump)
{
    const zub_csr *edges = &graph->edges;
    double lost = 0, change = 0;
    double rows = edges->rows;

    for (int32_t r = 0; r < edges->rows; r++)
        if (sums[r] <= 0)
            lost += ranks[r];
    double floor = (jump + (1 - jump) * lost) / rows;
    for (int32_t r = 0; r < edges->rows; r++) {
        double in = sums[r] > 0 ? ranks[r] * graph->loops[r] / sums[r] : 0;
        for (int32_t i = edges->starts[r]; i < edges->starts[r + 1]; i++) {
            int32_t from = edges->cols[i];
            in += ranks[from] * (double)edges->values[i] / sums[from];
        }
        next[r] = floor + (1 - jump) * in;
        change += fabs(next[r] - ranks[r]);
    }
    return change;
}

zub_status zub_page_rank(double *ranks, const zub_graph *graph, double jump)
{
    size_t rows = (size_t)graph->edges.rows;
    double *sums = zub_alloc(rows, sizeof *sums);
    double *next = zub_alloc(rows, sizeof *next);

    if (!sums || !next) {
        zub_free(sums);
        zub_free(next);
        return ZUB_ENOMEM;
    }
    sum_rows(sums, graph);
    for (size_t r = 0; r < rows; r++)
        ranks[r] = 1 / (double)rows;
    for (int i = 0; i < MOST_STEPS; i++) {
        double change = step(next, ranks, sums, graph, jump);
        memcpy(ranks, next, rows * sizeof *ranks);
        if (change < CLOSE_ENOUGH)
            break;
    }
    zub_free(sums);
    zub_free(next);
    return ZUB_OK;
}

void zub_directed_degrees(double *later, double *earlier, const zub_csr *edges)
{
    for (int32_t r = 0; r < edges->rows; r++) {
        later[r] = earlier[r] = 0;
        for (int32_t i = edges->starts[r]; i < edges->starts[r + 1]; i++)
            *(edges->cols[i] > r ? &later[r] : &earlier[r]) +=
                (double)edges->values[i];
    }
}
