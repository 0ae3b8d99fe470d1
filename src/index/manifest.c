/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* manifest.c - see manifest.h. */
#include "index/manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/container.h"
#include "base/error.h"
#include "base/file.h"
#include "base/mem.h"

typedef unsigned long long ull;

/* As they lie in the file; no padding. */
typedef struct about {
    uint64_t generation, next, passage_words;
    uint32_t without_titles, without_texts, without_positions, reserved;
    char lang[16], stemmer[16];
} manifest_about;

typedef struct row {
    uint64_t number, articles, gone_count;
    uint32_t identity, reserved;
} volume_row;

_Static_assert(sizeof(manifest_about) == 72, "about has no padding");
_Static_assert(sizeof(volume_row) == 32, "a row has no padding");

void zub_manifest_release(zub_manifest *manifest)
{
    for (size_t i = 0; i < manifest->count; i++)
        zub_free(manifest->volumes[i].gone);
    zub_free(manifest->volumes);
    zub_free(manifest->fingerprint);
    *manifest = (zub_manifest){0};
}

/* ---- Paths ---- */

zub_status zub_index_path(zub_buffer *out, const char *folder,
                          const char *name)
{
    zub_buffer_clear(out);
    zub_buffer_add_string(out, folder);
    zub_buffer_add_char(out, '/');
    zub_buffer_add_string(out, name);
    return out->status;
}

zub_status zub_volume_path(zub_buffer *out, const char *folder,
                           uint64_t number)
{
    char name[40];

    snprintf(name, sizeof name, "volume-%06llu.zub", (ull)number);
    return zub_index_path(out, folder, name);
}

uint64_t zub_volume_number(const char *name)
{
    char own[40];
    uint64_t number;

    if (strncmp(name, "volume-", 7) != 0 || name[7] < '0' || name[7] > '9')
        return 0;
    number = strtoull(name + 7, NULL, 10);
    snprintf(own, sizeof own, "volume-%06llu.zub", (ull)number);
    return strcmp(own, name) == 0 ? number : 0;
}

/* ---- Reading ---- */

static zub_status damaged(const char *path, zub_error *error)
{
    return zub_fail(error, ZUB_EFORMAT,
                    "'%s' is damaged: its numbers make no sense (restore it, "
                    "or index again)",
                    path);
}

static bool take_about(zub_manifest *out, zub_slice bytes)
{
    manifest_about about;

    if (bytes.size != sizeof about)
        return false;
    memcpy(&about, bytes.data, sizeof about);
    if (strnlen(about.lang, sizeof about.lang) >= sizeof out->rules.lang ||
        strnlen(about.stemmer, sizeof about.stemmer) >=
            sizeof out->rules.stemmer ||
        about.without_titles > 1 || about.without_texts > 1 ||
        about.without_positions > 1 || about.reserved != 0)
        return false;
    out->generation = about.generation;
    out->next = about.next;
    out->rules.passage_words = about.passage_words;
    out->rules.without_titles = about.without_titles;
    out->rules.without_texts = about.without_texts;
    out->rules.without_positions = about.without_positions;
    memcpy(out->rules.lang, about.lang, sizeof out->rules.lang);
    memcpy(out->rules.stemmer, about.stemmer, sizeof out->rules.stemmer);
    return true;
}

static bool is_ascending(const uint32_t *gone, uint64_t count, uint64_t end)
{
    for (uint64_t i = 0; i < count; i++)
        if (gone[i] >= end || (i > 0 && gone[i] <= gone[i - 1]))
            return false;
    return true;
}

static zub_status take_volume(zub_manifest *out, const volume_row *row,
                              const uint32_t *gone)
{
    zub_manifest_volume made = {.number = row->number,
                                .articles = row->articles,
                                .gone_count = row->gone_count,
                                .identity = row->identity};

    if (row->number == 0 || row->number >= out->next || row->reserved != 0 ||
        !is_ascending(gone, row->gone_count, row->articles))
        return ZUB_EFORMAT;
    made.gone = zub_alloc((size_t)row->gone_count, sizeof *gone);
    if (!made.gone)
        return ZUB_ENOMEM;
    if (row->gone_count > 0)
        memcpy(made.gone, gone, (size_t)row->gone_count * sizeof *gone);
    out->volumes[out->count++] = made;
    return ZUB_OK;
}

