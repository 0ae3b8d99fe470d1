/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* postings.c - see postings.h. */
#include "index/postings.h"

#include <string.h>

#include "index/varint.h"

#define BLOCK ZUB_POSTINGS_BLOCK
#define MOST_LENGTH 65535u
#define MOST_COUNT 255u

/* ---- Writing ---- */

static unsigned bits_of(uint32_t value)
{
    unsigned bits = 0;

    for (; value > 0; value >>= 1)
        bits++;
    return bits;
}

/* 128 numbers of so many bits: 16 * bits bytes. */
static void pack(char *out, const uint32_t *values, unsigned bits)
{
    unsigned char *to = (unsigned char *)out;
    uint64_t held = 0;
    unsigned count = 0;

    for (size_t i = 0; i < BLOCK; i++) {
        held |= (uint64_t)values[i] << count;
        for (count += bits; count >= 8; count -= 8, held >>= 8)
            *to++ = (unsigned char)held;
    }
}

static void add_full(zub_buffer *out, const zub_posting *postings,
                     int64_t before)
{
    uint32_t gaps[BLOCK], counts[BLOCK], all_gaps = 0, all_counts = 0;

    for (size_t i = 0; i < BLOCK; i++) {
        gaps[i] = (uint32_t)(postings[i].passage - before - 1);
        counts[i] = postings[i].count - 1;
        before = postings[i].passage;
        all_gaps |= gaps[i];
        all_counts |= counts[i];
    }
    unsigned gap_bits = bits_of(all_gaps), count_bits = bits_of(all_counts);
    zub_buffer_add_char(out, (char)gap_bits);
    zub_buffer_add_char(out, (char)count_bits);
    size_t size = (size_t)(gap_bits + count_bits) * (BLOCK / 8);
    char *room = zub_buffer_reserve(out, size);
    if (!room)
        return;
    pack(room, gaps, gap_bits);
    pack(room + gap_bits * (BLOCK / 8), counts, count_bits);
    out->size += size;
}

static void add_short(zub_buffer *out, const zub_posting *postings,
                      size_t count, int64_t before)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t gap = (uint64_t)(postings[i].passage - before - 1);
        bool is_single = postings[i].count == 1;
        zub_varint_add(out, gap << 1 | is_single);
        if (!is_single)
            zub_varint_add(out, postings[i].count);
        before = postings[i].passage;
    }
}

static void fill_head(char *at, const zub_posting *postings, size_t count,
                      size_t offset, const uint32_t *lengths)
{
    uint32_t last = postings[count - 1].passage, from = (uint32_t)offset;
    uint32_t shortest = MOST_LENGTH, most = 0;

    for (size_t i = 0; i < count; i++) {
        uint32_t length = lengths[postings[i].passage];
        shortest = length < shortest ? length : shortest;
        most = postings[i].count > most ? postings[i].count : most;
    }
    uint16_t words = (uint16_t)shortest;
    memcpy(at, &last, 4);
    memcpy(at + 4, &from, 4);
    memcpy(at + 8, &words, 2);
    at[10] = (char)(most < MOST_COUNT ? most : MOST_COUNT);
    at[11] = 0;
}

void zub_postings_add(zub_buffer *out, const zub_posting *postings,
                      size_t count, const uint32_t *lengths)
{
    size_t start = out->size, heads = zub_postings_heads((uint32_t)count);
    int64_t before = -1;

    if (heads > 0 && !zub_buffer_reserve(out, heads))
        return;
    out->size += heads;
    for (size_t at = 0; at < count && out->status == ZUB_OK; at += BLOCK) {
        size_t size = count - at < BLOCK ? count - at : BLOCK;
        if (heads > 0)
            fill_head(out->data + start + at / BLOCK * ZUB_POSTINGS_HEAD,
                      postings + at, size, out->size - start, lengths);
        if (size == BLOCK)
            add_full(out, postings + at, before);
        else
            add_short(out, postings + at, size, before);
        before = postings[at + size - 1].passage;
    }
}

