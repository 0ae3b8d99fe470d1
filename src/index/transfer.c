/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* transfer.c - see transfer.h. A word of the volume is looked up in the builder
 * once, when it is met first. */
#include "index/transfer.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"

struct zub_transfer {
    const zub_volume *volume;
    zub_arena arena;             /* the words */
    const zub_entry_word *words; /* [volume->about.words] */
    uint32_t *numbers; /* the same: in the builder, plus 1; 0: none */
};

zub_status zub_transfer_new(zub_transfer **out, const zub_volume *volume,
                            zub_error *error)
{
    zub_transfer *transfer = zub_alloc_zero(1, sizeof *transfer);

    *out = NULL;
    if (!transfer)
        return zub_fail_memory(error);
    transfer->volume = volume;
    zub_arena_init(&transfer->arena);
    transfer->numbers = zub_alloc_zero((size_t)volume->about.words + 1,
                                       sizeof *transfer->numbers);
    zub_status status = transfer->numbers ? ZUB_OK : ZUB_ENOMEM;
    if (status == ZUB_OK)
        status =
            zub_volume_all_words(volume, &transfer->arena, &transfer->words);
    if (status != ZUB_OK) {
        zub_transfer_free(transfer);
        return status == ZUB_ENOMEM ? zub_fail_memory(error)
                                    : zub_volume_damaged(volume, error);
    }
    *out = transfer;
    return ZUB_OK;
}

void zub_transfer_free(zub_transfer *transfer)
{
    if (!transfer)
        return;
    zub_arena_release(&transfer->arena);
    zub_free(transfer->numbers);
    zub_free(transfer);
}

void zub_transfer_forget(zub_transfer *transfer)
{
    memset(transfer->numbers, 0,
           (size_t)transfer->volume->about.words * sizeof *transfer->numbers);
}

static zub_status number_words(zub_transfer *transfer, zub_builder *builder,
                               const zub_entry *entry, uint32_t *own)
{
    for (size_t i = 0; i < entry->length; i++) {
        uint32_t word = entry->sequence[i];
        uint32_t *number = &transfer->numbers[word];
        if (*number == 0) {
            zub_status status =
                zub_builder_number(builder, &transfer->words[word], number);
            if (status != ZUB_OK)
                return status;
            ++*number;
        }
        own[i] = *number - 1;
    }
    return ZUB_OK;
}

zub_status zub_transfer_article(zub_transfer *transfer, uint32_t article,
                                zub_builder *builder, zub_error *error)
{
    zub_arena arena;
    zub_entry entry;

    zub_arena_init(&arena);
    zub_status status =
        zub_volume_entry(transfer->volume, article, &arena, &entry);
    if (status == ZUB_OK) {
        uint32_t *own = zub_arena_alloc(&arena, entry.length + 1, sizeof *own);
        status =
            own ? number_words(transfer, builder, &entry, own) : ZUB_ENOMEM;
        entry.sequence = own;
    }
    if (status == ZUB_OK)
        status = zub_builder_add(builder, &entry, error);
    else if (status == ZUB_EFORMAT)
        zub_volume_damaged(transfer->volume, error);
    else
        zub_fail_memory(error);
    zub_arena_release(&arena);
    return status;
}
