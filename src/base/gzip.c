/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* gzip.c - see gzip.h. zlib inflates and checks each member; what stands
 * between and behind the members is judged here. Invariant of the reader:
 * stream.next_in[0 .. avail_in) lies within `input` and is not used up yet. */
#include "base/gzip.h"

#include <limits.h>
#include <string.h>

/* zlib's header declares its input const only when asked to. */
#define ZLIB_CONST
#include <zlib.h>

#include "base/error.h"
#include "base/mem.h"

#define PIECE 65536u /* compressed, given to a sink at once */
#define TAKEN                                                                 \
    ((size_t)256 << 10)       /* compressed, taken from a source at once:
                                zlib copies 32 KiB at the end of a call */
#define GZIP_WINDOW (15 + 16) /* the largest window, gzip around it */

typedef enum where { AT_MEMBER, IN_MEMBER, AT_END } where;

struct zub_gzip_reader {
    z_stream stream;
    zub_source source;
    uint64_t taken; /* compressed bytes that came from the source */
    uint64_t given; /* bytes handed out */
    uint64_t limit;
    uint64_t members;
    where where;
    bool is_source_done;
    zub_error failure; /* sticky */
    unsigned char input[TAKEN];
};

static void *allocate(void *context, unsigned count, unsigned size)
{
    (void)context;
    return zub_alloc(count, size);
}

static void release(void *context, void *block)
{
    (void)context;
    zub_free(block);
}

zub_status zub_gzip_reader_new(zub_gzip_reader **out, zub_source source,
                               uint64_t limit, zub_error *error)
{
    *out = NULL;
    zub_gzip_reader *reader = zub_alloc_zero(1, sizeof *reader);
    if (!reader)
        return zub_fail_memory(error);
    reader->source = source;
    reader->limit = limit;
    reader->stream.zalloc = allocate;
    reader->stream.zfree = release;
    reader->stream.next_in = reader->input;
    if (inflateInit2(&reader->stream, GZIP_WINDOW) != Z_OK) {
        zub_free(reader);
        return zub_fail_memory(error);
    }
    *out = reader;
    return ZUB_OK;
}

void zub_gzip_reader_free(zub_gzip_reader *reader)
{
    if (!reader)
        return;
    inflateEnd(&reader->stream);
    zub_free(reader);
}

uint64_t zub_gzip_reader_position(const zub_gzip_reader *reader)
{
    return reader->taken - reader->stream.avail_in;
}

bool zub_is_gzip(zub_slice start)
{
    return start.size >= 2 && memcmp(start.data, "\x1F\x8B", 2) == 0;
}

static zub_status fail(zub_gzip_reader *reader, zub_status status,
                       const char *what)
{
    uint64_t position = zub_gzip_reader_position(reader);

    return zub_fail_at(&reader->failure, status, position, "%s at byte %llu",
                       what, (unsigned long long)position);
}

/* Moves what is left to the front and reads behind it. */
static zub_status fill(zub_gzip_reader *reader)
{
    z_stream *stream = &reader->stream;
    size_t got = 0;

    if (reader->is_source_done)
        return ZUB_OK;
    memmove(reader->input, stream->next_in, stream->avail_in);
    stream->next_in = reader->input;
    zub_status status = reader->source.read(
        reader->source.context, (char *)reader->input + stream->avail_in,
        TAKEN - stream->avail_in, &got);
    if (status != ZUB_OK)
        return reader->failure.status = status;
    reader->is_source_done = got == 0;
    reader->taken += got;
    stream->avail_in += (unsigned)got;
    return ZUB_OK;
}

static void skip_zeros(z_stream *stream)
{
    while (stream->avail_in > 0 && *stream->next_in == 0) {
        stream->next_in++;
        stream->avail_in--;
    }
}

/* Between members: zeros and the end, or the start of another member. */
static zub_status start_member(zub_gzip_reader *reader)
{
    z_stream *stream = &reader->stream;
    zub_status status = ZUB_OK;

    while (status == ZUB_OK && stream->avail_in < 2 &&
           !reader->is_source_done) {
        status = fill(reader);
        if (reader->members > 0)
            skip_zeros(stream);
    }
    if (status != ZUB_OK)
        return status;
    if (reader->members > 0 && stream->avail_in == 0) {
        reader->where = AT_END;
        return ZUB_OK;
    }
    zub_slice start = {(const char *)stream->next_in, stream->avail_in};
    if (!zub_is_gzip(start))
        return fail(reader, ZUB_EMALFORMED,
                    reader->members > 0
                        ? "something that is not gzip follows the last member"
                        : "it is not gzip");
    inflateReset(stream);
    reader->where = IN_MEMBER;
    return ZUB_OK;
}

static zub_status end_member(zub_gzip_reader *reader)
{
    reader->where = AT_MEMBER;
    reader->members++;
    skip_zeros(&reader->stream);
    return ZUB_OK;
}

