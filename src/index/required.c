/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* required.c - see required.h. */
#include "index/required.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/occurrences.h"

void zub_required_release(zub_required *required)
{
    zub_free(required->bits);
    zub_free(required->starts);
    *required = (zub_required){0};
}

static zub_status open_bits(zub_required *out, const zub_index *index)
{
    size_t volumes = index->shelf.count;

    out->starts = zub_alloc(volumes + 1, sizeof *out->starts);
    if (!out->starts)
        return ZUB_ENOMEM;
    for (size_t v = 0; v < volumes; v++) {
        out->starts[v] = out->size;
        out->size += index->shelf.items[v].volume->about.passages / 64 + 1;
    }
    out->bits = zub_alloc_zero(out->size + 1, sizeof *out->bits);
    return out->bits ? ZUB_OK : ZUB_ENOMEM;
}

/* Bits of one term. */
typedef struct marking {
    const size_t *starts;
    uint64_t *bits;
} bit_marking;

static void mark(void *context, size_t number, const uint32_t *passages,
                 const uint32_t *counts, size_t size)
{
    bit_marking *run = context;
    uint64_t *bits = run->bits + run->starts[number];

    (void)counts;
    for (size_t i = 0; i < size; i++)
        bits[passages[i] / 64] |= (uint64_t)1 << passages[i] % 64;
}

static zub_status keep_those_with(zub_required *required,
                                  const zub_index *index, zub_slice term,
                                  uint64_t *kept, uint64_t *scratch,
                                  zub_error *error)
{
    bit_marking run = {required->starts, scratch};

    memset(scratch, 0, required->size * sizeof *scratch);
    zub_status status = zub_occurrences_each(index, term, mark, &run, error);
    for (size_t i = 0; i < required->size; i++)
        kept[i] &= scratch[i];
    return status;
}

static bool requires_any(const zub_query *query)
{
    for (size_t i = 0; i < query->condition_count; i++)
        if (!query->conditions[i].is_not)
            return true;
    return false;
}

/* Into kept[], which has ones. */
static zub_status keep(zub_required *required, const zub_index *index,
                       const zub_query *query, uint64_t *kept,
                       uint64_t *scratch, zub_error *error)
{
    zub_status status = ZUB_OK;

    for (size_t i = 0; i < query->condition_count; i++) {
        const zub_query_condition *condition = &query->conditions[i];
        size_t count = condition->is_not ? 0 : condition->count;
        for (size_t w = 0; w < count && status == ZUB_OK; w++)
            status = keep_those_with(required, index,
                                     query->words[condition->first + w].term,
                                     kept, scratch, error);
    }
    return status;
}

zub_status zub_required_add(zub_required *required, const zub_index *index,
                            const zub_query *query, zub_error *error)
{
    if (!requires_any(query))
        return ZUB_OK;
    if (!required->bits && open_bits(required, index) != ZUB_OK)
        return zub_fail_memory(error);
    uint64_t *kept = zub_alloc(required->size + 1, sizeof *kept);
    uint64_t *scratch = zub_alloc(required->size + 1, sizeof *scratch);
    zub_status status = kept && scratch ? ZUB_OK : zub_fail_memory(error);
    if (status == ZUB_OK) {
        memset(kept, 0xFF, required->size * sizeof *kept);
        status = keep(required, index, query, kept, scratch, error);
    }
    for (size_t i = 0; i < required->size && status == ZUB_OK; i++)
        required->bits[i] |= kept[i];
    zub_free(kept);
    zub_free(scratch);
    return status;
}
