/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* map.c - see map.h. Slots are probed in a line: with the hash's upper half in
 * the slot a miss seldom touches a key. Words come from strangers, who could
 * send thousands that fall on one slot: each map hashes with a secret of its
 * own. Ids go by arrival, so no output depends on it. */
#include "base/map.h"

#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

#define FIRST_SLOTS 64u
#define MOST_KEYS (1u << 31)

static uint64_t hash_of(const zub_map *map, zub_slice key)
{
    const unsigned char *data = (const unsigned char *)key.data;
    uint64_t other = map->secret ^ ZUB_GOLDEN;
    uint64_t hash = map->secret ^ key.size;
    size_t left = key.size;

    for (; left >= 8; left -= 8, data += 8)
        hash = zub_fold_product(hash ^ zub_hash_tail(data, 8), other);
    return zub_fold_product(hash ^ zub_hash_tail(data, left),
                            other ^ 0x8F1BBCDCBFA53E0Bu);
}

void zub_map_init(zub_map *map)
{
    *map = (zub_map){0};
}

void zub_map_release(zub_map *map)
{
    zub_arena_release(&map->keys);
    zub_free(map->names);
    zub_free(map->slots);
    zub_map_init(map);
}

void zub_map_clear(zub_map *map)
{
    zub_arena_release(&map->keys);
    map->count = 0;
    if (map->slots)
        memset(map->slots, 0, ((size_t)map->mask + 1) * sizeof *map->slots);
}

static bool is_key(const zub_map *map, uint32_t id, zub_slice key)
{
    zub_slice name = map->names[id];

    return name.size == key.size &&
           (key.size == 0 || memcmp(name.data, key.data, key.size) == 0);
}

static uint32_t find_hashed(const zub_map *map, zub_slice key, uint64_t hash)
{
    if (!map->slots)
        return ZUB_MAP_NONE;
    for (uint32_t at = (uint32_t)hash & map->mask;;
         at = (at + 1) & map->mask) {
        uint64_t slot = map->slots[at];
        if (slot == 0)
            return ZUB_MAP_NONE;
        uint32_t id = (uint32_t)slot - 1;
        if (slot >> 32 == hash >> 32 && is_key(map, id, key))
            return id;
    }
}

uint32_t zub_map_find(const zub_map *map, zub_slice key)
{
    return map->count ? find_hashed(map, key, hash_of(map, key))
                      : ZUB_MAP_NONE;
}

static void put_slot(uint64_t *slots, uint32_t mask, uint64_t hash,
                     uint32_t id)
{
    uint32_t at = (uint32_t)hash & mask;

    while (slots[at] != 0)
        at = (at + 1) & mask;
    slots[at] = (hash & 0xFFFFFFFF00000000u) | (id + 1u);
}

static bool make_room(zub_map *map)
{
    size_t slots = map->slots ? (size_t)map->mask + 1 : 0;

    if (map->count + 1u <= slots / 4 * 3)
        return true;
    size_t more = slots ? slots * 2 : FIRST_SLOTS;
    uint64_t *moved = zub_alloc_zero(more, sizeof *moved);
    if (!moved)
        return false;
    if (map->secret == 0)
        map->secret = zub_draw_secret(map);
    for (uint32_t id = 0; id < map->count; id++)
        put_slot(moved, (uint32_t)(more - 1), hash_of(map, map->names[id]),
                 id);
    zub_free(map->slots);
    map->slots = moved;
    map->mask = (uint32_t)(more - 1);
    return true;
}

uint32_t zub_map_add(zub_map *map, zub_slice key)
{
    uint32_t id = zub_map_find(map, key);

    if (id != ZUB_MAP_NONE)
        return id;
    if (map->count >= MOST_KEYS || !make_room(map) ||
        !zub_grow(&map->names, &map->names_capacity, map->count + 1u,
                  sizeof *map->names))
        return ZUB_MAP_NONE;
    zub_slice copy = zub_arena_copy(&map->keys, key);
    if (!copy.data)
        return ZUB_MAP_NONE;
    map->names[map->count] = copy;
    put_slot(map->slots, map->mask, hash_of(map, key), map->count);
    return map->count++;
}
