/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* state.c - see state.h. How a state is made, and what is read off it. */
#include "terms/state.h"

#include <string.h>

#include "base/mem.h"
#include "base/slice.h"

/* ---- Reading one ---- */

static zub_slice piece(const char *bytes, const uint64_t *ends, size_t i)
{
    uint64_t start = i ? ends[i - 1] : 0;

    return bytes ? (zub_slice){bytes + start, (size_t)(ends[i] - start)}
                 : (zub_slice){"", 0};
}

zub_slice zub_state_term_bytes(const zub_state *state, size_t term)
{
    return piece(state->term_bytes, state->term_ends, term);
}

zub_slice zub_state_form_bytes(const zub_state *state, size_t form)
{
    return piece(state->form_bytes, state->form_ends, form);
}

zub_slice zub_state_article_id(const zub_state *state, size_t article)
{
    return piece(state->list.ids, state->list.id_ends, article);
}

size_t zub_state_find(const zub_state *state, zub_slice term)
{
    size_t low = 0, high = state->term_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order =
            zub_slice_compare(zub_state_term_bytes(state, middle), term);
        if (order == 0)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return SIZE_MAX;
}

size_t zub_state_best_form(const zub_state *state, size_t term)
{
    size_t best = (size_t)state->form_starts[term];

    for (size_t i = best + 1; i < state->form_starts[term + 1]; i++)
        if (state->form_counts[i] > state->form_counts[best])
            best = i;
    return best;
}

zub_slice zub_state_surface(const zub_state *state, size_t term)
{
    if (state->form_count == 0 ||
        state->form_starts[term] == state->form_starts[term + 1])
        return zub_state_term_bytes(state, term);
    return zub_state_form_bytes(state, zub_state_best_form(state, term));
}

static int compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int compare_rows(const zub_count_rows *a, size_t i,
                        const zub_count_rows *b, size_t j)
{
    uint64_t p = i ? a->ends[i - 1] : 0, q = j ? b->ends[j - 1] : 0;
    int order = compare_numbers(a->ends[i] - p, b->ends[j] - q);

    for (; p < a->ends[i] && order == 0; p++, q++) {
        order = compare_numbers(a->cols[p], b->cols[q]);
        if (order == 0)
            order = compare_numbers(a->counts[p], b->counts[q]);
    }
    return order;
}

int zub_state_compare_articles(const zub_state *a, size_t i,
                               const zub_state *b, size_t j)
{
    int order = zub_slice_compare(zub_state_article_id(a, i),
                                  zub_state_article_id(b, j));

    if (order == 0)
        order = compare_numbers(a->list.lengths[i], b->list.lengths[j]);
    for (unsigned n = a->low; n <= a->high && order == 0; n++)
        order = compare_rows(&a->list.rows[n - 1], i, &b->list.rows[n - 1], j);
    return order;
}

/* ---- Making one ---- */

/* What a state of ours lies in. */
typedef struct holding {
    char *fingerprint; /* or NULL: in a file */
    size_t count;
    zub_file files[ZUB_MOST_ARRAYS];
} holding;

static void release_holding(void *memory)
{
    holding *held = memory;

    for (size_t i = 0; i < held->count; i++)
        zub_file_close(&held->files[i]);
    zub_free(held->fingerprint);
    zub_free(held);
}

zub_status zub_state_new(zub_state **out, zub_slice fingerprint)
{
    zub_state *state = zub_alloc_zero(1, sizeof *state);
    holding *held = zub_alloc_zero(1, sizeof *held);
    char *copy = zub_alloc(fingerprint.size, 1);

    *out = NULL;
    if (!state || !held || !copy) {
        zub_free(state);
        zub_free(held);
        zub_free(copy);
        return ZUB_ENOMEM;
    }
    if (fingerprint.size > 0)
        memcpy(copy, fingerprint.data, fingerprint.size);
    held->fingerprint = copy;
    *state = (zub_state){.fingerprint = {copy, fingerprint.size},
                         .low = 1,
                         .high = 1,
                         .memory = held,
                         .release = release_holding};
    *out = state;
    return ZUB_OK;
}

void zub_state_keep(zub_state *state, zub_spool *spool, void *field)
{
    holding *held = state->memory;
    zub_file *file = &held->files[held->count];

    zub_spool_finish(spool, file);
    memcpy(field, &file->bytes.data, sizeof file->bytes.data);
    if (file->bytes.data) {
        held->count++;
        state->is_mapped = file->is_mapped;
    }
}

void zub_state_hold(zub_state *state, zub_file file)
{
    holding *held = state->memory;

    held->files[held->count++] = file;
}

void zub_state_free(zub_state *state)
{
    if (!state)
        return;
    if (state->release)
        state->release(state->memory);
    zub_free(state);
}
