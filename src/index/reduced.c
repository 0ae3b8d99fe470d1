/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* reduced.c - see reduced.h. A row is a passage, with its title; its terms
 * weigh (1 + ln tf) (ln((N + 1) / (df + 1)) + 1), and its length is 1. Columns
 * are terms by arrival. */
#include "index/reduced.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/map.h"
#include "base/mem.h"
#include "vectors/svd.h"

#define NOISE 1e-6 /* of the longest row: some units of float, no direction */

struct zub_reduced {
    zub_map terms;
    double *idfs; /* [terms.count] */
    zub_svd svd;  /* its u: rows of length 1, or zeros */
    double noise; /* a text that is this short lies nowhere */
};

void zub_reduced_free(zub_reduced *reduced)
{
    if (!reduced)
        return;
    zub_map_release(&reduced->terms);
    zub_svd_release(&reduced->svd);
    zub_free(reduced->idfs);
    zub_free(reduced);
}

/* ---- Counting ---- */

/* The column of each word of a volume. */
static zub_status find_columns(zub_reduced *reduced, const zub_volume *volume,
                               uint32_t **columns)
{
    size_t count = (size_t)volume->about.words;
    const zub_entry_word *words;
    zub_status status = ZUB_OK;
    zub_arena arena;

    *columns = zub_alloc(count + 1, sizeof **columns);
    if (!*columns)
        return ZUB_ENOMEM;
    zub_arena_init(&arena);
    status = zub_volume_all_words(volume, &arena, &words);
    for (size_t i = 0; i < count && status == ZUB_OK; i++) {
        (*columns)[i] = zub_map_add(&reduced->terms, words[i].term);
        if ((*columns)[i] == ZUB_MAP_NONE)
            status = ZUB_ENOMEM;
    }
    zub_arena_release(&arena);
    return status;
}

static zub_status count_passages(const zub_volume *volume,
                                 const uint32_t *columns,
                                 zub_csr_builder *builder)
{
    uint32_t *words = NULL;
    size_t capacity = 0, count;
    zub_status status = ZUB_OK;

    for (uint32_t p = 0; p < volume->about.passages && status == ZUB_OK; p++) {
        status = zub_volume_words(volume, p, &words, &capacity, &count);
        for (size_t i = 0; i < count && status == ZUB_OK; i++)
            zub_csr_builder_add(builder, (int32_t)columns[words[i]], 1);
        zub_csr_builder_end_row(builder);
    }
    zub_free(words);
    return status;
}

static zub_status count_volume(zub_reduced *reduced, const zub_volume *volume,
                               zub_csr_builder *builder, zub_error *error)
{
    uint32_t *columns;
    zub_status status = find_columns(reduced, volume, &columns);

    builder->matrix.columns = (int32_t)reduced->terms.count;
    if (status == ZUB_OK)
        status = count_passages(volume, columns, builder);
    zub_free(columns);
    if (status == ZUB_EFORMAT)
        return zub_volume_damaged(volume, error);
    return status == ZUB_OK ? status : zub_fail_memory(error);
}

static zub_status count_all(zub_reduced *reduced, const zub_index *index,
                            zub_csr *out, zub_error *error)
{
    zub_csr_builder builder;
    zub_status status = ZUB_OK;

    zub_csr_builder_init(&builder, 0);
    for (size_t v = 0; v < index->shelf.count && status == ZUB_OK; v++)
        status = count_volume(reduced, index->shelf.items[v].volume, &builder,
                              error);
    if (status == ZUB_OK) {
        status = zub_csr_builder_finish(&builder, out);
        if (status == ZUB_ELIMIT)
            return zub_fail(error, status,
                            "an index of more than 2^31 words cannot be "
                            "reduced");
        return status == ZUB_OK ? status : zub_fail_memory(error);
    }
    zub_csr_builder_release(&builder);
    return status;
}

/* ---- Weighing ---- */

static zub_status find_idfs(zub_reduced *reduced, const zub_csr *counts)
{
    size_t columns = reduced->terms.count;
    int32_t entries = counts->starts[counts->rows];

    reduced->idfs = zub_alloc_zero(columns + 1, sizeof *reduced->idfs);
    if (!reduced->idfs)
        return ZUB_ENOMEM;
    for (int32_t i = 0; i < entries; i++)
        reduced->idfs[counts->cols[i]]++;
    for (size_t i = 0; i < columns; i++)
        reduced->idfs[i] =
            log(((double)counts->rows + 1) / (reduced->idfs[i] + 1)) + 1;
    return ZUB_OK;
}

