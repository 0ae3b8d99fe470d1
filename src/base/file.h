/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* file.h - the whole of a file as bytes to read. */
#ifndef ZUB_BASE_FILE_H
#define ZUB_BASE_FILE_H

#include "zubda.h"

/* A regular file is mapped: it costs no memory of ours, and must not be cut
 * short by others meanwhile (zub_output replaces files, it never rewrites
 * them). A pipe or a device is read to its end. Once open it is constant: any
 * number of threads may read it. */
typedef struct zub_file {
    zub_slice bytes; /* borrowed until the file is closed */
    bool is_mapped;
} zub_file;

/* ZUB_ENOTFOUND: no such file. ZUB_EIO: it cannot be read, a folder say.
 * ZUB_ENOMEM. On failure *out is empty; closing that is fine. */
zub_status zub_file_open(zub_file *out, const char *path, zub_error *error);
void zub_file_close(zub_file *file);

/* Read up to `size` bytes, again after signals; *got is less only at the end
 * of the input. Returns 0 or an errno value. */
int zub_file_read(int fd, char *out, size_t size, size_t *got);

/* The same, but what there is is enough: *got 0 is the end of the input. A
 * descriptor that does not block is waited for. */
int zub_file_read_some(int fd, char *out, size_t size, size_t *got);

/* Write all of it, again after signals and short writes. Returns 0 or an
 * errno value. */
int zub_file_write(int fd, const char *data, size_t size);

#endif