static zub_status take_volumes(zub_manifest *out, zub_slice rows,
                               zub_slice gone)
{
    size_t count = rows.size / sizeof(volume_row), at = 0;
    size_t all = gone.size / sizeof(uint32_t);
    zub_status status = ZUB_OK;

    if (rows.size % sizeof(volume_row) != 0 || gone.size % 4 != 0)
        return ZUB_EFORMAT;
    if (!zub_grow(&out->volumes, &out->capacity, count + 1,
                  sizeof *out->volumes))
        return ZUB_ENOMEM;
    for (size_t i = 0; i < count && status == ZUB_OK; i++) {
        volume_row row;
        memcpy(&row, rows.data + i * sizeof row, sizeof row);
        if (row.gone_count > all - at)
            return ZUB_EFORMAT;
        status = take_volume(out, &row,
                             (const uint32_t *)(const void *)gone.data + at);
        at += (size_t)row.gone_count;
    }
    return status == ZUB_OK && at != all ? ZUB_EFORMAT : status;
}

static zub_status take_sections(zub_manifest *out,
                                const zub_container *container,
                                zub_error *error)
{
    zub_slice about, rows, gone, name = container->fingerprint;
    zub_status status =
        zub_container_section(container, "about", &about, error);

    if (status == ZUB_OK)
        status = zub_container_section(container, "volumes", &rows, error);
    if (status == ZUB_OK)
        status = zub_container_section(container, "gone", &gone, error);
    if (status != ZUB_OK)
        return status;
    out->fingerprint = zub_alloc_zero(name.size + 1, 1);
    if (!out->fingerprint)
        return zub_fail_memory(error);
    if (name.size > 0)
        memcpy(out->fingerprint, name.data, name.size);
    if (!take_about(out, about))
        return damaged(container->path, error);
    status = take_volumes(out, rows, gone);
    if (status == ZUB_ENOMEM)
        return zub_fail_memory(error);
    return status == ZUB_OK ? status : damaged(container->path, error);
}

static zub_status read_file(zub_manifest *out, const char *path,
                            zub_error *error)
{
    zub_container container;
    zub_file file;
    zub_status status = zub_file_open(&file, path, error);

    if (status != ZUB_OK)
        return status;
    status = zub_container_open(&container, file.bytes, path, ZUB_INDEX_KIND,
                                ZUB_INDEX_VERSION, error);
    if (status == ZUB_OK)
        status = take_sections(out, &container, error);
    zub_file_close(&file);
    return status;
}

static zub_status read_named(zub_manifest *out, const char *folder,
                             const char *name, zub_error *error)
{
    zub_buffer path;

    *out = (zub_manifest){0};
    zub_buffer_init(&path, ZUB_BUFFER_UNLIMITED);
    zub_status status = zub_index_path(&path, folder, name);
    status = status == ZUB_OK ? read_file(out, path.data, error)
                              : zub_fail_memory(error);
    if (status == ZUB_ENOTFOUND)
        zub_fail(error, status, "'%s' is no index (make one with zubda index)",
                 folder);
    if (status != ZUB_OK)
        zub_manifest_release(out);
    zub_buffer_release(&path);
    return status;
}

static bool has_spare(const char *folder)
{
    zub_manifest spare;
    zub_status status = read_named(&spare, folder, ZUB_SPARE_FILE, NULL);

    zub_manifest_release(&spare);
    return status == ZUB_OK;
}

zub_status zub_manifest_read(zub_manifest *out, const char *folder,
                             zub_error *error)
{
    zub_error why;
    zub_status status = read_named(out, folder, ZUB_INDEX_FILE, &why);

    if (status == ZUB_EFORMAT)
        return zub_fail(error, status,
                        "%.700s; zubda check --repair may bring it back",
                        why.message);
    if (status == ZUB_ENOTFOUND && has_spare(folder))
        return zub_fail(
            error, ZUB_EFORMAT,
            "'%.700s' has no " ZUB_INDEX_FILE
            ", but its spare (zubda check --repair brings it back)",
            folder);
    if (status != ZUB_OK && error)
        *error = why;
    return status;
}

