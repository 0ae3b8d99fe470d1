/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* matrix.h - a sparse matrix of articles and terms, as files that others read.
 *
 * The matrix comes block by block from a source that can be read again, so no
 * writer holds it: memory is a few KiB, whatever its size. The same matrix
 * gives the same bytes: no time, no name, no locale.
 */
#ifndef ZUB_RENDER_MATRIX_H
#define ZUB_RENDER_MATRIX_H

#include "render/writer.h"

typedef struct zub_matrix_source {
    uint64_t rows, columns, entries; /* columns at most 2^31 - 1 */
    /* The block that begins at row `first` < rows, good until the next call.
     * Called in row order, from row 0 again for each pass. It says itself why
     * it failed. */
    zub_status (*read)(void *context, uint64_t first, bool with_values,
                       zub_matrix_block *out, zub_error *error);
    void *context;
} zub_matrix_source;

/* The names of rows and columns. A slice is good until the next call of the
 * same function. */
typedef struct zub_matrix_names {
    zub_status (*article)(void *context, uint64_t row, zub_slice *id,
                          zub_error *error); /* in row order, one pass */
    zub_slice (*term)(void *context, size_t column);
    void *context;
} zub_matrix_names;

typedef struct zub_matrix_style {
    bool compress;                 /* npz: deflate; else ignored */
    const zub_matrix_names *names; /* jsonl needs them; else ignored */
} zub_matrix_style;

/* A form that a matrix is written in. */
typedef struct zub_matrix_form {
    const char *name; /* npz, mtx, svmlight, jsonl */
    const char *about;
    zub_status (*write)(const zub_matrix_source *source,
                        const zub_matrix_style *options, zub_sink sink,
                        zub_error *error);
} zub_matrix_form;

/* All of them, [*count]; static storage. */
const zub_matrix_form *zub_matrix_forms(size_t *count);

/* By its name, or NULL. */
const zub_matrix_form *zub_matrix_form_find(const char *name);

/* Each writer: ZUB_EINVAL when the source is not what it said (rows, entries,
 * columns out of range or order, no values), or what source or sink returned;
 * nothing reaches the sink after its first failure. `options` NULL: the
 * defaults. A value that is not finite is written as nan (JSON: null).
 *
 * npz: what scipy.sparse.load_npz reads, a zip of the members indices, data,
 * indptr, format and shape; <i4 <f4 <i4 |S3 <i8, indptr <i8 from 2^31 entries
 * on; ZIP64 where a size asks for it. Three passes: columns, values, and the
 * starts of rows without values. Stored unless compressed. */
zub_status zub_write_npz(const zub_matrix_source *source,
                         const zub_matrix_style *options, zub_sink sink,
                         zub_error *error);

/* MatrixMarket `coordinate real general`: rows and columns count from 1, one
 * pass. What scipy.io.mmread, gensim's MmCorpus and R's Matrix read. Values
 * here and below: the shortest digits that give the float back. */
zub_status zub_write_mtx(const zub_matrix_source *source,
                         const zub_matrix_style *options, zub_sink sink,
                         zub_error *error);

/* svmlight, an article a line: the label 0, then column:value with columns
 * from 1, as libsvm demands and load_svmlight_file finds out by itself (give
 * it n_features: the format has no place for it). One pass. */
zub_status zub_write_svmlight(const zub_matrix_source *source,
                              const zub_matrix_style *options, zub_sink sink,
                              zub_error *error);

/* {"id": ..., "terms": [[term, weight], ...]}, an article a line, terms in
 * column order. One pass. ZUB_EINVAL: no names. */
zub_status zub_write_matrix_jsonl(const zub_matrix_source *source,
                                  const zub_matrix_style *options,
                                  zub_sink sink, zub_error *error);

/* ---- The tables beside a matrix ---- */

typedef struct zub_term_row {
    zub_slice term, surface; /* surface: its most frequent form */
    uint64_t df, cf;
    double idf;
} zub_term_row;

/* Fills in row `column`; its slices are good until the next call. */
typedef struct zub_term_source {
    uint64_t terms;
    zub_status (*read)(void *context, uint64_t column, zub_term_row *out,
                       zub_error *error);
    void *context;
} zub_term_source;

/* TSV: id term surface df cf idf, a term a line, ids from 0 as columns in
 * npz. The idf has float's digits; cells have \t \n \r \\ and \uXXXX. */
zub_status zub_write_terms(const zub_term_source *source, zub_sink sink,
                           zub_error *error);

/* The first line of that table, and the line of a term. */
#define ZUB_TERMS_HEAD "id\tterm\tsurface\tdf\tcf\tidf\n"
void zub_write_term(zub_writer *out, uint64_t column, const zub_term_row *row);

/* TSV: row id, an article a line, rows from 0. */
zub_status zub_write_articles(uint64_t rows, const zub_matrix_names *names,
                              zub_sink sink, zub_error *error);

#endif
