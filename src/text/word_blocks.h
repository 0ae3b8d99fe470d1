/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* word_blocks.h - the words of plain text, 64 bytes at a time. Whatever is not
 * plain (word_plain.h) stops the walk, for the states to take over. */
#ifndef ZUB_TEXT_WORD_BLOCKS_H
#define ZUB_TEXT_WORD_BLOCKS_H

#include "text/scan.h"
#include "text/word_plain.h"

#define ZUB_BLOCK 64u

/* A bit for each byte of a block. Of a character of more bytes the first has
 * it; it may end in the next block. */
typedef struct zub_block {
    uint64_t far;                                        /* not ASCII */
    uint64_t letters, digits, join_letters, join_digits; /* ASCII */
    uint64_t other;                                      /* ASCII, not plain */
    uint64_t two, two_words, two_marks, two_joins;       /* of two bytes:
                                                            plain, and these */
    uint64_t three, three_joins; /* of three: gaps; those that join letters */
} zub_block;

/* Sets as maps by nibble, as a shuffle of 16 bytes looks them up. */
enum {
    ZUB_MAP_LETTER,
    ZUB_MAP_DIGIT,
    ZUB_MAP_JOINS_LETTERS,
    ZUB_MAP_JOINS_DIGITS,
    ZUB_MAP_OTHER,
    ZUB_ASCII_MAPS
};
enum {
    ZUB_MAP_TWO,
    ZUB_MAP_TWO_WORDS,
    ZUB_MAP_TWO_MARKS,
    ZUB_MAP_TWO_JOINS,
    ZUB_TWO_MAPS
};
enum { ZUB_MAP_THREE, ZUB_MAP_THREE_JOINS, ZUB_THREE_MAPS };

typedef struct zub_word_blocks zub_word_blocks;

/* Reads text[0 .. 66) into a block. The vectors know the characters of two
 * bytes with lead bytes C2, C3 and `group` * 4 .. + 3 alone. */
typedef void zub_block_reader(zub_block *out, const zub_word_blocks *blocks,
                              const uint8_t *text, unsigned group);

struct zub_word_blocks {
    bool is_usable; /* these rules know plain text */
    zub_word_plain plain;
    uint8_t bytes[256]; /* flags of ASCII for the reader in plain C */
    /* [set][low nibble]: bit h stands for high nibble h */
    uint8_t ascii[ZUB_ASCII_MAPS][16];
    /* [lead byte / 4 - 30][set][lead / 2 % 2][low nibble of the trail byte]:
     * bit lead % 2 * 4 + bits 4 and 5 of the trail byte */
    uint8_t two[8][ZUB_TWO_MAPS][2][16];
    /* E2 80 .. [set][low nibble of the last byte]: bit by its bits 4 and 5 */
    uint8_t three[ZUB_THREE_MAPS][16];
};

void zub_word_blocks_init(zub_word_blocks *blocks,
                          const zub_word_rules *rules);

/* A walk through a text. */
typedef struct zub_block_walk {
    const uint8_t *text;
    size_t size;
    size_t at;      /* a boundary, also afterwards */
    unsigned group; /* C4 / 4 to begin with */
    zub_block_reader *read;
} zub_block_walk;

/* The words from walk->at on, at most `room`, up to something that is not
 * plain or as long as there is room; returns how many. Only if the blocks are
 * usable. */
size_t zub_word_blocks_walk(const zub_word_blocks *blocks,
                            zub_block_walk *walk, zub_scanned *out,
                            size_t room);

/* The readers: in plain C, and with AVX2, NULL where the processor has none. */
zub_block_reader zub_read_block;
zub_block_reader *zub_vector_reader(void);

#endif
