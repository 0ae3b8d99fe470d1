/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* writer.c - zub_index_writer of zubda.h.
 *
 * Articles gather in a builder; when it is full it becomes a volume, which
 * nobody knows of until the manifest that names it is written: that is the
 * commit. The shelf holds the volumes of the last commit and, behind them, those
 * written since. Whatever ends the process in between leaves files that the next
 * writer finds unnamed, and removes.
 */
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/pool.h"
#include "index/cutter.h"
#include "index/index.h"
#include "index/lock.h"
#include "index/writer.h"
#include "terms/fingerprint.h"

#define MEMORY ((uint64_t)512 << 20)
#define MEMORY_LEAST ((uint64_t)16 << 20)

/* ---- The folder ---- */

static bool is_own_name(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
           strcmp(name, "lock") == 0 || strcmp(name, ZUB_SPARE_FILE) == 0 ||
           strncmp(name, ".zubda-", 7) == 0 || zub_volume_number(name) > 0;
}

static bool is_named(const zub_manifest *manifest, uint64_t number)
{
    for (size_t i = 0; i < manifest->count; i++)
        if (manifest->volumes[i].number == number)
            return true;
    return false;
}

/* What a writer that died left behind: volumes that no commit names, and files
 * that never got their name. */
static bool is_orphan(const zub_manifest *manifest, const char *name)
{
    uint64_t number = zub_volume_number(name);

    return number > 0 ? !is_named(manifest, number)
                      : strncmp(name, ".zubda-", 7) == 0;
}

/* Calls `act` for each name in the folder; stops when it says so. */
typedef bool name_visitor(zub_index_writer *writer, const char *name);

static zub_status visit_names(zub_index_writer *writer, name_visitor *act,
                              zub_error *error)
{
    DIR *folder = opendir(writer->folder);
    struct dirent *entry;

    if (!folder)
        return zub_fail_errno(error, ZUB_EIO, "read", writer->folder, errno);
    errno = 0;
    while ((entry = readdir(folder)) != NULL && act(writer, entry->d_name))
        errno = 0;
    int failure = entry ? 0 : errno;
    closedir(folder);
    return failure == 0 ? ZUB_OK
                        : zub_fail_errno(error, ZUB_EIO, "read",
                                         writer->folder, failure);
}

static bool remove_orphan(zub_index_writer *writer, const char *name)
{
    zub_buffer path;

    if (!is_orphan(&writer->manifest, name))
        return true;
    zub_buffer_init(&path, ZUB_BUFFER_UNLIMITED);
    if (zub_index_path(&path, writer->folder, name) == ZUB_OK)
        unlink(path.data);
    zub_buffer_release(&path);
    return true;
}

static bool note_stranger(zub_index_writer *writer, const char *name)
{
    writer->is_lost = !is_own_name(name);
    return !writer->is_lost;
}

static bool note_volume(zub_index_writer *writer, const char *name)
{
    writer->is_lost =
        zub_volume_number(name) > 0 || strcmp(name, ZUB_SPARE_FILE) == 0;
    return !writer->is_lost;
}

/* A folder without a manifest is taken only if nothing of others is in it, and
 * neither a volume nor a spare: a writer's first act is an empty manifest, so
 * where these are somebody took it away. */
static zub_status take_new_folder(zub_index_writer *writer, zub_error *error)
{
    zub_status status = visit_names(writer, note_volume, error);

    if (status == ZUB_OK && writer->is_lost)
        return zub_fail(error, ZUB_EFORMAT,
                        "'%s' has files of an index but no " ZUB_INDEX_FILE
                        " (zubda check --repair brings it back from a spare; "
                        "else restore it, or name another folder)",
                        writer->folder);
    if (status == ZUB_OK)
        status = visit_names(writer, note_stranger, error);
    if (status == ZUB_OK && writer->is_lost)
        return zub_fail(error, ZUB_EINVAL,
                        "'%s' holds other files and no index (name a folder "
                        "of its own)",
                        writer->folder);
    return status;
}