/* ---- Reading ---- */

zub_postings_head zub_postings_head_at(const char *list, size_t i)
{
    const char *at = list + i * ZUB_POSTINGS_HEAD;
    zub_postings_head head;
    uint16_t words;

    memcpy(&head.last, at, 4);
    memcpy(&head.offset, at + 4, 4);
    memcpy(&words, at + 8, 2);
    head.shortest = words;
    head.most = (unsigned char)at[10];
    return head;
}

/* 128 numbers of `bits` bits, 32 at most; reads 8 bytes at a time, and so
 * many numbers that are whole in these: 8, 4 or 1. */
static inline void unpack_some(uint32_t values[BLOCK], const char *bytes,
                               unsigned bits, size_t at_once)
{
    uint64_t mask = ((uint64_t)1 << bits) - 1, held;

    for (size_t i = 0; i < BLOCK; i += at_once) {
        memcpy(&held, bytes + (i * bits >> 3), sizeof held);
        held >>= i * bits & 7;
#pragma GCC unroll 8
        for (size_t j = 0; j < at_once; j++, held >>= bits)
            values[i + j] = (uint32_t)(held & mask);
    }
}

static void unpack(uint32_t values[BLOCK], const char *bytes, unsigned bits)
{
    if (bits <= 8)
        unpack_some(values, bytes, bits, 8);
    else if (bits <= 14)
        unpack_some(values, bytes, bits, 4);
    else
        unpack_some(values, bytes, bits, 1);
}

void zub_postings_read_counts(uint32_t counts[BLOCK], const char *bytes)
{
    size_t gap_bytes = (size_t)(unsigned char)bytes[0] * (BLOCK / 8);

    unpack(counts, bytes + 2 + gap_bytes, (unsigned char)bytes[1]);
    for (size_t i = 0; i < BLOCK; i++)
        counts[i]++;
}

bool zub_postings_read_full(uint32_t passages[BLOCK], const char *bytes,
                            size_t room, int64_t before, uint32_t end)
{
    if (room < 2)
        return false;
    unsigned gap_bits = (unsigned char)bytes[0];
    unsigned count_bits = (unsigned char)bytes[1];
    if (gap_bits > 32 || count_bits > 32 ||
        room - 2 < (size_t)(gap_bits + count_bits) * (BLOCK / 8))
        return false;
    uint64_t next = (uint64_t)(before + 1);
    unpack(passages, bytes + 2, gap_bits);
    for (size_t i = 0; i < BLOCK; i++) {
        next += (uint64_t)passages[i] + 1;
        passages[i] = (uint32_t)(next - 1);
    }
    return next <= end;
}

static bool read_short(uint32_t passages[BLOCK], uint32_t counts[BLOCK],
                       size_t size, const char *bytes, size_t room,
                       int64_t before, uint32_t end)
{
    uint64_t next = (uint64_t)(before + 1), gap;
    size_t at = 0;

    for (size_t i = 0; i < size; i++) {
        if (!zub_varint_get(bytes, room, &at, &gap) || gap >> 1 >= end)
            return false;
        next += gap >> 1;
        passages[i] = (uint32_t)next++;
        counts[i] = 1;
        if (!(gap & 1) && !zub_varint_get_u32(bytes, room, &at, &counts[i]))
            return false;
        if (next > end)
            return false;
    }
    return true;
}

bool zub_postings_read(uint32_t passages[BLOCK], uint32_t counts[BLOCK],
                       size_t size, const char *bytes, size_t room,
                       int64_t before, uint32_t end)
{
    if (size < BLOCK)
        return read_short(passages, counts, size, bytes, room, before, end);
    if (!zub_postings_read_full(passages, bytes, room, before, end))
        return false;
    zub_postings_read_counts(counts, bytes);
    return true;
}
