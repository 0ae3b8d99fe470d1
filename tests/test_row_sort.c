/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* Rows in the order of their columns, against a count of every column. */
#include "test.h"

#include <stdlib.h>

#include "base/random.h"
#include "terms/row_sort.h"

#define COLUMNS 9000u
#define MOST 500u

static void check_ascending(const uint32_t *cols, const uint32_t *counts,
                            size_t size, uint32_t *expected)
{
    size_t wrong = 0;

    for (size_t i = 0; i < size; i++) {
        wrong += i > 0 && cols[i - 1] >= cols[i];
        wrong += counts[i] != expected[cols[i]];
        expected[cols[i]] = 0;
    }
    for (size_t c = 0; c < COLUMNS; c++)
        wrong += expected[c] != 0;
    CHECK_INT(wrong, 0);
}

static void rows_ascend(void)
{
    static uint32_t expected[COLUMNS], cols[MOST], counts[MOST];
    zub_random random = {1, 0};
    zub_row_sort sort;

    CHECK_INT(zub_row_sort_init(&sort, COLUMNS), ZUB_OK);
    for (size_t row = 0; row < 300; row++) {
        size_t size = 0, asked = zub_random_below(&random, MOST);
        for (size_t i = 0; i < asked; i++) {
            uint32_t col = (uint32_t)zub_random_below(&random, COLUMNS);
            if (expected[col] == 0) {
                cols[size] = col;
                counts[size++] = expected[col] = 1 + (uint32_t)i;
            }
        }
        zub_row_sort_entries(&sort, cols, counts, size);
        check_ascending(cols, counts, size, expected);
    }
    zub_row_sort_release(&sort);
}

/* `apart`: how far before the row its result goes. */
static void check_repeated(size_t columns, size_t apart)
{
    static uint32_t expected[COLUMNS], room[2 * MOST], counts[MOST];
    zub_random random = {columns, apart};
    zub_row_sort sort;

    CHECK_INT(zub_row_sort_init(&sort, COLUMNS), ZUB_OK);
    for (size_t row = 0; row < 300; row++) {
        uint32_t *cols = room + apart;
        size_t size = zub_random_below(&random, row % 2 ? MOST : 30);
        for (size_t i = 0; i < size; i++) {
            cols[i] = (uint32_t)zub_random_below(&random, columns);
            expected[cols[i]]++;
        }
        size_t kept = zub_row_sort_repeated(&sort, room, counts, cols, size);
        check_ascending(room, counts, kept, expected);
    }
    zub_row_sort_release(&sort);
}

static void repeated_columns_become_one(void)
{
    static const size_t columns[] = {1, 2, 64, 65, 4097, COLUMNS};
    static const size_t apart[] = {0, 1, MOST};

    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        for (size_t a = 0; a < sizeof apart / sizeof *apart; a++)
            check_repeated(columns[c], apart[a]);
}

int main(void)
{
    RUN(rows_ascend);
    RUN(repeated_columns_become_one);
    return DONE();
}