/* Of a stop word of a query, which counts half, half. */
static double weigh(const zub_reduced *reduced, uint32_t column, double count)
{
    return (count < 1 ? count : 1 + log(count)) * reduced->idfs[column];
}

static void weigh_rows(const zub_reduced *reduced, zub_csr *rows)
{
    for (int32_t r = 0; r < rows->rows; r++) {
        double square = 0;
        for (int32_t i = rows->starts[r]; i < rows->starts[r + 1]; i++) {
            double weight = weigh(reduced, (uint32_t)rows->cols[i],
                                  (double)rows->values[i]);
            square += weight * weight;
            rows->values[i] = (float)weight;
        }
        double scale = square > 0 ? 1 / sqrt(square) : 0;
        for (int32_t i = rows->starts[r]; i < rows->starts[r + 1]; i++)
            rows->values[i] = (float)((double)rows->values[i] * scale);
    }
}

/* Rows and texts have length 1 before they are reduced, so noise is the same
 * for both. */
static void make_units(zub_reduced *reduced)
{
    zub_svd *svd = &reduced->svd;

    reduced->noise = NOISE * NOISE;
    for (size_t r = 0; r < svd->rows; r++) {
        float *row = svd->u + r * svd->k;
        double square = 0;
        for (size_t d = 0; d < svd->k; d++)
            square += (double)row[d] * (double)row[d];
        double scale = square > reduced->noise ? 1 / sqrt(square) : 0;
        for (size_t d = 0; d < svd->k; d++)
            row[d] = (float)((double)row[d] * scale);
    }
}

static zub_status reduce(zub_reduced *reduced, const zub_index *index,
                         const zub_svd_options *options, zub_error *error)
{
    zub_csr rows;
    zub_status status = count_all(reduced, index, &rows, error);

    if (status != ZUB_OK)
        return status;
    if (find_idfs(reduced, &rows) != ZUB_OK)
        status = zub_fail_memory(error);
    if (status == ZUB_OK) {
        weigh_rows(reduced, &rows);
        status = zub_svd_make(&reduced->svd, &rows, options, error);
    }
    zub_csr_release(&rows);
    if (status == ZUB_OK)
        make_units(reduced);
    return status;
}

zub_status zub_reduced_new(zub_reduced **out, const zub_index *index, size_t k,
                           unsigned threads, zub_error *error)
{
    zub_svd_options options = {.k = k, .threads = threads};
    zub_reduced *reduced = zub_alloc_zero(1, sizeof *reduced);

    *out = NULL;
    if (!reduced)
        return zub_fail_memory(error);
    zub_map_init(&reduced->terms);
    zub_status status = reduce(reduced, index, &options, error);
    if (status != ZUB_OK) {
        zub_reduced_free(reduced);
        return status;
    }
    *out = reduced;
    return ZUB_OK;
}

/* ---- Asking ---- */

/* point[k] += of a term; the square of its weight. */
static double add_term(const zub_reduced *reduced, double *point,
                       const zub_reduced_term *term)
{
    const zub_svd *svd = &reduced->svd;
    uint32_t column = zub_map_find(&reduced->terms, term->term);

    if (column == ZUB_MAP_NONE || term->count <= 0)
        return 0;
    double weight = weigh(reduced, column, term->count);
    for (size_t d = 0; d < svd->k; d++)
        point[d] +=
            weight * (double)svd->components[d * svd->columns + column];
    return weight * weight;
}

/* The point of a text at distance 1, or 0. */
static void project(const zub_reduced *reduced, const zub_reduced_term *terms,
                    size_t count, double *point)
{
    size_t k = reduced->svd.k;
    double whole = 0, square = 0;

    for (size_t i = 0; i < count; i++)
        whole += add_term(reduced, point, &terms[i]);
    for (size_t d = 0; d < k; d++)
        square += point[d] * point[d];
    double scale = square > reduced->noise * whole ? 1 / sqrt(square) : 0;
    for (size_t d = 0; d < k; d++)
        point[d] *= scale;
}

zub_status zub_reduced_compare(const zub_reduced *reduced,
                               const zub_reduced_term *terms, size_t count,
                               float *cosines)
{
    const zub_svd *svd = &reduced->svd;
    double *point = zub_alloc_zero(svd->k + 1, sizeof *point);

    if (!point)
        return ZUB_ENOMEM;
    project(reduced, terms, count, point);
    for (size_t r = 0; r < svd->rows; r++) {
        const float *row = svd->u + r * svd->k;
        double sum = 0;
        for (size_t d = 0; d < svd->k; d++)
            sum += point[d] * (double)row[d];
        cosines[r] = (float)sum;
    }
    zub_free(point);
    return ZUB_OK;
}
