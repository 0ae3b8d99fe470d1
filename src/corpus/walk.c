/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* walk.c - see walk.h. Depth first with a stack of our own: one listing for
 * each folder from the named one down to where we are, sorted. A folder sorts
 * as if its name ended in '/', which makes the order that of whole paths. */
#include "corpus/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/mem.h"
#include "corpus/reader.h"

typedef struct listing {
    zub_arena arena;
    const char **names; /* [count], sorted; a folder's ends in '/' */
    size_t count, capacity, next;
    size_t path_size; /* of the folder's path, with its '/' */
} listing;

typedef struct identity {
    dev_t device;
    ino_t inode;
} identity;

struct zub_walk {
    zub_arena arena;
    const char **paths; /* [path_count] */
    size_t path_count, next;
    identity *left_out; /* [left_out_count] */
    size_t left_out_count;
    bool takes_all;
    int stdin_fd;
    listing *stack; /* [depth] */
    size_t depth, capacity;
    zub_buffer path;  /* of the file handed out, or the folder at hand */
    size_t files;     /* found in the named folder so far */
    size_t failures;  /* folders in it that could not be read */
    uint64_t bytes;   /* of regular files */
    bool is_measured; /* named files are counted in them */
    bool has_pipe;
};

static bool copy_paths(zub_walk *walk, const char *const *paths)
{
    for (size_t i = 0; i < walk->path_count; i++) {
        zub_slice path = {paths[i], strlen(paths[i])};
        walk->paths[i] = zub_arena_copy(&walk->arena, path).data;
        if (!walk->paths[i])
            return false;
    }
    return true;
}

zub_status zub_walk_new(zub_walk **out, const char *const *paths, size_t count,
                        bool takes_all, int stdin_fd, zub_error *error)
{
    zub_walk *walk = zub_alloc_zero(1, sizeof *walk);

    *out = NULL;
    if (!walk)
        return zub_fail_memory(error);
    walk->path_count = count;
    walk->takes_all = takes_all;
    walk->stdin_fd = stdin_fd;
    zub_buffer_init(&walk->path, ZUB_BUFFER_UNLIMITED);
    walk->paths = zub_arena_alloc(&walk->arena, count, sizeof *walk->paths);
    if (!walk->paths || !copy_paths(walk, paths)) {
        zub_walk_free(walk);
        return zub_fail_memory(error);
    }
    *out = walk;
    return ZUB_OK;
}

zub_status zub_walk_leave_out(zub_walk *walk, const char *const *paths,
                              zub_error *error)
{
    size_t count = 0;
    struct stat about;

    while (paths[count])
        count++;
    walk->left_out =
        zub_arena_alloc(&walk->arena, count, sizeof *walk->left_out);
    if (count > 0 && !walk->left_out)
        return zub_fail_memory(error);
    for (size_t i = 0; i < count; i++)
        if (stat(paths[i], &about) == 0)
            walk->left_out[walk->left_out_count++] =
                (identity){about.st_dev, about.st_ino};
    return ZUB_OK;
}

static void release_listing(listing *list)
{
    zub_arena_release(&list->arena);
    zub_free(list->names);
}

void zub_walk_free(zub_walk *walk)
{
    if (!walk)
        return;
    while (walk->depth > 0)
        release_listing(&walk->stack[--walk->depth]);
    zub_free(walk->stack);
    zub_buffer_release(&walk->path);
    zub_arena_release(&walk->arena);
    zub_free(walk);
}

/* ---- Listing one folder ---- */

static int compare_names(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;

    return strcmp(*x, *y);
}

static bool add_name(listing *list, const char *name, bool is_folder)
{
    size_t size = strlen(name);

    if (!zub_grow(&list->names, &list->capacity, list->count + 1,
                  sizeof *list->names))
        return false;
    char *copy = zub_arena_alloc(&list->arena, size + 2, 1);
    if (!copy)
        return false;
    memcpy(copy, name, size);
    if (is_folder)
        copy[size] = '/';
    list->names[list->count++] = copy;
    return true;
}

static bool is_left_out(const zub_walk *walk, const struct stat *about)
{
    for (size_t i = 0; i < walk->left_out_count; i++)
        if (walk->left_out[i].inode == about->st_ino &&
            walk->left_out[i].device == about->st_dev)
            return true;
    return false;
}

/* Folders, and files that are articles. What cannot be looked at counts as a
 * file, unless it is gone by now: reading it will say why. */
static bool add_entry(zub_walk *walk, listing *list, int folder,
                      const char *name)
{
    struct stat link, file;
    bool is_file = walk->takes_all || zub_form_of_name(name) != ZUB_FORM_AUTO;

    if (name[0] == '.')
        return true;
    if (fstatat(folder, name, &link, AT_SYMLINK_NOFOLLOW) < 0)
        return errno == ENOENT || add_name(list, name, false);
    if (S_ISDIR(link.st_mode))
        return add_name(list, name, true);
    if (!is_file)
        return true;
    if (S_ISLNK(link.st_mode) && fstatat(folder, name, &file, 0) < 0)
        return add_name(list, name, false);
    if (S_ISLNK(link.st_mode))
        link = file;
    if (!S_ISREG(link.st_mode) || is_left_out(walk, &link))
        return true;
    walk->bytes += (uint64_t)link.st_size;
    return add_name(list, name, false);
}

