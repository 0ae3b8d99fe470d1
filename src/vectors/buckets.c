/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* buckets.c - see duplicates.h.
 *
 * Articles of one text are joined first, and only the first of them is
 * compared with others. A bucket is those that share a key, in order of their
 * ranks. In one of up to VISITS each is compared with all before it; beyond
 * that with the first half of VISITS that began something new and with the
 * second half just before it: so any bucket is linear, whether all of it is
 * alike or all of it shares some boilerplate. */
#include "vectors/duplicates.h"

#include "base/error.h"
#include "base/mem.h"

#define VISITS ((size_t)128)

typedef struct key_bucket {
    zub_keyed *items, *scratch; /* [count]; keys: ranks */
    size_t count, capacity, scratch_capacity;
    uint32_t heads[VISITS / 2]; /* ranks that were like none before */
    size_t head_count;
} key_bucket;

static size_t size_at(const zub_duplicates *duplicates, uint32_t rank)
{
    return zub_gathered_size(&duplicates->articles, duplicates->order[rank]);
}

size_t zub_duplicates_overlap(zub_duplicates *duplicates, uint32_t a,
                              uint32_t b, size_t least)
{
    size_t a_size = size_at(duplicates, a), b_size = size_at(duplicates, b);
    zub_gathered *articles = &duplicates->articles;

    if (least > a_size || least > b_size)
        return 0;
    return zub_shingles_overlap(
        zub_gathered_set(articles, duplicates->order[a]), a_size,
        zub_gathered_set(articles, duplicates->order[b]), b_size, least);
}

/* ---- Pairs ---- */

static zub_status add_pair(zub_duplicates *duplicates, uint32_t a, uint32_t b,
                           size_t overlap, zub_error *error)
{
    if (!duplicates->has_pairs)
        return ZUB_OK;
    return zub_entries_add(&duplicates->pairs, (uint64_t)a << 32 | b,
                           (uint32_t)overlap, error);
}

/* `a` is the lower rank. */
static zub_status compare(zub_duplicates *duplicates, uint32_t a, uint32_t b,
                          zub_error *error)
{
    zub_unions *unions = &duplicates->unions;

    if (!duplicates->has_pairs &&
        zub_unions_find(unions, a) == zub_unions_find(unions, b))
        return ZUB_OK;
    size_t least = zub_shingles_least(
        size_at(duplicates, a), size_at(duplicates, b), duplicates->threshold);
    size_t overlap = zub_duplicates_overlap(duplicates, a, b, least);
    if (overlap == 0)
        return ZUB_OK;
    zub_unions_join(unions, a, b);
    return add_pair(duplicates, a, b, overlap, error);
}

/* ---- Articles of one text ---- */

/* A hash that two texts share does not make them one; their sets tell. */
static bool is_same(zub_duplicates *duplicates, uint32_t a, uint32_t b)
{
    const zub_gathered_article *articles = duplicates->articles.articles;
    size_t size = size_at(duplicates, a);

    return articles[duplicates->order[a]].words ==
               articles[duplicates->order[b]].words &&
           size == size_at(duplicates, b) &&
           zub_duplicates_overlap(duplicates, a, b, size) == size;
}

/* Ranks of one hash, ascending: those like the first are its twins. */
static zub_status join_twins(zub_duplicates *duplicates,
                             const zub_keyed *items, size_t size,
                             zub_error *error)
{
    zub_status status = ZUB_OK;
    uint32_t first = items[0].id;

    for (size_t i = 1; i < size && status == ZUB_OK; i++) {
        uint32_t rank = items[i].id;
        if (!is_same(duplicates, first, rank))
            continue;
        duplicates->twins[rank] = first;
        duplicates->facts.same++;
        zub_unions_join(&duplicates->unions, first, rank);
        status = add_pair(duplicates, first, rank, size_at(duplicates, rank),
                          error);
    }
    return status;
}

/* Returns how many have words. */
static size_t list_texts(const zub_duplicates *duplicates, zub_keyed *items)
{
    const zub_gathered *articles = &duplicates->articles;
    size_t size = 0;

    for (size_t rank = 0; rank < articles->count; rank++) {
        const zub_gathered_article *article =
            &articles->articles[duplicates->order[rank]];
        if (article->words > 0)
            items[size++] = (zub_keyed){article->text, (uint32_t)rank};
    }
    return size;
}

