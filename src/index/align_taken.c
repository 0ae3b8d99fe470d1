/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* align_taken.c - see align_taken.h. */
#include "index/align_taken.h"

#include <string.h>

#include "base/mem.h"

#define BLOCK 256u /* words of x */

void zub_taken_release(zub_taken *taken)
{
    zub_free(taken->items);
    zub_free(taken->entries);
    zub_free(taken->blocks);
    *taken = (zub_taken){0};
}

zub_status zub_taken_begin(zub_taken *taken, size_t x_size)
{
    taken->count = taken->entry_count = 0;
    taken->block_count = x_size / BLOCK + 1;
    if (!zub_grow(&taken->blocks, &taken->block_capacity, taken->block_count,
                  sizeof *taken->blocks))
        return ZUB_ENOMEM;
    memset(taken->blocks, 0, taken->block_count * sizeof *taken->blocks);
    return ZUB_OK;
}

static bool overlap(const zub_rectangle *a, const zub_rectangle *b)
{
    return a->x_start < b->x_end && b->x_start < a->x_end &&
           a->y_start < b->y_end && b->y_start < a->y_end;
}

bool zub_taken_overlaps(const zub_taken *taken, const zub_rectangle *one)
{
    for (size_t b = one->x_start / BLOCK; b <= (one->x_end - 1) / BLOCK; b++)
        for (uint32_t e = taken->blocks[b]; e > 0;
             e = taken->entries[e - 1].next)
            if (overlap(&taken->items[taken->entries[e - 1].item], one))
                return true;
    return false;
}

zub_status zub_taken_add(zub_taken *taken, const zub_rectangle *one)
{
    size_t from = one->x_start / BLOCK, to = (one->x_end - 1) / BLOCK;

    if (!zub_grow(&taken->items, &taken->item_capacity, taken->count + 1,
                  sizeof *taken->items) ||
        !zub_grow(&taken->entries, &taken->entry_capacity,
                  taken->entry_count + (to - from) + 1,
                  sizeof *taken->entries))
        return ZUB_ENOMEM;
    taken->items[taken->count] = *one;
    for (size_t b = from; b <= to; b++) {
        taken->entries[taken->entry_count++] =
            (struct zub_taken_entry){(uint32_t)taken->count, taken->blocks[b]};
        taken->blocks[b] = (uint32_t)taken->entry_count;
    }
    taken->count++;
    return ZUB_OK;
}
