/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* ngram_cells.c - see ngram_cells.h. The parts that are asked for go into a
 * map first; a walk then adds up what it finds there, so that memory follows
 * the n-grams asked for and not those there are. */
#include "stats/ngram_cells.h"

#include "base/map.h"
#include "base/mem.h"

void zub_ngram_terms(uint32_t terms[ZUB_MOST_ORDER], const zub_state *state,
                     unsigned order, size_t id)
{
    for (; order >= 2; order--) {
        const zub_ngrams *grams = &state->ngrams[order - 1];
        terms[order - 1] = grams->last[id];
        id = grams->prefix[id];
    }
    terms[0] = (uint32_t)id;
}

/* One part: the terms at the bits of `mask`, bit 0 the first. */
typedef struct cell_walk {
    const zub_state *state;
    unsigned order, mask;
    zub_map parts;
    double *sums; /* [parts.count] */
    size_t sum_capacity;
} cell_walk;

static zub_slice part_of(const cell_walk *walk, size_t id,
                         uint32_t part[ZUB_MOST_ORDER])
{
    uint32_t terms[ZUB_MOST_ORDER];
    size_t size = 0;

    zub_ngram_terms(terms, walk->state, walk->order, id);
    for (unsigned i = 0; i < walk->order; i++)
        if (walk->mask >> i & 1)
            part[size++] = terms[i];
    return (zub_slice){(const char *)part, size * sizeof *part};
}

static zub_status ask(cell_walk *walk, const uint32_t *ids, size_t count)
{
    uint32_t part[ZUB_MOST_ORDER];

    zub_map_clear(&walk->parts);
    for (size_t i = 0; i < count; i++)
        if (zub_map_add(&walk->parts, part_of(walk, ids[i], part)) ==
            ZUB_MAP_NONE)
            return ZUB_ENOMEM;
    if (!zub_grow(&walk->sums, &walk->sum_capacity, walk->parts.count,
                  sizeof *walk->sums))
        return ZUB_ENOMEM;
    for (size_t i = 0; i < walk->parts.count; i++)
        walk->sums[i] = 0;
    return ZUB_OK;
}

static void add_up(cell_walk *walk)
{
    const zub_ngrams *grams = &walk->state->ngrams[walk->order - 1];
    uint32_t part[ZUB_MOST_ORDER];

    for (size_t i = 0; i < grams->count; i++) {
        uint32_t at = zub_map_find(&walk->parts, part_of(walk, i, part));
        if (at != ZUB_MAP_NONE)
            walk->sums[at] += (double)grams->counts[i];
    }
}

static zub_status fill(double *cells, cell_walk *walk, const uint32_t *ids,
                       size_t count)
{
    uint32_t part[ZUB_MOST_ORDER];
    zub_status status = ask(walk, ids, count);

    if (status != ZUB_OK)
        return status;
    add_up(walk);
    for (size_t i = 0; i < count; i++)
        cells[(i << walk->order) + walk->mask] = walk->sums[zub_map_find(
            &walk->parts, part_of(walk, ids[i], part))];
    return ZUB_OK;
}

zub_status zub_ngram_cells(double *cells, const zub_state *state,
                           unsigned order, const uint32_t *ids, size_t count)
{
    cell_walk walk = {.state = state, .order = order};
    zub_status status = ZUB_OK;

    zub_map_init(&walk.parts);
    for (; status == ZUB_OK && walk.mask < 1u << order; walk.mask++)
        status = fill(cells, &walk, ids, count);
    zub_map_release(&walk.parts);
    zub_free(walk.sums);
    return status;
}
