/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* graph.c - see graph.h. A sentence keeps its 64 strongest edges: below that
 * many sentences the graph is whole, beyond it time and memory grow with the
 * sentences and not with their square. */
#include "summary/graph.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "vectors/neighbours.h"

#define EDGES 64u
#define MOST_STEPS 100
#define CLOSE_ENOUGH 1e-6 /* sum of changes in a step */

/* ---- Edges ---- */

zub_status zub_cosine_edges(zub_csr *out, const zub_article *article)
{
    zub_likeness likeness = {.rows = &article->matrix};

    return zub_neighbours(out, &likeness, EDGES, 0);
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

zub_status zub_overlap_edges(zub_csr *out, const zub_article *article)
{
    const zub_sentence *sentences = article->document->sentences;
    size_t rows = (size_t)article->matrix.rows;
    zub_csr binary;

    *out = (zub_csr){0};
    float *lengths = zub_alloc(rows, sizeof *lengths);
    zub_status status = lengths ? copy_binary(&binary, &article->matrix)
                                : ZUB_ENOMEM;
    if (status == ZUB_OK) {
        for (size_t r = 0; r < rows; r++)
            lengths[r] = logf((float)(sentences[r].word_end -
                                      sentences[r].word_start + 1u));
        zub_likeness likeness = {&binary, lengths};
        status = zub_neighbours(out, &likeness, EDGES, 0);
        zub_free(binary.values);
    }
    zub_free(lengths);
    return status;
}

/* ---- Centrality ---- */

static void sum_rows(double *sums, const zub_csr *edges)
{
    for (int32_t r = 0; r < edges->rows; r++) {
        sums[r] = 0;
        for (int32_t i = edges->starts[r]; i < edges->starts[r + 1]; i++)
            sums[r] += (double)edges->values[i];
    }
}

/* One step of the walk; returns how much it changed. The graph is symmetric:
 * what comes in over an edge stands in the row itself. */
static double step(double *next, const double *ranks, const double *sums,
                   const zub_csr *edges, double jump)
{
    double lost = 0, change = 0;
    double rows = edges->rows;

    for (int32_t r = 0; r < edges->rows; r++)
        if (sums[r] <= 0)
            lost += ranks[r];
    double floor = (jump + (1 - jump) * lost) / rows;
    for (int32_t r = 0; r < edges->rows; r++) {
        double in = 0;
        for (int32_t i = edges->starts[r]; i < edges->starts[r + 1]; i++) {
            int32_t from = edges->cols[i];
            in += ranks[from] * (double)edges->values[i] / sums[from];
        }
        next[r] = floor + (1 - jump) * in;
        change += fabs(next[r] - ranks[r]);
    }
    return change;
}

zub_status zub_page_rank(double *ranks, const zub_csr *edges, double jump)
{
    size_t rows = (size_t)edges->rows;
    double *sums = zub_alloc(rows, sizeof *sums);
    double *next = zub_alloc(rows, sizeof *next);

    if (!sums || !next) {
        zub_free(sums);
        zub_free(next);
        return ZUB_ENOMEM;
    }
    sum_rows(sums, edges);
    for (size_t r = 0; r < rows; r++)
        ranks[r] = 1 / (double)rows;
    for (int i = 0; i < MOST_STEPS; i++) {
        double change = step(next, ranks, sums, edges, jump);
        memcpy(ranks, next, rows * sizeof *ranks);
        if (change < CLOSE_ENOUGH)
            break;
    }
    zub_free(sums);
    zub_free(next);
    return ZUB_OK;
}

void zub_directed_degrees(double *later, double *earlier,
                          const zub_csr *edges)
{
    for (int32_t r = 0; r < edges->rows; r++) {
        later[r] = earlier[r] = 0;
        for (int32_t i = edges->starts[r]; i < edges->starts[r + 1]; i++)
            *(edges->cols[i] > r ? &later[r] : &earlier[r]) +=
                (double)edges->values[i];
    }
}