zub_status zub_manifest_read_spare(zub_manifest *out, const char *folder,
                                   zub_error *error)
{
    return read_named(out, folder, ZUB_SPARE_FILE, error);
}

/* ---- Writing ---- */

static void add_volumes(const zub_manifest *manifest, zub_buffer *rows,
                        zub_buffer *gone)
{
    for (size_t i = 0; i < manifest->count; i++) {
        const zub_manifest_volume *volume = &manifest->volumes[i];
        volume_row row = {.number = volume->number,
                          .articles = volume->articles,
                          .gone_count = volume->gone_count,
                          .identity = volume->identity};
        zub_buffer_add(rows, (const char *)&row, sizeof row);
        zub_buffer_add(gone, (const char *)volume->gone,
                       (size_t)volume->gone_count * sizeof *volume->gone);
    }
}

static manifest_about make_about(const zub_manifest *manifest)
{
    const zub_index_rules *rules = &manifest->rules;
    manifest_about about = {.generation = manifest->generation,
                            .next = manifest->next,
                            .passage_words = rules->passage_words,
                            .without_titles = rules->without_titles,
                            .without_texts = rules->without_texts,
                            .without_positions = rules->without_positions};

    memcpy(about.lang, rules->lang, sizeof rules->lang);
    memcpy(about.stemmer, rules->stemmer, sizeof rules->stemmer);
    return about;
}

static zub_status write_sections(const zub_manifest *manifest,
                                 zub_output *output, zub_slice rows,
                                 zub_slice gone, zub_error *error)
{
    manifest_about about = make_about(manifest);
    zub_container_about kind = {
        ZUB_INDEX_KIND,
        ZUB_INDEX_VERSION,
        {manifest->fingerprint, strlen(manifest->fingerprint)}};
    const zub_section sections[] = {
        {"about", {(const char *)&about, sizeof about}},
        {"volumes", rows},
        {"gone", gone},
    };
    zub_status status = zub_container_write(zub_output_sink(output), &kind,
                                            sections, 3, error);

    return status == ZUB_OK ? zub_output_commit(output, error) : status;
}

static zub_status write_to(const zub_manifest *manifest, const char *path,
                           zub_error *error)
{
    zub_buffer rows, gone;
    zub_output *output;
    zub_status status = zub_output_open(&output, path, error);

    zub_buffer_init(&rows, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&gone, ZUB_BUFFER_UNLIMITED);
    add_volumes(manifest, &rows, &gone);
    if (status == ZUB_OK && (rows.status != ZUB_OK || gone.status != ZUB_OK))
        status = zub_fail_memory(error);
    if (status == ZUB_OK)
        status = write_sections(manifest, output, zub_buffer_slice(&rows),
                                zub_buffer_slice(&gone), error);
    zub_output_free(output);
    zub_buffer_release(&rows);
    zub_buffer_release(&gone);
    return status;
}

static zub_status write_named(const zub_manifest *manifest, const char *folder,
                              const char *name, zub_error *error)
{
    zub_buffer path;

    zub_buffer_init(&path, ZUB_BUFFER_UNLIMITED);
    zub_status status = zub_index_path(&path, folder, name);
    status = status == ZUB_OK ? write_to(manifest, path.data, error)
                              : zub_fail_memory(error);
    zub_buffer_release(&path);
    return status;
}

static bool is_current(const zub_manifest *manifest, const char *folder)
{
    zub_manifest spare;
    zub_status status = zub_manifest_read_spare(&spare, folder, NULL);
    bool is_same =
        status == ZUB_OK && spare.generation == manifest->generation;

    zub_manifest_release(&spare);
    return is_same;
}

bool zub_manifest_spare(const zub_manifest *manifest, const char *folder)
{
    return is_current(manifest, folder) ||
           write_named(manifest, folder, ZUB_SPARE_FILE, NULL) == ZUB_OK;
}

zub_status zub_manifest_write(const zub_manifest *manifest, const char *folder,
                              bool *is_spared, zub_error *error)
{
    zub_status status = write_named(manifest, folder, ZUB_INDEX_FILE, error);

    *is_spared = status == ZUB_OK &&
                 write_named(manifest, folder, ZUB_SPARE_FILE, NULL) == ZUB_OK;
    return status;
}
