/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* trec_lines.h - the files of trec_eval as rows that stand in order. */
#ifndef ZUB_EVAL_TREC_LINES_H
#define ZUB_EVAL_TREC_LINES_H

#include "base/file.h"

/* A line: slices of the file. */
typedef struct zub_trec_line {
    zub_slice query, document;
    zub_slice judge, group; /* where judgements have them; else of size 0 */
    double value;           /* the score of a run, as a float: trec_eval takes
                               no more, and ties hang on it; else the level */
} zub_trec_line;

/* Rows of one query, or of one judge of it, [start, end). */
typedef struct zub_trec_query {
    zub_slice name;
    size_t start, end;
} zub_trec_query;

typedef struct zub_trec_lines {
    zub_file file;
    zub_trec_line *items; /* [count] by query, then see below */
    size_t count, capacity;
    zub_slice tag;           /* of the last line of a run */
    zub_trec_query *queries; /* [query_count] in byte order */
    size_t query_count;
} zub_trec_lines;

/* "query iteration document level" a line, by judge, group and document; for
 * ZUB_QRELS the iteration is nothing, else it is the judge, and for
 * ZUB_PREFERENCES the group stands behind it. Levels are whole, but for
 * preferences. Empty lines and those that begin with # are none.
 * ZUB_EMALFORMED: a line that is not so, or a document that stands twice, with
 * the line or the names. ZUB_ENOTFOUND, ZUB_EIO, ZUB_ENOMEM. */
zub_status zub_trec_read_judgements(zub_trec_lines *out, const char *path,
                                    zub_judgements_kind kind,
                                    zub_error *error);

/* "query Q0 document rank score tag" a line, what stands behind it left out;
 * the rank is not read. By score, highest first, of equals the greater document
 * in byte order, or the lesser. The same errors. */
zub_status zub_trec_read_run(zub_trec_lines *out, const char *path,
                             bool lesser_first, zub_error *error);

/* NULL: it is not among them. */
const zub_trec_query *zub_trec_find_query(const zub_trec_lines *lines,
                                          zub_slice name);
/* The rows of the judge that has row `start`, which must be one of the query. */
zub_trec_query zub_trec_judge_at(const zub_trec_lines *lines,
                                 const zub_trec_query *query, size_t start);
/* Of judgements of one judge. */
const zub_trec_line *zub_trec_find_document(const zub_trec_lines *lines,
                                            const zub_trec_query *query,
                                            zub_slice name);

void zub_trec_lines_release(zub_trec_lines *lines);

#endif
