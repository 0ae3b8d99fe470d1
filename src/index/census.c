/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* census.c - see census.h. */
#include "index/census.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"

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

size_t zub_census_find(const zub_census *census, const char *lang)
{
    size_t i = 0;

    while (i < census->size && strcmp(census->langs[i].name, lang) != 0)
        i++;
    return i;
}

static void add(zub_census *census, const char *lang, uint64_t count)
{
    size_t i = zub_census_find(census, lang);

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
        zub_counted_lang moved = census->langs[i];
        size_t at = i;
        for (; at > 0 && census->langs[at - 1].articles < moved.articles; at--)
            census->langs[at] = census->langs[at - 1];
        census->langs[at] = moved;
    }
}

static zub_status add_volume(zub_census *census, const zub_volume *volume,
                             zub_error *error)
{
    uint64_t counts[256] = {0};

    if (count_volume(volume, counts) != ZUB_OK)
        return zub_volume_damaged(volume, error);
    for (size_t i = 0; i < volume->lang_count && i < 256; i++)
        add(census, volume->langs[i].name, counts[i]);
    return ZUB_OK;
}

/* What a language beyond those that are counted is called does not matter. */
static unsigned char number_of(const zub_census *census, const char *lang)
{
    size_t i = zub_census_find(census, lang);

    return (unsigned char)(i < census->size ? i : census->size - 1);
}

static zub_status mark_volume(zub_census *census, const zub_volume *volume,
                              unsigned char *of)
{
    for (uint32_t a = 0; a < volume->about.articles; a++) {
        unsigned char lang = number_of(census, zub_volume_lang(volume, a));
        uint32_t first, end;
        zub_status status = zub_volume_passages(volume, a, &first, &end);
        if (status != ZUB_OK)
            return status;
        if (first < end)
            memset(of + first, lang, end - first);
        census->langs[lang].passages += end - first;
    }
    return ZUB_OK;
}

static zub_status mark_all(zub_census *census, const zub_shelf *shelf,
                           zub_error *error)
{
    zub_status status = ZUB_OK;

    census->of = zub_alloc_zero(shelf->count + 1, sizeof *census->of);
    if (!census->of)
        return zub_fail_memory(error);
    for (size_t v = 0; v < shelf->count && status == ZUB_OK; v++) {
        const zub_volume *volume = shelf->items[v].volume;
        census->of[v] = zub_alloc_zero(volume->about.passages + 1, 1);
        if (!census->of[v])
            return zub_fail_memory(error);
        status = mark_volume(census, volume, census->of[v]);
        if (status != ZUB_OK)
            zub_volume_damaged(volume, error);
    }
    return status;
}

zub_status zub_census_take(zub_census **out, const zub_index *index,
                           zub_error *error)
{
    const zub_shelf *shelf = &index->shelf;
    zub_census *census = zub_alloc_zero(1, sizeof *census);
    zub_status status = ZUB_OK;

    *out = NULL;
    if (!census)
        return zub_fail_memory(error);
    for (size_t v = 0; v < shelf->count && status == ZUB_OK; v++)
        status = add_volume(census, shelf->items[v].volume, error);
    sort(census);
    if (status == ZUB_OK && census->size > 1)
        status = mark_all(census, shelf, error);
    if (status != ZUB_OK) {
        zub_census_free(census);
        return status;
    }
    *out = census;
    return ZUB_OK;
}

void zub_census_free(zub_census *census)
{
    if (!census)
        return;
    for (size_t v = 0; census->of && census->of[v]; v++)
        zub_free(census->of[v]);
    zub_free(census->of);
    zub_free(census);
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
