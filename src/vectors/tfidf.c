/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* tfidf.c - see tfidf.h. Sums run in double and in column order, so the bits do
 * not depend on the way here. */
#include "vectors/tfidf.h"

#include <math.h>
#include <string.h>

static void count_row(zub_csr_builder *builder, const zub_document *document,
                      const zub_sentence *sentence)
{
    for (uint32_t w = sentence->word_start; w < sentence->word_end; w++)
        if (document->word_terms[w] != ZUB_NO_TERM)
            zub_csr_builder_add(builder, (int32_t)document->word_terms[w], 1);
    zub_csr_builder_end_row(builder);
}

zub_status zub_count_sentences(zub_csr *out, const zub_document *document)
{
    zub_csr_builder builder;

    *out = (zub_csr){0};
    if (document->term_count > INT32_MAX)
        return ZUB_ELIMIT;
    zub_csr_builder_init(&builder, (int32_t)document->term_count);
    for (size_t s = 0; s < document->sentence_count; s++)
        count_row(&builder, document, &document->sentences[s]);
    zub_status status = zub_csr_builder_finish(&builder, out);
    zub_csr_builder_release(&builder);
    return status;
}

void zub_row_idf(float *idf, const zub_csr *counts)
{
    memset(idf, 0, (size_t)counts->columns * sizeof *idf);
    for (int32_t i = 0; i < counts->starts[counts->rows]; i++)
        idf[counts->cols[i]] += 1;
    for (int32_t t = 0; t < counts->columns; t++)
        idf[t] = (float)log((counts->rows + 1.0) / (idf[t] + 0.5));
}

static void weigh_row(float *values, const int32_t *cols, int32_t n,
                      const float *idf)
{
    double square = 0;

    for (int32_t i = 0; i < n; i++) {
        double weight = (1 + log(values[i])) * idf[cols[i]];
        values[i] = (float)weight;
        square += weight * weight;
    }
    if (square <= 0)
        return;
    double scale = 1 / sqrt(square);
    for (int32_t i = 0; i < n; i++)
        values[i] = (float)(values[i] * scale);
}

void zub_weigh_rows(zub_csr *matrix, const float *idf)
{
    for (int32_t r = 0; r < matrix->rows; r++) {
        int32_t from = matrix->starts[r];
        weigh_row(matrix->values + from, matrix->cols + from,
                  matrix->starts[r + 1] - from, idf);
    }
}
