/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* word_blocks.c - see word_blocks.h. Of 64 bytes it is asked at once which are
 * letters, digits, marks, a bit a byte; runs of ones are words, and a joining
 * mark between two of its kind is made a one. So a word costs a few cycles and
 * no wrong guess of a branch, which is what the states run alone spend most
 * of their time on. */
#include "text/word_blocks.h"

#include <string.h>

/* Bytes behind a word that show that it ends there: a mark of three may join
 * it to the next. */
#define LEAST_GAP 4u

/* ---- Tables ---- */

/* Flags of a byte beside those of word_plain.h. */
#define BYTE_OTHER 64u
#define BYTE_FAR 128u

static void add_ascii(zub_word_blocks *blocks, unsigned c)
{
    static const uint8_t flags[ZUB_ASCII_MAPS] = {
        ZUB_PLAIN_LETTER, ZUB_PLAIN_DIGIT, ZUB_PLAIN_JOINS_LETTERS,
        ZUB_PLAIN_JOINS_DIGITS, BYTE_OTHER};
    unsigned is = blocks->plain.ascii[c];

    if (is == 0 || is & ZUB_PLAIN_MARK)
        is = BYTE_OTHER;
    blocks->bytes[c] = (uint8_t)is;
    for (unsigned set = 0; set < ZUB_ASCII_MAPS; set++)
        if (is & flags[set])
            blocks->ascii[set][c & 15] |= (uint8_t)(1u << (c >> 4));
}

#define ANY 0xFFu
#define JOINS (ZUB_PLAIN_JOINS_LETTERS | ZUB_PLAIN_JOINS_DIGITS)

static void add_two(zub_word_blocks *blocks, unsigned c)
{
    static const uint8_t flags[ZUB_TWO_MAPS] = {
        ANY, ZUB_PLAIN_LETTER | ZUB_PLAIN_DIGIT, ZUB_PLAIN_MARK, JOINS};
    unsigned lead = 0xC0 | c >> 6;

    for (unsigned set = 0; set < ZUB_TWO_MAPS; set++)
        if (blocks->plain.two[c] & flags[set])
            blocks->two[lead / 4 - 0x30][set][lead / 2 % 2][c & 15] |=
                (uint8_t)(1u << (lead % 2 * 4 + (c >> 4 & 3)));
}

/* Of three bytes only gaps are taken, and of those that join only such as
 * join letters. */
static unsigned three_flags(const zub_word_plain *plain, unsigned i)
{
    unsigned is = plain->general[i];

    if (!(is & ZUB_PLAIN_GAP) || (is & JOINS) == ZUB_PLAIN_JOINS_DIGITS)
        return 0;
    return is;
}

static void add_three(zub_word_blocks *blocks, unsigned i)
{
    unsigned is = three_flags(&blocks->plain, i);
    uint8_t bit = (uint8_t)(1u << (i >> 4));

    if (is)
        blocks->three[ZUB_MAP_THREE][i & 15] |= bit;
    if (is & ZUB_PLAIN_JOINS_LETTERS)
        blocks->three[ZUB_MAP_THREE_JOINS][i & 15] |= bit;
}

void zub_word_blocks_init(zub_word_blocks *blocks, const zub_word_rules *rules)
{
    memset(blocks, 0, sizeof *blocks);
    blocks->is_usable = zub_word_plain_init(&blocks->plain, rules);
    if (!blocks->is_usable)
        return;
    for (unsigned c = 0; c < 0x80; c++)
        add_ascii(blocks, c);
    memset(blocks->bytes + 0x80, BYTE_FAR, 0x80);
    for (unsigned c = 0x80; c < 0x800; c++)
        add_two(blocks, c);
    for (unsigned i = 0; i < 64; i++)
        add_three(blocks, i);
}

/* ---- A block in plain C ---- */

/* The lowest bit of each of eight bytes, as eight bits. */
static uint64_t gather(uint64_t bytes)
{
    return (bytes & 0x0101010101010101u) * 0x0102040810204080u >> 56;
}

