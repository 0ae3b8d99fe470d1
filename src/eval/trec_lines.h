/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* trec_lines.h - the files of trec_eval as rows that stand in order. */
#ifndef ZUB_EVAL_TREC_LINES_H
#define ZUB_EVAL_TREC_LINES_H

#include "base/file.h"

/* A line: slices of the file. */
typedef struct zub_trec_line {
    zub_slice query, document;
    zub_slice tag;  /* of a run; of judgements the judge */
    zub_slice part; /* of what the judge says: of preferences alone */
    double grade;   /* of preferences the level; of norms the mean */
    double spread;  /* of norms: the deviation */
    float score; /* of a run: trec_eval takes no more, and ties hang on it */
    int level;   /* of judgements by level */
} zub_trec_line;

/* Rows of one query, [start, end). */
typedef struct zub_trec_query {
    zub_slice name;
    size_t start, end;
} zub_trec_query;

typedef struct zub_trec_lines {
    zub_file file;
    zub_trec_line *items; /* [count] by query, then see below */
    size_t count, capacity;
    zub_trec_query *queries; /* [query_count] in byte order */
    size_t query_count;
} zub_trec_lines;

/* Judgements, a line of the shape that the kind has: see zubda.h. By query, then
 * by judge and part if the kind has them, then by document. Empty lines and those
 * that begin with # are none. ZUB_EMALFORMED: a line that is not so, or a
 * document that stands twice, with the line or the names. ZUB_ENOTFOUND,
 * ZUB_EIO, ZUB_ENOMEM. */
zub_status zub_trec_read_judgements(zub_trec_lines *out, const char *path,
                                    zub_judgement_kind kind, zub_error *error);

/* "query Q0 document rank score tag" a line, what stands behind it left out;
 * the rank is not read. By score, highest first, of equals the greater document
 * in byte order. The same errors. */
zub_status zub_trec_read_run(zub_trec_lines *out, const char *path,
                             zub_error *error);

/* "query measure mean deviation" a line: the measure is the document. The same
 * errors. */
zub_status zub_trec_read_norms(zub_trec_lines *out, const char *path,
                               zub_error *error);

/* NULL: it is not among them. */
const zub_trec_query *zub_trec_find_query(const zub_trec_lines *lines,
                                          zub_slice name);
/* Of judgements. */
const zub_trec_line *zub_trec_find_document(const zub_trec_lines *lines,
                                            const zub_trec_query *query,
                                            zub_slice name);

void zub_trec_lines_release(zub_trec_lines *lines);

#endif
