/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* dictionary.c - see dictionary.h. */
#include "index/dictionary.h"

#include <string.h>

#include "base/slice.h"
#include "index/varint.h"

/* ---- Writing ---- */

void zub_term_writer_init(zub_term_writer *writer)
{
    *writer = (zub_term_writer){0};
    zub_buffer_init(&writer->blocks, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&writer->terms, UINT32_MAX);
}

void zub_term_writer_release(zub_term_writer *writer)
{
    zub_buffer_release(&writer->blocks);
    zub_buffer_release(&writer->terms);
}

static void add_u32(zub_buffer *out, uint32_t value)
{
    zub_buffer_add(out, (const char *)&value, sizeof value);
}

static size_t shared(zub_slice a, zub_slice b)
{
    size_t most = a.size < b.size ? a.size : b.size, size = 0;

    while (size < most && a.data[size] == b.data[size])
        size++;
    return size;
}

void zub_term_writer_add(zub_term_writer *writer, zub_slice term, uint32_t df,
                         uint64_t offset, uint64_t size)
{
    zub_buffer *out = &writer->terms;
    size_t same = shared(writer->last, term);

    if (writer->count++ % ZUB_TERM_BLOCK == 0) {
        add_u32(&writer->blocks, (uint32_t)out->size);
        zub_varint_add(out, offset);
        same = 0;
    }
    zub_varint_add(out, same);
    zub_varint_add(out, term.size - same);
    zub_buffer_add(out, term.data + same, term.size - same);
    zub_varint_add(out, df);
    zub_varint_add(out, size);
    writer->last = term;
}

void zub_gram_writer_init(zub_gram_writer *writer)
{
    *writer = (zub_gram_writer){0};
    zub_buffer_init(&writer->blocks, ZUB_BUFFER_UNLIMITED);
    zub_buffer_init(&writer->grams, UINT32_MAX);
}

void zub_gram_writer_release(zub_gram_writer *writer)
{
    zub_buffer_release(&writer->blocks);
    zub_buffer_release(&writer->grams);
}

void zub_gram_writer_add(zub_gram_writer *writer, uint32_t hash, uint32_t df)
{
    zub_buffer *out = &writer->grams;

    if (writer->count++ % ZUB_GRAM_BLOCK == 0) {
        add_u32(&writer->blocks, hash);
        add_u32(&writer->blocks, (uint32_t)out->size);
        writer->last = hash;
    }
    zub_varint_add(out, hash - writer->last);
    zub_varint_add(out, df);
    writer->last = hash;
}

/* ---- Reading ---- */

static bool read_u32(const zub_guarded *from, size_t i, uint32_t *out)
{
    if (!zub_guard_touch(from, i * sizeof *out, sizeof *out))
        return false;
    memcpy(out, from->data + i * sizeof *out, sizeof *out);
    return true;
}

/* Where block i lies: bytes [*start, *end), touched. `width` numbers are in an
 * entry of `blocks`, the last of them the offset. */
static bool block_at(const zub_guarded *blocks, const zub_guarded *bytes,
                     size_t i, size_t count, size_t width, size_t *start,
                     size_t *end)
{
    uint32_t from, to;

    if (!read_u32(blocks, i * width + width - 1, &from))
        return false;
    *start = from;
    *end = bytes->size;
    if (i + 1 < count) {
        if (!read_u32(blocks, (i + 1) * width + width - 1, &to))
            return false;
        *end = to;
    }
    return *start <= *end && *end <= bytes->size &&
           zub_guard_touch(bytes, *start, *end - *start);
}

/* One term as it stands in a block. */
typedef struct row {
    uint32_t same, more, df;
    uint64_t size;
    const char *bytes; /* [more] */
} term_row;

static bool read_row(const zub_guarded *terms, size_t end, size_t *at,
                     term_row *row)
{
    const char *data = terms->data;

    if (!zub_varint_get_u32(data, end, at, &row->same) ||
        !zub_varint_get_u32(data, end, at, &row->more) ||
        row->more > end - *at)
        return false;
    row->bytes = data + *at;
    *at += row->more;
    return zub_varint_get_u32(data, end, at, &row->df) &&
           zub_varint_get(data, end, at, &row->size);
}

static int compare_first(const zub_guarded *blocks, const zub_guarded *terms,
                         size_t i, size_t count, zub_slice term, bool *is_bad)
{
    size_t at, end;
    uint64_t offset;
    term_row row;

    if (!block_at(blocks, terms, i, count, 1, &at, &end) ||
        !zub_varint_get(terms->data, end, &at, &offset) ||
        !read_row(terms, end, &at, &row) || row.same != 0) {
        *is_bad = true;
        return 0;
    }
    return zub_slice_compare(term, (zub_slice){row.bytes, row.more});
}

