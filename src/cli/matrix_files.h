/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* matrix_files.h - a matrix on its way into a file, its tables beside it. */
#ifndef ZUB_CLI_MATRIX_FILES_H
#define ZUB_CLI_MATRIX_FILES_H

#include "cli/destination.h"

typedef struct zub_matrix_files {
    zub_destination matrix; /* commits the others too */
    zub_destination terms, articles;
    const char *path, *paths[4];      /* of the matrix; of all, NULL-ended */
    char *terms_path, *articles_path; /* NULL: the matrix goes alone */
    const char *form;
} zub_matrix_files;

/* Opens nothing yet. `path` NULL or "-": standard output; that, and what is no
 * file, has nothing beside it, and so has `is_alone`. `form` NULL: by the
 * suffix of `path`. On failure *out can be closed too. ZUB_ENOMEM. */
zub_status zub_matrix_files_new(zub_matrix_files **out, const char *path,
                                const char *form, bool is_alone,
                                zub_error *error);
/* None of them is among `inputs`, nor replaces a file that is no matrix, as
 * far as its form can tell. ZUB_EINVAL. */
zub_status zub_matrix_files_guard(const zub_matrix_files *files,
                                  const char *const *inputs, size_t count,
                                  zub_error *error);
/* ZUB_EWRITE, ZUB_ENOMEM. */
zub_status zub_matrix_files_open(zub_matrix_files *files, zub_error *error);
/* NULL is fine. */
void zub_matrix_files_close(zub_matrix_files *files);

/* All of them, uncommitted. What a destination refused is said when it is
 * committed. */
zub_status zub_matrix_files_write(zub_matrix_files *files, zub_matrix *matrix,
                                  bool compress, zub_error *error);

/* Says on standard error, once, that several articles have one id; not where
 * it would take more than a part of `memory` (0: no limit) to know. */
void zub_matrix_files_name_twins(const zub_matrix *matrix, uint64_t memory);

#endif
