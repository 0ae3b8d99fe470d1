/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* align_seeds.c - see align_seeds.h.
 *
 * A key is 40 bits of a hash, so that sorting takes five passes; words are
 * compared before a key is believed. All that repetition could square is
 * capped where it arises: places of a seed in an article and in all articles
 * when the index is made, places in the article that is looked for, and then
 * the pairs, of which the rarest seeds' are kept. */
#include "index/align_seeds.h"

#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

#define MIXER 0xD6E8FEB86659FD93u /* odd */
#define KEY_BITS 40u

/* 0: a border is among the words. */
static uint64_t key_of(const uint64_t *words, unsigned width)
{
    uint64_t hash = width;

    for (unsigned i = 0; i < width; i++) {
        if (words[i] == 0)
            return 0;
        hash = zub_fold_product(hash ^ words[i], MIXER) + ZUB_GOLDEN;
    }
    hash >>= 64 - KEY_BITS;
    return hash + (hash == 0);
}

/* ---- The index ---- */

static size_t list_grams(zub_keyed *out, const zub_articles *articles,
                         unsigned width)
{
    size_t count = 0;

    for (size_t i = 0; i + width <= articles->size; i++) {
        uint64_t key = key_of(articles->words + i, width);
        if (key == 0)
            continue;
        out[count++] = (zub_keyed){.key = key, .id = (uint32_t)i};
    }
    return count;
}

/* Of one key, places [from, to) of `grams`: puts those that are followed
 * behind `kept`, and returns where they end. */
static size_t keep_places(zub_seed_index *index, const zub_keyed *grams,
                          size_t from, size_t to, size_t kept)
{
    size_t start = kept, article_end = 0;
    unsigned repeats = 0;

    for (size_t i = from; i < to && kept - start < ZUB_SEED_PLACES; i++) {
        uint32_t place = grams[i].id;
        if (place >= article_end) {
            const zub_article *article =
                &index->articles
                     ->items[zub_articles_find(index->articles, place)];
            article_end = article->first + article->count;
            repeats = 0;
        }
        if (repeats++ < ZUB_SEED_REPEATS)
            index->places[kept++] = place;
    }
    index->left_out += to - from - (kept - start);
    return kept;
}

static void fill_index(zub_seed_index *index, const zub_keyed *grams,
                       size_t size)
{
    size_t kept = 0, end;

    index->count = 0;
    for (size_t i = 0; i < size; i = end) {
        for (end = i; end < size && grams[end].key == grams[i].key;)
            end++;
        index->keys[index->count] = grams[i].key;
        index->starts[index->count++] = (uint32_t)kept;
        kept = keep_places(index, grams, i, end, kept);
    }
    index->starts[index->count] = (uint32_t)kept;
}

/* About a key a head. */
static bool make_heads(zub_seed_index *index)
{
    unsigned bits = 1;

    while (bits < 30 && ((size_t)1 << bits) < index->count)
        bits++;
    size_t size = (size_t)1 << bits, key = 0;
    index->shift = KEY_BITS - bits;
    index->heads = zub_alloc(size + 1, sizeof *index->heads);
    if (!index->heads)
        return false;
    for (size_t head = 0; head <= size; head++) {
        while (key < index->count && index->keys[key] >> index->shift < head)
            key++;
        index->heads[head] = (uint32_t)key;
    }
    return true;
}

static bool count_distinct(zub_seed_index *index, const zub_keyed *grams,
                           size_t size)
{
    size_t count = size > 0;

    for (size_t i = 1; i < size; i++)
        count += grams[i].key != grams[i - 1].key;
    index->keys = zub_alloc(count, sizeof *index->keys);
    index->starts = zub_alloc(count + 1, sizeof *index->starts);
    index->places = zub_alloc(size, sizeof *index->places);
    return index->keys && index->starts && index->places;
}

zub_status zub_seed_index_init(zub_seed_index *out,
                               const zub_articles *articles, unsigned width)
{
    zub_keyed *grams = zub_alloc(articles->size, sizeof *grams);
    zub_keyed *scratch = zub_alloc(articles->size, sizeof *scratch);
    bool is_made = grams && scratch;
    size_t size = 0;

    *out = (zub_seed_index){.articles = articles, .width = width};
    if (is_made) {
        size = list_grams(grams, articles, width);
        zub_order_keys(grams, scratch, size);
    }
    zub_free(scratch);
    is_made = is_made && count_distinct(out, grams, size);
    if (is_made)
        fill_index(out, grams, size);
    zub_free(grams);
    is_made = is_made && make_heads(out);
    if (!is_made)
        zub_seed_index_release(out);
    return is_made ? ZUB_OK : ZUB_ENOMEM;
}

void zub_seed_index_release(zub_seed_index *index)
{
    zub_free(index->keys);
    zub_free(index->starts);
    zub_free(index->places);
    zub_free(index->heads);
    *index = (zub_seed_index){0};
}

