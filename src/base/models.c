/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* models.c - see models.h. What was opened stays on the shelf, under a lock;
 * its bytes are constant, so those who have them need none. Invariant:
 * files[id] is open for every id of `names`. */
#include "base/models.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/mem.h"

typedef struct shelf {
    pthread_mutex_t lock;
    zub_map names;
    zub_file *files; /* [names.count] */
    size_t capacity;
} shelf;

struct zub_models {
    char *folder; /* NULL: none */
    shelf *shelf; /* changes while the models are const */
};

static shelf *new_shelf(void)
{
    shelf *made = zub_alloc_zero(1, sizeof *made);

    if (made && pthread_mutex_init(&made->lock, NULL) != 0) {
        zub_free(made);
        return NULL;
    }
    if (made)
        zub_map_init(&made->names);
    return made;
}

static void free_shelf(shelf *old)
{
    if (!old)
        return;
    for (uint32_t id = 0; id < old->names.count; id++)
        zub_file_close(&old->files[id]);
    zub_free(old->files);
    zub_map_release(&old->names);
    pthread_mutex_destroy(&old->lock);
    zub_free(old);
}

static zub_status check_folder(const char *folder, zub_error *error)
{
    DIR *open = opendir(folder);

    if (!open)
        return zub_fail_errno(error, errno == ENOMEM ? ZUB_ENOMEM : ZUB_EIO,
                              "read models folder", folder, errno);
    closedir(open);
    return ZUB_OK;
}

static char *copy_string(const char *string)
{
    size_t size = strlen(string) + 1;
    char *copy = zub_alloc(size, 1);

    return copy ? memcpy(copy, string, size) : NULL;
}

zub_status zub_models_open(zub_models **out, const char *folder,
                           zub_error *error)
{
    *out = NULL;
    zub_error_clear(error);
    zub_status status = folder ? check_folder(folder, error) : ZUB_OK;
    if (status != ZUB_OK)
        return status;
    zub_models *models = zub_alloc_zero(1, sizeof *models);
    if (models) {
        models->shelf = new_shelf();
        models->folder = folder ? copy_string(folder) : NULL;
    }
    if (!models || !models->shelf || (folder && !models->folder)) {
        zub_models_free(models);
        return zub_fail_memory(error);
    }
    *out = models;
    return ZUB_OK;
}

void zub_models_free(zub_models *models)
{
    if (!models)
        return;
    free_shelf(models->shelf);
    zub_free(models->folder);
    zub_free(models);
}

const char *zub_models_folder(const zub_models *models)
{
    return models ? models->folder : NULL;
}

/* Relative, and no step of it is "..". */
static bool is_inside(const char *name)
{
    if (*name == '\0' || *name == '/')
        return false;
    for (const char *step = name; step; step = strchr(step, '/')) {
        step += *step == '/';
        if (strncmp(step, "..", 2) == 0 && (step[2] == '/' || step[2] == 0))
            return false;
    }
    return true;
}

static zub_status open_inside(zub_file *out, const char *folder,
                              const char *name, zub_error *error)
{
    zub_buffer path;
    zub_error why = {0};
    zub_status status = ZUB_ENOMEM;

    zub_buffer_init(&path, ZUB_BUFFER_UNLIMITED);
    zub_buffer_format(&path, "%s/%s", folder, name);
    if (path.status == ZUB_OK)
        status = zub_file_open(out, path.data, &why);
    else
        zub_fail_memory(&why);
    if (error && status != ZUB_OK && status != ZUB_ENOTFOUND)
        *error = why;
    zub_buffer_release(&path);
    return status;
}

/* Puts a new file on the shelf, or closes it again. */
static zub_status keep(shelf *self, zub_slice name, zub_file *file,
                       zub_error *error)
{
    if (!zub_grow(&self->files, &self->capacity, self->names.count + 1u,
                  sizeof *self->files) ||
        zub_map_add(&self->names, name) == ZUB_MAP_NONE) {
        zub_file_close(file);
        return zub_fail_memory(error);
    }
    self->files[self->names.count - 1] = *file;
    return ZUB_OK;
}

static zub_status find_or_open(const zub_models *models, const char *name,
                               zub_slice *out, zub_error *error)
{
    zub_slice key = {name, strlen(name)};
    uint32_t id = zub_map_find(&models->shelf->names, key);
    zub_file file;

    if (id == ZUB_MAP_NONE) {
        zub_status status = open_inside(&file, models->folder, name, error);
        if (status == ZUB_OK)
            status = keep(models->shelf, key, &file, error);
        if (status != ZUB_OK)
            return status;
        id = models->shelf->names.count - 1;
    }
    *out = models->shelf->files[id].bytes;
    return ZUB_OK;
}

zub_status zub_models_file(const zub_models *models, const char *name,
                           zub_slice *out, zub_error *error)
{
    *out = (zub_slice){NULL, 0};
    if (!models || !models->folder || !is_inside(name))
        return ZUB_ENOTFOUND;
    pthread_mutex_lock(&models->shelf->lock);
    zub_status status = find_or_open(models, name, out, error);
    pthread_mutex_unlock(&models->shelf->lock);
    return status;
}

/* A sum, so that the order of a folder's entries says nothing. */
static zub_status add_digest(const zub_models *models, const char *folder,
                             const char *name, uint64_t *sum, zub_error *error)
{
    zub_buffer path;
    zub_slice file = {0};

    zub_buffer_init(&path, ZUB_BUFFER_UNLIMITED);
    zub_buffer_format(&path, "%s/%s", folder, name);
    zub_status status = path.status == ZUB_OK
                            ? zub_models_file(models, path.data, &file, error)
                            : zub_fail_memory(error);
    if (status == ZUB_OK)
        *sum += zub_hash(zub_buffer_slice(&path)) ^ (zub_hash(file) >> 1);
    zub_buffer_release(&path);
    return status == ZUB_ENOTFOUND ? ZUB_OK : status;
}

zub_status zub_models_digest(const zub_models *models, const char *name,
                             uint32_t *out, zub_error *error)
{
    DIR *folder = models && models->folder ? opendir(models->folder) : NULL;
    zub_status status = ZUB_OK;
    const struct dirent *entry;
    uint64_t sum = 0;

    *out = 0;
    if (!folder && models && models->folder)
        return zub_fail_errno(error, ZUB_EIO, "read models folder",
                              models->folder, errno);
    while (folder && status == ZUB_OK && (entry = readdir(folder)) != NULL)
        if (entry->d_name[0] != '.' && strchr(entry->d_name, '.') == NULL)
            status = add_digest(models, entry->d_name, name, &sum, error);
    if (folder)
        closedir(folder);
    *out = (uint32_t)(sum >> 32);
    return status;
}
