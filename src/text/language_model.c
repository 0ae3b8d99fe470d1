/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* language_model.c - a hash table in a file.
 *
 * Entries stand by bucket, four to eight in each, and an entry's weights lie
 * behind those of the entries before it: so an n-gram costs 4 bytes, its share
 * of a bucket and 2 bytes a weight, or 1 byte a class where it has a full
 * row. What the classes and settings say is
 * checked when the file is opened; a bucket, when it is asked, because a scan
 * of all would cost more than most texts do. Invariant: no read leaves the
 * sections, whatever they hold.
 */
#include <math.h>
#include <string.h>

#include "base/container.h"
#include "base/error.h"
#include "text/language.h"
#include "text/language_model.h"

#define MOST_BUCKET_BITS 24u

uint32_t zub_language_bucket_of(uint64_t hash, uint32_t bucket_bits)
{
    return (uint32_t)(hash >> (64 - bucket_bits));
}

uint32_t zub_language_fingerprint(uint64_t hash)
{
    return (uint32_t)(hash >> 8) & 0xFFFFFFu;
}

static bool is_class(const zub_language_class *row)
{
    char tag[12];

    return memchr(row->lang, '\0', sizeof row->lang) &&
           zub_language_tag(tag, (zub_slice){row->lang, strlen(row->lang)}) &&
           row->script > ZUB_SCRIPT_NONE && row->script < ZUB_SCRIPT_COUNT &&
           isfinite(row->bias);
}

static bool are_settings(const zub_language_settings *row)
{
    return row->step > 0 && isfinite(row->step) && row->sharpness > 0 &&
           isfinite(row->sharpness) && row->bucket_bits > 0 &&
           row->bucket_bits <= MOST_BUCKET_BITS &&
           row->buckets == 1u << row->bucket_bits;
}

/* A script's classes stand together, so that a full row can be added. */
static bool are_classes(const zub_language_class *rows, size_t count)
{
    bool is_seen[ZUB_SCRIPT_COUNT] = {false};

    for (size_t i = 0; i < count; i++) {
        if (!is_class(&rows[i]))
            return false;
        if (is_seen[rows[i].script] && rows[i].script != rows[i - 1].script)
            return false;
        is_seen[rows[i].script] = true;
    }
    return true;
}

static bool is_sound(const zub_language_model *model, size_t settings_count,
                     size_t bucket_count)
{
    return settings_count == 1 && are_settings(model->settings) &&
           bucket_count == (size_t)model->settings->buckets + 1 &&
           model->class_count > 0 && model->class_count <= ZUB_CLASS_MOST &&
           are_classes(model->classes, model->class_count);
}

/* How many there are of what must be of one length. */
typedef struct section_counts {
    size_t settings, buckets;
} section_counts;

static zub_status read_sections(zub_language_model *model,
                                section_counts *counts,
                                const zub_container *file, zub_error *error)
{
    struct {
        const char *name;
        size_t size;
        const void *data;
        size_t *count;
    } sections[] = {
        {"settings", sizeof *model->settings, NULL, &counts->settings},
        {"classes", sizeof *model->classes, NULL, &model->class_count},
        {"buckets", sizeof *model->buckets, NULL, &counts->buckets},
        {"entries", sizeof *model->entries, NULL, &model->entry_count},
        {"weights", sizeof *model->weights, NULL, &model->weight_count},
    };

    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        zub_status status =
            zub_container_array(file, sections[i].name, sections[i].size,
                                &sections[i].data, sections[i].count, error);
        if (status != ZUB_OK)
            return status;
    }
    model->settings = sections[0].data;
    model->classes = sections[1].data;
    model->buckets = sections[2].data;
    model->entries = sections[3].data;
    model->weights = sections[4].data;
    return ZUB_OK;
}

zub_status zub_language_model_open(zub_language_model *out, zub_slice bytes,
                                   const char *path, zub_error *error)
{
    zub_container file;
    zub_language_model model = {0};
    section_counts counts = {0};
    zub_status status = zub_container_open(
        &file, bytes, path, ZUB_LANGUAGE_KIND, ZUB_LANGUAGE_VERSION, error);

    memset(out, 0, sizeof *out);
    if (status == ZUB_OK)
        status = read_sections(&model, &counts, &file, error);
    if (status != ZUB_OK)
        return status;
    if (!is_sound(&model, counts.settings, counts.buckets))
        return zub_fail(error, ZUB_EFORMAT,
                        "'%s' is not a language model (build it again with "
                        "scripts/train-language)",
                        path);
    *out = model;
    return ZUB_OK;
}

static const zub_language_bucket *bucket_of(const zub_language_model *model,
                                            uint64_t hash)
{
    return &model->buckets[zub_language_bucket_of(
        hash, model->settings->bucket_bits)];
}

static zub_language_find find(const zub_language_model *model, uint64_t hash)
{
    const zub_language_bucket *bucket = bucket_of(model, hash);
    uint32_t fingerprint = zub_language_fingerprint(hash);
    size_t at = bucket[0].weight, end = bucket[1].entry;

    if (end > model->entry_count)
        end = model->entry_count;
    for (size_t i = bucket[0].entry; i < end; i++) {
        uint32_t size = model->entries[i] & ZUB_LANGUAGE_SIZE;
        if (at + size > model->weight_count)
            break;
        if (model->entries[i] >> 8 == fingerprint)
            return (zub_language_find){&model->weights[at], size,
                                       model->entries[i] & ZUB_LANGUAGE_FULL};
        at += size;
    }
    return (zub_language_find){NULL, 0, false};
}

void zub_language_model_find(const zub_language_model *model,
                             const uint64_t *hashes, size_t count,
                             zub_language_find *finds)
{
    for (size_t i = 0; i < count; i++)
        __builtin_prefetch(bucket_of(model, hashes[i]));
    for (size_t i = 0; i < count; i++) {
        const zub_language_bucket *bucket = bucket_of(model, hashes[i]);
        if (bucket->entry < model->entry_count)
            __builtin_prefetch(&model->entries[bucket->entry]);
    }
    for (size_t i = 0; i < count; i++) {
        finds[i] = find(model, hashes[i]);
        if (finds[i].size > 0)
            __builtin_prefetch(finds[i].weights);
    }
}
