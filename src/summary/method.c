/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* method.c - see method.h. A method is a row and a function. */
#include "summary/method.h"

#include <string.h>

#include "base/mem.h"
#include "summary/graph.h"
#include "vectors/cosine.h"

#define JUMP 0.15       /* Erkan & Radev 2004 */
#define BACKWARD (-0.1) /* lambda 1 over lambda 2 of directed centrality */

#define REASON(name) (1u << ZUB_REASON_##name)

/* Lead: the earlier the better; the baseline that few beat. */
static zub_status score_lead(double *parts, const zub_article *article,
                             const zub_profile *profile, bool no_position)
{
    size_t place = 0;

    (void)profile, (void)no_position;
    for (size_t s = 0; s < article->document->sentence_count; s++)
        if (article->is_candidate[s])
            parts[s * ZUB_REASONS + ZUB_REASON_POSITION] =
                1 - (double)place++ / (double)article->candidates;
    return ZUB_OK;
}

/* Centroid (Radev, Jing, Stys & Tam 2004): cosine with the sum of all. */
static zub_status score_centroid(double *parts, const zub_article *article,
                                 const zub_profile *profile, bool no_position)
{
    (void)profile, (void)no_position;
    for (size_t s = 0; s < article->document->sentence_count; s++)
        if (article->is_candidate[s])
            parts[s * ZUB_REASONS + ZUB_REASON_CENTROID] = zub_row_dot_dense(
                &article->matrix, (int32_t)s, article->centroid);
    return ZUB_OK;
}

/* Page rank times the number of sentences: 1 is what all would have alike. */
static zub_status score_rank(double *parts, const zub_article *article,
                             const zub_graph *graph)
{
    size_t sentences = article->document->sentence_count;
    double *ranks = zub_alloc(sentences, sizeof *ranks);
    zub_status status = ranks ? zub_page_rank(ranks, graph, JUMP) : ZUB_ENOMEM;

    if (status == ZUB_OK)
        for (size_t s = 0; s < sentences; s++)
            if (article->is_candidate[s])
                parts[s * ZUB_REASONS + ZUB_REASON_GRAPH] =
                    ranks[s] * (double)sentences;
    zub_free(ranks);
    return status;
}

static zub_status score_lexrank(double *parts, const zub_article *article,
                                const zub_profile *profile, bool no_position)
{
    zub_graph graph;
    zub_status status = zub_graph_by_cosine(&graph, article);

    (void)profile, (void)no_position;
    if (status == ZUB_OK)
        status = score_rank(parts, article, &graph);
    zub_graph_release(&graph);
    return status;
}

static zub_status score_textrank(double *parts, const zub_article *article,
                                 const zub_profile *profile, bool no_position)
{
    zub_graph graph;
    zub_status status = zub_graph_by_overlap(&graph, article);

    (void)profile, (void)no_position;
    if (status == ZUB_OK)
        status = score_rank(parts, article, &graph);
    zub_graph_release(&graph);
    return status;
}

/* A sentence counts for what comes back later; being like earlier ones counts
 * a little against it. With no_position both directions count alike. */
static zub_status score_directed(double *parts, const zub_article *article,
                                 const zub_profile *profile, bool no_position)
{
    size_t sentences = article->document->sentence_count;
    double *degrees = zub_alloc(sentences, 2 * sizeof *degrees);
    zub_graph graph = {0};
    zub_status status =
        degrees ? zub_graph_by_cosine(&graph, article) : ZUB_ENOMEM;

    (void)profile;
    if (status == ZUB_OK) {
        double *later = degrees, *earlier = degrees + sentences;
        double back = no_position ? 1 : BACKWARD;
        zub_directed_degrees(later, earlier, &graph.edges);
        for (size_t s = 0; s < sentences; s++)
            if (article->is_candidate[s])
                parts[s * ZUB_REASONS + ZUB_REASON_GRAPH] =
                    later[s] + back * earlier[s];
    }
    zub_graph_release(&graph);
    zub_free(degrees);
    return status;
}

static double weight_of(const zub_profile *profile, zub_feature feature,
                        bool no_position)
{
    if (no_position && zub_feature_reason(feature) == ZUB_REASON_POSITION)
        return 0;
    return profile->weights[feature];
}

static void add_parts(double *parts, const float *values,
                      const zub_profile *profile, bool no_position)
{
    for (int f = 0; f < ZUB_FEATURES; f++) {
        zub_feature feature = (zub_feature)f;
        parts[zub_feature_reason(feature)] +=
            weight_of(profile, feature, no_position) * (double)values[f];
    }
}

static zub_status score_auto(double *parts, const zub_article *article,
                             const zub_profile *profile, bool no_position)
{
    size_t sentences = article->document->sentence_count;
    float *values = zub_alloc(sentences, ZUB_FEATURES * sizeof *values);

    if (!values)
        return ZUB_ENOMEM;
    zub_status status = zub_features_fill(values, article);
    if (status == ZUB_OK)
        for (size_t s = 0; s < sentences; s++)
            add_parts(parts + s * ZUB_REASONS, values + s * ZUB_FEATURES,
                      profile, no_position);
    zub_free(values);
    return status;
}

static const zub_method methods[] = {
    {"auto",
     "position, content, title, graph and length, weighed by a profile",
     REASON(POSITION) | REASON(CENTROID) | REASON(TITLE) | REASON(GRAPH) |
         REASON(LENGTH) | REASON(CUE),
     true, true, score_auto},
    {"lead", "the first sentences, as they come", REASON(POSITION), false,
     false, score_lead},
    {"centroid", "the sentences nearest to the whole text, by TF-IDF",
     REASON(CENTROID), false, true, score_centroid},
    {"lexrank", "the sentences most like the others (Erkan & Radev 2004)",
     REASON(GRAPH), false, true, score_lexrank},
    {"textrank", "the sentences that share most words (Mihalcea & Tarau 2004)",
     REASON(GRAPH), false, true, score_textrank},
    {"directed", "the sentences that later ones take up (Zheng & Lapata 2019)",
     REASON(GRAPH), false, true, score_directed},
};

#define METHODS (sizeof methods / sizeof *methods)

const zub_method *zub_method_find(const char *name)
{
    if (!name)
        return &methods[0];
    for (size_t m = 0; m < METHODS; m++)
        if (strcmp(methods[m].name, name) == 0)
            return &methods[m];
    return NULL;
}

const char *zub_method_name(size_t i)
{
    return i < METHODS ? methods[i].name : NULL;
}

const char *zub_method_about(size_t i)
{
    return i < METHODS ? methods[i].about : NULL;
}
