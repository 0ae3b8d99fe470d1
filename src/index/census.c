/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* census.c - see census.h. */
#include "index/census.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"

typedef struct zub_counted_lang counted_lang;

/* Articles in each language, by what is written of them. */
static zub_status count_volume(const zub_volume *volume, uint64_t *counts)
{
    const zub_guarded *part = &volume->parts[ZUB_PART_LANGUAGE];

    if (!zub_guard_touch(part, 0, part->size))
        return ZUB_EFORMAT;
    for (size_t i = 0; i < part->size; i++)
        counts[(unsigned char)part->data[i]]++;
    return ZUB_OK;
}

static void add(zub_census *census, const char *lang, uint64_t count)
{
    size_t i = 0;

    while (i < census->size && strcmp(census->langs[i].name, lang) != 0)
        i++;
    if (i == ZUB_CENSUS_MOST || count == 0)
        return;
    memcpy(census->langs[i].name, lang, strnlen(lang, 11));
    census->langs[i].articles += count;
    census->total += count;
    census->size += i == census->size;
}

/* Insertion: they are a dozen. */
static void sort(zub_census *census)
{
    for (size_t i = 1; i < census->size; i++) {
        counted_lang moved = census->langs[i];
        size_t at = i;
        for (; at > 0 && census->langs[at - 1].articles < moved.articles; at--)
            census->langs[at] = census->langs[at - 1];
        census->langs[at] = moved;
    }
}

zub_status zub_census_take(zub_census **out, const zub_index *index,
                           zub_error *error)
{
    const zub_shelf *shelf = &index->shelf;
    zub_census *census = zub_alloc_zero(1, sizeof *census);

    *out = NULL;
    if (!census)
        return zub_fail_memory(error);
    for (size_t v = 0; v < shelf->count; v++) {
        const zub_volume *volume = shelf->items[v].volume;
        uint64_t counts[256] = {0};
        if (count_volume(volume, counts) != ZUB_OK) {
            zub_free(census);
            return zub_volume_damaged(volume, error);
        }
        for (size_t i = 0; i < volume->lang_count && i < 256; i++)
            add(census, volume->langs[i].name, counts[i]);
    }
    sort(census);
    *out = census;
    return ZUB_OK;
}

bool zub_census_has(const zub_census *census, const char *lang)
{
    for (size_t i = 0; i < census->size; i++)
        if (strcmp(census->langs[i].name, lang) == 0)
            return true;
    return false;
}

const char *zub_census_common(const zub_census *census)
{
    return census->size > 0 ? census->langs[0].name : "und";
}

const char *zub_census_shared(const zub_census *census)
{
    uint64_t total = census->total;

    return census->size > 0 && census->langs[0].articles >= total - total / 10
               ? census->langs[0].name
               : "";
}
