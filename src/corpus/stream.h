/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* stream.h - the bytes of one file or of standard input, gunzipped. */
#ifndef ZUB_CORPUS_STREAM_H
#define ZUB_CORPUS_STREAM_H

#include <stdatomic.h>

#include "zubda.h"
#include "base/gzip.h"

/* Stays where it was opened: its gzip reader points at it. */
typedef struct zub_stream {
    const char *path; /* borrowed, for messages */
    int fd;
    bool is_borrowed;        /* standard input: not ours to close */
    bool is_ended;           /* nothing more comes from fd */
    size_t step;             /* bytes asked of the kernel at once, at most */
    _Atomic uint64_t *total; /* += bytes read, as they lie on disk */
    uint64_t size_hint;      /* bytes that will come, about; 0: not known */
    char start[2];           /* the first bytes, not yet handed out */
    size_t start_size;
    zub_gzip_reader *gzip; /* NULL: the bytes are as they lie on disk */
    int failure;           /* errno of a failed read, or 0 */
} zub_stream;

/* fd -1 opens `path`; another one is read and left open. `step` 0: as many
 * bytes as are asked for. A file that begins as gzip does is decompressed,
 * whatever its name; one that is named .gz must. ZUB_EIO,
 * ZUB_EMALFORMED, ZUB_ENOMEM. On failure there is nothing to close. */
zub_status zub_stream_open(zub_stream *stream, const char *path, int fd,
                           size_t step, _Atomic uint64_t *total,
                           zub_error *error);

/* Some bytes, at most `size`, more than 0; *got 0 at the end. ZUB_EIO;
 * ZUB_EMALFORMED: gzip data is damaged or cut off; ZUB_ENOMEM. */
zub_status zub_stream_read(zub_stream *stream, char *out, size_t size,
                           size_t *got, zub_error *error);

/* A zeroed one, and one closed already, are fine. */
void zub_stream_close(zub_stream *stream);

#endif
