/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* nearest.h - the name that was probably meant. */
#ifndef ZUB_CLI_NEAREST_H
#define ZUB_CLI_NEAREST_H

#include <stddef.h>

/* Edits that make `a` of `b`: insert, delete, replace a byte or swap two that
 * stand together (optimal string alignment). At most 64 bytes of each count.
 * Cost: the product of the lengths. */
size_t zub_edit_distance(const char *a, const char *b);

/* A search that is fed one name after the other. */
typedef struct zub_nearest {
    const char *typed;
    const char *name; /* the nearest so far, or NULL: none is near */
    size_t distance;
} zub_nearest;

/* Near is: a third of the letters or fewer are wrong, or `typed` is how the
 * name begins. Of equally near names the first is kept. */
void zub_nearest_try(zub_nearest *nearest, const char *name);

#endif
