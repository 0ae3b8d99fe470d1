/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* postings.h - the passages that have a term, and how often: blocks of 128,
 * bits packed, each with what a reader needs to pass it over.
 *
 * A list of 128 passages or more begins with a head for each block, the last
 * one, shorter than 128, among them:
 *
 *     u32 the block's last passage
 *     u32 where its bytes begin, from the start of the list
 *     u16 words of its shortest passage, 65535: that many or more
 *     u8  its highest count, 255: that many or more
 *     u8  0
 *
 * A block of 128: bits of a gap, bits of a count, then 128 gaps - 1, then 128
 * counts - 1, all packed from the lowest bit of the first byte on. A shorter
 * one, and a list of fewer than 128: for each passage the gap - 1, twice, plus
 * 1 if the count is 1, as a varint, else the count behind it. A gap is the
 * distance to the passage before, the first one's to -1.
 */
#ifndef ZUB_INDEX_POSTINGS_H
#define ZUB_INDEX_POSTINGS_H

#include <string.h>

#include "zubda.h"
#include "base/buffer.h"

#define ZUB_POSTINGS_BLOCK 128u
#define ZUB_POSTINGS_HEAD 12u /* bytes */
/* Zeros behind the last list: bits are read 8 bytes at a time. */
#define ZUB_POSTINGS_PAD 8u

typedef struct zub_posting {
    uint32_t passage, count; /* count >= 1 */
} zub_posting;

/* Append the list of a term: `count` postings, passages ascending.
 * lengths[passage]: its words. */
void zub_postings_add(zub_buffer *out, const zub_posting *postings,
                      size_t count, const uint32_t *lengths);

/* What a block promises. */
typedef struct zub_postings_head {
    uint32_t last, offset, shortest, most;
} zub_postings_head;

static inline size_t zub_postings_blocks(uint32_t df)
{
    return df / ZUB_POSTINGS_BLOCK + (df % ZUB_POSTINGS_BLOCK != 0);
}

/* Bytes of heads in front of a list. */
static inline size_t zub_postings_heads(uint32_t df)
{
    return df < ZUB_POSTINGS_BLOCK
               ? 0
               : zub_postings_blocks(df) * ZUB_POSTINGS_HEAD;
}

/* Head i of a list whose heads are there; its last passage alone. */
zub_postings_head zub_postings_head_at(const char *list, size_t i);
static inline uint32_t zub_postings_last_at(const char *list, size_t i)
{
    uint32_t last;

    memcpy(&last, list + i * ZUB_POSTINGS_HEAD, sizeof last);
    return last;
}

/* A block into passages[] and counts[]: of `size` postings, 128 at most, in
 * bytes[0 .. room), behind passage `before` (-1: none). The passages ascend and
 * are below `end`. False: they do not, or the bytes end too early. For a block
 * of 128, 8 bytes more than it has must be readable. */
bool zub_postings_read(uint32_t passages[ZUB_POSTINGS_BLOCK],
                       uint32_t counts[ZUB_POSTINGS_BLOCK], size_t size,
                       const char *bytes, size_t room, int64_t before,
                       uint32_t end);

/* The same in two steps of a block of 128, for most that are looked at do not
 * have the passage, so that its counts need not be known. */
bool zub_postings_read_full(uint32_t passages[ZUB_POSTINGS_BLOCK],
                            const char *bytes, size_t room, int64_t before,
                            uint32_t end);
/* After that was true, of the same bytes. */
void zub_postings_read_counts(uint32_t counts[ZUB_POSTINGS_BLOCK],
                              const char *bytes);

#endif
