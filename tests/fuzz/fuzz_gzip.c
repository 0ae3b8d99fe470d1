/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* fuzz_gzip.c - any bytes as a gzip file: pieces of every size give the same
 * text and the same end; and any bytes through the writer and back. */
#undef NDEBUG
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/buffer.h"
#include "base/gzip.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define LIMIT 100000u

typedef struct input {
    zub_slice bytes;
    size_t at, piece;
} input;

static zub_status take(void *context, char *out, size_t room, size_t *got)
{
    input *self = context;
    size_t left = self->bytes.size - self->at;

    *got = self->piece < room ? self->piece : room;
    *got = *got < left ? *got : left;
    if (*got > 0)
        memcpy(out, self->bytes.data + self->at, *got);
    self->at += *got;
    return ZUB_OK;
}

static zub_status gunzip(zub_buffer *out, zub_slice bytes, size_t piece)
{
    input self = {bytes, 0, piece};
    zub_gzip_reader *reader;
    zub_status status;
    size_t got;

    zub_buffer_init(out, ZUB_BUFFER_UNLIMITED);
    assert(zub_gzip_reader_new(&reader, (zub_source){take, &self}, LIMIT,
                               NULL) == ZUB_OK);
    do {
        char *end = zub_buffer_reserve(out, piece);
        status = zub_gzip_read(reader, end, piece, &got, NULL);
        out->size += got;
    } while (status == ZUB_OK && got > 0);
    assert(out->size <= LIMIT);
    assert(zub_gzip_reader_position(reader) <= bytes.size);
    zub_gzip_reader_free(reader);
    return status;
}

static void read_twice(zub_slice bytes)
{
    zub_buffer one, two;
    zub_status status = gunzip(&one, bytes, 100000);

    assert(gunzip(&two, bytes, 97) == status);
    assert(one.size == two.size &&
           (one.size == 0 || memcmp(one.data, two.data, one.size) == 0));
    zub_buffer_release(&one);
    zub_buffer_release(&two);
}

static void write_and_read(zub_slice text)
{
    zub_gzip_writer *writer;
    zub_buffer zipped, back;

    zub_buffer_init(&zipped, ZUB_BUFFER_UNLIMITED);
    assert(zub_gzip_writer_new(&writer, zub_buffer_sink(&zipped), 0, NULL) ==
           ZUB_OK);
    zub_sink sink = zub_gzip_writer_sink(writer);
    sink.write(sink.context, text.data, text.size);
    assert(zub_gzip_writer_finish(writer) == ZUB_OK);
    zub_gzip_writer_free(writer);
    assert(gunzip(&back, zub_buffer_slice(&zipped), 1000) == ZUB_OK);
    assert(back.size == text.size &&
           (text.size == 0 || memcmp(back.data, text.data, text.size) == 0));
    zub_buffer_release(&zipped);
    zub_buffer_release(&back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    zub_slice bytes = {(const char *)data, size};

    if (size > LIMIT)
        return 0;
    read_twice(bytes);
    write_and_read(bytes);
    return 0;
}
