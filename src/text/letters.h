/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* letters.h - a text as runs of folded letters, and the n-grams of a run:
 * all that the language identifier and its training see of a text. */
#ifndef ZUB_TEXT_LETTERS_H
#define ZUB_TEXT_LETTERS_H

#include "zubda.h"
#include "text/script.h"

/* Letters of a run at most; a longer one goes on in the next. */
#define ZUB_RUN_MOST 62
/* Length of the longest n-gram. */
#define ZUB_GRAM_MOST 5

/* Letters of one script that stand together: a word, or in writing without
 * spaces a phrase. letters[0] and letters[count + 1] are boundaries, spaces. */
typedef struct zub_run {
    uint32_t letters[ZUB_RUN_MOST + 2];
    size_t count;
    zub_script script; /* Han with any kana in the run: KANA */
} zub_run;

/* The next run of text[*at .. size), lower case, composed, without Arabic
 * vowel marks and tatweel; moves *at. False: there is none. Digits, symbols
 * and invalid bytes end a run; apostrophes and middle dots between letters
 * belong to it. */
bool zub_run_next(zub_run *run, zub_slice text, size_t *at);

/* Room for all n-grams of a run. */
#define ZUB_GRAMS_MOST ((ZUB_RUN_MOST + 1) * ZUB_GRAM_MOST + 1)

/* Orders of n-grams: their letters, 1 to ZUB_GRAM_MOST, or this for the whole
 * run, where that is longer than all of them. */
#define ZUB_GRAM_WORD (ZUB_GRAM_MOST + 1)

/* Hashes of all n-grams of a run with its boundaries; a boundary alone is
 * none, and neither is a letter of ASCII, which says little and would be asked
 * for most often. `orders` may be NULL. Returns how many. */
size_t zub_run_grams(const zub_run *run, uint64_t hashes[ZUB_GRAMS_MOST],
                     uint8_t orders[ZUB_GRAMS_MOST]);

#endif
