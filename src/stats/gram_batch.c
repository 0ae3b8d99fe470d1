/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gram_batch.c - see gram_batch.h. A batch is a walk over the n-grams, so
 * mapped pages are let go behind it as behind any walk. */
#include "stats/gram_batch.h"

#include "base/mem.h"
#include "stats/ngram_cells.h"

#define SPAN ((size_t)1 << 19) /* n-grams passed until pages are let go */

bool zub_gram_batch_init(zub_gram_batch *batch, const zub_state *state,
                         unsigned order, size_t count)
{
    size_t room = count < ZUB_GRAM_BATCH ? count : ZUB_GRAM_BATCH;

    *batch = (zub_gram_batch){.state = state, .order = order};
    batch->facts = zub_alloc(room, sizeof *batch->facts);
    batch->visits = zub_alloc(room, sizeof *batch->visits);
    batch->scratch = zub_alloc(room, sizeof *batch->scratch);
    if (batch->facts && batch->visits && batch->scratch)
        return true;
    zub_gram_batch_release(batch);
    return false;
}

void zub_gram_batch_release(zub_gram_batch *batch)
{
    zub_free(batch->facts);
    zub_free(batch->visits);
    zub_free(batch->scratch);
    *batch = (zub_gram_batch){0};
}

static uint64_t count_of(const zub_state *state, unsigned order, size_t id)
{
    return order == 1 ? state->counts[id]
                      : state->ngrams[order - 1].counts[id];
}

static void read_facts(zub_gram_facts *out, const zub_gram_batch *batch,
                       size_t id)
{
    const zub_ngrams *grams = &batch->state->ngrams[batch->order - 1];

    out->count = grams->counts[id];
    out->df = grams->df[id];
    out->prefix_count =
        count_of(batch->state, batch->order - 1, grams->prefix[id]);
    zub_ngram_terms(out->terms, batch->state, batch->order, id);
}

/* Mapped arrays of the order; those of shorter n-grams are smaller, and are
 * passed at the same pace. */
static void let_go(const zub_state *state, unsigned order)
{
    for (unsigned n = 2; n <= order; n++) {
        const zub_ngrams *grams = &state->ngrams[n - 1];
        size_t count = grams->count;
        zub_let_go(grams->prefix, count * sizeof *grams->prefix, true);
        zub_let_go(grams->last, count * sizeof *grams->last, true);
        zub_let_go(grams->counts, count * sizeof *grams->counts, true);
        zub_let_go(grams->df, count * sizeof *grams->df, true);
    }
}

static void read_batch(zub_gram_batch *batch, const uint32_t *ids)
{
    size_t size = batch->end - batch->start, passed = 0;

    for (size_t i = 0; i < size; i++)
        batch->visits[i] = (zub_keyed){ids[batch->start + i], (uint32_t)i};
    zub_order_keys(batch->visits, batch->scratch, size);
    for (size_t i = 0; i < size; i++) {
        size_t id = (size_t)batch->visits[i].key;
        if (batch->state->is_mapped && id - passed > SPAN) {
            let_go(batch->state, batch->order);
            passed = id;
        }
        read_facts(&batch->facts[batch->visits[i].id], batch, id);
    }
    if (batch->state->is_mapped)
        let_go(batch->state, batch->order);
}

const zub_gram_facts *zub_gram_batch_at(zub_gram_batch *batch,
                                        const uint32_t *ids, size_t count,
                                        size_t i)
{
    if (i < batch->start || i >= batch->end) {
        batch->start = i - i % ZUB_GRAM_BATCH;
        batch->end = count - batch->start < ZUB_GRAM_BATCH
                         ? count
                         : batch->start + ZUB_GRAM_BATCH;
        read_batch(batch, ids);
    }
    return &batch->facts[i - batch->start];
}
