/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* graph.h - how central each sentence is among the others. */
#ifndef ZUB_SUMMARY_GRAPH_H
#define ZUB_SUMMARY_GRAPH_H

#include "summary/article.h"

typedef struct zub_graph {
    zub_csr edges; /* symmetric, without loops */
    double *loops; /* [rows], from each row to itself */
} zub_graph;

/* Edges by cosine of TF-IDF vectors, as in LexRank (Erkan & Radev 2004,
 * continuous). ZUB_ENOMEM; on failure the graph is empty. */
zub_status zub_graph_by_cosine(zub_graph *out, const zub_article *article);

/* Edges by words in common over the sum of the logarithms of their lengths, as
 * in TextRank (Mihalcea & Tarau 2004). ZUB_ENOMEM; on failure the graph is
 * empty. */
zub_status zub_graph_by_overlap(zub_graph *out, const zub_article *article);

void zub_graph_release(zub_graph *graph);

/* Stationary distribution of a walk: with probability `jump` to any row, else
 * along an edge or loop, each as likely as it is heavy; a row without any
 * jumps. `ranks` [rows] sum to 1. (Brin & Page 1998.) ZUB_ENOMEM. */
zub_status zub_page_rank(double *ranks, const zub_graph *graph, double jump);

/* Sums of each row's edges to later and to earlier rows, as in directed
 * centrality (Zheng & Lapata 2019); [rows] each. */
void zub_directed_degrees(double *later, double *earlier,
                          const zub_csr *edges);

#endif
