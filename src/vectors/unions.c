/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* unions.c - see unions.h. */
#include "vectors/unions.h"

#include "base/mem.h"

zub_status zub_unions_init(zub_unions *unions, size_t size)
{
    *unions = (zub_unions){.size = size};
    unions->parents = zub_alloc(size, sizeof *unions->parents);
    if (!unions->parents)
        return ZUB_ENOMEM;
    for (size_t i = 0; i < size; i++)
        unions->parents[i] = (uint32_t)i;
    return ZUB_OK;
}

void zub_unions_release(zub_unions *unions)
{
    zub_free(unions->parents);
    *unions = (zub_unions){0};
}
