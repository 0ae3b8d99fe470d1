/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* matrix_files.h - a matrix on its way into a file, its tables beside it. */
#ifndef ZUB_CLI_MATRIX_FILES_H
#define ZUB_CLI_MATRIX_FILES_H

#include "cli/destination.h"

typedef struct zub_matrix_files {
    zub_destination matrix; /* commits the others too */
    zub_destination terms, articles;
    char *terms_path, *articles_path; /* NULL: the matrix goes alone */
    const char *form;
} zub_matrix_files;

/* `path` NULL or "-": standard output; that, and what is no file, has nothing
 * beside it, and so has `is_alone`. `form` NULL: by the suffix of `path`. On
 * failure *out can be closed too. ZUB_EWRITE, ZUB_ENOMEM. */
zub_status zub_matrix_files_open(zub_matrix_files **out, const char *path,
                                 const char *form, bool is_alone,
                                 zub_error *error);
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