static zub_status find_twins(zub_duplicates *duplicates, zub_error *error)
{
    size_t count = duplicates->articles.count, end;
    zub_keyed *items = zub_alloc(count, 2 * sizeof *items);
    zub_status status = ZUB_OK;

    if (!items)
        return zub_fail_memory(error);
    size_t size = list_texts(duplicates, items);
    duplicates->facts.empty = count - size;
    zub_order_keys(items, items + count, size);
    for (size_t at = 0; at < size && status == ZUB_OK; at = end) {
        for (end = at + 1; end < size && items[end].key == items[at].key;)
            end++;
        status = join_twins(duplicates, items + at, end - at, error);
    }
    zub_free(items);
    return status;
}

/* ---- Buckets ---- */

static uint32_t rank_in(const key_bucket *bucket, size_t i)
{
    return (uint32_t)bucket->items[i].key;
}

static zub_status visit(zub_duplicates *duplicates, key_bucket *bucket,
                        size_t i, zub_error *error)
{
    uint32_t rank = rank_in(bucket, i);
    size_t near = i <= VISITS ? i : VISITS / 2;
    size_t heads = i <= VISITS ? 0 : bucket->head_count;
    zub_status status = ZUB_OK;

    for (size_t h = 0; h < heads && status == ZUB_OK; h++)
        if (bucket->heads[h] < rank_in(bucket, i - near))
            status = compare(duplicates, bucket->heads[h], rank, error);
    for (size_t j = i - near; j < i && status == ZUB_OK; j++)
        status = compare(duplicates, rank_in(bucket, j), rank, error);
    return status;
}

/* Whether the first of the bucket that i is joined with is i itself. */
static void note_head(zub_duplicates *duplicates, key_bucket *bucket, size_t i)
{
    uint32_t rank = rank_in(bucket, i);

    if (bucket->head_count == VISITS / 2)
        return;
    for (size_t h = 0; h < bucket->head_count; h++)
        if (zub_unions_find(&duplicates->unions, bucket->heads[h]) ==
            zub_unions_find(&duplicates->unions, rank))
            return;
    bucket->heads[bucket->head_count++] = rank;
}

static bool is_one(zub_duplicates *duplicates, const key_bucket *bucket)
{
    uint32_t root = zub_unions_find(&duplicates->unions, rank_in(bucket, 0));

    for (size_t i = 1; i < bucket->count; i++)
        if (zub_unions_find(&duplicates->unions, rank_in(bucket, i)) != root)
            return false;
    return true;
}

static zub_status join_bucket(zub_duplicates *duplicates, key_bucket *bucket,
                              zub_error *error)
{
    zub_status status = ZUB_OK;

    if (bucket->count < 2)
        return ZUB_OK;
    if (!zub_grow(&bucket->scratch, &bucket->scratch_capacity, bucket->count,
                  sizeof *bucket->scratch))
        return zub_fail_memory(error);
    zub_order_keys(bucket->items, bucket->scratch, bucket->count);
    bucket->head_count = 0;
    for (size_t i = 0; i < bucket->count && status == ZUB_OK; i++) {
        status = visit(duplicates, bucket, i, error);
        if (bucket->count > VISITS)
            note_head(duplicates, bucket, i);
    }
    if (status == ZUB_OK && bucket->count > VISITS + 1 &&
        !is_one(duplicates, bucket))
        duplicates->facts.crowded++;
    return status;
}

static zub_status add_to_bucket(key_bucket *bucket, uint32_t rank,
                                zub_error *error)
{
    if (!zub_grow(&bucket->items, &bucket->capacity, bucket->count + 1,
                  sizeof *bucket->items))
        return zub_fail_memory(error);
    bucket->items[bucket->count++] = (zub_keyed){.key = rank};
    return ZUB_OK;
}

