/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* slice.h - the order of byte strings, in which terms, forms and ids stand. */
#ifndef ZUB_BASE_SLICE_H
#define ZUB_BASE_SLICE_H

#include <string.h>

#include "zubda.h"

/* Below, at or above 0, as `a` stands before, with or behind `b`: by bytes
 * without sign, so by code points; a beginning before what it begins. */
static inline int zub_slice_compare(zub_slice a, zub_slice b)
{
    size_t size = a.size < b.size ? a.size : b.size;
    int order = size > 0 ? memcmp(a.data, b.data, size) : 0;

    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

#endif