static zub_status make_folder(const char *folder, zub_error *error)
{
    struct stat about;

    if (mkdir(folder, 0777) == 0)
        return ZUB_OK;
    int failure = errno;
    if (failure == EEXIST && stat(folder, &about) == 0 &&
        S_ISDIR(about.st_mode))
        return ZUB_OK;
    if (failure == EEXIST)
        return zub_fail(error, ZUB_EINVAL, "'%s' is no folder", folder);
    return zub_fail_errno(error, ZUB_EWRITE, "make", folder, failure);
}

/* ---- Opening ---- */

static zub_status check_fingerprint(zub_index_writer *writer, char *now,
                                    zub_error *error)
{
    const char *own = writer->manifest.fingerprint;
    zub_error why;

    if (!own) {
        writer->manifest.fingerprint = now;
        return ZUB_OK;
    }
    zub_status status = zub_fingerprint_compare(
        (zub_slice){own, strlen(own)}, (zub_slice){now, strlen(now)}, &why);
    zub_free(now);
    if (status == ZUB_EMISMATCH)
        return zub_fail(error, status,
                        "'%s' was made with another analyzer: %.300s (index "
                        "again)",
                        writer->folder, why.message);
    return status == ZUB_OK ? status : zub_fail_memory(error);
}

static zub_status open_index(zub_index_writer *writer,
                             const zub_index_options *options,
                             zub_error *error)
{
    zub_manifest *manifest = &writer->manifest;
    zub_status status = zub_manifest_read(manifest, writer->folder, error);
    bool is_new = status == ZUB_ENOTFOUND, is_spared;
    char *now;

    if (is_new) {
        manifest->next = 1;
        status = take_new_folder(writer, error);
        if (status == ZUB_EINVAL)
            zub_lock_remove(writer->folder);
        if (status == ZUB_OK)
            status = zub_index_rules_of(&manifest->rules, options, error);
    } else if (status == ZUB_OK) {
        status = zub_index_rules_match(&manifest->rules, options, error);
    }
    if (status == ZUB_OK)
        status = zub_index_fingerprint(&now, &manifest->rules, writer->models,
                                       error);
    if (status == ZUB_OK)
        status = check_fingerprint(writer, now, error);
    if (status == ZUB_OK && is_new)
        status =
            zub_manifest_write(manifest, writer->folder, &is_spared, error);
    if (status == ZUB_OK)
        status =
            zub_shelf_open(&writer->shelf, manifest, writer->folder, error);
    if (status == ZUB_OK && zub_manifest_spare(manifest, writer->folder))
        status = visit_names(writer, remove_orphan, error);
    return status;
}

static zub_status open_writer(zub_index_writer *writer, const char *folder,
                              const zub_index_options *options,
                              zub_error *error)
{
    size_t size = strlen(folder) + 1;
    zub_status status = ZUB_OK;

    if (*folder == '\0')
        return zub_fail(error, ZUB_EINVAL, "an index is a folder with a name");
    if (options->memory > 0 && options->memory < MEMORY_LEAST)
        return zub_fail(error, ZUB_EINVAL,
                        "an index takes at least 16 MiB of memory");
    writer->memory = options->memory ? options->memory : MEMORY;
    writer->added = options->added;
    writer->added_context = options->added_context;
    writer->folder = zub_alloc(size, 1);
    if (!writer->folder)
        return zub_fail_memory(error);
    memcpy(writer->folder, folder, size);
    status = make_folder(folder, error);
    if (status == ZUB_OK)
        status = zub_lock_take(&writer->lock, folder, error);
    if (status == ZUB_OK)
        status = open_index(writer, options, error);
    return status == ZUB_OK
               ? zub_builder_new(
                     &writer->builder, writer->manifest.rules.without_texts,
                     writer->manifest.rules.without_positions, error)
               : status;
}

