/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* shelf.c - see shelf.h. */
#include "index/shelf.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"

static size_t bit_words(const zub_volume *volume)
{
    return (size_t)volume->about.articles / 64 + 1;
}

zub_status zub_shelf_add(zub_shelf *shelf, zub_volume *volume, uint64_t number,
                         zub_error *error)
{
    zub_shelved made = {.volume = volume, .number = number};

    made.gone = zub_alloc_zero(bit_words(volume), sizeof *made.gone);
    if (!made.gone || !zub_grow(&shelf->items, &shelf->capacity,
                                shelf->count + 1, sizeof *shelf->items)) {
        zub_free(made.gone);
        zub_volume_close(volume);
        return zub_fail_memory(error);
    }
    shelf->items[shelf->count++] = made;
    return ZUB_OK;
}

void zub_shelf_drop(zub_shelf *shelf, size_t i)
{
    zub_volume_close(shelf->items[i].volume);
    zub_free(shelf->items[i].gone);
    shelf->count--;
    memmove(shelf->items + i, shelf->items + i + 1,
            (shelf->count - i) * sizeof *shelf->items);
}

void zub_shelf_close(zub_shelf *shelf)
{
    while (shelf->count > 0)
        zub_shelf_drop(shelf, shelf->count - 1);
    zub_free(shelf->items);
    *shelf = (zub_shelf){0};
}

void zub_shelved_remove(zub_shelved *shelved, uint32_t article)
{
    uint64_t bit = (uint64_t)1 << article % 64;

    if (shelved->gone[article / 64] & bit)
        return;
    shelved->gone[article / 64] |= bit;
    shelved->gone_count++;
}

static zub_status check_identity(const zub_volume *volume,
                                 const zub_manifest_volume *row,
                                 zub_error *error)
{
    if (volume->about.articles == row->articles &&
        zub_container_identity(&volume->container) == row->identity)
        return ZUB_OK;
    return zub_fail(error, ZUB_EFORMAT,
                    "'%s' is not the volume that the index was made with "
                    "(restore it, or index again)",
                    volume->path);
}

static zub_status open_one(zub_shelf *shelf, const char *path,
                           const zub_manifest_volume *row, zub_error *error)
{
    zub_volume *volume;
    zub_status status = zub_volume_open(&volume, path, error);

    if (status != ZUB_OK)
        return status;
    status = check_identity(volume, row, error);
    if (status != ZUB_OK) {
        zub_volume_close(volume);
        return status;
    }
    status = zub_shelf_add(shelf, volume, row->number, error);
    for (uint64_t i = 0; status == ZUB_OK && i < row->gone_count; i++)
        zub_shelved_remove(&shelf->items[shelf->count - 1], row->gone[i]);
    return status;
}

zub_status zub_shelf_open(zub_shelf *out, const zub_manifest *manifest,
                          const char *folder, zub_error *error)
{
    zub_status status = ZUB_OK;
    zub_buffer path;

    *out = (zub_shelf){0};
    zub_buffer_init(&path, ZUB_BUFFER_UNLIMITED);
    for (size_t i = 0; i < manifest->count && status == ZUB_OK; i++) {
        const zub_manifest_volume *row = &manifest->volumes[i];
        status = zub_volume_path(&path, folder, row->number);
        status = status == ZUB_OK ? open_one(out, path.data, row, error)
                                  : zub_fail_memory(error);
    }
    zub_buffer_release(&path);
    if (status != ZUB_OK)
        zub_shelf_close(out);
    return status;
}

zub_status zub_shelf_find(const zub_shelf *shelf, size_t count, zub_slice id,
                          size_t *volume, uint32_t *article, zub_error *error)
{
    for (size_t i = 0; i < count; i++) {
        const zub_shelved *shelved = &shelf->items[i];
        zub_status status = zub_volume_find(shelved->volume, id, article);
        if (status == ZUB_ENOTFOUND ||
            (status == ZUB_OK && zub_shelved_is_gone(shelved, *article)))
            continue;
        *volume = i;
        return status == ZUB_OK ? status
                                : zub_volume_damaged(shelved->volume, error);
    }
    return ZUB_ENOTFOUND;
}
