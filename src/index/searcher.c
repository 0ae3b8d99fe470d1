/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* searcher.c - see searcher.h. */
#include "index/searcher.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"

zub_status zub_searcher_new(zub_searcher **out, const zub_index *index,
                            zub_error *error)
{
    zub_searcher *searcher = zub_alloc_zero(1, sizeof *searcher);

    *out = NULL;
    zub_error_clear(error);
    if (!searcher)
        return zub_fail_memory(error);
    searcher->index = index;
    zub_status status =
        zub_index_analyzer(&searcher->analyzer, &index->manifest.rules,
                           index->models, NULL, error);
    if (status == ZUB_OK)
        status =
            zub_wording_new(&searcher->wording, searcher->analyzer, error);
    if (status == ZUB_OK)
        status = zub_census_take(&searcher->census, index, error);
    if (status != ZUB_OK) {
        zub_searcher_free(searcher);
        return status;
    }
    *out = searcher;
    return ZUB_OK;
}

zub_status zub_searcher_reduce(zub_searcher *searcher, size_t k,
                               unsigned threads, zub_error *error)
{
    zub_reduced *reduced;

    zub_error_clear(error);
    zub_status status =
        zub_reduced_new(&reduced, searcher->index, k, threads, error);
    if (status != ZUB_OK)
        return status;
    zub_reduced_free(searcher->reduced);
    searcher->reduced = reduced;
    return ZUB_OK;
}

void zub_searcher_free(zub_searcher *searcher)
{
    if (!searcher)
        return;
    zub_wording_free(searcher->wording);
    zub_analyzer_free(searcher->analyzer);
    zub_gram_maker_release(&searcher->maker);
    zub_gram_memo_release(&searcher->memo);
    zub_census_free(searcher->census);
    zub_reduced_free(searcher->reduced);
    zub_free(searcher->words);
    zub_free(searcher->stretch);
    zub_free(searcher);
}

zub_status zub_searcher_failed(const zub_volume *volume, zub_status status,
                               zub_error *error)
{
    return status == ZUB_ENOMEM ? zub_fail_memory(error)
                                : zub_volume_damaged(volume, error);
}

zub_status zub_searcher_words(zub_searcher *searcher, uint32_t number,
                              uint32_t passage, size_t *count,
                              zub_error *error)
{
    const zub_volume *volume = searcher->index->shelf.items[number].volume;
    zub_status status = zub_volume_words(volume, passage, &searcher->words,
                                         &searcher->word_capacity, count);

    return status == ZUB_OK ? status
                            : zub_searcher_failed(volume, status, error);
}

/* Words of a passage behind those that the stretch has. */
static zub_status add_words(zub_searcher *searcher, const zub_volume *volume,
                            uint32_t passage, size_t skipped)
{
    size_t count;
    zub_status status = zub_volume_words(volume, passage, &searcher->words,
                                         &searcher->word_capacity, &count);

    if (status != ZUB_OK || count <= skipped)
        return status;
    if (!zub_grow(&searcher->stretch, &searcher->stretch_capacity,
                  searcher->stretch_size + count, sizeof *searcher->stretch))
        return ZUB_ENOMEM;
    memcpy(searcher->stretch + searcher->stretch_size,
           searcher->words + skipped,
           (count - skipped) * sizeof *searcher->words);
    searcher->stretch_size += count - skipped;
    return ZUB_OK;
}

zub_status zub_searcher_stretch(zub_searcher *searcher, uint32_t number,
                                uint32_t first, uint32_t end, uint32_t article,
                                zub_error *error)
{
    const zub_volume *volume = searcher->index->shelf.items[number].volume;
    zub_gram_maker *maker = &searcher->maker;
    zub_status status = ZUB_OK;
    uint32_t title;

    searcher->stretch_size = 0;
    if (!zub_volume_u32(volume, ZUB_PART_TITLES, article, &title))
        return zub_volume_damaged(volume, error);
    for (uint32_t p = first; p < end && status == ZUB_OK; p++)
        status = add_words(searcher, volume, p, p == first ? 0 : title);
    zub_gram_maker_begin(maker, zub_volume_lang(volume, article));
    if (status == ZUB_OK && volume->about.has_positions)
        status = zub_gram_memo_add(&searcher->memo, maker, volume, number,
                                   searcher->stretch, searcher->stretch_size);
    if (status == ZUB_OK)
        status = zub_gram_maker_end(maker);
    return status == ZUB_OK ? status
                            : zub_searcher_failed(volume, status, error);
}
