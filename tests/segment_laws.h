/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* segment_laws.h - what holds for the segments of any bytes. */
#ifndef ZUB_SEGMENT_LAWS_H
#define ZUB_SEGMENT_LAWS_H

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "text/segments.h"

/* How far a text was read: bytes and the code points before them. */
typedef struct {
    zub_slice text;
    size_t at, cp;
} segment_reader;

/* Reads on to byte `to`; false when a character that is no white space was
 * passed. */
static bool segment_read(segment_reader *reader, size_t to)
{
    bool is_white = true;

    while (reader->at < to) {
        uint32_t c = zub_utf8_next(reader->text.data, reader->text.size,
                                   &reader->at, NULL);
        is_white = is_white && u_isUWhiteSpace((UChar32)c);
        reader->cp++;
    }
    return is_white && reader->at == to;
}

static bool is_list_bullet(uint32_t c)
{
    return c == '-' || c == '*' || c == 0xB7 || c == 0x2022 || c == 0x2023 ||
           c == 0x2043 || c == 0x25AA || c == 0x25CF || c == 0x25E6;
}

/* Reads on to byte `to`; false when more was passed than white space and one
 * bullet. */
static bool segment_read_gap(segment_reader *reader, size_t to)
{
    segment_reader look = *reader;
    size_t bullets = 0;

    while (look.at < to) {
        uint32_t c =
            zub_utf8_next(look.text.data, look.text.size, &look.at, NULL);
        if (is_list_bullet(c))
            bullets++;
        else if (!u_isUWhiteSpace((UChar32)c))
            bullets = 2;
    }
    segment_read(reader, to);
    return bullets <= 1 && reader->at == to;
}

static const char *sentence_law(const zub_segments *segments,
                                segment_reader *reader, size_t i)
{
    const zub_sentence *s = &segments->sentences[i];
    uint32_t last_paragraph = i ? s[-1].paragraph : 0;
    size_t at = s->span.start;

    if (s->span.start >= s->span.end || s->span.end > reader->text.size)
        return "a sentence is within the text";
    if (s->span.start < reader->at)
        return "sentences ascend";
    if (!segment_read_gap(reader, s->span.start))
        return "only white space and bullets are outside of sentences";
    if (reader->cp != s->span.cp_start)
        return "code points count to the start of a sentence";
    if (u_isUWhiteSpace((UChar32)zub_utf8_next(reader->text.data,
                                               reader->text.size, &at, NULL)))
        return "no sentence starts with white space";
    if (s->paragraph != last_paragraph &&
        (i == 0 || s->paragraph != last_paragraph + 1))
        return "paragraphs count up from 0";
    if (s->word_start != (i ? s[-1].word_end : 0) ||
        s->word_end < s->word_start)
        return "words are shared out among sentences";
    return NULL;
}

static const char *word_laws(const zub_segments *segments,
                             segment_reader *reader, size_t i)
{
    const zub_sentence *s = &segments->sentences[i];

    for (size_t w = s->word_start; w < s->word_end; w++) {
        const zub_word *word = &segments->words[w];
        if (word->sentence != i)
            return "a word knows its sentence";
        if (word->span.start < reader->at || word->span.end > s->span.end ||
            word->span.start >= word->span.end)
            return "words ascend within their sentence";
        segment_read(reader, word->span.start);
        if (reader->cp != word->span.cp_start)
            return "code points count to the start of a word";
        segment_read(reader, word->span.end);
        if (reader->cp != word->span.cp_end || reader->at != word->span.end)
            return "code points count to the end of a word";
    }
    return NULL;
}

static bool ends_in_white_space(segment_reader *reader, size_t to)
{
    bool is_white = false;

    while (reader->at < to) {
        segment_reader one = *reader;
        size_t next = reader->at;
        zub_utf8_next(reader->text.data, reader->text.size, &next, NULL);
        is_white = segment_read(&one, next);
        *reader = one;
    }
    return is_white;
}

/* The law that is broken, or NULL. */
static const char *broken_segment_law(const zub_segments *segments,
                                      zub_slice text, size_t body)
{
    segment_reader reader = {.text = text};
    size_t count = segments->sentence_count;
    size_t invalid;

    segment_read(&reader, body);
    for (size_t i = 0; i < count; i++) {
        const zub_span *span = &segments->sentences[i].span;
        const char *law = sentence_law(segments, &reader, i);
        if (!law)
            law = word_laws(segments, &reader, i);
        if (law)
            return law;
        if (reader.at < span->end && ends_in_white_space(&reader, span->end))
            return "no sentence ends with white space";
        if (reader.at != span->end || reader.cp != span->cp_end)
            return "code points count to the end of a sentence";
    }
    if (!segment_read(&reader, text.size))
        return "every character is in a sentence";
    if (segments->word_count !=
        (count ? segments->sentences[count - 1].word_end : 0))
        return "every word is in a sentence";
    if (segments->paragraph_count !=
        (count ? segments->sentences[count - 1].paragraph + 1u : 0))
        return "paragraphs are counted";
    zub_utf8_count(text, &invalid);
    return invalid == segments->repaired ? NULL : "invalid bytes are counted";
}

#endif
