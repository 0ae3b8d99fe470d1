/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* stream.c - see stream.h. Only the first two bytes are kept back, to tell
 * gzip; all others go straight from the kernel to the caller. */
#include "corpus/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"

#define GZIP_RATIO 4 /* of text, seldom more */

static zub_status fail_errno(zub_stream *stream, zub_error *error)
{
    return zub_fail_errno(error, ZUB_EIO, "read", stream->path,
                          stream->failure);
}

static zub_status read_file(zub_stream *stream, char *out, size_t size,
                            size_t *got)
{
    *got = 0;
    if (stream->is_ended)
        return ZUB_OK;
    if (stream->step > 0 && size > stream->step)
        size = stream->step;
    stream->failure = zub_file_read_some(stream->fd, out, size, got);
    stream->is_ended = *got == 0;
    if (stream->failure != 0)
        return ZUB_EIO;
    atomic_fetch_add_explicit(stream->total, *got, memory_order_relaxed);
    return ZUB_OK;
}

/* A zub_source: the start, then the rest of the file. */
static zub_status read_raw(void *context, char *out, size_t size, size_t *got)
{
    zub_stream *stream = context;

    *got = stream->start_size < size ? stream->start_size : size;
    if (*got == 0)
        return read_file(stream, out, size, got);
    memcpy(out, stream->start, *got);
    stream->start_size -= *got;
    memmove(stream->start, stream->start + *got, stream->start_size);
    return ZUB_OK;
}

static zub_status read_start(zub_stream *stream)
{
    zub_status status = ZUB_OK;

    while (stream->start_size < sizeof stream->start && !stream->is_ended &&
           status == ZUB_OK) {
        size_t got;
        status = read_file(stream, stream->start + stream->start_size,
                           sizeof stream->start - stream->start_size, &got);
        stream->start_size += got;
    }
    return status;
}

static void note_size(zub_stream *stream)
{
    struct stat about;

    if (stream->fd >= 0 && fstat(stream->fd, &about) == 0 &&
        S_ISREG(about.st_mode) && about.st_size > 0)
        stream->size_hint = (uint64_t)about.st_size;
}

static bool is_named_gzip(const char *path)
{
    size_t size = strlen(path);

    return size > 3 && strcasecmp(path + size - 3, ".gz") == 0;
}

static zub_status look_for_gzip(zub_stream *stream, zub_error *error)
{
    zub_slice start = {stream->start, stream->start_size};
    zub_source source = {read_raw, stream};

    if (zub_is_gzip(start)) {
        stream->size_hint *= GZIP_RATIO;
        return zub_gzip_reader_new(&stream->gzip, source, 0, error);
    }
    if (is_named_gzip(stream->path))
        return zub_fail_at(error, ZUB_EMALFORMED, 0,
                           "cannot read '%s': it is not gzip", stream->path);
    return ZUB_OK;
}

zub_status zub_stream_open(zub_stream *stream, const char *path, int fd,
                           size_t step, _Atomic uint64_t *total,
                           zub_error *error)
{
    *stream = (zub_stream){.path = path,
                           .fd = fd,
                           .is_borrowed = fd >= 0,
                           .step = step,
                           .total = total};
    if (fd < 0)
        stream->fd = open(path, O_RDONLY | O_CLOEXEC);
    if (stream->fd < 0)
        stream->failure = errno;

    note_size(stream);
    zub_status status = ZUB_OK;
    if (stream->failure != 0 || read_start(stream) != ZUB_OK)
        status = fail_errno(stream, error);
    else
        status = look_for_gzip(stream, error);
    if (status != ZUB_OK)
        zub_stream_close(stream);
    return status;
}

zub_status zub_stream_read(zub_stream *stream, char *out, size_t size,
                           size_t *got, zub_error *error)
{
    zub_error why = {.status = ZUB_OK};
    zub_status status = stream->gzip
                            ? zub_gzip_read(stream->gzip, out, size, got, &why)
                            : read_raw(stream, out, size, got);

    if (status == ZUB_OK)
        return status;
    if (stream->failure != 0)
        return fail_errno(stream, error);
    return zub_fail_at(error, status, why.position, "cannot read '%s': %s",
                       stream->path, why.message);
}

void zub_stream_close(zub_stream *stream)
{
    zub_gzip_reader_free(stream->gzip);
    if (stream->path && stream->fd >= 0 && !stream->is_borrowed)
        close(stream->fd);
    *stream = (zub_stream){.fd = -1};
}
