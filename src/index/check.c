/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* check.c - zub_index_check of zubda.h: every byte of an index, and what is
 * left of it without what is damaged: volumes are left out, and a manifest comes
 * back from its spare. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/mem.h"
#include "index/index.h"
#include "index/lock.h"

typedef unsigned long long ull;

typedef struct checking {
    const char *folder;
    const zub_index_losses *losses;
    zub_manifest manifest;
    zub_error first; /* what was wrong first */
    uint64_t articles, passages;
    size_t kept; /* volumes that are sound, in front */
} index_checking;

static void lose(const index_checking *run, zub_slice id, const zub_error *why)
{
    if (run->losses && run->losses->lost)
        run->losses->lost(run->losses->context, id, why);
}

/* The articles of a damaged volume, as far as their ids can be read. */
static void name_losses(const index_checking *run, const zub_volume *volume,
                        const zub_error *why)
{
    zub_slice id;

    for (uint32_t i = 0; volume && i < volume->about.articles; i++) {
        if (zub_volume_id(volume, i, &id) != ZUB_OK)
            break;
        lose(run, id, why);
        if (i + 1 == volume->about.articles)
            return;
    }
    lose(run, (zub_slice){0}, why);
}

/* A file that is damaged or missing is lost. One that this process may not read,
 * or that a later zubda wrote, is not: a volume that was left out would be
 * removed by the next writer. */
static bool is_loss(zub_status status)
{
    return status == ZUB_EFORMAT || status == ZUB_ENOTFOUND;
}

static zub_status check_volume(index_checking *run, const char *path,
                               const zub_manifest_volume *row,
                               zub_error *error)
{
    zub_volume *volume;
    zub_status status = zub_volume_open(&volume, path, error);

    if (status == ZUB_OK)
        status = zub_volume_check(volume, error);
    if (status == ZUB_OK &&
        (volume->about.articles != row->articles ||
         zub_container_identity(&volume->container) != row->identity))
        status = zub_fail(error, ZUB_EFORMAT,
                          "'%s' is not the volume that the index was made "
                          "with (restore it, or index again)",
                          path);
    if (status == ZUB_OK) {
        run->articles += row->articles - row->gone_count;
        run->passages += volume->about.passages;
    } else if (is_loss(status)) {
        bool is_own = volume && zub_container_identity(&volume->container) ==
                                    row->identity;
        name_losses(run, is_own ? volume : NULL, error);
    }
    zub_volume_close(volume);
    return status;
}

/* Damage is gathered; what is no damage ends the check. */
static zub_status check_volumes(index_checking *run, zub_error *error)
{
    zub_manifest *manifest = &run->manifest;
    zub_status status = ZUB_OK;
    zub_buffer path;

    zub_buffer_init(&path, ZUB_BUFFER_UNLIMITED);
    for (size_t i = 0; i < manifest->count && status == ZUB_OK; i++) {
        zub_manifest_volume *row = &manifest->volumes[i];
        zub_error why;
        if (zub_volume_path(&path, run->folder, row->number) != ZUB_OK) {
            status = zub_fail_memory(error);
            break;
        }
        status = check_volume(run, path.data, row, &why);
        if (status == ZUB_OK) {
            zub_manifest_volume kept = manifest->volumes[run->kept];
            manifest->volumes[run->kept++] = *row;
            *row = kept;
        } else if (is_loss(status)) {
            if (run->first.status == ZUB_OK)
                run->first = why;
            status = ZUB_OK;
        } else if (error) {
            *error = why;
        }
    }
    zub_buffer_release(&path);
    return status;
}

/* A commit without the volumes that are damaged. */
static zub_status leave_out(index_checking *run, zub_error *error)
{
    zub_manifest *manifest = &run->manifest;
    bool is_spared;

    while (manifest->count > run->kept)
        zub_free(manifest->volumes[--manifest->count].gone);
    manifest->generation++;
    zub_status status =
        zub_manifest_write(manifest, run->folder, &is_spared, error);
    if (status == ZUB_OK && !is_spared)
        status = zub_fail(error, ZUB_EWRITE,
                          "cannot write '%.300s/" ZUB_SPARE_FILE
                          "' (what is there is no file, or the disk is full)",
                          run->folder);
    return status;
}

/* ---- The manifest ---- */

/* A volume behind those that the spare knows of: of a commit that is lost. */
static void lose_volume(const index_checking *run, uint64_t number,
                        const zub_error *why)
{
    zub_volume *volume = NULL;
    zub_buffer path;

    zub_buffer_init(&path, ZUB_BUFFER_UNLIMITED);
    if (zub_volume_path(&path, run->folder, number) == ZUB_OK)
        zub_volume_open(&volume, path.data, NULL);
    name_losses(run, volume, why);
    zub_volume_close(volume);
    zub_buffer_release(&path);
}

