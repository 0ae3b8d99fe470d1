/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Names with ids by arrival, against a map. */
#include "test.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/random.h"
#include "terms/names.h"

#define ROUNDS 400u

/* Names of up to `longest` bytes out of few letters, NUL among them; some are
 * empty. */
static void draw(zub_slice *out, size_t size, char *room, size_t longest,
                 zub_random *random)
{
    static const char letters[] = {'\0', 'a', '\x80'};

    for (size_t i = 0; i < size; i++) {
        size_t bytes = zub_random_below(random, longest + 1);
        out[i] = (zub_slice){room, bytes};
        for (; bytes > 0; bytes--)
            *room++ = letters[zub_random_below(random, 3)];
    }
}

static void check_list(const zub_names *names, const zub_map *map)
{
    zub_slice *all = malloc((names->count + 1) * sizeof *all);

    CHECK_INT(names->count, map->count);
    zub_names_list(names, all);
    for (size_t id = 0; id < names->count; id++)
        CHECK(all[id].size == map->names[id].size &&
              memcmp(all[id].data, map->names[id].data, all[id].size) == 0);
    free(all);
}

static void check_names(size_t longest, size_t batch)
{
    zub_random random = {longest, batch};
    zub_slice asked[ZUB_NAMES_AT_ONCE];
    uint32_t ids[ZUB_NAMES_AT_ONCE];
    char *room = malloc(batch * longest + 1);
    zub_names names = {0};
    zub_map map;

    zub_map_init(&map);
    for (unsigned round = 0; round < ROUNDS; round++) {
        draw(asked, batch, room, longest, &random);
        CHECK_INT(zub_names_find(&names, asked, batch, ids), ZUB_OK);
        for (size_t i = 0; i < batch; i++)
            CHECK_INT(ids[i], zub_map_add(&map, asked[i]));
    }
    check_list(&names, &map);
    size_t memory = zub_names_memory(&names);
    zub_names_close(&names);
    CHECK(zub_names_memory(&names) < memory);
    check_list(&names, &map);
    zub_names_release(&names);
    CHECK_INT(zub_names_memory(&names), 0);
    zub_map_release(&map);
    free(room);
}

static void a_name_keeps_the_id_of_its_arrival(void)
{
    static const size_t longest[] = {1, 7, 8, 9, 16, 40, 300};
    static const size_t batches[] = {1, 2, 63, ZUB_NAMES_AT_ONCE};

    for (size_t l = 0; l < sizeof longest / sizeof *longest; l++)
        for (size_t b = 0; b < sizeof batches / sizeof *batches; b++)
            check_names(longest[l], batches[b]);
}

static void nothing_is_asked_of_nothing(void)
{
    zub_names names = {0};

    CHECK_INT(zub_names_find(&names, NULL, 0, NULL), ZUB_OK);
    zub_names_list(&names, NULL);
    zub_names_close(&names);
    zub_names_release(&names);
}

int main(void)
{
    RUN(a_name_keeps_the_id_of_its_arrival);
    RUN(nothing_is_asked_of_nothing);
    return DONE();
}
