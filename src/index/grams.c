/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* grams.c - see grams.h. */
#include "index/grams.h"

#include <string.h>

#include "base/mem.h"
#include "index/gram_hash.h"

void zub_gram_maker_release(zub_gram_maker *maker)
{
    zub_free(maker->hashes);
    *maker = (zub_gram_maker){0};
}

void zub_gram_maker_begin(zub_gram_maker *maker, const char *lang)
{
    maker->width = zub_gram_width(lang);
    maker->count = maker->length = 0;
    maker->last = 0;
}

static inline void add_code_point(zub_gram_maker *maker, uint32_t c)
{
    maker->last = maker->last << 16 | zub_gram_unit(c);
    if (++maker->length >= maker->width)
        maker->hashes[maker->count++] =
            zub_gram_hash(maker->last, maker->width);
}

zub_status zub_gram_maker_add(zub_gram_maker *maker, zub_slice folded)
{
    if (maker->count + folded.size + 2 > maker->capacity &&
        !zub_grow(&maker->hashes, &maker->capacity,
                  maker->count + folded.size + 2, sizeof *maker->hashes))
        return ZUB_ENOMEM;
    if (maker->length > 0 && maker->width == ZUB_GRAM_WIDTH)
        add_code_point(maker, ZUB_GRAM_JOINT);
    for (size_t at = 0; at < folded.size;)
        add_code_point(maker, zub_gram_next(folded.data, folded.size, &at));
    return ZUB_OK;
}

zub_status zub_gram_maker_end(zub_gram_maker *maker)
{
    if (maker->length == 0 || maker->count > 0)
        return ZUB_OK;
    maker->hashes[maker->count++] = zub_gram_hash(maker->last, maker->width);
    return ZUB_OK;
}
