/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* heap.c - see heap.h. Invariant: no item is worse than its parent, and the
 * parent of items[i] is items[(i - 1) / 2]; so items[0] is the first to go. */
#include "base/heap.h"

#include "base/mem.h"

/* A score that is NaN equals itself in order, if not in arithmetic. */
static int compare_scores(double a, double b)
{
    bool a_is_number = a == a, b_is_number = b == b;

    if (!a_is_number || !b_is_number)
        return a_is_number - b_is_number;
    return (a > b) - (a < b);
}

bool zub_is_better(zub_scored a, zub_scored b)
{
    int order = compare_scores(a.score, b.score);

    return order != 0 ? order > 0 : a.id < b.id;
}

bool zub_heap_init(zub_heap *heap, size_t k)
{
    *heap = (zub_heap){.items = zub_alloc(k, sizeof *heap->items)};
    heap->k = heap->items ? k : 0;
    return heap->items != NULL;
}

void zub_heap_release(zub_heap *heap)
{
    zub_free(heap->items);
    *heap = (zub_heap){0};
}

void zub_heap_clear(zub_heap *heap)
{
    heap->size = 0;
}

/* Puts `item` where it belongs on the way from items[at] to the root. */
static void sift_up(zub_scored *items, size_t at, zub_scored item)
{
    while (at > 0 && zub_is_better(items[(at - 1) / 2], item)) {
        items[at] = items[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    items[at] = item;
}

/* Puts `item` where it belongs below the root of a heap of `size`. */
static void sift_down(zub_scored *items, size_t size, zub_scored item)
{
    size_t at = 0;

    for (size_t child = 1; child < size; child = 2 * at + 1) {
        if (child + 1 < size && zub_is_better(items[child], items[child + 1]))
            child++;
        if (!zub_is_better(item, items[child]))
            break;
        items[at] = items[child];
        at = child;
    }
    items[at] = item;
}

void zub_heap_add(zub_heap *heap, double score, uint32_t id)
{
    zub_scored item = {score, id};

    if (heap->size < heap->k)
        sift_up(heap->items, heap->size++, item);
    else if (heap->k > 0 && zub_is_better(item, heap->items[0]))
        sift_down(heap->items, heap->size, item);
}

const zub_scored *zub_heap_sort(zub_heap *heap)
{
    for (size_t left = heap->size; left > 1; left--) {
        zub_scored worst = heap->items[0];
        sift_down(heap->items, left - 1, heap->items[left - 1]);
        heap->items[left - 1] = worst;
    }
    return heap->items;
}