/* The last block whose first term is not behind `term`; count: none. */
static size_t find_block(const zub_guarded *blocks, const zub_guarded *terms,
                         size_t count, zub_slice term, bool *is_bad)
{
    size_t low = 0, high = count;

    while (low < high && !*is_bad) {
        size_t middle = low + (high - low) / 2;
        if (compare_first(blocks, terms, middle, count, term, is_bad) < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return low > 0 ? low - 1 : count;
}

/* `equal`: bytes of `term` that it shares with the term before the row, which
 * stands before it. 0: the row is it, -1: it would stand before. */
static int compare_row(const term_row *row, zub_slice term, size_t *equal)
{
    if (row->same > *equal)
        return 1;
    if (row->same < *equal)
        return -1;
    zub_slice rest = {term.data + *equal, term.size - *equal};
    zub_slice more = {row->bytes, row->more};
    *equal += shared(rest, more);
    return zub_slice_compare(rest, more);
}

static zub_status find_in_block(const zub_guarded *terms, size_t at,
                                size_t end, size_t most, zub_slice term,
                                zub_term_place *out)
{
    size_t equal = 0;

    if (!zub_varint_get(terms->data, end, &at, &out->offset))
        return ZUB_EFORMAT;
    for (size_t i = 0; i < most; i++, out->number++) {
        term_row row;
        if (!read_row(terms, end, &at, &row))
            return ZUB_EFORMAT;
        int order = compare_row(&row, term, &equal);
        if (order < 0)
            return ZUB_ENOTFOUND;
        out->df = row.df;
        out->size = row.size;
        if (order == 0)
            return ZUB_OK;
        out->offset += row.size;
    }
    return ZUB_ENOTFOUND;
}

static size_t count_blocks(uint32_t count, uint32_t size)
{
    return count / size + (count % size != 0);
}

static size_t block_size(uint32_t count, size_t block, uint32_t size)
{
    size_t left = count - block * size;

    return left < size ? left : size;
}

zub_status zub_term_find(const zub_guarded *blocks, const zub_guarded *terms,
                         uint32_t term_count, zub_slice term,
                         zub_term_place *out)
{
    size_t count = count_blocks(term_count, ZUB_TERM_BLOCK), at, end;
    bool is_bad = false;
    size_t block = find_block(blocks, terms, count, term, &is_bad);

    *out = (zub_term_place){0};
    if (is_bad)
        return ZUB_EFORMAT;
    if (block == count)
        return ZUB_ENOTFOUND;
    if (!block_at(blocks, terms, block, count, 1, &at, &end))
        return ZUB_EFORMAT;
    out->number = (uint32_t)block * ZUB_TERM_BLOCK;
    return find_in_block(terms, at, end,
                         block_size(term_count, block, ZUB_TERM_BLOCK), term,
                         out);
}

/* ---- A walk ---- */

void zub_term_walk_init(zub_term_walk *walk, const zub_guarded *blocks,
                        const zub_guarded *terms, uint32_t term_count)
{
    *walk =
        (zub_term_walk){.blocks = blocks, .terms = terms, .count = term_count};
    zub_buffer_init(&walk->term, ZUB_BUFFER_UNLIMITED);
}

void zub_term_walk_release(zub_term_walk *walk)
{
    zub_buffer_release(&walk->term);
}

static bool begin_block(zub_term_walk *walk)
{
    size_t end, count = count_blocks(walk->count, ZUB_TERM_BLOCK);

    walk->term.size = 0;
    return block_at(walk->blocks, walk->terms, walk->next / ZUB_TERM_BLOCK,
                    count, 1, &walk->at, &end) &&
           zub_varint_get(walk->terms->data, end, &walk->at, &walk->offset);
}

zub_status zub_term_walk_next(zub_term_walk *walk)
{
    term_row row;

    if (walk->next == walk->count)
        return ZUB_ENOTFOUND;
    if (walk->next % ZUB_TERM_BLOCK == 0 && !begin_block(walk))
        return ZUB_EFORMAT;
    if (!read_row(walk->terms, walk->terms->size, &walk->at, &row) ||
        row.same > walk->term.size)
        return ZUB_EFORMAT;
    walk->term.size = row.same;
    zub_buffer_add(&walk->term, row.bytes, row.more);
    walk->place =
        (zub_term_place){walk->next++, row.df, walk->offset, row.size};
    walk->offset += row.size;
    return walk->term.status;
}

/* ---- Grams ---- */

static zub_status find_in_grams(const zub_guarded *grams, size_t at,
                                size_t end, size_t most, uint32_t first,
                                uint32_t hash, uint32_t *df)
{
    uint32_t gap;

    for (size_t i = 0; i < most; i++) {
        if (!zub_varint_get_u32(grams->data, end, &at, &gap) ||
            !zub_varint_get_u32(grams->data, end, &at, df))
            return ZUB_EFORMAT;
        first += gap;
        if (first >= hash)
            return first == hash ? ZUB_OK : ZUB_ENOTFOUND;
    }
    return ZUB_ENOTFOUND;
}

/* The number of blocks that do not begin behind `hash`. Hashes are spread
 * evenly, so that its share of all tells where it is, but for a few: from there
 * steps that double find borders, and halving between them the place. */
static zub_status count_begun(const zub_guarded *blocks, size_t count,
                              uint32_t hash, size_t *begun)
{
    size_t low = 0, high = count, step = 4, at = count * (uint64_t)hash >> 32;
    uint32_t first;

    while (low < high) {
        if (!read_u32(blocks, at * 2, &first))
            return ZUB_EFORMAT;
        bool is_behind = first > hash;
        *(is_behind ? &high : &low) = at + !is_behind;
        if (high - low <= step)
            at = low + (high - low) / 2;
        else
            at = is_behind ? high - step : low + step;
        step *= 4;
    }
    *begun = low;
    return ZUB_OK;
}

zub_status zub_gram_find(const zub_guarded *blocks, const zub_guarded *grams,
                         uint32_t gram_count, uint32_t hash, uint32_t *df)
{
    size_t count = count_blocks(gram_count, ZUB_GRAM_BLOCK), begun, at, end;
    uint32_t first;
    zub_status status = count_begun(blocks, count, hash, &begun);

    if (status != ZUB_OK || begun == 0)
        return status == ZUB_OK ? ZUB_ENOTFOUND : status;
    if (!read_u32(blocks, (begun - 1) * 2, &first) ||
        !block_at(blocks, grams, begun - 1, count, 2, &at, &end))
        return ZUB_EFORMAT;
    return find_in_grams(grams, at, end,
                         block_size(gram_count, begun - 1, ZUB_GRAM_BLOCK),
                         first, hash, df);
}
