/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* matrix_files.c - see matrix_files.h. */
#include "cli/matrix_files.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/guard.h"
#include "cli/message.h"
#include "cli/seen.h"

/* ---- Names ---- */

static const struct {
    const char *suffix, *form;
} suffixes[] = {
    {".npz", "npz"},         {".mtx", "mtx"},      {".svmlight", "svmlight"},
    {".libsvm", "svmlight"}, {".svm", "svmlight"}, {".jsonl", "jsonl"},
    {".ndjson", "jsonl"},
};
#define SUFFIXES (sizeof suffixes / sizeof *suffixes)

/* The row of the path's suffix, or SUFFIXES. */
static size_t find_suffix(const char *path)
{
    size_t size = strlen(path);

    for (size_t i = 0; i < SUFFIXES; i++) {
        size_t suffix = strlen(suffixes[i].suffix);
        if (size > suffix && path[size - suffix - 1] != '/' &&
            strcmp(path + size - suffix, suffixes[i].suffix) == 0)
            return i;
    }
    return SUFFIXES;
}

static const char *form_of(const char *path)
{
    size_t i = path != NULL ? find_suffix(path) : SUFFIXES;

    return i < SUFFIXES ? suffixes[i].form : "npz";
}

/* "news.npz" and ".terms.tsv" are "news.terms.tsv". */
static char *name_beside(const char *path, const char *ending)
{
    size_t i = find_suffix(path), size = strlen(path);
    size_t stem = i < SUFFIXES ? size - strlen(suffixes[i].suffix) : size;
    char *name = malloc(stem + strlen(ending) + 1);

    if (name == NULL)
        return NULL;
    memcpy(name, path, stem);
    strcpy(name + stem, ending);
    return name;
}

/* A pipe, a device: there is no beside. */
static bool stands_alone(const char *path)
{
    struct stat about;

    return path == NULL || strcmp(path, "-") == 0 ||
           (stat(path, &about) == 0 && !S_ISREG(about.st_mode));
}

/* ---- Opening and closing ---- */

static zub_status name_tables(zub_matrix_files *files, zub_error *error)
{
    files->terms_path = name_beside(files->path, ".terms.tsv");
    files->articles_path = name_beside(files->path, ".articles.tsv");
    if (files->terms_path == NULL || files->articles_path == NULL)
        return zub_message_into(error, ZUB_ENOMEM, "out of memory");
    files->paths[1] = files->terms_path;
    files->paths[2] = files->articles_path;
    return ZUB_OK;
}

zub_status zub_matrix_files_new(zub_matrix_files **out, const char *path,
                                const char *form, bool is_alone,
                                zub_error *error)
{
    zub_matrix_files *files = calloc(1, sizeof *files);

    *out = files;
    if (files == NULL)
        return zub_message_into(error, ZUB_ENOMEM, "out of memory");
    files->path = files->paths[0] = path;
    files->form = form != NULL ? form : form_of(path);
    return is_alone || stands_alone(path) ? ZUB_OK : name_tables(files, error);
}

/* The other forms are text, which says nothing of itself. */
static zub_status check_kind(const zub_matrix_files *files, zub_error *error)
{
    static const char *const beginnings[] = {"PK", "%%MatrixMarket", NULL};
    bool is_plain =
        strcmp(files->form, "npz") != 0 && strcmp(files->form, "mtx") != 0;

    return is_plain ? ZUB_OK
                    : zub_guard_kind(files->path, beginnings,
                                     "a matrix (npz or mtx)", error);
}

zub_status zub_matrix_files_guard(const zub_matrix_files *files,
                                  const char *const *inputs, size_t count,
                                  zub_error *error)
{
    zub_status status = check_kind(files, error);

    for (size_t i = 0; status == ZUB_OK && files->paths[i] != NULL; i++)
        status = zub_guard_inputs(files->paths[i], inputs, count, error);
    return status;
}

zub_status zub_matrix_files_open(zub_matrix_files *files, zub_error *error)
{
    zub_status status =
        zub_destination_open(&files->matrix, files->path, error);

    if (status != ZUB_OK || files->terms_path == NULL)
        return status;
    status = zub_destination_open(&files->terms, files->terms_path, error);
    if (status == ZUB_OK)
        status = zub_destination_open(&files->articles, files->articles_path,
                                      error);
    files->matrix.beside = &files->articles;
    files->articles.beside = &files->terms;
    return status;
}

void zub_matrix_files_close(zub_matrix_files *files)
{
    if (files == NULL)
        return;
    zub_destination_close(&files->articles);
    zub_destination_close(&files->terms);
    zub_destination_close(&files->matrix);
    free(files->terms_path);
    free(files->articles_path);
    free(files);
}

/* ---- Writing ---- */

zub_status zub_matrix_files_write(zub_matrix_files *files, zub_matrix *matrix,
                                  bool compress, zub_error *error)
{
    zub_status status =
        zub_render_matrix(matrix, files->form, compress,
                          zub_destination_sink(&files->matrix), error);

    if (files->matrix.beside == NULL)
        return status;
    if (status == ZUB_OK)
        status = zub_render_matrix_articles(
            matrix, zub_destination_sink(&files->articles), error);
    if (status == ZUB_OK)
        status = zub_render_matrix_terms(
            matrix, zub_destination_sink(&files->terms), error);
    return status;
}

void zub_matrix_files_name_twins(const zub_matrix *matrix, uint64_t memory)
{
    uint64_t rows = zub_matrix_measure(matrix).rows, twins = 0;
    zub_seen seen = {0};
    zub_slice first = {0};
    bool is_new;

    if (memory > 0 && rows > memory / (8 * ZUB_SEEN_BYTES))
        return;
    for (uint64_t row = 0; row < rows; row++) {
        zub_slice id = zub_matrix_id(matrix, row);
        if (zub_seen_add(&seen, id, &is_new) != ZUB_OK)
            break;
        if (!is_new && twins++ == 0)
            first = id;
    }
    zub_seen_release(&seen);
    if (twins > 0)
        zub_message("%llu article%s the id of another one, the first '%.*s' "
                    "(see --id-field)",
                    (unsigned long long)twins, twins == 1 ? " has" : "s have",
                    first.size < 300 ? (int)first.size : 300, first.data);
}