/* zlib's verdict on a piece, with what it means to us. */
static zub_status judge(zub_gzip_reader *reader, int verdict)
{
    switch (verdict) {
    case Z_OK:
    case Z_BUF_ERROR: return ZUB_OK; /* the latter wants more input */
    case Z_STREAM_END: return end_member(reader);
    case Z_MEM_ERROR: return fail(reader, ZUB_ENOMEM, "out of memory");
    default: return fail(reader, ZUB_EMALFORMED, "gzip data is damaged");
    }
}

/* More of a member into out[0 .. room). */
static zub_status inflate_piece(zub_gzip_reader *reader, char *out,
                                size_t room, size_t *got)
{
    z_stream *stream = &reader->stream;
    unsigned size = room < UINT_MAX ? (unsigned)room : UINT_MAX;

    if (stream->avail_in == 0) {
        zub_status status = fill(reader);
        if (status != ZUB_OK)
            return status;
    }
    bool is_starved = stream->avail_in == 0;
    stream->next_out = (unsigned char *)out;
    stream->avail_out = size;
    int verdict = inflate(stream, Z_NO_FLUSH);
    *got = size - stream->avail_out;
    if (is_starved && *got == 0 && verdict != Z_STREAM_END &&
        verdict != Z_MEM_ERROR)
        return fail(reader, ZUB_EMALFORMED, "gzip data is cut off");
    return judge(reader, verdict);
}

static zub_status step(zub_gzip_reader *reader, char *out, size_t room,
                       size_t *got)
{
    return reader->where == AT_MEMBER ? start_member(reader)
                                      : inflate_piece(reader, out, room, got);
}

/* Cuts what came out to the limit. The byte beyond it is never seen. */
static void keep_limit(zub_gzip_reader *reader, size_t *got)
{
    if (reader->limit == 0 || *got <= reader->limit - reader->given)
        return;
    *got = (size_t)(reader->limit - reader->given);
    zub_fail_at(&reader->failure, ZUB_ELIMIT, zub_gzip_reader_position(reader),
                "it holds more than %llu bytes when decompressed",
                (unsigned long long)reader->limit);
}

zub_status zub_gzip_read(zub_gzip_reader *reader, char *out, size_t room,
                         size_t *got, zub_error *error)
{
    *got = 0;
    while (*got == 0 && reader->failure.status == ZUB_OK &&
           reader->where != AT_END) {
        step(reader, out, room, got);
        keep_limit(reader, got);
    }
    reader->given += *got;
    if (*got > 0)
        return ZUB_OK;
    if (error && reader->failure.message[0] != '\0')
        *error = reader->failure;
    return reader->failure.status;
}

struct zub_gzip_writer {
    z_stream stream;
    zub_sink sink;
    zub_status status; /* sticky */
    unsigned char output[PIECE];
};

zub_status zub_gzip_writer_new(zub_gzip_writer **out, zub_sink sink, int level,
                               zub_error *error)
{
    *out = NULL;
    if (level < 0 || level > 9)
        return zub_fail(error, ZUB_EINVAL,
                        "gzip has the levels 1 to 9, not %d", level);
    zub_gzip_writer *writer = zub_alloc_zero(1, sizeof *writer);
    if (!writer)
        return zub_fail_memory(error);
    writer->sink = sink;
    writer->stream.zalloc = allocate;
    writer->stream.zfree = release;
    if (deflateInit2(&writer->stream, level ? level : Z_DEFAULT_COMPRESSION,
                     Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        zub_free(writer);
        return zub_fail_memory(error);
    }
    *out = writer;
    return ZUB_OK;
}

/* Deflates what is in the stream, a piece of output at a time. */
static void pump(zub_gzip_writer *writer, int flush)
{
    z_stream *stream = &writer->stream;

    do {
        stream->next_out = writer->output;
        stream->avail_out = PIECE;
        deflate(stream, flush);
        size_t size = PIECE - stream->avail_out;
        if (size > 0)
            writer->status = writer->sink.write(
                writer->sink.context, (const char *)writer->output, size);
    } while (writer->status == ZUB_OK && stream->avail_out == 0);
}

static zub_status write_gzip(void *context, const char *data, size_t size)
{
    zub_gzip_writer *writer = context;

    while (size > 0 && writer->status == ZUB_OK) {
        unsigned piece = size < UINT_MAX ? (unsigned)size : UINT_MAX;
        writer->stream.next_in = (const unsigned char *)data;
        writer->stream.avail_in = piece;
        pump(writer, Z_NO_FLUSH);
        data += piece;
        size -= piece;
    }
    return writer->status;
}

zub_sink zub_gzip_writer_sink(zub_gzip_writer *writer)
{
    return (zub_sink){write_gzip, writer};
}

zub_status zub_gzip_writer_finish(zub_gzip_writer *writer)
{
    if (writer->status == ZUB_OK)
        pump(writer, Z_FINISH);
    return writer->status;
}

void zub_gzip_writer_free(zub_gzip_writer *writer)
{
    if (!writer)
        return;
    deflateEnd(&writer->stream);
    zub_free(writer);
}
