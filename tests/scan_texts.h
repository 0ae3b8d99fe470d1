/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* scan_texts.h - random texts that try the rules of words: characters of
 * every word break class and script, invalid bytes, sentences gone wrong. */
#ifndef ZUB_SCAN_TEXTS_H
#define ZUB_SCAN_TEXTS_H

#include <stdint.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "base/utf8.h"

#define POOLS 256         /* 0..31 word break classes, the others scripts */
#define CLASS_POOLS 32    /* the last of them: pictographs */
#define POOL_MOST 512     /* members; of more, a sample */
#define SOURCES_MOST 6    /* of one text */
#define PIECES_MOST 64    /* of one text, but for a few long ones */
#define SENTENCE_MOST 256 /* bytes */

typedef struct scan_texts {
    uint64_t state;
    struct {
        uint32_t members[POOL_MOST];
        uint32_t seen;
    } pools[POOLS];
    const zub_slice *sentences;
    size_t sentence_count;
    zub_buffer text;
} scan_texts;

static const char *const scan_langs[] = {
    "und", "ar", "en", "fi", "sv", "en_US_POSIX", "he", "ja",
    "ko",  "my", "th", "zh", "el", "sv-SE",       "km", "lo",
};

#define SCAN_LANGS (sizeof scan_langs / sizeof *scan_langs)

/* Sebastiano Vigna's splitmix64. */
static uint64_t scan_random(scan_texts *texts)
{
    uint64_t z = texts->state += 0x9E3779B97F4A7C15u;

    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static size_t scan_below(scan_texts *texts, size_t bound)
{
    return (size_t)(scan_random(texts) >> 32) % bound;
}

/* A uniform sample of what was offered (reservoir sampling). */
static void offer(scan_texts *texts, size_t pool, UChar32 c)
{
    uint32_t place = texts->pools[pool].seen++;

    if (place >= POOL_MOST)
        place = (uint32_t)scan_below(texts, place + 1);
    if (place < POOL_MOST)
        texts->pools[pool].members[place] = (uint32_t)c;
}

static void scan_texts_init(scan_texts *texts, uint64_t seed,
                            const zub_slice *sentences, size_t count)
{
    memset(texts, 0, sizeof *texts);
    texts->state = seed;
    texts->sentences = sentences;
    texts->sentence_count = count;
    zub_buffer_init(&texts->text, ZUB_BUFFER_UNLIMITED);
    for (UChar32 c = 0; c <= 0x10FFFF; c++) {
        UErrorCode code = U_ZERO_ERROR;
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        int32_t script = uscript_getScript(c, &code);
        offer(texts, (size_t)u_getIntPropertyValue(c, UCHAR_WORD_BREAK), c);
        if (u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC))
            offer(texts, CLASS_POOLS - 1, c);
        offer(texts, CLASS_POOLS + (size_t)script % (POOLS - CLASS_POOLS), c);
    }
}

static void scan_texts_release(scan_texts *texts)
{
    zub_buffer_release(&texts->text);
}

static void add_member(scan_texts *texts, size_t pool)
{
    size_t count = texts->pools[pool].seen;

    count = count < POOL_MOST ? count : POOL_MOST;
    if (count > 0)
        zub_utf8_add(&texts->text,
                     texts->pools[pool].members[scan_below(texts, count)]);
}

/* Part of a sentence, which may begin and end inside a character, with some
 * bytes replaced. */
static void add_sentence(scan_texts *texts)
{
    zub_slice sentence =
        texts->sentences[scan_below(texts, texts->sentence_count)];
    size_t start, size, from = texts->text.size;

    if (sentence.size == 0)
        return;
    start = scan_below(texts, sentence.size);
    size = 1 + scan_below(texts, sentence.size - start);
    size = size < SENTENCE_MOST ? size : SENTENCE_MOST;
    zub_buffer_add(&texts->text, sentence.data + start, size);
    for (size_t i = scan_below(texts, 4); i > 1; i--)
        texts->text.data[from + scan_below(texts, size)] =
            (char)scan_random(texts);
}

enum { POOL, ASCII, TWO_BYTES, BYTES, SENTENCE, REPEAT, SOURCE_KINDS };

typedef struct {
    unsigned kind;
    size_t pool;
} scan_source;

static void add_ascii(scan_texts *texts)
{
    static const char often[] = "aaAzZ019__''..,:;\"  \n\r-@";

    zub_buffer_add_char(&texts->text,
                        scan_below(texts, 2)
                            ? often[scan_below(texts, sizeof often - 1)]
                            : (char)scan_below(texts, 128));
}

/* The last few bytes once more, so that runs arise. */
static void add_repeat(scan_texts *texts)
{
    char last[16];
    size_t size = 1 + scan_below(texts, sizeof last);
    size_t times = 1 + scan_below(texts, 8);

    size = size < texts->text.size ? size : texts->text.size;
    if (size == 0)
        return;
    memcpy(last, texts->text.data + texts->text.size - size, size);
    while (times-- > 0)
        zub_buffer_add(&texts->text, last, size);
}

static void add_piece(scan_texts *texts, const scan_source *source)
{
    switch (source->kind) {
    case POOL: add_member(texts, source->pool); break;
    case ASCII: add_ascii(texts); break;
    case TWO_BYTES:
        zub_utf8_add(&texts->text,
                     0x80 + (uint32_t)scan_below(texts, 0x800 - 0x80));
        break;
    case BYTES:
        zub_buffer_add_char(&texts->text, (char)scan_random(texts));
        break;
    case SENTENCE:
        if (texts->sentence_count > 0)
            add_sentence(texts);
        break;
    case REPEAT: add_repeat(texts); break;
    default: break;
    }
}

/* The next text, which stands until the one after; *lang of scan_langs. */
static zub_slice scan_texts_next(scan_texts *texts, const char **lang)
{
    scan_source sources[SOURCES_MOST];
    size_t source_count = 1 + scan_below(texts, SOURCES_MOST);
    size_t pieces = 1 + scan_below(texts, PIECES_MOST);

    if (scan_below(texts, 256) == 0)
        pieces *= 32;
    for (size_t i = 0; i < source_count; i++) {
        size_t pools = scan_below(texts, 2) ? CLASS_POOLS : POOLS;
        sources[i].kind = scan_below(texts, 2)
                              ? POOL
                              : (unsigned)scan_below(texts, SOURCE_KINDS);
        sources[i].pool = scan_below(texts, pools);
    }
    texts->text.size = 0;
    while (pieces-- > 0)
        add_piece(texts, &sources[scan_below(texts, source_count)]);
    *lang = scan_langs[scan_below(texts, SCAN_LANGS)];
    return zub_buffer_slice(&texts->text);
}

#endif
