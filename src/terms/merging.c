/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* merging.c - see merging.h. A map that is larger than may be resident is gone
 * over in parts, each of them a walk over all that is remapped. */
#include "terms/merging.h"

#include "base/error.h"

#define MOST_PASSES 64u /* over what is remapped, whatever the limit */

void zub_merging_limit(zub_merging *merging, const char *what)
{
    if (merging->status == ZUB_OK)
        merging->status = zub_fail(merging->error, ZUB_ELIMIT,
                                   "cannot merge states: %s", what);
}

bool zub_merging_is_sound(const zub_merging *merging)
{
    return merging->status == ZUB_OK && merging->spooler.status == ZUB_OK;
}

/* Of the map the ids [low, high) alone; others are as they were `before`. */
static void remap_part(zub_spool *out, const uint32_t *in, size_t count,
                       bool is_mapped, const zub_file *before,
                       const uint32_t *map, size_t low, size_t high)
{
    const uint32_t *old = (const void *)before->bytes.data;
    zub_window one = zub_window_at(in, is_mapped);
    zub_window other = zub_window_at(old, before->is_mapped);

    for (size_t i = 0; i < count; i++) {
        bool is_inside = in[i] >= low && in[i] < high;
        zub_spool_add_u32(out, is_inside ? map[in[i]] : old ? old[i] : 0);
        zub_window_pass(&one, &in[i]);
        if (old)
            zub_window_pass(&other, &old[i]);
    }
}

void zub_remap(zub_file *out, zub_spooler *spooler, const uint32_t *in,
               size_t count, bool is_mapped, const zub_file *map,
               size_t most_ids)
{
    const uint32_t *ids = (const void *)map->bytes.data;
    size_t all = map->bytes.size / sizeof *ids;
    zub_file before = {0};

    *out = (zub_file){0};
    if (most_ids <= all / MOST_PASSES)
        most_ids = all / MOST_PASSES + 1;
    for (size_t low = 0, high; low < all && spooler->status == ZUB_OK;
         low = high) {
        zub_spool spool;
        high = all - low < most_ids ? all : low + most_ids;
        zub_spool_init(&spool, spooler, 4 * count);
        remap_part(&spool, in, count, is_mapped, &before, ids, low, high);
        zub_spool_finish(&spool, out);
        zub_let_go(ids + low, 4 * (high - low), map->is_mapped);
        zub_file_close(&before);
        before = *out;
    }
}
