/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* order.c - see order.h. Names are sorted eight bytes at a time: by the next
 * eight as one number, then each run of equal ones by the eight behind. Runs
 * wait on a list, so that no name, however long, costs stack. */
#include "base/order.h"

#include <string.h>

#include "base/mem.h"

#define FEW 32u /* so many are sorted by insertion */

static void insert_keys(zub_keyed *items, size_t size)
{
    for (size_t i = 1; i < size; i++) {
        zub_keyed item = items[i];
        size_t at = i;
        for (; at > 0 && items[at - 1].key > item.key; at--)
            items[at] = items[at - 1];
        items[at] = item;
    }
}

static void count_bytes(size_t counts[8][256], const zub_keyed *items,
                        size_t size)
{
    memset(counts, 0, 8 * sizeof *counts);
    for (size_t i = 0; i < size; i++)
        for (unsigned byte = 0; byte < 8; byte++)
            counts[byte][items[i].key >> (8 * byte) & 0xFF]++;
}

static void sort_by_byte(zub_keyed *to, const zub_keyed *items, size_t size,
                         unsigned byte, size_t counts[256])
{
    size_t start = 0;

    for (unsigned value = 0; value < 256; value++) {
        size_t count = counts[value];
        counts[value] = start;
        start += count;
    }
    for (size_t i = 0; i < size; i++)
        to[counts[items[i].key >> (8 * byte) & 0xFF]++] = items[i];
}

void zub_order_keys(zub_keyed *items, zub_keyed *scratch, size_t size)
{
    size_t counts[8][256];
    zub_keyed *from = items, *to = scratch;

    if (size <= FEW) {
        insert_keys(items, size);
        return;
    }
    count_bytes(counts, items, size);
    for (unsigned byte = 0; byte < 8; byte++) {
        zub_keyed *swap = from;
        if (counts[byte][from[0].key >> (8 * byte) & 0xFF] == size)
            continue;
        sort_by_byte(to, from, size, byte, counts[byte]);
        from = to;
        to = swap;
    }
    if (from != items)
        memcpy(items, from, size * sizeof *items);
}

/* ---- Names ---- */

/* Names that share their first `depth` bytes. */
typedef struct run {
    size_t start, size, depth;
} run;

typedef struct name_sort {
    const zub_slice *names;
    zub_keyed *items, *scratch; /* [size] */
    run *runs;
    size_t run_count, run_capacity;
} name_sort;

/* Eight bytes from `depth` on as a number in their order, zeros behind the
 * end. */
static uint64_t key_at(zub_slice name, size_t depth)
{
    unsigned char bytes[8] = {0};
    uint64_t key = 0;

    if (depth < name.size) {
        size_t left = name.size - depth;
        memcpy(bytes, name.data + depth, left < 8 ? left : 8);
    }
    for (unsigned i = 0; i < 8; i++)
        key = key << 8 | bytes[i];
    return key;
}

/* Of names equal but for zeros at their end the shorter comes first. */
static void insert_by_size(name_sort *sort, size_t start, size_t size)
{
    zub_keyed *items = sort->items + start;

    for (size_t i = 0; i < size; i++)
        items[i].key = sort->names[items[i].id].size;
    zub_order_keys(items, sort->scratch, size);
}

/* Whether any name of the run goes on behind `depth`. */
static bool has_more(const name_sort *sort, size_t start, size_t size,
                     size_t depth)
{
    for (size_t i = 0; i < size; i++)
        if (sort->names[sort->items[start + i].id].size > depth)
            return true;
    return false;
}

static bool add_run(name_sort *sort, size_t start, size_t size, size_t depth)
{
    if (size < 2)
        return true;
    if (!has_more(sort, start, size, depth)) {
        insert_by_size(sort, start, size);
        return true;
    }
    if (!zub_grow(&sort->runs, &sort->run_capacity, sort->run_count + 1,
                  sizeof *sort->runs))
        return false;
    sort->runs[sort->run_count++] = (run){start, size, depth};
    return true;
}

static bool sort_run(name_sort *sort, run now)
{
    zub_keyed *items = sort->items + now.start;

    for (size_t i = 0; i < now.size; i++)
        items[i].key = key_at(sort->names[items[i].id], now.depth);
    zub_order_keys(items, sort->scratch, now.size);
    for (size_t i = 0, next; i < now.size; i = next) {
        next = i + 1;
        while (next < now.size && items[next].key == items[i].key)
            next++;
        if (!add_run(sort, now.start + i, next - i, now.depth + 8))
            return false;
    }
    return true;
}

static bool sort_all(name_sort *sort, size_t size)
{
    bool is_fine = add_run(sort, 0, size, 0);

    while (is_fine && sort->run_count > 0)
        is_fine = sort_run(sort, sort->runs[--sort->run_count]);
    return is_fine;
}

zub_status zub_order_names(uint32_t *order, const zub_slice *names,
                           size_t size)
{
    name_sort sort = {.names = names};

    sort.items = zub_alloc(size, sizeof *sort.items);
    sort.scratch = zub_alloc(size, sizeof *sort.scratch);
    bool is_fine = sort.items && sort.scratch;
    for (size_t i = 0; is_fine && i < size; i++)
        sort.items[i] = (zub_keyed){0, (uint32_t)i};
    is_fine = is_fine && sort_all(&sort, size);
    for (size_t i = 0; is_fine && i < size; i++)
        order[i] = sort.items[i].id;
    zub_free(sort.items);
    zub_free(sort.scratch);
    zub_free(sort.runs);
    return is_fine ? ZUB_OK : ZUB_ENOMEM;
}