static void lose_later_volumes(const index_checking *run, const zub_error *why)
{
    DIR *folder = opendir(run->folder);
    struct dirent *entry;

    while (folder && (entry = readdir(folder)) != NULL) {
        uint64_t number = zub_volume_number(entry->d_name);
        if (number >= run->manifest.next)
            lose_volume(run, number, why);
    }
    if (folder)
        closedir(folder);
}

/* The manifest, or its spare in its place; *first says what was wrong. */
static zub_status read_manifest(index_checking *run, zub_error *error)
{
    zub_error why;
    zub_status status = zub_manifest_read(&run->manifest, run->folder, error);

    if (!is_loss(status) ||
        zub_manifest_read_spare(&run->manifest, run->folder, NULL) != ZUB_OK)
        return status;
    zub_fail(&run->first, ZUB_EFORMAT,
             "'%.300s/" ZUB_INDEX_FILE "' is damaged or gone; its spare has "
             "commit %llu (zubda check --repair brings that back)",
             run->folder, (ull)run->manifest.generation);
    zub_fail(&why, ZUB_EFORMAT, "the commit that has it cannot be read");
    lose_later_volumes(run, &why);
    zub_fail(&why, ZUB_EFORMAT,
             "what a commit after %llu added or deleted, if there was one",
             (ull)run->manifest.generation);
    lose(run, (zub_slice){0}, &why);
    zub_error_clear(error);
    return ZUB_OK;
}

/* A spare that is there and cannot be read, or is of another commit than this
 * one and the one before, is damage, too. */
static void check_spare(index_checking *run)
{
    uint64_t generation = run->manifest.generation;
    zub_manifest spare;
    zub_error why;
    zub_status status = zub_manifest_read_spare(&spare, run->folder, &why);
    bool is_behind = status == ZUB_OK && spare.generation != generation &&
                     spare.generation + 1 != generation;

    if (is_behind)
        zub_fail(&why, ZUB_EFORMAT,
                 "'%.300s/" ZUB_SPARE_FILE
                 "' is not of this index (zubda check --repair writes it)",
                 run->folder);
    if (run->first.status == ZUB_OK && status != ZUB_ENOTFOUND &&
        (status != ZUB_OK || is_behind))
        run->first = why;
    zub_manifest_release(&spare);
}

/* "1 article", "2 articles". */
#define COUNTED(noun) "%llu " noun "%s"
#define NUMBER(n) (ull)(n), (n) == 1 ? "" : "s"

static void describe(zub_file_report *out, const index_checking *run)
{
    size_t most = sizeof out->fingerprint - 1;
    size_t size = strlen(run->manifest.fingerprint);

    snprintf(
        out->holds, sizeof out->holds,
        COUNTED("article") ", " COUNTED("passage") " in " COUNTED("volume"),
        NUMBER(run->articles), NUMBER(run->passages), NUMBER(run->kept));
    if (size > most)
        size = most;
    memcpy(out->fingerprint, run->manifest.fingerprint, size);
    out->version = ZUB_INDEX_VERSION;
}

static zub_status check(index_checking *run, zub_file_report *out, bool repair,
                        zub_error *error)
{
    zub_status status = read_manifest(run, error);

    if (status == ZUB_OK)
        status = check_volumes(run, error);
    if (status != ZUB_OK)
        return status;
    check_spare(run);
    if (run->first.status != ZUB_OK && repair)
        status = leave_out(run, error);
    else if (run->first.status != ZUB_OK && error)
        *error = run->first;
    if (run->first.status != ZUB_OK && !repair)
        return run->first.status;
    if (status == ZUB_OK)
        describe(out, run);
    return status;
}

/* Whether there is an index, before a lock is made in the folder. */
static zub_status look(const char *folder, zub_error *error)
{
    zub_manifest manifest;
    zub_status status = zub_manifest_read(&manifest, folder, error);

    if (is_loss(status) &&
        zub_manifest_read_spare(&manifest, folder, NULL) == ZUB_OK) {
        zub_error_clear(error);
        status = ZUB_OK;
    }
    zub_manifest_release(&manifest);
    return status;
}

zub_status zub_index_check(zub_file_report *out, const char *folder,
                           bool repair, const zub_index_losses *losses,
                           zub_error *error)
{
    index_checking run = {.folder = folder, .losses = losses};
    int lock = -1;

    *out = (zub_file_report){.kind = ZUB_INDEX_KIND};
    zub_error_clear(error);
    zub_status status = look(folder, error);
    if (status == ZUB_OK && repair)
        status = zub_lock_take(&lock, folder, error);
    if (status == ZUB_OK)
        status = check(&run, out, repair, error);
    zub_manifest_release(&run.manifest);
    zub_lock_drop(lock);
    return status;
}