zub_status zub_index_writer_open(zub_index_writer **out, const char *folder,
                                 const zub_models *models,
                                 const zub_index_options *options,
                                 zub_error *error)
{
    static const zub_index_options defaults = {0};
    zub_index_writer *writer = zub_alloc_zero(1, sizeof *writer);

    *out = NULL;
    zub_error_clear(error);
    if (!writer)
        return zub_fail_memory(error);
    writer->models = models;
    writer->threads = 1;
    writer->lock = -1;
    zub_status status =
        open_writer(writer, folder, options ? options : &defaults, error);
    if (status != ZUB_OK) {
        zub_index_writer_free(writer);
        return status;
    }
    *out = writer;
    return ZUB_OK;
}

void zub_index_writer_free(zub_index_writer *writer)
{
    if (!writer)
        return;
    zub_shelf_close(&writer->shelf);
    zub_manifest_release(&writer->manifest);
    zub_builder_free(writer->builder);
    zub_lock_drop(writer->lock);
    zub_free(writer->folder);
    zub_free(writer);
}

/* ---- Volumes ---- */

zub_status zub_writer_lose(zub_index_writer *writer, zub_status status)
{
    if (status != ZUB_OK)
        writer->is_lost = true;
    return status;
}

zub_status zub_writer_check(const zub_index_writer *writer, zub_error *error)
{
    zub_error_clear(error);
    return writer->is_lost
               ? zub_fail(error, ZUB_EINVAL,
                          "the writer has failed before (open another)")
               : ZUB_OK;
}

static zub_status write_builder(zub_index_writer *writer, const char *path,
                                zub_error *error)
{
    const char *name = writer->manifest.fingerprint;
    zub_output *output;
    zub_status status = zub_output_open(&output, path, error);

    if (status == ZUB_OK)
        status = zub_builder_write(writer->builder, writer->threads,
                                   zub_output_sink(output),
                                   (zub_slice){name, strlen(name)}, error);
    if (status == ZUB_OK)
        status = zub_output_commit(output, error);
    else if (output && status == ZUB_EWRITE)
        zub_output_sync(output, error); /* which says why */
    zub_output_free(output);
    return status;
}

/* Articles of the newest volume take the place of those of their ids. */
static zub_status take_places(zub_index_writer *writer, zub_error *error)
{
    size_t last = writer->shelf.count - 1, older;
    const zub_volume *volume = writer->shelf.items[last].volume;
    zub_status status = ZUB_OK;

    for (uint32_t i = 0; i < volume->about.articles && status == ZUB_OK; i++) {
        zub_slice id;
        uint32_t article;
        if (zub_volume_id(volume, i, &id) != ZUB_OK)
            return zub_volume_damaged(volume, error);
        status =
            zub_shelf_find(&writer->shelf, last, id, &older, &article, error);
        if (status == ZUB_OK)
            zub_shelved_remove(&writer->shelf.items[older], article);
        else if (status == ZUB_ENOTFOUND)
            status = ZUB_OK;
    }
    return status;
}

zub_status zub_writer_flush(zub_index_writer *writer, zub_error *error)
{
    uint64_t number = writer->manifest.next;
    zub_volume *volume;
    zub_buffer path;

    if (zub_builder_articles(writer->builder) == 0)
        return ZUB_OK;
    zub_buffer_init(&path, ZUB_BUFFER_UNLIMITED);
    zub_status status = zub_volume_path(&path, writer->folder, number);
    status = status == ZUB_OK ? write_builder(writer, path.data, error)
                              : zub_fail_memory(error);
    if (status == ZUB_OK) {
        writer->manifest.next++;
        status = zub_volume_open(&volume, path.data, error);
    }
    if (status == ZUB_OK)
        status = zub_shelf_add(&writer->shelf, volume, number, error);
    zub_buffer_release(&path);
    return status == ZUB_OK ? take_places(writer, error) : status;
}

