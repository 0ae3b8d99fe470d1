/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* heap.h - the k best of many scores. */
#ifndef ZUB_BASE_HEAP_H
#define ZUB_BASE_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct zub_scored {
    double score;
    uint32_t id;
} zub_scored;

/* Which of two stands first: the higher score; of equals the smaller id. NaN
 * is below every number. */
bool zub_is_better(zub_scored a, zub_scored b);

/* The best k of those added so far. Adding costs O(log k), and O(1) for most
 * once the heap is full. */
typedef struct zub_heap {
    zub_scored *items; /* [size]; the worst is items[0] */
    size_t size, k;
} zub_heap;

/* Memory for k is taken at once: ask for no more than there are candidates.
 * False without memory; releasing it is fine then too. */
bool zub_heap_init(zub_heap *heap, size_t k);
void zub_heap_release(zub_heap *heap);

void zub_heap_add(zub_heap *heap, double score, uint32_t id);

/* Sorts items[0 .. size), best first, and returns them; borrowed. Add no more
 * before the next zub_heap_clear. */
const zub_scored *zub_heap_sort(zub_heap *heap);

/* Empty again, with the same k. */
void zub_heap_clear(zub_heap *heap);

#endif
