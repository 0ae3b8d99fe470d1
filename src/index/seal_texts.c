/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* seal_texts.c - titles and texts, one after another, packed in blocks of which
 * each can be read alone. */
#include <string.h>
#include <zlib.h>

#include "base/mem.h"
#include "index/narrow.h"
#include "index/sealing.h"

/* Text on its way into blocks. */
typedef struct packing {
    zub_sealing *run;
    z_stream stream;
    size_t held; /* bytes of the block so far */
    char block[ZUB_TEXT_BLOCK];
    char narrowed[ZUB_NARROW_MOST(ZUB_TEXT_BLOCK)];
} text_packing;

static zub_status pack_block(text_packing *packing)
{
    zub_buffer *out = &packing->run->parts[ZUB_PART_TEXT];
    z_stream *stream = &packing->stream;
    size_t size = zub_narrow(packing->narrowed,
                             (zub_slice){packing->block, packing->held});
    size_t most = deflateBound(stream, (uLong)size);
    char *room = zub_buffer_reserve(out, most);

    if (!room || deflateReset(stream) != Z_OK)
        return ZUB_ENOMEM;
    stream->next_in = (Bytef *)packing->narrowed;
    stream->avail_in = (uInt)size;
    stream->next_out = (Bytef *)room;
    stream->avail_out = (uInt)most;
    if (deflate(stream, Z_FINISH) != Z_STREAM_END)
        return ZUB_ENOMEM;
    out->size += most - stream->avail_out;
    packing->run->about.text_bytes += packing->held;
    packing->run->about.text_blocks++;
    packing->held = 0;
    zub_seal_u64(packing->run, ZUB_PART_TEXT_AT,
                 packing->run->about.text_bytes);
    zub_seal_u64(packing->run, ZUB_PART_TEXT_AT, out->size);
    return ZUB_OK;
}

static zub_status pack_text(text_packing *packing, zub_slice text,
                            uint64_t *end)
{
    zub_status status = ZUB_OK;

    *end += text.size;
    while (text.size > 0 && status == ZUB_OK) {
        size_t room = ZUB_TEXT_BLOCK - packing->held;
        size_t size = text.size < room ? text.size : room;
        memcpy(packing->block + packing->held, text.data, size);
        packing->held += size;
        text.data += size;
        text.size -= size;
        if (packing->held == ZUB_TEXT_BLOCK)
            status = pack_block(packing);
    }
    zub_seal_u64(packing->run, ZUB_PART_TEXT_ENDS, *end);
    return status;
}

static voidpf pack_alloc(voidpf opaque, uInt count, uInt size)
{
    (void)opaque;
    return zub_alloc(count, size);
}

static void pack_free(voidpf opaque, voidpf block)
{
    (void)opaque;
    zub_free(block);
}

/* Level 1: packing text at 6 takes longer than all the rest. */
zub_status zub_seal_texts(zub_sealing *run)
{
    text_packing *packing = zub_alloc_zero(1, sizeof *packing);
    zub_status status = ZUB_OK;
    uint64_t end = 0;

    if (!run->about.has_texts) {
        zub_free(packing);
        return ZUB_OK;
    }
    if (!packing)
        return ZUB_ENOMEM;
    packing->run = run;
    packing->stream.zalloc = pack_alloc;
    packing->stream.zfree = pack_free;
    if (deflateInit2(&packing->stream, 1, Z_DEFLATED, -15, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        zub_free(packing);
        return ZUB_ENOMEM;
    }
    for (size_t i = 0; i < run->about.articles && status == ZUB_OK; i++) {
        const zub_built_article *article =
            &run->builder->articles[run->order[i]];
        status = pack_text(packing, article->title, &end);
        if (status == ZUB_OK)
            status = pack_text(packing, article->text, &end);
    }
    if (status == ZUB_OK && packing->held > 0)
        status = pack_block(packing);
    deflateEnd(&packing->stream);
    zub_free(packing);
    return status;
}