zub_status zub_writer_flush_if_full(zub_index_writer *writer,
                                    bool *has_flushed, zub_error *error)
{
    /* Writing takes as much again as growing did. */
    *has_flushed = zub_builder_memory(writer->builder) > writer->memory / 2;
    return *has_flushed ? zub_writer_flush(writer, error) : ZUB_OK;
}

/* ---- Adding ---- */

typedef struct adding {
    zub_index_writer *writer;
    const zub_failures *failures;
    zub_error *error;
} index_adding;

/* A thread's tools. */
typedef struct worker {
    zub_analyzer *analyzer;
    zub_cutter *cutter;
} index_worker;

static void close_worker(void *context, void *state)
{
    index_worker *worker = state;

    (void)context;
    if (!worker)
        return;
    zub_cutter_free(worker->cutter);
    zub_analyzer_free(worker->analyzer);
    zub_free(worker);
}

static zub_status open_worker(void *context, void **state, zub_error *error)
{
    const index_adding *run = context;
    const zub_index_rules *rules = &run->writer->manifest.rules;
    zub_cutter_options options = {.passage_words =
                                      (size_t)rules->passage_words,
                                  .without_titles = rules->without_titles,
                                  .memory = run->writer->memory / 4};
    index_worker *worker = zub_alloc_zero(1, sizeof *worker);

    *state = NULL;
    if (!worker)
        return zub_fail_memory(error);
    zub_status status = zub_index_analyzer(&worker->analyzer, rules,
                                           run->writer->models, NULL, error);
    if (status == ZUB_OK)
        status =
            zub_cutter_new(&worker->cutter, worker->analyzer, &options, error);
    if (status != ZUB_OK) {
        close_worker(NULL, worker);
        return status;
    }
    *state = worker;
    return ZUB_OK;
}

static zub_status cut_record(void *context, void *state,
                             const zub_record *record, void **result,
                             zub_error *error)
{
    const zub_index_writer *writer = ((index_adding *)context)->writer;
    index_worker *worker = state;
    zub_entry *entry;
    zub_status status = zub_cutter_cut(&entry, worker->cutter, record, error);

    *result = entry;
    if (status == ZUB_OK && writer->added)
        writer->added(writer->added_context, record);
    return status;
}

static zub_status fail_record(index_adding *run, const zub_record *record,
                              const zub_error *failure)
{
    const zub_failures *failures = run->failures;

    if (failures && failures->fail)
        return failures->fail(failures->context, record, failure);
    if (run->error)
        *run->error = *failure;
    return failure->status;
}

static zub_status take_entry(void *context, const zub_record *record,
                             void *result, const zub_error *failure)
{
    index_adding *run = context;
    zub_entry *entry = result;
    bool has_flushed;

    if (failure->status != ZUB_OK)
        return fail_record(run, record, failure);
    zub_status status =
        zub_builder_add(run->writer->builder, entry, run->error);
    zub_entry_free(entry);
    if (status == ZUB_OK)
        status =
            zub_writer_flush_if_full(run->writer, &has_flushed, run->error);
    run->writer->is_changed = true;
    return zub_writer_lose(run->writer, status);
}

static void drop_entry(void *context, void *result)
{
    (void)context;
    zub_entry_free(result);
}

zub_status zub_index_writer_add(zub_index_writer *writer, zub_corpus *corpus,
                                unsigned threads, const zub_failures *failures,
                                zub_error *error)
{
    zub_error why = {0};
    index_adding run = {.writer = writer, .failures = failures, .error = &why};
    zub_work work = {.context = &run,
                     .open = open_worker,
                     .close = close_worker,
                     .map = cut_record,
                     .take = take_entry,
                     .drop = drop_entry};
    zub_status status = zub_writer_check(writer, error);

    if (status != ZUB_OK)
        return status;
    writer->threads = threads ? threads : zub_processors();
    status = zub_corpus_each(corpus, threads, &work, error);
    if (status != ZUB_OK && why.status == status && error)
        *error = why;
    return status;
}

