/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Strings to numbers in order of arrival, held against a plain list. */
#include "test.h"

#include "base/hash.h"
#include "base/map.h"
#include "base/random.h"

#define KEYS 20000u

static zub_slice make_key(char *out, uint32_t i)
{
    return (zub_slice){out, (size_t)sprintf(out, "%x", i * 2654435761u)};
}

static void ids_count_up_in_order_of_arrival(void)
{
    zub_map map;
    char key[16];

    zub_map_init(&map);
    for (int again = 0; again < 2; again++)
        for (uint32_t i = 0; i < KEYS; i++)
            CHECK_INT(zub_map_add(&map, make_key(key, i)), i);
    CHECK_INT(map.count, KEYS);
    for (uint32_t i = 0; i < KEYS; i++) {
        zub_slice wanted = make_key(key, i);
        CHECK_INT(zub_map_find(&map, wanted), i);
        CHECK_STR(map.names[i].data, wanted.data);
    }
    for (uint32_t i = KEYS; i < 2 * KEYS; i++)
        CHECK_INT(zub_map_find(&map, make_key(key, i)), ZUB_MAP_NONE);
    zub_map_release(&map);
}

static void keys_are_bytes(void)
{
    zub_slice keys[] = {{NULL, 0},       {"\0", 1},         {"\0\0", 2},
                        {"a", 1},        {"a\0", 2},        {"\0a", 2},
                        {"abcdefgh", 8}, {"abcdefgh\0", 9}, {"\xFF", 1}};
    zub_map map;

    zub_map_init(&map);
    for (uint32_t i = 0; i < 9; i++)
        CHECK_INT(zub_map_add(&map, keys[i]), i);
    for (uint32_t i = 0; i < 9; i++)
        CHECK_INT(zub_map_find(&map, keys[i]), i);
    zub_map_release(&map);
}

static void an_empty_map_finds_nothing(void)
{
    zub_map map;

    zub_map_init(&map);
    CHECK_INT(zub_map_find(&map, (zub_slice){"a", 1}), ZUB_MAP_NONE);
    zub_map_release(&map);
    zub_map_release(&map);
}

static void a_cleared_map_starts_again(void)
{
    zub_map map;
    char key[16];

    zub_map_init(&map);
    for (uint32_t round = 0; round < 20; round++) {
        for (uint32_t i = 0; i < 500; i++)
            CHECK_INT(zub_map_add(&map, make_key(key, i + 300u * round)), i);
        zub_map_clear(&map);
        CHECK_INT(zub_map_find(&map, make_key(key, 1)), ZUB_MAP_NONE);
    }
    zub_map_release(&map);
}

static void one_bit_changes_half_of_the_hash(void)
{
    zub_random random = {3, 0};
    uint64_t key[3];
    double changed = 0;

    for (int i = 0; i < 3000; i++) {
        for (int j = 0; j < 3; j++)
            key[j] = zub_random_bits(&random);
        uint64_t before = zub_hash((zub_slice){(const char *)key, 24});
        key[i % 3] ^= (uint64_t)1 << i % 64;
        changed += __builtin_popcountll(
            before ^ zub_hash((zub_slice){(const char *)key, 24}));
    }
    CHECK_NEAR(changed / 3000, 32, 4);
}

/* The hash stands in files that move between machines. */
static void the_hash_stays_what_it_is(void)
{
    static const char text[] = "the gist of an article";
    uint64_t first = zub_hash((zub_slice){text, sizeof text - 1});
    char shifted[sizeof text + 1];

    memcpy(shifted + 1, text, sizeof text);
    CHECK(first == zub_hash((zub_slice){shifted + 1, sizeof text - 1}));
    CHECK(zub_hash((zub_slice){NULL, 0}) != 0);
}

int main(void)
{
    RUN(ids_count_up_in_order_of_arrival);
    RUN(keys_are_bytes);
    RUN(an_empty_map_finds_nothing);
    RUN(a_cleared_map_starts_again);
    RUN(one_bit_changes_half_of_the_hash);
    RUN(the_hash_stays_what_it_is);
    return DONE();
}
