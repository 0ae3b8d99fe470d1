/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* render_samples.h - results made by hand, for the tests of what is written. */
#ifndef ZUB_RENDER_SAMPLES_H
#define ZUB_RENDER_SAMPLES_H

#include <string.h>

#include "zubda.h"
#include "base/buffer.h"
#include "base/utf8.h"

#define SLICE(literal) ((zub_slice){literal, sizeof(literal) - 1})
#define COUNT(array) (sizeof(array) / sizeof *(array))

static const zub_field sample_fields[] = {
    {{"date", 4}, {"\"2026-01-02\"", 12}},
    {{"n", 1}, {"9007199254740993", 16}},
};

static const zub_record sample_record = {
    .id = {"seeds/a.txt", 11},
    .text = {"Bees\n\nBees see. A hive\nhums. They <dance>.\n", 43},
    .body = 6,
    .title = {"Bees", 4},
    .text_field = "body",
    .fields = sample_fields,
    .field_count = 2,
};

static const zub_reason first_reasons[] = {{"position", 0.5},
                                           {"centroid", 0.25}};
static const zub_reason second_reasons[] = {
    {"position", 0.1}, {"centroid", 0.2}, {"title", 1 / 30.0}};

static const zub_key_sentence sample_sentences[] = {
    {.index = 0,
     .span = {6, 15, 6, 15},
     .text = {"Bees see.", 9},
     .score = 0.75,
     .rank = 1,
     .words = 2,
     .reasons = first_reasons,
     .reason_count = COUNT(first_reasons)},
    {.index = 1,
     .span = {16, 28, 16, 28},
     .text = {"A hive\nhums.", 12},
     .score = 1 / 3.0,
     .rank = 2,
     .words = 3,
     .reasons = second_reasons,
     .reason_count = COUNT(second_reasons),
     .is_heading = true,
     .is_truncated = true},
};

static const zub_keyword sample_keywords[] = {
    {{"Bees", 4}, 4.125, 2, 6},
    {{"hive", 4}, 1 / 3.0, 1, 18},
};

static const zub_slice sample_phrases[] = {{"the hive", 8}, {"bees", 4}};

static const zub_summary sample_summary = {
    .id = {"seeds/a.txt", 11},
    .title = {"Bees", 4},
    .lang = "en",
    .method = "auto",
    .profile = "news",
    .asked = {.words = 5, .ratio = 0.9},
    .got = {2, 5, 22, 22, 5 / 7.0},
    .sentences = sample_sentences,
    .sentence_count = COUNT(sample_sentences),
    .keywords = sample_keywords,
    .keyword_count = COUNT(sample_keywords),
    .gist = {"Bees see.", 9},
    .phrases = sample_phrases,
    .phrase_count = COUNT(sample_phrases),
    .stats = {7, 3, 6, 0, 0.035},
    .models_used = "",
};

/* A summary of one sentence that is the whole of `text`. */
static inline zub_summary summary_of(zub_key_sentence *room, zub_slice text)
{
    size_t cps = zub_utf8_count(text, NULL);

    *room = (zub_key_sentence){
        .span = {0, text.size, 0, cps}, .text = text, .score = 1, .rank = 1};
    return (zub_summary){.id = {"x", 1},
                         .lang = "und",
                         .sentences = room,
                         .sentence_count = 1,
                         .models_used = ""};
}

/* Bytes of which many are special, invalid or parts of longer sequences. */
static inline size_t random_bytes(char *out, size_t most, uint64_t *state)
{
    static const char liked[] = "\"'\\<>&\n\t\x1f\x7f\xC2\x85\xE2\x80\xA8"
                                "\xD8\xB9\xF0\x9F\x98\x80\xFF\xED\xA0 aZ/";
    size_t size;

    *state = *state * 6364136223846793005u + 1442695040888963407u;
    size = (size_t)(*state >> 33) % most;
    for (size_t i = 0; i < size; i++) {
        *state = *state * 6364136223846793005u + 1442695040888963407u;
        uint32_t high = (uint32_t)(*state >> 33);
        out[i] = high & 1 ? liked[(high >> 1) % (sizeof liked - 1)]
                          : (char)((high >> 1) % 255 + 1);
    }
    return size;
}

/* A sink that says ZUB_EWRITE to the nth write and counts those behind. */
typedef struct refusal {
    int left, after;
} refusal;

static inline zub_status refuse_nth(void *context, const char *data,
                                    size_t size)
{
    refusal *at = context;

    (void)data;
    (void)size;
    if (--at->left < 0)
        at->after++;
    return at->left == 0 ? ZUB_EWRITE : ZUB_OK;
}

#endif
