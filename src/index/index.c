/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* index.c - a commit, open for reading. A writer may take volumes away between
 * the reading of the manifest and the opening of what it names: then there is a
 * newer manifest, and it is read instead. */
#include "index/index.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "terms/fingerprint.h"

#define TRIES 100u /* while a writer commits again and again */

static zub_status open_commit(zub_index *index, const char *folder,
                              zub_error *error)
{
    uint64_t generation = 0;

    for (unsigned i = 0; i < TRIES; i++) {
        zub_status status = zub_manifest_read(&index->manifest, folder, error);
        if (status != ZUB_OK)
            return status;
        bool is_same = i > 0 && index->manifest.generation == generation;
        generation = index->manifest.generation;
        status =
            zub_shelf_open(&index->shelf, &index->manifest, folder, error);
        if (status != ZUB_ENOTFOUND)
            return status;
        if (is_same)
            return zub_fail(error, ZUB_EFORMAT,
                            "a volume of '%s' is missing (restore it, or "
                            "index again)",
                            folder);
        zub_manifest_release(&index->manifest);
    }
    return zub_fail(error, ZUB_EBUSY,
                    "'%s' is written faster than it can be opened", folder);
}

static zub_status check_analyzer(const zub_index *index, const char *folder,
                                 zub_error *error)
{
    const char *own = index->manifest.fingerprint;
    zub_error why;
    char *now;
    zub_status status = zub_index_fingerprint(&now, &index->manifest.rules,
                                              index->models, error);

    if (status != ZUB_OK)
        return status;
    status = zub_fingerprint_compare((zub_slice){own, strlen(own)},
                                     (zub_slice){now, strlen(now)}, &why);
    zub_free(now);
    if (status == ZUB_EMISMATCH)
        return zub_fail(error, status,
                        "'%s' was made with another analyzer: %.300s (index "
                        "again)",
                        folder, why.message);
    return status == ZUB_OK ? status : zub_fail_memory(error);
}

static void add_up(zub_index *index)
{
    for (size_t i = 0; i < index->shelf.count; i++) {
        const zub_shelved *shelved = &index->shelf.items[i];
        const zub_volume_about *about = &shelved->volume->about;
        index->articles += zub_shelved_articles(shelved);
        index->passages += about->passages;
        index->length += about->length;
        index->gram_total += about->gram_total;
    }
}

zub_status zub_index_open(zub_index **out, const char *folder,
                          const zub_models *models, bool is_stale_ok,
                          zub_error *error)
{
    zub_index *index = zub_alloc_zero(1, sizeof *index);

    *out = NULL;
    zub_error_clear(error);
    if (!index)
        return zub_fail_memory(error);
    index->models = models;
    zub_status status = open_commit(index, folder, error);
    if (status == ZUB_OK && !is_stale_ok)
        status = check_analyzer(index, folder, error);
    if (status != ZUB_OK) {
        zub_index_free(index);
        return status;
    }
    add_up(index);
    *out = index;
    return ZUB_OK;
}

void zub_index_free(zub_index *index)
{
    if (!index)
        return;
    zub_shelf_close(&index->shelf);
    zub_manifest_release(&index->manifest);
    zub_free(index);
}

zub_index_facts zub_index_about(const zub_index *index)
{
    const zub_index_rules *rules = &index->manifest.rules;
    zub_index_facts facts = {.generation = index->manifest.generation,
                             .articles = index->articles,
                             .passages = index->passages,
                             .volumes = index->shelf.count,
                             .lang = rules->lang,
                             .stemmer = rules->stemmer,
                             .passage_words = rules->passage_words,
                             .fingerprint = index->manifest.fingerprint};

    for (size_t i = 0; i < index->shelf.count; i++)
        facts.gone += index->shelf.items[i].gone_count;
    return facts;
}

zub_status zub_index_article(const zub_index *index, uint64_t i, zub_slice *id,
                             uint32_t *passages, zub_error *error)
{
    *id = (zub_slice){0};
    *passages = 0;
    for (size_t v = 0; v < index->shelf.count; v++) {
        const zub_shelved *shelved = &index->shelf.items[v];
        uint64_t count = shelved->volume->about.articles;
        uint32_t first, end;
        if (i >= count) {
            i -= count;
            continue;
        }
        if (zub_shelved_is_gone(shelved, (uint32_t)i))
            return ZUB_OK;
        zub_status status = zub_volume_id(shelved->volume, (uint32_t)i, id);
        if (status == ZUB_OK)
            status = zub_volume_passages(shelved->volume, (uint32_t)i, &first,
                                         &end);
        if (status != ZUB_OK)
            return zub_volume_damaged(shelved->volume, error);
        *passages = end - first;
        return ZUB_OK;
    }
    return ZUB_ENOTFOUND;
}
