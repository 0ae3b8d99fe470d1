/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* recipe.h - what the name of a weighting means: which tf, which idf, which
 * norm, with which numbers. */
#ifndef ZUB_VECTORS_RECIPE_H
#define ZUB_VECTORS_RECIPE_H

#include "vectors/weighting.h"

/* Logarithms are to `base`. */
typedef enum zub_tf {
    ZUB_TF_COUNT,       /* tf */
    ZUB_TF_ROOT,        /* sqrt tf */
    ZUB_TF_LOG,         /* 1 + log tf */
    ZUB_TF_DOUBLE_LOG,  /* 1 + log(1 + log tf) */
    ZUB_TF_LOG_AVERAGE, /* (1 + log tf) / (1 + log of the mean tf) */
    ZUB_TF_AUGMENTED,   /* 1/2 + tf / (2 max tf) */
    ZUB_TF_BM25,        /* tf (k1 + 1) / (tf + k1 L) + delta; see is_short */
    ZUB_TF_BM25L        /* the same of c + delta, c = tf / L, without L */
} zub_tf;

typedef enum zub_idf_kind {
    ZUB_IDF_ONE,       /* 1 */
    ZUB_IDF_DF,        /* df */
    ZUB_IDF_PLAIN,     /* log(smoothing + N / (k + df)) */
    ZUB_IDF_MAX,       /* log(smoothing + max df / (k + df)) */
    ZUB_IDF_PROB,      /* max(0, log((N - df) / (k + df))) */
    ZUB_IDF_SMOOTH,    /* log((smoothing + N) / (smoothing + df)) */
    ZUB_IDF_CORRECTED, /* log((N + 1) / df) */
    ZUB_IDF_HALF,      /* log((N + 1) / (df + 1/2)) */
    ZUB_IDF_LUCENE,    /* log(1 + (N - df + 1/2) / (df + 1/2)) */
    ZUB_IDF_OKAPI,     /* log((N - df + 1/2) / (df + 1/2)); if that is below
                          0, epsilon * the mean of all */
    ZUB_IDF_CLASS,     /* log(1 + A / cf), A = floor(tokens a row) */
    ZUB_IDF_CLASS_BM25 /* log(1 + (A - cf + 1/2) / (cf + 1/2)) */
} zub_idf_kind;

typedef enum zub_norm {
    ZUB_NORM_NONE,
    ZUB_NORM_L1,
    ZUB_NORM_L2,
    ZUB_NORM_MAX,
    ZUB_NORM_UNIQUE, /* number of weights that are not 0 */
    ZUB_NORM_CHARS   /* sum of tf * (code points of the term + 1) */
} zub_norm;

typedef struct zub_recipe {
    int tf;        /* zub_tf; ints, so that a row of a table can set them */
    int share;     /* zub_norm, of the tf part before the idf: NONE to MAX */
    int idf;       /* zub_idf_kind */
    int norm;      /* zub_norm, of the weights; UNIQUE and CHARS are pivoted */
    int is_binary; /* counts above 1 are 1 */
    int is_flat;   /* the idf is 1 */
    int is_unsmoothed;  /* smoothing 0 */
    int is_short;       /* BM25 without the factor k1 + 1 */
    int is_norm_share;  /* the option `norm` means `share` */
    int knows_unseen;   /* the formula holds for df 0; else idf 0 */
    int drops_zeros;    /* |idf| <= 1e-12 is 0 and the column left out */
    double base, shift; /* shift: added to the idf */
    double smoothing, k;
    double k1, b, delta, epsilon;
    double pivot, slope; /* pivot 0: none, or what the collection says */
    double min_df;       /* below: idf 0 */
} zub_recipe;

/* ZUB_EINVAL: see zub_weighting_check. On failure *out is undefined. */
zub_status zub_recipe_parse(zub_recipe *out, const char *name,
                            zub_error *error);

#endif
