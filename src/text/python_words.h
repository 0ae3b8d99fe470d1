/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* python_words.h - the words of a text as scikit-learn and gensim cut them,
 * in batches. See python_text.h for what is Python's about them. */
#ifndef ZUB_TEXT_PYTHON_WORDS_H
#define ZUB_TEXT_PYTHON_WORDS_H

#include "zubda.h"
#include "text/python_text.h"

typedef enum zub_python_rule {
    ZUB_PYTHON_WORD,       /* scikit-learn's "word": (?u)\b\w\w+\b */
    ZUB_PYTHON_ALPHABETIC, /* gensim.utils.tokenize: ((?![\d])\w)+ */
    ZUB_PYTHON_SPLIT,      /* str.split(); the words of "char_wb" */
    ZUB_PYTHON_CHAR        /* the whole text, squeezed, as one; for "char" */
} zub_python_rule;

/* A cutter for many texts, and its tables: 10 KiB, a millisecond to make.
 * One thread. */
typedef struct zub_python_words zub_python_words;

/* ZUB_ENOMEM. */
zub_status zub_python_words_new(zub_python_words **out, zub_python_rule rule,
                                zub_error *error);
void zub_python_words_free(zub_python_words *words);

/* Start on a text, which outlives its words. *base is what their offsets count
 * in, until the next begin: the text itself, or its lowered copy where
 * lowering it could move a boundary (zub_python_lowers_as_a_whole; with CHAR
 * always). ZUB_ELIMIT: more than UINT32_MAX bytes. ZUB_ENOMEM. After a failure
 * *base is empty and there are no words. */
zub_status zub_python_words_begin(zub_python_words *words, zub_slice text,
                                  zub_slice *base);

/* Whether *base is a lowered copy: then its words are terms as they stand.
 * Never with SPLIT, whose words no neighbour changes. */
bool zub_python_words_is_lowered(const zub_python_words *words);

/* Up to `room` more words into out, in order; returns how many, 0 at the end.
 * Cost: 1 to 2 ns a byte. */
size_t zub_python_words_next(zub_python_words *words, zub_python_span *out,
                             size_t room);

/* What the peer counts a word of the last base as: lowered, U+FFFD for what is
 * invalid, and with SPLIT a space before and behind it. It depends on the
 * word's bytes (and is_lowered) alone, so asking once a type will do.
 * Borrowed until the next term or begin. ZUB_ENOMEM. */
zub_status zub_python_words_term(zub_python_words *words, zub_slice word,
                                 zub_slice *term);

#endif
