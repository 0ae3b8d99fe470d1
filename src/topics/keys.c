/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* keys.c - see keys.h. Articles are counted and not occurrences: a word that
 * one article repeats is that article's. */
#include "topics/keys.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "vectors/cosine.h"

void zub_topic_count(uint32_t *df, const zub_topic_rows *rows,
                     const zub_topic_model *model, size_t topic)
{
    const zub_csr *matrix = &rows->matrix;

    memset(df, 0, (size_t)matrix->columns * sizeof *df);
    for (size_t m = model->starts[topic]; m < model->starts[topic + 1]; m++) {
        size_t row = model->members[m];
        for (int32_t i = matrix->starts[row]; i < matrix->starts[row + 1]; i++)
            df[matrix->cols[i]]++;
    }
}

void zub_topic_rank(zub_heap *heap, const uint32_t *df, size_t count,
                    const uint32_t *all, size_t total, size_t columns)
{
    const zub_association *g2 = zub_association_find("g2");

    for (size_t c = 0; c < columns; c++) {
        zub_contingency cells = {df[c], (double)count, all[c], (double)total};
        double score = df[c] > 0 ? g2->of(&cells) : 0;
        if (score > 0)
            zub_heap_add(heap, score, (uint32_t)c);
    }
}

/* A topic of all articles is set apart by nothing: its commonest words. */
static void rank_alone(zub_heap *heap, const uint32_t *df, size_t columns)
{
    for (size_t c = 0; c < columns; c++)
        if (df[c] > 0)
            zub_heap_add(heap, df[c], (uint32_t)c);
}

static void find_keys(zub_topic_keys *keys, zub_heap *heap, uint32_t *df,
                      const zub_topic_rows *rows, const zub_topic_model *model,
                      size_t t)
{
    zub_topic_count(df, rows, model, t);
    zub_heap_clear(heap);
    zub_topic_rank(heap, df, zub_topic_size(model, t), keys->df, model->rows,
                   model->columns);
    if (heap->size == 0)
        rank_alone(heap, df, model->columns);
    const zub_scored *best = zub_heap_sort(heap);
    keys->sizes[t] = heap->size;
    for (size_t i = 0; i < heap->size; i++) {
        keys->columns[t * keys->most + i] = best[i].id;
        keys->weights[t * keys->most + i] = best[i].score;
    }
}

zub_status zub_topic_keys_find(zub_topic_keys *out, const zub_topic_rows *rows,
                               const zub_topic_model *model, size_t most)
{
    size_t columns = model->columns, k = model->k;
    zub_heap heap;

    most = most < columns ? most : columns;
    *out = (zub_topic_keys){.most = most};
    out->columns = zub_alloc(k, most * sizeof *out->columns);
    out->weights = zub_alloc(k, most * sizeof *out->weights);
    out->sizes = zub_alloc_zero(k, sizeof *out->sizes);
    out->df = zub_alloc(columns, sizeof *out->df);
    uint32_t *df = zub_alloc(columns, sizeof *df);
    bool is_room = zub_heap_init(&heap, most) && out->columns &&
                   out->weights && out->sizes && out->df && df;
    for (size_t c = 0; is_room && c < columns; c++)
        out->df[c] = rows->state->df[rows->terms[c]];
    for (size_t t = 0; is_room && t < k; t++)
        find_keys(out, &heap, df, rows, model, t);
    zub_heap_release(&heap);
    zub_free(df);
    if (!is_room)
        zub_topic_keys_release(out);
    return is_room ? ZUB_OK : ZUB_ENOMEM;
}

void zub_topic_keys_release(zub_topic_keys *keys)
{
    zub_free(keys->columns);
    zub_free(keys->weights);
    zub_free(keys->sizes);
    zub_free(keys->df);
    *keys = (zub_topic_keys){.most = 0};
}

void zub_topic_profile(float *profile, const zub_topic_model *model,
                       size_t topic, const uint32_t *df, const uint32_t *all)
{
    const zub_association *npmi = zub_association_find("npmi");
    const float *vector = zub_topic_vector(model, topic);
    double count = (double)zub_topic_size(model, topic);

    for (size_t c = 0; c < model->columns; c++) {
        zub_contingency cells = {df[c], count, all[c], (double)model->rows};
        double bond = df[c] > 0 ? npmi->of(&cells) : 0;
        profile[c] = bond > 0 ? (float)(vector[c] * bond) : 0;
    }
    zub_normalise(profile, model->columns);
}

/* ---- Coherence ---- */

/* Which rows have a word, a bit each. */
typedef struct row_sets {
    uint64_t *bits; /* [count][width] */
    size_t *slots;  /* [columns]: its set, and 1; 0: none */
    size_t width, count;
} row_sets;

static zub_status open_sets(row_sets *sets, const zub_topic_rows *rows,
                            const zub_topic_keys *keys, size_t k)
{
    *sets = (row_sets){.width = ((size_t)rows->matrix.rows + 63) / 64};
    sets->slots =
        zub_alloc_zero((size_t)rows->matrix.columns, sizeof *sets->slots);
    if (!sets->slots)
        return ZUB_ENOMEM;
    for (size_t t = 0; t < k; t++)
        for (size_t i = 0; i < keys->sizes[t]; i++) {
            size_t *slot = &sets->slots[keys->columns[t * keys->most + i]];
            *slot = *slot > 0 ? *slot : ++sets->count;
        }
    sets->bits = zub_alloc_zero(sets->count, sets->width * sizeof(uint64_t));
    return sets->bits ? ZUB_OK : ZUB_ENOMEM;
}

static void fill_sets(row_sets *sets, const zub_csr *matrix)
{
    for (size_t r = 0; r < (size_t)matrix->rows; r++)
        for (int32_t i = matrix->starts[r]; i < matrix->starts[r + 1]; i++) {
            size_t slot = sets->slots[matrix->cols[i]];
            if (slot > 0)
                sets->bits[(slot - 1) * sets->width + r / 64] |= (uint64_t)1
                                                                 << r % 64;
        }
}

static double count_both(const row_sets *sets, uint32_t a, uint32_t b)
{
    const uint64_t *one = sets->bits + (sets->slots[a] - 1) * sets->width;
    const uint64_t *other = sets->bits + (sets->slots[b] - 1) * sets->width;
    size_t count = 0;

    for (size_t i = 0; i < sets->width; i++)
        count += (size_t)__builtin_popcountll(one[i] & other[i]);
    return (double)count;
}

static double coherence_of(const row_sets *sets, const uint32_t *list,
                           size_t size, double rows)
{
    const zub_association *npmi = zub_association_find("npmi");
    double sum = 0;

    for (size_t i = 1; i < size; i++)
        for (size_t j = 0; j < i; j++) {
            zub_contingency cells = {count_both(sets, list[i], list[j]),
                                     count_both(sets, list[i], list[i]),
                                     count_both(sets, list[j], list[j]), rows};
            sum += npmi->of(&cells);
        }
    return size > 1 ? sum / ((double)size * (double)(size - 1) / 2) : 0;
}

zub_status zub_topic_coherence(double *out, const zub_topic_rows *rows,
                               const zub_topic_keys *keys, size_t k)
{
    row_sets sets;
    zub_status status = open_sets(&sets, rows, keys, k);

    if (status == ZUB_OK) {
        fill_sets(&sets, &rows->matrix);
        for (size_t t = 0; t < k; t++)
            out[t] = coherence_of(&sets, keys->columns + t * keys->most,
                                  keys->sizes[t], (double)rows->matrix.rows);
    }
    zub_free(sets.bits);
    zub_free(sets.slots);
    return status;
}
