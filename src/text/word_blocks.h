/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* word_blocks.h - the words of plain text, 64 bytes at a time.
 *
 * Plain are ASCII and the characters of two bytes, where a word is a run of
 * letters, digits and marks, joined by single marks such as the apostrophe.
 * Whatever is not so stops the walk, and the states of word_rules.h take
 * over. Which characters may be taken for plain is proved from the states,
 * so that other rules only make this slower, not wrong.
 */
#ifndef ZUB_TEXT_WORD_BLOCKS_H
#define ZUB_TEXT_WORD_BLOCKS_H

#include "text/scan.h"
#include "text/word_rules.h"

/* Sets of ASCII characters. */
enum {
    ZUB_ASCII_LETTER,
    ZUB_ASCII_DIGIT,
    ZUB_ASCII_JOINS_LETTERS, /* one of it between two letters */
    ZUB_ASCII_JOINS_DIGITS,
    ZUB_ASCII_OTHER, /* the states must see it: '_' */
    ZUB_ASCII_SETS
};

/* Sets of characters of two bytes. */
enum {
    ZUB_TWO_WORD,  /* letters and digits */
    ZUB_TWO_MARK,  /* stay with what is before them */
    ZUB_TWO_JOINS, /* may join, if it stands between */
    ZUB_TWO_PLAIN, /* any of the above, or never part of a word */
    ZUB_TWO_SETS
};

/* Sets as bit maps by nibble, as a shuffle of 16 bytes looks them up. */
typedef struct zub_word_blocks {
    bool is_usable; /* by this processor, under these rules */
    /* [set][low nibble]: bit h is the character of high nibble h */
    uint8_t ascii[ZUB_ASCII_SETS][16];
    /* [lead byte / 4][set][lead / 2 % 2][low nibble of the trail byte]: bit
     * lead % 2 * 4 + bits 4 and 5 of the trail byte */
    uint8_t two[8][ZUB_TWO_SETS][2][16];
} zub_word_blocks;

void zub_word_blocks_init(zub_word_blocks *blocks,
                          const zub_word_rules *rules);

/* A walk through a text. */
typedef struct zub_block_walk {
    const uint8_t *text;
    size_t size;
    size_t at;      /* a boundary, also afterwards */
    unsigned group; /* lead byte / 4 of the two-byte script at hand; C4 / 4 to
                       begin with */
} zub_block_walk;

/* The words from walk->at on, at most `room`, up to something that is not
 * plain or as long as there is room; returns how many. Only if the blocks are
 * usable. */
size_t zub_word_blocks_walk(const zub_word_blocks *blocks,
                            zub_block_walk *walk, zub_scanned *out,
                            size_t room);

#endif
