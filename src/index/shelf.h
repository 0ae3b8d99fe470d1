/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* shelf.h - the volumes of a commit, open, with what is gone of each. */
#ifndef ZUB_INDEX_SHELF_H
#define ZUB_INDEX_SHELF_H

#include "index/manifest.h"
#include "index/volume.h"

typedef struct zub_shelved {
    zub_volume *volume;
    uint64_t number;
    uint64_t *gone; /* a bit an article */
    uint64_t gone_count;
} zub_shelved;

/* Zeroed is empty. */
typedef struct zub_shelf {
    zub_shelved *items; /* [count] */
    size_t count, capacity;
} zub_shelf;

/* Opens all volumes. On failure *out is empty. ZUB_ENOTFOUND: one is not there
 * (a writer may have replaced it: read the manifest again). ZUB_EFORMAT: one is
 * damaged, or not the one that was committed. ZUB_EIO, ZUB_EVERSION,
 * ZUB_ENOMEM. */
zub_status zub_shelf_open(zub_shelf *out, const zub_manifest *manifest,
                          const char *folder, zub_error *error);
void zub_shelf_close(zub_shelf *shelf);

/* Puts a volume on it, and owns it from then on; on failure it is closed.
 * ZUB_ENOMEM. */
zub_status zub_shelf_add(zub_shelf *shelf, zub_volume *volume, uint64_t number,
                         zub_error *error);
/* Takes volume i off it and closes it. */
void zub_shelf_drop(zub_shelf *shelf, size_t i);

static inline bool zub_shelved_is_gone(const zub_shelved *shelved,
                                       uint32_t article)
{
    return shelved->gone_count > 0 &&
           (shelved->gone[article / 64] >> article % 64 & 1);
}

/* Where the article of this id is, among the first `count` volumes.
 * ZUB_ENOTFOUND. ZUB_EFORMAT, in words. */
zub_status zub_shelf_find(const zub_shelf *shelf, size_t count, zub_slice id,
                          size_t *volume, uint32_t *article, zub_error *error);
/* It goes, if it is not gone yet. */
void zub_shelved_remove(zub_shelved *shelved, uint32_t article);

/* Articles that are not gone. */
static inline uint64_t zub_shelved_articles(const zub_shelved *shelved)
{
    return shelved->volume->about.articles - shelved->gone_count;
}

#endif