static zub_status fail_folder(zub_walk *walk, int number, zub_error *error)
{
    walk->failures++;
    return zub_fail_errno(error, ZUB_EIO, "read folder", walk->path.data,
                          number);
}

static zub_status read_entries(zub_walk *walk, listing *list, DIR *folder,
                               zub_error *error)
{
    for (;;) {
        errno = 0;
        struct dirent *entry = readdir(folder);
        if (!entry && errno != 0)
            return fail_folder(walk, errno, error);
        if (!entry)
            return ZUB_OK;
        if (!add_entry(walk, list, dirfd(folder), entry->d_name))
            return zub_fail_memory(error);
    }
}

/* List the folder that walk->path names, onto the stack. */
static zub_status enter(zub_walk *walk, zub_error *error)
{
    listing list = {.path_size = walk->path.size};

    if (!zub_grow(&walk->stack, &walk->capacity, walk->depth + 1,
                  sizeof *walk->stack))
        return zub_fail_memory(error);
    DIR *folder = opendir(walk->path.data);
    if (!folder)
        return fail_folder(walk, errno, error);
    zub_status status = read_entries(walk, &list, folder, error);
    closedir(folder);
    if (status == ZUB_ENOMEM) {
        release_listing(&list);
        return status;
    }
    if (list.count > 0)
        qsort(list.names, list.count, sizeof *list.names, compare_names);
    walk->stack[walk->depth++] = list;
    return status;
}

/* ---- Walking ---- */

static bool is_folder(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static zub_status set_path(zub_walk *walk, size_t keep, const char *name,
                           zub_error *error)
{
    walk->path.size = keep;
    zub_buffer_add_string(&walk->path, name);
    if (walk->path.status == ZUB_OK)
        return ZUB_OK;
    zub_buffer_clear(&walk->path);
    return zub_fail_memory(error);
}

/* A path the user named: *path when it is not a folder. */
static zub_status next_named(zub_walk *walk, const char **path,
                             zub_error *error)
{
    const char *named = walk->paths[walk->next++];

    zub_status status = set_path(walk, 0, named, error);
    if (status != ZUB_OK)
        return status;
    if (strcmp(named, "-") == 0 || !is_folder(named)) {
        *path = named;
        return ZUB_OK;
    }
    walk->files = walk->failures = 0;
    if (walk->path.data[walk->path.size - 1] != '/')
        zub_buffer_add_char(&walk->path, '/');
    return walk->path.status == ZUB_OK ? enter(walk, error)
                                       : zub_fail_memory(error);
}

static zub_status leave(zub_walk *walk, zub_error *error)
{
    release_listing(&walk->stack[--walk->depth]);
    if (walk->depth > 0 || walk->files > 0 || walk->failures > 0)
        return ZUB_OK;
    return zub_fail(error, ZUB_ENOTFOUND,
                    "no article in folder '%s' (files are known by their "
                    "suffix: .txt .jsonl .tsv .csv .html, or --from)",
                    walk->paths[walk->next - 1]);
}

/* The next entry of the folder at hand. */
static zub_status next_entry(zub_walk *walk, const char **path,
                             zub_error *error)
{
    listing *list = &walk->stack[walk->depth - 1];

    if (list->next == list->count)
        return leave(walk, error);
    zub_status status =
        set_path(walk, list->path_size, list->names[list->next++], error);
    if (status != ZUB_OK)
        return status;
    if (walk->path.data[walk->path.size - 1] == '/')
        return enter(walk, error);
    walk->files++;
    *path = walk->path.data;
    return ZUB_OK;
}

/* What is known of the named files' sizes before they are read. */
static void measure(zub_walk *walk)
{
    for (size_t i = 0; i < walk->path_count; i++) {
        struct stat info;
        int failed = strcmp(walk->paths[i], "-") == 0
                         ? fstat(walk->stdin_fd, &info)
                         : stat(walk->paths[i], &info);
        if (failed || S_ISDIR(info.st_mode))
            continue;
        if (S_ISREG(info.st_mode))
            walk->bytes += (uint64_t)info.st_size;
        else
            walk->has_pipe = true;
    }
    walk->is_measured = true;
}

zub_status zub_walk_next(zub_walk *walk, const char **path, zub_error *error)
{
    zub_status status = ZUB_OK;

    *path = NULL;
    if (!walk->is_measured)
        measure(walk);
    while (!*path && status == ZUB_OK) {
        if (walk->depth > 0)
            status = next_entry(walk, path, error);
        else if (walk->next < walk->path_count)
            status = next_named(walk, path, error);
        else
            break;
    }
    return status;
}

uint64_t zub_walk_bytes(const zub_walk *walk)
{
    return walk->has_pipe ? 0 : walk->bytes;
}
