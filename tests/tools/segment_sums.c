/* SPDX-License-Identifier: Apache-2.0
 * SPDX-FileCopyrightText: the zubda authors */
/* segment_sums.c - sums over all that is found in texts, to hold one state of
 * the segmenter against another: both should print the same lines.
 *
 * segment_sums texts FILE ...
 *     a line for each FILE, named LANG.NAME, whose texts end at NUL bytes
 * segment_sums random SEED COUNT FILE ...
 *     stretches of the FILEs gone wrong, in any language, a line for each
 *     thousand of them, or for each when COUNT is at most that
 * segment_sums show SEED NUMBER FILE ...
 *     that one of the random texts, and what was found in it
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "text/paragraphs.h"
#include "text/segments.h"

#define FILES_MOST 1024

typedef struct {
    const char *lang;
    zub_slice text;
} source;

static zub_segmenter *segmenter;
static source sources[FILES_MOST];
static size_t source_count;
static bool is_shown;

static uint64_t next_random(uint64_t *state)
{
    *state += 0x9E3779B97F4A7C15u;
    uint64_t z = (*state ^ *state >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

static void add(uint64_t *sum, size_t value)
{
    *sum = (*sum ^ value) * 0x9FB21C651E98DF25u;
    *sum ^= *sum >> 29;
    if (is_shown)
        printf(" %zu", value);
}

static void add_span(uint64_t *sum, const zub_span *span)
{
    add(sum, span->start);
    add(sum, span->end);
    add(sum, span->cp_start);
    add(sum, span->cp_end);
}

static void add_sentence(uint64_t *sum, const zub_sentence *sentence)
{
    if (is_shown)
        printf("\nsentence");
    add_span(sum, &sentence->span);
    add(sum, sentence->paragraph);
    add(sum, sentence->word_start);
    add(sum, sentence->word_end);
    add(sum, sentence->is_heading);
}

static void add_segments(uint64_t *sum, zub_slice text, size_t body,
                         const char *lang)
{
    zub_segments out;

    if (zub_segment(segmenter, &out, text, body, lang, NULL))
        exit(5);
    for (size_t i = 0; i < out.sentence_count; i++)
        add_sentence(sum, &out.sentences[i]);
    for (size_t i = 0; i < out.word_count; i++) {
        add_span(sum, &out.words[i].span);
        add(sum, out.words[i].sentence);
    }
    add(sum, out.paragraph_count);
    add(sum, out.repaired);
    zub_segments_release(&out);
}

static void add_alone(uint64_t *sum, zub_slice text, size_t body,
                      const char *lang)
{
    zub_segments out;

    if (zub_segment_sentences(segmenter, &out, text, body, lang, NULL))
        exit(5);
    for (size_t i = 0; i < out.sentence_count; i++) {
        if (is_shown)
            printf("\nalone");
        add(sum, out.sentences[i].span.start);
        add(sum, out.sentences[i].span.end);
        add(sum, out.sentences[i].paragraph);
    }
    add(sum, out.paragraph_count);
    zub_segments_release(&out);
}

static void add_text(uint64_t *sum, zub_slice text, size_t body,
                     const char *lang)
{
    zub_paragraphs paragraphs;
    size_t start, end;

    zub_paragraphs_init(&paragraphs, text, body);
    add(sum, paragraphs.width);
    while (zub_paragraphs_next(&paragraphs, &start, &end)) {
        if (is_shown)
            printf("\nparagraph");
        add(sum, start);
        add(sum, end);
    }
    add_segments(sum, text, body, lang);
    add_alone(sum, text, body, lang);
}

static void sum_texts(const source *from)
{
    uint64_t sum = 0;
    size_t count = 0;

    for (size_t at = 0; at < from->text.size; count++) {
        const char *data = from->text.data + at;
        size_t rest = from->text.size - at;
        const char *nul = memchr(data, '\0', rest);
        zub_slice text = {data, nul ? (size_t)(nul - data) : rest};
        add_text(&sum, text, 0, from->lang);
        at += text.size + 1;
    }
    printf("%016llx %zu\n", (unsigned long long)sum, count);
}

/* What goes wrong at places where the rules look. */
/* clang-format off */
static const char *const pieces[] = {
    ".", ".", ". ", "...", ". . .", "!", "?", "?!", ":", ";", ",", "\"", "\"",
    "'", "(", ")", "[", "]", "[1]", "[12][3]", "1 ", "12 3 ", "\n", "\n",
    "\n\n", "\r", "\r\n", "\n \n", "\t", " ", " ", "  ", "-", "--", "- ", "*",
    "* ", "\xC2\xA0", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9",
    "\xE2\x80\x83", "\xE3\x80\x80", "\xE2\x80\xAF", "\xE1\x9A\x80",
    "\xE2\x80\xA6", "\xE2\x80\xA2", "\xE2\x80\xA2 ", "\xE2\x97\xA6",
    "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x98", "\xE2\x80\x99",
    "\xC2\xAB", "\xC2\xBB", "\xC2\xBF", "\xC2\xA1", "\xC2\xB7", "\xC2\xB0",
    "\xD8\x9F", "\xD8\x9B", "\xD8\x8C", "\xDB\x94", "\xD8\x9D", "\xDC\x80",
    "\xCD\xBE", "\xD6\x89", "\xDF\xB9", "\xE0\xA5\xA4", "\xE0\xA5\xA5",
    "\xE3\x80\x82", "\xEF\xBC\x8E", "\xEF\xBC\x81", "\xEF\xBC\x9F",
    "\xEF\xBD\xA1", "\xE2\x80\xA4", "\xE2\x80\xBC", "\xE1\x8D\xA2", "\x80",
    "\xC2", "\xE2", "\xE2\x80", "\xF0\x9F\x98", "\xFF", "\xED\xA0\x80",
    "\xC0\xAF", "\xF0\x9F\x98\x80", "\xF0\x9D\x90\x80", "\xF0\x9D\x9F\x8E",
    "\xF0\x91\x81\x87", ":-)", ":))", ";)", " 1) ", " 2) ", " 3. ", "(a) ",
    "(b) ", " a. ", " b. ", " 1. ", " 2. ", "Mr.", "U.S.", "e.g.", "z.B.",
    "No. 5", "Dr. ", "A", "a", "B. ", "I.", "XIV.", "7.", "1990.",
    "\xD8\xA3\xD9\x84", "\xD9\x8E", "\xD8\xAF. ", "\xD7\xA6\"\xD7\x94",
    "\xE0\xB9\x84 ", "\xEC\x9A\x94 ", "\xEB\x8B\x88\xEB\x8B\xA4 ", "e\xCC\x81",
    "/", "@", "_", "|", "\x01", "\x1F", "\x7F"};
