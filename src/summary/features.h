/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* features.h - what can be said of a sentence in numbers from 0 to 1. */
#ifndef ZUB_SUMMARY_FEATURES_H
#define ZUB_SUMMARY_FEATURES_H

#include "summary/article.h"

/* Names stand in profile files; `reason` is where a feature's share of the
 * score is shown. */
/* clang-format off */
#define ZUB_FEATURE_MAP(X)                                                \
    X(FIRST,      "first",      POSITION, "1 / (1 + i), i-th sentence")   \
    X(EARLY,      "early",      POSITION, "share of sentences after it")  \
    X(BEFORE,     "before",     POSITION, "share of words not before it") \
    X(PARAGRAPH,  "paragraph",  POSITION, "1 / (1 + p), p-th paragraph")  \
    X(OPENING,    "opening",    POSITION, "opens its paragraph")          \
    X(CENTROID,   "centroid",   CENTROID, "cosine with the whole text")   \
    X(TITLE,      "title",      TITLE,    "cosine with the title")        \
    X(LEXRANK,    "lexrank",    GRAPH,    "LexRank over the highest")     \
    X(LATER,      "later",      GRAPH,    "likeness to later sentences")  \
    X(EARLIER,    "earlier",    GRAPH,    "likeness to earlier ones")     \
    X(LENGTH,     "length",     LENGTH,   "words, full at 15")            \
    X(LONG,       "long",       LENGTH,   "words over those of the longest") \
    X(QUESTION,   "question",   CUE,      "ends in a question mark")      \
    X(UNFINISHED, "unfinished", CUE,      "ends without a mark")          \
    X(NUMBER,     "number",     CUE,      "share of words with a digit")
/* clang-format on */

/* clang-format off */
#define ZUB_REASON_MAP(X)      \
    X(POSITION, "position")    \
    X(CENTROID, "centroid")    \
    X(TITLE,    "title")       \
    X(LENGTH,   "length")      \
    X(GRAPH,    "graph")       \
    X(CUE,      "cue")
/* clang-format on */

typedef enum zub_feature {
#define X(name, text, reason, about) ZUB_FEATURE_##name,
    ZUB_FEATURE_MAP(X)
#undef X
        ZUB_FEATURES
} zub_feature;

typedef enum zub_reason_id {
#define X(name, text) ZUB_REASON_##name,
    ZUB_REASON_MAP(X)
#undef X
        ZUB_REASONS
} zub_reason_id;

const char *zub_feature_name(zub_feature feature);
zub_reason_id zub_feature_reason(zub_feature feature);
const char *zub_reason_name(zub_reason_id reason);

/* values[sentences][ZUB_FEATURES]. A sentence that is no candidate has zeros.
 * ZUB_ENOMEM. */
zub_status zub_features_fill(float *values, const zub_article *article);

#endif
