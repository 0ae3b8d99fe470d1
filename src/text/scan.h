/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* scan.h - the words of a text in UTF-8, as ICU finds them, several times
 * faster.
 *
 * A word is an ICU word segment (UBRK_WORD of the locale, over the whole text)
 * whose rule status is 100 or more: it holds a letter, a digit, kana or an
 * ideograph. Invalid bytes count as U+FFFD for each maximal subpart, which is
 * how ICU decodes UTF-8. Nothing is copied or folded; only places are found.
 *
 * Time is linear in the text. Memory is 40 KB for each set of rules in use
 * (three sets serve all locales of ICU 72), and 2 bytes a byte of the longest
 * segment that holds a character of a dictionary script, which ICU cuts.
 */
#ifndef ZUB_TEXT_SCAN_H
#define ZUB_TEXT_SCAN_H

#include "zubda.h"

/* A word: bytes of the text. */
typedef struct zub_scanned {
    uint32_t start, size;
} zub_scanned;

/* One thread. */
typedef struct zub_scanner zub_scanner;

/* Begins with the rules of "und". ZUB_ENOMEM. */
zub_status zub_scanner_new(zub_scanner **out, zub_error *error);
void zub_scanner_free(zub_scanner *scanner);

/* The texts that follow are in this BCP 47 language ("und" will do); the one
 * at hand is over. The latest languages are remembered, so going back to one
 * costs nothing; a new one costs 50 us. ZUB_ENOMEM: the rules stay as they
 * were. */
zub_status zub_scanner_choose(zub_scanner *scanner, const char *lang,
                              zub_error *error);

/* Begin with a text, which is borrowed until the next one. ZUB_ELIMIT: more
 * than 2^31 - 1 bytes. */
zub_status zub_scanner_begin(zub_scanner *scanner, zub_slice text);

/* The next words of it, at most `room`, in order; returns how many. 0: that
 * was the last, or memory is out, which zub_scanner_failed tells apart. */
size_t zub_scanner_next(zub_scanner *scanner, zub_scanned *out, size_t room);
bool zub_scanner_failed(const zub_scanner *scanner);

/* The ways to find the same words, from the fastest, which is taken if the
 * processor has what it needs; the others for tests and measurements. */
typedef enum zub_scan_way {
    ZUB_SCAN_VECTORS, /* blocks by AVX2 */
    ZUB_SCAN_BLOCKS,  /* blocks in plain C */
    ZUB_SCAN_STATES,  /* ICU's states, character by character */
    ZUB_SCAN_WAYS
} zub_scan_way;

void zub_scanner_go(zub_scanner *scanner, zub_scan_way way);

#endif
