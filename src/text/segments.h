/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* segments.h - text into paragraphs, sentences and words.
 *
 * Invariants of what comes out: sentences and words ascend and do not
 * overlap; a word lies inside its sentence; no sentence starts or ends with
 * white space; every word of the text is in a sentence; offsets count in the
 * text as given; outside of sentences are only white space and the bullets of
 * lists.
 *
 * A line is a paragraph unless the text is wrapped (paragraphs.c). A sentence
 * has at most 65,536 UTF-16 units: a longer one is cut at white space. Words
 * are those of ICU within the sentence, so a sentence that ends at a full
 * stop without a space ("end.Next") parts what would be one word. Time is
 * linear in the text; memory beside the result is 400 KB.
 */
#ifndef ZUB_TEXT_SEGMENTS_H
#define ZUB_TEXT_SEGMENTS_H

#include "zubda.h"

typedef struct zub_segments {
    zub_sentence *sentences; /* [sentence_count] */
    size_t sentence_count;
    zub_word *words; /* [word_count] */
    size_t word_count;
    size_t paragraph_count;
    size_t repaired; /* invalid bytes in the text */
} zub_segments;

/* Break iterators, opened per language when first needed. One thread. */
typedef struct zub_segmenter zub_segmenter;

zub_status zub_segmenter_new(zub_segmenter **out, zub_error *error);
void zub_segmenter_free(zub_segmenter *segmenter);

/* Segments of text[body .. size), for a BCP 47 language ("und" will do).
 * ZUB_ELIMIT: 2^31 bytes or more. ZUB_ENOMEM. On failure *out is empty. */
zub_status zub_segment(zub_segmenter *segmenter, zub_segments *out,
                       zub_slice text, size_t body, const char *lang,
                       zub_error *error);
/* The same without words, and without telling headings; nothing is counted:
 * cp_start, cp_end and `repaired` are 0. Three times as fast. */
zub_status zub_segment_sentences(zub_segmenter *segmenter, zub_segments *out,
                                 zub_slice text, size_t body, const char *lang,
                                 zub_error *error);
void zub_segments_release(zub_segments *segments);

#endif
