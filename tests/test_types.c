/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Types and n-grams while they are counted, against a map. */
#include "test.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/random.h"
#include "terms/grams.h"
#include "terms/types.h"

#define WORDS 20000u

/* Words of 1 to `longest` bytes out of few letters, NUL among them. */
static size_t make_text(char *text, zub_scanned *words, size_t longest,
                        uint64_t seed)
{
    static const char letters[] = {'\0', 'a', '\x80'};
    zub_random random = {seed, 0};
    uint32_t at = 0;

    for (size_t i = 0; i < WORDS; i++) {
        uint32_t size = 1 + (uint32_t)zub_random_below(&random, longest);
        words[i] = (zub_scanned){at, size};
        for (; size > 0; size--)
            text[at++] = letters[zub_random_below(&random, 3)];
    }
    return at;
}

static void count_all(zub_types *types, zub_slice text,
                      const zub_scanned *words, size_t batch)
{
    static uint32_t found[ZUB_TYPES_BATCH];

    for (size_t i = 0; i < WORDS; i += batch) {
        size_t size = WORDS - i < batch ? WORDS - i : batch;
        CHECK_INT(zub_types_count(types, text, words + i, size, found),
                  ZUB_OK);
        for (size_t w = 0; w < size; w++) {
            zub_slice bytes = zub_type_bytes(types, &types->slots[found[w]]);
            CHECK(bytes.size == words[i + w].size &&
                  memcmp(bytes.data, text.data + words[i + w].start,
                         bytes.size) == 0);
        }
    }
}

/* Every type once, with the count that the map has. */
static void compare(const zub_types *types, const zub_map *map,
                    const uint32_t *counts)
{
    size_t seen = 0;

    for (size_t i = 0; i <= types->mask; i++) {
        if (types->slots[i].tag == 0)
            continue;
        uint32_t id =
            zub_map_find(map, zub_type_bytes(types, &types->slots[i]));
        CHECK(id != ZUB_MAP_NONE);
        if (id != ZUB_MAP_NONE)
            CHECK_INT(types->slots[i].count, counts[id]);
        seen++;
    }
    CHECK_INT(seen, map->count);
    CHECK_INT(types->count, map->count);
}

static void check_count(size_t longest, size_t batch)
{
    static zub_scanned words[WORDS];
    static uint32_t counts[WORDS];
    char *text = malloc(WORDS * longest);
    zub_types types;
    zub_map map;

    memset(counts, 0, sizeof counts);
    zub_types_init(&types);
    zub_map_init(&map);
    size_t size = make_text(text, words, longest, longest);
    /* Exactly as large as the text: the last words lie at its end. */
    char *exact = malloc(size);
    memcpy(exact, text, size);
    count_all(&types, (zub_slice){exact, size}, words, batch);
    for (size_t i = 0; i < WORDS; i++)
        counts[zub_map_add(
            &map, (zub_slice){exact + words[i].start, words[i].size})]++;
    compare(&types, &map, counts);
    zub_types_pack(&types);
    CHECK_INT(types.mask + 1, map.count);
    compare(&types, &map, counts);
    zub_types_release(&types);
    zub_map_release(&map);
    free(exact);
    free(text);
}

static void every_word_counts_where_its_bytes_are(void)
{
    static const size_t longest[] = {1, 7, 8, 9, 15, 16, 17, 40, 300};
    static const size_t batches[] = {1, 63, 64, 65, ZUB_TYPES_BATCH};

    for (size_t l = 0; l < sizeof longest / sizeof *longest; l++)
        for (size_t b = 0; b < sizeof batches / sizeof *batches; b++)
            check_count(longest[l], batches[b]);
}

static void a_value_stays_with_its_type(void)
{
    zub_types types;
    char names[64][8];
    zub_slice slices[64];
    uint32_t found[64];

    zub_types_init(&types);
    for (uint32_t round = 0; round < 200; round++) {
        for (uint32_t i = 0; i < 64; i++) {
            int size = snprintf(names[i], sizeof names[i], "%u",
                                round % 100 * 64 + i);
            slices[i] = (zub_slice){names[i], (size_t)size};
        }
        CHECK_INT(zub_types_find(&types, slices, 64, found), ZUB_OK);
        for (uint32_t i = 0; i < 64; i++) {
            uint32_t *value = &types.slots[found[i]].value;
            uint32_t id = round % 100 * 64 + i;
            CHECK(*value == (round < 100 ? ZUB_NO_VALUE : id));
            *value = id;
        }
    }
    CHECK_INT(types.count, 6400);
    zub_types_release(&types);
}

static void n_grams_get_ids_in_order_of_arrival(void)
{
    static uint64_t keys[3000];
    static uint32_t ids[3000], again[3000];
    static uint64_t met[3000]; /* by id */
    zub_random random = {5, 0};
    zub_grams grams;
    uint32_t newest = 0;
    bool is_sound = true;

    zub_grams_init(&grams);
    for (size_t i = 0; i < 3000; i++)
        keys[i] = i % 7 == 0 ? ZUB_NO_GRAM
                             : zub_random_below(&random, 40) << 32 |
                                   zub_random_below(&random, 40);
    CHECK_INT(zub_grams_find(&grams, keys, 3000, ids), ZUB_OK);
    for (size_t i = 0; i < 3000 && is_sound; i++) {
        if (keys[i] == ZUB_NO_GRAM) {
            is_sound = ids[i] == ZUB_NO_GRAM_ID;
            continue;
        }
        is_sound = ids[i] <= newest;
        if (ids[i] == newest)
            met[newest++] = keys[i];
        is_sound = is_sound && met[ids[i]] == keys[i];
    }
    CHECK(is_sound);
    CHECK_INT(grams.count, newest);
    CHECK(newest > 1000 && newest <= 1600);
    CHECK_INT(zub_grams_find(&grams, keys, 3000, again), ZUB_OK);
    CHECK(memcmp(ids, again, sizeof ids) == 0);
    zub_grams_release(&grams);
}

int main(void)
{
    RUN(every_word_counts_where_its_bytes_are);
    RUN(a_value_stays_with_its_type);
    RUN(n_grams_get_ids_in_order_of_arrival);
    return DONE();
}
