/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* units.h - a piece of text in UTF-16, as ICU reads it, with the way back to
 * its bytes. */
#ifndef ZUB_TEXT_UNITS_H
#define ZUB_TEXT_UNITS_H

#include <unicode/utypes.h>

#include "zubda.h"

/* A piece at most: it bounds memory, and no sentence is longer. */
#define ZUB_UNITS_MOST 65536u

/* Code points beyond U+FFFF are two units, which share a byte offset. */
typedef struct zub_units {
    size_t size;
    bool is_repaired; /* something was invalid */
    bool has_pairs;   /* something is two units */
    UChar text[ZUB_UNITS_MOST];
    uint32_t bytes[ZUB_UNITS_MOST + 1]; /* where each unit starts in the piece;
                                           [size]: where the piece ends */
} zub_units;

/* As much of the text as fits, U+FFFD for each invalid maximal subpart and a
 * space for each line break. Returns the bytes read; 0 for an empty text. */
size_t zub_units_read(zub_units *units, zub_slice text);

#endif
