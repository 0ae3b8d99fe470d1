/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* tally.h - the terms of one document, as they are met. */
#ifndef ZUB_TERMS_TALLY_H
#define ZUB_TERMS_TALLY_H

#include "zubda.h"
#include "base/arena.h"
#include "terms/lexicon.h"

/* Scratch that one document after the other uses. One thread. */
typedef struct zub_tally zub_tally;

zub_status zub_tally_new(zub_tally **out);
void zub_tally_free(zub_tally *tally);

/* Begin a document: nothing is counted. */
void zub_tally_begin(zub_tally *tally);

/* Count one word whose key is a key. *term is the document's id of it: 0, 1,
 * 2, ... in order of first occurrence. `word` must last until the tally is
 * finished. ZUB_ENOMEM. */
zub_status zub_tally_add(zub_tally *tally, zub_lexeme lexeme, zub_slice word,
                         uint32_t *term);

/* The terms counted, keys and surfaces copied into `arena`. Surface: the
 * commonest word, the first of equals. ZUB_ENOMEM. */
zub_status zub_tally_finish(zub_tally *tally, const zub_lexicon *lexicon,
                            zub_arena *arena, const zub_term **terms,
                            size_t *count);

#endif