zub_status zub_index_writer_delete(zub_index_writer *writer, zub_slice id,
                                   zub_error *error)
{
    size_t volume;
    uint32_t article;
    zub_status status = zub_writer_check(writer, error);

    if (status != ZUB_OK)
        return status;
    bool was_new = zub_builder_remove(writer->builder, id);
    status = zub_shelf_find(&writer->shelf, writer->shelf.count, id, &volume,
                            &article, error);
    if (status == ZUB_OK)
        zub_shelved_remove(&writer->shelf.items[volume], article);
    if (status == ZUB_OK || was_new)
        writer->is_changed = true;
    if (status == ZUB_ENOTFOUND && was_new)
        return ZUB_OK;
    return status == ZUB_ENOTFOUND
               ? zub_fail(error, status, "no article '%.*s' in '%s'",
                          (int)(id.size < 200 ? id.size : 200), id.data,
                          writer->folder)
               : status;
}

/* ---- Committing ---- */

static zub_status list_gone(zub_manifest_volume *row,
                            const zub_shelved *shelved)
{
    size_t size = 0;

    row->gone = zub_alloc((size_t)shelved->gone_count, sizeof *row->gone);
    if (!row->gone)
        return ZUB_ENOMEM;
    for (uint32_t i = 0; i < shelved->volume->about.articles; i++)
        if (zub_shelved_is_gone(shelved, i))
            row->gone[size++] = i;
    return ZUB_OK;
}

static zub_status list_volumes(zub_manifest *manifest, const zub_shelf *shelf)
{
    zub_status status = ZUB_OK;

    if (!zub_grow(&manifest->volumes, &manifest->capacity, shelf->count + 1,
                  sizeof *manifest->volumes))
        return ZUB_ENOMEM;
    for (size_t i = 0; i < shelf->count && status == ZUB_OK; i++) {
        const zub_shelved *shelved = &shelf->items[i];
        const zub_volume *volume = shelved->volume;
        zub_manifest_volume *row = &manifest->volumes[manifest->count];
        *row = (zub_manifest_volume){
            .number = shelved->number,
            .articles = volume->about.articles,
            .gone_count = shelved->gone_count,
            .identity = zub_container_identity(&volume->container)};
        status = list_gone(row, shelved);
        manifest->count += status == ZUB_OK;
    }
    return status;
}

/* A manifest of what is on the shelf, in place of the old one. */
static zub_status write_manifest(zub_index_writer *writer, bool *is_spared,
                                 zub_error *error)
{
    zub_manifest *old = &writer->manifest;
    zub_manifest made = {.generation = old->generation + 1,
                         .next = old->next,
                         .rules = old->rules,
                         .fingerprint = old->fingerprint};
    zub_status status = list_volumes(&made, &writer->shelf);

    status = status == ZUB_OK
                 ? zub_manifest_write(&made, writer->folder, is_spared, error)
                 : zub_fail_memory(error);
    if (status == ZUB_OK) {
        old->fingerprint = NULL;
        zub_manifest_release(old);
        *old = made;
    } else {
        made.fingerprint = NULL;
        zub_manifest_release(&made);
    }
    return status;
}

zub_status zub_index_writer_commit(zub_index_writer *writer, zub_error *error)
{
    zub_status status = zub_writer_check(writer, error);
    bool is_spared = false;

    if (status != ZUB_OK)
        return status;
    if (!writer->is_changed && writer->manifest.generation > 0)
        return ZUB_OK;
    status = zub_writer_flush(writer, error);
    if (status == ZUB_OK)
        status = zub_writer_tidy(writer, error);
    if (status == ZUB_OK)
        status = write_manifest(writer, &is_spared, error);
    if (status != ZUB_OK)
        return zub_writer_lose(writer, status);
    writer->is_changed = false;
    if (is_spared)
        visit_names(writer, remove_orphan, NULL);
    return ZUB_OK;
}
