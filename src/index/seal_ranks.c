/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* seal_ranks.c - the numbers of words and terms: the commonest word is 0, and
 * terms stand in byte order. */
#include <string.h>

#include "base/mem.h"
#include "base/order.h"
#include "index/sealing.h"

static zub_status count_words(zub_sealing *run)
{
    zub_word_slice both[2];
    uint64_t *counts =
        zub_alloc_zero(run->builder->words.count + (size_t)1, sizeof *counts);

    run->counts = counts;
    if (!counts)
        return ZUB_ENOMEM;
    for (size_t at = 0; at < run->about.passages; at++) {
        zub_sealing_stretches(run, at, both);
        for (size_t s = 0; s < 2; s++)
            for (size_t i = 0; i < both[s].count; i++)
                counts[both[s].words[i]]++;
    }
    return ZUB_OK;
}

/* order[0 .. count): ids in byte order of their names, of those whose `used` is
 * not 0. */
static zub_status order_used(const zub_map *map, const uint64_t *used,
                             uint32_t *order, size_t *count)
{
    zub_slice *names = zub_alloc(map->count + (size_t)1, sizeof *names);
    uint32_t *ids = zub_alloc(map->count + (size_t)1, sizeof *ids);
    zub_status status = names && ids ? ZUB_OK : ZUB_ENOMEM;

    *count = 0;
    for (uint32_t i = 0; status == ZUB_OK && i < map->count; i++)
        if (used[i] > 0) {
            names[*count] = map->names[i];
            ids[(*count)++] = i;
        }
    if (status == ZUB_OK)
        status = zub_order_names(order, names, *count);
    for (size_t i = 0; status == ZUB_OK && i < *count; i++)
        order[i] = ids[order[i]];
    zub_free(names);
    zub_free(ids);
    return status;
}

/* The commonest first, of equals in byte order, which they stand in. */
static zub_status sort_by_count(uint32_t *order, size_t count,
                                const uint64_t *counts)
{
    zub_keyed *items = zub_alloc(count + 1, sizeof *items);
    zub_keyed *scratch = zub_alloc(count + 1, sizeof *scratch);
    zub_status status = items && scratch ? ZUB_OK : ZUB_ENOMEM;

    for (size_t i = 0; status == ZUB_OK && i < count; i++)
        items[i] = (zub_keyed){UINT64_MAX - counts[order[i]], order[i]};
    if (status == ZUB_OK)
        zub_order_keys(items, scratch, count);
    for (size_t i = 0; status == ZUB_OK && i < count; i++)
        order[i] = items[i].id;
    zub_free(items);
    zub_free(scratch);
    return status;
}

static void invert(uint32_t *ranks, size_t size, const uint32_t *order,
                   size_t count)
{
    memset(ranks, 0xFF, size * sizeof *ranks);
    for (size_t i = 0; i < count; i++)
        ranks[order[i]] = (uint32_t)i;
}

static zub_status rank_words(zub_sealing *run, const uint64_t *counts)
{
    size_t count = 0, size = run->builder->words.count;

    run->ranked = zub_alloc(size + 1, sizeof *run->ranked);
    run->ranks = zub_alloc(size + 1, sizeof *run->ranks);
    if (!run->ranked || !run->ranks)
        return ZUB_ENOMEM;
    zub_status status =
        order_used(&run->builder->words, counts, run->ranked, &count);
    if (status == ZUB_OK)
        status = sort_by_count(run->ranked, count, counts);
    if (status == ZUB_OK)
        invert(run->ranks, size, run->ranked, count);
    run->about.words = count;
    return status;
}

static zub_status rank_terms(zub_sealing *run, const uint64_t *counts)
{
    const zub_builder *builder = run->builder;
    size_t size = builder->terms.count, count = 0;
    uint64_t *used = zub_alloc_zero(size + 1, sizeof *used);

    run->ranked_terms = zub_alloc(size + 1, sizeof *run->ranked_terms);
    run->term_ranks = zub_alloc(size + 1, sizeof *run->term_ranks);
    zub_status status =
        used && run->ranked_terms && run->term_ranks ? ZUB_OK : ZUB_ENOMEM;
    for (size_t i = 0; status == ZUB_OK && i < builder->words.count; i++)
        used[builder->terms_of[i]] |= counts[i];
    if (status == ZUB_OK)
        status = order_used(&builder->terms, used, run->ranked_terms, &count);
    if (status == ZUB_OK)
        invert(run->term_ranks, size, run->ranked_terms, count);
    run->about.terms = count;
    zub_free(used);
    return status;
}

/* From here on the sequence has ranks: what is known of common words lies close
 * together. Words that no article has any more keep none. */
static void renumber(zub_sealing *run)
{
    uint32_t *sequence = run->builder->sequence;

    for (size_t i = 0; i < run->builder->length; i++)
        sequence[i] = run->ranks[sequence[i]];
}

/* The folded form stands in front in the key of a word. */
static zub_slice folded_of(const zub_sealing *run, uint32_t word)
{
    return (zub_slice){run->builder->words.names[word].data,
                       run->builder->folded_sizes[word]};
}

static zub_status write_words(zub_sealing *run)
{
    zub_buffer *out = &run->parts[ZUB_PART_WORDS];

    for (size_t i = 0; i < run->about.words; i++) {
        uint32_t word = run->ranked[i];
        if (run->about.has_positions) {
            zub_buffer_add_slice(out, folded_of(run, word));
            zub_seal_u32(run, ZUB_PART_WORD_ENDS, out->size);
        }
        zub_seal_u32(run, ZUB_PART_WORD_TERM,
                     run->term_ranks[run->builder->terms_of[word]]);
    }
    return zub_sealing_status(run, ZUB_PART_WORD_ENDS, ZUB_PART_WORD_TERM);
}

zub_status zub_seal_ranks(zub_sealing *run)
{
    zub_status status = count_words(run);

    if (status == ZUB_OK)
        status = rank_words(run, run->counts);
    if (status == ZUB_OK)
        status = rank_terms(run, run->counts);
    if (status == ZUB_OK)
        renumber(run);
    return status == ZUB_OK ? write_words(run) : status;
}
