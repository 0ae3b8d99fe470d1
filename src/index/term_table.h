/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* term_table.h - which of the terms that are asked for a word of a volume is. */
#ifndef ZUB_INDEX_TERM_TABLE_H
#define ZUB_INDEX_TERM_TABLE_H

#include "index/ranker.h"

/* Zeroed is empty. One volume after the other; one thread. */
typedef struct zub_term_table {
    const zub_volume *volume; /* that it is of, or NULL */
    uint32_t *slots;          /* [mask + 1]: a term's place, plus 1 */
    size_t mask, capacity;
    uint32_t *numbers; /* [count]: in the volume; UINT32_MAX: it has none */
    size_t count, number_capacity;
    uint32_t *counts; /* [count] scratch, all 0 between uses */
    size_t count_capacity;
} zub_term_table;

#define ZUB_NOT_WANTED UINT32_MAX

/* For a volume; nothing is done if it is the one it is of. ZUB_EFORMAT, without
 * words; ZUB_ENOMEM. */
zub_status zub_term_table_choose(zub_term_table *table,
                                 const zub_volume *volume,
                                 const zub_wanted *terms, size_t count);
void zub_term_table_release(zub_term_table *table);

/* The place of a term of the volume among those asked for, or none. */
static inline uint32_t zub_term_table_find(const zub_term_table *table,
                                           uint32_t number)
{
    size_t at = number * 0x9E3779B1u >> 7 & table->mask;

    while (table->slots[at] > 0) {
        uint32_t place = table->slots[at] - 1;
        if (table->numbers[place] == number)
            return place;
        at = (at + 1) & table->mask;
    }
    return ZUB_NOT_WANTED;
}

#endif