/* clang-format on */

static const char *const langs[] = {
    "und", "en", "en", "ar",  "ar", "de", "fr", "es", "ru", "el", "hy", "fa",
    "ur",  "he", "th", "ko",  "ta", "hi", "tr", "fi", "zh", "ja", "lo", "bn",
    "it",  "pt", "nl", "arz", "pl", "cs", "uk", "vi", "id", "am", "my", "xx"};

static void go_wrong(zub_buffer *text, zub_slice from, uint64_t *state)
{
    size_t rate = 4u << next_random(state) % 8;

    for (size_t at = 0; at < from.size; at++) {
        uint64_t dice = next_random(state);
        const char *piece =
            pieces[dice / 65536 % (sizeof pieces / sizeof *pieces)];
        if (dice % rate != 0) {
            zub_buffer_add_char(text, from.data[at]);
            continue;
        }
        for (size_t i = 0; i <= (dice >> 60) / 14 * 3; i++)
            zub_buffer_add(text, piece, strlen(piece));
        if (dice >> 40 & 1)
            zub_buffer_add_char(text, from.data[at]);
    }
}

/* A text of its own for every number; returns the language. */
static const char *make_text(zub_buffer *text, uint64_t number, size_t *body)
{
    uint64_t state = number * 0xD1B54A32D192ED03u;
    const source *from = &sources[next_random(&state) % source_count];
    size_t most = 16u << next_random(&state) % 8;
    size_t size = next_random(&state) % most + 1;
    size_t at = next_random(&state) % (from->text.size + 1);
    uint64_t dice = next_random(&state);

    if (size > from->text.size - at)
        size = from->text.size - at;
    text->size = 0;
    go_wrong(text, (zub_slice){from->text.data + at, size}, &state);
    *body = dice % 16 == 0 ? dice / 16 % (text->size + 1) : 0;
    return dice >> 63 ? from->lang
                      : langs[dice / 1024 % (sizeof langs / sizeof *langs)];
}

static void sum_random(uint64_t seed, uint64_t count)
{
    zub_buffer text;
    uint64_t sum = 0, step = count > 1000 ? 1000 : 1;

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    for (uint64_t i = 0; i < count; i++) {
        size_t body;
        const char *lang = make_text(&text, seed + i, &body);
        add_text(&sum, zub_buffer_slice(&text), body, lang);
        if ((i + 1) % step == 0) {
            printf("%llu %016llx\n", (unsigned long long)(seed + i + 1 - step),
                   (unsigned long long)sum);
            sum = 0;
        }
    }
    zub_buffer_release(&text);
}

static void show(uint64_t seed, uint64_t number)
{
    zub_buffer text;
    uint64_t sum = 0;
    size_t body;
    const char *lang;

    zub_buffer_init(&text, ZUB_BUFFER_UNLIMITED);
    lang = make_text(&text, seed + number, &body);
    printf("%s, body %zu:\n", lang, body);
    for (size_t i = 0; i < text.size; i++)
        printf((unsigned char)text.data[i] - 32u < 95 ? "%c" : "\\x%02X",
               (unsigned char)text.data[i]);
    is_shown = true;
    add_text(&sum, zub_buffer_slice(&text), body, lang);
    printf("\n%016llx\n", (unsigned long long)sum);
    zub_buffer_release(&text);
}

static void read_source(const char *path)
{
    FILE *file = fopen(path, "rb");
    const char *name = strrchr(path, '/') ? strrchr(path, '/') + 1 : path;
    size_t length = strcspn(name, ".");
    char *lang = calloc(length + 1, 1);
    zub_buffer data;
    char block[65536];

    if (!file || !lang || source_count == FILES_MOST)
        exit(3);
    memcpy(lang, name, length);
    zub_buffer_init(&data, ZUB_BUFFER_UNLIMITED);
    for (size_t got; (got = fread(block, 1, sizeof block, file)) > 0;)
        zub_buffer_add(&data, block, got);
    fclose(file);
    sources[source_count++] = (source){lang, zub_buffer_slice(&data)};
}

int main(int argc, char **argv)
{
    bool is_whole = argc > 2 && strcmp(argv[1], "texts") == 0;
    int first = is_whole ? 2 : 4;

    if (argc <= first || zub_segmenter_new(&segmenter, NULL))
        return 2;
    for (int i = first; i < argc; i++)
        read_source(argv[i]);
    if (is_whole)
        for (size_t i = 0; i < source_count; i++)
            sum_texts(&sources[i]);
    else if (strcmp(argv[1], "show") == 0)
        show(strtoull(argv[2], NULL, 10), strtoull(argv[3], NULL, 10));
    else
        sum_random(strtoull(argv[2], NULL, 10), strtoull(argv[3], NULL, 10));
    zub_segmenter_free(segmenter);
    return 0;
}
