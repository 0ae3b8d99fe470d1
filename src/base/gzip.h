/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gzip.h - gzip in and out, a piece at a time. */
#ifndef ZUB_BASE_GZIP_H
#define ZUB_BASE_GZIP_H

#include "zubda.h"

/* Where bytes come from: fills in up to `room` of them; *got 0 with ZUB_OK is
 * the end. It says itself why it failed. */
typedef struct zub_source {
    zub_status (*read)(void *context, char *out, size_t room, size_t *got);
    void *context;
} zub_source;

/* Concatenated members are one stream, zeros behind a member are padding.
 * About 300 KiB of memory, whatever the size. */
typedef struct zub_gzip_reader zub_gzip_reader;

/* `limit`: bytes that may come out, 0: any number. ZUB_ENOMEM. */
zub_status zub_gzip_reader_new(zub_gzip_reader **out, zub_source source,
                               uint64_t limit, zub_error *error);
void zub_gzip_reader_free(zub_gzip_reader *reader);

/* Up to `room` bytes of text, room > 0; *got 0 with ZUB_OK is the end. What
 * stands before a defect is handed out first; then every call returns
 * ZUB_EMALFORMED (not gzip, damaged, cut off, or something else behind the
 * last member; error->position is the byte of the compressed input),
 * ZUB_ELIMIT, ZUB_ENOMEM, or what the source returned, without words of ours.
 * The message is a clause to put behind "cannot read 'x.gz': ". */
zub_status zub_gzip_read(zub_gzip_reader *reader, char *out, size_t room,
                         size_t *got, zub_error *error);

/* Compressed bytes taken in so far. */
uint64_t zub_gzip_reader_position(const zub_gzip_reader *reader);

/* True for the two bytes with which every gzip file begins. */
bool zub_is_gzip(zub_slice start);

/* One member into a sink; the same input gives the same bytes: no time, no
 * name. */
typedef struct zub_gzip_writer zub_gzip_writer;

/* `level` 1 to 9; 0: zlib's default. ZUB_EINVAL, ZUB_ENOMEM. */
zub_status zub_gzip_writer_new(zub_gzip_writer **out, zub_sink sink, int level,
                               zub_error *error);
/* Where to write; valid until the writer is freed. */
zub_sink zub_gzip_writer_sink(zub_gzip_writer *writer);
/* What is left and the trailer, once, at the end. Returns the first status
 * the sink failed with, in any call. */
zub_status zub_gzip_writer_finish(zub_gzip_writer *writer);
void zub_gzip_writer_free(zub_gzip_writer *writer);

#endif
