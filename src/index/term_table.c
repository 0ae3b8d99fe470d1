/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* term_table.c - see term_table.h. */
#include "index/term_table.h"

#include <string.h>

#include "base/mem.h"

void zub_term_table_release(zub_term_table *table)
{
    zub_free(table->slots);
    zub_free(table->numbers);
    zub_free(table->counts);
    *table = (zub_term_table){0};
}

static zub_status make_room(zub_term_table *table, size_t count)
{
    size_t size = 64;

    while (size < 4 * count)
        size *= 2;
    if (!zub_grow(&table->slots, &table->capacity, size,
                  sizeof *table->slots) ||
        !zub_grow(&table->numbers, &table->number_capacity, count + 1,
                  sizeof *table->numbers) ||
        !zub_grow(&table->counts, &table->count_capacity, count + 1,
                  sizeof *table->counts))
        return ZUB_ENOMEM;
    memset(table->slots, 0, size * sizeof *table->slots);
    memset(table->counts, 0, (count + 1) * sizeof *table->counts);
    table->mask = size - 1;
    table->count = count;
    return ZUB_OK;
}

static void put(zub_term_table *table, uint32_t place)
{
    size_t at = table->numbers[place] * 0x9E3779B1u >> 7 & table->mask;

    while (table->slots[at] > 0)
        at = (at + 1) & table->mask;
    table->slots[at] = place + 1;
}

zub_status zub_term_table_choose(zub_term_table *table,
                                 const zub_volume *volume,
                                 const zub_wanted *terms, size_t count)
{
    if (table->volume == volume)
        return ZUB_OK;
    table->volume = NULL;
    zub_status status = make_room(table, count);
    for (uint32_t i = 0; i < count && status == ZUB_OK; i++) {
        zub_term_place place;
        status = zub_term_find(
            &volume->parts[ZUB_PART_TERM_AT], &volume->parts[ZUB_PART_TERMS],
            (uint32_t)volume->about.terms, terms[i].term, &place);
        table->numbers[i] = status == ZUB_OK ? place.number : UINT32_MAX;
        if (status == ZUB_OK)
            put(table, i);
        else if (status == ZUB_ENOTFOUND)
            status = ZUB_OK;
    }
    if (status == ZUB_OK)
        table->volume = volume;
    return status;
}
