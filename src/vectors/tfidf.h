/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* tfidf.h - the sentences of a document as weighted term vectors. */
#ifndef ZUB_VECTORS_TFIDF_H
#define ZUB_VECTORS_TFIDF_H

#include "zubda.h"
#include "base/csr.h"

/* Rows are sentences, columns the document's terms, values counts. Linear in
 * the words; the caller releases it. ZUB_ELIMIT: more than 2^31 - 1 sentences,
 * terms or words. ZUB_ENOMEM. On failure *out is empty. */
zub_status zub_count_sentences(zub_csr *out, const zub_document *document);

/* Inverse document frequency with the rows as documents:
 * idf[t] = ln((rows + 1) / (df + 1/2)), above 0 for every term.
 * (Radev, Jing, Stys & Tam 2004, with Croft's smoothing.) `idf` is [terms]. */
void zub_row_idf(float *idf, const zub_csr *counts);

/* Counts to weights in place: (1 + ln count) * idf, then each row to length 1;
 * a row of zeros stays one. */
void zub_weigh_rows(zub_csr *matrix, const float *idf);

#endif
