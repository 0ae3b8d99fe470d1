/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* zip.c - see zip.h. Records are put together in a few bytes on the stack,
 * little-endian by hand. Whether a member needs ZIP64 is decided before it is
 * written, from its size and the most that deflate can make of it. */
#include "render/zip.h"

#include <limits.h>
#include <string.h>

/* zlib's header declares its input const only when asked to. */
#define ZLIB_CONST
#include <zlib.h>

#include "base/error.h"
#include "base/mem.h"

#define PIECE 65536u
#define DEFLATE_WINDOW (-15) /* the largest, nothing around it */
#define SIZE_ELSEWHERE UINT32_MAX
#define FIRST_DATE 0x21 /* 1 January 1980 */
#define SIZE_FOLLOWS 8  /* flag: checksum and sizes stand behind the data */

typedef struct member {
    const char *name;
    uint64_t offset, size, packed;
    uint32_t crc;
    bool is_large; /* ZIP64 */
} member;

struct zub_zip {
    zub_sink sink;
    zub_status status; /* sticky */
    uint64_t written;
    uint64_t expected; /* of the open member, bytes still to come */
    bool compress;
    size_t count;
    member members[ZUB_ZIP_MEMBERS];
    z_stream stream;
    unsigned char packed[PIECE];
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

zub_status zub_zip_new(zub_zip **out, zub_sink sink, bool compress,
                       zub_error *error)
{
    *out = NULL;
    zub_zip *zip = zub_alloc_zero(1, sizeof *zip);
    if (!zip)
        return zub_fail_memory(error);
    zip->sink = sink;
    zip->compress = compress;
    zip->stream.zalloc = allocate;
    zip->stream.zfree = release;
    if (compress &&
        deflateInit2(&zip->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED,
                     DEFLATE_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        zub_free(zip);
        return zub_fail_memory(error);
    }
    *out = zip;
    return ZUB_OK;
}

void zub_zip_free(zub_zip *zip)
{
    if (!zip)
        return;
    if (zip->compress)
        deflateEnd(&zip->stream);
    zub_free(zip);
}

zub_status zub_zip_status(const zub_zip *zip)
{
    return zip->status;
}

static void put(zub_zip *zip, const void *data, size_t size)
{
    if (zip->status != ZUB_OK || size == 0)
        return;
    zip->status = zip->sink.write(zip->sink.context, data, size);
    zip->written += size;
}

/* ---- Records ---- */

/* Fields of a record, gathered; the largest has 98 bytes and a name. */
typedef struct record {
    unsigned char bytes[128];
    size_t size;
} record;

static void field(record *r, unsigned width, uint64_t value)
{
    for (unsigned i = 0; i < width; i++)
        r->bytes[r->size++] = (unsigned char)(value >> 8 * i);
}

static void put_record(zub_zip *zip, const record *r)
{
    put(zip, r->bytes, r->size);
}

/* What local header and directory have in common: version, flags, method,
 * time, checksum. */
static void describe(record *r, const zub_zip *zip, const member *m,
                     uint32_t crc)
{
    field(r, 2, m->is_large ? 45 : 20);
    field(r, 2, SIZE_FOLLOWS);
    field(r, 2, zip->compress ? Z_DEFLATED : 0);
    field(r, 2, 0);
    field(r, 2, FIRST_DATE);
    field(r, 4, crc);
}

static void put_local(zub_zip *zip, const member *m)
{
    record r = {.size = 0};
    uint32_t size = m->is_large ? SIZE_ELSEWHERE : 0;

    field(&r, 4, 0x04034B50);
    describe(&r, zip, m, 0);
    field(&r, 4, size);
    field(&r, 4, size);
    field(&r, 2, strlen(m->name));
    field(&r, 2, m->is_large ? 20 : 0);
    put_record(zip, &r);
    put(zip, m->name, strlen(m->name));
    r.size = 0;
    if (m->is_large) {
        field(&r, 2, 1);
        field(&r, 2, 16);
        field(&r, 8, 0);
        field(&r, 8, 0);
    }
    put_record(zip, &r);
}

/* Checksum and sizes behind the data. */
static void put_sizes(zub_zip *zip, const member *m)
{
    record r = {.size = 0};
    unsigned width = m->is_large ? 8 : 4;

    field(&r, 4, 0x08074B50);
    field(&r, 4, m->crc);
    field(&r, width, m->packed);
    field(&r, width, m->size);
    put_record(zip, &r);
}

static void put_entry(zub_zip *zip, const member *m)
{
    record r = {.size = 0};
    bool is_far = m->offset >= SIZE_ELSEWHERE;
    unsigned extra = (m->is_large ? 16u : 0) + (is_far ? 8u : 0);

    field(&r, 4, 0x02014B50);
    field(&r, 2, extra ? 45 : 20);
    describe(&r, zip, m, m->crc);
    field(&r, 4, m->is_large ? SIZE_ELSEWHERE : m->packed);
    field(&r, 4, m->is_large ? SIZE_ELSEWHERE : m->size);
    field(&r, 2, strlen(m->name));
    field(&r, 2, extra ? extra + 4 : 0);
    field(&r, 8, 0); /* no comment, first disk, no attributes ... */
    field(&r, 2, 0); /* ... of any kind */
    field(&r, 4, is_far ? SIZE_ELSEWHERE : m->offset);
    put_record(zip, &r);
    put(zip, m->name, strlen(m->name));
    r.size = 0;
    if (extra) {
        field(&r, 2, 1);
        field(&r, 2, extra);
    }
    if (m->is_large) {
        field(&r, 8, m->size);
        field(&r, 8, m->packed);
    }
    if (is_far)
        field(&r, 8, m->offset);
    put_record(zip, &r);
}

/* The end of the directory for readers of ZIP64, and where it stands. */
static void put_large_end(zub_zip *zip, uint64_t start, uint64_t size)
{
    record r = {.size = 0};
    uint64_t here = zip->written;

    field(&r, 4, 0x06064B50);
    field(&r, 8, 44);
    field(&r, 2, 45);
    field(&r, 2, 45);
    field(&r, 8, 0);
    field(&r, 8, zip->count);
    field(&r, 8, zip->count);
    field(&r, 8, size);
    field(&r, 8, start);
    field(&r, 4, 0x07064B50);
    field(&r, 4, 0);
    field(&r, 8, here);
    field(&r, 4, 1);
    put_record(zip, &r);
}

static void put_end(zub_zip *zip, uint64_t start, uint64_t size)
{
    record r = {.size = 0};

    field(&r, 4, 0x06054B50);
    field(&r, 4, 0);
    field(&r, 2, zip->count);
    field(&r, 2, zip->count);
    field(&r, 4, size);
    field(&r, 4, start < SIZE_ELSEWHERE ? start : SIZE_ELSEWHERE);
    field(&r, 2, 0);
    put_record(zip, &r);
}

zub_status zub_zip_finish(zub_zip *zip)
{
    uint64_t start = zip->written;

    for (size_t i = 0; i < zip->count; i++)
        put_entry(zip, &zip->members[i]);
    uint64_t size = zip->written - start;
    if (start >= SIZE_ELSEWHERE)
        put_large_end(zip, start, size);
    put_end(zip, start, size);
    return zip->status;
}

/* ---- Members ---- */

static void fail(zub_zip *zip, zub_status status)
{
    if (zip->status == ZUB_OK)
        zip->status = status;
}

/* Deflate adds a few bytes to each 16 KiB that it cannot shrink. */
static bool may_be_large(const zub_zip *zip, uint64_t size)
{
    uint64_t most = zip->compress ? size + size / 1000 + 1024 : size;

    return most < size || most >= SIZE_ELSEWHERE;
}

void zub_zip_begin(zub_zip *zip, const char *name, uint64_t size)
{
    if (zip->count == ZUB_ZIP_MEMBERS)
        fail(zip, ZUB_EINVAL);
    if (zip->status != ZUB_OK)
        return;
    member *m = &zip->members[zip->count++];
    *m = (member){.name = name,
                  .offset = zip->written,
                  .size = size,
                  .is_large = may_be_large(zip, size)};
    zip->expected = size;
    if (zip->compress)
        deflateReset(&zip->stream);
    put_local(zip, m);
}

/* Deflates what is in the stream, a piece of output at a time. */
static void pump(zub_zip *zip, int flush)
{
    z_stream *stream = &zip->stream;

    do {
        stream->next_out = zip->packed;
        stream->avail_out = PIECE;
        deflate(stream, flush);
        put(zip, zip->packed, PIECE - stream->avail_out);
    } while (zip->status == ZUB_OK && stream->avail_out == 0);
}

static void deflate_all(zub_zip *zip, const unsigned char *data, size_t size)
{
    while (size > 0 && zip->status == ZUB_OK) {
        unsigned piece = size < UINT_MAX ? (unsigned)size : UINT_MAX;
        zip->stream.next_in = data;
        zip->stream.avail_in = piece;
        pump(zip, Z_NO_FLUSH);
        data += piece;
        size -= piece;
    }
}

void zub_zip_add(zub_zip *zip, const void *data, size_t size)
{
    if (size > zip->expected)
        fail(zip, ZUB_EINVAL);
    if (zip->status != ZUB_OK || size == 0)
        return;
    member *m = &zip->members[zip->count - 1];
    m->crc = (uint32_t)crc32_z(m->crc, data, size);
    zip->expected -= size;
    uint64_t before = zip->written;
    if (zip->compress)
        deflate_all(zip, data, size);
    else
        put(zip, data, size);
    m->packed += zip->written - before;
}

void zub_zip_end(zub_zip *zip)
{
    if (zip->expected > 0)
        fail(zip, ZUB_EINVAL);
    if (zip->status != ZUB_OK)
        return;
    member *m = &zip->members[zip->count - 1];
    uint64_t before = zip->written;
    if (zip->compress)
        pump(zip, Z_FINISH);
    m->packed += zip->written - before;
    put_sizes(zip, m);
}
