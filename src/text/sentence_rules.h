/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* sentence_rules.h - how languages end their sentences, as a table. */
#ifndef ZUB_TEXT_SENTENCE_RULES_H
#define ZUB_TEXT_SENTENCE_RULES_H

#include "zubda.h"

enum {
    ZUB_ORDINALS = 1,       /* "3. Oktober": a full stop makes an ordinal */
    ZUB_COLON_ENDS = 2,     /* a colon ends a sentence, a full stop does not */
    ZUB_SEMICOLON_ASKS = 4, /* a semicolon is the question mark */
    ZUB_SPACE_ENDS = 8,     /* no stops: long stretches end at a space */
    ZUB_VERB_ENDS = 16,     /* Korean: a final verb form ends without a stop */
    ZUB_SHORT_INITIALS = 32, /* initials are spelt by up to two letters */
    ZUB_PAUSES = 64,         /* a row of dots is a pause within a sentence */
    ZUB_LONG_PAUSES = 128,   /* it is, and so is an Arabic semicolon, unless
                                there was room for a sentence before */
    ZUB_KEEPS_QUOTES = 256   /* a short quotation stays with its speaker */
};

/* Units of the longest word in titles, counts and starts, and in those of every
 * language; tests/test_text_segments.c holds the table to it. */
#define ZUB_LISTED_MOST 8
#define ZUB_COMMON_MOST 4

/* The words are in lower case, without the full stop at their end, with a
 * space before and behind each of them. NULL: none. */
typedef struct zub_sentence_rules {
    const char *langs; /* BCP 47 languages, such as " de lb " */
    unsigned flags;
    const char *titles; /* never end a sentence: "Dr." */
    const char *counts; /* not before a number: "No. 5" */
    const char *starts; /* end what an abbreviation leaves open: "U.S. He" */
    const char *joins;  /* beginnings of words no sentence starts with */
    const char *opens;  /* ends of words no sentence ends with */
} zub_sentence_rules;

/* Of a BCP 47 language; those of every language for one that is not known. */
const zub_sentence_rules *zub_sentence_rules_find(const char *lang);

#endif
