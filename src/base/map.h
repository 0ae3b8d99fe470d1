/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* map.h - byte strings to small numbers: 0, 1, 2, ... in order of arrival. */
#ifndef ZUB_BASE_MAP_H
#define ZUB_BASE_MAP_H

#include "zubda.h"
#include "base/arena.h"

#define ZUB_MAP_NONE UINT32_MAX

/* Open addressing over 32-bit ids with the hash beside each; at most three
 * quarters full. Keys are copied. */
typedef struct zub_map {
    zub_arena keys;
    zub_slice *names; /* [count], by id */
    uint64_t *slots;  /* [mask + 1]; high half: hash, low half: id + 1 */
    size_t names_capacity;
    uint64_t secret; /* drawn with the first slots: see map.c */
    uint32_t count, mask;
} zub_map;

void zub_map_init(zub_map *map);
void zub_map_release(zub_map *map);

/* Id of a key, or ZUB_MAP_NONE. Any number of threads, once none adds. */
uint32_t zub_map_find(const zub_map *map, zub_slice key);

/* Id of a key, added when it is new; ZUB_MAP_NONE: memory is out, or 2^31
 * keys. */
uint32_t zub_map_add(zub_map *map, zub_slice key);

/* Empty again; the slots stay. */
void zub_map_clear(zub_map *map);

#endif
