/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* nearby.c - see nearby.h. Sorting keeps equal pairs as they came, so articles
 * ascend among them, and one that goes on in the next lot is seen. */
#include "terms/nearby.h"

#include "base/mem.h"

#define LOT ((size_t)1 << 20)
#define LEAST_LOT ((size_t)1 << 14)
#define MOST_PAIRS ((size_t)1 << 31)

void zub_nearby_bound(zub_nearby *nearby, uint64_t bytes)
{
    nearby->lot = LOT;
    while (bytes > 0 && nearby->lot > LEAST_LOT &&
           nearby->lot * 2 * sizeof *nearby->fresh > bytes)
        nearby->lot /= 2;
}

/* `next` comes behind `sum`, which has the same key. */
static void add_up(zub_near_pair *sum, const zub_near_pair *next)
{
    sum->count += next->count;
    sum->df += next->df - (sum->to == next->from);
    sum->to = next->to;
}

static void count_lot(zub_nearby *nearby)
{
    const zub_keyed *fresh = nearby->fresh;
    zub_near_pair *pair = nearby->pairs + nearby->count;

    for (size_t i = 0; i < nearby->fresh_size; i++) {
        zub_near_pair one = {fresh[i].key, 1, 1, fresh[i].id, fresh[i].id};
        if (i > 0 && fresh[i].key == fresh[i - 1].key)
            add_up(pair - 1, &one);
        else
            *pair++ = one;
    }
    nearby->count = (size_t)(pair - nearby->pairs);
    nearby->fresh_size = 0;
}

static size_t count_keys(const zub_nearby *nearby)
{
    const zub_keyed *fresh = nearby->fresh;
    size_t keys = nearby->fresh_size > 0;

    for (size_t i = 1; i < nearby->fresh_size; i++)
        keys += fresh[i].key != fresh[i - 1].key;
    return keys;
}

zub_status zub_nearby_settle(zub_nearby *nearby)
{
    if (nearby->fresh_size == 0)
        return ZUB_OK;
    if (!zub_grow(&nearby->scratch, &nearby->scratch_capacity,
                  nearby->fresh_size, sizeof *nearby->scratch))
        return ZUB_ENOMEM;
    zub_order_keys(nearby->fresh, nearby->scratch, nearby->fresh_size);
    size_t need = nearby->count + count_keys(nearby);
    if (need > MOST_PAIRS)
        return ZUB_ELIMIT;
    if (!zub_grow(&nearby->pairs, &nearby->capacity, need,
                  sizeof *nearby->pairs))
        return ZUB_ENOMEM;
    count_lot(nearby);
    return ZUB_OK;
}

zub_status zub_nearby_reserve(zub_nearby *nearby, size_t more)
{
    if (nearby->fresh_size + more > (nearby->lot ? nearby->lot : LOT)) {
        zub_status status = zub_nearby_settle(nearby);
        if (status != ZUB_OK)
            return status;
    }
    return zub_grow(&nearby->fresh, &nearby->fresh_capacity,
                    nearby->fresh_size + more, sizeof *nearby->fresh)
               ? ZUB_OK
               : ZUB_ENOMEM;
}

#define AHEAD 16u /* pairs on their way at once */

void zub_nearby_unite(const zub_nearby *nearby, const zub_keyed *items,
                      void (*step)(void *context, const zub_near_pair *pair),
                      void *context)
{
    size_t count = nearby->count;

    for (size_t i = 0; i < count;) {
        zub_near_pair sum = nearby->pairs[items[i].id];
        uint64_t key = items[i].key;
        for (i++; i < count && items[i].key == key; i++)
            add_up(&sum, &nearby->pairs[items[i].id]);
        if (i + AHEAD < count)
            __builtin_prefetch(&nearby->pairs[items[i + AHEAD].id]);
        sum.key = key;
        step(context, &sum);
    }
}

size_t zub_nearby_memory(const zub_nearby *nearby)
{
    return (nearby->fresh_capacity + nearby->scratch_capacity) *
               sizeof *nearby->fresh +
           nearby->capacity * sizeof *nearby->pairs;
}

void zub_nearby_close(zub_nearby *nearby)
{
    zub_free(nearby->fresh);
    zub_free(nearby->scratch);
    nearby->fresh = nearby->scratch = NULL;
    nearby->fresh_size = 0;
    nearby->fresh_capacity = nearby->scratch_capacity = 0;
}

void zub_nearby_release(zub_nearby *nearby)
{
    zub_nearby_close(nearby);
    zub_free(nearby->pairs);
    *nearby = (zub_nearby){.lot = nearby->lot};
}
