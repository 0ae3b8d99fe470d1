/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* nearest.c - Damerau's four errors make up nearly all typing errors, so they
 * cost one each. Three rows of the table are kept: row i-2, i-1 and i. */
#include "cli/nearest.h"

#include <stdbool.h>
#include <string.h>

#define MAX_LETTERS 64

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t zub_edit_distance(const char *a, const char *b)
{
    size_t rows[3][MAX_LETTERS + 1];
    size_t a_size = least(strlen(a), MAX_LETTERS);
    size_t b_size = least(strlen(b), MAX_LETTERS);

    for (size_t j = 0; j <= b_size; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a_size; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i + 2) % 3], *two_up = rows[(i + 1) % 3];

        row[0] = i;
        for (size_t j = 1; j <= b_size; j++) {
            size_t replace = above[j - 1] + (a[i - 1] != b[j - 1]);

            row[j] = least(replace, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], two_up[j - 2] + 1);
        }
    }
    return rows[a_size % 3][b_size];
}

void zub_nearest_try(zub_nearest *nearest, const char *name)
{
    size_t typed = strlen(nearest->typed);
    size_t distance = zub_edit_distance(nearest->typed, name);
    bool begins = typed >= 2 && strncmp(nearest->typed, name, typed) == 0;

    if (begins)
        distance = 1;
    if (distance > (typed + 2) / 3)
        return;
    if (nearest->name == NULL || distance < nearest->distance) {
        nearest->name = name;
        nearest->distance = distance;
    }
}
