/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* listing_measures.c - measures of dispersion for the terms of a listing. The
 * rows of the articles are walked once for as many terms as memory allows. */
#include "base/error.h"
#include "base/mem.h"
#include "stats/listing.h"

#define PASS (1u << 16) /* terms between two letting goes */

uint32_t zub_listing_number(const zub_listing *listing, zub_gram_id gram)
{
    return (uint32_t)(listing->bases[gram.order - 1] + gram.id);
}

zub_gram_id zub_listing_gram(const zub_listing *listing, uint32_t number)
{
    unsigned order = listing->high;

    while (order > listing->low && number < listing->bases[order - 1])
        order--;
    return (zub_gram_id){order,
                         (uint32_t)(number - listing->bases[order - 1])};
}

/* Shares that may be in memory. */
static uint64_t most_shares(const zub_listing *listing)
{
    uint64_t memory = listing->options.memory;

    return memory ? memory / 4 / sizeof(zub_share) : UINT64_MAX;
}

/* How many of `count` terms, at least one, have shares for one walk. */
static size_t fit(const zub_listing *listing, const uint32_t *ids,
                  size_t count)
{
    uint64_t sum = 0, most = most_shares(listing);
    size_t fits = 0;

    for (; fits < count; fits++) {
        sum += listing->state->df[ids[fits]];
        if (fits > 0 && sum > most)
            break;
    }
    return fits;
}

zub_status zub_listing_find_shares(zub_listing *listing)
{
    const zub_picker *picker = &listing->picker;
    size_t left = picker->size - listing->at;

    if (left > listing->left)
        left = (size_t)listing->left;
    if (!zub_grow(&listing->batch, &listing->batch_room, left,
                  sizeof *listing->batch))
        return ZUB_ENOMEM;
    for (size_t i = 0; i < left; i++)
        listing->batch[i] = picker->items[listing->at + i].id;
    size_t count = fit(listing, listing->batch, left);
    listing->batch_start = listing->at;
    listing->batch_end = listing->at + count;
    return zub_shares_find(&listing->shares, listing->batch, count);
}

static bool make_room(zub_listing *listing, size_t parts)
{
    size_t one = listing->part_room, other = one, third = one;

    if (parts <= one)
        return true;
    bool fits =
        zub_grow(&listing->part_counts, &one, parts, sizeof(double)) &&
        zub_grow(&listing->part_sizes, &other, parts, sizeof(double)) &&
        zub_grow(&listing->scratch, &third, parts, sizeof(double));
    if (fits)
        listing->part_room = one;
    return fits;
}

/* Measures first to end of the term in slot i of the shares. */
static zub_status measure(zub_listing *listing, size_t i, size_t first,
                          size_t end)
{
    const zub_division *division = &listing->division;
    const zub_share *shares =
        listing->shares.items + listing->shares.starts[i];
    size_t size =
        (size_t)(listing->shares.ends[i] - listing->shares.starts[i]);

    if (!make_room(listing, size))
        return ZUB_ENOMEM;
    for (size_t s = 0; s < size; s++) {
        listing->part_counts[s] = (double)shares[s].count;
        listing->part_sizes[s] = division->sizes[shares[s].part];
    }
    zub_parts parts = {.counts = listing->part_counts,
                       .sizes = listing->part_sizes,
                       .listed = size,
                       .parts = (double)division->filled,
                       .size = division->size,
                       .smallest = division->smallest,
                       .scratch = listing->scratch};
    for (size_t m = first; m < end; m++)
        listing->values[m] = listing->measures[m]->of(&parts);
    return ZUB_OK;
}

zub_status zub_listing_measure(zub_listing *listing)
{
    return measure(listing, listing->at - listing->batch_start, 0,
                   listing->measure_count);
}

/* Terms [first, first + count). */
static zub_status measure_some(zub_listing *listing, zub_spool *out,
                               const uint32_t *ids, size_t count)
{
    size_t m = listing->deciding;
    zub_status status = zub_shares_find(&listing->shares, ids, count);

    for (size_t i = 0; i < count && status == ZUB_OK; i++) {
        status = measure(listing, i, m, m + 1);
        zub_spool_add(out, &listing->values[m], sizeof(double));
    }
    return status;
}

static zub_status measure_each(zub_listing *listing, zub_spool *out)
{
    size_t terms = listing->state->term_count;
    size_t room = listing->options.memory && terms > PASS ? PASS : terms;
    uint32_t *ids = zub_alloc(room, sizeof *ids);
    zub_status status = ids ? ZUB_OK : ZUB_ENOMEM;

    for (size_t first = 0; first < terms && status == ZUB_OK;) {
        size_t count = terms - first < room ? terms - first : room;
        for (size_t i = 0; i < count; i++)
            ids[i] = (uint32_t)(first + i);
        count = fit(listing, ids, count);
        status = measure_some(listing, out, ids, count);
        first += count;
    }
    zub_free(ids);
    return status;
}

zub_status zub_listing_measure_all(zub_listing *listing, zub_error *error)
{
    zub_spooler spooler = {
        .folder = listing->options.memory ? listing->options.folder : NULL};
    zub_spool spool;

    zub_spool_init(&spool, &spooler,
                   listing->state->term_count * sizeof(double));
    zub_status status = measure_each(listing, &spool);
    zub_spool_finish(&spool, &listing->sort_values);
    zub_spool_release(&spool);
    if (status != ZUB_OK)
        return zub_fail(error, status, "%s", zub_status_text(status));
    return zub_spooler_report(&spooler, error);
}