/* Runs of equal keys, of articles that are the first of their text. */
static zub_status walk_buckets(zub_duplicates *duplicates,
                               zub_entries *entries, const uint32_t *ranks,
                               key_bucket *bucket, zub_error *error)
{
    zub_status status = ZUB_OK;
    zub_keyed entry;
    uint64_t key = 0;

    while (status == ZUB_OK && zub_entries_next(entries, &entry)) {
        uint32_t rank = ranks[entry.id];
        if (duplicates->twins[rank] != rank)
            continue;
        if (entry.key != key) {
            status = join_bucket(duplicates, bucket, error);
            bucket->count = 0;
            key = entry.key;
        }
        if (status == ZUB_OK)
            status = add_to_bucket(bucket, rank, error);
    }
    return status == ZUB_OK ? join_bucket(duplicates, bucket, error) : status;
}

static zub_status join_near(zub_duplicates *duplicates, zub_entries *entries,
                            zub_error *error)
{
    size_t count = duplicates->articles.count;
    uint32_t *ranks = zub_alloc(count, sizeof *ranks);
    key_bucket bucket = {.count = 0};

    if (!ranks)
        return zub_fail_memory(error);
    for (size_t rank = 0; rank < count; rank++)
        ranks[duplicates->order[rank]] = (uint32_t)rank;
    zub_status status = zub_entries_start(entries, error);
    if (status == ZUB_OK)
        status = walk_buckets(duplicates, entries, ranks, &bucket, error);
    zub_free(bucket.items);
    zub_free(bucket.scratch);
    zub_free(ranks);
    return status;
}

/* ---- Clusters ---- */

/* The size of each cluster stands at its root, then where its members go. */
static void count_members(zub_duplicates *duplicates, uint32_t *places)
{
    size_t count = duplicates->articles.count;
    uint32_t start = 0;

    for (uint32_t rank = 0; rank < count; rank++)
        places[zub_unions_find(&duplicates->unions, rank)]++;
    for (uint32_t rank = 0; rank < count; rank++) {
        uint32_t size = places[rank];
        if (size < 2) {
            places[rank] = UINT32_MAX;
            continue;
        }
        places[rank] = start;
        start += size;
        duplicates->facts.clusters++;
    }
    duplicates->member_count = start;
    duplicates->facts.members = start;
}

static zub_status list_members(zub_duplicates *duplicates, zub_error *error)
{
    size_t count = duplicates->articles.count;
    uint32_t *places = zub_alloc_zero(count, sizeof *places);

    if (!places)
        return zub_fail_memory(error);
    count_members(duplicates, places);
    duplicates->members =
        zub_alloc(duplicates->member_count, sizeof *duplicates->members);
    for (uint32_t rank = 0; duplicates->members && rank < count; rank++) {
        uint32_t root = zub_unions_find(&duplicates->unions, rank);
        if (places[root] != UINT32_MAX)
            duplicates->members[places[root]++] = rank;
    }
    zub_free(places);
    return duplicates->members ? ZUB_OK : zub_fail_memory(error);
}

static zub_status prepare(zub_duplicates *duplicates, zub_error *error)
{
    size_t count = duplicates->articles.count;

    duplicates->facts.articles = count;
    duplicates->order = zub_alloc(count, sizeof *duplicates->order);
    duplicates->twins = zub_alloc(count, sizeof *duplicates->twins);
    if (!duplicates->order || !duplicates->twins ||
        zub_unions_init(&duplicates->unions, count) != ZUB_OK ||
        zub_gathered_order(duplicates->order, &duplicates->articles) != ZUB_OK)
        return zub_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        duplicates->twins[i] = (uint32_t)i;
    return ZUB_OK;
}

zub_status zub_duplicates_join(zub_duplicates *duplicates,
                               zub_entries *entries, zub_error *error)
{
    zub_status status = prepare(duplicates, error);

    if (status == ZUB_OK)
        status = find_twins(duplicates, error);
    if (status == ZUB_OK)
        status = join_near(duplicates, entries, error);
    if (status == ZUB_OK && duplicates->has_pairs)
        status = zub_entries_start(&duplicates->pairs, error);
    return status == ZUB_OK ? list_members(duplicates, error) : status;
}