/* Which key it is, or index->count. */
static size_t find_key(const zub_seed_index *index, uint64_t key)
{
    size_t low = index->heads[key >> index->shift];
    size_t high = index->heads[(key >> index->shift) + 1], end = high;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (index->keys[middle] < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && index->keys[low] == key ? low : index->count;
}

/* ---- Looking for an article ---- */

/* How many places of a key lie before `limit`. */
static size_t places_of(const zub_seed_index *index, size_t key, size_t limit)
{
    size_t from = index->starts[key], to = index->starts[key + 1];

    while (to > from && index->places[to - 1] >= limit)
        to--;
    return to - from;
}

/* Seeds of the article that the index has, by key, then by place. */
static size_t list_seeds(zub_seeder *seeder, const zub_seed_index *index,
                         const uint64_t *words, size_t size, size_t limit)
{
    size_t count = 0;

    for (size_t i = 0; i + index->width <= size; i++) {
        size_t key = find_key(index, key_of(words + i, index->width));
        if (key < index->count && places_of(index, key, limit) > 0)
            seeder->grams[count++] =
                (zub_keyed){.key = key, .id = (uint32_t)i};
    }
    zub_order_keys(seeder->grams, seeder->scratch, count);
    return count;
}

/* The first places of each. */
static size_t keep_first(zub_seeder *seeder, size_t size)
{
    size_t kept = 0, repeats = 0;
    uint64_t key = UINT64_MAX;

    for (size_t i = 0; i < size; i++) {
        zub_keyed seed = seeder->grams[i];
        repeats = seed.key == key ? repeats + 1 : 1;
        key = seed.key;
        if (repeats <= ZUB_SEED_REPEATS)
            seeder->grams[kept++] = seed;
    }
    seeder->left_out += size - kept;
    return kept;
}

/* Seeds of at most so many places are followed, and how many pairs that is. */
static size_t choose_rarity(zub_seeder *seeder, const zub_seed_index *index,
                            size_t seeds, size_t size, size_t limit,
                            size_t *pairs)
{
    uint64_t counts[ZUB_SEED_PLACES + 1] = {0}, all = 0;
    uint64_t most = ZUB_SEED_PAIRS + (uint64_t)ZUB_SEED_PAIRS_A_WORD * size;
    size_t rarity = 0;

    for (size_t i = 0; i < seeds; i++) {
        size_t places = places_of(index, seeder->grams[i].key, limit);
        counts[places] += places;
        all += places;
    }
    *pairs = 0;
    while (rarity < ZUB_SEED_PLACES && *pairs + counts[rarity + 1] <= most)
        *pairs += counts[++rarity];
    seeder->left_out += all - *pairs;
    return rarity;
}

/* Pairs of places, by how far apart they are; what only shares a key is not
 * one. */
static size_t list_pairs(zub_seeder *seeder, const zub_seed_index *index,
                         const uint64_t *words, size_t size, size_t seeds,
                         size_t limit, size_t rarity)
{
    size_t count = 0;

    for (size_t i = 0; i < seeds; i++) {
        size_t key = seeder->grams[i].key, y = seeder->grams[i].id;
        size_t places = places_of(index, key, limit);
        const uint32_t *at = index->places + index->starts[key];
        if (places > rarity)
            continue;
        for (size_t p = 0; p < places; p++) {
            if (memcmp(index->articles->words + at[p], words + y,
                       index->width * sizeof *words) != 0)
                continue;
            uint64_t apart = at[p] + size - y;
            seeder->pairs[count++] =
                (zub_keyed){.key = apart << 32 | at[p], .id = (uint32_t)y};
        }
    }
    return count;
}

/* Seeds that overlap or touch at one distance become stretches, in place: the
 * key is x and y then, the id a size. Borders keep articles apart. */
static size_t join_pairs(zub_keyed *pairs, size_t count, unsigned width)
{
    size_t kept = 0, end = 0;
    uint64_t apart = UINT64_MAX;

    for (size_t i = 0; i < count; i++) {
        size_t x = (uint32_t)pairs[i].key;
        uint64_t distance = pairs[i].key >> 32;
        if (distance == apart && x <= end) {
            pairs[kept - 1].id += (uint32_t)(x + width - end);
        } else {
            pairs[kept++] = (zub_keyed){.key = (uint64_t)x << 32 | pairs[i].id,
                                        .id = width};
        }
        apart = distance;
        end = x + width;
    }
    return kept;
}

static bool make_room(zub_keyed **array, size_t *capacity, size_t need)
{
    return zub_grow(array, capacity, need > 0 ? need : 1, sizeof **array);
}

zub_status zub_seeder_find(zub_seeder *seeder, const zub_seed_index *index,
                           const uint64_t *words, size_t size, size_t limit)
{
    size_t pairs;

    seeder->count = 0;
    if (index->count == 0 || size < index->width)
        return ZUB_OK;
    if (!make_room(&seeder->grams, &seeder->gram_capacity, size) ||
        !make_room(&seeder->scratch, &seeder->scratch_capacity, size))
        return ZUB_ENOMEM;
    size_t seeds = list_seeds(seeder, index, words, size, limit);
    seeds = keep_first(seeder, seeds);
    size_t rarity = choose_rarity(seeder, index, seeds, size, limit, &pairs);
    if (pairs == 0)
        return ZUB_OK;
    if (!make_room(&seeder->pairs, &seeder->pair_capacity, pairs) ||
        !make_room(&seeder->scratch, &seeder->scratch_capacity, pairs))
        return ZUB_ENOMEM;
    size_t count =
        list_pairs(seeder, index, words, size, seeds, limit, rarity);
    zub_order_keys(seeder->pairs, seeder->scratch, count);
    seeder->count = join_pairs(seeder->pairs, count, index->width);
    zub_order_keys(seeder->pairs, seeder->scratch, seeder->count);
    return ZUB_OK;
}

void zub_seeder_release(zub_seeder *seeder)
{
    zub_free(seeder->grams);
    zub_free(seeder->pairs);
    zub_free(seeder->scratch);
    *seeder = (zub_seeder){0};
}