/* Flags of eight characters at once, a byte each. */
static void read_eight(zub_block *out, const uint8_t *flags_of,
                       const uint8_t *text, unsigned shift)
{
    uint64_t flags = 0;

    for (unsigned i = 0; i < 8; i++)
        flags |= (uint64_t)flags_of[text[i]] << 8 * i;
    out->letters |= gather(flags) << shift;
    out->digits |= gather(flags >> 1) << shift;
    out->join_letters |= gather(flags >> 3) << shift;
    out->join_digits |= gather(flags >> 4) << shift;
    out->other |= gather(flags >> 6) << shift;
    out->far |= gather(flags >> 7) << shift;
}

/* The character of two bytes at text[at], if it is plain. No branches: which
 * it is, is as good as random. */
static void read_two(zub_block *out, const zub_word_plain *plain,
                     const uint8_t *text, unsigned at)
{
    unsigned is = plain->two[(text[at] & 31) << 6 | (text[at + 1] & 63)];
    uint64_t one = text[at + 1] >> 6 == 2;

    out->two |= (is ? one : 0) << at;
    out->two_words |= (is & (ZUB_PLAIN_LETTER | ZUB_PLAIN_DIGIT) ? one : 0)
                      << at;
    out->two_marks |= (is & ZUB_PLAIN_MARK ? one : 0) << at;
    out->two_joins |= (is & JOINS ? one : 0) << at;
}

static void read_three(zub_block *out, const zub_word_plain *plain,
                       const uint8_t *text, unsigned at)
{
    unsigned is = 0;

    if (text[at + 1] == 0x80 && text[at + 2] >> 6 == 2)
        is = three_flags(plain, text[at + 2] & 63);
    out->three |= (uint64_t)(is != 0) << at;
    out->three_joins |= (uint64_t)((is & ZUB_PLAIN_JOINS_LETTERS) != 0) << at;
}

void zub_read_block(zub_block *out, const zub_word_blocks *blocks,
                    const uint8_t *text, unsigned group)
{
    zub_block b = {0};

    (void)group;
    for (unsigned i = 0; i < ZUB_BLOCK; i += 8)
        read_eight(&b, blocks->bytes, text + i, i);
    for (uint64_t far = b.far; far; far &= far - 1) {
        unsigned at = (unsigned)__builtin_ctzll(far);
        if (text[at] >= 0xC2 && text[at] < 0xE0) {
            read_two(&b, &blocks->plain, text, at);
            far &= far - 1;
        } else if (text[at] == 0xE2) {
            read_three(&b, &blocks->plain, text, at);
        }
    }
    *out = b;
}

/* ---- Runs ---- */

typedef struct {
    uint64_t starts, ends; /* of runs, half open */
    unsigned stop; /* where the block is no longer plain, or its size */
} runs;

static inline uint64_t both(uint64_t leads)
{
    return leads | leads << 1;
}

static inline uint64_t all_three(uint64_t leads)
{
    return leads | leads << 1 | leads << 2;
}

/* Bits that the states must see: what is not plain; a mark behind a gap; what
 * may join and stands beside characters of two bytes, since there it is not
 * seen whether they are letters or digits. */
static inline uint64_t find_hard(const zub_block *b, uint64_t run,
                                 uint64_t joined_three)
{
    uint64_t between =
        (b->join_letters | b->join_digits) & run << 1 & run >> 1;

    return b->other | (b->far & ~both(b->two) & ~all_three(b->three)) |
           (between & (b->far << 1 | b->far >> 1)) |
           (b->two_joins & run >> 2) | (b->two_marks & ~(run << 1)) |
           (b->three_joins & run << 1 & run >> 3 & ~joined_three);
}

