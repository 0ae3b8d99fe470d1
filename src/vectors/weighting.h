/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* weighting.h - what a count of a term in an article is worth, by the name of
 * a formula: ours and those of others, number for number.
 *
 * A weighting is named as `name`, `name:options` or `name,options`; options
 * are `key=value` or `key` alone (which means yes), with commas between:
 *
 *     tfidf      sklearn:sublinear,norm=l1      smart:ltc,slope=0.2
 *     bm25:lucene,k1=0.9,b=0.4      bertopic:reduce_frequent_words
 *
 * Weights are computed in double and rounded to float once. Letters: tf the
 * count in the article, N articles, df articles that have the term, cf its
 * count in all of them, ln, log2 and log10 logarithms, dl and avgdl the tokens
 * of the article and of the average one, L = 1 - b + b dl / avgdl.
 *
 * name               tf part                 idf                        norm
 * count              tf                      1                          none
 * binary             1                       1                          none
 * tfidf              1 + ln tf               ln((1+N)/(1+df)) + 1       l2
 * sklearn            tf                      ln((1+N)/(1+df)) + 1       l2
 *   smooth=no                                ln(N/df) + 1
 *   idf=no                                   1
 *   sublinear        1 + ln tf
 *   binary           1
 * gensim             tf                      log2(N/df)                 l2
 * smart:ddd          n t  tf                 n x  1                     n x
 *                    b    1                  f    log2(N/df)            c  l2
 *                    a    1/2 + tf/(2 max)   t    log2((N+1)/df)        u
 *                    l    1 + log2 tf        p    max(0,log2((N-df)/df)) b
 *                    d    1 + log2(1 + log2 tf)
 *                    L    (1 + log2 tf) / (1 + log2 of the row's mean tf)
 * quanteda           tf                      log10(N/df)                none
 * text2vec           tf / sum of the row     ln(1 + N/df)               none
 * tidytext           tf / sum of the row     ln(N/df)                   none
 * spark              tf                      ln((N+1)/(df+1))           none
 * bertopic           tf / sum of the row     ln(1 + A/cf)               none
 * bm25, bm25:lucene  tf/(tf + k1 L)          ln(1 + (N-df+1/2)/(df+1/2))
 * bm25:okapi         tf(k1+1)/(tf + k1 L)    ln((N-df+1/2)/(df+1/2))
 * bm25:atire         tf(k1+1)/(tf + k1 L)    ln(N/df)
 * bm25:gensim-lucene tf/(tf + k1 L)          ln((N+1)/(df+1/2))
 * bm25l              (k1+1)(c+delta)/(k1+c+delta), c = tf/L
 *                                            ln((N+1)/(df+1/2))
 * bm25+              tf(k1+1)/(tf + k1 L) + delta
 *                                            ln((N+1)/df)
 *
 * Sources: sklearn.feature_extraction.text.TfidfTransformer; gensim 4
 * models/tfidfmodel.py and models/bm25model.py; Singhal, Buckley & Mitra 1996
 * (pivots); quanteda 4 dfm_weight, docfreq and dfm_tfidf; text2vec
 * R/model_tfidf.R; tidytext R/bind_tf_idf.R; Spark mllib/feature/IDF.scala;
 * BERTopic vectorizers/_ctfidf.py; Lucene similarities/BM25Similarity.java;
 * Robertson et al. 1995 (Okapi); Trotman, Jia & Crane 2012 (ATIRE); Lv & Zhai
 * 2011 (BM25L, BM25+), in the form of Kamphuis et al. 2020. docs/vectors.md
 * says of each what its options are and how the peer differs.
 *
 * No weight is ever NaN or infinite. Where a formula is not a number (df 0, N
 * 0, df above N) the idf is 0, and so it is of a term with df 0 wherever the
 * peer knows no such term. A count of 0 weighs 0. A row whose weights are all
 * 0 stays 0 under every norm. Only spark, bm25:okapi and the peers' own corner
 * cases have negative idf; it is kept as the peer keeps it.
 */
#ifndef ZUB_VECTORS_WEIGHTING_H
#define ZUB_VECTORS_WEIGHTING_H

#include "zubda.h"

/* What a weighting is told of the articles that it was made for. The arrays
 * stay while it is used. */
typedef struct zub_collection {
    uint64_t articles;     /* N; those without a term too */
    uint64_t tokens;       /* of all articles: avgdl = tokens / articles */
    uint64_t entries;      /* pairs of an article and a term of it */
    size_t terms;          /* columns */
    const uint32_t *df;    /* [terms] articles that have the term */
    const uint64_t *cf;    /* [terms] its count in all articles; NULL: the
                              weightings that need it are refused */
    const uint32_t *chars; /* [terms] its code points; NULL: the same */
    const double *boosts;  /* [terms] times the idf; NULL: 1 for each */
    bool is_mapped;        /* df and cf lie in files: pages may be let go */
} zub_collection;

/* Constant once made: any number of threads may use one. */
typedef struct zub_weighting zub_weighting;

/* Of a kind of weighting, for help and messages; static storage. */
typedef struct zub_weighting_about {
    const char *name;    /* "smart:" wants letters behind it */
    const char *options; /* "k1, b, norm"; "" for none */
    const char *formula; /* one line, in ASCII */
} zub_weighting_about;

/* The kinds by index, in the order of the table above; NULL behind the last. */
const zub_weighting_about *zub_weighting_kind(size_t index);

/* Whether the weighting of that name needs `chars`. */
bool zub_weighting_needs_chars(const char *name);

/* ZUB_OK when `name` names a weighting, without a collection: to refuse a bad
 * option before anything is read. ZUB_EINVAL: an unknown name, key or value;
 * the message says which there are. */
zub_status zub_weighting_check(const char *name, zub_error *error);

/* Linear in the terms; at most 8 MiB, however many they are. ZUB_EINVAL: as
 * above, or an array that it needs is NULL. ZUB_ENOMEM. On failure *out is
 * NULL. */
zub_status zub_weighting_new(zub_weighting **out, const char *name,
                             const zub_collection *collection,
                             zub_error *error);
/* NULL is fine. */
void zub_weighting_free(zub_weighting *weighting);

/* Of a term < terms, with its boost. Finite. */
double zub_weighting_idf(const zub_weighting *weighting, size_t term);

/* True for the columns that gensim leaves out of its vectors: |idf| <= 1e-12.
 * Always false but with gensim and smart. Their weight is 0 in any case, so a
 * matrix that keeps them differs in its entries but in no number. */
bool zub_weighting_drops(const zub_weighting *weighting, size_t term);

/* An article as a row of counts. */
typedef struct zub_count_row {
    const int32_t *cols;    /* [size] ascending, each < terms */
    const uint32_t *counts; /* [size] */
    size_t size;
    uint64_t tokens; /* dl: of the whole article; 0: the sum of the counts */
} zub_count_row;

/* weights[size] of a row: about 3 ns an entry, nothing is allocated. Sums run
 * in column order, so a row has the same bits whoever computes it. `weights`
 * may not overlap the row. */
void zub_weigh(float *weights, const zub_weighting *weighting,
               const zub_count_row *row);

/* Of row->cols[at]; linear in the row. ZUB_EINVAL: `at` is not below
 * row->size. */
zub_status zub_weigh_explain(zub_weight_reason *out,
                             const zub_weighting *weighting,
                             const zub_count_row *row, size_t at);

#endif