static inline runs find_runs(const zub_block *b)
{
    uint64_t run = b->letters | b->digits | both(b->two_words | b->two_marks);
    uint64_t joined = (b->join_letters & b->letters << 1 & b->letters >> 1) |
                      (b->join_digits & b->digits << 1 & b->digits >> 1);
    uint64_t three = b->three_joins & b->letters << 1 & b->letters >> 3;
    uint64_t hard = find_hard(b, run, three);
    runs found = {0, 0, ZUB_BLOCK};

    run |= joined | all_three(three);
    if (hard) {
        found.stop = (unsigned)__builtin_ctzll(hard);
        run &= ((uint64_t)1 << found.stop) - 1;
    }
    found.starts = run & ~(run << 1);
    found.ends = ~run & run << 1;
    return found;
}

/* ---- The walk ---- */

/* Writes the runs that are known to end, as far as there is room; returns how
 * many. found->starts keeps those that are left. */
static inline size_t put_words(runs *found, size_t base, zub_scanned *out,
                               size_t room)
{
    uint64_t ends = found->ends;
    size_t count = 0;

    ends &= found->stop >= LEAST_GAP
                ? ((uint64_t)1 << (found->stop - LEAST_GAP + 1)) - 1
                : 0;
    for (; ends && count < room; ends &= ends - 1) {
        unsigned start = (unsigned)__builtin_ctzll(found->starts);
        unsigned end = (unsigned)__builtin_ctzll(ends);
        out[count++] = (zub_scanned){(uint32_t)(base + start), end - start};
        found->starts &= found->starts - 1;
    }
    return count;
}

/* Bytes of the last character before a place, which is plain. */
static unsigned last_size(const zub_block *b, unsigned at)
{
    if (!(b->far >> (at - 1) & 1))
        return 1;
    return at > 1 && b->two >> (at - 2) & 1 ? 2 : 3;
}

/* How far the walk may go on: to a run that was not written, else up to the
 * stop, but for the character before it, to which a mark may belong. */
static inline unsigned progress(const zub_block *b, const runs *found)
{
    uint64_t beyond =
        (b->two & (uint64_t)1 << 63) | (b->three & (uint64_t)3 << 62);

    if (found->starts)
        return (unsigned)__builtin_ctzll(found->starts);
    if (found->stop < ZUB_BLOCK)
        return found->stop ? found->stop - last_size(b, found->stop) : 0;
    return beyond ? (unsigned)__builtin_ctzll(beyond) : ZUB_BLOCK;
}

/* Another script of two bytes stands where the walk stopped. */
static inline bool is_other_group(const uint8_t *text, unsigned stop,
                                  unsigned group)
{
    return stop < ZUB_BLOCK && text[stop] >= 0xC4 && text[stop] < 0xE0 &&
           text[stop] / 4u != group;
}

size_t zub_word_blocks_walk(const zub_word_blocks *blocks,
                            zub_block_walk *walk, zub_scanned *out,
                            size_t room)
{
    uint8_t rest[ZUB_BLOCK + 32];
    size_t count = 0;
    zub_block_reader *read = walk->read;
    bool has_turned = false; /* more than once: plain C knows all groups */

    while (walk->at < walk->size && count < room) {
        const uint8_t *text = walk->text + walk->at;
        size_t left = walk->size - walk->at;
        unsigned forward;
        zub_block b;
        runs found;
        if (left < ZUB_BLOCK + 2) {
            memset(rest, 0, sizeof rest);
            text = memcpy(rest, text, left);
        }
        read(&b, blocks, text, walk->group);
        found = find_runs(&b);
        count += put_words(&found, walk->at, out + count, room - count);
        forward = progress(&b, &found);
        walk->at += forward < left ? forward : left;
        if (read != zub_read_block &&
            is_other_group(text, found.stop, walk->group)) {
            walk->group = text[found.stop] / 4;
            read = has_turned ? zub_read_block : read;
            has_turned = true;
        } else if (found.stop < ZUB_BLOCK || forward == 0) {
            break;
        }
    }
    return count;
}
